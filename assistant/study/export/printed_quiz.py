"""The quiz on paper: questions with room to answer, and the key on pages of its own."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from assistant.study.export.keys import Key, key_of, letter, lettered, numbered, question_of
from assistant.study.export.sheet import WIDTH, Row, Said, Sheet, Text, cited
from assistant.study.export.titles import KEY, KINDS
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    StudyPack,
    TrueFalseItem,
)

_HINTS: Final[dict[type[QuizItem], str]] = {
    ChoiceItem: "ghi chữ cái của một phương án",
    TrueFalseItem: "ghi Đúng hoặc Sai",
    MatchingItem: "ghi chữ cái ở cột B cho mỗi số ở cột A",
    OrderingItem: "ghi các chữ cái theo đúng thứ tự",
}
_ANSWER = "Trả lời:"


def put_quiz(sheet: Sheet, pack: StudyPack) -> None:
    """The questions in order, grouped by kind, without a sign of what is right."""
    items = pack.quiz.entries
    if not items:
        return
    sheet.blanks("Họ và tên:", "Đơn vị:")
    numbered_items = enumerate(items, 1)
    for group, (kind, members) in enumerate(groupby(numbered_items, key=lambda n: type(n[1]))):
        title = f"{'ABCDEFGHIJ'[group % 10]}. {KINDS[kind]} ({_HINTS[kind]})"
        for place, (number, item) in enumerate(members):
            with sheet.block():
                if place == 0:
                    sheet.heading(title, 2)
                _put_item(sheet, number, item)


def _put_item(sheet: Sheet, number: int, item: QuizItem) -> None:
    question = sheet.paragraph(question_of(item), lead=f"Câu {number}.", keep=True)
    if isinstance(item, ChoiceItem | OrderingItem):
        shown = item.choices if isinstance(item, ChoiceItem) else item.events
        for index, text in enumerate(shown):
            sheet.point(text, depth=1, sign=f"{letter(index)}.")
    elif isinstance(item, MatchingItem):
        question.paragraph_format.space_after = None  # of its style: a table follows
        _put_columns(sheet, item)
    sheet.answer_blank(_ANSWER)


def _put_columns(sheet: Sheet, item: MatchingItem) -> None:
    left, right = numbered(item.left), lettered(item.right)
    rows: list[Row] = [
        [list(left[i : i + 1]), list(right[i : i + 1])] for i in range(max(len(left), len(right)))
    ]
    sheet.table(("Cột A", "Cột B"), (58, WIDTH - 62), rows)


def put_key(sheet: Sheet, pack: StudyPack) -> None:
    """Every answer with the numbers of its sources, begun on a new page."""
    sheet.heading(KEY.upper(), on_new_page=True)
    rows: list[Row] = []
    for number, item in enumerate(pack.quiz.entries, 1):
        rows.append([[str(number)], _key_lines(key_of(item))])
    sheet.table(("Câu", "Đáp án"), (16, WIDTH - 16), rows, centred=(0,))


def _key_lines(key: Key) -> list[Said]:
    lines: list[Said] = [cited(line.text, line.citations) for line in key.lines]
    if len(lines) > 1:
        lines.insert(0, key.short)
    refuted = [cited(line.text, line.citations) for line in key.wrong if line.citations]
    if refuted:
        between: list[Text] = [x for line in refuted for x in ("; ", line)][1:]
        lines.append(("Căn cứ loại phương án khác: ", *between, "."))
    return lines
