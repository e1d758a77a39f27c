"""A page of a document as it was given, as a picture. No Gradio here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.conversation import Note
from ingest.errors import IngestError, UnreadableFile
from ingest.load.kinds import PICTURED
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from ingest.pipeline import Library


@dataclass(frozen=True, slots=True)
class PageView:
    """The 1-based ``page`` of ``document`` as a PNG, or a ``note`` on why there is none.

    ``start`` and ``end`` are the words it was asked for, marked where they stand on this page.
    """

    document: SourceDocument
    page: int
    start: int
    end: int
    picture: bytes = b""
    note: Note | None = None

    @property
    def pages(self) -> int:
        return len(self.document.page_starts)

    @property
    def confidence(self) -> int | None:
        """How sure the reading of the page is, in percent; None where the file has its letters."""
        return dict(self.document.scanned).get(self.page)


def has_pages(document: SourceDocument) -> bool:
    """Whether a document may have pages to be shown as they were given: a PDF or pictures."""
    return bool(document.scanned) or Path(document.name).suffix.lower() in PICTURED


def page_view(
    library: Library, document: SourceDocument, start: int, end: int, page: int | None
) -> PageView:
    """The page that holds ``text[start:end]``, that marked; or another where ``page`` names one."""
    start = min(max(0, start), len(document.text))
    end = min(max(start, end), len(document.text))
    held = document.page_at(start)
    asked = min(max(1, held if page is None else page), len(document.page_starts))
    shown = partial(PageView, document, asked, start, end)
    kept = library.original(document.id)
    if kept is None:
        return shown(note=Note("page_not_kept"))
    try:
        words = (start, end) if asked == held else None
        return shown(picture=_drawn(library, kept[1], document, asked, words))
    except (UnreadableFile, IngestError) as error:
        return shown(note=Note("page_not_drawn", (("reason", error),)))


def _drawn(
    library: Library,
    data: bytes,
    document: SourceDocument,
    page: int,
    words: tuple[int, int] | None,
) -> bytes:
    """In a process of its own, as befits a file that others made."""
    from ingest.page_picture import cited_page, page_picture
    from ingest.reading import Reader

    with Reader(library.settings) as drawer:
        if words is None:
            return drawer.call(document.name, page_picture, data, document.name, page, "")
        return drawer.call(document.name, cited_page, data, document, *words)
