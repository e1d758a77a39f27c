"""What the board is asked for, as it was filled in, and what it shows. No Gradio here."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from assistant.records import RegisterRow
from assistant.register import Query, Register
from assistant.register.rules import Occurrence, Rule, Span, Unplaced, parts_of
from assistant.register.schedule import (
    is_recurring,
    last_day,
    next_due,
    occurrences,
    sort_key,
    standing,
)
from assistant.ui.conversation import Note
from assistant.ui.texts import text
from ingest.records import Obligation, SourceDocument

PERIODS = ("all", "month", "quarter", "next", "overdue")
NEXT_DAYS = 30
SOON_DAYS = 7
ACTORS_OFFERED = 400
ROWS_SHOWN = 100  # at first, and more with each «Xem thêm»
OVERDUE_SHOWN = 15  # of those above what is still to come; a button shows them all


@dataclass(frozen=True, slots=True)
class Form:
    """The filters as they were filled in: days as typed, documents as ids.

    ``period`` is one of :data:`PERIODS`, which fills in the days ``since`` and ``until``, or empty
    where they were typed. ``on`` is the day to look from, empty for today.
    """

    period: str = "all"
    since: str = ""
    until: str = ""
    on: str = ""
    actor: str = ""
    documents: tuple[str, ...] = ()
    words: str = ""
    undated: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Form:
        """The form from the values of its fields, as the page gives them: None for an empty one."""
        return cls(
            period=given["period"] if given["period"] in PERIODS else "",
            documents=tuple(given["documents"] or ()),
            undated=bool(given["undated"]),
            **{
                name: " ".join((given[name] or "").split())
                for name in ("since", "until", "on", "actor", "words")
            },
        )


# --- Days ----------------------------------------------------------------------------------------

_TYPED = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})", re.ASCII)


def read_day(typed: str) -> date | None:
    """A day as ``22/11/2026``, ``22-11-2026``, ``22.11.2026`` or ``2026-11-22``; None for nothing.

    Raises:
        ValueError: it is neither, or there is no such day.
    """
    typed = typed.strip()
    if not typed:
        return None
    if match := _TYPED.fullmatch(typed):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    return date.fromisoformat(typed)


def typed_day(day: date) -> str:
    """A day as it is typed: ``05/02/2026``."""
    return f"{day:%d/%m}/{day.year:04d}"


def days_of(period: str, on: date) -> tuple[date, date] | None:
    """First and last day of a period as it stands on the day ``on``; None for one without."""
    match period:
        case "month":
            first, months = on.replace(day=1), 1
        case "quarter":
            first, months = on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1), 3
        case "next":
            return on, min(on, date.max - timedelta(NEXT_DAYS)) + timedelta(NEXT_DAYS)
        case _:
            return None
    month = first.month + months - 1
    return first, first.replace(month=month, day=calendar.monthrange(first.year, month)[1])


def filled(period: str, on: date) -> tuple[str, str]:
    """What a period writes into the fields of the first and the last day."""
    days = days_of(period, on)
    return (typed_day(days[0]), typed_day(days[1])) if days else ("", "")


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that can't be read, and what to say about it."""

    field: str
    note: Note


