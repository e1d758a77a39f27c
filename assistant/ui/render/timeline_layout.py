"""The timeline before it is drawn: which days it spans, and where each duty stands in it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.records import RegisterRow
from assistant.register.plain import one_line
from assistant.register.rules import Occurrence, Span, parts_of
from assistant.register.schedule import is_recurring
from assistant.ui.deadlines import Found, State, state_of, terms

_LONGEST = timedelta(days=1830)  # five years
_BEFORE = timedelta(days=1100)  # of these, before the chosen day
_AHEAD = timedelta(days=120)  # where something recurs

# In pixels.
LANE = 26  # a line of marks, and one of words where they don't stand beside a single mark
MARK = 6
_LETTER = 6.6  # the width of one, on average
_GAP = 18  # between a label and the next mark on its line
_LABEL_LETTERS = 44
_EDGE = 24  # left of the first day
_AFTER = 340  # right of the last, for its label
_AGAIN = 460  # words over a row of marks are repeated, to be read wherever one has scrolled
# The more months, the narrower each: (days at most, pixels a day)
_SCALES = ((100, 8.0), (200, 5.0), (400, 3.6), (800, 2.6))
_NARROWEST = 2.0
# Marks that are many, and nearer than this on average, are one bar: «hằng ngày» over a year.
_MANY = 8
_DENSE = 9


@dataclass(frozen=True, slots=True)
class Window:
    """The days drawn, both included, and how wide a day is."""

    first: date
    last: date

    @property
    def scale(self) -> float:
        days = (self.last - self.first).days
        return next((scale for most, scale in _SCALES if days <= most), _NARROWEST)

    @property
    def width(self) -> float:
        return self.end(self.last) + _AFTER

    def x(self, day: date) -> float:
        """Where a day begins."""
        return _EDGE + (day - self.first).days * self.scale

    def end(self, day: date) -> float:
        return self.x(day) + self.scale

    def middle(self, day: date) -> float:
        return self.x(day) + self.scale / 2


def window_of(found: Found) -> Window:
    """The days to draw: the period asked for, else all that is known and the chosen day.

    Of more than :data:`_LONGEST` those around the chosen day, or next to it.
    """
    query, on = found.asked.query, found.asked.on
    low, high = query.since or date.min, query.until or date.max
    known = [day for row in found.rows for day in _single_days(row)]
    if any(is_recurring(row.obligation.deadline) for row in found.rows):
        known.append(_later(on, _AHEAD))
    days = [day for day in (on, *known) if low <= day <= high] or [query.since or high]
    first = query.since or min(days).replace(day=1)
    last = query.until or _month_end(max(days))
    if last - first > _LONGEST:
        first = max(first, _earlier(min(max(on, first), last), _BEFORE))
        last = min(last, _later(first, _LONGEST))
    return Window(first, last)


def _single_days(row: RegisterRow) -> Iterator[date]:
    for part in parts_of(row.obligation.deadline):
        if isinstance(part, Span):
            yield from (day for day in (part.days.first, part.days.last) if day is not None)


def _later(day: date, by: timedelta) -> date:
    return day + by if by <= date.max - day else date.max


def _earlier(day: date, by: timedelta) -> date:
    return day - by if by <= day - date.min else date.min


def months(window: Window) -> Iterator[tuple[date, float]]:
    """The first days of the months that have a day in the window, and where they stand in it."""
    month = window.first.replace(day=1)
    while month <= window.last:
        yield month, window.x(max(month, window.first))
        end = _month_end(month)
        if end == date.max:
            return
        month = end + timedelta(days=1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


# --- What is drawn -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """A duty on the timeline: its marks, and the stretch of its line that it takes up."""

    row: RegisterRow
    state: State
    occurrences: tuple[Occurrence, ...]
    label: str
    left: float
    right: float

    @property
    def words(self) -> float:
        """How wide its label is, with the gap that follows it."""
        return _width(self.label)

    @property
    def lines(self) -> int:
        """How many lines it takes: its words stand over its marks where those are several."""
        return 1 if len(self.occurrences) == 1 else 2

    @property
    def periods(self) -> list[tuple[date, date]]:
        """First and last day of each occurrence of several days."""
        both = ((o.first, o.last) for o in self.occurrences)
        return [(first, last) for first, last in both if first and last and first < last]

    @property
    def ends(self) -> list[date]:
        """A day for each mark: the last of an occurrence, else its first."""
        return [day for o in self.occurrences if (day := o.last or o.first) is not None]


def drawn(found: Found, window: Window) -> tuple[list[Drawn], int, int]:
    """The duties with a day in the window; how many have theirs outside, and how many have none.

    What is to come next stands first, then what is past, the latest first.
    """
    inside: list[Drawn] = []
    outside = without = 0
    for row in found.rows:
        marks = tuple(
            o
            for o in terms(row, window.first, window.last)
            if window.first <= (o.last or o.first or date.min) <= window.last
            or (o.first is not None and o.last is not None)
        )
        if marks:
            inside.append(_placed(row, state_of(row.obligation, found.asked.on), marks, window))
        elif any(True for _ in _single_days(row)) or is_recurring(row.obligation.deadline):
            outside += 1
        else:
            without += 1
    inside.sort(key=lambda item: _distance(item, found.asked.on))
    return inside, outside, without


def _distance(item: Drawn, on: date) -> tuple[bool, timedelta]:
    """Whether all of it is past, and how far from the day ``on`` its nearest mark is."""
    coming = [day for day in item.ends if day >= on]
    return not coming, min(coming) - on if coming else on - max(item.ends)


def _placed(row: RegisterRow, state: State, marks: tuple[Occurrence, ...], window: Window) -> Drawn:
    label = _label(row)
    first = min(window.x(max(o.first or o.last or window.first, window.first)) for o in marks)
    if len(marks) == 1:
        right = mark_at(marks[0], window) + MARK + _width("30/12  " + label)
    else:
        right = max(first + _width(label), *(mark_at(o, window) + MARK + _GAP for o in marks))
    return Drawn(row, state, marks, label, first - MARK, right)


def _width(words: str) -> float:
    return len(words) * _LETTER + _GAP


def _label(row: RegisterRow) -> str:
    said = one_line(row.obligation.action) or one_line(row.citation.quote)
    return said if len(said) <= _LABEL_LETTERS else said[: _LABEL_LETTERS - 1].rstrip() + "…"


def mark_at(occurrence: Occurrence, window: Window) -> float:
    """Where the mark of an occurrence stands, moved into the window."""
    day = occurrence.last or occurrence.first or window.first
    return window.middle(min(max(day, window.first), window.last))


def lanes(items: Sequence[Drawn]) -> list[tuple[int, Drawn]]:
    """Each item with its line, on as few as it takes for none to lie over another."""
    ends: list[float] = []  # where each line is free from
    placed: list[tuple[int, Drawn]] = []
    for item in sorted(items, key=lambda item: (item.left, item.right)):
        line = next(
            (
                start
                for start in range(len(ends))
                if all(end <= item.left for end in ends[start : start + item.lines])
            ),
            len(ends),
        )
        ends += [0.0] * (line + item.lines - len(ends))
        ends[line : line + item.lines] = [item.right] * item.lines
        placed.append((line, item))
    return placed


def grouped(items: Sequence[Drawn], by: str) -> dict[str, list[Drawn]]:
    """The items under the name of their actor or document, in the order given; "" for no one."""
    found: dict[str, list[Drawn]] = {}
    names: dict[str, str] = {}
    for item in items:
        name = _group_name(item.row, by)
        found.setdefault(names.setdefault(name.casefold(), name), []).append(item)
    return found


def _group_name(row: RegisterRow, by: str) -> str:
    if by == "document":
        number, name = row.citation.number, row.document.name
        return f"{number} · {name}" if number else name
    return one_line(row.obligation.actor)


def bars(item: Drawn, window: Window) -> list[tuple[float, float]]:
    """Left and right of each occurrence of several days."""
    return [
        (window.x(max(first, window.first)), window.end(min(last, window.last)))
        for first, last in item.periods
    ]


def stretch(item: Drawn, window: Window) -> tuple[float, float]:
    """Where the first and the last mark stand."""
    days = [min(max(day, window.first), window.last) for day in item.ends]
    return window.middle(min(days)), window.middle(max(days))


def word_places(item: Drawn) -> list[float]:
    """Where its words begin over a row of marks: at both ends where there is room, and between."""
    room = item.right - item.left - MARK
    times = max(1, min(1 + int(room // _AGAIN), int(room // item.words)))
    step = (room - item.words) / max(1, times - 1)
    return [item.left + MARK + index * step for index in range(times)]


def is_dense(item: Drawn, window: Window) -> bool:
    """Whether the marks would run into each other."""
    if len(item.ends) < _MANY:
        return False
    left, right = stretch(item, window)
    return (right - left) / len(item.ends) < _DENSE
