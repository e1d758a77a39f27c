"""The board: the register of obligations as a table or a timeline, its filters, its downloads."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ui.backend import Backend
from assistant.ui.conversation import Note
from assistant.ui.evidence import Evidence
from assistant.ui.filters import choices
from assistant.ui.quick_gradio import gr
from assistant.ui.render.words import both
from assistant.ui.tab import QUIET, Label, Shared, panel
from assistant.ui.temporary import VARIABLE
from assistant.ui.texts import LANGUAGES, text
from assistant.ui.upload_button import UploadButton

if TYPE_CHECKING:
    from assistant.records import RegisterRow
    from assistant.ui.deadlines import Form, Found, Look

log = logging.getLogger(__name__)

# What works on the register is imported by the events: the page is there before it is needed.

Given = dict[Any, Any]  # the values of the fields, by their components, as Gradio gives them


class BoardTab:
    """Builds the tab and answers its events."""

    title = "tab_board"

    def __init__(self, backend: Backend, today: Callable[[], date] = date.today) -> None:
        self.backend, self.today = backend, today
        self.evidence = Evidence(backend, "board-evidence")
        self.fields: dict[str, Any] = {}  # the components that hold what is asked for, by name

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        with gr.Row(elem_id="board-workspace"):
            with gr.Column(elem_id="board-side", min_width=0):
                upload = UploadButton(self.backend, "board-").build(shared)
                labels = self._filters()
                panel("board-close", _CLOSE)
            with gr.Column(elem_id="board-main", min_width=0):
                self.periods = panel("periods")
                self.problems = panel("problems")
                self.board = panel("board", _WAITING)
                self.file = gr.DownloadButton(visible="hidden", elem_id="board-file")
            self.evidence.build("board-source")
        self.look = gr.State(None)
        self.fields |= {"period": gr.State("all"), "look": self.look, "language": shared.language}
        self._answer(shared)
        return upload, *labels

    def _filters(self) -> list[Label]:
        def typed(name: str, placeholder: str) -> tuple[str, Label]:
            drawn = gr.Textbox(
                label=text(f"board_{name}", "vi"),
                placeholder=text(placeholder, "vi"),
                max_lines=1,
                elem_id=f"board-{name}",
                elem_classes="field",
            )
            self.fields[name] = drawn
            return name, Label(drawn, {"label": f"board_{name}", "placeholder": placeholder})

        labels = [typed("on", "board_on_placeholder")[1]]
        with gr.Row(elem_id="board-days"):
            labels += [typed(name, "day_placeholder")[1] for name in ("since", "until")]
        for name, more in (
            ("actor", {"allow_custom_value": True, "value": None}),
            ("documents", {"multiselect": True}),
        ):
            key = f"board_{name}"
            drawn = gr.Dropdown(
                [], label=text(key, "vi"), elem_id=f"board-{name}", elem_classes="pick", **more
            )
            self.fields[name] = drawn
            labels.append(Label(drawn, {"label": key}))
        labels.append(typed("words", "board_words_placeholder")[1])
        undated = gr.Checkbox(
            label=text("board_undated", "vi"), elem_id="board-undated", container=False
        )
        self.fields["undated"] = undated
        return [*labels, Label(undated, {"label": "board_undated"})]

    def _answer(self, shared: Shared) -> None:
        """Join the events to what answers them. One at a time: each reads what the last has set."""
        fields, shown = set(self.fields.values()), [self.periods, self.problems, self.board]
        states = [self.fields["period"], self.look]
        days = [self.fields["since"], self.fields["until"]]
        boxes = [self.fields[n] for n in ("actor", "documents", "words", "undated", "on")]
        found = [*shown, *states, *days]
        once: dict[str, Any] = {"concurrency_id": "board", "concurrency_limit": 1, **QUIET}

        opened = [shared.tab.select] if shared.tab is not None else []
        arrived = [shared.loading.change, shared.revision.change, *opened]
        choosing = [self.fields["actor"], self.fields["documents"]]
        gr.on(arrived, self.refresh, fields, [*found, *choosing], **once)
        changed = [
            *(self.fields[name].change for name in ("actor", "documents", "undated")),
            self.fields["words"].input,
            self.fields["on"].submit,
            self.fields["on"].blur,
            shared.language.change,
        ]
        gr.on(changed, self.show, fields, found, trigger_mode="always_last", **once)
        typed = [event for box in days for event in (box.submit, box.blur)]
        gr.on(typed, self.type_days, fields, found, trigger_mode="always_last", **once)
        self.periods.click(self.pick_period, fields, found, **once)
        self.board.select(self.change_look, fields, found, **once)
        self.board.input(self.pick_period, fields, found, **once)
        self.board.clear(self.clear, fields, [*found, *boxes], **once)
        self.board.change(self.show_undated, None, self.fields["undated"], **QUIET)
        views = self.evidence.views
        self.board.click(self.open_duty, [views], self.evidence.outputs, **QUIET)
        self.board.submit(self.download, fields, self.file, **QUIET)
        self.file.change(None, js=_CLICK_FILE, **QUIET)

    # What is asked for

    def _form(self, given: Given) -> Form:
        from assistant.ui.deadlines import Form

        return Form.of({name: given[drawn] for name, drawn in self.fields.items()})

    def _look(self, given: Given) -> Look:
        from assistant.ui.deadlines import Look

        return given[self.look] or Look()

    # Events

    def show(self, given: Given) -> Given:
        """The rows that the filters ask for, from the first."""
        from assistant.ui.deadlines import ROWS_SHOWN

        look = replace(self._look(given), limit=ROWS_SHOWN)
        return self._shown(self._form(given), look, given)

    def refresh(self, given: Given) -> Given:
        """As :meth:`show`, with what the filters offer: the library may have changed."""
        from assistant.ui.deadlines import actors

        register = self.backend.register()
        documents = choices(self.backend.documents()).documents
        offered = {
            self.fields["actor"]: gr.update(choices=actors(register) if register else []),
            self.fields["documents"]: gr.update(choices=list(documents)),
        }
        return self.show(given) | offered
