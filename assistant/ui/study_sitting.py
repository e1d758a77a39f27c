"""A quiz that is being taken on the page, one question at a time. No Gradio here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.study.attempt import Attempt, Given, Judged
from assistant.study.errors import StudyError
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    QuizItem,
    TrueFalseItem,
)


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt and the question in hand: ``at`` is its place, or the count when all are done."""

    attempt: Attempt
    at: int = 0

    @property
    def count(self) -> int:
        return len(self.attempt.items)

    @property
    def is_over(self) -> bool:
        return self.at >= self.count

    @property
    def item(self) -> QuizItem:
        """The question in hand."""
        return self.attempt.item(self.at)

    @property
    def judged(self) -> Judged | None:
        """What the answer to the question in hand is worth; None before there is one."""
        return None if self.is_over else self.attempt.judged(self.at)

    @property
    def missed(self) -> tuple[int, ...]:
        """The places of the questions that were not answered rightly, or not at all."""
        judged = (self.attempt.judged(i) for i in range(self.count))
        return tuple(i for i, worth in enumerate(judged) if worth is None or not worth.right)


def begun(items: Sequence[QuizItem], seed: int = 1) -> Sitting:
    """A sitting over the items, mixed by ``seed``.

    Raises:
        StudyError: there are none.
    """
    if not items:
        raise StudyError("the pack has no quiz", "tài liệu này không có câu hỏi kiểm tra")
    return Sitting(Attempt(tuple(items), seed))


def answered(sitting: Sitting, given: object) -> Sitting:
    """The sitting with an answer to the question in hand, as the page sent it.

    Raises:
        StudyError: it answers no question of this kind.
    """
    if sitting.is_over or sitting.judged is not None:
        return sitting
    response = _response(sitting.item, given)
    return replace(sitting, attempt=sitting.attempt.given(sitting.at, response))


def _response(item: QuizItem, given: object) -> Given:
    """What the page's form holds as a response; it has texts, empty where nothing was chosen."""
    values = given if isinstance(given, list) else []
    numbers = [int(v) if str(v).isascii() and str(v).isdigit() else None for v in values]
    is_other = item_lines(item) != len(numbers) or all(number is None for number in numbers)
    if is_other or (isinstance(item, TrueFalseItem) and numbers[0] not in (0, 1)):
        raise StudyError("the question is not answered", "câu hỏi chưa được trả lời")
    if isinstance(item, TrueFalseItem):
        return numbers[0] == 1
    if isinstance(item, ChoiceItem):
        return -1 if numbers[0] is None else numbers[0]
    return tuple(numbers)


def item_lines(item: QuizItem) -> int:
    """How many values an answer to the item has."""
    if isinstance(item, ChoiceItem | TrueFalseItem):
        return 1
    return len(item.left if isinstance(item, MatchingItem) else item.events)


def gone_on(sitting: Sitting) -> Sitting:
    """The sitting at the next question, or at its end; a question may be passed over."""
    return replace(sitting, at=min(sitting.at + 1, sitting.count))


def begun_again(sitting: Sitting, items: Sequence[QuizItem]) -> Sitting:
    """Another sitting over all the ``items``, mixed otherwise."""
    return begun(items, sitting.attempt.seed + 1)


def begun_with_missed(sitting: Sitting) -> Sitting:
    """Another sitting over what was missed.

    Raises:
        StudyError: nothing was.
    """
    shown = sitting.attempt.shown
    return begun([shown[i] for i in sitting.missed], sitting.attempt.seed + 1)
