"""The store at a Chroma server, which any number of processes read and write at once.

Collection ``library`` names in its metadata the *generation* that counts: a rebuild writes the
other collections anew beside the old ones, then changes that name, and every process follows.
Collection ``removed`` keeps the ids of documents that were removed, so that each process can delete
its own kept original of them.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ingest import stored
from ingest.errors import LibraryError
from ingest.records import Obligation, Passage, SourceDocument
from ingest.store.connection import Server
from ingest.store.shared import (
    SECOND,
    Mark,
    MarkCollection,
    Overdue,
    VersionedCollection,
    Versions,
    new_version,
    parted,
    time_of,
)
from ingest.store.store import DOCUMENTS, OBLIGATIONS, PASSAGES, Store, check_model
from ingest.store.wire import WRITING, patient

log = logging.getLogger(__name__)

LIBRARY, REMOVED = "library", "removed"
ORPHAN_AGE = 60 * 60 * SECOND  # an uncommitted version may be in work for so long
_OVERLAP = 60 * SECOND  # a mark is read by others so long after the time that it carries at most
_DOCUMENTS_A_READ = 100
_TRIES = 3
_REBUILD = "rebuild"  # id of the record that says who makes the library anew
_REBUILD_AGE = 15 * 60 * SECOND  # untold for so long, it was cut short
_OVERTAKEN = 60 * SECOND  # within which a rebuild does again a removal that it has overtaken
_REBUILD_TOLD = 30.0  # seconds

_Result = TypeVar("_Result")
Found = tuple[SourceDocument, tuple[Passage, ...], tuple[Obligation, ...]]


@dataclass(frozen=True, slots=True)
class Changes:
    """What others did to a library: documents that are new or changed, and ids of those gone."""

    found: tuple[Found, ...] = ()
    gone: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.found or self.gone)


def generation_at(server: Server) -> str | None:
    """The generation that counts at ``server``, None where there is no library yet.

    Raises:
        LibraryError: the server can't be read.
    """
    library = server.existing(LIBRARY)
    generation = str((library.metadata or {}).get("generation", "")) if library else ""
    return generation if server.existing(_names(generation)[0]) is not None else None


def _names(generation: str) -> tuple[str, ...]:
    """The names of a generation's collections."""
    suffix = f"-{generation}" if generation else ""
    return DOCUMENTS + suffix, PASSAGES + suffix, OBLIGATIONS + suffix


