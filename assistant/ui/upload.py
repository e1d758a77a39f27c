"""Adding uploaded files to the library, with progress file by file. No Gradio here."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.render import both, files_html
from assistant.ui.texts import LANGUAGES
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

    ``uploads`` are paths of temporary copies, which are deleted: the library keeps its own.
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
                yield _outcome_html(item, rows)
                return
            rows = _at_work_on(rows, item.done, item.name)
    finally:
        for path in paths:
            path.unlink(missing_ok=True)


def _cells(rows: Sequence[Row]) -> Iterator[tuple[str, str, str]]:
    return ((row.name, row.state, row.message) for row in rows)


def _progress_heading(rows: Sequence[Row]) -> str:
    done = sum(row.state == "read" for row in rows)
    return both("upload_progress", done=done, total=len(rows))


def _at_work_on(rows: Sequence[Row], done: int, name: str) -> list[Row]:
    """The rows when ``done`` files are behind and the one called ``name`` is being read."""
    name = Path(name).name
    read = [replace(row, state="read", message="") for row in rows[:done]]
    reading = both("file_reading")
    return read + [
        replace(row, state="reading", message=reading) if row.name == name else row
        for row in rows[done:]
    ]


def _outcome_html(summary: Summary, rows: Sequence[Row]) -> str:
    duplicates = {Path(given).name: known for given, known in summary.duplicates}
    failures = {Path(failure.name).name: failure for failure in summary.failed}
    finished = [_finished(row, duplicates, failures) for row in rows]
    count = len(summary.added)
    heading = both("upload_done", count=count) if count else both("upload_none")
    return files_html(heading, _cells(finished))


def _finished(row: Row, duplicates: dict[str, str], failures: dict[str, UnreadableFile]) -> Row:
    if row.name in failures:
        return replace(row, state="failed", message=_reason(failures[row.name]))
    if row.name in duplicates:
        message = both("file_duplicate", name=duplicates[row.name])
        return replace(row, state="duplicate", message=message)
    return replace(row, state="added", message=both("file_added"))


def _reason(failure: UnreadableFile) -> str:
    """Why a file gave no text, in both languages, without its name (the row has it)."""
    named = f"{failure.name}: "
    return "".join(
        f'<span class="t" lang="{language}">'
        f"{escape(failure.message(language).removeprefix(named))}</span>"
        for language in LANGUAGES
    )


def _error_html(error: Exception, rows: Sequence[Row]) -> str:
    if isinstance(error, IngestError):
        heading = escape(str(error))
    else:
        log.error("adding files failed", exc_info=error)
        heading = both("upload_error")
    return files_html(heading, _cells([replace(row, state="failed", message="") for row in rows]))
