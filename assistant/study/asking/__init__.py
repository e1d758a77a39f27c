"""What can be asked of the documents: facts for cards and quiz, found once. Pure."""

from __future__ import annotations

from assistant.study.asking.deadlines import deadline_facts
from assistant.study.asking.duties import duty_facts
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.asking.lists import list_facts
from assistant.study.asking.particulars import field_facts, particular_facts, term_facts
from assistant.study.asking.quantities import quantity_facts
from assistant.study.asking.references import reference_facts
from assistant.study.asking.reports import report_facts
from assistant.study.material import Source
from assistant.study.tasks import tasks_of

__all__ = ["SLOT", "Fact", "facts_of"]


def facts_of(source: Source) -> tuple[Fact, ...]:
    """Every fact of ``source`` that can be asked for, by kind and in order of the text."""
    return (
        *deadline_facts(source),
        *report_facts(source),
        *duty_facts(tasks_of(source)),
        *quantity_facts(source),
        *list_facts(source),
        *field_facts(source),
        *reference_facts(source),
        *particular_facts(source),
        *term_facts(source),
    )
