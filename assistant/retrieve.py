"""Passages for a question: find the document, then the part of it that the question's kind asks for.

Scores are weighted sums of: BM25 of the passage with its context, BM25 of its own words, cosine
similarity from Chroma, how well its document's card (number, title, issuer, file name) and best
passage match, and a prior for the part of the document that answers this kind of question.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.records import SECTION_SEPARATOR, Intent, Question, Reference, Scope
from assistant.units import SourceUnit, folded_term, said_by, source_units
from ingest.dates import DateMention, find_dates
from ingest.header import NUMBER, number_key
from ingest.lexical import LexicalIndex, terms
from ingest.pipeline import Library, context_of
from ingest.records import Passage, Role, SourceDocument
from ingest.vietnamese import LOWER, UPPER, fold

Scores = NDArray[np.float32]

DENSE_WEIGHT = 0.25  # in `fuse`; found on ALQAC and ViQuAD, see training/README.md
_DENSE_CANDIDATES = 200
_CANDIDATE_DOCUMENTS = 12
_FIELD_PRIOR = {
    "signer": 1.0, "signer_position": 0.8, "recipients": 1.0, "addressee": 0.8, "number": 1.0, "date": 1.0, "bases": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; found on the development questions, see docs/retrieval.md."""

    context: float = 0.6  # BM25 of the passage with its document's title and its headings
    section: float = 1.0  # BM25 of the passage with its headings, the title's terms set back
    dense: float = 0.3
    card: float = 0.8  # BM25 of the document's card
    best_of_document: float = 0.5  # the best passage of the document
    expansion: float = 0.5  # a phrase added by the reader of the question, against one typed
    known: float = 0.25  # what a term of the document's own card still counts inside it
    reference: float = 1.2  # the document is named by its number
    mention: float = 0.6  # the passage names a document that the question names
    year: float = 0.15
    part: float = 1.5
    dated: float = 0.2
    neighbour: float = 0.12  # a passage beside the best one, when a list is asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its document and its score."""

    passage: Passage
    document: SourceDocument
    score: float


def fuse(dense: Scores, lexical: Scores, dense_weight: float = DENSE_WEIGHT) -> Scores:
    """Weighted sum of two score arrays of one shape, each first scaled to 0…1."""
    return dense_weight * _scaled(dense) + (1.0 - dense_weight) * _scaled(lexical)


