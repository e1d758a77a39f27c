"""Section tree of an administrative document. Pure.

Layout and numbering follow Nghị định 30/2020/NĐ-CP (State bodies) and Hướng dẫn 36-HD/VPTW (Party
bodies) as offices really apply them: «I.» and «I-», «1.» and «1-», «1.1», «a)», «-», «+», «Điều 1.»,
«Bước 1:», with numbers skipped or repeated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line, lines_of
from ingest.records import Role, Section


# (rank, pattern): a marker belongs under the nearest earlier marker of a smaller rank.
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"(?i:(phần (?:thứ )?\w+|phụ lục(?: \w{1,4})?))(?=\s*[:.\-–]?\s*(?:$|[^a-zà-ỹ]))")),
    (1, re.compile(r"(?i:(chương [ivxlc\d]+))\b")),
    (1, re.compile(r"([A-EĐ])\s*[.\-–]\s*(?=[^\W\d_]{2})")),
    (2, re.compile(r"([IVX]{1,6})\s*[.\-–):]\s*(?=[\"“«(]?[^\W\d_])")),
    (3, re.compile(r"(?i:(điều \d{1,3}[a-z]?))\s*[.:]")),
    (6, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})[.)]?\s*(?=[^\d\s.,%])")),
    (5, re.compile(r"(\d{1,2}\.\d{1,2})(?:[.)]\s*|\s+)(?=[^\d\s.,%])")),
    (4, re.compile(r"(\d{1,2})\s*(?:[.)]|[-–](?=\s))\s*(?=[^\d\s.,%\-])")),
    (7, re.compile(r"([a-zđ])\s*[).]\s*(?=[^\s.])")),
    (7, re.compile(r"(?i:(bước (?:thứ )?\w+))\s*[:.\-–]")),
    (8, re.compile(r"(\(\d{1,2}\))\s*(?=[^\d\s])")),
    (9, re.compile(r"([-–•‑])\s*(?=[^\s\-–])")),
    (10, re.compile(r"([+●○◦])\s*(?=\S)")),
    (11, re.compile(r"(\*)\s*(?=\S)")),
)
BULLET_RANK = 9
_HEADING_WORDS = 32  # a longer first line is a paragraph, not a heading
_LEAD_WORDS = 24  # the longest «X: …» whose X heads the rest of its line
_CLOSING = re.compile(
    r"(?:trên đây là|trong quá trình|đề nghị|yêu cầu|nhận được|căn cứ|kế hoạch này|hướng dẫn này|"
    r"chỉ thị này|kết luận này|thông báo này|[^.;:]{3,90}?\b(?:yêu cầu|đề nghị|giao))\b",
    re.I,
)


def marker_of(line: str) -> tuple[int, str, int] | None:
    """(rank, label, length of the marker with its spaces) when ``line`` opens a section."""
    for rank, pattern in _MARKERS:
        if match := pattern.match(line):
            if rank == 2 and not _is_roman(match.group(1)):
                continue
            return rank, match.group(1), match.end()
    return None


def first_section(text: str) -> int:
    """Offset of the first numbered section (bullets apart), or the length of ``text``."""
    for line in lines_of(text):
        marker = marker_of(line.text)
        if marker and marker[0] < BULLET_RANK:
            return line.start
    return len(text)


def find_sections(text: str, roles: Sequence[tuple[int, Role]]) -> tuple[Section, ...]:
    """The section tree of canonical ``text`` in document order; sections stand in BODY parts."""
    lines = lines_of(text)
    found: list[Section] = []
    ranks: list[int] = []
    stack: list[int] = []  # indices of the open sections

    def close(until: int, rank: int) -> None:
        while stack and ranks[stack[-1]] >= rank:
            index = stack.pop()
            found[index] = replace(found[index], end=until)

    closing = _closing_line(lines, roles)
    for number, line in enumerate(lines):
        if _role_at(roles, line.start) is not Role.BODY:
            close(line.start, -1)
            continue
        marker = marker_of(line.text)
        if marker is None:
            if number == closing:
                close(line.start, -1)
            else:
                # An unmarked paragraph after a bullet is the parent's, not the bullet's.
                close(line.start, BULLET_RANK)
            continue
        rank, label, width = marker
        close(line.start, rank)
        heading, body = _heading(line, width)
        parent = stack[-1] if stack else -1
        found.append(Section(label, heading, len(stack), line.start, body, len(text), parent))
        ranks.append(rank)
        stack.append(len(found) - 1)
    close(len(text), -1)
    return tuple(found)


def _closing_line(lines: Sequence[Line], roles: Sequence[tuple[int, Role]]) -> int:
    """Index of the unmarked last paragraph that closes the whole document, or -1."""
    body = [i for i, line in enumerate(lines) if _role_at(roles, line.start) is Role.BODY]
    if len(body) < 3:
        return -1
    last = body[-1]
    unmarked = marker_of(lines[last].text) is None and marker_of(lines[last - 1].text) is not None
    return last if unmarked and _CLOSING.match(lines[last].text) else -1


def _heading(line: Line, width: int) -> tuple[str, int]:
    """The section's heading and where its body starts."""
    rest = line.text[width:]
    lead, colon, tail = rest.partition(":")
    if colon and tail.strip() and len(lead.split()) <= _LEAD_WORDS:
        gap = len(tail) - len(tail.lstrip())
        return lead.strip(), line.start + width + len(lead) + 1 + gap
    is_short = len(rest.split()) <= _HEADING_WORDS
    if is_short and not rest.rstrip().endswith((".", ";", ",")) or rest.isupper():
        return rest.strip().rstrip(":"), line.end
    return "", line.start + width


def _role_at(roles: Sequence[tuple[int, Role]], offset: int) -> Role:
    current = roles[0][1]
    for start, role in roles:
        if start > offset:
            break
        current = role
    return current


def _is_roman(label: str) -> bool:
    return re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", label) is not None


def table_rows(text: str) -> list[tuple[int, int]]:
    """(start, end) of the rows of numbered tables that stand a cell a line, in order.

    Such a table begins with «TT» or «STT» alone on a line; a row runs from its number, alone on a
    line, to the next one.
    """
    lines = lines_of(text)
    rows: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if not re.fullmatch(r"S?TT\.?|Số TT", lines[index].text, re.I):
            index += 1
            continue
        width = next(
            (n for n in range(2, 12) if index + n < len(lines) and lines[index + n].text.rstrip(".") == "1"), 0
        )
        at, number = index + width, 1
        while width and at < len(lines) and lines[at].text.rstrip(".") == str(number):
            end = at + 1
            while end < len(lines) and end - at <= 2 * width and lines[end].text.rstrip(".") != str(number + 1):
                if marker_of(lines[end].text) is not None and marker_of(lines[end].text)[0] <= 2:  # type: ignore[index]
                    break
                end += 1
            stop = min(end, at + width) if end >= len(lines) or lines[end].text.rstrip(".") != str(number + 1) else end
            rows.append((lines[at].start, lines[stop - 1].end))
            at, number = stop, number + 1
        index = max(at, index + 1)
    return rows
