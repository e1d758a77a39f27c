"""Words used alike: «rời khỏi» and «rời bỏ», «đa số» and «phần lớn».

The shipped embedding tells what a text is on, not which words may stand for each other. This table
does: vectors of the frequent entries of the same vocabulary, from the words beside each
(``python -m training.choose`` makes it). A word that is not in the table is similar to nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.embed.static import default_encoder

TABLE = Path(__file__).with_name("words.npz")

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]


class WordTable:
    """Vectors of length 1 by token id of the shipped embedding; zeros for an unknown token."""

    def __init__(self, tokens: NDArray[np.integer], rows: NDArray[np.integer]) -> None:
        """``rows``: shape (len(tokens), dimension), whole numbers in any scale."""
        size = int(tokens.max(initial=0)) + 2
        self._place = np.full(size, len(tokens), dtype=np.int64)
        self._place[tokens] = np.arange(len(tokens))
        self._rows = np.vstack([rows, np.zeros((1, rows.shape[1]), rows.dtype)])

    @classmethod
    def load(cls, path: Path) -> WordTable:
        with np.load(path) as table:
            return cls(table["tokens"], table["rows"])

    def vectors(self, tokens: Tokens) -> Floats:
        """Shape (len(tokens), dimension)."""
        known = np.where(tokens < len(self._place) - 1, tokens, -1)
        return unit(self._rows[self._place[known]].astype(np.float32))


@cache
def word_table() -> WordTable:
    """The shipped table, loaded at first use."""
    return WordTable.load(TABLE)


@cache
def token_of(word: str) -> int:
    """The embedding's token of one syllable; -1 where it has none."""
    found = default_encoder().tokens_of([word])
    return found[0] if found else -1


def unit(rows: Floats) -> Floats:
    """``rows`` brought to length 1; zeros stay."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-6))
