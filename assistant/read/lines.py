"""Statements and their quotes, cut to what a person reads at a glance. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Line, Span
from assistant.evidence import Unit
from assistant.units import MARKER, completed_line
from ingest.records import SourceDocument

SHORT_WORDS = 40
MAX_LINES = 8


def quoted(unit: Unit) -> Line:
    span = window(unit, unit.start, unit.start)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *clip(unit.document, above)), span)
    return Line(shortened(unit.document.text[span.start : span.end], SHORT_WORDS), evidence)


def window(unit: Unit, start: int, end: int, words: int = 90) -> Span:
    """The unit, or, where it is long, the clauses of it around ``start…end``."""
    text = unit.document.text
    if len(unit.text.split()) <= words:
        return Span(unit.document, _whole(unit, words), unit.end)
    begin, finish = unit.start, unit.end
    clauses = [m.end() for m in re.finditer(r"[,;:]\s+", text[unit.start : unit.end])]
    for cut in clauses:
        if (
            unit.start + cut <= start
            and len(text[unit.start + cut : max(end, unit.start + cut)].split()) >= words // 2
        ):
            begin = unit.start + cut
    for cut in reversed(clauses):
        if unit.start + cut >= end and len(text[begin : unit.start + cut].split()) > words:
            finish = unit.start + cut
    piece = text[begin:finish].rstrip(" ,;:")
    return Span(unit.document, begin, begin + len(piece))


def _whole(unit: Unit, words: int) -> int:
    """Where the sentence begins that ``unit``, an item after a semicolon, is a part of."""
    text = unit.document.text
    line = max(text.rfind("\n", 0, unit.start) + 1, text.rfind(". ", 0, unit.start) + 2)
    before = text[line : unit.start]
    if ";" not in before or len(text[line : unit.end].split()) > words:
        return unit.start
    marker = MARKER.match(text, line, unit.start)
    return marker.end() if marker else line


def clip(document: SourceDocument, span: tuple[int, int], words: int = 40) -> tuple[int, int]:
    start, end = span
    found = list(re.finditer(r"\S+", document.text[start:end]))
    return (start, end) if len(found) <= words else (start, start + found[words - 1].end())


def shortened(text: str, words: int) -> str:
    """``text`` cut at a clause, marked with «…», where it is longer than ``words``."""
    flat = clean(text)
    parts = flat.split()
    if len(parts) <= words:
        return flat
    head = " ".join(parts[:words])
    cut = max(head.rfind(mark) for mark in (",", ";", ":", "."))
    return (head[:cut] if cut > len(head) * 0.4 else head).rstrip(" ,;:.") + "…"


def clean(text: str) -> str:
    return re.sub(r"^[-–+•*]\s+", "", " ".join(text.split()).strip(" ,;"))


def distinct(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple({(x.text, x.evidence[-1].start): x for x in lines}.values())
