"""Wrong choices to be had: things of the same kind from the same documents and library. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.cite import cite
from assistant.records import Citation
from assistant.register.rules import read_point
from assistant.register.schedule import said_day
from assistant.study.asking.deadlines import DEADLINE
from assistant.study.asking.duties import is_vague, said_task
from assistant.study.asking.fact import Fact
from assistant.study.asking.references import CITED, cited_documents
from assistant.study.material import Material, Source
from assistant.study.quiz.wrong import is_around, is_other, is_supported
from assistant.study.records import Asked
from assistant.study.sameness import content, coverage, is_generic, key_of, pairs
from assistant.study.tasks import Task, tasks_of
from assistant.study.wording import is_task, stands_alone, tidy, upper_first, without_brackets
from ingest.actors import is_body
from ingest.header import kind_of_number, number_key

_OFFICE_WORDS = 16
_RANGES_APART = 730  # days
_AS_LONG = 8  # times
_DATE_WORDS = 16
_ENOUGH = 3  # wrong choices
_TOLD = 0.7  # of the words of an office
_KNOWN_WORDS = 0.85  # of a choice from beside, that the pack's documents use too
# The same of neighbouring words, where single ones tell too little.
_KNOWN_PAIRS = {Asked.TASK: 0.7, Asked.OFFICE: 0.6, Asked.SUBJECT: 0.5}
_SPOKEN = (Asked.RECIPIENT, *_KNOWN_PAIRS)
_POOL = 240  # candidates of a kind
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_QUARTER = re.compile(r"\d{4}-Q\d")
_WRITTEN_DAY = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_BARE_DAY = re.compile(r"(?<![\d/.-])\d{1,2}/\d{1,2}(?![\d/])")
_SAID_DAY = re.compile(r"\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4}", re.I)
_WRITTEN_MONTH = re.compile(r"tháng\s*\d{1,2}\s*(?:[/.-]|năm)\s*\d{4}", re.I)
_WRITTEN_QUARTER = re.compile(r"quý\s*(?:[IVX]+|\d)\s*(?:[/.-]|năm)?\s*\d{4}", re.I)
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_WEEKDAY = re.compile(rf"(?<!\w)(?:{'|'.join(_WEEKDAYS)})(?!\w)", re.I)
_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may stand as a wrong choice: its words, its value, where it is from."""

    choice: str
    value: str
    citation: Citation
    fools: bool = True  # False where it would few


Pools = Mapping[Asked, Sequence[Candidate]]


def pools_of(material: Material, facts: Sequence[Fact], beside: Sequence[Fact] = ()) -> Pools:
    """The candidates by kind, those of the pack's own documents before those beside them."""
    tasks = [t for s in material.sources for t in tasks_of(s)]
    more = [t for s in material.beside for t in tasks_of(s)]
    sent_to = [c for source in material.sources for c in _recipients(source)]
    offices = [
        *_offices(tasks),
        *(c for c in sent_to if not _LEADERS.match(c.choice)),
        *(c for source in material.sources for c in _mentioned(source)),
        *_offices(more),
    ]
    pools: dict[Asked, list[Candidate]] = {
        Asked.OFFICE: offices,
        Asked.RECIPIENT: [*_of_facts(facts, Asked.RECIPIENT), *offices, *sent_to],
        Asked.TASK: [*_tasks(tasks), *_tasks(more)],
        Asked.DATE: [*_dates(facts, material.sources), *_dates(beside, material.beside)],
        Asked.QUANTITY: [*_of_facts(facts, Asked.QUANTITY), *_of_facts(beside, Asked.QUANTITY)],
        Asked.DOCUMENT: [*_documents(material.sources), *_documents(material.beside)],
        Asked.SUBJECT: [*_of_facts(facts, Asked.SUBJECT), *_of_facts(beside, Asked.SUBJECT)],
        Asked.SECTION: list(_of_facts(facts, Asked.SECTION)),
        Asked.MEMBER: [*_of_facts(facts, Asked.MEMBER), *_under_other_chapters(tasks)],
    }
    return {asked: _some(pool) for asked, pool in pools.items()}


