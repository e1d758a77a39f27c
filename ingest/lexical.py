"""BM25 over syllables and syllable pairs, with and without diacritics.

Two BM25 tables stand side by side over the same texts: one of the words as written, one of their
folded forms. A syllable typed with its marks speaks to both, one typed without them mainly to the
folded one, so that a question may be accented, half accented or not at all.

The score is Lucene's variant of BM25 (Kamphuis et al., "Which BM25 do you mean?", ECIR 2020), as
``bm25s`` computes it; the tests hold the two together. The tables are built here because the folded
one follows from the written one by renumbering: each text is cut into syllables once, in numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold, syllables

_K1, _B = 1.2, 0.75
_MARKED_SHARE = 0.3  # a question with fewer marked syllables was typed without marks
_FOLDED_WEIGHT = 0.35  # weight of the folded twin of a syllable typed with marks

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

_NO_ROWS = np.zeros(0, dtype=np.int32)
# Above this number of texts, terms in more than one text of twenty are scored only for the texts
# that the others put first: what they add is small, and to add it everywhere takes the most time.
_LARGE = 20_000
_FREQUENT = 0.05
_FIRST = 1_000


def terms(text: str) -> list[str]:
    """Index terms of ``text``: syllables and adjacent pairs; numbers without leading zeros.

    >>> terms("Kế hoạch 07")
    ['kế', 'hoạch', '7', 'kế_hoạch', 'hoạch_7']
    """
    units = _units(text)
    return units + [f"{a}_{b}" for a, b in pairwise(units)]


def _units(text: str) -> list[str]:
    return [(s.lstrip("0") or "0") if s.isdigit() else s for s in syllables(text)]


class Syllables:
    """Numbers syllables, and remembers how it cut each text.

    Indexes whose texts have parts in common (a title, a heading, a passage) share one, so that a
    part is cut once.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._cut: dict[str, Ids] = {}

    def ids_of(self, text: str) -> Ids:
        """The numbers of the syllables of ``text``, in order."""
        found = self._cut.get(text)
        if found is None:
            ids = self._ids
            numbers = [ids.setdefault(unit, len(ids)) for unit in _units(text)]
            found = self._cut[text] = np.array(numbers, dtype=np.int64)
        return found

    def vocabulary(self) -> dict[str, int]:
        """Every syllable met so far with its number, in the order of the numbers."""
        return dict(self._ids)