def problems(form: Form) -> tuple[Problem, ...]:
    """What is wrong with the days that were typed; nothing for days that a period has filled in."""
    found = []
    days: dict[str, date | None] = {}
    for name in ("on", "since", "until"):
        try:
            days[name] = read_day(getattr(form, name))
        except ValueError:
            typed = (("typed", getattr(form, name)),)
            found.append(Problem(name, Note("bad_day", typed)))
    since, until = days.get("since"), days.get("until")
    if since and until and since > until and not form.period:
        found.append(Problem("until", Note("bad_order")))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters read: the day to look from, and what the register is asked."""

    on: date
    query: Query

    @property
    def has_days(self) -> bool:
        """Whether days bound what is asked for, as a period or as what is overdue."""
        query = self.query
        return not (query.since is None and query.until is None and query.overdue_at is None)

    @property
    def pivot(self) -> date:
        """The day from which the next due day is counted: the chosen one, moved into the period."""
        query = self.query
        if query.since is not None:
            return query.since
        return min(self.on, query.until or self.on)


def read(form: Form, today: date) -> Asked:
    """The filters of a form without :func:`problems`."""
    on = read_day(form.on) or today
    since, until = days_of(form.period, on) or (None, None)
    if not form.period:
        since, until = read_day(form.since), read_day(form.until)
    query = Query(
        since=since,
        until=until,
        overdue_at=on if form.period == "overdue" else None,
        actor=form.actor,
        documents=form.documents,
        words=form.words,
        undated=form.undated,
    )
    return Asked(on, query)


def with_days(form: Form, today: date) -> Form:
    """The form with the days that its period writes into the fields, counted from its own day."""
    try:
        on = read_day(form.on) or today
    except ValueError:
        return form
    if not form.period:
        return form if form.since or form.until else replace(form, period="all")
    since, until = filled(form.period, on)
    return replace(form, since=since, until=until)


def typed_days(form: Form, today: date) -> Form:
    """The form after someone has been at the fields of the days: they are of no period now."""
    same = with_days(form, today)
    is_same = (form.since, form.until) == (same.since, same.until)
    return form if is_same else replace(form, period="")


# --- How a duty stands ---------------------------------------------------------------------------


class State(StrEnum):
    """How a duty stands on a day."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"  # within SOON_DAYS
    COMING = "coming"
    RECURRING = "recurring"
    ENDED = "ended"  # recurs no more
    EVENT = "event"  # counted from an event, or until one
    OPEN = "open"  # begins on a day, ends on none
    NO_YEAR = "no_year"
    UNREAD = "unread"  # what is written in the place of a date is none
    UNDATED = "undated"


def state_of(duty: Obligation, on: date) -> State:
    """How ``duty`` stands on the day ``on``."""
    parts = parts_of(duty.deadline)
    if not parts:
        return State.UNREAD if duty.is_dated else State.UNDATED
    coming = next_due(duty.deadline, on)
    if is_recurring(duty.deadline):
        return State.RECURRING if coming else State.ENDED
    if coming is not None and coming.last is not None:
        left = (coming.last - on).days
        return State.TODAY if not left else State.SOON if left <= SOON_DAYS else State.COMING
    if last_day(duty.deadline):
        return State.OVERDUE
    return _without_day(parts)


def standing_said(state: State, deadline: str, on: date, language: str) -> str:
    """How a duty in ``state`` stands on the day ``on``, in words: «Còn 3 ngày», «Theo sự kiện»."""
    return standing(deadline, on, language) or text(f"state_{state}", language)


def _without_day(parts: Sequence[Span | Rule | Unplaced]) -> State:
    """How it stands where no last day is named."""
    for part in parts:
        if isinstance(part, Span):
            return State.EVENT if part.event else State.OPEN
    said = [part.value for part in parts if isinstance(part, Unplaced)]
    return State.EVENT if any(value.startswith("RELATIVE") for value in said) else State.NO_YEAR


def terms(row: RegisterRow, since: date, until: date) -> tuple[Occurrence, ...]:
    """The occurrences of a row's deadline in a period.

    A rule is followed from the document's own date: nothing was due before it was issued.
    """
    issued = row.document.header.date
    if issued is not None and is_recurring(row.obligation.deadline):
        try:
            since = max(since, date.fromisoformat(issued.value))
        except ValueError:  # a date as far as it is written
            return occurrences(row.obligation.deadline, since, until)
    return occurrences(row.obligation.deadline, since, until) if since <= until else ()


