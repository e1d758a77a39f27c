"""Packs made of the library's documents, told as they grow. No Gradio here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.records import Scope
from assistant.study.errors import StudyError
from assistant.study.records import Part, PartOf, StudyPack, StudyRequest
from assistant.ui.conversation import Note
from assistant.ui.study_form import StudyForm
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from assistant.ui.backend import Backend

Tell = Callable[[Note], None]
_ANSWERS = 5  # a pack may take as long as so many answers


def made(backend: Backend, form: StudyForm, tell: Tell) -> StudyPack:
    """The pack that a form without problems asks for.

    Raises:
        StudyError: no such pack can be made.
    """
    documents = {document.id: document for document in backend.documents()}
    chosen = [documents[id] for id in form.documents if id in documents]
    return _made(backend, form.topic, chosen, form.request(), tell)


def part_again(backend: Backend, pack: StudyPack, part: Part, seed: int, tell: Tell) -> PartOf[Any]:
    """The part of a pack by another seed, from the documents as they are now.

    Raises:
        StudyError: a document of the pack is not in the library now.
    """
    documents = {document.id: document for document in backend.documents()}
    chosen = [documents[d.id] for d in pack.documents if d.id in documents]
    if len(chosen) < len(pack.documents):
        raise StudyError(
            "not all documents of the pack are in the library",
            "văn bản của tài liệu này không còn đủ trong thư viện",
        )
    seeds = {**dict(pack.request.seeds), part: seed}
    request = replace(pack.request, seeds=tuple(seeds.items()), parts=(part,))
    return _made(backend, pack.topic, chosen, request, tell).part(part)


def reworded(backend: Backend, pack: StudyPack, tell: Tell, stop: Event) -> StudyPack:
    """The pack in the words of the language model where these are borne out, unless ``stop`` is
    set meanwhile.

    Raises:
        StudyError: no model is set, or the work was stopped.
    """
    from assistant.study.reword import reworded as reword

    assistant = backend.assistant
    if assistant is None or assistant.model is None:
        raise StudyError("no language model is set", "chưa đặt mô hình ngôn ngữ nào")

    def progress(done: int, total: int) -> None:
        if stop.is_set():
            raise StudyError("the work was stopped", "đã dừng")
        tell(Note("study_rewording", (("done", done), ("total", total)), pending=True))

    progress(0, sum(1 for part in Part for _ in pack.part(part).entries))
    return reword(pack, assistant.model, _ANSWERS * assistant.seconds, progress)


def _made(
    backend: Backend,
    topic: str,
    documents: Sequence[SourceDocument],
    request: StudyRequest,
    tell: Tell,
) -> StudyPack:
    # With its tables of words: not while the page starts.
    from assistant.study.pack import Workshop
    from assistant.study.topic import study_topic

    library, assistant = backend.library, backend.assistant
    if library is None or assistant is None:
        raise StudyError("the library is not open", "thư viện chưa mở")
    if topic:
        tell(Note("study_searching", pending=True))
        scope = Scope(documents=tuple(document.id for document in documents))
        return study_topic(assistant.index(), topic, request, scope)
    tell(Note("study_reading", pending=True))
    wanted = [part for part in Part if request.wants(part)]

    class Told(Workshop):
        """Tells which part is being made."""

        def part(self, part: Part) -> PartOf[Any]:
            values = (("part", part), ("done", wanted.index(part) + 1), ("total", len(wanted)))
            tell(Note("study_making", values, pending=True))
            return super().part(part)

    chosen = {document.id for document in documents}
    beside = [document for document in backend.documents() if document.id not in chosen]
    return Told(documents, library.obligations(), request, beside=beside).pack()