class LexicalIndex:
    """BM25 over ``texts``. Scores are arrays of shape ``(len(texts),)``, higher is better."""

    def __init__(
        self, texts: Sequence[str | Sequence[str]], cutter: Syllables | None = None
    ) -> None:
        """Index ``texts``; one in parts counts as the parts joined by a line break."""
        self._size = len(texts)
        cutter = cutter or Syllables()
        rows = [_ids_of(text, cutter) for text in texts]
        self._written_ids = cutter.vocabulary()
        self._folded_ids: dict[str, int] = {}
        folded = self._folded_ids
        fold_id = np.array(
            [folded.setdefault(fold(unit), len(folded)) for unit in self._written_ids],
            dtype=np.int64,
        )
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        flat = np.concatenate(rows) if rows else np.zeros(0, np.int64)
        self._written = _Table.of(flat, lengths, len(self._written_ids))
        self._folded = _Table.of(fold_id[flat], lengths, len(self._folded_ids))

    def __len__(self) -> int:
        return self._size

    def scores(self, query: str, weights: Iterable[tuple[str, float]] = ()) -> Scores:
        """BM25 of every text for ``query``; ``weights`` adds ``(phrase, weight)`` to it."""
        total = np.zeros(self._size, dtype=np.float32)
        later = []
        for term in _weighted(query, weights):
            for posting in self._postings(term):
                if self._size > _LARGE and len(posting.rows) > _FREQUENT * self._size:
                    later.append(posting)
                else:
                    total[posting.rows] += posting.scores * posting.weight
        if later and np.count_nonzero(total) < _FIRST:  # too little to choose the first by
            rarest = later.pop(min(range(len(later)), key=lambda i: len(later[i].rows)))
            total[rarest.rows] += rarest.scores * rarest.weight
        if later:
            self._add_to_the_first(total, later)
        return total

    def _add_to_the_first(self, total: Scores, postings: Sequence[_Posting]) -> None:
        first = np.sort(np.argpartition(-total, _FIRST)[:_FIRST]).astype(np.int32)
        for posting in postings:
            which, scores = posting.at(first)
            total[first[which]] += scores

    def scores_without(
        self,
        query: str,
        weights: Iterable[tuple[str, float]],
        known: Sequence[tuple[slice, frozenset[str]]],
        share: float,
    ) -> Scores:
        """As :meth:`scores`, but a term known of a block of texts counts only ``share`` there.

        ``known`` holds (rows of the block, folded terms that all of the block has in common, such
        as its document's title). Blocks don't overlap; rows outside every block score 0.
        """
        total = np.zeros(self._size, dtype=np.float32)
        if not known:
            return total
        wanted = np.concatenate([np.arange(r.start, r.stop, dtype=np.int32) for r, _ in known])
        block = np.repeat(np.arange(len(known)), [rows.stop - rows.start for rows, _ in known])
        for term in _weighted(query, weights):
            folded = fold(term.text)
            factors = np.array([share if folded in terms_ else 1.0 for _, terms_ in known])
            for posting in self._postings(term):
                which, scores = posting.at(wanted)
                total[wanted[which]] += scores * factors[block[which]]
        return total

    def counts(self) -> SyllableCounts:
        """In how many texts each syllable and each pair of adjacent ones stands, as written."""
        return SyllableCounts(self._written, self._written_ids)

    def rows_with(self, term: str, folded: bool = False) -> NDArray[np.int32]:
        """The rows of the texts that hold ``term``, one that :func:`terms` may give, in order.

        With ``folded``, ``term`` has no marks and stands for every way to mark it.
        """
        table, ids = (
            (self._folded, self._folded_ids) if folded else (self._written, self._written_ids)
        )
        posting = table.find(ids, tuple(term.split("_")), 1.0)
        return _NO_ROWS if posting is None else posting.rows

    def rarity(self, folded: Sequence[str]) -> Scores:
        """Inverse document frequency (BM25's) of folded syllables, shape ``(len(folded),)``."""
        numbers = np.array([self._folded_ids.get(unit, -1) for unit in folded], dtype=np.int64)
        return _rarity(self._folded.spread(numbers), self._size).astype(np.float32)

    def _postings(self, term: _Term) -> Iterator[_Posting]:
        """The texts that hold ``term`` as written, and folded."""
        units = tuple(fold(unit) for unit in term.units)
        written = self._written.find(self._written_ids, term.units, term.written)
        folded = self._folded.find(self._folded_ids, units, term.folded)
        yield from (p for p in (written, folded) if p is not None and p.weight)


@dataclass(frozen=True, slots=True)
class _Posting:
    """The texts that hold a term, their scores for it, and what to multiply those with."""

    rows: NDArray[np.int32]  # in order
    scores: Scores
    weight: np.float32

    def at(self, wanted: NDArray[np.int32]) -> tuple[NDArray[np.intp], Scores]:
        """Which of ``wanted`` are among the rows, and their weighted scores."""
        at = np.minimum(self.rows.searchsorted(wanted), len(self.rows) - 1)
        which = np.flatnonzero(self.rows[at] == wanted)
        return which, self.scores[at[which]] * self.weight


