"""A pack as a Word document to print and hand out: parts, answer key, sources."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import Final, TypeVar

from assistant.register.plain import one_line
from assistant.study.export.printed_quiz import put_key, put_quiz
from assistant.study.export.sheet import SMALL, WIDTH, Row, Said, Sheet, Text, cited
from assistant.study.export.sources import Sources, quoted
from assistant.study.export.titles import (
    NOTHING,
    PACK,
    SOURCES,
    TITLES,
    roman,
    said_request,
)
from assistant.study.records import (
    AgendaStep,
    FactRow,
    Line,
    OfficeRole,
    OutlinePoint,
    Own,
    Part,
    StudyPack,
)

_ON_NEW_PAGE = (Part.OUTLINE, Part.QUIZ)  # each may be handed out by itself

E = TypeVar("E")
D = TypeVar("D", FactRow, OutlinePoint, OfficeRole)

_NOTICE = (
    "Số trong ngoặc vuông, như [1], chỉ chỗ trích nguyên văn ở bảng nguồn cuối tài liệu. Dòng in "
    "nghiêng là lời của người soạn, không phải của văn bản. Tài liệu được soạn tự động để học tập, "
    "không thay cho văn bản gốc; đề nghị đối chiếu trước khi sử dụng."
)


def to_docx(pack: StudyPack) -> bytes:
    """The pack as a document of pages: its parts in order, the answer key, the sources' words.

    Every cited line carries the numbers of its sources; the table at the end gives for each the
    document, the place in it and the exact words.
    """
    sheet = Sheet(Sources(pack), f"{PACK}: {one_line(pack.title)}")
    _put_title(sheet, pack)
    for number, part in enumerate(filter(pack.request.wants, Part), 1):
        title = f"{roman(number)}. {TITLES[part].upper()}"
        found = pack.part(part)
        sheet.heading(title, on_new_page=part in _ON_NEW_PAGE and bool(found.entries))
        _PUT[part](sheet, pack)
        for note in found.notes:
            sheet.paragraph(Own(note))
        if not found.entries and not found.notes:
            sheet.paragraph(Own(NOTHING))
    if pack.quiz.entries:
        put_key(sheet, pack)
    _put_sources(sheet)
    file = io.BytesIO()
    sheet.document.save(file)
    return file.getvalue()


def _put_title(sheet: Sheet, pack: StudyPack) -> None:
    sheet.centred(PACK.upper(), bold=True)
    sheet.centred(one_line(pack.title), bold=True)
    sheet.centred("–––––––––––")
    many = len(pack.documents) > 1
    sheet.paragraph("", lead="Soạn từ các văn bản sau:" if many else "Soạn từ văn bản:", keep=True)
    for number, document in enumerate(pack.documents, 1):
        said = f"{document.said} (tệp {one_line(document.name)})"
        sheet.point(
            said, depth=1, sign=f"{number}." if many else "–", keep=number < len(pack.documents)
        )
    sheet.paragraph(f"{said_request(pack)}.")
    sheet.paragraph(Own(_NOTICE), size=SMALL + 1)


def _put_facts(sheet: Sheet, pack: StudyPack) -> None:
    for rows in _by_document(sheet, pack, pack.facts.entries):
        sheet.table(
            ("Mục", "Nội dung"),
            (45, WIDTH - 45),
            ([[row.label], _listed(row)] for row in rows),
            bold=(0,),
        )


def _listed(row: FactRow) -> list[Said]:
    if len(row.values) == 1:
        return list(row.values)
    return [_behind("– ", value) for value in row.values]


def _behind(sign: str, line: Line) -> Text:
    return replace(line, text=f"{sign}{line.text}")


def _put_conflicts(sheet: Sheet, pack: StudyPack) -> None:
    for number, conflict in enumerate(pack.conflicts.entries, 1):
        sheet.paragraph(conflict.text, lead=f"{number}.", keep=True)
        for side, following in _with_following(conflict.sides):
            sheet.point(side, depth=1, keep=following is not None)


def _put_outline(sheet: Sheet, pack: StudyPack) -> None:
    for points in _by_document(sheet, pack, pack.outline.entries):
        sizes = [0]  # of the blocks: headings with the point after them
        for point, following in _with_following(points):
            sizes[-1] += 1
            leads = point.is_heading and following is not None and following.level > point.level
            if not leads and following is not None:
                sizes.append(0)
        for point, paragraph in zip(points, sheet.blocks(sizes), strict=True):
            sheet.point(
                cited(point.text, point.citations),
                depth=point.level,
                sign=_sign(point),
                bold=point.is_heading and point.level < 2,
                paragraph=paragraph,
            )


def _sign(point: OutlinePoint) -> str:
    """The label as it is set before text: «IV.», «1.2.», «a)», «Bước 1:», else a dash."""
    label = one_line(point.label)
    if not label or label[-1] in ".):-–":
        return label or "–"
    if len(label) == 1 and label.islower():
        return f"{label})"
    return f"{label}:" if " " in label else f"{label}."


def _put_timeline(sheet: Sheet, pack: StudyPack) -> None:
    remarks: dict[str, int] = {}  # each sentence and its mark
    rows: list[Row] = []
    for number, row in enumerate(pack.timeline.entries, 1):
        marks = "".join(f" ({remarks.setdefault(r, len(remarks) + 1)})" for r in row.remarks)
        when: list[Said] = [(row.when or Own("Không ghi"), marks)]
        if row.said:
            when.append(f"→ {row.said}")
        what: list[Said] = [cited(row.action, row.citations)]
        if row.report_to:
            what.append(f"Báo cáo về: {row.report_to}")
        if len(pack.documents) > 1:
            what.append(sheet.sources.called(row.document))
        actor: Text = row.actor or Own("Văn bản không nêu")
        rows.append([[str(number)], when, [actor], what])
    if rows:
        widths = (12, 43, 42, WIDTH - 97)
        sheet.table(
            ("STT", "Thời hạn", "Đơn vị thực hiện", "Nội dung công việc"),
            widths,
            rows,
            centred=(0,),
        )
    for sentence, mark in remarks.items():
        sheet.point(Own(sentence), depth=1, sign=f"({mark})")


def _put_roles(sheet: Sheet, pack: StudyPack) -> None:
    for roles in _by_document(sheet, pack, pack.roles.entries):
        sheet.table(
            ("Đơn vị", "Nhiệm vụ"),
            (48, WIDTH - 48),
            ([[cited(role.office, role.citations)], _tasks(role)] for role in roles),
        )


def _tasks(role: OfficeRole) -> list[Said]:
    return [_behind("– ", task) for task in role.tasks]


def _put_agenda(sheet: Sheet, pack: StudyPack) -> None:
    steps = pack.agenda.entries
    if not steps:
        return
    rows: list[Row] = []
    for number, step in enumerate(steps, 1):
        points = [_behind("– ", point) for point in step.points]
        rows.append([[str(number)], [f"{step.minutes} phút"], [_step_title(step), *points]])
    rows.append([[], [f"{sum(step.minutes for step in steps)} phút"], ["Tổng thời gian"]])
    table = sheet.table(
        ("Bước", "Thời gian", "Nội dung"), (16, 26, WIDTH - 42), rows, centred=(0, 1)
    )
    for cell in table.rows[-1].cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    for row in table.rows[1:-1]:
        for run in row.cells[2].paragraphs[0].runs:
            run.bold = True


def _step_title(step: AgendaStep) -> Text:
    """Upright without a citation too: steps are the pack's own for the most part."""
    return cited(step.title, step.citations) if step.citations else step.title


