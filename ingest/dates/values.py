"""Normalised values of dates, and when two of them agree. Pure."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from dataclasses import dataclass, replace

from ingest.dates.words import MON, MONTH_EN, MONTHS_EN, MONTHS_VI, D, M, Y

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": 4,
}


@dataclass(frozen=True, slots=True)
class Point:
    """A day, month, quarter or year, as far as it is written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None

    @property
    def valid(self) -> bool:
        if self.year == 0 or self.month not in (None, *range(1, 13)) or self.day == 0:
            return False
        if self.month is not None and self.day is not None:
            return self.day <= calendar.monthrange(self.year or 2024, self.month)[1]
        return True

    def after_year(self) -> str:
        """The value without its year: ``04-20``, ``11``, ``Q3`` or nothing."""
        if self.quarter:
            return f"Q{self.quarter}"
        return "-".join(f"{part:02d}" for part in (self.month, self.day) if part is not None)

    def value(self) -> str:
        """``2023-04-20``, ``2025-10``, ``2025-Q4``, ``2026``; ``--04-20`` without a year."""
        rest = self.after_year()
        if self.year is None:
            return f"--{rest}" if rest else ""
        return f"{self.year}-{rest}" if rest else str(self.year)

    def first_day(self) -> datetime.date | None:
        if self.year is None:
            return None
        month = self.month or (self.quarter or 1) * 3 - 2
        return datetime.date(self.year, month, self.day or 1)

    def last_day(self) -> datetime.date | None:
        if self.year is None:
            return None
        month = self.month or (self.quarter or 4) * 3
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
_NUMERIC = re.compile(rf"({D})\s*[/.\-]\s*({M})(?:\s*(?:[/.\-]|nam)\s*({Y}|\d\d))?$")
_LONG = re.compile(rf"({D})\s*[,/]?\s*({MON})(?:\s*,?\s*(?:nam|/|-|\.)?\s*({Y}))?$")
_MONTH_NUMBER = re.compile(rf"({M})\s*/\s*({Y})$")
_MONTH_VI = re.compile(rf"({MON})(?:\s*,?\s*(?:nam|/|-|\.)?\s*({Y}))?$")
_EN_DAY_FIRST = re.compile(rf"({D})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH_EN})(?:\s*,?\s*({Y}))?$")
_EN_MONTH_FIRST = re.compile(rf"({MONTH_EN})\s+({D})(?:st|nd|rd|th)?(?:\s*,?\s*({Y}))?$")
_EN_MONTH = re.compile(rf"({MONTH_EN})(?:\s*,?\s*(?:of\s+)?({Y}))?$")
_QUARTER_VI = re.compile(rf"qu[yi]\s*(iv|iii|ii|i|[1-4])(?:\D*({Y}))?$")
_QUARTER_EN = re.compile(
    rf"(?:q|quarter\s+)?(first|second|third|fourth|last|[1-4])(?:st|nd|rd|th)?(?:\s+quarter)?(?:\D*({Y}))?$"
)
_YEAR = re.compile(rf"(?:nam\s+)?(?:hoc\s+)?({Y})$")


