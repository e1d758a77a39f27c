"""Sets of strings, one for each of many rows, in arrays: what is in a row, and which rows have it.

Python's own sets of the same take twenty times the memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.shelf import Strings

Array = NDArray[Any]

_NO_ROWS = np.zeros(0, dtype=np.int32)
_KEPT_TERMS = 1 << 14


class TermSets:
    """The sets of rows 0, 1, …; never changes."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """``arrays`` as another has them."""
        self.arrays = arrays
        self._terms = Strings(arrays["letters"], arrays["starts"])
        self._term = lru_cache(_KEPT_TERMS)(self._terms.__getitem__)  # of many rows, mostly
        self._row_starts, self._row_terms = arrays["row_starts"], arrays["row_terms"]
        self._term_starts, self._term_rows = arrays["term_starts"], arrays["term_rows"]

    @classmethod
    def of(cls, sets: Sequence[Collection[str]]) -> TermSets:
        """These sets."""
        numbers: dict[str, int] = {}
        flat = np.array(
            [numbers.setdefault(t, len(numbers)) for own in sets for t in sorted(own)], np.int32
        )
        sizes = np.array([len(own) for own in sets], np.int64)
        order = np.argsort(flat, kind="stable")
        packed = Strings.of(list(numbers))
        return cls(
            {
                "letters": packed.letters,
                "starts": packed.starts,
                "row_starts": _starts(sizes),
                "row_terms": flat,
                "term_starts": _starts(np.bincount(flat, minlength=len(numbers))),
                "term_rows": np.repeat(np.arange(len(sets), dtype=np.int32), sizes)[order],
            }
        )

    def __len__(self) -> int:
        return len(self._row_starts) - 1

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self._terms)}

    def terms(self) -> Iterator[str]:
        """Every term of any row, once."""
        return iter(self._numbers)

    def row(self, row: int) -> list[str]:
        """The set of a row."""
        own = self._row_terms[self._row_starts[row] : self._row_starts[row + 1]]
        return [self._term(number) for number in own.tolist()]

    def rows_with(self, term: str) -> NDArray[np.int32]:
        """The rows that have ``term``, in order."""
        number = self._numbers.get(term)
        if number is None:
            return _NO_ROWS
        rows: NDArray[np.int32] = self._term_rows[
            self._term_starts[number] : self._term_starts[number + 1]
        ]
        return rows

    def has(self, row: int, term: str) -> bool:
        """Whether a row has ``term``."""
        rows = self.rows_with(term)
        at = int(rows.searchsorted(row))
        return at < len(rows) and int(rows[at]) == row

    def count(self, term: str) -> int:
        """How many rows have ``term``."""
        return len(self.rows_with(term))

    def without(self, gone: NDArray[np.bool_]) -> TermSets:
        """The sets of all rows but those of the mask ``gone``."""
        return TermSets.of([self.row(int(row)) for row in np.flatnonzero(~gone)])


def _starts(sizes: Array) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]).astype(np.int64)
