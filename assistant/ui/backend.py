"""What works behind the page: opened on a thread of its own, so that the page is there first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, SettingError
from assistant.study.errors import StudyError
from assistant.ui.conversation import Note
from assistant.ui.following import Following
from ingest.errors import IngestError, ServerAway
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.register import Register
    from ingest.pipeline import Library, Progress
    from ingest.settings import Settings

log = logging.getLogger(__name__)

_RETRY_SECONDS = 3.0
_CLOSING_SECONDS = 10.0  # that what is loading is waited for


# The three slow imports, each made on the backend's thread.


def open_library(settings: Settings) -> Library:
    from assistant.study.kept import KeptPacks
    from ingest.pipeline import Library

    library = Library.open(settings)
    if library.is_shared:  # a wrong server must not cost study packs
        return library
    try:
        # What was deleted, and could still be restored when the program ended, is gone for good.
        KeptPacks(settings.packs_path).forget_others([d.id for d in library.documents()])
    except StudyError as error:
        log.warning("study packs keep words of deleted documents: %s", error)
    return library


def open_assistant(library: Library) -> Assistant:
    from assistant.chain import Assistant
    from assistant.generate.model import chat_model
    from assistant.settings import ModelSettings

    chosen = ModelSettings.from_environment()
    return Assistant(library, model=chat_model(chosen), seconds=chosen.seconds)


def sample_plans() -> Iterable[Path]:
    from ingest.samples import sample_paths

    return sample_paths()


class Backend:
    """The library and the assistant over it, once they are loaded.

    ``open_library`` and ``make_assistant`` do the slow imports. The library follows the folders
    ``plans``; without any, ``samples()`` are added where it is empty and has always been.
    """

    def __init__(
        self,
        open_library: Callable[[], Library],
        make_assistant: Callable[[Library], Assistant] = open_assistant,
        samples: Callable[[], Iterable[Path]] = sample_plans,
        plans: Sequence[Path] = (),
    ) -> None:
        self._open_library, self._make_assistant = open_library, make_assistant
        self._samples, self._plans = samples, tuple(plans)
        self._thread = threading.Thread(target=self._load, name="backend", daemon=True)
        self._loaded = threading.Event()
        self._closed = threading.Event()
        self._following: list[Following] = []
        self._loading = Note("status_opening", pending=True)
        self.failure: IngestError | AssistantError | str | None = None
        self.library: Library | None = None
        self.assistant: Assistant | None = None
        self._register: tuple[int, Register] | None = None  # with the revision it was made of
        self._making_register = threading.Lock()

    def start(self) -> None:
        """Load in the background; :meth:`wait` tells when that is over."""
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until loading is over, well or not; False when ``seconds`` pass before."""
        return self._loaded.wait(seconds)

    @property
    def ready(self) -> bool:
        return self._loaded.is_set() and self.failure is None

    def documents(self) -> tuple[SourceDocument, ...]:
        """The library's documents; none while it isn't open."""
        return self.library.documents() if self.library is not None else ()

    def register(self) -> Register | None:
        """The obligations of the library as it stands, made anew when that has changed.

        None while the library isn't open.
        """
        if self.library is None:
            return None
        from assistant.register import Register

        with self._making_register:
            revision = self.library.revision
            if self._register is None or self._register[0] != revision:
                duties = self.library.obligations()
                documents = {document.id: document for document in self.library.documents()}
                # One that was removed between the two calls has its duties left.
                kept = [duty for duty in duties if duty.document_id in documents]
                self._register = revision, Register(kept, documents)
            return self._register[1]

    def holds_samples(self) -> bool:
        """True when all the bundled sample plans are in the library, by their names."""
        names = {document.name for document in self.documents()}
        return bool(names) and {path.name for path in self._samples()} <= names

    @property
    def follows(self) -> bool:
        """Whether the library changes by itself: by other processes, or as a folder does."""
        return self.library is not None and (self.library.is_shared or bool(self._following))

    def status(self) -> tuple[Note, str]:
        """What to say in the status line, and its state: busy, ready or failed."""
        if self.failure is not None:
            key = "not_set" if isinstance(self.failure, SettingError) else "status_failed"
            return Note(key, (("reason", self.failure),)), "failed"
        if not self._loaded.is_set():
            return self._loading, "busy"
        count = ("count", len(self.documents()))
        trouble = self.library.trouble if self.library is not None else None
        if isinstance(trouble, ServerAway):
            return Note("status_away", (count,)), "failed"
        if trouble is not None:
            return Note("status_trouble", (count, ("reason", trouble))), "failed"
        for following in self._following:
            if (note := following.note(count[1])) is not None:
                return note, "ready"
        if failed := sum(following.unreadable for following in self._following):
            return Note("status_plans_failed", (count, ("failed", failed))), "ready"
        return Note("status_ready" if count[1] else "status_ready_empty", (count,)), "ready"

    def close(self) -> None:
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(_CLOSING_SECONDS)
        for following in self._following:
            following.join()
        if self.library is not None:
            self.library.close()

    def _load(self) -> None:
        try:
            library = self._opened()
            # Shown only from here on: a page must not read a library that is half filled.
            self.library = library
            self._loading = Note("status_warming", pending=True)
            self.assistant = self._make_assistant(library)
            self.assistant.warm_up()
            for following in self._following:
                following.start()
        except (IngestError, AssistantError) as error:
            if not self._closed.is_set():  # else it is told where the waiting began
                log.error("%s", error)  # for whom has started it; the page tells its reader
            self.failure = error
        except Exception as error:  # the thread's edge: nobody else would see it
            log.exception("loading failed")
            self.failure = type(error).__name__
        finally:
            self._loaded.set()

    def _opened(self) -> Library:
        """The library with its first documents; a server that is away is waited for."""
        told = ""
        while True:
            library = None
            try:
                library = self._open_library()
                self._add_first_documents(library)
                return library
            except BaseException as error:
                if library is not None:
                    library.close()
                if not isinstance(error, ServerAway):
                    raise
                self._loading = Note("status_waiting", (("address", error.address),), pending=True)
                if (told_now := str(error)) != told:  # once, not every few seconds
                    log.warning("%s", told_now)
                    told = told_now
                if self._closed.wait(_RETRY_SECONDS):
                    raise

    def add_samples(self, progress: Callable[[Progress], None]) -> None:
        """Add the samples to a library that was emptied. Raises LibraryError as adding does."""
        if self.library is not None:
            self.library.add(list(self._samples()), progress, self._closed.is_set)

    def _add_first_documents(self, library: Library) -> None:
        from ingest import samples

        self._following = [Following(library, folder, self._closed) for folder in self._plans]
        if library.documents():
            samples.mark_given(library.settings)
            return  # what has changed in the folders can wait until the page is ready

        def show(key: str, progress: Progress) -> None:
            values = (("done", progress.done), ("total", progress.total), ("name", progress.name))
            self._loading = Note(key, values, pending=True)

        for following in self._following:
            following.look(partial(show, "status_adding"))
        bundled = [] if self._following else list(self._samples())
        if bundled and samples.are_due(library.settings):
            library.add(bundled, partial(show, "status_samples"), self._closed.is_set)
        if library.documents():
            samples.mark_given(library.settings)
