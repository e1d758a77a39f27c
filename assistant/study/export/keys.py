"""What an item of the quiz asks and what its answer key says, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import assert_never

from assistant.records import Citation
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    TrueFalseItem,
)

TRUE, FALSE = "Đúng", "Sai"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of an answer key and the words that bear it out."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The answer of an item: in short («B», «1 – C; 2 – A»), in full, and why others are wrong."""

    short: str
    lines: tuple[KeyLine, ...]
    wrong: tuple[KeyLine, ...] = ()  # the letters of wrong choices, each with what shows it


def question_of(item: QuizItem) -> str:
    """What the item asks, or states."""
    return item.statement if isinstance(item, TrueFalseItem) else item.question


def letter(index: int) -> str:
    """The letter of the choice, task or event at ``index``: A, B, …"""
    return ascii_uppercase[index]


def lettered(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines, each behind its letter: «A. …»."""
    return tuple(f"{letter(i)}. {line}" for i, line in enumerate(lines))


def numbered(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines, each behind its number: «1. …»."""
    return tuple(f"{i}. {line}" for i, line in enumerate(lines, 1))


def key_of(item: QuizItem) -> Key:
    """The answer key of an item; its letters and numbers are those of :func:`lettered`."""
    if isinstance(item, ChoiceItem):
        right = letter(item.right)
        wrong = tuple(
            KeyLine(letter(i), proof) for i, proof in enumerate(item.proofs) if i != item.right
        )
        return Key(right, (KeyLine(f"{right}. {item.choices[item.right]}", item.citations),), wrong)
    if isinstance(item, TrueFalseItem):
        said = TRUE if item.is_true else FALSE
        line = f"{said}: “{item.wrong}”; đúng là: “{item.right}”." if item.wrong else f"{said}."
        return Key(said, (KeyLine(line, item.citations),))
    if isinstance(item, MatchingItem):
        pairs = [f"{i} – {letter(j)}" for i, j in enumerate(item.pairs, 1)]
        lines = (
            KeyLine(f"{pair}: {item.left[i]}", item.citations[i : i + 1])
            for i, pair in enumerate(pairs)
        )
        return Key("; ".join(pairs), tuple(lines))
    if isinstance(item, OrderingItem):
        order = " → ".join(letter(i) for i in item.order)
        return Key(
            order,
            tuple(
                KeyLine(
                    f"{letter(i)}. {item.events[i]} ({item.when[i]})", item.citations[i : i + 1]
                )
                for i in item.order
            ),
        )
    assert_never(item)
