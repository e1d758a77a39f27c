"""The panel of a tab that opens documents at the words that a citation or a row stands on."""

from __future__ import annotations

from typing import Any

from assistant.records import Citation, RankedPassage
from assistant.ui.backend import Backend
from assistant.ui.quick_gradio import gr
from assistant.ui.render.evidence import evidence_empty_html, evidence_html
from assistant.ui.tab import QUIET, panel


class Evidence:
    """A panel called ``name`` in a column of its own; ``page.js`` scrolls it to the words."""

    def __init__(self, backend: Backend, name: str) -> None:
        self.backend, self.name = backend, name

    def build(self, column: str) -> None:
        """Draw it in the open Blocks, in a column with the id ``column``."""
        self.views = gr.State(0)
        with gr.Column(elem_id=column, elem_classes="source", min_width=0):
            self.panel = panel(self.name, evidence_empty_html(), "evidence")
        self.panel.select(evidence_empty_html, None, self.panel, **QUIET)

    @property
    def outputs(self) -> list[Any]:
        """What :meth:`open` and :meth:`gone` give new values to."""
        return [self.panel, self.views]

    def open(
        self, document_id: str, views: int, place: Citation | RankedPassage | None = None
    ) -> tuple[str, int]:
        """The document at ``place``, else from its beginning; ``views`` counts the openings."""
        document = next((d for d in self.backend.documents() if d.id == document_id), None)
        if document is None:
            return self.gone(views)
        return evidence_html(document, place, views + 1), views + 1

    def gone(self, views: int) -> tuple[str, int]:
        """What is shown where the words are no longer there to be opened."""
        return evidence_empty_html("evidence_gone", ""), views
