"""The forms that a date takes, and how each is read. Pure.

A form is a core pattern that holds the figures, what may stand before it (a cue, an hour, a
weekday), and a reader that makes a value of both. Cores are searched in the whole text, what
stands before them only where a core was found: dates are rare in a document.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from ingest.dates.values import Point, read_point
from ingest.dates.words import (
    CUE,
    EDGE,
    EVERY,
    FULL,
    HALF,
    LEAD,
    LEAD_PERIOD,
    MON,
    MONTH,
    MONTH_EN,
    NAMED_CUES,
    NGAY,
    QUARTER,
    UNIT,
    WEEKDAYS,
    YEAR,
    D,
    M,
    Y,
    compiled,
)  # fmt: skip

Cue = Literal["before", "by", "in", "from", "until", "range", "on", "every", "within"]


@dataclass(frozen=True, slots=True)
class Found:
    """A date before it is checked: its offsets, value, cue and whether its year is written."""

    start: int
    end: int
    value: str
    cue: Cue
    certain: bool = True


class Hit:
    """A form met in plain words: the match of its core, and of what stands before it."""

    def __init__(self, core: re.Match[str], before: re.Match[str] | None) -> None:
        self.core, self.before, self.string = core, before, core.string
        self.start, self.end = (before or core).start(), core.end()

    @property
    def text(self) -> str:
        return self.string[self.start : self.end]

    def __getitem__(self, name: str) -> str:
        """The words of a named group; empty where it took no part."""
        for match in (self.core, self.before):
            if match is not None and name in match.re.groupindex:
                return match[name] or ""
        return ""

    def core_start(self, name: str) -> int:
        return self.core.start(name)


def _core(pattern: str) -> re.Pattern[str]:
    return compiled(rf"(?<![\w/.])(?:{pattern})")


_BEFORE_DAY = compiled(rf"(?:(?P<cue>{CUE}))?(?P<lead>{LEAD})$")
_BEFORE_PERIOD = compiled(rf"(?:(?P<cue>{CUE}))?(?P<lead>{LEAD_PERIOD})$")
UNIT_AFTER = compiled(
    r"\s*(?:%|‰|ngay|thang|gio|nguoi|ho|dong|trieu|ty|km|ha|m2|lan|diem|nam\s+qua)\b"
)
_Q = r"(?:iv|iii|ii|i|[1-4])\b"

_AHEAD = ("before", "by", "until", "in", "from", "range")
_HALF_YEAR = datetime.timedelta(days=183)


def _complete(point: Point, issued: datetime.date | None, cue: Cue) -> Point:
    """``point`` with the year of issue, or the next, where it has none (see the module)."""
    if point.year is not None or issued is None:
        return point
    dated = replace(point, year=issued.year)
    end = dated.last_day() if dated.valid else None
    if end is None or (cue in _AHEAD and end < issued - _HALF_YEAR):
        dated = replace(point, year=issued.year + 1)
    return dated if dated.valid else point


def _cue(words: str | None) -> Cue:
    words = (words or "").strip(" :")
    for name, pattern in NAMED_CUES:
        if pattern.match(f"{words} ngay"):  # some cues ask what follows
            return name  # type: ignore[return-value]
    return "on"


Reader = Callable[[Hit, datetime.date | None], Found | None]

_NUMBER = r"(?:0?(?P<n>\d{1,3})|(?P<word>one|two|three|four|five|six|seven|ten))"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DURATION = (
    rf"{_NUMBER}\s*(?:\([^)\d]{{1,20}}\)\s*)?"
    r"(?P<unit>ngay\s+lam\s+viec|(?:working|business)\s+days?|ngay|tuan|thang|nam|gio|days?|weeks?|months?|years?|hours?)\b"
)
_LIMIT = (
    r"(?:(?:trong\s+)?(?:vong|thoi\s+(?:han|gian))(?:\s+(?:la|khong\s+qua|toi\s+da|cham\s+nhat))*"
    r"|(?:cham|muon)\s+nhat(?:\s+(?:la|trong|sau|vong))*|within|not?\s+later\s+than)\s*:?"
)
_SINCE = (
    r"(?:ke\s+tu|tinh\s+tu|tu|sau|truoc)\s+(?:khi\b|ngay\b(?!\s*\d)|thoi\s+diem\b)"
    r"|(?:ke|tinh)\s+tu\b(?!\s*ngay\s*\d)"
)
_SINCE_EN = r"(?:from|of|after|since|before)\b(?!\s*\d)"
_RELATIVE = compiled(
    rf"\b(?:{_LIMIT}\s+)(?:\w+\s+nhat\s+)?{_DURATION}(?:\s*,?\s*(?:{_SINCE}|{_SINCE_EN}))?"
)
_RELATIVE_SINCE = compiled(
    rf"\b(?:(?:trong|sau|khong\s+qua|toi\s+da|truoc|after|in)\s+)?{_DURATION}\s*,?\s*(?:{_SINCE})"
)
_AGO = compiled(r"\s*(?:qua|gan\s+day|vừa|truoc\s+day|dau|cuoi|mot\s+lan|/)\b")


def _relative(match: Hit, issued: datetime.date | None) -> Found | None:
    number = int(match["n"]) if match["n"] else _NUMBERS[match["word"]]
    if _AGO.match(match.string, match.end) or number == 0:
        return None
    unit = " ".join(match["unit"].split())
    if "lam viec" in unit or ("day" in unit and unit[0] in "wb"):
        value = f"P{number}BD"
    elif unit in ("gio", "hour", "hours"):
        value = f"PT{number}H"
    else:
        letter = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}.get(unit) or unit[0].upper()
        value = f"P{number}{letter}"
    return Found(match.start, match.end, f"RELATIVE:{value}", "within")


_POINT = rf"(?:{FULL}|{QUARTER}|{MONTH}|{YEAR})"
_DASH = r"\s*(?:-|–|—|den|toi|to|until|till|through)(?:\s+|(?=\d))"
_TO = r"\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|to|until|till|through|and|va|-|–|—)\s*"
_FROM = r"(?:(?:(?:ke|bat\s+dau|tinh)\s+)?tu|from|between|trong)"
_BEFORE_RANGE = compiled(rf"(?:\b(?P<cue>{_FROM})\s+)?(?P<lead>{LEAD})$")
_RANGE = _core(
    rf"(?P<a>{_POINT}|(?P<day>{D})(?=\s*(?:-|–|—|den|toi|to|and|va))"
    rf"|(?:thang|thg\.?)\s*(?P<month>{M})|(?P<quarter>qu[yi]\s*{_Q}))"
    rf"(?P<to>{_TO})(?:truoc\s+)?{LEAD}(?P<b>{_POINT}|(?P<m2>{M})\s?/\s?(?P<y2>{Y})|(?P<q2>{_Q}\s*[/,]?\s*(?:nam\s+)?{Y}))"
)
_YEARS = compiled(
    rf"(?:\b(?P<cue>trong\s+giai\s+doan|giai\s+doan|nhiem\s+k[yi]|nam\s+hoc|tu\s+nam|tu|from|period|between|nam|school\s+year|trong)\s+)"
    rf"(?:tu\s+)?(?:nam\s+)?(?P<a>{Y})(?P<to>{_TO})(?:het\s+)?(?:nam\s+)?(?P<b>{Y})"
)
_OPEN_END = compiled(
    rf"\b{_FROM}\s+{LEAD}(?P<a>{_POINT})\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|until|to)\s+"
    r"(?:khi\s+(?:ket\s+thuc|hoan\s+thanh|xong|co\b)|luc\s+(?:ket\s+thuc|hoan\s+thanh)|(?:the\s+)?(?:end|completion)\s+of)"
)
_FROM_NOW = compiled(
    rf"\b(?:tu\s+(?:nay|bay\s+gio)|from\s+now|(?:between\s+)?now)\s*(?:den|toi|to|until|and|through)\s+{LEAD}(?P<b>{_POINT})"
)


def _range(match: Hit, issued: datetime.date | None) -> Found | None:
    cue = match["cue"]
    if (
        not cue
        and match["to"].strip() in ("and", "va", "den", "toi", "to", "through")
        and match["day"]
    ):
        return None
    if match["to"].strip() in ("and", "va") and cue not in ("between",):
        return None
    if cue == "trong" and not match["day"] and match["to"].strip() in ("den", "toi"):
        cue = "tu"
    if match["m2"]:
        b: Point | None = Point(int(match["y2"]), int(match["m2"]))
    elif match["q2"]:
        b = read_point("quy " + match["q2"])
    else:
        b = read_point(match["b"])
    if b is None:
        return None
    if match["day"]:
        if b.day is None:
            return None
        a: Point | None = replace(b, day=int(match["day"]))
    elif match["month"]:
        a = Point(None, int(match["month"]))
    elif match["quarter"]:
        a = read_point(match["quarter"])
    else:
        a = read_point(match["a"])
    if a is None or not a.valid:
        return None
    certain = b.year is not None
    if a.year is None:
        if b.year is not None:
            a = replace(a, year=b.year)
            if a.valid and (first := a.first_day()) and (last := b.last_day()) and first > last:
                a = replace(a, year=b.year - 1)
        elif issued is not None:
            b = _complete(b, issued, "range")
            a = replace(a, year=b.year)
            if a.valid and (first := a.first_day()) and (last := b.last_day()) and first > last:
                a = replace(a, year=(b.year or 0) - 1)
    elif b.year is None:
        b = replace(b, year=a.year)
        certain = True
        if (
            a.valid
            and b.valid
            and (first := a.first_day())
            and (last := b.last_day())
            and first > last
        ):
            b = replace(b, year=(a.year or 0) + 1)
    if not (a.valid and b.valid):
        return None
    return Found(match.start, match.end, f"{a.value()}/{b.value()}", "range", certain)


def _years(match: Hit, issued: datetime.date | None) -> Found | None:
    if match["to"].strip() in ("and", "va") and match["cue"] != "between":
        return None
    if match["a"] > match["b"]:
        return None
    return Found(match.start, match.end, f"{match['a']}/{match['b']}", "range")


def _open_end(match: Hit, issued: datetime.date | None) -> Found | None:
    a = read_point(match["a"])
    if a is None:
        return None
    dated = _complete(a, issued, "from")
    return Found(match.start, match.end, f"{dated.value()}/END", "range", a.year is not None)


def _from_now(match: Hit, issued: datetime.date | None) -> Found | None:
    b = read_point(match["b"])
    if b is None:
        return None
    dated = _complete(b, issued, "until")
    return Found(match.start, match.end, f"/{dated.value()}", "until", b.year is not None)


_AND = r"\s*(?:,|;|va|and|&)\s*"
_DAYS = _core(
    rf"(?P<days>{D}(?:{_AND}{NGAY}?{D}){{1,12}}+)\s*(?:/\s*|thang\s*|thg\.?\s*)(?P<m>{M})"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_POINTS = _core(rf"(?P<points>{FULL}(?:{_AND}(?:va\s+)?{NGAY}?{FULL}){{1,12}}+)")
_FULL = compiled(FULL)
_MONTHS = _core(
    rf"(?:cac\s+)?(?:thang|thg\.?)\s*(?P<months>{M}(?:{_AND}(?:thang\s*)?{M}){{1,12}}+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_QUARTERS = _core(
    rf"(?:cac\s+)?qu[yi]\s*(?P<quarters>{_Q}(?:{_AND}(?:qu[yi]\s*)?{_Q}){{1,4}}+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)


def _several(points: list[Point], match: Hit, issued: datetime.date | None) -> Found | None:
    if not points or not all(point.valid for point in points):
        return None
    cue = _cue(match["cue"])
    if cue == "on" and points[0].day is None:
        cue = "in"
    written = [point.year for point in points if point.year is not None]
    certain = bool(written)
    dated = [
        replace(p, year=written[-1]) if p.year is None and written else _complete(p, issued, cue)
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


_IN_YEARS = (
    r"(?:\s*,?\s*\(?\s*(?:tu\s+)?(?:giai\s+doan\s+)?(?:nam\s+)?"
    rf"(?P<ya>{Y})\s*[-–]\s*(?:nam\s+)?(?P<yb>{Y})\s*\)?)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s*(?:gio|h|g)\s*(?P<minute>\d{2})?|:(?P<minutes>\d\d))"
    r"\s*(?:phut|')?\s*(?P<half>am|pm)?"
)
_MID = r"\s*,?\s*\(?\s*"
_DAY_OF = rf"(?P<d>{D})(?:st|nd|rd|th)?(?P<more>(?:{_AND}{NGAY}?{D}){{0,12}})(?:\s+(?:cua|of))?"
_EVERY_DAY_OF = _core(rf"{_DAY_OF}\s*(?:thang\s+)?{EVERY}{_IN_YEARS}?")
_EVERY_THEN_DAY = compiled(
    rf"\b{EVERY}{_MID}(?:{CUE})?(?P<lead>{NGAY}|the\s+){_DAY_OF}(?!\s*(?:/|thang|-)\s*\d)(?!\w)"
)
_EVERY_CLOCK = _core(rf"{_CLOCK}\s*,?\s*{EVERY}")
_EVERY_THEN_CLOCK = compiled(rf"\b{EVERY}{_MID}(?:{CUE})?(?:luc\s+|at\s+)?{_CLOCK}")
_EVERY_WEEKDAY = compiled(
    r"\b(?:thu\s+(?P<w>hai|ba|tu|nam|sau|bay|[2-7])|(?P<cn>chu\s+nhat)"
    rf"|(?P<en_day>mon|tues|wednes|thurs|fri|satur|sun)day)\s*,?\s*{EVERY}"
)
_EVERY_QUARTER = compiled(
    r"\b(?:(?:cua\s+)?(?:hang|moi|tung)\s+)?qu[yi]\b(?!\s*(?:iv|iii|ii|i|\d)\b)"
)
_QUARTER_PART = compiled(
    rf"(?:(?P<cue>{CUE}))?(?:{NGAY}(?P<qd>{D})\s+(?:cua\s+)?)?(?P<last_week>tuan\s+cuoi\s+(?:cua\s+)?)?"
    r"(?:thang\s+(?P<which>dau(?:\s+tien)?|giua|cuoi(?:\s+cung)?|thu\s+(?:nhat|hai|ba))\s+(?:cua\s+)?)?$"
)
_EVERY_DAY_AFTER = _core(rf"(?P<p>{FULL}){_MID}{EVERY}{_IN_YEARS}?")
_EVERY_PERIOD_AFTER = _core(rf"(?P<p>{QUARTER}|{MON}|{MONTH_EN}){_MID}{EVERY}{_IN_YEARS}?")
_EVERY_BEFORE = compiled(
    rf"\b{EVERY}{_MID}(?:vao\s+)?(?:{CUE})?{LEAD}(?P<p>{FULL}|{QUARTER}|{MON}|{MONTH_EN})"
)
_EVERY_MONTH_EN = compiled(
    rf"\b(?:every|each)\s+(?:(?P<d>{D})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<p>{MONTH_EN})(?:\s+(?P<d2>{D})\b)?"
)
_EVERY_IN_YEARS = compiled(rf"\b{EVERY}{_IN_YEARS}")
_EVERY = compiled(rf"\b{EVERY}")


def _unit(match: Hit) -> str:
    word = match["vi"] or match["nien"] or match["en"] or match["ly"]
    return UNIT[word]


def _every(match: Hit, rest: str) -> Found:
    years = f"({match['ya']}..{match['yb']})" if match["ya"] else ""
    joined = ";".join(
        f"{_unit(match)}-{part}" if part else _unit(match) for part in rest.split(";")
    )
    return Found(match.start, match.end, joined + years, "every")


def _every_day_of(match: Hit, issued: datetime.date | None) -> Found | None:
    if _unit(match) != "MONTHLY":
        return None
    if not re.search(r"ngay|mung|the\b", match["lead"] or "") and not match["cue"]:
        return None
    days = [match["d"], *re.findall(r"\d+", match["more"] or "")]
    return _every(match, ";".join(f"{int(day):02d}" for day in days))


def _every_clock(match: Hit, issued: datetime.date | None) -> Found | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
    hour += 12 if match["half"] == "pm" and hour < 12 else 0
    if _unit(match) != "DAILY" or hour > 24 or minute > 59:
        return None
    return _every(match, f"{hour:02d}:{minute:02d}")


def _every_weekday(match: Hit, issued: datetime.date | None) -> Found | None:
    if _unit(match) != "WEEKLY":
        return None
    if match["w"]:
        day = WEEKDAYS.get(match["w"]) or int(match["w"]) - 1
    else:
        names = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
        day = 7 if match["cn"] else names.index(match["en_day"]) + 1
    return _every(match, str(day))


def _every_quarter(match: Hit, issued: datetime.date | None) -> Found | None:
    which = match["which"]
    if not which and not match["last_week"]:
        return None
    if match["last_week"]:
        value = "QUARTERLY-LAST-WEEK"
    else:
        number = (
            1 if "dau" in which or "nhat" in which else 2 if which in ("giua", "thu hai") else 3
        )
        value = f"QUARTERLY-M{number}"
        if match["qd"]:
            value += f"-{int(match['qd']):02d}"
    return Found(match.start, match.end, value, "every")


def _every_point(match: Hit, issued: datetime.date | None) -> Found | None:
    point = read_point(match["p"])
    if point is None or _unit(match) != "YEARLY":
        return None
    return _every(match, point.after_year())


def _every_month_en(match: Hit, issued: datetime.date | None) -> Found | None:
    point = read_point(match["p"])
    if point is None:
        return None
    day = match["d"] or match["d2"]
    if day:
        point = replace(point, day=int(day))
    if not point.valid:
        return None
    return Found(match.start, match.end, f"YEARLY-{point.after_year()}", "every")


def _every_alone(match: Hit, issued: datetime.date | None) -> Found | None:
    return _every(match, "")


_ONE_DAY = _core(rf"(?P<p>{FULL})")
_ONE_PERIOD = _core(rf"(?P<p>{HALF}|{QUARTER}|{MONTH}|{YEAR})")
_CUED_YEAR = compiled(
    rf"\b(?P<cue>by|before|until|in|from|since|during|after|den|truoc|tu|trong|het)\s+(?P<lead>{EDGE}{{0,2}})(?P<p>{Y})"
)
_CUED_DAY = _core(rf"(?P<p>{D}\s?-\s?{M})")
_EVENT_MONTH = compiled(r"(?:cách mạng|cach mang)\s+$")


def _one(match: Hit, issued: datetime.date | None) -> Found | None:
    words, cue_words = match["p"], match["cue"]
    cue = _cue(cue_words)
    if not cue_words and re.search(r"\bhet\b", match["lead"]):
        cue = "by"
    if words.startswith(("6 ", "06 ")) and "nam" in words:
        return _half(match, cue, issued)
    point = read_point(words)
    if point is None:
        return None
    if re.match(MONTH_EN, words) and point.day is None and point.year is None and not cue_words:
        return None  # «May», «March»: a month only where a cue says so
    if point.day is None and _EVENT_MONTH.search(
        match.string[max(0, match.start - 12) : match.start]
    ):
        return None  # Cách mạng tháng Tám
    if cue == "on" and point.day is None:
        cue = "in"
    dated = _complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return Found(match.start, match.end, value, cue, point.year is not None)


def _half(match: Hit, cue: Cue, issued: datetime.date | None) -> Found | None:
    written = re.search(Y, match["p"])
    year = int(written.group()) if written else issued.year if issued else None
    first, last = (1, 6) if "dau" in match["p"] else (7, 12)
    value = f"{Point(year, first).value()}/{Point(year, last).value()}"
    return Found(match.start, match.end, value, cue if cue != "on" else "in", written is not None)


def _cued_day(match: Hit, issued: datetime.date | None) -> Found | None:
    """«trước 20-4», «ngày 20-4»: a hyphen makes a date only where a cue says so."""
    cue = _cue(match["cue"])
    if "ngay" not in match.text and cue not in ("before", "by", "until"):
        return None
    if UNIT_AFTER.match(match.string, match.end):
        return None
    point = read_point(match["p"])
    if point is None:
        return None
    dated = _complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return Found(match.start, match.end, value, cue, certain=False)


#: Each form: its core, what may stand before it, and what it means. Most specific first.
FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, Reader], ...] = (
    (_RELATIVE, None, _relative),
    (_RELATIVE_SINCE, None, _relative),
    (_EVERY_DAY_AFTER, _BEFORE_DAY, _every_point),
    (_EVERY_PERIOD_AFTER, _BEFORE_PERIOD, _every_point),
    (_EVERY_BEFORE, None, _every_point),
    (_EVERY_DAY_OF, _BEFORE_DAY, _every_day_of),
    (_EVERY_THEN_DAY, None, _every_day_of),
    (_EVERY_CLOCK, _BEFORE_DAY, _every_clock),
    (_EVERY_THEN_CLOCK, None, _every_clock),
    (_EVERY_WEEKDAY, _BEFORE_PERIOD, _every_weekday),
    (_EVERY_QUARTER, _QUARTER_PART, _every_quarter),
    (_EVERY_MONTH_EN, None, _every_month_en),
    (_OPEN_END, None, _open_end),
    (_FROM_NOW, None, _from_now),
    (_RANGE, _BEFORE_RANGE, _range),
    (_EVERY_IN_YEARS, None, _every_alone),
    (_YEARS, None, _years),
    (_DAYS, _BEFORE_DAY, _days),
    (_POINTS, _BEFORE_DAY, _points),
    (_MONTHS, _BEFORE_PERIOD, _months),
    (_QUARTERS, _BEFORE_PERIOD, _quarters),
    (_EVERY, None, _every_alone),
    (_ONE_DAY, _BEFORE_DAY, _one),
    (_ONE_PERIOD, _BEFORE_PERIOD, _one),
    (_CUED_DAY, _BEFORE_DAY, _cued_day),
    (_CUED_YEAR, None, _one),
)
