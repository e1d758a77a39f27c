"""The units of the retrieved passages, scored against the question. Pure.

Terms weigh by how rare they are in the library. A term of the document's own card (title, number,
issuer) has done its work when the document was found, and weighs little inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.records import Question, Scope
from assistant.retrieve import Hit, LibraryIndex, in_scope
from assistant.units import SourceUnit
from ingest.dates import DateMention, matches
from ingest.lexical import terms
from ingest.records import Role, SourceDocument
from ingest.vietnamese import fold

# Words too common in the genre to tell one sentence from another, folded.
_COMMON = frozenset(
    "cua va cac nhung cho ve trong tai o voi la duoc phai theo tu den khi nay do co khong mot tren duoi vao ra "
    "bang nhu de thi ma hay hoac cung nao gi ai dau bao nhieu may the can se da dang bi boi moi ngay thang nam "
    "truoc sau luc gio thoi gian han".split()
)
_AROUND_SHARE, _BEFORE_SHARE, _COMPLETED_SHARE, _KNOWN_SHARE = 0.7, 0.75, 0.95, 0.3
_READABLE = frozenset({Role.PREAMBLE, Role.BODY})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its scores for one question.

    ``coverage`` is the share (0…1) of the question's weighted terms that the unit says, itself or
    by its surroundings; ``own`` what it says itself; ``score`` ranks the units of one question.
    """

    source: SourceUnit
    coverage: float
    own: float
    score: float

    @property
    def document(self) -> SourceDocument:
        return self.source.document

    @property
    def start(self) -> int:
        return self.source.start

    @property
    def end(self) -> int:
        return self.source.end

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def is_field(self) -> bool:
        return self.source.is_field

    @property
    def dates(self) -> tuple[DateMention, ...]:
        """Its dates that may be a time of something: no cited document's, no holiday's."""
        return tuple(d for d in self.source.dates if not d.reference and not d.named_day)


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """Folded terms of a question with their weights, which sum to 1 where there are any."""

    weights: dict[str, float]

    @classmethod
    def of(cls, question: Question, index: LibraryIndex) -> QuestionTerms:
        """A term weighs the more, the rarer it is in the library."""
        weights: dict[str, float] = {}
        for term in terms(fold(question.search)):
            if all(part in _COMMON for part in term.split("_")):
                continue
            if "_" in term and not index.holds(term):
                continue  # two words that only this question puts side by side
            share = 1.0 if "_" in term else 0.6
            weights[term] = max(weights.get(term, 0.0), share * index.rarity(term))
        return cls(weights)._scaled()

    def within(self, card: frozenset[str]) -> QuestionTerms:
        """The terms as they weigh inside a document whose card has ``card``."""
        return QuestionTerms(
            {t: w * (_KNOWN_SHARE if t in card else 1.0) for t, w in self.weights.items()}
        )._scaled()

    def only(self, said: frozenset[str]) -> QuestionTerms:
        """The terms that are in ``said``, alone."""
        return QuestionTerms({t: w for t, w in self.weights.items() if t in said})._scaled()

    def share_in(self, said: frozenset[str]) -> float:
        """The weight of the terms that are in ``said``."""
        return sum(w for t, w in self.weights.items() if t in said)

    def syllable_share_in(self, said: frozenset[str]) -> float:
        """As :meth:`share_in` over single syllables only, scaled to sum to 1."""
        single = {t: w for t, w in self.weights.items() if "_" not in t}
        total = sum(single.values())
        return sum(w for t, w in single.items() if t in said) / total if total else 1.0

    def _scaled(self) -> QuestionTerms:
        total = sum(self.weights.values())
        return QuestionTerms({t: w / total for t, w in self.weights.items()} if total else {})


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a reader may use: units by score, best first, within the documents in focus."""

    units: tuple[Unit, ...]
    dated: tuple[Unit, ...]  # units of the whole scope whose date agrees with the question's
    documents: tuple[SourceDocument, ...]
    terms: QuestionTerms
    cards: dict[str, frozenset[str]]
    known: float  # share of the question's words that the documents in focus hold anywhere

    @classmethod
    def gather(
        cls,
        question: Question,
        hits: Sequence[Hit],
        documents: Sequence[SourceDocument],
        index: LibraryIndex,
        scope: Scope,
    ) -> Evidence:
        """Score every sentence and item of the hits in ``documents``."""
        question_terms = QuestionTerms.of(question, index)
        cards = {d.id: index.card_terms(d.id) for d in documents}
        inside = {i: question_terms.within(card) for i, card in cards.items()}
        units: list[Unit] = []
        top = hits[0].score or 1.0
        for hit in hits:
            own = inside.get(hit.document.id)
            if own is None:
                continue
            card = cards[hit.document.id]
            for source in index.units_of(hit.passage):
                if source.role in _READABLE:
                    units.append(_scored(source, own, card, hit.score / top))
        known = max(
            (question_terms.syllable_share_in(index.said_in(d.id)) for d in documents), default=0.0
        )
        return cls(
            units=tuple(sorted(units, key=lambda u: -u.score)),
            dated=_dated_units(question, question_terms, index, scope),
            documents=tuple(documents),
            terms=question_terms,
            cards=cards,
            known=known,
        )

    def of_document(self, document: SourceDocument) -> Evidence:
        """The part of the evidence that stands in ``document``."""
        return replace(
            self,
            units=tuple(u for u in self.units if u.document.id == document.id),
            dated=tuple(u for u in self.dated if u.document.id == document.id),
            documents=(document,),
        )


def _scored(source: SourceUnit, terms: QuestionTerms, card: frozenset[str], prior: float) -> Unit:
    """``prior`` (0…1) is how well the unit's passage was ranked."""
    own = covered = 0.0
    before = _COMPLETED_SHARE if source.is_field else _BEFORE_SHARE
    for term, weight in terms.weights.items():
        if term in source.said:
            own += weight
            covered += weight
        elif term in source.before:
            covered += weight * before
        elif term in source.around:
            covered += weight * _AROUND_SHARE
        elif term in card:
            covered += weight
    return Unit(source, covered, own, covered + 0.25 * own + 0.25 * prior)


def _dated_units(
    question: Question, question_terms: QuestionTerms, index: LibraryIndex, scope: Scope
) -> tuple[Unit, ...]:
    """Units anywhere in scope with a date that agrees with one the question gives."""
    asked = [m for m in question.dates if not m.named_day and is_precise(m.value)]
    if not asked:
        return ()
    found: list[Unit] = []
    for passage in index.dated_passages():
        document = index.document(passage.document_id)
        if not in_scope(document, scope):
            continue
        for source in index.units_of(passage):
            said = [d.value for d in source.dates if not d.reference and not d.named_day]
            if any(matches(q.value, value) for q in asked for value in said):
                card = index.card_terms(document.id)
                found.append(_scored(source, question_terms.within(card), card, 0.0))
    return tuple(sorted(found, key=lambda u: -u.score))


def is_precise(value: str) -> bool:
    """A day, month, quarter, hour or term; a year alone names a document more often than a time."""
    return re.search(r"-\d\d(?!\d)|-Q\d|LY-|RELATIVE", value) is not None
