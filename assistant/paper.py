"""What the Word documents that we make share: letters, fields, and tables that break well."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "Times New Roman"  # Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW
_A4 = (210, 297)  # millimetres


def set_a4(page: Section, *, landscape: bool = False) -> None:
    """Make the page A4, upright or across."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    width, height = reversed(_A4) if landscape else _A4
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = Mm(width), Mm(height)


def set_margins(page: Section, *, top: int, bottom: int, left: int, right: int) -> None:
    """The margins in millimetres."""
    from docx.shared import Mm

    page.top_margin, page.bottom_margin = Mm(top), Mm(bottom)
    page.left_margin, page.right_margin = Mm(left), Mm(right)


def set_properties(document: Document, title: str) -> None:
    """The title, and nothing of the template's author."""
    document.core_properties.title = title
    document.core_properties.author = ""
    document.core_properties.comments = ""


def set_letters(style: ParagraphStyle, size: float, language: str) -> None:
    """Letters of a style: the font for every script, the size in points, the spelling's language.

    Headings of Word's template take font and colour from its theme, which would win.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = FONT, Pt(size)
    letters = style.element.get_or_add_rPr()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        letters.rFonts.attrib.pop(qn(f"w:{script}"), None)
    for script in ("eastAsia", "cs"):
        letters.rFonts.set(qn(f"w:{script}"), FONT)
    if (spelling := letters.find(qn("w:lang"))) is None:
        spelling = OxmlElement("w:lang")
        letters.append(spelling)
    spelling.set(qn("w:val"), "en-GB" if language == "en" else "vi-VN")


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that the word processor fills in: PAGE, NUMPAGES."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def put(
    paragraph: Paragraph,
    text: str,
    size: float | None = None,
    *,
    bold: bool = False,
    italic: bool = False,
) -> Run:
    """Text at the end of a paragraph; without a size in points, in that of its style."""
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = Pt(size)
    return run


def keep_row_together(row: _Row) -> None:
    """Keep a row from being split over two pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_as_head(row: _Row) -> None:
    """Show the row again on every page that its table runs to."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def set_widths(table: Table, widths: Sequence[int]) -> None:
    """The widths of the columns in millimetres: Word reads the columns', LibreOffice the cells'."""
    from docx.shared import Mm

    table.autofit = False
    for millimetres, column in zip(widths, table.columns, strict=True):
        column.width = Mm(millimetres)
        for cell in column.cells:
            cell.width = Mm(millimetres)
