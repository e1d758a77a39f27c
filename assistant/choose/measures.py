"""What can be seen of how well each sentence of a passage answers a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.choose import asking
from assistant.choose.words import token_of, unit, word_table
from assistant.language.restore import general
from ingest.embed.static import default_encoder

MEASURES = (
    "shared",  # weighted share of the question's syllables, those of few sentences the most
    "best",  # the same as a share of the best sentence's
    "rare",  # weighted share by squared weights: the rarest syllables decide
    "pairs",  # weighted share of the question's adjacent syllables that stand together
    "window",  # weighted share within 25 syllables
    "missing",  # weight of the rarest syllable that stands in the passage, not in the sentence
    "capitals",  # weighted share of the question's capitalised syllables
    "with_before",  # cosine of the question to the sentence and the one before it together
    "leans",  # «best» of the sentence before, where this one goes on from it
    "unsaid",  # the words that no sentence holds: how alike words of this one are used
    "kind",  # has what is asked for: a time, a person, a place, a reason, …
    "number",  # a number of its own, where one is asked for
    "needless_number",  # a number of its own, where none is asked for
    "counted",  # a number before what is counted
    "focus",  # cosine of what stands before «nào» or «gì» and the most similar word
    "focus_alike",  # how alike it and a word of the sentence's own are used
    "new",  # logarithm of the number of rare syllables of its own
    "length",  # logarithm of the number of syllables
    "last",
    "announces",  # ends with a colon: others say it
)
_WINDOW = 25  # syllables
_RAREST = 12.0  # natural logarithms: what is rarer counts no more
_COMMON_SHARE = 0.25
_NEW = 6.0  # rarity of a syllable that tells something new
_TELLING = (
    1.5  # weight of a syllable that is not of all sentences: asking and common ones have less
)
_WORD = re.compile(r"\w+")
_ON_ANOTHER = 0.3  # added to the cosine of what two words are on: used alike counts for more

Floats = NDArray[np.float32]


@lru_cache(maxsize=50_000)
def rarity(syllable: str) -> float:
    """Negative logarithm of the share of a syllable in general Vietnamese, at most 12."""
    counts = general()
    count = float(counts.of(counts.numbers([syllable]))[0])
    return min(_RAREST, -float(np.log((count + 5.0) / counts.total)))


def measures(question: str, sentences: Sequence[str]) -> Floats:
    """The measures of each of ``sentences``, shape (len(sentences), len(MEASURES)).

    ``question`` has its marks; ``sentences`` are those of one passage in order, at least one.
    """
    return _Reading(question, sentences).measures()


class _Reading:
    """A question and the sentences of a passage, in syllables and in tokens of the embedding."""

    def __init__(self, question: str, sentences: Sequence[str]) -> None:
        self.asked = question.lower()
        self.sentences = sentences
        self.written = [_WORD.findall(s) for s in sentences]
        self.said = [[w.lower() for w in words] for words in self.written]
        typed = _WORD.findall(question)
        self.order = [w.lower() for w in typed]
        self.capital = {w.lower() for w in typed[1:] if w[0].isupper()}
        self.weight = {w: _weight(w) for w in self.order}
        self.count = len(sentences)
        self._sets = [set(words) for words in self.said]

    def measures(self) -> Floats:
        shared = self._local @ self._holds / self._total
        best = shared / max(float(shared.max()), 1e-6)
        before = np.concatenate([[0.0], best[:-1]])
        leans = np.array([asking.continues(s) for s in self.sentences], dtype=float)
        number = self._own_number()
        asks_number = _found(asking.ASKS_NUMBER, self.asked)
        asks_time = _found(asking.ASKS_TIME, self.asked)
        lengths = np.array([len(words) for words in self.said], dtype=float)
        place = np.arange(self.count)
        focus, focus_alike = self._focus()
        columns = {
            "shared": shared,
            "best": best,
            "rare": self._weights**2 @ self._holds / max(float((self._weights**2).sum()), 1e-6),
            "pairs": self._pairs(),
            "window": self._window(),
            "missing": self._missing(),
            "capitals": self._capitals(),
            "with_before": self._with_before(),
            "leans": before * leans,
            "unsaid": self._unsaid(),
            "kind": self._kind(),
            "number": number * asks_number,
            "needless_number": number * (1.0 - max(asks_number, asks_time)),
            "counted": self._counted(),
            "focus": focus,
            "focus_alike": focus_alike,
            "new": self._new(),
            "length": np.log1p(lengths),
            "last": place == self.count - 1,
            "announces": [s.rstrip().endswith(":") for s in self.sentences],
        }
        return np.stack([np.asarray(columns[name], np.float32) for name in MEASURES], axis=1)

    @cached_property
    def _different(self) -> list[str]:
        return list(self.weight)

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array(list(self.weight.values()))

    @property
    def _total(self) -> float:
        return max(float(self._weights.sum()), 1e-6)

    @cached_property
    def _holds(self) -> NDArray[np.float64]:
        """1 where a sentence holds a syllable of the question; shape (syllables, sentences)."""
        held = [[w in said for said in self._sets] for w in self._different]
        return np.array(held, dtype=float).reshape(len(self._different), self.count)

    @cached_property
    def _local(self) -> NDArray[np.float64]:
        """Weights of the syllables here: what every sentence holds tells none from another."""
        return self._weights * _local(self._holds)

    def _pairs(self) -> NDArray[np.float64]:
        """Weighted share of the question's pairs of telling syllables, in each sentence."""
        pairs = [
            pair
            for pair in dict.fromkeys(pairwise(self.order))
            if min(self.weight[w] for w in pair) > _TELLING
        ]
        said = [set(pairwise(words)) for words in self.said]
        weights = np.array([sum(self.weight[w] for w in pair) for pair in pairs])
        held = np.array([[pair in s for s in said] for pair in pairs], dtype=float)
        return weights @ held.reshape(len(pairs), self.count) / max(float(weights.sum()), 1e-6)

    def _window(self) -> NDArray[np.float64]:
        return np.array([self._heaviest_window(words) / self._total for words in self.said])

    def _heaviest_window(self, words: Sequence[str]) -> float:
        at = [(i, w) for i, w in enumerate(words) if self.weight.get(w)]
        best = 0.0
        for first, (start, _) in enumerate(at):
            inside = {w for i, w in at[first : first + _WINDOW] if i - start < _WINDOW}
            best = max(best, sum(self.weight[w] for w in sorted(inside)))
        return best

    def _missing(self) -> NDArray[np.float64]:
        elsewhere = self._holds.any(axis=1, keepdims=True) & (self._holds == 0)
        lost = np.where(elsewhere, self._weights[:, None], 0.0)
        return np.asarray(lost.max(axis=0, initial=0.0) / _RAREST)

    def _capitals(self) -> NDArray[np.float64]:
        weights = self._weights * [w in self.capital for w in self._different]
        return np.asarray(weights @ self._holds / max(float(weights.sum()), 1e-6))

    @cached_property
    def _tokens(self) -> list[NDArray[np.int64]]:
        encoder = default_encoder()
        return [np.array(encoder.tokens_of(words), dtype=np.int64) for words in self.said]

    @cached_property
    def _asked_tokens(self) -> NDArray[np.int64]:
        words = [w for w in self.order if w not in asking.ASKING]
        return np.array(default_encoder().tokens_of(words), dtype=np.int64)

    def _with_before(self) -> Floats:
        encoder = default_encoder()
        asked = unit(encoder.vectors_of(self._asked_tokens).sum(axis=0))
        said = np.stack([encoder.vectors_of(tokens).sum(axis=0) for tokens in self._tokens])
        said[1:] += said[:-1].copy()
        return unit(said) @ asked

    def _unsaid(self) -> NDArray[np.float64]:
        """The words of the question that no sentence holds, by their weight in the embedding.

        A word stands for another if they are used alike, the better if they are on the same.
        """
        encoder, table = default_encoder(), word_table()
        held = {int(t) for tokens in self._tokens for t in tokens}
        every = [t for t in self._asked_tokens if t not in _common_tokens()]
        tokens = np.array([t for t in every if t not in held], dtype=np.int64)
        share = np.zeros(self.count)
        if not len(tokens):
            return share
        asked = encoder.vectors_of(tokens)
        weights = np.linalg.norm(asked, axis=1)
        weights /= np.linalg.norm(encoder.vectors_of(np.array(every)), axis=1).sum() + 1e-6
        used, on = table.vectors(tokens), unit(asked)
        for place, said in enumerate(self._tokens):
            if len(said):
                near = np.clip(used @ table.vectors(said).T, 0.0, 1.0)
                near *= np.clip(on @ unit(encoder.vectors_of(said)).T + _ON_ANOTHER, 0.0, 1.0)
                share[place] = weights @ near.max(axis=1)
        return share

    def _focus(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The sort of thing asked for: what each sentence has on it, and used as it is."""
        encoder, table = default_encoder(), word_table()
        near, alike = np.zeros(self.count), np.zeros(self.count)
        words = asking.focus(self.asked)
        wanted = np.array(encoder.tokens_of(words), dtype=np.int64)
        if not len(wanted):
            return near, alike
        on = unit(encoder.vectors_of(wanted).sum(axis=0))
        used = unit(table.vectors(wanted).sum(axis=0))
        own = set(self._asked_tokens.tolist())
        for column, said in enumerate(self._tokens):
            if len(said):
                near[column] = (unit(encoder.vectors_of(said)) @ on).max()
            new = np.array([t for t in said if t not in own], dtype=np.int64)
            if len(new):
                alike[column] = (table.vectors(new) @ used).max()
        return near, alike

    def _kind(self) -> NDArray[np.float64]:
        """How many of the kinds that the question asks for each sentence has."""
        kinds = [k for k in asking.KINDS if k.asked.search(self.asked)]
        return np.array([sum(_found(k.given, s) for k in kinds) for s in self.sentences])

    def _own_number(self) -> NDArray[np.float64]:
        """1 where a sentence has a number that the question does not have."""
        own = [any(w[0].isdigit() for w in said - self.weight.keys()) for said in self._sets]
        return np.array(own, dtype=float)

    def _counted(self) -> NDArray[np.float64]:
        pattern = asking.counted(self.asked)
        return np.array([_found(pattern, s) if pattern else 0.0 for s in self.sentences])

    def _new(self) -> NDArray[np.float64]:
        own = [sum(rarity(w) > _NEW for w in said - self.weight.keys()) for said in self._sets]
        return np.log1p(own)


@cache
def _common_tokens() -> frozenset[int]:
    return frozenset(map(token_of, asking.COMMON))


def _weight(syllable: str) -> float:
    if syllable in asking.ASKING:
        return 0.0
    return rarity(syllable) * (_COMMON_SHARE if syllable in asking.COMMON else 1.0)


def _local(held: NDArray[np.float64]) -> NDArray[np.float64]:
    """Inverse sentence frequency of each row of ``held`` (0…1), 0 where nothing is held."""
    spread = held.sum(axis=1)
    rare = np.log((held.shape[1] + 1.0) / (spread + 0.5))
    return np.where(spread > 0, np.maximum(rare, 0.0), 0.0)


def _found(pattern: re.Pattern[str], text: str) -> float:
    return float(pattern.search(text) is not None)