class LibraryIndex:
    """What retrieval derives from a library at one revision."""

    def __init__(self, library: Library) -> None:
        self.revision = library.revision
        self._library = library
        self.passages = library.passages()
        self.documents = _in_order_of(library.documents(), self.passages)
        self._position = position = {d.id: i for i, d in enumerate(self.documents)}
        self._row = {p.id: i for i, p in enumerate(self.passages)}
        self._document_of = np.array([position[p.document_id] for p in self.passages], dtype=int)
        self._rows = _rows_of(self._document_of, len(self.documents))
        in_context = [
            f"{context_of(self.documents[d], p)}\n{p.text}"
            for p, d in zip(self.passages, self._document_of, strict=True)
        ]
        cards = [card_of(d) for d in self.documents]
        self._context = LexicalIndex(in_context)
        self._section = LexicalIndex(["\n".join((*p.headings, p.text)) for p in self.passages])
        self._cards = LexicalIndex(cards)
        self._passage_terms = [said_by(p.text) for p in self.passages]
        self._frequency = Counter(t for said in self._passage_terms for t in said)
        names = self._names_of_few()
        self._named_in = Counter(t for own in names for t in own)
        self._card_terms = [
            frozenset(terms(fold(card))) | {t[1:] for t in own if t[0] == "~"}
            for card, own in zip(cards, names, strict=True)
        ]
        self._card_said = [said_by(card) | own for card, own in zip(cards, names, strict=True)]
        self._on_cards = Counter(t for card in self._card_said for t in card)
        self._dates = [_mentions_of(d) for d in self.documents]
        self._dated = np.array(
            [any(_is_time(m) for m in self._dates_in(p)) for p in self.passages], dtype=np.float32
        )
        self._units: dict[str, tuple[SourceUnit, ...]] = {}
        self._vectors: dict[tuple[str, int], Scores] = {}
        self._holds = {field: self._passages_with(field) for field in _FIELD_PRIOR}
        self._has_role = {
            role: np.array([p.role is role for p in self.passages], dtype=np.float32) for role in Role
        }
        self._mentions = [numbers_in(p.text) for p in self.passages]

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id."""
        return self.documents[self._position[document_id]]

    def knows(self, reference: Reference, document: SourceDocument) -> bool:
        """Whether ``document`` is the one that ``reference`` names, or cites it."""
        if refers_to(reference, document):
            return True
        key = number_key(reference.number)
        cited = frozenset().union(*self._mentions[self._rows[self._position[document.id]]])
        if re.search(r"[a-z]", key):
            return key in cited
        named = re.findall(r"\d+", document.name)
        return any(re.match(rf"{key}(?!\d)", c) for c in cited) or key in (n.lstrip("0") for n in named)

    def holds_years(self, years: Sequence[int], document: SourceDocument) -> bool:
        """Whether ``document`` was issued in or speaks of every one of ``years``."""
        said = self.said_in(document.id)
        return all(y == year_of(document) or str(y) in said for y in years)

    def card_said(self, document_id: str) -> frozenset[str]:
        """Terms of a document's card and names, as :func:`said_by` gives them."""
        return self._card_said[self._position[document_id]]

    def said_in(self, document_id: str) -> frozenset[str]:
        """Terms of a document's text and card, as :func:`said_by` gives them."""
        at = self._position[document_id]
        return self._card_said[at].union(*self._passage_terms[self._rows[at]])

    def holds(self, term: str) -> bool:
        """Whether a term or folded key stands anywhere in the library."""
        return term in self._frequency or term in self._on_cards

    def association(self, pair: str) -> float:
        """How much two syllables belong together, 0…1: 1 where the rarer never stands without the other.

        «kinh_phi» is a word and near 1; «phi_cua» is an accident and near 0.
        """
        first, second = pair.split("_", 1)
        if pair[0] == "~":
            second = "~" + second
        rarer = min(self._frequency.get(first, 0), self._frequency.get(second, 0))
        return min(1.0, self._frequency.get(pair, 0) / rarer) if rarer else 1.0

    def rarity(self, term: str) -> float:
        """How rare a term or folded key is among the passages: 0 in every one … 1 in one at most."""
        if len(self.passages) < 2:
            return 1.0
        found = max(1, self._frequency.get(term, 1))
        return max(0.05, 1.0 - math.log(found) / math.log(len(self.passages)))

    def _names_of_few(self) -> list[frozenset[str]]:
        """For each document the pairs of its names that few documents hold («Bình An», «quận 5»)."""
        names = [_name_pairs(d) for d in self.documents]
        spread = Counter(
            t for rows in self._rows for t in frozenset().union(*self._passage_terms[rows])
        )
        few = max(1, len(self.documents) // 8)
        return [frozenset(t for t in own if spread[t] <= few) for own in names]

    def identity_share(self, question: Question, document_id: str) -> float:
        """Share of the names in the question that ``document_id`` holds; 1 where it has none.

        Only names that few documents hold count: they tell documents apart.
        """
        asked = frozenset(folded_term(t) for t in terms(question.search) if "_" in t)
        telling = {t: 1.0 / self._named_in[t] for t in asked if t in self._named_in}
        total = sum(telling.values())
        said = self.said_in(document_id)
        return sum(w for t, w in telling.items() if t in said) / total if total else 1.0

    def dated_passages(self) -> list[Passage]:
        """The passages that give a date which is not another document's."""
        return [p for p, dated in zip(self.passages, self._dated, strict=True) if dated]

    def units_of(self, passage: Passage) -> tuple[SourceUnit, ...]:
        """The sentences and items of ``passage``; made at first use and kept."""
        units = self._units.get(passage.id)
        if units is None:
            document = self.document(passage.document_id)
            units = tuple(
                source_units(
                    document, passage.start, passage.end, passage.role, self._dates_in(passage)
                )
            )
            self._units[passage.id] = units
        return units

    def similarity(self, question: Question, units: Sequence[SourceUnit]) -> list[float]:
        """Cosine similarity of the question to each unit; unit vectors are made once and kept."""
        missing = [u for u in units if (u.document.id, u.start) not in self._vectors]
        if missing:
            made = self._library.embeddings.encode([u.text for u in missing])
            for unit, vector in zip(missing, made, strict=True):
                self._vectors[unit.document.id, unit.start] = vector
        if not units:
            return []
        asked = np.asarray(self._library.embeddings.embed_query(question.search), dtype=np.float32)
        matrix = np.stack([self._vectors[u.document.id, u.start] for u in units])
        return [float(x) for x in matrix @ asked]

    def _dates_in(self, passage: Passage) -> list[DateMention]:
        mentions = self._dates[self._position[passage.document_id]]
        return [m for m in mentions if passage.start <= m.start < passage.end]

    def search(
        self,
        question: Question,
        scope: Scope = Scope(),
        limit: int = 10,
        weights: Weights = Weights(),
    ) -> list[Hit]:
        """The ``limit`` best passages for ``question`` within ``scope``, best first."""
        ids = {d.id for d in self.documents if in_scope(d, scope)}
        inside = np.array([d.id in ids for d in self.documents], dtype=bool)
        if not self.passages or not inside.any():
            return []
        narrowed = list(ids) if len(ids) < len(self.documents) else []
        scores = self._scores(question, inside, narrowed, weights)
        order = np.argsort(-scores, kind="stable")[: int(inside[self._document_of].sum())]
        if question.across:
            order = self._one_of_each_document_first(order)
        return [
            Hit(self.passages[i], self.documents[self._document_of[i]], float(scores[i]))
            for i in order[:limit]
        ]

    def _scores(
        self, question: Question, inside: NDArray[np.bool_], narrowed: list[str], weights: Weights
    ) -> Scores:
        extra = [(e, weights.expansion) for e in question.expansions]
        within = inside[self._document_of]
        lexical = np.where(within, self._context.scores(question.search, extra), 0.0)
        dense = self._dense(question, narrowed)
        of_document = self._document_scores(question, lexical, extra, weights)
        of_document[~inside] = -np.inf
        candidates = np.argsort(-of_document, kind="stable")[:_CANDIDATE_DOCUMENTS]
        known = [(self._rows[d], self._card_terms[d]) for d in candidates]
        section = self._section.scores_without(question.search, extra, known, weights.known)
        total = of_document[self._document_of]
        total += weights.context * _scaled(lexical) + weights.section * _scaled(section)
        total += weights.dense * dense
        total += weights.part * self._part_prior(question)
        if question.asks(Intent.DEADLINE, Intent.WHEN):
            total += weights.dated * self._dated
        total += weights.mention * self._mention(question)
        if question.asks(Intent.LIST, Intent.COUNT, Intent.WHAT, Intent.HOW) and not question.across:
            self._lift_neighbours(total, weights.neighbour)
        total[~within] = -np.inf
        return np.asarray(total, dtype=np.float32)

    def _document_scores(
        self, question: Question, lexical: Scores, extra: list[tuple[str, float]], weights: Weights
    ) -> Scores:
        """How well each document answers to the question: its card, its best passage, its number."""
        best = np.zeros(len(self.documents), dtype=np.float32)
        np.maximum.at(best, self._document_of, lexical)
        scores = weights.card * _scaled(self._cards.scores(question.search, extra))
        scores += weights.best_of_document * _scaled(best)
        for i, document in enumerate(self.documents):
            if any(refers_to(r, document) for r in question.references):
                scores[i] += weights.reference
            if question.years and year_of(document) in question.years:
                scores[i] += weights.year
        return np.asarray(scores, dtype=np.float32)

    def _dense(self, question: Question, narrowed: list[str]) -> Scores:
        """Similarity scaled to 0…1; passages beyond the nearest count as the farthest of them."""
        vector = self._library.embeddings.embed_query(question.search)
        near = self._library.nearest(vector, _DENSE_CANDIDATES, narrowed)
        similarity = np.full(len(self.passages), np.nan, dtype=np.float32)
        for identity, value in near:
            row = self._row.get(identity)
            if row is not None:
                similarity[row] = value
        if np.isnan(similarity).all():
            return np.zeros(len(self.passages), dtype=np.float32)
        similarity[np.isnan(similarity)] = np.nanmin(similarity)
        return _scaled(similarity)

    def _part_prior(self, question: Question) -> Scores:
        """1 for a passage that holds the header field asked for, less for its usual place."""
        fields, roles = parts_asked_for(question)
        prior = np.zeros(len(self.passages), dtype=np.float32)
        for role, weight in roles.items():
            np.maximum(prior, weight * self._has_role[role], out=prior)
        for field in fields:
            np.maximum(prior, _FIELD_PRIOR[field] * self._holds[field], out=prior)
        return prior

    def _passages_with(self, field: str) -> Scores:
        """1 for each passage in which a document's header ``field`` stands."""
        holds = np.zeros(len(self.passages), dtype=np.float32)
        for rows, document in zip(self._rows, self.documents, strict=True):
            value = getattr(document.header, field)
            starts = [f.start for f in (value if isinstance(value, tuple) else (value,)) if f]
            for row in range(rows.start, rows.stop):
                passage = self.passages[row]
                holds[row] = any(passage.start <= start < passage.end for start in starts)
        return holds

    def _mention(self, question: Question) -> Scores:
        keys = {number_key(r.number) for r in question.references if re.search(r"[A-Z]", r.number)}
        return np.array([float(bool(keys & m)) for m in self._mentions], dtype=np.float32)

    def _lift_neighbours(self, scores: NDArray[np.float32], weight: float) -> None:
        """A list may run on before and after the best passage: lift its neighbours to it."""
        best = int(np.argmax(scores))
        section = self.passages[best].section[:1]
        for step, share in ((1, 1.0), (-1, 1.0), (2, 2.0)):
            row = best + step
            if 0 <= row < len(self.passages) and section:
                other = self.passages[row]
                same = other.document_id == self.passages[best].document_id
                if same and other.section[:1] == section:
                    scores[row] = max(scores[row], scores[best] - weight * share)

    def _one_of_each_document_first(self, order: NDArray[np.intp]) -> NDArray[np.intp]:
        seen: set[int] = set()
        first: list[int] = []
        rest: list[int] = []
        for i in order:
            document = int(self._document_of[i])
            (rest if document in seen else first).append(int(i))
            seen.add(document)
        return np.array(first + rest, dtype=np.intp)


def _in_order_of(
    documents: Sequence[SourceDocument], passages: Sequence[Passage]
) -> tuple[SourceDocument, ...]:
    """The documents in the order in which their passages stand."""
    by_id = {d.id: d for d in documents}
    return tuple(by_id[i] for i in dict.fromkeys(p.document_id for p in passages))


def _rows_of(document_of: NDArray[np.int_], count: int) -> list[slice]:
    """The rows of each document's passages, which stand together."""
    starts = np.searchsorted(document_of, np.arange(count + 1))
    return [slice(int(a), int(b)) for a, b in zip(starts, starts[1:], strict=False)]


def numbers_in(text: str) -> frozenset[str]:
    """Keys of the document numbers that ``text`` names."""
    return frozenset(number_key(m.group()) for m in NUMBER.finditer(text))


_NAME = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")


def _name_pairs(document: SourceDocument) -> frozenset[str]:
    """Folded keys of the pairs in the names a document says twice or carries in its head."""
    counts = Counter(
        folded_term(t) for m in _NAME.finditer(document.text) for t in terms(m.group()) if "_" in t
    )
    head = document.header
    fields = (head.issuer, head.place, head.signer)
    own = {folded_term(t) for f in fields if f for t in terms(f.value) if "_" in t}
    return frozenset(t for t, n in counts.items() if n >= 2) | frozenset(own)


def card_of(document: SourceDocument) -> str:
    """What people call a document by: file name, kind, number, title, issuer, place, year."""
    head = document.header
    fields = (head.kind, head.number, head.title, head.issuer, head.place, head.addressee)
    name = re.sub(r"[\W_]+", " ", document.name.rsplit(".", 1)[0])
    opening = " ".join(document.text[:400].split()) if head.title is None else ""
    year = year_of(document)
    parts = [name, *(f.value for f in fields if f is not None), opening, str(year or "")]
    return "\n".join(p for p in parts if p)


def year_of(document: SourceDocument) -> int | None:
    """Year of issue, or None."""
    return int(document.header.date.value[:4]) if document.header.date else None


def refers_to(reference: Reference, document: SourceDocument) -> bool:
    """Whether ``reference`` names ``document``: by its whole number, or by digits and kind."""
    head = document.header
    if head.number is None:
        return False
    ours, theirs = number_key(head.number.value), number_key(reference.number)
    if re.search(r"[a-z]", theirs):
        return ours == theirs
    kind_agrees = reference.kind is None or head.kind is None or head.kind.value == reference.kind
    return kind_agrees and re.match(r"\d+", ours) is not None and re.match(r"\d+", ours).group() == theirs  # type: ignore[union-attr]


def in_scope(document: SourceDocument, scope: Scope) -> bool:
    """Whether ``document`` meets every filled field of ``scope``."""
    head = document.header
    issuer = head.issuer.value if head.issuer else ""
    kind = head.kind.value if head.kind else ""
    return (
        (not scope.documents or document.id in scope.documents)
        and (not scope.issuers or issuer in scope.issuers)
        and (not scope.kinds or kind in scope.kinds)
        and (not scope.years or year_of(document) in scope.years)
    )


def parts_asked_for(question: Question) -> tuple[tuple[str, ...], dict[Role, float]]:
    """Header fields that would answer the question, and weights of the parts they usually stand in."""
    folded = fold(question.text).lower()
    if question.asks(Intent.SIGNER):
        return ("signer", "signer_position"), {Role.SIGNATURE: 0.5, Role.RECIPIENTS: 0.3}
    if question.asks(Intent.RECIPIENT):
        return ("recipients", "addressee"), {Role.RECIPIENTS: 0.5}
    if question.intent is Intent.NUMBER:
        return ("number",), {Role.HEAD: 0.4}
    if question.asks(Intent.WHEN, Intent.DEADLINE) and asks_issue_date(folded, question.typed):
        return ("date",), {Role.HEAD: 0.4}
    if question.intent is Intent.BASIS:
        return ("bases",), {Role.PREAMBLE: 0.1}
    return (), {}


def asks_issue_date(folded: str, typed: str) -> bool:
    """«… ban hành ngày nào?» asked of the document itself."""
    return bool(
        re.search(r"\b(?:ban hanh|ra doi|co hieu luc|duoc ky|ky)\W+(?:vao |tu )?(?:ngay|khi|nam|luc|thang|bao gio)\b", folded)
        or re.search(r"\b(?:issued|dated|signed)\b", typed.lower())
    )


def _mentions_of(document: SourceDocument) -> list[DateMention]:
    issued = document.header.date
    day = datetime.date.fromisoformat(issued.value) if issued else None
    return find_dates(document.text, day)


def _is_time(mention: DateMention) -> bool:
    return not mention.reference and not mention.named_day


def _scaled(scores: Scores) -> Scores:
    """Scores scaled linearly to 0…1; all zeros where they are all equal."""
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    return (scores - low) / (high - low)


class PassageRetriever(BaseRetriever):
    """LangChain retriever over a library: ``invoke("câu hỏi")`` → documents with their context.

    Each ``Document`` has the passage's exact text; ``metadata`` has ``document``, ``document_id``,
    ``number``, ``section``, ``page``, ``start``, ``end``, ``context`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LibraryIndex
    understand: Callable[[str], Question]
    scope: Scope = Scope()
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.index.search(self.understand(query), self.scope, self.limit)
        return [Document(page_content=h.passage.text, metadata=_metadata(h)) for h in hits]


def _metadata(hit: Hit) -> dict[str, Any]:
    number = hit.document.header.number
    return {
        "document": hit.document.name,
        "document_id": hit.document.id,
        "number": number.value if number else "",
        "section": SECTION_SEPARATOR.join(hit.passage.section),
        "page": hit.passage.page,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "context": context_of(hit.document, hit.passage),
        "score": hit.score,
    }


def documents_of(hits: Sequence[Hit]) -> list[SourceDocument]:
    """The documents of ``hits``, best first, each once."""
    return list({h.document.id: h.document for h in hits}.values())
