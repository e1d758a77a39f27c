"""The body of a Word document as lines: paragraphs, lists and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.load.docx_numbering import Element, Numbering, W

__all__ = ["BodyReader", "Element", "W"]

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Removed by a tracked change, or written for machines: not in the document as it reads now.
_UNSEEN = frozenset(
    f"{W}{tag}"
    for tag in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr")
)
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_OFF = frozenset({"0", "false", "off", "none"})
_NO_LINE = frozenset({"nil", "none", ""})
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")
_LAYOUT_COLUMNS = (2, 3)
_MAX_LAYOUT_ROWS = 4  # a letterhead or signature block whose cells hold several lines
_MAX_EDGE_ROWS = 16  # the same drawn with a row a line


@dataclass(frozen=True, slots=True)
class _Cell:
    column: int  # of the grid
    lines: tuple[str, ...]
    bordered: bool | None  # None: as the table says


class BodyReader:
    """Turns block containers into lines. One reader a document: its list numbers run on."""

    def __init__(self, styles: Element | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._parents: dict[str, str] = {}
        self._default_style = ""
        self._bordered_styles: set[str] = set()
        self._carried = ""  # text of a paragraph whose end mark was deleted: it runs on
        for style in () if styles is None else styles.iterchildren(f"{W}style"):
            self._read_style(style)

    def _read_style(self, style: Element) -> None:
        identity = style.get(f"{W}styleId", "")
        based_on = style.find(f"{W}basedOn")
        self._parents[identity] = "" if based_on is None else based_on.get(f"{W}val", "")
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            self._default_style = identity
        if _has_line(style.find(f"{W}tblPr/{W}tblBorders")):
            self._bordered_styles.add(identity)

    def lines(self, container: Element | None) -> list[str]:
        """The lines of the body of a document, blank ones kept."""
        if container is None:
            return []
        blocks = list(_blocks(container))
        filled = [i for i, block in enumerate(blocks) if _has_text(block)]
        edges = {filled[0], filled[-1]} if filled else set()
        lines: list[str] = []
        for index, block in enumerate(blocks):
            if block.tag == f"{W}tbl":
                lines += self._table(block, at_edge=index in edges)
            else:
                lines += self._paragraph(block)
        return lines

    def notes(self, notes: Element) -> list[str]:
        """Footnotes or endnotes as lines «(1) …», for the end of the text.

        No mark is left where the note hangs: «Nhân dân1» would be another word, and ``[1]`` is
        how an answer marks its citations.
        """
        found: list[str] = []
        for note in notes:
            # Separators carry a type; real notes don't.
            if isinstance(note.tag, str) and note.get(f"{W}type") in (None, "normal"):
                text = " ".join(line.strip() for line in self._flow(note) if line.strip())
                if text:
                    found.append(f"({len(found) + 1}) {text}")
        return found

    def _flow(self, container: Element) -> list[str]:
        """The lines of a cell, text box or note."""
        lines: list[str] = []
        for block in _blocks(container):
            lines += self._table(block) if block.tag == f"{W}tbl" else self._paragraph(block)
        return lines

    def _paragraph(self, paragraph: Element) -> list[str]:
        boxes: list[Element] = []
        text = self._carried + "".join(_inline(paragraph, boxes))
        properties = paragraph.find(f"{W}pPr")
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
            return []
        self._carried = ""
        label = self._label(properties)
        lines = [f"{label} {text.lstrip()}" if label and text.strip() else text]
        for box in boxes:
            lines += self._flow(box)
        return lines

    def _label(self, properties: Element | None) -> str:
        style, number, level = self._default_style, None, None
        if properties is not None:
            named = properties.find(f"{W}pStyle")
            style = style if named is None else named.get(f"{W}val", "")
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                own, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
                number = None if own is None else own.get(f"{W}val")
                shown = "" if depth is None else depth.get(f"{W}val", "")
                level = int(shown) if shown.isdigit() else None
        return self._numbering.label(number, level, self._ancestry(style))

    def _ancestry(self, style: str) -> tuple[str, ...]:
        path: list[str] = []
        while style and style not in path:  # a style based on itself is a loop, not a crash
            path.append(style)
            style = self._parents.get(style, "")
        return tuple(path)

    def _table(self, table: Element, *, at_edge: bool = False) -> list[str]:
        rows = [self._row(row) for row in _rows(table)]
        filled = [[c for c in row if any(line.strip() for line in c.lines)] for row in rows]
        filled = [row for row in filled if row]
        if max((len(row) for row in filled), default=0) <= 1:  # a frame around text
            return [line for row in filled for cell in row for line in cell.lines]
        if _is_layout(filled, self._is_bordered(table, filled), at_edge):
            columns = sorted({cell.column for row in filled for cell in row})
            return [
                line
                for column in columns
                for row in filled
                for cell in row
                if cell.column == column
                for line in cell.lines
            ]
        return [" | ".join(map(_joined, row)) for row in filled]

    def _row(self, row: Element) -> list[_Cell]:
        cells, column = [], 0
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            span = None if properties is None else properties.find(f"{W}gridSpan")
            if not _continues_merge(properties):
                borders = None if properties is None else properties.find(f"{W}tcBorders")
                bordered = None if borders is None else _has_line(borders)
                cells.append(_Cell(column, tuple(self._flow(cell)), bordered))
            width = "" if span is None else span.get(f"{W}val", "")
            column += int(width) if width.isdigit() else 1
        return cells

    def _is_bordered(self, table: Element, rows: list[list[_Cell]]) -> bool:
        own = table.find(f"{W}tblPr/{W}tblBorders")
        style = table.find(f"{W}tblPr/{W}tblStyle")
        if own is not None:
            whole = _has_line(own)
        else:
            named = "" if style is None else style.get(f"{W}val", "")
            whole = any(s in self._bordered_styles for s in self._ancestry(named))
        drawn = [whole if cell.bordered is None else cell.bordered for row in rows for cell in row]
        return sum(drawn) * 2 > len(drawn)  # one underlined cell is a rule, not a grid


def _is_layout(rows: list[list[_Cell]], bordered: bool, at_edge: bool) -> bool:
    """Whether a table only places blocks side by side (letterhead, signature): read down columns.

    A table of data is read row by row. Told apart by structure: few columns, and either several
    lines in neighbouring cells or no borders at the very start or end of the document.
    """
    columns = len({cell.column for row in rows for cell in row})
    if columns not in _LAYOUT_COLUMNS:
        return False
    side_by_side = any(
        sum(len([line for line in cell.lines if line.strip()]) > 1 for cell in row) > 1
        for row in rows
    )
    if bordered:
        return side_by_side and len(rows) <= 2
    return (side_by_side and len(rows) <= _MAX_LAYOUT_ROWS) or (
        at_edge and columns == 2 and len(rows) <= _MAX_EDGE_ROWS
    )


def _joined(cell: _Cell) -> str:
    return " ".join(" ".join(cell.lines).split())


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, seen through content controls and tracked insertions."""
    for child in _children(container):
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _UNSEEN:
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[Element]:
    for child in _children(table):
        if child.tag == f"{W}tr":
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag not in _UNSEEN:
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in _children(row):
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _UNSEEN:
            yield from _cells(child)


