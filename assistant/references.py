"""References inside documents: «mục 2 phần II của Kế hoạch này», «Kết luận số 21-KL/TW». Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.header import KINDS

_KIND = "|".join(sorted((*KINDS, "văn bản"), key=len, reverse=True))
_PART = (
    r"(?P<{0}>phần|chương|mục|điều|khoản|tiểu mục|điểm)\s+(?:số\s+)?"
    r"(?P<{0}_label>[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])(?![\w.]\w)"
)
_WITHIN = re.compile(
    rf"\b{_PART.format('a')}(?:\s*,?\s*(?:của\s+|thuộc\s+)?{_PART.format('b')})?"
    rf"(?:\s*,?\s*(?:của\s+|thuộc\s+)?{_PART.format('c')})?"
    rf"\s*,?\s*(?:của\s+|trong\s+|tại\s+)?(?:{_KIND})\s+này\b",
    re.IGNORECASE,
)
# From the whole to its parts; «mục» is a part of a «phần», and has parts of its own.
_RANK = {"phần": 0, "chương": 0, "điều": 1, "mục": 1, "tiểu mục": 2, "khoản": 2, "điểm": 3}


def sections_referred_to(text: str) -> Iterator[tuple[str, ...]]:
    """Section paths that ``text`` refers to in its own document, the outermost label first.

    >>> list(sections_referred_to("theo mục 2 phần II của Kế hoạch này"))
    [('II', '2')]
    >>> list(sections_referred_to("nêu tại khoản 3 Điều 5 Quyết định này"))
    [('Điều 5', '3')]
    """
    for match in _WITHIN.finditer(text):
        parts = [
            (match.group(name).lower(), match.group(f"{name}_label"))
            for name in "abc"
            if match.group(name)
        ]
        parts.sort(key=lambda part: _RANK[part[0]])
        yield tuple(f"Điều {label}" if kind == "điều" else label for kind, label in parts)


def leads_to(reference: tuple[str, ...], section: tuple[str, ...]) -> bool:
    """Whether the passage at ``section`` stands in the section that ``reference`` names.

    Labels are compared without brackets and dots («a)», «1.»); «2» meets «II.2» and «2.1» alike.
    """
    wanted = [_bare(label) for label in reference]
    path = [_bare(label) for label in section]
    return any(
        all(_is_part(found, label) for found, label in zip(path[start:], wanted, strict=False))
        for start in range(len(path) - len(wanted) + 1)
    )


def _bare(label: str) -> str:
    return label.strip("().:-– ").lower()


def _is_part(found: str, label: str) -> bool:
    return found == label or found.rsplit(".", 1)[-1] == label
