"""A library at a Chroma server, which other processes change too: seen here within seconds."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from ingest import corrections, originals, worker
from ingest.errors import LibraryError, ServerAway
from ingest.pipeline.judged import blank_judgements
from ingest.pipeline.library import Library
from ingest.pipeline.presence import Presence, enter
from ingest.reading import Reading
from ingest.records import SourceDocument
from ingest.settings import Settings
from ingest.store.connection import Server
from ingest.store.server import ServerStore
from ingest.store.wire import READING, patient

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings

log = logging.getLogger(__name__)

FOLLOW_SECONDS = 2.0
_TIDY_SECONDS = 600.0
_FIRST_TIDY_SECONDS = 20.0
REMOVED_SECONDS = 3600.0  # by then whoever deleted a document has not undone it


class SharedLibrary(Library):
    """As :class:`Library`, of which any number of processes have one open.

    A thread takes over what the others do. While the server is away readers have what they had,
    searched by words alone, and ``trouble`` says so; all goes on by itself when it is back.
    """

    is_shared = True

    def __init__(
        self,
        settings: Settings,
        store: ServerStore,
        embeddings: PassageEmbeddings,
        presence: Presence | None = None,
    ) -> None:
        self._shared = store
        self._presence = presence
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        super().__init__(settings, store, embeddings)

    @classmethod
    def join(cls, settings: Settings) -> SharedLibrary:
        """Open the library at the server that ``settings`` name, made empty where there is none.

        Raises:
            LibraryError: the server or the data folder can't be used, or another model made the
                library.
        """
        from ingest.embed import embeddings_of

        assert settings.chroma_url is not None
        server = Server(settings.chroma_url, settings.chroma_token)
        presence = None
        try:
            presence = enter(settings)
            embeddings = embeddings_of(settings)
            store = ServerStore(server, embeddings.name, embeddings.dimension)
            library = cls(settings, store, embeddings, presence)
            if presence.alone:
                library._recover()
            presence.admit()
        except BaseException:
            server.close()
            if presence is not None:
                presence.release()
            raise
        library._thread = threading.Thread(
            target=library._keep_following, name="following", daemon=True
        )
        library._thread.start()
        return library

    def _recover(self) -> None:
        """Finish or undo what was cut short in this data folder, which nobody else uses yet."""
        worker.sweep(self.settings.home)
        documents = self._contents.documents
        for document_id in originals.to_remove(self.settings):
            if document_id in documents:  # it was not removed yet, or somebody added it again
                originals.restore(self.settings, document_id)
        originals.finish_removals(self.settings)
        originals.finish_adding(self.settings, documents.keys())
        corrections.mirror(self.settings, documents.values())
        if lost := originals.lost(self.settings, documents.keys()):
            log.warning(
                "%d files kept in %s are not in the library at the server: `python -m ingest "
                "rebuild` adds those that nobody has removed",
                len(lost),
                self.settings.originals_path,
            )

    def close(self) -> None:
        """Stop following, and leave the data folder."""
        self._stopped.set()
        self._shared.close()  # first: what waits for the server holds the library
        super().close()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(READING)
        if self._presence is not None:
            self._presence.release()

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """As :meth:`Library.nearest`; none while the server can't be asked."""
        if self.trouble is not None:
            return []
        try:
            return super().nearest(vector, limit, documents)
        except LibraryError as error:
            self._troubled(error)
            return []

    def _withdraw(self, document_ids: set[str]) -> None:
        try:
            super()._withdraw(document_ids)
        except ServerAway:  # nothing was removed: what is kept here stays in its place
            for document_id in document_ids:
                originals.restore(self.settings, document_id)
            self._judge_again([self._contents.documents[i] for i in sorted(document_ids)])
            raise

    def show(self, readings: Sequence[Reading]) -> None:
        """As :meth:`Library.show`; what was taken over from the server meanwhile is newer."""
        with self._writing:
            there = self._contents.documents
            super().show([r for r in readings if r.document.id not in there])

    def follow(self) -> bool:
        """Take over what others did since the last time; whether they did anything.

        Raises:
            LibraryError: the server can't be read.
        """
        with self._writing:
            with patient(0.0 if self.trouble else READING):
                changes = self._shared.changes(self._contents.documents.keys())
            if changes:
                self._blank_judgements(changes.gone)
                found = [Reading(*one) for one in changes.found]
                ids = {reading.document.id for reading in found} | changes.gone
                self._contents = self._contents.without(ids).with_readings(found)
                names = {i: name for i, name in self._names.items() if i not in changes.gone}
                self._names = names | {r.document.id: r.document.name for r in found}
                self.revision += 1
                self._added_again([reading.document for reading in found])
        if self.trouble is not None:
            log.info("the library can be read again")
            self.trouble = None
        return bool(changes)

    def _added_again(self, documents: Sequence[SourceDocument]) -> None:
        """Undo here what is left of a delete of documents that others have added since."""
        again = [document for document in documents if document.id in self._taken]
        for document in again:
            originals.restore(self.settings, document.id)
            del self._taken[document.id]
        self._judge_again(again)

    def _blank_judgements(self, gone: Collection[str]) -> None:
        """Take the words of what others removed out of the judgements kept here."""
        removed = self._shared.removed(gone, 0)
        blank_judgements(self.settings, [self._contents.documents[i] for i in sorted(removed)])

    def _keep_following(self) -> None:
        tidy = time.monotonic() + _FIRST_TIDY_SECONDS
        while not self._stopped.wait(FOLLOW_SECONDS):
            try:
                self.follow()
                if time.monotonic() >= tidy:
                    tidy = time.monotonic() + _TIDY_SECONDS
                    self.tidy()
            except LibraryError as error:
                self._troubled(error)
            except Exception:  # the thread's edge: what is not foreseen must not end it
                log.exception("following failed")

    def _troubled(self, error: LibraryError) -> None:
        if self._stopped.is_set():
            return
        if self.trouble is None:
            log.warning("%s", error)
        self.trouble = error

    def tidy(self, seconds: float = REMOVED_SECONDS) -> None:
        """Delete the originals kept here of documents that others removed more than ``seconds``
        ago, and what interrupted writings left at the server.

        Raises:
            LibraryError: the server or the data folder can't be written.
        """
        kept = {path.parent.name for path, _ in originals.kept(self.settings)}
        gone = self._shared.removed(kept - self._names.keys(), seconds)
        if gone:
            with self._writing:
                originals.set_aside(self.settings, gone)
                originals.finish_removals(self.settings, gone)
                corrections.delete(self.settings, gone)
        self._shared.sweep()
