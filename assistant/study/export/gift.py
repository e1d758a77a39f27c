"""The quiz of a pack in GIFT, which Moodle's question bank imports.

The format: https://docs.moodle.org/en/GIFT_format. Every item has a name, the exact words of its
sources as feedback, and no blank line inside, which would end it.
"""

from __future__ import annotations

import re
from typing import assert_never

from assistant.records import Citation
from assistant.register.plain import one_line, plain
from assistant.study.export.keys import key_of, question_of
from assistant.study.export.sources import Sources, quoted
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    QuizItem,
    StudyPack,
    TrueFalseItem,
)

_SPECIAL = re.compile(r"[~=#{}:\\]")


def to_gift(pack: StudyPack) -> bytes:
    """All items as UTF-8 text: multiple choice, true or false, matching.

    GIFT knows no ordering: such an item is a matching of places («Thứ 1») with events.
    """
    sources = Sources(pack)
    head = f"// {one_line(pack.title)}\n"
    items = [
        _item(item, " – ".join([*_documents(item, sources), f"câu {number:02}"]), sources)
        for number, item in enumerate(pack.quiz.entries, 1)
    ]
    return "\n".join([head, *items]).encode("utf-8")


def _documents(item: QuizItem, sources: Sources) -> list[str]:
    """The document that an item is from, none where it is in the trainer's words."""
    return [sources.document(c) for c in item.citations[:1]]


def _item(item: QuizItem, name: str, sources: Sources) -> str:
    lines = [f"::{escape(name)}::[plain]{escape(question_of(item))} {{", *_answers(item, sources)]
    told = _told(item, sources)
    return "\n".join([*lines, *([f"####{told}"] if told else []), "}", ""])


def _answers(item: QuizItem, sources: Sources) -> list[str]:
    if isinstance(item, ChoiceItem):
        return [
            f"{'=' if i == item.right else '~'}{_choice(choice)}{_refuted(item, i, sources)}"
            for i, choice in enumerate(item.choices)
        ]
    if isinstance(item, TrueFalseItem):
        told = escape(key_of(item).lines[0].text)
        # The first feedback is for a wrong answer, the second for a right one.
        return [f"{'TRUE' if item.is_true else 'FALSE'}#{told}#{told}"]
    if isinstance(item, MatchingItem):
        pairs = [(item.left[i], item.right[j]) for i, j in enumerate(item.pairs)]
        return [f"={_side(left)} -> {_side(right)}" for left, right in pairs]
    if isinstance(item, OrderingItem):
        placed = enumerate(item.order, 1)
        return [f"=Thứ {place} -> {_side(item.events[i])}" for place, i in placed]
    assert_never(item)


def _refuted(item: ChoiceItem, index: int, sources: Sources) -> str:
    """Feedback on a wrong choice: the words that show it wrong."""
    proof = item.proofs[index] if index != item.right else ()
    return f"#{escape(_words(proof, sources))}" if proof else ""


def _told(item: QuizItem, sources: Sources) -> str:
    """Feedback on the item: its answer, where that isn't in the answers, and the words of it."""
    said = [_words(tuple(dict.fromkeys(item.citations)), sources)]
    if isinstance(item, OrderingItem):
        said.insert(0, "\n".join(f"{item.events[i]}: {item.when[i]}" for i in item.order))
    return escape("\n".join(filter(None, said)))


def _words(citations: tuple[Citation, ...], sources: Sources) -> str:
    return "\n".join(f"{quoted(c)} ({sources.said(c)})" for c in citations)


def _choice(text: str) -> str:
    """A choice; what begins like a weight («%50%») has its format named, so that it is none."""
    return f"[plain]{escape(text)}" if text.startswith(("%", "[")) else escape(text)


def _side(text: str) -> str:
    """A side of a pair: «->» stands between the two and can't be escaped."""
    return escape(one_line(text).replace("->", "→"))


def escape(text: str) -> str:
    r"""``text`` with a backslash before each sign that GIFT reads, and line feeds as ``\n``.

    >>> escape("Tỷ lệ: 50 = {1/2}")
    'Tỷ lệ\\: 50 \\= \\{1/2\\}'
    """
    escaped = _SPECIAL.sub(lambda sign: "\\" + sign.group(), plain(text).strip())
    return escaped.replace("\n", "\\n")
