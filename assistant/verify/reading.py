"""A stretch of Vietnamese text as what it states: words, numbers, dates, document numbers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language import abbreviations
from ingest import dates
from ingest.dates import DateMention
from ingest.header import NUMBER, number_key
from ingest.vietnamese import UPPER

# Words that bind others and state nothing by themselves. Words that change what is stated («không»,
# «chỉ», «trước», «trên», «đã», «nếu») are none of them.
_BINDING = frozenset(
    "của và các những cho về tại ở với là được phải theo đến tới thì mà để này đó đây do bởi như "
    "cũng vào ra cần sẽ bị có trong từ khi gửi".split()
)
# Words with which an answer frames a duty; in this genre every item is one.
_FRAMING = frozenset(
    "trách nhiệm vụ yêu cầu quy định thời hạn gian gồm bao cụ thể nêu việc thực hiện tiến hành "
    "ngày".split()
)
_FIGURES = {
    "một": "1", "hai": "2", "ba": "3", "bốn": "4", "sáu": "6", "bảy": "7", "tám": "8", "chín": "9",
    "mười": "10",
}  # fmt: skip
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_]+|[^\w\s]")
_SIGN = re.compile(rf"[-–/]\s?[{UPPER}]{{2}}")  # «412/UBND»; «3- Trung tâm» is a heading
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Token:
    """A word (small letters), a number, a mark, or the place of a date or document number."""

    text: str
    kind: str  # word, number, mark, date, document
    start: int
    end: int
    is_capital: bool = False

    @property
    def is_content(self) -> bool:
        return self.kind == "word" and self.text not in _BINDING and self.text not in _FRAMING

    @property
    def counts(self) -> bool:
        """Whether it takes room between two others."""
        return self.kind == "number" or (self.kind == "word" and self.text not in _BINDING)


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` with its abbreviations in full, and what was found in it."""

    text: str
    tokens: tuple[Token, ...]
    dates: tuple[DateMention, ...]
    documents: tuple[str, ...]  # number keys

    @property
    def words(self) -> tuple[str, ...]:
        """Its words and numbers, in order."""
        return tuple(t.text for t in self.tokens if t.kind in ("word", "number"))

    @property
    def content(self) -> tuple[str, ...]:
        return tuple(t.text for t in self.tokens if t.is_content)


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Read NFC ``text``, normalised as canonical text is."""
    text = abbreviations.written_out(text)
    documents = [m for m in NUMBER.finditer(text) if _SIGN.search(m.group())]
    found = [(m.start(), m.end(), "document", number_key(m.group())) for m in documents]
    mentions = tuple(
        d
        for d in dates.find_dates(text)
        if not any(a < d.end and d.start < b for a, b, *_ in found)
    )
    found += [(d.start, d.end, "date", d.value or d.text.lower()) for d in mentions]
    tokens: list[Token] = []
    position = 0
    for start, end, kind, value in sorted(found):
        tokens += _tokens(text, position, start)
        tokens.append(Token(value, kind, start, end))
        position = end
    tokens += _tokens(text, position, len(text))
    keys = tuple(value for _, _, kind, value in sorted(found) if kind == "document")
    return Reading(text, tuple(tokens), mentions, keys)


def _tokens(text: str, start: int, end: int) -> list[Token]:
    return [_token(m) for m in _TOKEN.finditer(text, start, end)]


def _token(match: re.Match[str]) -> Token:
    written, start, end = match.group(), match.start(), match.end()
    if written[0].isdigit():
        return Token(_figure(written), "number", start, end)
    if not written[0].isalnum():
        return Token(written, "mark", start, end)
    small = written.lower()
    if small in _FIGURES:
        return Token(_FIGURES[small], "number", start, end)
    return Token(small, "word", start, end, written[0].isupper())


def _figure(written: str) -> str:
    """«07» and «7», «50.000» and «50000» are one number; «25%» keeps its sign."""
    return _THOUSANDS.sub("", written).lstrip("0") or "0"


def runs(inner: tuple[str, ...], outer: tuple[str, ...]) -> list[int]:
    """Where ``inner`` stands in ``outer`` without a gap."""
    size = len(inner)
    return [i for i in range(len(outer) - size + 1) if outer[i : i + size] == inner]
