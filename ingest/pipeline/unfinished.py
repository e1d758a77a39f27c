"""Finishing or mending what a program left that was ended in the middle, when a library opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest import corrections, originals
from ingest.errors import DamagedStore, damaged
from ingest.pipeline.judged import blank_judgements
from ingest.pipeline.places import delete_damaged
from ingest.pipeline.rebuilding import reindex
from ingest.settings import Settings

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings
    from ingest.store import Store


def open_store(settings: Settings, embeddings: PassageEmbeddings) -> Store:
    """Open the store; vector indexes that were left half written are made anew from its records.

    Raises:
        DamagedStore: the records are damaged too: a rebuild reads the originals.
        LibraryError: another model made it, or it can't be written.
    """
    from ingest.store import Store

    try:
        return Store(settings.store_path, embeddings.name, embeddings.dimension)
    except DamagedStore:
        reindex(settings, embeddings)
    return Store(settings.store_path, embeddings.name, embeddings.dimension)


def finish(settings: Settings, store: Store) -> None:
    """Finish each removal that was begun, and each adding that has its commit mark; undo the
    others. For the one process that has the library open.

    Raises:
        DamagedStore: the store lacks documents whose files are kept.
        LibraryError: the library can't be written.
    """
    if leaving := set(originals.to_remove(settings)):
        blank_judgements(settings, [d for d in store.documents() if d.id in leaving])
        store.remove(sorted(leaving))
        delete_damaged(settings)
        corrections.delete(settings, leaving)
        originals.finish_removals(settings)
    committed = set(store.ids())
    originals.finish_adding(settings, committed)
    if lost := originals.lost(settings, committed):
        names = ", ".join(lost[:3]) + (", …" if len(lost) > 3 else "")
        raise damaged(settings.store_path, f"{len(lost)} documents are missing: {names}")
