"""Ranges: «từ 15/5 đến 22/5/2023», «giai đoạn 2023-2025», «từ nay đến hết tháng 9». Pure."""

from __future__ import annotations

import datetime
from dataclasses import replace

from ingest.dates.forms import Form, Hit, after_count, complete, core, needs, unreadable
from ingest.dates.records import Found
from ingest.dates.values import Point, read_point
from ingest.dates.words import FULL, LEAD, MONTH, NGAY, QUARTER, YEAR, D, M, Q, Y, compiled

_POINT = rf"(?:{FULL}|{QUARTER}|{MONTH}|{YEAR})"
_TO = r"\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|to|until|till|through|and|va|->|-|–|—|→)\s*"
_FROM = r"(?:(?:(?:ke|bat\s+dau|tinh)\s+)?tu|from|between|trong)"
_BEFORE_RANGE = compiled(rf"(?:\b(?P<cue>{_FROM})\s+)?(?P<lead>{LEAD})$")
_RANGE = core(
    rf"(?P<a>{_POINT}|{D}\.{M}(?=\s*(?:-|–|—|den|toi)\D{{1,20}}{D}\.{M}\.)"
    rf"|(?P<day>{D})(?<!gio\s\d)(?<!gio\s\d\d)(?=\s*(?:-|–|—|→|den|toi|to|and|va))"
    rf"|(?:thang|thg\.?)\s*(?P<month>{M})|(?P<quarter>qu[yi]\s*{Q}))"
    rf"(?P<to>{_TO})(?:truoc\s+)?{LEAD}(?P<b>{_POINT}|(?P<m2>{M})\s?/\s?(?P<y2>{Y})|(?P<q2>{Q}\s*[/,]?\s*(?:nam\s+)?{Y}))"
)
_YEARS = compiled(
    rf"(?:\b(?P<cue>trong\s+giai\s+doan|giai\s+doan|nhiem\s+k[yi]|(?:tu\s+)?nam\s+hoc|tu\s+nam|tu|from|period|between|nam|school\s+year|trong)\s+)"
    rf"(?:tu\s+)?(?:nam\s+)?(?P<a>{Y})(?P<to>{_TO})(?:het\s+)?(?:nam\s+)?(?P<b>{Y})"
)
_OPEN_END = compiled(
    rf"\b{_FROM}\s+{LEAD}(?P<a>{_POINT})\s*,?\s*(?:(?:cho\s+)?(?:den|toi)|until|to)\s+"
    r"(?:(?:khi|luc)\b(?:\s+(?:ket\s+thuc|hoan\s+thanh|xong|co)\b)?|(?:the\s+)?(?:end|completion)\s+of|(?<=until\s)(?:the|its)\b)"
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
            if a.valid and _is_backwards(a, b) and not match["day"]:
                a = replace(a, year=b.year - 1)
        elif issued is not None:
            b = complete(b, issued, "range")
            a = replace(a, year=b.year)
            if a.valid and _is_backwards(a, b) and not match["day"]:
                a = replace(a, year=(b.year or 0) - 1)
    elif b.year is None:
        b = replace(b, year=a.year)
        certain = True
        if a.valid and b.valid and _is_backwards(a, b):
            b = replace(b, year=(a.year or 0) + 1)
    if not (a.valid and b.valid):
        return None
    if _is_backwards(a, b):
        return unreadable(match)  # «từ 28 đến 05/6»: the first month can only be guessed
    start = match.start
    if match["day"] and a.day and b.day:
        start = after_count(match, b.day - a.day + 1)
    return Found(start, match.end, f"{a.value()}/{b.value()}", "range", certain)


def _is_backwards(a: Point, b: Point) -> bool:
    known = [replace(point, year=point.year or 2024) for point in (a, b)]
    first, last = known[0].first_day(), known[1].last_day()
    same_year = a.year is not None or (a.month, a.quarter) == (b.month, b.quarter)
    return same_year and first is not None and last is not None and first > last


_DOTTED = core(rf"(?P<a>{D}\.{M})\s*(?:-|–|den|toi)\s*(?:het\s+)?{NGAY}?(?P<b>{D}\.{M})(?!\.?\d)")


def _dotted(match: Hit, issued: datetime.date | None) -> Found | None:
    """«từ ngày 15.6 đến ngày 20.6»: a stop makes dates only where they are called days."""
    a, b = read_point(match["a"]), read_point(match["b"])
    if "ngay" not in match.text or a is None or b is None:
        return None
    low, high = complete(a, issued, "range"), complete(b, issued, "range")
    if _is_backwards(low, high):
        return None
    return Found(match.start, match.end, f"{low.value()}/{high.value()}", "range", certain=False)


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
    dated = complete(a, issued, "from")
    return Found(match.start, match.end, f"{dated.value()}/END", "range", a.year is not None)


def _from_now(match: Hit, issued: datetime.date | None) -> Found | None:
    b = read_point(match["b"])
    if b is None:
        return None
    dated = complete(b, issued, "until")
    return Found(match.start, match.end, f"/{dated.value()}", "until", b.year is not None)


_LINKS = needs("- – — → den toi to until till through and va")
FORMS = (
    Form(_FROM_NOW, None, _from_now, needs("nay gio now")),
    Form(_RANGE, _BEFORE_RANGE, _range, _LINKS),
    Form(_DOTTED, _BEFORE_RANGE, _dotted, needs(".")),
    Form(_OPEN_END, None, _open_end, needs("khi luc end completion until")),
    Form(_YEARS, None, _years, _LINKS),
)
