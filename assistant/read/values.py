"""What an answer must hold because of what is asked for: an hour, a phone, a role. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft
from assistant.records import Intent, Question
from ingest.vietnamese import fold

# What an answer must hold when the question asks for a value of a known form.
_VALUES = (
    (r"\be-?mail\b|\bgmail\b|\bthu dien tu\b", r"[\w.+-]+@[\w-]+\.\w+"),
    (r"\bfax\b", r"(?i)\bfax\b"),
    (r"\bzalo\b", r"(?i)\bzalo\b"),
    (r"\bfan ?page\b", r"(?i)fan ?page|facebook"),
    (
        r"\b(?:so )?(?:dien thoai|sdt|hotline)\b|\bphone\b|số máy|\bgoi so (?:nao|may)\b",
        # 0269.3555.113, (024) 3333 1111, 1900 6868, or one of the three-figure lines.
        r"(?<!\d)(?:0|\+84|1[89]00)(?:[ .()-]{0,2}\d){4,}|\b11[1-9]\b",
    ),
    (r"\btai khoan\b|\bbank account\b|\baccount number\b", r"\d{6,}"),
    (
        r"\bwebsite\b|\btrang web\b|\bduong (?:link|dan)\b",
        r"https?://|www\.|\w+\.(?:vn|com|org|edu|gov)\b",
    ),
    (r"\bmay gio\b|\bwhat time\b", r"\d\s?(?:giờ|h|g|:)|\b(?:sáng|chiều|tối|trưa)\b"),
    (r"\bdia chi nao\b|\bwhat address\b", r"(?i)\bsố \d|\d+[^.;]{0,30}(?:đường|phố|phường|quận)|@"),
    (r"\bkich thuoc\b", r"\d\s?(?:x|cm|mm|m)\b"),
    (
        r"\b(?:tai|vi) sao\b|\bly do (?:gi|nao)\b|\bnguyen nhan (?:gi|nao)\b|\bwhy\b",
        r"(?i)\b(?:vì|do|bởi|nhằm|để|lý do|nguyên nhân|xuất phát)\b",
    ),
)
_ROLE = re.compile(
    r"\b(?:doi truong|doi pho|truong doan|pho doan|to truong|to pho|truong ban|pho ban|chu nhiem|"
    r"chu toa|thu ky|nguoi phat ngon|truong tieu ban|truong diem|phat ngon vien|chu khao)\b"
)


def lacks_value(question: Question, draft: Draft) -> bool:
    """True when the question asks for a value of a known form, or a role, that the draft lacks."""
    asked = fold(f"{question.text} {question.typed}").lower() + question.text.lower()
    said = " ".join(s.document.text[s.start : s.end] for line in draft.lines for s in line.evidence)
    if any(re.search(q, asked) and not re.search(v, said) for q, v in _VALUES):
        return True
    roles = set(_ROLE.findall(fold(question.text).lower()))
    return question.intent is Intent.WHO and not roles <= set(_ROLE.findall(fold(said).lower()))
