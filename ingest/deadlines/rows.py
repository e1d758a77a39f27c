"""Duties of field lines («Thời gian hoàn thành: …») and of rows of tables. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.actors import DUTY_ANY_CASE, body_at, done_by
from ingest.deadlines.clauses import clause_duties
from ingest.deadlines.duty import Duty, Group, Source, Span
from ingest.deadlines.fields import Field, completed_by, field_of, fields_below
from ingest.deadlines.mentions import Place, is_deadline
from ingest.deadlines.who import actor_of, lead_among, lead_in_field, report_to
from ingest.markers import BULLET_RANK, marker_of
from ingest.sentences import item_spans, sentence_spans
from ingest.tables import Column, Row, Table

# A heading or line that only says what kind of facts follow: the duty stands further up.
_GENERAL = re.compile(
    r"(?i:thời gian|thời hạn|địa điểm|hình thức|đối tượng|nội dung|tổ chức(?: thực hiện)?$|"
    r"kế hoạch|"
    r"thành phần|tiến độ|cách thức|phương thức|yêu cầu|mục đích|lịch|chương trình$|quy mô|chủ đề|"
    r"nhiệm vụ|công tác|hồ sơ|thể lệ)"
)


def field_duty(source: Source, start: int, end: int, groups: Sequence[Group]) -> list[Duty] | None:
    """The duties that the time field ``[start, end)`` dates; None where it is no time field."""
    text = source.text
    field = field_of(text, start, end)
    if field is None or field.kind != "time":
        return None
    if any(_has_clause(text[field.start : group.start]) for group in groups):
        return None  # «Thời gian nộp: Các trường gửi hồ sơ về Phòng trước ngày…»
    kept = [g for g in groups if _binds(source, g, text[field.start : g.start], text[g.end : end])]
    line_start = source.line(start)[0]
    before = [s for s in item_spans(text, line_start, start) if s[1] <= start]
    fields: list[Field] = []
    subject: Span | None = None
    if before:
        subject = (before[0][0], before[-1][1])
    elif field.subject is not None:
        fields = fields_below(text, start)
    elif _is_numbered(text, start, end):
        fields = [*completed_by(text, start)[1]]
    else:
        subject, fields = completed_by(text, start)
    duties = []
    for group in kept:
        task, inside = _task(source, subject or field.subject, start)
        lead = lead_among(text, fields)
        asked = sentence_spans(text, *task)[-1:] or [task]  # of a paragraph, what it comes to
        lead = lead or done_by(text, group.end, end)
        actor, implied = (lead, False) if lead else actor_of(source, *asked[0], task)
        near = inside and task[0] <= start
        duties.append(
            Duty(
                start=task[0] if near else start,
                end=group.end,
                action=(task,) if task else (),
                actor=actor,
                implied=implied or not near,
                group=group,
                report_to=report_to(text, *task),
            )
        )
    return duties


def _binds(source: Source, group: Group, before: str, after: str) -> bool:
    if not group.mentions:
        return True
    place = Place(before, after, is_field=True)
    return any(is_deadline(mention, place, source.issued) for mention in group.mentions)


def _has_clause(words: str) -> bool:
    """Whether what a time field says before its date is a statement of its own."""
    return len(words.split()) >= 4 and DUTY_ANY_CASE.search(words) is not None


def _is_numbered(text: str, start: int, end: int) -> bool:
    """«2. Thời gian: …» stands beside «1. Nội dung» under one heading, not below it."""
    marker = marker_of(text[start:end])
    return marker is not None and marker[0] < BULLET_RANK


def _task(source: Source, subject: Span | None, start: int) -> tuple[Span, bool]:
    """What a time field dates, and whether it stands right above the field.

    Where the line above names nothing («III. THỜI GIAN, ĐỊA ĐIỂM»), the nearest heading that does,
    and at last the document's title.
    """
    text, document = source.text, source.document
    if subject is not None:
        line = _content(text, *subject)
        words = text[line[0] : line[1]]
        if not _GENERAL.match(words) or (DUTY_ANY_CASE.match(words) and len(words.split()) > 4):
            return line, True
    for section in reversed(document.ancestry(document.section_at(start))):
        if section.start >= source.line(start)[0]:
            continue
        heading = section.heading
        if heading and not _GENERAL.match(heading):
            at = text.find(heading, section.start, section.end)
            if at >= 0:
                return (at, at + len(heading)), True
    title = document.header.title
    if title is not None and title.is_written:
        return (title.start, title.end), False
    return (start, source.line(start)[1]), False


def _content(text: str, start: int, end: int) -> Span:
    """``[start, end)`` without the number or bullet and the outer spaces."""
    while start < end and text[start].isspace():
        start += 1
    marker = marker_of(text[start:end])
    if marker:
        start += marker[2]
    end = start + len(text[start:end].rstrip(" .;:,\n"))
    return start, end


def row_duties(source: Source, table: Table, row: Row, groups: Sequence[Group]) -> Iterator[Duty]:
    """The duties of a table's row."""
    text = source.text
    lead = table.cell(row, Column.LEAD) or _body_cell(text, row)
    for group in groups:
        cell = next((c for c in row.cells if c[0] <= group.start < c[1]), None)
        if cell is None:
            continue
        is_time = cell == table.cell(row, Column.TIME) or _is_date_cell(text, cell, group)
        if not is_time:
            yield from _of_text_cell(source, cell, lead, group)
            continue
        if not _binds(source, group, text[cell[0] : group.start], text[group.end : cell[1]]):
            continue
        work = table.cell(row, Column.WORK) or _work_cell(text, row, cell, lead)
        if work is None:
            continue
        actor = lead_in_field(text, *lead) if lead else None
        implied = False
        if actor is None:
            actor, implied = actor_of(source, *work, work)
        yield Duty(
            start=min(work[0], group.start),
            end=max(work[1], group.end),
            action=(work,),
            actor=actor,
            implied=implied,
            group=group,
            report_to=report_to(text, *work),
        )


