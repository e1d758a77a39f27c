"""Rows of the register as a question meets them: what each says, and how well it fits. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.evidence import Evidence, Unit, scored
from assistant.question_terms import QuestionTerms
from assistant.records import RegisterRow
from assistant.units import SourceUnit


@dataclass(frozen=True, slots=True)
class Duty:
    """A row with its scores for one question (see :class:`assistant.evidence.Unit`)."""

    row: RegisterRow
    unit: Unit

    @property
    def coverage(self) -> float:
        return self.unit.coverage

    @property
    def score(self) -> float:
        return self.unit.score


def fitting(rows: Iterable[tuple[RegisterRow, SourceUnit]], evidence: Evidence) -> list[Duty]:
    """The rows by how well they fit the question, best first.

    What the search thought of the passage and the sentence in which a row stands counts for it too.
    """
    return sorted(_scored(rows, evidence), key=lambda duty: -duty.score)


def _scored(rows: Iterable[tuple[RegisterRow, SourceUnit]], evidence: Evidence) -> Iterator[Duty]:
    inside: dict[str, QuestionTerms] = {}
    for row, source in rows:
        document = row.document.id
        card = evidence.cards.get(document)
        if card is None:
            continue
        if document not in inside:
            inside[document] = evidence.terms.within(card)
        near = [
            u
            for u in evidence.units
            if u.document.id == document and u.start < source.end and source.start < u.end
        ]
        prior = max((u.prior for u in near), default=0.0)
        similarity = max((u.similarity for u in near), default=0.0)
        yield Duty(row, scored(source, inside[document], card, prior, similarity))
