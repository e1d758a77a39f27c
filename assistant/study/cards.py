"""Question-and-answer cards. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence

from assistant.study.asking import Fact
from assistant.study.asking.references import CITED
from assistant.study.records import Asked, Card, Difficulty, Length, PartOf, StudyRequest
from assistant.study.sameness import alike

_CARDS = {Length.SHORT: 12, Length.STANDARD: 20, Length.FULL: 40}
_NEEDS_CHOICES = (Asked.TASK, Asked.MEMBER, Asked.SECTION)  # «… nào sau đây»
_SHARES = {
    "Trách nhiệm": 0.4,
    "Thời hạn": 0.4,
    "Số liệu, chỉ tiêu": 0.25,
    "Nội dung chính": 0.3,
    CITED: 0.2,
    "Thể thức văn bản": 0.15,
}
_FEW = 15
_ALL = 9.0  # of a topic: whatever there is
_SAME_ANSWER = 3  # cards with one answer


def cards_of(facts: Sequence[Fact], request: StudyRequest, rng: random.Random) -> PartOf[Card]:
    """Cards on ``facts``, each fact once, in the order of the topics and of the text."""
    count = request.cards if request.cards is not None else _CARDS[request.length]
    offered = [f for f in facts if f.asked not in _NEEDS_CHOICES]
    place = {id(f): n for n, f in enumerate(facts)}
    weighed = sorted(offered, key=lambda f: -(f.weight + _favour(f, request) + rng.uniform(0, 0.3)))
    chosen: list[Fact] = []
    for share in (1.0, 2.0, _ALL):
        for fact in weighed:
            if len(chosen) >= count:
                break
            limit = max(2, round(_SHARES.get(fact.topic, 0.2) * count * share))
            if sum(f.topic == fact.topic for f in chosen) >= limit:
                continue
            if share < _ALL and _is_said(fact, chosen):
                continue
            if not any(_is_like(fact, other) for other in chosen):
                chosen.append(fact)
    for fact in (f for f in facts if f.asked is Asked.SECTION):
        # Where something stands is asked only where there is too little else to ask.
        where = sum(f.asked is Asked.SECTION for f in chosen)
        if len(chosen) >= min(count, _FEW) or where >= count // 4:
            break
        if not any(_is_like(fact, other) for other in chosen):
            chosen.append(fact)
    chosen.sort(key=lambda f: place[id(f)])
    cards = tuple(Card(f.question, f.answer, f.citations, f.topic, _hardness(f)) for f in chosen)
    notes: tuple[str, ...] = ()
    if not cards:
        notes = ("Văn bản không có đủ dữ kiện rõ ràng để lập thẻ hỏi - đáp.",)
    elif len(cards) < min(count, _FEW):
        notes = (f"Văn bản chỉ có đủ dữ kiện rõ ràng cho {len(cards)} thẻ hỏi - đáp.",)
    return PartOf(cards, notes)


def _is_said(fact: Fact, chosen: Sequence[Fact]) -> bool:
    """Whether an office is the answer of several cards already."""
    if fact.asked is not Asked.OFFICE:
        return False
    same = [f for f in chosen if f.asked is Asked.OFFICE and f.value == fact.value]
    return len(same) >= _SAME_ANSWER


def _is_like(a: Fact, b: Fact) -> bool:
    if a.key == b.key or a.question == b.question or a.gives_away(b) or a.repeats(b):
        return True
    return a.topic == b.topic and alike(a.question, b.question) >= 0.92


def _favour(fact: Fact, request: StudyRequest) -> float:
    """What a level prefers: easy ones a name or a date, hard ones a list or a number."""
    hardness = _hardness(fact)
    if request.difficulty is Difficulty.MEDIUM:
        return 0.0
    return 0.35 if hardness is request.difficulty else 0.0


def _hardness(fact: Fact) -> Difficulty:
    if fact.is_open and "\n" in fact.answer:
        return Difficulty.HARD
    if fact.asked in (Asked.QUANTITY, Asked.DOCUMENT, Asked.SUBJECT):
        return Difficulty.HARD
    return Difficulty.EASY if fact.asked is Asked.OFFICE else Difficulty.MEDIUM
