"""Answers from the steps of a procedure: «Bước 1 … Bước 4», all of them and in order. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence
from assistant.read.lines import MAX_LINES, shortened
from assistant.read.sections import first_line_end
from assistant.records import Intent, Question
from assistant.units import said_by
from ingest.records import Section, SourceDocument
from ingest.vietnamese import fold

_ASKED = re.compile(
    r"\b(?:quy trinh|trinh tu|cac buoc|nhung buoc|may buoc|bao nhieu buoc|buoc nao|may chang|"
    r"cong doan|may giai doan|qua may (?:khau|buoc))\b"
)
_STEP_WORDS = 25


def asks_steps(question: Question) -> bool:
    """Whether the steps of a procedure are asked for."""
    typed = question.typed.lower()
    return bool(_ASKED.search(fold(question.text).lower()) or re.search(r"\bsteps?\b", typed))


def read_steps(question: Question, evidence: Evidence) -> Draft:
    """The steps of the procedure asked about, with their number where that is asked for."""
    found = [
        (_fit(document, steps, evidence), document, steps)
        for document in evidence.documents
        for steps in _series(document)
    ]
    if not asks_steps(question) or not found:
        return Draft()
    _, document, steps = max(found, key=lambda x: x[0])
    lines = [_line(document, step) for step in steps[: 2 * MAX_LINES]]
    if question.asks(Intent.COUNT):
        ends = (lines[0].evidence[0], lines[-1].evidence[0])
        lines.insert(0, Line(f"{len(steps)} bước", ends))
    return Draft(tuple(lines), certain=True)


def _series(document: SourceDocument) -> list[list[Section]]:
    """The runs of «Bước n» under one heading, each of two steps or more."""
    under: dict[int, list[Section]] = defaultdict(list)
    for section in document.sections:
        if re.match(r"bước\s+\d", section.label.strip(), re.I):
            under[section.parent].append(section)
    return [steps for steps in under.values() if len(steps) > 1]


def _fit(document: SourceDocument, steps: Sequence[Section], evidence: Evidence) -> float:
    """How much of the question the series says, with what it stands under."""
    terms = evidence.terms.within(evidence.cards[document.id])
    around = " ".join(s.heading for s in document.ancestry(document.section_at(steps[0].start)))
    said = said_by(f"{around} {document.text[steps[0].start : steps[-1].end]}")
    return terms.share_in(said)


def _line(document: SourceDocument, step: Section) -> Line:
    end = first_line_end(document, step)
    text = document.text[step.start : end]
    return Line(shortened(text, _STEP_WORDS), (Span(document, step.start, end),))
