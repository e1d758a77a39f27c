"""The document path in order: file → load → normalise → structure → chunk → embed → store.

:class:`Library` is what the rest of the project sees of it.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest import chunk, header, load, normalise, structure
from ingest.errors import LibraryError, UnreadableFile
from ingest.records import Passage, SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.embed import Embeddings
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


def read_document(path: Path, max_bytes: int | None = None) -> SourceDocument:
    """Load, normalise and structure one file.

    Raises:
        UnreadableFile: the file gives no text; it names the file and the reason.
    """
    loaded = load.load(path) if max_bytes is None else load.load(path, max_bytes)
    text, page_starts = normalise.normalise_pages(loaded.pages)
    if not any(c.isalnum() for c in text):
        raise UnreadableFile(path.name, "no_text")
    found, roles = header.find_header(text, structure.first_section(text))
    return SourceDocument(
        id=hashlib.sha256(path.read_bytes()).hexdigest(),
        name=path.name,
        text=text,
        page_starts=page_starts,
        header=found,
        sections=structure.find_sections(text, roles),
        roles=tuple(roles),
        warnings=loaded.warnings,
    )


def context_of(document: SourceDocument, passage: Passage) -> str:
    """What a passage needs to be understood: document title, kind, number, issuer, headings.

    It is put before the passage's text when that is embedded or indexed, never into the text.
    """
    head = document.header
    parts = [
        f.value for f in (head.kind, head.number, head.title, head.issuer, head.place) if f is not None
    ]
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
            p
            for p in path.rglob("*")
            if p.is_file() and p.suffix.lower() in load.SUPPORTED and not p.name.startswith((".", "~$"))
        )
        if not found:
            raise UnreadableFile(path.name or str(path), "no_documents")
        yield from found


class Library:
    """The documents of one data folder. Reading needs no embedding model; adding does."""

    def __init__(self, settings: Settings, store: Store, embeddings: Embeddings, lock: object) -> None:
        self.settings = settings
        self.embeddings = embeddings
        self._store = store
        self._lock = lock
        self._writing = threading.RLock()
        self._documents: dict[str, SourceDocument] = {}
        self._passages: tuple[Passage, ...] = ()
        self.revision = 0
        self._read()

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Open the library at ``settings.home``, made empty where there is none.

        Raises:
            LibraryError: another process holds it, it can't be written, or another model made it.
        """
        from ingest.embed import load_embeddings
        from ingest.store import Store

        lock = _lock(settings)
        try:
            embeddings = load_embeddings(settings.embedding_model)
            store = Store(settings.store_path, embeddings.name, embeddings.dimension)
        except BaseException:
            lock.release()
            raise
        return cls(settings, store, embeddings, lock)

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
        self._lock.release()  # type: ignore[attr-defined]

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document, by name."""
        return tuple(self._documents.values())

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id; KeyError when there is none."""
        return self._documents[document_id]

    def passages(self) -> tuple[Passage, ...]:
        """Every passage, by document and in document order."""
        return self._passages

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the nearest passages, best first."""
        return self._store.nearest(vector, limit, documents)

    def add(
        self, paths: Iterable[Path], progress: Callable[[Progress], None] | None = None
    ) -> Summary:
        """Add files and folders. One bad file costs no other file anything."""
        added: list[SourceDocument] = []
        duplicates: list[tuple[str, str]] = []
        failed: list[UnreadableFile] = []
        files: list[Path] = []
        for path in paths:
            try:
                files.extend(files_under([path]))
            except UnreadableFile as error:
                failed.append(error)
        for done, path in enumerate(files):
            if progress:
                progress(Progress(done, len(files), path.name))
            try:
                document = read_document(path, self.settings.max_file_bytes)
            except UnreadableFile as error:
                failed.append(error)
                continue
            with self._writing:
                if known := self._documents.get(document.id):
                    duplicates.append((path.name, known.name))
                    continue
                self._keep_original(path, document.id)
                self._commit(document)
            added.append(document)
        if added:
            self._read()
        if progress:
            progress(Progress(len(files), len(files), ""))
        return Summary(tuple(added), tuple(duplicates), tuple(failed))

    def remove(self, document_id: str) -> None:
        """Remove a document and its kept original; KeyError when there is none."""
        with self._writing:
            document = self._documents[document_id]
            self._store.remove(document_id)
            for original in self.settings.originals_path.glob(f"{document_id}*"):
                shutil.rmtree(original) if original.is_dir() else original.unlink()
            del self._documents[document.id]
            self._read()

    def rebuild(self, progress: Callable[[Progress], None] | None = None) -> Summary:
        """Make the store anew from the kept originals, with the embedding model of the settings."""
        originals = sorted(p for p in self.settings.originals_path.glob("*/*") if p.is_file())
        with self._writing:
            self._store.clear(self.embeddings.name)
            self._documents = {}
            return self.add(originals, progress)

    def _commit(self, document: SourceDocument) -> None:
        passages = chunk.chunk(document, self.settings.max_passage_words)
        texts = [f"{context_of(document, p)}\n{p.text}" for p in passages]
        self._store.add(document, passages, self.embeddings.encode(texts))
        self._documents[document.id] = document

    def _keep_original(self, path: Path, document_id: str) -> None:
        """Copy the file to ``originals/<id>/<name>`` through a temporary name: whole or not at all."""
        target = self.settings.originals_path / document_id / path.name
        if target.exists():
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.part")
            shutil.copyfile(path, partial)
            partial.replace(target)
        except OSError as error:
            raise LibraryError(f"{path.name} could not be kept in {target.parent}: {error}") from error

    def _read(self) -> None:
        with self._writing:
            self._documents = {d.id: d for d in self._store.documents()}
            self._passages = self._store.passages()
            self.revision += 1


def _lock(settings: Settings):  # type: ignore[no-untyped-def]
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.home / ".lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryError(
            f"the library at {settings.home} is in use by another process: close it first, or set "
            f"ASSISTANT_HOME to another folder"
        ) from error
    except OSError as error:
        raise LibraryError(f"the library at {settings.home} can't be written: {error}") from error
    return lock
