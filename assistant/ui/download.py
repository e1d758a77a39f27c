"""Files that the page gives: of the rows that the board shows, and as they were given. No Gradio
here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.deadlines import Found
from assistant.ui.temporary import new_file
from ingest.originals import kept_name

if TYPE_CHECKING:
    from ingest.pipeline import Library

FORMATS = ("ics", "xlsx", "docx")


def made_file(kind: str, found: Found, said: str, language: str) -> Path:
    """A file of the kind, one of :data:`FORMATS`, named for the day that is counted from.

    ``said`` tells in words what they were chosen by. The file goes with the process.
    """
    path = new_file(f"thoi-han-{found.asked.on.isoformat()}.{kind}")
    path.write_bytes(_bytes(kind, found, said, language))
    return path


def _bytes(kind: str, found: Found, said: str, language: str) -> bytes:
    # The libraries that write these files are slow to import: not before one is asked for.
    on = found.asked.on
    if kind == "ics":
        from assistant.register.calendar import to_ics

        return to_ics(found.rows, language=language)
    if kind == "xlsx":
        from assistant.register.spreadsheet import to_xlsx

        return to_xlsx(found.rows, language=language, on=on)
    from assistant.register.printout import to_docx

    return to_docx(found.rows, language=language, on=on, shown=said)


def original_file(library: Library, document_id: str) -> Path | None:
    """The file of a document as it was given, under its name; None where it is not kept.

    Its own suffix stays where the document goes by another name. It goes with the process.
    """
    kept = library.original(document_id)
    if kept is None:
        return None
    given, data = kept
    name = library.document(document_id).name.rpartition(" › ")[2]  # without the archive it was in
    suffix = Path(given).suffix
    path = new_file(
        kept_name(name if Path(name).suffix.lower() == suffix.lower() else name + suffix)
    )
    path.write_bytes(data)
    return path
