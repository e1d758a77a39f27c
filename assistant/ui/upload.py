"""Adding uploaded files to the library, with progress file by file. No Gradio here."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.render.library import files_html
from assistant.ui.render.words import both, in_both
from ingest.errors import IngestError, UnreadableFile

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress, Summary

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A file of the upload: its name, its state (waiting, reading, added, …) and what to say."""

    name: str
    state: str
    message: str  # HTML


def add_uploads(library: Library, uploads: Sequence[str]) -> Iterator[str]:
    """Add the files, giving the progress as HTML each time it changes, the outcome last.

    ``uploads`` are paths of temporary copies, each in a folder of its own: both are deleted, as the
    library keeps the file itself.
    """
    # A heavy import: loaded by now, and never while the page starts.
    from ingest.pipeline import Summary

    paths = [Path(upload) for upload in uploads]
    ids = [_document_id(path) for path in paths]
    rows = [Row(path.name, "waiting", both("file_waiting")) for path in paths]
    news: queue.SimpleQueue[Progress | Summary | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            news.put(library.add(paths, progress=news.put))
        except Exception as error:  # noqa: BLE001 (handed to the thread that waits)
            news.put(error)

    threading.Thread(target=work, name="upload", daemon=True).start()
    try:
        while True:
            yield files_html(_progress_heading(rows), _cells(rows))
            item = news.get()
            if isinstance(item, Exception):
                yield _error_html(item, rows)
                return
            if isinstance(item, Summary):
                known = {document.id: document.name for document in library.documents()}
                yield _outcome_html(outcomes(rows, ids, item, known))
                return
            rows = _at_work_on(rows, item.done)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # another upload may use it
                path.parent.rmdir()


def _document_id(path: Path) -> str:
    """The id that the library gives a file; "" for one that can't be read, which it will report."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _cells(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    return ((row.name, row.state, row.message) for row in rows)


def _progress_heading(rows: Sequence[Row]) -> str:
    done = sum(row.state == "read" for row in rows)
    return both("upload_progress", done=done, total=len(rows))


def _at_work_on(rows: Sequence[Row], done: int) -> list[Row]:
    """The rows when ``done`` files are behind and the next one is being read."""
    read = [replace(row, state="read", message="") for row in rows[:done]]
    reading = [
        replace(row, state="reading", message=both("file_reading")) for row in rows[done : done + 1]
    ]
    return [*read, *reading, *rows[done + 1 :]]


def outcomes(
    rows: Sequence[Row], ids: Sequence[str], summary: Summary, known: dict[str, str]
) -> list[Row]:
    """What became of each file, by its place in the upload: names need not differ.

    ``ids`` are the ids of the rows' files, ``known`` the library's documents: id → name. A file
    whose id isn't among them gave no text, and the reports of those are in the files' order.
    """
    added = {document.id for document in summary.added}
    failures = iter(summary.failed)
    finished = []
    for row, document_id in zip(rows, ids, strict=True):
        if document_id in added:
            added.remove(document_id)
            finished.append(replace(row, state="added", message=both("file_added")))
        elif document_id in known:
            message = both("file_duplicate", name=known[document_id])
            finished.append(replace(row, state="duplicate", message=message))
        else:
            failure = next(failures, None)
            message = _reason(failure) if failure else ""
            finished.append(replace(row, state="failed", message=message))
    return finished


def _outcome_html(rows: Sequence[Row]) -> str:
    count = sum(row.state == "added" for row in rows)
    heading = both("upload_done", count=count) if count else both("upload_none")
    return files_html(heading, _cells(rows))


def _reason(failure: UnreadableFile) -> str:
    """Why a file gave no text, in both languages, without its name: the row has it."""
    named = f"{failure.name}: "
    return in_both(lambda language: failure.message(language).removeprefix(named))


def _error_html(error: Exception, rows: Sequence[Row]) -> str:
    if isinstance(error, IngestError):
        heading = both("reason", reason=error)
    else:
        log.error("adding files failed", exc_info=error)
        heading = both("upload_error")
    return files_html(heading, _cells([replace(row, state="failed", message="") for row in rows]))
