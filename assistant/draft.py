"""What a reader hands on: lines of an answer, each with the spans of source that bear it out."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Doubt, HeaderField, SourceDocument


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
    """Lines of an answer; no line is an abstention.

    ``note`` is the key of a fixed phrase that says why the lines are no answer: they show what the
    documents do say («… nhưng không ghi thời hạn»).
    """

    lines: tuple[Line, ...] = ()
    note: str = ""
    more: int = 0  # lines left out
    remarks: tuple[Doubt, ...] = ()  # what is odd about the words quoted
    certain: bool = (
        False  # picked by a date or a field of the head, not by likeness to the question
    )
    differs: bool = False  # the lines are what different places say of one thing

    @property
    def abstains(self) -> bool:
        return not self.lines
