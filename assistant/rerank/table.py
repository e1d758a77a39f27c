"""The cuts of a block of passages in arrays, made once: no passage is cut when a question is asked.

A cut is some 5 kB in Python's hands and 1 kB here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.rerank.cut import Cut, Cutter, Ints

Array = NDArray[Any]

_NUMBER, _CAPITAL = 1, 2  # flags of a syllable
_AT_ONCE = 256  # cuts that are held while a table is made
_SMALL = ("syllables", "flags", "pieces", "segment_syllables", "segment_pieces")
_STARTS = ("starts", "piece_starts", "segment_starts")
_LENGTHS = ("lengths", "double_lengths", "length")


class CutTable:
    """The cuts of rows 0, 1, …; never changes.

    Syllables are numbers of its own: places in ``words``.
    """

    def __init__(self, words: Iterable[str], arrays: Mapping[str, Array]) -> None:
        """``words`` and ``arrays`` as another one has them.

        ``starts``, ``piece_starts``, ``segment_starts``: of each row in ``syllables`` and
        ``flags``, in ``pieces``, and in the arrays of segments, one more. ``segment_syllables``
        and ``segment_pieces``: how many of each a segment has.
        """
        self.words = list(words)
        self.arrays = {name: arrays[name] for name in (*_SMALL, *_STARTS, *_LENGTHS)}

    def __len__(self) -> int:
        return len(self.arrays["length"])

    @classmethod
    def of(cls, texts: Iterable[str], cutter: Cutter) -> CutTable:
        """The cuts of ``texts``; ``cutter`` has cut nothing before."""
        left = iter(texts)
        blocks = [_columns([])]
        while batch := [cutter.cut(text) for text in islice(left, _AT_ONCE)]:
            blocks.append(_columns(batch))
        joined = {name: np.concatenate([b[name] for b in blocks]) for name in blocks[0]}
        arrays = {name: _smallest(joined[name]) for name in _SMALL}
        arrays |= {name: _starts(joined[name]) for name in _STARTS}
        arrays |= {name: joined[name].astype(np.float32) for name in _LENGTHS}
        return cls(cutter.words(), arrays)

    def cut(self, row: int, numbers: Ints) -> Cut:
        """The cut of a row, where a syllable is ``numbers[its place in words]``."""
        of = self.arrays
        own = slice(int(of["starts"][row]), int(of["starts"][row + 1]))
        pieces = slice(int(of["piece_starts"][row]), int(of["piece_starts"][row + 1]))
        segments = slice(int(of["segment_starts"][row]), int(of["segment_starts"][row + 1]))
        order = np.arange(segments.stop - segments.start, dtype=np.int32)
        flags = of["flags"][own]
        return Cut(
            numbers[of["syllables"][own]],
            np.repeat(order, of["segment_syllables"][segments]),
            (flags & _NUMBER).astype(bool),
            (flags & _CAPITAL).astype(bool),
            of["pieces"][pieces].astype(np.int32),
            np.repeat(order, of["segment_pieces"][segments]),
            of["lengths"][segments],
            of["double_lengths"][segments],
            float(of["length"][row]),
        )

    def without(self, gone: NDArray[np.bool_]) -> CutTable:
        """The cuts of all rows but those of the mask ``gone``, without any word only they hold."""
        of, kept = self.arrays, ~gone
        sizes = {name: np.diff(of[name]) for name in _STARTS}
        syllables = of["syllables"][np.repeat(kept, sizes["starts"])]
        used, renumbered = np.unique(syllables, return_inverse=True)
        arrays = {
            "syllables": _smallest(renumbered),
            "flags": of["flags"][np.repeat(kept, sizes["starts"])],
            "pieces": of["pieces"][np.repeat(kept, sizes["piece_starts"])],
            "length": of["length"][kept],
            **{name: _starts(size[kept]) for name, size in sizes.items()},
        }
        segments = np.repeat(kept, sizes["segment_starts"])
        for name in ("segment_syllables", "segment_pieces", "lengths", "double_lengths"):
            arrays[name] = of[name][segments]
        return CutTable([self.words[number] for number in used.tolist()], arrays)


def _columns(cuts: Sequence[Cut]) -> dict[str, Array]:
    """The columns of ``cuts``, one after the other; of what has starts, the sizes."""

    def joined(arrays: Iterable[Array], kind: type = np.int64) -> Array:
        return np.concatenate([np.zeros(0, dtype=kind), *arrays])

    return {
        "syllables": joined(cut.syllables for cut in cuts),
        "flags": joined(_NUMBER * cut.number + _CAPITAL * cut.capital for cut in cuts),
        "starts": joined(np.array([len(cut.syllables)]) for cut in cuts),
        "pieces": joined(cut.pieces for cut in cuts),
        "piece_starts": joined(np.array([len(cut.pieces)]) for cut in cuts),
        "segment_starts": joined(np.array([cut.segments]) for cut in cuts),
        "segment_syllables": joined(np.bincount(c.segment, minlength=c.segments) for c in cuts),
        "segment_pieces": joined(np.bincount(c.piece_segment, minlength=c.segments) for c in cuts),
        "lengths": joined((cut.lengths for cut in cuts), np.float32),
        "double_lengths": joined((cut.double_lengths for cut in cuts), np.float32),
        "length": joined((np.array([cut.length]) for cut in cuts), np.float32),
    }


def _starts(sizes: Array) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]).astype(np.int64)


def _smallest(numbers: Array) -> Array:
    """``numbers`` in the smallest type that holds them."""
    most = int(numbers.max()) if len(numbers) else 0
    return numbers.astype(np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.int32)
