"""How much text a slide holds, measured by counting letters. Pure.

Whoever opens a file may have other fonts, so lines are reckoned a little longer than Arial's are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_LETTER = 0.54  # of the size of the letters, their average width
_LINE = 1.22  # of the size, the height of a line
GAP = 8  # points between paragraphs


def line_count(text: str, width: float, size: float) -> int:
    """The lines that ``text`` takes in ``width`` points at ``size`` points; 1 at least."""
    letters = max(8, int(width / (_LETTER * size)))
    return sum(len(textwrap.wrap(line, letters)) or 1 for line in text.split("\n"))


def text_height(texts: Sequence[str], width: float, size: float) -> float:
    """The height in points of paragraphs below one another."""
    return sum(line_count(text, width, size) * size * _LINE + GAP for text in texts)


def largest_size(
    texts: Sequence[str], width: float, height: float, sizes: Sequence[int]
) -> int | None:
    """The first of ``sizes``, the largest first, at which the paragraphs fit; None for none."""
    fitting = (size for size in sizes if text_height(texts, width, size) <= height)
    return next(fitting, None)


def groups_of(
    entries: Sequence[T], height_of: Callable[[T], float], height: float, most: int
) -> list[list[T]]:
    """Entries in order, in groups of at most ``most`` that are no higher than ``height``.

    An entry that is higher by itself stands alone.
    """
    groups: list[list[T]] = []
    used = 0.0
    for entry in entries:
        needed = height_of(entry)
        if groups and len(groups[-1]) < most and used + needed <= height:
            groups[-1].append(entry)
            used += needed
        else:
            groups.append([entry])
            used = needed
    return groups


def shortened(text: str, width: float, height: float, size: float) -> str:
    """``text``, or as many of its first words as fit, with «…» for the rest."""
    if text_height([text], width, size) <= height:
        return text
    words = text.split()
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if text_height([" ".join(words[:middle]) + "…"], width, size) <= height:
            low = middle
        else:
            high = middle - 1
    return " ".join(words[:low]).rstrip(" ,;:") + "…"
