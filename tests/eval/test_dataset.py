"""Reading the files of an evaluation: good ones whole, bad ones with the line and the reason."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import append, judge
from assistant.records import Answer, Intent, Statement
from eval.dataset import (
    DatasetError,
    GoldSpan,
    load_feedback,
    load_questions,
    load_retrieval_set,
    same_document,
)

QUESTION = {
    "id": "q1",
    "doc": "ke-hoach.txt",
    "question": "Ai báo cáo?",
    "variants": ["Ai bao cao?", "Who reports?"],
    "variant_kinds": ["no-diacritics", "english"],
    "type": "who",
    "answer_spans": ["các chi bộ", "các xóm"],
    "span_docs": ["ke-hoach.txt", "huong-dan.txt"],
    "scope": "document",
}


def write(path: Path, *rows: dict[str, Any] | str) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    data = "\n".join(lines).encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)
    return path


@pytest.fixture(params=["", ".xz"], ids=["plain", "xz"])
def beir(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    ending = request.param
    write(
        tmp_path / f"corpus.jsonl{ending}",
        {"id": "p1", "title": "Kế hoạch", "text": "Nội dung"},
        {"_id": "p2", "title": "", "text": "Không tên"},
    )
    write(tmp_path / f"queries.jsonl{ending}", {"id": "1", "text": "Hỏi"}, {"id": "2", "text": "?"})
    write(tmp_path / f"qrels.tsv{ending}", "query-id\tcorpus-id\tscore", "1\tp1\t2", "2\tp2\t0")
    return tmp_path


def test_question_with_all_fields(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path / "q.jsonl", QUESTION))
    assert question.spans == (
        GoldSpan("các chi bộ", "ke-hoach.txt"),
        GoldSpan("các xóm", "huong-dan.txt"),
    )
    assert question.scoped
    assert question.answerable
    assert question.wordings() == (
        (0, "as written", "Ai báo cáo?"),
        (1, "no-diacritics", "Ai bao cao?"),
        (2, "english", "Who reports?"),
    )


def test_question_with_the_fewest_fields(tmp_path: Path) -> None:
    (question,) = load_questions(write(tmp_path / "q.jsonl", {"id": "1", "question": "Gì?"}))
    assert not question.scoped
    assert not question.answerable
    assert not question.unanswerable
    assert question.wordings() == ((0, "as written", "Gì?"),)


def test_spans_stand_in_the_question_s_document_by_default(tmp_path: Path) -> None:
    row = {k: v for k, v in QUESTION.items() if k != "span_docs"}
    (question,) = load_questions(write(tmp_path / "q.jsonl", row))
    assert {span.document for span in question.spans} == {"ke-hoach.txt"}


def test_a_question_may_be_about_several_documents(tmp_path: Path) -> None:
    row = QUESTION | {"doc": ["ke-hoach.txt", "huong-dan.txt"]}
    (question,) = load_questions(write(tmp_path / "q.jsonl", row))
    assert question.documents == ("ke-hoach.txt", "huong-dan.txt")


def test_questions_may_be_compressed_marked_and_spaced(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl.xz", "\ufeff" + json.dumps(QUESTION), "", "  ")
    assert [question.id for question in load_questions(path)] == ["q1"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([], "no questions", id="empty"),
        pytest.param(["{"], ":1: not JSON", id="not-json"),
        pytest.param([QUESTION, "[1]"], ":2: expected a JSON object, found list", id="a-list"),
        pytest.param([{"id": "1"}], ':1: "question" is missing', id="no-question"),
        pytest.param([{"id": 1, "question": "?"}], '"id" is int, expected str', id="id-a-number"),
        pytest.param([QUESTION, QUESTION], '"q1" stands twice', id="id-twice"),
        pytest.param(
            [QUESTION | {"variants": ["a"]}], '"variant_kinds" has 2 items for 1', id="kinds"
        ),
        pytest.param([QUESTION | {"doc": 7}], '"doc" is int, expected list', id="doc-a-number"),
        pytest.param([QUESTION | {"span_docs": ["x"]}], '"span_docs" has 1 items for 2', id="docs"),
        pytest.param([QUESTION | {"answer_spans": [1]}], "holds a int", id="span-a-number"),
    ],
)
def test_bad_questions(rows: list[Any], message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", *rows)
    with pytest.raises(DatasetError) as caught:
        load_questions(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("load", [load_questions, load_feedback, load_retrieval_set])
def test_a_missing_path_is_named(load: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"nowhere.*: no such (file|folder)"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        pytest.param("q.jsonl", "Kế".encode("utf-16"), "not UTF-8", id="utf-16"),
        pytest.param("q.jsonl.xz", b"plain", "cannot be read", id="not-xz"),
        pytest.param("q.jsonl.xz", lzma.compress(b"{}" * 99)[:-20], "cannot be read", id="cut-xz"),
    ],
)
def test_unreadable_bytes(name: str, data: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DatasetError, match=message):
        load_questions(tmp_path / name)


def test_retrieval_set(beir: Path) -> None:
    dataset = load_retrieval_set(beir)
    assert dataset.name == beir.name
    assert dataset.passages == {"p1": "Kế hoạch\nNội dung", "p2": "Không tên"}
    assert dataset.judgements == {"1": {"p1": 2}}
    assert dataset.queries == {"1": "Hỏi"}, "a query without a relevant passage is not asked"


@pytest.mark.parametrize(
    ("qrels", "message"),
    [
        pytest.param("1\tp9\t1", 'qrels.tsv:1: no passage has the id "p9"', id="unknown-passage"),
        pytest.param("9\tp1\t1", 'qrels.tsv:1: no query has the id "9"', id="unknown-query"),
        pytest.param("1 p1 1", "1 columns, expected 3", id="spaces"),
        pytest.param("1\tp1\t1\n1\tp1\thigh", ':2: relevance "high"', id="relevance"),
        pytest.param("1\tp1\t0", "no query has a relevant passage", id="nothing-relevant"),
    ],
)
def test_bad_judgements(qrels: str, message: str, tmp_path: Path) -> None:
    write(tmp_path / "corpus.jsonl", {"id": "p1", "text": "Nội dung"})
    write(tmp_path / "queries.jsonl", {"id": "1", "text": "Hỏi"})
    write(tmp_path / "qrels.tsv", qrels)
    with pytest.raises(DatasetError) as caught:
        load_retrieval_set(tmp_path)
    assert message in str(caught.value)


def test_trec_judgements(tmp_path: Path) -> None:
    write(tmp_path / "corpus.jsonl", {"id": "p1", "text": "Nội dung"})
    write(tmp_path / "queries.jsonl", {"id": "1", "text": "Hỏi"})
    write(tmp_path / "qrels.tsv", "1\t0\tp1\t1")
    assert load_retrieval_set(tmp_path).judgements == {"1": {"p1": 1}}


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    write(tmp_path / "corpus.jsonl", {"id": "p1", "text": "Nội dung"})
    with pytest.raises(DatasetError, match=r"neither queries\.jsonl nor queries\.jsonl\.xz"):
        load_retrieval_set(tmp_path)


def test_feedback_is_what_the_page_wrote(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    answer = Answer("Ai?", (Statement("Các chi bộ"),), False, Intent.WHO, "vi")
    for rating in ("up", "down"):
        append(path, judge(answer, rating, id="one answer"))
    (row,) = load_feedback(path)
    assert (row.question, row.answer, row.rating) == ("Ai?", "Các chi bộ", "down")


def test_feedback_of_another_form(tmp_path: Path) -> None:
    path = write(tmp_path / "feedback.jsonl", {"question": "Ai?"}, "")
    with pytest.raises(DatasetError, match="line 1: not a feedback row"):
        load_feedback(path)


@pytest.mark.parametrize(
    ("wanted", "name", "expected"),
    [
        pytest.param("ke-hoach.txt", "ke-hoach.txt", True, id="same"),
        pytest.param("ke-hoach", "ke-hoach.docx", True, id="without-ending"),
        pytest.param("ke-hoach.txt", "ke-hoach.docx", False, id="other-ending"),
        pytest.param("ke", "ke-hoach.txt", False, id="a-part-of-it"),
    ],
)
def test_same_document(wanted: str, name: str, expected: bool) -> None:
    assert same_document(wanted, name) is expected
