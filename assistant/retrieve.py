"""Passages for a question: find the document, then the part that the question's kind asks for.

Scores are weighted sums of: BM25 of the passage with its context, BM25 of its own words, cosine
similarity from Chroma, how well its document's card (number, title, issuer, file name) and best
passage match, and a prior for the part of the document that answers this kind of question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex, Scores, in_scope, refers_to
from assistant.ranking import RERANKED, read_closely, scaled
from assistant.records import EVERYTHING, SECTION_SEPARATOR, Intent, Question, Scope
from assistant.references import leads_to, sections_referred_to
from assistant.rerank import Candidates
from assistant.understand import understand
from assistant.units import folded_term
from ingest.header import KINDS, number_key, tidy_number
from ingest.lexical import terms
from ingest.pipeline import context_of
from ingest.records import Passage, Role, SourceDocument
from ingest.vietnamese import LOWER, UPPER, fold

_DENSE_CANDIDATES = 100
_CANDIDATE_DOCUMENTS = 12
_CANDIDATE_PASSAGES = 2_000  # in a larger library the rest is not scored beyond BM25
_FIELD_PRIOR = {
    "signer": 1.0,
    "signer_position": 0.8,
    "recipients": 1.0,
    "addressee": 0.8,
    "number": 1.0,
    "date": 1.0,
    "bases": 0.3,
}


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
    dated: float = 0.4
    rerank: float = 0.45  # the second look at the first passages
    reference_followed: float = 0.2  # a section that one of the best passages refers to
    neighbour: float = 0.12  # a passage beside the best one, when a list is asked for


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its document and its score."""

    passage: Passage
    document: SourceDocument
    score: float


def search(
    index: LibraryIndex,
    question: Question,
    scope: Scope = EVERYTHING,
    limit: int = 10,
    weights: Weights = Weights(),
) -> list[Hit]:
    """The ``limit`` best passages for ``question`` within ``scope``, best first."""
    inside = np.ones(len(index.documents), dtype=bool)
    if scope != EVERYTHING:
        inside[:] = [in_scope(document, scope) for document in index.documents]
    if not index.passages or not inside.any():
        return []
    narrowed = [] if inside.all() else [index.documents[i].id for i in np.flatnonzero(inside)]
    scores = _scores(index, question, inside, narrowed, weights)
    order = _best_first(scores)
    least = float(scores[order[-1]])  # what a named document's passages count that weren't scored
    named = documents_named(index, question, inside)
    if named:
        order = _in_turn(order, [_rows_in(index, question, d, weights) for d in named])
    elif question.across:
        order = _one_of_each_document_first(index, order)
    return [
        Hit(index.passages[i], index.documents[index.document_of[i]], max(float(scores[i]), least))
        for i in order[:limit]
    ]


def _rows_in(
    index: LibraryIndex, question: Question, document: int, weights: Weights
) -> NDArray[np.intp]:
    """The passages of one document, best first, as if it alone were asked."""
    inside = np.arange(len(index.documents)) == document
    return _best_first(_scores(index, question, inside, [index.documents[document].id], weights))


def _scores(
    index: LibraryIndex,
    question: Question,
    inside: NDArray[np.bool_],
    narrowed: list[str],
    weights: Weights,
) -> Scores:
    extra = [(e, weights.expansion) for e in question.expansions]
    lexical = index.context.scores(question.search, extra)
    if narrowed:
        lexical *= inside[index.document_of]
    near, similarity = _nearest(index, question, narrowed)
    of_document = _document_scores(index, question, lexical, extra, weights)
    of_document[~inside] = -np.inf
    candidates = _first(of_document, _CANDIDATE_DOCUMENTS)
    known = [(index.rows[d], index.card_terms[d]) for d in candidates]
    section = index.section.scores_without(question.search, extra, known, weights.known)
    part = _part_prior(index, question)
    rows = _candidates(index, lexical, of_document, candidates, near, part)
    dense = np.zeros(len(index.passages), dtype=np.float32)
    dense[near] = scaled(similarity)  # beyond the nearest, all count as the farthest of them
    score = of_document[index.document_of[rows]]
    score += weights.context * scaled(lexical[rows]) + weights.section * scaled(section[rows])
    score += weights.dense * dense[rows] + weights.part * part[rows]
    if question.asks(Intent.DEADLINE, Intent.WHEN):
        score += weights.dated * index.dated[rows]
    score += weights.mention * _mention(index, question)[rows]
    total = np.full(len(index.passages), -np.inf, dtype=np.float32)
    total[rows] = score
    _look_again(index, question, section, total, weights.rerank)
    if question.asks(Intent.LIST, Intent.COUNT, Intent.WHAT, Intent.HOW) and not question.across:
        _lift_neighbours(index, total, weights.neighbour)
    _follow_references(index, total, weights.reference_followed)
    read_closely(question.text, index.text_in_context, total, index.cross_encoder)
    return total


