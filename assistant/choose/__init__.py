"""Which sentence of a passage answers a question: in milliseconds, without a language model.

A sentence is measured against the question and the sentences around it (``measures``): which of the
question's words it holds, the rarer in the passage the better, what it has of the kind asked for,
how alike its words are used. ``weights.json``, found by ``python -m training.choose``, adds the
measures up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.choose.measures import MEASURES, measures
from assistant.language.restore import Restorer
from ingest.vietnamese import has_diacritics

WEIGHTS = Path(__file__).with_name("weights.json")

Floats = NDArray[np.float32]

__all__ = ["MEASURES", "choose", "measured", "scores"]


def choose(question: str, sentences: Sequence[str]) -> int:
    """The place of the sentence that answers ``question`` best, the first of equals.

    ``sentences`` are those of one passage, in order. Raises ValueError where there is none.
    """
    if not sentences:
        raise ValueError("no sentences to choose from")
    return int(scores(question, sentences).argmax())


def scores(question: str, sentences: Sequence[str]) -> Floats:
    """How well each of ``sentences`` answers ``question``, shape (len(sentences),).

    Scores compare the sentences of one passage; they say nothing of whether it holds the answer.
    """
    return np.asarray(measured(question, sentences) @ _weights(), dtype=np.float32)


def measured(question: str, sentences: Sequence[str]) -> Floats:
    """The measures of each sentence, shape (len(sentences), len(MEASURES)).

    A question typed without marks gets them back first, as general Vietnamese suggests.
    """
    if not sentences:
        return np.zeros((0, len(MEASURES)), np.float32)
    marked = question if has_diacritics(question) else _restorer()(question)
    return measures(marked, sentences)


@cache
def _weights() -> Floats:
    table: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return np.array([table[name] for name in MEASURES], dtype=np.float32)


@cache
def _restorer() -> Restorer:
    return Restorer()
