"""«Kế hoạch nào ra cùng ngày 03/9/2031?»: documents by their day of issue. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.draft import Draft, Line, Span
from assistant.read.header import name_of
from assistant.read.lines import shortened
from assistant.records import Question
from ingest.dates import matches
from ingest.header import KINDS
from ingest.records import HeaderField, SourceDocument
from ingest.vietnamese import fold, syllables

_MOST = 12  # documents that one answer lists; a question after more is no question of a day
_TITLE_WORDS = 20
_ISSUED = re.compile(r"\b(?:ban hanh|phat hanh|ra|ky|de|issued|dated|signed)\b")
_MONTH = re.compile(r"\d{4}-\d\d")
# What such a question says beside its day and the kind of document: nothing of any matter. Folded.
_FRAME = frozenset(
    "nhung cac nao gi cung deu duoc da co ban hanh phat ra ky de vao trong mot ngay thang nam van "
    "tai lieu cho biet liet ke xin hoi hay may bao nhieu hai ba vay nhe a thi la duoi day thu vien "
    "kho which what the were was are is both all same on in of day dated issued signed list "
    "and documents document".split()
)  # fmt: skip
_KINDS = {fold(kind): kind for kind in sorted(KINDS, key=len, reverse=True)}
_ENGLISH_KINDS = {
    "plan": "ke hoach", "letter": "cong van", "directive": "chi thi", "resolution": "nghi quyet",
    "decision": "quyet dinh", "conclusion": "ket luan", "notice": "thong bao",
    "report": "bao cao", "programme": "chuong trinh", "program": "chuong trinh",
}  # fmt: skip


def asks_issued(question: Question) -> bool:
    """Whether it is asked which documents are of a day or month, and nothing more of them."""
    asked = question.typed.lower() if question.language == "en" else fold(question.text).lower()
    if not _ISSUED.search(asked) or not any(_MONTH.match(d.value) for d in question.dates):
        return False
    if not re.search(r"\bnao\b|\bgi\b|\bliet ke\b|\bwhich\b|\bwhat\b|\blist\b", asked):
        return False
    for mention in question.dates:
        asked = asked.replace(fold(mention.text).lower(), " ")
    left = _of_kind(asked, question.language)[1]
    return all(s in _FRAME for s in syllables(left))


def read_issued(question: Question, documents: Iterable[SourceDocument]) -> Draft:
    """Those of ``documents`` that are of the day and kind asked for, each by its number and title.

    No line where none is, or where they are too many for an answer.
    """
    asked = question.typed.lower() if question.language == "en" else fold(question.text).lower()
    kind = _of_kind(asked, question.language)[0]
    found = [
        (document, date)
        for document in documents
        if (date := document.header.date) is not None
        and date.is_written
        and any(matches(m.value, date.value) for m in question.dates)
        and (not kind or _kind_of(document) == kind)
    ]
    if len(found) > _MOST:
        return Draft()
    return Draft(tuple(_line(document, date) for document, date in found), certain=True)


def _of_kind(asked: str, language: str) -> tuple[str, str]:
    """The folded kind of document asked for, "" for any, and what else is said. Folded."""
    if language == "en":
        for word, kind in _ENGLISH_KINDS.items():
            if re.search(rf"\b{word}s?\b", asked):
                return kind, re.sub(rf"\b{word}s?\b", " ", asked)
        return "", asked
    for kind in _KINDS:
        if re.search(rf"\b{kind}\b", asked):
            return kind, re.sub(rf"\b{kind}\b", " ", asked)
    return "", asked


def _kind_of(document: SourceDocument) -> str:
    kind = document.header.kind
    return fold(kind.value).lower() if kind else ""


def _line(document: SourceDocument, date: HeaderField) -> Line:
    """The number and title of a document, with its place and day as evidence."""
    head = document.header
    start = head.place.start if head.place and head.place.start < date.start else date.start
    evidence = [Span(document, start, date.end)]
    text = name_of(document)
    if head.title and head.title.is_written:
        title = head.title.value.capitalize() if head.title.value.isupper() else head.title.value
        if head.number:
            text = f"{text}: {shortened(title, _TITLE_WORDS)}"
        evidence.append(Span.of(document, head.title))
    return Line(text, tuple(evidence))
