"""Dates in Vietnamese and English text: where they stand, what they say, how they are meant. Pure.

Values are those of the obligations register: ``2023-04-20``, ``2025-10``, ``2025-Q4``, ``2026``;
``a/b`` a range, ``a/`` from, ``/b`` until, ``a/END`` until an event; ``YEARLY``, ``YEARLY-11``,
``YEARLY-11-15``, ``YEARLY-Q4``, ``MONTHLY``, ``MONTHLY-15``, ``QUARTERLY``, ``QUARTERLY-M3`` (the
quarter's third month), ``QUARTERLY-M3-20``, ``QUARTERLY-LAST-WEEK``, ``WEEKLY``, ``WEEKLY-5``
(Friday), ``DAILY``, ``DAILY-16:00``; a rule that holds in some years only ends in
``(2023..2025)``; ``RELATIVE:P10D``, ``P10BD`` (business days), ``P2W``, ``P1M``, ``PT24H``;
``--04-20`` where the year is neither written nor known. Several days named at once are joined
by ``;``.

**Missing years.** A part of a range or list takes the year of a later part. Otherwise, where
``issued`` is given, the year is the year of issue; a day or month that would end more than half a
year before the date of issue, and is named as a limit or a period to come (before, by, until,
in, from, range), belongs to the next year. Without ``issued`` no year is supplied. Either way
``certain_year`` is False.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ingest.dates.values import Point, matches, read_point
from ingest.dates.words import (
    CUE,
    EDGE,
    EVERY,
    FULL,
    HALF,
    HOUR,
    LEAD,
    LEAD_PERIOD,
    MON,
    MONTH,
    MONTH_EN,
    NAMED_CUES,
    NGAY,
    QUARTER,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    D,
    M,
    Y,
    plain,
)
from ingest.vietnamese import fold

__all__ = ["Cue", "DateMention", "find_dates", "matches"]

Cue = Literal["before", "by", "in", "from", "until", "range", "on", "every", "within"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: ``text == source[start:end]``, cue words included.

    ``reference`` marks the date of a cited document or of the document itself, ``named_day`` a
    holiday («Quốc khánh 02/9»); neither is a deadline.
    """

    start: int
    end: int
    text: str
    value: str
    cue: Cue
    certain_year: bool
    reference: bool = False
    named_day: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A match before it is checked: its offsets, value, cue and whether its year is written."""

    start: int
    end: int
    value: str
    cue: Cue
    certain: bool = True


def find_dates(text: str, issued: datetime.date | None = None) -> list[DateMention]:
    """All dates of NFC ``text`` in order, without overlap. ``issued`` completes missing years.

    >>> [m.value for m in find_dates("Báo cáo trước ngày 20/4/2023; rồi tháng 11 hằng năm")]
    ['2023-04-20', 'YEARLY-11']
    """
    words = plain(text)
    taken = bytearray(len(words))
    mentions: list[DateMention] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(words):
            if any(taken[match.start() : match.end()]):
                continue
            found = read(match, issued)
            if found is None or not _stands_alone(words, found):
                continue
            start = found.start + _leading_space(words[found.start : found.end])
            end = found.start + len(words[found.start : found.end].rstrip(" ,:("))
            if end <= start:
                continue
            if words.count("(", start, end) > words.count(")", start, end) and words[end : end + 1] == ")":
                end += 1
            taken[start:end] = b"\1" * (end - start)
            mentions.append(
                DateMention(
                    start,
                    end,
                    text[start:end],
                    found.value,
                    found.cue,
                    found.certain,
                    reference=_is_reference(text, words, start, end, found),
                    named_day=_is_named_day(text, start, found),
                )
            )
    mentions = [m for m in mentions if not _is_bare_fraction(words, m)]
    return sorted(mentions, key=lambda mention: mention.start)


def _leading_space(words: str) -> int:
    return len(words) - len(words.lstrip(" "))


# --- What stands around a date -----------------------------------------------------------------

_KINDS = (
    "luat|bo luat|phap lenh|hien phap|nghi dinh|nghi quyet|quyet dinh|chi thi|ke hoach|cong van"
    "|huong dan|ket luan|thong tu|thong bao|thong tri|quy dinh|bao cao|chuong trinh|to trinh"
    "|cong dien|van ban|de an|giay moi|law|decree|decision|directive|plan|resolution|circular"
    "|notice|conclusion|guidance|official letter|document|dispatch"
)
_SIGN = re.compile(
    r"(?:so\s*:?\s*\d+\w*|\d+\s?[-–/]\s?[a-z][\w&/.\-– ]{0,30}|\d+/\d{4}/[\w\-&]+|no\.?\s*\d[\w/\-&]*)"
    r"(?:\s?[-–/]\s?[\w&/.\-–]+)*\s*\)?\s*,?\s*(?:ra\s+)?(?:ban hanh\s+|ky\s+)?$"
)
_LAW = re.compile(rf"(?:^|\W)(?:luat|bo luat|phap lenh|hien phap|{_KINDS})\s[^.;:\n]{{2,90}},?\s*$")
_LAW_ONLY = re.compile(r"(?:^|\W)(?:luat|bo luat|phap lenh)\s[^.;:\n,]{2,90},?\s*$")
_PLACE = re.compile(r"(?:^|\n)[^\d,;:\n]{2,40},\s*$")
_HOLIDAY = re.compile(
    r"(?:quoc khanh|giai phong|thong nhat|cach mang|thanh lap|quoc te|nha giao|thuong binh|phu nu"
    r"|lao dong|ngay sinh|sinh nhat|truyen thong|gio to|ky niem|(?<!ty )(?<!ti )\ble\b|ngay sach|olympic"
    r"|doc lap|chien thang|ngay hoi|holiday|\bday\b|anniversary|phap luat viet nam|toan dan)"
    r"[^.;:\n()\d]{0,80}$"
)
_UNIT_AFTER = re.compile(r"\s*(?:%|‰|ngay|thang|gio|nguoi|ho|dong|trieu|ty|km|ha|m2|lan|diem|nam\s+qua)\b")


def _stands_alone(words: str, found: _Found) -> bool:
    """Whether the match is no piece of a longer number, sign or word."""
    before = words[found.start - 1] if found.start else " "
    after = words[found.end : found.end + 2]
    if before.isalnum() or before in "/.-#&@" and found.start > 1 and words[found.start - 2].isalnum():
        return False
    if not after:
        return True
    if after[0].isalnum() or after[0] in "%‰@":
        return False
    return not (after[0] in "/-" and len(after) > 1 and after[1].isalnum())


def _is_reference(text: str, words: str, start: int, end: int, found: _Found) -> bool:
    if found.cue not in ("on", "from") or "/" in found.value:
        return False
    left = fold(text[max(0, start - 120) : start].lower())
    if _SIGN.search(left[-60:]) or (found.certain and _LAW_ONLY.search(left)):
        return True
    if words.startswith("dated", start):
        return True
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    opening = text[max(0, start - 45) : start]
    if len(opening) == start:
        opening = "\n" + opening
    return bool(_PLACE.search(opening)) and not rest.strip(" .)*_") and found.certain


def _is_named_day(text: str, start: int, found: _Found) -> bool:
    if found.cue != "on" or found.certain or ";" in found.value:
        return False
    return _HOLIDAY.search(fold(text[max(0, start - 90) : start].lower())) is not None


_BARE = re.compile(rf"{D}\s?[/\-]\s?{M}$")
_WEAK = re.compile(rf"(?:\w+\s+){{1,2}}{D}\s?[/\-]\s?{M}$")
_FRACTION = re.compile(r"[1-3]\s?/\s?[2-5]$")


def _is_bare_fraction(words: str, mention: DateMention) -> bool:
    """Whether «3/4» is a share, a clock («24/7») or a section rather than a day."""
    spoken = words[mention.start : mention.end]
    if _BARE.match(spoken):
        return not mention.named_day
    after = words[mention.end : mention.end + 12]
    if _UNIT_AFTER.match(after) and re.search(r"\d$", spoken) and "ngay" not in spoken:
        return bool(re.search(r"\d\s?[/\-]\s?\d{1,2}$", spoken))
    if mention.cue in ("in", "until", "from") and "ngay" not in spoken and _FRACTION.search(spoken):
        return re.match(r"\s+(?!den\b|toi\b|to\b|until\b|and\b|va\b)[^\W\d]", after) is not None
    return False


# --- Years ---------------------------------------------------------------------------------------

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


# --- Forms, most specific first ---------------------------------------------------------------

_Reader = Callable[[re.Match[str], datetime.date | None], _Found | None]

_NUMBER = r"(?:0?(?P<n>\d{1,3})|(?P<word>one|two|three|four|five|six|seven|ten))"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DURATION = (
    rf"{_NUMBER}\s*(?:\([^)\d]{{1,20}}\)\s*)?"
    r"(?P<unit>ngay\s+lam\s+viec|(?:working|business)\s+days?|ngay|tuan|thang|nam|gio|days?|weeks?|months?|years?|hours?)\b"
)
_LIMIT = (
    r"(?:(?:trong\s+)?(?:vong|thoi\s+(?:han|gian))(?:\s+(?:la|khong\s+qua|toi\s+da|cham\s+nhat))*"
    r"|(?:cham|muon)\s+nhat(?:\s+(?:la|trong|sau|vong))*|within|no\s+later\s+than|not\s+later\s+than)\s*:?"
)
_SINCE = r"(?:ke\s+tu|tinh\s+tu|tu|sau|truoc)\s+(?:khi\b|ngay\b(?!\s*\d)|thoi\s+diem\b)|(?:ke|tinh)\s+tu\b(?!\s*ngay\s*\d)"
_SINCE_EN = r"(?:from|of|after|since|before)\b(?!\s*\d)"
_RELATIVE = re.compile(
    rf"\b(?:{_LIMIT}\s+)(?:\w+\s+nhat\s+)?{_DURATION}(?:\s*,?\s*(?:{_SINCE}|{_SINCE_EN}))?"
)
_RELATIVE_SINCE = re.compile(
    rf"\b(?:(?:trong|sau|khong\s+qua|toi\s+da|truoc|after|in)\s+)?{_DURATION}\s*,?\s*(?:{_SINCE})"
)
_AGO = re.compile(r"\s*(?:qua|gan\s+day|vừa|truoc\s+day|dau|cuoi|mot\s+lan|/)\b")


def _relative(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    number = int(match["n"]) if match["n"] else _NUMBERS[match["word"]]
    if _AGO.match(match.string, match.end()) or number == 0:
        return None
    unit = " ".join(match["unit"].split())
    if "lam viec" in unit or "day" in unit and unit[0] in "wb":
        value = f"P{number}BD"
    elif unit in ("gio", "hour", "hours"):
        value = f"PT{number}H"
    else:
        letter = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}.get(unit) or unit[0].upper()
        value = f"P{number}{letter}"
    return _Found(match.start(), match.end(), f"RELATIVE:{value}", "within")


_POINT = rf"(?:{FULL}|{QUARTER}|{MONTH}|{YEAR})"
_LED_POINT = rf"(?P<lead>{LEAD}(?={FULL})|{LEAD_PERIOD})(?P<p>{FULL}|{HALF}|{QUARTER}|{MONTH}|{YEAR})"
_DASH = r"\s*(?:-|–|—|den|toi|to|until|till|through)(?:\s+|(?=\d))"
_TO = r"\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|to|until|till|through|and|va|-|–|—)\s*"
_FROM = r"(?:(?:(?:ke|bat\s+dau|tinh)\s+)?tu|from|between|trong)"
_RANGE = re.compile(
    rf"(?:\b(?P<cue>{_FROM})\s+)?{LEAD}(?P<a>{_POINT}|(?P<day>{D})(?=\s*(?:-|–|—|den|toi|to|and|va))"
    rf"|(?:thang|thg\.?)\s*(?P<month>{M})|(?P<quarter>qu[yi]\s*(?:iv|iii|ii|i|[1-4])))"
    rf"(?P<to>{_TO})(?:truoc\s+)?{LEAD}(?P<b>{_POINT}|(?P<m2>{M})\s?/\s?(?P<y2>{Y})|(?P<q2>(?:iv|iii|ii|i|[1-4])\s*[/,]?\s*(?:nam\s+)?{Y}))"
)
_YEARS = re.compile(
    rf"(?:\b(?P<cue>trong\s+giai\s+doan|giai\s+doan|nhiem\s+k[yi]|nam\s+hoc|tu\s+nam|tu|from|period|between|nam|school\s+year|trong)\s+)"
    rf"(?:tu\s+)?(?:nam\s+)?(?P<a>{Y})(?P<to>{_TO})(?:het\s+)?(?:nam\s+)?(?P<b>{Y})"
)
_OPEN_END = re.compile(
    rf"\b{_FROM}\s+{LEAD}(?P<a>{_POINT})\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|until|to)\s+"
    r"(?:khi\s+(?:ket\s+thuc|hoan\s+thanh|xong|co\b)|luc\s+(?:ket\s+thuc|hoan\s+thanh)|(?:the\s+)?(?:end|completion)\s+of)"
)
_FROM_NOW = re.compile(rf"\b(?:tu\s+(?:nay|bay\s+gio)|from\s+now|(?:between\s+)?now)\s*(?:den|toi|to|until|and|through)\s+{LEAD}(?P<b>{_POINT})")


def _range(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    cue = match["cue"]
    if not cue and match["to"].strip() in ("and", "va", "den", "toi", "to", "through") and match["day"]:
        return None
    if match["to"].strip() in ("and", "va") and cue not in ("between",):
        return None
    if cue == "trong" and match["day"] is None and match["to"].strip() in ("den", "toi"):
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
        if a.valid and b.valid and (first := a.first_day()) and (last := b.last_day()) and first > last:
            b = replace(b, year=(a.year or 0) + 1)
    if not (a.valid and b.valid):
        return None
    return _Found(match.start(), match.end(), f"{a.value()}/{b.value()}", "range", certain)


def _years(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    if match["to"].strip() in ("and", "va") and match["cue"] != "between":
        return None
    if match["a"] > match["b"]:
        return None
    return _Found(match.start(), match.end(), f"{match['a']}/{match['b']}", "range")


def _open_end(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    a = read_point(match["a"])
    if a is None:
        return None
    dated = _complete(a, issued, "from")
    return _Found(match.start(), match.end(), f"{dated.value()}/END", "range", a.year is not None)


def _from_now(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    b = read_point(match["b"])
    if b is None:
        return None
    dated = _complete(b, issued, "until")
    return _Found(match.start(), match.end(), f"/{dated.value()}", "until", b.year is not None)


_AND = r"\s*(?:,|;|va|and|&)\s*"
_DAYS = re.compile(
    rf"(?:(?P<cue>{CUE}))?{LEAD}(?P<days>{D}(?:{_AND}{NGAY}?{D})+)\s*(?:/\s*|thang\s*|thg\.?\s*)(?P<m>{M})"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_POINTS = re.compile(
    rf"(?:(?P<cue>{CUE}))?{LEAD}(?P<points>(?:{FULL})(?:{_AND}(?:va\s+)?{NGAY}?(?:{FULL}))+)"
)
_FULL = re.compile(FULL)
_MONTHS = re.compile(
    rf"(?:(?P<cue>{CUE}))?(?:cac\s+)?(?:thang|thg\.?)\s*(?P<months>{M}(?:{_AND}(?:thang\s*)?{M})+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)
_QUARTERS = re.compile(
    rf"(?:(?P<cue>{CUE}))?(?:cac\s+)?qu[yi]\s*(?P<quarters>(?:iv|iii|ii|i|[1-4])(?:{_AND}(?:qu[yi]\s*)?(?:iv|iii|ii|i|[1-4])\b)+)"
    rf"(?:\s*,?\s*(?:nam|/|-)?\s*(?P<y>{Y}))?"
)


def _several(points: list[Point], match: re.Match[str], issued: datetime.date | None) -> _Found | None:
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
    return _Found(match.start(), match.end(), ";".join(p.value() for p in dated), cue, certain)


def _days(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    named = re.search(r"ngay|mung|mong", match.group())
    if not match["cue"] and not named and not match["y"]:
        return None
    if named and named.start() > match.start("days") - match.start():
        return None  # «Quận 5, ngày 19 tháng 1»: the first number is no day
    year = int(match["y"]) if match["y"] else None
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    return _several([Point(year, int(match["m"]), day) for day in days], match, issued)


def _points(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    points = [read_point(part.group()) for part in _FULL.finditer(match["points"])]
    if not match["cue"] and "ngay" not in match.group() and not any(p and p.year for p in points):
        return None
    return _several([p for p in points if p], match, issued) if all(points) else None


def _months(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    year = int(match["y"]) if match["y"] else None
    months = [int(month) for month in re.findall(r"\d+", match["months"])]
    return _several([Point(year, month) for month in months], match, issued)


def _quarters(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    year = f" {match['y']}" if match["y"] else ""
    names = re.findall(r"iv|iii|ii|i|[1-4]", match["quarters"])
    points = [read_point(f"quy {name}{year}") for name in names]
    return _several([p for p in points if p], match, issued)


_IN_YEARS = rf"(?:\s*,?\s*\(?\s*(?:tu\s+)?(?:giai\s+doan\s+)?(?:nam\s+)?(?P<ya>{Y})\s*[-–]\s*(?:nam\s+)?(?P<yb>{Y})\s*\)?)?"
_CLOCK = r"(?:(?P<hour>\d{1,2})\s*(?:gio|h|g|:)\s*(?P<minute>\d{2})?\s*(?:phut|')?\s*(?P<half>am|pm)?)"
_MID = r"\s*,?\s*\(?\s*"
_DAY_OF = rf"(?:{CUE})?(?:{NGAY}|the\s+)(?P<d>{D})(?:st|nd|rd|th)?(?P<more>(?:{_AND}{NGAY}?{D})*)(?:\s+(?:cua|of))?"
_EVERY_DAY_OF = re.compile(rf"{_DAY_OF}\s*(?:thang\s+)?{EVERY}{_IN_YEARS}")
_EVERY_THEN_DAY = re.compile(rf"\b{EVERY}{_MID}{_DAY_OF}(?![\s]*(?:/|thang|-)\s*\d)(?!\w)")
_EVERY_CLOCK = re.compile(rf"(?:{CUE})?(?:luc\s+)?{_CLOCK}\s*,?\s*{EVERY}")
_EVERY_THEN_CLOCK = re.compile(rf"\b{EVERY}{_MID}(?:{CUE})?(?:luc\s+|at\s+)?{_CLOCK}")
_EVERY_WEEKDAY = re.compile(
    rf"(?:{CUE})?(?:thu\s+(?P<w>hai|ba|tu|nam|sau|bay|[2-7])|(?P<cn>chu\s+nhat)|(?P<en_day>mon|tues|wednes|thurs|fri|satur|sun)day)"
    rf"\s*,?\s*{EVERY}"
)
_QUARTER_PART = (
    rf"(?:(?:{CUE})?(?:{NGAY}(?P<qd>{D})\s+(?:cua\s+)?)?(?:(?P<last_week>tuan\s+(?:cuoi|thu\s+tu))\s+(?:cua\s+)?)?"
    r"(?:thang\s+(?P<which>dau(?:\s+tien)?|giua|cuoi(?:\s+cung)?|thu\s+(?:nhat|hai|ba))\s+(?:cua\s+)?)?)"
)
_EVERY_QUARTER = re.compile(rf"{_QUARTER_PART}(?:(?:cua\s+)?(?:hang|moi|tung)\s+)?qu[yi]\b(?!\s*(?:iv|iii|ii|i|\d)\b)")
_YEARLY_POINT = rf"(?:{CUE})?{LEAD}(?P<p>{FULL}|{QUARTER}|{MON}|{MONTH_EN})"
_EVERY_AFTER = re.compile(rf"{_YEARLY_POINT}{_MID}{EVERY}{_IN_YEARS}")
_EVERY_BEFORE = re.compile(rf"\b{EVERY}{_MID}(?:vao\s+)?{_YEARLY_POINT}")
_EVERY_MONTH_EN = re.compile(rf"\b(?:every|each)\s+(?:(?P<d>{D})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<p>{MONTH_EN})(?:\s+(?P<d2>{D})\b)?")
_EVERY_IN_YEARS = re.compile(rf"\b{EVERY}{_IN_YEARS[:-1]}")
_EVERY = re.compile(rf"\b{EVERY}")


def _unit(match: re.Match[str]) -> str:
    word = match["vi"] or match["nien"] or match["en"] or match["ly"]
    return UNIT[word]


def _every(match: re.Match[str], rest: str) -> _Found:
    groups = match.groupdict()
    years = f"({groups['ya']}..{groups['yb']})" if groups.get("ya") else ""
    joined = ";".join(f"{_unit(match)}-{part}" if part else _unit(match) for part in rest.split(";"))
    return _Found(match.start(), match.end(), joined + years, "every")


def _every_day_of(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    if _unit(match) != "MONTHLY":
        return None
    days = [match["d"], *re.findall(r"\d+", match["more"] or "")]
    return _every(match, ";".join(f"{int(day):02d}" for day in days))


def _every_clock(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    hour += 12 if match["half"] == "pm" and hour < 12 else 0
    if _unit(match) != "DAILY" or hour > 24 or minute > 59:
        return None
    return _every(match, f"{hour:02d}:{minute:02d}")


def _every_weekday(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    if _unit(match) != "WEEKLY":
        return None
    if match["w"]:
        day = WEEKDAYS.get(match["w"]) or int(match["w"]) - 1
    else:
        names = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
        day = 7 if match["cn"] else names.index(match["en_day"]) + 1
    return _every(match, str(day))


def _every_quarter(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    which = match["which"]
    if not which and not match["last_week"]:
        return None
    if match["last_week"]:
        value = "QUARTERLY-LAST-WEEK"
    else:
        number = 1 if "dau" in which or "nhat" in which else 2 if which in ("giua", "thu hai") else 3
        value = f"QUARTERLY-M{number}"
        if match["qd"]:
            value += f"-{int(match['qd']):02d}"
    return _Found(match.start(), match.end(), value, "every")


def _every_point(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    point = read_point(match["p"])
    if point is None or _unit(match) != "YEARLY":
        return None
    return _every(match, point.after_year())


def _every_month_en(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    point = read_point(match["p"])
    if point is None:
        return None
    day = match["d"] or match["d2"]
    if day:
        point = replace(point, day=int(day))
    if not point.valid:
        return None
    return _Found(match.start(), match.end(), f"YEARLY-{point.after_year()}", "every")


def _every_alone(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    return _every(match, "")


_ONE = re.compile(rf"(?:(?P<cue>{CUE}))?{_LED_POINT}")
_CUED_YEAR = re.compile(rf"\b(?P<cue>by|before|until|in|from|since|during|after|den|truoc|tu|trong|het)\s+(?P<lead>{EDGE}{{0,2}})(?P<p>{Y})")
_CUED_DAY = re.compile(rf"(?P<cue>{CUE})?(?P<lead>{LEAD})(?P<p>{D}\s?-\s?{M})")
_EVENT_MONTH = re.compile(r"(?:cách mạng|cach mang)\s+$")


def _one(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
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
    if point.day is None and _EVENT_MONTH.search(match.string[: match.start()][-12:]):
        return None  # Cách mạng tháng Tám
    if cue == "on" and point.day is None:
        cue = "in"
    dated = _complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return _Found(match.start(), match.end(), value, cue, point.year is not None)


def _half(match: re.Match[str], cue: Cue, issued: datetime.date | None) -> _Found | None:
    written = re.search(Y, match["p"])
    year = int(written.group()) if written else issued.year if issued else None
    first, last = (1, 6) if "dau" in match["p"] else (7, 12)
    value = f"{Point(year, first).value()}/{Point(year, last).value()}"
    return _Found(match.start(), match.end(), value, cue if cue != "on" else "in", written is not None)


def _cued_day(match: re.Match[str], issued: datetime.date | None) -> _Found | None:
    """«trước 20-4», «ngày 20-4»: a hyphen makes a date only where a cue says so."""
    cue = _cue(match["cue"])
    if "ngay" not in match.group() and cue not in ("before", "by", "until"):
        return None
    if _UNIT_AFTER.match(match.string, match.end()):
        return None
    point = read_point(match["p"])
    if point is None:
        return None
    dated = _complete(point, issued, cue)
    value = f"{dated.value()}/" if cue == "from" else dated.value()
    return _Found(match.start(), match.end(), value, cue, certain=False)


_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_RELATIVE, _relative),
    (_RELATIVE_SINCE, _relative),
    (_EVERY_AFTER, _every_point),
    (_EVERY_BEFORE, _every_point),
    (_EVERY_DAY_OF, _every_day_of),
    (_EVERY_THEN_DAY, _every_day_of),
    (_EVERY_CLOCK, _every_clock),
    (_EVERY_THEN_CLOCK, _every_clock),
    (_EVERY_WEEKDAY, _every_weekday),
    (_EVERY_QUARTER, _every_quarter),
    (_EVERY_MONTH_EN, _every_month_en),
    (_OPEN_END, _open_end),
    (_FROM_NOW, _from_now),
    (_RANGE, _range),
    (_EVERY_IN_YEARS, _every_alone),
    (_YEARS, _years),
    (_DAYS, _days),
    (_POINTS, _points),
    (_MONTHS, _months),
    (_QUARTERS, _quarters),
    (_EVERY, _every_alone),
    (_ONE, _one),
    (_CUED_DAY, _cued_day),
    (_CUED_YEAR, _one),
)
