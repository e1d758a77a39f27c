"""The chat tab: a conversation, the filters and the upload beside it, the evidence opposite."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import feedback
from assistant.ui import filters
from assistant.ui.backend import Backend
from assistant.ui.conversation import Note, Turn, answering, refusal, turn_at
from assistant.ui.evidence import Evidence
from assistant.ui.examples import examples
from assistant.ui.quick_gradio import gr
from assistant.ui.render.conversation import conversation_html, said_html
from assistant.ui.render.evidence import evidence_empty_html
from assistant.ui.render.library import documents_html, scope_html
from assistant.ui.render.words import both
from assistant.ui.tab import QUIET, Label, Shared, error_toast, offer, panel
from assistant.ui.texts import text
from assistant.ui.upload_button import UploadButton

log = logging.getLogger(__name__)


class ChatTab:
    """Builds the tab and answers its events. ``feedback_path`` is the file of thumbs."""

    title = "tab_chat"

    def __init__(self, backend: Backend, feedback_path: Path) -> None:
        self.backend, self.feedback_path = backend, feedback_path
        self.evidence = Evidence(backend, "evidence")

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        turns = gr.State([])
        with gr.Row(elem_id="workspace", elem_classes="workspace"):
            with gr.Column(elem_id="side", elem_classes="side", min_width=0):
                upload = UploadButton(self.backend).build(shared)
                picks, labels = self._filters()
                panel("documents-title", f'<h2 class="label">{both("documents")}</h2>')
                documents = panel("documents", documents_html(None))
            with gr.Column(elem_id="chat", min_width=0):
                conversation = panel("conversation", self._conversation([]))
                narrowed = panel("scope")
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        show_label=False,
                        label=text("question", "vi"),
                        placeholder=text("question_placeholder", "vi"),
                        lines=1,
                        max_lines=6,
                        container=False,
                        elem_id="question",
                    )
                    send = gr.Button(text("send", "vi"), variant="primary", elem_id="send")
                    new = gr.Button(text("new_conversation", "vi"), elem_id="new", size="sm")
            self.evidence.build("source")

        said = [conversation, turns, question]
        asked = gr.on(
            [question.submit, send.click],
            self.ask,
            [question, turns, shared.language, *picks],
            said,
            trigger_mode="once",
            concurrency_limit=8,
            **QUIET,
        )
        tried = conversation.submit(
            self.ask_example,
            [turns, shared.language, *picks],
            said,
            trigger_mode="once",
            concurrency_limit=8,
            **QUIET,
        )
        views, evidence = self.evidence.views, self.evidence.outputs
        over = [*said, self.evidence.panel]
        new.click(self.start_over, None, over, cancels=[asked, tried], **QUIET)
        conversation.click(self.open_place, [turns, views], evidence, **QUIET)
        conversation.like(self.rate, [turns], [conversation, turns], **QUIET)
        documents.click(self.open_document, [views], evidence, **QUIET)
        gr.on([pick.change for pick in picks], self.show_scope, picks, narrowed, **QUIET)
        narrowed.click(self.unpick, picks, picks, **QUIET)
        narrowed.select(self.pick_document, None, picks, **QUIET)
        gr.on(
            [shared.loading.change, shared.revision.change],
            self.library,
            [turns, *picks],
            [*picks, documents, conversation],
            **QUIET,
        )
        return (
            *labels,
            upload,
            Label(question, {"label": "question", "placeholder": "question_placeholder"}),
            Label(send, {"value": "send"}),
            Label(new, {"value": "new_conversation"}),
        )

    def _filters(self) -> tuple[list[gr.Dropdown], list[Label]]:
        def pick(key: str) -> gr.Dropdown:
            return gr.Dropdown(
                [], multiselect=True, label=text(key, "vi"), elem_classes="pick", elem_id=key
            )

        keys = ["filter_documents", "filter_issuers", "filter_kinds", "filter_years"]
        picks = [pick(keys[0])]
        with gr.Accordion(text("filter_narrow", "vi"), open=False, elem_id="narrow") as narrow:
            picks += [pick(key) for key in keys[1:]]
        labels = [Label(drawn, {"label": key}) for drawn, key in zip(picks, keys, strict=True)]
        return picks, [*labels, Label(narrow, {"label": "filter_narrow"})]

    def _conversation(self, turns: list[Turn]) -> str:
        if turns:
            return conversation_html(turns, (), False)
        if self.backend.failure is not None:
            return said_html(refusal(self.backend))
        documents = self.backend.documents()
        suggested = examples(documents, self.backend.holds_samples())
        return conversation_html(turns, suggested, self.backend.ready and not documents)

    def ask(
        self, question: str, turns: list[Turn], language: str, *picks: list[str]
    ) -> Iterator[tuple[Any, ...]]:
        """Answer what was typed; the box is emptied once, so that typing goes on meanwhile."""
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        box: Any = ""
        scope = filters.scope(*picks)
        for grown in answering(self.backend, turns, question, scope, language):
            yield self._conversation(grown), grown, box
            box = gr.skip()

    def ask_example(
        self, turns: list[Turn], language: str, event: gr.EventData, *picks: list[str]
    ) -> Iterator[tuple[Any, ...]]:
        yield from self.ask(str(event.question), turns, language, *picks)

    def start_over(self) -> tuple[Any, ...]:
        return self._conversation([]), [], "", evidence_empty_html()

    def open_place(self, turns: list[Turn], views: int, event: gr.EventData) -> tuple[str, int]:
        """Open the document of a citation or of a nearest passage, at its words."""
        turn = turn_at(turns, event.turn)
        place = turn.place(event.citation, event.passage) if turn else None
        if place is None:
            return self.evidence.gone(views)
        return self.evidence.open(place.document_id, views, place)

    def open_document(self, views: int, event: gr.EventData) -> tuple[str, int]:
        return self.evidence.open(str(event.document), views)

    def show_scope(self, *picks: list[str]) -> str:
        return scope_html(filters.picked(self.backend.documents(), picks))

    def unpick(self, event: gr.EventData, *picks: list[str]) -> list[Any]:
        """Take one value out of its filter; all of them where none is named."""
        if event.value is None:
            return [gr.update(value=[]) for _ in picks]
        return [
            gr.update(value=[v for v in values or [] if (place, v) != (event.filter, event.value)])
            for place, values in enumerate(picks)
        ]

    def pick_document(self, event: gr.EventData) -> list[Any]:
        """Narrow to one document alone: another filter might leave it out."""
        return [gr.update(value=value) for value in ([str(event.document)], [], [], [])]

    def rate(self, turns: list[Turn], event: gr.EventData) -> tuple[Any, Any]:
        """Keep a thumb, or the comment that follows one."""
        turn = turn_at(turns, event.turn)
        rating = str(event.rating or (turn.rating if turn else ""))
        if turn is None or turn.answer is None or rating not in feedback.RATINGS:
            return gr.skip(), gr.skip()
        comment = str(event.comment)
        row = feedback.judge(turn.answer, rating, comment, id=turn.id)
        try:
            feedback.append(self.feedback_path, row)
        except OSError as error:
            log.error("feedback not kept: %s", error)
            raise error_toast(Note("feedback_error")) from error
        rated = replace(turn, rating=rating, commented=bool(comment))
        turns = [rated if other is turn else other for other in turns]
        return self._conversation(turns), turns

    def library(self, turns: list[Turn], *picks: list[str]) -> tuple[Any, ...]:
        """What shows the library's documents: the four filters, the list and the welcome."""
        documents = self.backend.documents()
        found = filters.choices(documents)
        offered = (found.documents, found.issuers, found.kinds, found.years)
        return (
            *(
                offer(options, chosen, visible=bool(options))
                for options, chosen in zip(offered, picks, strict=True)
            ),
            documents_html(documents) if self.backend.library is not None else "",
            gr.skip() if turns else self._conversation([]),
        )
