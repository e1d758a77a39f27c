"""Web pages, also those that word processors save: bytes → the text that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ingest.errors import UnreadableFile
from ingest.load import legacy
from ingest.load.docx_fonts import UNICODE, Font, in_unicode
from ingest.load.docx_numbering import format_number
from ingest.load.tables import Cell, table_lines
from ingest.load.text import decode_declared
from ingest.records import LoadedFile

Element = Any  # lxml ships no types
Fragment = tuple[str, Font]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD_BYTES = 4096
_UNSEEN = frozenset("script style head template noscript title object svg math".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table ul".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_FONT_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;\"',]+)", re.IGNORECASE)
_BORDER = re.compile(r"border[\w-]*\s*:[^;]*\b(?:solid|double|dotted|dashed)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LIST_FORMATS = {"A": "upperLetter", "a": "lowerLetter", "I": "upperRoman", "i": "lowerRoman"}
_MAX_DEPTH = 200  # of elements inside one another; pages of offices stay under 50


def read_html(data: bytes, name: str) -> LoadedFile:
    """The page's text as one page: what is hidden, scripted or in its head is left out."""
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    text = decode_declared(data, declared[1].decode("ascii", "replace") if declared else "", name)
    try:
        parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        root = etree.fromstring(_DECLARATION.sub("", text), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(name, "damaged") from error
    if root is None:
        raise UnreadableFile(name, "no_text")
    try:
        lines = _Reader().lines(root)
    except RecursionError as error:
        raise UnreadableFile(name, "too_complex", "HTML") from error
    if not any(line.strip() for line in lines):
        raise UnreadableFile(name, "no_text")
    return LoadedFile(("\n".join(lines),))


class _Reader:
    """Collects the lines of one page; blocks end a line, and only ``<pre>`` keeps its own."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[Fragment] = []

    def lines(self, element: Element, font: Font = UNICODE, depth: int = 0) -> list[str]:
        """The lines of what is in ``element``."""
        self._content(element, font, depth)
        self._end_line()
        return self._lines

    def _content(self, element: Element, font: Font, depth: int, kept: bool = False) -> None:
        if depth > _MAX_DEPTH:
            raise RecursionError
        self._text(element.text, font, kept)
        for at, child in enumerate(element):
            if isinstance(child.tag, str) and not _is_hidden(child):
                self._element(child, font, depth + 1, kept, at)
            self._text(child.tail, font, kept)

    def _element(self, element: Element, font: Font, depth: int, kept: bool, at: int) -> None:
        tag = element.tag.lower()
        font = _font(element, font)
        if tag == "br":
            self._end_line()
        elif tag == "table":
            self._end_line()
            self._lines += _table(element, font, depth, at)
        elif tag in _BLOCKS:
            self._end_line()
            if tag == "li" and (label := _label(element, at)):
                self._line.append((f"{label} ", UNICODE))
            self._content(element, font, depth, kept or tag == "pre")
            self._end_line()
            if tag in ("p", "li", "hr") or tag[0] == "h":
                self._lines.append("")
        else:
            self._content(element, font, depth, kept)

    def _text(self, text: str | None, font: Font, kept: bool) -> None:
        if not text:
            return
        if not kept:
            self._line.append((_SPACES.sub(" ", text), font))
            return
        for at, line in enumerate(text.splitlines()):
            if at:
                self._end_line()
            self._line.append((line, font))

    def _end_line(self) -> None:
        line = "".join(in_unicode(self._line)).strip(" ")
        if line:
            self._lines.append(line)
        self._line = []


def _table(table: Element, font: Font, depth: int, at: int) -> list[str]:
    rows: list[list[Cell]] = []
    for row in _within(table, "tr"):
        cells: list[Cell] = []
        column = 0
        for cell in row:
            if isinstance(cell.tag, str) and cell.tag.lower() in ("td", "th"):
                lines = _Reader().lines(cell, _font(cell, font), depth + 3)
                bordered = True if _BORDER.search(cell.get("style", "")) else None
                cells.append(Cell(column, tuple(line for line in lines if line), bordered))
                span = cell.get("colspan", "1").strip()
                column += int(span) if span.isdecimal() and len(span) < 4 else 1
        rows.append(cells)
    border = table.get("border", "0").strip()
    drawn = border not in ("", "0") or bool(_BORDER.search(table.get("style", "")))
    # In a page the letterhead's table is among its first elements; wrappers may come before it.
    return table_lines(rows, drawn, at_edge=at == 0 or table.getnext() is None)


def _within(table: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, not those of tables in its cells."""
    for child in table:
        if isinstance(child.tag, str):
            if child.tag.lower() == tag:
                yield child
            elif child.tag.lower() in ("tbody", "thead", "tfoot"):
                yield from _within(child, tag)


def _label(item: Element, at: int) -> str:
    """The number or dash of the list item that stands at ``at`` in its list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    start = parent.get("start", "1")
    number = at + (int(start) if start.isdecimal() and len(start) < 6 else 1)
    return f"{format_number(number, _LIST_FORMATS.get(parent.get('type', ''), 'decimal'))}."


def _font(element: Element, inherited: Font) -> Font:
    named = element.get("face")
    if not named and (found := _FONT_FAMILY.search(element.get("style", ""))):
        named = found[1]
    return legacy.font_encoding(named.split(",")[0].strip(" '\"")) if named else inherited


def _is_hidden(element: Element) -> bool:
    if element.tag.lower() in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style", "")))
