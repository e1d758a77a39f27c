"""Text → the pieces of a static embedding: Vietnamese syllables and frequent pairs. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count

from ingest.vietnamese import syllables

# A piece is written with its borders, <kế><hoạch>, so that no piece can match a part of a word.
OPEN, CLOSE = "<", ">"
UNKNOWN = "unknown"  # without borders, so no text gives it


def piece(*words: str) -> str:
    """The vocabulary entry of adjacent ``words``.

    >>> piece("kế", "hoạch")
    '<kế><hoạch>'
    """
    return "".join(f"{OPEN}{word}{CLOSE}" for word in words)


class Segmenter:
    """Cuts text into known syllables and syllable pairs: the cut with the best sum of scores.

    This is what a Unigram tokeniser does with the same scores, so the model's ``tokenizer.json``
    gives the same pieces. A syllable that is not known gives no piece. Each part of a pair must be
    an entry too, and less probable together than the pair (KeyError where one is missing).
    """

    def __init__(self, scores: Iterable[tuple[str, float]]) -> None:
        """``scores``: (vocabulary entry, log-probability) in the order of the token ids."""
        self._single: dict[str, int] = {}
        # first syllable → second syllable → (score of the pair less that of its parts, token id)
        self._pairs: dict[str, dict[str, tuple[float, int]]] = {}
        score_of: dict[str, float] = {}
        pairs: list[tuple[str, str, float, int]] = []
        for token, (entry, score) in enumerate(scores):
            first, border, second = entry[len(OPEN) : -len(CLOSE)].partition(CLOSE + OPEN)
            if border:
                pairs.append((first, second, score, token))
            elif entry != UNKNOWN:
                self._single[first] = token
                score_of[first] = score
        for first, second, score, token in pairs:
            gain = score - score_of[first] - score_of[second]
            self._pairs.setdefault(first, {})[second] = (gain, token)

    def tokens(self, text: str) -> list[int]:
        """Token ids of ``text`` in order, in any Unicode normalisation form and case."""
        return self.tokens_of(syllables(unicodedata.normalize("NFC", text)))

    def tokens_of(self, words: Sequence[str]) -> list[int]:
        """Token ids of lower-case NFC ``words``."""
        result = list(map(self._single.get, words))
        for first, token in self.pairs_of(words).items():
            result[first] = token
            result[first + 1] = None
        return [token for token in result if token is not None]

    def pairs_of(self, words: Sequence[str]) -> dict[int, int]:
        """Position of the first syllable → token id, for each pair of the best cut."""
        # Dynamic programme over positions: the best gain of the words before this one (``best``)
        # and of those before the previous one (``earlier``).
        earlier = best = 0.0
        taken: list[tuple[int, int]] = []  # (position of the second syllable, token id)
        followers_of = map(self._pairs.get, words)
        for position, followers, word in zip(count(1), followers_of, words[1:], strict=False):
            if followers is not None and (found := followers.get(word)) is not None:
                gain = earlier + found[0]
                earlier = best
                if gain >= best:
                    best = gain
                    taken.append((position, found[1]))
            else:
                earlier = best
        # Backwards: a pair that was best at its place stands unless a later one took its word.
        result: dict[int, int] = {}
        limit = len(words)
        for position, token in reversed(taken):
            if position < limit:
                result[position - 1] = token
                limit = position - 1
        return result