class _Moved(LibraryError):
    """The collections are gone: a rebuild has put others in their place."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"the library at {url} is being made anew by others: try again",
            f"thư viện ở {url} đang được lập lại: hãy thử lại sau",
        )


class ServerStore(Store):
    """A library at a Chroma server, made with one embedding model.

    As :class:`Store`, and by several threads and processes at once. A request waits some seconds
    for a server that is being started anew; then it fails with :class:`ingest.errors.ServerAway`.
    """

    def __init__(
        self,
        server: Server,
        embedding_name: str,
        dimension: int,
        *,
        any_model: bool = False,
        generation: str | None = None,
    ) -> None:
        """Open or make the library at ``server``, which is closed with it.

        ``generation`` is that of a rebuild, None for the one that counts.

        Raises:
            LibraryError: the server can't be used, or another embedding model made the library.
        """
        self._server = server
        self._dimension = dimension
        self._made_by = (
            None if any_model else {"embedding_model": embedding_name, "dimension": dimension}
        )
        self._access: Any = nullcontext()
        self._fixed = generation is not None
        self._latest = 0  # the newest change that was read, in the server's time
        self._incomplete: dict[str, int] = {}  # times that a document was read without a part
        self._old_rows: frozenset[str] = frozenset()
        self.generation = generation or ""
        try:
            with self._failing_as("could not be opened"), patient(WRITING):
                self.identity = str(self._server.collection(LIBRARY, {"generation": ""}).id)
                self._removed = self._server.collection(REMOVED, None)
                if generation is None:
                    self.generation = self._pointer()
                self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        opened = [self._server.collection(n, self._made_by) for n in _names(self.generation)]
        for collection in opened:
            check_model(collection.metadata or {}, self._made_by)
        self._versions = versions = Versions()
        documents, passages, obligations = opened
        self._documents: Any = MarkCollection(documents, versions, self._server.now)
        self._passages: Any = VersionedCollection(passages, versions)
        self._obligations: Any = VersionedCollection(obligations, versions)

    def _pointer(self) -> str:
        """The generation that counts now."""
        if (library := self._server.existing(LIBRARY)) is None:
            raise LibraryError(
                f"the server at {self._server.url} has lost the library: was it started with "
                f"another folder (`chroma run --path`)?",
                f"máy chủ ở {self._server.url} không còn thư viện: có phải đã được bật với thư mục "
                f"khác (`chroma run --path`)?",
            )
        return str((library.metadata or {}).get("generation", ""))

    def _follow_pointer(self) -> bool:
        """Take up the generation that counts; whether it was another."""
        if self._fixed or (generation := self._pointer()) == self.generation:
            return False
        before, self.generation = self.generation, generation
        try:
            self._open()
        except BaseException:
            self.generation = before
            raise
        return True

    def close(self) -> None:
        """Release the connections; the store can't be used after it."""
        self._server.close()

    @property
    def away(self) -> bool:
        """Whether the last request found no server."""
        return self._server.away

    # --- writing ---------------------------------------------------------------------------------

    def _written(self, action: Callable[[], _Result]) -> _Result:
        """Do ``action``, and once more where a rebuild changed the collections meanwhile."""
        failure: LibraryError = _Moved(self._server.url)
        with patient(WRITING):
            for _ in range(_TRIES):
                with self._failing_as("could not be written"):
                    self._follow_pointer()
                try:
                    result = action()
                except (_Moved, Overdue) as error:
                    failure = error
                    continue
                with self._failing_as("could not be written"):
                    if self._fixed or self._pointer() == self.generation:
                        return result
        raise failure

    def add(
        self,
        documents: Sequence[SourceDocument],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        obligations: Sequence[Obligation] = (),
    ) -> None:
        """As :meth:`Store.add`; what another process has committed meanwhile stays as it is."""
        counts = dict.fromkeys((d.id for d in documents), 0)
        for passage in passages:
            counts[passage.document_id] = counts.get(passage.document_id, 0) + 1

        def write() -> None:
            with self._failing_as("could not be written"):
                version = new_version(self._server.now())
            with self._versions.writing(version, counts):
                super(ServerStore, self).add(documents, passages, vectors, obligations)
            self._settle([d.id for d in documents], version)

        self._written(write)

    def _settle(self, document_ids: Sequence[str], version: str) -> None:
        """See whose marks stand, and take back what was written in vain."""
        with self._failing_as("could not be written"):
            marks = self._documents.marks(document_ids)
            own = {i: mark for i, mark in marks.items() if mark.version == version}
            self._versions.marks.update(own)  # another's are read with the next changes
            vain = [i for i in document_ids if i not in own]
            if vain:
                for collection in (self._passages, self._obligations):
                    collection.delete_version(vain, version)
            if document_ids:
                self._removed.delete(ids=list(document_ids))

    def amend(self, document: SourceDocument, *, outdated: bool = False) -> None:
        """As :meth:`Store.amend`."""
        self._written(lambda: super(ServerStore, self).amend(document, outdated=outdated))

    def add_passages(self, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> None:
        """As :meth:`Store.add_passages`."""

        def write() -> None:
            super(ServerStore, self).add_passages(passages, vectors)

        if self._versions.written:  # as a part of :meth:`add`
            write()
        else:
            self._written(write)

    def renew_obligations(
        self, documents: Sequence[SourceDocument], obligations: Sequence[Obligation]
    ) -> None:
        """As :meth:`Store.renew_obligations`."""
        self._written(lambda: super(ServerStore, self).renew_obligations(documents, obligations))

    def confirm_obligations(self, document_ids: Iterable[str]) -> None:
        """As :meth:`Store.confirm_obligations`."""
        ids = list(document_ids)
        self._written(lambda: super(ServerStore, self).confirm_obligations(ids))

    def remove(self, document_ids: Sequence[str]) -> None:
        """Remove the commit marks, then what belongs to them.

        Their words stay in the server's files until they are purged there
        (:func:`ingest.store.purge`).
        """
        ids = list(document_ids)
        if not ids:
            return

        def delete() -> None:
            with self._failing_as("could not be written"):
                marks = self._documents.marks(ids)
                self._versions.marks.update(marks)
                self._bury(ids)
                self._documents.delete(ids)
                # Without a mark there is no version to delete, and another may be writing one.
                for collection in (self._passages, self._obligations) if marks else ():
                    collection.delete(where={"document_id": {"$in": list(marks)}})
                self._bury(ids)  # one who added it meanwhile has dug it out
            for document_id in ids:
                self._versions.marks.pop(document_id, None)

        self._written(delete)

    def take_back(self, document_ids: Sequence[str]) -> frozenset[str]:
        """Nothing: what has no mark is swept, and a mark may be another's, or be there though the
        answer that said so was lost."""
        return frozenset(document_ids) - self.marked(document_ids)

    def _bury(self, document_ids: Sequence[str]) -> None:
        now = self._server.now()
        self._removed.upsert(
            ids=list(document_ids),
            embeddings=[[1.0] for _ in document_ids],
            metadatas=[{"at": now} for _ in document_ids],
        )

    def removed(self, document_ids: Collection[str], seconds: float) -> frozenset[str]:
        """Those of ``document_ids`` that somebody removed more than ``seconds`` ago."""
        if not document_ids:
            return frozenset()
        with self._failing_as("could not be read"):
            before = self._server.now() - int(seconds * SECOND)
            found = self._removed.get(ids=sorted(document_ids), include=["metadatas"])
            gone = {
                identity
                for identity, meta in zip(found["ids"], found["metadatas"], strict=True)
                if meta["at"] <= before
            }
            return frozenset(gone - self._documents.marks(sorted(gone)).keys() if gone else ())

    def sweep(self, age: int = ORPHAN_AGE) -> int:
        """Delete what was left without a mark more than ``age`` nanoseconds ago; how many records.

        Younger orphans may be in work by another process.
        """
        with self._failing_as("could not be written"):
            before = self._server.now() - age
            count = 0
            for collection in (self._passages, self._obligations):
                old: dict[str, set[str]] = {}  # documents by version
                left: list[tuple[str, str]] = []
                for raw in collection.stored_ids():
                    identity, version = parted(raw)
                    document_id = identity.partition(":")[0]
                    if time_of(version) < before and not self._stands(document_id, version):
                        old.setdefault(version, set()).add(document_id)
                        left.append((document_id, version))
                marks = self._documents.marks(sorted({d for ds in old.values() for d in ds}))
                orphans = {
                    (document_id, version)
                    for version, ids in old.items()
                    for document_id in ids
                    if document_id not in marks or marks[document_id].version != version
                }
                for document_id, version in sorted(orphans):
                    collection.delete_version([document_id], version)
                count += sum(pair in orphans for pair in left)
        return count

    def _stands(self, document_id: str, version: str) -> bool:
        mark = self._versions.marks.get(document_id)
        return mark is not None and mark.version == version

    # --- reading ---------------------------------------------------------------------------------

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document of the library, by name."""
        with self._failing_as("could not be read"):
            ids = self._documents.get(include=[])["ids"]
            marks: dict[str, Mark] = {}
            documents, old_rows = [], set()
            for at in range(0, len(ids), _DOCUMENTS_A_READ):
                for document, mark, meta in self._marked(ids[at : at + _DOCUMENTS_A_READ]):
                    documents.append(document)
                    marks[document.id] = mark
                    if meta.get("register") != stored.REGISTER_VERSION:
                        old_rows.add(document.id)
            self._versions.marks = marks
            self._old_rows = frozenset(old_rows)
        return tuple(sorted(documents, key=lambda d: (d.name, d.id)))

    def _marked(self, ids: Sequence[str]) -> Iterator[tuple[SourceDocument, Mark, dict[str, Any]]]:
        found = self._documents.get(ids=list(ids), include=["documents", "metadatas", "uris"])
        uris = found["uris"] or [None] * len(found["ids"])
        for identity, text, meta, uri in zip(
            found["ids"], found["documents"], found["metadatas"], uris, strict=True
        ):
            self._latest = max(self._latest, meta.get("changed", 0))
            yield stored.document_of(identity, text, meta), Mark.of(meta, uri), meta

    def outdated(self) -> frozenset[str]:
        """As :meth:`Store.outdated`, of the documents as :meth:`documents` read them last."""
        return self._old_rows

    def passages(self) -> tuple[Passage, ...]:
        """Every passage of the documents that :meth:`documents` gave, in document order.

        What is without a mark is left to :meth:`sweep`.
        """
        with self._failing_as("could not be read"):
            passages = [
                stored.passage_of(*record)
                for record in self._passages.records(self._versions.marks)
            ]
        self._check_counts(passages)
        return tuple(sorted(passages, key=lambda p: p.id))

    def _check_counts(self, passages: Sequence[Passage]) -> None:
        """Forget the marks of documents that others removed or wrote while they were read, so that
        :meth:`changes` reads them again."""
        counts: dict[str, int] = {}
        for passage in passages:
            counts[passage.document_id] = counts.get(passage.document_id, 0) + 1
        for identity, mark in list(self._versions.marks.items()):
            if mark.passages is not None and mark.passages != counts.get(identity, 0):
                del self._versions.marks[identity]

    def obligations(self) -> tuple[Obligation, ...]:
        """Every row of the register of these documents, by document and place in it."""
        with self._failing_as("could not be read"):
            found = [
                stored.obligation_of(*record)
                for record in self._obligations.records(self._versions.marks)
            ]
        return tuple(sorted(found, key=lambda duty: (duty.document_id, duty.start, duty.id)))

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """As :meth:`Store.nearest`; none while a rebuild's collections are being taken up."""
        try:
            return super().nearest(vector, limit, documents)
        except _Moved:
            return []

    def changes(self, held: Collection[str]) -> Changes:
        """What others did since the last reading; ``held`` are the ids that readers have.

        Two small requests where nothing was done; what is new or changed is read, nothing else.
        """
        try:
            with self._failing_as("could not be read"):
                self._follow_pointer()
                return self._changes(held)
        except _Moved:
            return Changes()  # the next call finds where to

    def _changes(self, held: Collection[str]) -> Changes:
        marks = self._versions.marks
        since = {"changed": {"$gt": self._latest - _OVERLAP}}
        recent = self._documents.get(where=since, include=["uris"])
        stale = {
            identity
            for identity, edition in zip(recent["ids"], recent["uris"] or (), strict=True)
            if identity not in marks or marks[identity].edition != edition
        }
        if not stale and self._documents.count() == len(marks) == len(held):
            return Changes()
        listed = set(self._documents.get(include=[])["ids"])
        missing = (set(held) | marks.keys()) - listed
        listed |= self._documents.marks(sorted(missing)).keys()  # asked once more: others write
        gone = frozenset(set(held) - listed)
        for identity in set(marks) - listed:
            del marks[identity]
        return Changes(tuple(self._read(sorted(stale | (listed - marks.keys())))), gone)

    def _read(self, document_ids: Sequence[str]) -> Iterator[Found]:
        """Documents with all that belongs to them, as far as they are whole."""
        for at in range(0, len(document_ids), _DOCUMENTS_A_READ):
            marked = list(self._marked(document_ids[at : at + _DOCUMENTS_A_READ]))
            marks = {document.id: mark for document, mark, _ in marked}
            for identity in self._overtaken(marks):
                del marks[identity]
            passages: dict[str, list[Passage]] = {i: [] for i in marks}
            rows: dict[str, list[Obligation]] = {i: [] for i in marks}
            for record in self._passages.records(marks):
                passages[record[2]["document_id"]].append(stored.passage_of(*record))
            for record in self._obligations.records(marks):
                rows[record[2]["document_id"]].append(stored.obligation_of(*record))
            for document, mark, _ in marked:
                if document.id in marks and self._is_whole(
                    document.id, mark, len(passages[document.id])
                ):
                    self._versions.marks[document.id] = mark
                    yield (
                        document,
                        tuple(sorted(passages[document.id], key=lambda p: p.id)),
                        tuple(rows[document.id]),
                    )

    def _overtaken(self, marks: Mapping[str, Mark]) -> frozenset[str]:
        """The documents of ``marks`` that somebody removed moments ago, after they were written.

        A rebuild had carried them over already, and will do their removal to its own collections.
        """
        found = self._removed.get(ids=sorted(marks), include=["metadatas"]) if marks else None
        if not found or not found["ids"]:
            return frozenset()
        since = self._server.now() - _OVERTAKEN
        return frozenset(
            identity
            for identity, meta in zip(found["ids"], found["metadatas"], strict=True)
            if meta["at"] > max(since, time_of(marks[identity].version))
        )

    def _is_whole(self, document_id: str, mark: Mark, passages: int) -> bool:
        """Whether all of a document was read; one that stays without a part is taken as it is."""
        if mark.passages in (None, passages):
            self._incomplete.pop(document_id, None)
            return True
        tries = self._incomplete[document_id] = self._incomplete.get(document_id, 0) + 1
        if tries >= _TRIES:
            log.warning("%s: %d of %s passages", document_id[:12], passages, mark.passages)
        return tries >= _TRIES

    # --- making it anew --------------------------------------------------------------------------

    @contextmanager
    def rebuilding(self) -> Iterator[Callable[[], None]]:
        """Be the one that makes the library anew; gives a function to call while that goes on.

        Raises:
            LibraryError: another process is making it anew.
        """
        token = secrets.token_hex(8)
        with self._failing_as("could not be written"), patient(WRITING):
            library = self._server.collection(LIBRARY, {"generation": ""})
            record = {"ids": [_REBUILD], "embeddings": [[1.0]]}

            def claim() -> str:
                """Whose it is: the first one's, but for one that was cut short."""
                now = self._server.now()
                library.add(**record, metadatas=[{"by": token, "at": now}])
                found = library.get(ids=[_REBUILD], include=["metadatas"])["metadatas"]
                if found and found[0]["at"] < now - _REBUILD_AGE:
                    library.delete(ids=[_REBUILD])
                    return claim()
                return str(found[0]["by"]) if found else ""

            if claim() != token:
                raise LibraryError(
                    f"the library at {self._server.url} is being made anew by another process",
                    f"thư viện ở {self._server.url} đang được một chương trình khác lập lại",
                )
        last = time.monotonic()

        def still_at_it() -> None:
            nonlocal last
            if time.monotonic() - last > _REBUILD_TOLD:
                last = time.monotonic()
                with self._failing_as("could not be written"):
                    library.update(ids=[_REBUILD], metadatas=[{"at": self._server.now()}])

        try:
            yield still_at_it
        finally:
            with suppress(Exception):
                library.delete(ids=[_REBUILD])

    def point_to(self, generation: str) -> None:
        """Make ``generation`` the one that counts, for every process."""
        with self._failing_as("could not be written"), patient(WRITING):
            library = self._server.collection(LIBRARY, {"generation": ""})
            library.modify(metadata={"generation": generation})

    def discard(self) -> None:
        """Delete the collections of all generations but the one that counts."""
        with self._failing_as("could not be written"), patient(WRITING):
            counting = set(_names(self._pointer()))
            for name in self._server.collections():
                if name not in counting and name.startswith((DOCUMENTS, PASSAGES, OBLIGATIONS)):
                    self._server.delete_collection(name)

    @contextmanager
    def _failing_as(self, what: str) -> Iterator[None]:
        """Errors of the wire and of Chroma as LibraryError."""
        import httpx
        from chromadb.errors import NotFoundError

        try:
            yield
        except (LibraryError, _Moved, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except NotFoundError as error:
            raise _Moved(self._server.url) from error
        except httpx.TransportError as error:
            raise self._server.away_error(error) from error
        except BaseException as error:
            if self._server.away:  # a proxy's page in the place of an answer
                raise self._server.away_error(error) from error
            raise LibraryError(
                f"the library at {self._server.url} {what} ({error})",
                f"thư viện ở {self._server.url} không dùng được ({error})",
            ) from error
