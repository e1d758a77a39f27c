"""Packs made of a real library, with a language model that a script speaks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from threading import Event

import pytest

from assistant.chain import Assistant
from assistant.generate.model import chat_model
from assistant.settings import ModelSettings
from assistant.study.errors import StudyError
from assistant.study.pack import study_pack
from assistant.study.records import Difficulty, Part, StudyRequest
from assistant.ui.backend import Backend
from assistant.ui.conversation import Note
from assistant.ui.study_form import StudyForm
from assistant.ui.study_making import made, part_again, reworded
from ingest.pipeline import Library
from ingest.settings import Settings
from tests.assistant.study.plans import MEETING, RIVER
from tests.assistant.wire import Asked, Said, scripted_server
from tests.patience import PATIENCE

_TOLD = re.compile(r"^----- \w+ dòng \[(\d+)\], loại: câu hỏi -----\n(.*)$", re.M)


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("home")
    plans = folder / "plans"
    plans.mkdir()
    for name, text in (("sông.txt", RIVER), ("điện.txt", MEETING)):
        (plans / name).write_text(text, encoding="utf-8")
    opened = Backend(
        lambda: Library.open(Settings(home=folder / "home")),
        lambda library: Assistant(library, model=None),
        lambda: sorted(plans.iterdir()),
    )
    opened.start()
    assert opened.wait(PATIENCE)
    assert opened.failure is None
    yield opened
    opened.close()


def id_of(backend: Backend, name: str) -> str:
    return next(document.id for document in backend.documents() if document.name == name)


def test_a_pack_is_made_of_the_chosen_documents_and_tells_how_far_it_is(backend: Backend) -> None:
    told: list[Note] = []
    form = StudyForm(documents=(id_of(backend, "sông.txt"), "gone"), minutes="45")
    pack = made(backend, form, told.append)
    assert [document.name for document in pack.documents] == ["sông.txt"]
    assert sum(step.minutes for step in pack.agenda.entries) == 45
    assert all(note.pending for note in told)
    parts = [dict(note.values).get("part") for note in told if note.key == "study_making"]
    assert parts == list(Part)
    assert backend.library is not None
    river, meeting = (
        next(d for d in backend.documents() if d.name == name) for name in ("sông.txt", "điện.txt")
    )
    request = StudyRequest(minutes=45)
    assert pack == study_pack([river], backend.library.obligations(), request, beside=[meeting])


def test_only_the_parts_that_are_chosen_are_made(backend: Backend) -> None:
    form = StudyForm(
        documents=(id_of(backend, "sông.txt"),), difficulty="easy", parts=("cards", "facts")
    )
    told: list[Note] = []
    pack = made(backend, form, told.append)
    assert pack.request.parts == (Part.FACTS, Part.CARDS)
    assert pack.cards.entries
    assert not pack.quiz.entries
    assert pack.request.difficulty is Difficulty.EASY
    assert [dict(n.values)["total"] for n in told if n.key == "study_making"] == [2, 2]


def test_a_pack_on_a_topic_is_of_the_documents_that_speak_of_it(backend: Backend) -> None:
    pack = made(backend, StudyForm(topic="sạt lở bờ sông"), lambda note: None)
    assert [document.name for document in pack.documents] == ["sông.txt"]
    assert pack.topic == "sạt lở bờ sông"
    with pytest.raises(StudyError) as refused:
        made(backend, StudyForm(topic="tàu vũ trụ"), lambda note: None)
    assert "tàu vũ trụ" in refused.value.message("vi")
    assert refused.value.message("vi") != refused.value.message("en")
    only = StudyForm(topic="sạt lở bờ sông", documents=(id_of(backend, "điện.txt"),))
    with pytest.raises(StudyError):
        made(backend, only, lambda note: None)


@pytest.mark.parametrize("topic", ["", "sạt lở bờ sông"])
def test_a_part_made_again_is_another_one_of_the_same(backend: Backend, topic: str) -> None:
    form = StudyForm(documents=(id_of(backend, "sông.txt"),), topic=topic)
    pack = made(backend, form, lambda note: None)
    again = part_again(backend, pack, Part.CARDS, 1, lambda note: None)
    assert again != pack.cards
    assert again.entries
    assert part_again(backend, pack, Part.CARDS, 0, lambda note: None) == pack.cards
    assert part_again(backend, pack, Part.OUTLINE, 5, lambda note: None) == pack.outline


def test_a_part_can_not_be_made_again_without_its_document(backend: Backend) -> None:
    assert backend.library is not None
    meeting = id_of(backend, "điện.txt")
    pack = made(backend, StudyForm(documents=(meeting,)), lambda note: None)
    backend.library.set_aside(meeting)
    with pytest.raises(StudyError) as refused:
        part_again(backend, pack, Part.QUIZ, 1, lambda note: None)
    assert "không còn đủ trong thư viện" in refused.value.message("vi")
    backend.library.restore(meeting)
    assert part_again(backend, pack, Part.QUIZ, 0, lambda note: None) == pack.quiz


def test_nothing_is_made_of_a_library_that_is_not_open() -> None:
    closed = Backend(lambda: pytest.fail("it was opened"), samples=lambda: [])
    with pytest.raises(StudyError):
        made(closed, StudyForm(documents=("d",)), lambda note: None)


def politely(asked: Asked) -> Iterator[Said]:
    """A model that says each question again, politely."""
    for number, line in _TOLD.findall(asked.user):
        yield f"[{number}] Xin cho biết: {line[:1].lower()}{line[1:]}\n"


def test_a_language_model_words_questions_and_says_how_far_it_is(backend: Backend) -> None:
    pack = made(backend, StudyForm(documents=(id_of(backend, "sông.txt"),)), lambda note: None)
    with pytest.raises(StudyError):
        reworded(backend, pack, lambda note: None, Event())
    told: list[Note] = []
    with scripted_server(politely) as server:
        model = chat_model(ModelSettings("openai:scripted", server.url, seconds=20))
        assert backend.library is not None
        spoken = Backend(lambda: pytest.fail("it was opened"), samples=lambda: [])
        spoken.library, spoken.assistant = backend.library, Assistant(backend.library, model=model)
        new = reworded(spoken, pack, told.append, Event())
        assert any(card.question.startswith("Xin cho biết") for card in new.cards.entries)
        assert [c.citations for c in new.cards.entries] == [c.citations for c in pack.cards.entries]
        assert new.quiz == pack.quiz
        counts = [dict(note.values) for note in told]
        assert counts[-1]["done"] == counts[-1]["total"]
        stop = Event()
        stop.set()
        with pytest.raises(StudyError):
            reworded(spoken, pack, told.append, stop)
