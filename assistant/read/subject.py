"""What a document is about: its title, where no more than that is asked of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Container

from assistant.draft import Draft, Line, Span
from assistant.records import Question
from ingest.header import KINDS, NUMBER
from ingest.records import SourceDocument
from ingest.vietnamese import fold, syllables

# On folded text; the last on the English question as typed.
_ASKED = re.compile(
    r"\b(?:ve|den|toi) (?:nhung |cac )?(?:viec|van de|noi dung|chuyen|dieu|linh vuc|chu de|cai )?"
    r" ?(?:gi|nao)\b|\btrich yeu\b|\b(?:ten|tieu de)\b.*\bgi\b|\bnoi (?:cai )?gi\b|"
    r"\bla (?:van ban )?gi\W*$|\bnoi dung (?:chinh|co ban|chu yeu)\b.*\bgi\b"
)
_ASKED_ENGLISH = re.compile(
    r"\babout\W*$|\b(?:subject|title|topic) of\b|\bwhat does .* (?:deal with|concern)\W*$", re.I
)
# What asks, and no more than asks, folded.
_FRAME = frozenset(
    "noi viet quy dinh de cap ban ve den toi nhung cac viec van dung chuyen dieu linh vuc chu gi "
    "nao la trich yeu ten tieu day du goi cai chinh co yeu nay do cua so thi a vay the nhi hay "
    "cho biet hoi minh em ban ".split()
) | {syllable for kind in KINDS for syllable in syllables(fold(kind))}  # fmt: skip


def asks_subject(question: Question, card: Container[str]) -> bool:
    """«Kế hoạch 35 nói về việc gì?»: what the document with ``card`` is about, and no more.

    ``card`` has the terms of what the document is called, folded keys among them.
    """
    if question.language == "en":
        return _ASKED_ENGLISH.search(question.typed) is not None
    asked = fold(question.text).lower()
    if not _ASKED.search(asked):
        return False
    said = syllables(fold(NUMBER.sub(" ", question.text)))
    return all(s in _FRAME or s.isdigit() or f"~{s}" in card for s in said)


def read_subject(document: SourceDocument) -> Draft:
    """The title of a document, as its own words say it; none where it has none in words."""
    title = document.header.title
    if title is None or not title.is_written:
        return Draft()
    text = title.value if not title.value.isupper() else title.value.capitalize()
    return Draft((Line(text[:1].upper() + text[1:], (Span.of(document, title),)),), certain=True)
