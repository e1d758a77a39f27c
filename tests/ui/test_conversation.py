"""Answering behind the page when things go wrong, and places that a page may ask for."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.chain import Ask
from assistant.records import Answer, Citation, Intent, RankedPassage, Scope, Statement
from assistant.ui.backend import Backend
from assistant.ui.conversation import Note, Turn, answering, reading, turn_at
from assistant.ui.render.conversation import conversation_html
from assistant.ui.render.frame import status_html
from assistant.understand import understand
from ingest.errors import LibraryError
from tests.patience import PATIENCE

CITATION = Citation("a.txt", "d1", "", "", 1, 0, 3, "một")
PASSAGE = RankedPassage("a.txt", "d1", "", "", 1, 4, 7, "hai", 1.0)
ANSWER = Answer("?", (Statement("một", (0,)),), False, Intent.WHAT, "vi", (CITATION,), (PASSAGE,))


class EmptyLibrary:
    def documents(self) -> tuple[()]:
        return ()

    def close(self) -> None:
        pass


class Broken:
    """An assistant that fails in the middle of an answer."""

    def __init__(self, library: Any) -> None:
        pass

    def warm_up(self) -> None:
        pass

    def stream(self, ask: Any) -> Iterator[Answer]:
        yield ANSWER
        raise RuntimeError("secret detail")


def no_samples() -> list[Path]:
    return []


def loaded(backend: Backend) -> Backend:
    backend.start()
    assert backend.wait(PATIENCE)
    return backend


class Ready(Broken):
    """An assistant that answers, and remembers what it was asked."""

    def __init__(self, library: Any) -> None:
        self.asked: list[Ask] = []

    def stream(self, ask: Ask) -> Iterator[Answer]:
        self.asked.append(ask)
        yield replace(ANSWER, question=ask.question)


def test_a_question_put_while_loading_waits_says_so_and_is_answered() -> None:
    opened = threading.Event()

    def open_late() -> Any:
        assert opened.wait(PATIENCE)
        return EmptyLibrary()

    backend = Backend(open_late, Ready, no_samples)  # type: ignore[arg-type]
    backend.start()
    grown = answering(backend, [], "Ai?", Scope(), "vi")
    assert "Câu hỏi sẽ được trả lời" in conversation_html(next(grown), [], False)
    opened.set()
    (turn,) = list(grown)[-1]
    assert turn.complete
    assert turn.answer == replace(ANSWER, question="Ai?")


def test_the_latest_answers_are_what_a_follow_up_leans_on() -> None:
    backend = loaded(Backend(EmptyLibrary, Ready, no_samples))  # type: ignore[arg-type]
    turns = [Turn("Chưa trả lời được", note=Note("answer_error"))]
    for index in range(9):
        turns = list(answering(backend, turns, f"Câu {index}?", Scope(), "vi"))[-1]
    assert isinstance(backend.assistant, Ready)
    first, *_, last = backend.assistant.asked
    assert first.history == ()
    assert [answer.question for answer in last.history] == [f"Câu {i}?" for i in range(2, 8)]


def test_a_follow_up_is_said_as_it_was_made_whole() -> None:
    followed = replace(ANSWER, question="còn công an xã?", followed="Công an xã phải làm gì?")
    assert reading(followed) == "Công an xã phải làm gì?"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ai phari baos caos truwowcs ngayf 20/4?", "Ai phải báo cáo trước ngày 20/4?"),
        ("Ai pha3i ba1o ca1o tru7o71c nga2y 20/4?", "Ai phải báo cáo trước ngày 20/4?"),
        ("mttq xã dc giao gì", "mttq xã được giao gì"),
        ("Ai phải báo cáo trước ngày 20/4?", ""),
        ("ai phai bao cao truoc 20/4", "ai phải báo cáo trước 20/4"),
        ("  Uỷ ban   làm gì ?", ""),
        (unicodedata.normalize("NFD", "Ủy ban làm gì?"), ""),
        ("who must report by 20/4?", ""),
        ("What must the district police do?", ""),
    ],
    ids="telex vni chat as-written unaccented spelling decomposed english english-2".split(),
)
def test_how_a_question_was_read_is_said_where_it_helps(question: str, told: str) -> None:
    read = understand(question)
    understood = read.text if read.text != question else ""
    assert reading(replace(ANSWER, question=question, understood=understood)) == told


def test_a_library_that_cannot_be_opened_is_said_in_the_status_and_the_answer() -> None:
    def refuse() -> Any:
        raise LibraryError("the folder <home> is in use")

    backend = loaded(Backend(refuse, Broken, no_samples))  # type: ignore[arg-type]
    turns = list(answering(backend, [], "Ai?", Scope(), "vi"))[-1]
    said = conversation_html(turns, [], False)
    assert "the folder &lt;home&gt; is in use" in said
    status = status_html(*backend.status())
    assert 'class="status failed"' in status
    assert "the folder &lt;home&gt; is in use" in status


def test_an_error_while_answering_is_said_without_its_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    backend = loaded(Backend(EmptyLibrary, Broken, no_samples))  # type: ignore[arg-type]
    before = [Turn("Trước", answer=ANSWER, complete=True)]
    turns = list(answering(backend, before, "Ai?", Scope(), "vi"))[-1]
    said = conversation_html(turns, [], False)
    assert len(turns) == 2
    assert turns[0] == before[0]
    assert "Đã có lỗi khi trả lời" in said
    assert "secret" not in said
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    ("citation", "passage", "place"),
    [
        (0, None, CITATION),
        (None, 0, PASSAGE),
        (1, None, None),
        (-1, None, None),
        (None, 9, None),
        (None, None, None),
        ("0", "0", None),
        ({}, [], None),
    ],
    ids=["citation", "passage", "beyond", "negative", "beyond-2", "nothing", "text", "objects"],
)
def test_only_places_of_the_answer_are_opened(
    citation: object, passage: object, place: object
) -> None:
    assert Turn("?", answer=ANSWER).place(citation, passage) == place


@pytest.mark.parametrize("index", [1, -1, None, "0", 0.5], ids=repr)
def test_a_wrong_turn_is_no_turn(index: object) -> None:
    assert turn_at([Turn("?")], index) is None
