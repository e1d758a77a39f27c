"""The whole library as one file: given out, and taken in. No Gradio here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.ui.conversation import Note
from assistant.ui.temporary import new_file
from assistant.ui.working import Ended, at_work
from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress, Summary

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Transfer:
    """How far a file is made or read: ``done`` of ``total`` documents, ``name`` the one in work.

    ``token`` stops it while it isn't ended; then ``note`` says how it ended, ``failed`` whether it
    did so badly, and ``path`` is the file that was made.
    """

    key: str  # of what is said while it goes on
    token: str = ""
    done: int = 0
    total: int = 0
    name: str = ""
    note: Note | None = None
    failed: bool = False
    path: Path | None = None


def exporting(library: Library, token: str, stop: threading.Event) -> Iterator[Transfer]:
    """Make a file of the whole library; the last gives its path. It goes with the process."""
    from ingest.bundle import export_library

    path = new_file(f"thu-vien-{date.today().isoformat()}.zip")

    def work(tell: Callable[[Progress], None]) -> None:
        export_library(library, path, progress=tell, cancelled=stop.is_set)

    for transfer in _told(Transfer("exporting", token), work, stop):
        if transfer.note is None or transfer.failed or stop.is_set():
            yield transfer
        else:
            yield replace(transfer, path=path)


def importing(
    library: Library, path: Path, token: str, stop: threading.Event
) -> Iterator[Transfer]:
    """Add what is in a file that :func:`exporting` made; the file is deleted."""
    from ingest.bundle import import_library

    def work(tell: Callable[[Progress], None]) -> Summary:
        return import_library(library, path, progress=tell, cancelled=stop.is_set)

    try:
        yield from _told(Transfer("importing", token), work, stop)
    finally:
        path.unlink(missing_ok=True)


def _told(
    transfer: Transfer, work: Callable[[Callable[[Progress], None]], Any], stop: threading.Event
) -> Iterator[Transfer]:
    try:
        yield transfer
        for news in at_work(transfer.key, work):
            if isinstance(news, Ended):
                yield _ended(transfer.key, news, stop.is_set())
            else:
                transfer = replace(transfer, done=news.done, total=news.total, name=news.name)
                yield transfer
    finally:
        stop.set()  # whoever waited has gone


def _ended(key: str, end: Ended[Summary | None], stopped: bool) -> Transfer:
    if end.error is not None:
        if isinstance(end.error, IngestError):
            return Transfer(key, note=Note("reason", (("reason", end.error),)), failed=True)
        log.error("%s failed", key, exc_info=end.error)
        return Transfer(key, note=Note("upload_error"), failed=True)
    if end.result is None:
        return Transfer(key, note=Note(f"{key}_stopped" if stopped else f"{key}_done"))
    summary = end.result
    values = (
        ("added", len(summary.added)),
        ("known", len(summary.duplicates)),
        ("failed", len(summary.failed)),
    )
    return Transfer(key, note=Note("importing_done", values), failed=bool(summary.failed))
