"""Paragraphs and tables of a printed pack, laid out as offices there expect.

Nghị định 30/2020/NĐ-CP (Phụ lục I, for State bodies) and Hướng dẫn 36-HD/VPTW (for Party bodies)
agree on what is set here: A4, Times New Roman 14, margins of 20 mm above and below, 30 mm on the
left and 15 mm on the right, a first line 10 mm in, 6 points between paragraphs, the page number
in the middle of the top margin from the second page on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

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
from assistant.records import Citation
from assistant.register.plain import plain
from assistant.study.export.sources import Sources, spans
from assistant.study.records import Cited, Line, Own

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

BODY, CELL, SMALL = 14, 12, 11  # points
WIDTH = 165  # millimetres, what the margins leave of 210
_INDENT = 10  # millimetres
_LETTER = 0.17  # millimetres that a letter takes on average, for each point of its size
_LONGEST_ROW = 34  # lines: a longer row may be split over two pages

_CELL_STYLE = "Cell"  # name and id; looked up by name, a style takes its time
_STEP = 10  # millimetres that a list goes in for each level
_DEEPEST = 4  # levels: what is deeper stands no further in

Text = str | Line  # upright, cited with its marks, or the pack's own in italics
Said = Text | tuple[Text, ...]  # a paragraph: several stand one behind the other
Row = Sequence[Sequence[Said]]  # the paragraphs of each cell


class Sheet:
    """A document in work, and the sources that its marks number."""

    def __init__(self, sources: Sources, title: str) -> None:
        from docx import Document

        self.document: Document = Document()
        self.sources = sources
        self._block: _Cell | None = None  # what is put goes there, where it is open
        self._rows: Table | None = None  # of the blocks before
        set_properties(self.document, title)
        _set_page(self.document)
        _set_styles(self.document)

    def heading(self, text: str, level: int = 1, *, on_new_page: bool = False) -> None:
        """A heading, kept with what follows it."""
        paragraph = self._paragraph()
        paragraph.style = f"Heading {level}"
        if self._block is not None:
            # LibreOffice would keep the whole table with what follows it.
            paragraph.paragraph_format.keep_with_next = False
        put(paragraph, plain(text))
        paragraph.paragraph_format.page_break_before = on_new_page or None

    def centred(self, text: str, *, bold: bool = False) -> None:
        """A line in the middle, kept with what follows."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.document.add_paragraph()
        put(paragraph, plain(text), bold=bold)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.keep_with_next = True

    def paragraph(
        self, text: Text, *, lead: str = "", size: float | None = None, keep: bool = False
    ) -> Paragraph:
        """A paragraph of the body, behind a bold ``lead``; ``keep``: on a page with the next."""
        from docx.shared import Pt

        paragraph = self._below()
        if keep:
            # LibreOffice may leave it behind at the end of a page where there is room below it.
            paragraph.paragraph_format.keep_with_next = self._block is None or None
            paragraph.paragraph_format.space_after = Pt(0)
        if lead:
            put(paragraph, f"{lead} ", size, bold=True)
        self.put(paragraph, text, size)
        return paragraph

    def point(
        self,
        text: Text,
        *,
        depth: int = 0,
        sign: str = "–",
        bold: bool = False,
        keep: bool = False,
        paragraph: Paragraph | None = None,
    ) -> None:
        """A line of a list behind its sign, further in by ``depth`` steps; in the empty
        ``paragraph`` where one is given."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        paragraph = paragraph or self._below()
        layout = paragraph.paragraph_format
        hanging = _hanging(sign)
        text_begins = Mm(hanging + min(depth, _DEEPEST) * _STEP)
        layout.left_indent, layout.first_line_indent = text_begins, Mm(-hanging)
        layout.tab_stops.add_tab_stop(text_begins)
        layout.space_before, layout.space_after = Pt(3), Pt(0)
        layout.keep_together = True
        layout.keep_with_next = keep or None
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        put(paragraph, f"{plain(sign)}\t", bold=bold)
        self.put(paragraph, text, bold=bold)

    def blocks(self, sizes: Sequence[int]) -> Iterator[Paragraph]:
        """Empty paragraphs in blocks of these sizes, each block kept on one page.

        The blocks are rows of a table without lines: unlike paragraphs kept with the next, which
        LibreOffice at times leaves behind, a row that must not be split never is.
        """
        table = self.document.add_table(rows=0, cols=1)
        for size in sizes:
            row = table.add_row()
            keep_row_together(row)
            (cell,) = row.cells
            yield cell.paragraphs[0]
            for _ in range(size - 1):
                yield cell.add_paragraph()
        set_widths(table, [WIDTH])

    @contextmanager
    def block(self) -> Iterator[None]:
        """What is put meanwhile stays on one page: a row of such a table, below the block before.

        A heading put first is kept with what it leads.
        """
        rows = self._rows
        if rows is None or self._last() is not rows._tbl:
            rows = self._rows = self.document.add_table(rows=0, cols=1)
        row = rows.add_row()
        keep_row_together(row)
        (self._block,) = row.cells
        try:
            yield
        finally:
            self._block = None
            set_widths(rows, [WIDTH])

    def blanks(self, *labels: str) -> None:
        """A line of labels, each before dots to be written on, in shares of the line."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm

        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.first_line_indent = 0
        for number in range(1, len(labels) + 1):
            end = Mm(WIDTH * number / len(labels) - (2 if number < len(labels) else 0))
            layout.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
        paragraph.add_run(" ".join(f"{label} \t" for label in labels))

    def answer_blank(self, label: str) -> None:
        """A short line of dots behind ``label``, under a question."""
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm, Pt

        paragraph = self._paragraph()
        layout = paragraph.paragraph_format
        layout.first_line_indent = Mm(_INDENT)
        layout.space_before, layout.space_after = Pt(4), Pt(10)
        layout.tab_stops.add_tab_stop(Mm(90), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
        # LibreOffice passes over a tab that nothing follows in a cell.
        paragraph.add_run(f"{label} \t\N{ZERO WIDTH SPACE}")

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Iterable[Row],
        *,
        size: float = CELL,
        centred: Sequence[int] = (),
        bold: Sequence[int] = (),
    ) -> Table:
        """A table whose head stands on every page; a cell holds lines, a paragraph each.

        ``centred`` and ``bold`` are indices of columns.
        """
        table = (self._block or self.document).add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        head = table.rows[0]
        keep_row_together(head)
        repeat_as_head(head)
        for cell, text in zip(head.cells, heads, strict=True):
            self._fill(cell, [text], size, centred=True, bold=True, keep=True)
        for row in rows:
            line = table.add_row()
            if _height(row, widths, size) <= _LONGEST_ROW:
                keep_row_together(line)
            for index, (cell, texts) in enumerate(zip(line.cells, row, strict=True)):
                self._fill(cell, texts, size, centred=index in centred, bold=index in bold)
        set_widths(table, widths)
        return table

    def put(
        self, paragraph: Paragraph, text: Said, size: float | None = None, *, bold: bool = False
    ) -> None:
        """Text at the end of a paragraph, cited words with the numbers of their sources."""
        if isinstance(text, tuple):
            for piece in text:
                self.put(paragraph, piece, size, bold=bold)
        elif isinstance(text, str):
            put(paragraph, plain(text), size, bold=bold)
        elif isinstance(text, Own):
            put(paragraph, plain(text.text), size, bold=bold, italic=True)
        else:
            put(paragraph, plain(text.text), size, bold=bold)
            self.marks(paragraph, text.citations, size)

    def marks(
        self, paragraph: Paragraph, citations: Iterable[Citation], size: float | None = None
    ) -> None:
        """The numbers of sources, « [3] [5–7]», each a link to its row in the table of sources."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for first, last in spans(self.sources.numbers(citations)):
            put(paragraph, "\N{NO-BREAK SPACE}", size)
            run = put(paragraph, f"[{first}]" if first == last else f"[{first}–{last}]", size)
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _anchor(first))
            paragraph._p.replace(run._r, link)
            link.append(run._r)

    def _paragraph(self) -> Paragraph:
        """A new paragraph at the end, of the open block where there is one."""
        if self._block is None:
            return self.document.add_paragraph()
        last = self._block.paragraphs[-1]  # a cell is never without one, nor ends with a table
        return self._block.add_paragraph() if last.runs else last

    def _last(self) -> Any:
        """The last element of the document, before the properties of its section."""
        return self.document.element.body[-2] if len(self.document.element.body) > 1 else None

    def _below(self) -> Paragraph:
        """A new paragraph, with a little room above it where it stands below a table."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        paragraph = self._paragraph()
        above = paragraph._p.getprevious()
        if above is not None and above.tag == qn("w:tbl"):
            paragraph.paragraph_format.space_before = Pt(6)
        return paragraph

    def mark_source(self, cell: _Cell, number: int) -> None:
        """Make a cell the place that the marks of this number lead to."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(number))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), _anchor(number))
            cell.paragraphs[0]._p.append(mark)

    def _fill(
        self,
        cell: _Cell,
        texts: Sequence[Said],
        size: float,
        *,
        centred: bool,
        bold: bool,
        keep: bool = False,
    ) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        for number, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph._p.style = _CELL_STYLE
            if centred:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = keep or None
            self.put(paragraph, text, size, bold=bold)
        if not texts:
            cell.paragraphs[0]._p.style = _CELL_STYLE


def cited(text: str, citations: tuple[Citation, ...]) -> Text:
    """``text`` with its marks; without citations it is no document's."""
    return Cited(text, citations) if citations else Own(text)


