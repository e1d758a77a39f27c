"""Whether cited words bear a sentence out. Pure; it would rather refuse than let one through.

A sentence is held against one sentence or item of a source at a time, under its headings, never
against a whole passage: a passage holds the words of many false sentences. The thresholds were
found by ``python -m benchmarks.verification``; ``docs/language-models.md`` has the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from assistant.verify.amounts import unsupported_number
from assistant.verify.bodies import (
    broken_name,
    nearest_actor,
    other_subject,
    unknown_body,
    wrong_actor,
)
from assistant.verify.operators import misused_operator, operators
from assistant.verify.orders import is_order
from assistant.verify.reading import Reading, read, runs
from assistant.verify.times import misbound_date, unsupported_date
from assistant.verify.words import Piece, Words
from ingest import actors
from ingest.normalise import normalise

__all__ = ["STRICT", "Piece", "Reason", "Thresholds", "Verdict", "Words", "verify"]

MAX_WORDS = 80  # a sentence that is longer is none
_MARKUP = re.compile(
    r"[<>{}`|\\]|\]\s*\(|\w://|\bwww\.|\b(?:javascript|data|mailto):|&#?\w+;", re.I
)
_FRAME = re.compile(r"\bdiễn ra\s+", re.I)  # «Đại hội diễn ra từ ngày …» of «Đại hội: từ ngày …»
_STATING = ("not", "may", "must", "if")  # operators that no name has
_VERDICT = re.compile(r"(?:có|không|đúng|sai|vâng|dạ|được|yes|no)\s*[,:.!]", re.I)
_FROM_CARD = re.compile(r"(?:theo|tại|trong|căn cứ)\s+(?P<card>[^,:;]{4,200}),\s+", re.I)


class Reason(StrEnum):
    """Why a sentence is refused."""

    KEPT = "kept"
    UNCITED = "uncited"  # no number, or one that no passage has
    FORM = "form"  # no statement: too short or long, a question, an order, markup
    VERDICT = "verdict"  # it begins with a yes or no, which is the reader's to say
    WORDS = "words"  # words that the source does not have
    ORDER = "order"  # its words stand otherwise there
    DATE = "date"
    NUMBER = "number"
    DOCUMENT = "document"
    NAME = "name"
    ACTOR = "actor"
    OPERATOR = "operator"  # negation, modality, quantifier, condition, exception
    MIXED = "mixed"  # its clauses rest on different parts of the source


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a sentence must reach to be kept: shares (0…1), and a count.

    ``words``: content words that the source or its headings have; ``order``: neighbours that are
    neighbours there too; ``own``: how many words the sentence or item itself must have.
    """

    words: float = 1.0
    order: float = 0.75
    own: int = 5


