"""Whether a choice is wrong, told from the sources alone. Pure.

A choice is wrong only where no stretch of the documents that speaks of the item's subject could
bear it out: it is not the right answer under another name, date or spelling, does not include it,
and is not named where the subject is. What can't be told is not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.study.material import Source, Stretch
from assistant.study.records import Asked, ChoiceItem, TrueFalseItem
from assistant.study.sameness import (
    alike,
    amounts_of,
    content,
    coverage,
    dates_apart,
    is_generic,
    key_of,
    numbers_of,
    same_office,
    values_of,
)
from ingest.header import NUMBER, number_key

_SPEAKS = 0.6  # share of the subject's words in a stretch that speaks of it
_SAYS = 0.6  # share of a choice's words in a stretch that says the same
_SAME_SENTENCE = 0.75
_SAME = 0.7  # share of the shorter one's words in two that say the same
_NEAR = 0.5  # of two that it may be argued say the same: items of lists are short
_AS_LONG = 2.5  # times: a much longer stretch says more
_LEAST_WORDS = 5  # of a stretch that says anything
_SLIP = 0.85  # of the letters of two numbers
_HEAD = 4  # words: a verb and what it is about


def is_wrong(choice: str, item: ChoiceItem | TrueFalseItem, sources: Sequence[Source]) -> bool:
    """Whether ``choice`` is provably no right answer to ``item`` by the text of ``sources``."""
    right = item.right if isinstance(item, TrueFalseItem) else item.choices[item.right]
    if opposite := _OPPOSITE.get(item.asked):
        return is_other(choice, right, opposite) and is_supported(
            choice, opposite, item.subject, sources
        )
    if not is_other(choice, right, item.asked) or is_around(choice, right, item.asked, sources):
        return False
    return not is_supported(choice, item.asked, item.subject, sources)


_OPPOSITE = {Asked.NOT_TASK: Asked.TASK, Asked.NOT_MEMBER: Asked.MEMBER}


def is_other(choice: str, right: str, asked: Asked) -> bool:
    """Whether ``choice`` says something else than ``right``, and nothing that includes it."""
    if key_of(choice) == key_of(right):
        return False
    match asked:
        case Asked.OFFICE | Asked.RECIPIENT:
            return not same_office(choice, right) and not is_generic(choice)
        case Asked.DATE:
            mine, theirs = values_of(choice), values_of(right)
            if not mine or not theirs:
                return False
            return all(dates_apart(a, b) for a in mine for b in theirs)
        case Asked.QUANTITY:
            return not amounts_of(choice) & amounts_of(right)
        case Asked.DOCUMENT:
            return not any(_is_slip(a, b) for a in _numbers(choice) for b in _numbers(right))
        case Asked.SECTION:
            words, others = content(choice), content(right)
            return not (words <= others or others <= words)
        case Asked.MEMBER:
            return alike(choice, right) < _NEAR
        case _:
            return alike(choice, right) < _SAME


def is_around(choice: str, right: str, asked: Asked, sources: Sequence[Source]) -> bool:
    """Whether one of two offices may be part of the other: a division or the head of a body."""
    if asked not in (Asked.OFFICE, Asked.RECIPIENT):
        return False
    either = ((choice, right), (right, choice))
    if any(_is_officer_of(a, b) or _is_office_of(a, b) for a, b in either):
        return True
    issuers = [key_of(s.document.header.issuer.value) for s in sources if s.document.header.issuer]
    return any(
        _DIVISION.match(part) and any(key_of(whole) in issuer for issuer in issuers)
        for part, whole in ((right, choice), (choice, right))
    )


def _is_officer_of(officer: str, body: str) -> bool:
    """Whether one name is that of the head of the other: «Trưởng Ban Chỉ đạo»."""
    title = _OFFICER.match(officer)
    return title is not None and coverage(content(officer[title.end() :]), content(body)) >= _SAME


def _is_office_of(part: str, body: str) -> bool:
    """Whether one name is that of the other's own office: «Văn phòng UBND xã»."""
    office = _OFFICE_OF.match(part)
    return office is not None and content(part[office.end() :]) <= content(body)


_OFFICE_OF = re.compile(r"(?:văn phòng|bộ phận|tổ giúp việc)\s+", re.I)
_OFFICER = re.compile(
    r"(?:các\s+)?(?:phó\s+)?(?:trưởng|phó|chủ tịch|bí thư|giám đốc|chánh|hiệu trưởng|thủ trưởng|"
    r"người đứng đầu|lãnh đạo)\s+(?:thường trực\s+)?",
    re.I,
)
_DIVISION = re.compile(r"(?:khoa|phòng|bộ phận|tổ|văn phòng|ban|đội)(?!\w)", re.I)


