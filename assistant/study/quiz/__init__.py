"""The quiz: items of several forms, each fact asked once, every wrong choice provably wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from assistant.study.asking import Fact
from assistant.study.asking.references import CITED
from assistant.study.material import Material
from assistant.study.quiz.arranged import STEPS, matching_item, ordering_item, steps_item
from assistant.study.quiz.candidates import WrongChoices, pools_of
from assistant.study.quiz.closed import choice_item, negative_item, true_false_item
from assistant.study.records import (
    Asked,
    ChoiceItem,
    Difficulty,
    Length,
    MatchingItem,
    OrderingItem,
    PartOf,
    QuizItem,
    StudyRequest,
    TrueFalseItem,
)
from assistant.study.sameness import alike

_ITEMS = {Length.SHORT: 12, Length.STANDARD: 20, Length.FULL: 32}
_STATEMENTS = {Difficulty.EASY: 0.45, Difficulty.MEDIUM: 0.3, Difficulty.HARD: 0.2}
# Of all items at most this share on one topic, as long as others have any.
_SHARES = {
    "Trách nhiệm": 0.4,
    "Thời hạn": 0.4,
    "Số liệu, chỉ tiêu": 0.3,
    "Nội dung chính": 0.25,
    CITED: 0.2,
    "Thể thức văn bản": 0.1,
}
_FEW_FOR_ALL = 6  # items: a shorter quiz has no arranging
_NEGATIVE = (Asked.NOT_TASK, Asked.NOT_MEMBER)
_ONE_QUESTION = (
    Asked.TASK,
    Asked.MEMBER,
    Asked.SECTION,
)  # one question, whatever its answer
_ATTEMPTS = 4  # at more items, where few come of the first choice of facts
_MOST_STATEMENTS = 0.5  # of all items
_FEW = 15  # items: fewer are explained
_PAIRS, _PAIRS_AGAIN = 3, 4  # least pairs of the first matching item, and of another


def quiz_of(
    material: Material,
    facts: Sequence[Fact],
    beside: Sequence[Fact],
    request: StudyRequest,
    rng: random.Random,
) -> PartOf[QuizItem]:
    """The quiz on ``facts``; wrong choices may come from ``beside``, facts of other documents."""
    count = request.items if request.items is not None else _ITEMS[request.length]
    near = WrongChoices(pools_of(material, facts, beside), material.sources)
    items: tuple[QuizItem, ...] = ()
    for attempt in range(_ATTEMPTS):
        quiz = _Quiz(material, near, request, rng, count)
        if attempt < _ATTEMPTS - 1:
            quiz.arrange(facts)
        quiz.fill(facts)
        quiz.negate(facts, 2)
        made = quiz.sorted()
        items = max(items, made, key=len)
        if len(items) >= min(count, _FEW):
            break
    notes = []
    if len(items) < min(count, _FEW):
        notes.append(
            f"Văn bản chỉ có đủ dữ kiện rõ ràng cho {len(items)} câu hỏi kiểm tra."
            if items
            else "Văn bản không có đủ dữ kiện rõ ràng để đặt câu hỏi kiểm tra."
        )
    return PartOf(items, tuple(notes))


class _Quiz:
    """Items as they are collected, with the facts used up."""

    def __init__(
        self,
        material: Material,
        near: WrongChoices,
        request: StudyRequest,
        rng: random.Random,
        count: int,
    ) -> None:
        self._material = material
        self._near = near
        self._difficulty = request.difficulty
        self._rng = rng
        self._count = count
        self._enough = count if request.items is not None else min(count, _FEW)
        self._items: list[QuizItem] = []
        self._used: list[Fact] = []
        self._false = False  # the last statement was false

    def arrange(self, facts: Sequence[Fact]) -> None:
        """Matching and ordering first: they need several facts at once.

        A second matching item only where facts are left over for it.
        """
        if self._count < _FEW_FOR_ALL:
            return
        sources = self._material.sources
        spare = len({f.key for f in facts if f.asked}) - self._count
        for least in (_PAIRS, _PAIRS_AGAIN)[: 2 if spare > self._count else 1]:
            free = [f for f in facts if self._is_free(f)]
            if made := matching_item(free, sources, self._rng, least):
                self._take(made[0], made[1])
        for fact in facts:
            if fact.topic == STEPS and (ordered := steps_item(fact, self._rng)):
                self._take(ordered, [fact])
                break
        for topic in ("Thời hạn", CITED):
            free = [f for f in facts if self._is_free(f) and f.topic == topic]
            if made_order := ordering_item(free, self._rng):
                self._take(made_order[0], made_order[1])
                break
        if self._difficulty is not Difficulty.EASY and spare > self._count // 2:
            self.negate(facts, 1)

    def negate(self, facts: Sequence[Fact], most: int) -> None:
        """Items that ask what is not so, ``most`` for tasks and for lists."""
        for asked in (Asked.TASK, Asked.MEMBER):
            for _ in range(most):
                taken = {
                    i.subject
                    for i in self._items
                    if isinstance(i, ChoiceItem) and i.asked in _NEGATIVE
                }
                free = [
                    f
                    for f in facts
                    if f.asked is asked and self._is_free(f) and f.subject not in taken
                ]
                made = negative_item(free, self._material.sources, self._rng)
                if made and len(self._items) < self._count:
                    self._take(made[0], made[1])

    def _take(self, item: QuizItem, facts: Sequence[Fact]) -> None:
        self._items.append(item)
        self._used += facts

    def _is_free(self, fact: Fact, *, strictly: bool = True) -> bool:
        """Whether a fact is unused, its words too; not ``strictly``, its answer untold at least."""
        return not any(
            fact.key == u.key
            or fact.repeats(u)
            or (fact.shares_words(u) if strictly else fact.gives_away(u))
            for u in self._used
        )

    def fill(self, facts: Sequence[Fact]) -> None:
        """Choices and statements, the most telling facts first, within each topic's share."""
        for share, strictly in ((1.0, True), (2.0, True), (1.0, False), (9.0, True), (9.0, False)):
            for fact in self._by_weight(facts):
                if len(self._items) >= self._count:
                    return
                limit = max(1, round(_SHARES.get(fact.topic, 0.2) * self._count * share))
                if sum(i.topic == fact.topic for i in self._items) >= limit:
                    continue
                if not self._is_free(fact, strictly=strictly):
                    continue
                if self._has_most(fact) and (share <= 2 or len(self._items) >= self._enough):
                    continue
                if item := self._made(fact, last=share > 2):
                    self._take(item, [fact])

    def _has_most(self, fact: Fact) -> bool:
        """Whether the quiz asks where things stand, or for other documents, often enough."""
        most = max(3, self._count // 4)
        if fact.topic == CITED:
            return sum(i.topic == CITED for i in self._items) >= most
        asked = [i.asked for i in self._items if isinstance(i, (ChoiceItem, TrueFalseItem))]
        return fact.asked is Asked.SECTION and asked.count(fact.asked) >= most

    def _by_weight(self, facts: Sequence[Fact]) -> Iterator[Fact]:
        weighed = [(f.weight + self._rng.uniform(0, 0.3), f) for f in facts if f.asked]
        return (f for _, f in sorted(weighed, key=lambda pair: -pair[0]))

    def _made(self, fact: Fact, *, last: bool) -> QuizItem | None:
        """The fact as an item; at ``last`` as a true statement, where no wrong choice is to be had.

        False statements alternate with true ones.
        """
        statements = sum(isinstance(i, TrueFalseItem) for i in self._items)
        wants_statement = statements < _STATEMENTS[self._difficulty] * (len(self._items) + 1)
        makers = [lambda: self._choice(fact)]
        if wants_statement:
            makers.insert(0, lambda: self._statement(fact, self._false))
        elif last and statements < _MOST_STATEMENTS * self._count:
            trues = sum(isinstance(i, TrueFalseItem) and i.is_true for i in self._items)
            if 2 * trues >= statements - 1:
                makers.append(lambda: self._statement(fact, False))
            if 2 * trues <= statements + 1:
                makers.append(lambda: self._statement(fact, True))
        for make in makers:
            item = make()
            if item is not None and not self._is_like_another(item):
                if isinstance(item, TrueFalseItem):
                    self._false = not item.is_true
                return item
        return None

    def _choice(self, fact: Fact) -> QuizItem | None:
        return choice_item(fact, self._near, self._rng, self._difficulty)

    def _statement(self, fact: Fact, true: bool) -> QuizItem | None:
        return true_false_item(fact, self._near, self._rng, self._difficulty, true=true)

    def _is_like_another(self, item: QuizItem) -> bool:
        """Whether the quiz asks nearly the same already."""
        return any(_asks_same(item, other) for other in self._items)

    def sorted(self) -> tuple[QuizItem, ...]:
        """The items by form: choices, statements, matching, ordering."""
        forms = (ChoiceItem, TrueFalseItem, MatchingItem, OrderingItem)
        return tuple(i for form in forms for i in self._items if isinstance(i, form))


def _asks_same(a: QuizItem, b: QuizItem) -> bool:
    if isinstance(a, (MatchingItem, OrderingItem)) or isinstance(b, (MatchingItem, OrderingItem)):
        return False
    both = isinstance(a, ChoiceItem) and isinstance(b, ChoiceItem)
    if both and a.asked is b.asked and a.asked in _ONE_QUESTION and a.subject == b.subject:
        return True
    mine = a.question if isinstance(a, ChoiceItem) else a.statement
    other = b.question if isinstance(b, ChoiceItem) else b.statement
    right_a = a.choices[a.right] if isinstance(a, ChoiceItem) else a.right
    right_b = b.choices[b.right] if isinstance(b, ChoiceItem) else b.right
    if a.asked is Asked.TASK or b.asked is Asked.TASK:
        return alike(right_a or mine, right_b or other) >= 0.9
    return alike(mine, other) >= 0.9


__all__ = ["quiz_of"]
