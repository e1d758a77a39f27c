"""Making the store anew from the kept originals."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from ingest import originals
from ingest.errors import LibraryError
from ingest.pipeline.adding import Batch, add_files
from ingest.pipeline.library import Library
from ingest.pipeline.outcome import Progress, Summary
from ingest.pipeline.ownership import own
from ingest.pipeline.places import NEW, delete, restore_store, take_place
from ingest.reading import found_in
from ingest.records import SourceDocument
from ingest.settings import Settings


def rebuild(settings: Settings, progress: Callable[[Progress], None] | None = None) -> Summary:
    """Make the store anew from the kept originals, with the embedding model of the settings.

    The new store is made beside the old one and takes its place when it is whole, so that an
    interruption changes nothing. A document whose original can't be read is carried over as the
    old store has it. A store too damaged to open is kept aside as ``chroma.damaged-…``.

    Raises:
        LibraryError: another process holds the library, or it can't be written.
    """
    from ingest.embed import embeddings_of
    from ingest.store import Store

    lock = own(settings)
    try:
        originals.finish_removals(settings)
        restore_store(settings)
        new_path = settings.home / NEW
        delete(new_path)
        embeddings = embeddings_of(settings)
        old = _documents_at(settings.store_path)
        store = Store(new_path, embeddings.name, embeddings.dimension)
        library = Library(settings, store, embeddings)
        try:
            summary = add_files(library, originals.kept(settings), progress=progress, expand=False)
            done = {d.id for d in library.documents()}
            carried = Batch()
            for document in old or ():
                if document.id not in done:
                    carried.append(found_in(document, settings.max_passage_words))
            library.commit(carried)
        finally:
            library.close()
        take_place(settings, damaged=old is None)
        return summary
    finally:
        lock.release()


def _documents_at(path: Path) -> tuple[SourceDocument, ...] | None:
    """The documents of the store at ``path``, whatever model made it; None where it is damaged."""
    from ingest.store import Store

    if not path.exists():
        return ()
    try:
        with contextlib.closing(Store(path, "", 0, any_model=True)) as store:
            return store.documents()
    except LibraryError:
        return None
