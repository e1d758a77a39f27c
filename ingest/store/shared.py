"""Collections of a Chroma server as the store uses them, though other processes write them too.

A document's passages and rows of the register carry the *version* of the writing that they belong
to, and so does its commit mark. Two processes that add one document at once each write a version
of their own; the first mark stands, and what has another version than the mark does not exist for
any reader. A version begins with the server's time, which tells how old an orphan is.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.errors import LibraryError

SECOND = 10**9  # nanoseconds
# A version that took longer to write may be swept by others: a machine slept over it, say.
_LONGEST_WRITING = 40 * 60 * SECOND
_TIME_DIGITS = 16  # hexadecimal digits of nanoseconds
_BATCH = 2000
_ROUNDS = 3  # of a search, each for four times as many
_LISTED = 200  # documents; of more, listing all ids is faster than a condition

Records = dict[str, Any]  # what Chroma takes and gives: columns by name


def new_version(now: int) -> str:
    """A version that nobody else writes; ``now`` is the server's time in nanoseconds."""
    return f"{now:0{_TIME_DIGITS}x}{secrets.token_hex(4)}"


def time_of(version: str) -> int:
    """When a version was begun, in nanoseconds; 0 for what was written without a server."""
    try:
        return int(version[:_TIME_DIGITS], 16) if version else 0
    except ValueError:
        return 0


def parted(stored_id: str) -> tuple[str, str]:
    """(id, version) of a record.

    >>> parted("ab12:00003@17f")
    ('ab12:00003', '17f')
    """
    identity, _, version = stored_id.partition("@")
    return identity, version


def stored_id(identity: str, version: str) -> str:
    """The id under which a version of a record is stored."""
    return f"{identity}@{version}" if version else identity


@dataclass(frozen=True, slots=True)
class Mark:
    """What a commit mark says of its record: ``edition`` changes with every change of it."""

    version: str
    edition: str
    passages: int | None = None  # how many there are, None where it was written without a server

    @classmethod
    def of(cls, meta: Mapping[str, Any], uri: str | None) -> Mark:
        return cls(meta.get("version", ""), uri or "", meta.get("passages"))


class Overdue(LibraryError):
    """Writing a version took so long that others may sweep it: it must be written anew."""


class Versions:
    """The versions of documents: those that are committed, and those that this thread writes."""

    def __init__(self) -> None:
        self.marks: dict[str, Mark] = {}  # of the documents that readers have
        self._local = threading.local()

    @contextlib.contextmanager
    def writing(self, version: str, counts: Mapping[str, int]) -> Iterator[None]:
        """Documents, with their numbers of passages, are written as ``version`` in here."""
        self._local.written = {i: Mark(version, "", count) for i, count in counts.items()}
        try:
            yield
        finally:
            self._local.written = {}

    @property
    def written(self) -> dict[str, Mark]:
        """What this thread writes."""
        return getattr(self._local, "written", {})

    def of(self, document_id: str) -> str:
        """The version that counts for this thread; «» where there is none."""
        mark = self.written.get(document_id) or self.marks.get(document_id)
        return mark.version if mark else ""

    def condition(self, document_ids: Iterable[str]) -> Records:
        """Chroma's condition for the records of documents in their versions."""
        return condition_of({i: self.of(i) for i in document_ids})


def condition_of(versions: Mapping[str, str]) -> Records:
    """Chroma's condition for the records of documents, given their versions by id."""
    versioned = sorted(i for i, version in versions.items() if version)
    plain = sorted(i for i, version in versions.items() if not version)
    parts: list[Records] = []
    if versioned:
        chosen = sorted({versions[i] for i in versioned})
        parts.append({"$and": [{"document_id": {"$in": versioned}}, {"version": {"$in": chosen}}]})
    if plain:
        parts.append({"document_id": {"$in": plain}})
    return parts[0] if len(parts) == 1 else {"$or": parts}


