"""The time that stands above a row or an item and holds for it. Pure.

The day over the hours of a schedule («Ngày 11 tháng Giêng»), a heading («2. Đến tháng 6/2027»), or
the lead-in of a list («Mục tiêu đến hết năm 2026:»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.draft import Span
from assistant.evidence import is_precise
from ingest.dates import DateMention, find_dates
from ingest.markers import marker_of
from ingest.records import SourceDocument
from ingest.tables import is_day_cell, tables_of

_REACH = 20  # lines between a lead-in and the last item it announces
_LEAD_WORDS = 40  # of a line that announces others
_DAY_WORDS = 10  # of a line that says a day and little else: «Sáng thứ Bảy, ngày 12/5/2025»
_UNMARKED = 99
_LIMITS = frozenset({"before", "by", "until", "within"})
_KEPT = 1 << 10


@dataclass(frozen=True, slots=True)
class TimeAbove:
    """A time as written and the line that gives it; ``is_day`` where it is a day of a calendar."""

    text: str
    span: Span
    is_limit: bool
    is_day: bool


def time_above(document: SourceDocument, start: int) -> TimeAbove | None:
    """The nearest time above ``start`` that holds for what stands there; None where none does."""
    for begin, end in (*_bands(document, start), *_leads(document, start)):
        words = document.text[begin:end]
        if is_day_cell(words):
            return TimeAbove(words.strip(" .:"), Span(document, begin, end), False, True)
        if found := _times_in(words):
            first = found[0]
            shown = re.sub(r"\s+", " ", first.text).strip(" ,;")
            is_day = re.search(r"-\d\d-\d\d", first.value) is not None
            return TimeAbove(shown, Span(document, begin, end), first.cue in _LIMITS, is_day)
    return None


@lru_cache(_KEPT)
def _times_in(words: str) -> tuple[DateMention, ...]:
    """The times in a lead-in: a year alone only where it is a limit («đến hết năm 2026»)."""
    return tuple(
        d
        for d in find_dates(words)
        if not d.reference
        and not d.named_day
        and (is_precise(d.value) or (d.cue in _LIMITS and re.fullmatch(r"\d{4}", d.value)))
    )


def _bands(document: SourceDocument, start: int) -> Iterator[tuple[int, int]]:
    """The nearest line above the row at ``start``, within its table, that says a day alone."""
    text = document.text
    for table in tables_of(text):
        if table.start < start < table.end:
            lines = re.finditer(r"[^\n]+", text[table.start : start])
            days = [m for m in lines if is_day_cell(m.group().strip())]
            if days:
                yield table.start + days[-1].start(), table.start + days[-1].end()
            return


def _leads(document: SourceDocument, start: int) -> Iterator[tuple[int, int]]:
    """The lines that announce the item at ``start``: the nearest lead-in, then its headings."""
    text = document.text
    line = text.rfind("\n", 0, start) + 1
    label = text.find(":", line, start)
    if label >= 0 and len(text[line:label].split()) <= _DAY_WORDS:
        yield line, label  # «2. Đến tháng 6/2028: …; …» is of all items of the line
    if (lead := _lead_in(text, line)) is not None:
        yield lead
    for section in reversed(document.ancestry(document.section_at(start))):
        if section.start >= line:
            continue
        newline = text.find("\n", section.start, section.end)
        end = section.end if newline < 0 else newline
        if _announces(text[section.start : end]):
            yield section.start, end


def _lead_in(text: str, line: int) -> tuple[int, int] | None:
    """The line above the item at ``line``, and its siblings, that announces them."""
    end_of_line = text.find("\n", line)
    own = _rank(text[line : end_of_line if end_of_line >= 0 else len(text)])
    end = line - 1
    for _ in range(_REACH):
        if end <= 0:
            return None
        begin = text.rfind("\n", 0, end) + 1
        words = text[begin:end].strip()
        if words:
            rank = _rank(words)
            is_above = rank < own or (rank == _UNMARKED and (own < _UNMARKED or _announces(words)))
            if is_above:
                at = begin + text[begin:end].index(words)
                return (at, at + len(words)) if _announces(words) else None
        end = begin - 1
    return None


def _rank(line: str) -> int:
    marker = marker_of(line.strip())
    return marker[0] if marker else _UNMARKED


def _announces(line: str) -> bool:
    """Whether a line is a heading or lead-in rather than a sentence that stands for itself."""
    words = line.strip()
    if words.endswith(":"):
        return len(words.split()) <= _LEAD_WORDS
    return len(words.split()) <= _DAY_WORDS and not words.endswith((".", ";", ","))
