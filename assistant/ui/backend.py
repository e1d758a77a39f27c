"""What works behind the page: opened on a thread of its own, so that the page is there first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.ui.conversation import Note
from ingest.errors import IngestError
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.register import Register
    from ingest.pipeline import Library, Progress
    from ingest.settings import Settings

log = logging.getLogger(__name__)


# The three slow imports, each made on the backend's thread.


def open_library(settings: Settings) -> Library:
    from ingest.pipeline import Library

    return Library.open(settings)


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

    ``open_library`` and ``make_assistant`` do the slow imports; ``plans`` is added to the library
    at each start, ``samples()`` where the library is empty and there are no ``plans``.
    """

    def __init__(
        self,
        open_library: Callable[[], Library],
        make_assistant: Callable[[Library], Assistant],
        samples: Callable[[], Iterable[Path]],
        plans: Sequence[Path] = (),
    ) -> None:
        self._open_library, self._make_assistant = open_library, make_assistant
        self._samples, self._plans = samples, tuple(plans)
        self._loaded = threading.Event()
        self._failed_files = 0
        self._loading = Note("status_opening", pending=True)
        self.failure: IngestError | AssistantError | str | None = None
        self.library: Library | None = None
        self.assistant: Assistant | None = None
        self._register: tuple[int, Register] | None = None  # with the revision it was made of
        self._making_register = threading.Lock()

    def start(self) -> None:
        """Load in the background; :meth:`wait` tells when that is over."""
        threading.Thread(target=self._load, name="backend", daemon=True).start()

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

    def status(self) -> tuple[Note, str]:
        """What to say in the status line, and its state: busy, ready or failed."""
        if self.failure is not None:
            return Note("status_failed", (("reason", self.failure),)), "failed"
        if not self._loaded.is_set():
            return self._loading, "busy"
        count = ("count", len(self.documents()))
        if self._failed_files:
            return Note("status_plans_failed", (count, ("failed", self._failed_files))), "ready"
        return Note("status_ready" if count[1] else "status_ready_empty", (count,)), "ready"

    def close(self) -> None:
        if self.library is not None:
            self.library.close()

    def _load(self) -> None:
        try:
            library = self._open_library()
            self._add_first_documents(library)
            # Shown only from here on: a page must not read a library that is half filled.
            self.library = library
            self._loading = Note("status_warming", pending=True)
            self.assistant = self._make_assistant(library)
            self.assistant.warm_up()
        except (IngestError, AssistantError) as error:
            self.failure = error
        except Exception as error:  # the thread's edge: nobody else would see it
            log.exception("loading failed")
            self.failure = type(error).__name__
        finally:
            self._loaded.set()

    def _add_first_documents(self, library: Library) -> None:
        key, paths = "status_adding", list(self._plans)
        if not paths and not library.documents():
            key, paths = "status_samples", list(self._samples())
        if not paths:
            return

        def show(progress: Progress) -> None:
            values = (("done", progress.done), ("total", progress.total), ("name", progress.name))
            self._loading = Note(key, values, pending=True)

        summary = library.add(paths, progress=show)
        self._failed_files = len(summary.failed)
        for failure in summary.failed:
            log.warning("%s", failure)