def _put_discussion(sheet: Sheet, pack: StudyPack) -> None:
    for number, question in enumerate(pack.discussion.entries, 1):
        sheet.paragraph(question.text, lead=f"Câu {number}.", keep=bool(question.basis))
        for basis, following in _with_following(question.basis):
            sheet.point(basis, depth=1, keep=following is not None)


def _put_cards(sheet: Sheet, pack: StudyPack) -> None:
    if not pack.cards.entries:
        return
    rows: list[Row] = []
    for number, card in enumerate(pack.cards.entries, 1):
        *lines, last = card.answer.split("\n")
        answer: list[Said] = [*lines, cited(last, card.citations)]
        rows.append([[f"{number}. {card.question}"], answer])
    sheet.table(("Câu hỏi", "Trả lời"), (75, WIDTH - 75), rows)


def _put_glossary(sheet: Sheet, pack: StudyPack) -> None:
    if not pack.glossary.entries:
        return
    rows: list[Row] = []
    for term in pack.glossary.entries:
        meaning: Text = (
            cited(term.meaning, term.citations) if term.is_defined else Own(term.meaning)
        )
        # A customary meaning is the pack's own; its source shows only that the term is used.
        said = term.term if term.is_defined else cited(term.term, term.citations)
        rows.append([[said], [meaning]])
    sheet.table(("Từ, chữ viết tắt", "Nghĩa"), (48, WIDTH - 48), rows)


def _put_sources(sheet: Sheet) -> None:
    sheet.heading(SOURCES.upper(), on_new_page=True)
    citations = sheet.sources.cited()
    if not citations:
        sheet.paragraph(Own(NOTHING))
        return
    rows = (
        [
            [str(sheet.sources.number(c))],
            [x for x in (sheet.sources.document(c), sheet.sources.place(c)) if x],
            [quoted(c)],
        ]
        for c in citations
    )
    table = sheet.table(
        ("Số", "Văn bản, vị trí", "Trích nguyên văn"),
        (13, 54, WIDTH - 67),
        rows,
        size=SMALL,
        centred=(0,),
    )
    for number, cell in enumerate(table.columns[0].cells[1:], 1):
        sheet.mark_source(cell, number)


_PUT: Final[dict[Part, Callable[[Sheet, StudyPack], None]]] = {
    Part.FACTS: _put_facts,
    Part.CONFLICTS: _put_conflicts,
    Part.OUTLINE: _put_outline,
    Part.TIMELINE: _put_timeline,
    Part.ROLES: _put_roles,
    Part.AGENDA: _put_agenda,
    Part.DISCUSSION: _put_discussion,
    Part.CARDS: _put_cards,
    Part.QUIZ: put_quiz,
    Part.GLOSSARY: _put_glossary,
}


def _by_document(sheet: Sheet, pack: StudyPack, entries: Sequence[D]) -> Iterator[list[D]]:
    """The entries of each document in turn, under its name where the pack is of several."""
    said = {document.id: document.said for document in pack.documents}
    for document, group in groupby(entries, key=lambda entry: entry.document):
        if len(pack.documents) > 1:
            sheet.heading(said[document], 2)
        yield list(group)


def _with_following(entries: Sequence[E]) -> Iterator[tuple[E, E | None]]:
    """Each entry with the one after it, None after the last."""
    return zip_longest(entries, entries[1:])
