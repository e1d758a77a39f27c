"""Section tree of an administrative document. Pure.

Layout and numbering follow Nghị định 30/2020/NĐ-CP (State bodies) and Hướng dẫn 36-HD/VPTW (Party
bodies) as offices really apply them: «I.» and «I-», «1.» and «1-», «1.1», «a)», «-», «+»,
«Điều 1.», «Bước 1:», with numbers skipped or repeated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, lines_of
from ingest.markers import BULLET_RANK, CHAPTER, NUMBER, marker_of
from ingest.records import Role, Section

_LISTS = (8, 9)  # «a)», «(1)»: they may also list what a bullet that ends with a colon announces
_FIRST_NUMBERS = 5  # a document's first section has a low number; «20/ …» is an item of a web page
_HEADING_WORDS = 32  # a longer first line is a paragraph, not a heading
_LEAD_WORDS = 24  # the longest «X: …» whose X heads the rest of its line
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình|đề nghị|yêu cầu|nhận được|căn cứ|kế hoạch này|hướng dẫn này|"
    r"chỉ thị này|kết luận này|thông báo này|[^.;:]{3,90}?\b(?:yêu cầu|đề nghị|giao))\b",
    re.I,
)


def first_section(text: str) -> int:
    """Offset of the first numbered section (bullets apart), or the length of ``text``."""
    for line in lines_of(text):
        marker = marker_of(line.text)
        if marker and marker[0] < BULLET_RANK:
            label = marker[1]
            if not label.isdigit() or int(label) <= _FIRST_NUMBERS:
                return line.start
    return len(text)


def find_sections(text: str, roles: Sequence[tuple[int, Role]]) -> tuple[Section, ...]:
    """The section tree of canonical ``text`` in document order; sections stand in BODY parts."""
    lines = lines_of(text)
    markers = [
        marker_of(line.text) if _role_at(roles, line.start) is Role.BODY else None for line in lines
    ]
    chapters = _chapters_by_capitals(lines, markers)
    closing = _closing_line(lines, markers, roles)
    tree = _Tree()
    for number, (line, marker) in enumerate(zip(lines, markers, strict=True)):
        if marker is None:
            outside = _role_at(roles, line.start) is not Role.BODY
            # An unmarked paragraph after a bullet is the parent's, not the bullet's.
            tree.close(line.start, -1 if outside or number == closing else BULLET_RANK)
            continue
        rank, label, width = marker
        announced = number > 0 and lines[number - 1].text.endswith(":")
        depth = float(CHAPTER) if number in chapters else tree.depth_of(rank, label, announced)
        heading, body = _heading(line, width)
        tree.open(Section(label, heading, 0, line.start, body, len(text), -1), rank, depth)
    tree.close(len(text), -1)
    return tuple(tree.sections)


class _Tree:
    """Sections in order, and those of them that are still open."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self._open: list[tuple[int, int, float]] = []  # (index in sections, rank, depth)

    def depth_of(self, rank: int, label: str, announced: bool) -> float:
        """Where a marker of ``rank`` belongs; a list in a bullet stands deeper than its rank."""
        if rank in _LISTS and self._open:
            below = self._open[-1][2]
            if announced and below >= BULLET_RANK and label.strip("()") in {"1", "a", "i"}:
                return below + 0.5
            for _, other, depth in reversed(self._open):
                if other == rank:
                    return depth
        return float(rank)

    def open(self, section: Section, rank: int, depth: float) -> None:
        self.close(section.start, depth)
        parent = self._open[-1][0] if self._open else -1
        self._open.append((len(self.sections), rank, depth))
        self.sections.append(replace(section, level=len(self._open) - 1, parent=parent))

    def close(self, until: int, depth: float) -> None:
        """End, at ``until``, the open sections that lie at ``depth`` or deeper."""
        while self._open and self._open[-1][2] >= depth:
            index = self._open.pop()[0]
            self.sections[index] = replace(self.sections[index], end=until)


def _chapters_by_capitals(
    lines: Sequence[Line], markers: Sequence[tuple[int, str, int] | None]
) -> set[int]:
    """Lines such as «1. MỤC ĐÍCH, YÊU CẦU» in a text whose chapters all came out as «1.».

    Converters renumber automatic lists: chapters then bear one number over and over, and only
    their capitals still tell them from the sections inside them.
    """
    capitals: dict[str, list[int]] = {}
    for number, (line, marker) in enumerate(zip(lines, markers, strict=True)):
        if marker and marker[0] == NUMBER and marker[1].isdigit():
            rest = line.text[marker[2] :]
            if rest.isupper() and len(rest.split()) >= 3:
                capitals.setdefault(marker[1], []).append(number)
    return {n for same in capitals.values() if len(same) > 1 for n in same}


def _closing_line(
    lines: Sequence[Line],
    markers: Sequence[tuple[int, str, int] | None],
    roles: Sequence[tuple[int, Role]],
) -> int:
    """Index of the unmarked last paragraph that closes the whole document, or -1."""
    body = [i for i, line in enumerate(lines) if _role_at(roles, line.start) is Role.BODY]
    if len(body) < 3:
        return -1
    last = body[-1]
    unmarked = markers[last] is None and markers[last - 1] is not None
    return last if unmarked and _CLOSING.match(lines[last].text) else -1


def _heading(line: Line, width: int) -> tuple[str, int]:
    """The section's heading and where its body starts."""
    rest = line.text[width:]
    lead, colon, tail = rest.partition(":")
    if colon and tail.strip() and len(lead.split()) <= _LEAD_WORDS:
        gap = len(tail) - len(tail.lstrip())
        return lead.strip(), line.start + width + len(lead) + 1 + gap
    is_short = len(rest.split()) <= _HEADING_WORDS
    if (is_short and not rest.endswith((".", ";", ","))) or rest.isupper():
        return rest.strip().rstrip(":"), line.end
    return "", line.start + width


def _role_at(roles: Sequence[tuple[int, Role]], offset: int) -> Role:
    current = roles[0][1]
    for start, role in roles:
        if start > offset:
            break
        current = role
    return current
