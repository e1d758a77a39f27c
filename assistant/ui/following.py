"""A folder that the library keeps in step with while the page is open. No Gradio here."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.conversation import Note
from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.pipeline import Library, Progress
    from ingest.watch import Change

log = logging.getLogger(__name__)

_SHOWN_SECONDS = 15.0  # for which the status line says what has changed


class Following:
    """Has ``library`` follow ``folder``: once at first, and from :meth:`start` on ever again."""

    def __init__(self, library: Library, folder: Path, stopped: threading.Event) -> None:
        from ingest.watch import Watch

        self._watch, self._stopped = Watch(library, folder), stopped
        self._thread: threading.Thread | None = None
        self._progress: Progress | None = None  # of what is being added
        self._last: Change | IngestError | None = None  # that was anything
        self._last_at = 0.0

    @property
    def unreadable(self) -> int:
        """How many files, or documents in files, can't be read."""
        return self._watch.unreadable

    def look(self, progress: Callable[[Progress], None]) -> None:
        """Look at the folder once. Raises LibraryError as adding does."""
        self._tell(self._watch.look(progress, self._stopped.is_set))
        self._last = None  # the page opens with it: no news

    def start(self) -> None:
        """Go on in the background until the program ends."""
        self._thread = threading.Thread(target=self._follow, name="following", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait for what is at work, which ends soon once ``stopped`` is set."""
        if self._thread is not None:
            self._thread.join()

    def note(self, count: int) -> Note | None:
        """What to say of the folder beside the ``count`` of documents; None when all is quiet."""
        values: tuple[tuple[str, object], ...] = (("count", count), ("folder", self._watch.folder))
        last, progress = self._last, self._progress
        if progress is not None and progress.name:
            done = (("done", progress.done), ("total", progress.total), ("name", progress.name))
            return Note("status_follow_adding", (*values, *done))
        if isinstance(last, IngestError):
            return Note("status_follow_failed", (*values, ("reason", last)))
        if last is None:
            return None
        if last.away:
            return Note("status_follow_away", values)
        is_news = time.monotonic() - self._last_at < _SHOWN_SECONDS
        if is_news and (last.added or last.removed):
            changed = (("added", len(last.added)), ("removed", len(last.removed)))
            return Note("status_followed", (*values, *changed))
        return None

    def _follow(self) -> None:
        from ingest.watch import follow

        def show(progress: Progress) -> None:
            self._progress = progress

        try:
            follow(self._watch, self._stopped, self._tell, show)
        except Exception:  # the thread's edge: nobody else would see it
            log.exception("%s is followed no more", self._watch.folder)

    def _tell(self, change: Change | IngestError) -> None:
        from ingest.watch import Change

        self._progress = None
        if isinstance(change, IngestError):
            log.warning("%s", change)
        else:
            for failure in change.failed:
                log.warning("%s", failure)
        was_trouble = isinstance(self._last, IngestError) or (self._last or Change()).away
        if change != Change() or was_trouble:
            self._last, self._last_at = change, time.monotonic()
