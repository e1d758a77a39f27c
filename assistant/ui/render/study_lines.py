"""The lines of a study pack: words, the numbers of their sources, the tools to change them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.records import Citation
from assistant.register.plain import one_line
from assistant.study.edits import PackLine, lines
from assistant.study.records import Part, StudyPack
from assistant.ui.render.words import both, hidden, where
from assistant.ui.study_desk import numbered

_TOLD = 160  # characters of a quote that are shown on pointing at its number

# A pack has hundreds of lines: what the buttons of each are called is written once.
_SAID = ("edit_line", "up", "down", "drop")
SAID = "".join(
    f'<span id="study-say-{name}" class="visually-hidden">{both(f"study_{name}")}</span>'
    for name in _SAID
)
LINE_FORM = (
    '<template id="study-line-form"><form class="line-form" data-action="study-line">'
    f'<label>{hidden("study_line")}<textarea rows="2"></textarea></label>'
    f'<div class="line-buttons"><button type="submit" class="do">{both("study_save")}</button>'
    f'<button type="button" data-action="study-cancel">{both("study_cancel")}</button></div>'
    "</form></template>"
)


class Lines:
    """The lines of ``pack`` as HTML; with ``is_editing`` each can be changed where it stands."""

    def __init__(self, pack: StudyPack, is_editing: bool = False) -> None:
        self.pack, self.is_editing = pack, is_editing
        self._sources = numbered(pack)
        self._lines = {line.address: line for part in Part for line in lines(pack, part)}

    def line(
        self,
        address: str,
        *,
        is_own: bool = False,
        absent: str = "",
        cites: bool = True,
        tools: bool = True,
    ) -> str:
        """A line with its numbers and tools.

        ``is_own`` marks words that no document bears out; ``absent`` is the key of what to say for
        an empty line, which is left out where there is none; without ``tools`` it can be edited,
        and not moved or left out.
        """
        line = self._lines[address]
        numbers = self.numbers(line.citations) if cites else ""
        return self._words(line, is_own, absent) + numbers + (self._tools(line) if tools else "")

    def numbers(self, citations: Sequence[Citation]) -> str:
        """The numbers of sources, each opening its words."""
        told: dict[int, Citation] = {}
        for citation in citations:
            told.setdefault(self._sources.number(citation), citation)
        return "".join(self._number(number, told[number]) for number in sorted(told))

    def _number(self, number: int, citation: Citation) -> str:
        quote = one_line(citation.quote)
        quote = quote if len(quote) <= _TOLD else f"{quote[:_TOLD].rstrip()}…"
        told = escape(f"{where(citation)}: «{quote}»")
        return (
            f' <button type="button" class="cite" data-action="study-cite" data-number="{number}"'
            f' title="{told}">{number}</button>'
        )

    def _words(self, line: PackLine, is_own: bool, absent: str) -> str:
        own = hidden("study_own") + " " if is_own and not self.is_editing else ""
        kind = "words own" if is_own else "words"
        if not self.is_editing or not line.can_edit:
            if not line.text:
                return f'<span class="words own">{both(absent)}</span>' if absent else ""
            return f'{own}<span class="{kind}">{escape(line.text)}</span>'
        shown = escape(line.text) or both(absent or "study_empty_field")
        empty = "" if line.text else " empty"
        # No <button>: it would stand as a block of its own within the line.
        return (
            f'<span class="{kind}{empty} editable" role="button" tabindex="0"'
            f' data-action="study-edit" data-at="{line.address}"'
            f' aria-describedby="study-say-edit_line">{shown}</span>'
        )

    def _tools(self, line: PackLine) -> str:
        if not self.is_editing:
            return ""
        asked = ["up", "down"] if line.can_move else []
        asked += ["drop"] if line.can_drop else []
        return tools_html(line.address, asked)


def tools_html(address: str, asked: Sequence[str]) -> str:
    """Buttons that move a line up or down or leave it out."""
    if not asked:
        return ""
    buttons = "".join(
        f'<button type="button" class="line-tool {ask}" data-action="study-line-tool"'
        f' data-ask="{ask}" aria-labelledby="study-say-{ask}"></button>'
        for ask in asked
    )
    return f'<span class="line-tools" data-at="{address}">{buttons}</span>'


def yours_html(taken_from: Sequence[str]) -> str:
    """That what it follows is in the trainer's words now; nothing where it never was cited."""
    return f'<span class="yours">{both("study_yours")}</span>' if taken_from else ""
