"""Words in the place of a date that can't be one: «31/2/2025», «ngày 1S tháng 4». Pure.

No value is made up for them: what is meant can only be guessed. They are told from fractions,
signs and sections by what stands around them: «ngày», a year, the name of a month.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates.forms import BEFORE_DAY, UNIT_AFTER
from ingest.dates.oddities import is_odd, oddities
from ingest.dates.records import DateMention
from ingest.dates.values import Point, read_point
from ingest.dates.words import (
    AND,
    CUE,
    EVERY,
    FULL,
    LEAD,
    LUNAR,
    MON,
    MONTH,
    MONTH_EN,
    NGAY,
    QUARTER,
    YEAR,
    D,
    M,
    Y,
    compiled,
    plain,
)

_G = r"[0-9loisbz]"  # a figure, or what a reader of scans makes of one
_FIGURES = str.maketrans("loisbz", "101582")
_MISREAD = re.compile(r"[loisbz]")
_DAY = rf"(?P<d>{_G}{{1,2}}|[0-3]\s[0-9])"
_MONTH = rf"(?P<m>1\s[0-2](?!\w)|0\s[1-9](?!\w)|{_G}{{1,2}})"
_YEAR = rf"(?P<y>{_G}{{4}}|(?:19|20)\s[0-9]{{2}}|2\s0[0-9]{{2}}|20[0-9]\s[0-9])(?!\w)"
_SHORT_YEAR = r"(?P<y3>(?:19|20)\d)(?!\w)"
_NAM = rf"(?:\s*,?\s*(?:(?:nam|/|-)?\s*{_YEAR}|nam\s+{_SHORT_YEAR}))"
_THANG = r"(?:thang|thg\.?)\s*"
_CUED_BY = r"(?:truoc|het|den|toi|tu|sau|trong|vao|cuoi|dau|han|nhat|by|before|until|since|from)\s+"
#: What is meant for a date. ``figures`` is what must be one, ``cued`` says so in words.
_SHAPES = tuple(
    compiled(pattern)
    for pattern in (
        rf"(?<![\w/.,])(?<!quy\s)(?<!qui\s)"
        rf"(?P<figures>{_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR})(?!/)",
        rf"\b(?P<cued>{NGAY})(?P<figures>{_DAY}\s?/{{1,2}}\s?{_MONTH}"
        rf"(?:\s?/{{1,2}}\s?(?P<y>{_G}{{1,5}}))?)(?![\w/%])",
        rf"\b(?P<cued>{_CUED_BY}|{D}\s?/\s?{M}\s?[-–]\s?)"
        rf"(?P<figures>(?=[\d/\s]*{_MISREAD.pattern})"
        rf"{_DAY}\s?/\s?{_MONTH})(?![\w/%])",
        rf"\b(?P<cued>{NGAY}(?:{_G}{{1,2}}{AND}{NGAY}?){{0,6}})"
        rf"(?P<figures>{_DAY}\s*,?\s*{_THANG}{_MONTH}{_NAM}?)(?!\w)",
        rf"(?<![\w/.,])(?P<figures>{_DAY}\s*,?\s*{_THANG}{_MONTH}{_NAM})(?!\w)",
        rf"\b(?P<figures>{_THANG}(?:{_G}{{1,2}}{AND}(?:thang\s*)?){{0,6}}{_MONTH}"
        rf"\s*(?:(?:/|-|,?\s*nam)\s*{_YEAR}|(?:/|nam\s)\s*{_SHORT_YEAR}))",
        rf"(?<![\w/.\-])(?P<figures>(?P<y>{Y})-(?P<m>\d\d)-(?P<d>\d\d))(?![\w\-])",
        rf"(?<![\w/.,])(?P<figures>(?P<d>{_G}{{2}})(?:st|nd|rd|th)?\s+(?:of\s+)?"
        rf"{MONTH_EN}\s*,?\s*{Y})",
        rf"\b(?P<cued>{NGAY})(?P<figures>(?P<d>{_G}{{1,2}}|[0-3]\s[0-9])\s+(?:cua\s+)?(?:hang|moi)\s+thang)\b",
        rf"\b(?P<cued>(?:hang|moi)\s+thang\s*,?\s*\(?\s*(?:{CUE})?{NGAY})"
        rf"(?P<figures>(?P<d>{_G}{{1,2}}))(?!\w|\s*(?:/|thang)|\s?-\s?\d)",
        rf"\b(?P<cued>{_CUED_BY})(?P<figures>{_THANG}(?P<m>\d\d?))(?![\w/%]|\s?-\s?\d|\s*,\s?\d)",
        rf"\b(?P<figures>{_THANG}(?P<m>\d\d?)\s+(?:hang|moi)\s+nam)\b",
    )
)
_ROMAN = r"[ivxl1]{1,4}|\d\d?"
_LIST_OF_QUARTERS = rf"(?:(?:{_ROMAN})\s*(?:,|va|-|–)\s*(?:qu[yi]\s*)?){{0,3}}"
#: Quarters and years that there aren't.
_PERIODS = tuple(
    compiled(pattern)
    for pattern in (
        rf"\b(?P<figures>qu[yi]\s*{_LIST_OF_QUARTERS}(?P<q>{_ROMAN})"
        rf"\s*(?:(?:/|-|,?\s*(?:cua\s+)?nam)\s*{_YEAR}|(?:/|nam\s)\s*{_SHORT_YEAR}))",
        rf"\b{_CUED_BY}(?P<figures>qu[yi]\s*(?P<q>\d\d?))(?![\w/%])",
        rf"\b(?:tu|den|trong|truoc|het)\s+(?P<figures>{_YEAR})",
        rf"\b(?P<figures>(?:giai\s+doan|nhiem\s+k[yi])\s+(?:nam\s+)?"
        rf"{_YEAR}(?:\s*[-–]\s*(?:nam\s+)?{_G}{{4}}(?!\w))?)",
        rf"\b(?P<figures>nam\s+(?:hoc\s+)?{_YEAR}(?:\s*[-–]\s*(?:nam\s+)?{_G}{{4}}(?!\w))?)",
    )
)
#: Dates of the lunar calendar, which are not converted: the months «Giêng» and «Chạp» are its own.
_LUNAR_DATES = tuple(
    compiled(pattern)
    for pattern in (
        rf"(?<![\w/.])(?:{FULL}|{MONTH}){LUNAR}(?:\s+nam\s+{Y})?",
        rf"\b(?:{D}\s*,?\s*|ram\s+)?thang\s+(?:gieng|chap)\b(?:\s*,?\s*(?:nam\s+|/)?\s*{Y}|{LUNAR})?",
        rf"\bram\s+{MON}(?:\s*,?\s*(?:nam\s+|/)?\s*{Y})?",
        rf"\b(?:mung|mong)\s+{D}\s+t[eế]t\b",
    )
)
_ONE = rf"(?:[0-3]\s[0-9]|{_G}{{1,2}})"
_JOINT = rf"(?:{AND}(?:{NGAY}|{_THANG})?|\s*(?:-|–|den(?:\s+het)?\b)\s*(?:{NGAY}|{_THANG})?)"
#: Days or months of which one is misread: «ngày 1O, 20 tháng 11», «từ 1S đến 20/11/2024».
_LISTS = tuple(
    compiled(pattern)
    for pattern in (
        rf"(?<![\w/.,])(?<!quy\s)(?<!qui\s)(?P<figures>(?:{_ONE}(?:\s?/\s?{_ONE})?{_JOINT}){{1,6}}{_ONE}"
        rf"\s*(?:/\s*|{_THANG}){_ONE}(?:\s*(?:/|,?\s*nam)\s*{_YEAR})?)(?![\w/])",
        rf"\b(?P<figures>{_THANG}(?:{_ONE}{_JOINT}){{1,6}}{_ONE}\s*(?:/|,?\s*nam)\s*{_YEAR})",
    )
)
_ITEM = re.compile(rf"\b(?:[0-3]\s[0-9]|{_G}{{1,4}})\b")
_QUARTER = re.compile(r"iv|i{1,3}|[1-4]")
_YEARS = re.compile(rf"\b{_G}{{4}}\b")
_WRITTEN = compiled(rf"(?<![\w/.])(?P<figures>{FULL})")
_ENDS_IN_YEAR = re.compile(rf"{Y}$")
_CUED = compiled(rf"\b(?:{NGAY}|qua\s+|{_CUED_BY})$")
_SHARE = re.compile(r"(\d+)\s?/\s?\1$")
_NUMBERED = compiled(r"(?:\bso|\bsố|điều|mục|khoản|tỷ\s+lệ|tỉ\s+lệ)\s*:?\s*$")
_BACK = 24  # characters that the words of _CUED and _NUMBERED may take


def unread_spans(words: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The figures in plain ``words[start:end]`` that can't be a date, and whether one was meant.

    Where that is not sure («31/2» alone) there is nothing to read either. What the figures are a
    part of («từ 01/11 đến 3l/12», «các ngày 30, 31 tháng 2», «31/2 hằng năm») can't be read without
    them and counts with them.
    """
    if not is_odd(words, start, end):
        return []
    spans: list[tuple[int, int, bool]] = []
    for shape in _SHAPES:
        for match in shape.finditer(words, start, end):
            if _is_unreadable_date(match):
                spans.append((*match.span("figures"), True))
    for shape in _PERIODS:
        for match in shape.finditer(words, start, end):
            if _is_unreadable_period(match):
                spans.append((*match.span("figures"), True))
    for shape in _LISTS:
        for match in shape.finditer(words, start, end):
            if _holds_a_misread_item(match["figures"]):
                spans.append((*match.span("figures"), True))
    for shape in _LUNAR_DATES:
        spans += [(*match.span(), True) for match in shape.finditer(words, start, end)]
    for match in _WRITTEN.finditer(words, start, end):
        if read_point(match["figures"]) is None:
            cued = _CUED.search(words, max(start, match.start() - _BACK), match.start())
            spans.append((*match.span(), bool(_ENDS_IN_YEAR.search(match["figures"]) or cued)))
    return [
        (*_whole(words, first, last, start, end), True) if meant else (first, last, False)
        for first, last, meant in spans
    ]