def _anchor(number: int) -> str:
    return f"nguon{number}"


def _hanging(sign: str) -> int:
    """Millimetres that a sign takes before its text, in steps that keep lists straight."""
    return max(6, math.ceil(len(sign) * 2.6) + 3)


def _height(row: Row, widths: Sequence[int], size: float) -> int:
    """The lines that the longest cell of a row takes, roughly."""
    heights = [0]
    for texts, width in zip(row, widths, strict=True):
        letters = max(1, int((width - 4) / (_LETTER * size)))
        lines = [line for text in texts for line in _plain_text(text).split("\n")]
        heights.append(sum(max(1, math.ceil(len(line) / letters)) for line in lines))
    return max(heights)


def _plain_text(text: Said) -> str:
    if isinstance(text, tuple):
        return "".join(map(_plain_text, text))
    return text if isinstance(text, str) else text.text


def _set_page(document: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    page = document.sections[0]
    set_a4(page)
    set_margins(page, top=20, bottom=20, left=30, right=15)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True  # the first page has no number
    number = page.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.paragraph_format.first_line_indent = 0
    number.paragraph_format.space_after = 0
    add_field(number, "PAGE")


def _set_styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    styles: Any = document.styles
    normal = styles["Normal"]
    set_letters(normal, BODY, "vi")
    layout = normal.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    layout.first_line_indent = Mm(_INDENT)
    layout.space_before, layout.space_after = Pt(0), Pt(6)
    layout.line_spacing = 1.0
    layout.widow_control = True
    for level in (1, 2):
        heading = styles[f"Heading {level}"]
        set_letters(heading, BODY, "vi")
        heading.font.bold, heading.font.color.rgb = True, RGBColor(0, 0, 0)
        layout = heading.paragraph_format
        layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
        layout.first_line_indent = 0
        layout.space_before, layout.space_after = Pt(14 if level == 1 else 8), Pt(6)
        layout.keep_with_next = layout.keep_together = True
    cell = styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    set_letters(cell, CELL, "vi")
    layout = cell.paragraph_format
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
    layout.first_line_indent = 0
    layout.space_before = layout.space_after = Pt(2)
    styles["Header"].paragraph_format.first_line_indent = 0
