"""Making the library at a Chroma server anew, while others go on reading and writing it.

It is written beside the old one; then one record makes it the one that counts, and every process
follows within seconds. What others did to the old one meanwhile is done to the new one too: a
process that writes looks at that record after its commit mark, and where it has changed writes the
same to the new one, so that nothing falls between the two.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ingest import originals
from ingest.pipeline.adding import Batch, add_files
from ingest.pipeline.library import Library
from ingest.pipeline.outcome import Progress, Summary
from ingest.pipeline.presence import enter
from ingest.pipeline.rebuilding import kept_notes, whole_originals
from ingest.pipeline.shared_library import FOLLOW_SECONDS
from ingest.reading import found_in
from ingest.records import SourceDocument
from ingest.settings import Settings
from ingest.store.connection import Server
from ingest.store.server import ServerStore, generation_at
from ingest.store.shared import new_version

if TYPE_CHECKING:
    from ingest.embed import PassageEmbeddings

_SETTLING = 3 * FOLLOW_SECONDS  # by then all have taken up the new library, or been told


def rebuild_shared(
    settings: Settings, progress: Callable[[Progress], None] | None = None
) -> Summary:
    """Make the library at the server anew, with the embedding model of the settings.

    Documents whose originals are kept here are read again, also those that the server lacks and
    nobody has removed; the others are carried over as the server has them. Interrupted, it changes
    nothing. With another embedding model the others must be set to it too: they say so, and go on
    from what they have.

    Raises:
        LibraryError: the server or the data folder can't be used, or another process is at it.
    """
    from ingest.embed import embeddings_of

    embeddings = embeddings_of(settings)
    with contextlib.ExitStack() as stack:
        presence = enter(settings)
        stack.callback(presence.release)
        presence.admit()
        before = _opened(settings, embeddings)
        stack.callback(before.close)
        tell = stack.enter_context(before.rebuilding())
        before.discard()  # what a rebuild that was cut short left

        def show(shown: Progress) -> None:
            tell()
            if progress:
                progress(shown)

        generation = new_version(time.time_ns())
        store = ServerStore(
            _connected(settings), embeddings.name, embeddings.dimension, generation=generation
        )
        stack.callback(store.close)
        library = Library(settings, store, embeddings)
        try:
            documents = before.documents()
            summary = _read_again(settings, library, before, documents, show)
            done = {document.id for document in library.documents()}
            _carry(library, (d for d in documents if d.id not in done), tell)
            held = {document.id for document in documents}
            held = _catch_up(library, before, held)
            store.point_to(generation)
            time.sleep(_SETTLING)
            _catch_up(library, before, held)
        finally:
            before.discard()  # of the two the one that does not count
        return summary


def _connected(settings: Settings) -> Server:
    assert settings.chroma_url is not None
    return Server(settings.chroma_url, settings.chroma_token)


def _opened(settings: Settings, embeddings: PassageEmbeddings) -> ServerStore:
    """The library as it is, whatever model made it; it stays there when another one counts."""
    server = _connected(settings)
    try:
        generation = generation_at(server)
        if generation is None:  # nothing was ever there: it is made with the model at hand
            return ServerStore(server, embeddings.name, embeddings.dimension, generation="")
    except BaseException:
        server.close()
        raise
    return ServerStore(server, "", 0, any_model=True, generation=generation)


def _read_again(
    settings: Settings,
    library: Library,
    before: ServerStore,
    documents: Iterable[SourceDocument],
    progress: Callable[[Progress], None],
) -> Summary:
    kept = originals.kept(settings)
    removed = before.removed({path.parent.name for path, _ in kept}, 0)
    whole, changed = whole_originals([one for one in kept if one[0].parent.name not in removed])
    with library.expecting(kept_notes(settings, list(documents))):
        return add_files(library, whole, changed, progress=progress, expand=False)


def _carry(
    library: Library, documents: Iterable[SourceDocument], tell: Callable[[], None] | None = None
) -> None:
    """Put documents into the new library as the old one has them."""
    batch = Batch()

    def commit() -> None:
        library.commit(batch)
        library.show(batch.readings)
        batch.clear()

    for document in documents:
        batch.append(found_in(document, library.settings.max_passage_words))
        if batch.is_full:
            commit()
        if tell:
            tell()
    commit()


def _catch_up(library: Library, before: ServerStore, held: set[str]) -> set[str]:
    """Do to the new library what others did to the old one; the ids that the old one has now."""
    changes = before.changes(held)
    found = [document for document, _, _ in changes.found]
    there = {document.id for document in library.documents()}
    for document in found:
        if document.id in there:
            library.note(document.id, document.notes)
    dead = before.removed({document.id for document in found}, 0)
    _carry(library, (d for d in found if d.id not in there and d.id not in dead))
    library.remove(*sorted(changes.gone & there))
    return (held - changes.gone) | {document.id for document in found}
