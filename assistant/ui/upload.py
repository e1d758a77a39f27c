"""Adding uploaded files to the library, told file by file. No Gradio here."""

from __future__ import annotations

import contextlib
import logging
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.working import Ended, at_work
from ingest.errors import IngestError, UnreadableFile
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from ingest.pipeline import Library, Outcome, Progress, Summary

log = logging.getLogger(__name__)


class State(StrEnum):
    """How a file stands."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"  # and not yet in the library
    ADDED = "added"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    STOPPED = "stopped"  # not read, as the person asked
    REPLACED = "replaced"  # added in the place of another


@dataclass(frozen=True, slots=True)
class Row:
    """A file of an upload, or a document in one, and how it stands.

    ``page`` of ``pages`` is in work where a file is read page by page, ``part`` the document in
    work where the file holds several. Of an added document ``document`` is the id, ``confidence``
    the lowest of its pages in percent where it was read from pictures, ``alike`` the documents that
    hold nearly the same (name, share), and ``namesakes`` those with other content under its name:
    ids, which the person may have it replace. ``known`` is the name under which a duplicate is
    there already.
    """

    name: str
    state: State = State.WAITING
    page: int = 0
    pages: int = 0
    part: str = ""
    document: str = ""
    confidence: int | None = None
    alike: tuple[tuple[str, float], ...] = ()
    namesakes: tuple[str, ...] = ()
    known: str = ""
    failure: UnreadableFile | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of an upload together; ``token`` stops it while it isn't ended.

    ``error`` is what ended it before its time: an IngestError is fit to be shown.
    """

    rows: tuple[Row, ...] = ()
    token: str = ""
    stopping: bool = False
    error: Exception | None = None

    @property
    def is_ended(self) -> bool:
        return not self.token

    def count(self, *states: State) -> int:
        """How many rows stand like this."""
        return sum(row.state in states for row in self.rows)


def add_uploads(
    library: Library, uploads: Sequence[str], token: str, stop: threading.Event
) -> Iterator[Batch]:
    """Add the files, giving the batch each time it changes, the outcome last.

    ``uploads`` are paths of temporary copies, each in a folder of its own: both are deleted, as the
    library keeps the file itself. When ``stop`` is set, what is done stays and the rest is left.
    """
    paths = [Path(upload) for upload in uploads]
    batch = Batch(tuple(Row(path.name) for path in paths), token)
    before = _by_name(library.documents())

    def work(tell: Callable[[Progress], None]) -> Summary:
        return library.add(paths, progress=tell, cancelled=stop.is_set)

    try:
        yield batch
        for news in at_work("upload", work):
            if isinstance(news, Ended):
                yield _ended(batch, news, before)
            else:
                rows = _at_work_on(batch.rows, news)
                batch = replace(batch, rows=rows, stopping=stop.is_set())
                yield batch
    finally:
        stop.set()  # whoever waited has gone
        for path in paths:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # another upload may use it
                path.parent.rmdir()


def _at_work_on(rows: Sequence[Row], progress: Progress) -> tuple[Row, ...]:
    """The rows when some files are behind and the next one is being read."""
    done = progress.done
    read = (replace(row, state=State.READ) for row in rows[:done])
    reading = (
        replace(
            row,
            state=State.READING,
            page=progress.page,
            pages=progress.pages,
            part="" if row.name == progress.name else progress.name,
        )
        for row in rows[done : done + 1]
    )
    return (*read, *reading, *rows[done + 1 :])


def _ended(batch: Batch, end: Ended[Summary], before: Mapping[str, tuple[str, ...]]) -> Batch:
    if end.result is None:
        if not isinstance(end.error, IngestError):
            log.error("adding files failed", exc_info=end.error)
        rows = tuple(Row(row.name, State.FAILED) for row in batch.rows)
        return Batch(rows, error=end.error)
    files = end.result.files
    left = (Row(row.name, State.STOPPED) for row in batch.rows[len(files) :])
    done = (row for file in files for row in outcome_rows(file, before))
    return Batch((*done, *left))


def outcome_rows(outcome: Outcome, before: Mapping[str, tuple[str, ...]]) -> list[Row]:
    """What became of one file: a row, or one for each document in an archive or message.

    ``before`` has the ids of the documents that were there, by :func:`name_key`.
    """
    return [
        *(
            Row(
                document.name,
                State.ADDED,
                document=document.id,
                confidence=min((sure for _, sure in document.scanned), default=None),
                alike=tuple(
                    (other, share) for name, other, share in outcome.alike if name == document.name
                ),
                namesakes=before.get(name_key(document.name), ()),
            )
            for document in outcome.added
        ),
        *(Row(name, State.DUPLICATE, known=known) for name, known in outcome.duplicates),
        *(Row(error.name, State.FAILED, failure=error) for error in outcome.failed),
    ]


def _by_name(documents: Iterable[SourceDocument]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for document in documents:
        found[name_key(document.name)] += (document.id,)
    return dict(found)


def name_key(name: str) -> str:
    """What is the same for two names that a person takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def settled(batch: Batch, document_id: object, *, replaced: bool) -> Batch:
    """The batch after the person has chosen what becomes of an added document's namesakes."""
    state = State.REPLACED if replaced else State.ADDED
    rows = (
        replace(row, state=state, namesakes=()) if row.document == document_id else row
        for row in batch.rows
    )
    return replace(batch, rows=tuple(rows))


def namesakes_of(batch: Batch, document_id: object) -> tuple[str, ...]:
    """The documents that an added one was offered to replace."""
    return next((row.namesakes for row in batch.rows if row.document == document_id), ())
