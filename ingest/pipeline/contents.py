"""What readers see of a library at one time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ingest.reading import Reading
from ingest.records import Obligation, Passage, SourceDocument
from ingest.segments import Records, Segment, added, on_shelf, read_in, removed
from ingest.shelf import Shelf


@dataclass(frozen=True)
class Contents:
    """The documents in segments that lie on a shelf; never changes."""

    shelf: Shelf = field(default=Shelf(None))
    segments: tuple[Segment, ...] = ()

    @classmethod
    def of(
        cls, shelf: Shelf, ids: Iterable[str], read: Callable[[Sequence[str]], Records]
    ) -> Contents:
        """The documents ``ids``: what is not on the shelf ``read`` gives, some at a time."""
        segments, missing = on_shelf(shelf, ids)
        return cls(shelf, read_in(shelf, segments, missing, read) if missing else segments)

    @classmethod
    def of_records(
        cls,
        documents: Sequence[SourceDocument],
        passages: Sequence[Passage],
        obligations: Sequence[Obligation],
    ) -> Contents:
        """These, on no shelf."""
        shelf = Shelf(None)
        return cls(shelf, added(shelf, (), (documents, passages, obligations)))

    @cached_property
    def documents(self) -> dict[str, SourceDocument]:
        """By id, in the order of their names."""
        every = (document for segment in self.segments for document in segment.documents)
        return {d.id: d for d in sorted(every, key=lambda d: (d.name, d.id))}

    @property
    def passage_count(self) -> int:
        return sum(map(len, self.segments))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All of them, by id: a document's stand together, in its order."""
        every = (segment.passage(row) for segment in self.segments for row in range(len(segment)))
        return tuple(sorted(every, key=lambda p: p.id))

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """All of them, by document and place in it."""
        every = (
            duty
            for segment in self.segments
            for at in range(len(segment.ids))
            for duty in segment.duties(at)
        )
        return tuple(sorted(every, key=lambda duty: (duty.document_id, duty.start, duty.id)))

    def with_readings(self, readings: Sequence[Reading]) -> Contents:
        """These and the documents of ``readings``."""
        records = (
            [reading.document for reading in readings],
            [passage for reading in readings for passage in reading.passages],
            [duty for reading in readings for duty in reading.obligations],
        )
        return Contents(self.shelf, added(self.shelf, self.segments, records))

    def readings(self, document_ids: Iterable[str]) -> list[Reading]:
        """All that readers see of some documents; KeyError when there is no such document."""
        wanted = dict.fromkeys(document_ids)
        found: dict[str, Reading] = {}
        for segment in self.segments:
            for at, identity in enumerate(segment.ids):
                if identity in wanted:
                    rows = segment.rows_of(at)
                    passages = tuple(segment.passage(row) for row in range(rows.start, rows.stop))
                    found[identity] = Reading(segment.whole(at), passages, segment.duties(at))
        return [found[identity] for identity in wanted]

    def without(self, document_ids: Collection[str]) -> Contents:
        """These but for some documents, of which nothing is left on the shelf."""
        return Contents(self.shelf, removed(self.shelf, self.segments, document_ids))
