"""The units of the retrieved passages, scored against the question. Pure.

Terms weigh by how rare they are in the library. A term of the document's own card (title, number,
issuer) has done its work when the document was found, and weighs little inside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.library_index import LibraryIndex
from assistant.numbered import is_of_another, numbered
from assistant.quantities import Quantity, quantities, verdict_on
from assistant.question_terms import QuestionTerms, agreement, folded_share
from assistant.records import Intent, Question, Scope
from assistant.retrieve import Hit
from assistant.units import SourceUnit
from ingest.dates import DateMention, matches
from ingest.header import KINDS
from ingest.records import Role, SourceDocument
from ingest.vietnamese import fold

_AROUND_SHARE, _BEFORE_SHARE, _COMPLETED_SHARE = 0.75, 0.65, 0.95
_OWN_WEIGHT, _PRIOR_WEIGHT, _SIMILARITY_WEIGHT = 0.3, 0.45, 0.45
LEAD_IN_LOSS = 0.3
_BOUND_WEIGHT = 0.3  # of a condition that an amount in the question meets, or does not
_OTHER_NUMBER_LOSS = 0.5  # of a unit on another of what comes in numbers
_DECIDING_WEIGHT = 0.5  # of any bound on what is asked about, where yes or no is asked
_MIN_ASKED = 0.2  # below it the question asks of the document as a whole
_READABLE = frozenset({Role.PREAMBLE, Role.BODY})
_TITLE_WORDS = 4  # of a line in capitals that is a title
_PROSE_WORDS = 10  # of a line above the head that is a sentence
_CLOSING_LENGTH = 400  # characters; more than that says something itself
# Folded; the rest asks nobody for anything.
_CLOSING = re.compile(
    r"tren day la (?:toan bo )?(?:noi dung )?(?:" + "|".join(sorted(map(fold, KINDS))) + r")\b"
    r"(?!.*\b(?:yeu cau|de nghi|kinh de nghi|giao|bao cao ve|phan anh|neu co|truoc ngay|vuong mac"
    r"|chiu trach nhiem|thoi han)\b)",
    re.S,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its scores for one question.

    ``coverage`` is the share (0…1) of the question's weighted terms that the unit says, itself or
    by its surroundings; ``own`` what it says itself; ``specific`` is the coverage of the terms that
    do not merely name the document; ``similarity`` the cosine, ``prior`` how well its passage was
    ranked; ``score`` ranks the units.
    """

    source: SourceUnit
    coverage: float
    own: float
    specific: float
    similarity: float
    prior: float
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
        *,
        beside: bool = False,
    ) -> Evidence:
        """Score every sentence and item of the hits in ``documents``.

        ``beside``: the question names them all, so that what names one is no part of what is asked
        of another.
        """
        question_terms = QuestionTerms.of(question, index)
        cards = {d.id: index.card_said(d.id) for d in documents}
        if beside:
            cards = dict.fromkeys(cards, frozenset().union(*cards.values()))
        inside = {i: question_terms.within(card) for i, card in cards.items()}
        top = hits[0].score or 1.0
        found = [
            (source, hit.score / top)
            for hit in hits
            if hit.document.id in inside
            for source in index.units_of(hit.passage)
            if (source.role in _READABLE or _is_prose_above(source))
            and not _is_title(source)
            and not _says_nothing(source)
        ]
        alike = index.similarity(question, [source for source, _ in found])
        units = [
            scored(source, inside[source.document.id], cards[source.document.id], prior, near)
            for (source, prior), near in zip(found, alike, strict=True)
        ]
        if amounts := quantities(question.text):
            decides = question.intent is Intent.YES_NO
            units = [_weighed(unit, amounts, decides) for unit in units]
        if asked := numbered(fold(question.text).lower()):
            units = [_unless_of_another(unit, asked) for unit in units]
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


def _weighed(unit: Unit, amounts: Sequence[Quantity], decides: bool) -> Unit:
    """A unit whose bound an amount of the question meets speaks of its case.

    Where yes or no is asked (``decides``) a bound that it does not meet answers as well.
    """
    allows = verdict_on(amounts, unit.text)
    if allows is None:
        return unit
    gain = _DECIDING_WEIGHT if decides else _BOUND_WEIGHT if allows else -_BOUND_WEIGHT
    return replace(unit, score=unit.score + gain)


