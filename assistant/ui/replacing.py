"""A newer file in the place of a document. No Gradio here."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.study.errors import StudyError
from assistant.ui.conversation import Note
from assistant.ui.removal import forget_in_packs
from ingest.corrections import carried_over
from ingest.errors import IngestError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.pipeline import Library

log = logging.getLogger(__name__)


def replace_namesakes(library: Library, document_id: str, namesakes: Iterable[str]) -> None:
    """Let a document that was added take the place of others of its name.

    What was changed by hand in the first of them carries over; they are set aside, so that this can
    be undone.
    """
    there = {document.id: document for document in library.documents()}
    old = [there[ref] for ref in namesakes if ref in there]
    if document_id not in there or not old:
        return
    notes = carried_over(old[0], there[document_id])
    if notes.corrections:
        library.correct(document_id, notes.corrections)
    if notes.name is not None:
        library.rename(document_id, notes.name)
    library.set_aside(*(document.id for document in old))


def new_version(library: Library, document_id: str, path: Path) -> str | Note:
    """Put the file in the place of a document, for good; gives its id, or why it was not done.

    The file is deleted: the library keeps it itself.
    """
    try:
        summary = library.replace(document_id, path)
    except IngestError as error:
        return Note("reason", (("reason", error),))
    finally:
        path.unlink(missing_ok=True)
    if summary.added:
        try:
            forget_in_packs(library, [document_id])
        except StudyError as error:  # they are looked through again at the next start
            log.warning("study packs keep words of a document that was replaced: %s", error)
        return summary.added[0].id
    if summary.duplicates:
        return Note("file_duplicate", (("name", summary.duplicates[0][1]),))
    return Note("reason", (("reason", summary.failed[0]),))
