"""Amounts in questions held against bounds in documents: «sáu trang», «không quá 04 trang».

Pure. What decides is a bound on the same noun, so no unit of measure needs to be known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.header import NUMBER
from ingest.vietnamese import fold

_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
_AMOUNT = (
    rf"(?P<n>\d+(?:[.,]\d+)*|(?:{'|'.join(_WORDS)})(?!\w))\s*(?P<noun>%|[^\W\d_]+(?:\s[^\W\d_]+)?)"
)
_QUANTITY = re.compile(rf"(?<![\w/.,-]){_AMOUNT}", re.I)
_AT_MOST = r"không (?:được )?(?:vượt )?quá|tối đa|nhiều nhất"
_AT_LEAST = r"không dưới|không ít hơn|ít nhất|tối thiểu"
_BOUND = re.compile(
    rf"\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<under>dưới|chưa đến|chưa đủ)"
    rf"|(?P<over>trên|hơn)|(?P<from>từ))\s+(?:là\s+)?{_AMOUNT}(?P<rest>[^.;,]{{0,40}})",
    re.I,
)
_SPECIFYING = frozenset(
    "trở của đến trong cho mỗi mot tro den thi thì được có là và hay một".split()
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of something: «12 đảng viên». ``noun`` is folded."""

    value: float
    noun: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What amounts of ``noun`` (folded) a text allows: low…high, both inclusive."""

    low: float
    high: float
    noun: str

    def holds(self, quantity: Quantity) -> bool:
        return self.low <= quantity.value <= self.high

    def is_about(self, quantity: Quantity) -> bool:
        """Whether both are of one noun: «đảng viên», or «ngày» where one says no more."""
        ours, theirs = self.noun.split(), quantity.noun.split()
        return all(a == b for a, b in zip(ours, theirs, strict=False))


def quantities(text: str) -> list[Quantity]:
    """The amounts in a question, those in dates and document numbers left out."""
    for mention in find_dates(text):
        text = text.replace(mention.text, " ")
    found = _QUANTITY.finditer(NUMBER.sub(" ", text))
    return [Quantity(_value(m["n"]), _noun(m["noun"])) for m in found]


def bounds(text: str) -> list[Bound]:
    """The bounds that ``text`` sets, in order: «từ 09 đảng viên trở lên», «không quá 04 trang»."""
    found = []
    for match in _BOUND.finditer(text):
        value, noun, rest = _value(match["n"]), _noun(match["noun"]), match["rest"]
        step = 1e-9 * max(1.0, value)
        if match["most"]:
            found.append(Bound(float("-inf"), value, noun))
        elif match["under"]:
            found.append(Bound(float("-inf"), value - step, noun))
        elif match["over"]:
            found.append(Bound(value + step, float("inf"), noun))
        elif match["least"] or "trở lên" in f"{match['noun']}{rest}":
            found.append(Bound(value, float("inf"), noun))
    return found


def verdict_on(asked: Sequence[Quantity], text: str) -> bool | None:
    """Whether ``text`` allows the amounts asked about; None where it bounds none of them."""
    set_here = bounds(text)
    decided = [b.holds(q) for q in asked for b in set_here if b.is_about(q)]
    return all(decided) if decided else None


def _value(written: str) -> float:
    if written.lower() in _WORDS:
        return float(_WORDS[written.lower()])
    return float(re.sub(r"[.](?=\d{3}(?!\d))", "", written).replace(",", ".").rstrip("."))


def _noun(written: str) -> str:
    if written == "%":
        return "%"
    words = written.lower().split()
    kept = words[:1] if len(words) > 1 and words[1] in _SPECIFYING else words
    return fold(" ".join(kept)).lower()
