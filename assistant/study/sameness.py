"""When two answers are the same, and when a text supports one. Pure.

Wrong choices must be wrong whatever name, date or number they are written with: «UBND xã» is «Ủy
ban nhân dân xã», «trong tháng 4/2023» holds «20/4/2023», «05» is «5».
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from assistant.language.abbreviations import written_out
from assistant.register.names import names_match
from assistant.register.rules import Span, parts_of
from ingest.dates import find_dates
from ingest.header import NUMBER, number_key
from ingest.vietnamese import fold

_COMMON = frozenset(
    """va cua cac nhung cho trong o tai la ve voi den tu theo de duoc co nay do va/hoac hoac ca
    tren duoi ngay thang nam mot nhieu viec su thi ma khi khong""".split()
)
# Bodies that hold others: «các cơ quan, đơn vị» may mean any.
_GENERIC = re.compile(
    r"(?<!\w)(?:cơ quan(?! (?:báo chí|thông tin|truyền thông|thường trực|tuyên truyền|quân sự))|"
    r"đơn vị|địa phương|ban,? ngành|sở,? ngành|các ngành|các cấp|các phòng|các ban|cấp ủy|"
    r"tổ chức đảng|tổ chức, cá nhân|(?<!tổ chức )thành viên|cán bộ|đảng viên|"
    r"nhân dân(?! (?:xã|các|phường|tỉnh|huyện|thành|quận|thị|cấp))|"
    r"thủ trưởng|người đứng đầu|các bên|toàn thể|hội viên|đoàn viên|"
    r"mọi|tất cả|các đoàn thể$|các tổ chức$|lực lượng chức năng)(?!\w)",
    re.I,
)
_MONTH_AND_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)*")


@lru_cache(maxsize=65_536)
def content(text: str) -> frozenset[str]:
    """The words of ``text`` that carry meaning, folded, abbreviations written out."""
    words = re.findall(r"\w+", fold(written_out(text)).lower())
    return frozenset(w.lstrip("0") or w for w in words if w not in _COMMON)


@lru_cache(maxsize=65_536)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring words that carry meaning."""
    words = [w for w in re.findall(r"\w+", fold(written_out(text)).lower()) if w not in _COMMON]
    return frozenset(f"{a} {b}" for a, b in itertools.pairwise(words))


def coverage(asked: frozenset[str], said: frozenset[str]) -> float:
    """The share of ``asked`` in ``said``; 0 where nothing is asked."""
    return len(asked & said) / len(asked) if asked else 0.0


def alike(a: str, b: str) -> float:
    """How much the shorter of two texts is contained in the other, 0…1."""
    x, y = content(a), content(b)
    return len(x & y) / max(1, min(len(x), len(y)))


def is_generic(office: str) -> bool:
    """Whether ``office`` names bodies at large, which may include any other."""
    return _GENERIC.search(office) is not None


@lru_cache(maxsize=65_536)
def same_office(a: str, b: str) -> bool:
    """Whether two names may mean one body, or one body holds the other."""
    return key_of(a) == key_of(b) or names_match(a, b) or names_match(b, a)


@lru_cache(maxsize=16_384)
def key_of(text: str) -> str:
    """``text`` folded, in small letters, abbreviations written out, without stops."""
    return " ".join(re.findall(r"\w+", fold(written_out(text)).lower()))


def values_of(text: str) -> tuple[str, ...]:
    """The values of the dates that ``text`` gives (see :mod:`ingest.dates`)."""
    return tuple(m.value for m in find_dates(text))


def dates_apart(a: str, b: str) -> bool:
    """Whether two date values share no day; False where that can't be told.

    >>> dates_apart("2023-04-20", "2023-05"), dates_apart("2023-04-20", "2023-04")
    (True, False)
    >>> dates_apart("YEARLY", "YEARLY-11-30"), dates_apart("YEARLY-10", "YEARLY-11-30")
    (False, True)
    """
    if a.startswith("--") or b.startswith("--"):  # a day without its year
        days = [_MONTH_AND_DAY.fullmatch(value) for value in (a, b)]
        return all(days) and a[-5:] != b[-5:]
    first, second = parts_of(a), parts_of(b)
    if any(isinstance(p, Span) for p in first) != any(isinstance(p, Span) for p in second):
        return True  # a day and a rule: nobody takes one for the other
    for x in first:
        for y in second:
            if isinstance(x, Span) and isinstance(y, Span):
                low, high = y.days.first, y.days.last
                if low is None or high is None or x.days.overlaps(low, high):
                    return False
            elif x == y or (isinstance(x, Span) != isinstance(y, Span)):
                return False
    return not (_refines(a, b) or _refines(b, a))


def _refines(narrow: str, wide: str) -> bool:
    """Whether a rule says the same as another or more: the 30th of November is «hằng năm» too."""
    rules = [re.sub(r"\([^)]*\)", "", value).split(";") for value in (narrow, wide)]
    return any(
        f"{n}-".startswith(f"{w}-") or ("-" not in w and "-" in n)
        for n in rules[0]
        for w in rules[1]
        if n[:1].isalpha() and w[:1].isalpha()
    )


def amounts_of(text: str) -> frozenset[str]:
    """The numbers in ``text`` without noughts before them and points between thousands."""
    return frozenset(amount(n) for n in _AMOUNT.findall(text))


def amount(number: str) -> str:
    """One number for comparison: «05» → «5», «1.500» → «1500», «1,7» → «1.7».

    >>> amount("05"), amount("1.500"), amount("1,70")
    ('5', '1500', '1.7')
    """
    plain = re.sub(r"[.](?=\d{3}(?!\d))", "", number).replace(",", ".")
    whole, point, rest = plain.partition(".")
    rest = rest.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{rest}" if point and rest else "")


def numbers_of(text: str) -> frozenset[str]:
    """Keys of the document numbers that ``text`` names."""
    return frozenset(number_key(m.group()) for m in NUMBER.finditer(text))
