"""Made-up Vietnamese words in the proportions of general text, meaning nothing.

A walk over the shipped counts of adjacent syllables. What a large library costs depends on how many
different words and pairs it holds, and plans made of set phrases hold too few.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import assistant.language

_TABLE = Path(assistant.language.__file__).with_name("restoration.npz")
_LOG_STEP = 1 / 16  # of ``pair_counts``, as training/restoration.py writes them


class Prose:
    """Draws runs of syllables, each as often after the one before as in general Vietnamese."""

    def __init__(self, path: Path = _TABLE) -> None:
        with np.load(path) as table:
            self._syllables: list[str] = str(table["syllables"]).split(" ")
            first = table["first"].astype(np.int64)
            self._second: NDArray[np.int64] = table["second"].astype(np.int64)
            counts = np.exp(table["pair_counts"] * _LOG_STEP)
        self._sums = np.concatenate([[0.0], np.cumsum(counts)])
        self._starts = np.searchsorted(first, np.arange(len(self._syllables) + 1))

    def words(self, chance: random.Random, count: int) -> str:
        """``count`` syllables, in small letters."""
        found: list[str] = []
        at = self._drawn(chance, 0, len(self._second))
        while len(found) < count:
            found.append(self._syllables[at])
            low, high = int(self._starts[at]), int(self._starts[at + 1])
            at = self._drawn(chance, low, high) if low < high else self._drawn(chance, 0, -1)
        return " ".join(found)

    def _drawn(self, chance: random.Random, low: int, high: int) -> int:
        """The second syllable of one of the pairs ``low`` to ``high``, by their counts."""
        drawn = chance.uniform(float(self._sums[low]), float(self._sums[high]))
        at = int(self._sums.searchsorted(drawn, side="right")) - 1
        return int(self._second[min(max(at, 0), len(self._second) - 1)])


@cache
def prose() -> Prose:
    """The shipped counts, loaded at first use."""
    return Prose()
