"""Entries of a schedule or list that were run together in one line. Pure.

«Ngày 19/3: Tổ 6 - cổng chợ Ngày 20/3: Tổ 8 - đình Hạ», «7h30: đón đại biểu 8h00: khai mạc»,
«Đội số 1: … Đội số 2: …»: no full stop ends them, the label of the next one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?|\d{1,2} tháng \d{1,2}(?: năm \d{4})?"
_HOUR = r"\d{1,2}(?:\s?giờ(?: \d{2}(?: phút)?)?|\s?[hg](?: ?\d{2})?|:\d{2})"
_TO = r"\s?(?:-|–|đến|tới)\s?"
# What labels an entry, by kind; a colon, a bar or a dash after a space follows it.
_LABELS = (
    rf"(?:(?:Sáng|Chiều|Tối|Trưa|Thứ \w+|Chủ nhật),? )?(?:Ngày|ngày|Từ ngày|Các ngày) (?:{_DAY})"
    rf"(?:(?:{_TO}|(?:, | và ))(?:ngày )?(?:{_DAY}))*(?:\s?\([^()]{{1,20}}\))?",
    rf"(?:(?:Lúc|Từ|Khoảng) )?{_HOUR}(?:{_TO}{_HOUR})?",
    r"(?P<noun>Đội|Tổ|Đoàn|Nhóm|Cụm|Tiểu ban|Điểm|Bàn|Đợt|Vòng|Ca|Bảng|Khối|Lớp|Buổi)"
    r"(?: (?:số|thứ))? \d{1,2}(?: \([^()]{1,40}\))?",
    r"Thứ (?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])(?: \([^()]{1,20}\))?",
)
_ENTRIES = tuple(
    re.compile(rf"(?:^|(?<=[\s)]))(?:[-–+•*]\s?)?{label}\s*(?::(?!\d)|\s[|–-]\s)\s*(?=\S)")
    for label in _LABELS
)


def entry_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of the entries that stand in ``text[start:end]``, a line or a part, in order.

    What precedes the first entry is a span of its own. The whole, where it has fewer than two
    labels of one kind.
    """
    if (
        text.count(":", start, end) + text.count(" - ", start, end) + text.count("|", start, end)
        < 2
    ):
        return [(start, end)]
    cuts = next(filter(None, (_cuts(text, start, end, label) for label in _ENTRIES)), [])
    edges = [start, *(cut for cut in cuts if cut > start), end]
    return list(_pieces(text, edges))


def _cuts(text: str, start: int, end: int, label: re.Pattern[str]) -> list[int]:
    """Where the labels stand; none where there is one alone."""
    found = [m for m in label.finditer(text[start:end]) if _opens(text, start, start + m.start())]
    nouns = {m.groupdict().get("noun") for m in found}
    return [start + m.start() for m in found] if len(found) > 1 and len(nouns) == 1 else []


def _opens(text: str, start: int, at: int) -> bool:
    """Whether a label at ``at`` opens an entry: «từ 8h00: …» and «lúc ngày …» go on."""
    before = text[start:at].rstrip()
    return not before or not re.search(
        r"(?:,|\b(?:từ|đến|tới|lúc|và|vào|hoặc|trước|sau|ngày|khi|các|số))$", before, re.I
    )


def _pieces(text: str, edges: list[int]) -> Iterator[tuple[int, int]]:
    for begin, finish in pairwise(edges):
        piece = text[begin:finish]
        stripped = piece.strip()
        if any(c.isalnum() for c in stripped):
            at = begin + piece.index(stripped)
            yield at, at + len(stripped)