_ANY_POINT = (
    rf"(?:{FULL}|{_G}{{1,2}}\s?/\s?{_G}{{1,2}}(?:\s?/\s?{_G}{{4}})?|{QUARTER}|{MONTH}|{YEAR}"
    rf"|{_THANG}{_G}{{1,2}}|{_G}{{1,2}}(?!\w))"
)
_TO = r"\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|to|until|till|through|-|–|—)\s*"
_MID = r"\s*,?\s*\(?\s*"
_LED_TO = compiled(rf"(?<![\w/.])(?:{_ANY_POINT}){_TO}{LEAD}$")
_LEADS_TO = compiled(rf"{_TO}{LEAD}{_ANY_POINT}{LUNAR}?(?![\w/])")
_LISTED = compiled(rf"(?<![\w/.])(?:{D}(?:\s?/\s?{M})?{AND}{NGAY}?){{1,12}}$")
_RECURS = compiled(rf"{_MID}{EVERY}")
_RECURRED = compiled(rf"\b{EVERY}{_MID}(?:vao\s+)?(?:{CUE})?{LEAD}$")
_REACH = 80  # characters that the other end of a range, with its cue and its hour, may take


def _whole(words: str, start: int, end: int, floor: int, limit: int) -> tuple[int, int]:
    """``words[start:end]`` with what makes one date with it, of ``words[floor:limit]``."""
    near = max(floor, start - _REACH)
    if match := _LED_TO.search(words, near, start) or _LISTED.search(words, near, start):
        start = match.start()
    if match := _LEADS_TO.match(words, end, limit) or _RECURS.match(words, end, limit):
        end = match.end()
    if match := _RECURRED.search(words, max(floor, start - _REACH), start):
        start = match.start()
    if words.count("(", start, end) > words.count(")", start, end):
        end += words[end : min(end + 1, limit)] == ")"
    return start, end


