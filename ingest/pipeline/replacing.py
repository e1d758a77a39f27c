"""A changed file in the place of an older document."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import corrections, load
from ingest.errors import UnreadableFile
from ingest.pipeline.adding import Batch, files_under
from ingest.pipeline.outcome import Outcome, Progress, Summary, summary_of
from ingest.reading import Reader, identity, storable
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from ingest.pipeline.library import Library

Tell = Callable[[Progress], None]


def replace_document(
    library: Library, old: SourceDocument, path: Path, progress: Tell | None = None
) -> Summary:
    """See :meth:`ingest.pipeline.library.Library.replace`."""
    if progress:
        progress(Progress(0, 1, storable(path.name)))
    try:
        outcome = _replaced(library, old, path, progress)
    except UnreadableFile as error:
        outcome = Outcome(failed=(error,))
    if progress:
        progress(Progress(1, 1, ""))
    return summary_of([outcome], [outcome])


def add_replacing(library: Library, paths: Iterable[Path], progress: Tell | None = None) -> Summary:
    """Add files; each takes the place of the one document that has its name, where there is one.

    Raises:
        LibraryError: the library can't be written, or the embedding model fails.
    """
    files: list[Path] = []
    outcomes: list[Outcome] = []
    for path in paths:
        try:
            files.extend(files_under([path]))
        except UnreadableFile as error:
            outcomes.append(Outcome(failed=(error,)))
    for done, path in enumerate(files):
        name = storable(path.name)
        if progress:
            progress(Progress(done, len(files), name))
        same = _named(library.documents(), name)
        if not same:
            outcomes.append(library.add([path]).files[0])
        elif len(same) == 1:
            outcomes.append(library.replace(same[0].id, path).files[0])
        elif (known := _held(library, path)) is not None:
            outcomes.append(Outcome(duplicates=((name, known),)))
        else:
            detail = ", ".join(document.id[:12] for document in same)
            outcomes.append(Outcome(failed=(UnreadableFile(name, "ambiguous", detail),)))
    if progress:
        progress(Progress(len(files), len(files), ""))
    return summary_of(outcomes, outcomes)


def _named(documents: Sequence[SourceDocument], name: str) -> list[SourceDocument]:
    """The documents whose file was called ``name``, or that are called so by hand."""
    given = [document for document in documents if document.given_name == name]
    return given or [document for document in documents if document.name == name]


def _held(library: Library, path: Path) -> str | None:
    """The name that the library has a file under, by its bytes."""
    try:
        data = load.read_bytes(path, library.settings.max_file_bytes)
    except UnreadableFile:
        return None
    return library.known(identity(data))


def _replaced(library: Library, old: SourceDocument, path: Path, progress: Tell | None) -> Outcome:
    name = storable(path.name)
    data = load.read_bytes(path, library.settings.max_file_bytes)
    with Reader(library.settings) as reader:
        if progress:
            reader.tell_pages(
                lambda page, pages: progress(Progress(0, 1, name, page=page, pages=pages))
            )
        held = reader.members(data, path.name)
        if held.failed:
            return Outcome(failed=tuple(held.failed))
        if len(held.found) != 1:
            raise UnreadableFile(name, "several", str(len(held.found)))
        (member,) = held.found
        if known := library.known(identity(member.data)):
            return Outcome(duplicates=((name, known),))
        reading = reader.read(member)
    notes = corrections.carried_over(old, reading.document)
    if known := library.claim(reading.document.id, name):
        return Outcome(duplicates=((name, known),))
    batch = Batch()
    batch.append(reading, member.data)
    try:
        with library.expecting({reading.document.id: notes}):
            library.commit(batch)
    except BaseException:
        library.release([reading.document.id])
        raise
    library.show(batch.readings)
    with contextlib.suppress(KeyError):  # it was deleted meanwhile
        library.remove(old.id)
    return Outcome(added=(batch.documents[0],), replaced=(old.name,))
