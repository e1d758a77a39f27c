"""Answers to «công văn nào»: the document of the kind asked for that the words on a matter cite.

One sentence may cite several of one kind. Which is meant is told by what the question says of it:
its day or year («chỉ thị nào năm 2019»), whose it is («của UBND tỉnh»), and by what the words
beside each say. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.draft import Draft, Line
from assistant.evidence import Evidence, Unit
from assistant.read.cited import REFERENCE_DATE
from assistant.read.lines import clean, window
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Question
from assistant.register.names import names_match
from assistant.units import said_by
from ingest.dates import find_dates, matches
from ingest.header import KINDS, NUMBER, number_key
from ingest.records import SourceDocument
from ingest.vietnamese import UPPER, fold

_MOST_READ = 15  # sentences in which a document of the kind asked for is looked for
_NAMES_IT = 0.4  # of a sentence that names a document that the question names
_MATTER_GAIN = 0.5  # of a citation beside which all that is asked is said
_ISSUER_GAIN = 0.5  # of one by whom it is asked for; it costs as much to be another's
_ITS_MATTER = 0.5  # of what a question says beside its document, that a citation must be about
_ON_IT = 0.5  # of a question, that a sentence must say to cite what is asked for by number
_SAYS_ENOUGH = 0.3  # of one that also gives the month of issue: kind and month tell much
_KINDS = "|".join(sorted(map(fold, KINDS), key=len, reverse=True))
_KIND_ASKED = re.compile(
    rf"\b({_KINDS}|cv|nd|nq|qd|ct|tt|hd|kh|kl|tb)(?: nao\b|"
    r" (?:cua|do) (?:(?:co quan|don vi|so|bo|ban|cap|phong|noi) nao|ai)\b)"
)
_NUMBER_ASKED = re.compile(  # «bằng công văn số mấy»: of a document by which something is done
    rf"\b(?:bang|theo|tai|trong|qua|thuc hien|can cu) (?:\w+ )?({_KINDS}|cv|qd|kh) "
    r"(?:(?:mang |co )?so (?:hieu )?)(?:may|nao|bao nhieu|gi)\b"
)
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
_BARE = re.compile(r"(?<=\bsố )\d{1,5}\b(?!\s*[-–/.]\s*\w)")  # «công văn số 3025 ngày …»
# What may stand between «công văn nào» and the day or issuer by which it is asked for, folded.
_ISSUED = r"(?:duoc |da )?(?:ban hanh|ra|ky|phat hanh|de|gui)"
_TO_ITS_DAY = re.compile(
    rf"\s*(?:{_ISSUED})?\s*(?:cua (?:\w+ ){{1,6}}?)?\s*(?:{_ISSUED})?\s*(?:vao|trong|hoi)?\s*"
)
_TO_ITS_DAY_ENGLISH = re.compile(
    r"\s*(?:(?:was |were )?(?:issued|dated|signed|sent|of|from|in|on))*\s*"
)
_ITS_ISSUER = re.compile(
    r"(?: (?:nam|thang|ngay) [\d/]+)?(?: ban hanh)? (?:cua|do) (?P<x>(?:(?!(?:nam|thang|ngay|ve|"
    r"ban hanh|quy dinh|yeu cau|de nghi|chi dao|giao|phat dong|huong dan|trong|tai|duoc|noi) )"
    r"[^\s,;?.]+ ?){1,8})"
)
_ISSUER_BEFORE = re.compile(
    r"^(?P<x>(?:[^\s,;?.]+ ){1,8}?)(?:da |vua |co )*(?:ban hanh|ra|co|gui|ky|phat hanh) "
    r"(?:nhung |cac )?$"
)
_ISSUES_IT = re.compile(  # «UBND huyện đã ban hành Công văn số …»: whose it is, before it
    r"(?:^|[,;.:]\s+)(?P<x>[^,;.:]{3,60}?)\s+(?:(?:đã|vừa|cũng)\s+)?(?:ban hành|có|ra|gửi)\s+$"
)
_SIGNS = {
    "TTG": "Thủ tướng Chính phủ", "CP": "Chính phủ", "TW": "Trung ương", "QH": "Quốc hội",
    "TU": "Tỉnh ủy", "HU": "Huyện ủy", "ĐU": "Đảng ủy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Citation:
    """A document that a unit cites by its number.

    ``start…end`` are its kind and number (offsets into the unit's text), ``beside`` the words about
    it, ``day`` its normalised day of issue or its year, "" where none is given.
    """

    unit: Unit
    start: int
    end: int
    beside: str
    day: str
    issuers: tuple[str, ...]  # whose it is, as far as told


def read_cited_kind(question: Question, evidence: Evidence) -> Draft:
    """«… nhắc nghị định nào hướng dẫn Nghị quyết 40?»: the cited document of the kind asked for.

    It is taken from the sentence on the matter, the one that also names the documents that the
    question names before others; none where no such sentence cites one of that kind, or none of
    the day or year by which it is asked for.
    """
    best = _best(question, evidence)
    if best is None:
        return Draft()
    precise = any(len(day) > len("2022") for day in _days_asked(question))
    sure = precise and best.unit.coverage >= _SAYS_ENOUGH
    return Draft((_line(best),), certain=sure and _issuer_gain(_issuer_asked(question), best) >= 0)


def read_number_of_cited(question: Question, evidence: Evidence) -> Draft:
    """«… yêu cầu cài phần mềm lọc bằng công văn số mấy?», where that is another document's matter.

    None where the document in focus is of that kind, and no citation is about what is asked.
    """
    if _NUMBER_ASKED.search(fold(question.text).lower()) is None:
        return Draft()
    best = _best(question, evidence)
    if best is None:
        return Draft()
    document = best.unit.document
    head = document.header
    own_kind = fold(head.kind.value).lower() if head.kind and head.number else ""
    if own_kind != _kind_wanted(question):  # its own number is none of what is asked for
        return Draft((_line(best),)) if best.unit.coverage >= _ON_IT else Draft()
    card = evidence.cards[document.id]
    said = evidence.terms.share_in(card | said_by(best.beside)) - evidence.terms.share_in(card)
    beside_card = 1.0 - evidence.terms.share_in(card)
    return Draft() if said < _ITS_MATTER * beside_card else Draft((_line(best),))


def is_of_another_kind(question: Question, document: SourceDocument) -> bool:
    """Whether «bằng công văn số mấy» asks for no number of ``document``, which is a plan."""
    if _NUMBER_ASKED.search(fold(question.text).lower()) is None:
        return False
    kind = document.header.kind
    return kind is not None and fold(kind.value).lower() != _kind_wanted(question)


def names_its_day(question: Question) -> bool:
    """Whether a document is asked for by its kind and day: «công văn nào tháng 7/2022»."""
    return bool(_kind_wanted(question)) and bool(_days_asked(question))


def read_cited_of(question: Question, evidence: Evidence) -> Draft:
    """«… thực hiện kế hoạch nào của Huyện ủy?»: the cited document that is told to be of theirs."""
    issuer = _issuer_asked(question)
    best = _best(question, evidence) if issuer else None
    return Draft((_line(best),)) if best and _issuer_gain(issuer, best) > 0.0 else Draft()


def asks_whose_document(question: Question) -> bool:
    """«… theo công văn của cơ quan nào?»: who issued a document that is cited, not who acts."""
    match = _KIND_ASKED.search(fold(question.text).lower()) if question.language == "vi" else None
    return match is not None and not match.group().endswith(f"{match.group(1)} nao")


def kind_in_english(typed: str) -> str:
    """The folded kind of document in "which decree"; "" where none is asked for."""
    match = _KIND_IN_ENGLISH.search(typed.lower())
    return _ENGLISH_KINDS[match.group(1)] if match else ""


def _best(question: Question, evidence: Evidence) -> _Citation | None:
    """The citation that is meant, of the units on the matter."""
    kind = _kind_wanted(question)
    if not kind or not is_known(question, evidence):
        return None
    days, issuer = _days_asked(question), _issuer_asked(question)
    given = [number_key(r.number) for r in question.references]
    floor = min_coverage(question)
    found: list[tuple[float, _Citation]] = []
    for unit in evidence.units if days else evidence.units[:_MOST_READ]:
        if unit.coverage < floor:
            continue
        known = [*given, *_own_numbers(unit.document)]
        named = sum(_is_given(m.group(), given) for m in NUMBER.finditer(unit.text))
        inside = evidence.terms.within(evidence.cards[unit.document.id])
        for each in _citations_of(kind, unit):
            if _is_given(unit.text[each.start : each.end], known):
                continue
            if days and not any(_is_of_day(each.day, day) for day in days):
                continue
            score = unit.score + _NAMES_IT * min(1, named) + _issuer_gain(issuer, each)
            score += _MATTER_GAIN * inside.share_in(said_by(each.beside))
            found.append((score, each))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _line(cited: _Citation) -> Line:
    """The number with its day and whose it is, the sentence as evidence."""
    unit, text = cited.unit, cited.unit.document.text
    begin, stop = unit.start + cited.start, unit.start + cited.end
    tail = REFERENCE_DATE.match(text, stop, unit.end) or _OF_WHOM.match(text, stop, unit.end)
    stop = tail.end() if tail else stop
    said = clean(text[begin:stop])
    return Line(said[:1].upper() + said[1:], (window(unit, begin, stop),))


def _kind_wanted(question: Question) -> str:
    """The folded kind of document in «nghị định nào», "which decree"; "" where none is asked."""
    if question.language == "en":
        return kind_in_english(question.typed)
    asked = fold(question.text).lower()
    match = _KIND_ASKED.search(asked) or _NUMBER_ASKED.search(asked)
    return _SHORT_KINDS.get(match.group(1), match.group(1)) if match else ""


def _days_asked(question: Question) -> list[str]:
    """Normalised days, months or years beside the kind asked for: «công văn nào tháng 7/2022»."""
    if question.language == "en":
        asked = question.typed.lower()
        match, between = _KIND_IN_ENGLISH.search(asked), _TO_ITS_DAY_ENGLISH
    else:
        asked = fold(question.text).lower()
        match, between = _KIND_ASKED.search(asked), _TO_ITS_DAY
    if match is None:
        return []
    years = (m.span() for m in re.finditer(r"\b(?:19|20)\d{2}\b", match.group()))
    days = [match.group()[a:b] for a, b in years]  # «which 2019 directive»
    for mention in question.dates:
        begin = asked.find(fold(mention.text).lower())
        if match.start() <= begin < match.end() or (
            begin >= match.end() and between.fullmatch(asked, match.end(), begin)
        ):
            days = [mention.value, *(d for d in days if not mention.value.startswith(d))]
    return days


def _is_of_day(day: str, asked: str) -> bool:
    return bool(day) and (day.startswith(asked) or matches(asked, day))


def _issuer_asked(question: Question) -> str:
    """By whom the document is asked for: «chỉ thị nào của UBND tỉnh», «Huyện ra công văn nào»."""
    if question.language == "en":
        return ""
    asked = fold(question.text).lower()
    match = _KIND_ASKED.search(asked) or _NUMBER_ASKED.search(asked)
    if match is None:
        return ""
    named = _ITS_ISSUER.match(asked, match.end()) or _ISSUER_BEFORE.match(asked[: match.start()])
    return question.text[slice(*named.span("x"))].strip() if named else ""


def _issuer_gain(asked: str, cited: _Citation) -> float:
    """What a citation gains where it is told to be of whom it is asked for, or loses."""
    if not asked or not cited.issuers:
        return 0.0
    return _ISSUER_GAIN if any(names_match(asked, x) for x in cited.issuers) else -_ISSUER_GAIN


def _citations_of(kind: str, unit: Unit) -> Iterator[_Citation]:
    """The documents of ``kind`` that a unit cites: «Nghị định số 15/2031/NĐ-CP ngày …»."""
    text = unit.text
    folded = fold(text).lower()
    written = sorted([*NUMBER.finditer(text), *_BARE.finditer(text)], key=lambda m: m.start())
    found = [(_start_of(folded, match.start()), match) for match in written]
    # «10/2024» of a day looks like a number; of a document no kind stands before that has no sign
    found = [(a, m) for a, m in found if a < m.start() or re.search(rf"[{UPPER}]", m.group())]
    numbers, heads = [m for _, m in found], [a for a, _ in found]
    for i, match in enumerate(numbers):
        before = re.search(rf"\b{kind}(?: lien tich)?\s+(?:so\s*)?:?\s*$", folded[: match.start()])
        if before is None:
            continue
        next_one = heads[i + 1] if i + 1 < len(heads) else len(text)
        first = max((m.end() for m in re.finditer(r"[;.]\s", text[: heads[i]])), default=0)
        lead = text[first : before.start()] if not i or first > numbers[i - 1].end() else ""
        after = text[match.end() : next_one]
        yield _Citation(
            unit,
            before.start(),
            match.end(),
            beside=lead + after,
            day=_day_of(match.group(), text, match.end()),
            issuers=tuple(_issuers_of(match.group(), lead, text, match.end())),
        )


def _start_of(folded: str, number: int) -> int:
    """Where «Nghị định số» before a number begins; the number where no kind stands there."""
    before = re.search(rf"\b(?:{_KINDS})(?: lien tich)?\s+(?:so\s*)?:?\s*$", folded[:number])
    return before.start() if before else number


def _day_of(number: str, text: str, end: int) -> str:
    """The day of issue after a number, else the year in it."""
    dated = REFERENCE_DATE.match(text, end)
    days = find_dates(dated.group()) if dated else []
    if days:
        return days[-1].value
    year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", number)
    return year.group() if year else ""


def _issuers_of(number: str, lead: str, text: str, end: int) -> Iterator[str]:
    """Whose a document is: by what follows its number or comes before it, and by its sign."""
    tail = REFERENCE_DATE.match(text, end) or _OF_WHOM.match(text, end)
    of = tail.group().rpartition("của ")[2] if tail and "của " in tail.group() else ""
    if of:
        yield of
        return
    if before := _ISSUES_IT.search(lead):
        yield before["x"]
    sign = re.split(r"[-/]", number)[-1].strip().upper()
    if sign in _SIGNS:
        yield _SIGNS[sign]


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
