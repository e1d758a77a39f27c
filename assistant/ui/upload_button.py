"""The button that adds documents to the library, and what becomes of them: a part of each tab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.ui.backend import Backend
from assistant.ui.quick_gradio import gr
from assistant.ui.render.frame import status_html
from assistant.ui.render.words import both
from assistant.ui.tab import QUIET, Label, Shared, panel
from assistant.ui.texts import text
from assistant.ui.upload import add_uploads


class UploadButton:
    """Draws the button, a hint and the progress of uploads; their ids begin with ``prefix``."""

    def __init__(self, backend: Backend, prefix: str = "") -> None:
        self.backend, self.prefix = backend, prefix

    def build(self, shared: Shared) -> Label:
        """Draw it in the open Blocks; gives the label that follows the language."""
        upload = gr.UploadButton(
            text("upload", "vi"),
            file_count="multiple",
            elem_id=f"{self.prefix}upload",
            elem_classes="upload",
            size="md",
        )
        panel(f"{self.prefix}upload-hint", f'<p class="quiet">{both("upload_hint")}</p>')
        progress = panel(f"{self.prefix}uploads")
        upload.upload(
            self.add,
            upload,
            [progress, upload, shared.status, shared.revision],
            trigger_mode="multiple",
            concurrency_limit=1,  # a second batch waits for the first, in whichever tab
            concurrency_id="upload",
            **QUIET,
        )
        return Label(upload, {"label": "upload"})

    def add(self, files: list[str]) -> Iterator[tuple[Any, ...]]:
        """Add uploaded files; the button is given back empty, so that it can be used again."""
        self.backend.wait()
        library = self.backend.library
        if library is None:
            note, state = self.backend.status()
            yield status_html(note, state), None, gr.skip(), gr.skip()
            return
        for progress in add_uploads(library, files or []):
            yield progress, gr.skip(), gr.skip(), gr.skip()
        status = status_html(*self.backend.status())
        yield gr.skip(), None, status, library.revision
