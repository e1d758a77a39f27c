"""The parts of a normalised deadline, and the days that each takes up. Pure.

A deadline (grammar: :mod:`ingest.dates`) is one part or several joined by ``;``. A part is a
:class:`Span` of days with its limits as they were written, a :class:`Rule` that recurs, or
:class:`Unplaced`: what has no place on a calendar (``RELATIVE:P10D``, ``--04-20``, whatever is no
value at all).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from ingest.dates.values import Point

RULES_FROM = date(1990, 1, 1)  # a rule without years is not expanded before: no plan is older
MAX_OCCURRENCES = 4000  # of one rule in one answer: more than ten years of days
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The days within which something falls due, both included.

    ``first`` is None where only an end is given (``/2025-10``), ``last`` where none is (``a/``,
    ``a/END``); ``time`` is the hour of the day (``16:30``) or empty.
    """

    first: date | None
    last: date | None
    time: str = ""

    def overlaps(self, since: date, until: date) -> bool:
        """Whether a day from ``since`` to ``until``, both included, is among these days."""
        return (self.first is None or self.first <= until) and (
            self.last is None or self.last >= since
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A day, month, quarter or year, or a range of them (``ranged``) with one end or two.

    ``event`` marks a range that ends with an event instead of a date (``2025-11/END``).
    """

    low: Point | None
    high: Point | None
    ranged: bool = False
    event: bool = False

    @property
    def days(self) -> Occurrence:
        return Occurrence(
            self.low.first_day() if self.low else None,
            self.high.last_day() if self.high else None,
        )

    def occurrences(self, since: date, until: date) -> Iterator[Occurrence]:
        if self.days.overlaps(since, until):
            yield self.days


@dataclass(frozen=True, slots=True)
class Rule:
    """A duty that recurs. A part that the rule does not fix is 0 or empty.

    ``month`` counts in the year, for QUARTERLY in the quarter; ``weekday`` is 1 (Monday) to 7;
    ``years`` are the first and last year in which the rule holds, (0, 0) where none are named.
    """

    frequency: str
    month: int = 0
    day: int = 0
    quarter: int = 0
    weekday: int = 0
    last_week: bool = False
    time: str = ""
    years: tuple[int, int] = (0, 0)

    def occurrences(self, since: date, until: date) -> Iterator[Occurrence]:
        """Those that overlap the period, in order, :data:`MAX_OCCURRENCES` at most.

        A rule holds from the first of its ``years`` (else :data:`RULES_FROM`); an occurrence
        belongs to the year of its last day.
        """
        first_year, last_year = self.years
        if first_year:
            since = max(since, date(first_year, 1, 1))
            until = min(until, date(last_year, 12, 31))
        else:
            since = max(since, RULES_FROM)
        within = self._from(since, until)
        if first_year:
            within = (o for o in within if o.last and first_year <= o.last.year <= last_year)
        return islice(within, MAX_OCCURRENCES)

    def _from(self, since: date, until: date) -> Iterator[Occurrence]:
        """Cycle by cycle from the one that holds ``since``: the centuries before cost nothing."""
        cycle = self._cycle(since)
        while cycle <= until and cycle.year < date.max.year:
            first, last = self._days(cycle)
            if last >= since and first <= until:
                yield Occurrence(first, last, self.time)
            cycle = self._next(cycle)

    def _cycle(self, day: date) -> date:
        """The first day of the year, quarter, month, week or day that holds ``day``."""
        match self.frequency:
            case "YEARLY":
                return day.replace(month=1, day=1)
            case "QUARTERLY":
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            case "MONTHLY":
                return day.replace(day=1)
            case "WEEKLY":
                return day - timedelta(days=day.weekday())
        return day

    def _next(self, cycle: date) -> date:
        match self.frequency:
            case "YEARLY":
                return cycle.replace(year=cycle.year + 1)
            case "QUARTERLY" | "MONTHLY":
                months = cycle.month + (3 if self.frequency == "QUARTERLY" else 1)
                return date(cycle.year + months // 13, (months - 1) % 12 + 1, 1)
        return cycle + timedelta(days=7 if self.frequency == "WEEKLY" else 1)

    def _days(self, cycle: date) -> tuple[date, date]:
        """First and last day of the occurrence in the cycle that begins on ``cycle``."""
        match self.frequency:
            case "YEARLY" if not (self.month or self.quarter):
                return cycle, cycle.replace(month=12, day=31)
            case "YEARLY" if self.quarter:
                return self._months(cycle.replace(month=self.quarter * 3 - 2), 3)
            case "YEARLY":
                return self._months(cycle.replace(month=self.month), 1)
            case "QUARTERLY" if self.month:
                return self._months(cycle.replace(month=cycle.month + self.month - 1), 1)
            case "QUARTERLY":
                first, last = self._months(cycle, 3)
                return (last - _WEEK, last) if self.last_week else (first, last)
            case "MONTHLY":
                return self._months(cycle, 1)
            case "WEEKLY":
                named = cycle + timedelta(days=self.weekday - 1)
                return (named, named) if self.weekday else (cycle, cycle + _WEEK)
        return cycle, cycle

    def _months(self, first: date, count: int) -> tuple[date, date]:
        """``count`` whole months from ``first``, or the rule's day in a single one.

        A day that the month lacks (31 in April) is the month's last.
        """
        end = first.replace(month=first.month + count - 1)
        length = calendar.monthrange(end.year, end.month)[1]
        if self.day:
            named = first.replace(day=min(self.day, length))
            return named, named
        return first, end.replace(day=length)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A value that names no day: counted from an event, without its year, or not a value."""

    value: str

    def occurrences(self, since: date, until: date) -> Iterator[Occurrence]:
        return iter(())


Part = Span | Rule | Unplaced

_POINT = re.compile(r"(\d{4}|-)(?:-(?:(\d\d)(?:-(\d\d))?|Q([1-4])))?", re.ASCII)
_RULE = re.compile(
    r"(?:(?P<yearly>YEARLY)(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
    r"|(?P<monthly>MONTHLY)(?:-(?P<monthday>\d\d))?"
    r"|(?P<quarterly>QUARTERLY)(?:-(?P<last_week>LAST-WEEK)|-M(?P<m>[1-3])(?:-(?P<md>\d\d))?)?"
    r"|(?P<weekly>WEEKLY)(?:-(?P<weekday>[1-7]))?"
    r"|(?P<daily>DAILY)(?:-(?P<time>\d\d:\d\d))?)"
    r"(?:\((?P<since>\d{4})\.\.(?P<until>\d{4})\))?",
    re.ASCII,
)
_MONTHS = tuple(f"{month:02d}" for month in range(1, 13))
_YEARS = range(1000, 9999)  # what every calendar program can add a day to


@lru_cache(maxsize=4096)
def parts_of(deadline: str) -> tuple[Part, ...]:
    """The parts of a deadline in its order; () for an empty one. Never raises.

    Years named at the end of a list hold for the like rules before: ``MONTHLY-10;MONTHLY-20(a..b)``
    stands for «ngày 10, 20 hằng tháng (a–b)».
    """
    parts = [_part(value) for value in map(str.strip, deadline.split(";")) if value]
    for i in range(len(parts) - 2, -1, -1):
        part, after = parts[i], parts[i + 1]
        if (
            isinstance(part, Rule)
            and isinstance(after, Rule)
            and part.frequency == after.frequency
            and part.years == (0, 0)
        ):
            parts[i] = replace(part, years=after.years)
    return tuple(parts)


def _part(value: str) -> Part:
    return _rule(value) or _span(value) or Unplaced(value)


def _span(value: str) -> Span | None:
    low_text, slash, high_text = value.partition("/")
    low, high = _dated(low_text), _dated(high_text)
    if not slash:
        return Span(low, low) if low else None
    if low_text and low is None:
        return None
    if high_text and high is None:
        return Span(low, None, ranged=True, event=True) if low and high_text == "END" else None
    span = Span(low, high, ranged=True)
    first, last = span.days.first, span.days.last
    backwards = first is not None and last is not None and first > last
    return None if backwards or (first is None and last is None) else span


def _dated(text: str) -> Point | None:
    point = read_point(text)
    return point if point and point.year is not None else None


def read_point(text: str) -> Point | None:
    """``2023-04-20``, ``2025-10``, ``2025-Q4``, ``2026``, or the same without a year (``--04``)."""
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day, quarter = match.groups()
    if year == "-" and not (month or quarter):
        return None
    point = Point(
        None if year == "-" else int(year),
        int(month) if month else None,
        int(day) if day else None,
        int(quarter) if quarter else None,
    )
    return point if point.valid and (point.year is None or point.year in _YEARS) else None


def _rule(value: str) -> Rule | None:
    match = _RULE.fullmatch(value)
    if match is None:
        return None
    month = int(match["month"] or match["m"] or 0)
    day = int(match["day"] or match["monthday"] or match["md"] or 0)
    longest = calendar.monthrange(2024, month)[1] if match["month"] in _MONTHS else 31
    if (
        match["month"] not in (None, *_MONTHS)
        or "00" in (match["day"], match["monthday"], match["md"])
        or day > longest
        or not _is_hour(match["time"])
    ):
        return None
    years = (int(match["since"] or 0), int(match["until"] or 0))
    if match["since"] and not (years[0] in _YEARS and years[1] in _YEARS and years[0] <= years[1]):
        return None
    return Rule(
        next(filter(None, match.group("yearly", "quarterly", "monthly", "weekly", "daily"))),
        month=month,
        day=day,
        quarter=int(match["quarter"] or 0),
        weekday=int(match["weekday"] or 0),
        last_week=match["last_week"] is not None,
        time=match["time"] or "",
        years=years,
    )


def _is_hour(time: str | None) -> bool:
    return time is None or (time[3:] < "60" and time <= "24:00")
