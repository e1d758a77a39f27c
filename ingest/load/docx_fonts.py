"""The fonts of a Word document's runs, as far as they tell how letters were stored (17.3.2.26)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ingest.load import legacy
from ingest.load.docx_numbering import Element, W

_NAMES = (f"{W}ascii", f"{W}hAnsi")

Font = tuple[legacy.Encoding | None, bool]  # how letters are stored; drawn as capitals
UNICODE: Font = (None, False)


class Fonts:
    """Tells the font of a run: its own, or that of its styles, or the document's."""

    def __init__(self, styles: Element | None) -> None:
        self._of_style: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._default = ""
        if styles is None:
            return
        self._default = _name(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in styles.iterchildren(f"{W}style"):
            identity = style.get(f"{W}styleId", "")
            self._of_style[identity] = _name(style.find(f"{W}rPr"))
            based_on = style.find(f"{W}basedOn")
            self._parents[identity] = "" if based_on is None else based_on.get(f"{W}val", "")

    def of_style(self, style: str) -> str:
        """The font of text in a style, «» where the document's default is meant."""
        seen: set[str] = set()
        while style and style not in seen:  # a style based on itself is a loop, not a crash
            if font := self._of_style.get(style):
                return font
            seen.add(style)
            style = self._parents.get(style, "")
        return ""

    def of_run(self, run: Element, of_paragraph: str) -> Font:
        """How a run's letters are stored, in a paragraph whose style has the font given."""
        properties = run.find(f"{W}rPr")
        font = _name(properties)
        if not font and properties is not None:
            style = properties.find(f"{W}rStyle")
            font = "" if style is None else self.of_style(style.get(f"{W}val", ""))
        return legacy.font_encoding(font or of_paragraph or self._default)


def in_unicode(fragments: Iterable[tuple[str, Font]]) -> Iterator[str]:
    """The text of runs, those in the fonts of before Unicode converted."""
    for (encoding, capitals), same in groupby(fragments, key=lambda fragment: fragment[1]):
        text = "".join(text for text, _ in same)
        if encoding is not None:
            text = legacy.convert_run(text, encoding)
        yield text.upper() if capitals else text


def _name(properties: Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else next((n for key in _NAMES if (n := fonts.get(key))), "")
