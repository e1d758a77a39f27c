"""The table of roles: each office and its tasks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.cite import cite
from assistant.study.material import Material
from assistant.study.records import Cited, Length, OfficeRole, PartOf, StudyRequest
from assistant.study.sameness import key_of
from assistant.study.tasks import Task
from assistant.study.wording import extract, upper_first

_TASKS = {Length.SHORT: 3, Length.STANDARD: 6, Length.FULL: 40}
_WORDS = {Length.SHORT: 24, Length.STANDARD: 36, Length.FULL: 70}


def roles_of(
    material: Material, tasks: dict[str, tuple[Task, ...]], request: StudyRequest
) -> PartOf[OfficeRole]:
    """The offices of every document in order, each once with its tasks."""
    roles: list[OfficeRole] = []
    notes: list[str] = []
    for source in material.sources:
        own = list(_roles(tasks[source.document.id], request))
        if not own:
            named = "Văn bản" if len(material.sources) == 1 else source.said
            notes.append(f"{named} không phân công nhiệm vụ cho cơ quan, đơn vị nào cụ thể.")
        roles += own
    return PartOf(tuple(roles), tuple(notes))


def _roles(tasks: Sequence[Task], request: StudyRequest) -> Iterator[OfficeRole]:
    groups: dict[str, list[Task]] = {}
    for task in tasks:
        groups.setdefault(key_of(task.office), []).append(task)
    limit, words = _TASKS[request.length], _WORDS[request.length]
    for group in groups.values():
        first = group[0]
        document = first.source.document
        lines = []
        for task in group[:limit]:
            said = upper_first(extract(task.text, words))
            if task.is_lead:
                said = f"Chủ trì, thực hiện: {said}"
            lines.append(Cited(said, (cite(document, *task.span),)))
        yield OfficeRole(
            document=document.id,
            office=upper_first(first.office),
            tasks=tuple(lines),
            citations=(cite(document, *first.named),),
        )
