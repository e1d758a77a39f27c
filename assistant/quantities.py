"""Amounts in questions held against bounds in documents: «sáu trang», «không quá 04 trang».

Pure. What decides is a bound on the same noun, so no unit of measure needs to be known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dates import find_dates
from ingest.header import NUMBER
from ingest.vietnamese import fold

_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10,
}  # fmt: skip
# A sum of money as documents write it: «4.860 triệu đồng», «ba triệu đồng», «500.000đ/người».
MONEY = re.compile(
    r"\d[\d.,]*\s*(?:đ(?!\w)|đồng\b|(?:nghìn|ngàn|triệu|tỷ|tỉ|vnđ|vnd)(?!\w))"
    rf"|(?<!\w)(?:{'|'.join(_WORDS)}|mươi|chục|trăm|rưỡi)\s+(?:(?:trăm|chục|mươi|lăm|năm)\s+)*"
    r"(?:nghìn|ngàn|triệu|tỷ)(?!\w)",
    re.I,
)
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
# «tuổi đời không quá 35», «độ tuổi từ 18 đến 35»: the noun stands before.
_AGE = re.compile(
    rf"\b(?:độ tuổi|tuổi đời|tuổi)\b[^.;\d]{{0,24}}?\b(?:(?P<most>{_AT_MOST}|đến hết|dưới)|"
    rf"(?P<least>{_AT_LEAST}|từ đủ|từ|trên))\s+(?:đủ\s+)?(?P<n>\d{{1,3}})\b"
    r"(?!\s*(?:tuổi|/|[.,]\d))(?:\s*(?:đến|-|–)\s*(?:hết\s+)?(?P<to>\d{1,3})\b)?",
    re.I,
)
_YEARS_RANGE = re.compile(  # «từ đủ 18 đến hết 25 tuổi», «đến hết 27 tuổi»
    r"\b(?:từ\s+(?:đủ\s+)?(?P<low>\d{1,3})\s*(?:tuổi\s*)?)?(?:đến|-|–)\s*(?:hết\s+|đủ\s+)?"
    r"(?P<high>\d{1,3})\s*(?P<noun>tuổi)\b",
    re.I,
)
_SPECIFYING = frozenset(
    "trở của đến trong cho mỗi mot tro den thi thì được có là và hay một".split()
)


# People are counted by many words: «nhóm 4 bạn» is bound by «không quá 03 người».
_ANYBODY = frozenset(("người", "bạn", "em"))
_PEOPLE = frozenset(
    ("nguoi", "thanh vien", "thi sinh", "hoc sinh", "tac gia", "dong chi", "dai bieu")
)  # folded


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
        if self.noun == "nguoi" and quantity.noun in _PEOPLE:
            return True
        return all(a == b for a, b in zip(ours, theirs, strict=False))


def quantities(text: str) -> list[Quantity]:
    """The amounts in a question, those in dates and document numbers left out."""
    for mention in find_dates(text):
        text = text.replace(mention.text, " ")
    found = _QUANTITY.finditer(NUMBER.sub(" ", text))
    return [Quantity(value_of(m["n"]), _noun(m["noun"])) for m in found]


def bounds(text: str) -> list[Bound]:
    """The bounds that ``text`` sets, in order: «từ 09 đảng viên trở lên», «không quá 04 trang»."""
    found = []
    for match in _BOUND.finditer(text):
        value, noun, rest = value_of(match["n"]), _noun(match["noun"]), match["rest"]
        step = 1e-9 * max(1.0, value)
        if match["most"]:
            found.append(Bound(float("-inf"), value, noun))
        elif match["under"]:
            found.append(Bound(float("-inf"), value - step, noun))
        elif match["over"]:
            found.append(Bound(value + step, float("inf"), noun))
        elif match["least"] or "trở lên" in f"{match['noun']}{rest}":
            found.append(Bound(value, float("inf"), noun))
    return [*found, *_ages(text)]


def _ages(text: str) -> Iterator[Bound]:
    """The bounds on age that say «tuổi» before the number, or give a range of it."""
    for match in _AGE.finditer(text):
        value, to = float(match["n"]), match["to"]
        if match["most"]:
            least = 1e-9 * value if match["most"].lower() == "dưới" else 0.0
            yield Bound(float("-inf"), value - least, "tuoi")
        else:
            yield Bound(value, float(to) if to else float("inf"), "tuoi")
    for match in _YEARS_RANGE.finditer(text):
        low = float(match["low"]) if match["low"] else float("-inf")
        yield Bound(low, float(match["high"]), "tuoi")


def verdict_on(asked: Sequence[Quantity], text: str) -> bool | None:
    """Whether ``text`` allows the amounts asked about; None where it bounds none of them."""
    set_here = bounds(text)
    decided = [b.holds(q) for q in asked for b in set_here if b.is_about(q)]
    return all(decided) if decided else None


def value_of(written: str) -> float:
    """The number that ``written`` says in digits, or in a word up to ten: «1.248» is 1248."""
    if written.lower() in _WORDS:
        return float(_WORDS[written.lower()])
    return float(re.sub(r"[.](?=\d{3}(?!\d))", "", written).replace(",", ".").rstrip("."))


def _noun(written: str) -> str:
    if written == "%":
        return "%"
    words = written.lower().split()
    if words[0] in _ANYBODY:
        return "nguoi"
    kept = words[:1] if len(words) > 1 and words[1] in _SPECIFYING else words
    return fold(" ".join(kept)).lower()
