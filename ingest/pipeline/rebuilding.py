"""Making the store anew, from the kept originals or from its own records."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import corrections, originals
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline.adding import Batch, add_files
from ingest.pipeline.context import context_of
from ingest.pipeline.outcome import Progress, Summary
from ingest.pipeline.places import NEW, delete, restore_store, take_place
from ingest.pipeline.presence import own_alone
from ingest.pipeline.room import check_room, size_of
from ingest.reading import found_in, identity
from ingest.records import Notes, SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings
    from ingest.store import Store

log = logging.getLogger(__name__)


def rebuild(settings: Settings, progress: Callable[[Progress], None] | None = None) -> Summary:
    """Make the store anew from the kept originals, with the embedding model of the settings.

    The new store is made beside the old one and takes its place when it is whole, so that an
    interruption changes nothing. A document whose original can't be read, or is not what was given
    any more, is carried over as the old store has it. A store too damaged to open is kept aside as
    ``chroma.damaged-…`` until something is removed from the library.

    Raises:
        LibraryError: another process holds the library, or it can't be written.
    """
    from ingest.embed import embeddings_of
    from ingest.pipeline.library import Library
    from ingest.store import Store

    if settings.chroma_url is not None:
        from ingest.pipeline.rebuilding_shared import rebuild_shared

        return rebuild_shared(settings, progress)
    lock = own_alone(settings)
    try:
        restore_store(settings)
        check_room(settings, size_of([settings.store_path]))
        new_path = settings.home / NEW
        embeddings = embeddings_of(settings)
        old = _documents_at(settings.store_path)
        leaving = set(originals.to_remove(settings))  # the next opening finishes that
        stay = [document for document in old or () if document.id not in leaving]
        store = Store(new_path, embeddings.name, embeddings.dimension)
        library = Library(settings, store, embeddings)
        try:
            whole, changed = whole_originals(originals.kept(settings))
            with library.expecting(kept_notes(settings, stay)):
                summary = add_files(library, whole, changed, progress=progress, expand=False)
            done = {d.id for d in library.documents()}
            carried = Batch()
            for document in stay:
                if document.id not in done:
                    carried.append(found_in(document, settings.max_passage_words))
            library.commit(carried)
        finally:
            library.close()
        take_place(settings, damaged=old is None)
        return summary
    finally:
        lock.release()


def reindex(settings: Settings, embeddings: PassageEmbeddings) -> None:
    """Make the store anew from its own records: for vector indexes that were left half written.

    No original is read, which for scans can take hours.

    Raises:
        DamagedStore: the records are damaged too.
        LibraryError: another model made the store, or it can't be written.
    """
    from ingest.store import Store

    name, dimension = embeddings.name, embeddings.dimension
    old = Store(settings.store_path, name, dimension, trusting=True)
    with contextlib.closing(old):
        documents = old.documents()
    log.warning("%s: the vector index is damaged and is made anew", settings.store_path)
    check_room(settings, size_of([settings.store_path]))
    delete(settings.home / NEW)
    new = Store(settings.home / NEW, name, dimension)
    with contextlib.closing(new):
        for batch in _batches(documents, settings):
            _add(new, embeddings, batch)
    take_place(settings, damaged=False)


def _batches(documents: Iterable[SourceDocument], settings: Settings) -> Iterable[Batch]:
    batch = Batch()
    for document in documents:
        batch.append(found_in(document, settings.max_passage_words))
        if batch.is_full:
            yield batch
            batch = Batch()
    if batch.readings:
        yield batch


def _add(store: Store, embeddings: PassageEmbeddings, batch: Batch) -> None:
    texts = [
        f"{context_of(reading.document, passage)}\n{passage.text}"
        for reading in batch.readings
        for passage in reading.passages
    ]
    store.add(batch.documents, batch.passages, embeddings.encode(texts), batch.obligations)


def whole_originals(
    kept: Sequence[tuple[Path, str]],
) -> tuple[list[tuple[Path, str]], list[UnreadableFile]]:
    """The kept files that still are what was given, and errors for the others: another document
    must not come in under the name of one."""
    whole: list[tuple[Path, str]] = []
    changed: list[UnreadableFile] = []
    for path, name in kept:
        try:
            if identity(path.read_bytes()) == path.parent.name:
                whole.append((path, name))
                continue
        except OSError:
            pass
        changed.append(UnreadableFile(name, "damaged", str(path)))
    return whole, changed


def kept_notes(settings: Settings, old: Sequence[SourceDocument]) -> dict[str, Notes]:
    """What is to stay of what the old store notes beside the files; where it is lost, what the
    copies beside the originals say, and when the originals were kept."""
    notes = corrections.kept(settings) | {document.id: document.notes for document in old}
    for path, _ in originals.kept(settings):
        known = notes.get(path.parent.name, Notes())
        if not known.added and (since := originals.kept_since(settings, path.parent.name)):
            notes[path.parent.name] = replace(known, added=since.isoformat())
    return notes


def _documents_at(path: Path) -> tuple[SourceDocument, ...] | None:
    """The documents of the store at ``path``, whatever model made it; None where it is damaged."""
    from ingest.store import Store

    if not path.exists():
        return ()
    try:
        with contextlib.closing(Store(path, "", 0, any_model=True, trusting=True)) as store:
            return store.documents()
    except LibraryError:
        return None
