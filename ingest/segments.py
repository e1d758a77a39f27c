"""The records of a library in blocks that lie in files beside the store and are read at need.

The store is the truth, but to read every passage out of it takes half a minute and two gigabytes
for a library of a hundred thousand. So what was read once is kept in segments: each holds all
records of some documents, never changes, and is mapped into memory rather than read. Documents that
are added make a new segment; few small ones are put together; a delete takes the files of those
that hold the document off the disk first of all, then writes what is left of them again. A segment
that is damaged, or names a document that the store no longer has, is thrown away, and its documents
are read from the store again.
"""

from __future__ import annotations

import hashlib
import json
import logging
import weakref
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, fields
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import stored
from ingest.errors import LibraryError
from ingest.records import Header, Notes, Obligation, Passage, Role, SourceDocument
from ingest.shelf import Parts, Shelf, Strings, with_strings

log = logging.getLogger(__name__)

KIND = "records"
MOST_PASSAGES = 1 << 15  # of a segment of several documents: tables of more take long to make
FEW = 6  # segments less than half as large as may be; more of them are put together
_ROLES = tuple(Role)
_KEPT_DOCUMENTS = 256  # of a segment, that are held in memory as they are read
_KEPT_PASSAGES = 2_048

Records = tuple[Sequence[SourceDocument], Sequence[Passage], Sequence[Obligation]]


def version() -> str:
    """What the records on a shelf are made by: of another version they are read anew."""
    return f"2.{stored.REGISTER_VERSION}"


class StoredDocument(SourceDocument):
    """A document of a segment. Its text and structure are read when they are asked for."""

    __slots__ = ("_at", "_header", "_segment")
    _at: int
    _segment: Segment
    _header: Header | None

    def __new__(cls, *values: Any, **fields: Any) -> SourceDocument:  # type: ignore[misc]
        """What :func:`dataclasses.replace` makes of one is a document of its own."""
        return SourceDocument(*values, **fields)

    @classmethod
    def lying_in(cls, segment: Segment, at: int, identity: str, name: str) -> StoredDocument:
        """The document that stands at ``at`` in ``segment``."""
        document = object.__new__(cls)
        for key, value in (
            ("id", identity), ("name", name), ("_segment", segment), ("_at", at), ("_header", None),
        ):  # fmt: skip
            object.__setattr__(document, key, value)
        return document

    @property
    def header(self) -> Header:
        if self._header is None:
            object.__setattr__(self, "_header", self._segment.header(self._at))
        assert self._header is not None
        return self._header

    @property
    def notes(self) -> Notes:
        return self._segment.notes(self._at)

    @property
    def as_read(self) -> tuple[str, Header] | None:
        return self.whole().as_read if self.notes.by_hand else None

    @property
    def text(self) -> str:
        return self._segment.text(self._at)

    def whole(self) -> SourceDocument:
        """The document with all its fields in memory."""
        return self._segment.whole(self._at)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, SourceDocument):
            return NotImplemented
        others = other.whole() if isinstance(other, StoredDocument) else other
        return self.id == other.id and self.whole() == others

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[Any, ...]:
        whole = self.whole()
        return SourceDocument, tuple(getattr(whole, f.name) for f in fields(SourceDocument))


def _of_whole(name: str) -> property:
    return property(lambda document: getattr(document.whole(), name))


# The slots of the record are not filled: what is not here or above is read from the segment.
for _field in fields(SourceDocument):
    if _field.name not in ("id", "name", "text", "header", "notes", "as_read"):
        setattr(StoredDocument, _field.name, _of_whole(_field.name))


