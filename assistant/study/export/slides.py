"""A pack as slides: agenda, content, deadlines, offices, questions, quiz with answers, sources."""

from __future__ import annotations

import io
from collections.abc import Sequence

from assistant.register.plain import one_line
from assistant.study.export.deck import Bullet, Deck, TableRow
from assistant.study.export.keys import KeyLine, key_of, lettered, numbered, question_of
from assistant.study.export.sources import Sources, quoted
from assistant.study.export.titles import KINDS, PACK, SOURCES, TITLES, said_request
from assistant.study.records import (
    ChoiceItem,
    Cited,
    Line,
    MatchingItem,
    OrderingItem,
    OutlinePoint,
    Own,
    Part,
    QuizItem,
    StudyPack,
)

_RIGHT = "1E6B2E"  # green
_NOTICE = (
    "Lời trích nguyên văn và vị trí của từng nội dung ghi ở phần ghi chú của mỗi trang. Tài liệu "
    "được soạn tự động để học tập, không thay cho văn bản gốc."
)


def to_pptx(pack: StudyPack) -> bytes:
    """A presentation of 16:9; the exact words of the sources stand in the notes of each slide."""
    deck = Deck(Sources(pack), f"{PACK}: {one_line(pack.title)}")
    names = [document.said for document in pack.documents]
    shown = [] if names == [pack.title] else names[:6]
    deck.title_slide(one_line(pack.title), PACK.upper(), [*shown, f"{said_request(pack)}."])
    _put_agenda(deck, pack)
    _put_conflicts(deck, pack)
    _put_outline(deck, pack)
    _put_timeline(deck, pack)
    _put_roles(deck, pack)
    _put_discussion(deck, pack)
    for number, item in enumerate(pack.quiz.entries, 1):
        _put_item(deck, number, item)
    _put_sources(deck, pack)
    file = io.BytesIO()
    deck.presentation.save(file)
    return file.getvalue()


def _put_agenda(deck: Deck, pack: StudyPack) -> None:
    rows = []
    for number, step in enumerate(pack.agenda.entries, 1):
        points = [point for point in step.points if isinstance(point, Cited)]
        what = f"{step.title}: {'; '.join(p.text for p in points)}" if points else step.title
        cited = (*step.citations, *(c for point in points for c in point.citations))
        rows.append(TableRow((str(number), f"{step.minutes} phút", what), cited))
    deck.table(TITLES[Part.AGENDA], ("Bước", "Thời gian", "Nội dung"), (9, 16, 75), rows)


def _put_conflicts(deck: Deck, pack: StudyPack) -> None:
    for conflict in pack.conflicts.entries:
        sides = [_bullet(side) for side in conflict.sides]
        deck.bullets(TITLES[Part.CONFLICTS], [Bullet(conflict.text, sign="", bold=True), *sides])


def _bullet(line: Line, level: int = 0) -> Bullet:
    if isinstance(line, Own):
        return Bullet(line.text, level=level, italic=True)
    return Bullet(line.text, line.citations, level)


def _put_outline(deck: Deck, pack: StudyPack) -> None:
    """A section's points under its heading; points that stand under none, under the part's."""
    said = {document.id: document.said for document in pack.documents}
    title, points = TITLES[Part.OUTLINE], list[OutlinePoint]()

    def put() -> None:
        if points:
            deck.bullets(title, [_point(points, index) for index in range(len(points))])

    document = ""
    for point in pack.outline.entries:
        if point.document != document:
            put()
            document, points = point.document, []
            title = said[document] if len(said) > 1 else TITLES[Part.OUTLINE]
        if point.level == 0 and point.is_heading and _has_points(point, pack.outline.entries):
            put()
            points = []
            title = " ".join(x for x in (_label(point), point.text) if x)
            if len(said) > 1:
                title = f"{said[document]}: {title}"
        else:
            points.append(point)
    put()


def _has_points(heading: OutlinePoint, entries: Sequence[OutlinePoint]) -> bool:
    index = next(i for i, entry in enumerate(entries) if entry is heading)
    following = entries[index + 1 : index + 2]
    return bool(following) and following[0].level > 0


def _point(points: Sequence[OutlinePoint], index: int) -> Bullet:
    point = points[index]
    depth = point.level - min(other.level for other in points)
    following = points[index + 1 : index + 2]
    return Bullet(
        point.text,
        point.citations,
        level=min(depth, 3),
        sign=_label(point) or "–",
        bold=point.is_heading and depth == 0,
        leads=point.is_heading and bool(following) and following[0].level > point.level,
    )


def _label(point: OutlinePoint) -> str:
    label = one_line(point.label)
    if not label or label[-1] in ".):":
        return label
    return f"{label})" if len(label) == 1 and label.islower() else f"{label}."


def _put_timeline(deck: Deck, pack: StudyPack) -> None:
    rows = []
    for row in pack.timeline.entries:
        when = "\n→ ".join(x for x in (row.when or "(không ghi)", row.said) if x)
        what = f"{row.action}\nBáo cáo về: {row.report_to}" if row.report_to else row.action
        rows.append(TableRow((when, row.actor or "(không nêu)", what), row.citations))
    deck.table(TITLES[Part.TIMELINE], ("Thời hạn", "Đơn vị", "Công việc"), (24, 25, 51), rows)


def _put_roles(deck: Deck, pack: StudyPack) -> None:
    rows = [
        TableRow((role.office, task.text), (*role.citations, *task.citations))
        for role in pack.roles.entries
        for task in role.tasks
    ]
    deck.table(TITLES[Part.ROLES], ("Đơn vị", "Nhiệm vụ"), (30, 70), rows)


def _put_discussion(deck: Deck, pack: StudyPack) -> None:
    bullets = [
        Bullet(
            question.text,
            tuple(c for basis in question.basis for c in basis.citations),
            sign=f"{number}.",
        )
        for number, question in enumerate(pack.discussion.entries, 1)
    ]
    deck.bullets(TITLES[Part.DISCUSSION], bullets)


def _put_item(deck: Deck, number: int, item: QuizItem) -> None:
    title = f"Câu {number}. {KINDS[type(item)]}"
    question = Bullet(question_of(item), sign="", bold=True)
    if isinstance(item, MatchingItem):
        pairs = zip(numbered(item.left), lettered(item.right), strict=True)
        rows = [TableRow(pair) for pair in pairs]
        deck.page(title, [question])
        deck.table(title, ("Cột A", "Cột B"), (36, 64), rows)
    else:
        deck.page(title, [question, *(Bullet(line, sign="") for line in _choices(item))])
    key = key_of(item)
    told = [_told(line) for line in key.lines]
    if len(told) > 1:
        told.insert(0, Bullet(key.short, sign="", bold=True, colour=_RIGHT))
    else:
        words = [Bullet(quoted(c), sign="", italic=True) for c in dict.fromkeys(item.citations)]
        told += words
    deck.page(f"Câu {number}. Đáp án", told)


def _told(line: KeyLine) -> Bullet:
    return Bullet(line.text, line.citations, sign="", bold=True, colour=_RIGHT)


def _choices(item: QuizItem) -> tuple[str, ...]:
    if isinstance(item, ChoiceItem):
        return lettered(item.choices)
    return lettered(item.events) if isinstance(item, OrderingItem) else ("Đúng hay sai?",)


def _put_sources(deck: Deck, pack: StudyPack) -> None:
    names = [f"{document.said} (tệp {one_line(document.name)})" for document in pack.documents]
    deck.bullets(
        SOURCES, [*(Bullet(name) for name in names), Bullet(_NOTICE, sign="", italic=True)]
    )
