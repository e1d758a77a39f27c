"""The cards of a pack for Anki: File › Import reads its options from the first lines.

The header lines are those of Anki 2.1.54 and later
(https://docs.ankiweb.net/importing/text-files.html); older versions pass them over as comments.
"""

from __future__ import annotations

import html
import re

from assistant.register.plain import one_line, plain
from assistant.study.export.cells import csv_text, is_formula
from assistant.study.export.sources import Sources, quoted
from assistant.study.records import Card, Difficulty, StudyPack

_COLUMNS = ("Câu hỏi", "Trả lời", "Thẻ")
_LEVELS = {Difficulty.EASY: "dễ", Difficulty.MEDIUM: "trung_bình", Difficulty.HARD: "khó"}


def to_anki(pack: StudyPack) -> bytes:
    """A note a card: question, answer with the exact words that bear it out, tags.

    Fields are HTML with everything of the documents escaped; UTF-8.
    """
    sources = Sources(pack)
    head = (
        "#separator:Comma\n#html:true\n"
        f"#columns:{','.join(_COLUMNS)}\n#tags column:{len(_COLUMNS)}\n"
    )
    rows = [
        (_field(card.question), _answer(card, sources), _tags(card, pack))
        for card in pack.cards.entries
    ]
    return (head + csv_text(rows)).encode("utf-8")


def _answer(card: Card, sources: Sources) -> str:
    told = [
        f"<small>{_escaped(quoted(c))} ({_escaped(sources.said(c))})</small>"
        for c in card.citations
    ]
    return "<br>".join([_field(card.answer), *told])


def _field(text: str) -> str:
    """``text`` as HTML. A first sign that a spreadsheet would compute becomes its entity: Anki
    shows the sign, where an apostrophe before it would be shown too."""
    text = plain(text).strip()
    if not is_formula(text):
        return _escaped(text)
    return f"&#{ord(text[0])};{_escaped(text[1:])}"


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _tags(card: Card, pack: StudyPack) -> str:
    """Tags have no spaces between their words, and a space between two of them."""
    said = {document.id: document.said for document in pack.documents}
    names = [said[i] for i in dict.fromkeys(c.document_id for c in card.citations) if i in said]
    tags = [_tag(card.topic), _LEVELS[card.difficulty], *map(_tag, names)]
    return " ".join(tag for tag in tags if tag)


def _tag(text: str) -> str:
    """Letters, figures, «-» and «/» of the text; «::» would make a tree of the tag."""
    return re.sub(r"[^\w/-]+", "_", one_line(text)).strip("_/-")
