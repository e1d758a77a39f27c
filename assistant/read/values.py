"""Values of a known form (address, phone, account, link) that some questions ask for. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft
from assistant.records import Question
from ingest.vietnamese import fold

# What an answer must hold when the question asks for a value of a known form.
_VALUES = (
    (r"\be-?mail\b|\bthu dien tu\b", r"[\w.+-]+@[\w-]+\.\w+"),
    (
        r"\b(?:so )?(?:dien thoai|sdt|hotline)\b|\bphone\b|số máy",
        r"\d{3,4}[ .\-]?\d{3}[ .\-]?\d{2,4}",
    ),
    (r"\btai khoan\b|\bbank account\b|\baccount number\b", r"\d{6,}"),
    (
        r"\bwebsite\b|\btrang web\b|\bduong (?:link|dan)\b",
        r"https?://|www\.|\w+\.(?:vn|com|org|edu|gov)\b",
    ),
)


def lacks_value(question: Question, draft: Draft) -> bool:
    """True when the question asks for an address, phone, account or link that the draft lacks."""
    asked = fold(f"{question.text} {question.typed}").lower() + question.text.lower()
    said = " ".join(s.document.text[s.start : s.end] for line in draft.lines for s in line.evidence)
    return any(re.search(q, asked) and not re.search(v, said) for q, v in _VALUES)
