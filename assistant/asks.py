"""Several things asked of one matter: «… gửi cho ai, trước ngày mấy?», «… năm 2024 và 2025?».

Pure.
"""

from __future__ import annotations

import re

from ingest.vietnamese import fold, syllables

_ASKED = re.compile(  # without marks too; «đầu», «máy», «sào» ask nothing
    r"\b(?:ai|gì|gi|nào|nao|đâu|dau|mấy|may|sao|bao nhiêu|bao nhieu|bao giờ|bao gio|bao lâu|"
    r"bao lau|who|whom|whose|when|what|which|where|how(?: (?:many|much|long))?)\b",
    re.I,
)
# Before what is counted; the other words stand behind what they ask for.
_COUNTS = re.compile(r"mấy|may|bao nhi[êe]u|how (?:many|much)", re.I)
_CUT = re.compile(
    r"\s*[,;]\s+(?:(?:và|va|rồi|roi|còn|con|and|then)\s+)?|\s+(?:và|va|rồi|roi|and)\s+", re.I
)
# Words that only lead to what is asked: «gửi cho ai», «vào ngày nào», «của cơ quan nào».
_LEADS = frozenset(
    "cho ve den toi tai o do boi la vao luc tu trong truoc sau ngay thang nam gio khi nhung cac "
    "nhu the lam ra bang theo cua han to by in on at from of the is are was were do does did "
    "day date time".split()
)
_LEAST = 3  # syllables by which a question says what it asks about
_YEARS = re.compile(
    r"(?<![\d/.-])\b(?P<one>(?:19|20)\d\d)(?:\s*,|\s+(?:và|va|and|với|voi))\s+"
    r"(?:(?:năm|nam|in|for) )?(?P<two>(?:19|20)\d\d)\b(?![/.-]\d)"
    r"(?:\s+(?:mỗi năm|moi nam|lần lượt|lan luot|each|respectively))?",
    re.I,
)
_OF_IT_ALONE = re.compile(r"\s*\b(?:thì|thi|theo|under|according to)\b.*$", re.I)
# Whoever does it is told with whom: one answer.
_PARTNER = re.compile(r"(?:phối hợp|phoi hop|cùng|cung|with) ", re.I)
_BOTH = re.compile(r"^(?:(?:cả|ca|the|both)\s+)?(?:hai|two|2|both)\s+", re.I)
_TOGETHER = re.compile(
    r"\b(?:khac|giong|so sanh|so voi|chung|tong cong|cong lai|giua|giai doan|nhiem ky|tu nam|"
    r"differ\w*|compare\w*|same|both|total|between|from)\b"
)


def asks(question: str) -> list[str]:
    """The questions that ``question`` asks one after the other of the same matter, each with the
    words that say of what; itself where it asks one thing.

    >>> asks("Xã Tân Hòa gửi danh sách cho ai, trước ngày nào?")
    ['Xã Tân Hòa gửi danh sách cho ai', 'Xã Tân Hòa gửi danh sách, trước ngày nào?']
    >>> asks("Xã Tân Hòa và xã Tân Lập ai trực?")
    ['Xã Tân Hòa và xã Tân Lập ai trực?']
    """
    groups = _groups(question)
    if len(groups) < 2:
        return [question]
    first, *others = groups
    head = _head(first)
    if len(_own(head)) >= _LEAST:
        return [first, *(f"{head}, {other}" for other in others)]
    tail = _head(others[-1])  # «Ngày nào và ở đâu tổ chức Hội thi …?»
    counted = _ASKED.search(first)
    if len(_own(tail)) < _LEAST or len(others) > 1 or (counted and _COUNTS.match(counted[0])):
        return [question]
    return [f"{first} {tail}", others[0]]


def of_years(question: str) -> list[str]:
    """The question for each of two years that it asks about; itself where it doesn't.

    >>> of_years("Huyện Hà An chi bao nhiêu tiền năm 2024 và năm 2025?")
    ['Huyện Hà An chi bao nhiêu tiền năm 2024?', 'Huyện Hà An chi bao nhiêu tiền năm 2025?']
    >>> of_years("Giai đoạn 2024 và 2025 chi bao nhiêu?")
    ['Giai đoạn 2024 và 2025 chi bao nhiêu?']
    """
    found = _YEARS.search(question)
    if found is None or _TOGETHER.search(fold(question).lower()):
        return [question]
    head, tail = _BOTH.sub("", question[: found.start()]), question[found.end() :]
    return [f"{head}{found[year]}{tail}" for year in ("one", "two")]


def _groups(question: str) -> list[str]:
    """The question cut before each clause that asks something more."""
    cuts = [match.span() for match in _CUT.finditer(question)]
    ends = [*(start for start, _ in cuts[1:]), len(question)]
    groups, begin = [], 0
    for (start, clause), end in zip(cuts, ends, strict=False):
        asks_more = _ASKED.search(question, clause, end) and not _PARTNER.match(question, clause)
        if asks_more and _asks(question[begin:start]):
            groups.append(question[begin:start].strip())
            begin = clause
    return [*groups, question[begin:].strip()]


def _asks(text: str) -> bool:
    return _ASKED.search(text) is not None


def _head(clause: str) -> str:
    """A clause without what it asks: what it says the question is about."""
    asked = _ASKED.search(clause)
    if asked is None:
        return clause.strip(" ?.!")
    before, after = clause[: asked.start()], clause[asked.end() :]
    if len(_own(before)) >= _LEAST:
        # What is counted, and what is said of this one thing alone, goes.
        after = "" if _COUNTS.match(asked[0]) else _OF_IT_ALONE.sub("", after)
    words = before.split()
    while words and fold(words[-1]).lower() in _LEADS:
        words.pop()
    return " ".join([*words, *after.split()]).strip(" ?.!,")


def _own(text: str) -> list[str]:
    return [s for s in syllables(fold(text).lower()) if s not in _LEADS]
