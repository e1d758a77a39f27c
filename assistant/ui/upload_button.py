"""The button that adds documents to the library, and what becomes of them: a part of each tab."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from assistant.ui.backend import Backend
from assistant.ui.conversation import Note
from assistant.ui.quick_gradio import gr
from assistant.ui.render.frame import status_html
from assistant.ui.render.uploads import upload_hint_html, uploads_html
from assistant.ui.replacing import replace_namesakes
from assistant.ui.tab import QUIET, Label, Shared, error_toast, panel
from assistant.ui.texts import text
from assistant.ui.upload import Batch, add_uploads, namesakes_of, settled
from assistant.ui.working import Stops
from ingest.errors import IngestError

_STOPS = Stops()  # of the uploads of all tabs: a token is known to one of them alone


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
        panel(f"{self.prefix}upload-hint", upload_hint_html(), "upload-hint")
        rows = panel(f"{self.prefix}uploads", classes="uploads")
        batch = gr.State(Batch())
        upload.upload(
            self.add,
            upload,
            [rows, batch, upload, shared.status, shared.revision],
            trigger_mode="multiple",
            concurrency_limit=1,  # a second batch waits for the first, in whichever tab
            concurrency_id="upload",
            **QUIET,
        )
        rows.stop(self.stop, None, None, queue=False, **QUIET)
        rows.select(self.choose, batch, [rows, batch, shared.status, shared.revision], **QUIET)
        return Label(upload, {"label": "upload"})

    def add(self, files: list[str]) -> Iterator[tuple[Any, ...]]:
        """Add uploaded files; the button is given back empty, so that it can be used again."""
        self.backend.wait()
        library = self.backend.library
        if library is None:
            note, state = self.backend.status()
            yield gr.skip(), gr.skip(), None, status_html(note, state), gr.skip()
            return
        token, batch = uuid4().hex, Batch()
        try:
            for batch in add_uploads(library, files or [], token, _STOPS.begin(token)):
                yield uploads_html(batch), gr.skip(), gr.skip(), gr.skip(), gr.skip()
        finally:
            _STOPS.end(token)
        yield gr.skip(), batch, None, status_html(*self.backend.status()), library.revision

    def stop(self, event: gr.EventData) -> None:
        """Stop an upload: what is done stays."""
        _STOPS.stop(event.value)

    def choose(self, batch: Batch, event: gr.EventData) -> tuple[Any, ...]:
        """Close the list, or settle what becomes of a document's namesakes."""
        library, ask = self.backend.library, event.ask
        if library is None or ask == "close":
            return "", Batch(), gr.skip(), gr.skip()
        if ask == "replace":
            try:
                replace_namesakes(library, str(event.value), namesakes_of(batch, event.value))
            except IngestError as error:
                raise error_toast(Note("reason", (("reason", error),))) from error
        batch = settled(batch, event.value, replaced=ask == "replace")
        status = status_html(*self.backend.status())
        return uploads_html(batch), batch, status, library.revision
