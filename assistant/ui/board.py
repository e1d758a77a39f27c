"""The board: the register of obligations as a table or a timeline, its filters, its downloads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from assistant.register.calendar import left_out
from assistant.ui.backend import Backend
from assistant.ui.conversation import Note
from assistant.ui.deadlines import actors, find
from assistant.ui.download import FORMATS, made_file
from assistant.ui.evidence import Evidence
from assistant.ui.filters import choices, still
from assistant.ui.form import Form, Look, filters_of, problems, turned, typed_days, with_days
from assistant.ui.quick_gradio import gr
from assistant.ui.render.board import (
    board_html,
    board_note_html,
    close_filters_html,
    filters_said,
    periods_html,
    problems_html,
)
from assistant.ui.render.words import TO_LIBRARY
from assistant.ui.tab import QUIET, Label, Shared, error_toast, offer, panel
from assistant.ui.texts import text
from assistant.ui.upload_button import UploadButton

log = logging.getLogger(__name__)

Values = dict[Any, Any]  # by the components that have them, as Gradio gives and takes them

LOADING = Note("duties_loading", pending=True)

# Clicked as soon as it holds a file: Gradio makes one only after a click of its own.
_TAKE_FILE = "() => setTimeout(() => document.querySelector('#board-file').click())"


class BoardTab:
    """Builds the tab and answers its events."""

    title = "tab_board"

    def __init__(self, backend: Backend, today: Callable[[], date] = date.today) -> None:
        self.backend, self.today = backend, today
        self.evidence = Evidence(backend, "board-evidence")
        self.fields: dict[str, Any] = {}  # the components of the form, by the names of its fields

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        with gr.Row(elem_id="board-workspace", elem_classes="workspace"):
            with gr.Column(elem_id="board-side", elem_classes="side", min_width=0):
                upload = UploadButton(self.backend, "board-").build(shared)
                labels = self._filters()
                panel("board-close", close_filters_html())
            with gr.Column(elem_id="board-main", min_width=0):
                self.periods = panel("periods", periods_html("all"))
                self.problems = panel("problems")
                self.board = panel("board", board_note_html(LOADING))
                self.file = gr.DownloadButton(visible="hidden", elem_id="board-file")
            self.evidence.build("board-source")
        self.fields["period"] = gr.State("all")
        self.look, self.language = gr.State(Look()), shared.language
        self._answer(shared)
        return upload, *labels

    def _filters(self) -> list[Label]:
        """The form, in a column: days, who, where, which words."""
        labels = [self._box("on", "board_on_placeholder")]
        with gr.Row(elem_id="board-days"):
            labels += [self._box(name, "day_placeholder") for name in ("since", "until")]
        labels.append(self._pick("actor", allow_custom_value=True, value=None))
        labels.append(self._pick("documents", multiselect=True))
        labels.append(self._box("words", "board_words_placeholder"))
        undated = gr.Checkbox(
            label=text("board_undated", "vi"), elem_id="board_undated", container=False
        )
        self.fields["undated"] = undated
        return [*labels, Label(undated, {"label": "board_undated"})]

    def _box(self, name: str, placeholder: str) -> Label:
        key = f"board_{name}"
        box = gr.Textbox(
            label=text(key, "vi"),
            placeholder=text(placeholder, "vi"),
            max_lines=1,
            elem_id=key,
            elem_classes="box",
        )
        self.fields[name] = box
        return Label(box, {"label": key, "placeholder": placeholder})

    def _pick(self, name: str, **options: Any) -> Label:
        key = f"board_{name}"
        pick = gr.Dropdown(
            [], label=text(key, "vi"), elem_id=key, elem_classes="pick", min_width=0, **options
        )
        self.fields[name] = pick
        return Label(pick, {"label": key})

    def _answer(self, shared: Shared) -> None:
        """Join the events to what answers them."""
        field = self.fields
        given = {*field.values(), self.look, self.language}
        shown = [self.periods, self.problems, self.board, self.look]
        shown += [field[name] for name in ("period", "since", "until")]
        boxes = [field[name] for name in ("actor", "documents", "words", "undated")]
        # One after the other: each reads the states that the one before has set.
        turn: dict[str, Any] = {"concurrency_id": "board", "concurrency_limit": 1, **QUIET}

        library = [shared.loading.change, shared.revision.change]
        opened = [shared.tab.select] if shared.tab is not None else []
        offered = [field["actor"], field["documents"]]
        gr.on([*library, *opened], self.refresh, given, [*shown, *offered], **turn)
        filled_in = [
            # Not ``input``: a text box of Gradio's has none for what is pasted or taken away.
            *(field[name].change for name in ("actor", "documents", "words", "undated")),
            *(event for n in ("since", "until") for event in (field[n].submit, field[n].blur)),
            shared.language.change,
        ]
        gr.on(filled_in, self.show, given, shown, trigger_mode="always_last", **turn)
        moved = [field["on"].submit, field["on"].blur]
        gr.on(moved, self.show_from, given, shown, trigger_mode="always_last", **turn)
        asked = [self.periods.select, self.board.select]
        gr.on(asked, self.ask, given, [*shown, *boxes], **turn)

        views, evidence = self.evidence.views, self.evidence.outputs
        self.board.click(self.open_duty, [views], evidence, **QUIET)
        self.board.submit(self.download, given, self.file, **QUIET)
        self.file.change(None, js=_TAKE_FILE, **QUIET)

    def show(self, given: Values) -> Values:
        """The rows that the filters ask for."""
        form = typed_days(self._form(given), self.today())
        return self._shown(form, given[self.look].from_the_first(), given)

    def show_from(self, given: Values) -> Values:
        """The same from another day, with which the days of a period move."""
        return self._shown(self._form(given), given[self.look].from_the_first(), given)

    def refresh(self, given: Values) -> Values:
        """The rows, and what the filters offer: the library may have changed."""
        register = self.backend.register()
        documents = choices(self.backend.documents()).documents
        form = typed_days(self._form(given), self.today())
        form = replace(form, documents=tuple(still(documents, form.documents)))
        chosen = self.fields["documents"]
        return self._shown(form, given[self.look], given) | {
            self.fields["actor"]: gr.update(choices=actors(register) if register else []),
            chosen: offer(documents, given[chosen]),
        }

    def ask(self, given: Values, event: gr.EventData) -> Values:
        """What a button of the page asks for: a period, another view, more rows, no filters."""
        before = self._form(given)
        form, look = turned(before, given[self.look], event.ask, event.value)
        values = {
            "actor": form.actor,
            "documents": list(form.documents),
            "words": form.words,
            "undated": form.undated,
        }
        changed = {
            self.fields[name]: value
            for name, value in values.items()
            if getattr(form, name) != getattr(before, name)
        }
        return self._shown(form, look, given) | changed

    def open_duty(self, views: int, event: gr.EventData) -> tuple[str, int]:
        """Open the document of a row at the row's own words."""
        register = self.backend.register()
        rows = register.rows if register else ()
        row = next((row for row in rows if row.obligation.id == event.duty), None)
        if row is None:
            return self.evidence.gone(views)
        return self.evidence.open(row.document.id, views, row.citation)

    def download(self, given: Values, event: gr.EventData) -> Any:
        """A file of all the rows that are shown or follow them."""
        form, register = with_days(self._form(given), self.today()), self.backend.register()
        if register is None or problems(form) or event.value not in FORMATS:
            return gr.skip()
        found = find(register, form, self.today())
        language = given[self.language]
        said = filters_said(filters_of(form, self.backend.documents()), language)
        try:
            return str(made_file(event.value, found, said, language))
        except Exception as error:  # the page's edge: said to the person, its details to the log
            log.exception("making a %s file failed", event.value)
            raise error_toast(Note("download_error")) from error

    def _form(self, given: Values) -> Form:
        return Form.of({name: given[drawn] for name, drawn in self.fields.items()})

    def _shown(self, form: Form, look: Look, given: Values) -> Values:
        """What shows a form: its days, what is wrong with them, or the rows that it asks for."""
        form = with_days(form, self.today())
        wrong = problems(form)
        shown = {self.problems: problems_html(wrong), self.look: look}
        # What stays is left alone: someone may be typing, or have a button under their finger.
        for name in ("period", "since", "until"):
            field, value = self.fields[name], getattr(form, name)
            if (given[field] or "") != value:
                shown[field] = value
                if name == "period":
                    shown[self.periods] = periods_html(value)
        return shown if wrong else shown | {self.board: self._board(form, look, given)}

    def _board(self, form: Form, look: Look, given: Values) -> str:
        register, documents = self.backend.register(), self.backend.documents()
        if register is None:
            note, state = self.backend.status()
            return board_note_html(note if state == "failed" else LOADING)
        if not documents:
            return board_note_html(Note("duties_empty"), TO_LIBRARY)
        found = find(register, form, self.today())
        said = filters_of(form, documents)
        return board_html(found, look, said, len(left_out(found.rows)), given[self.language])
