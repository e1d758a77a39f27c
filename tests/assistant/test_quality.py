"""Floors under the quality on the sample questions, some eight points below what is reached.

They catch a change that breaks a kind of question; ``python -m eval answers`` has the figures.
"""

from __future__ import annotations

import pytest

from eval.figures import AnswerFigures, KindFigures, Outcome, answer_figures


@pytest.fixture(scope="module")
def figures(outcomes: list[Outcome]) -> AnswerFigures:
    return answer_figures(outcomes)


def kind_of(figures: AnswerFigures, kind: str) -> KindFigures:
    return next(k for k in figures.kinds if k.kind == kind)


@pytest.mark.parametrize(
    ("kind", "evidence", "hit", "answered", "abstained"),
    [
        pytest.param("as written", 0.87, 0.62, 0.88, 0.75, id="as-written"),
        pytest.param("no-diacritics", 0.85, 0.59, 0.82, 0.69, id="unaccented"),
        pytest.param("english", 0.79, 0.38, 0.66, 0.53, id="english"),
    ],
)
def test_floors(
    figures: AnswerFigures,
    kind: str,
    evidence: float,
    hit: float,
    answered: float,
    abstained: float,
) -> None:
    found = kind_of(figures, kind)
    assert (found.evidence[5] or 0.0) >= evidence
    assert (found.hit or 0.0) >= hit
    assert (found.answered or 0.0) >= answered
    assert (found.abstained or 0.0) >= abstained


def test_every_citation_is_exact(figures: AnswerFigures) -> None:
    assert figures.citations > 250
    assert figures.citations_exact == figures.citations
