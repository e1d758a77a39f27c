"""A second look at the first passages: where in a passage the question's words stand, and how.

BM25 and one vector a passage see which words it holds. The best passage is more often the one that
holds them together: in one sentence, in the order of the question, beside a number where a number
is asked for. :class:`Reranker` measures that (``features``) and adds the measures up with weights
that ``python -m training.rerank`` found (``weights.json``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.rerank.cut import Cut, Cutter
from assistant.rerank.features import FEATURES, Candidates, features
from assistant.rerank.table import CutTable
from ingest.embed.static import StaticEncoder, default_encoder
from ingest.lexical import LexicalIndex

_WEIGHTS = Path(__file__).with_name("weights.json")

Scores = NDArray[np.float32]

__all__ = ["FEATURES", "Candidates", "Cut", "CutTable", "Cutter", "Reranker"]


class Reranker:
    """Scores a few passages for a question; of one set of passages, whose rarest words it knows.

    It works with the shipped embedding whatever model the library was embedded with.
    """

    def __init__(self, index: LexicalIndex, encoder: StaticEncoder | None = None) -> None:
        """``index``: of the passages; ``encoder``: another than the shipped one, to train with."""
        self._index = index
        self._cutter = Cutter(encoder or default_encoder())

    def scores(self, question: str, candidates: Candidates) -> Scores:
        """How well each of ``candidates`` answers, shape (len(candidates.passages),)."""
        return np.asarray(self.features(question, candidates) @ _weights(), dtype=np.float32)

    def numbers(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The numbers that cuts have in place of ``words`` here."""
        return self._cutter.numbers(words)

    def features(self, question: str, candidates: Candidates) -> Scores:
        """The measures of each candidate, shape (candidates, len(FEATURES))."""
        return features(question, candidates, self._cutter, self._index.rarity)


@cache
def _weights() -> Scores:
    table: dict[str, float] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return np.array([table[name] for name in FEATURES], dtype=np.float32)