class Segment:
    """The records of some documents, in the order of their ids."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        # The segment of which this one holds all documents but some, as they were.
        self.cut_from: weakref.ref[Segment] | None = None
        self._texts, self._structures = parts.strings("texts"), parts.strings("structures")
        self._notes, self._headers = parts.strings("notes"), parts.strings("headers")
        self._rests, self._duties = parts.strings("rests"), parts.strings("duties")
        arrays = parts.arrays
        self.first_rows: NDArray[np.int64] = arrays["first_rows"]  # of each document; one more
        self.starts: NDArray[np.int32] = arrays["starts"]  # of each passage
        self.ends: NDArray[np.int32] = arrays["ends"]
        self._pages, self._roles = arrays["pages"], arrays["roles"]
        self._ordinals = arrays["ordinals"]
        names = list(parts.strings("names"))
        self.documents = tuple(
            StoredDocument.lying_in(self, at, identity, name)
            for at, (identity, name) in enumerate(zip(parts.documents, names, strict=True))
        )
        self.text = lru_cache(_KEPT_DOCUMENTS)(self._text)
        self.whole = lru_cache(_KEPT_DOCUMENTS)(self._whole)
        self.passage = lru_cache(_KEPT_PASSAGES)(self._passage)

    @classmethod
    def of(cls, records: Records) -> Segment:
        """The segment of these records.

        Raises:
            ValueError: a passage's id is not its document's and a number.
        """
        documents, passages, obligations = records
        documents = sorted(documents, key=lambda d: d.id)
        of_document: dict[str, list[Passage]] = {d.id: [] for d in documents}
        duties: dict[str, list[Obligation]] = {d.id: [] for d in documents}
        for passage in passages:
            of_document[passage.document_id].append(passage)
        for duty in obligations:
            duties[duty.document_id].append(duty)
        ordered = [p for own in of_document.values() for p in sorted(own, key=_ordinal)]
        metas = [stored.document_metadata(d) for d in documents]
        structures = [meta.pop("structure") for meta in metas]
        rests = [stored.passage_metadata(p) for p in ordered]
        columns = {
            key: np.array([rest.pop(key) for rest in rests], np.int32)
            for key in ("start", "end", "page")
        }
        roles = [_ROLES.index(Role(rest.pop("role"))) for rest in rests]
        for rest in rests:
            del rest["document_id"]
        counts = [len(own) for own in of_document.values()]
        arrays: dict[str, NDArray[Any]] = {
            "first_rows": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            "starts": columns["start"],
            "ends": columns["end"],
            "pages": columns["page"],
            "roles": np.array(roles, np.uint8),
            "ordinals": np.array([_ordinal(p) for p in ordered], np.int32),
            **with_strings(
                names=[d.name for d in documents],
                texts=[d.text for d in documents],
                notes=[_json(meta) for meta in metas],
                structures=structures,
                headers=[_json(asdict(d.header)) for d in documents],  # as corrected by hand
                rests=[_json(rest) for rest in rests],
                duties=[_duties_json(own) for own in duties.values()],
            ),
        }
        return cls(Parts(tuple(d.id for d in documents), arrays))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the documents, in order."""
        return self.parts.documents

    @cached_property
    def name(self) -> str:
        """The name of its files: other documents have another."""
        return hashlib.sha256("\n".join(self.ids).encode()).hexdigest()[:24]

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.starts)

    @property
    def roles(self) -> NDArray[np.uint8]:
        """The role of each passage, as its place in :class:`Role`."""
        return self._roles

    def rows_of(self, document: int) -> slice:
        """The passages of a document."""
        return slice(int(self.first_rows[document]), int(self.first_rows[document + 1]))

    def document_of(self, row: int) -> int:
        """Which document a passage is of."""
        return bisect_right(self.first_rows, row) - 1

    def row_of(self, document: int, ordinal: int) -> int | None:
        """The passage of a document with that number in its id."""
        rows = self.rows_of(document)
        at = rows.start + int(self._ordinals[rows].searchsorted(ordinal))
        return at if at < rows.stop and self._ordinals[at] == ordinal else None

    def header(self, document: int) -> Header:
        """The header of a document."""
        return stored.header_of(json.loads(self._headers[document]))

    def notes(self, document: int) -> Notes:
        """The notes on a document."""
        return stored.notes_of(json.loads(self._notes[document]))

    def _whole(self, document: int) -> SourceDocument:
        meta = json.loads(self._notes[document])
        meta["structure"] = self._structures[document]
        return stored.document_of(self.ids[document], self.text(document), meta)

    def _text(self, document: int) -> str:
        return self._texts[document]

    def _passage(self, row: int) -> Passage:
        at = self.document_of(row)
        identity = self.ids[at]
        start, end = int(self.starts[row]), int(self.ends[row])
        meta = json.loads(self._rests[row])
        meta |= {"document_id": identity, "start": start, "end": end}
        meta |= {"page": int(self._pages[row]), "role": _ROLES[self._roles[row]].value}
        text = self.text(at)[start:end]
        return stored.passage_of(f"{identity}:{int(self._ordinals[row]):05d}", text, meta)

    def duties(self, document: int) -> tuple[Obligation, ...]:
        """The rows of the register of a document, in order."""
        return tuple(
            stored.obligation_of(identity, action, meta)
            for identity, action, meta in json.loads(self._duties[document])
        )


def put_together(segments: Sequence[Segment], gone: Collection[str] = ()) -> Segment | None:
    """One segment of all documents of ``segments`` but those in ``gone``; None where none is left.

    It is made of their files' parts: nothing is read anew.
    """
    places = sorted(
        (identity, which, at)
        for which, segment in enumerate(segments)
        for at, identity in enumerate(segment.ids)
        if identity not in gone
    )
    if not places:
        return None
    rows = [segments[which].rows_of(at) for _, which, at in places]
    arrays: dict[str, NDArray[Any]] = {
        "first_rows": np.concatenate([[0], np.cumsum([r.stop - r.start for r in rows])]).astype(
            np.int64
        )
    }
    for name in ("starts", "ends", "pages", "roles", "ordinals"):
        columns = [segments[w].parts.arrays[name] for _, w, _ in places]
        arrays[name] = np.concatenate([c[r] for c, r in zip(columns, rows, strict=True)])
    for name in ("names", "texts", "notes", "structures", "headers", "duties"):
        strings = [segment.parts.strings(name) for segment in segments]
        pieces = [strings[w][at : at + 1] for _, w, at in places]
        arrays |= with_strings(**{name: Strings.joined(pieces)})
    rests = [segment.parts.strings("rests") for segment in segments]
    pieces = [rests[w][r] for (_, w, _), r in zip(places, rows, strict=True)]
    arrays |= with_strings(rests=Strings.joined(pieces))
    return Segment(Parts(tuple(identity for identity, _, _ in places), arrays))


