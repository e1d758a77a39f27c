"""Answers → figures, and the tables made of them."""

from __future__ import annotations

import pytest

from assistant.feedback import Feedback
from assistant.records import Answer, Citation, Intent, RankedPassage, Statement
from eval.dataset import GoldSpan, PlanQuestion
from eval.figures import Outcome, answer_figures
from eval.report import answers_report, feedback_report, table

GOLD = "các chi bộ"


def answer(text: str, passages: tuple[str, ...] = (), latency_ms: float = 1.0) -> Answer:
    return Answer(
        question="?",
        statements=(Statement(text, (0,)),) if text else (),
        abstained=not text,
        intent=Intent.WHO,
        language="vi",
        citations=(Citation("x.txt", "", "", "", 1, 0, 1, text),) if text else (),
        passages=tuple(
            RankedPassage("x.txt", "", "", "", 1, 0, 1, passage, 1.0) for passage in passages
        ),
        latency_ms=latency_ms,
    )


def outcome(kind: str, type_: str, given: Answer, exact: int = 0) -> Outcome:
    spans = () if type_ == "unanswerable" else (("x.txt", GOLD),)
    question = PlanQuestion("q", "?", type_, ("x.txt",), tuple(GoldSpan(t, d) for d, t in spans))
    return Outcome(question, kind, spans, given, exact)


OUTCOMES = [
    outcome("as written", "who", answer(GOLD, ("khác", GOLD), latency_ms=10), exact=1),
    outcome("as written", "who", answer("", ("khác",), latency_ms=20)),
    outcome("as written", "when", answer("khác", (GOLD,), latency_ms=30), exact=1),
    outcome("as written", "unanswerable", answer("khác", latency_ms=40)),
    outcome("as written", "unanswerable", answer("", latency_ms=50)),
    outcome("english", "who", answer("", latency_ms=60)),
]


def test_answer_figures() -> None:
    figures = answer_figures(OUTCOMES)
    written, english = figures.kinds
    assert (written.kind, written.answerable, written.unanswerable) == ("as written", 3, 2)
    assert written.evidence == {1: 1 / 3, 3: 2 / 3, 5: 2 / 3, 10: 2 / 3}
    assert (written.hit, written.answered, written.abstained) == (1 / 3, 2 / 3, 1 / 2)
    assert (english.kind, english.answerable, english.hit, english.abstained) == (
        "english",
        1,
        0,
        None,
    )
    assert figures.types == (("when", 0.0, 1), ("who", 0.5, 2))
    assert (figures.citations, figures.citations_exact) == (3, 2)
    assert (figures.latency_p50_ms, figures.latency_p95_ms, figures.latency_max_ms) == (35, 60, 60)


def test_a_question_without_gold_is_not_scored() -> None:
    bare = Outcome(PlanQuestion("q", "?", ""), "as written", (), answer("khác"), 0)
    (kind,) = answer_figures([bare]).kinds
    assert (kind.answerable, kind.unanswerable, kind.hit, kind.evidence[5]) == (0, 0, None, None)


def test_no_outcomes_are_refused() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        answer_figures([])


def test_answers_report_shows_each_figure() -> None:
    report = answers_report(answer_figures(OUTCOMES))
    rows = [line.split() for line in report.splitlines()]
    assert ["as", "written", "3", "2", "0.333", *["0.667"] * 3, "0.333", "0.667", "0.500"] in rows
    assert ["english", "1", "0", *["0.000"] * 6, "–"] in rows
    assert "citations exact: 2 of 3" in report
    assert "median 35.0 ms" in report


def test_table_aligns_columns() -> None:
    assert table(("a", "number"), [("long name", "1"), ("b", "12")]) == (
        "a          number\nlong name       1\nb              12"
    )


def test_feedback_report_lists_the_questions_rated_down() -> None:
    report = feedback_report(
        [
            Feedback("1", "t1", "Ai báo cáo?", "Các chi bộ", False, (), "up"),
            Feedback("2", "t2", "Khi nào?", "Không\ntìm thấy", True, (), "down", "có ở mục IV"),
        ]
    )
    assert report.splitlines() == [
        "2 ratings: 1 up, 1 down (1 of them where the assistant found nothing)",
        "",
        "- Khi nào?  [t2]",
        "  answer: Không tìm thấy",
        "  comment: có ở mục IV",
    ]
