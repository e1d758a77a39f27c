"""BM25 over syllables and syllable pairs, with and without diacritics.

A question's terms are looked up among the words as written and among their folded forms. A syllable
typed with its marks speaks to both, one typed without them mainly to the folded ones, so that a
question may be accented, half accented or not at all.

The score is Lucene's variant of BM25 (Kamphuis et al., "Which BM25 do you mean?", ECIR 2020), as
``bm25s`` computes it; the tests hold the two together. As in Lucene an index may lie in segments:
:class:`Postings` hold counts of a block of texts, which never change, and :class:`LexicalIndex`
makes scores of them when it is asked, with the statistics of all its segments together. So the
scores are those of one table over all texts, and texts that are added cost what they are alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.vietnamese import fold, syllables

_K1, _B = 1.2, 0.75
_MARKED_SHARE = 0.3  # a question with fewer marked syllables was typed without marks
_FOLDED_WEIGHT = 0.35  # weight of the folded twin of a syllable typed with marks

Ids = NDArray[np.int64]
Rows = NDArray[np.int32]
Scores = NDArray[np.float32]

_NO_ROWS = np.zeros(0, dtype=np.int32)
# Above this number of texts, terms in more than one text of twenty are scored only for the texts
# that the others put first: what they add is small, and to add it everywhere takes the most time.
_LARGE = 20_000
_FREQUENT = 0.05
_FIRST = 1_000
_LONG = 16  # times as long as the texts looked for are many: a list to search, not to read
_KEPT_FOUND = 1 << 12  # terms whose lists are known


def terms(text: str) -> list[str]:
    """Index terms of ``text``: syllables and adjacent pairs; numbers without leading zeros.

    >>> terms("Kế hoạch 07")
    ['kế', 'hoạch', '7', 'kế_hoạch', 'hoạch_7']
    """
    units = term_syllables(text)
    return units + [f"{a}_{b}" for a, b in pairwise(units)]


def term_syllables(text: str) -> list[str]:
    """The syllables of ``text`` in order, numbers without leading zeros."""
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
            numbers = [ids.setdefault(unit, len(ids)) for unit in term_syllables(text)]
            found = self._cut[text] = np.array(numbers, dtype=np.int64)
        return found

    def vocabulary(self) -> list[str]:
        """Every syllable met so far, in the order of the numbers."""
        return list(self._ids)


@dataclass(frozen=True, slots=True)
class _Found:
    """A term's lists in one block of texts: ``lists`` of the written terms that it stands for."""

    first: int
    last: int  # past the end
    spread: int  # the place of its counts in ``spread``

    @property
    def is_one(self) -> bool:
        return self.last == self.first + 1

    @property
    def lists(self) -> tuple[int, int]:
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class _SomeRows:
    """A few texts of one block.

    ``rows``: which they are; ``places``: their places among all that are asked for; ``place_of``:
    shape (texts of the block,), the place of each, -1 of the others.
    """

    rows: Rows
    places: NDArray[np.intp]
    place_of: NDArray[np.intp]