def _holds_a_misread_item(figures: str) -> bool:
    """Whether a letter stands for a figure in one of the items, or a blank within one."""
    items = _ITEM.findall(figures)
    is_odd = [" " in item or _MISREAD.search(item) is not None for item in items]
    return any(is_odd) and any(re.search(r"\d", item) for item in items)


def _is_unreadable_period(match: re.Match[str]) -> bool:
    """Whether a quarter or a year in this shape is none."""
    groups = match.groupdict()
    if groups.get("y3") or " " in (groups.get("y") or ""):
        return True
    if groups.get("q") and not _QUARTER.fullmatch(groups["q"]):
        return True
    years = [year for year in _YEARS.findall(match["figures"]) if _MISREAD.search(year)]
    return bool(years) and all(
        re.search(r"\d", year) and _is_recent(year.translate(_FIGURES)) for year in years
    )


def _is_unreadable_date(match: re.Match[str]) -> bool:
    """Whether the figures in this shape were meant for a date and are none."""
    groups = match.groupdict()
    words, figures = match.string, match["figures"]
    if not groups.get("cued") and _NUMBERED.search(
        words, max(0, match.start() - _BACK), match.start()
    ):
        return False
    if _SHARE.match(figures) or UNIT_AFTER.match(words, match.end()):
        return False  # «cả ngày 24/24», «24/24 giờ»
    if "//" in figures or groups.get("y3"):
        return True  # parted twice, or a figure of the year left out
    day, month, year = groups.get("d"), groups.get("m"), groups.get("y")
    if not re.fullmatch(r"\d*", f"{day or ''}{month or ''}{year or ''}"):
        return re.search(r"\d", figures) is not None and _is_date(
            *(part and part.replace(" ", "").translate(_FIGURES) for part in (day, month, year))
        )
    if year and (len(year) not in (2, 4) or (groups.get("cued") and int(year) >= 2100)):
        return True
    return _is_recent(year) and not _is_date(day, month, year)  # an old year is no deadline's


