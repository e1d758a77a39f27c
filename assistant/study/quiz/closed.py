"""Items with choices, and statements that are true or false in one thing. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant.study.asking import SLOT, Fact
from assistant.study.asking.duties import lower_office
from assistant.study.material import Source
from assistant.study.quiz.candidates import Candidate, WrongChoices
from assistant.study.quiz.wrong import is_other, is_supported
from assistant.study.records import Asked, ChoiceItem, Difficulty, TrueFalseItem
from assistant.study.wording import lower_first, upper_first

_WRONG = 3  # wrong choices; two where there are no more
_LEAST = 2
_NEAREST = {Difficulty.EASY: 8, Difficulty.MEDIUM: 5, Difficulty.HARD: 3}


def choice_item(
    fact: Fact, near: WrongChoices, rng: random.Random, difficulty: Difficulty
) -> ChoiceItem | None:
    """The fact as multiple choice; None where too few wrong choices are to be had."""
    if fact.asked is None:
        return None
    wrong = _picked(fact, near, rng, difficulty, _WRONG)
    if len(wrong) < _LEAST:
        return None
    shown = [(fact.choice, ()), *((c.choice, (c.citation,)) for c in wrong)]
    rng.shuffle(shown)
    return ChoiceItem(
        question=fact.question,
        choices=tuple(choice for choice, _ in shown),
        right=next(i for i, (choice, _) in enumerate(shown) if choice == fact.choice),
        citations=fact.citations,
        proofs=tuple(proof for _, proof in shown),
        asked=fact.asked,
        subject=fact.subject,
        topic=fact.topic,
        difficulty=_hardness(fact),
    )


def true_false_item(
    fact: Fact, near: WrongChoices, rng: random.Random, difficulty: Difficulty, *, true: bool
) -> TrueFalseItem | None:
    """The fact as a statement, true or with another answer in its place; None where none fits."""
    if fact.asked is None or not fact.statement:
        return None
    wrong = right = ""
    said = fact.choice
    if not true:
        picked = _picked(fact, near, rng, difficulty, 1)
        if not picked:
            return None
        said, wrong, right = picked[0].choice, picked[0].choice, fact.choice
    return TrueFalseItem(
        statement=filled(fact, said),
        is_true=true,
        wrong=wrong,
        right=right,
        citations=fact.citations,
        asked=fact.asked,
        subject=fact.subject,
        topic=fact.topic,
        difficulty=_hardness(fact),
    )


def negative_item(
    facts: Sequence[Fact], sources: Sequence[Source], rng: random.Random
) -> tuple[ChoiceItem, list[Fact]] | None:
    """What an office has not to do, or a list does not hold, among three that are; with its facts.

    ``facts`` ask all for tasks, or all for items of lists.
    """
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.subject, []).append(fact)
    offered = [g for g in groups.values() if len(g) >= _WRONG]
    rng.shuffle(offered)
    for group in offered:
        inside = _apart(rng.sample(group, len(group)))[:_WRONG]
        others = [f for f in facts if f.source is group[0].source and _is_outside(f, group[0])]
        rng.shuffle(others)
        others.sort(key=lambda f: abs(len(f.choice) - len(inside[0].choice)) // 30)
        for odd in others:
            if len(inside) == _WRONG and _is_odd(odd, inside, sources):
                return _negative(inside, odd, rng), [*inside, odd]
    return None


def _apart(facts: Sequence[Fact]) -> list[Fact]:
    kept: list[Fact] = []
    for fact in facts:
        if all(is_other(fact.choice, other.choice, Asked.TASK) for other in kept):
            kept.append(fact)
    return kept


def _is_outside(fact: Fact, inside: Fact) -> bool:
    return fact.subject != inside.subject and (
        fact.asked is Asked.TASK or fact.value != inside.value
    )


def _is_odd(odd: Fact, inside: Sequence[Fact], sources: Sequence[Source]) -> bool:
    """Whether the others are provably of the office or list, and ``odd`` is provably not."""
    asked, subject = inside[0].asked, inside[0].subject
    assert asked is not None
    if is_supported(odd.choice, asked, subject, sources):
        return False
    return all(
        is_other(f.choice, odd.choice, asked) and is_supported(f.choice, asked, subject, sources)
        for f in inside
    )


def _negative(inside: Sequence[Fact], odd: Fact, rng: random.Random) -> ChoiceItem:
    first = inside[0]
    shown = rng.sample([*inside, odd], len(inside) + 1)
    is_task = first.asked is Asked.TASK
    said, subject = first.source.said, first.subject
    return ChoiceItem(
        question=(
            f"Theo {said}, nhiệm vụ nào sau đây KHÔNG được giao cho {lower_office(subject)}?"
            if is_task
            else f"Theo {said}, nội dung nào sau đây KHÔNG thuộc mục “{subject}”?"
        ),
        choices=tuple(f.choice for f in shown),
        right=shown.index(odd),
        citations=odd.citations,
        proofs=tuple(() if f is odd else f.citations for f in shown),
        asked=Asked.NOT_TASK if is_task else Asked.NOT_MEMBER,
        subject=subject,
        topic=first.topic,
        difficulty=Difficulty.HARD,
    )


def filled(fact: Fact, said: str) -> str:
    """The fact's statement with ``said`` in the place of the answer."""
    if fact.statement.startswith(SLOT):
        return fact.statement.replace(SLOT, upper_first(said), 1)
    is_name = fact.asked in (Asked.OFFICE, Asked.RECIPIENT)
    inside = lower_office(said) if is_name else said
    if fact.asked is Asked.DATE:
        inside = lower_first(said)
    return fact.statement.replace(SLOT, inside, 1)


def _picked(
    fact: Fact, near: WrongChoices, rng: random.Random, difficulty: Difficulty, count: int
) -> list[Candidate]:
    """Some of the nearest wrong choices: the harder, the nearer."""
    found = near.of(fact)[: _NEAREST[difficulty]]
    best = [c for c in found if c.fools]
    picked = rng.sample(best, min(count, len(best)))
    rest = [c for c in found if not c.fools]
    return picked + rng.sample(rest, min(count - len(picked), len(rest)))


def _hardness(fact: Fact) -> Difficulty:
    """A name or a date of the head is easy; a number or a cited document is hard."""
    if fact.asked in (Asked.QUANTITY, Asked.DOCUMENT, Asked.SUBJECT):
        return Difficulty.HARD
    if fact.asked in (Asked.OFFICE, Asked.MEMBER):
        return Difficulty.EASY
    return Difficulty.MEDIUM
