"""The numbers that Word draws but doesn't store: «1.», «a)», «-», «II.» (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

Element = Any  # lxml ships no types
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLETS_KEPT = frozenset("-–—+*•")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # 1-based level whose use restarts this one; 0 never
    legal: bool = False  # all numbers in arabic figures
    paragraph_style: str = ""


class Numbering:
    """Gives each list paragraph of a document its label. Call in document order: it counts."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._style_numbers = _style_numbers(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        links: dict[str, str] = {}
        for abstract in numbering.iterchildren(f"{W}abstractNum"):
            identity = abstract.get(f"{W}abstractNumId", "")
            self._abstract[identity] = {
                _integer(level.get(f"{W}ilvl")): _level(level)
                for level in abstract.iterchildren(f"{W}lvl")
            }
            if link := _value(abstract, "numStyleLink"):
                links[identity] = link
        for num in numbering.iterchildren(f"{W}num"):
            identity = num.get(f"{W}numId", "")
            self._abstract_of[identity] = _value(num, "abstractNumId")
            for override in num.iterchildren(f"{W}lvlOverride"):
                index = _integer(override.get(f"{W}ilvl"))
                level = override.find(f"{W}lvl")
                if level is not None:
                    self._overrides.setdefault(identity, {})[index] = _level(level)
                if start := _value(override, "startOverride"):
                    self._restarts.setdefault(identity, {})[index] = _integer(start)
        for identity, style in links.items():  # a list style's levels live in another list
            target = self._abstract_of.get(self._style_numbers.get(style, ("", None))[0], "")
            self._abstract[identity] = self._abstract.get(target, {})

    def label(self, number: str | None, level: int | None, styles: tuple[str, ...]) -> str:
        """The label of the next paragraph, "" for one that is in no list.

        ``number`` and ``level`` are the paragraph's own numId and ilvl, None where it has none;
        ``styles`` its style and the styles that it is based on.
        """
        if number is None:
            number, level = self._of_style(styles)
        levels = self._levels(number) if number else {}
        index = level or 0
        if index not in levels:  # numId 0 takes a paragraph out of its style's list
            return ""
        return self._count(number, index, levels)

    def _of_style(self, styles: tuple[str, ...]) -> tuple[str, int | None]:
        for style in styles:
            if style in self._style_numbers:
                number, level = self._style_numbers[style]
                for index, definition in self._levels(number).items():
                    if definition.paragraph_style == style:
                        return number, index
                return number, level
        return "", None

    def _levels(self, number: str) -> dict[int, Level]:
        base = self._abstract.get(self._abstract_of.get(number, ""), {})
        return base | self._overrides.get(number, {})

    def _count(self, number: str, index: int, levels: dict[int, Level]) -> str:
        # Lists that share an abstract definition count on together, unless one says to restart.
        counters = self._counters[self._abstract_of[number]]
        for restarted, start in self._restarts.pop(number, {}).items():
            counters[restarted] = start - 1
        definition = levels[index]
        counters[index] = counters.get(index, definition.start - 1) + 1
        for deeper, below in levels.items():
            if deeper > index and below.restart != 0 and index < (below.restart or deeper):
                counters.pop(deeper, None)
        if definition.format == "bullet":
            return definition.text if definition.text in _BULLETS_KEPT else "-"
        if definition.format == "none":
            return ""

        def written(match: re.Match[str]) -> str:
            shown = int(match[1]) - 1
            style = levels.get(shown, Level())
            kind = "decimal" if definition.legal else style.format
            return format_number(counters.get(shown, style.start), kind)

        return _PLACEHOLDER.sub(written, definition.text).strip()


def format_number(number: int, kind: str) -> str:
    """``number`` in the OOXML number format ``kind``; formats not used here are in figures.

    >>> [format_number(4, kind) for kind in ("upperRoman", "lowerLetter", "decimalZero")]
    ['IV', 'd', '04']
    """
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            roman += letters * count
        return roman.upper() if kind == "upperRoman" else roman
    if kind in ("upperLetter", "lowerLetter") and number > 0:
        # Word goes on after z with aa, bb, cc.
        turns, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) * min(turns + 1, 10)
        return letters.upper() if kind == "upperLetter" else letters
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _level(element: Element) -> Level:
    restart = _value(element, "lvlRestart")
    return Level(
        format=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        start=_integer(_value(element, "start") or "1"),
        restart=_integer(restart) if restart else None,
        legal=element.find(f"{W}isLgl") is not None,
        paragraph_style=_value(element, "pStyle"),
    )


def _style_numbers(styles: Element | None) -> dict[str, tuple[str, int | None]]:
    found: dict[str, tuple[str, int | None]] = {}
    for style in () if styles is None else styles.iterchildren(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None and (number := _value(properties, "numId")):
            level = _value(properties, "ilvl")
            found[style.get(f"{W}styleId", "")] = (number, _integer(level) if level else None)
    return found


def _value(element: Element, child: str) -> str:
    found = element.find(f"{W}{child}")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _integer(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
