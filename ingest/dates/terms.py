"""Terms that run from an event: «trong thời hạn 10 ngày kể từ ngày …», «within 24 hours». Pure."""

from __future__ import annotations

import datetime

from ingest.dates.forms import Form, Hit, needs
from ingest.dates.records import Found
from ingest.dates.words import compiled

_NUMBER = r"(?:0?(?P<n>\d{1,3})|(?P<word>one|two|three|four|five|six|seven|ten))"
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DURATION = (
    rf"{_NUMBER}\s*(?:\([^)\d]{{1,20}}\)\s*)?"
    r"(?P<unit>ngay\s+lam\s+viec|(?:working|business)\s+days?|ngay|tuan|thang|nam|gio|days?|weeks?|months?|years?|hours?)\b"
)
_LIMIT = (
    r"(?:(?:trong\s+)?(?:vong|thoi\s+(?:han|gian))(?:\s+(?:la|khong\s+qua|t(?:oi|ối)\s+da|cham\s+nhat))*"
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
    rf"\b(?:(?:trong|sau|khong\s+qua|t(?:oi|ối)\s+da|truoc|after|in)\s+)?{_DURATION}\s*,?\s*(?:{_SINCE})"
)
_CLOCK_AFTER = compiled(
    r"\s*,?\s*(?:\d{1,2}\b|(?:cac\s+)?ngay\s+\d|thu\s+\w|chu\s+nhat|hang\s|moi\s)"
)
_AGO = compiled(r"\s*(?:qua|gan\s+day|vừa|truoc\s+day|dau|cuoi|mot\s+lan|/)\b")


def _relative(match: Hit, issued: datetime.date | None) -> Found | None:
    number = int(match["n"]) if match["n"] else _NUMBERS[match["word"]]
    if _AGO.match(match.string, match.end) or number == 0:
        return None
    unit = " ".join(match["unit"].split())
    if unit == "gio" and _CLOCK_AFTER.match(match.string, match.end):
        return None  # «chậm nhất 16 giờ 30 phút ngày 20/4»: an hour of the day
    if "lam viec" in unit or ("day" in unit and unit[0] in "wb"):
        value = f"P{number}BD"
    elif unit in ("gio", "hour", "hours"):
        value = f"PT{number}H"
    else:
        letter = {"ngay": "D", "tuan": "W", "thang": "M", "nam": "Y"}.get(unit) or unit[0].upper()
        value = f"P{number}{letter}"
    return Found(match.start, match.end, f"RELATIVE:{value}", "within")


FORMS = (
    Form(_RELATIVE, None, _relative, needs("vong thoi cham muon within later")),
    Form(_RELATIVE_SINCE, None, _relative, needs("ke tinh tu sau truoc")),
)