def split(records: Records) -> list[Records]:
    """``records`` in blocks of whole documents, each small enough for a segment, by id."""
    documents, passages, obligations = records
    counts: dict[str, int] = {d.id: 0 for d in documents}
    for passage in passages:
        counts[passage.document_id] += 1
    block_of: dict[str, int] = {}
    block = size = 0
    for identity in sorted(counts):
        if size and size + counts[identity] > MOST_PASSAGES:
            block, size = block + 1, 0
        size += counts[identity]
        block_of[identity] = block
    found: list[tuple[list[SourceDocument], list[Passage], list[Obligation]]] = [
        ([], [], []) for _ in range(block + 1 if counts else 0)
    ]
    for document in documents:
        found[block_of[document.id]][0].append(document)
    for passage in passages:
        found[block_of[passage.document_id]][1].append(passage)
    for duty in obligations:
        found[block_of[duty.document_id]][2].append(duty)
    return list(found)


def on_shelf(shelf: Shelf, ids: Iterable[str]) -> tuple[tuple[Segment, ...], list[str]]:
    """The segments on the shelf of the documents ``ids``, and those of ``ids`` that none holds.

    Files of documents that are gone, or that another segment has taken over, are deleted.
    """
    left = set(ids)
    segments: list[Segment] = []
    shelf.sweep()
    for name in shelf.names(KIND):
        parts = shelf.get(name, KIND, version())
        if parts is not None and left.issuperset(parts.documents):
            segments.append(Segment(parts))
            left.difference_update(parts.documents)
    shelf.keep_only({segment.name for segment in segments})
    return tuple(segments), sorted(left)


def read_in(
    shelf: Shelf,
    segments: Sequence[Segment],
    missing: Sequence[str],
    read: Callable[[Sequence[str]], Records],
    at_once: int = 250,
) -> tuple[Segment, ...]:
    """``segments`` with those of the documents ``missing``, whose records ``read`` gives.

    ``at_once`` of them: few enough that the small segments which they make fit well into large
    ones, since a question looks each of its words up in every segment.
    """
    found = list(segments)
    for at in range(0, len(missing), at_once):
        found += map(Segment.of, split(read(missing[at : at + at_once])))
    return settled(shelf, found)


def added(shelf: Shelf, segments: Sequence[Segment], records: Records) -> tuple[Segment, ...]:
    """``segments`` with those of new records."""
    return settled(shelf, [*segments, *map(Segment.of, split(records))])


def removed(
    shelf: Shelf, segments: Sequence[Segment], gone: Collection[str]
) -> tuple[Segment, ...]:
    """``segments`` without the documents ``gone``.

    Their files go first: what an interruption leaves undone is read from the store again.
    """
    shelf.drop(gone)
    left: list[Segment] = []
    for segment in segments:
        if not any(identity in gone for identity in segment.ids):
            left.append(segment)
        elif (cut := put_together([segment], gone)) is not None:
            cut.cut_from = weakref.ref(segment)
            left.append(cut)
    return settled(shelf, left)


def settled(shelf: Shelf, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """``segments``, small ones put together where there are many, all of them on the shelf."""
    small = [s for s in segments if len(s) < MOST_PASSAGES // 2]
    kept = list(segments)
    if len(small) > FEW:
        kept = [s for s in segments if len(s) >= MOST_PASSAGES // 2]
        block: list[Segment] = []
        for segment in small:
            if block and sum(map(len, block)) + len(segment) > MOST_PASSAGES:
                kept += filter(None, [put_together(block)])
                block = []
            block.append(segment)
        kept += filter(None, [put_together(block)])
    held = set(shelf.names(KIND))
    kept = [segment if segment.name in held else _mapped(segment, shelf) for segment in kept]
    try:
        shelf.keep_only({segment.name for segment in kept})
    except LibraryError as error:  # it goes with its documents, or at the next opening
        log.warning("%s", error)
    return tuple(kept)


def _mapped(segment: Segment, shelf: Shelf) -> Segment:
    """``segment`` put on the shelf, and taken from there: mapped, not held."""
    shelf.put(segment.name, KIND, version(), segment.parts)
    parts = shelf.get(segment.name, KIND, version())
    if parts is None:
        return segment
    mapped = Segment(parts)
    mapped.cut_from = segment.cut_from
    return mapped


def _ordinal(passage: Passage) -> int:
    document, _, number = passage.id.rpartition(":")
    if document != passage.document_id or not number.isdecimal():
        raise ValueError(f"the passage {passage.id} is not numbered within its document")
    return int(number)


def _place(duty: Obligation) -> tuple[int, str]:
    return duty.start, duty.id


def _duties_json(duties: Iterable[Obligation]) -> str:
    return _json(
        [(d.id, d.action, stored.obligation_metadata(d)) for d in sorted(duties, key=_place)]
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
