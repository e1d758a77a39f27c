"""What can be seen of a passage's fit once it is read word by word.

All candidates are measured at once: their syllables stand one after the other in flat arrays, and
every measure is a sum or a maximum over runs of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.rerank.cut import Cut, Cutter, folded_unit, words_of
from ingest.embed.static import StaticEncoder
from ingest.vietnamese import fold, has_diacritics

FEATURES = (
    "lexical",  # BM25, as a share of the best candidate's
    "dense",  # cosine similarity of question and passage
    "first",  # the score that chose the candidates, 0…1
    "window",  # rarity-weighted share of the question's syllables within 25 syllables
    "order",  # share of the question's syllable triples that stand as they are
    "late",  # each piece of the question against the most similar one of the passage
    "segment",  # cosine similarity of the question and the most similar segment
    "segments",  # … and the most similar two segments together
    "best",  # the best segment's share of the question's syllables plus its similarity
    "length",  # logarithm of the number of syllables
    "head",  # share of the question's syllables among the first 25
    "number",  # a number of its own in the best segment, where one is asked for
    "time",  # the same, where a time is asked for
    "name",  # a capital of its own in the best segment, where a person or place is asked for
    "digits",  # share of the question's numbers that the passage holds
    "capitals",  # share of the question's capitalised words that the passage holds
)
_WINDOW = 25  # syllables
_STRIDE = 1 << 20  # above any syllable number: keys of triples fit in 64 bits


@dataclass(frozen=True, slots=True)
class _Asking:
    """Words that ask for something, as written and folded.

    A question with marks must have theirs, or «đầu» would be «đâu» and «máy» would be «mấy».
    """

    marked: re.Pattern[str]
    folded: re.Pattern[str]

    @classmethod
    def by(cls, words: str) -> _Asking:
        pattern = rf"\b(?:{words})\b"
        return cls(re.compile(pattern), re.compile(fold(pattern)))

    def stands_in(self, question: str) -> bool:
        """Whether ``question``, in lower case, asks so."""
        pattern = self.marked if has_diacritics(question) else self.folded
        return pattern.search(question) is not None


_ASKS_NUMBER = _Asking.by("bao nhiêu|mấy|số lượng|tỉ lệ|tỷ lệ|mức nào|bao lâu|thời hạn")
_ASKS_TIME = _Asking.by(
    "(?:khi|năm|ngày|tháng|lúc|thời gian|thời điểm|thế kỷ|thế kỉ) nào|bao giờ"
    "|(?:năm|ngày|tháng) mấy"
)
_ASKS_NAME = _Asking.by(
    "ai|tên|đâu|(?:người|cơ quan|đơn vị|tổ chức|nước|quốc gia|nơi|thành phố|vua|ông|tỉnh|hãng"
    "|công ty) nào"
)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Rarity = Callable[[Sequence[str]], Floats]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages to look at again, at least one, as text or cut already, and how they scored so far;
    all of one length."""

    passages: Sequence[str] | Sequence[Cut]
    lexical: Floats  # BM25
    first: Floats  # the score that chose them, scaled to 0…1


