"""Two questions in one: «Ai ký Kế hoạch 141 và ai ký Kế hoạch 165?». Pure."""

from __future__ import annotations

import re

from assistant.compound_duties import duty_parts
from ingest.header import KINDS
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
_KINDS = "|".join(sorted(KINDS, key=len, reverse=True))
# Two that each carry something out: «Ngày hội ở A và cuộc thi ở B thực hiện kế hoạch nào?»
_FOLLOWING = (
    re.compile(
        rf"^(?P<one>{_WORDS}{{6,110}}?)\s+và\s+(?P<two>{_WORDS}{{6,110}}?)"
        r"(?=\s+(?:tiếp tục\s+)?(?:thực hiện|triển khai|căn cứ|làm theo|theo|cụ thể hóa)\s+"
        rf"(?:những\s+|các\s+)?(?:{_KINDS}|văn bản)\s+(?:nào|gì|số)\b)",
        re.I,
    ),
    re.compile(
        rf"\b(?:do|does|did)\s+(?P<one>{_WORDS}{{6,110}}?)\s+and\s+(?P<two>{_WORDS}{{6,110}}?)"
        r"(?=\s+(?:follow|implement|carry out|carry on)\b)",
        re.I,
    ),
)
# Two with what tells each in brackets: «năm 2022 (tin A) và 2023 (tin B)», «A (rừng) và B (chợ)».
_LABELLED = rf"(?:(?:năm\s+)?\d{{4}}|(?:[{UPPER}][^\W\d_]*\s+){{1,4}}?)\s*\([^()]{{2,50}}\)"
_BRACKETED = re.compile(
    rf"(?:\b(?i:cả hai|hai|both|two)\s+(?P<noun>\w+\s+))?"
    rf"(?P<one>{_LABELLED})\s*,?\s+(?:và|va|and)\s+(?P<two>{_LABELLED})"
)
_LEAST = 3  # syllables by which a part says what it asks about
_NAME = re.compile(rf"(?<!^)\b[{UPPER}]|\d")


def labelled_parts(question: str) -> list[tuple[str, str]]:
    """The questions that ``question`` joins, each with whose matter it asks about; itself alone,
    with no label, where it is one.
    """
    return duty_parts(question) or [(part, "") for part in _joined(question)]


def _joined(question: str) -> list[str]:
    """The questions that ``question`` joins, each of something it names; itself where it is one.

    >>> _joined("Ai ký Kế hoạch 141 và ai ký Kế hoạch 165?")
    ['Ai ký Kế hoạch 141', 'ai ký Kế hoạch 165?']
    >>> _joined("Mức thưởng của Tân Lạc và của Bình Hòa là bao nhiêu?")
    ['Mức thưởng của Tân Lạc là bao nhiêu?', 'Mức thưởng của Bình Hòa là bao nhiêu?']
    >>> _joined("Tuần lễ năm 2022 (xã An) và 2023 (xã Bình) mở ngày nào?")
    ['Tuần lễ năm 2022 (xã An) mở ngày nào?', 'Tuần lễ 2023 (xã Bình) mở ngày nào?']
    >>> _joined("Xã nộp gì và khi nào?")
    ['Xã nộp gì và khi nào?']
    """
    for split in (_beside, _bracketed, _following):
        if (asked := split(question)) is not None:
            return asked
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


def _bracketed(question: str) -> list[str] | None:
    """One matter asked of two that brackets tell apart; None where none is."""
    match = _BRACKETED.search(question)
    if match is None:
        return None
    head, tail = question[: match.start()], question[match.end() :]
    if _ASKS.search(fold(head + tail).lower()) is None or _is_over_several(head + tail):
        return None
    noun = match["noun"] or ""
    return [f"{head}{noun}{match[name].strip()}{tail}" for name in ("one", "two")]


def _following(question: str) -> list[str] | None:
    """What two things carry out, each asked of alone; None where it is not asked."""
    for pattern in _FOLLOWING:
        match = pattern.search(question)
        if match is None or not all(_NAME.search(match[name]) for name in ("one", "two")):
            continue
        head, tail = question[: match.start("one")], question[match.end() :]
        if not _is_over_several(head + tail):
            return [f"{head}{match[name].strip()}{tail}" for name in ("one", "two")]
    return None


def _is_over_several(rest: str) -> bool:
    """«… khác nhau thế nào?», «tổng cộng»: the two together are asked about."""
    return _TOGETHER.search(fold(rest).lower()) is not None


def _is_whole(text: str) -> bool:
    folded = fold(text).lower()
    own = [s for s in syllables(folded) if s not in _FRAME]
    return _ASKS.search(folded) is not None and len(own) >= _LEAST
