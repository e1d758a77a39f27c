"""Diacritics put back into what was typed without them, and slips of the keyboard put right.

The likeliest reading of the whole question is chosen by the Viterbi algorithm over pairs of
adjacent syllables. Pairs are counted in two places, weighed alike: in general Vietnamese (a table
made by ``training/restoration.py``) and in the documents asked, which know the names of their
places, offices and people. Nothing that was typed with its marks is ever changed; a syllable typed
without marks in a question that otherwise has them is read as typed unless a marked reading is
much likelier, the more so the more marks the question has.

A word of four letters or more that neither place knows is a slip when one edit (a letter left out,
put in, exchanged, swapped with its neighbour) or one missing space makes known words of it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.language.english import is_english_word
from ingest.vietnamese import fold

_TABLE = Path(__file__).with_name("restoration.npz")
_LOG_STEP = 1 / 16  # of ``pair_counts``, as training/restoration.py writes them
_PAIR_SHARE = 0.9  # of a syllable's probability that comes from its pair, not from itself alone
_ALONE = 2.0  # added to a syllable's count in the library: few counts prove little
_UNKNOWN = 1e-7  # probability of a word that no text holds
# What a marked reading must be likelier by, in natural logarithms, where others have their marks.
_CAUTION, _CAUTION_BY_MARKS = 1.0, 6.0
_SLIP = 7.0  # how much less likely a slip is than a word typed as meant, in natural logarithms
_ENGLISH_SLIP = 14.0  # of an English word: «gửi link» stays, «line quan» is «liên quan»
_KEPT = 5_000  # words whose readings are kept
_SHORTEST_SLIP, _LONGEST_SLIP = 4, 14  # letters: «nghieng» has seven, two make the longest
_WORD = re.compile(r"\w+")
_LETTERS = "abcdeghiklmnopqrstuvxy"

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


class Counts(Protocol):
    """Counts of syllables and of adjacent syllables in some text; syllables have numbers."""

    total: float  # of all syllables

    def forms_of(self, folded: str) -> Sequence[str]:
        """The written syllables whose folded form is ``folded``."""

    def numbers(self, words: Sequence[str]) -> Ids:
        """The number of each of ``words``; -1 where it is unknown."""

    def of(self, numbers: Ids) -> Floats:
        """The count of each syllable; 0 for -1."""

    def of_pairs(self, first: Ids, second: Ids) -> Floats:
        """The count of each pair ``first[i] second[i]``; 0 where one is unknown."""


class GeneralCounts:
    """The shipped counts of general Vietnamese."""

    def __init__(self, path: Path = _TABLE) -> None:
        with np.load(path) as table:
            words: list[str] = str(table["syllables"]).split(" ")
            counts = np.exp(table["counts"].astype(np.float64))
            self._pair_counts = np.exp(table["pair_counts"] * _LOG_STEP)
            self._keys = table["first"].astype(np.int64) * len(words) + table["second"]
        self._counts = np.append(counts, 0.0)  # the last is found at -1
        self._number = {word: i for i, word in enumerate(words)}
        self._forms: dict[str, list[str]] = {}
        for word in words:
            self._forms.setdefault(fold(word), []).append(word)
        self.total = float(counts.sum())

    def forms_of(self, folded: str) -> Sequence[str]:
        return self._forms.get(folded, ())

    def numbers(self, words: Sequence[str]) -> Ids:
        return np.array([self._number.get(word, -1) for word in words], dtype=np.int64)

    def of(self, numbers: Ids) -> Floats:
        return self._counts[numbers]

    def of_pairs(self, first: Ids, second: Ids) -> Floats:
        keys = np.where((first < 0) | (second < 0), -1, first * len(self._number) + second)
        at = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._pair_counts[at], 0.0)


@cache
def general() -> GeneralCounts:
    """The shipped counts, loaded at first use."""
    return GeneralCounts()


@dataclass(frozen=True, slots=True)
class _Readings:
    """The ways to read a word: syllables, two where a space was left out.

    ``first`` and ``last`` hold, for each source of counts, the numbers of the outer syllables;
    ``single`` the probabilities of the first syllables; ``cost`` is what speaks against each
    reading in itself, in natural logarithms. Arrays of shape (readings,).
    """

    words: tuple[tuple[str, ...], ...]
    first: tuple[Ids, ...]
    last: tuple[Ids, ...]
    single: Floats
    cost: Floats


class Restorer:
    """Restores questions about one library. Keeps what it worked out for each syllable."""

    def __init__(self, library: Counts | None = None) -> None:
        sources = (general(), library)
        self._sources = tuple(s for s in sources if s is not None and s.total)
        self._readings: dict[tuple[str, bool], _Readings] = {}

    def __call__(self, text: str, kept: Container[str] = ()) -> str:
        """``text`` (NFC Vietnamese) with its marks restored and its slips put right.

        Words in ``kept`` (in lower case), numbers, signs of documents and words in capitals stay.

        >>> Restorer()("ai phai bao cao truoc ngay 20/4?")
        'ai phải báo cáo trước ngày 20/4?'
        >>> Restorer()("Ai phải báo cáo?")
        'Ai phải báo cáo?'
        """
        blanked = _UNTOUCHED.sub(lambda match: " " * len(match.group()), text)
        found = list(_WORD.finditer(blanked))
        spelt = [m.group() for m in found if m.group().isalpha()]
        share = sum(word != fold(word) for word in spelt) / max(1, len(spelt))
        caution = _CAUTION + _CAUTION_BY_MARKS * share if share else 0.0
        shouting = text.isupper()
        words = [
            self._read(m.group().lower(), self._may_change(m.group(), kept, shouting, i == 0))
            for i, m in enumerate(found)
        ]
        if all(len(word.words) == 1 for word in words):
            return text
        pieces: list[str] = []
        done = 0
        for match, reading in zip(found, self._likeliest(words, caution), strict=True):
            pieces += text[done : match.start()], _in_the_case_of(match.group(), reading)
            done = match.end()
        return "".join([*pieces, text[done:]])

    def _may_change(self, typed: str, kept: Container[str], shouting: bool, first: bool) -> bool:
        lower = typed.lower()
        if not lower.isalpha() or lower != fold(lower) or lower in kept:
            return False
        if not typed.isupper() or shouting or (first and len(typed) == 1):
            return True
        # «UBND», «anh Y», but also «KHONG».
        return len(typed) >= _SHORTEST_SLIP and bool(self._forms_of(lower))

    def _read(self, word: str, may_change: bool) -> _Readings:
        """The readings of ``word`` in lower case; the first is the word as typed."""
        known = self._readings.get((word, may_change))
        if known is None:
            forms = self._forms_of(word) if may_change else set()
            others: list[tuple[str, ...]] = [(form,) for form in sorted(forms - {word})]
            slip = may_change and not forms and _SHORTEST_SLIP <= len(word) <= _LONGEST_SLIP
            if slip:
                others = sorted(self._meant(word))
            cost = (_ENGLISH_SLIP if is_english_word(word) else _SLIP) if slip else 0.0
            known = self._readings_of(((word,), *others), cost)
            if len(self._readings) >= _KEPT:
                self._readings.clear()  # words that nobody types twice would fill the memory
            self._readings[word, may_change] = known
        return known

    def _readings_of(self, words: tuple[tuple[str, ...], ...], cost: float) -> _Readings:
        first = tuple(s.numbers([w[0] for w in words]) for s in self._sources)
        last = tuple(s.numbers([w[-1] for w in words]) for s in self._sources)
        single = self._single(first)
        costs = np.full(len(words), cost)
        costs[0] = 0.0
        double = np.array([len(w) == 2 for w in words])
        if double.any():
            within = self._after(
                [n[double] for n in first], [n[double] for n in last], self._single(last)[double]
            )
            costs[double] -= np.log(within)
        return _Readings(words, first, last, single, costs)

    def _forms_of(self, folded: str) -> set[str]:
        return {form for source in self._sources for form in source.forms_of(folded)}

    def _meant(self, word: str) -> set[tuple[str, ...]]:
        """What the unknown, unmarked ``word`` may be a slip for: written syllables, one or two."""
        splits = [(word[:i], word[i:]) for i in range(1, len(word))]
        edited = {a + b[1:] for a, b in splits}
        edited |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
        edited |= {a + c + b[1:] for a, b in splits for c in _LETTERS}
        edited |= {a + c + b for a, b in (*splits, (word, "")) for c in _LETTERS}
        meant = {(form,) for other in edited for form in self._forms_of(other)}
        parted = [(self._forms_of(a), self._forms_of(b)) for a, b in splits if len(a) > 1]
        return meant | {(x, y) for first, second in parted for x in first for y in second}

    def _likeliest(self, words: Sequence[_Readings], caution: float) -> list[tuple[str, ...]]:
        """The best reading of each word, all together (Viterbi)."""
        costs = [w.cost + np.where(np.arange(len(w.words)) > 0, caution, 0.0) for w in words]
        score = np.log(words[0].single) - costs[0]
        back: list[NDArray[np.intp]] = []
        for chained, cost in zip(self._chained(words), costs[1:], strict=True):
            through = score[:, None] + chained
            back.append(through.argmax(axis=0))
            score = through.max(axis=0) - cost
        at = int(score.argmax())
        best = [words[-1].words[at]]
        for word, choices in zip(words[-2::-1], back[::-1], strict=True):
            at = int(choices[at])
            best.append(word.words[at])
        return best[::-1]

    def _chained(self, words: Sequence[_Readings]) -> Iterator[Floats]:
        """Log-probability of each word's readings after each of the word before.

        Yields arrays of shape (readings before, readings), one fewer than ``words``. All pairs
        are looked up at once, which is several times as fast as a word at a time.
        """
        shapes = [(len(a.words), len(b.words)) for a, b in pairwise(words)]
        if not shapes:
            return
        before, after = [], []
        for source in range(len(self._sources)):
            sides = list(pairwise(words))
            before.append(
                np.concatenate([np.repeat(a.last[source], len(b.words)) for a, b in sides])
            )
            after.append(np.concatenate([np.tile(b.first[source], len(a.words)) for a, b in sides]))
        single = np.concatenate([np.tile(b.single, len(a.words)) for a, b in pairwise(words)])
        flat = np.log(self._after(before, after, single))
        at = 0
        for rows, columns in shapes:
            yield flat[at : at + rows * columns].reshape(rows, columns)
            at += rows * columns

    def _single(self, numbers: Sequence[Ids]) -> Floats:
        """Probability of each syllable: the mean of what the sources say."""
        shares = [s.of(n) / s.total for s, n in zip(self._sources, numbers, strict=True)]
        return np.maximum(np.mean(shares, axis=0), _UNKNOWN)

    def _after(self, first: Sequence[Ids], second: Sequence[Ids], single: Floats) -> Floats:
        """Probability of each second syllable after the first, smoothed by its own (``single``)."""
        shares = [
            source.of_pairs(a, b) / (source.of(a) + _ALONE)
            for source, a, b in zip(self._sources, first, second, strict=True)
        ]
        return np.asarray(_PAIR_SHARE * np.mean(shares, axis=0) + (1 - _PAIR_SHARE) * single)


# Signs of documents and addresses: 76-KH/ĐU, 05/2023/TT-BGDĐT, a@b.vn. What stands between spaces
# is judged once, at its start: from each of 2,000 hyphens on it would take half a minute.
_UNTOUCHED = re.compile(r"(?<!\S)(?:(?=\S*\d)(?=\S*[-/])|(?=\S+@\S))\S+|\b\w+://\S+|www\.\S+")


def _in_the_case_of(typed: str, words: Sequence[str]) -> str:
    """``words`` with the capitals of ``typed``."""
    meant = " ".join(words)
    if meant == typed.lower():
        return typed  # «VNeID»
    if len(meant) == len(typed):
        return "".join(m.upper() if t.isupper() else m for t, m in zip(typed, meant, strict=True))
    if typed.isupper() and len(typed) > 1:
        return meant.upper()
    return meant[0].upper() + meant[1:] if typed[0].isupper() else meant
