"""BM25 over syllables and syllable pairs, with and without diacritics.

Two BM25 indexes (the ``bm25s`` library, Lucene's variant) stand side by side over the same texts:
one of the words as written, one of their folded forms. A syllable typed with its marks speaks to
both, one typed without them mainly to the folded one, so that a question may be accented, half
accented or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold, syllables

if TYPE_CHECKING:
    import bm25s

_K1, _B = 1.2, 0.75
_MARKED_SHARE = 0.3  # a question with fewer marked syllables was typed without marks
_FOLDED_WEIGHT = 0.35  # weight of the folded twin of a syllable typed with marks


def terms(text: str) -> list[str]:
    """Index terms of ``text``: syllables and adjacent pairs; numbers without leading zeros.

    >>> terms("Kế hoạch 07")
    ['kế', 'hoạch', '7', 'kế_hoạch', 'hoạch_7']
    """
    units = [(s.lstrip("0") or "0") if s.isdigit() else s for s in syllables(text)]
    return units + [f"{a}_{b}" for a, b in zip(units, units[1:], strict=False)]


class LexicalIndex:
    """BM25 over ``texts``. Scores are arrays of shape ``(len(texts),)``, higher is better."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        tokens = [terms(text) for text in texts]
        self._written = _index(tokens)
        self._folded = _index([[fold(t) for t in row] for row in tokens])

    def __len__(self) -> int:
        return self._size

    def scores(
        self, query: str, weights: Iterable[tuple[str, float]] = ()
    ) -> NDArray[np.float32]:
        """BM25 of every text for ``query``; ``weights`` adds ``(phrase, weight)`` to the question."""
        total = np.zeros(self._size, dtype=np.float32)
        for term in _weighted(query, weights):
            self._add(term, total)
        return total

    def scores_without(
        self,
        query: str,
        weights: Iterable[tuple[str, float]],
        known: Sequence[tuple[slice, frozenset[str]]],
        share: float,
    ) -> NDArray[np.float32]:
        """As :meth:`scores`, but a term known of a block of texts counts only ``share`` there.

        ``known`` holds (rows of the block, folded terms that all of the block has in common, such
        as its document's title). Rows outside every block score 0.
        """
        total = np.zeros(self._size, dtype=np.float32)
        single = np.zeros(self._size, dtype=np.float32)
        for term in _weighted(query, weights):
            single[:] = 0.0
            self._add(term, single)
            folded = fold(term[0])
            for rows, terms_known in known:
                total[rows] += single[rows] * (share if folded in terms_known else 1.0)
        return total

    def _add(self, term: tuple[str, float, float], total: NDArray[np.float32]) -> None:
        text, written, folded = term
        _accumulate(self._written, text, written, total)
        _accumulate(self._folded, fold(text), folded, total)


def _weighted(query: str, weights: Iterable[tuple[str, float]]) -> list[tuple[str, float, float]]:
    """(term, weight as written, weight folded) of a question."""
    found = []
    for phrase, weight in [(query, 1.0), *weights]:
        units = terms(phrase)
        marked = [t != fold(t) for t in units]
        words = [m for t, m in zip(units, marked, strict=True) if "_" not in t and not t.isdigit()]
        accented = bool(words) and sum(words) / len(words) >= _MARKED_SHARE
        for term, has_marks in zip(units, marked, strict=True):
            if has_marks:
                written, folded = 1.0 - _FOLDED_WEIGHT, _FOLDED_WEIGHT
            else:
                written, folded = (0.5, 0.5) if accented else (0.0, 1.0)
            found.append((term, weight * written, weight * folded))
    return found


def _index(tokens: list[list[str]]) -> bm25s.BM25 | None:
    import bm25s

    if not any(tokens):
        return None
    index = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    index.index(tokens, show_progress=False)
    return index


def _accumulate(
    index: bm25s.BM25 | None, term: str, weight: float, total: NDArray[np.float32]
) -> None:
    if index is None or weight == 0.0:
        return
    column = index.vocab_dict.get(term)
    if column is None:
        return
    start, end = index.scores["indptr"][column : column + 2]
    total[index.scores["indices"][start:end]] += weight * index.scores["data"][start:end]
