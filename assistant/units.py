"""Sentences and items of a document, with what is said around them. Pure; made once a library.

A sentence of an official document is understood with its surroundings: the headings and lead-ins it
stands under, what its own line said before it, and, for a field line («Thời hạn: …», «Cơ quan
chủ trì: …»), the line that it completes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from assistant.language import abbreviations
from assistant.records import RegisterRow
from ingest.dates import DateMention
from ingest.entries import entry_spans
from ingest.lexical import terms
from ingest.records import Role, SourceDocument
from ingest.sentences import item_spans
from ingest.tables import headed_cells, table_rows, tables_of
from ingest.vietnamese import fold

MARKER = re.compile(
    r"\s*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[a-zđ])\s*[.)](?=\s)|[-–+*•]|\(\d{1,2}\)|"
    r"(?:Điều|Bước)\s+\d+\s*[.:](?=\s))?\s*"
)
_FIELD = re.compile(
    r"(?:thoi (?:gian|han|diem)|tien do|hoan thanh|co quan|don vi|bo phan|kinh phi|san pham|"
    r"dia diem|hinh thuc|noi dung|"
    r"doi tuong|thanh phan|so luong|chu tri|phoi hop)\b[^:.]{0,40}:|(?:thoi (?:gian|han)|"
    r"hoan thanh)\b"
)
_KEPT_SAID = 1 << 10  # texts whose terms are kept: the units of a section share its headings
_KEPT = 1 << 16  # terms whose folded keys are kept: a document's own come again and again
_LEAD_WORDS = 60  # of an ancestor's first line


@dataclass(frozen=True, slots=True)
class SourceUnit:
    """A sentence or item: ``document.text[start:end]``, without the number or bullet before it.

    ``said`` are the folded terms it says itself, ``around`` those of its headings and lead-ins,
    ``before`` those of its line before it or, for a field line, of the line it completes.
    """

    document: SourceDocument
    start: int
    end: int
    role: Role
    is_field: bool
    said: Set[str]
    around: Set[str]
    before: Set[str]
    dates: tuple[DateMention, ...]  # offsets are into the document

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


@lru_cache(_KEPT)
def folded_term(term: str) -> str:
    """The key of ``term`` without its marks: «hòa» and «hóa» have one, «~hoa»."""
    return "~" + fold(term)


@lru_cache(_KEPT_SAID)
def said_by(text: str) -> frozenset[str]:
    """Terms of ``text``, its abbreviations in full too, as written and under their folded keys."""
    full = abbreviations.written_out(text)
    said = set(terms(text)) if full == text else {*terms(text), *terms(full)}
    return frozenset(said.union(map(folded_term, said)))


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit of a document by its place, ``text[start:end]``, and the texts whose terms it says
    itself, has around it and before it."""

    start: int
    end: int
    is_field: bool
    said: tuple[str, ...]
    around: tuple[str, ...]
    before: tuple[str, ...]


def source_units(
    document: SourceDocument, start: int, end: int, role: Role, dates: Sequence[DateMention]
) -> Iterator[SourceUnit]:
    """The units of ``document.text[start:end]`` in order; ``dates`` are the document's mentions."""
    for unit in unit_words(document, start, end):
        yield SourceUnit(
            document=document,
            start=unit.start,
            end=unit.end,
            role=role,
            is_field=unit.is_field,
            said=_all_said(unit.said),
            around=_all_said(unit.around),
            before=_all_said(unit.before),
            dates=tuple(d for d in dates if unit.start <= d.start < unit.end),
        )


def unit_words(document: SourceDocument, start: int, end: int) -> Iterator[UnitWords]:
    """The units of ``document.text[start:end]`` in order, their words not yet made terms."""
    for begin, finish in _spans(document, start, end):
        marker = MARKER.match(document.text, begin, finish)
        begin = marker.end() if marker else begin
        text = document.text[begin:finish]
        if not any(c.isalnum() for c in text):
            continue
        is_field = _FIELD.match(fold(text).lower()) is not None
        around = (_leads(document, begin), _columns(document, begin))
        before = _before(document, begin, is_field)
        headed = headed_cells(document.text, begin)
        said = (text, headed) if headed else (text,)
        yield UnitWords(begin, finish, is_field, said, around, before)


