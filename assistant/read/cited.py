"""Answers about documents that the library only cites: where, what about, of what date. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence
from assistant.read.lines import clean, quoted, shortened
from assistant.records import Question
from assistant.units import said_by
from ingest.dates import find_dates
from ingest.header import KINDS, NUMBER, number_key
from ingest.records import Role, SourceDocument
from ingest.vietnamese import fold

_MATTER = 0.15  # of the question that its document's card does not say: a matter inside it
# What asks for a basis, folded: it names no matter.
_ASKING = said_by(f"thực hiện triển khai theo căn cứ quy định văn bản {' '.join(sorted(KINDS))}")
_ON_THE_MATTER = 0.55  # of what it says beside, that the sentence must say
_KIND_BEFORE = re.compile(
    r"(?:" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\s+(?:số\s*)?:?\s*$", re.I
)
_ABOUT = re.compile(
    r"\b(?:ve|noi ve|quy dinh ve|de cap) (?:nhung |cac )?(?:viec|van de|noi dung|chuyen|dieu|"
    r"linh vuc|chu de|cai )?(?: ?(?:gi|nao))\b|\bnoi (?:cai )?gi\b|\bten (?:la )?gi\b|\btrich yeu\b"
)
_ABOUT_ENGLISH = re.compile(r"\babout\W*$|\b(?:subject|title|topic) of\b", re.I)
_SUBJECT = re.compile(
    r",?(?:\s*ngày\s+[\d/.\- ]+(?:tháng \d{1,2} năm \d{4})?)?,?(?:\s*của\s+[^;.\n]{3,100}?)?"
    r"\s+(?:về(?: việc)?|quy định|phê duyệt|ban hành|hướng dẫn)\s[^;.\n]{8,260}"
)
# What follows a number: the day of issue, then whose the document is.
REFERENCE_DATE = re.compile(
    r"(?:\s+(?:của|về)\s+[^,;.\n]{3,80}?)?,?\s*(?:ban hành\s+)?ngày\s*"
    r"(?:\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
    r"(?:\s+của\s+[^,;.()\n]{3,60}?"
    r"(?=\s+(?:về|ban hành|phê duyệt|quy định|khóa)\b|[,;.()\n]))?",
    re.I,
)


def read_mentions(question: Question, document: SourceDocument, keys: frozenset[str]) -> Draft:
    """Where ``document`` names one of the documents in ``keys`` (number keys): the first place."""
    for match in NUMBER.finditer(document.text):
        if number_key(match.group()) in keys:
            start, end = _clause_around(document.text, match.start(), match.end())
            title = document.header.title
            said = title.value if title else document.text[start:end]
            return Draft((Line(shortened(said, 16), (Span(document, start, end),)),))
    return Draft()


def read_followed(question: Question, evidence: Evidence) -> Draft:
    """«Kinh phí kiểm kê thực hiện theo quy định nào?»: the document that a matter inside follows.

    None where the question names no more than its document, whose own bases are meant then, or
    where no sentence on the matter cites a document.
    """
    for document in evidence.documents[:1]:
        if 1.0 - evidence.terms.share_in(evidence.cards[document.id] | _ASKING) < _MATTER:
            return Draft()
        best = next((u for u in evidence.units if u.document.id == document.id), None)
        if (
            best is not None
            and best.source.role is Role.BODY  # what stands above is said of the whole document
            and best.specific >= _ON_THE_MATTER
            and NUMBER.search(best.text)
        ):
            return Draft((quoted(best),))
    return Draft()


def read_cited_subject(question: Question, documents: Sequence[SourceDocument]) -> Draft:
    """«Kết luận 21-KL/TW nói về vấn đề gì?» of a document that is only cited: its name there."""
    if len(question.references) != 1 or not (
        _ABOUT_ENGLISH.search(question.typed)
        if question.language == "en"
        else _ABOUT.search(fold(question.text).lower())
    ):
        return Draft()
    key = number_key(question.references[0].number)
    for document in documents:
        for match in NUMBER.finditer(document.text):
            said = _SUBJECT.match(document.text, match.end())
            if said and _is_same(key, number_key(match.group())):
                start = _kind_before(document.text, match.start())
                words = clean(document.text[start : said.end()])
                return Draft((Line(shortened(words, 40), (Span(document, start, said.end()),)),))
    return Draft()


def read_reference_dates(evidence: Evidence, keys: Sequence[str]) -> Draft:
    """Dates of issue of cited documents, as the documents in focus give them.

    ``keys`` are number keys, or the digits of a number alone. A document that gives two dates for
    one number is quoted with both.
    """
    lines: list[Line] = []
    differ = False
    for document in evidence.documents[:1]:
        for key in keys:
            by_date: dict[str, Line] = {}
            for match in NUMBER.finditer(document.text):
                dated = REFERENCE_DATE.match(document.text, match.end())
                if dated is None or not _is_same(key, number_key(match.group())):
                    continue
                start = _kind_before(document.text, match.start())
                text = document.text[start : dated.end()]
                day = find_dates(document.text[match.end() : dated.end()])
                value = day[-1].value if day else text
                by_date.setdefault(value, Line(clean(text), (Span(document, start, dated.end()),)))
            lines += by_date.values()
            differ |= len(by_date) > 1
    return Draft(tuple(lines), differs=differ)


def _is_same(key: str, other: str) -> bool:
    """Whether two number keys name one document; a letter that slipped in or out is no other."""
    if key.isdigit():
        return re.match(rf"{key}(?!\d)", other) is not None
    digits, theirs = (re.match(r"\d*", k).group() for k in (key, other))  # type: ignore[union-attr]
    if digits != theirs:
        return False
    return key == other or (
        abs(len(key) - len(other)) == 1
        and SequenceMatcher(None, key, other).ratio() >= 1.0 - 1.0 / len(key)
    )


def _kind_before(text: str, start: int) -> int:
    """Where «Nghị quyết số » before a number begins."""
    match = _KIND_BEFORE.search(text, max(0, start - 40), start)
    return match.start() if match else start


def _clause_around(text: str, start: int, end: int, words: int = 24) -> tuple[int, int]:
    """The clause that holds ``start…end``, at most about ``words`` words after it."""
    begin = _kind_before(text, start)
    before = text[text.rfind("\n", 0, begin) + 1 : begin]
    cut = max((m.end() for m in re.finditer(r"[.;:]\s+|,\s+(?=\w+\s+\w+)", before)), default=0)
    if len(before[cut:].split()) <= words:
        begin -= len(before) - cut
    after = re.match(r"(?:[^\n;.]|\.(?!\s))*?(?=[;\n]|\.\s|$)", text[end:])
    tail = after.group() if after else ""
    found = list(re.finditer(r"\S+", tail))
    finish = end + (found[words - 1].end() if len(found) > words else len(tail))
    while begin < finish and text[begin] in " -–+*•":
        begin += 1
    return begin, finish
