"""Items that ask to put things together: office to task, events in order of time. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from assistant.records import Citation
from assistant.register.rules import Span, parts_of
from assistant.study.asking import Fact
from assistant.study.asking.gaps import GAP
from assistant.study.asking.references import CITED
from assistant.study.material import Source
from assistant.study.quiz.wrong import is_other, is_supported
from assistant.study.records import Asked, Difficulty, MatchingItem, OrderingItem
from assistant.study.sameness import alike, dates_apart, is_generic
from assistant.study.wording import upper_first

_PAIRS = 5
_EVENTS = 5
_LEAST_STEPS = 3
STEPS = "Các bước thực hiện"  # topic of a fact that lists steps
_LEAST_EVENTS = 4


def matching_item(
    facts: Sequence[Fact], sources: Sequence[Source], rng: random.Random, least: int = 3
) -> tuple[MatchingItem, list[Fact]] | None:
    """Offices and tasks such that each task is of one of the offices alone, with their facts."""
    offered = [f for f in facts if f.asked is Asked.OFFICE and f.statement]
    rng.shuffle(offered)
    offered.sort(key=lambda f: len(f.subject.split()) > 24)
    chosen: list[Fact] = []
    for fact in offered:
        if is_generic(fact.choice) and len(fact.choice.split()) < 6:
            continue
        if all(_is_apart(fact, other, sources) for other in chosen):
            chosen.append(fact)
        if len(chosen) == _PAIRS:
            break
    if len(chosen) < least:
        return None
    tasks = list(range(len(chosen)))
    rng.shuffle(tasks)
    item = MatchingItem(
        question=(
            f"Theo {chosen[0].source.said}, ghép mỗi cơ quan, đơn vị ở cột A với nhiệm vụ được "
            "giao ở cột B."
        ),
        left=tuple(f.choice for f in chosen),
        right=tuple(upper_first(chosen[i].subject) for i in tasks),
        pairs=tuple(tasks.index(i) for i in range(len(chosen))),
        citations=tuple(f.citations[0] for f in chosen),
        topic=chosen[0].topic,
        difficulty=Difficulty.MEDIUM,
    )
    return item, chosen


def _is_apart(a: Fact, b: Fact, sources: Sequence[Source]) -> bool:
    """Whether neither office could have the other's task."""
    return (
        a.source is b.source
        and is_other(a.choice, b.choice, Asked.OFFICE)
        and is_other(b.choice, a.choice, Asked.OFFICE)
        and alike(a.subject, b.subject) < 0.7
        and not is_supported(a.choice, Asked.OFFICE, b.subject, sources)
        and not is_supported(b.choice, Asked.OFFICE, a.subject, sources)
    )


def ordering_item(
    facts: Sequence[Fact], rng: random.Random
) -> tuple[OrderingItem, list[Fact]] | None:
    """Events whose days can't be taken for each other's, shuffled, with their facts."""
    offered = [(f, _event(f)) for f in facts if f.asked is Asked.DATE and _day(f) is not None]
    offered = [(f, event) for f, event in offered if event]
    rng.shuffle(offered)
    chosen: list[tuple[Fact, str]] = []
    for fact, event in offered:
        apart = all(
            dates_apart(fact.value, other.value)
            and alike(event, said) < 0.9
            and fact.source is other.source
            and fact.topic == other.topic
            for other, said in chosen
        )
        if apart:
            chosen.append((fact, event))
        if len(chosen) == _EVENTS:
            break
    if len(chosen) < _LEAST_EVENTS:
        return None
    days = [_day(f) for f, _ in chosen]
    order = sorted(range(len(chosen)), key=lambda i: days[i] or 0)
    if order == list(range(len(chosen))):
        chosen.reverse()
        order = list(reversed(range(len(chosen))))
    citations: tuple[Citation, ...] = tuple(f.citations[0] for f, _ in chosen)
    what = "văn bản" if chosen[0][0].topic == CITED else "công việc"
    how = "ban hành" if what == "văn bản" else "theo thời hạn"
    item = OrderingItem(
        question=(
            f"Sắp xếp các {what} sau theo thứ tự thời gian {how}, từ sớm nhất đến muộn nhất "
            f"(theo {chosen[0][0].source.said})."
        ).replace("thời gian theo thời hạn", "thời hạn"),
        events=tuple(event for _, event in chosen),
        when=tuple(f.choice for f, _ in chosen),
        order=tuple(order),
        citations=citations,
        topic=chosen[0][0].topic,
        difficulty=Difficulty.HARD,
    )
    return item, [f for f, _ in chosen]


def _day(fact: Fact) -> int | None:
    """The ordinal of the day by which an event is due; None for what recurs or has no day."""
    parts = parts_of(fact.value)
    if len(parts) != 1 or not isinstance(parts[0], Span):
        return None
    last = parts[0].days.last
    return last.toordinal() if last and parts[0].days.first else None


def _event(fact: Fact) -> str:
    """What is to be put in order, without its date."""
    if fact.topic == CITED:
        return fact.subject
    if GAP in fact.question or not fact.subject.strip():
        return ""
    words = re.split(r" thời (?:hạn|gian) ", fact.question, maxsplit=1)[-1]
    words = words.removesuffix(" là khi nào?")
    return upper_first(words.removeprefix("để "))


def steps_item(fact: Fact, rng: random.Random) -> OrderingItem | None:
    """The steps that a document lists, to be put in its order; None where they are too few."""
    steps = [line.partition(": ")[::2] for line in fact.answer.split("\n")]
    if len(steps) < _LEAST_STEPS or not all(said for _, said in steps):
        return None
    shown = list(range(len(steps)))
    while shown == sorted(shown):
        rng.shuffle(shown)
    return OrderingItem(
        question=f"Sắp xếp các bước sau theo đúng trình tự nêu trong {fact.source.said}.",
        events=tuple(steps[i][1] for i in shown),
        when=tuple(steps[i][0] for i in shown),
        order=tuple(sorted(range(len(shown)), key=lambda position: shown[position])),
        citations=tuple(fact.citations[i] for i in shown),
        topic=fact.topic,
        difficulty=Difficulty.MEDIUM,
    )
