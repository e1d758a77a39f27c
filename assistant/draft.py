"""What a reader hands on: lines of an answer, each with the spans of source that bear it out."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import HeaderField, SourceDocument


@dataclass(frozen=True, slots=True)
class Span:
    """``document.text[start:end]``."""

    document: SourceDocument
    start: int
    end: int

    @classmethod
    def of(cls, document: SourceDocument, field: HeaderField) -> Span:
        return cls(document, field.start, field.end)


@dataclass(frozen=True, slots=True)
class Line:
    """A statement and its evidence, never empty."""

    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Lines of an answer; no line is an abstention."""

    lines: tuple[Line, ...] = ()

    @property
    def abstains(self) -> bool:
        return not self.lines
