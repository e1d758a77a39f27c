"""Documents whose texts are nearly the same: a plan as .doc and as a scan, a draft and its final.

A text is taken as the set of its shingles, three folded syllables in a row (Broder, "On the
resemblance and containment of documents", 1997). A sketch of each set, one permutation hashing with
256 bins (Li, Owen, Zhang, "One Permutation Hashing", NIPS 2012), finds the pairs that may be alike
without comparing all; their share is then counted on the sets themselves, so that no pair is told
for an estimate.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest.records import SourceDocument
from ingest.vietnamese import fold

Hashes = NDArray[np.uint64]

LEAST_SHARE = 0.5  # of the text in common, see docs/documents.md for how it was measured

_SHINGLE = 3  # syllables
_STRETCH = 1 << 20  # characters that are looked at together: what bounds the memory
_BINS = 256
_ROWS = 3  # bins of a band, which must agree for two documents to be looked at
_LEAST_AGREEING = 0.2  # of all bins; for LEAST_SHARE a third agree, within a tenth
_SAME_VALUE = 0.85  # as alike as this, two titles are one
_LEAST_SHINGLES = 20  # of a text that is worth comparing
_CROWD = 100  # of more documents that agree in a band each is compared with so many neighbours
_ROUND = 4096  # pairs whose sketches are compared at once
_FEW = 32  # new documents that are compared with every other: fewer steps than the bands take
_BASE, _MIX1, _MIX2 = (
    np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
)
_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_SYMBOLS, _SCRIPTS = 0x2000, 0x3040  # code points from which there are no letters, and some again

T = TypeVar("T", bound=Any)  # an Outcome, which the pipeline has


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents, by id, and the share of their texts that they have in common, 0 … 1."""

    first: str
    second: str
    share: float


def differing(first: SourceDocument, second: SourceDocument) -> tuple[str, ...]:
    """Which of ``number``, ``kind``, ``issuer``, ``date`` and ``title`` both documents give, and
    give otherwise: a plan of another body, or of another year, is alike and no copy.

    Long values that a scan may have misread here and there count as the same.
    """
    found = []
    for name in ("number", "kind", "issuer", "date", "title"):
        one, other = (getattr(document.header, name) for document in (first, second))
        if one is not None and other is not None and not _same(name, one.value, other.value):
            found.append(name)
    return tuple(found)


def _same(field: str, first: str, second: str) -> bool:
    keys = ["".join(filter(str.isalnum, fold(value).lower())) for value in (first, second)]
    if field not in ("issuer", "title"):
        return keys[0] == keys[1]
    return SequenceMatcher(None, keys[0], keys[1], False).ratio() >= _SAME_VALUE


def share(first: Hashes, second: Hashes) -> float:
    """The share of two sets of shingles that they have in common: twice what is in both by what is
    in either (Dice)."""
    total = len(first) + len(second)
    common = len(np.intersect1d(first, second, assume_unique=True))
    return 2 * common / total if total else 0.0


def shingles(text: str) -> Hashes:
    """The different shingles of NFC ``text`` as hashes, sorted; the same in every process."""
    parts = [_in_order(text[at : at + _STRETCH]) for at in range(0, len(text), _STRETCH)]
    found = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    found.sort()  # np.unique of this takes four times as long
    return found[np.diff(found, prepend=~found[:1]) != 0]


def _in_order(text: str) -> Hashes:
    """The shingles of ``text`` as they stand."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    folded = _folded()[np.minimum(codes, _SCRIPTS)]
    if len(folded) and codes.max() >= _SCRIPTS:
        folded = np.where(codes >= _SCRIPTS, codes, folded)
    edges = np.flatnonzero(np.diff(folded != 0, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) < _SHINGLE:
        return np.zeros(0, np.uint64)
    powers, inverse = _powers(len(folded))
    sums = np.zeros(len(folded) + 1, np.uint64)
    np.cumsum(folded * powers, out=sums[1:])
    words = _mixed((sums[ends] - sums[starts]) * inverse[starts])
    count = len(words) - _SHINGLE + 1
    found = words[:count]
    for offset in range(1, _SHINGLE):
        found = _mixed(found * _BASE + words[offset : offset + count])
    return found


def sketch(hashes: Hashes) -> Hashes:
    """The least shingle of each bin; an empty bin takes the next full one's (shape: 256)."""
    found = np.full(_BINS, _EMPTY)
    bins = (hashes >> np.uint64(56)).astype(np.int64)
    first = np.flatnonzero(np.diff(bins, prepend=-1))  # sorted: the least of a bin comes first
    found[bins[first]] = hashes[first]
    if len(first) in (0, _BINS):
        return found
    full = np.flatnonzero(found != _EMPTY)
    nearest = full[np.searchsorted(full, np.arange(_BINS)) % len(full)]
    distance = ((nearest - np.arange(_BINS)) % _BINS).astype(np.uint64)
    return found[nearest] + distance * _BASE