def _candidates(
    index: LibraryIndex,
    lexical: Scores,
    of_document: Scores,
    documents: NDArray[np.intp],
    near: NDArray[np.intp],
    part: Scores,
) -> NDArray[np.intp]:
    """The rows to score in full, in order: all in scope, or the likeliest of a large library."""
    size = len(index.passages)
    if size <= _CANDIDATE_PASSAGES:
        return np.flatnonzero(np.isfinite(of_document)[index.document_of])
    first = of_document[index.document_of] + scaled(lexical) + part
    chosen = np.zeros(size, dtype=bool)
    chosen[_first(first, _CANDIDATE_PASSAGES)] = True
    chosen[near] = True
    for document in documents:
        chosen[index.rows[document]] = True
    rows = np.flatnonzero(chosen)
    return rows[np.isfinite(of_document[index.document_of[rows]])]


def _first(scores: Scores, count: int) -> NDArray[np.intp]:
    """The rows of the ``count`` highest scores, in no order; all where there are no more."""
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(-scores, count)[:count]


def _best_first(scores: Scores) -> NDArray[np.intp]:
    """The rows that were scored, by falling score."""
    rows = np.flatnonzero(np.isfinite(scores))
    return rows[np.argsort(-scores[rows], kind="stable")]


def _look_again(
    index: LibraryIndex, question: Question, section: Scores, scores: Scores, weight: float
) -> None:
    """Adds the reranker's scores, 0…``weight``, to those of the first passages."""
    rows = _best_first(scores)[:RERANKED]
    if not len(rows) or not question.search.strip():
        return
    texts = [index.text_in_context(int(row)) for row in rows]
    candidates = Candidates(texts, section[rows], scaled(scores[rows]))
    scores[rows] += weight * scaled(index.reranker.scores(question.search, candidates))


def _document_scores(
    index: LibraryIndex,
    question: Question,
    lexical: Scores,
    extra: list[tuple[str, float]],
    weights: Weights,
) -> Scores:
    """How well each document answers to the question: its card, its best passage, its number."""
    best = np.maximum.reduceat(lexical, index.starts)
    scores = weights.card * scaled(index.cards.scores(question.search, extra))
    scores += weights.best_of_document * scaled(best)
    named = [row for reference in question.references for row in index.referred_to(reference)]
    scores[np.unique(named).astype(int)] += weights.reference
    if question.years:
        scores[np.isin(index.years, question.years)] += weights.year
    return np.asarray(scores, dtype=np.float32)


def _nearest(
    index: LibraryIndex, question: Question, narrowed: list[str]
) -> tuple[NDArray[np.intp], Scores]:
    """The passages nearest in meaning: their rows and cosine similarities, best first."""
    vector = index.library.embeddings.embed_query(question.search)
    near = index.library.nearest(vector, _DENSE_CANDIDATES, narrowed)
    found = [(index.row_of[i], value) for i, value in near if i in index.row_of]
    rows = np.array([row for row, _ in found], dtype=np.intp)
    return rows, np.array([value for _, value in found], dtype=np.float32)


def _part_prior(index: LibraryIndex, question: Question) -> Scores:
    """1 for a passage that holds the header field asked for, less for its usual place."""
    fields, roles = parts_asked_for(question)
    prior = np.zeros(len(index.passages), dtype=np.float32)
    for role, weight in roles.items():
        np.maximum(prior, weight * index.has_role[role], out=prior)
    for field in fields:
        np.maximum(prior, _FIELD_PRIOR[field] * index.holds_field[field], out=prior)
    return prior


def _mention(index: LibraryIndex, question: Question) -> Scores:
    """1 for a passage that cites a document named in the question but asked about elsewhere."""
    mention = np.zeros(len(index.passages), dtype=np.float32)
    for reference in question.references:
        whole = re.search(r"[A-Z]", reference.number) is not None
        if whole and (question.across or not index.referred_to(reference)):
            mention[index.rows_mentioning(number_key(reference.number))] = 1.0
    return mention


def _lift_neighbours(index: LibraryIndex, scores: NDArray[np.float32], weight: float) -> None:
    """A list may run on before and after the best passage: lift its neighbours to it."""
    best = int(np.argmax(scores))
    section = index.passages[best].section[:1]
    for step, share in ((1, 1.0), (-1, 1.0), (2, 2.0)):
        row = best + step
        if 0 <= row < len(index.passages) and section:
            other = index.passages[row]
            same = other.document_id == index.passages[best].document_id
            if same and other.section[:1] == section:
                scores[row] = max(scores[row], scores[best] - weight * share)


