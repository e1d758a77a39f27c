"""The body of a Word document as lines: paragraphs, lists and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.load.docx_fonts import UNICODE, Font, Fonts, in_unicode
from ingest.load.docx_numbering import Element, Numbering, W
from ingest.load.tables import Cell, table_lines

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
    f"{W}softHyphen": "\u00ad",  # in the fonts of TCVN3 it is the letter «ư»
}
_OFF = frozenset({"0", "false", "off", "none"})
_NO_LINE = frozenset({"nil", "none", ""})
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


class BodyReader:
    """Turns block containers into lines. One reader a document: its list numbers run on."""

    def __init__(self, styles: Element | None, numbering: Numbering) -> None:
        self._numbering = numbering
        self._fonts = Fonts(styles)
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
                text = " ".join(line.strip() for line in self.flow(note) if line.strip())
                if text:
                    found.append(f"({len(found) + 1}) {text}")
        return found

    def flow(self, container: Element) -> list[str]:
        """The lines of a cell, text box, note, header or footer."""
        lines: list[str] = []
        for block in _blocks(container):
            lines += self._table(block) if block.tag == f"{W}tbl" else self._paragraph(block)
        return lines

    def _paragraph(self, paragraph: Element) -> list[str]:
        boxes: list[Element] = []
        properties = paragraph.find(f"{W}pPr")
        font = self._fonts.of_style(self._style(properties))
        fragments = _inline(paragraph, boxes, self._fonts, font)
        text = self._carried + "".join(in_unicode(fragments))
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
            return []
        self._carried = ""
        label = self._label(properties)
        lines = [f"{label} {text.lstrip()}" if label and text.strip() else text]
        for box in boxes:
            lines += self.flow(box)
        return lines

    def _style(self, properties: Element | None) -> str:
        named = None if properties is None else properties.find(f"{W}pStyle")
        return self._default_style if named is None else str(named.get(f"{W}val", ""))

    def _label(self, properties: Element | None) -> str:
        number, level = None, None
        if properties is not None:
            numbered = properties.find(f"{W}numPr")
            if numbered is not None:
                own, depth = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
                number = None if own is None else own.get(f"{W}val")
                shown = "" if depth is None else depth.get(f"{W}val", "")
                level = int(shown) if shown.isdigit() else None
        return self._numbering.label(number, level, self._ancestry(self._style(properties)))

    def _ancestry(self, style: str) -> tuple[str, ...]:
        path: list[str] = []
        while style and style not in path:  # a style based on itself is a loop, not a crash
            path.append(style)
            style = self._parents.get(style, "")
        return tuple(path)

    def _table(self, table: Element, *, at_edge: bool = False) -> list[str]:
        rows = [self._row(row) for row in _rows(table)]
        return table_lines(rows, self._is_bordered(table), at_edge)

    def _row(self, row: Element) -> list[Cell]:
        cells, column = [], 0
        for cell in _cells(row):
            properties = cell.find(f"{W}tcPr")
            span = None if properties is None else properties.find(f"{W}gridSpan")
            if not _continues_merge(properties):
                borders = None if properties is None else properties.find(f"{W}tcBorders")
                bordered = None if borders is None else _has_line(borders)
                cells.append(Cell(column, tuple(self.flow(cell)), bordered))
            width = "" if span is None else span.get(f"{W}val", "")
            column += int(width) if width.isdigit() else 1
        return cells

    def _is_bordered(self, table: Element) -> bool:
        own = table.find(f"{W}tblPr/{W}tblBorders")
        if own is not None:
            return _has_line(own)
        style = table.find(f"{W}tblPr/{W}tblStyle")
        named = "" if style is None else style.get(f"{W}val", "")
        return any(s in self._bordered_styles for s in self._ancestry(named))


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


def _inline(
    element: Element, boxes: list[Element], fonts: Fonts, font: str, of_run: Font = UNICODE
) -> Iterator[tuple[str, Font]]:
    """The visible characters under ``element``, each stretch with the font it is in.

    Text boxes met on the way go to ``boxes``; ``font`` is the one of the paragraph's style.
    """
    for child in _children(element):
        tag = child.tag
        if tag in _UNSEEN:
            continue
        if tag == f"{W}t":
            yield child.text or "", of_run
        elif tag == f"{W}txbxContent":
            boxes.append(child)
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag], of_run
        elif tag != f"{W}r":
            yield from _inline(child, boxes, fonts, font, of_run)
        elif not _is_hidden(child):
            capitals = _is_on(child.find(f"{W}rPr/{W}caps"))
            encoding, drawn = fonts.of_run(child, font)
            yield from _inline(child, boxes, fonts, font, (encoding, drawn or capitals))


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
