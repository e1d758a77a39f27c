"""What the words around a date make of it: a cited document's date, a holiday, no date at all.

Pure. Offsets are those of the text, except where the words of a stretch are named.
"""

from __future__ import annotations

import re

from ingest.dates.forms import UNIT_AFTER
from ingest.dates.records import Found
from ingest.dates.words import D, M, compiled
from ingest.vietnamese import fold

_SIGN = re.compile(
    r"(?:so\s*:?\s*\d+\w*|\d+\s?[-–/]\s?[a-z][\w&/.\-– ]{0,30}|\d+/\d{4}/[\w\-&]+"
    r"|no\.?\s*\d[\w/\-&]*)"
    r"(?:\s?[-–/]\s?[\w&/.\-–]+)*\s*\)?\s*,?\s*(?:ra\s+)?(?:ban hanh\s+|ky\s+)?$"
)
_LABEL_ENDS = re.compile(r"(?:\s?\([^()\n]{1,20}\))?\s?:(?!\d)")
_NUMBER = re.compile(r"\d")
_LAW_WORD = re.compile(r"lu[aậ]t|ph[aá]p")
_LAW = re.compile(r"(?:^|\W)(?:luat|bo luat|phap lenh)\s[^.;:\n,]{2,90},?\s*$")
_PLACE = re.compile(r"(?:^|\n)[^\d,;:\n]{2,40},\s*$")


def is_reference(text: str, start: int, end: int, found: Found) -> bool:
    """Whether ``text[start:end]`` dates a cited document, or the document itself at its head."""
    if found.cue not in ("on", "from") or "/" in found.value:
        return False
    if text[start].isupper() and _LABEL_ENDS.match(text, end):
        return False  # «… TDP 9 Ngày 20/3: …» labels an entry; what stands before is another
    near = text[max(0, start - 60) : start]
    if _NUMBER.search(near) and _SIGN.search(fold(near.lower())):
        return True
    left = text[max(0, start - 120) : start].lower()
    if found.certain and _LAW_WORD.search(left) and _LAW.search(fold(left)):
        return True
    if text[start : start + 5].lower() == "dated":
        return True
    line_end = text.find("\n", end)
    rest = text[end : line_end if line_end >= 0 else len(text)]
    opening = text[max(0, start - 45) : start]
    if len(opening) == start:
        opening = "\n" + opening
    return bool(_PLACE.search(opening)) and not rest.strip(" .)*_") and found.certain


_HOLIDAY = re.compile(
    r"(?:quoc khanh|giai phong|thong nhat|cach mang|thanh lap|quoc te|nha giao|thuong binh|phu nu"
    r"|lao dong|ngay sinh|sinh nhat|truyen thong|gio to|ky niem|(?<!ty )(?<!ti )\ble\b"
    r"|doc lap|chien thang|ngay hoi|holiday|\bday\b|anniversary"
    r"|\bngay\s+(?!cang|nay|do|sau|truoc)[^\W\d]+)"
    r"[^.;:\n()\d]{0,80}$"
)


def is_named_day(text: str, start: int, found: Found) -> bool:
    """Whether a holiday's name leads up to ``start``."""
    if found.cue != "on" or found.certain or ";" in found.value:
        return False
    return _HOLIDAY.search(fold(text[max(0, start - 90) : start].lower())) is not None


_PERIOD = re.compile(r"(?:\b(?:0?6|sau)\s+thang(?:\s+(?:dau|cuoi)\s+nam)?|\bnam)\W*\($")
_PERIODIC = re.compile(r"\b(?:dinh ky|(?:hang|moi) (?:thang|quy|nam|ky))\b[^.;]*$")


def of_period(text: str, start: int, found: Found) -> Found:
    """``found``, as a rule where it is the day of a periodic duty.

    «báo cáo định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)»: a day without a year, in
    brackets after the period.
    """
    if found.certain or not _DAY.search(found.value) or "(" not in text[max(0, start - 4) : start]:
        return found
    left = fold(text[max(0, start - 200) : start].lower())
    if not _PERIOD.search(left.rstrip(" *_")) or not _PERIODIC.search(left):
        return found
    return Found(found.start, found.end, f"YEARLY-{found.value[-5:]}", "every")


_DAY = re.compile(r"^(?:\d{4}|-)-\d\d-\d\d$")
_EVENT = re.compile(r"[^.,;:()|\d\n*]{1,80}(?=[.,;:()|\n*]|$)")


