"""The table of facts: what each document says of itself. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from assistant.cite import cite
from assistant.register.schedule import said_day
from assistant.study.asking.particulars import issuer_of, said_name
from assistant.study.material import Material, Source
from assistant.study.records import Cited, FactRow, Line, Own, PartOf
from assistant.study.sameness import same_office
from assistant.study.tasks import Task
from assistant.study.wording import extract, upper_first
from ingest.records import HeaderField

_BOUND = 20  # offices named as those whom a document binds
_RECIPIENTS = 20
_COMPARED = 60  # offices named before, one of which may be the same


def facts_part(material: Material, tasks: dict[str, tuple[Task, ...]]) -> PartOf[FactRow]:
    """The rows of every document, one document after the other."""
    rows = [row for source in material.sources for row in _rows(source, tasks[source.document.id])]
    return PartOf(tuple(rows))


def _rows(source: Source, tasks: tuple[Task, ...]) -> Iterator[FactRow]:
    head, document = source.document.header, source.document

    def row(label: str, *values: Line) -> FactRow:
        return FactRow(document.id, label, values)

    def said(field: HeaderField, text: str = "") -> Line:
        said = text or " ".join(field.value.split())
        said += " (sửa tay)" if field.by_hand else ""
        if not field.is_written:
            return Own(said)
        return Cited(said, (cite(document, field.start, field.end),))

    def one(label: str, field: HeaderField | None, text: str = "", missing: str = "") -> FactRow:
        value: Line = said(field, text) if field else Own(missing or "Văn bản không ghi.")
        return row(label, value)

    yield one("Loại văn bản", head.kind, upper_first(head.kind.value) if head.kind else "")
    yield one("Số, ký hiệu", head.number)
    issuer = issuer_of(source)
    yield one("Cơ quan ban hành", issuer, said_name(issuer.value) if issuer else "")
    day = said_day(datetime.date.fromisoformat(head.date.value), "vi") if head.date else ""
    yield one("Ngày ban hành", head.date, day)
    yield one("Trích yếu", head.title)
    if head.addressee:
        yield one("Kính gửi", head.addressee)
    if head.bases:
        yield row("Căn cứ, cơ sở", *(said(b, extract(b.value, 60)) for b in head.bases))
    else:
        yield row("Căn cứ, cơ sở", Own("Văn bản không nêu căn cứ ban hành ở phần mở đầu."))
    if head.signer:
        position = head.signer_position.value.capitalize() if head.signer_position else ""
        fields = [f for f in (head.authority, head.signer_position, head.signer) if f]
        text = f"{head.signer.value}{', ' + position if position else ''}"
        if head.authority:
            text += f" ({' '.join(head.authority.value.split())})"
        yield row(
            "Người ký",
            Cited(
                text,
                tuple(
                    cite(document, f.start, f.end) for f in sorted(fields, key=lambda f: f.start)
                ),
            ),
        )
    else:
        yield row("Người ký", Own("Văn bản không ghi."))
    yield row("Đơn vị, cá nhân có trách nhiệm thực hiện", *_bound(source, tasks))
    if head.recipients:
        yield row("Nơi nhận", *(said(r) for r in head.recipients[:_RECIPIENTS]))


def _bound(source: Source, tasks: tuple[Task, ...]) -> tuple[Line, ...]:
    """The offices that the document gives tasks to, each once, in order."""
    named: list[Task] = []
    for task in tasks:
        known = named[-_COMPARED:]
        if not any(_is_same(task.office, other.office) for other in known):
            named.append(task)
    lines: list[Line] = [
        Cited(upper_first(t.office), (cite(source.document, *t.named),)) for t in named[:_BOUND]
    ]
    if len(named) > _BOUND:
        lines.append(Own(f"và {len(named) - _BOUND} đơn vị, cá nhân khác (xem bảng phân công)."))
    return tuple(lines) or (Own("Văn bản không nêu tên đơn vị, cá nhân thực hiện."),)


def _is_same(a: str, b: str) -> bool:
    return a.lower() == b.lower() or (
        same_office(a, b) and abs(len(a.split()) - len(b.split())) <= 1
    )
