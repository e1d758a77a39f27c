"""How well each passage answers a question: a weighted sum of what speaks for it.

That is BM25 of the passage with its context, BM25 of its own words, cosine similarity from Chroma,
how well its document's card (number, title, issuer, file name) and best passage match, a prior for
the part of the document that answers this kind of question, and a second look at the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.library_contents import Scores
from assistant.library_index import LibraryIndex
from assistant.parts import parts_asked_for
from assistant.ranking import RERANKED, read_closely, scaled
from assistant.records import Intent, Question
from assistant.references import leads_to, sections_referred_to
from assistant.rerank import Candidates
from ingest.header import number_key

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
_REFERRING = 2  # the best passages whose references are followed


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


WEIGHTS = Weights()


def passage_scores(
    index: LibraryIndex,
    question: Question,
    inside: NDArray[np.bool_],
    weights: Weights,
) -> Scores:
    """The score of every passage, shape (passages,); -inf for one that is out of scope or unlikely.

    ``inside`` says which documents are in scope; at least one is.
    """
    narrowed = [] if inside.all() else [index.documents[i].id for i in np.flatnonzero(inside)]
    extra = [(e, weights.expansion) for e in question.expansions]
    lexical = index.context.scores(question.search, extra)
    if narrowed:
        lexical *= inside[index.document_of]
    near, similarity = _nearest(index, question, narrowed)
    of_document = _document_scores(index, question, lexical, extra, weights)
    of_document[~inside] = -np.inf
    candidates = _first(of_document, _CANDIDATE_DOCUMENTS)
    known = [(index.rows[d], index.card_terms(int(d))) for d in candidates]
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


def best_first(scores: Scores) -> NDArray[np.intp]:
    """The rows that were scored, by falling score."""
    rows = np.flatnonzero(np.isfinite(scores))
    return rows[np.argsort(-scores[rows], kind="stable")]


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


def _look_again(
    index: LibraryIndex, question: Question, section: Scores, scores: Scores, weight: float
) -> None:
    """Adds the reranker's scores, 0…``weight``, to those of the first passages.

    It reads the whole question: what is asked for («bao nhiêu», «khi nào», «ai») is among its
    measures, and no part of ``question.search``.
    """
    rows = best_first(scores)[:RERANKED]
    if not len(rows) or not question.text.strip():
        return
    cuts = [index.cut(int(row)) for row in rows]
    candidates = Candidates(cuts, section[rows], scaled(scores[rows]))
    scores[rows] += weight * scaled(index.reranker.scores(question.text, candidates))


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
    for best in best_first(scores)[:_REFERRING]:
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
