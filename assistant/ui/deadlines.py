"""What the board shows: the duties that a form asks for, how each stands. No Gradio here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby

from assistant.records import RegisterRow
from assistant.register import Register
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
from assistant.ui.form import ROWS_SHOWN, Asked, Form, read
from assistant.ui.texts import text
from ingest.records import Obligation

SOON_DAYS = 7
ACTORS_OFFERED = 400
OVERDUE_SHOWN = 15  # of those above what is still to come; a button shows them all

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
    """How it stands where no last day is named for all of it."""
    spans = [part for part in parts if isinstance(part, Span)]
    unplaced = [part.value for part in parts if isinstance(part, Unplaced)]
    if any(span.event for span in spans) or any(v.startswith("RELATIVE") for v in unplaced):
        return State.EVENT
    return State.NO_YEAR if unplaced else State.OPEN


def terms(row: RegisterRow, since: date, until: date) -> tuple[Occurrence, ...]:
    """The occurrences of a row's deadline in a period.

    A rule is followed from the document's own date: nothing was due before it was issued.
    """
    if is_recurring(row.obligation.deadline):
        since = max(since, row.document.header.issued or since)
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
    rows = sorted(register.find(asked.query), key=lambda row: _order(row, asked.pivot))
    undated = 0
    if not form.undated and not asked.has_days:
        query = read(replace(form, undated=True), today).query
        undated = len(register.find(query)) - len(rows)
    nothing = None if rows else _nothing(register, form)
    return Found(asked, today, tuple(rows), nothing, undated)


def _order(row: RegisterRow, on: date) -> tuple[int, date, bool]:
    """By the day that counts; what has no deadline after what has one without a day."""
    return *sort_key(row.obligation.deadline, on), not row.obligation.is_dated


def _nothing(register: Register, form: Form) -> Note:
    """Why no row is shown."""
    dated = {row.document.id for row in register.rows if row.obligation.is_dated}
    if not dated:
        return Note("duties_none")
    if form.documents and dated.isdisjoint(form.documents):
        return Note("duties_none_in_documents")
    return Note("duties_none_found")


def groups(found: Found, limit: int = ROWS_SHOWN) -> tuple[list[Group], int]:
    """The rows under their headings, ``limit`` at most, and how many more there are.

    Where nothing was asked about days, what is past stands first, cut to the last few unless
    nothing is to come.
    """
    on, gone, coming = found.asked.on, [], list(found.rows)
    if not found.asked.has_days:
        gone = [row for row in found.rows if _is_past(row, on)]
        coming = [row for row in found.rows if not _is_past(row, on)]
    result, shown = [], coming or gone
    if gone:
        hidden = len(gone) - OVERDUE_SHOWN if coming and len(gone) > OVERDUE_SHOWN + 1 else 0
        past = gone[hidden:] if coming else gone[:limit]
        heading = Note("group_past", (("count", len(gone)),))
        result.append(Group(heading, tuple(past), "past", hidden))
    for heading, members in groupby(coming[:limit], lambda row: _heading(row, found.asked)):
        result.append(Group(heading, tuple(members)))
    return result, max(0, len(shown) - limit)


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
