"""Adding uploaded files to the library, with progress file by file. No Gradio here."""

from __future__ import annotations

import contextlib
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
    from ingest.pipeline import Library, Outcome, Progress, Summary
    from ingest.records import SourceDocument

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
                yield _outcome_html([row for file in item.files for row in outcome_rows(file)])
                return
            rows = _at_work_on(rows, item)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
            with contextlib.suppress(OSError):  # another upload may use it
                path.parent.rmdir()


def _cells(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    return ((row.name, row.state, row.message) for row in rows)


def _progress_heading(rows: Sequence[Row]) -> str:
    done = sum(row.state == "read" for row in rows)
    return both("upload_progress", done=done, total=len(rows))


def _at_work_on(rows: Sequence[Row], progress: Progress) -> list[Row]:
    """The rows when some files are behind and the next one is being read."""
    done = progress.done
    message = both("file_reading")
    if progress.pages:
        message = both("file_reading_page", page=progress.page, pages=progress.pages)
    read = [replace(row, state="read", message="") for row in rows[:done]]
    reading = [replace(row, state="reading", message=message) for row in rows[done : done + 1]]
    return [*read, *reading, *rows[done + 1 :]]


def outcome_rows(outcome: Outcome) -> list[Row]:
    """What became of one file: a row, or one for each document in an archive or message."""
    return [
        *(Row(document.name, "added", _added(document)) for document in outcome.added),
        *(
            Row(name, "duplicate", both("file_duplicate", name=known))
            for name, known in outcome.duplicates
        ),
        *(Row(error.name, "failed", _reason(error)) for error in outcome.failed),
    ]


def _added(document: SourceDocument) -> str:
    """That a document was added; of one that was read from pictures how sure its letters are."""
    if not document.scanned:
        return both("file_added")
    return both("file_added_scan", confidence=min(sure for _, sure in document.scanned))


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
