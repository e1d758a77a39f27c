"""Which of many texts share words with one: an inverted index over sets of words. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


class WordIndex:
    """Texts as sets of words, by number. Made once, so that each is not held against each."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._holding: dict[str, list[int]] = {}
        self.size = 0
        for number, words in enumerate(texts):
            self.size += 1
            for word in words:
                self._holding.setdefault(word, []).append(number)

    def count(self, word: str) -> int:
        """How many texts hold ``word``."""
        return len(self._holding.get(word, ()))

    def shared(self, words: Iterable[str]) -> Counter[int]:
        """How many of ``words`` each text holds; texts that hold none are left out."""
        found: Counter[int] = Counter()
        for word in words:
            found.update(self._holding.get(word, ()))
        return found

    def weighed(self, weights: Mapping[str, float]) -> dict[int, float]:
        """As :meth:`shared`, each word with its weight."""
        found: dict[int, float] = {}
        for word, weight in weights.items():
            for number in self._holding.get(word, ()):
                found[number] = found.get(number, 0.0) + weight
        return found