class Likeness:
    """Which documents of a library are alike; what was found of a document is kept."""

    def __init__(self) -> None:
        self._sketches: dict[str, Hashes] = {}
        self._pairs: tuple[Alike, ...] = ()
        self._compared: frozenset[str] = frozenset()
        self._working = threading.Lock()

    def pairs(self, documents: Sequence[SourceDocument]) -> tuple[Alike, ...]:
        """The pairs of ``documents`` that are alike, best first."""
        with self._working:
            by_id = {document.id: document for document in documents}
            new = [i for i in by_id if i not in self._compared]
            if not new and len(by_id) == len(self._compared):
                return self._pairs
            kept = [p for p in self._pairs if p.first in by_id and p.second in by_id]
            self._sketches = {i: s for i, s in self._sketches.items() if i in by_id}
            sets = _Sets(by_id)
            for document_id in new:
                hashes = sets[document_id]
                if len(hashes) >= _LEAST_SHINGLES:
                    self._sketches[document_id] = sketch(hashes)
            found = []
            for one, other in self._candidates(set(new)):
                if (common := share(sets[one], sets[other])) >= LEAST_SHARE:
                    found.append(Alike(min(one, other), max(one, other), common))
            self._pairs = tuple(
                sorted((*kept, *found), key=lambda p: (-p.share, p.first, p.second))
            )
            self._compared = frozenset(by_id)
            return self._pairs

    def told(self, summary: T, documents: Sequence[SourceDocument]) -> T:
        """A summary of adding that tells which of the added documents are like others."""
        if not summary.added:
            return summary
        names = {document.id: document.name for document in documents}
        like: dict[str, list[tuple[str, str, float]]] = {d.id: [] for d in summary.added}
        order = {document.id: place for place, document in enumerate(summary.added)}
        for pair in self.pairs(documents):
            one, other = pair.first, pair.second
            if order.get(one, -1) < order.get(other, -1):
                one, other = other, one  # told once, of the one that came later
            if one in like:
                like[one].append((names[one], names[other], pair.share))
        files = tuple(_with_alike(outcome, like) for outcome in summary.files)
        return replace(_with_alike(summary, like), files=files)

    def _candidates(self, new: set[str]) -> list[tuple[str, str]]:
        """Pairs whose sketches agree well enough, at least one of each among ``new``."""
        ids = list(self._sketches)
        is_new = np.array([i in new for i in ids], bool)
        if len(ids) < 2 or not is_new.any():
            return []
        sketches = np.stack([self._sketches[i] for i in ids])
        few = is_new.sum() <= _FEW
        pairs = _with_all(is_new) if few else _banded(sketches, is_new)
        first, second = np.divmod(pairs, len(ids))
        agreeing = (
            np.concatenate(
                [
                    (sketches[first[at : at + _ROUND]] == sketches[second[at : at + _ROUND]]).mean(
                        1
                    )
                    for at in range(0, len(pairs), _ROUND)
                ]
            )
            if len(pairs)
            else np.zeros(0)
        )
        kept = np.flatnonzero(agreeing >= _LEAST_AGREEING)
        return [(ids[first[i]], ids[second[i]]) for i in kept.tolist()]


def _with_all(is_new: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Each new row with every other, as first · rows + second."""
    count = len(is_new)
    rows = np.arange(count)
    found = [
        np.minimum(row, rows) * count + np.maximum(row, rows)
        for row in np.flatnonzero(is_new).tolist()
    ]
    pairs = np.unique(np.concatenate(found))
    return pairs[pairs // count != pairs % count]


def _banded(sketches: Hashes, is_new: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Pairs of rows that agree in a band (locality-sensitive hashing), as first · rows + second."""
    count = len(sketches)
    found = [np.zeros(0, np.int64)]
    for start in range(0, _BINS - _ROWS + 1, _ROWS):
        keys = sketches[:, start]
        for row in range(start + 1, start + _ROWS):
            keys = _mixed(keys * _BASE + sketches[:, row])
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        for distance in range(1, min(_CROWD, count - 1) + 1):
            same = np.flatnonzero(keys[distance:] == keys[:-distance])
            if not len(same):
                break
            one, other = order[same], order[same + distance]
            wanted = is_new[one] | is_new[other]
            found.append(np.minimum(one, other)[wanted] * count + np.maximum(one, other)[wanted])
    return np.unique(np.concatenate(found))


class _Sets:
    """The shingles of documents, worked out when they are first asked for; a number is kept."""

    def __init__(self, documents: Mapping[str, SourceDocument], keep: int = 500) -> None:
        self._of = functools.lru_cache(keep)(lambda i: shingles(documents[i].text))

    def __getitem__(self, document_id: str) -> Hashes:
        return self._of(document_id)


def _with_alike(outcome: T, like: Mapping[str, Iterable[tuple[str, str, float]]]) -> T:
    found = tuple(x for document in outcome.added for x in like.get(document.id, ()))
    return replace(outcome, alike=found) if found else outcome


@functools.cache
def _folded() -> NDArray[np.uint64]:
    """The folded small form of each code point below _SCRIPTS; 0 for what parts words."""
    found = np.zeros(_SCRIPTS + 1, np.uint64)
    for code in range(_SYMBOLS):
        character = fold(chr(code)).lower()[:1]
        if character.isalnum():
            found[code] = ord(character)
    return found


_powers_of: list[tuple[Hashes, Hashes]] = []  # the longest so far


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of an odd base and of its inverse, modulo 2⁶⁴."""
    known = _powers_of[-1] if _powers_of else None
    if known is None or len(known[0]) < count:
        size = max(count, 1 << 16)
        inverse = np.uint64(pow(int(_BASE), -1, 1 << 64))
        made = []
        for base in (_BASE, inverse):
            powers = np.full(size, base)
            powers[0] = 1
            made.append(np.cumprod(powers))
        known = made[0], made[1]
        _powers_of[:] = [known]
    return known[0][:count], known[1][:count]


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes with their bits spread (the finaliser of SplitMix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _MIX1
    hashes = (hashes ^ (hashes >> np.uint64(27))) * _MIX2
    return hashes ^ (hashes >> np.uint64(31))
