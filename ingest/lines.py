"""Lines of a text with their offsets. Pure; shared by the stages that read layout."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without its outer spaces: ``source[start:end] == text``."""

    text: str
    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    lines = []
    for match in re.finditer(r"[^\n]+", text):
        stripped = match.group().strip()
        if stripped:
            start = match.start() + match.group().index(stripped)
            lines.append(Line(stripped, start, start + len(stripped)))
    return lines
