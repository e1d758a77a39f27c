"""The document path in order: file → load → normalise → structure → chunk → embed → store.

:class:`Library` is what the rest of the project sees of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest import chunk, deadlines, header, load, normalise, originals, structure
from ingest.errors import LibraryError, UnreadableFile
from ingest.records import Obligation, Passage, SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from ingest.embed import PassageEmbeddings
    from ingest.store import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` files of ``total``; ``name`` is the file in work ("" when all are done)."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the files given: added, already there (given name, name there), or failed."""

    added: tuple[SourceDocument, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[UnreadableFile, ...] = ()


def read_document(path: Path, max_bytes: int = load.MAX_BYTES) -> SourceDocument:
    """Load, normalise and structure one file.

    Raises:
        UnreadableFile: the file gives no text; it names the file and the reason.
    """
    return document_of(load.read_bytes(path, max_bytes), path.name)


def document_of(data: bytes, file_name: str) -> SourceDocument:
    name = _storable(file_name)
    loaded = load.load_bytes(data, name)
    text, page_starts = normalise.normalise_pages([_storable(page) for page in loaded.pages])
    if not any(c.isalnum() for c in text):
        raise UnreadableFile(name, "no_text")
    found, roles = header.find_header(text, structure.first_section(text))
    return SourceDocument(
        id=hashlib.sha256(data).hexdigest(),
        name=name,
        text=text,
        page_starts=page_starts,
        header=found,
        sections=structure.find_sections(text, roles),
        roles=tuple(roles),
        warnings=loaded.warnings,
    )


def _storable(text: str) -> str:
    """``text`` without lone surrogates (bytes of a file name or PDF that are no characters)."""
    return text.encode("utf-8", "replace").decode("utf-8")


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
            raise UnreadableFile(_storable(path.name or str(path)), "no_documents")
        yield from found


def _is_given(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is meant: not hidden, nor a lock file of Word («~$…»)."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and path.is_file()


@dataclass
class _Batch:
    """Documents that are committed together: Chroma's price is by the call more than by the row."""

    documents: list[SourceDocument] = field(default_factory=list)
    passages: list[list[Passage]] = field(default_factory=list)
    data: list[bytes | None] = field(default_factory=list)  # None: no original to keep

    def append(
        self, document: SourceDocument, passages: list[Passage], data: bytes | None = None
    ) -> None:
        self.documents.append(document)
        self.passages.append(passages)
        self.data.append(data)

    def clear(self) -> None:
        self.documents, self.passages, self.data = [], [], []

    @property
    def is_full(self) -> bool:
        size = sum(len(data) for data in self.data if data is not None)
        return sum(map(len, self.passages)) >= _BATCH_PASSAGES or size >= _BATCH_BYTES


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
        return self._add([(path, path.name) for path in files], failed, progress)

    def _add(
        self,
        files: Sequence[tuple[Path, str]],
        failed: list[UnreadableFile],
        progress: Callable[[Progress], None] | None,
    ) -> Summary:
        """Add files under the names they were given."""
        added: list[SourceDocument] = []
        passages: list[Passage] = []
        obligations: list[Obligation] = []
        duplicates: list[tuple[str, str]] = []
        batch = _Batch()

        def commit() -> None:
            of_passages, of_duties = self._commit(batch)
            passages.extend(of_passages)
            obligations.extend(of_duties)
            added.extend(batch.documents)
            batch.clear()

        try:
            for done, (path, name) in enumerate(files):
                if progress:
                    progress(Progress(done, len(files), _storable(name)))
                try:
                    data = load.read_bytes(path, self.settings.max_file_bytes)
                    document = document_of(data, name)
                except UnreadableFile as error:
                    failed.append(error)
                    continue
                with self._writing:
                    if known := self._names.get(document.id):
                        duplicates.append((document.name, known))
                        continue
                    self._names[document.id] = document.name
                batch.append(document, chunk.chunk(document, self.settings.max_passage_words), data)
                if batch.is_full:
                    commit()
            commit()
        finally:
            with self._writing:
                for document in batch.documents:  # of a batch that was not committed
                    del self._names[document.id]
            if added:
                self._show(added, passages, obligations)
        if progress:
            progress(Progress(len(files), len(files), ""))
        return Summary(tuple(added), tuple(duplicates), tuple(failed))

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

    def _commit(self, batch: _Batch) -> tuple[list[Passage], list[Obligation]]:
        """Embed and store documents; what a failure leaves of them is taken back."""
        if not batch.documents:
            return [], []
        texts = [
            f"{context_of(document, p)}\n{p.text}"
            for document, passages in zip(batch.documents, batch.passages, strict=True)
            for p in passages
        ]
        vectors = self.embeddings.encode(texts)
        passages = [p for of_document in batch.passages for p in of_document]
        duties = [duty for d in batch.documents for duty in deadlines.find_obligations(d)]
        with self._writing:
            for document, data in zip(batch.documents, batch.data, strict=True):
                if data is not None:
                    originals.keep(self.settings, document, data)
            try:
                self._store.add(batch.documents, passages, vectors, duties)
            except BaseException:
                # Where even this fails, opening the store sweeps what has no commit mark.
                with contextlib.suppress(LibraryError):
                    self._store.remove([d.id for d in batch.documents])
                raise
        return passages, duties

    def _show(
        self,
        added: Sequence[SourceDocument],
        passages: Sequence[Passage],
        obligations: Sequence[Obligation],
    ) -> None:
        """Let readers see new documents: their records are at hand, nothing is read again."""
        with self._writing:
            documents = sorted((*self._documents.values(), *added), key=lambda d: (d.name, d.id))
            self._documents = {d.id: d for d in documents}
            self._passages = tuple(sorted((*self._passages, *passages), key=lambda p: p.id))
            self._obligations = tuple(
                sorted(
                    (*self._obligations, *obligations),
                    key=lambda duty: (duty.document_id, duty.start, duty.id),
                )
            )
            self.revision += 1


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
            summary = library._add(originals.kept(settings), [], progress)
            done = {d.id for d in library.documents()}
            carried = _Batch()
            for document in old or ():
                if document.id not in done:
                    carried.append(document, chunk.chunk(document, settings.max_passage_words))
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
