"""Single days, months, quarters and years, and several of them at once. Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from ingest.dates.forms import (
    BEFORE_DAY,
    BEFORE_PERIOD,
    UNIT_AFTER,
    Form,
    Hit,
    complete,
    core,
    cue_of,
    needs,
)
from ingest.dates.records import Found
from ingest.dates.values import Point, read_point
from ingest.dates.words import (
    AND,
    EDGE,
    FULL,
    HALF,
    MONTH,
    MONTH_EN,
    NGAY,
    NTH,
    QUARTER,
    YEAR,
    D,
    M,
    Q,
    Y,
    compiled,
    nth,
)

_DAYS = core(
    rf"(?P<days>{D}(?:{AND}{NGAY}?{D}){{1,12}}+)\s*(?:/\s*|thang\s*|thg\.?\s*)(?P<m>{M})"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_POINTS = core(rf"(?P<points>{FULL}(?:{AND}(?:va\s+)?{NGAY}?{FULL}){{1,12}}+)")
_FULL = compiled(FULL)
_MONTHS = core(
    rf"(?:cac\s+)?(?:thang|thg\.?)\s*(?P<months>{M}(?:{AND}(?:thang\s*)?{M}){{1,12}}+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_QUARTERS = core(
    rf"(?:cac\s+)?qu[yi]\s*(?P<quarters>{Q}(?:{AND}(?:qu[yi]\s*)?{Q}){{1,4}}+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)


def _several(points: list[Point], match: Hit, issued: datetime.date | None) -> Found | None:
    if not points or not all(point.valid for point in points):
        return None
    cue = cue_of(match["cue"])
    if cue == "on" and points[0].day is None:
        cue = "in"
    written = [point.year for point in points if point.year is not None]
    certain = bool(written)
    dated = [
        replace(p, year=written[-1]) if p.year is None and written else complete(p, issued, cue)
        for p in points
    ]
    return Found(match.start, match.end, ";".join(p.value() for p in dated), cue, certain)


def _days(match: Hit, issued: datetime.date | None) -> Found | None:
    named = re.search(r"ngay|mung|mong", match.text)
    if not match["cue"] and not named and not match["y"]:
        return None
    if named and named.start() > match.core_start("days") - match.start:
        return None  # «Quận 5, ngày 19 tháng 1»: the first number is no day
    year = int(match["y"]) if match["y"] else None
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    return _several([Point(year, int(match["m"]), day) for day in days], match, issued)


def _points(match: Hit, issued: datetime.date | None) -> Found | None:
    points = [read_point(part.group()) for part in _FULL.finditer(match["points"])]
    if not match["cue"] and "ngay" not in match.text and not any(p and p.year for p in points):
        return None
    return _several([p for p in points if p], match, issued) if all(points) else None


def _months(match: Hit, issued: datetime.date | None) -> Found | None:
    year = int(match["y"]) if match["y"] else None
    months = [int(month) for month in re.findall(r"\d+", match["months"])]
    return _several([Point(year, month) for month in months], match, issued)


def _quarters(match: Hit, issued: datetime.date | None) -> Found | None:
    year = f" {match['y']}" if match["y"] else ""
    names = re.findall(r"iv|iii|ii|i|[1-4]", match["quarters"])
    points = [read_point(f"quy {name}{year}") for name in names]
    return _several([p for p in points if p], match, issued)


_MONTH_OF_QUARTER = core(
    rf"(?:(?P<d>{D})\s+(?:cua\s+)?)?thang\s+(?P<which>{NTH})\s+(?:cua\s+)?(?P<q>{QUARTER})"
)


def _month_of_quarter(match: Hit, issued: datetime.date | None) -> Found | None:
    """«tháng cuối quý III/2025» is September 2025."""
    quarter = read_point(match["q"])
    if quarter is None or quarter.quarter is None:
        return None
    day = int(match["d"]) if match["d"] else None
    month = quarter.quarter * 3 - 3 + nth(match["which"])
    point = Point(quarter.year, month, day)
    return _named(point, match, issued) if point.valid else None


_ONE_DAY = core(rf"(?P<p>{FULL})")
_ONE_PERIOD = core(rf"(?P<p>{HALF}|{QUARTER}|{MONTH}|{YEAR})")
_CUED_YEAR = compiled(
    rf"\b(?P<cue>by|before|until|in|from|since|during|after|den|truoc|tu|trong|het)\s+(?P<lead>{EDGE}{{0,2}})(?P<p>{Y})"
)
_CUED_DAY = core(rf"(?P<p>{D}\s?-\s?{M})")
_HALF = compiled(HALF)
_MONTH_EN = compiled(MONTH_EN)
_HET = re.compile(r"\bhet\b")
_MONTH_IN_WORDS = compiled(r"\d?\d?\s*thang\s+[^\W\d]+(?:\s+[^\W\d]+)?$")
_WORD_AFTER = compiled(r"\s+[^\W\d]")
_EVENT_MONTH = compiled(r"(?:cách mạng|cach mang)\s+$")


def _one(match: Hit, issued: datetime.date | None) -> Found | None:
    words, cue_words = match["p"], match["cue"]
    if _HALF.match(words):
        return _half(match, issued)
    point = read_point(words)
    if point is None:
        return None
    if point.year is None and _MONTH_IN_WORDS.match(words) and _counts_months(match, point):
        return None
    if _MONTH_EN.match(words) and point.day is None and point.year is None and not cue_words:
        return None  # «May», «March»: a month only where a cue says so
    if point.day is None and _EVENT_MONTH.search(
        match.string[max(0, match.start - 12) : match.start]
    ):
        return None  # Cách mạng tháng Tám
    return _named(point, match, issued)


def _counts_months(match: Hit, point: Point) -> bool:
    """Whether «3 tháng hai» is so many months of two sides, no day of February."""
    if point.day is None:
        return match.string[: match.core.start()].rstrip()[-1:].isdigit()
    if point.day > 12 or re.search("ngay|m[uo]ng", match["lead"]):
        return False
    return cue_of(match["cue"]) == "in" or _WORD_AFTER.match(match.string, match.end) is not None


def _named(point: Point, match: Hit, issued: datetime.date | None) -> Found:
    """``point`` as the words before it mean it."""
    cue = cue_of(match["cue"])
    if not match["cue"] and _HET.search(match["lead"]):
        cue = "by"
    if cue == "on" and point.day is None:
        cue = "in"
    dated = complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return Found(match.start, match.end, value, cue, point.year is not None)


def _half(match: Hit, issued: datetime.date | None) -> Found | None:
    cue = cue_of(match["cue"])
    written = re.search(Y, match["p"])
    year = int(written.group()) if written else issued.year if issued else None
    first, last = (1, 6) if "dau" in match["p"] else (7, 12)
    value = f"{Point(year, first).value()}/{Point(year, last).value()}"
    return Found(match.start, match.end, value, cue if cue != "on" else "in", written is not None)


def _cued_day(match: Hit, issued: datetime.date | None) -> Found | None:
    """«trước 20-4», «ngày 20-4»: a hyphen makes a date only where a cue says so."""
    cue = cue_of(match["cue"])
    if "ngay" not in match.text and cue not in ("before", "by", "until"):
        return None
    if UNIT_AFTER.match(match.string, match.end):
        return None
    point = read_point(match["p"])
    if point is None:
        return None
    return _named(point, match, issued)


_ANDS = needs(", ; va and &")
LISTS = (
    Form(_DAYS, BEFORE_DAY, _days, _ANDS),
    Form(_POINTS, BEFORE_DAY, _points, _ANDS),
    Form(_MONTHS, BEFORE_PERIOD, _months, needs("thang thg")),
    Form(_QUARTERS, BEFORE_PERIOD, _quarters, needs("quy qui")),
)
SINGLE = (
    Form(_MONTH_OF_QUARTER, BEFORE_DAY, _month_of_quarter, needs("quy qui")),
    Form(_ONE_DAY, BEFORE_DAY, _one, None),
    Form(_ONE_PERIOD, BEFORE_PERIOD, _one, None),
    Form(_CUED_DAY, BEFORE_DAY, _cued_day, needs("-")),
    Form(
        _CUED_YEAR,
        None,
        _one,
        needs("by before until in from since during after den truoc tu trong het"),
    ),
)
