"""Passages cut into syllables, segments and pieces of the embedding, as arrays."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ingest.embed.static import StaticEncoder
from ingest.vietnamese import fold

_SEGMENT = re.compile(r"(?<=[.;:!?…])\s+|\n+")
_WORD = re.compile(r"\w+")
_KEPT = 4_000  # passages; about 5 kB each
_KEPT_PARTS = 1_024

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage in arrays. Its segments are its sentences, items and lines.

    ``syllables``, ``segment``, ``number`` and ``capital`` have an entry a syllable: the number of
    its folded form, the segment it stands in, whether it is a number, and whether it has a capital
    that no sentence start explains. ``pieces`` and ``piece_segment`` have one a piece of the
    embedding. ``lengths[i]`` is the length of segment i's vector (the sum of its pieces'), and
    ``double_lengths[i]`` that of segments i and i + 1 together; ``length`` is that of all.
    """

    syllables: Ints
    segment: Ints
    number: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    pieces: Ints
    piece_segment: Ints
    lengths: Floats
    double_lengths: Floats
    length: float

    @property
    def segments(self) -> int:
        return len(self.lengths)


class Cutter:
    """Cuts passages, and keeps the last few thousand cuts. Several threads may share one."""

    def __init__(self, encoder: StaticEncoder) -> None:
        self.encoder = encoder
        self._numbering = threading.Lock()
        self._keeping = threading.Lock()
        self._number_of: dict[str, int] = {}
        self._number_of_written: dict[str, int] = {}
        self._cuts: OrderedDict[str, Cut] = OrderedDict()
        self._part = lru_cache(_KEPT_PARTS)(self._read_part)  # titles and headings come again

    def words(self) -> list[str]:
        """Every folded word met so far, in the order of the numbers."""
        return list(self._number_of)

    def numbers(self, words: Sequence[str]) -> Ints:
        """The number of each word's folded form."""
        found = list(map(self._number_of_written.get, words))
        if None in found:
            found = [self._number(word) for word in words]
        return np.array(found, dtype=np.int32)

    def _number(self, word: str) -> int:
        number = self._number_of_written.get(word)
        if number is None:
            folded = folded_unit(word)
            with self._numbering:  # no two words may get one number
                number = self._number_of.setdefault(folded, len(self._number_of))
            self._number_of_written[word] = number
        return number

    def cut(self, text: str) -> Cut:
        """The cut of ``text``; a text without a word has one empty segment."""
        found = self._cuts.get(text)
        if found is None:
            found = self._cut(text)
            with self._keeping:
                self._cuts[text] = found
                if len(self._cuts) > _KEPT:
                    self._cuts.popitem(last=False)
        return found

    def _cut(self, text: str) -> Cut:
        parts = [part for written in _SEGMENT.split(text) if (part := self._part(written)).words]
        sizes = [len(part.words) for part in parts]
        piece_sizes = [len(part.pieces) for part in parts]
        order = np.arange(len(parts), dtype=np.int32)
        pieces = np.array(list(chain.from_iterable(p.pieces for p in parts)), dtype=np.int32)
        piece_segment = np.repeat(order, piece_sizes)
        vectors = self._segment_vectors(pieces, piece_segment, max(len(parts), 1))
        double = vectors.copy()
        double[:-1] += vectors[1:]
        return Cut(
            self.numbers(list(chain.from_iterable(part.words for part in parts))),
            np.repeat(order, sizes),
            np.array(list(chain.from_iterable(part.number for part in parts)), dtype=bool),
            np.array(list(chain.from_iterable(part.capital for part in parts)), dtype=bool),
            pieces,
            piece_segment,
            _lengths(vectors),
            _lengths(double),
            float(_lengths(vectors.sum(axis=0, keepdims=True))[0]),
        )

    def _read_part(self, written: str) -> _Part:
        found = _WORD.findall(written)
        words = [word.lower() for word in found]
        return _Part(
            words,
            [word[0].isdigit() for word in found],
            [False, *(word[0].isupper() for word in found[1:])] if found else [],
            self.encoder.tokens_of(words) if words else [],
        )

    def _segment_vectors(self, pieces: Ints, segment: Ints, count: int) -> Floats:
        vectors = np.zeros((count, self.encoder.dimension), dtype=np.float32)
        if len(pieces):
            first = np.flatnonzero(np.diff(segment, prepend=-1))
            summed = np.add.reduceat(self.encoder.vectors_of(pieces), first, axis=0)
            vectors[segment[first]] = summed
        return vectors


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, an item or a line: its words in lower case, what each is, and its pieces."""

    words: list[str]
    number: list[bool]
    capital: list[bool]
    pieces: list[int]


def words_of(text: str) -> list[str]:
    """The words of ``text`` as written."""
    return _WORD.findall(text)


def folded_unit(word: str) -> str:
    """A word as the folded index has it: no marks, numbers without leading zeros."""
    folded = fold(word)
    return (folded.lstrip("0") or "0") if folded.isdigit() else folded


def _lengths(vectors: Floats) -> Floats:
    lengths: Floats = np.maximum(np.linalg.norm(vectors, axis=1), 1e-6).astype(np.float32)
    return lengths
