"""The sentences and items of passages, each under its headings, as sentences are held against them.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.units import SourceUnit, completed_line
from assistant.verify import Piece, Words
from assistant.verify.orders import is_order
from ingest.records import SourceDocument

_NUMBERING = re.compile(
    r"\s*[-–+*•(]?\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[a-zđ])\s*[.)\-–:]?\s*"
)
_HEADING_WORDS = 60  # of a heading's first line


def pieces_of(units: Sequence[SourceUnit]) -> tuple[Piece, ...]:
    """The units of one passage as pieces, in order; offsets are into their document.

    Paragraphs that tell their reader what to answer have none.
    """
    return tuple(_piece(unit) for unit in units if not is_order(_paragraph(unit)))


def _paragraph(unit: SourceUnit) -> str:
    """The lines on which ``unit`` stands, whole."""
    text = unit.document.text
    end = text.find("\n", unit.end)
    return text[text.rfind("\n", 0, unit.start) + 1 : end if end >= 0 else len(text)]


def _piece(unit: SourceUnit) -> Piece:
    document = unit.document
    return Piece(
        words=Words(unit.text, unit.start),
        lead=_lead(unit),
        headings=_headings(document, unit.start),
        card=_card(document),
    )


def _card(document: SourceDocument) -> str:
    """What the document itself says it is; its file's name is no words of it."""
    head = document.header
    fields = (head.kind, head.number, head.title, head.issuer, head.place)
    return "\n".join(field.value for field in fields if field is not None)


def _lead(unit: SourceUnit) -> Words | None:
    """What a field line («Thời hạn: …», «; hoàn thành trước …») completes."""
    if not unit.is_field:
        return None
    text = unit.document.text
    line = text.rfind("\n", 0, unit.start) + 1
    before = text[line : unit.start]
    if _NUMBERING.fullmatch(before):
        return None  # «3.2. Số lượng: …» is an item beside the one above, and completes none
    if any(c.isalpha() for c in before):
        return _words(text, line, unit.start)
    above = completed_line(unit.document, unit.start)
    return _words(text, *above) if above else None


def _headings(document: SourceDocument, start: int) -> tuple[Words, ...]:
    """First lines of the sections around, outermost first, then the head of the unit's own line."""
    text = document.text
    line = text.rfind("\n", 0, start) + 1
    found = []
    for section in document.ancestry(document.section_at(start)):
        if section.start < line:
            newline = text.find("\n", section.start, section.end)
            found.append((section.start, section.end if newline < 0 else newline))
    colon = text.find(":", line, start)
    if colon >= 0:
        found.append((line, colon + 1))
    return tuple(w for a, b in found if (w := _words(text, a, b)) is not None)


def _words(text: str, start: int, end: int) -> Words | None:
    """``text[start:end]`` without outer spaces, its first words where it is long."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(" \t\n-–+*•"))
    words = text[start:end].rstrip()
    if len(words.split()) > _HEADING_WORDS:
        words = words[: len(" ".join(words.split()[:_HEADING_WORDS]))]
    return Words(words, start) if words else None
