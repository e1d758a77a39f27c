"""The document path in order: file → load → normalise → structure → chunk → embed → store.

:class:`Library` is what the rest of the project sees of it.
"""

from __future__ import annotations

import contextlib
import itertools
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest import (
    deadlines,
    load,
    originals,
    worker,
)
from ingest.errors import LibraryError, UnreadableFile
from ingest.reading import Reader, Reading, document_of, found_in, identity, read_document, storable
from ingest.records import Obligation, Passage, SourceDocument
from ingest.settings import Settings

__all__ = [
    "DAMAGED",
    "Library",
    "Outcome",
    "Progress",
    "Summary",
    "context_of",
    "document_of",
    "files_under",
    "read_document",
    "rebuild",
]

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from ingest.embed import PassageEmbeddings
    from ingest.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` files of ``total``; ``name`` is the file in work ("" when all are done).

    ``page`` of ``pages`` is the page in work of a file that is read page by page, else 0.
    """

    done: int
    total: int
    name: str
    page: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: one document, or several where it is an archive or a message.

    Each was added, was already there (given name, name there), or failed.
    """

    added: tuple[SourceDocument, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[UnreadableFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary(Outcome):
    """What became of all that was given, together and by ``files``, in the order given."""

    files: tuple[Outcome, ...] = ()


def context_of(document: SourceDocument, passage: Passage) -> str:
    """What a passage needs to be understood: document title, kind, number, issuer, headings.

    It is put before the passage's text when that is embedded or indexed, never into the text.
    """
    head = document.header
    fields = (head.kind, head.number, head.title, head.issuer, head.place)
    parts = [field.value for field in fields if field is not None]
    if head.date is not None:
        parts.append(f"năm {head.date.value[:4]}")
    parts.extend(h for h in passage.headings if h)
    return ". ".join(parts)


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the supported files in the folders named, in order of name.

    Raises:
        UnreadableFile: a folder holds no supported file (reason ``no_documents``).
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            p for p in path.rglob("*") if p.suffix.lower() in load.SUPPORTED and _is_given(p, path)
        )
        if not found:
            raise UnreadableFile(storable(path.name or str(path)), "no_documents")
        yield from found


def _is_given(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is meant: not hidden, nor a lock file of Word («~$…»)."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and path.is_file()


@dataclass
class _Batch:
    """Documents that are committed together: Chroma's price is by the call more than by the row."""

    readings: list[Reading] = field(default_factory=list)
    data: list[bytes | None] = field(default_factory=list)  # None: no original to keep

    def append(self, reading: Reading, data: bytes | None = None) -> None:
        self.readings.append(reading)
        self.data.append(data)

    def clear(self) -> None:
        self.readings, self.data = [], []

    @property
    def documents(self) -> list[SourceDocument]:
        return [reading.document for reading in self.readings]

    @property
    def passages(self) -> list[Passage]:
        return [passage for reading in self.readings for passage in reading.passages]

    @property
    def obligations(self) -> list[Obligation]:
        return [duty for reading in self.readings for duty in reading.obligations]

    @property
    def is_full(self) -> bool:
        size = sum(len(data) for data in self.data if data is not None)
        count = sum(len(reading.passages) for reading in self.readings)
        return count >= _BATCH_PASSAGES or size >= _BATCH_BYTES


_BATCH_PASSAGES = 500
_BATCH_BYTES = 50_000_000


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
        self._documents = {d.id: d for d in store.documents()}
        self._passages = store.passages()
        self._renew_register()
        self._obligations = store.obligations()
        self._names = {d.id: d.name for d in self._documents.values()}  # committed, seen or not
        self.revision = 1

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Open the library at ``settings.home``, made empty where there is none.

        Raises:
            LibraryError: another process holds it, it can't be written, or another model made it.
        """
        from ingest.embed import embeddings_of
        from ingest.store import Store

        lock = _lock(settings)
        store = None
        try:
            originals.finish_removals(settings)
            worker.sweep(settings.home)
            _restore_store(settings)
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
        return tuple(self._documents.values())

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id; KeyError when there is none."""
        return self._documents[document_id]

    def passages(self) -> tuple[Passage, ...]:
        """Every passage, by document and in document order."""
        return self._passages

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
        return self._obligations

    def _renew_register(self) -> None:
        """Find the duties anew of documents that an older version of this program has read."""
        outdated = self._store.outdated()
        documents = [d for d in self._documents.values() if d.id in outdated]
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
        return self._add([(path, path.name) for path in files], failed, progress, expand=True)

    def _add(
        self,
        files: Sequence[tuple[Path, str]],
        failed: Sequence[UnreadableFile],
        progress: Callable[[Progress], None] | None,
        *,
        expand: bool,
    ) -> Summary:
        """Add files under the names they were given, each as the documents that it holds, or as
        the one document that it is."""
        batch = _Batch()
        committed: list[Reading] = []
        outcomes: list[Outcome] = []
        reader = Reader(self.settings)

        def commit() -> None:
            self._commit(batch)
            committed.extend(batch.readings)
            batch.clear()

        try:
            for done, (path, name) in enumerate(files):
                shown = Progress(done, len(files), storable(name))
                if progress:
                    progress(shown)
                    reader.tell_pages(_shower_of_pages(progress, shown))
                try:
                    data = load.read_bytes(path, self.settings.max_file_bytes)
                    held = reader.members(data, name) if expand else load.alone(data, name)
                except UnreadableFile as error:
                    outcomes.append(Outcome(failed=(error,)))
                    continue
                outcome = Outcome(failed=tuple(held.failed))
                for member in held.found:
                    if progress and len(held.found) > 1:
                        progress(replace(shown, name=storable(member.name)))
                    one = self._add_one(reader, member, batch)
                    outcome = _together([outcome, one])
                    if batch.is_full:
                        commit()
                outcomes.append(outcome)
            commit()
        finally:
            reader.close()
            with self._writing:
                for document in batch.documents:  # of a batch that was not committed
                    del self._names[document.id]
            if committed:
                self._show(committed)
        if progress:
            progress(Progress(len(files), len(files), ""))
        whole = _together([Outcome(failed=tuple(failed)), *outcomes])
        return Summary(whole.added, whole.duplicates, whole.failed, tuple(outcomes))

    def _add_one(self, reader: Reader, member: load.Member, batch: _Batch) -> Outcome:
        """Read one document and put it into ``batch``, where it isn't in the library yet."""
        if outcome := self._duplicate(identity(member.data), storable(member.name)):
            return outcome
        try:
            reading = reader.read(member)
        except UnreadableFile as error:
            return Outcome(failed=(error,))
        document = reading.document
        with self._writing:
            if outcome := self._duplicate(document.id, document.name):  # added meanwhile
                return outcome
            self._names[document.id] = document.name
        batch.append(reading, member.data)
        return Outcome(added=(document,))

    def _duplicate(self, document_id: str, name: str) -> Outcome | None:
        known = self._names.get(document_id)
        return Outcome(duplicates=((name, known),)) if known else None

    def remove(self, *document_ids: str) -> None:
        """Remove documents and their kept originals; KeyError when there is no such document.

        Nothing is removed when one of the ids is unknown.
        """
        with self._writing:
            for document_id in document_ids:
                self._documents[document_id]
            gone = set(document_ids)
            # First out of a rebuild's reach: a delete that is cut short must not be undone by one.
            originals.set_aside(self.settings, gone)
            try:
                self._store.remove(sorted(gone))
            finally:
                gone -= {d.id for d in self._store.documents()}
                self._names = {i: n for i, n in self._names.items() if i not in gone}
                self._documents = {i: d for i, d in self._documents.items() if i not in gone}
                self._passages = tuple(p for p in self._passages if p.document_id not in gone)
                self._obligations = tuple(
                    duty for duty in self._obligations if duty.document_id not in gone
                )
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

    def _commit(self, batch: _Batch) -> None:
        """Embed and store documents; what a failure leaves of them is taken back."""
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

    def _show(self, added: Sequence[Reading]) -> None:
        """Let readers see new documents: their records are at hand, nothing is read again."""
        new = _Batch(list(added))
        with self._writing:
            documents = (*self._documents.values(), *new.documents)
            self._documents = {d.id: d for d in sorted(documents, key=lambda d: (d.name, d.id))}
            self._passages = tuple(sorted((*self._passages, *new.passages), key=lambda p: p.id))
            self._obligations = tuple(
                sorted(
                    (*self._obligations, *new.obligations),
                    key=lambda duty: (duty.document_id, duty.start, duty.id),
                )
            )
            self.revision += 1


def _shower_of_pages(
    progress: Callable[[Progress], None], shown: Progress
) -> Callable[[int, int], None]:
    """Tells of a file's pages, about once a second: a page may take as long or a thousandth."""
    last = time.monotonic()

    def show(page: int, pages: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            progress(replace(shown, page=page, pages=pages))

    return show


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    return Outcome(
        tuple(document for outcome in outcomes for document in outcome.added),
        tuple(names for outcome in outcomes for names in outcome.duplicates),
        tuple(error for outcome in outcomes for error in outcome.failed),
    )


def rebuild(settings: Settings, progress: Callable[[Progress], None] | None = None) -> Summary:
    """Make the store anew from the kept originals, with the embedding model of the settings.

    The new store is made beside the old one and takes its place when it is whole, so that an
    interruption changes nothing. A document whose original can't be read is carried over as the
    old store has it. A store too damaged to open is kept aside as ``chroma.damaged-…``.

    Raises:
        LibraryError: another process holds the library, or it can't be written.
    """
    from ingest.embed import embeddings_of
    from ingest.store import Store

    lock = _lock(settings)
    try:
        originals.finish_removals(settings)
        _restore_store(settings)
        new_path = settings.home / _NEW
        _delete(new_path)
        embeddings = embeddings_of(settings)
        old = _documents_at(settings.store_path)
        store = Store(new_path, embeddings.name, embeddings.dimension)
        library = Library(settings, store, embeddings)
        try:
            summary = library._add(originals.kept(settings), [], progress, expand=False)
            done = {d.id for d in library.documents()}
            carried = _Batch()
            for document in old or ():
                if document.id not in done:
                    carried.append(found_in(document, settings.max_passage_words))
            library._commit(carried)
        finally:
            library.close()
        _take_place(settings, damaged=old is None)
        return summary
    finally:
        lock.release()


_NEW, _OLD = "chroma.new", "chroma.old"
DAMAGED = "chroma.damaged-*"  # under the home: stores that a rebuild could not open


def _documents_at(path: Path) -> tuple[SourceDocument, ...] | None:
    """The documents of the store at ``path``, whatever model made it; None where it is damaged."""
    from ingest.store import Store

    if not path.exists():
        return ()
    try:
        with contextlib.closing(Store(path, "", 0, any_model=True)) as store:
            return store.documents()
    except LibraryError:
        return None


def _take_place(settings: Settings, damaged: bool) -> None:
    """Put the new store where the old one is; :func:`_restore_store` mends an interruption."""
    aside = settings.home / _OLD
    try:
        if damaged:
            taken = {p.name for p in settings.home.glob(DAMAGED)}
            aside = next(
                settings.home / name
                for n in itertools.count(1)
                if (name := DAMAGED.replace("*", str(n))) not in taken
            )
        else:
            _delete(aside)
        if settings.store_path.exists():
            settings.store_path.rename(aside)
        (settings.home / _NEW).rename(settings.store_path)
        if not damaged:
            _delete(aside)
    except OSError as error:
        raise LibraryError(
            f"the new store could not take the place of {settings.store_path}: {error}"
        ) from error


def _restore_store(settings: Settings) -> None:
    """Undo or finish what a rebuild left when it was cut short between its two renames."""
    aside = settings.home / _OLD
    if aside.exists():
        if settings.store_path.exists():
            _delete(aside)
        else:
            aside.rename(settings.store_path)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _lock(settings: Settings) -> BaseFileLock:
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.home / ".lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryError(
            f"the library at {settings.home} is in use by another process: close it first, or set "
            f"ASSISTANT_HOME to another folder",
            f"thư viện ở {settings.home} đang được một chương trình khác dùng: hãy đóng chương "
            f"trình "
            f"đó, hoặc đặt ASSISTANT_HOME sang thư mục khác",
        ) from error
    except (OSError, NotImplementedError) as error:  # filelock: no locks on this file system
        raise LibraryError(
            f"the library at {settings.home} can't be written ({error}): set ASSISTANT_HOME to a "
            f"folder that can",
            f"không ghi được vào thư viện ở {settings.home} ({error}): hãy đặt ASSISTANT_HOME sang "
            f"thư mục ghi được",
        ) from error
    return lock
