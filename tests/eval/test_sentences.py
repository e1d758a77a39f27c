"""Choosing sentences: the file, the plain overlap, the figures and the command."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from eval.__main__ import main
from eval.dataset import DatasetError, PassageQuestion, load_passage_questions
from eval.sentences import Choice, accuracy, choices_of, plain_overlap, run_sentences

PASSAGE = (
    "Xã Phú Mỹ có chín xóm và một chợ phiên. Chợ phiên họp vào ngày 5 hằng tháng. "
    "Ông Trần Văn Tám trông coi chợ."
)


def row(identifier: str, question: str, answer: str, **other: Any) -> dict[str, Any]:
    answers = [{"text": answer, "start": PASSAGE.index(answer)}]
    return {"id": identifier, "question": question, "context": PASSAGE, "answers": answers} | other


ROWS = [
    row("count", "Xã Phú Mỹ có bao nhiêu xóm?", "chín"),
    row("when", "Chợ phiên họp vào ngày nào?", "ngày 5 hằng tháng"),
    row("who", "Ai trông coi chợ?", "Ông Trần Văn Tám"),
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    text = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    path.write_bytes(lzma.compress(text.encode()) if path.suffix == ".xz" else text.encode())
    return path


@pytest.mark.parametrize("name", ["tiny.jsonl", "tiny.jsonl.xz"])
def test_the_command(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dataset, out = write(tmp_path / name, ROWS), tmp_path / "figures.json"
    assert main(["sentences", "--dataset", str(dataset), "--out", str(out)]) == 0
    figures = json.loads(out.read_text("utf-8"))
    assert figures["dataset"] == "tiny"
    assert figures["questions"] == figures["sentences"] == 3
    assert figures["chooser"] == 1.0
    assert figures["overlap"] == 1.0
    assert 0 < figures["ms_per_question"] < 200
    printed = capsys.readouterr().out
    assert "chooser" in printed
    assert "1.000" in printed


def test_without_marks_the_overlap_loses_more(tmp_path: Path) -> None:
    questions = load_passage_questions(write(tmp_path / "tiny.jsonl", ROWS))
    figures = run_sentences("tiny", questions, no_diacritics=True)
    assert figures.chooser == 1.0
    assert figures.overlap < 1.0


def test_an_impossible_question_is_left_out(tmp_path: Path) -> None:
    impossible = {"id": "x", "question": "Ai?", "context": PASSAGE, "is_impossible": True}
    found = load_passage_questions(write(tmp_path / "q.jsonl", [*ROWS, impossible]))
    assert [q.id for q in found] == ["count", "when", "who"]


def test_spaces_before_an_answer_are_no_part_of_it(tmp_path: Path) -> None:
    spaced = row("spaced", "Ai trông coi chợ?", " Ông Trần Văn Tám")
    (question,) = load_passage_questions(write(tmp_path / "q.jsonl", [spaced]))
    assert question.starts == (PASSAGE.index("Ông"),)
    (choice,) = choices_of([question])
    assert choice.right == {2}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no answerable questions"),
        ([ROWS[0], ROWS[0]], '"count" stands twice'),
        ([{**ROWS[0], "answers": []}], "no answer in it"),
        ([{**ROWS[0], "answers": ["chín"]}], "expected objects"),
        ([{**ROWS[0], "answers": [{"text": "chín", "start": 3}]}], "does not stand at 3"),
        ([{**ROWS[0], "answers": [{"text": "chín", "start": -1}]}], "does not stand at -1"),
        ([{**ROWS[0], "answers": [{"text": " ", "start": 2}]}], "does not stand at 2"),
        ([{**ROWS[0], "context": None}], '"context" is missing'),
        ([{"id": "a", "question": "Ai?", "context": PASSAGE}], '"answers" is missing'),
    ],
)
def test_a_bad_file_is_an_error_that_names_it(
    rows: list[dict[str, Any]], message: str, tmp_path: Path
) -> None:
    path = write(tmp_path / "bad.jsonl", rows)
    with pytest.raises(DatasetError, match=r"bad\.jsonl") as error:
        load_passage_questions(path)
    assert message in str(error.value)


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sentences", "--dataset", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl: no such file" in capsys.readouterr().err


def test_every_sentence_that_an_answer_begins_in_is_right() -> None:
    starts = (PASSAGE.index("chín"), PASSAGE.index("ngày"), PASSAGE.index("5"))
    (choice,) = choices_of([PassageQuestion("a", "?", PASSAGE, starts)])
    assert choice.right == {0, 1}


def test_the_plain_overlap_counts_rare_syllables_once() -> None:
    sentences = ("chợ chợ chợ chợ", "phiên họp", "chợ xa", "chợ gần")
    overlap = plain_overlap(sentences)
    assert overlap("chợ phiên", sentences) == 1
    assert overlap("chợ", sentences) == 0
    assert overlap("không có gì", sentences) == 0


def test_accuracy() -> None:
    choices = [Choice("?", ("a", "b"), frozenset({1})), Choice("?", ("a",), frozenset({0}))]
    assert accuracy(choices, [1, 0]) == 1.0
    assert accuracy(choices, [0, 0]) == 0.5