def _of_text_cell(source: Source, cell: Span, lead: Span | None, group: Group) -> Iterator[Duty]:
    """A date within the words of a cell."""
    text = source.text
    for start, end in item_spans(text, *cell):
        if start <= group.start < end:
            for duty in clause_duties(source, start, end, [group]):
                inside = duty.actor is not None and cell[0] <= duty.actor[0] < cell[1]
                if inside or lead is None or lead == cell:
                    yield duty
                else:
                    yield Duty(
                        duty.start,
                        duty.end,
                        duty.action,
                        lead_in_field(text, *lead),
                        False,
                        group,
                        duty.report_to,
                    )


def _is_date_cell(text: str, cell: Span, group: Group) -> bool:
    """Whether a cell holds little but the date."""
    rest = text[cell[0] : group.start] + text[group.end : cell[1]]
    return len(rest.split()) <= 4


def _body_cell(text: str, row: Row) -> Span | None:
    """The cell of a row that names a body; the first cells say what is to be done."""
    cells = (
        row.cells[1:]
        if len(row.cells) <= 2 or not _is_number(text, row.cells[0])
        else row.cells[2:]
    )
    return next(
        (
            c
            for c in cells
            if body_at(text, c[0]) is not None and len(text[c[0] : c[1]].split()) <= 30
        ),
        None,
    )


def _work_cell(text: str, row: Row, date: Span, lead: Span | None) -> Span | None:
    """The first cell with words that is neither the number, the date nor who does it."""
    for cell in row.cells:
        if cell in (date, lead) or _is_number(text, cell):
            continue
        if len(text[cell[0] : cell[1]].split()) >= 2:
            return cell
    return None


def _is_number(text: str, cell: Span) -> bool:
    return re.fullmatch(r"[\dIVXivx.]{1,6}|[a-zđ][).]?", text[cell[0] : cell[1]]) is not None
