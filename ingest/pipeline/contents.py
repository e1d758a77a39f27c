"""What readers of a library see at one moment: documents, passages, obligations. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from ingest.reading import Reading
from ingest.records import Obligation, Passage, SourceDocument


@dataclass(frozen=True, slots=True)
class Contents:
    """Documents by name, passages by id (a document's stand together, in its order), obligations
    by document and place in it."""

    documents: dict[str, SourceDocument] = field(default_factory=dict)  # by id
    passages: tuple[Passage, ...] = ()
    obligations: tuple[Obligation, ...] = ()

    @classmethod
    def of(
        cls,
        documents: Iterable[SourceDocument],
        passages: Iterable[Passage],
        obligations: Iterable[Obligation],
    ) -> Contents:
        """The same in their order."""
        return cls(
            {d.id: d for d in sorted(documents, key=lambda d: (d.name, d.id))},
            tuple(sorted(passages, key=lambda p: p.id)),
            tuple(sorted(obligations, key=lambda duty: (duty.document_id, duty.start, duty.id))),
        )

    def with_readings(self, readings: Sequence[Reading]) -> Contents:
        """These and the documents of ``readings``."""
        return Contents.of(
            (*self.documents.values(), *(reading.document for reading in readings)),
            (*self.passages, *(p for reading in readings for p in reading.passages)),
            (*self.obligations, *(duty for reading in readings for duty in reading.obligations)),
        )

    def without(self, document_ids: Collection[str]) -> Contents:
        """These but for some documents."""
        return Contents(
            {i: d for i, d in self.documents.items() if i not in document_ids},
            tuple(p for p in self.passages if p.document_id not in document_ids),
            tuple(duty for duty in self.obligations if duty.document_id not in document_ids),
        )