def _is_recent(year: str | None) -> bool:
    return not year or len(year) == 2 or year.startswith(("19", "20"))


def _is_date(day: str | None, month: str | None, year: str | None) -> bool:
    """Whether such a date exists, as far as it is given; the year is a recent one."""
    if not _is_recent(year):
        return False
    if month is None:
        return 1 <= int(day or 1) <= 31
    known = int(year) + (2000 if len(year) == 2 else 0) if year else None
    return Point(known, int(month), int(day) if day else None).valid


_AROUND = 80  # characters: as many as the other end of a range may take, with its cue and hour
_BLANK = re.compile(r"\s")


def find_unread_dates(text: str, found: Sequence[DateMention]) -> list[tuple[int, int]]:
    """Offsets of the words of NFC ``text`` that stand for a date but can't be one, in order.

    ``found`` are the dates of ``text`` as :func:`find_dates` gives them, in order; what touches
    one is left out. The cue counts as part of the words, as it does in a mention.

    >>> find_unread_dates("nộp trước ngày 31/2/2025", [])
    [(4, 24)]
    """
    unread: list[tuple[int, int]] = []
    ahead = iter(found)
    mention = next(ahead, None)
    seen = 0
    for at in oddities(text):
        while mention is not None and mention.end <= at:
            seen, mention = max(seen, mention.end), next(ahead, None)
        if at < seen or (mention is not None and mention.start <= at):
            continue
        limit = len(text) if mention is None else mention.start
        for start, end in _meant_spans(text, at, seen, limit):
            unread.append((start, end))
            seen = end
    return unread


def _meant_spans(text: str, at: int, floor: int, limit: int) -> list[tuple[int, int]]:
    """Offsets of the unread dates around ``at``, between ``floor`` and ``limit``."""
    first, last = floor, limit
    if at - first > _AROUND:  # not within a word, where there are any
        blank = _BLANK.search(text, at - _AROUND, at)
        first = blank.end() if blank else at - _AROUND
    if last - at > 2 * _AROUND:
        blank = _BLANK.search(text, at + _AROUND, at + 2 * _AROUND)
        last = blank.start() if blank else at + 2 * _AROUND
    words = plain(text[first:last])
    spans: list[tuple[int, int]] = []
    end = 0
    for start, stop, meant in sorted(unread_spans(words, 0, len(words))):
        if meant and start >= end:
            before = BEFORE_DAY.search(words, end, start)
            begin = before.start() if before else start
            begin += len(words[begin:start]) - len(words[begin:start].lstrip())
            end = stop
            stop -= len(words[start:stop]) - len(words[start:stop].rstrip(" .,"))
            spans.append((first + begin, first + stop))
    return spans
