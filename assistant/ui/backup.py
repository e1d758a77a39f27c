"""Backing the library up: one file of all of it, given out and taken in. A part of its tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant.ui.backend import Backend
from assistant.ui.quick_gradio import gr
from assistant.ui.render.frame import status_html
from assistant.ui.render.transfer import backup_html, transfer_html
from assistant.ui.tab import QUIET, Label, Shared, panel
from assistant.ui.texts import text
from assistant.ui.transfer import exporting, importing
from assistant.ui.working import Stops

_STOPS = Stops()


class Backup:
    """Draws the two buttons and the progress; ``file`` is what gives a file to the browser."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend

    def build(self, shared: Shared, file: gr.DownloadButton) -> Label:
        """Draw it in the open Blocks; gives the label that follows the language."""
        panel("library-backup", backup_html())
        taken = gr.UploadButton(
            text("import", "vi"),
            file_types=[".zip"],
            elem_id="library-import",
            elem_classes="import",
            size="md",
        )
        progress = panel("library-transfer")
        turn: dict[str, Any] = {"concurrency_id": "transfer", "concurrency_limit": 1, **QUIET}
        progress.submit(self.give, None, [progress, file], trigger_mode="once", **turn)
        changed = [progress, taken, shared.status, shared.revision]
        taken.upload(self.take, taken, changed, **turn)
        progress.stop(self.stop, None, None, queue=False, **QUIET)
        progress.select(lambda: "", None, progress, **QUIET)
        return Label(taken, {"label": "import"})

    def give(self) -> Iterator[tuple[Any, ...]]:
        """Make a file of the whole library, and give it."""
        library = self.backend.library
        if library is None:
            yield gr.skip(), gr.skip()
            return
        token = uuid4().hex
        try:
            for state in exporting(library, token, _STOPS.begin(token)):
                yield transfer_html(state), str(state.path) if state.path else gr.skip()
        finally:
            _STOPS.end(token)

    def take(self, file: str | None) -> Iterator[tuple[Any, ...]]:
        """Add what is in the file of a library; the button is given back empty."""
        library = self.backend.library
        if library is None or not file:
            yield gr.skip(), None, gr.skip(), gr.skip()
            return
        token = uuid4().hex
        try:
            for state in importing(library, Path(file), token, _STOPS.begin(token)):
                yield transfer_html(state), gr.skip(), gr.skip(), gr.skip()
        finally:
            _STOPS.end(token)
        yield gr.skip(), None, status_html(*self.backend.status()), library.revision

    def stop(self, event: gr.EventData) -> None:
        """Stop making or reading a file."""
        _STOPS.stop(event.value)
