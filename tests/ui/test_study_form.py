"""What a study pack is asked for, and what is wrong with what was filled in."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.study.records import Difficulty, Length, Part
from assistant.ui.render.board import problems_html
from assistant.ui.study_form import StudyForm, problems
from tests.ui.parsed import assert_harmless, attacks, said

GIVEN = {
    "documents": ["d1"],
    "topic": "  nước   sạch ",
    "minutes": " 45 ",
    "length": "short",
    "difficulty": "hard",
    "parts": ["quiz", "facts"],
}


def test_a_form_is_a_request() -> None:
    form = StudyForm.of(GIVEN)
    assert form.topic == "nước sạch"
    assert problems(form, ["d1"]) == ()
    request = form.request()
    assert (request.minutes, request.length, request.difficulty) == (
        45,
        Length.SHORT,
        Difficulty.HARD,
    )
    assert request.parts == (Part.FACTS, Part.QUIZ)


def test_all_parts_are_no_choice_of_parts() -> None:
    assert StudyForm().request().parts is None


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"documents": [], "topic": " "}, ["documents"]),
        ({"documents": None, "topic": None}, ["documents"]),
        ({"documents": [], "topic": "nước"}, []),
        ({"documents": ["gone"]}, ["documents"]),
        ({"documents": ["gone", "d1"]}, []),
        ({"parts": []}, ["parts"]),
        ({"minutes": "14"}, ["minutes"]),
        ({"minutes": "15"}, []),
        ({"minutes": "480"}, []),
        ({"minutes": "481"}, ["minutes"]),
        ({"minutes": ""}, ["minutes"]),
        ({"minutes": "-60"}, ["minutes"]),
        ({"minutes": "60,5"}, ["minutes"]),
        ({"minutes": "٦٠"}, ["minutes"]),
        ({"minutes": "9" * 5000}, ["minutes"]),
    ],
)
def test_what_is_wrong_is_named_by_its_field(changed: dict[str, Any], wrong: list[str]) -> None:
    found = problems(StudyForm.of(GIVEN | changed), ["d1", "d2"])
    assert [problem.field for problem in found] == wrong


@attacks
def test_what_was_typed_is_shown_as_text(attack: str) -> None:
    form = StudyForm.of(GIVEN | {"minutes": attack})
    html = problems_html(problems(form, ["d1"]))
    assert_harmless(html)
    assert f"«{attack}» không phải" in said(html) or attack.strip() in said(html)
    assert "15 đến 480" in said(html)
    assert "from 15 to 480" in said(html, "en")
