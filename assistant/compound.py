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
_WORDS = r"(?:(?!\b(?:và|va|and)\b)(?:[^,;?.]|\.(?=\w)))"
_NAMED = rf"(?=[{UPPER}\d]|(?:[^\W\d_]+\s+){{1,2}}[{UPPER}\d]|(?:việc|viec|phong trào)\s)"
# The same small word before a name, a number or a matter of each: «của Tân Lạc và của Bình Hòa».
_BESIDE = re.compile(
    rf"(?P<one>\b(?P<of>của|theo|ở|tại|trong|do|cho|of|under|in|by|at)\s+{_NAMED}{_WORDS}{{2,80}}?)"
    rf"\s*,?\s+(?:và|va|and)\s+(?P<two>(?P=of)\s+{_NAMED}{_WORDS}{{2,80}}?)"
    r"(?=\s+(?:là|thì|phải|có|được|khi|do|gồm|lần|vào|trước|ai|bao|mấy|như|đến|is|are|must|have)\b"
    r"|\s*[?.]?$)"
)
_TOGETHER = re.compile(
    r"\b(?:khac|giong|so sanh|chung|tong cong|cong lai|giua|lan luot|ca hai|differ|compare|same|"
    r"both|total)\b"
)
_LEAST = 3  # syllables by which a part says what it asks about
_NAME = re.compile(rf"(?<!^)\b[{UPPER}]|\d")


def parts(question: str) -> list[str]:
    """The questions that ``question`` joins, each of something it names; itself where it is one.

    >>> parts("Ai ký Kế hoạch 141 và ai ký Kế hoạch 165?")
    ['Ai ký Kế hoạch 141', 'ai ký Kế hoạch 165?']
    >>> parts("Mức thưởng của Tân Lạc và của Bình Hòa là bao nhiêu?")
    ['Mức thưởng của Tân Lạc là bao nhiêu?', 'Mức thưởng của Bình Hòa là bao nhiêu?']
    >>> parts("Xã nộp gì và khi nào?")
    ['Xã nộp gì và khi nào?']
    """
    if (beside := _beside(question)) is not None:
        return beside
    cuts = [match.span() for match in _AND.finditer(question)]
    starts, found = 0, []
    for begin, end in cuts:
        first, rest = question[starts:begin].strip(), question[end:].strip()
        if _is_whole(first) and _is_whole(rest) and _NAME.search(first) and _NAME.search(rest):
            found.append(first)
            starts = end
    return [*found, question[starts:].strip()]


def _beside(question: str) -> list[str] | None:
    """One matter asked of two, told by the same small word before each; None where none is.

    «… theo Sở Tài chính và theo Phòng Giáo dục»: each gets the rest of the question.
    """
    for match in _BESIDE.finditer(question):
        begin, end = match.span("one")[0], match.span("two")[1]
        rest = question[:begin] + question[end:]
        if _ASKS.search(fold(rest).lower()) is None or _is_over_several(rest):
            continue
        head, tail = question[:begin], question[end:]
        return [f"{head}{match[name]}{tail}" for name in ("one", "two")]
    return None


def _is_over_several(rest: str) -> bool:
    """«… khác nhau thế nào?», «tổng cộng»: the two together are asked about."""
    return _TOGETHER.search(fold(rest).lower()) is not None


def _is_whole(text: str) -> bool:
    folded = fold(text).lower()
    own = [s for s in syllables(folded) if s not in _FRAME]
    return _ASKS.search(folded) is not None and len(own) >= _LEAST