class VersionedCollection:
    """Passages, or rows of the register: readers and writers see one version of a document."""

    def __init__(self, collection: Any, versions: Versions) -> None:
        self._collection, self._versions = collection, versions

    def upsert(self, ids: Sequence[str], metadatas: Sequence[Records], **columns: Any) -> None:
        versions = [self._versions.of(meta["document_id"]) for meta in metadatas]
        self._collection.upsert(
            ids=[stored_id(i, v) for i, v in zip(ids, versions, strict=True)],
            metadatas=[
                meta | ({"version": v} if v else {})
                for meta, v in zip(metadatas, versions, strict=True)
            ],
            **columns,
        )

    def get(self, where: Records, include: Sequence[str]) -> Records:
        """The records of the documents that ``where`` names, under their own ids."""
        found: Records = self._collection.get(where=self._translated(where), include=list(include))
        return found | {"ids": [parted(i)[0] for i in found["ids"]]}

    def delete(self, where: Records) -> None:
        self._collection.delete(where=self._translated(where))

    def delete_version(self, document_ids: Iterable[str], version: str) -> None:
        """Delete what was written of documents as ``version``."""
        ids = list(document_ids)
        for at in range(0, len(ids), _BATCH):
            part = {"document_id": {"$in": ids[at : at + _BATCH]}}
            self._collection.delete(where={"$and": [part, {"version": version}]})

    def query(
        self, query_embeddings: Any, n_results: int, where: Records | None, include: Any
    ) -> Records:
        """As of Chroma's, of one vector: what has no mark, or another version, is passed over."""
        asked = n_results
        for _ in range(_ROUNDS):
            found = self._collection.query(
                query_embeddings=query_embeddings,
                n_results=asked,
                where=self._translated(where) if where else None,
                include=include,
            )
            kept = [
                (identity, distance)
                for raw, distance in zip(found["ids"][0], found["distances"][0], strict=True)
                for identity, version in [parted(raw)]
                if self._counts(identity, version)
            ][:n_results]
            if len(kept) == n_results or len(found["ids"][0]) < asked:
                break
            asked *= 4  # others are adding: what they have written so far is not there yet
        return {"ids": [[i for i, _ in kept]], "distances": [[d for _, d in kept]]}

    def _counts(self, identity: str, version: str) -> bool:
        mark = self._versions.marks.get(identity.partition(":")[0])
        return mark is not None and mark.version == version

    def records(self, marks: Mapping[str, Mark]) -> Iterator[tuple[str, str, Records]]:
        """(id, words, metadata) of all that belongs to documents, in the versions of ``marks``."""
        for ids in self._ids(marks):
            batch = self._collection.get(ids=ids, include=["documents", "metadatas"])
            for raw, words, meta in zip(
                batch["ids"], batch["documents"], batch["metadatas"], strict=True
            ):
                yield parted(raw)[0], words, meta

    def _ids(self, marks: Mapping[str, Mark]) -> Iterator[list[str]]:
        """The stored ids of what belongs to documents, in batches; a scan by offset would miss
        some where others delete meanwhile."""
        if len(marks) > _LISTED:
            raw_ids = self.stored_ids()
        else:
            condition = condition_of({i: mark.version for i, mark in marks.items()})
            raw_ids = self._collection.get(where=condition, include=[])["ids"] if marks else []
        wanted = []
        for raw in raw_ids:
            identity, version = parted(raw)
            mark = marks.get(identity.partition(":")[0])
            if mark is not None and mark.version == version:
                wanted.append(raw)
        for at in range(0, len(wanted), _BATCH):
            yield wanted[at : at + _BATCH]

    def count(self) -> int:
        """How many there are, in whatever version."""
        return int(self._collection.count())

    def stored_ids(self) -> list[str]:
        """The ids of all records, with their versions."""
        return list(self._collection.get(include=[])["ids"])

    def _translated(self, where: Records) -> Records:
        wanted = where["document_id"]
        return self._versions.condition([wanted] if isinstance(wanted, str) else wanted["$in"])


class MarkCollection:
    """The commit marks: the first one of a document stands, and every change of one shows."""

    def __init__(self, collection: Any, versions: Versions, now: Callable[[], int]) -> None:
        self._collection, self._versions, self._now = collection, versions, now

    def upsert(self, ids: Sequence[str], metadatas: Sequence[Records], **columns: Any) -> None:
        """Write marks of documents that have none; those that are there stay as they are."""
        changed = self._now()
        editions = [secrets.token_hex(8) for _ in ids]
        own = [self._versions.written[i] for i in ids]
        if any(changed - time_of(mark.version) > _LONGEST_WRITING for mark in own):
            raise Overdue("the documents took too long to be written: add them again")
        self._collection.add(
            ids=list(ids),
            metadatas=[
                meta | {"version": mark.version, "passages": mark.passages, "changed": changed}
                for meta, mark in zip(metadatas, own, strict=True)
            ],
            uris=editions,
            **columns,
        )

    def update(self, ids: Sequence[str], metadatas: Sequence[Records], **columns: Any) -> None:
        """Change marks that are there; those that are gone meanwhile stay gone."""
        changed = self._now()
        editions = [secrets.token_hex(8) for _ in ids]
        marks = self._versions.marks
        self._collection.update(
            ids=list(ids),
            metadatas=[meta | {"changed": changed} for meta in metadatas],
            uris=editions,
            **columns,
        )
        for identity, edition in zip(ids, editions, strict=True):
            if mark := marks.get(identity):
                marks[identity] = Mark(mark.version, edition, mark.passages)

    def get(self, **wanted: Any) -> Records:
        return dict(self._collection.get(**wanted))

    def delete(self, ids: Sequence[str]) -> None:
        self._collection.delete(ids=list(ids))

    def count(self) -> int:
        return int(self._collection.count())

    def marks(self, document_ids: Sequence[str]) -> dict[str, Mark]:
        """The marks that documents have now."""
        found: dict[str, Mark] = {}
        for at in range(0, len(document_ids), _BATCH):
            got = self._collection.get(
                ids=list(document_ids[at : at + _BATCH]), include=["metadatas", "uris"]
            )
            for identity, meta, uri in zip(
                got["ids"], got["metadatas"], got["uris"] or [None] * len(got["ids"]), strict=True
            ):
                found[identity] = Mark.of(meta, uri)
        return found
