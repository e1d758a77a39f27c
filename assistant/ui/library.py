"""The library: its documents as a table, what is known of each, deleting, backing up."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.study.errors import StudyError
from assistant.ui import removal
from assistant.ui.backend import Backend
from assistant.ui.backup import Backup
from assistant.ui.catalogue import Catalogue, Entry, Order, Wanted, find
from assistant.ui.conversation import Note
from assistant.ui.details import Problem, details_of, save, typed_details
from assistant.ui.download import original_file
from assistant.ui.evidence import Evidence
from assistant.ui.filters import choices, still
from assistant.ui.quick_gradio import gr
from assistant.ui.render.board import close_filters_html
from assistant.ui.render.catalogue import (
    aside_html,
    catalogue_html,
    catalogue_note_html,
    chosen_html,
    failure_html,
    removed_html,
)
from assistant.ui.render.details import details_html, entry_tools_html
from assistant.ui.render.evidence import evidence_empty_html
from assistant.ui.render.frame import status_html
from assistant.ui.replacing import new_version
from assistant.ui.tab import QUIET, Label, Shared, error_toast, offer, panel
from assistant.ui.texts import text
from assistant.ui.upload_button import UploadButton
from assistant.ui.working import Ended, at_work
from ingest.errors import IngestError

log = logging.getLogger(__name__)

Values = dict[Any, Any]  # by the components that have them, as Gradio gives and takes them
Named = tuple[tuple[str, str], ...]  # (id, name) of documents

LOADING = Note("catalogue_loading", pending=True)
_PICKS = {"kinds": "filter_kinds", "issuers": "filter_issuers", "years": "filter_years"}

# Clicked as soon as it holds a file: Gradio makes one only after a click of its own.
_TAKE_FILE = "() => setTimeout(() => document.querySelector('#library-file').click())"


class LibraryTab:
    """Builds the tab and answers its events."""

    title = "tab_library"

    def __init__(self, backend: Backend) -> None:
        self.backend, self.catalogue = backend, Catalogue()
        self.evidence = Evidence(backend, "library-evidence", entry_tools_html)
        self.fields: dict[str, Any] = {}  # the components of the filters, by the names of fields

    def build(self, shared: Shared) -> tuple[Label, ...]:
        """Draw the tab in the open Blocks; gives the labels that follow the language."""
        with gr.Row(elem_id="library-workspace", elem_classes="workspace"):
            with gr.Column(elem_id="library-side", elem_classes="side", min_width=0):
                labels = self._filters()
                self.aside = panel("library-aside")
                self.file = gr.DownloadButton(visible="hidden", elem_id="library-file")
                labels.append(Backup(self.backend).build(shared, self.file))
                panel("library-close", close_filters_html())
            with gr.Column(elem_id="library-main", min_width=0):
                with gr.Row(elem_id="library-top"):
                    with gr.Column(elem_id="library-add", min_width=0):
                        upload = UploadButton(self.backend, "library-").build(shared)
                    labels.append(self._search())
                self.removed = panel("library-removed")
                panel("library-chosen", chosen_html())
                self.table = panel("catalogue", catalogue_note_html(LOADING))
            with self.evidence.build("library-source"):
                self.details = panel("library-details", classes="overlay")
                self.version = gr.UploadButton(elem_id="library-version", visible="hidden")
        self.order, self.opened = gr.State(Order()), gr.State("")
        self.gone, self.shared = gr.State(()), shared  # what was deleted last
        self._answer(shared)
        return upload, *labels

    def _filters(self) -> list[Label]:
        labels = []
        for name, key in _PICKS.items():
            self.fields[name] = gr.Dropdown(
                [],
                multiselect=True,
                label=text(key, "vi"),
                elem_classes="pick",
                elem_id=f"library_{name}",
                min_width=0,
            )
            labels.append(Label(self.fields[name], {"label": key}))
        doubtful = gr.Checkbox(
            label=text("library_doubtful", "vi"), elem_id="library_doubtful", container=False
        )
        self.fields["doubtful"] = doubtful
        return [*labels, Label(doubtful, {"label": "library_doubtful"})]

    def _search(self) -> Label:
        words = gr.Textbox(
            label=text("library_words", "vi"),
            placeholder=text("library_words_placeholder", "vi"),
            show_label=False,
            max_lines=1,
            elem_id="library_words",
            elem_classes="box",
            container=False,
        )
        self.fields["words"] = words
        return Label(words, {"label": "library_words", "placeholder": "library_words_placeholder"})

    def _answer(self, shared: Shared) -> None:
        """Join the events to what answers them."""
        field = self.fields
        given = {*field.values(), self.order}
        shown = [self.table, self.order]
        # One after the other: each reads the states that the one before has set.
        turn: dict[str, Any] = {"concurrency_id": "library", "concurrency_limit": 1, **QUIET}

        library = [shared.loading.change, shared.revision.change]
        opened = [shared.tab.select] if shared.tab is not None else []
        offered = [*(field[name] for name in _PICKS), self.aside]
        gr.on([*library, *opened], self.refresh, given, [*shown, *offered], **turn)
        filled_in = [field[name].change for name in ("words", "doubtful", *_PICKS)]
        gr.on(filled_in, self.show, given, shown, trigger_mode="always_last", **turn)
        self.table.select(self.ask, given, [*shown, *field.values()], **turn)

        views, evidence = self.evidence.views, self.evidence.outputs
        self.table.click(self.open_entry, [views], evidence, **QUIET)
        self.details.select(self.open_details, None, [self.details, self.opened], **QUIET)
        changed = [shared.status, shared.revision]
        saved = [self.details, self.opened, *evidence, *changed]
        self.details.submit(self.save, [views], saved, **turn)
        self.version.upload(
            self.take_version, [self.version, self.opened, views], [self.version, *saved], **turn
        )
        self.table.download(self.original, None, self.file, **QUIET)
        self.table.submit(
            self.add_samples,
            given,
            [self.table, *changed],
            trigger_mode="once",
            concurrency_limit=1,  # as another upload, in whichever tab
            concurrency_id="upload",
            **QUIET,
        )
        self.file.change(None, js=_TAKE_FILE, **QUIET)

        removed = [self.removed, self.gone, self.aside, self.evidence.panel, *changed]
        self.table.delete(self.delete, given, removed, **turn)
        self.removed.select(self.after_delete, {self.gone}, removed, **turn)
        self.aside.select(self.restore_or_remove, None, removed, **turn)

    # --- The table

    def show(self, given: Values) -> Values:
        """The rows that the filters ask for, from the first."""
        return self._shown(self._wanted(given), given[self.order].from_the_first())

    def refresh(self, given: Values) -> Values:
        """The rows, and what the filters offer: the library may have changed."""
        found = choices(self.backend.documents())
        offered = {"kinds": found.kinds, "issuers": found.issuers, "years": found.years}
        fields = {self.fields[name]: options for name, options in offered.items()}
        kept = {field: still(options, given[field]) for field, options in fields.items()}
        return self._shown(self._wanted(given | kept), given[self.order]) | {
            **{field: offer(options, given[field]) for field, options in fields.items()},
            self.aside: aside_html(self._aside()),
        }

    def ask(self, given: Values, event: gr.EventData) -> Values:
        """What a button of the page asks for: another order, more rows, other filters."""
        wanted, order = self._wanted(given), given[self.order].turned(event.ask, event.value)
        if event.ask not in ("clear", "doubtful"):
            return self._shown(wanted, order)
        wanted = Wanted(doubtful=event.ask == "doubtful")
        return self._shown(wanted, order.from_the_first()) | {
            self.fields["words"]: "",
            self.fields["doubtful"]: wanted.doubtful,
            **{self.fields[name]: [] for name in _PICKS},
        }

    def _wanted(self, given: Values) -> Wanted:
        return Wanted.of({name: given[drawn] for name, drawn in self.fields.items()})

    def _shown(self, wanted: Wanted, order: Order) -> Values:
        return {self.table: self._table(wanted, order), self.order: order}

    def _table(self, wanted: Wanted, order: Order) -> str:
        library = self.backend.library
        if library is None:
            note, state = self.backend.status()
            return catalogue_note_html(note if state == "failed" else LOADING)
        entries = self.catalogue.entries(library)
        if not entries:
            return catalogue_note_html(Note("catalogue_empty"), adds=True)
        return catalogue_html(find(entries, wanted, order))

    def add_samples(self, given: Values) -> Iterator[Values]:
        """Bring the sample plans into the library, where it is empty."""
        for news in at_work("samples", self.backend.add_samples):
            if not isinstance(news, Ended):
                values = (("done", news.done), ("total", news.total))
                yield {self.table: catalogue_note_html(Note("adding_samples", values, True))}
            elif news.error is not None:
                if not isinstance(news.error, IngestError):
                    log.error("adding the samples failed", exc_info=news.error)
                    raise error_toast(Note("upload_error")) from news.error
                raise error_toast(Note("reason", (("reason", news.error),))) from news.error
        yield {self.table: self._table(self._wanted(given), given[self.order]), **self._told()}

    def _entry(self, document_id: object) -> Entry | None:
        library = self.backend.library
        entries = self.catalogue.entries(library) if library is not None else ()
        return next((entry for entry in entries if entry.document.id == document_id), None)

    # --- A document

    def open_entry(self, views: int, event: gr.EventData) -> tuple[str, int]:
        """Open a document from its beginning."""
        return self.evidence.open(str(event.document), views)

    def open_details(self, event: gr.EventData) -> tuple[str, str]:
        """What is known of the open document, and the form that corrects it."""
        return self._details(str(event.document), asked=int(event.asked)), str(event.document)

    def _details(self, document_id: str, saved: bool = False, asked: int = 0) -> str:
        entry = self._entry(document_id)
        if entry is None:
            return ""
        facts = details_of(entry.document)
        return details_html(entry, facts, self._kinds(), saved=saved, asked=asked)

    def _kinds(self) -> list[str]:
        return [value for _, value in choices(self.backend.documents()).kinds]

    def save(self, views: int, event: gr.EventData) -> tuple[Any, ...]:
        """Keep what was typed into the form, or say what is wrong with it."""
        library, entry = self.backend.library, self._entry(event.document)
        if library is None or entry is None:
            return "", "", *self.evidence.gone(views), *self._changed()
        typed = typed_details(entry.document, dict(event.values))
        if problem := save(library, entry.document, typed):
            again = details_html(entry, typed, self._kinds(), problem)
            return again, gr.skip(), gr.skip(), gr.skip(), *self._changed()
        return self._renewed(entry.document.id, views)

    def take_version(self, file: str | None, document_id: str, views: int) -> tuple[Any, ...]:
        """Put a file in the place of the open document; the button is given back empty."""
        library, entry = self.backend.library, self._entry(document_id)
        if library is None or entry is None or not file:
            return None, *(gr.skip() for _ in range(6))
        newer = new_version(library, document_id, Path(file))
        if isinstance(newer, Note):
            problem = Problem("version", newer)
            again = details_html(entry, details_of(entry.document), self._kinds(), problem)
            return None, again, *(gr.skip() for _ in range(5))
        return None, *self._renewed(newer, views)

    def _renewed(self, document_id: str, views: int) -> tuple[Any, ...]:
        """A document that has changed, opened anew with its details over it."""
        opened = self.evidence.open(document_id, views, awaits="details")
        return self._details(document_id, saved=True), document_id, *opened, *self._changed()

    def original(self, event: gr.EventData) -> Any:
        """The file of a document as it was given."""
        library, document = self.backend.library, self.evidence.document(event.document)
        made = original_file(library, document.id) if library and document else None
        if made is None:
            raise error_toast(Note("page_not_kept"))
        return str(made)

    # --- Deleting

    def delete(self, given: Values, event: gr.EventData) -> Values:
        """Delete the documents named, or all that are found, so that it can be undone."""
        library = self.backend.library
        if library is None:
            return {}
        ids = [str(ref) for ref in event.documents or ()]
        if event.documents == "found":
            entries = self.catalogue.entries(library)
            ids = [e.document.id for e in find(entries, self._wanted(given), Order()).entries]
        return self._removed(lambda: removal.set_aside(library, ids), event.open)

    def after_delete(self, given: Values, event: gr.EventData) -> Values:
        """Take back what was deleted last, delete it for good, or leave it at that."""
        ids = [ref for ref, _ in given[self.gone]]
        return self._restored_or_removed(event.ask, ids)

    def restore_or_remove(self, event: gr.EventData) -> Values:
        """Restore or delete for good what was deleted at some time: one document, or all."""
        ids = [ref for ref, _ in self._aside()]
        return self._restored_or_removed(
            event.ask, ids if event.value is None else [str(event.value)]
        )

    def _restored_or_removed(self, ask: object, ids: list[str]) -> Values:
        library = self.backend.library
        if library is not None and ask == "restore":
            return self._removed(lambda: removal.restore(library, ids))
        if library is not None and ask == "purge":
            return self._removed(lambda: removal.remove_for_good(library, ids))
        return {self.removed: "", self.gone: ()}

    def _removed(self, act: Callable[[], Named | None], opened: object = None) -> Values:
        """What shows that documents went or came back, or why they did not.

        The document that is ``opened`` is closed when it is gone.
        """
        try:
            gone = act() or ()
        except (IngestError, StudyError) as error:
            said = failure_html(Note("reason", (("reason", error),)))
            return {self.removed: said, **self._told()}
        closed = any(ref == opened for ref, _ in gone)
        return {
            self.removed: removed_html([name for _, name in gone]),
            self.gone: gone,
            self.aside: aside_html(self._aside()),
            self.evidence.panel: evidence_empty_html() if closed else gr.skip(),
            **self._told(),
        }

    def _aside(self) -> list[tuple[str, str]]:
        """What can still be restored, the latest first: (id, name)."""
        library = self.backend.library
        if library is None:
            return []
        removed = sorted(library.set_aside_documents(), key=lambda each: each.when, reverse=True)
        return [(each.id, each.name) for each in removed]

    # --- What the other tabs are told

    def _changed(self) -> tuple[Any, Any]:
        """The status line, and the revision of the library, at whose change all tabs look anew."""
        library = self.backend.library
        revision = library.revision if library is not None else gr.skip()
        return status_html(*self.backend.status()), revision

    def _told(self) -> Values:
        return dict(zip((self.shared.status, self.shared.revision), self._changed(), strict=True))
