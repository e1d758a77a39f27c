"""The three collections of a library: written, read and searched."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import stored
from ingest.errors import LibraryError, cannot_write, damaged, is_damage, is_refusal
from ingest.records import Obligation, Passage, SourceDocument
from ingest.store import health, purge
from ingest.store.connection import COSINE, embedded

DOCUMENTS, PASSAGES, OBLIGATIONS = "documents", "passages", "obligations"
_RECORD = ["documents", "metadatas"]
_BATCH = 2000  # below Chroma's own limit of 5,461 records a call
_DOCUMENTS_AT_ONCE = 50  # whose passages are read with their vectors
REBUILD = "run `python -m ingest rebuild` to make it anew from the kept originals"


def check_model(found: Mapping[str, Any], made_by: Mapping[str, Any] | None) -> None:
    """See that a collection was made with the model that the settings name; None takes any.

    Raises:
        LibraryError: it was made with another.
    """
    if made_by is not None and found != made_by:
        raise LibraryError(
            f"the library was made with the embedding model «{found.get('embedding_model')}» "
            f"({found.get('dimension')} dimensions), the settings name "
            f"«{made_by['embedding_model']}» ({made_by['dimension']}): {REBUILD}, or set "
            f"ASSISTANT_EMBEDDING_MODEL back",
            f"thư viện được lập bằng mô hình nhúng «{found.get('embedding_model')}», khác với "
            f"mô "
            f"hình đang đặt «{made_by['embedding_model']}»: hãy chạy `python -m ingest "
            f"rebuild`, "
            f"hoặc đặt lại ASSISTANT_EMBEDDING_MODEL như cũ",
        )


class Store:
    """The store of one library, made with one embedding model: here in a folder of its own."""

    identity = ""  # of a library at a server, the same for all who use it

    def __init__(
        self,
        path: Path,
        embedding_name: str,
        dimension: int,
        *,
        any_model: bool = False,
        trusting: bool = False,
    ) -> None:
        """Open or make the store at ``path``; ``any_model`` reads one that another model made,
        ``trusting`` one whose vector indexes may be damaged, to read its documents: indexes that
        can't be loaded are deleted.

        Raises:
            DamagedStore: its files contradict themselves.
            LibraryError: the folder can't be used, or another embedding model made it.
        """
        self._path = path
        self._dimension = dimension
        made_by = None if any_model else {"embedding_model": embedding_name, "dimension": dimension}
        self._access = threading.RLock()  # one at a time in the files, see _purge
        self._sound = False  # as far as is known
        # Whatever was written since the last clean closing may have left words: a removal that was
        # cut short, or a write, whose pages SQLite takes back without blanking them. So the files
        # not being as they were left is a mark that outlasts any number of kills.
        is_cut_short = purge.holds_words(path) and not health.is_as_left(path)
        with self._failing_as("could not be opened"):
            health.check(path, indexes=not trusting)
            if trusting:
                health.delete_unloadable(path)
            self._client = embedded(path)
        try:
            with self._failing_as("could not be opened"):
                purge.delete_exactly(path)
                self._documents = self._collection(DOCUMENTS, made_by)
                self._passages = self._collection(PASSAGES, made_by)
                self._obligations = self._collection(OBLIGATIONS, made_by)
                if (is_cut_short or purge.owed(path)) and not trusting:
                    self._take_log_in()
                    purge.purge(path)
        except BaseException:
            self.close()
            raise
        self._sound = not trusting

    def _collection(self, name: str, made_by: dict[str, Any] | None) -> Any:
        collection = self._client.get_or_create_collection(
            name, metadata=made_by, configuration=dict(COSINE), embedding_function=None
        )
        check_model(collection.metadata or {}, made_by)
        return collection

    def _take_log_in(self) -> None:
        """Have Chroma do what its log has and its tables lack, which it otherwise puts off until
        a collection is first read: what it removes then is to be blanked too, and a record that it
        writes then needs its words from the log."""
        for collection in (self._documents, self._passages, self._obligations):
            collection.count()

    def close(self) -> None:
        """Release the files; the store can't be used after it."""
        self._client.close()
        with contextlib.suppress(OSError):
            purge.blank_unused(self._path)  # Chroma may have saved an index since the last purge
            if self._sound:
                health.leave(self._path)

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
                f"{expected}: {REBUILD}"
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
                self._confirm(batch)

    def confirm_obligations(self, document_ids: Iterable[str]) -> None:
        """Note that what the store has of these documents is what this version finds."""
        ids = sorted(document_ids)
        with self._failing_as("could not be written"):
            for at in range(0, len(ids), _BATCH):
                self._confirm(ids[at : at + _BATCH])

    def _confirm(self, document_ids: Sequence[str]) -> None:
        versions = [{"register": stored.REGISTER_VERSION} for _ in document_ids]
        self._documents.update(ids=list(document_ids), metadatas=versions)

    def amend(self, document: SourceDocument, *, outdated: bool = False) -> None:
        """Write the record of a committed document anew, its text being the same; ``outdated``
        says that its rows of the register are still those of before (:meth:`outdated`)."""
        metadata = stored.document_metadata(document)
        if outdated:
            metadata["register"] = 0
        with self._failing_as("could not be written"):
            self._documents.update(ids=[document.id], metadatas=[metadata])

    def vectors_of(
        self, document_ids: Sequence[str]
    ) -> dict[str, tuple[list[Passage], NDArray[np.float32]]]:
        """By document its passages in order, and their vectors."""
        found: dict[str, list[tuple[Passage, Any]]] = {i: [] for i in document_ids}
        with self._failing_as("could not be read"):
            for at in range(0, len(document_ids), _DOCUMENTS_AT_ONCE):
                got = self._passages.get(
                    where={
                        "document_id": {"$in": list(document_ids[at : at + _DOCUMENTS_AT_ONCE])}
                    },
                    include=["embeddings", "metadatas", "documents"],
                )
                records = zip(got["ids"], got["documents"], got["metadatas"], strict=True)
                for record, vector in zip(records, got["embeddings"], strict=True):
                    passage = stored.passage_of(*record)
                    found[passage.document_id].append((passage, vector))
        in_order = {i: sorted(ones, key=lambda one: one[0].id) for i, ones in found.items()}
        return {
            i: (
                [passage for passage, _ in ones],
                np.array([v for _, v in ones], np.float32).reshape(-1, self._dimension),
            )
            for i, ones in in_order.items()
        }

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
            purge.owe(self._path)
            self._documents.delete(ids=list(document_ids))
            # Passages last: what is cut short before is found by their number, and done again.
            for collection in (self._obligations, self._passages):
                collection.delete(where={"document_id": {"$in": list(document_ids)}})
        self._purge()

    def take_back(self, document_ids: Sequence[str]) -> frozenset[str]:
        """Remove what a failed :meth:`add` left; the ids of the documents that are surely gone."""
        self.remove(document_ids)
        return frozenset(document_ids)

    def marked(self, document_ids: Collection[str]) -> frozenset[str]:
        """Those of ``document_ids`` that have a commit mark."""
        if not document_ids:
            return frozenset()
        with self._failing_as("could not be read"):
            return frozenset(self._documents.get(ids=sorted(document_ids), include=[])["ids"])

    def ids(self) -> tuple[str, ...]:
        """The ids of the documents, in order."""
        with self._failing_as("could not be read"):
            return tuple(sorted(self._documents.get(include=[])["ids"]))

    def passage_count(self) -> int:
        """The number of passages, whether their documents are committed or not."""
        with self._failing_as("could not be read"):
            return int(self._passages.count())

    def records(
        self, document_ids: Sequence[str]
    ) -> tuple[list[SourceDocument], list[Passage], list[Obligation]]:
        """Some documents, their passages and their rows of the register."""
        wanted = list(document_ids)
        belonging = {"document_id": {"$in": wanted}}
        with self._failing_as("could not be read"):
            documents = _rows(self._documents.get(ids=wanted, include=_RECORD))
            passages = _rows(self._passages.get(where=belonging, include=_RECORD))
            duties = _rows(self._obligations.get(where=belonging, include=_RECORD))
        return (
            [stored.document_of(*row) for row in documents],
            [stored.passage_of(*row) for row in passages],
            [stored.obligation_of(*row) for row in duties],
        )

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
        try:
            with self._access:
                purge.purge(self._path)
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"removed, but words of it may remain in {self._path} until the library is opened "
                f"next ({error}); or {REBUILD}",
                f"đã gỡ, nhưng có thể còn sót chữ trong {self._path} cho tới lần mở thư viện sau "
                f"({error})",
            ) from error

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        """Errors of Chroma, which raises bare and Rust-side exceptions alike, as LibraryError."""
        try:
            with self._access:
                yield
        except LibraryError:
            raise
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            self._sound = False
            raise
        except health.Unsound as error:
            raise damaged(self._path, error) from error
        except BaseException as error:
            self._sound = False
            if is_refusal(error, self._path):
                raise cannot_write(self._path, error) from error
            if is_damage(error):
                raise damaged(self._path, error) from error
            raise LibraryError(
                f"the library at {self._path} {what} ({error}). Where it is damaged, {REBUILD}",
                f"không dùng được thư viện ở {self._path} ({error}). Nếu thư viện bị hỏng, hãy "
                f"chạy `python -m ingest rebuild` để lập lại từ các tệp gốc được giữ",
            ) from error


def _rows(found: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, words, metadata) of what Chroma gave."""
    return zip(found["ids"], found["documents"], found["metadatas"], strict=True)


def _records(collection: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(id, words, metadata) of a collection's records, read in batches."""
    offset = 0
    while True:
        batch = collection.get(include=["documents", "metadatas"], limit=_BATCH, offset=offset)
        yield from zip(batch["ids"], batch["documents"], batch["metadatas"], strict=True)
        offset += len(batch["ids"])
        if len(batch["ids"]) < _BATCH:
            return
