"""The library: what the rest of the project sees of the document path."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest import deadlines, originals, worker
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline.adding import Batch, add_files, files_under
from ingest.pipeline.contents import Contents
from ingest.pipeline.context import context_of
from ingest.pipeline.outcome import Progress, Summary
from ingest.pipeline.ownership import own
from ingest.pipeline.places import restore_store
from ingest.reading import Reader, Reading
from ingest.records import Obligation, Passage, SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from ingest.embed import PassageEmbeddings
    from ingest.store import Store


class Library:
    """The documents of one data folder. Reading needs no embedding model; adding does.

    What readers see (:meth:`documents`, :meth:`passages`) changes in one step, when an
    :meth:`add` or :meth:`remove` is done; ``revision`` counts these steps.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embeddings: PassageEmbeddings,
        lock: BaseFileLock | None = None,
    ) -> None:
        self.settings = settings
        self.embeddings = embeddings
        self._store = store
        self._lock = lock
        self._writing = threading.RLock()
        self._contents = Contents.of(store.documents(), store.passages(), ())
        self._renew_register()
        self._contents = replace(self._contents, obligations=store.obligations())
        # Of documents that are committed, seen by readers or not, and of those being added.
        self._names = {d.id: d.name for d in self.documents()}
        self.revision = 1

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Open the library at ``settings.home``, made empty where there is none.

        Raises:
            LibraryError: another process holds it, it can't be written, or another model made it.
        """
        from ingest.embed import embeddings_of
        from ingest.store import Store

        lock = own(settings)
        store = None
        try:
            originals.finish_removals(settings)
            worker.sweep(settings.home)
            restore_store(settings)
            embeddings = embeddings_of(settings)
            store = Store(settings.store_path, embeddings.name, embeddings.dimension)
            return cls(settings, store, embeddings, lock)
        except BaseException:
            if store is not None:
                store.close()
            lock.release()
            raise

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the folder for other processes."""
        self._store.close()
        if self._lock is not None:
            self._lock.release()

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document, by name."""
        return tuple(self._contents.documents.values())

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id; KeyError when there is none."""
        return self._contents.documents[document_id]

    def passages(self) -> tuple[Passage, ...]:
        """Every passage, by document and in document order."""
        return self._contents.passages

    def cited_page(self, document_id: str, start: int, end: int) -> bytes | None:
        """The page of a PDF or scan that holds ``text[start:end]``, as a PNG with that marked.

        None for a document of another kind, or whose original is not kept.
        """
        from ingest.page_picture import cited_page

        data = originals.original(self.settings, document_id)
        if data is None:
            return None
        document = self.document(document_id)
        with Reader(self.settings) as drawer:
            try:
                return drawer.call(document.name, cited_page, data, document, start, end)
            except UnreadableFile:
                return None

    def obligations(self) -> tuple[Obligation, ...]:
        """Every row of the register of obligations, by document and place in it."""
        return self._contents.obligations

    def _renew_register(self) -> None:
        """Find the duties anew of documents that an older version of this program has read."""
        outdated = self._store.outdated()
        documents = [d for d in self.documents() if d.id in outdated]
        if documents:
            found = [duty for d in documents for duty in deadlines.find_obligations(d)]
            self._store.renew_obligations(documents, found)

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the nearest passages, best first."""
        return self._store.nearest(vector, limit, documents)

    def add(
        self, paths: Iterable[Path], progress: Callable[[Progress], None] | None = None
    ) -> Summary:
        """Add files and folders. One bad file costs no other file anything.

        Interrupted, it leaves the documents that were done, whole.

        Raises:
            LibraryError: the library can't be written, or the embedding model fails.
        """
        files, failed = self._files(paths)
        return add_files(self, [(path, path.name) for path in files], failed, progress)

    def known(self, document_id: str) -> str | None:
        """The name of a document that is there, or is being added."""
        return self._names.get(document_id)

    def claim(self, document_id: str, name: str) -> str | None:
        """Keep a place for a document; the name that it has there where it is known already."""
        with self._writing:
            known = self._names.get(document_id)
            if known is None:
                self._names[document_id] = name
            return known

    def release(self, document_ids: Iterable[str]) -> None:
        """Give up places that were kept."""
        with self._writing:
            for document_id in document_ids:
                del self._names[document_id]

    def remove(self, *document_ids: str) -> None:
        """Remove documents and their kept originals; KeyError when there is no such document.

        Nothing is removed when one of the ids is unknown.
        """
        with self._writing:
            for document_id in document_ids:
                self.document(document_id)
            gone = set(document_ids)
            # First out of a rebuild's reach: a delete that is cut short must not be undone by one.
            originals.set_aside(self.settings, gone)
            try:
                self._store.remove(sorted(gone))
            finally:
                gone -= {d.id for d in self._store.documents()}
                self._names = {i: n for i, n in self._names.items() if i not in gone}
                self._contents = self._contents.without(gone)
                self.revision += 1
            originals.finish_removals(self.settings)

    def _files(self, paths: Iterable[Path]) -> tuple[list[Path], list[UnreadableFile]]:
        """The files to read, and the folders without any; what the library keeps is not new."""
        files: list[Path] = []
        failed: list[UnreadableFile] = []
        home = self.settings.home.resolve()
        for path in paths:
            try:
                found = list(files_under([path]))
            except UnreadableFile as error:
                failed.append(error)
                continue
            files.extend(p for p in found if p == path or not p.resolve().is_relative_to(home))
        return files, failed

    def commit(self, batch: Batch) -> None:
        """Embed and store documents for good; what a failure leaves of them is taken back."""
        if not batch.readings:
            return
        texts = [
            f"{context_of(reading.document, p)}\n{p.text}"
            for reading in batch.readings
            for p in reading.passages
        ]
        vectors = self.embeddings.encode(texts)
        with self._writing:
            for document, data in zip(batch.documents, batch.data, strict=True):
                if data is not None:
                    originals.keep(self.settings, document, data)
            try:
                self._store.add(batch.documents, batch.passages, vectors, batch.obligations)
            except BaseException:
                # Where even this fails, opening the store sweeps what has no commit mark.
                with contextlib.suppress(LibraryError):
                    self._store.remove([d.id for d in batch.documents])
                raise

    def show(self, readings: Sequence[Reading]) -> None:
        """Let readers see documents that are committed: nothing is read again."""
        with self._writing:
            self._contents = self._contents.with_readings(readings)
            self.revision += 1
