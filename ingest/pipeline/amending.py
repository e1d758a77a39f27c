"""Documents changed by hand, set aside to be deleted, and brought back."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest import corrections, deadlines, originals
from ingest.pipeline.context import context_of
from ingest.reading import Reading
from ingest.records import Notes, Obligation, Passage, SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings
    from ingest.store import Store


@dataclass(frozen=True, slots=True)
class SetAside:
    """A document that was deleted and can still be restored: its id, name, and when (UTC)."""

    id: str
    name: str
    when: datetime.datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """All that the store had of a document that is set aside."""

    document: SourceDocument
    passages: Sequence[Passage]
    vectors: NDArray[np.float32]
    obligations: Sequence[Obligation]
    when: datetime.datetime

    @property
    def shown(self) -> SetAside:
        return SetAside(self.document.id, self.document.name, self.when)


def now() -> datetime.datetime:
    """The time to the second, UTC."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def noted(reading: Reading, notes: Notes | None) -> Reading:
    """A reading as ``notes`` have its document, its own where none are given; one without a time
    comes just now."""
    if notes is None:
        notes = reading.document.notes
    if not notes.added:
        notes = replace(notes, added=now().isoformat())
    document = corrections.applied(reading.document, notes)
    if document.header == reading.document.header:
        return Reading(document, reading.passages, reading.obligations)
    return Reading(document, reading.passages, deadlines.find_obligations(document))


def amend(
    store: Store,
    embeddings: PassageEmbeddings,
    settings: Settings,
    reading: Reading,
    notes: Notes,
) -> Reading:
    """Change by hand a document that the store has as ``reading``, and give what it is then.

    Its record is the commit: an interruption before it leaves the document as it was (only its
    vectors may know the new words), one after it leaves duties that the next opening finds anew.

    Raises:
        LibraryError: the store can't be written, or the embedding model fails.
    """
    changed = noted(reading, notes)
    document = changed.document
    if document.header == reading.document.header:
        store.amend(document)
    else:
        texts = [f"{context_of(document, p)}\n{p.text}" for p in changed.passages]
        store.add_passages(changed.passages, embeddings.encode(texts))
        store.amend(document, outdated=True)
        store.renew_obligations([document], changed.obligations)
    corrections.copy(settings, document)
    return changed


def take(store: Store, readings: Sequence[Reading]) -> list[Taken]:
    """All that a store has of documents, to be brought back when they are removed from it.

    Raises:
        LibraryError: the store can't be read.
    """
    when = now()
    vectors = store.vectors_of([reading.document.id for reading in readings])
    return [
        Taken(reading.document, *vectors[reading.document.id], reading.obligations, when)
        for reading in readings
    ]


def bring_back(store: Store, settings: Settings, taken: Taken) -> Reading:
    """Put a document that was taken, its original and its corrections where they were.

    Raises:
        LibraryError: the store or the folder of originals can't be written.
    """
    document = taken.document
    store.add([document], taken.passages, taken.vectors, taken.obligations)
    originals.restore(settings, document.id)  # until then the next opening removes it
    corrections.copy(settings, document)
    return Reading(document, taken.passages, taken.obligations)
