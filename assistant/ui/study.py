"""Study packs: made of documents, read, changed, kept, taken as a quiz, downloaded."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.study.errors import StudyError
from assistant.study.export import Format
from assistant.study.kept import KeptPacks
from assistant.study.records import Difficulty, Length, Part, PartOf, StudyPack
from assistant.ui import study_desk, study_making
from assistant.ui.backend import Backend
from assistant.ui.conversation import Note
from assistant.ui.evidence import Evidence
from assistant.ui.filters import choices
from assistant.ui.quick_gradio import gr
from assistant.ui.render.board import problems_html
from assistant.ui.render.study import desk_html
from assistant.ui.render.study_said import doing_html, notice_html, said_html, stop_button
from assistant.ui.render.study_shelf import shelf_html
from assistant.ui.study_acts import Asked, acted, current, kept, part_of, with_drafts, with_made
from assistant.ui.study_desk import Desk, citation_at, found_again
from assistant.ui.study_file import pack_file
from assistant.ui.study_form import StudyForm, problems
from assistant.ui.tab import QUIET, Label, Shared, error_toast, offer, panel
from assistant.ui.texts import text
from assistant.ui.upload_button import UploadButton
from assistant.ui.working import Ended, Stops, at_work

log = logging.getLogger(__name__)

Values = dict[Any, Any]  # by the components that have them, as Gradio gives and takes them

# Clicked as soon as it holds a file: Gradio makes one only after a click of its own.
_TAKE_FILE = "() => setTimeout(() => document.querySelector('#study-file').click())"


@dataclass(frozen=True, slots=True)
class Options(Label):
    """A component whose choices are strings of the page as well; the keys are of their values."""

    values: tuple[tuple[str, str], ...] = ()

    def update(self, language: str) -> Any:
        return gr.update(**Label.update(self, language), choices=self.choices(language))

    def choices(self, language: str) -> list[tuple[str, str]]:
        """What is shown for each value."""
        return [(text(key, language), value) for key, value in self.values]


class StudyTab:
    """Builds the tab and answers its events; packs are kept in ``folder``."""

    title = "tab_study"

    def __init__(self, backend: Backend, folder: Path) -> None:
        self.backend, self.packs = backend, KeptPacks(folder)
        self.evidence = Evidence(backend, "study-evidence")
        self.fields: dict[str, Any] = {}  # the components of the form, by the names of its fields
        self._stops = Stops()

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        with gr.Row(elem_id="study-workspace", elem_classes="workspace"):
            with gr.Column(elem_id="study-side", elem_classes="side", min_width=0):
                upload = UploadButton(self.backend, "study-").build(shared)
                labels = self._form()
                self.problems = panel("study-problems")
            with gr.Column(elem_id="study-main", min_width=0):
                self.main = panel("study", said_html(Note("study_waiting", pending=True)))
                self.notice = panel("study-notice")
                self.file = gr.DownloadButton(visible="hidden", elem_id="study-file")
            self.evidence.build("study-source")
        self.desk = gr.State(Desk())
        self._answer(shared)
        return upload, *labels

    def _form(self) -> list[Label]:
        """What a pack is asked for, in a column."""
        standard = StudyForm()
        documents = gr.Dropdown(
            [],
            multiselect=True,
            label=text("study_documents", "vi"),
            elem_id="study_documents",
            elem_classes="pick",
            min_width=0,
        )
        self.fields["documents"] = documents
        labels = [Label(documents, {"label": "study_documents"})]
        labels.append(self._box("topic", "", placeholder="study_topic_placeholder"))
        labels.append(self._box("minutes", standard.minutes))
        labels.append(self._options("length", gr.Radio, standard.length, tuple(Length)))
        labels.append(self._options("difficulty", gr.Radio, standard.difficulty, tuple(Difficulty)))
        key = "study_choose_parts"
        with gr.Accordion(text(key, "vi"), open=False, elem_id="study-parts-box") as chosen:
            parts = self._options("parts", gr.CheckboxGroup, list(standard.parts), tuple(Part))
        key = "study_make"
        self.make_button = gr.Button(text(key, "vi"), variant="primary", elem_id="study-make")
        return [
            *labels,
            parts,
            Label(chosen, {"label": "study_choose_parts"}),
            Label(self.make_button, {"value": key}),
        ]

    def _box(self, name: str, value: str, placeholder: str = "") -> Label:
        key = f"study_{name}"
        shown = text(placeholder, "vi") if placeholder else None
        box = gr.Textbox(
            value,
            label=text(key, "vi"),
            placeholder=shown,
            max_lines=1,
            elem_id=key,
            elem_classes="box",
        )
        self.fields[name] = box
        return Label(box, {"label": key, **({"placeholder": placeholder} if placeholder else {})})

    def _options(self, name: str, kind: Any, value: Any, values: tuple[Any, ...]) -> Label:
        key, prefix = f"study_{name}", "part" if name == "parts" else name
        pairs = tuple((f"{prefix}_{each}", str(each)) for each in values)
        shown = [(text(said, "vi"), each) for said, each in pairs]
        drawn = kind(shown, value=value, label=text(key, "vi"), elem_id=key, elem_classes="options")
        self.fields[name] = drawn
        return Options(drawn, {"label": key}, pairs)

    def _answer(self, shared: Shared) -> None:
        """Join the events to what answers them."""
        # What was chosen may be gone from the library, which Gradio refuses to take: only what
        # needs the form is given it.
        given, form = {self.desk}, {*self.fields.values(), self.desk}
        shown = [self.main, self.notice, self.desk]
        # One after the other: each reads the desk that the one before has left.
        turn: dict[str, Any] = {"concurrency_id": "study", "concurrency_limit": 1, **QUIET}
        long: dict[str, Any] = {"concurrency_id": "study-making", "concurrency_limit": 2, **QUIET}

        library = [shared.loading.change, shared.revision.change]
        chosen = self.fields["documents"]
        gr.on(library, self.refresh, {self.desk, chosen}, [*shown, chosen], **turn)
        if shared.tab is not None:
            shared.tab.select(self.come_back, given, shown, **turn)
        self.main.select(self.act, given, shown, **turn)
        self.make_button.click(
            self.make, form, [*shown, self.problems], trigger_mode="once", **long
        )
        self.main.retry(self.make_part, given, shown, trigger_mode="once", **long)
        rewording = self.main.play(self.reword, given, shown, trigger_mode="once", **long)
        self.notice.stop(self.stop, given, shown, cancels=[rewording], **QUIET)

        opened = [*self.evidence.outputs, self.notice]
        self.main.click(self.open_source, [self.desk, self.evidence.views], opened, **QUIET)
        self.main.submit(self.download, given, self.file, **QUIET)
        self.file.change(None, js=_TAKE_FILE, **QUIET)

    # --- What the page asks for -------------------------------------------------------------------

    def refresh(self, given: Values) -> Values:
        """The library may have changed: what can be chosen, and what is shown of it."""
        documents, field = choices(self.backend.documents()).documents, self.fields["documents"]
        return self.come_back(given) | {field: offer(documents, given[field])}

    def come_back(self, given: Values) -> Values:
        """What is shown where that may have changed: someone may be writing in the rest."""
        before: Desk = given[self.desk]
        desk = self._current(before)
        if desk.view == "shelf" or desk != before:
            # What was said is not said again; only a deleted pack can still be brought back.
            return self._shown(desk if desk.deleted is not None else desk.told())
        return {self.notice: gr.skip()}

    def act(self, given: Values, event: gr.EventData) -> Values:
        """What a button of the page asks for."""
        asked = Asked(event.ask, event.id, event.at, event.value, event.part)
        desk = before = self._current(given[self.desk])
        try:
            desk = with_drafts(before, event.drafts, self.packs)
            done = acted(desk, asked, self.packs)
            # That a pack was kept beside another says more than what was done to it then.
            return self._shown(done if desk.id == before.id else replace(done, note=desk.note))
        except StudyError as error:
            # What is on the page stays as it is, with what is being typed.
            return {self.notice: _refused(error), self.desk: desk}

    def make(self, given: Values) -> Iterator[Values]:
        """Make the pack that the form asks for, and keep it."""
        form = StudyForm.of({name: given[drawn] for name, drawn in self.fields.items()})
        if not self.backend.wait(0):
            yield {self.main: said_html(Note("study_waiting", pending=True))}
            self.backend.wait()
        wrong = problems(form, [document.id for document in self.backend.documents()])
        if self.backend.failure is not None or wrong:
            yield self._shown(given[self.desk]) | {self.problems: problems_html(wrong)}
            return
        yield {self.problems: "", self.notice: ""}

        def work(tell: study_making.Tell) -> StudyPack:
            return study_making.made(self.backend, form, tell)

        for news in at_work("study", work):
            if not isinstance(news, Ended):
                yield {self.main: said_html(news)}
            elif news.result is None:
                yield self._shown(given[self.desk].told(_failed(news.error)))
            else:
                yield self._shown(with_made(given[self.desk], news.result, self.packs))

    def make_part(self, given: Values, event: gr.EventData) -> Iterator[Values]:
        """Make a part of the open pack anew by another seed, or add it."""
        try:
            part = part_of(event.part)
            desk = with_drafts(self._current(given[self.desk]), event.drafts, self.packs)
        except StudyError as error:
            yield {self.notice: _refused(error)}
            return
        pack = desk.pack
        if pack is None:
            return
        seed = pack.request.seed_of(part) + 1
        doing = Note("study_making_part", (("part", part),), pending=True)
        yield self._shown(desk) | {self.notice: doing_html(doing)}

        def work(tell: study_making.Tell) -> PartOf[Any]:
            return study_making.part_again(self.backend, pack, part, seed, tell)

        for news in at_work("study-part", work):
            if not isinstance(news, Ended):
                continue
            if news.result is None:
                yield {self.notice: doing_html(_failed(news.error))}
            else:
                made = study_desk.with_part(desk, part, news.result, seed)
                yield self._shown(kept(made, desk, self.packs))

    def reword(self, given: Values, event: gr.EventData) -> Iterator[Values]:
        """Have the language model word the open pack."""
        try:
            desk = with_drafts(self._current(given[self.desk]), event.drafts, self.packs)
        except StudyError as error:
            yield {self.notice: _refused(error)}
            return
        pack, token = desk.pack, uuid4().hex
        if pack is None:
            return
        stop = self._stops.begin(token)

        def work(tell: study_making.Tell) -> StudyPack:
            return study_making.reworded(self.backend, pack, tell, stop)

        try:
            yield self._shown(desk)
            for news in at_work("study-reword", work):
                if not isinstance(news, Ended):
                    yield {self.notice: doing_html(news, stop_button(token))}
                elif news.result is None:
                    yield {self.notice: doing_html(_failed(news.error))}
                else:
                    new = study_desk.with_reworded(desk, news.result)
                    yield self._shown(kept(new, desk, self.packs))
        finally:
            stop.set()
            self._stops.end(token)

    def stop(self, given: Values, event: gr.EventData) -> Values:
        """Stop what a language model is at: the pack is as it was."""
        self._stops.stop(event.token)
        return {self.notice: doing_html(Note("study_stopped"))}

    def open_source(self, desk: Desk, views: int, event: gr.EventData) -> tuple[Any, ...]:
        """Open a document of the pack: at the words with a number, or from its beginning."""
        citation = citation_at(desk.pack, event.number)
        document = self.evidence.document(citation.document_id if citation else event.document)
        if document is None:
            return gr.skip(), gr.skip(), doing_html(Note("evidence_gone"))
        place = found_again(citation, document) if citation is not None else None
        return *self.evidence.open(document.id, views, place), gr.skip()

    def download(self, given: Values, event: gr.EventData) -> Any:
        """A file of the open pack."""
        desk: Desk = given[self.desk]
        if desk.pack is None or event.value not in tuple(Format):
            return gr.skip()
        try:
            return str(pack_file(desk.pack, desk.name, Format(event.value)))
        except StudyError as error:
            raise error_toast(Note("reason", (("reason", error),))) from error
        except Exception as error:  # the page's edge: said to the person, its details to the log
            log.exception("making a %s file failed", event.value)
            raise error_toast(Note("download_error")) from error

    # --- What is shown ----------------------------------------------------------------------------

    def _current(self, desk: Desk) -> Desk:
        library = self.backend.library
        if library is None or desk.pack is None:
            return desk
        known = {document.id for document in library.documents()}
        known |= {document.id for document in library.set_aside_documents()}
        return current(desk, self.packs, known)

    def _has_model(self) -> bool:
        assistant = self.backend.assistant
        return assistant is not None and assistant.model is not None

    def _shown(self, desk: Desk) -> Values:
        """The desk as it is shown; a note on it is said once."""
        notice = notice_html(desk)
        document_ids = {document.id for document in self.backend.documents()}
        if self.backend.library is None:
            note, state = self.backend.status()
            waiting = Note("study_waiting", pending=True)
            main = said_html(note if state == "failed" else waiting)
        elif desk.view == "shelf":
            main = shelf_html(self.packs.list(), self.packs.damaged(), document_ids)
        else:
            main = desk_html(desk, document_ids, self._has_model())
        return {self.main: main, self.notice: notice, self.desk: desk}


def _refused(error: StudyError) -> str:
    """Why what was asked for was not done."""
    return doing_html(Note("reason", (("reason", error),)))


def _failed(error: Exception | None) -> Note:
    """What to say where something could not be made; what is no word for a reader is logged."""
    if isinstance(error, StudyError):
        return Note("study_failed", (("reason", error),))
    log.error("making a pack failed", exc_info=error)
    return Note("study_error")
