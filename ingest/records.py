"""The records that cross rooms on the document path.

Offsets are always code-point offsets into a document's *canonical text*: what ``load`` and
``normalise`` give. ``text[start:end]`` of any record is therefore the exact words it stands for.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What a loader reads from a file: raw text a page, and what went less than well.

    ``scanned`` are the pages that were read from a picture: (1-based page, confidence in percent).
    """

    pages: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    scanned: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One fact of a document's header: its tidied value and where its words stand.

    ``by_hand`` marks a value that a person gave and that its words don't say: they were misread,
    or there are none. ``start`` and ``end`` are then -1, and there is nothing to quote.
    """

    value: str
    start: int
    end: int
    by_hand: bool = False

    @property
    def is_written(self) -> bool:
        """Whether words of the text stand for it, so that it can be quoted."""
        return self.start >= 0


@dataclass(frozen=True, slots=True)
class Header:
    """Metadata of an administrative document, each with the words it was read from.

    The parts follow Nghị định 30/2020/NĐ-CP (State bodies) and Hướng dẫn 36-HD/VPTW (Party
    bodies). ``date`` has an ISO value (``2023-04-20``); ``kind`` is lower case («kế hoạch»).
    """

    number: HeaderField | None = None
    kind: HeaderField | None = None
    issuer: HeaderField | None = None
    place: HeaderField | None = None
    date: HeaderField | None = None
    title: HeaderField | None = None
    addressee: HeaderField | None = None
    bases: tuple[HeaderField, ...] = ()
    recipients: tuple[HeaderField, ...] = ()
    authority: HeaderField | None = None
    signer_position: HeaderField | None = None
    signer: HeaderField | None = None

    @property
    def issued(self) -> datetime.date | None:
        """The day of issue; None where it is not given, or not to the day."""
        try:
            return datetime.date.fromisoformat(self.date.value) if self.date else None
        except ValueError:
            return None


class Role(StrEnum):
    """The part of an administrative document that a stretch of text plays."""

    HEAD = "head"  # issuer, number, place and date, kind, title, addressee
    PREAMBLE = "preamble"  # bases and lead-in before the first section
    BODY = "body"
    RECIPIENTS = "recipients"  # «Nơi nhận»
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the section tree, in document order.

    ``label`` is the number as written without its delimiter (``IV``, ``1.2``, ``a``, ``-``);
    ``heading`` the first line without the label; ``start`` the offset of the label,
    ``body_start`` where the heading line ends, ``end`` the end of the last descendant.
    ``parent`` is the index of the parent in the document's ``sections``, or -1.
    """

    label: str
    heading: str
    level: int
    start: int
    body_start: int
    end: int
    parent: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of canonical text small enough to embed. A document's passages cover its text."""

    id: str
    document_id: str
    start: int
    end: int
    page: int
    role: Role
    section: tuple[str, ...]  # labels from the root, e.g. ("IV", "1", "1.2")
    headings: tuple[str, ...]  # the same sections' headings
    text: str


class Doubt(StrEnum):
    """Why a row of the register wants a second look. Shown beside the row, never repaired."""

    NO_ACTOR = "no_actor"  # neither written nor implied by an addressee; the issuer at most
    CONTRADICTED = "contradicted"  # the same duty stands elsewhere in the document with other dates
    BEFORE_ISSUE = "before_issue"  # the deadline is over before the document's own date
    UNREAD = "unread"  # words in the place of a date that are no date: «31/2», «l5/4/2O23»
    FAR_YEAR = "far_year"  # a year too far from the document's own to be meant
    YEAR_SUPPLIED = "year_supplied"  # no year is written: it is taken from the date of issue


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who must do what by when, in the document's own words.

    ``start``/``end`` are the offsets of the words that say so: actor or action to deadline.
    ``actor`` is as written, wherever it stands (``actor_start``; -1 and an empty ``actor`` where no
    one is named); ``implied`` where it is the document's addressee or stands for the whole document
    rather than for this duty. ``deadline_text`` is as written (``deadline_start``; -1 where the
    duty has no date), ``deadline`` its value as in :mod:`ingest.dates`, empty where it has none or
    the words can't be read as a date. ``report_to`` is whom a report goes to, as written.
    """

    id: str
    document_id: str
    actor: str
    actor_start: int
    implied: bool
    action: str
    deadline_text: str
    deadline_start: int
    deadline: str
    report_to: str
    start: int
    end: int
    page: int
    section: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_dated(self) -> bool:
        """Whether a deadline is written, be it readable or not."""
        return self.deadline_start >= 0


@dataclass(frozen=True, slots=True)
class Corrections:
    """Facts of a document's header as corrected by hand: None is as read from the text, «» says
    that the document has none. ``date`` is ISO (``2023-04-20``)."""

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    date: str | None = None
    title: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is corrected."""
        return self != Corrections()


@dataclass(frozen=True, slots=True)
class Notes:
    """What a library keeps of a document that is not in its file: when it came (ISO, UTC; «» where
    that is not known), and by hand the name it goes by (None: its file's) and corrections."""

    added: str = ""
    name: str | None = None
    corrections: Corrections = Corrections()

    @property
    def by_hand(self) -> bool:
        """Whether anything was changed by hand."""
        return self.name is not None or bool(self.corrections)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document of the library; ``id`` is the SHA-256 of the file's bytes, ``name`` its name.

    ``scanned`` as in :class:`LoadedFile`. ``name`` and ``header`` are as corrected by hand where
    ``notes`` say so; ``as_read`` then keeps the file's own (:mod:`ingest.corrections`). Neither
    makes another document of it.
    """

    id: str
    name: str
    text: str
    page_starts: tuple[int, ...] = (0,)
    header: Header = Header()
    sections: tuple[Section, ...] = ()
    roles: tuple[tuple[int, Role], ...] = ((0, Role.BODY),)  # (start, role), sorted by start
    warnings: tuple[str, ...] = field(default=())
    scanned: tuple[tuple[int, int], ...] = ()
    notes: Notes = field(default=Notes(), compare=False)
    as_read: tuple[str, Header] | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def given_name(self) -> str:
        """The name of its file, whatever it is called by hand."""
        return self.as_read[0] if self.as_read else self.name

    def confidence_at(self, offset: int) -> int | None:
        """How sure the reading of the page that holds ``offset`` is, in percent: None where the
        file itself holds its letters."""
        return dict(self.scanned).get(self.page_at(offset))

    def page_at(self, offset: int) -> int:
        """The 1-based page that holds ``offset``."""
        return max(1, bisect_right(self.page_starts, offset))

    def section_at(self, offset: int) -> int:
        """Index of the deepest section that holds ``offset``, or -1."""
        index = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        # Sections nest: what holds the offset is the last one begun before it, or encloses that.
        while index >= 0 and offset >= self.sections[index].end:
            index = self.sections[index].parent
        return index

    def ancestry(self, index: int) -> tuple[Section, ...]:
        """The section at ``index`` with its ancestors, root first; empty for -1."""
        path: list[Section] = []
        while index >= 0:
            path.append(self.sections[index])
            index = self.sections[index].parent
        return tuple(reversed(path))