def end_of_event(text: str, end: int, limit: int) -> int:
    """Where the event that ends a range is told: «đến khi | kết thúc Tổng kiểm kê»."""
    match = _EVENT.match(text, end, limit)
    return end + len(match.group().rstrip()) if match else end


_OTHER_YEAR = compiled(r"\s*,?\s*(?:nam\s+(?!(?:19|20)\d\d\b)\d{3,4}|1[0-8]\d\d)\b")


def is_of_another_age(words: str, found: Found) -> bool:
    """Whether a year follows that no plan has: «20 tháng 4 | năm 1776». It is of no other year."""
    return not found.certain and _OTHER_YEAR.match(words, found.end) is not None


_TORN_YEAR = compiled(
    r"\b(?:ngay\s*[\w.…/]{0,6}\s*th\wng\s*[\d.…/]{0,4}|(?:ngay|th\wng)\s*[.…/]{1,12}"
    r"|(?:ngay|th\wng)\s*\d{1,2}(?:\s\d)?)\s*$"
)
_IN_WORDS = r"(?:mot|mốt|hai|ba|bon|tư|tu|nam|lăm|lam|nhăm|sáu|bay|tam|chin|muoi|mươi)"
_TORN_MONTH = compiled(
    r"\b(?:ngay(?:\s*[.…/]{1,12}\s*|\s\s+)"
    rf"|(?:ngay|mung|mong)\s+(?:{_IN_WORDS}\s+){{1,3}})$"
)
_YEAR_AFTER = re.compile(r"\s{0,3},?\s{0,3}(?:n\wm\s{1,3}|/\s?)(?:19|20)\s?\d\s?\d(?!\w)")
_YEARS_ONLY = re.compile(r"\d{4}$")
_MONTHS_ONLY = re.compile(r"(?:\d{4}|-)-\d\d$")


def is_torn(words: str, found: Found) -> bool:
    """Whether it is but a part of a date that can't be read, or was never filled in.

    «ngày … tháng 5 năm 2024», «ngày 05 thảng 4 năm 2024», «05 tháng 4 nãm 2024».
    """
    if found.certain and len(found.value) > len("2024-05"):
        return False
    if not found.certain and _YEAR_AFTER.match(words, found.end):
        return True
    before = words[max(0, found.start - 24) : found.start]
    if _YEARS_ONLY.match(found.value):
        return _TORN_YEAR.search(before) is not None
    return _MONTHS_ONLY.match(found.value) is not None and _TORN_MONTH.search(before) is not None


_BARE = re.compile(rf"{D}\s?[/\-]\s?{M}$")
_LABEL = compiled(r"(?:\bhan|gian|thanh)\s*:\s*$")  # «Thời hạn: 20/4»
_TWO_NUMBERS = re.compile(r"\d\s?[/\-]\s?\d{1,2}$")
_FRACTION = re.compile(r"[1-3]\s?/\s?[2-5]$")
_NO_RANGE_AFTER = re.compile(r"\s+(?!den\b|toi\b|to\b|until\b|and\b|va\b)[^\W\d]")


def is_bare_fraction(words: str, start: int, end: int, found: Found, named_day: bool) -> bool:
    """Whether «3/4» is a share, a clock («24/7») or a section rather than a day."""
    spoken = words[start:end]
    if _BARE.match(spoken):
        return not named_day and not _LABEL.search(words, max(0, start - 12), start)
    if "ngay" in spoken or not _TWO_NUMBERS.search(spoken):
        return False
    if UNIT_AFTER.match(words, end):
        return True
    return (
        found.cue in ("in", "until", "from")
        and _FRACTION.search(spoken) is not None
        and _NO_RANGE_AFTER.match(words, end) is not None
    )


def stands_alone(words: str, start: int, end: int) -> bool:
    """Whether ``words[start:end]`` is no piece of a longer number, sign or word."""
    before = words[start - 1] if start else " "
    after = words[end : end + 2]
    if (
        before.isalnum()
        or before == "#"
        or (before in "/.-#&@" and start > 1 and _is_figure(words[start - 2]))
    ):
        return False
    if not after:
        return True
    if after[0].isalnum() or after[0] in "%‰@":
        return False
    return not (after[0] in "/-" and len(after) > 1 and _is_figure(after[1]))


def _is_figure(character: str) -> bool:
    return character.isalnum() or character == "#"  # a part of a sign, masked
