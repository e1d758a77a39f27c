"""A quiz taken on screen, one item after the other: judged, counted, looked through again. Pure.

An attempt never changes: :meth:`Attempt.given` is the attempt with one more response. It is made of
records and numbers alone, so that a page can hold it as its state.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import assert_never

from assistant.records import Citation
from assistant.study.edits import reordered
from assistant.study.errors import StudyError
from assistant.study.export.keys import key_of
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    TrueFalseItem,
)

Response = int | bool | tuple[int | None, ...]
Given = int | bool | Sequence[int | None] | Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a response is worth.

    ``points`` go from 0 to 1, of which a matching or an ordering item gives a share; ``said`` tells
    how they came about. ``expected`` is the answer as the key has it, a line for each part;
    ``quotes`` are the words that bear it out, none for an item in the trainer's words.
    """

    right: bool
    points: float
    said: str
    expected: tuple[str, ...]
    quotes: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Points so far: of ``answered`` items ``right`` ones, of ``count`` in all."""

    points: float
    right: int
    answered: int
    count: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run through items of a quiz, ``pack.quiz.entries`` or some of them.

    ``seed`` mixes the items within their kinds, the choices and what is to be matched or put in
    order; 0 leaves all as the pack has it. ``responses`` are what was answered, by place.
    """

    items: tuple[QuizItem, ...]
    seed: int = 0
    responses: tuple[tuple[int, Response], ...] = ()

    @property
    def shown(self) -> tuple[QuizItem, ...]:
        """The items as they are asked; an ``index`` below is a place among them."""
        if not self.seed:
            return self.items
        rng = random.Random(self.seed)  # noqa: S311
        kinds = list(dict.fromkeys(type(item) for item in self.items))
        order = list(self.items)
        rng.shuffle(order)
        order.sort(key=lambda item: kinds.index(type(item)))
        return tuple(_mixed(item, rng) for item in order)

    def item(self, index: int) -> QuizItem:
        """The item at a place.

        Raises:
            StudyError: there is none.
        """
        if not 0 <= index < len(self.items):
            raise StudyError(
                f"the quiz has {len(self.items)} questions, none at {index + 1}",
                f"Bài kiểm tra có {len(self.items)} câu, không có câu {index + 1}.",
            )
        return self.shown[index]

    def answer(self, index: int, response: Given) -> Judged:
        """What a response to the item is worth; nothing is kept of it.

        A response is the place of a choice; True or False; of a matching the task's place for each
        office, None for none, or a mapping of places; of an ordering the events' places, the
        earliest first.

        Raises:
            StudyError: there is no such item, or the response answers no item of its kind.
        """
        item = self.item(index)
        return judge(item, _response(item, response))

    def given(self, index: int, response: Given) -> Attempt:
        """The attempt with this response to the item, in the place of one given before.

        Raises:
            StudyError: as :meth:`answer`.
        """
        kept = _response(self.item(index), response)
        others = [pair for pair in self.responses if pair[0] != index]
        return replace(self, responses=tuple(sorted([*others, (index, kept)], key=lambda p: p[0])))

    def response(self, index: int) -> Response | None:
        """What was answered at a place, None where nothing was."""
        return dict(self.responses).get(index)

    def judged(self, index: int) -> Judged | None:
        """What the response at a place is worth, None where there is none."""
        given = self.response(index)
        return None if given is None else judge(self.item(index), given)

    @property
    def next(self) -> int | None:
        """The first place without a response, None when all have one."""
        answered = dict(self.responses)
        return next((i for i in range(len(self.items)) if i not in answered), None)

    @property
    def score(self) -> Score:
        """The points so far."""
        shown = self.shown
        judged = [judge(shown[index], given) for index, given in self.responses]
        return Score(
            points=round(sum(j.points for j in judged), 2),
            right=sum(j.right for j in judged),
            answered=len(judged),
            count=len(self.items),
        )

    @property
    def missed(self) -> tuple[int, ...]:
        """The places that were not answered rightly in full."""
        shown = self.shown
        return tuple(i for i, given in self.responses if not judge(shown[i], given).right)

    def again(self, seed: int | None = None) -> Attempt:
        """A new attempt with the missed items alone, mixed by another seed.

        Raises:
            StudyError: none was missed.
        """
        shown = self.shown
        if not self.missed:
            raise StudyError(
                "no question was missed; there is none to repeat",
                "Không có câu nào sai để làm lại.",
            )
        return Attempt(
            tuple(shown[i] for i in self.missed), self.seed + 1 if seed is None else seed
        )


