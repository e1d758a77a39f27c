"""A pack as data and back: equal, and what is no pack refused by the place where it isn't."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from assistant.study.codec import from_data, to_data
from assistant.study.errors import StudyError
from assistant.study.records import (
    Difficulty,
    FactRow,
    Length,
    Own,
    Part,
    PartOf,
    StudyPack,
    StudyRequest,
)
from tests.assistant.study.awkward import awkward, empty
from tests.assistant.study.plans import MEETING, RIVER, pack_on


def through_json(pack: StudyPack) -> StudyPack:
    return from_data(json.loads(json.dumps(to_data(pack))))


@pytest.mark.parametrize("make", [awkward, empty, lambda: pack_on(RIVER, MEETING)])
def test_a_pack_comes_back_equal(make: Callable[[], StudyPack]) -> None:
    pack = make()
    assert through_json(pack) == pack


def test_the_samples_come_back_equal(packs: list[StudyPack]) -> None:
    for pack in packs:
        assert through_json(pack) == pack


def test_every_field_of_a_request_and_of_an_edited_line_comes_back() -> None:
    request = StudyRequest(
        45, Difficulty.HARD, Length.FULL, 7, 3, 4, ((Part.QUIZ, 8), (Part.CARDS, 9)), (Part.QUIZ,)
    )
    standard = StudyRequest()
    assert all(getattr(request, f.name) != getattr(standard, f.name) for f in fields(request))
    own = FactRow("a" * 64, "Nơi nhận", (Own("Tổ ba", ("a" * 64,)),))
    pack = replace(awkward(), request=request, facts=PartOf((own,), ("ghi chú",)))
    assert through_json(pack) == pack


def test_a_field_that_was_added_later_may_be_missing() -> None:
    data = to_data(awkward())
    del data["request"]["parts"]
    for card in data["cards"]["entries"]:
        del card["taken_from"]
    assert from_data(data) == awkward()


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """What puts ``value`` at «quiz/entries/0/right», or takes it away where it is ``...``."""
    *way, last = [int(x) if x.isdigit() else x for x in path.split("/")]

    def change(data: Any) -> None:
        for step in way:
            data = data[step]
        if value is ...:
            del data[last]
        else:
            data[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("title", 5), "pack.title: 5 is no str"),
        (_set("title", ...), "lacks title"),
        (_set("colour", "red"), "no field colour"),
        (_set("cards/entries", {}), "pack.cards.entries"),
        (
            _set("cards/entries/0/citations/0/start", "0"),
            r"cards.entries\[0\].citations\[0\].start",
        ),
        (_set("cards/entries/0/citations/0/page", True), "True is no int"),
        (_set("cards/entries/0/difficulty", "awful"), "'awful' is none of easy"),
        (_set("facts/entries/0/values/0/citations", []), "without a citation"),
        (_set("facts/entries/0/values/0/type", "Card"), "expected one of Cited, Own"),
        (_set("facts/entries/0/values/0", "text"), "expected one of Cited, Own"),
        (_set("quiz/entries/0/type", ...), "expected one of ChoiceItem"),
        (_set("quiz/entries/0/right", 9), r"quiz.entries\[0\]: has an answer"),
        (_set("quiz/entries/3/pairs", [0, 0, 1]), r"quiz.entries\[3\]: has an answer"),
        (_set("quiz/entries/4/order", [0, 1, 3]), r"quiz.entries\[4\]: has an answer"),
        (_set("agenda/entries/0/minutes", -1), r"agenda.entries\[0\]"),
        (_set("request/seeds", [["quiz"]]), "has 1 entries, expected 2"),
        (_set("outline/entries/0/type", "Card"), "expected OutlinePoint"),
    ],
)
def test_what_is_no_pack_is_refused_by_its_place(
    change: Callable[[dict[str, Any]], None], said: str
) -> None:
    data = copy.deepcopy(to_data(awkward()))
    change(data)
    with pytest.raises(StudyError, match=said):
        from_data(data)


@pytest.mark.parametrize("data", [None, [], "pack", 3, {}])
def test_what_is_nothing_like_a_pack(data: object) -> None:
    with pytest.raises(StudyError, match="pack"):
        from_data(data)
