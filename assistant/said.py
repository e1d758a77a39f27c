"""Where terms stand: in one document of a library, and in words that are no plain syllables."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.units import folded_term
from ingest.lexical import terms
from ingest.vietnamese import syllables

Rows = NDArray[np.int32]


class SaidIn:
    """The terms of one document: looks them up, holds nothing of its own."""

    def __init__(self, card: frozenset[str], rows: slice, rows_with: Callable[[str], Rows]) -> None:
        """``rows`` are those of its passages; ``rows_with`` gives those of a term, in order."""
        self._card, self._rows, self._rows_with = card, rows, rows_with

    def __contains__(self, term: object) -> bool:
        if term in self._card:
            return True
        rows = self._rows_with(str(term))
        at = int(rows.searchsorted(self._rows.start))
        return at < len(rows) and int(rows[at]) < self._rows.stop


def rows_with_underscores(texts: Sequence[Sequence[str]]) -> dict[str, Rows]:
    """The rows of the terms and folded keys in which a word has an underscore («mau_01», «____»).

    The key of such a word looks like a pair's, and that of a pair with one has too many parts.
    """
    found: dict[str, list[int]] = {}
    for row, text in enumerate(map("\n".join, texts)):
        if "_" in text:
            odd = {word for word in syllables(text) if "_" in word}
            odd |= {term for term in terms(text) if term.count("_") > 1}
            for term in odd | {folded_term(term) for term in odd}:
                found.setdefault(term, []).append(row)
    return {term: np.array(rows, dtype=np.int32) for term, rows in found.items()}
