"""Terms that run from an event: «trong thời hạn 10 ngày kể từ ngày …», «within 24 hours». Pure."""

from __future__ import annotations

import datetime

from ingest.dates.forms import Form, Hit, needs
from ingest.dates.records import Found
from ingest.dates.words import FULL, compiled

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_NUMBERS |= {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "bay": 7, "muoi": 10}
_WORDS_EN = "one|two|three|four|five|six|seven|ten"
_UP_TO = r"(?:(?:tu\s+)?\d{1,3}\s*(?:-|–|den)\s*)?"  # of «05 đến 07 ngày» the longer term counts
_UNIT = (
    r"(?P<unit>ngay\s+lam\s+viec|(?:working|business)\s+days?|ngay|tuan|thang|nam|gio"
    r"|days?|weeks?|months?|years?|hours?)\b"
)
_SAID_AGAIN = r"(?:\([^)\d]{1,20}\)\s*)?"  # «05 (năm) ngày»
_DURATION = rf"{_UP_TO}(?:0?(?P<n>\d{{1,3}})|(?P<word>{_WORDS_EN}))\s*{_SAID_AGAIN}{_UNIT}"
_ANY_DURATION = _DURATION.replace(_WORDS_EN, "|".join(_NUMBERS))
_AT_LEAST = r"(?:it\s+nhat|t(?:oi|ối)\s+thieu|at\s+least)"
_LIMIT = (
    r"(?:(?:trong\s+)?(?:vong|thoi\s+(?:han|gian))(?:\s+(?:la|khong\s+qua|t(?:oi|ối)\s+da|cham\s+nhat))*"
    rf"|(?:cham|muon)\s+nhat(?:\s+(?:la|trong|sau|vong|truoc))*|truoc\s+{_AT_LEAST}|{_AT_LEAST}\s+truoc"
    r"|within|not?\s+later\s+than)\s*:?"
)
_SINCE = (
    r"(?:ke\s+tu|tinh\s+tu|tu|sau|truoc)\s+(?:khi\b|ngay\b(?!\s*\d)|thoi\s+diem\b)"
    rf"|(?:ke|tinh)\s+tu\b(?:\s+(?:ngay\s+)?{FULL}(?!\s*(?:den|-))|(?!\s*(?:ngay\s*)?\d))"
)
_SINCE_EN = rf"(?:from|of|after|since|before|prior\s+to)\b(?:\s+{FULL}|(?!\s*\d))"
_RELATIVE = compiled(
    rf"\b(?:{_LIMIT}\s+)(?:\w+\s+nhat\s+)?{_ANY_DURATION}"
    rf"(?:\s*,?\s*(?:{_SINCE}|{_SINCE_EN})|\s+(?:sau|truoc)\s+(?:ngay\s+)?{FULL})?"
)
_RELATIVE_SINCE = compiled(
    rf"\b(?:(?:trong|sau|khong\s+qua|t(?:oi|ối)\s+da|truoc|after|in|{_AT_LEAST})\s+)?{_DURATION}\s*,?\s*"
    rf"(?:{_SINCE}|(?<=[sy]\s)(?:before|after|prior\s+to)\b(?!\s*\d)|in\s+advance\b)"
)
#: «gửi tài liệu trước 07 ngày làm việc»: not so an hour, or a month («trước 12 tháng 5»).
_AHEAD = compiled(
    rf"\btruoc\s+0?(?P<n>\d{{1,3}})\s*{_SAID_AGAIN}(?P<unit>ngay\s+lam\s+viec|ngay|tuan)\b"
)
_HOURS = compiled(r"\b(?:trong\s+)?(?:vong|thoi\s+han)\s+(?P<n>\d{1,3})\s?(?P<unit>h)\b")
_CLOCK_AFTER = compiled(
    r"\s*,?\s*(?:\d{1,2}\b|(?:cac\s+)?ngay\s+\d|thu\s+\w|chu\s+nhat|hang\s|moi\s)"
)
_AGO = compiled(r"\s*(?:qua|gan\s+day|vừa|truoc\s+day|dau|cuoi|mot\s+lan|/)\b")
_DAYS_NAMED = compiled(r"\s*[,(:]?\s*\d")


def _relative(match: Hit, issued: datetime.date | None) -> Found | None:
    number = int(match["n"]) if match["n"] else _NUMBERS[match["word"]]
    if _AGO.match(match.string, match.end) or number == 0:
        return None
    unit = " ".join(match["unit"].split())
    if unit == "gio" and _CLOCK_AFTER.match(match.string, match.end):
        return None  # «chậm nhất 16 giờ 30 phút ngày 20/4»: an hour of the day
    if "lam viec" in unit or ("day" in unit and unit[0] in "wb"):
        value = f"P{number}BD"
    elif unit in ("gio", "h", "hour", "hours"):
        value = f"PT{number}H"
    else:
        letter = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}.get(unit) or unit[0].upper()
        value = f"P{number}{letter}"
    return Found(match.start, match.end, f"RELATIVE:{value}", "within")


def _ahead(match: Hit, issued: datetime.date | None) -> Found | None:
    if _DAYS_NAMED.match(match.string, match.end):
        return None  # «trước 02 ngày 15 và 16/5»
    return _relative(match, issued)


FORMS = (
    Form(_RELATIVE, None, _relative, needs("vong thoi cham muon within later it thieu")),
    Form(
        _RELATIVE_SINCE, None, _relative, needs("ke tinh tu sau truoc before after prior advance")
    ),
    Form(_AHEAD, None, _ahead, needs("truoc")),
    Form(_HOURS, None, _relative, needs("vong han")),
)
