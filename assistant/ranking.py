"""Retrieval over plain texts: what `search` does, less all that it knows of documents.

This is what `python -m eval retrieval` measures and `python -m training.rerank` tunes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.lexicon import Lexicon
from assistant.rerank import Candidates, Reranker
from ingest.embed import PassageEmbeddings
from ingest.embed.reranker import Reranker as CrossEncoder
from ingest.lexical import LexicalIndex

Scores = NDArray[np.float32]

DENSE_WEIGHT = 0.25  # in `fuse`; see training/README.md
RERANKED = 50
CROSS_ENCODED = 20  # a cross-encoder takes its time
CROSS_WEIGHT = 0.7


class TextRanking:
    """Scores ``texts`` for a query by meaning, by words, and by both with a second look.

    Scores are arrays of shape ``(len(texts),)``, higher is better.
    """

    def __init__(
        self,
        texts: Sequence[str],
        vectors: Scores,
        embeddings: PassageEmbeddings,
        cross_encoder: CrossEncoder | None = None,
    ) -> None:
        """``vectors`` are those of ``texts``, shape (texts, dimension)."""
        self._cross_encoder = cross_encoder
        self.texts = texts
        self._vectors = vectors
        self._embeddings = embeddings
        self._index = LexicalIndex(texts)
        self._lexicon = Lexicon(self._index.counts())
        self.reranker = Reranker(self._index)

    def dense(self, query: str) -> Scores:
        """Cosine similarity; the query as typed."""
        return np.asarray(self._vectors @ self._embeddings.encode_queries([query])[0])

    def lexical(self, query: str) -> Scores:
        """BM25; the query as typed."""
        return self._index.scores(query)

    def fused(self, query: str) -> Scores:
        """Both, with the marks of the query restored and the first passages looked at again."""
        query = self.restore(query)
        rows, candidates, scores = self.candidates(query)
        if len(rows):
            again = scaled(self.reranker.scores(query, candidates))
            scores[rows] = 1.0 + again  # above all that were not looked at again
        read_closely(query, self.texts.__getitem__, scores, self._cross_encoder)
        return scores

    def restore(self, query: str) -> str:
        """``query`` with its marks, as the words of the texts suggest."""
        return self._lexicon.restore(query)

    def candidates(self, query: str) -> tuple[NDArray[np.intp], Candidates, Scores]:
        """The first passages: their rows, what is known of them, and the scores of all texts."""
        dense, lexical = self.dense(query), self.lexical(query)
        scores = fuse(dense, lexical)
        rows = np.argsort(-scores, kind="stable")[:RERANKED]
        texts = [self.texts[row] for row in rows]
        return rows, Candidates(texts, lexical[rows], scores[rows]), scores


def read_closely(
    query: str, text_of: Callable[[int], str], scores: Scores, cross_encoder: CrossEncoder | None
) -> None:
    """Lets ``cross_encoder`` put the best few of ``scores`` in order; nothing without one.

    Those few keep their places before all others; among them their old score counts for less than
    the new.
    """
    if cross_encoder is None or not scores.size:
        return
    rows = np.argsort(-scores, kind="stable")[:CROSS_ENCODED]
    rows = rows[np.isfinite(scores[rows])]
    if not len(rows):
        return
    read = cross_encoder.scores(query, [text_of(int(row)) for row in rows])
    mixed = CROSS_WEIGHT * scaled(read) + (1.0 - CROSS_WEIGHT) * scaled(scores[rows])
    scores[rows] = float(scores[rows].max()) + mixed


def fuse(dense: Scores, lexical: Scores, dense_weight: float = DENSE_WEIGHT) -> Scores:
    """Weighted sum of two score arrays of one shape, each first scaled to 0…1."""
    return dense_weight * scaled(dense) + (1.0 - dense_weight) * scaled(lexical)


def scaled(scores: Scores) -> Scores:
    """Scores scaled linearly to 0…1; all zeros where they are all equal."""
    if scores.size == 0:
        return scores
    low, high = float(scores.min()), float(scores.max())
    if high <= low:
        return np.zeros_like(scores)
    return (scores - low) / (high - low)
