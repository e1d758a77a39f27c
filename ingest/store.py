"""The library on disk: the only file that knows chromadb.

Three collections. ``documents`` holds one record a document with its canonical text and structure;
it is written last on ingest and removed first on delete, so that it is the commit mark.
``passages`` holds the passages with their vectors, ``obligations`` the rows of the register, each
with the vector of the passage that it stands in. What belongs to a document without a mark does not
exist for any reader and is swept when the store is read.
"""

from __future__ import annotations

import sqlite3
import struct
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import stored
from ingest.errors import LibraryError
from ingest.records import Obligation, Passage, SourceDocument

_DOCUMENTS, _PASSAGES, _OBLIGATIONS = "documents", "passages", "obligations"
_BATCH = 2000  # below Chroma's own limit of 5,461 records a call
_REBUILD = "run `python -m ingest rebuild` to make it anew from the kept originals"


class Store:
    """An embedded Chroma folder made with one embedding model."""

    def __init__(
        self, path: Path, embedding_name: str, dimension: int, *, any_model: bool = False
    ) -> None:
        """Open or make the store at ``path``; ``any_model`` reads one that another model made.

        Raises:
            LibraryError: the folder can't be used, or another embedding model made it.
        """
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        self._path = path
        self._dimension = dimension
        made_by = None if any_model else {"embedding_model": embedding_name, "dimension": dimension}
        self._access = threading.RLock()  # one at a time in the files, see _purge
        try:
            with self._failing_as("could not be opened"):
                path.mkdir(parents=True, exist_ok=True)
                self._client = chromadb.PersistentClient(
                    path=str(path), settings=Settings(anonymized_telemetry=False)
                )
        except LibraryError:
            # Chroma keeps one system a path, also one that never started: the next try would get
            # it, whatever has been put right at the path meanwhile.
            if str(path) not in SharedSystemClient._identifier_to_refcount:
                SharedSystemClient._identifier_to_system.pop(str(path), None)
            raise
        try:
            with self._failing_as("could not be opened"):
                self._documents = self._collection(_DOCUMENTS, made_by)
                self._passages = self._collection(_PASSAGES, made_by)
                self._obligations = self._collection(_OBLIGATIONS, made_by)
        except BaseException:
            self.close()
            raise

    def _collection(self, name: str, made_by: dict[str, Any] | None) -> Any:
        collection = self._client.get_or_create_collection(
            name,
            metadata=made_by,
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
        )
        found = collection.metadata or {}
        if made_by is not None and found != made_by:
            raise LibraryError(
                f"the library was made with the embedding model «{found.get('embedding_model')}» "
                f"({found.get('dimension')} dimensions), the settings name "
                f"«{made_by['embedding_model']}» ({made_by['dimension']}): {_REBUILD}, or set "
                f"ASSISTANT_EMBEDDING_MODEL back",
                f"thư viện được lập bằng mô hình nhúng «{found.get('embedding_model')}», khác với "
                f"mô "
                f"hình đang đặt «{made_by['embedding_model']}»: hãy chạy `python -m ingest "
                f"rebuild`, "
                f"hoặc đặt lại ASSISTANT_EMBEDDING_MODEL như cũ",
            )
        return collection

    def close(self) -> None:
        """Release the files; the store can't be used after it."""
        self._client.close()

    def add(
        self,
        documents: Sequence[SourceDocument],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        obligations: Sequence[Obligation] = (),
    ) -> None:
        """Store ``passages`` with their vectors and ``obligations``, then the commit marks.

        ``vectors`` has the shape (len(passages), dimension).

        Raises:
            LibraryError: the vectors are of another shape, or the store can't be written.
        """
        self.add_passages(passages, vectors)
        self._add_obligations(obligations, passages, vectors)
        of_document: dict[str, list[int]] = {}
        for row, passage in enumerate(passages):
            of_document.setdefault(passage.document_id, []).append(row)
        marks = [
            vectors[of_document[d.id]].mean(axis=0)
            if d.id in of_document
            else np.ones(self._dimension, np.float32)
            for d in documents
        ]
        with self._failing_as("could not be written"):
            for at in range(0, len(documents), _BATCH):
                batch = documents[at : at + _BATCH]
                self._documents.upsert(
                    ids=[d.id for d in batch],
                    embeddings=[mark.tolist() for mark in marks[at : at + _BATCH]],
                    documents=[d.text for d in batch],
                    metadatas=[stored.document_metadata(d) for d in batch],
                )

    def add_passages(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> None:
        """Store passages that no reader sees until their document is marked by :meth:`add`."""
        expected = (len(passages), self._dimension)
        if vectors.shape != expected:
            raise LibraryError(
                f"the embedding model gave vectors of shape {vectors.shape}, the library needs "
                f"{expected}: {_REBUILD}"
            )
        with self._failing_as("could not be written"):
            for at in range(0, len(passages), _BATCH):
                batch = passages[at : at + _BATCH]
                self._passages.upsert(
                    ids=[p.id for p in batch],
                    embeddings=vectors[at : at + _BATCH].tolist(),
                    documents=[p.text for p in batch],
                    metadatas=[stored.passage_metadata(p) for p in batch],
                )

    def outdated(self) -> frozenset[str]:
        """Ids of the documents whose rows of the register were found by an older version."""
        with self._failing_as("could not be read"):
            found = self._documents.get(include=["metadatas"])
        return frozenset(
            identity
            for identity, meta in zip(found["ids"], found["metadatas"], strict=True)
            if meta.get("register") != stored.REGISTER_VERSION
        )

    def renew_obligations(
        self, documents: Sequence[SourceDocument], obligations: Sequence[Obligation]
    ) -> None:
        """Put ``obligations`` in the place of all that the store has of ``documents``."""
        ids = [document.id for document in documents]
        with self._failing_as("could not be written"):
            for at in range(0, len(ids), _BATCH):
                batch = ids[at : at + _BATCH]
                self._obligations.delete(where={"document_id": {"$in": batch}})
                found = self._passages.get(
                    where={"document_id": {"$in": batch}},
                    include=["embeddings", "metadatas", "documents"],
                )
                passages = [
                    stored.passage_of(*record)
                    for record in zip(
                        found["ids"], found["documents"], found["metadatas"], strict=True
                    )
                ]
                vectors = np.asarray(found["embeddings"], np.float32)
                chosen = set(batch)
                self._add_obligations(
                    [duty for duty in obligations if duty.document_id in chosen], passages, vectors
                )
                self._documents.update(
                    ids=batch, metadatas=[{"register": stored.REGISTER_VERSION} for _ in batch]
                )

    def _add_obligations(
        self,
        obligations: Sequence[Obligation],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
    ) -> None:
        places = sorted((p.document_id, p.start, row) for row, p in enumerate(passages))
        embeddings = []
        for duty in obligations:
            at = bisect_right(places, (duty.document_id, duty.start, len(places))) - 1
            embeddings.append(vectors[places[max(at, 0)][2]].tolist())
        with self._failing_as("could not be written"):
            for at in range(0, len(obligations), _BATCH):
                batch = obligations[at : at + _BATCH]
                self._obligations.upsert(
                    ids=[duty.id for duty in batch],
                    embeddings=embeddings[at : at + _BATCH],
                    documents=[duty.action for duty in batch],
                    metadatas=[stored.obligation_metadata(duty) for duty in batch],
                )

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove the commit marks, what belongs to them, then the words from Chroma's own files."""
        if not document_ids:
            return
        with self._failing_as("could not be written"):
            self._documents.delete(ids=list(document_ids))
            for collection in (self._passages, self._obligations):
                collection.delete(where={"document_id": {"$in": list(document_ids)}})
        self._purge()

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document of the library, by name."""
        with self._failing_as("could not be read"):
            found = self._documents.get(include=["documents", "metadatas"])
            documents = [
                stored.document_of(i, text, meta)
                for i, text, meta in zip(
                    found["ids"], found["documents"], found["metadatas"], strict=True
                )
            ]
        return tuple(sorted(documents, key=lambda d: (d.name, d.id)))

    def passages(self) -> tuple[Passage, ...]:
        """Every passage whose document is committed, by document and in document order.

        What an interrupted ingest or delete left behind is removed.
        """
        passages: list[Passage] = []
        orphans: set[str] = set()
        with self._failing_as("could not be read"):
            marks = set(self._documents.get(include=[])["ids"])
            for identity, text, meta in _records(self._passages):
                if meta["document_id"] in marks:
                    passages.append(stored.passage_of(identity, text, meta))
                else:
                    orphans.add(meta["document_id"])
        self.remove(sorted(orphans))
        return tuple(sorted(passages, key=lambda p: p.id))

    def obligations(self) -> tuple[Obligation, ...]:
        """Every row of the register whose document is committed, by document and place in it."""
        with self._failing_as("could not be read"):
            marks = set(self._documents.get(include=[])["ids"])
            found = [
                stored.obligation_of(identity, text, meta)
                for identity, text, meta in _records(self._obligations)
                if meta["document_id"] in marks
            ]
        return tuple(sorted(found, key=lambda duty: (duty.document_id, duty.start, duty.id)))

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the ``limit`` nearest passages, best first."""
        with self._failing_as("could not be searched"):
            if limit < 1:
                return []
            found = self._passages.query(
                query_embeddings=[list(vector)],
                n_results=limit,
                where={"document_id": {"$in": list(documents)}} if documents else None,
                include=["distances"],
            )
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def _purge(self) -> None:
        """Take the words of deleted records out of Chroma's files.

        Chroma keeps every write in a log (``embeddings_queue``) until its vector index is next
        saved, which ``chroma vacuum`` waits for too (chroma-core/chroma#7659). Replaying the log
        needs the vectors alone, so the words of records that are gone can be blanked.
        """
        try:
            # SQLite's file locks hold between processes; Python's SQLite and Chroma's own, in one
            # process, do not see each other's, and a reader during VACUUM damages the file.
            with (
                self._access,
                closing(sqlite3.connect(self._path / "chroma.sqlite3", timeout=30)) as database,
            ):
                database.execute("PRAGMA secure_delete = ON")
                database.execute(
                    "UPDATE embeddings_queue SET metadata = NULL WHERE metadata IS NOT NULL "
                    "AND id NOT IN (SELECT embedding_id FROM embeddings)"
                )
                database.commit()
                database.execute("VACUUM")  # free pages still hold what stood there
            with self._access:
                for header in self._path.glob("*/header.bin"):
                    _blank_unused(header)
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"removed, but words of it may remain in {self._path} ({error}): {_REBUILD}"
            ) from error

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        """Errors of Chroma, which raises bare and Rust-side exceptions alike, as LibraryError."""
        try:
            with self._access:
                yield
        except (LibraryError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            raise LibraryError(
                f"the library at {self._path} {what} ({error}). Where it is damaged, {_REBUILD}"
            ) from error


def _records(collection: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, words, metadata) of a collection's records, read in batches."""
    offset = 0
    while True:
        batch = collection.get(include=["documents", "metadatas"], limit=_BATCH, offset=offset)
        yield from zip(batch["ids"], batch["documents"], batch["metadatas"], strict=True)
        offset += len(batch["ids"])
        if len(batch["ids"]) < _BATCH:
            return


def _blank_unused(header: Path) -> None:
    """Blank the room for further vectors in the files of a vector index.

    hnswlib saves that room as it finds it in memory, so that words which Chroma held there a moment
    before can stand in it. The header's numbers: version, offset, room, vectors, bytes a vector.
    """
    raw = header.read_bytes()[:36]
    if len(raw) < 36:
        return
    version, _, room, used, size = struct.unpack("<iQQQQ", raw)
    for name, bytes_each in (("data_level0.bin", size), ("length.bin", 4)):
        file = header.with_name(name)
        if version == 1 and used <= room and file.stat().st_size == room * bytes_each:
            with file.open("r+b") as stream:
                stream.seek(used * bytes_each)
                for _ in range(used, room):
                    stream.write(bytes(bytes_each))
