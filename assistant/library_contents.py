"""The documents and passages of a library at one revision, and what is read of them at need.

Documents, passages, sentences and rows of the register are made as they are asked for, and kept a
while.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from assistant.cards import in_scope
from assistant.cite import cite
from assistant.records import EVERYTHING, Question, RegisterRow, Scope
from assistant.register import Register
from assistant.segment_tables import SegmentTables, kept_tables, tables_of, text_in_context
from assistant.units import SourceUnit, unit_of
from ingest.dates import DateMention
from ingest.pipeline import Library
from ingest.records import Obligation, Passage, Role, SourceDocument
from ingest.segments import Segment

Scores = NDArray[np.float32]

_ROLES = tuple(Role)
# What is made at need is kept for the next question, as far as this many go.
_KEPT_UNITS = 1_024  # passages
_KEPT_VECTORS = 16_384  # units
_KEPT_DOCUMENTS = 256


class LibraryContents:
    """What a library holds; rows are those of ``passages``, by document and in order."""

    def __init__(self, library: Library, previous: LibraryContents | None = None) -> None:
        """``previous`` are contents of the same library at an earlier revision."""
        self.library = library
        self.revision, self._segments = library.segments()
        self.tables = _tables(self._segments, library, previous)
        self.passages = Passages(self._segments)
        self._places = [  # of each document: its segment, and where it stands in that
            (which, place)
            for which, segment in enumerate(self._segments)
            for place, size in enumerate(np.diff(segment.first_rows).tolist())
            if size
        ]
        self.documents = tuple(self._segments[w].documents[at] for w, at in self._places)
        self._position = {d.id: i for i, d in enumerate(self.documents)}
        offsets = self.passages.offsets
        starts = [offsets[w] + int(self._segments[w].first_rows[at]) for w, at in self._places]
        self.starts = np.array(starts, dtype=int)
        self.rows = [slice(a, b) for a, b in itertools.pairwise([*starts, len(self.passages)])]
        self.document_of = np.repeat(
            np.arange(len(starts)), [rows.stop - rows.start for rows in self.rows]
        )
        self.row_of = RowOf(self)
        self._units = lru_cache(_KEPT_UNITS)(self._make_units)
        self._dates = lru_cache(_KEPT_DOCUMENTS)(self._make_dates)
        self._duties = lru_cache(_KEPT_DOCUMENTS)(self._make_duties)
        self._vectors: dict[tuple[str, int], Scores] = {}

    def row_with_id(self, identity: str) -> int | None:
        """The row of the passage with that id; None where there is none."""
        document, _, ordinal = identity.rpartition(":")
        position = self._position.get(document)
        if position is None or not ordinal.isdecimal():
            return None
        which, place = self._places[position]
        row = self._segments[which].row_of(place, int(ordinal))
        return None if row is None else self.passages.offsets[which] + row

    def inside(self, scope: Scope) -> Container[str]:
        """The ids of the documents that meet every filled field of ``scope``."""
        if scope == EVERYTHING:
            return self._position
        return {d.id for d in self.documents if in_scope(d, scope)}

    def mask(self, scope: Scope) -> NDArray[np.bool_]:
        """Which documents meet every filled field of ``scope``, shape (documents,)."""
        if scope == EVERYTHING:
            return np.ones(len(self.documents), dtype=bool)
        return np.array([in_scope(d, scope) for d in self.documents], dtype=bool)

    def text_in_context(self, row: int) -> str:
        """A passage's text under its document's title and its headings."""
        return text_in_context(self.documents[self.document_of[row]], self.passages[row])

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id."""
        return self.documents[self._position[document_id]]

    def passages_at(self, document_id: str, start: int, end: int) -> list[Passage]:
        """The passages that hold a part of ``text[start:end]`` of a document, in order."""
        which, place = self._places[self._position[document_id]]
        segment = self._segments[which]
        rows = segment.rows_of(place)
        inside = (segment.starts[rows] < end) & (segment.ends[rows] > start)
        return [segment.passage(rows.start + int(at)) for at in np.flatnonzero(inside)]

    def units_of(self, passage: Passage) -> tuple[SourceUnit, ...]:
        """The sentences and items of ``passage``."""
        return self._units(self.row_of[passage.id])

    def _make_units(self, row: int) -> tuple[SourceUnit, ...]:
        which, at = self.passages.place(row)
        segment, position = self._segments[which], int(self.document_of[row])
        start, end = int(segment.starts[at]), int(segment.ends[at])
        role = _ROLES[segment.roles[at]]
        dates = [m for m in self._dates(position) if start <= m.start < end]
        document = self.documents[position]
        return self.tables[which].units.units(at, document, (start, end), role, dates)

    def units_of_document(self, document_id: str) -> Iterator[SourceUnit]:
        """The sentences and items of a whole document, in order."""
        rows = self.rows[self._position[document_id]]
        for row in range(rows.start, rows.stop):
            yield from self._units(row)

    def similarity(self, question: Question, units: Sequence[SourceUnit]) -> list[float]:
        """Cosine similarity of the question to each unit; vectors of units are kept a while."""
        if len(self._vectors) > _KEPT_VECTORS:
            self._vectors = {}
        kept = self._vectors
        missing = [u for u in units if (u.document.id, u.start) not in kept]
        if missing:
            made = self.library.embeddings.encode([u.text for u in missing])
            for unit, vector in zip(missing, made, strict=True):
                kept[unit.document.id, unit.start] = vector
        if not units:
            return []
        asked = np.asarray(self.library.embeddings.embed_query(question.search), dtype=np.float32)
        matrix = np.stack([kept[u.document.id, u.start] for u in units])
        return [float(x) for x in matrix @ asked]

    def similarity_to(self, question: Question, texts: Sequence[str]) -> list[float]:
        """Cosine similarity of the question to each text."""
        if not texts:
            return []
        asked = np.asarray(self.library.embeddings.embed_query(question.search), dtype=np.float32)
        return [float(x) for x in self.library.embeddings.encode(list(texts)) @ asked]

    @cached_property
    def register(self) -> Register:
        """The obligations of the library's documents."""
        everything = range(len(self.documents))
        obligations = [duty for document in everything for duty in self._duties_in(document)]
        return Register(obligations, {d.id: d for d in self.documents})

    def duties_of(self, document_id: str) -> tuple[tuple[RegisterRow, SourceUnit], ...]:
        """The rows of the register of a document, duties without a date too, each as a unit."""
        return self._duties(self._position[document_id])

    def _make_duties(self, document: int) -> tuple[tuple[RegisterRow, SourceUnit], ...]:
        rows = (self._row(document, duty) for duty in self._duties_in(document))
        return tuple((row, unit_of(row)) for row in rows)

    def _row(self, document: int, duty: Obligation) -> RegisterRow:
        own = self.documents[document]
        return RegisterRow(duty, own, cite(own, duty.start, duty.end))

    def _row_at(self, document: int, offset: int) -> int:
        """The passage of a document in which an offset falls."""
        which, place = self._places[document]
        rows = self._segments[which].rows_of(place)
        starts = self._segments[which].starts[rows]
        at = max(int(starts.searchsorted(offset, side="right")) - 1, 0)
        return self.rows[document].start + at

    def _duties_in(self, document: int) -> tuple[Obligation, ...]:
        which, place = self._places[document]
        return self._segments[which].duties(place)

    def _make_dates(self, document: int) -> list[DateMention]:
        which, place = self._places[document]
        return self.tables[which].dates_in(place)