def _children(element: Element) -> Iterator[Element]:
    """Child elements; of alternatives for newer and older programs, the first that has text."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{_COMPATIBILITY}AlternateContent":
            choices = [choice for choice in child if isinstance(choice.tag, str)]
            chosen = next((c for c in choices if _has_text(c)), None)
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


def _inline(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The visible characters under ``element``; text boxes met on the way go to ``boxes``."""
    for child in _children(element):
        tag = child.tag
        if tag in _UNSEEN:
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag != f"{W}r" or not _is_hidden(child):
            capitals = tag == f"{W}r" and _is_on(child.find(f"{W}rPr/{W}caps"))
            for text in _inline(child, boxes):
                yield text.upper() if capitals else text  # capitals as the reader sees them


def _is_hidden(run: Element) -> bool:
    return _is_on(run.find(f"{W}rPr/{W}vanish"))


def _is_on(toggle: Element | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val") not in _OFF


def _has_text(element: Element) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{W}t"))


def _has_line(borders: Element | None) -> bool:
    if borders is None:
        return False
    sides = (borders.find(f"{W}{side}") for side in _SIDES)
    drawn = [s for s in sides if s is not None and s.get(f"{W}val", "") not in _NO_LINE]
    return len(drawn) > 1


def _continues_merge(properties: Element | None) -> bool:
    if properties is None:
        return False
    merges = (properties.find(f"{W}vMerge"), properties.find(f"{W}hMerge"))
    return any(m is not None and m.get(f"{W}val") != "restart" for m in merges)