def _all_said(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(said_by, texts))


def _spans(document: SourceDocument, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences, items and entries; a row of a table is one unit, however many cells it has."""
    rows = [r for r in table_rows(document.text) if start <= r[0] and r[1] <= end]
    spans = [
        entry
        for s in item_spans(document.text, start, end)
        if not any(a <= s[0] < b for a, b in rows)
        for entry in entry_spans(document.text, *s)
    ]
    return sorted(spans + rows)


def _leads(document: SourceDocument, start: int) -> str:
    """The first lines of the sections around ``start``, the unit's own line left out."""
    line_start = document.text.rfind("\n", 0, start) + 1
    leads = []
    for section in document.ancestry(document.section_at(start)):
        if section.start < line_start:
            newline = document.text.find("\n", section.start, section.end)
            line = document.text[section.start : section.end if newline < 0 else newline]
            leads.append(" ".join(line.split()[:_LEAD_WORDS]))
    return "\n".join(leads)


def _columns(document: SourceDocument, start: int) -> str:
    """The heads of the columns, for a row of a table; else nothing."""
    for table in tables_of(document.text):
        if table.rows and table.rows[0].start <= start < table.end:
            return document.text[table.start : table.rows[0].start]
    return ""


def _before(document: SourceDocument, start: int, is_field: bool) -> tuple[str, ...]:
    line = document.text[document.text.rfind("\n", 0, start) + 1 : start]
    if is_field and (above := completed_line(document, start)):
        return line, document.text[above[0] : above[1]]
    return (line,)


def unit_of(row: RegisterRow) -> SourceUnit:
    """The row as a unit: it says its actor too, wherever that stands."""
    duty, document = row.obligation, row.document
    said = said_by(f"{duty.actor}. {duty.action}. {duty.report_to}. {duty.deadline_text}")
    return SourceUnit(
        document=document,
        start=duty.start,
        end=duty.end,
        role=Role.BODY,
        is_field=False,
        said=said,
        around=said_by(_leads(document, duty.start)),
        before=said_by(document.text[document.text.rfind("\n", 0, duty.start) + 1 : duty.start]),
        dates=(),
    )


def completed_line(document: SourceDocument, start: int) -> tuple[int, int] | None:
    """The nearest line above ``start`` that is no field line: what a field line completes."""
    end = document.text.rfind("\n", 0, start)
    for _ in range(5):
        if end <= 0:
            return None
        begin = document.text.rfind("\n", 0, end) + 1
        line = document.text[begin:end]
        bare = line.strip(" -–+*•")
        if bare and not _FIELD.match(fold(bare).lower()):
            at = begin + line.index(bare)
            return at, at + len(bare)
        end = begin - 1
    return None


def fields_after(document: SourceDocument, end: int) -> list[tuple[int, int]]:
    """(start, end) of the field lines that complete the line in which ``end`` falls, in order."""
    fields: list[tuple[int, int]] = []
    position = document.text.find("\n", end)
    while 0 <= position < len(document.text) and len(fields) < 5:
        stop = document.text.find("\n", position + 1)
        stop = len(document.text) if stop < 0 else stop
        line = document.text[position + 1 : stop]
        bare = line.strip(" -–+*•")
        if bare and not _FIELD.match(fold(bare).lower()):
            break
        if bare:
            at = position + 1 + line.index(bare)
            fields.append((at, at + len(bare)))
        position = stop if stop < len(document.text) else -1
    return fields


def is_time_field(line: str) -> bool:
    """«Thời gian thực hiện: …», «Thời hạn hoàn thành: …», «Tiến độ: …»."""
    return (
        re.match(r"(?:thoi (?:gian|han|diem)|tien do|hoan thanh)\b", fold(line).lower()) is not None
    )
