"""Choosing the sentence of a passage that answers a question: how often it is the right one.

The right one is any sentence in which an answer of the question begins. Measured beside the chooser
is a plain overlap: the sum of the inverse sentence frequencies (over the sentences of the file) of
the different syllables that question and sentence share, the first of the best.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from tqdm import tqdm

from eval.dataset import PassageQuestion
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold, syllables

Choose = Callable[[str, Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class SentenceFigures:
    """Shares of the questions (0…1) whose sentence was chosen, and the chooser's time."""

    dataset: str
    questions: int
    sentences: float  # of a passage, in the mean over the questions
    chooser: float
    overlap: float
    ms_per_question: float

    def to_json(self) -> dict[str, Any]:
        return {
            "dataset": self.dataset,
            "questions": self.questions,
            "sentences": round(self.sentences, 2),
            "chooser": round(self.chooser, 4),
            "overlap": round(self.overlap, 4),
            "ms_per_question": round(self.ms_per_question, 3),
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """A question, the sentences of its passage in order, and which of them hold an answer."""

    question: str
    sentences: tuple[str, ...]
    right: frozenset[int]


def choices_of(questions: Sequence[PassageQuestion]) -> list[Choice]:
    """The questions with their passages cut into sentences."""
    return [_choice(question) for question in questions]


def _choice(question: PassageQuestion) -> Choice:
    spans = sentence_spans(question.passage)
    right = [i for i, (a, b) in enumerate(spans) if any(a <= s < b for s in question.starts)]
    sentences = tuple(question.passage[start:end] for start, end in spans)
    return Choice(question.question, sentences, frozenset(right))


def run_sentences(
    dataset: str, questions: Sequence[PassageQuestion], *, no_diacritics: bool = False
) -> SentenceFigures:
    """Choose a sentence for every question; with ``no_diacritics``, of questions without marks."""
    from assistant.choose import choose

    choices = choices_of(questions)
    asked = [fold(c.question) if no_diacritics else c.question for c in choices]
    choose(asked[0], choices[0].sentences)  # what loads once is no question's time
    started = time.perf_counter()
    chosen = [
        choose(question, choice.sentences)
        for question, choice in zip(
            tqdm(asked, desc="choose", unit="question"), choices, strict=True
        )
    ]
    seconds = time.perf_counter() - started
    overlap = plain_overlap([s for c in dict.fromkeys(c.sentences for c in choices) for s in c])
    baseline = [overlap(q, c.sentences) for q, c in zip(asked, choices, strict=True)]
    return SentenceFigures(
        dataset=dataset,
        questions=len(choices),
        sentences=sum(len(c.sentences) for c in choices) / len(choices),
        chooser=accuracy(choices, chosen),
        overlap=accuracy(choices, baseline),
        ms_per_question=1000 * seconds / len(choices),
    )


def accuracy(choices: Sequence[Choice], chosen: Sequence[int]) -> float:
    """Share of ``choices`` for which the sentence ``chosen`` holds an answer."""
    return sum(i in c.right for c, i in zip(choices, chosen, strict=True)) / len(choices)


def plain_overlap(sentences: Sequence[str]) -> Choose:
    """The baseline; ``sentences`` are those that its frequencies are counted over."""
    spread = Counter(s for sentence in sentences for s in set(syllables(sentence)))
    count = len(sentences)

    def rarity(syllable: str) -> float:
        held = spread[syllable]
        return log(1.0 + (count - held + 0.5) / (held + 0.5))

    def choose(question: str, among: Sequence[str]) -> int:
        asked = set(syllables(question))
        shared = [sum(map(rarity, sorted(asked & set(syllables(s))))) for s in among]
        return max(range(len(among)), key=shared.__getitem__)

    return choose