class Postings:
    """Which texts of a block hold each term, and how often. Arrays alone; never changes.

    A text may have a head before it (a title); a term's ``whole`` count is of both, its ``own`` one
    of the text without the head. Written terms stand in the order of their folded forms, so that
    the lists of a folded term stand together and need no copy.
    """

    ARRAYS = (
        "folded_of", "folded_keys", "folded_starts", "written_keys", "starts", "rows", "whole",
        "own", "spread", "sizes",
    )  # fmt: skip

    def __init__(self, vocabulary: Iterable[str], arrays: Mapping[str, NDArray[Any]]) -> None:
        """``vocabulary`` and ``arrays`` as another one has them.

        With V written syllables and F folded ones, a syllable's key is its number and a pair's is
        V + V · first + second, or with F. ``folded_of``: (V,), the folded number of each.
        ``folded_keys``: sorted; ``folded_starts``: of each in ``written_keys``, one more.
        ``starts``: of each written key in ``rows``, ``whole`` and ``own``, one more. ``spread``:
        (2, folded keys) and then (2, written keys): in how many texts, whole and own. ``sizes``:
        (2, texts), in terms, whole and own.
        """
        self.vocabulary = list(vocabulary)
        self.arrays = {name: arrays[name] for name in self.ARRAYS}
        self._ids = {unit: number for number, unit in enumerate(self.vocabulary)}
        self._folded_of = arrays["folded_of"]
        self._folded_keys, self._folded_starts = arrays["folded_keys"], arrays["folded_starts"]
        self._written_keys, self._starts = arrays["written_keys"], arrays["starts"]
        self._rows = arrays["rows"]
        self._counts = (arrays["whole"], arrays["own"])
        self._spread = arrays["spread"]
        self.sizes = arrays["sizes"]
        self._found = lru_cache(_KEPT_FOUND)(self._find)  # a question asks for a term often

    @cached_property
    def _folded_ids(self) -> dict[str, int]:
        numbers = self._folded_of.tolist()
        return {fold(unit): n for unit, n in zip(self.vocabulary, numbers, strict=True)}

    @cached_property
    def _folded_size(self) -> int:
        return int(self._folded_of.max()) + 1 if len(self._folded_of) else 0

    def __len__(self) -> int:
        return int(self.sizes.shape[1])

    @classmethod
    def of(cls, heads: Sequence[Ids], texts: Sequence[Ids], vocabulary: Sequence[str]) -> Postings:
        """The postings of texts given by the numbers of their syllables, with their heads."""
        count = len(texts)
        used = _numbers_in(itertools.chain(heads, texts))
        renumber = np.full(len(vocabulary), -1, dtype=np.int64)
        renumber[used] = np.arange(len(used))
        written = [vocabulary[number] for number in used.tolist()]
        numbers: dict[str, int] = {}
        folded_of = np.array(
            [numbers.setdefault(fold(unit), len(numbers)) for unit in written], dtype=np.int64
        )
        parts = [part for both in zip(heads, texts, strict=True) for part in both]
        flat = renumber[np.concatenate(parts)] if parts else np.zeros(0, np.int64)
        own_sizes = np.array([len(text) for text in texts], dtype=np.int64)
        sizes = own_sizes + np.array([len(head) for head in heads], dtype=np.int64)
        text_of = np.repeat(np.arange(count), sizes)
        is_own = _own(sizes, own_sizes)
        inside = text_of[:-1] == text_of[1:]  # the two syllables of a pair stand in one text
        size = len(written)
        pairs = (size + flat[:-1] * size + flat[1:])[inside]
        keys = np.concatenate([flat, pairs])
        rows = np.concatenate([text_of, text_of[:-1][inside]])
        own = np.concatenate([is_own, is_own[:-1][inside]])
        in_terms = np.stack([sizes, own_sizes])
        in_terms += np.maximum(in_terms - 1, 0)
        return cls._of_terms(written, folded_of, keys, rows, own, in_terms)

    @classmethod
    def _of_terms(
        cls,
        vocabulary: list[str],
        folded_of: Ids,
        keys: Ids,
        rows: Ids,
        own: NDArray[np.bool_],
        sizes: Ids,
    ) -> Postings:
        """From each occurrence of a written term: its key, its text, and whether it is own."""
        count = max(sizes.shape[1], 1)
        # One number for term, text and kind: sorting it groups the terms, and the texts of each.
        different, which = _ranked(keys)
        folded_keys = _folded_keys(different, folded_of, len(vocabulary))
        order = np.lexsort((different, folded_keys))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        codes = np.sort((place[which] * count + rows) * 2 + own)
        is_own, codes = codes & 1, codes >> 1
        first = np.flatnonzero(np.diff(codes, prepend=-1))
        whole = np.diff(first, append=len(codes))
        owned = np.add.reduceat(is_own, first) if len(first) else np.zeros(0, np.int64)
        terms_, rows = np.divmod(codes[first], count)
        return cls._of_counts(
            vocabulary, folded_of, different[order], terms_, rows, whole, owned, sizes
        )

    @classmethod
    def _of_counts(
        cls,
        vocabulary: list[str],
        folded_of: Ids,
        written_keys: Ids,
        terms_: Ids,
        rows: Ids,
        whole: Ids,
        own: Ids,
        sizes: Ids,
    ) -> Postings:
        """From sorted (term, text) pairs; ``terms_`` are places in ``written_keys``, which stand
        in the order of their folded forms."""
        count = sizes.shape[1]
        of_written = _folded_keys(written_keys, folded_of, len(vocabulary))
        folded_starts = np.flatnonzero(np.diff(of_written, prepend=-1))
        folded_keys = of_written[folded_starts]
        group = np.repeat(
            np.arange(len(folded_keys)), np.diff(folded_starts, append=len(of_written))
        )
        starts = np.searchsorted(terms_, np.arange(len(written_keys) + 1))
        owned = own > 0
        written_spread = np.stack(
            [np.diff(starts), np.bincount(terms_[owned], minlength=len(written_keys))]
        )
        folded_spread = _folded_spread(group, terms_, rows, owned, len(folded_keys), max(count, 1))
        arrays: dict[str, NDArray[Any]] = {
            "folded_of": folded_of,
            "folded_keys": folded_keys,
            "folded_starts": np.append(folded_starts, len(written_keys)).astype(np.int32),
            "written_keys": written_keys,
            "starts": starts,
            "rows": rows.astype(np.uint16 if count <= 1 << 16 else np.int32),
            "whole": _small(whole),
            "own": _small(own),
            "spread": np.concatenate([folded_spread, written_spread], axis=1).astype(np.int32),
            "sizes": sizes,
        }
        return cls(vocabulary, arrays)

    def without(self, gone: NDArray[np.bool_]) -> Postings:
        """The postings without the texts of the mask ``gone``, nor any word that only they hold."""
        kept = ~gone
        new_row = np.cumsum(kept) - 1
        stays = kept[self._rows]
        terms_ = np.repeat(np.arange(len(self._written_keys)), np.diff(self._starts))[stays]
        held = np.bincount(terms_, minlength=len(self._written_keys)) > 0
        terms_ = (np.cumsum(held) - 1)[terms_]
        keys = self._written_keys[held]
        size = len(self.vocabulary)
        units = np.sort(keys[keys < size])  # the syllables of a pair are terms themselves
        renumber = np.full(size, -1, dtype=np.int64)
        renumber[units] = np.arange(len(units))
        first, second = np.divmod(np.maximum(keys - size, 0), size)
        pairs = len(units) + renumber[first] * len(units) + renumber[second]
        new_keys = np.where(keys < size, renumber[np.minimum(keys, size - 1)], pairs)
        # Numbers keep their order, so that terms do: also the folded ones, by their first forms.
        _, folded_of = np.unique(self._folded_of[units], return_inverse=True)
        return self._of_counts(
            [self.vocabulary[unit] for unit in units.tolist()],
            folded_of.astype(np.int64),
            new_keys,
            terms_,
            new_row[self._rows[stays]],
            self._counts[0][stays].astype(np.int64),
            self._counts[1][stays].astype(np.int64),
            self.sizes[:, kept],
        )

    # -- looking up ------------------------------------------------------------------------------

    def find(self, units: tuple[str, ...], folded: bool) -> _Found | None:
        """The lists of a syllable or a pair, as written or of every way to write a folded one;
        None where no text has it."""
        return self._found(units, folded)

    def _find(self, units: tuple[str, ...], folded: bool) -> _Found | None:
        return self._find_folded(units) if folded else self._find_written(units)

    def _find_written(self, units: tuple[str, ...]) -> _Found | None:
        numbers = [self._ids.get(unit, -1) for unit in units]
        if -1 in numbers:
            return None
        place = self._folded_place([int(self._folded_of[number]) for number in numbers])
        if place is None:
            return None
        size = len(self.vocabulary)
        key = numbers[0] if len(numbers) == 1 else size + numbers[0] * size + numbers[1]
        first, last = int(self._folded_starts[place]), int(self._folded_starts[place + 1])
        at = first + int(self._written_keys[first:last].searchsorted(key))
        if at == last or self._written_keys[at] != key:
            return None
        return _Found(at, at + 1, len(self._folded_keys) + at)

    def _find_folded(self, units: tuple[str, ...]) -> _Found | None:
        at = self._folded_place([self._folded_ids.get(unit, -1) for unit in units])
        if at is None:
            return None
        return _Found(int(self._folded_starts[at]), int(self._folded_starts[at + 1]), at)

    def _folded_place(self, numbers: Sequence[int]) -> int | None:
        """Where the key of one or two folded syllables stands."""
        if -1 in numbers or not 1 <= len(numbers) <= 2:
            return None
        size = self._folded_size
        key = numbers[0] if len(numbers) == 1 else size + numbers[0] * size + numbers[1]
        at = int(self._folded_keys.searchsorted(key))
        return at if at < len(self._folded_keys) and self._folded_keys[at] == key else None

    def spread(self, found: _Found | None, own: bool) -> int:
        """In how many texts a term stands, however it is written."""
        return 0 if found is None else int(self._spread[int(own), found.spread])

    def counts_of(self, found: _Found, own: bool) -> tuple[Rows, NDArray[Any]]:
        """The texts that hold a term, in order, and how often each does."""
        if found.is_one:
            where = slice(int(self._starts[found.first]), int(self._starts[found.last]))
            rows, counts = self._rows[where], self._counts[own][where]
            if own:
                held = np.flatnonzero(counts)
                rows, counts = rows[held], counts[held]
            return rows.astype(np.int32), counts
        where = slice(int(self._starts[found.first]), int(self._starts[found.last]))
        sums = np.bincount(self._rows[where], weights=self._counts[own][where])
        rows = np.flatnonzero(sums).astype(np.int32)
        return rows, sums[rows]

    def counts_among(
        self, found: _Found, own: bool, some: _SomeRows
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        """How often a term stands in some texts: their places, and the counts, each above 0."""
        starts = self._starts[found.first : found.last + 1].tolist()
        longest = _LONG * len(some.rows)
        if found.is_one:
            start, end = starts
            look = self._search_among if end - start > longest else self._read_among
            return look(start, end, own, some)
        # A long list is searched for the texts, short ones are read: together, as they stand.
        pieces, at = [], starts[0]
        for start, end in pairwise(starts):
            if end - start > longest:
                pieces += [self._read_among(at, start, own, some)] if at < start else []
                pieces += [self._search_among(start, end, own, some)]
                at = end
        pieces += [self._read_among(at, starts[-1], own, some)] if at < starts[-1] else []
        places = np.concatenate([place for place, _ in pieces])
        sums = np.bincount(places, weights=np.concatenate([counts for _, counts in pieces]))
        places = sums.nonzero()[0]
        return places, sums[places]

    def _read_among(
        self, start: int, end: int, own: bool, some: _SomeRows
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        places = some.place_of[self._rows[start:end]]
        held = (places >= 0).nonzero()[0]
        counts = self._counts[own][start:end][held]
        return _above_0(places[held], counts) if own else (places[held], counts)

    def _search_among(
        self, start: int, end: int, own: bool, some: _SomeRows
    ) -> tuple[NDArray[np.intp], NDArray[Any]]:
        rows = self._rows[start:end]
        at = rows.searchsorted(some.rows.astype(rows.dtype))
        at[at == len(rows)] = 0
        held = (rows[at] == some.rows).nonzero()[0]
        counts = self._counts[own][start:end][at[held]]
        return _above_0(some.places[held], counts) if own else (some.places[held], counts)

    def stands_in(self, found: _Found, own: bool, rows: slice) -> bool:
        """Whether one of the texts ``rows`` holds a term."""
        low, high = self._rows.dtype.type(rows.start), rows.stop - 1
        for at in range(found.first, found.last):
            start, end = int(self._starts[at]), int(self._starts[at + 1])
            held = self._rows[start:end]
            first = int(held.searchsorted(low))
            last = int(held.searchsorted(held.dtype.type(high), side="right"))
            if first < last and (not own or self._counts[1][start + first : start + last].any()):
                return True
        return False

    def pair_spread(self, first: Ids, second: Ids, own: bool) -> Ids:
        """In how many texts each written pair of syllable numbers stands; 0 where one is -1."""
        size, folded_size = len(self.vocabulary), self._folded_size
        found = np.zeros(len(first), dtype=np.int64)
        if not len(self._written_keys):
            return found
        known = np.flatnonzero((first >= 0) & (second >= 0))
        first, second = first[known], second[known]
        folded = folded_size + self._folded_of[first] * folded_size + self._folded_of[second]
        at = np.minimum(self._folded_keys.searchsorted(folded), len(self._folded_keys) - 1)
        here = np.flatnonzero(self._folded_keys[at] == folded)
        keys = size + first[here] * size + second[here]
        place, stop = self._folded_starts[at[here]], self._folded_starts[at[here] + 1]
        alive = np.arange(len(here))
        while len(alive):  # a folded pair is written in few ways: step through them together
            match = self._written_keys[place[alive]] == keys[alive]
            done = alive[match]
            spread = self._spread[int(own), len(self._folded_keys) + place[done]]
            found[known[here[done]]] = spread
            alive = alive[~match]
            place[alive] += 1
            alive = alive[place[alive] < stop[alive]]
        return found

    def syllable_spread(self, own: bool) -> Ids:
        """In how many texts each written syllable stands, shape (V,)."""
        size = len(self.vocabulary)
        spread = np.zeros(size, dtype=np.int64)
        single = np.flatnonzero(self._written_keys < size)
        spread[self._written_keys[single]] = self._spread[int(own), len(self._folded_keys) + single]
        return spread

    def number_of(self, unit: str) -> int:
        """The number of a written syllable, -1 where no text has it."""
        return self._ids.get(unit, -1)


def _above_0(
    places: NDArray[np.intp], counts: NDArray[Any]
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Those whose count is above 0: a term may stand in a text's head alone."""
    held = counts.nonzero()[0]
    return places[held], counts[held]


def _numbers_in(texts: Iterable[Ids]) -> Ids:
    """The different syllable numbers of ``texts``, sorted."""
    parts = [part for part in texts if len(part)]
    if not parts:
        return np.zeros(0, dtype=np.int64)
    seen = np.zeros(max(int(part.max()) for part in parts) + 1, dtype=bool)
    for part in parts:
        seen[part] = True
    return np.flatnonzero(seen)


def _ranked(keys: Ids) -> tuple[Ids, Ids]:
    """The different keys, sorted, and which of them each key is."""
    different, which = np.unique(keys, return_inverse=True)
    return different, which


def _own(sizes: Ids, own_sizes: Ids) -> NDArray[np.bool_]:
    """For each syllable of texts with heads, one after the other, whether it is the text's own."""
    ends = np.cumsum(sizes)
    at = np.arange(int(ends[-1]) if len(ends) else 0)
    return at >= np.repeat(ends - own_sizes, sizes)


def _folded_keys(keys: Ids, folded_of: Ids, size: int) -> Ids:
    """The folded key of each written key."""
    if not len(keys):
        return keys
    folded_size = int(folded_of.max()) + 1
    first, second = np.divmod(np.maximum(keys - size, 0), size)
    pairs = folded_size + folded_of[first] * folded_size + folded_of[second]
    return np.where(keys < size, folded_of[np.minimum(keys, size - 1)], pairs)


def _folded_spread(
    group: Ids, terms_: Ids, rows: Ids, owned: NDArray[np.bool_], size: int, count: int
) -> Ids:
    """In how many texts each folded term stands, whole and own: shape (2, ``size``).

    ``group`` is the folded term of each written one. Only where a folded term is written in several
    ways can a text hold it twice.
    """
    found = np.zeros((2, size), dtype=np.int64)
    ways = np.bincount(group, minlength=size)
    of_pair = group[terms_]
    for own in (False, True):
        chosen = owned if own else np.ones(len(terms_), dtype=bool)
        one = chosen & (ways[of_pair] == 1)
        found[int(own)] += np.bincount(of_pair[one], minlength=size)
        several = chosen & (ways[of_pair] > 1)
        codes = np.sort(of_pair[several] * count + rows[several])
        codes = codes[np.flatnonzero(np.diff(codes, prepend=-1))]
        found[int(own)] += np.bincount(codes // count, minlength=size)
    return found


def _small(counts: Ids) -> NDArray[Any]:
    """``counts`` in the smallest type that holds them."""
    most = int(counts.max()) if len(counts) else 0
    return counts.astype(np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.int32)


class LexicalIndex:
    """BM25 over texts. Scores are arrays of shape ``(texts,)``, higher is better."""

    def __init__(
        self, texts: Sequence[str | Sequence[str]], cutter: Syllables | None = None
    ) -> None:
        """Index ``texts``; one in parts counts as the parts joined by a line break."""
        cutter = cutter or Syllables()
        cut = [_ids_of(text, cutter) for text in texts]
        heads = [np.zeros(0, np.int64)] * len(cut)
        self._set([Postings.of(heads, cut, cutter.vocabulary())], own=True)

    @classmethod
    def over(cls, segments: Sequence[Postings], *, own: bool) -> LexicalIndex:
        """The index of blocks of texts, one after the other: without their heads (``own``) or with
        them."""
        index = cls.__new__(cls)
        index._set(segments, own)
        return index

    def _set(self, segments: Sequence[Postings], own: bool) -> None:
        self._segments = tuple(segments)
        self._own = own
        self._starts = [0, *itertools.accumulate(len(segment) for segment in segments)]
        self._size = self._starts[-1]
        sizes = [segment.sizes[int(own)] for segment in segments]
        total = sum(int(s.sum()) for s in sizes)
        mean = total / self._size if total else 1.0
        self._norms = [_K1 * (1.0 - _B + _B * s / mean) for s in sizes]

    def __len__(self) -> int:
        return self._size

    def scores(self, query: str, weights: Iterable[tuple[str, float]] = ()) -> Scores:
        """BM25 of every text for ``query``; ``weights`` adds ``(phrase, weight)`` to it."""
        total = np.zeros(self._size, dtype=np.float32)
        later = []
        for term in _weighted(query, weights):
            for posting in self._postings(term):
                if self._size > _LARGE and posting.spread > _FREQUENT * self._size:
                    later.append(posting)
                else:
                    posting.add_to(total)
        if later and np.count_nonzero(total) < _FIRST:  # too little to choose the first by
            at = min(range(len(later)), key=lambda i: later[i].spread)
            first, *rest = later[at].weights
            replace(later[at], weights=(first,)).add_to(total)
            later[at : at + 1] = [replace(later[at], weights=tuple(rest))] if rest else []
        if later:
            self._add_to_the_first(total, later)
        return total

    def _add_to_the_first(self, total: Scores, postings: Sequence[_Posting]) -> None:
        first = np.sort(np.argpartition(-total, _FIRST)[:_FIRST]).astype(np.int32)
        some = self._some(first)
        sums = total[first]
        for posting in postings:
            posting.add_to_some(sums, some)
        total[first] = sums

    def _some(self, rows: Rows) -> _Some:
        """The texts ``rows``, in any order."""
        norms = np.ones(len(rows))
        found: list[_SomeRows | None] = []
        for segment, start, own in zip(self._segments, self._starts, self._norms, strict=False):
            places = np.flatnonzero((rows >= start) & (rows < start + len(segment)))
            inside = rows[places] - np.int32(start)
            place_of = np.full(len(segment), -1, dtype=np.intp)
            place_of[inside] = places
            norms[places] = own[inside]
            found.append(_SomeRows(inside, places, place_of) if len(places) else None)
        return _Some(found, norms)

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
        some = self._some(wanted)
        sums = np.zeros(len(wanted), dtype=np.float32)
        for term in _weighted(query, weights):
            folded = fold(term.text)
            factors = np.array([share if folded in terms_ else 1.0 for _, terms_ in known])[block]
            for posting in self._postings(term):
                posting.add_to_some(sums, some, factors)
        total[wanted] = sums
        return total

    def counts(self) -> SyllableCounts:
        """In how many texts each syllable and each pair of adjacent ones stands, as written."""
        return SyllableCounts(self._segments, self._own)

    def rows_with(self, term: str, folded: bool = False) -> Rows:
        """The rows of the texts that hold ``term``, one that :func:`terms` may give, in order.

        With ``folded``, ``term`` has no marks and stands for every way to mark it.
        """
        units = tuple(term.split("_"))
        parts = [
            segment.counts_of(found, self._own)[0] + np.int32(start)
            for segment, start in zip(self._segments, self._starts, strict=False)
            if (found := segment.find(units, folded))
        ]
        return np.concatenate(parts) if parts else _NO_ROWS

    def spread(self, term: str, folded: bool = False) -> int:
        """In how many texts ``term`` stands: the length of :meth:`rows_with`."""
        units = tuple(term.split("_"))
        return self._spread(units, folded)

    def _spread(self, units: tuple[str, ...], folded: bool) -> int:
        return sum(s.spread(s.find(units, folded), self._own) for s in self._segments)

    def stands_in(self, rows: slice, term: str, folded: bool = False) -> bool:
        """Whether one of the texts ``rows``, all of one segment, holds ``term``."""
        units = tuple(term.split("_"))
        for segment, start in zip(self._segments, self._starts, strict=False):
            if start <= rows.start < start + len(segment):
                found = segment.find(units, folded)
                within = slice(rows.start - start, rows.stop - start)
                return found is not None and segment.stands_in(found, self._own, within)
        return False

    def rarity(self, folded: Sequence[str]) -> Scores:
        """Inverse document frequency (BM25's) of folded syllables, shape ``(len(folded),)``."""
        spread = np.array([self._spread((unit,), folded=True) for unit in folded], dtype=np.float64)
        return _rarity(spread, self._size).astype(np.float32)

    def _postings(self, term: _Term) -> Iterator[_Posting]:
        """The texts that hold ``term`` as written, and folded."""
        units = tuple(fold(unit) for unit in term.units)
        written = self._posting(term.units, False, term.written)
        folded = self._posting(units, True, term.folded)
        if written and folded and written.finds_what(folded):
            yield replace(written, weights=(*written.weights, *folded.weights))
        else:
            yield from filter(None, (written, folded))

    def _posting(self, units: tuple[str, ...], folded: bool, weight: float) -> _Posting | None:
        """The texts that hold a term; None where none does, or it has no ``weight``."""
        if not weight:
            return None
        parts, spread = [], 0
        for which, segment in enumerate(self._segments):
            if found := segment.find(units, folded):
                spread += segment.spread(found, self._own)
                parts.append(_Part(segment, which, self._starts[which], self._norms[which], found))
        if not spread:
            return None
        rarity = _rarity(np.array([spread], dtype=np.float64), self._size)[0]
        return _Posting(parts, self._own, spread, float(rarity), (np.float32(weight),))


@dataclass(frozen=True, slots=True)
class _Part:
    """A term in one segment: where its lists are, and the norms of the segment's texts."""

    segment: Postings
    which: int
    start: int
    norms: NDArray[np.float64]
    found: _Found


@dataclass(frozen=True, slots=True)
class _Some:
    """A few texts: by segment, None for one that holds none of them, and the norms of all."""

    rows: Sequence[_SomeRows | None]
    norms: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Posting:
    """The texts that hold a term: in how many it stands, how rare that is, what it counts.

    ``weights`` are several where it is asked for as written and folded, and written in one way.
    """

    parts: Sequence[_Part]
    own: bool
    spread: int
    rarity: float
    weights: tuple[np.float32, ...]

    def finds_what(self, other: _Posting) -> bool:
        """Whether both have the same lists."""
        mine, theirs = self.parts, other.parts
        return len(mine) == len(theirs) and all(
            a.segment is b.segment and a.found.lists == b.found.lists
            for a, b in zip(mine, theirs, strict=True)
        )

    def add_to(self, total: Scores) -> None:
        """Add the weighted scores of the texts to ``total``, shape (all texts,)."""
        for part in self.parts:
            rows, counts = part.segment.counts_of(part.found, self.own)
            scores = self._scores(counts, part.norms[rows])
            own = total[part.start : part.start + len(part.segment)]
            for weight in self.weights:
                own[rows] += scores * weight

    def add_to_some(
        self, sums: Scores, some: _Some, factors: NDArray[np.float64] | None = None
    ) -> None:
        """Add those of ``some`` texts to ``sums``, shape (some texts,); each times its factor."""
        for part in self.parts:
            rows = some.rows[part.which]
            if rows is None:
                continue
            at, counts = part.segment.counts_among(part.found, self.own, rows)
            scores = self._scores(counts, some.norms[at])
            for weight in self.weights:
                more = scores * weight
                sums[at] += more if factors is None else more * factors[at]

    def _scores(self, counts: NDArray[Any], norms: NDArray[np.float64]) -> Scores:
        scores: Scores = (self.rarity * counts / (norms + counts)).astype(np.float32)
        return scores


def _ids_of(text: str | Sequence[str], cutter: Syllables) -> Ids:
    if isinstance(text, str):
        return cutter.ids_of(text)
    parts = [cutter.ids_of(part) for part in text]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _rarity(spread: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Inverse document frequency of terms that stand in ``spread`` of ``count`` texts."""
    return np.asarray(np.log(1.0 + (count - spread + 0.5) / (spread + 0.5)))


class SyllableCounts:
    """Counts of written syllables and of pairs of adjacent ones, each text counted once.

    Syllables have numbers; -1 is one that no text holds.
    """

    def __init__(self, segments: Sequence[Postings], own: bool) -> None:
        self._segments, self._own = segments, own
        self._ids: dict[str, int] = {}
        self._forms: dict[str, list[str]] = {}
        ids = self._ids
        for segment in segments:
            for word in segment.vocabulary:
                if word not in ids:
                    ids[word] = len(ids)
                    if word.isalpha():
                        self._forms.setdefault(fold(word), []).append(word)
        self._counts = np.zeros(len(ids) + 1)  # the last is found at -1
        self._numbers = []  # of each segment, by the numbers here; -1 where it has no such word
        for segment in segments:
            here = np.array([ids[word] for word in segment.vocabulary], dtype=np.int64)
            numbers = np.full(len(ids) + 1, -1, dtype=np.int64)
            numbers[here] = np.arange(len(here))
            self._numbers.append(numbers)
            self._counts[here] += segment.syllable_spread(own)
        self.total = float(self._counts.sum())

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
        found = np.zeros(len(first), dtype=np.float64)
        for segment, numbers in zip(self._segments, self._numbers, strict=True):
            found += segment.pair_spread(numbers[first], numbers[second], self._own)
        return found


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
        units = term_syllables(phrase)
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
