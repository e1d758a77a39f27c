"""The quiz taken on screen: what is right, what a part of it is worth, what comes again."""

from __future__ import annotations

import copy
import itertools
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.study.attempt import Attempt, judge
from assistant.study.errors import StudyError
from assistant.study.export.keys import key_of
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    QuizItem,
    StudyRequest,
    TrueFalseItem,
)
from tests.assistant.study.awkward import awkward
from tests.assistant.study.plans import RIVER, pack_on

ITEMS = pack_on(RIVER, request=StudyRequest(items=20)).quiz.entries
CHOICE, FALSE, TRUE, MATCHING, ORDERING = awkward().quiz.entries


def right(item: QuizItem) -> Any:
    if isinstance(item, ChoiceItem):
        return item.right
    if isinstance(item, TrueFalseItem):
        return item.is_true
    return item.pairs if isinstance(item, MatchingItem) else item.order


def wrong(item: QuizItem) -> Any:
    if isinstance(item, ChoiceItem):
        return (item.right + 1) % len(item.choices)
    if isinstance(item, TrueFalseItem):
        return not item.is_true
    if isinstance(item, MatchingItem):
        return (*item.pairs[1:], item.pairs[0])
    return tuple(reversed(item.order))


@pytest.mark.parametrize("seed", [0, 1, 77])
def test_right_answers_count_in_full_and_wrong_ones_not(seed: int) -> None:
    attempt = Attempt(ITEMS, seed)
    assert attempt.score.count == len(ITEMS)
    for index, item in enumerate(attempt.shown):
        good, bad = attempt.answer(index, right(item)), attempt.answer(index, wrong(item))
        assert (good.right, good.points) == (True, 1.0)
        assert (bad.right, bad.points < 1.0) == (False, True)
        assert good.quotes == tuple(dict.fromkeys(item.citations))
        assert key_of(item).short in good.expected[0]
        attempt = attempt.given(index, right(item))
    assert attempt.next is None
    assert attempt.score.points == attempt.score.right == attempt.score.answered == len(ITEMS)
    assert attempt.missed == ()
    with pytest.raises(StudyError, match="missed"):
        attempt.again()


@given(st.integers(0, 10**6))
def test_a_seed_mixes_and_changes_no_answer(seed: int) -> None:
    shown = Attempt(ITEMS, seed).shown
    assert shown == Attempt(ITEMS, seed).shown
    assert sorted(map(_answered, shown)) == sorted(map(_answered, ITEMS))
    kinds = [type(item) for item in shown]
    assert sum(a is not b for a, b in itertools.pairwise(kinds)) == len(set(kinds)) - 1


def _answered(item: QuizItem) -> str:
    """What is asked, and what is the answer, whatever order it is shown in."""
    if isinstance(item, ChoiceItem):
        return f"{item.question} {item.choices[item.right]} {sorted(item.choices)}"
    if isinstance(item, TrueFalseItem):
        return f"{item.statement} {item.is_true}"
    if isinstance(item, MatchingItem):
        return f"{sorted((item.left[i], item.right[j]) for i, j in enumerate(item.pairs))}"
    return f"{[item.events[i] for i in item.order]}"


def test_a_seed_mixes_at_all() -> None:
    assert len({Attempt(ITEMS, seed).shown for seed in range(5)}) == 5
    assert Attempt(ITEMS).shown == ITEMS


def test_part_of_a_matching_is_worth_its_share() -> None:
    pairs = (2, 1, 1)  # (2, 0, 1) is right
    judged = judge(MATCHING, pairs)
    assert (judged.right, judged.points, judged.said) == (False, 0.67, "Đúng 2/3 cặp")
    attempt = Attempt((MATCHING,))
    assert attempt.answer(0, {0: 2, 2: 1}).points == 0.67
    assert attempt.answer(0, [2, None, 1]).points == 0.67
    assert attempt.answer(0, {}).points == 0.0
    assert judged.expected[0] == key_of(MATCHING).short


@pytest.mark.parametrize(
    ("order", "points"),
    [((1, 2, 0), 1.0), ((2, 1, 0), 0.67), ((2, 0, 1), 0.33), ((0, 2, 1), 0.0)],
)
def test_an_ordering_counts_the_pairs_that_stand_right(
    order: tuple[int, ...], points: float
) -> None:
    judged = judge(ORDERING, order)
    assert judged.points == points
    assert judged.said.startswith(f"{round(points * 3)}/3")


@pytest.mark.parametrize(
    ("item", "response"),
    [
        (CHOICE, 3), (CHOICE, -1), (CHOICE, True), (CHOICE, "A"), (CHOICE, None), (CHOICE, (0,)),
        (TRUE, 1), (TRUE, 0), (TRUE, "Đúng"), (TRUE, None),
        (MATCHING, (0, 1)), (MATCHING, (0, 1, 3)), (MATCHING, {5: 0}), (MATCHING, 2), (MATCHING, "012"),
        (MATCHING, {0: "x"}), (ORDERING, (0, 0, 1)), (ORDERING, (0, 1)), (ORDERING, (0, 1, None)),
        (ORDERING, 0),
    ],
)  # fmt: skip
def test_what_answers_no_such_item_is_refused(item: QuizItem, response: Any) -> None:
    attempt = Attempt((item,))
    for call in (attempt.answer, attempt.given):
        with pytest.raises(StudyError):
            call(0, response)
    assert attempt.score.answered == 0


@pytest.mark.parametrize("index", [-1, 5, 100])
def test_there_is_no_such_question(index: int) -> None:
    with pytest.raises(StudyError, match="5 questions"):
        Attempt(awkward().quiz.entries).answer(index, 0)


def test_the_missed_ones_come_again_alone() -> None:
    attempt = Attempt(awkward().quiz.entries, 3)
    for index, item in enumerate(attempt.shown):
        attempt = attempt.given(index, wrong(item) if index % 2 else right(item))
    assert attempt.missed == (1, 3)
    assert attempt.score.right == 3
    again = attempt.again()
    assert {_answered(x) for x in again.items} == {_answered(attempt.shown[i]) for i in (1, 3)}
    assert again.responses == ()
    assert again.next == 0


def test_a_second_answer_replaces_the_first() -> None:
    attempt = Attempt((FALSE, TRUE)).given(0, True).given(1, True).given(0, False)
    assert attempt.score.right == 2
    assert attempt.response(0) is False
    judged = attempt.judged(0)
    assert judged is not None
    assert judged.right
    assert Attempt((FALSE,)).judged(0) is None


def test_an_attempt_goes_through_a_pages_state() -> None:
    attempt = Attempt(awkward().quiz.entries, 5).given(0, 1)
    assert copy.deepcopy(attempt) == attempt
    assert pickle.loads(pickle.dumps(attempt)) == attempt
    assert hash(attempt)