STRICT = Thresholds()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a sentence. ``detail`` are the words at fault.

    ``spans`` are (index of the citation, start, end) of the words that bear it out, the heading
    that names who acts first, then the sentence or item; empty unless it is kept.
    """

    reason: Reason
    spans: tuple[tuple[int, int, int], ...] = ()
    detail: str = ""

    @property
    def kept(self) -> bool:
        return self.reason is Reason.KEPT


def verify(
    sentence: str, cited: Sequence[Sequence[Piece]], thresholds: Thresholds = STRICT
) -> Verdict:
    """Hold ``sentence``, without its citation marks, against the passages it cites.

    ``cited`` has the pieces of each passage cited, in the order of the citations.
    """
    text = tidied(sentence)
    if problem := _form(text):
        return Verdict(problem)
    if not any(cited):
        return Verdict(Reason.UNCITED)
    verdicts: list[Verdict] = []
    held: list[Piece] = []
    clauses = re.split(r";\s+", text)
    for clause in clauses:
        verdict, piece = _best(clause, cited, thresholds)
        if piece is None:
            return verdict
        if held and other_subject(read(clause), read(piece.own), read(clauses[0])):
            return Verdict(Reason.ACTOR, detail=clause)
        verdicts.append(verdict)
        held.append(piece)
    # Clauses share one subject: what they rest on must stand under the same headings.
    if any(p.headings != held[0].headings or p.card != held[0].card for p in held):
        return Verdict(Reason.MIXED)
    return Verdict(Reason.KEPT, tuple(dict.fromkeys(s for v in verdicts for s in v.spans)))


def tidied(sentence: str) -> str:
    """``sentence`` on one line, its letters in the form that canonical text has."""
    return " ".join(normalise(unicodedata.normalize("NFC", sentence)).split())


def states(text: str) -> bool:
    """Whether ``text`` says something of someone: «Trung tâm Văn hóa huyện.» only names him."""
    found = read(text)
    return bool(
        actors.DUTY_ANY_CASE.search(text)
        or found.dates
        or any(o.kind in _STATING for o in operators(found))
        or any(t.kind == "number" or t.text in {":", "là"} for t in found.tokens)
    )


def _form(text: str) -> Reason | None:
    words = text.split()
    names_only = actors.is_body(text) and not states(text)
    hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in text)
    if (
        not 3 <= len(words) <= MAX_WORDS
        or names_only
        or hidden
        or _MARKUP.search(text)
        or text.endswith("?")
        or is_order(text)
    ):
        return Reason.FORM
    return Reason.VERDICT if _VERDICT.match(text) else None


def _best(
    clause: str, cited: Sequence[Sequence[Piece]], thresholds: Thresholds
) -> tuple[Verdict, Piece | None]:
    """The verdict of the piece that bears ``clause`` out best, or comes nearest to it."""
    ranked = sorted(
        (
            (*_agreement(clause, piece, thresholds), index, piece)
            for index, pieces in enumerate(cited)
            for piece in pieces
        ),
        key=lambda tried: (tried[0] is Reason.KEPT, tried[1]),
        reverse=True,
    )
    if not ranked:
        return Verdict(Reason.UNCITED), None
    reason, _, detail, index, piece = ranked[0]
    if reason is not Reason.KEPT:
        return Verdict(reason, detail=detail), None
    return Verdict(reason, tuple((index, s, e) for s, e in _spans(clause, piece))), piece


def _agreement(clause: str, piece: Piece, thresholds: Thresholds) -> tuple[Reason, float, str]:
    """Whether ``piece`` bears ``clause`` out; the share of its words that stand in the piece."""
    own, card = read(piece.own), read(piece.card)
    headings = [read(words.text) for words in piece.headings]
    stated = read(_FRAME.sub("", _without_card(clause, card)))
    content, has = list(stated.content), set(own.content)
    share = sum(w in has for w in content) / len(content) if content else 0.0
    around = has.union(card.content, *(h.content for h in headings))
    missing = [w for w in content if w not in around]
    if len(missing) > (1.0 - thresholds.words) * len(content) + 1e-9:
        return Reason.WORDS, share, " ".join(missing)
    content = [w for w in content if w in around]
    # What stands under a body is said of it, not of what that stands under in turn.
    openings = _openings(content, has, [*headings[nearest_actor(headings) :], card])
    if not openings:
        return Reason.ORDER, share, " ".join(w for w in content if w not in has)
    if unknown := [d for d in stated.documents if d not in (*own.documents, *card.documents)]:
        return Reason.DOCUMENT, share, unknown[0]
    checks = (
        (Reason.DATE, unsupported_date(stated, own, headings) or misbound_date(stated, own)),
        (Reason.NUMBER, unsupported_number(stated, own, headings)),
        (Reason.NAME, broken_name(stated, [own, *headings, card])),
        (Reason.ACTOR, wrong_actor(stated, own, headings) or unknown_body(stated, own)),
        (Reason.OPERATOR, misused_operator(stated, own, headings)),
    )
    for reason, detail in checks:
        if detail:
            return reason, share, detail
    figures = sum(t.kind in ("number", "date", "document") for t in stated.tokens)
    tried = [_standing(content[n:], own, figures, thresholds) for n in openings]
    reason, detail = next((x for x in tried if x[0] is Reason.KEPT), tried[0])
    return reason, share, detail


def _standing(
    content: Sequence[str], own: Reading, figures: int, thresholds: Thresholds
) -> tuple[Reason, str]:
    """Whether the words after the opening are enough, and stand as they do in the source.

    ``figures`` are the numbers and dates, which tell as much as words.
    """
    has = set(own.content)
    if sum(w in has for w in content) + figures < thresholds.own:
        return Reason.WORDS, ""
    order = _followed(content, own)
    if order and sum(order) < thresholds.order * len(order):
        return Reason.ORDER, ""
    at = _stray(order)
    return (Reason.KEPT, "") if at is None else (Reason.ORDER, content[at])


def _without_card(clause: str, card: Reading) -> str:
    """«Theo Kế hoạch số 35-KH/ĐU, …» without what only names the document, where it is this one."""
    match = _FROM_CARD.match(clause)
    if match is None:
        return clause
    named = read(match.group("card"))
    known = set(named.content) <= {*card.content, "số"} and set(named.documents) <= set(
        card.documents
    )
    only_names = not named.dates and not any(t.kind == "number" for t in named.tokens)
    return clause[match.end() :] if known and only_names else clause


def _openings(content: Sequence[str], has: set[str], around: Sequence[Reading]) -> list[int]:
    """How many words may open the sentence as a heading or the document's card has them.

    «Các đảng ủy cơ sở» before what they must do. None at all where a word that only a heading has
    stands elsewhere: amid others it could mean anything.
    """
    borrowed = max((i + 1 for i, word in enumerate(content) if word not in has), default=0)
    longest = max((_common_run(content, reading.content) for reading in around), default=0)
    return [n for n in dict.fromkeys((borrowed, longest)) if n >= borrowed and n <= longest]


def _common_run(content: Sequence[str], words: tuple[str, ...]) -> int:
    """How many words of ``content``, from its first, ``words`` have in a row: two, or its all."""
    for size in range(min(len(content), len(words)), 0, -1):
        if (size > 1 or len(words) == 1) and runs(tuple(content[:size]), words):
            return size
    return 0


_APART = 4  # content words between two that the source has in this order
_MOVED = 3  # content words of a clause that may stand elsewhere


def _followed(content: Sequence[str], own: Reading) -> list[bool]:
    """Of each two neighbouring content words, whether they follow each other in the source too."""
    words = own.content
    known = {(a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 2 + _APART]}
    return [pair in known for pair in pairwise(content)]


def _stray(order: Sequence[bool]) -> int | None:
    """The first of some words amid others that they do not stand with in the source.

    A clause that was moved has three words or more that belong together; fewer were put in.
    """
    breaks = [at for at, kept in enumerate(order) if not kept]
    return next((a + 1 for a, b in pairwise(breaks) if b - a < _MOVED), None)


def _spans(clause: str, piece: Piece) -> list[tuple[int, int]]:
    """The words that bear ``clause`` out: the nearest heading whose words it needs, and the piece.

    A heading counts where it has content words of the clause that the piece lacks.
    """
    needed = set(read(clause).content) - set(read(piece.own).content)
    found: list[tuple[int, int]] = []
    for heading in reversed(piece.headings):
        given = needed & set(read(heading.text).content)
        if given:
            found.append((heading.start, heading.end))
            needed -= given
    if piece.lead is not None:
        found.append((piece.lead.start, piece.lead.end))
    return [*reversed(found[:2]), (piece.words.start, piece.words.end)]
