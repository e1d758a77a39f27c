"""The register as a Word document to print: A4 across, in the letters that offices use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.paper import (
    add_field,
    keep_row_together,
    put,
    repeat_as_head,
    set_a4,
    set_letters,
    set_margins,
    set_properties,
    set_widths,
)
from assistant.records import RegisterRow
from assistant.register.doubts import notes_of
from assistant.register.plain import one_line, plain
from assistant.register.schedule import said_beside, said_day, standing
from assistant.register.words import source_words, word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_BODY, _TITLE, _QUOTE, _SOURCE = 12, 13, 11, 10  # points
# Widths in millimetres; together 262, what the margins leave of 297. The duty takes what is left.
_WIDTHS = {"row": 12, "actor": 46, "deadline": 38, "standing": 32, "report_to": 34}
_WIDTH = 262


def to_docx(
    rows: Sequence[RegisterRow],
    *,
    language: str = "vi",
    on: date | None = None,
    shown: str = "",
) -> bytes:
    """A document with one table, a row a duty in the order given, each with its exact words.

    ``shown`` says in words what the rows were chosen by; with the day ``on`` a column says what is
    overdue. What wants a second look has a mark, explained below the table.
    """
    from docx import Document

    document = Document()
    _set_page(document, language)
    _put_title(document, rows, language, on, shown)
    if rows:
        _put_table(document, rows, language, on)
    else:
        document.add_paragraph(word("nothing", language))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_page(document: Document, language: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    set_properties(document, word("title", language))
    page = document.sections[0]
    set_a4(page, landscape=True)
    set_margins(page, top=20, bottom=20, left=20, right=15)
    style = document.styles["Normal"]
    set_letters(style, _BODY, language)
    style.paragraph_format.space_after = Pt(2)
    notice = page.footer.paragraphs[0]
    notice.alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(notice, word("notice", language), _SOURCE, italic=True)
    footer = page.footer.add_paragraph()
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(word("page_of", language))
    add_field(footer, "PAGE")
    footer.add_run("/")
    add_field(footer, "NUMPAGES")


def _put_title(
    document: Document, rows: Sequence[RegisterRow], language: str, on: date | None, shown: str
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(word("title", language))
    run.bold, run.font.size = True, Pt(_TITLE)
    said = [word("shown", language, shown=one_line(shown))] if shown else []
    said += [word("count", language, n=len(rows))]
    said += [word("as_of", language, day=said_day(on, language))] if on else []
    line = document.add_paragraph(". ".join(said) + ".")
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.space_after = Pt(6)


def _put_table(
    document: Document, rows: Sequence[RegisterRow], language: str, on: date | None
) -> None:
    keys = ["row", "actor", "what", "deadline", "standing", "report_to"]
    if on is None:
        keys.remove("standing")
    table = document.add_table(rows=1, cols=len(keys))
    table.style = "Table Grid"
    _put_heads(table, keys, language, on)
    notes: dict[str, int] = {}  # each sentence and its mark
    for number, row in enumerate(rows, 1):
        line = table.add_row()
        keep_row_together(line)
        cells = dict(zip(keys, line.cells, strict=True))
        _put_row(cells, number, row, language, on, notes)
    left = _WIDTH - sum(_WIDTHS[key] for key in keys if key != "what")
    set_widths(table, [_WIDTHS.get(key, left) for key in keys])
    if notes:
        _put_notes(document, notes, language)


def _put_notes(document: Document, notes: dict[str, int], language: str) -> None:
    """What the marks stand for, kept on one page."""
    from docx.shared import Pt

    head = document.add_paragraph()
    head.paragraph_format.space_before = Pt(6)
    head.add_run(word("notes", language)).bold = True
    previous = head
    for sentence, mark in notes.items():
        previous.paragraph_format.keep_with_next = True
        previous = document.add_paragraph()
        put(previous, f"({mark}) {sentence}", _QUOTE)


def _put_heads(table: Table, keys: Sequence[str], language: str, on: date | None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    head = table.rows[0]
    keep_row_together(head)
    repeat_as_head(head)
    day = said_day(on, language) if on else ""
    for key, cell in zip(keys, head.cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(word(key, language, day=day)).bold = True


def _put_row(
    cells: dict[str, _Cell],
    number: int,
    row: RegisterRow,
    language: str,
    on: date | None,
    notes: dict[str, int],
) -> None:
    """One duty. ``notes`` gathers the sentences that its marks stand for."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    duty = row.obligation
    first = {key: cell.paragraphs[0] for key, cell in cells.items()}
    first["row"].alignment = WD_ALIGN_PARAGRAPH.CENTER
    put(first["row"], str(number))
    put(first["actor"], one_line(duty.actor) or word("no_actor_named", language))
    put(first["what"], one_line(duty.action))
    put(cells["what"].add_paragraph(), f"«{plain(row.citation.quote)}»", _QUOTE, italic=True)
    put(cells["what"].add_paragraph(), source_words(row.citation, language), _SOURCE)
    written = one_line(duty.deadline_text)
    put(first["deadline"], written)
    marks = [notes.setdefault(note, len(notes) + 1) for note in notes_of(duty, language)]
    if marks:
        run = first["deadline"].add_run(" " + " ".join(f"({mark})" for mark in marks))
        run.font.superscript = True
    if said := said_beside(written, duty.deadline, language):
        put(cells["deadline"].add_paragraph(), f"→ {said}", _QUOTE)
    if on is not None:
        put(first["standing"], standing(duty.deadline, on, language))
    put(first["report_to"], one_line(duty.report_to))
