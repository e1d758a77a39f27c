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
_SHARES = tuple(share / 20 for share in range(6, 20))  # of the height, tried to even groups out


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
    entries: Sequence[T],
    height_of: Callable[[T], float],
    height: float,
    most: int,
    leads: Callable[[T], bool] = lambda entry: False,
) -> list[list[T]]:
    """Entries in order, in as few groups as hold ``most`` entries and ``height`` points at most.

    The groups are about as high as one another. What ``leads``, as a heading, stands in one group
    with the entry after it; what is too high by itself stands alone.
    """
    units: list[list[T]] = []
    for entry in entries:
        if units and leads(units[-1][-1]) and len(units[-1]) < most:
            units[-1].append(entry)
        else:
            units.append([entry])
    fewest = _filled(units, height_of, height, most)
    for share in _SHARES:
        groups = _filled(units, height_of, height * share, most)
        if len(groups) == len(fewest):
            return groups
    return fewest


def _filled(
    units: Sequence[Sequence[T]], height_of: Callable[[T], float], height: float, most: int
) -> list[list[T]]:
    groups: list[list[T]] = []
    used = 0.0
    for unit in units:
        needed = sum(map(height_of, unit))
        if groups and len(groups[-1]) + len(unit) <= most and used + needed <= height:
            groups[-1].extend(unit)
            used += needed
        else:
            groups.append([*unit])
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
