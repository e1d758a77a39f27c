"""What the words of an answer only point to: «cùng ngày», «các nội dung a, b, c». Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence
from assistant.read.lines import clean, clip, window
from ingest.dates import find_dates

_SAME_DAY = re.compile(
    r"\b(?:cùng ngày|ngày này|hôm đó|ngày đó|ngày nêu trên|cùng thời gian|thời gian trên)\b", re.I
)
_OWN_DAY = re.compile(r"\d{1,2}/\d{1,2}|ngày \d")
_THESE = re.compile(
    r"\b(?:các|những) (?:nội dung|nhiệm vụ|mục|điểm|phần|việc|công việc|khoản)"
    r"(?: (?:[a-zđ]|\d{1,2})(?:(?:,| và) (?:[a-zđ]|\d{1,2}))+\b| [^.;]{0,20}\btrên\b)",
    re.I,
)
_REACH = 800  # characters before, in which what is pointed to stands


def with_referents(draft: Draft, evidence: Evidence) -> Draft:
    """``draft`` with what its words only point to: the day of «cùng ngày», the item asked about of
    «các nội dung a, b, c»."""
    lines = []
    for line in draft.lines:
        own = line.evidence[-1]
        said = own.document.text[own.start : own.end]
        if _SAME_DAY.search(said) and (day := _day_before(own)):
            line = Line(f"{line.text.rstrip('.')} ({day[0]})", (day[1], *line.evidence))
        elif _THESE.search(said) and (item := _item_meant(own, evidence)):
            line = Line(line.text, (item, *line.evidence))
        lines.append(line)
    return replace(draft, lines=tuple(lines))


def _day_before(span: Span) -> tuple[str, Span] | None:
    """The last day that stands before ``span``, as written, and the line that gives it."""
    text = span.document.text
    begin = max(0, span.start - _REACH)
    days = [
        d
        for d in find_dates(text[begin : span.start])
        if re.search(r"\d-\d\d-\d\d", d.value) and not d.reference
    ]
    if not days or _OWN_DAY.search(text[span.start : span.end]):
        return None
    at = begin + days[-1].start
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[start:stop].strip(" -–+*•")
    start = text.index(line, start)
    day = re.search(r"ngày .*", days[-1].text)  # the hour is of something else
    shown = clean(day.group() if day else days[-1].text)
    return shown, Span(span.document, *clip(span.document, (start, start + len(line))))


def _item_meant(span: Span, evidence: Evidence) -> Span | None:
    """The item before ``span`` that best says what is asked about."""
    before = (
        u
        for u in evidence.units
        if u.document.id == span.document.id and span.start - _REACH < u.start < u.end <= span.start
    )
    best = next(before, None)
    if best is None:
        return None
    line = best.document.text.rfind("\n", 0, best.start) + 1
    label = best.document.text[line : best.start]  # «c)» is what «các nội dung a, b, c» names
    start = line if not label.strip(" ().-/0123456789abcdđefghik") else best.start
    span = window(best, best.start, best.start)
    return Span(best.document, start if span.start == best.start else span.start, span.end)
