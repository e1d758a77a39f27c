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
from dataclasses import dataclass

from ingest.dates.forms import FORMS, UNIT_AFTER, Cue, Found, Hit
from ingest.dates.values import matches
from ingest.dates.words import D, M, plain
from ingest.vietnamese import fold

__all__ = ["Cue", "DateMention", "find_dates", "matches"]


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


def find_dates(text: str, issued: datetime.date | None = None) -> list[DateMention]:
    """All dates of NFC ``text`` in order, without overlap. ``issued`` completes missing years.

    >>> [m.value for m in find_dates("Báo cáo trước ngày 20/4/2023; rồi tháng 11 hằng năm")]
    ['2023-04-20', 'YEARLY-11']
    """
    words = plain(text)
    taken = bytearray(len(words))
    mentions: list[DateMention] = []
    for core, before, read in FORMS:
        for match in core.finditer(words):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            floor = max(0, match.start() - _REACH)
            floor = max(floor, taken.rfind(1, floor, match.start()) + 1)
            hit = Hit(match, before.search(words, floor, match.start()) if before else None)
            found = read(hit, issued)
            if found is None or not _stands_alone(words, found):
                continue
            start, end = _trim(words, found.start, found.end)
            if start >= end:
                continue
            taken[start:end] = b"\1" * (end - start)
            mentions.append(_mention(text, words, start, end, found))
    mentions = [mention for mention in mentions if not _is_bare_fraction(words, mention)]
    return sorted(mentions, key=lambda mention: mention.start)


_REACH = 80  # characters that a cue, an hour and a weekday may take before the figures


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the blanks and half-open brackets at the edges."""
    spoken = words[start:end]
    start += len(spoken) - len(spoken.lstrip(" "))
    end -= len(spoken) - len(spoken.rstrip(" .,:("))
    half_open = words.count("(", start, end) > words.count(")", start, end)
    return start, end + (half_open and words[end : end + 1] == ")")


def _mention(text: str, words: str, start: int, end: int, found: Found) -> DateMention:
    return DateMention(
        start,
        end,
        text[start:end],
        found.value,
        found.cue,
        found.certain,
        reference=_is_reference(text, words, start, end, found),
        named_day=_is_named_day(text, start, found),
    )


# --- What stands around a date -----------------------------------------------------------------

_SIGN = re.compile(
    r"(?:so\s*:?\s*\d+\w*|\d+\s?[-–/]\s?[a-z][\w&/.\-– ]{0,30}|\d+/\d{4}/[\w\-&]+"
    r"|no\.?\s*\d[\w/\-&]*)"
    r"(?:\s?[-–/]\s?[\w&/.\-–]+)*\s*\)?\s*,?\s*(?:ra\s+)?(?:ban hanh\s+|ky\s+)?$"
)
_LAW = re.compile(r"(?:^|\W)(?:luat|bo luat|phap lenh)\s[^.;:\n,]{2,90},?\s*$")
_PLACE = re.compile(r"(?:^|\n)[^\d,;:\n]{2,40},\s*$")
_HOLIDAY = re.compile(
    r"(?:quoc khanh|giai phong|thong nhat|cach mang|thanh lap|quoc te|nha giao|thuong binh|phu nu"
    r"|lao dong|ngay sinh|sinh nhat|truyen thong|gio to|ky niem|(?<!ty )(?<!ti )\ble\b"
    r"|doc lap|chien thang|ngay hoi|holiday|\bday\b|anniversary"
    r"|\bngay\s+(?!cang|nay|do|sau|truoc)[^\W\d]+)"
    r"[^.;:\n()\d]{0,80}$"
)


def _stands_alone(words: str, found: Found) -> bool:
    """Whether the match is no piece of a longer number, sign or word."""
    before = words[found.start - 1] if found.start else " "
    after = words[found.end : found.end + 2]
    if before.isalnum() or (
        before in "/.-#&@" and found.start > 1 and words[found.start - 2].isalnum()
    ):
        return False
    if not after:
        return True
    if after[0].isalnum() or after[0] in "%‰@":
        return False
    return not (after[0] in "/-" and len(after) > 1 and after[1].isalnum())


def _is_reference(text: str, words: str, start: int, end: int, found: Found) -> bool:
    if found.cue not in ("on", "from") or "/" in found.value:
        return False
    left = fold(text[max(0, start - 120) : start].lower())
    if _SIGN.search(left[-60:]) or (found.certain and _LAW.search(left)):
        return True
    if words.startswith("dated", start):
        return True
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    opening = text[max(0, start - 45) : start]
    if len(opening) == start:
        opening = "\n" + opening
    return bool(_PLACE.search(opening)) and not rest.strip(" .)*_") and found.certain


def _is_named_day(text: str, start: int, found: Found) -> bool:
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
    if UNIT_AFTER.match(after) and re.search(r"\d$", spoken) and "ngay" not in spoken:
        return bool(re.search(r"\d\s?[/\-]\s?\d{1,2}$", spoken))
    if mention.cue in ("in", "until", "from") and "ngay" not in spoken and _FRACTION.search(spoken):
        return re.match(r"\s+(?!den\b|toi\b|to\b|until\b|and\b|va\b)[^\W\d]", after) is not None
    return False
