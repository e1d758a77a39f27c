"""Files of the rows that the board shows. No Gradio here."""

from __future__ import annotations

from pathlib import Path

from assistant.ui.deadlines import Found
from assistant.ui.temporary import new_file

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
