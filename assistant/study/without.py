"""A pack without what it has of some documents: these were deleted, their words must go. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from assistant.records import Citation
from assistant.study.records import (
    AgendaStep,
    Line,
    OfficeRole,
    Part,
    PartOf,
    StudyPack,
)

E = TypeVar("E")


def documents_of(pack: StudyPack) -> frozenset[str]:
    """The ids of all documents of which the pack has a name or words."""
    ids = {document.id for document in pack.documents}
    for part in Part:
        ids |= _ids(pack.part(part).entries)
    return frozenset(ids)


def without_documents(pack: StudyPack, document_ids: Collection[str]) -> StudyPack | None:
    """The pack without a line that these documents bear out, or that was edited from one.

    A question, a conflict, a card or an item goes whole where any word of it is theirs; the minutes
    of a step that goes are given to the longest that stays. Each part that lost something says so.
    None where no document is left.
    """
    left = tuple(d for d in pack.documents if d.id not in document_ids)
    gone = [d for d in pack.documents if d.id in document_ids]
    if not left:
        return None
    names = [name for d in gone for name in (d.said, d.name)]
    parts = {part.value: _left(pack.part(part), document_ids, names) for part in Part}
    title = pack.title
    if any(name in title for name in names):
        title = "; ".join(d.said for d in left)
    new = replace(pack, documents=left, title=title, **parts)  # type: ignore[arg-type]
    return replace(new, agenda=_timed(new.agenda, pack.request.minutes))


def _left(part: PartOf[Any], document_ids: Collection[str], names: Sequence[str]) -> PartOf[Any]:
    entries = tuple(
        kept for entry in part.entries if (kept := _kept(entry, document_ids)) is not None
    )
    notes = tuple(note for note in part.notes if not any(name in note for name in names))
    lost = _count(part.entries) - _count(entries)
    if lost:
        notes += (f"Đã bỏ {lost} dòng lấy từ văn bản không còn trong thư viện.",)
    return PartOf(entries, notes)


def _kept(entry: E, document_ids: Collection[str]) -> E | None:
    """The entry as far as it may stay."""
    if isinstance(entry, AgendaStep):
        points = _free(entry.points, document_ids)
        rest = replace(entry, points=points)
        if _names(rest, document_ids) or (entry.points and not points):
            return None
        return rest
    if isinstance(entry, OfficeRole) and entry.document not in document_ids:
        tasks = _free(entry.tasks, document_ids)
        rest_of_role = replace(entry, tasks=tasks)
        return rest_of_role if tasks and not _names(rest_of_role, document_ids) else None
    return None if _names(entry, document_ids) else entry


def _free(lines: Sequence[Line], document_ids: Collection[str]) -> tuple[Line, ...]:
    return tuple(line for line in lines if not _names(line, document_ids))


def _names(value: object, document_ids: Collection[str]) -> bool:
    return any(i in document_ids for i in _ids(value))


def _ids(value: object) -> set[str]:
    """The documents that ``value`` cites, stands under or was taken from."""
    if isinstance(value, Citation):
        return {value.document_id}
    if isinstance(value, tuple):
        return {i for entry in value for i in _ids(entry)}
    if not is_dataclass(value):
        return set()
    own = {getattr(value, "document", ""), *getattr(value, "taken_from", ())} - {""}
    return own.union(*(_ids(getattr(value, f.name)) for f in fields(value)))


def _count(entries: Sequence[Any]) -> int:
    """Entries, and the lines of steps and offices."""
    return sum(1 + len(getattr(e, "points", ())) + len(getattr(e, "tasks", ())) for e in entries)


def _timed(agenda: PartOf[AgendaStep], minutes: int) -> PartOf[AgendaStep]:
    steps = list(agenda.entries)
    if not steps:
        return agenda
    longest = max(range(len(steps)), key=lambda i: steps[i].minutes)
    freed = minutes - sum(step.minutes for step in steps)
    if freed > 0:
        steps[longest] = replace(steps[longest], minutes=steps[longest].minutes + freed)
    return replace(agenda, entries=tuple(steps))