# --- What is shown -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading; ``hidden`` tells how many more there are that a button shows."""

    heading: Note
    rows: tuple[RegisterRow, ...]
    key: str = ""
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What the board shows: the rows in the order of their days."""

    asked: Asked
    today: date
    rows: tuple[RegisterRow, ...]
    nothing: Note | None = None  # what to say where there are no rows
    undated: int = 0  # duties without a deadline that the same filters would add


def find(register: Register, form: Form, today: date) -> Found:
    """The rows that a form without :func:`problems` asks for."""
    asked = read(form, today)
    rows = sorted(
        register.find(asked.query),
        key=lambda row: (*sort_key(row.obligation.deadline, asked.pivot), row.obligation.start),
    )
    undated = 0
    if not form.undated and not asked.has_days:
        query = read(replace(form, undated=True), today).query
        undated = len(register.find(query)) - len(rows)
    nothing = None if rows else _nothing(register, form)
    return Found(asked, today, tuple(rows), nothing, undated)


def _nothing(register: Register, form: Form) -> Note:
    """Why no row is shown."""
    if not register.rows:
        return Note("duties_none")
    if form.documents:
        of_documents = [r for r in register.rows if r.document.id in form.documents]
        if not of_documents:
            return Note("duties_none_in_documents")
    return Note("duties_none_found")


def groups(found: Found, limit: int = ROWS_SHOWN) -> tuple[list[Group], int]:
    """The rows under their headings, ``limit`` at most, and how many more there are.

    Where nothing was asked about days, what is past stands first and is cut to the last few.
    """
    rows, result = list(found.rows), []
    if not found.asked.has_days:
        gone = [row for row in rows if _is_past(row, found.asked.on)]
        if gone:
            passed = {id(row) for row in gone}
            rows = [row for row in rows if id(row) not in passed]
            hidden = len(gone) - OVERDUE_SHOWN if rows and len(gone) > OVERDUE_SHOWN + 1 else 0
            heading = Note("group_past", (("count", len(gone)),))
            result.append(Group(heading, tuple(gone[hidden:]), "past", hidden))
            if not rows:  # nothing is to come: the limit is for these
                shown = tuple(gone[:limit])
                return [Group(heading, shown, "past")], len(gone) - len(shown)
    for heading, members in groupby(rows[:limit], lambda row: _heading(row, found.asked)):
        result.append(Group(heading, tuple(members)))
    return result, max(0, len(rows) - limit)


def _is_past(row: RegisterRow, on: date) -> bool:
    return state_of(row.obligation, on) in (State.OVERDUE, State.ENDED)


def _heading(row: RegisterRow, asked: Asked) -> Note:
    kind, day = sort_key(row.obligation.deadline, asked.pivot)
    if kind == 0:
        return Note("group_month", (("month", f"{day:%Y-%m}"),))
    if kind == 1:
        return Note("group_open")
    return Note("group_no_day" if row.obligation.is_dated else "group_undated")


def actors(register: Register) -> list[str]:
    """The names to suggest: those with most duties first where there are too many, by letter."""
    counted: dict[str, int] = {}
    for row in register.rows:
        if name := " ".join(row.obligation.actor.split()):
            counted[name] = counted.get(name, 0) + 1
    usual = sorted(counted, key=lambda name: (-counted[name], name))[:ACTORS_OFFERED]
    return sorted(usual, key=str.casefold)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is in force, as it is said: the key of its name and its value."""

    key: str
    value: str = ""


def filters_of(form: Form, documents: Iterable[SourceDocument]) -> tuple[Filter, ...]:
    """What the rows are narrowed by, in the order of the form."""
    said: list[Filter] = []
    if form.period in PERIODS[1:]:
        said.append(Filter(f"period_{form.period}"))
    said += [
        Filter(f"said_{name}", value)
        for name, value in (
            ("since", "" if form.period else form.since),
            ("until", "" if form.period else form.until),
            ("actor", form.actor),
            ("words", form.words),
        )
        if value
    ]
    named = {document.id: document for document in documents}
    for chosen in form.documents:
        if document := named.get(chosen):
            number = document.header.number
            said.append(Filter("said_document", number.value if number else document.name))
    return (*said, *([Filter("board_undated")] if form.undated else []))


# --- What the page's buttons ask for -------------------------------------------------------------

VIEWS = ("table", "timeline")
GROUPINGS = ("actor", "document")


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are shown: as one of :data:`VIEWS`, the timeline by ``grouping``; how many rows."""

    view: str = "table"
    grouping: str = "actor"
    limit: int = ROWS_SHOWN

    def from_the_first(self) -> Look:
        """The same for other rows."""
        return replace(self, limit=ROWS_SHOWN)


def turned(form: Form, look: Look, ask: object, value: object) -> tuple[Form, Look]:
    """The form and the look after what the page asked for; unchanged by what is none of it."""
    match ask:
        case "period" if value in PERIODS:
            return replace(form, period=str(value)), look.from_the_first()
        case "view" if value in VIEWS:
            return form, replace(look, view=str(value))
        case "grouping" if value in GROUPINGS:
            return form, replace(look, grouping=str(value))
        case "more":
            return form, replace(look, limit=look.limit + ROWS_SHOWN)
        case "undated":
            return replace(form, undated=True), look
        case "clear":
            return Form(on=form.on), look.from_the_first()
    return form, look