class Passages(Sequence[Passage]):
    """The passages of segments, one after the other, made as they are asked for."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.offsets = [0, *itertools.accumulate(map(len, segments))]

    def __len__(self) -> int:
        return self.offsets[-1]

    def place(self, row: int) -> tuple[int, int]:
        """The segment that holds a row, and the row there."""
        which = bisect_right(self.offsets, row) - 1
        return which, row - self.offsets[which]

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, at: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(at, slice):
            return tuple(self[row] for row in range(*at.indices(len(self))))
        row = int(at)
        if not -len(self) <= row < len(self):
            raise IndexError(at)
        which, place = self.place(row % len(self))
        return self._segments[which].passage(place)


class RowOf(Mapping[str, int]):
    """The row of each passage, by its id."""

    def __init__(self, contents: LibraryContents) -> None:
        self._contents = contents

    def __getitem__(self, identity: str) -> int:
        row = self._contents.row_with_id(identity)
        if row is None:
            raise KeyError(identity)
        return row

    def __iter__(self) -> Iterator[str]:
        return (passage.id for passage in self._contents.passages)

    def __len__(self) -> int:
        return len(self._contents.passages)


def _tables(
    segments: Sequence[Segment], library: Library, previous: LibraryContents | None
) -> list[SegmentTables]:
    """The tables of ``segments``: those of ``previous`` where it has the same, or the one that a
    delete cut it from; else from the shelf, or made anew."""
    if previous is None:
        return [tables_of(segment, library) for segment in segments]
    known: dict[Segment | None, SegmentTables] = dict(
        zip(previous._segments, previous.tables, strict=True)
    )
    found = []
    for segment in segments:
        tables = known.get(segment)
        larger = segment.cut_from() if segment.cut_from else None
        if tables is None and larger is not None and larger in known:
            left = set(segment.ids)
            gone = np.array([identity not in left for identity in larger.ids])
            tables = kept_tables(known[larger].without(larger, gone), segment, library)
        found.append(tables or tables_of(segment, library))
    return found
