"""What the files hold that the board gives."""

from __future__ import annotations

import io


def in_files(made: dict[str, bytes]) -> tuple[int, int, int]:
    """How many events the calendar holds, and how many rows the workbook and the document."""
    import docx
    import icalendar
    import openpyxl

    calendar = icalendar.Calendar.from_ical(made["ics"])
    sheet = openpyxl.load_workbook(io.BytesIO(made["xlsx"])).active
    (table,) = docx.Document(io.BytesIO(made["docx"])).tables
    return len(calendar.walk("VEVENT")), sheet.max_row - 1, len(table.rows) - 1
