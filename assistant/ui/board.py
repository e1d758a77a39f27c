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
from assistant.ui.form import Form, Look, filled_in, filters_of, problems, turned, with_days
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
                self.periods = panel("periods", periods_html())
                self.problems = panel("problems")
                self.board = panel("board", board_note_html(LOADING))
                self.file = gr.DownloadButton(visible="hidden", elem_id="board-file")
            self.evidence.build("board-source")
        self.form, self.look, self.language = gr.State(Form()), gr.State(Look()), shared.language
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
        given = {self.form, self.look, self.language}
        shown = [self.board, self.problems, self.form, self.look]
        shown += [field[name] for name in ("since", "until")]
        # One after the other: each reads the states that the one before has set.
        turn: dict[str, Any] = {"concurrency_id": "board", "concurrency_limit": 1, **QUIET}

        library = [shared.loading.change, shared.revision.change]
        opened = [shared.tab.select] if shared.tab is not None else []
        offered = [field["actor"], field["documents"]]
        gr.on(
            [*library, *opened],
            self.refresh,
            {*given, field["documents"]},
            [*shown, *offered],
            trigger_mode="always_last",
            **turn,
        )
        # The form is kept here and each field tells of itself alone: what the others hold in the
        # page at that moment may be older than an answer on its way to it.
        for name, drawn in field.items():
            filled = (
                [drawn.submit, drawn.blur]
                if name in ("on", "since", "until")
                # Not ``input``: a text box of Gradio's has none for what is pasted or taken away.
                else [drawn.change]
            )
            gr.on(
                filled,
                self._fills_in(name),
                {*given, drawn},
                shown,
                trigger_mode="always_last",
                **turn,
            )
        shared.language.change(self.show, given, shown, **turn)
        boxes = [field[name] for name in ("actor", "documents", "words", "undated")]
        asked = [self.periods.select, self.board.select]
        gr.on(asked, self.ask, given, [*shown, *boxes], trigger_mode="multiple", **turn)

        views, evidence = self.evidence.views, self.evidence.outputs
        self.board.click(self.open_duty, [views], evidence, **QUIET)
        self.board.submit(self.download, given, self.file, **QUIET)
        self.file.change(None, js=_TAKE_FILE, **QUIET)

    def show(self, given: Values) -> Values:
        """The rows that the filters ask for."""
        return self._shown(given[self.form], given[self.look], given)

    def _fills_in(self, name: str) -> Callable[[Values], Values]:
        def fill_in(given: Values) -> Values:
            form = filled_in(given[self.form], name, given[self.fields[name]])
            if form == given[self.form]:  # left as it was, or filled in by an answer
                return {self.form: form}
            return self._shown(form, given[self.look].from_the_first(), given, typed=name)

        return fill_in

    def refresh(self, given: Values) -> Values:
        """The rows, and what the filters offer: the library may have changed."""
        register = self.backend.register()
        documents = choices(self.backend.documents()).documents
        form = given[self.form]
        form = replace(form, documents=tuple(still(documents, form.documents)))
        chosen = self.fields["documents"]
        return self._shown(form, given[self.look], given) | {
            self.fields["actor"]: gr.update(choices=actors(register) if register else []),
            chosen: offer(documents, given[chosen]),
        }

    def ask(self, given: Values, event: gr.EventData) -> Values:
        """What a button of the page asks for: a period, another view, more rows, no filters."""
        before: Form = given[self.form]
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
        form, register = given[self.form], self.backend.register()
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

    def _shown(self, form: Form, look: Look, given: Values, typed: str = "") -> Values:
        """What shows a form: its days, what is wrong with them, or the rows that it asks for.

        ``typed`` is the field in which the page has what the form has, spaces aside.
        """
        before: Form = given[self.form]
        in_page = replace(before, **({typed: getattr(form, typed)} if typed else {}))
        form = with_days(form, self.today())
        wrong = problems(form)
        shown = {self.problems: problems_html(wrong), self.form: form, self.look: look}
        # What stays is left alone: someone may be typing, or have a button under their finger.
        for name in ("since", "until"):
            if getattr(form, name) != getattr(in_page, name):
                shown[self.fields[name]] = getattr(form, name)
        return shown if wrong else shown | {self.board: self._board(form, look, given)}

    def _board(self, form: Form, look: Look, given: Values) -> str:
        register, documents = self.backend.register(), self.backend.documents()
        if register is None:
            note, state = self.backend.status()
            return board_note_html(note if state == "failed" else LOADING, period=form.period)
        if not documents:
            return board_note_html(Note("duties_empty"), TO_LIBRARY, form.period)
        found = find(register, form, self.today())
        said = filters_of(form, documents)
        return board_html(found, look, said, len(left_out(found.rows)), given[self.language])