def features(question: str, candidates: Candidates, cutter: Cutter, rarity: Rarity) -> Floats:
    """The measures of each candidate, shape (candidates, len(FEATURES)).

    ``rarity`` gives the weights of folded syllables.
    """
    asked = _Asked.of(question, cutter, rarity)
    cuts = [p if isinstance(p, Cut) else cutter.cut(p) for p in candidates.passages]
    read = _Read(cuts, cutter.encoder, asked)
    whole, segment, double = read.similarities()
    best = read.share_of_segments() + segment
    chosen = read.best_segments(best)
    own_number, own_capital = read.own(chosen)
    columns = {
        "lexical": candidates.lexical / max(float(candidates.lexical.max()), 1e-9),
        "dense": whole,
        "first": candidates.first,
        "window": read.window_share(),
        "order": read.triple_share(),
        "late": read.late_interaction(),
        "segment": read.best_of(segment),
        "segments": read.best_of(double),
        "best": read.best_of(best),
        "length": np.log1p(read.sizes),
        "head": read.head_share(),
        "number": own_number * asked.wants(_ASKS_NUMBER),
        "time": own_number * asked.wants(_ASKS_TIME),
        "name": own_capital * asked.wants(_ASKS_NAME),
        "digits": read.share_held(asked.number),
        "capitals": read.share_held(asked.capital),
    }
    return np.stack([np.asarray(columns[name], np.float32) for name in FEATURES], axis=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its syllables in order, and each different one with its weight and kind."""

    text: str  # in lower case
    order: Ints  # numbers of all syllables
    syllables: Ints  # the different ones, sorted
    weights: Floats
    number: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    pieces: Ints

    @classmethod
    def of(cls, question: str, cutter: Cutter, rarity: Rarity) -> _Asked:
        written = words_of(question)
        lower = [word.lower() for word in written]
        order = cutter.numbers(lower).astype(np.int64)
        syllables, first, inverse = np.unique(order, return_index=True, return_inverse=True)
        capital = np.zeros(len(syllables), dtype=bool)
        capital[inverse[1:][[word[0].isupper() for word in written[1:]]]] = True
        words = [folded_unit(lower[i]) for i in first]
        return cls(
            question.lower(),
            order,
            syllables,
            rarity(words),
            np.array([word[0].isdigit() for word in words], dtype=bool),
            capital,
            np.array(cutter.encoder.tokens_of(lower), dtype=np.int64),
        )

    def wants(self, asking: _Asking) -> bool:
        return asking.stands_in(self.text)


class _Read:
    """The candidates side by side in flat arrays, with what they share with the question."""

    def __init__(self, cuts: Sequence[Cut], encoder: StaticEncoder, asked: _Asked) -> None:
        self._asked = asked
        self._encoder = encoder
        self._count = len(cuts)
        self.sizes = np.array([len(cut.syllables) for cut in cuts])
        segments = np.array([cut.segments for cut in cuts])
        self._first_segment = np.cumsum(segments) - segments
        self._segments = int(segments.sum())
        self._passage_of_segment = np.repeat(np.arange(self._count), segments)
        self._syllables = np.concatenate([cut.syllables for cut in cuts]).astype(np.int64)
        self._passage = np.repeat(np.arange(self._count), self.sizes)
        shift = np.repeat(self._first_segment, self.sizes)
        self._segment = np.concatenate([cut.segment for cut in cuts]) + shift
        self._is_number = np.concatenate([cut.number for cut in cuts])
        self._is_capital = np.concatenate([cut.capital for cut in cuts])
        self._piece_counts = np.array([len(cut.pieces) for cut in cuts])
        self._pieces = np.concatenate([cut.pieces for cut in cuts])
        shift = np.repeat(self._first_segment, self._piece_counts)
        self._piece_segment = np.concatenate([cut.piece_segment for cut in cuts]) + shift
        self._lengths = np.concatenate([cut.lengths for cut in cuts])
        self._whole_lengths = np.array([cut.length for cut in cuts])
        self._double_lengths = np.concatenate([cut.double_lengths for cut in cuts])
        # Positions of the question's syllables, and which of them stands there.
        known = asked.syllables
        at = np.minimum(known.searchsorted(self._syllables), max(len(known) - 1, 0))
        is_asked = known[at] == self._syllables if len(known) else np.zeros(len(at), dtype=bool)
        self._position = np.flatnonzero(is_asked)
        self._which = at[self._position]

    def best_of(self, values: Floats) -> Floats:
        """The best segment's value for each passage; ``values`` has one a segment."""
        best: Floats = np.maximum.reduceat(values, self._first_segment)
        return best

    def best_segments(self, values: Floats) -> NDArray[np.bool_]:
        """Marks the first segment of each passage that has the passage's best value."""
        best = self.best_of(values)[self._passage_of_segment]
        marked = np.flatnonzero(values >= best)
        _, first = np.unique(self._passage_of_segment[marked], return_index=True)
        chosen = np.zeros(self._segments, dtype=bool)
        chosen[marked[first]] = True
        return chosen

    def share_of_segments(self) -> Floats:
        """Rarity-weighted share of the question's syllables in each segment."""
        return self._share(self._segment[self._position], self._which, self._segments)

    def head_share(self) -> Floats:
        """… in the first syllables of each passage."""
        start = np.cumsum(self.sizes) - self.sizes
        early = self._position - start[self._passage[self._position]] < _WINDOW
        where = self._passage[self._position[early]]
        return self._share(where, self._which[early], self._count)

    def window_share(self) -> Floats:
        """… in the best window of each passage."""
        share = np.zeros(self._count, dtype=np.float32)
        if not len(self._position):
            return share
        position, passage = self._position, self._passage[self._position]
        ends = position.searchsorted(position + _WINDOW)
        held = np.zeros((len(position), len(self._asked.syllables)), dtype=bool)
        rows = np.arange(len(position))
        for step in range(int((ends - rows).max())):
            here = rows[: len(rows) - step]
            there = here + step
            inside = (there < ends[here]) & (passage[there] == passage[here])
            held[here[inside], self._which[there[inside]]] = True
        np.maximum.at(share, passage, held @ self._asked.weights / self._total)
        return share

    def share_held(self, chosen: NDArray[np.bool_]) -> Floats:
        """Rarity-weighted share of the ``chosen`` syllables of the question; 1 if none is."""
        weights = np.where(chosen, self._asked.weights, 0.0)
        total = float(weights.sum())
        if total == 0.0:
            return np.ones(self._count, dtype=np.float32)
        held = np.zeros((self._count, len(weights)), dtype=bool)
        held[self._passage[self._position], self._which] = True
        return np.asarray(held @ weights / total, dtype=np.float32)

    def triple_share(self) -> Floats:
        """Share of the question's syllable triples that stand in the passage as they are."""
        asked = np.unique(_triples(self._asked.order))
        if not len(asked) or len(self._syllables) < 3:
            return np.zeros(self._count, dtype=np.float32)
        keys = _triples(self._syllables)
        at = np.minimum(asked.searchsorted(keys), len(asked) - 1)
        found = np.flatnonzero((asked[at] == keys) & (self._segment[:-2] == self._segment[2:]))
        held = np.zeros((self._count, len(asked)), dtype=bool)
        held[self._passage[found], at[found]] = True
        return np.asarray(held.mean(axis=1), dtype=np.float32)

    def similarities(self) -> tuple[Floats, Floats, Floats]:
        """Cosine similarity of the question to each passage, each segment, and each with the next.

        A vector is the sum of its pieces' vectors, so its product with the question's is the sum
        of theirs: no segment vector has to be made.
        """
        asked = self._encoder.vectors_of(self._asked.pieces).sum(axis=0)
        asked /= max(float(np.linalg.norm(asked)), 1e-6)
        dots = (self._vectors @ asked)[self._which_piece]
        summed = np.bincount(self._piece_segment, dots, self._segments)
        double = summed.copy()
        same = np.flatnonzero(np.diff(self._passage_of_segment) == 0)
        double[same] += summed[same + 1]
        whole = np.add.reduceat(summed, self._first_segment) / self._whole_lengths
        return (
            np.asarray(whole, dtype=np.float32),
            np.asarray(summed / self._lengths, dtype=np.float32),
            np.asarray(double / self._double_lengths, dtype=np.float32),
        )

    def late_interaction(self) -> Floats:
        """Mean over the question's pieces of the greatest cosine to a piece of the passage.

        A piece counts as much as its vector is long: the model's own weight for it.
        """
        share = np.zeros(self._count, dtype=np.float32)
        asked = self._encoder.vectors_of(self._asked.pieces)
        lengths = np.linalg.norm(asked, axis=1)
        if not lengths.any() or not len(self._pieces):
            return share
        known = np.linalg.norm(self._vectors, axis=1)
        unit = self._vectors / np.maximum(known, 1e-6)[:, None]
        similar = (asked / np.maximum(lengths, 1e-6)[:, None]) @ unit.T
        filled = self._piece_counts > 0
        start = (np.cumsum(self._piece_counts) - self._piece_counts)[filled]
        best = np.maximum.reduceat(similar[:, self._which_piece], start, axis=1)
        share[filled] = lengths / lengths.sum() @ best
        return share

    def own(self, chosen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """1 for each passage whose ``chosen`` segment has a number, and a capitalised word, that
        the question does not have."""
        new = np.ones(len(self._syllables), dtype=bool)
        new[self._position] = False
        new &= chosen[self._segment]
        found = []
        for kind in (self._is_number, self._is_capital):
            flags = np.zeros(self._count, dtype=np.float32)
            flags[self._passage[new & kind]] = 1.0
            found.append(flags)
        return found[0], found[1]

    @cached_property
    def _distinct(self) -> tuple[Ints, Ints]:
        pieces, inverse = np.unique(self._pieces, return_inverse=True)
        return pieces.astype(np.int64), inverse

    @cached_property
    def _vectors(self) -> Floats:
        """Vectors of the different pieces of all passages."""
        return self._encoder.vectors_of(self._distinct[0])

    @property
    def _which_piece(self) -> Ints:
        return self._distinct[1]

    @property
    def _total(self) -> float:
        return max(float(self._asked.weights.sum()), 1e-6)

    def _share(self, where: Ints, which: Ints, count: int) -> Floats:
        held = np.zeros((count, len(self._asked.syllables)), dtype=bool)
        held[where, which] = True
        return np.asarray(held @ self._asked.weights / self._total, dtype=np.float32)


def _triples(numbers: Ints) -> Ints:
    """A key for each run of three numbers."""
    if len(numbers) < 3:
        return np.zeros(0, dtype=np.int64)
    return (numbers[:-2] * _STRIDE + numbers[1:-1]) * _STRIDE + numbers[2:]