def _some(pool: Sequence[Candidate]) -> list[Candidate]:
    """Each choice once, and of very many some at even distances."""
    once = list({(c.choice, c.value): c for c in reversed(pool)}.values())[::-1]
    if len(once) <= _POOL:
        return once
    return [once[i * len(once) // _POOL] for i in range(_POOL)]


def _offices(tasks: Iterable[Task]) -> Iterator[Candidate]:
    for task in tasks:
        if len(task.office.split()) > _OFFICE_WORDS or is_generic(task.office):
            continue
        if stands_alone(task.office) and " chỉ đạo " not in task.office:
            citation = cite(task.source.document, *task.named)
            yield Candidate(upper_first(task.office), key_of(task.office), citation)


def _recipients(source: Source) -> Iterator[Candidate]:
    """The bodies that a document is sent to or reported to."""
    fields = [(f.value, f.start, f.end) for f in source.document.header.recipients]
    for value, start, end in fields:
        name = tidy(without_brackets(value))
        if not 2 <= len(name.split()) <= _OFFICE_WORDS or is_generic(name) or not is_body(name):
            continue
        if name.isupper():
            continue  # «VP UBND TP»
        if stands_alone(name) and not re.search(r"[;:/]|đ/c|đồng chí|như trên", name, re.I):
            yield Candidate(upper_first(name), key_of(name), cite(source.document, start, end))


def _mentioned(source: Source) -> Iterator[Candidate]:
    """The bodies named in full in a list of them: «phối hợp với Sở Nội vụ, Sở Tư pháp»."""
    for begin, finish in source.bodies:
        for match in _NAMED.finditer(source.text, begin, finish):
            name = " ".join(match.group().split())
            words = name.split()
            if not words[1][0].isupper() or len(words) > _NAME_WORDS or not stands_alone(name):
                continue
            acts = any(w.islower() and is_task(" ".join(words[n:])) for n, w in enumerate(words))
            if not acts and not is_generic(name):
                yield Candidate(name, key_of(name), cite(source.document, *match.span()))


# A name with two capitals at least, up to where a list goes on or ends.
_HEADS = (
    "Sở|Ban (?:Tuyên|Tổ|Dân|Nội|Quản|Kinh|Pháp)|Phòng|Cục|Chi cục|Đài|Liên đoàn|Thanh tra|"
    "Bảo hiểm|Kho bạc|Bộ Chỉ huy"
)
_NEXT = (
    "Sở|Ban|Phòng|Cục|Chi|Đài|Báo|Hội|Đoàn|Liên đoàn|Thanh|"
    "Bảo|Kho|Bộ|Công an|Văn|Ủy|UBND|Mặt|các|đơn|cơ"
)
_NAMED = re.compile(
    rf"(?<!\w)(?:{_HEADS})\s+[^\W\d_]+(?:\s+(?!và\s+(?:{_NEXT})\s)[^\W\d_]+)*"
    rf"(?=(?:[,;]|\s+và)\s+(?:{_NEXT})\s)"
)
_NAME_WORDS = 9


# Those who are told of a plan, not given its tasks.
_LEADERS = re.compile(r"(?:các )?(?:phó |chủ tịch|thường trực|bí thư|đồng chí)", re.I)


def _under_other_chapters(tasks: Iterable[Task]) -> Iterator[Candidate]:
    """Tasks as items that belong to another chapter than a list."""
    for task in tasks:
        words = said_task(task)
        if words and not task.is_lead and task.section >= 0:
            document = task.source.document
            root = task.source.root(task.section)
            yield Candidate(upper_first(words), str(root), cite(document, *task.span))


def _tasks(tasks: Iterable[Task]) -> Iterator[Candidate]:
    for task in tasks:
        if not task.is_lead and (words := said_task(task)) and not is_vague(words):
            citation = cite(task.source.document, *task.span)
            yield Candidate(upper_first(words), key_of(words), citation)


def _of_facts(facts: Iterable[Fact], asked: Asked) -> Iterator[Candidate]:
    for fact in facts:
        if fact.asked is asked:
            yield Candidate(fact.choice, fact.value, fact.citations[0])


def _documents(sources: Iterable[Source]) -> Iterator[Candidate]:
    for source in sources:
        for document in cited_documents(source):
            yield Candidate(
                document.name,
                number_key(document.number),
                cite(source.document, *document.span),
            )


def _dates(facts: Iterable[Fact], sources: Iterable[Source]) -> Iterator[Candidate]:
    """The dates that facts ask for, then every other day, month and quarter written."""
    yield from _of_facts(facts, Asked.DATE)
    for source in sources:
        for mention in source.dates:
            if mention.certain_year and (_form(mention.value) != "other"):
                citation = cite(source.document, mention.start, mention.end)
                yield Candidate(" ".join(mention.text.split()), mention.value, citation)


def _form(value: str) -> str:
    for name, pattern in (("day", _DAY), ("month", _MONTH), ("quarter", _QUARTER)):
        if pattern.fullmatch(value):
            return name
    if value.startswith(("YEARLY", "MONTHLY", "QUARTERLY", "WEEKLY", "DAILY")):
        return "rule"
    return "range" if re.fullmatch(r"[\d-]+/[\d-]+", value) else "other"


class WrongChoices:
    """The wrong choices to be had for each fact, looked for once."""

    def __init__(self, pools: Pools, sources: Sequence[Source]) -> None:
        self._pools, self._sources = pools, sources
        self._found: dict[int, list[Candidate]] = {}
        self._own = {source.document.id for source in sources}
        self._words = frozenset[str]().union(*(content(source.text) for source in sources))
        self._pairs = frozenset[str]().union(*(pairs(source.text) for source in sources))

    def of(self, fact: Fact) -> list[Candidate]:
        """Those for ``fact``, the nearest first."""
        if id(fact) not in self._found:
            assert fact.asked is not None
            pool = [c for c in self._pools.get(fact.asked, ()) if self._is_near(c, fact.asked)]
            self._found[id(fact)] = fitting(fact, pool, self._sources)
        return self._found[id(fact)]

    def _is_near(self, candidate: Candidate, asked: Asked) -> bool:
        """Whether what is from beside speaks of what these documents speak of; else it fools none:
        a body of another place, a task of another campaign."""
        if candidate.citation.document_id in self._own or asked not in _SPOKEN:
            return True
        if asked in _KNOWN_PAIRS:
            return coverage(pairs(candidate.choice), self._pairs) >= _KNOWN_PAIRS[asked]
        return coverage(content(candidate.choice), self._words) >= _KNOWN_WORDS


def fitting(fact: Fact, pool: Sequence[Candidate], sources: Sequence[Source]) -> list[Candidate]:
    """The candidates that are of the fact's own form and provably wrong, the nearest first."""
    right = fact.choice
    found: list[Candidate] = []
    assert fact.asked is not None
    if fact.asked is Asked.OFFICE and is_generic(right):
        return []  # «các cơ quan, đơn vị» may include whichever is named
    own = {source.document.id for source in sources}
    rank = sorted(
        pool,
        key=lambda c: (_is_last(fact, c), c.citation.document_id not in own, _distance(fact, c)),
    )  # the library's other documents only where these hold too few
    for candidate in rank:
        if _is_last(fact, candidate):
            if len(found) >= _ENOUGH:
                break
            if int(candidate.value[:4]) < int(_begun(fact.source)[:4]) - 1:
                continue  # years ago
        shown = _in_form(fact, candidate)
        if shown is None or any(not is_other(shown.choice, f.choice, fact.asked) for f in found):
            continue
        if not is_other(shown.choice, right, fact.asked):
            continue
        if is_around(shown.choice, right, fact.asked, sources) or _is_told(fact, shown):
            continue
        if is_supported(shown.choice, fact.asked, fact.subject, sources):
            continue
        found.append(replace(shown, fools=not _is_last(fact, candidate)))
        if len(found) >= 8:
            break
    return found


def _is_told(fact: Fact, candidate: Candidate) -> bool:
    """Whether the question names an office itself, as who reports or helps."""
    if fact.asked not in (Asked.OFFICE, Asked.RECIPIENT):
        return False
    return coverage(content(candidate.choice), content(fact.question)) >= _TOLD


def _in_form(fact: Fact, candidate: Candidate) -> Candidate | None:
    """The candidate put as the right answer is put, so that its form gives nothing away."""
    match fact.asked:
        case Asked.DATE:
            return _date_in_form(fact, candidate)
        case Asked.QUANTITY:
            percent = fact.value.endswith("%")
            if percent != candidate.value.endswith("%"):
                return None
            if percent:
                return candidate
            whole = "," not in fact.choice
            if whole != ("," not in candidate.choice) or not _near(fact.value, candidate.value):
                return None
            return candidate
        case Asked.MEMBER:
            other = candidate.value != fact.value
            return candidate if other and _as_long(fact, candidate) else None
        case Asked.TASK:
            leaks = coverage(content(fact.subject), content(candidate.choice)) >= 0.6
            return candidate if _as_long(fact, candidate) and not leaks else None
        case Asked.DOCUMENT if fact.subject == "":
            number = re.search(r"số (\S+)$", candidate.choice)
            if number is None or kind_of_number(number.group(1)) != kind_of_number(fact.choice):
                return None
            return replace(candidate, choice=number.group(1))
        case Asked.DOCUMENT:
            return None if key_of(candidate.choice) in key_of(fact.question) else candidate
    return candidate


def _as_long(fact: Fact, candidate: Candidate) -> bool:
    mine, other = len(fact.choice.split()), len(candidate.choice.split())
    return mine <= 2.2 * other and other <= 2.2 * mine


def _near(a: str, b: str) -> bool:
    x, y = float(a.split()[0]), float(b.split()[0])
    return max(x, y) <= 4 * max(1.0, min(x, y))


def _date_in_form(fact: Fact, candidate: Candidate) -> Candidate | None:
    form, given = _form(fact.value), _form(candidate.value)
    if given != form and (given, form) not in (
        ("day", "month"),
        ("day", "quarter"),
        ("month", "quarter"),
    ):
        return None
    if form == "range" and not _is_comparable(fact.value, candidate.value):
        return None
    if form == "other" and not (fact.value[:8] == candidate.value[:8] == "RELATIVE"):
        return None
    if form in ("rule", "range", "other"):
        if len(candidate.choice.split()) > _DATE_WORDS:
            return None
        if fact.choice[:1].isupper():
            return replace(candidate, choice=upper_first(candidate.choice))
        return candidate
    point = read_point(candidate.value)
    if point is None or point.year is None:
        return None
    if form == "day":
        day = datetime.date.fromisoformat(candidate.value)
        weekday = _WEEKDAY.search(fact.choice)
        if weekday and weekday.group().lower() != _WEEKDAYS[day.weekday()]:
            return None
        for pattern, said in (
            (_WRITTEN_DAY, said_day(day, "vi")),
            (_SAID_DAY, f"{day.day:02d} tháng {day.month:02d} năm {day.year}"),
        ):
            if len(pattern.findall(fact.choice)) == 1:
                return replace(candidate, choice=pattern.sub(said, fact.choice))
        if len(_BARE_DAY.findall(fact.choice)) == 1 and fact.value[:4] == candidate.value[:4]:
            said = said_day(day, "vi").removesuffix(f"/{day.year}")
            return replace(candidate, choice=_BARE_DAY.sub(said, fact.choice))
        return None
    if form == "month":
        pattern, said = _WRITTEN_MONTH, f"tháng {point.month}/{point.year}"
    else:
        quarter = point.quarter or ((point.month or 1) + 2) // 3
        pattern, said = _WRITTEN_QUARTER, f"quý {_ROMAN[quarter]}/{point.year}"
    if len(pattern.findall(fact.choice)) != 1:
        return None
    written = pattern.sub(said, fact.choice)
    return replace(candidate, choice=upper_first(written) if fact.choice[0].isupper() else written)


def _is_comparable(a: str, b: str) -> bool:
    """Whether two ranges are of like length and time: no ages, terms or past years for a week."""
    days = []
    for value in (a, b):
        low, _, high = value.partition("/")
        first, last = read_point(low), read_point(high)
        begin = first.first_day() if first else None
        end = last.last_day() if last else None
        if begin is None or end is None:
            return False
        days.append((begin, (end - begin).days + 1))
    (start, length), (other, other_length) = days
    near = abs((start - other).days) <= _RANGES_APART
    return near and length <= _AS_LONG * other_length and other_length <= _AS_LONG * length


def _is_last(fact: Fact, candidate: Candidate) -> bool:
    """Whether a date would fool few: taken where there are too few others.

    A deadline that was over when the document was issued, a cited document that was not yet there.
    """
    if fact.asked is not Asked.DATE:
        return False
    point = read_point(candidate.value)
    last = point.last_day() if point else None
    if last is None or not (since := _begun(fact.source)):
        return False
    if fact.topic == CITED:
        return last.isoformat() > max(since, fact.value)
    return fact.topic == DEADLINE and last.isoformat() < since


def _begun(source: Source) -> str:
    """The day of a document; where it has none, the first of the year of its earliest duty."""
    if issued := source.document.header.date:
        return issued.value
    years = [d.deadline[:4] for d in source.duties if re.match(r"\d{4}", d.deadline)]
    return f"{min(years)}-01-01" if years else ""


def _distance(fact: Fact, candidate: Candidate) -> float:
    """How far a candidate is from the right answer; the nearest are the hardest."""
    if fact.asked is Asked.DATE:
        a, b = read_point(fact.value), read_point(candidate.value)
        if a is None or b is None or not a.year or not b.year:
            return 1e6
        last, other = a.last_day(), b.last_day()
        if last is None or other is None:
            return 1e6
        return abs((last - other).days)
    if fact.asked is Asked.QUANTITY:
        x, y = float(fact.value.split()[0]), float(candidate.value.split()[0])
        same_unit = candidate.value.split()[-1] == fact.value.split()[-1]
        return abs(x - y) + (0.0 if same_unit else 1000.0)
    a_words, b_words = content(fact.choice), content(candidate.choice)
    longer = abs(len(fact.choice.split()) - len(candidate.choice.split()))
    if fact.asked in (Asked.OFFICE, Asked.RECIPIENT):
        longer += _STEP * abs(_level(fact.choice) - _level(candidate.choice))
    return longer - 4.0 * len(a_words & b_words) / max(1, len(a_words | b_words))


def _level(office: str) -> int:
    """How high an office stands, 0 the centre to 3 the commune; in between where it doesn't say."""
    return next((n for n, level in enumerate(_LEVELS) if level.search(office)), 2)


_STEP = 6  # words of length that a level is worth
_LEVELS = tuple(
    re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)
    for names in (
        "trung ương|chính phủ|bộ chính trị|ban bí thư|quốc hội|bộ trưởng|thủ tướng|bộ (?!chỉ)",
        "tỉnh|sở|tỉnh ủy|thành ủy|thành phố|ubnd tp",
        "huyện|huyện ủy|quận|thị ủy|thị xã|phòng",
        "xã|phường|thị trấn|đảng ủy|chi bộ|thôn|ấp|tổ dân phố|trường|trạm",
    )
)
