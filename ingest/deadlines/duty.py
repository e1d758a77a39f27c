"""A document as the search for duties sees it, and a duty before it is judged. Pure."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.dates import DateMention, find_dates, find_unread_dates
from ingest.deadlines.mentions import AIMS_HEADING
from ingest.lines import lines_of
from ingest.records import Role, SourceDocument
from ingest.sentences import item_spans
from ingest.tables import Row, Table, tables_of

Span = tuple[int, int]

# Between two dates that limit one duty: «trước ngày 15/6 và ngày 15/12».
_JOINS = re.compile(r"\s*(?:[,;]?\s*(và|hoặc)|,|;)\s*(?:vào\s+|trong\s+|ngay\s+)?$", re.I)
_EVENT = re.compile(r" +\w+(?: +[\w/-]+){0,11}?(?= *(?:[,;.:\n)]|$)| +(?:để|phải|thì)\s)")
_CLOCK = re.compile(r"\d{1,2}\s*(?::|h|giờ)\s*\d{0,2}|GMT|(?:thứ|chủ)\s+\w+|cập nhật|đăng", re.I)
_DATELINES = 10  # lines of a web page in which its own date may stand


@dataclass(frozen=True, slots=True)
class Group:
    """Dates named at once; without mentions, words in the place of a date that can't be read."""

    start: int
    end: int
    mentions: tuple[DateMention, ...]

    @property
    def value(self) -> str:
        return ";".join(mention.value for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty found: offsets into the document's text.

    ``action`` are the stretches that say what is to be done, in order; ``group`` is None for a
    duty without a date.
    """

    start: int
    end: int
    action: tuple[Span, ...]
    actor: Span | None
    implied: bool
    group: Group | None
    report_to: Span | None = None


@dataclass(frozen=True)
class Source:
    """A document with its dates and tables."""

    document: SourceDocument
    issued: datetime.date | None

    @classmethod
    def of(cls, document: SourceDocument) -> Source:
        return cls(document, date_of_issue(document))

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def tables(self) -> Sequence[Table]:
        return tables_of(self.text)

    @cached_property
    def _bases(self) -> list[Span]:
        header = self.document.header
        fields = [*header.bases, *(f for f in (header.title, header.date) if f is not None)]
        return [(field.start, field.end) for field in fields if field.is_written]

    def groups(self) -> list[Group]:
        """The dates that may be deadlines, those named at once together, in order."""
        found = find_dates(self.text, self.issued)
        groups: list[Group] = []
        for mention in found:
            if mention.reference or not self.may_bind(mention.start):
                continue
            last = groups[-1] if groups else None
            if (
                last is not None
                and (joins := _JOINS.match(self.text[last.end : mention.start]))
                and _kin(last.mentions[-1], mention)
                and (joins.group(1) or last.mentions[-1].cue == mention.cue)
            ):
                groups[-1] = Group(last.start, mention.end, (*last.mentions, mention))
            else:
                groups.append(Group(mention.start, _with_event(self.text, mention), (mention,)))
        unread = [
            Group(start, end, ())
            for start, end in find_unread_dates(self.text, found)
            if self.may_bind(start)
        ]
        return sorted([*groups, *unread], key=lambda group: group.start)

    def may_bind(self, offset: int) -> bool:
        """Whether a duty can stand at ``offset``: not in the head, the bases, the recipients."""
        if any(start <= offset < end for start, end in self._bases):
            return False
        return self.role_at(offset) in (Role.BODY, Role.PREAMBLE)

    def role_at(self, offset: int) -> Role:
        roles = self.document.roles
        return roles[max(0, bisect_right(roles, offset, key=lambda role: role[0]) - 1)][1]

    def table_row(self, offset: int) -> tuple[Table, Row] | None:
        """The table and row that hold ``offset``."""
        for table in self.tables:
            if table.start <= offset < table.end:
                for row in table.rows:
                    if row.start <= offset < row.end:
                        return table, row
        return None

    def line(self, offset: int) -> Span:
        """(start, end) of the line that holds ``offset``."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return start, len(self.text) if end < 0 else end

    def sentence(self, offset: int) -> Span:
        """(start, end) of the sentence or item of a list that holds ``offset``."""
        start, end = self.line(offset)
        for begin, finish in item_spans(self.text, start, end):
            if begin <= offset < finish:
                return begin, finish
        return start, end

    @cached_property
    def is_official(self) -> bool:
        """Whether this is an administrative document rather than, say, a news story."""
        header = self.document.header
        return header.kind is not None or header.number is not None

    def in_aims(self, offset: int) -> bool:
        """Whether ``offset`` stands under a heading of aims or targets."""
        path = self.document.ancestry(self.document.section_at(offset))
        return any(AIMS_HEADING.match(section.heading) for section in path)


def _kin(a: DateMention, b: DateMention) -> bool:
    """Whether two dates next to each other are named for one duty, rather than one for each."""
    return not (a.named_day or b.named_day) and not re.match(r"\d{4}$", b.value)


def _with_event(text: str, mention: DateMention) -> int:
    """The end of a term with the event it counts from: «trong 10 ngày kể từ ngày *ban hành*»."""
    match = _EVENT.match(text, mention.end) if mention.cue == "within" else None
    return match.end() if match and re.search(r"\w$", mention.text) else mention.end


def date_of_issue(document: SourceDocument) -> datetime.date | None:
    """The document's own date: of its head, or of a web page's dateline near the top.

    Years that are not written are taken from it (see :mod:`ingest.dates`), from nothing else.
    """
    if document.header.date is not None:
        return datetime.date.fromisoformat(document.header.date.value)
    for line in lines_of(document.text[:2000])[:_DATELINES]:
        if not _CLOCK.search(line.text) or len(line.text) > 60:
            continue
        for mention in find_dates(line.text):
            if mention.certain_year and re.match(r"\d{4}-\d\d-\d\d$", mention.value):
                return datetime.date.fromisoformat(mention.value)
    return None
