"""The register of obligations: who must do what by when, by date, actor, document or words."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assistant.cite import cite
from assistant.records import RegisterRow
from assistant.register.names import names_match
from assistant.register.schedule import due_in, is_recurring, last_day
from ingest.records import Obligation, SourceDocument
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Query:
    """What rows to show; empty fields narrow nothing.

    ``since``/``until`` bound the days on which something is due, both included (see
    :func:`~assistant.register.schedule.due_in`). ``overdue_at`` keeps what was due before that day;
    whether it was done, documents don't say. ``actor`` is a name as people write it. ``undated``
    adds duties to report without a date, where nothing is asked about dates.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    overdue_at: datetime.date | None = None
    actor: str = ""
    documents: Collection[str] = ()
    words: str = ""
    undated: bool = False


EVERY_ROW = Query()


class Register:
    """The obligations of a library as it stood when this was made."""

    def __init__(
        self, obligations: Iterable[Obligation], documents: Mapping[str, SourceDocument]
    ) -> None:
        rows = []
        for duty in obligations:
            document = documents[duty.document_id]
            rows.append(RegisterRow(duty, document, cite(document, duty.start, duty.end)))
        rows.sort(key=lambda row: (row.document.name, row.obligation.start, row.obligation.id))
        self.rows = tuple(rows)

    def find(self, query: Query = EVERY_ROW) -> tuple[RegisterRow, ...]:
        """The rows that ``query`` asks for, by document and place in it."""
        return tuple(row for row in self.rows if _is_asked(row, query))


def _is_asked(row: RegisterRow, query: Query) -> bool:
    duty = row.obligation
    if query.documents and duty.document_id not in query.documents:
        return False
    asks_dates = not (query.since is None and query.until is None and query.overdue_at is None)
    if not duty.is_dated and (asks_dates or not query.undated):
        return False
    if query.actor and not names_match(query.actor, duty.actor):
        return False
    if query.words:
        said = fold(f"{row.citation.quote} {duty.actor} {row.document.name}").lower()
        if not all(word in said for word in fold(query.words).lower().split()):
            return False
    if query.overdue_at is not None:
        last = last_day(duty.deadline)
        if last is None or last >= query.overdue_at:
            return False
    if query.since is None and query.until is None:
        return True
    since, until = query.since or datetime.date.min, query.until or datetime.date.max
    if is_recurring(duty.deadline):  # nothing was due before the document was issued
        since = max(since, row.document.header.issued or since)
    return since <= until and due_in(duty.deadline, since, until)
