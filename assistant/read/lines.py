"""Statements and their quotes, cut to what a person reads at a glance. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Line, Span
from assistant.evidence import Unit
from assistant.question_terms import QuestionTerms
from assistant.units import MARKER, completed_line, said_by
from ingest.records import SourceDocument
from ingest.sentences import sentence_spans

SHORT_WORDS = 40  # of a sentence
ITEM_WORDS = 18  # of an item of a list
MAX_LINES = 8
_WHOLE_WORDS = 120  # of a sentence that is quoted whole
_MORE_SAID = 0.15  # of the question, that a later part of a sentence says beyond its beginning


def quoted(unit: Unit, terms: QuestionTerms | None = None) -> Line:
    """The unit as a line; of a long one the part that says most of ``terms``, where they are given.

    Its evidence is the whole unit, or what is near its beginning where that is very long.
    """
    span = window(unit, unit.start, unit.start)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *clip(unit.document, above)), span)
    words = unit.document.text[span.start : span.end]
    said = shortened(words, SHORT_WORDS) if terms is None else shortened_to(words, terms)
    return Line(said, evidence)


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


def shortened_to(text: str, terms: QuestionTerms, words: int = SHORT_WORDS) -> str:
    """``text`` cut as by :func:`shortened`, from the clause on that says most of ``terms``.

    The beginning is kept unless a later part says clearly more.
    """
    flat = clean(text)
    best = shortened(flat, words)
    if best == flat:
        return flat
    most = terms.share_in(said_by(best)) + _MORE_SAID
    for clause in re.finditer(r"[,;:]\s+", flat):
        part = shortened(flat[clause.end() :], words)
        if (share := terms.share_in(said_by(part))) > most:
            best, most = f"…{part}", share
    return best


def clean(text: str) -> str:
    return re.sub(r"^[-–+•*]\s+", "", " ".join(text.split()).strip(" ,;"))


def distinct(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple({(x.text, x.evidence[-1].start): x for x in lines}.values())


def sentence_around(unit: Unit) -> Span:
    """The whole sentence in which ``unit`` stands, its number or bullet left out."""
    text = unit.document.text
    line, stop = text.rfind("\n", 0, unit.start) + 1, text.find("\n", unit.end)
    spans = sentence_spans(text, line, stop if stop >= 0 else len(text))
    start, end = next((s for s in spans if s[0] <= unit.start < s[1]), (unit.start, unit.end))
    marker = MARKER.match(text, start, end)
    return Span(unit.document, marker.end() if marker else start, max(end, unit.end))


def from_clause(unit: Unit, said: re.Pattern[str]) -> Line:
    """The sentence of ``unit``; a long one from the clause on that holds ``said``."""
    span = sentence_around(unit)
    words = unit.document.text[span.start : span.end]
    if len(words.split()) <= SHORT_WORDS:
        return Line(clean(words), (span,))
    match = said.search(words.lower(), unit.start - span.start) or said.search(words.lower())
    before = words[: match.start()] if match else ""
    begin = max((m.end() for m in re.finditer(r"[,;:]\s+|\s(?=\()", before)), default=0)
    text = shortened(words[begin:].lstrip("("), SHORT_WORDS)
    if len(words.split()) > _WHOLE_WORDS:
        part = clip(unit.document, (span.start + begin, span.end), _WHOLE_WORDS)
        span = Span(unit.document, *part)
    return Line(f"…{text}" if begin else text, (span,))
