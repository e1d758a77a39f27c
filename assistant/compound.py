"""Two questions in one: «Ai ký Kế hoạch 141 và ai ký Kế hoạch 165?». Pure."""

from __future__ import annotations

import re

from ingest.vietnamese import UPPER, fold, syllables

_AND = re.compile(r"\s*(?:,\s*)?\b(?:và|va|còn|con|đồng thời|dong thoi|and)\s+|\s*;\s+", re.I)
_ASKS = re.compile(
    r"\b(?:ai|gi|nao|dau|may|sao|bao nhieu|bao gio|bao lau|who|when|what|which|where|how)\b"
)
_FRAME = frozenset(
    "ai gi nao dau may sao bao nhieu gio lau khi ngay thang nam luc han truoc sau vao tu den "
    "la do phai duoc cua o tai cho va lam thuc hien thi se can nhung cac viec don vi co "
    "quan".split()
)
_LEAST = 3  # syllables by which a part says what it asks about
_NAME = re.compile(rf"(?<!^)\b[{UPPER}]|\d")


def parts(question: str) -> list[str]:
    """The questions that ``question`` joins, each of something it names; itself where it is one.

    >>> parts("Ai ký Kế hoạch 141 và ai ký Kế hoạch 165?")
    ['Ai ký Kế hoạch 141', 'ai ký Kế hoạch 165?']
    >>> parts("Xã nộp gì và khi nào?")
    ['Xã nộp gì và khi nào?']
    """
    cuts = [match.span() for match in _AND.finditer(question)]
    starts, found = 0, []
    for begin, end in cuts:
        first, rest = question[starts:begin].strip(), question[end:].strip()
        if _is_whole(first) and _is_whole(rest) and _NAME.search(first) and _NAME.search(rest):
            found.append(first)
            starts = end
    return [*found, question[starts:].strip()]


def _is_whole(text: str) -> bool:
    folded = fold(text).lower()
    own = [s for s in syllables(folded) if s not in _FRAME]
    return _ASKS.search(folded) is not None and len(own) >= _LEAST
