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
    after_count,
    complete,
    core,
    counted_days,
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
    HOURS_FROM,
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
    rf"(?:(?P<d>{D})\s+(?:cua\s+)?)?(?:cac\s+)?(?:thang|thg\.?)\s*"
    rf"(?P<months>{M}(?:{AND}(?:thang\s*)?{M}(?!\s*thang)){{1,12}}+)"
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
    start = after_count(match, len(points)) if points[0].day else match.start
    return Found(start, match.end, ";".join(p.value() for p in dated), cue, certain)


def _days(match: Hit, issued: datetime.date | None) -> Found | None:
    named = re.search(r"ngay|mung|mong", match.text)
    if not match["cue"] and not named and not match["y"] and not counted_days(match):
        return None
    if named and named.start() > match.core_start("days") - match.start:
        return None  # «Quận 5, ngày 19 tháng 1»: the first number is no day
    if _WEEKDAY_BEFORE.search(match.string, max(0, match.start - 6), match.start):
        return None  # «thứ 2, 15/9»
    year = int(match["y"]) if match["y"] else None
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    return _several([Point(year, int(match["m"]), day) for day in days], match, issued)


_WEEKDAY_BEFORE = compiled(r"\bthu\s+$")


def _points(match: Hit, issued: datetime.date | None) -> Found | None:
    points = [read_point(part.group()) for part in _FULL.finditer(match["points"])]
    if not match["cue"] and "ngay" not in match.text and not any(p and p.year for p in points):
        return None
    return _several([p for p in points if p], match, issued) if all(points) else None


def _months(match: Hit, issued: datetime.date | None) -> Found | None:
    year = int(match["y"]) if match["y"] else None
    months = [int(month) for month in re.findall(r"\d+", match["months"])]
    day = int(match["d"]) if match["d"] else None
    is_day = cue_of(match["cue"]) in ("before", "by", "until", "from")
    if day and not is_day and not re.search("ngay|mung|mong", match["lead"]):
        found = _several([Point(year, month) for month in months], match, issued)
        return found and replace(found, start=match.core.end("d") + 1)  # «trong 02 tháng 5 và 6»
    return _several([Point(year, month, day) for month in months], match, issued)


def _quarters(match: Hit, issued: datetime.date | None) -> Found | None:
    year = f" {match['y']}" if match["y"] else ""
    names = re.findall(r"iv|iii|ii|i|[1-4]", match["quarters"])
    points = [read_point(f"quy {name}{year}") for name in names]
    return _several([p for p in points if p], match, issued)


_LIST_OF_YEARS = core(rf"(?:cac\s+)?nam\s+(?P<years>{Y}(?:{AND}(?:nam\s+)?{Y}){{1,12}}+)")


def _years(match: Hit, issued: datetime.date | None) -> Found | None:
    years = [int(year) for year in re.findall(Y, match["years"])]
    return _several([Point(year) for year in years], match, issued)


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
_PART_OF_YEAR = core(rf"(?P<p>{HALF})")
_ONE_PERIOD = core(rf"(?P<p>{QUARTER}|{MONTH}|{YEAR})")
_CUED_YEAR = compiled(
    rf"\b(?P<cue>by|before|until|in|from|since|during|after|den|truoc|tu|trong|het)\s+(?P<lead>{EDGE}{{0,2}})(?P<p>{Y})"
)
_YEAR_ONWARD = core(
    rf"(?P<p>{Y})(?=\s*,?\s*(?:va\s+(?:cac|nhung)\s+nam\s+(?:tiep|ke|sau)|tro\s+(?:di|ve)\b"
    r"|onwards?\b|and\s+(?:the\s+)?(?:following|subsequent)\s+years))"
)
_CUED_DAY = core(
    rf"(?P<p>{D}\s?-\s?{M}(?:\s?-\s?\d\d(?!\d))?"
    rf"|(?=\d)(?<=ay\s){D}\s?\.\s?{M}(?:\s?\.\s?\d\d(?!\d))?)(?!\.\d)"
)
_MONTH_EN = compiled(MONTH_EN)
_HET = re.compile(r"\bhet\b")
_HOURS = compiled(HOURS_FROM)
_MONTH_IN_WORDS = compiled(r"\d?\d?\s*thang\s+[^\W\d]+(?:\s+[^\W\d]+)?$")
_WORD_AFTER = compiled(r"\s+[^\W\d]")
_EVENT_MONTH = compiled(r"(?:cách mạng|cach mang)\s+$")


def _one(match: Hit, issued: datetime.date | None) -> Found | None:
    words, cue_words = match["p"], match["cue"]
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
    if cue == "from" and _HOURS.search(match["lead"]):
        cue = "on"  # «từ 7h00 đến 17h00 ngày …» is of one day
    if cue == "on" and point.day is None:
        cue = "in"
    dated = complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return Found(match.start, match.end, value, cue, point.year is not None)


def _half(match: Hit, issued: datetime.date | None) -> Found | None:
    cue = cue_of(match["cue"])
    written = re.search(Y, match["p"])
    year = int(written.group()) if written else issued.year if issued else None
    months = _months_of(match["p"])
    is_first = re.search(r"\bdau\b|first", match["p"])
    first, last = (1, months) if is_first else (13 - months, 12)
    value = f"{Point(year, first).value()}/{Point(year, last).value()}"
    return Found(match.start, match.end, value, cue if cue != "on" else "in", written is not None)


def _months_of(half: str) -> int:
    """How many months of a year the words of :data:`HALF` name."""
    if number := re.match(r"\d+", half):
        return int(number.group())
    if re.match("qu[yi]", half):
        return 3
    return {"hai": 2, "ba": 3, "bon": 4, "chin": 9}.get(half.split()[0], 6)


def _cued_day(match: Hit, issued: datetime.date | None) -> Found | None:
    """«trước 20-4», «ngày 20-4»: a hyphen makes a date only where a cue says so."""
    cue = cue_of(match["cue"])
    is_hyphened = match["p"].count("-") == 1
    if "ngay" not in match.text and not (is_hyphened and cue in ("before", "by", "until")):
        return None
    if UNIT_AFTER.match(match.string, match.end):
        return None
    point = read_point(match["p"])
    if point is None:
        return None
    return _named(point, match, issued)


_ANDS = needs(", ; + va and hoac or &")
LISTS = (
    Form(_DAYS, BEFORE_DAY, _days, _ANDS),
    Form(_POINTS, BEFORE_DAY, _points, _ANDS),
    Form(_MONTHS, BEFORE_DAY, _months, needs("thang thg")),
    Form(_QUARTERS, BEFORE_PERIOD, _quarters, needs("quy qui")),
    Form(_LIST_OF_YEARS, BEFORE_PERIOD, _years, _ANDS),
)
SINGLE = (
    Form(_MONTH_OF_QUARTER, BEFORE_DAY, _month_of_quarter, needs("quy qui")),
    Form(_ONE_DAY, BEFORE_DAY, _one, None),
    Form(_PART_OF_YEAR, BEFORE_PERIOD, _half, needs("dau cuoi half")),
    Form(_ONE_PERIOD, BEFORE_PERIOD, _one, None),
    Form(
        _YEAR_ONWARD,
        BEFORE_PERIOD,
        _one,
        needs("tro cac nhung onward onwards following subsequent"),
    ),
    Form(_CUED_DAY, BEFORE_DAY, _cued_day, needs("- .")),
    Form(
        _CUED_YEAR,
        None,
        _one,
        needs("by before until in from since during after den truoc tu trong het"),
    ),
)
