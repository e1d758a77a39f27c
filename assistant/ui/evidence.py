"""The panel of a tab that opens documents at the words that a citation or a row stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.records import Citation, RankedPassage
from assistant.ui.backend import Backend
from assistant.ui.page_view import page_view
from assistant.ui.quick_gradio import gr
from assistant.ui.render.evidence import evidence_empty_html, evidence_html, page_html
from assistant.ui.tab import QUIET, panel
from ingest.records import SourceDocument


class Evidence:
    """A panel called ``name`` in a column of its own; ``page.js`` scrolls it to the words.

    ``tools`` gives HTML of what else a tab lets people do with the document that is open.
    """

    def __init__(
        self, backend: Backend, name: str, tools: Callable[[SourceDocument], str] | None = None
    ) -> None:
        self.backend, self.name, self._tools = backend, name, tools

    def build(self, column: str) -> gr.Column:
        """Draw it in the open Blocks, in a column with the id ``column``, which it gives."""
        self.views = gr.State(0)
        with gr.Column(elem_id=column, elem_classes="source-column", min_width=0) as drawn:
            self.panel = panel(self.name, evidence_empty_html(), "evidence")
            self.picture = panel(f"{self.name}-page", classes="overlay")
        self.panel.select(evidence_empty_html, None, self.panel, **QUIET)
        # Each is drawn by a process of its own: two at a time are enough for any machine.
        drawing: dict[str, Any] = {"concurrency_id": "page-picture", "concurrency_limit": 2}
        self.picture.select(self.show_page, None, self.picture, **drawing, **QUIET)
        return drawn

    @property
    def outputs(self) -> list[Any]:
        """What :meth:`open` and :meth:`gone` give new values to."""
        return [self.panel, self.views]

    def open(
        self,
        document_id: str,
        views: int,
        place: Citation | RankedPassage | None = None,
        awaits: str = "",
    ) -> tuple[str, int]:
        """The document at ``place``, else from its beginning; ``views`` counts the openings.

        ``awaits`` names what is to lie over its text at once: ``page`` or what a tab has there.
        """
        document = self.document(document_id)
        if document is None:
            return self.gone(views)
        tools = self._tools(document) if self._tools else ""
        return evidence_html(document, place, views + 1, tools, awaits), views + 1

    def document(self, document_id: object) -> SourceDocument | None:
        """The document with an id that the page sent; None where it is no longer there."""
        return next((d for d in self.backend.documents() if d.id == document_id), None)

    def show_page(self, event: gr.EventData) -> str:
        """The page that holds the words that are open, or another of their document."""
        library, document = self.backend.library, self.document(event.document)
        if library is None or document is None:
            return ""
        place = (int(event.start), int(event.end))
        page = None if event.page is None else int(event.page)
        return page_html(page_view(library, document, *place, page), int(event.asked))

    def gone(self, views: int) -> tuple[str, int]:
        """What is shown where the words are no longer there to be opened."""
        return evidence_empty_html("evidence_gone", ""), views
