"""Answers about documents that the library only cites: where, and of what date. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.lines import clean, quoted, shortened, window
from assistant.read.thresholds import is_known, min_coverage
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
_MOST_READ = 15  # sentences in which a document of the kind asked for is looked for
_NAMES_IT = 0.4  # of a sentence that names a document that the question names
_KIND_ASKED = re.compile(
    r"\b(" + "|".join(sorted(map(fold, KINDS), key=len, reverse=True))
    + r"|cv|nd|nq|qd|ct|tt|hd|kh|kl|tb)(?: nao\b|"
    r" (?:cua|do) (?:(?:co quan|don vi|so|bo|ban|cap|phong|noi) nao|ai)\b)"
)  # fmt: skip
_OF_WHOM = re.compile(
    r"\s+(?:năm\s+\d{4}\b)?(?:\s*của\s+[^;.\n]{3,120}?"
    r"(?=\s+(?:về|ban hành|phê duyệt|quy định|hướng dẫn|tải về|khóa|v/v)\b|,\s+[a-zđ]|[;.\n)]|$))?"
)
_SHORT_KINDS = {
    "cv": "cong van", "nd": "nghi dinh", "nq": "nghi quyet", "qd": "quyet dinh", "ct": "chi thi",
    "tt": "thong tu", "hd": "huong dan", "kh": "ke hoach", "kl": "ket luan", "tb": "thong bao",
}  # fmt: skip
_ENGLISH_KINDS = {
    "decree": "nghi dinh", "decision": "quyet dinh", "resolution": "nghi quyet",
    "circular": "thong tu", "directive": "chi thi", "guidance": "huong dan",
    "guideline": "huong dan", "guidelines": "huong dan", "official letter": "cong van",
    "letter": "cong van", "conclusion": "ket luan", "plan": "ke hoach", "notice": "thong bao",
}  # fmt: skip
_KIND_IN_ENGLISH = re.compile(
    r"\b(?:which|what) (?:(?!(?:is|are|was|were|does|do|did|has|the|of|by|for|in|to|documents?|"
    r"provisions?|texts?)\b)[\w'-]+ ){0,2}?("
    + "|".join(sorted(_ENGLISH_KINDS, key=len, reverse=True))
    + r")\b"
)  # fmt: skip
_ABOUT = re.compile(
    r"\b(?:ve|noi ve|quy dinh ve|de cap) (?:nhung |cac )?(?:viec|van de|noi dung|chuyen|dieu|"
    r"linh vuc|chu de|cai )?(?: ?(?:gi|nao))\b|\bnoi (?:cai )?gi\b|\bten (?:la )?gi\b|\btrich yeu\b"
)
_ABOUT_ENGLISH = re.compile(r"\babout\W*$|\b(?:subject|title|topic) of\b", re.I)
_SUBJECT = re.compile(
    r",?(?:\s*ngày\s+[\d/.\- ]+(?:tháng \d{1,2} năm \d{4})?)?,?(?:\s*của\s+[^;.\n]{3,100}?)?"
    r"\s+(?:về(?: việc)?|quy định|phê duyệt|ban hành|hướng dẫn)\s[^;.\n]{8,260}"
)
_REFERENCE_DATE = re.compile(
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


def read_cited_kind(question: Question, evidence: Evidence) -> Draft:
    """«… nhắc nghị định nào hướng dẫn Nghị quyết 131?»: the cited document of the kind asked for.

    It is taken from the sentence on the matter, the one that also names the documents that the
    question names before others; none where no such sentence cites one of that kind.
    """
    kind = _kind_wanted(question)
    if not kind or not is_known(question, evidence):
        return Draft()
    given = [number_key(r.number) for r in question.references]
    found: list[tuple[float, Unit, tuple[int, int]]] = []
    for unit in evidence.units[:_MOST_READ]:
        spans = list(_citations_of(kind, unit.text))
        known = [*given, *_own_numbers(unit.document)]
        spans = [s for s in spans if not _is_given(unit.text[slice(*s)], known)]
        if not spans or unit.coverage < min_coverage(question):
            continue
        named = sum(_is_given(m.group(), given) for m in NUMBER.finditer(unit.text))
        found.append((unit.score + _NAMES_IT * min(1, named), unit, spans[0]))
    if not found:
        return Draft()
    _, unit, (start, end) = max(found, key=lambda each: each[0])
    begin = unit.start + start
    stop = unit.start + end
    tail = _REFERENCE_DATE.match(unit.document.text, stop, unit.end)
    tail = tail or _OF_WHOM.match(unit.document.text, stop, unit.end)
    stop = tail.end() if tail else stop
    text = clean(unit.document.text[begin:stop])
    return Draft((Line(text[:1].upper() + text[1:], (window(unit, begin, stop),)),))


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


def asks_whose_document(question: Question) -> bool:
    """«… theo công văn của cơ quan nào?»: who issued a document that is cited, not who acts."""
    match = _KIND_ASKED.search(fold(question.text).lower()) if question.language == "vi" else None
    return match is not None and not match.group().endswith(f"{match.group(1)} nao")


def _kind_wanted(question: Question) -> str:
    """The folded kind of document in «nghị định nào», "which decree"; "" where none is asked."""
    if question.language == "en":
        return kind_in_english(question.typed)
    match = _KIND_ASKED.search(fold(question.text).lower())
    return _SHORT_KINDS.get(match.group(1), match.group(1)) if match else ""


def kind_in_english(typed: str) -> str:
    """The folded kind of document in "which decree"; "" where none is asked for."""
    match = _KIND_IN_ENGLISH.search(typed.lower())
    return _ENGLISH_KINDS[match.group(1)] if match else ""


def _citations_of(kind: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` cites documents of ``kind`` by their numbers: «Nghị định số 33/2021/NĐ-CP»."""
    folded = fold(text).lower()
    for match in NUMBER.finditer(text):
        before = re.search(rf"\b{kind}(?: lien tich)?\s+(?:so\s*)?:?\s*$", folded[: match.start()])
        if before:
            yield before.start(), match.end()


def _own_numbers(document: SourceDocument) -> list[str]:
    """Keys of what ``document`` itself is called by: its number, else the numbers of its name."""
    number = document.header.number
    if number is not None:
        return [number_key(number.value)]
    return [n.lstrip("0") for n in re.findall(r"\d{2,}", document.name) if n.strip("0")]


def _is_given(text: str, given: Sequence[str]) -> bool:
    """Whether one of the numbers ``given`` (keys) stands in ``text``."""
    keys = [number_key(m.group()) for m in NUMBER.finditer(text)]
    return any(re.match(rf"{g}(?:(?:19|20)\d\d)?(?!\d)", key) for g in given for key in keys)


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
                dated = _REFERENCE_DATE.match(document.text, match.end())
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