def _unless_of_another(unit: Unit, asked: list[tuple[str, int]]) -> Unit:
    """A unit on «chuyên đề 1» comes after all on «chuyên đề 2», where that is asked about."""
    if not is_of_another(asked, numbered(fold(unit.text).lower())):
        return unit
    return replace(unit, score=unit.score - _OTHER_NUMBER_LOSS)


def _is_prose_above(source: SourceUnit) -> bool:
    """A sentence before the head of a document, on a page that only gives it: it says something."""
    text = source.text
    if source.role is not Role.HEAD or not text.endswith((".", ":")) or "\n" in text:
        return False
    head = source.document.header
    fields = (head.number, head.issuer, head.date, head.title, *head.bases)
    first = min((f.start for f in fields if f), default=0)
    return source.end <= first and len(text.split()) >= _PROSE_WORDS


def _says_nothing(source: SourceUnit) -> bool:
    """A line that closes the document or puts a question: neither answers any.

    «Trên đây là Kế hoạch …», where nothing more is asked for; «Hồ sơ gồm những gì?» on a web page.
    """
    text = source.text
    if text.endswith("?"):
        return True
    folded = fold(text[:_CLOSING_LENGTH]).lower()
    return _CLOSING.match(folded) is not None and len(text) < _CLOSING_LENGTH


def _is_title(source: SourceUnit) -> bool:
    """The title, or a line in capitals before the first section: it names the document alone."""
    title = source.document.header.title
    if title is not None and title.start <= source.start < title.end:
        return True
    text = source.text
    return source.role is Role.PREAMBLE and text.isupper() and len(text.split()) >= _TITLE_WORDS


def scored(
    source: SourceUnit,
    terms: QuestionTerms,
    card: frozenset[str],
    prior: float,
    similarity: float,
) -> Unit:
    """``prior`` (0…1) is how well the unit's passage was ranked, ``similarity`` its cosine."""
    own = covered = specific = asked = 0.0
    wanted = terms.wanted
    said, before, around = source.said & wanted, source.before & wanted, source.around & wanted
    before_share = _COMPLETED_SHARE if source.is_field else _BEFORE_SHARE
    own_shares: dict[str, float] = {}
    shares: dict[str, float] = {}
    for term in terms.weights:
        if term in said:
            own_shares[term] = shares[term] = 1.0
            continue
        folded, share = folded_share(term)
        own_share = own_shares[term] = share if folded in said else 0.0
        shares[term] = max(
            own_share,
            before_share * (1.0 if term in before else share if folded in before else 0.0),
            _AROUND_SHARE * (1.0 if term in around else share if folded in around else 0.0),
        )

    for term, weight in terms.meant(shares.__getitem__).items():
        own += weight * own_shares[term]
        share = shares[term]
        known = agreement(term, card)
        covered += weight * max(share, known)
        if known < 1.0:
            asked += weight
            specific += weight * share
    particular = specific / asked if asked >= _MIN_ASKED else 1.0
    lead_in = LEAD_IN_LOSS if source.text.endswith(":") else 0.0  # it announces, others say
    score = (
        covered
        - lead_in
        + _OWN_WEIGHT * own
        + _PRIOR_WEIGHT * prior
        + _SIMILARITY_WEIGHT * similarity
    )
    return Unit(source, covered, own, particular, similarity, prior, score)


def _dated_units(
    question: Question, question_terms: QuestionTerms, index: LibraryIndex, scope: Scope
) -> tuple[Unit, ...]:
    """Units anywhere in scope with a date that agrees with one the question gives."""
    asked = [m for m in question.dates if not m.named_day and is_precise(m.value)]
    if not asked:
        return ()

    def agrees(value: str) -> bool:
        return is_precise(value) and any(matches(q.value, value) for q in asked)

    found: list[Unit] = []
    for passage in index.passages_dated(agrees, index.inside(scope), question):
        document = index.document(passage.document_id)
        for source in index.units_of(passage):
            if any(not d.reference and not d.named_day and agrees(d.value) for d in source.dates):
                card = index.card_said(document.id)
                found.append(scored(source, question_terms.within(card), card, 0.0, 0.0))
    return tuple(sorted(found, key=lambda u: -u.score))


def is_precise(value: str) -> bool:
    """A day, month, quarter, hour or term; a year alone names a document more often than a time."""
    return re.search(r"-\d\d(?!\d)|-Q\d|LY-|RELATIVE", value) is not None
