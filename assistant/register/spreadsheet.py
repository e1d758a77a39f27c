"""The register as a workbook for Excel and LibreOffice."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

from assistant.records import RegisterRow
from assistant.register.doubts import notes_of
from assistant.register.plain import one_line, plain
from assistant.register.schedule import describe, last_day, said_day, standing
from assistant.register.words import word

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Border, Font
    from openpyxl.worksheet.worksheet import Worksheet

_FONT = "Times New Roman"
_FIRST_DATE = date(1900, 3, 1)  # Excel counts a 29/2/1900, so that days before it are one off
_FORMULA_SIGNS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class _Column:
    key: str
    width: int  # in characters of the standard font
    centred: bool = False


_COLUMNS = (
    _Column("row", 6, centred=True),
    _Column("actor", 20),
    _Column("action", 34),
    _Column("deadline", 17),
    _Column("due", 13, centred=True),
    _Column("standing", 15),
    _Column("report_to", 17),
    _Column("document", 18),
    _Column("number", 13),
    _Column("section", 10),
    _Column("page", 7, centred=True),
    _Column("quote", 42),
    _Column("doubts", 22),
)
_LINE = 16  # points
_HIGHEST = 409  # points, the most that Excel knows


def to_xlsx(rows: Sequence[RegisterRow], *, language: str = "vi", on: date | None = None) -> bytes:
    """A workbook of one sheet, a row a duty in the order given, made to be filtered and printed.

    The due date is a date where the duty has a single last day, else words; the column that says
    what is overdue stands only where the day ``on`` is given. Text is text: what begins with «=»
    is no formula.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = word("title", language)
    book.properties.creator = ""
    sheet = book.active
    sheet.title = word("sheet", language)
    columns = [column for column in _COLUMNS if on is not None or column.key != "standing"]
    day = said_day(on, language) if on else ""
    for index, column in enumerate(columns, 1):
        _head(sheet, index, column, word(column.key, language, day=day))
    for number, row in enumerate(rows, 1):
        values = _values(number, row, language, on)
        for index, column in enumerate(columns, 1):
            _fill(sheet.cell(number + 1, index), values[column.key], centred=column.centred)
        sheet.row_dimensions[number + 1].height = _height(values, columns)
    if not rows:
        _fill(sheet.cell(2, 1), word("nothing", language))
        sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(columns))
    _lay_out(sheet, len(columns), len(rows), language)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


_Value = str | int | date


def _values(number: int, row: RegisterRow, language: str, on: date | None) -> dict[str, _Value]:
    duty, citation = row.obligation, row.citation
    last = last_day(duty.deadline)
    is_shown_as_date = last is not None and last >= _FIRST_DATE
    return {
        "row": number,
        "actor": one_line(duty.actor),
        "action": one_line(duty.action),
        "deadline": one_line(duty.deadline_text),
        "due": last if last and is_shown_as_date else describe(duty.deadline, language),
        "standing": standing(duty.deadline, on, language) if on else "",
        "report_to": one_line(duty.report_to),
        "document": one_line(citation.document),
        "number": citation.number,
        "section": citation.section,
        "page": citation.page,
        "quote": citation.quote,
        "doubts": "\n".join(notes_of(duty, language)),
    }


def _height(values: dict[str, _Value], columns: Sequence[_Column]) -> float:
    """The height in points that the longest cell needs: not every program works it out itself."""
    lines = (
        sum(len(wrap(line, column.width)) or 1 for line in str(values[column.key]).split("\n"))
        for column in columns
    )
    return min(_HIGHEST, max(lines) * _LINE)


def _fill(cell: Cell, value: _Value, *, centred: bool = False) -> None:
    if isinstance(value, str):
        value = plain(value)
        cell.value = value or None
        # openpyxl makes a formula of «=…» and an error of «#N/A». The prefix keeps Excel from
        # doing so when someone edits the cell.
        cell.data_type = "s" if value else "n"
        if value.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    cell.font, cell.alignment, cell.border = _looks(centred)


@cache
def _looks(centred: bool) -> tuple[Font, Alignment, Border]:
    """Letters, alignment and frame of a cell. Cells share them: each of its own takes seconds."""
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin", color="999999")
    return (
        Font(name=_FONT, size=12),
        Alignment(horizontal="center" if centred else "left", vertical="top", wrap_text=True),
        Border(left=line, right=line, top=line, bottom=line),
    )


def _head(sheet: Worksheet, index: int, column: _Column, text: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.row_dimensions[1].height = 2 * _LINE + 2
    cell = sheet.cell(1, index)
    _fill(cell, text)
    cell.font = Font(name=_FONT, size=12, bold=True)
    cell.fill = PatternFill("solid", fgColor="E7E6E6")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(index)].width = column.width


def _lay_out(sheet: Worksheet, width: int, height: int, language: str) -> None:
    """What helps on the screen (frozen head, filter) and on paper (A4 across, head repeated)."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    if height:
        sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{height + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.oddHeader.center.text = word("title", language)
    sheet.oddFooter.center.text = word("page_of", language) + "&P/&N"
