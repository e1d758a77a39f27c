"""Who must do what by when, found in a document's own words. Pure.

Each date of a document is looked at where it stands: in a row of a table, in a field line
(«Thời gian hoàn thành: …»), or in a clause. What is taken for a deadline is told in ``mentions``;
the actor is looked for from the clause outwards: its subject, the line's, the fields of the same
task, the lead-in and headings above, the addressee.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.deadlines.clauses import clause_duties
from ingest.deadlines.doubts import merged, obligations_of
from ingest.deadlines.duty import Duty, Source
from ingest.deadlines.rows import field_duty, row_duties
from ingest.deadlines.undated import undated_reports
from ingest.records import Obligation, SourceDocument

__all__ = ["find_obligations"]


def find_obligations(document: SourceDocument) -> tuple[Obligation, ...]:
    """The duties of ``document`` in order: those with a deadline, and reports due without one."""
    source = Source.of(document)
    duties = [*_dated(source), *undated_reports(source)]
    return obligations_of(source, merged(duties))


def _dated(source: Source) -> Iterator[Duty]:
    groups = source.groups()
    done: set[int] = set()
    for index, group in enumerate(groups):
        if index in done:
            continue
        if found := source.table_row(group.start):
            table, row = found
            inside = [i for i in range(index, len(groups)) if groups[i].start < row.end]
            done.update(inside)
            yield from row_duties(source, table, row, [groups[i] for i in inside])
            continue
        start, end = source.sentence(group.start)
        inside = [i for i in range(index, len(groups)) if groups[i].start < end]
        done.update(inside)
        within = [groups[i] for i in inside]
        duties = field_duty(source, start, end, within)
        yield from duties if duties is not None else clause_duties(source, start, end, within)