@functools.lru_cache(maxsize=4096)
def read_point(text: str) -> Point | None:
    """The point that the plain words ``text`` stand for, or None."""
    text = " ".join(text.split())
    if match := _ISO.match(text):
        year, month, day = map(int, match.groups())
        point = Point(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    elif match := _NUMERIC.match(text):
        point = Point(_year(match.group(3)), int(match.group(2)), int(match.group(1)))
    elif match := _LONG.match(text):
        point = Point(_year(match.group(3)), _month(match.group(2)), int(match.group(1)))
    elif match := _MONTH_NUMBER.match(text):
        point = Point(int(match.group(2)), int(match.group(1)))
    elif match := _MONTH_VI.match(text):
        point = Point(_year(match.group(2)), _month(match.group(1)))
    elif match := _EN_DAY_FIRST.match(text):
        point = Point(_year(match.group(3)), _month(match.group(2)), int(match.group(1)))
    elif match := _EN_MONTH_FIRST.match(text):
        point = Point(_year(match.group(3)), _month(match.group(1)), int(match.group(2)))
    elif match := _EN_MONTH.match(text):
        point = Point(_year(match.group(2)), _month(match.group(1)))
    elif match := _QUARTER_VI.match(text) or _QUARTER_EN.match(text):
        number = match.group(1)
        point = Point(_year(match.group(2)), quarter=_ROMAN.get(number) or int(number))
    elif match := _YEAR.match(text):
        point = Point(int(match.group(1)))
    else:
        return None
    return point if point and point.valid else None


def _year(text: str | None) -> int | None:
    """The year; two figures are of 2000 to 2049, «75» is 0, which is none: of which century?"""
    if text is None:
        return None
    if len(text) == 4:
        return int(text)
    return 2000 + int(text) if int(text) < 50 else 0


def _month(text: str) -> int:
    words = re.sub(r"^(?:thang|thg\.?)\s*", "", text).rstrip(".")
    if words.isdecimal():
        return int(words)
    words = " ".join(words.split())
    for number, names in enumerate(MONTHS_VI, 1):
        if words in names.split("|"):
            return number
    return next(n for n, name in enumerate(MONTHS_EN, 1) if name.startswith(words[:3]))


_KEPT = 8192  # values that a library's dates have, read once
_VALUE_POINT = re.compile(r"(\d{4}|-)-?(?:(\d\d)(?:-(\d\d))?|Q([1-4]))?$")


@functools.lru_cache(_KEPT)
def _read_value(value: str) -> Point | None:
    match = _VALUE_POINT.match(value)
    if match is None:
        return None
    year, month, day, quarter = match.groups()
    point = Point(
        None if year == "-" else int(year),
        int(month) if month else None,
        int(day) if day else None,
        int(quarter) if quarter else None,
    )
    return point if point.valid else None


def matches(a: str, b: str) -> bool:
    """Whether value ``a`` (of a question) agrees with value ``b`` (of a document).

    * Two points agree when neither contradicts the other and one holds the other: ``--04-20``
      and ``2023-04-20``, ``2025-10`` and ``2025-10-31``, ``2025-Q4`` and ``2025-11``. A value
      without a year agrees with any year.
    * A range agrees with what overlaps it; an open end has no limit, ``END`` neither.
    * A yearly, monthly or quarterly rule agrees with a point in which it falls: ``YEARLY-11``
      and ``2026-11``, ``MONTHLY-15`` and ``--06-15``; a bare ``YEARLY`` only with itself.
    * ``RELATIVE`` and ``DAILY`` values agree with their equals.
    * Of several values joined by ``;`` one is enough.
    """
    if ";" in a or ";" in b:
        return any(matches(x, y) for x in a.split(";") for y in b.split(";") if x and y)
    if a == b:
        return bool(a)
    rule_a, rule_b = _rule_point(a), _rule_point(b)
    if rule_a or rule_b:
        point_a, point_b = rule_a or _read_value(a), rule_b or _read_value(b)
        return bool(point_a and point_b) and _agree(point_a, point_b)  # type: ignore[arg-type]
    if "/" in a or "/" in b:
        return _overlap(a, b)
    point_a, point_b = _read_value(a), _read_value(b)
    return bool(point_a and point_b) and _agree(point_a, point_b)  # type: ignore[arg-type]


@functools.lru_cache(_KEPT)
def _rule_point(value: str) -> Point | None:
    """A recurrence as a point that has only the parts that it fixes."""
    kind, _, rest = re.sub(r"\(.*\)$", "", value).partition("-")
    if kind == "YEARLY" and rest:
        return _read_value(f"--{rest}")
    if kind == "MONTHLY" and rest.isdecimal():
        return Point(day=int(rest))
    return None


def _agree(a: Point, b: Point) -> bool:
    for one, other in ((a.year, b.year), (a.month, b.month), (a.day, b.day)):
        if one is not None and other is not None and one != other:
            return False
    quarters = {p.quarter or (p.month + 2) // 3 for p in (a, b) if p.quarter or p.month}  # type: ignore[operator]
    if len(quarters) > 1 and (a.quarter or b.quarter):
        return False
    shared = [
        one is not None and other is not None
        for one, other in ((a.year, b.year), (a.month, b.month), (a.day, b.day))
    ]
    return any(shared) or bool(quarters and (a.quarter or b.quarter) and len(quarters) == 1)


def _overlap(a: str, b: str) -> bool:
    """Whether two ranges (or a range and a point) share a day, each taken in the other's year."""
    years = [int(year) for year in re.findall(r"\b\d{4}\b", f"{a} {b}")] or [2024]
    tried = sorted({year + shift for year in years for shift in (0,)})
    return any(
        low_a <= high_b and low_b <= high_a
        for year in tried
        for low_a, high_a in [_limits(a, year)]
        for low_b, high_b in [_limits(b, year)]
    )


def _limits(value: str, year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a value; a missing year is ``year``."""
    low, slash, high = value.partition("/")
    first = _read_value(low) if low else None
    last = _read_value(high if slash else low) if (high or not slash) else None
    first, last = _in_year(first, year), _in_year(last, year)
    start = first.first_day() if first else None
    end = last.last_day() if last else None
    if (low and start is None) or (high and high != "END" and end is None):
        return datetime.date.max, datetime.date.min  # no date: overlaps nothing
    return start or datetime.date.min, end or datetime.date.max


def _in_year(point: Point | None, year: int) -> Point | None:
    if point is None or point.year is not None:
        return point
    dated = replace(point, year=year)
    return dated if dated.valid else None
