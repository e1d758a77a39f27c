"""The register as a Word document to print: A4 across, in the letters that offices use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.records import RegisterRow
from assistant.register.doubts import notes_of
from assistant.register.plain import one_line, plain
from assistant.register.schedule import said_beside, said_day, standing
from assistant.register.words import source_words, word

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_FONT = "Times New Roman"  # Nghị định 30/2020/NĐ-CP, Phụ lục I
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
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document.core_properties.title = word("title", language)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin, page.right_margin = Mm(20), Mm(15)
    page.top_margin = page.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_BODY)
    style.paragraph_format.space_after = Pt(2)
    letters = style.element.get_or_add_rPr()
    letters.rFonts.set(qn("w:eastAsia"), _FONT)
    letters.rFonts.set(qn("w:cs"), _FONT)
    spelling = OxmlElement("w:lang")
    spelling.set(qn("w:val"), "en-GB" if language == "en" else "vi-VN")
    letters.append(spelling)
    notice = page.footer.paragraphs[0]
    notice.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _put(notice, word("notice", language), _SOURCE, italic=True)
    footer = page.footer.add_paragraph()
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run(word("page_of", language))
    _add_field(footer, "PAGE")
    footer.add_run("/")
    _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


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
    table.autofit = False
    _put_heads(table, keys, language, on)
    notes: dict[str, int] = {}  # each sentence and its mark
    for number, row in enumerate(rows, 1):
        line = table.add_row()
        _keep_together(line)
        cells = dict(zip(keys, line.cells, strict=True))
        _put_row(cells, number, row, language, on, notes)
    _set_widths(table, keys)
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
        _put(previous, f"({mark}) {sentence}", _QUOTE)


def _put_heads(table: Table, keys: Sequence[str], language: str, on: date | None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    head = table.rows[0]
    _keep_together(head)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # again on every page
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
    _put(first["row"], str(number))
    _put(first["actor"], one_line(duty.actor) or word("no_actor_named", language))
    _put(first["what"], one_line(duty.action))
    _put(cells["what"].add_paragraph(), f"«{plain(row.citation.quote)}»", _QUOTE, italic=True)
    _put(cells["what"].add_paragraph(), source_words(row.citation, language), _SOURCE)
    written = one_line(duty.deadline_text)
    _put(first["deadline"], written)
    marks = [notes.setdefault(note, len(notes) + 1) for note in notes_of(duty, language)]
    if marks:
        run = first["deadline"].add_run(" " + " ".join(f"({mark})" for mark in marks))
        run.font.superscript = True
    if said := said_beside(written, duty.deadline, language):
        _put(cells["deadline"].add_paragraph(), f"→ {said}", _QUOTE)
    if on is not None:
        _put(first["standing"], standing(duty.deadline, on, language))
    _put(first["report_to"], one_line(duty.report_to))


def _put(paragraph: Paragraph, text: str, size: int = _BODY, *, italic: bool = False) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.italic = Pt(size), italic or None


def _keep_together(row: _Row) -> None:
    """Keep a row from being split over two pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _set_widths(table: Table, keys: Sequence[str]) -> None:
    """Word reads the widths of the columns, LibreOffice those of the cells."""
    from docx.shared import Mm

    left = _WIDTH - sum(_WIDTHS[key] for key in keys if key != "what")
    for key, column in zip(keys, table.columns, strict=True):
        width = Mm(_WIDTHS.get(key, left))
        column.width = width
        for cell in column.cells:
            cell.width = width
