"""A quiz taken on the page: answers as a form sends them, passing over, what was missed."""

from __future__ import annotations

import pytest

from assistant.study.errors import StudyError
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    TrueFalseItem,
)
from assistant.ui.study_sitting import (
    Sitting,
    answered,
    begun,
    begun_again,
    begun_with_missed,
    gone_on,
    item_lines,
)
from tests.assistant.study.awkward import awkward

ITEMS = awkward().quiz.entries


def right_answer(item: QuizItem) -> list[str]:
    """The values of the page's form that answer the item rightly."""
    if isinstance(item, TrueFalseItem):
        return ["1" if item.is_true else "0"]
    if isinstance(item, ChoiceItem):
        return [str(item.right)]
    order = item.pairs if isinstance(item, MatchingItem) else item.order
    return [str(i) for i in order]


def wrong_answer(item: QuizItem) -> list[str]:
    if isinstance(item, TrueFalseItem):
        return ["0" if item.is_true else "1"]
    if isinstance(item, ChoiceItem):
        return [str((item.right + 1) % len(item.choices))]
    return right_answer(item)[::-1]


def test_a_quiz_answered_rightly_is_over_with_all_points() -> None:
    sitting = begun(ITEMS)
    while not sitting.is_over:
        assert sitting.judged is None
        assert item_lines(sitting.item) == len(right_answer(sitting.item))
        sitting = answered(sitting, right_answer(sitting.item))
        assert sitting.judged is not None
        assert sitting.judged.right
        sitting = gone_on(sitting)
    assert sitting.attempt.score.right == sitting.count == len(ITEMS)
    assert sitting.missed == ()
    assert sitting.judged is None
    assert gone_on(sitting) == sitting
    with pytest.raises(StudyError):
        begun_with_missed(sitting)


def test_what_was_wrong_or_passed_over_is_missed_and_can_be_taken_again() -> None:
    sitting = begun(ITEMS)
    wrong = sitting.item
    sitting = gone_on(answered(sitting, wrong_answer(sitting.item)))
    passed_over = sitting.item
    sitting = gone_on(sitting)
    while not sitting.is_over:
        sitting = gone_on(answered(sitting, right_answer(sitting.item)))
    assert sitting.missed == (0, 1)
    again = begun_with_missed(sitting)
    assert again.count == 2
    assert {_named(i) for i in again.attempt.items} == {_named(wrong), _named(passed_over)}
    assert again.attempt.seed != sitting.attempt.seed
    assert begun_again(again, ITEMS).count == len(ITEMS)


def _named(item: QuizItem) -> str:
    return item.statement if isinstance(item, TrueFalseItem) else item.question


def test_an_answer_counts_once() -> None:
    sitting = answered(begun(ITEMS), wrong_answer(begun(ITEMS).item))
    assert answered(sitting, right_answer(sitting.item)) == sitting


def test_a_matching_may_be_answered_in_part() -> None:
    sitting = _at(MatchingItem)
    judged = answered(sitting, [right_answer(sitting.item)[0], "", ""]).judged
    assert judged is not None
    assert 0 < judged.points < 1


@pytest.mark.parametrize("kind", [ChoiceItem, TrueFalseItem, MatchingItem, OrderingItem])
@pytest.mark.parametrize(
    "given", [None, [], "0", 0, [""], ["-1"], ["99"], ["<b>"], ["٣"], ["", "", ""], ["0"] * 9]
)
def test_what_is_no_answer_is_refused_and_changes_nothing(
    kind: type[QuizItem], given: object
) -> None:
    sitting = _at(kind)
    with pytest.raises(StudyError):
        answered(sitting, given)


def test_no_quiz_can_be_taken_of_none() -> None:
    with pytest.raises(StudyError):
        begun(())


def _at(kind: type[QuizItem]) -> Sitting:
    return begun([next(item for item in ITEMS if isinstance(item, kind))])
