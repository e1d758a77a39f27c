"""Which syllables and pairs the model knows, and their scores for cutting text. Pure."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.embed.segment import piece
from ingest.vietnamese import fold, syllables

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_VOWELS = ("oa", "oe", "uy")


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries of each kind."""

    syllables: int = 13_000
    folded_syllables: int = 5_000
    pairs: int = 22_000
    folded_pairs: int = 12_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A vocabulary entry: one syllable or two, and the log-probability used for cutting."""

    words: tuple[str, ...]
    score: float

    @property
    def piece(self) -> str:
        return piece(*self.words)


def words(text: str) -> list[str]:
    """Syllables of ``text`` with the tone mark where the older rule puts it (hòa, ủy, quý)."""
    return [first_placement(word) for word in syllables(unicodedata.normalize("NFC", text))]


def first_placement(word: str) -> str:
    """
    >>> first_placement("hoà"), first_placement("uỷ"), first_placement("qúy")
    ('hòa', 'ủy', 'quý')
    """
    return _PLACED.get(word) or _PLACED.setdefault(word, _place(word, 0))


def other_placement(word: str) -> str:
    """The other spelling of a syllable that has two, else the word itself.

    >>> other_placement("hòa"), other_placement("quý"), other_placement("kế")
    ('hoà', 'qúy', 'kế')
    """
    return _place(word, 1)


_PLACED: dict[str, str] = {}


def _place(word: str, vowel: int) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in _TONES]
    base = "".join(c for c in decomposed if c not in _TONES)
    if len(tones) != 1 or not base.endswith(_OPEN_VOWELS):
        return word
    if base.startswith("qu"):
        vowel = 1 - vowel  # the u belongs to the onset: quý, not qúy
    cut = len(base) - 1 + vowel
    return unicodedata.normalize("NFC", base[:cut] + tones[0] + base[cut:])


def choose(sentences: Iterable[Sequence[str]], size: Size) -> list[Entry]:
    """The vocabulary for ``sentences`` (of syllables), singles first, without duplicates."""
    single: Counter[str] = Counter()
    pair: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        single.update(sentence)
        pair.update(pairwise(sentence))
    folded_single: Counter[str] = Counter()
    for word, count in single.items():
        folded_single[fold(word)] += count
    folded_pair: Counter[tuple[str, str]] = Counter()
    for (first, second), count in pair.items():
        if count > 3:
            folded_pair[fold(first), fold(second)] += count

    chosen: dict[tuple[str, ...], float] = {}
    total = sum(single.values())
    for singles, number in ((single, size.syllables), (folded_single, size.folded_syllables)):
        ranked = (item for item in singles.most_common() if (item[0],) not in chosen)
        for (word, count), _ in zip(ranked, range(number), strict=False):
            chosen[(word,)] = math.log(max(count, folded_single[word], 1) / total)
    for pairs, number in ((pair, size.pairs), (folded_pair, size.folded_pairs)):
        weighed: list[tuple[float, tuple[str, str], float]] = []
        for (first, second), count in pairs.items():
            if (first,) not in chosen or (second,) not in chosen or (first, second) in chosen:
                continue
            if count < 8 or first.isdigit() or second.isdigit():
                continue
            score = math.log(count / total)
            gain = score - chosen[(first,)] - chosen[(second,)]
            if gain > 1.0:
                weighed.append((count * min(gain, 5.0), (first, second), score))
        weighed.sort(reverse=True)
        for _, words_, score in weighed[:number]:
            chosen[words_] = score
    return [Entry(words_, round(score, 5)) for words_, score in chosen.items()]