def is_supported(choice: str, asked: Asked, subject: str, sources: Sequence[Source]) -> bool:
    """Whether any stretch of ``sources`` that speaks of ``subject`` could bear ``choice`` out."""
    return any(_supports(source, choice, asked, subject) for source in sources)


def _supports(source: Source, choice: str, asked: Asked, subject: str) -> bool:
    match asked:
        case Asked.OFFICE:
            return any(names(s, choice) for s in _of_task(source, subject))
        case Asked.RECIPIENT:
            return any(key_of(choice) in s.key for s in source.speaking_of(subject, _SAME_SENTENCE))
        case Asked.TASK:
            return any(names(s, subject) for s in _of_task(source, choice))
        case Asked.DATE if numbers_of(subject):
            days = {d for n in numbers_of(subject) for d in _dates_after(source, n)}
            return any(not dates_apart(v, d) for v in values_of(choice) for d in days)
        case Asked.DATE:
            return any(
                not dates_apart(v, d.value)
                for s in source.speaking_of(subject, _SPEAKS)
                for d in s.dates
                for v in values_of(choice)
            )
        case Asked.QUANTITY:
            numbers = amounts_of(choice)
            return any(
                numbers & amounts_of(s.text) for s in source.speaking_of(subject, _SAME_SENTENCE)
            )
        case Asked.DOCUMENT:
            return any(_is_about(source, n, subject) for n in _numbers(choice))
        case Asked.SUBJECT:
            return any(_is_about(source, n, choice) for n in _numbers(subject))
        case Asked.MEMBER:
            return _stands_under(source, subject, choice)
        case Asked.SECTION:
            return _stands_under(source, choice, subject)
        case _:
            return False


def _of_task(source: Source, task: str) -> Sequence[Stretch]:
    """The stretches that say much the same as ``task``, or hold its first words."""
    found = _of_tasks(source)
    if task not in found:
        found[task] = (
            *source.speaking_of(task, _SPEAKS),
            *source.beginning_like(" ".join(key_of(task).split()[:_HEAD])),
            *source.like(task, _SAME, _AS_LONG, _LEAST_WORDS),
        )
    return found[task]


@lru_cache(maxsize=16)
def _of_tasks(source: Source) -> dict[str, tuple[Stretch, ...]]:
    """What :func:`_of_task` has found in ``source`` so far."""
    return {}


def _numbers(text: str) -> frozenset[str]:
    found = numbers_of(text)
    return found or frozenset((number_key(text),))


def _is_slip(a: str, b: str) -> bool:
    """Whether two numbers are one, be it with a slip of the pen: «27/CT-TTg», «27/CTTg»."""
    if a == b:
        return True
    first, other = (re.match(r"\d+", key) for key in (a, b))
    same = first is not None and other is not None and first.group() == other.group()
    return same and SequenceMatcher(None, a, b).ratio() >= _SLIP


def _said_after(source: Source, number: str, reach: int) -> Iterator[tuple[int, int]]:
    """Where what is said of the document of that number may stand: after it, ``reach`` at most."""
    for match in NUMBER.finditer(source.text):
        if f"{number_key(match.group())}.".startswith(f"{number}."):
            stop = _OVER.search(source.text, match.end(), match.end() + reach)
            yield match.end(), stop.start() if stop else match.end() + reach


# Where the words on a cited document end: at a stop, or where the next document of a list begins.
_OVER = re.compile(r"[;\n]|(?:,|\bvà)\s+[^,;\n]{0,30}?(?=\bsố\s*\d)")


def _dates_after(source: Source, number: str) -> Iterator[str]:
    for start, end in _said_after(source, number, 60):
        yield from (d.value for d in source.dates if start <= d.start < end)


def _is_about(source: Source, number: str, subject: str) -> bool:
    """Whether the document of that number may be about ``subject``, nested citations included."""
    wanted = content(subject)
    return any(
        coverage(wanted, content(source.text[start:end])) >= _SAYS
        for start, end in _said_after(source, number, 500)
    )


def names(stretch: Stretch, office: str) -> bool:
    """Whether ``office`` is named in a stretch or over it, be it as helper only."""
    if stretch.is_for_all:
        return True
    return key_of(office) in stretch.key or any(same_office(office, b) for b in stretch.bodies)


def _stands_under(source: Source, heading: str, choice: str) -> bool:
    """Whether anything under a section of that heading says what ``choice`` says."""
    key = key_of(heading)
    spans = [
        (s.start, s.end) for s in source.document.sections if key_of(s.heading).startswith(key)
    ]
    alike = source.like(choice, _NEAR, _AS_LONG, _LEAST_WORDS)
    return any(
        a <= stretch.span[0] < b
        for stretch in (*source.holding(choice, _SAYS), *alike)
        for a, b in spans
    )
