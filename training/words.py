"""Vectors of words by the words beside them: what may stand for what.

Counts of neighbours (within three tokens, left and right apart) become positive pointwise mutual
information, brought to few dimensions by a randomised singular value decomposition (Halko,
Martinsson and Tropp, 2011; Levy and Goldberg, "Neural Word Embedding as Implicit Matrix
Factorization", 2014, for why).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.embed.static import StaticEncoder
from ingest.vietnamese import syllables
from training.corpus import TrainingPassage

_SHARES = (1.0, 0.7, 0.4)  # what a neighbour one, two, three tokens away counts
_SMOOTHING = 0.75  # of the contexts' frequencies, as Levy, Goldberg and Dagan (2015) advise
_ROUNDS, _SPARE = 4, 16  # of the decomposition: power iterations, columns beyond those wanted
_BOUNDARY = -1  # between sentences, in a row of tokens
_CHUNK = 1 << 20  # tokens counted at once

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TableSize:
    """Words in the table, words that count as neighbours, and numbers a word."""

    words: int = 11_000
    contexts: int = 5_000
    dimension: int = 64
    least: int = 20  # times that a word must stand in the texts


def tokens_of(passages: Iterable[TrainingPassage], encoder: StaticEncoder) -> Ints:
    """All sentences one after the other in tokens of ``encoder``, -1 after each."""
    rows: list[npt.NDArray[np.int32]] = []
    for passage in passages:
        for sentence in passage.sentences:
            found = encoder.tokens_of(syllables(sentence))
            rows.append(np.array([*found, _BOUNDARY], dtype=np.int32))
    return np.concatenate(rows).astype(np.int64) if rows else np.zeros(0, np.int64)


def vectors(tokens: Ints, size: TableSize, seed: int = 0) -> tuple[Ints, Floats]:
    """The most frequent tokens of ``tokens``, in order, and their vectors, each of length 1.

    Raises ValueError where no token is frequent enough.
    """
    counts = np.bincount(tokens[tokens >= 0])
    frequent = np.argsort(-counts, kind="stable")
    chosen = frequent[: size.words][counts[frequent[: size.words]] >= size.least]
    if not len(chosen):
        raise ValueError(f"no word stands {size.least} times in the texts: too little text")
    information = _information(_neighbours(tokens, chosen, chosen[: size.contexts]))
    found = _decomposed(information, min(size.dimension, len(chosen)), seed)
    order = np.argsort(chosen)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return chosen[order], (found / np.maximum(lengths, 1e-9))[order].astype(np.float32)


def write(tokens: Ints, rows: Floats, path: Path) -> None:
    """Write the table that `assistant.choose.words` reads: a vector's numbers in 8 bits."""
    largest = np.abs(rows).max(axis=1, keepdims=True)
    rounded = np.rint(rows / np.maximum(largest, 1e-9) * 127).astype(np.int8)
    np.savez_compressed(path, tokens=tokens.astype(np.uint16), rows=rounded)


def _neighbours(tokens: Ints, words: Ints, contexts: Ints) -> Floats:
    """Weighted counts, shape (words, 2 · contexts): neighbours on the left, then on the right."""
    place = np.full(int(tokens.max()) + 2, -1, dtype=np.int64)
    place[words] = np.arange(len(words))
    column = np.full(len(place), -1, dtype=np.int64)
    column[contexts] = np.arange(len(contexts))
    width = 2 * len(contexts)
    counts = np.zeros(len(words) * width, dtype=np.float32)
    for start in range(0, len(tokens), _CHUNK):
        part = tokens[max(0, start - len(_SHARES)) : start + _CHUNK]
        new = start - max(0, start - len(_SHARES))  # what stands before it is counted already
        sentence = np.cumsum(part == _BOUNDARY)
        for distance, share in enumerate(_SHARES, 1):
            first, second = part[:-distance], part[distance:]
            together = (sentence[:-distance] == sentence[distance:]) & (first >= 0)
            together &= np.arange(distance, len(part)) >= new
            for word, other, shift in ((first, second, len(contexts)), (second, first, 0)):
                row, at = place[word[together]], column[other[together]]
                known = (row >= 0) & (at >= 0)
                np.add.at(counts, row[known] * width + at[known] + shift, np.float32(share))
    return counts.reshape(len(words), width)


def _information(counts: Floats) -> Floats:
    """Positive pointwise mutual information of rows and columns; ``counts`` is overwritten."""
    total = float(counts.sum(dtype=np.float64))
    rows = np.maximum(counts.sum(axis=1, dtype=np.float64), 1e-9)
    columns = np.maximum(counts.sum(axis=0, dtype=np.float64), 1e-9) ** _SMOOTHING
    columns *= total / columns.sum()
    counts *= (total / rows)[:, None].astype(np.float32)
    counts /= columns[None, :].astype(np.float32)
    np.maximum(counts, 1.0, out=counts)
    return np.log(counts, out=counts)


def _decomposed(matrix: Floats, dimension: int, seed: int) -> Floats:
    """Left singular vectors times the roots of their values, shape (rows, dimension)."""
    random = np.random.default_rng(seed)
    wide = min(dimension + _SPARE, *matrix.shape)
    basis = matrix @ random.standard_normal((matrix.shape[1], wide), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(basis)[0]
        basis = matrix @ np.linalg.qr(matrix.T @ basis)[0]
    basis = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    return np.asarray((basis @ left * np.sqrt(values))[:, :dimension], dtype=np.float32)
