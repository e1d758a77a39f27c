"""Which unit of the evidence a sentence is read from; scores are set by hand."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, Unit
from assistant.library_index import LibraryIndex
from assistant.question_terms import QuestionTerms
from assistant.read.sentence import read_sentence
from assistant.records import Question
from assistant.understand import understand

ASKED = "Hội Chữ thập đỏ tặng gì cho các cụ?"
ANSWERS = "Hội Chữ thập đỏ đi thăm hộ nghèo"


def evidence(question: Question, index: LibraryIndex, score_of: dict[str, float]) -> Evidence:
    """The sentences that begin so, each with its score, best first."""
    sources = [unit for passage in index.passages for unit in index.units_of(passage)]
    units = []
    for opening, score in score_of.items():
        (source,) = [s for s in sources if s.text.startswith(opening)]
        units.append(Unit(source, 1.0, 1.0, 1.0, 0.5, 1.0, score))
    return Evidence(
        units=tuple(sorted(units, key=lambda u: -u.score)),
        dated=(),
        documents=tuple(index.documents),
        terms=QuestionTerms.of(question, index),
        cards={d.id: index.card_said(d.id) for d in index.documents},
        known=1.0,
    )


def said(index: LibraryIndex, asked: str, score_of: dict[str, float]) -> str:
    question = understand(asked)
    (line,) = read_sentence(question, evidence(question, index, score_of)).lines
    return line.text


@pytest.mark.parametrize(
    ("asked", "score_of", "begins"),
    [
        pytest.param(ASKED, {"UBND xã cấp giống lúa": 2.0, ANSWERS: 1.7}, ANSWERS, id="close"),
        pytest.param(
            ASKED, {"UBND xã cấp giống lúa": 2.0, ANSWERS: 1.4}, "UBND xã cấp", id="far below"
        ),
        pytest.param(
            ASKED, {"Dân quân dọn kênh": 2.0, ANSWERS: 1.9}, "Dân quân", id="another document"
        ),
        pytest.param(
            "Hội Chữ thập đỏ có tặng thuốc cho các cụ không?",
            {"UBND xã cấp giống lúa": 2.0, ANSWERS: 1.9},
            "UBND xã cấp",
            id="yes or no",
        ),
    ],
)
def test_of_sentences_nearly_as_good_the_one_that_answers(
    places: LibraryIndex, asked: str, score_of: dict[str, float], begins: str
) -> None:
    assert said(places, asked, score_of).startswith(begins)
