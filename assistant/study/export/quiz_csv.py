"""The quiz of a pack as a table for a spreadsheet: a row an item, its answer and its source."""

from __future__ import annotations

from assistant.register.plain import one_line
from assistant.study.export.cells import csv_text, harmless
from assistant.study.export.keys import FALSE, TRUE, key_of, letter, numbered, question_of
from assistant.study.export.sources import Sources
from assistant.study.export.titles import DIFFICULTIES, KINDS
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    StudyPack,
)

_BEFORE = ("STT", "Loại câu hỏi", "Câu hỏi", "Cột A")
_AFTER = (
    "Đáp án", "Diễn giải", "Chủ đề", "Mức độ", "Văn bản", "Vị trí", "Trích nguyên văn",
)  # fmt: skip


def to_csv(pack: StudyPack) -> bytes:
    """UTF-8 with a mark at the beginning, by which Excel knows it; cells are text, never formulas.

    Of a matching item «Cột A» holds the offices, the choices the tasks, the answer «1 – B; 2 – A».
    An item with several sources has a line for each in the cells that tell its source.
    """
    items = pack.quiz.entries
    width = max((len(_choices(item)) for item in items), default=0)
    heads = (*_BEFORE, *(f"Phương án {letter(i)}" for i in range(width)), *_AFTER)
    sources = Sources(pack)
    rows = (_row(number, item, width, sources) for number, item in enumerate(items, 1))
    cells = ([harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + csv_text([heads, *cells])).encode("utf-8")


def _row(number: int, item: QuizItem, width: int, sources: Sources) -> list[str]:
    key, choices = key_of(item), _choices(item)
    cited = tuple(dict.fromkeys(item.citations))
    return [
        str(number),
        KINDS[type(item)],
        one_line(question_of(item)),
        "\n".join(numbered(item.left)) if isinstance(item, MatchingItem) else "",
        *choices,
        *[""] * (width - len(choices)),
        key.short,
        "\n".join(line.text for line in key.lines),
        item.topic,
        DIFFICULTIES[item.difficulty],
        "\n".join(sources.document(c) for c in cited),
        "\n".join(sources.place(c) for c in cited),
        "\n".join(one_line(c.quote) for c in cited),
    ]


def _choices(item: QuizItem) -> tuple[str, ...]:
    """What is chosen from: choices, true and false, tasks to match, events to order."""
    if isinstance(item, ChoiceItem):
        return item.choices
    if isinstance(item, MatchingItem):
        return item.right
    return item.events if isinstance(item, OrderingItem) else (TRUE, FALSE)