def _ids_of(text: str | Sequence[str], cutter: Syllables) -> Ids:
    if isinstance(text, str):
        return cutter.ids_of(text)
    parts = [cutter.ids_of(part) for part in text]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _rarity(spread: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Inverse document frequency of terms that stand in ``spread`` of ``count`` texts."""
    return np.asarray(np.log(1.0 + (count - spread + 0.5) / (spread + 0.5)))


@dataclass(frozen=True, slots=True)
class _Table:
    """The BM25 score of every (term, text) pair, by term: compressed sparse columns.

    A syllable's key is its number, a pair's is ``stride + first * stride + second``.
    """

    stride: int
    keys: Ids  # sorted
    starts: Ids  # of each key in rows and scores; one more than keys
    rows: NDArray[np.int32]
    scores: Scores

    @classmethod
    def of(cls, flat: Ids, lengths: Ids, stride: int) -> _Table:
        """The table of texts whose syllable numbers stand one after the other in ``flat``."""
        count = len(lengths)
        text_of = np.repeat(np.arange(count), lengths)
        inside = text_of[:-1] == text_of[1:]  # the two syllables of a pair stand in one text
        pairs = (stride + flat[:-1] * stride + flat[1:])[inside]
        # One number for term and text: sorting it groups the terms, and the texts of each.
        codes = np.concatenate([flat * count + text_of, pairs * count + text_of[:-1][inside]])
        codes, frequency = np.unique(codes, return_counts=True)
        terms_, rows = np.divmod(codes, max(count, 1))
        keys, starts, spread = np.unique(terms_, return_index=True, return_counts=True)
        sizes = lengths + np.maximum(lengths - 1, 0)  # in terms: syllables and pairs
        mean = sizes.mean() if count and sizes.any() else 1.0
        norm = _K1 * (1.0 - _B + _B * sizes / mean)
        scores = np.repeat(_rarity(spread, count), spread) * frequency / (norm[rows] + frequency)
        return cls(
            stride,
            keys,
            np.append(starts, len(rows)),
            rows.astype(np.int32),
            scores.astype(np.float32),
        )

    def spread(self, keys: Ids) -> NDArray[np.float64]:
        """The number of texts that hold each of ``keys``; 0 for one that is not in the table."""
        if not len(self.keys):
            return np.zeros(len(keys))
        at = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.starts[at + 1] - self.starts[at], 0.0)

    def find(self, ids: dict[str, int], units: tuple[str, ...], weight: float) -> _Posting | None:
        """The posting of a syllable or a pair; None where it is unknown."""
        numbers = [ids.get(unit, -1) for unit in units]
        if -1 in numbers:
            return None
        key = numbers[0]
        if len(numbers) == 2:
            key = self.stride + numbers[0] * self.stride + numbers[1]
        at = int(self.keys.searchsorted(key))
        if at == len(self.keys) or self.keys[at] != key:
            return None
        where = slice(self.starts[at], self.starts[at + 1])
        return _Posting(self.rows[where], self.scores[where], np.float32(weight))


class SyllableCounts:
    """Counts of written syllables and of pairs of adjacent ones, each text counted once.

    Syllables have numbers; -1 is one that no text holds.
    """

    def __init__(self, table: _Table, ids: dict[str, int]) -> None:
        self._table = table
        self._ids = ids
        self._forms: dict[str, list[str]] = {}
        for word in ids:
            if word.isalpha():
                self._forms.setdefault(fold(word), []).append(word)
        spread = table.spread(np.arange(len(ids), dtype=np.int64))
        self._counts = np.append(spread, 0.0)  # the last is found at -1
        self.total = float(spread.sum())

    def forms_of(self, folded: str) -> Sequence[str]:
        """The syllables (no numbers) whose folded form is ``folded``."""
        return self._forms.get(folded, ())

    def numbers(self, words: Sequence[str]) -> Ids:
        """The number of each of ``words``, shape ``(len(words),)``."""
        return np.array([self._ids.get(word, -1) for word in words], dtype=np.int64)

    def of(self, numbers: Ids) -> NDArray[np.float64]:
        """In how many texts each syllable stands."""
        return self._counts[numbers]

    def of_pairs(self, first: Ids, second: Ids) -> NDArray[np.float64]:
        """In how many texts each pair ``first[i] second[i]`` stands."""
        stride = self._table.stride
        keys = np.where((first < 0) | (second < 0), -1, stride + first * stride + second)
        return self._table.spread(keys)


@dataclass(frozen=True, slots=True)
class _Term:
    """A syllable or a pair of a question, with its weight as written and folded."""

    units: tuple[str, ...]
    written: float
    folded: float

    @property
    def text(self) -> str:
        return "_".join(self.units)


def _weighted(query: str, weights: Iterable[tuple[str, float]]) -> list[_Term]:
    """The different terms of a question and its additions, with the sums of their weights."""
    found: dict[tuple[str, ...], list[float]] = {}
    for phrase, weight in [(query, 1.0), *weights]:
        units = _units(phrase)
        marked = [unit != fold(unit) for unit in units]
        words = [m for u, m in zip(units, marked, strict=True) if not u.isdigit()]
        accented = bool(words) and sum(words) / len(words) >= _MARKED_SHARE
        singles = [((u,), m) for u, m in zip(units, marked, strict=True)]
        pairs = [
            ((units[i], units[i + 1]), marked[i] or marked[i + 1]) for i in range(len(units) - 1)
        ]
        for term, has_marks in [*singles, *pairs]:
            if has_marks:
                written, folded = 1.0 - _FOLDED_WEIGHT, _FOLDED_WEIGHT
            else:
                written, folded = (0.5, 0.5) if accented else (0.0, 1.0)
            sums = found.setdefault(term, [0.0, 0.0])
            sums[0] += weight * written
            sums[1] += weight * folded
    return [_Term(units, written, folded) for units, (written, folded) in found.items()]
