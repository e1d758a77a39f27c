"""What a normalised deadline means on a calendar, and in words. Pure.

Every function takes any string: what is no deadline (see :mod:`ingest.dates`) has no days.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.register.rules import (
    MAX_OCCURRENCES,
    RULES_FROM,
    Occurrence,
    Rule,
    Span,
    Unplaced,
    parts_of,
    read_point,
)
from assistant.register.words import month_name, word
from ingest.dates.values import Point

__all__ = [
    "MAX_OCCURRENCES",
    "RULES_FROM",
    "Occurrence",
    "describe",
    "due_in",
    "is_recurring",
    "last_day",
    "next_due",
    "occurrences",
    "said_beside",
    "said_day",
    "sort_key",
    "standing",
]


def occurrences(deadline: str, since: date, until: date) -> tuple[Occurrence, ...]:
    """The occurrences that share a day with the period, both ends included, in order of time.

    «quý IV/2025» has one in October 2025, though it isn't due then (:func:`due_in`). The period
    may be ``date.min`` to ``date.max``: a rule is expanded from the first of its years (without
    any, from :data:`RULES_FROM`) and :data:`MAX_OCCURRENCES` times at most.

    >>> [str(o.last) for o in occurrences("MONTHLY-31", date(2025, 1, 15), date(2025, 3, 30))]
    ['2025-01-31', '2025-02-28']
    """
    found = {o for part in parts_of(deadline) for o in part.occurrences(since, until)}
    return tuple(sorted(found, key=_in_time))


def due_in(deadline: str, since: date, until: date) -> bool:
    """Whether someone who asks what is due from ``since`` to ``until`` means this.

    * A day, month, quarter or year, and each occurrence of a rule, is due on its last day: «trước
      ngày 20/10/2025» and «tháng 10/2025» are due in October 2025, «quý IV/2025» in December.
    * A range with both ends is in hand while it lasts: any shared day counts.
    * With one end only, that end counts: the last day of «đến hết tháng 10», the first of «từ
      01/7», which else would be due for ever.
    """
    for part in parts_of(deadline):
        if isinstance(part, Span) and part.ranged:
            first, last = part.days.first, part.days.last
            ends = [end for end in (first, last) if end is not None]
            if part.days.overlaps(since, until) and (
                len(ends) == 2 or any(since <= end <= until for end in ends)
            ):
                return True
        elif any(o.last and o.last <= until for o in part.occurrences(since, until)):
            return True
    return False


def last_day(deadline: str) -> date | None:
    """The day after which a one-off duty is overdue, of several days the last.

    None where any part recurs, has no last day, or names no day.
    """
    days = [p.days.last if isinstance(p, Span) else None for p in parts_of(deadline)]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def next_due(deadline: str, on: date) -> Occurrence | None:
    """The first occurrence that isn't over on the day ``on``; None where nothing more falls due.

    What has no last day never falls due.
    """
    coming = [
        occurrence
        for part in parts_of(deadline)
        for occurrence in [next(part.occurrences(on, date.max), None)]
        if occurrence is not None and occurrence.last is not None
    ]
    return min(coming, key=_in_time, default=None)


def is_recurring(deadline: str) -> bool:
    """Whether any part recurs."""
    return any(isinstance(part, Rule) for part in parts_of(deadline))


def sort_key(deadline: str, on: date) -> tuple[int, date]:
    """Orders rows by the day that counts on ``on``: the next last day, else the last one gone by.

    What only begins comes after what ends, and what has no day at all after both.
    """
    if (coming := next_due(deadline, on)) and coming.last:
        return 0, coming.last
    parts = parts_of(deadline)
    gone = [o.last for part in parts for o in _final(part) if o.last]
    if gone:
        return 0, max(gone)
    begun = [part.days.first for part in parts if isinstance(part, Span) and part.days.first]
    return (1, min(begun)) if begun else (2, date.max)


def _final(part: Span | Rule | Unplaced) -> tuple[Occurrence, ...]:
    """The last occurrence of all, where there is one."""
    if isinstance(part, Rule) and part.years[1]:
        year = part.years[1]
        return tuple(part.occurrences(date(year, 1, 1), date(year, 12, 31)))[-1:]
    return (part.days,) if isinstance(part, Span) else ()


def _in_time(occurrence: Occurrence) -> tuple[date, date, str]:
    return occurrence.last or date.max, occurrence.first or date.min, occurrence.time


# --- In words ------------------------------------------------------------------------------------


def standing(deadline: str, on: date, language: str) -> str:
    """How the deadline stands on the day ``on``: «Còn 3 ngày», «Quá hạn 2 ngày»; else empty."""
    coming = next_due(deadline, on)
    if coming is not None and coming.last is not None:
        left = (coming.last - on).days
        if not is_recurring(deadline):
            return word("days_left", language, n=left) if left else word("due_today", language)
        if left:
            return word("next", language, day=said_day(coming.last, language), n=left)
        return word("next_today", language)
    if last := last_day(deadline):
        return word("overdue", language, n=(on - last).days)
    return word("ended", language) if is_recurring(deadline) and _is_over(deadline, on) else ""


def _is_over(deadline: str, on: date) -> bool:
    return all((final := _final(p)) and final[0].last is not None for p in parts_of(deadline))


def describe(deadline: str, language: str) -> str:
    """The value in words: «20/4/2023», «quý IV/2025», «ngày 15 hằng tháng (2023–2025)».

    A value that can't be read is given back as it is.
    """
    said = [_said(part, language) for part in parts_of(deadline)]
    if len(said) < 2:
        return "".join(said)
    return ", ".join(said[:-1]) + word("and", language) + said[-1]


def said_beside(written: str, deadline: str, language: str) -> str:
    """:func:`describe`, or nothing where the words ``written`` say as much themselves.

    In Vietnamese they do where they hold every number of it: «từ ngày 02/5/2024 đến hết ngày …».
    """
    said = describe(deadline, language)
    if said in written:
        return ""
    numbers = [set(map(int, re.findall(r"[0-9]+", text))) for text in (said, written)]
    is_said = bool(numbers[0]) and numbers[0] <= numbers[1] and language != "en"
    return "" if is_said else said


def said_day(day: date, language: str) -> str:
    """«05/02/2024», «20/4/2023», with noughts as Nghị định 30/2020/NĐ-CP has them (Phụ lục I)."""
    if language == "en":
        return f"{day.day} {month_name(day.month)} {day.year}"
    return f"{_vietnamese_day(day.day, day.month)}/{day.year}"


def _vietnamese_day(day: int, month: int) -> str:
    """Days below 10 and the months 1 and 2 take a nought."""
    return f"{day:02d}/{month:02d}" if month < 3 else f"{day:02d}/{month}"


def _said(part: Span | Rule | Unplaced, language: str) -> str:
    if isinstance(part, Rule):
        return _said_rule(part, language)
    if isinstance(part, Unplaced):
        return _said_unplaced(part.value, language)
    if not part.ranged and part.low:
        return _said_point(part.low, language)
    low = _said_point(part.low, language) if part.low else ""
    high = _said_point(part.high, language) if part.high else ""
    if part.event:
        return word("until_event", language, low=low)
    if not low:
        is_day = part.high is not None and part.high.day is not None
        return word("until_day" if is_day else "until", language, high=high)
    return word("between" if high else "from", language, low=low, high=high)


_ROMAN = ("", "I", "II", "III", "IV")


def _said_point(point: Point, language: str) -> str:
    if point.year is None:
        return word("no_year", language, what=_said_yearless(point, language))
    if point.month and point.day:
        return said_day(date(point.year, point.month, point.day), language)
    if point.month:
        name = month_name(point.month)
        return word("month", language, month=_month(point.month), year=point.year, name=name)
    if point.quarter:
        roman = _ROMAN[point.quarter]
        return word("quarter", language, roman=roman, quarter=point.quarter, year=point.year)
    return word("year", language, year=point.year)


def _said_yearless(point: Point, language: str) -> str:
    if point.month and point.day:
        if language == "en":
            return f"{point.day} {month_name(point.month)}"
        return _vietnamese_day(point.day, point.month)
    if point.month:
        name = month_name(point.month)
        return word("bare_month", language, month=_month(point.month), name=name)
    quarter = point.quarter or 0
    return word("bare_quarter", language, roman=_ROMAN[quarter], quarter=quarter)


def _month(month: int) -> str:
    return f"{month:02d}" if month < 3 else str(month)


def _said_rule(rule: Rule, language: str) -> str:
    said = _said_cycle(rule, language)
    if rule.years[0]:
        said += word("in_years", language, low=rule.years[0], high=rule.years[1])
    return said


def _said_cycle(rule: Rule, language: str) -> str:
    nth = _ordinal(rule.day)
    match rule.frequency:
        case "YEARLY" if rule.month or rule.quarter:
            point = Point(None, rule.month or None, rule.day or None, rule.quarter or None)
            return word("every_year", language, what=_said_yearless(point, language))
        case "QUARTERLY" if rule.last_week:
            return word("quarter_last_week", language)
        case "QUARTERLY" if rule.month:
            month = word(f"quarter_month_{rule.month}", language)
            key = "quarter_day" if rule.day else "quarter_month"
            return word(key, language, day=rule.day, nth=nth, month=month)
        case "MONTHLY" if rule.day:
            return word("month_day", language, day=f"{rule.day:02d}", nth=nth)
        case "WEEKLY" if rule.weekday:
            weekday = word(f"weekday_{rule.weekday}", language)
            return word("week_day", language, weekday=weekday)
        case "DAILY" if rule.time:
            return word("day_time", language, time=rule.time)
    return word(rule.frequency.lower(), language)


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number in (11, 12, 13) else ending}"


_DURATION = re.compile(r"RELATIVE:P(T?)(\d{1,4})(BD|[DWMYH])", re.ASCII)


def _said_unplaced(value: str, language: str) -> str:
    if match := _DURATION.fullmatch(value):
        hours, number, unit = match.groups()
        if (hours == "T") == (unit == "H"):
            said = word(unit, language, n=int(number))
            return said.removesuffix("s") if int(number) == 1 else said
    low, _, high = value.partition("/")
    a, b = read_point(low), read_point(high)
    if a and b and a.year is None and b.year is None:
        low, high = _said_yearless(a, language), _said_yearless(b, language)
        both = word("between", language, low=low, high=high)
        return word("no_year", language, what=both)
    return _said_point(a, language) if a and not high else value
