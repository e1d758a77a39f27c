"""Answers from field lines, which complete a task: «Đơn vị chủ trì: …», «Thời gian: …». Pure."""

from __future__ import annotations

from collections.abc import Callable

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence
from assistant.read.lines import clean, clip
from assistant.read.thresholds import min_coverage
from assistant.records import Question
from assistant.units import fields_after


def field_of_best(
    question: Question, evidence: Evidence, is_wanted: Callable[[str], bool]
) -> Draft:
    """The field line of the wanted kind that completes the best sentence, both quoted."""
    content = [u for u in evidence.units if not u.is_field]
    if not content or content[0].coverage < min_coverage(question):
        return Draft()
    best = content[0]
    for start, end in fields_after(best.document, best.end):
        line = best.document.text[start:end]
        if is_wanted(line):
            value = clean(line.partition(":")[2]).rstrip(".")
            said = clip(best.document, (best.start, best.end))
            return Draft(
                (Line(value, (Span(best.document, *said), Span(best.document, start, end))),)
            )
    return Draft()
