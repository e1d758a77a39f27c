"""Words in the place of a date that can't be one: «31/2/2025», «ngày 1S tháng 4». Pure.

No value is made up for them: what is meant can only be guessed. They are told from fractions,
signs and sections by what stands around them: «ngày», a year, the name of a month.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates.forms import BEFORE_DAY, UNIT_AFTER
from ingest.dates.records import DateMention
from ingest.dates.values import Point, read_point
from ingest.dates.words import AND, FULL, MONTH_EN, NGAY, Y, compiled, plain

_G = r"[0-9loisbz]"  # a figure, or what a reader of scans makes of one
_FIGURES = str.maketrans("loisbz", "101582")
_DAY = rf"(?P<d>{_G}{{1,2}}|[0-3]\s[0-9])"
_MONTH = rf"(?P<m>{_G}{{1,2}})"
_YEAR = rf"(?P<y>{_G}{{4}}|(?:19|20)\s[0-9]{{2}})(?!\w)"
_NAM = rf"(?:\s*,?\s*(?:(?:nam|/|-)?\s*{_YEAR}|nam\s+(?P<y3>(?:19|20)\d)(?!\w)))"
_THANG = r"(?:thang|thg\.?)\s*"
#: What is meant for a date. ``figures`` is what must be one, ``cued`` says so in words.
_SHAPES = tuple(
    compiled(pattern)
    for pattern in (
        rf"(?<![\w/.,])(?P<figures>{_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR})(?!/)",
        rf"\b(?P<cued>{NGAY})(?P<figures>{_DAY}\s?/{{1,2}}\s?{_MONTH}"
        rf"(?:\s?/{{1,2}}\s?(?P<y>{_G}{{1,5}}))?)(?![\w/%])",
        rf"\b(?P<cued>{NGAY}(?:{_G}{{1,2}}{AND}{NGAY}?){{0,6}})"
        rf"(?P<figures>{_DAY}\s*,?\s*{_THANG}{_MONTH}{_NAM}?)(?!\w)",
        rf"\b(?P<figures>{_THANG}{_MONTH}\s*(?:/|-|,?\s*nam)\s*{_YEAR})",
        rf"(?<![\w/.\-])(?P<figures>(?P<y>{Y})-(?P<m>\d\d)-(?P<d>\d\d))(?![\w\-])",
        rf"(?<![\w/.,])(?P<figures>(?P<d>\d\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH_EN}\s*,?\s*{Y})",
        rf"\b(?P<cued>{NGAY})(?P<figures>(?P<d>\d\d?)\s+(?:cua\s+)?(?:hang|moi)\s+thang)\b",
    )
)
_WRITTEN = compiled(rf"(?<![\w/.])(?P<figures>{FULL})")
_ENDS_IN_YEAR = re.compile(rf"{Y}$")
_CUED = compiled(rf"\b(?:{NGAY}|(?:truoc|han|nhat|qua|tu|den)\s+)$")
_SHARE = re.compile(r"(\d+)\s?/\s?\1$")
_NUMBERED = compiled(r"(?:\bso|\bsố|điều|mục|khoản|tỷ\s+lệ|tỉ\s+lệ)\s*:?\s*$")
_BACK = 24  # characters that the words of _CUED and _NUMBERED may take

_L = "[lLiIoOsSbBzZ]"
_TH = r"\s{0,3},?\s{0,3}(?:[Tt]h[aá]ng|TH[AÁ]NG)"
_MONTH_NAME = r"\s(?:of\s)?[A-Za-z]{3,9}\.?"
_SHORT_MONTH = r"\s(?:of\s)?(?:[Ff]eb|[Aa]pr|[Jj]un|[Ss]ep|[Nn]ov)"
_EVERY = r"\s(?:h[aằà]ng|m[oỗ]i|c[uủ]a)\s"
#: What the figures of a date never hold, in text as written or plain. Most of a text is passed
#: over with this, so each begins with the first digit of a number: digits are rare.
_ODDITIES = (
    # letters among figures; figures drawn apart, or parted twice
    rf"[0-9]{{0,3}}{_L}(?![^\W\d_])",
    rf"(?<=\b{_L}[0-9])",
    rf"(?<={_L}/[0-9])",
    r"[0-9]?//",
    r"(?<=[0-3])\s[0-9]\s?(?:/|[Tt]h|TH)",
    r"(?:(?<=/1)9|(?<=/2)0)\s[0-9]{2}(?![0-9])",
    # no day: 0, or more than 31
    r"(?:(?<=3)[2-9]|(?<=[4-9])[0-9]|(?<=0)0?)"
    r"(?:\s?/\s?[0-9]|\s?[.\-]\s?[0-9]{1,2}\s?[.\-]\s?[0-9]{4}"
    rf"|{_TH}|{_EVERY}|(?:st|nd|rd|th)?{_MONTH_NAME},?\s[12][0-9]{{3}})",
    # no month: 0, or more than 12; no year: three figures, five, or far ahead
    r"(?:(?<=/[0-9])|(?<=/\s[0-9]))(?:(?<=1)[3-9]|(?<=[2-9])[0-9]|(?<=0)0)(?![0-9])",
    r"(?:(?<=ng\s[0-9])|(?<=NG\s[0-9]))(?:(?<=1)[3-9]|(?<=2)[0-9])(?![0-9])",
    r"[0-9]?\s?[.\-]\s?(?:1[3-9]|[2-9][0-9]|00)\s?[.\-]\s?[0-9]{4}",
    r"[0-9]{3}-(?:1[3-9]|[2-9][0-9]|00|[0-9]{2}-(?:29|3[0-9]|00))",
    r"(?<=/[0-9])[0-9]{2}(?:[0-9]{2}|(?![0-9]))",
    r"(?<=[mM]\s[12])(?:(?<=1)9|(?<=2)0)[0-9](?![0-9])",
    r"(?:(?<=/[0-9])|(?<=[mM]\s[0-9]))(?:(?<=[3-9])[0-9]|(?<=2)[1-9])[0-9]{2}(?![0-9])",
    # the 29th to the 31st of a short month, or of a month in words
    r"(?<=3)1\s?[/.\-]\s?(?:0?[2469]|11)(?![0-9])",
    r"(?:(?<=3)0|(?<=2)9)\s?[/.\-]\s?0?2(?![0-9])",
    rf"(?:(?<=3)[01]|(?<=2)9)(?:{_TH}|\w{{0,2}}(?:{_SHORT_MONTH}|,?\s[12][0-9]{{3}}))",
)
_ODD = re.compile(rf"[0-9](?<![0-9]{{2}})(?:{'|'.join(_ODDITIES)})")


def unread_spans(words: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """The figures in plain ``words[start:end]`` that can't be a date, and whether one was meant.

    Where that is not sure («31/2» alone) there is nothing to read either.
    """
    if _ODD.search(words, start, end) is None:
        return []
    spans: list[tuple[int, int, bool]] = []
    for shape in _SHAPES:
        for match in shape.finditer(words, start, end):
            if _is_unreadable_date(match):
                spans.append((*match.span("figures"), True))
    for match in _WRITTEN.finditer(words, start, end):
        if read_point(match["figures"]) is None:
            cued = _CUED.search(words, max(0, match.start() - _BACK), match.start())
            spans.append((*match.span(), bool(_ENDS_IN_YEAR.search(match["figures"]) or cued)))
    return spans


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


_AROUND = 40  # characters: as many as a cue, a list of days and a month in words may take
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
    for suspect in _ODD.finditer(text):
        at = suspect.start()
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
            spans.append((first + begin, first + stop))
            end = stop
    return spans
