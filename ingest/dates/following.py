"""What the words after a date make of it: open at its end, of another year. Pure."""

from __future__ import annotations

import datetime
import re

from ingest.dates.records import Found
from ingest.dates.words import compiled

_MAY_OPEN = compiled(r"\s*[,(]?\s*(?:va|and|tro|onwards?)\b")
_ONWARD = compiled(
    r"\s*,?\s*(?:\(?\s*(?:va|and)\s+(?:"
    r"(?:cac|nhung)\s+(?:nam|thang|quy|qui|ky)\s+(?:tiep\s+theo|ke\s+tiep|sau(?:\s+(?:do|nay))?)"
    r"|(?:the\s+)?(?:following|subsequent|next)\s+(?:years|months|quarters))\b"
    r"|tro\s+(?:di|ve\s+sau)\b|onwards?\b)"
)
_BACKWARD = compiled(r"\s+tro\s+ve\s+truoc\b")
#: A point, a range or a list: its first point.
_FIRST_POINT = re.compile(
    r"((?:\d{4}|-)(?:-\d\d(?:-\d\d)?|-Q[1-4])?)(?:/(?:\d{4}[\w-]*)?|(?:;[\d-]+)+)?$"
)


def opened(words: str, found: Found, limit: int) -> Found:
    """``found``, open at its end where the words after it, up to ``limit``, say so.

    «năm 2026 và những năm tiếp theo», «từ 01/7/2025 trở đi», «giai đoạn 2021-2025 và các năm sau»
    are from their first day on, «năm 2025 trở về trước» is until its last.
    """
    if found.cue not in ("in", "on", "from", "range"):
        return found
    if not _MAY_OPEN.match(words, found.end, limit):
        return found
    point = _FIRST_POINT.match(found.value)
    if point and (match := _ONWARD.match(words, found.end, limit)):
        in_brackets = "(" in match.group() and words[match.end() : match.end() + 1] == ")"
        end = match.end() + in_brackets
        return Found(found.start, end, f"{point[1]}/", "from", found.certain)
    if point and found.cue != "range" and (match := _BACKWARD.match(words, found.end, limit)):
        return Found(found.start, match.end(), f"/{point[1]}", "until", found.certain)
    return found


_NEXT = r"(?:(?:sau\s+)?(?:sau|ke\s+tiep|tiep\s+theo|lien\s+(?:ke|sau))(?:\s+lien\s+ke)?|do)"
_REPORTED = r"(?:b[aá]o\s+c[aá]o|k[eế]\s+ho[aạ]ch|truoc\s+(?:lien\s+ke|ky\s+b[aá]o\s+c[aá]o))"
_OF_THE_YEAR = compiled(
    rf"\s*,?\s*(?:cua\s+)?nam\s+(?:(?P<every>{_NEXT}|{_REPORTED})|(?P<past>truoc|ngoai|qua)"
    r"|(?P<next>toi)|nay)\b(?!\s*\d)"
)
_YEARLESS = re.compile(r"(?:\d{4}|-)-((?:\d\d(?:-\d\d)?|Q[1-4]))/?$")


def of_year(words: str, found: Found, issued: datetime.date | None) -> Found | None:
    """``found`` of the year that the words after it tell of, where they give it no number.

    «trước ngày 10/01 năm sau» is a rule, as «năm báo cáo» and «năm kế hoạch» are; «năm tới» is the
    year after the issue. What was in a year gone by has no value.
    """
    if found.certain:
        return found
    match = _OF_THE_YEAR.match(words, found.end)
    point = _YEARLESS.match(found.value) if match else None
    if match is None or point is None:
        return found
    if match["past"]:
        return None
    if match["every"]:
        return Found(found.start, match.end(), f"YEARLY-{point[1]}", "every")
    value = found.value
    if issued is not None and value[0] != "-":
        value = f"{issued.year + bool(match['next'])}{value[4:]}"
    return Found(found.start, match.end(), value, found.cue, certain=False)