def judge(item: QuizItem, response: Response) -> Judged:
    """What a response that fits the item is worth."""
    key = key_of(item)
    expected = tuple(line.text for line in key.lines)
    if len(expected) > 1:
        expected = (key.short, *expected)
    points, said = _points(item, response)
    quotes = tuple(dict.fromkeys(item.citations))
    return Judged(points == 1.0, points, said, expected, quotes)


def _points(item: QuizItem, response: Response) -> tuple[float, str]:
    if isinstance(item, ChoiceItem):
        return _whole(response == item.right)
    if isinstance(item, TrueFalseItem):
        return _whole(response is item.is_true)
    assert isinstance(response, tuple)
    if isinstance(item, MatchingItem):
        count = len(item.pairs)
        right = sum(a == b for a, b in zip(response, item.pairs, strict=True))
        return round(right / count, 2) if right < count else 1.0, f"Đúng {right}/{count} cặp"
    if isinstance(item, OrderingItem):
        place = {event: n for n, event in enumerate(response)}
        pairs = list(combinations(item.order, 2))
        right = sum(place[a] < place[b] for a, b in pairs)
        points = 1.0 if right == len(pairs) else round(right / len(pairs), 2)
        return points, f"{right}/{len(pairs)} cặp mốc đúng thứ tự trước – sau"
    assert_never(item)


def _whole(is_right: bool) -> tuple[float, str]:
    return (1.0, "Đúng") if is_right else (0.0, "Chưa đúng")


def _response(item: QuizItem, given: Given) -> Response:
    """A response in the form in which it is kept.

    Raises:
        StudyError: it answers no such item.
    """
    if isinstance(item, TrueFalseItem):
        if isinstance(given, bool):
            return given
        raise StudyError(f"{given!r} answers no true-or-false question; it takes True or False")
    if isinstance(item, ChoiceItem):
        if isinstance(given, int) and _is_place(given, item.choices):
            return given
        raise StudyError(f"{given!r} is none of the {len(item.choices)} choices")
    wanted = len(item.left if isinstance(item, MatchingItem) else item.events)
    if isinstance(given, Mapping):
        if stray := [key for key in given if not _is_place(key, range(wanted))]:
            raise StudyError(f"{stray[0]!r} is none of the {wanted} lines to be matched")
        given = [given.get(i) for i in range(wanted)]
    if not isinstance(given, list | tuple) or len(given) != wanted:
        raise StudyError(f"{given!r} is no answer to a question of {wanted} lines")
    places = tuple(given)
    if isinstance(item, OrderingItem):
        if all(_is_place(p, item.events) for p in places) and len(set(places)) == wanted:
            return places
        raise StudyError(
            f"{given!r} is no order of the {wanted} events, each once",
            f"Hãy xếp đủ {wanted} việc, mỗi việc một lần.",
        )
    if all(p is None or _is_place(p, item.right) for p in places):
        return places
    raise StudyError(f"{given!r} names a line that the question does not have")


def _is_place(value: object, lines: Sequence[object]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(lines)


def _mixed(item: QuizItem, rng: random.Random) -> QuizItem:
    """The item with its choices, tasks or events in another order; its answer stays the same."""
    field = _MIXED.get(type(item))
    if field is None:
        return item
    order = list(range(len(getattr(item, field))))
    rng.shuffle(order)
    mixed: QuizItem = reordered(item, field, order)
    return mixed


_MIXED = {ChoiceItem: "choices", MatchingItem: "right", OrderingItem: "events"}
