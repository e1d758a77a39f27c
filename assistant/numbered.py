"""Things that come in numbers: «quý IV», «đợt 2», «chuyên đề 3», «thứ nhất». Pure."""

from __future__ import annotations

import re

_NUMERALS = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5,
}  # fmt: skip
# «lần» and «khóa» are left out: the same event is the 22nd of one row and the 2nd of another.
_NUMBERED = re.compile(
    r"\b(quy|hoc ky|dot|giai doan|vong|chi tieu|buoc|bang|khoi|lop|ca|phu luc|chuyen de|cum|hang|"
    r"nhom|mau so|bieu so|dieu|khoan|phien hop|ky hop)(?: tap huan| boi duong)?"
    r"(?: thu (nhat|hai|ba|tu|nam)| (?:thu |so )?([ivx]+|\d{1,2}))\b(?![.,]\d|/\d{1,2}\b)"
)


def numbered(folded: str) -> list[tuple[str, int]]:
    """What ``folded``, words without diacritics in small letters, gives a number.

    >>> numbered("chuyen de 2 cua dot thu nhat, quy iv")
    [('chuyen de', 2), ('dot', 1), ('quy', 4)]
    """
    labels = ((m[1], m[2] or m[3]) for m in _NUMBERED.finditer(folded))
    return [(noun, _NUMERALS.get(label) or int(label)) for noun, label in labels]


def is_of_another(asked: list[tuple[str, int]], said: list[tuple[str, int]]) -> bool:
    """Whether of something that is asked about by its number only others are spoken of."""
    return any(
        (noun, number) not in said and any(kind == noun for kind, _ in said)
        for noun, number in asked
        if not any(kind == noun and other != number for kind, other in asked)
    )
