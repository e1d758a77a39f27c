"""What the board is asked for: the form as it was filled in, read, and turned by its buttons.

No Gradio here.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from assistant.register import Query
from assistant.ui.conversation import Note
from ingest.records import SourceDocument

PERIODS = ("all", "month", "quarter", "next", "overdue")
NEXT_DAYS = 30
ROWS_SHOWN = 100  # at first, and more with each «Xem thêm»


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


def filled_in(form: Form, field: str, value: Any) -> Form:
    """The form after ``field`` was filled in with ``value`` as the page gives it: None for nothing.

    Days that were typed are of no period.
    """
    match field:
        case "documents":
            value = tuple(value or ())
        case "undated":
            value = bool(value)
        case _:
            value = " ".join((value or "").split())
    if getattr(form, field) == value:
        return form
    period = "" if field in ("since", "until") else form.period
    return replace(form, period=period, **{field: value})


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
    """The filters read: the day to look from, what the register is asked, and the period of
    :data:`PERIODS` in which that is, empty for typed days."""

    on: date
    query: Query
    period: str

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
    return Asked(on, query, form.period)


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


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is in force, as it is said: the key of its name and its value."""

    key: str
    value: str = ""


def filters_of(form: Form, documents: Iterable[SourceDocument]) -> tuple[Filter, ...]:
    """What the rows are narrowed by, in the order of the form."""
    named = {document.id: document for document in documents}
    chosen = [named[i] for i in form.documents if i in named]
    said = [
        Filter(f"period_{form.period}" if form.period in PERIODS[1:] else ""),
        Filter("said_since", "" if form.period else form.since),
        Filter("said_until", "" if form.period else form.until),
        Filter("said_actor", form.actor),
        *(
            Filter("said_document", d.header.number.value if d.header.number else d.name)
            for d in chosen
        ),
        Filter("said_words", form.words),
        Filter("board_undated" if form.undated else ""),
    ]
    return tuple(f for f in said if f.key and (f.value or not f.key.startswith("said_")))


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
