"""Thumbs up and down, kept and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import feedback
from assistant.records import Answer, Citation, Intent, Statement

ANSWER = Answer(
    question="Ai báo cáo?\n<b>",
    statements=(Statement("Các chi bộ", (0,)),),
    abstained=False,
    intent=Intent.WHO,
    language="vi",
    citations=(Citation("a.txt", "d1", "5-KH/ĐU", "IV › 1", 2, 3, 13, "Các chi bộ"),),
)


def test_what_was_judged_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    rows = [
        feedback.judge(ANSWER, "up", id="1"),
        feedback.judge(ANSWER, "down", "  thiếu tên\n", "2"),
    ]
    for row in rows:
        feedback.append(path, row)
    assert feedback.read(path) == rows
    assert rows[1].comment == "thiếu tên"
    stored = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert stored[0]["citations"] == ANSWER.to_json()["citations"]
    assert stored[0]["answer"] == "Các chi bộ [1]"
    assert set(stored[0]) >= {
        "time",
        "question",
        "answer",
        "abstained",
        "citations",
        "rating",
        "comment",
    }


def test_a_later_row_for_the_same_answer_replaces_the_earlier(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    for rating, comment, name in (("down", "", "1"), ("up", "", "2"), ("down", "sai ngày", "1")):
        feedback.append(path, feedback.judge(ANSWER, rating, comment, name))
    assert [(row.rating, row.comment) for row in feedback.read(path)] == [
        ("down", "sai ngày"),
        ("up", ""),
    ]


def test_no_file_is_no_feedback(tmp_path: Path) -> None:
    assert feedback.read(tmp_path / "none.jsonl") == []


def test_a_line_cut_short_by_a_crash_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    feedback.append(path, feedback.judge(ANSWER, "up", id="1"))
    whole = path.read_text(encoding="utf-8")
    path.write_bytes((whole + whole).encode()[: len(whole.encode()) + 70])
    assert len(feedback.read(path)) == 1
    feedback.append(path, feedback.judge(ANSWER, "down", id="2"))
    assert [row.rating for row in feedback.read(path)] == ["up", "down"]


def test_a_line_that_is_no_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text('{"rating": "up"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        feedback.read(path)


@pytest.mark.parametrize("rating", ["", "Up", "5"])
def test_a_rating_is_up_or_down(rating: str) -> None:
    with pytest.raises(ValueError, match="expected one of up, down"):
        feedback.judge(ANSWER, rating)
