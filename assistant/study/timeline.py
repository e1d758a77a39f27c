"""The timeline: every deadline in the order of time, and who carries it. Pure."""

from __future__ import annotations

from datetime import date

from assistant.cite import cite
from assistant.register.doubts import notes_of
from assistant.register.rules import Rule, Span, parts_of
from assistant.register.schedule import said_beside
from assistant.study.material import Material
from assistant.study.records import PartOf, TimelineRow
from assistant.study.wording import sentence_case, tidy, upper_first
from ingest.records import Obligation

_UNDATED = "Văn bản không ghi thời hạn cho việc này."


def timeline_of(material: Material) -> PartOf[TimelineRow]:
    """Dated duties in order of time, then what recurs, then reports without a date."""
    rows = [
        (_order(duty), n, TimelineRow(
            document=source.document.id,
            when=" ".join(duty.deadline_text.split()),
            said=said_beside(duty.deadline_text, duty.deadline, "vi") if duty.deadline else "",
            value=duty.deadline,
            actor=upper_first(sentence_case(" ".join(duty.actor.split()))),
            is_implied=duty.implied,
            action=upper_first(tidy(duty.action)),
            report_to=" ".join(duty.report_to.split()),
            remarks=notes_of(duty, "vi") if duty.is_dated else (_UNDATED, *notes_of(duty, "vi")),
            citations=(cite(source.document, duty.start, duty.end),),
        ))
        for n, source in enumerate(material.sources)
        for duty in source.duties
    ]  # fmt: skip
    rows.sort(key=lambda row: row[:2])
    notes: list[str] = []
    silent = [s for s in material.sources if not any(duty.is_dated for duty in s.duties)]
    if len(material.sources) == 1 and silent:
        notes.append("Văn bản không ghi thời hạn cụ thể nào cho các nhiệm vụ.")
    else:
        notes += [f"{s.said} không ghi thời hạn cụ thể nào cho các nhiệm vụ." for s in silent]
    return PartOf(tuple(row for _, _, row in rows), tuple(notes))


def _order(duty: Obligation) -> tuple[int, date, int]:
    """Sorts by the last day; what only begins, what recurs and what has no day come after."""
    parts = parts_of(duty.deadline)
    spans = [p.days for p in parts if isinstance(p, Span)]
    lasts = [days.last for days in spans if days.last]
    firsts = [days.first for days in spans if days.first]
    if lasts:
        return 0, max(lasts), duty.start
    if firsts:
        return 1, min(firsts), duty.start
    if any(isinstance(p, Rule) for p in parts):
        return 2, date.max, duty.start
    return (3 if duty.is_dated else 4), date.max, duty.start
