"""Numbers and bullets that open a line of an administrative document. Pure.

Numbering follows Nghị định 30/2020/NĐ-CP (State bodies) and Hướng dẫn 36-HD/VPTW (Party bodies) as
offices really apply them: «I.» and «I-», «1.» and «1-», «1.1», «a)», «-», «+», «Điều 1.»,
«Bước 1:».
"""

from __future__ import annotations

import re

from ingest.vietnamese import LOWER, UPPER

_ORDINAL = (
    r"(?:(?:thứ )?(?:nhất|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|mười)|\d{1,2}|[ivxlc]{1,6}"
    r"|[a-eđ])(?!\w)"
)
_STAGES = (
    "bước|giai đoạn|đợt|vòng|nhiệm vụ|nội dung|hoạt động|nhóm|câu|chuyên đề|chỉ tiêu|buổi|phương án"
)
# (rank, pattern): a marker belongs under the nearest earlier marker of a smaller rank. What follows
# a marker tells it from a number or date that only opens a line («20/4», «1.500 người», «2-3 lần»).
_MARKERS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(
        rf"(?i:(phần (?:{_ORDINAL}|mở đầu)|phụ lục(?: (?:số )?{_ORDINAL})?))"
        rf"(?!\s*[{LOWER}])\s*[:.\-–]?\s*")),
    (1, re.compile(r"(?i:(chương [ivxlc\d]+))(?!\w)\s*[:.\-–]?\s*")),
    (1, re.compile(r"([A-EĐ])\s*[.\-–/]\s*(?=[^\W\d_]{2})")),
    (2, re.compile(r"(?!V/v|V\.I\.)([IVX]{1,6})\s*[.\-–):/]\s*(?=[\"“«(]?[^\W\d_])")),
    (2, re.compile(r"(?i:(mục (?:\d{1,2}|[ivx]{1,4})))\s*[.:\-–]\s*")),
    (3, re.compile(r"(?i:(điều \d{1,3}[a-zđ]?))\s*[.:]\s*")),
    (7, re.compile(r"(\d{1,2}(?:\.\d{1,2}){3})(?!\.?\d)[.):]?\s*[-–]?\s*(?=[^\d\s.,%])")),
    (6, re.compile(r"(\d{1,2}\.\d{1,2}\.\d{1,2})(?!\.?\d)[.):]?\s*[-–]?\s*(?=[^\d\s.,%])")),
    (5, re.compile(
        r"(\d{1,2}\.\d{1,2})(?:\s*[.):][-–]?\s*|\s*[-–]\s*(?=[^\W\d])|\s+)(?=[^\d\s.,%])")),
    (6, re.compile(r"([IVX]{1,4}\.\d{1,2}\.\d{1,2})(?!\.?\d)[.):]?\s+(?=[^\d\s.,%])")),
    (4, re.compile(r"([IVX]{1,4}\.\d{1,2})(?!\.?\d)[.):]?\s+(?=[^\d\s.,%])")),
    (4, re.compile(r"(\d{1,2})(?:\s*[.)]\s*|\s*[-–]\s+|/\s*)(?=[^\d\s.,%\-])")),
    (4, re.compile(rf"(\d{{1,2}})[-–](?=[{UPPER}])(?![{UPPER}]+\d*[-–/])")),
    (4, re.compile(r"(\d{1,2})[.)]\s+(?=\d[\d.,]*\s*(?:%|[^\W\d]))")),
    (9, re.compile(r"([a-zđ]\.?\d{1,2})\s*[).]\s*(?=[^\s.\d])")),
    (8, re.compile(rf"([a-zđ])(?:\s*\)|\s*\.(?=\s|[{UPPER}])|[-–/](?=\s))\s*(?=[^\s.])")),
    (8, re.compile(rf"(?i:((?:{_STAGES}) {_ORDINAL}))\s*[:.\-–]\s*")),
    (9, re.compile(r"(\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\))\s*(?=[^\d\s])")),
    (10, re.compile(r"([-–•‑·▪■♦➢✓●])\s*(?=[^\s\-–])")),
    (11, re.compile(r"([+○◦])\s*(?=\S)")),
    (12, re.compile(r"(\*)\s*(?=\S)")),
)  # fmt: skip
BULLET_RANK = 10
CHAPTER, NUMBER = 2, 4  # ranks of «I.» and «1.»


def marker_of(line: str) -> tuple[int, str, int] | None:
    """(rank, label, length of the marker with its spaces) when ``line`` opens a section."""
    for rank, pattern in _MARKERS:
        if match := pattern.match(line):
            label = match.group(1)
            if rank == 2 and label.isupper() and not _is_roman(label):
                continue
            return rank, label, match.end()
    return None


def _is_roman(label: str) -> bool:
    return re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", label) is not None
