"""What recurs: «tháng 11 hằng năm», «ngày 15 hằng tháng», «every November». Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from ingest.dates.forms import BEFORE_DAY, BEFORE_PERIOD, Form, Hit, core, needs
from ingest.dates.records import Found
from ingest.dates.values import Point, read_point
from ingest.dates.words import (
    AND,
    CUE,
    DAY_OF_WEEK,
    DAYPART,
    EDGE,
    EVERY,
    FULL,
    HOUR,
    LEAD,
    MON,
    MONTH_EN,
    MONTH_WORD,
    NGAY,
    NTH,
    QUARTER,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    D,
    M,
    Q,
    Y,
    compiled,
    nth,
)

_IN_YEARS = (
    r"(?:\s*,?\s*\(?\s*(?:tu\s+)?(?:giai\s+doan\s+)?(?:nam\s+)?"
    rf"(?P<ya>{Y})\s*[-–]\s*(?:nam\s+)?(?P<yb>{Y})\s*\)?)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s*(?:gio|h|g)\s*(?P<minute>\d{2})?|:(?P<minutes>\d\d))"
    r"(?:\s*(?:phut\b|'))?(?:\s*(?P<half>am|pm)\b)?"
)
_MID = r"\s*,?\s*\(?\s*"
_RANGE_TO = rf"(?:{D}\s*(?:-|–|den(?:\s+het)?\s)\s*{NGAY}?)"  # of a rule's days the last counts
_DAY_OF = (
    rf"{_RANGE_TO}?(?P<d>{D})(?:st|nd|rd|th)?"
    rf"(?P<more>(?:{AND}{NGAY}?{D}){{0,12}})(?:\s+(?:cua|of))?"
)
#: The month after the one that a report is about, or that month itself: every month has them.
_NEXT = (
    r"(?:sau(?:\s+lien\s+ke)?|ke\s+tiep|tiep\s+theo|lien\s+(?:ke|sau)|ke\s+sau)\b"
    r"(?!\s*(?:khi|do)\b)"
)
_A_MONTH = (
    rf"(?:(?:cua\s+)?thang\s+{_NEXT}|(?P<this>cua\s+thang)\b(?!\s*\d)"
    r"|(?:of\s+)?the\s+(?:following|next|subsequent)\s+month\b|of\s+the\s+month\b)"
)
_DAY_OF_A_MONTH = core(
    rf"{_RANGE_TO}?(?P<d>{D})(?:st|nd|rd|th)?(?P<more>(?:{AND}{NGAY}?{D}){{0,12}})\s*{_A_MONTH}"
)
_REPORTED = compiled(r"\s+(?:thuoc\s+)?(?:ky\s+)?b[aá]o\s+c[aá]o\b")
_NO_MORE = compiled(r"\s*(?:[.,;:)]|$)")
_LAST_DAY = compiled(
    rf"\b(?:(?:(?:cac|nhung|\d{{1,2}})\s+)?(?:ngay|ngay\s+lam\s+viec|tuan)|{DAY_OF_WEEK})\s+"
    r"(?:(?:dau\s+tien|cuoi\s+cung)\s+(?:cua\s+)?|(?:dau|cuoi)\s+cua\s+)"
    r"(?:(?:hang|moi|tung)\s+)?(?P<unit>thang|quy|qui|nam)\b"
    rf"(?!\s*(?:\d|{Q}|{MONTH_WORD}|(?:nay|do|dau|cuoi|truoc|toi|gieng|chap)\b))(?:\s+{_NEXT})?"
)
_EVERY_DAY_OF = core(rf"{_DAY_OF}\s*(?:thang\s+)?{EVERY}{_IN_YEARS}?")
_EVERY_THEN_DAY = compiled(
    rf"\b{EVERY}{_MID}(?:{CUE})?(?P<lead>{NGAY}|the\s+){_RANGE_TO}?(?P<d>{D})(?:st|nd|rd|th)?"
    rf"(?P<more>(?:{AND}{NGAY}?{D}){{0,12}})(?:\s+(?:cua|of)\b)?(?:\s*thang\s+{_NEXT})?(?!\s*(?:/|thang|-)\s*\d)(?!\w)"
)
_EVERY_CLOCK = core(rf"{_CLOCK}\s*,?\s*{EVERY}")
_EVERY_THEN_CLOCK = compiled(rf"\b{EVERY}{_MID}(?:{CUE})?(?:luc\s+|at\s+)?{_CLOCK}")
_EVERY_WEEKDAY = compiled(rf"\b{DAY_OF_WEEK}\s*,?\s*{EVERY}")
_EVERY_THEN_WEEKDAY = compiled(
    rf"\b{EVERY}{_MID}(?:{CUE})?{DAYPART}?{HOUR}?{DAYPART}?(?:ngay\s+)?{DAY_OF_WEEK}"
)
_EACH_WEEKDAY = compiled(rf"\b(?:every|each)\s+{DAY_OF_WEEK}")
_EVERY_QUARTER = compiled(
    r"\b(?:(?:cua\s+)?(?:hang|moi|tung)\s+)?qu[yi]\b(?!\s*(?:iv|iii|ii|i|\d)\b)"
    rf"(?:\s+{_NEXT})?"
)
_QUARTER_PART = compiled(
    rf"(?:(?P<cue>{CUE}))?(?:{NGAY}{_RANGE_TO}?(?P<qd>{D})\s+(?:cua\s+)?)?"
    r"(?P<last_week>tuan\s+cuoi\s+(?:cua\s+)?)?"
    rf"(?:thang\s+(?P<which>{NTH})\s+(?:cua\s+)?)?$"
)
_EVERY_DAY_AFTER = core(rf"(?P<p>{FULL}){_MID}{EVERY}{_IN_YEARS}?")
_EVERY_PERIOD_AFTER = core(rf"(?P<p>{QUARTER}|{MON}|{MONTH_EN}){_MID}{EVERY}{_IN_YEARS}?")
_EVERY_BEFORE = compiled(
    rf"\b{EVERY}{_MID}(?:vao\s+)?(?:{CUE})?{LEAD}(?P<p>{FULL}|{QUARTER}|{MON}|{MONTH_EN})"
)
_P = rf"(?:{FULL}|{QUARTER}|{MON}|{MONTH_EN})"
_P_OF_LIST = compiled(_P)
_LIST = (
    rf"(?P<list>{_P}(?:{AND}(?:{CUE})?{NGAY}?{_P}){{1,12}}+"
    rf"|{D}(?:{AND}{NGAY}?{D}){{1,12}}+\s*(?:/\s*|thang\s*|thg\.?\s*){M}(?!\s?/\s?\d)"
    rf"|(?:(?P<of_each>{D})\s+(?:cua\s+)?(?:cac\s+)?)?(?:thang|thg\.?)\s*{M}(?:{AND}{M}(?!\s*thang)){{1,12}}+|qu[yi]\s*{Q}(?:{AND}{Q}){{1,4}}+)"
)
_EVERY_AFTER_LIST = core(rf"{_LIST}{_MID}{EVERY}{_IN_YEARS}?")
_EVERY_BEFORE_LIST = compiled(rf"\b{EVERY}{_MID}(?:vao\s+)?(?:{CUE})?{LEAD}{_LIST}")
_TIMES = core(
    r"(?:0?(?P<n>\d{1,2})|mot)\s+(?P<unit>nam|qu[yi]|thang|tuan|ngay)"
    r"\s*(?:/|\s(?:mot|0?1)\b)\s*lan\b"
)
_BEFORE_TIMES = compiled(r"(?:\bdinh\s+k[yi]\s+)?$")
_EVERY_MONTH_EN = compiled(
    rf"\b(?:every|each)\s+(?:(?P<d>{D})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<p>{MONTH_EN})"
    rf"(?:\s+(?P<d2>{D})\b)?"
)
_EVERY_IN_YEARS = compiled(rf"\b{EVERY}{_IN_YEARS}")
_EVERY = compiled(rf"\b{EVERY}")
#: «by the end of | every quarter», «thứ Sáu cuối cùng | hằng tháng», «cuối | mỗi quý».
_AT_AN_END = compiled(rf"(?:(?:{CUE})?{DAYPART}?{WEEKDAY}?{EDGE}{{1,2}})?$")


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
    days = _days_of_month(match)
    return _every(match, days) if days and _unit(match) == "MONTHLY" else None


def _day_of_a_month(match: Hit, issued: datetime.date | None) -> Found | None:
    """«trước ngày 05 tháng sau», «ngày 14 của tháng thuộc kỳ báo cáo»."""
    days = _days_of_month(match)
    if not days:
        return None
    end = match.end
    if match["this"]:
        reported = _REPORTED.match(match.string, end)
        if not reported and not _NO_MORE.match(match.string, end):
            return None
        end = reported.end() if reported else end
    value = ";".join(f"MONTHLY-{day}" for day in days.split(";"))
    return Found(match.start, end, value, "every")


def _days_of_month(match: Hit) -> str:
    """``05;20`` for the days that are named; empty where no word says that they are days."""
    if not re.search(r"ngay|mung|mong|the\b", match["lead"] or "") and not match["cue"]:
        return ""
    days = [match["d"], *re.findall(r"\d+", match["more"] or "")]
    return ";".join(f"{int(day):02d}" for day in days)


def _last_day(match: Hit, issued: datetime.date | None) -> Found | None:
    """«ngày làm việc cuối cùng của tháng» of every month: it has no number."""
    return Found(match.start, match.end, UNIT[match["unit"]], "every")


def _every_clock(match: Hit, issued: datetime.date | None) -> Found | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
    hour += 12 if match["half"] == "pm" and hour < 12 else 0
    if _unit(match) != "DAILY" or hour > 24 or minute > 59:
        return None
    return _every(match, f"{hour:02d}:{minute:02d}")


def _every_weekday(match: Hit, issued: datetime.date | None) -> Found | None:
    if _unit(match) != "WEEKLY":
        return None
    return _every(match, str(_weekday(match)))


def _each_weekday(match: Hit, issued: datetime.date | None) -> Found | None:
    return Found(match.start, match.end, f"WEEKLY-{_weekday(match)}", "every")


def _weekday(match: Hit) -> int:
    """1 for Monday to 7 for Sunday."""
    if match["w"]:
        return WEEKDAYS.get(match["w"]) or int(match["w"]) - 1
    names = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
    return 7 if match["cn"] else names.index(match["en_day"]) + 1


def _every_quarter(match: Hit, issued: datetime.date | None) -> Found | None:
    which = match["which"]
    if not which and not match["last_week"]:
        return None
    if match["last_week"]:
        value = "QUARTERLY-LAST-WEEK"
    else:
        value = f"QUARTERLY-M{nth(which)}"
        if match["qd"]:
            value += f"-{int(match['qd']):02d}"
    return Found(match.start, match.end, value, "every")


def _every_point(match: Hit, issued: datetime.date | None) -> Found | None:
    point = read_point(match["p"])
    if point is None or _unit(match) != "YEARLY":
        return None
    return _every(match, point.after_year())


def _every_list(match: Hit, issued: datetime.date | None) -> Found | None:
    """«trước ngày 15/6 và 15/12 hằng năm»: each of them."""
    words = match["list"]
    of_each = int(match["of_each"] or 0)
    if of_each:
        words = words[re.search("thang|thg", words).start() :]  # type: ignore[union-attr]
    points = [read_point(part.group()) for part in _P_OF_LIST.finditer(words)]
    known = [point for point in points if point is not None and point.year is None]
    if _unit(match) != "YEARLY" or not known or len(known) != len(points):
        return None
    if len(known) == 1:  # «15 và 30 tháng 6», «tháng 6, 12», «quý I, III»: the rest are its likes
        known = _likes(known[0], words)
    if of_each:
        known = [replace(point, day=of_each) for point in known]
    if not all(point.valid for point in known):
        return None
    return _every(match, ";".join(point.after_year() for point in known))


def _likes(point: Point, words: str) -> list[Point]:
    """All that is listed in ``words``, of which ``point`` is the only one written in full."""
    if point.quarter:
        names = re.findall(r"iv|iii|ii|i|[1-4]", words.partition(" ")[2])
        return [read or point for read in (read_point(f"quy {name}") for name in names)]
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if point.day:
        return [replace(point, day=day) for day in numbers[:-1]]
    return [Point(month=month) for month in numbers]


def _times(match: Hit, issued: datetime.date | None) -> Found | None:
    """«3 tháng một lần», «01 năm/lần»; what has no name of its own («6 tháng») has no value."""
    number, unit = int(match["n"] or 1), match["unit"]
    if unit == "thang" and number in (3, 12):
        number, unit = 1, "quy" if number == 3 else "nam"
    if number != 1:
        return None
    return Found(match.start, match.end, UNIT[unit], "every")


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


_EVERY_WORDS = needs(
    "hang moi tung thuong every each per annually yearly monthly quarterly weekly daily"
)
_CLOCK_WORDS = needs("gio h g :")
_WEEKDAYS = needs(
    "thu chu monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays"
    " friday fridays saturday saturdays sunday sundays"
)
FORMS = (
    Form(_TIMES, _BEFORE_TIMES, _times, needs("lan")),
    Form(_EVERY_AFTER_LIST, BEFORE_DAY, _every_list, _EVERY_WORDS),
    Form(_EVERY_BEFORE_LIST, None, _every_list, _EVERY_WORDS),
    Form(_EVERY_DAY_AFTER, BEFORE_DAY, _every_point, _EVERY_WORDS),
    Form(_EVERY_PERIOD_AFTER, BEFORE_PERIOD, _every_point, _EVERY_WORDS),
    Form(_EVERY_BEFORE, None, _every_point, _EVERY_WORDS),
    Form(_EVERY_THEN_DAY, None, _every_day_of, _EVERY_WORDS),
    Form(_DAY_OF_A_MONTH, BEFORE_DAY, _day_of_a_month, needs("cua sau tiep lien month")),
    Form(_LAST_DAY, BEFORE_DAY, _last_day, needs("cung cuoi tien dau")),
    Form(_EVERY_DAY_OF, BEFORE_DAY, _every_day_of, _EVERY_WORDS),
    Form(_EVERY_CLOCK, BEFORE_DAY, _every_clock, _CLOCK_WORDS),
    Form(_EVERY_THEN_CLOCK, None, _every_clock, _CLOCK_WORDS),
    Form(_EVERY_WEEKDAY, BEFORE_DAY, _every_weekday, _WEEKDAYS),
    Form(_EVERY_THEN_WEEKDAY, None, _every_weekday, _WEEKDAYS),
    Form(_EACH_WEEKDAY, BEFORE_DAY, _each_weekday, needs("every each")),
    Form(_EVERY_QUARTER, _QUARTER_PART, _every_quarter, needs("quy qui")),
    Form(_EVERY_MONTH_EN, None, _every_month_en, needs("every each")),
    Form(_EVERY_IN_YEARS, None, _every_alone, needs("- –")),
)
BARE = (Form(_EVERY, _AT_AN_END, _every_alone, _EVERY_WORDS),)