def _follow_references(index: LibraryIndex, scores: NDArray[np.float32], weight: float) -> None:
    """What a best passage refers to may hold the answer: lift it to it.

    That is a section of its own document, and the best passage of another that it cites by number.
    """
    for best in _best_first(scores)[:_REFERRING]:
        passage = index.passages[best]
        rows = index.rows[int(index.document_of[best])]
        for reference in sections_referred_to(passage.text):
            for row in range(rows.start, rows.stop):
                other = index.passages[row]
                if row != best and leads_to(reference, other.section):
                    scores[row] = max(scores[row], scores[best] - weight)
                    break  # the section's opening; its neighbours follow by their own merit
        for document in index.cited_in(best):
            cited = index.rows[document]
            row = cited.start + int(scores[cited].argmax())
            if np.isfinite(scores[row]):
                scores[row] = max(scores[row], scores[best] - 2 * weight)


_REFERRING = 2
_KIND = "|".join(sorted((*KINDS, "văn bản"), key=len, reverse=True))
_MENTION = re.compile(
    rf"\b(?:{_KIND})\b.*?(?=\b(?:{_KIND})\b|\bvà\b|\bvới\b|\bhay\b|[,;?]|$)", re.I
)
_BESIDE = re.compile(r"\s*(?:và|với|hay|so với|,)(?:\s+(?:của|theo|trong))?\s*", re.I)
_CAPITALISED = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")


def documents_named(
    index: LibraryIndex, question: Question, inside: NDArray[np.bool_]
) -> list[int]:
    """The documents that a question sets side by side, each named by something of its own.

    «Kế hoạch 76-KH/ĐU và kế hoạch Phú Yên» names two, one by its number and one by its place.
    Empty where fewer than two are named, or one not clearly.
    """
    text = written_out(question.text)
    named: dict[int, None] = {}
    for one, other in pairwise(_MENTION.finditer(text)):
        if _BESIDE.fullmatch(text, one.end(), other.start()):
            pair = [_named_by(index, question, m.group(), inside) for m in (one, other)]
            if None not in pair:
                named |= dict.fromkeys(row for row in pair if row is not None)
    return list(named) if len(named) > 1 else []


def _named_by(
    index: LibraryIndex, question: Question, mention: str, inside: NDArray[np.bool_]
) -> int | None:
    """The one document that ``mention`` names by its number or by names of its own."""
    said = fold(tidy_number(mention)).upper()
    numbers = [
        r
        for r in question.references
        if re.search(rf"(?<!\d)0*{re.escape(fold(r.number))}(?!\d)", said)
    ]
    words = [t for m in _CAPITALISED.finditer(mention) for t in terms(m.group())]
    names = {folded_term(t) for t in words if "_" in t}
    found = [
        i
        for i, document in enumerate(index.documents)
        if inside[i]
        and (numbers or names)
        and all(refers_to(r, document) for r in numbers)
        and (numbers or names <= index.card_said(document.id))
    ]
    return found[0] if len(found) == 1 else None


def _in_turn(order: NDArray[np.intp], documents: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
    """``order`` with the rows of ``documents`` first, one of each in turn."""
    first = [int(row) for turn in zip_longest(*documents) for row in turn if row is not None]
    chosen = set(first)
    return np.array(first + [int(i) for i in order if int(i) not in chosen], dtype=np.intp)


def _one_of_each_document_first(index: LibraryIndex, order: NDArray[np.intp]) -> NDArray[np.intp]:
    seen: set[int] = set()
    first: list[int] = []
    rest: list[int] = []
    for i in order:
        document = int(index.document_of[i])
        (rest if document in seen else first).append(int(i))
        seen.add(document)
    return np.array(first + rest, dtype=np.intp)


def parts_asked_for(question: Question) -> tuple[tuple[str, ...], dict[Role, float]]:
    """Header fields that would answer the question, and weights of the parts they stand in."""
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
        re.search(
            r"\b(?:ban hanh|ra doi|co hieu luc|duoc ky|ky)\W+(?:vao |tu )?(?:ngay|khi|nam|luc|"
            r"thang|bao gio)\b",
            folded,
        )
        or re.search(r"\b(?:issued|dated|signed)\b", typed.lower())
    )


class PassageRetriever(BaseRetriever):
    """LangChain retriever over a library: ``invoke("câu hỏi")`` → documents with their context.

    Each ``Document`` has the passage's exact text; ``metadata`` has ``document``, ``document_id``,
    ``number``, ``section``, ``page``, ``start``, ``end``, ``context`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LibraryIndex
    scope: Scope = EVERYTHING
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        question = understand(query, self.index.lexicon)
        hits = search(self.index, question, self.scope, self.limit)
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
