"""Vietnamese text in its smallest units: syllables and their folded (unaccented) forms. Pure."""

from __future__ import annotations

import re
import unicodedata

# Upper and lower case alternate in Unicode's Vietnamese block, so that a range such as à-ỹ holds
# both: regular expressions take these strings in their classes instead.
_LATIN = [chr(c) for c in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isalpha()]
UPPER = "".join(c for c in _LATIN if c.isupper())
LOWER = "".join(c for c in _LATIN if c.islower())

_WORD = re.compile(r"\w+")
_SOME = 200  # characters


def fold(text: str) -> str:
    """``text`` without diacritics and with đ as d; length is kept for NFC input.

    >>> fold("Kế hoạch của Đảng uỷ")
    'Ke hoach cua Dang uy'
    """
    return text if text.isascii() else text.translate(_FOLDED)


class _Folded(dict[int, str]):
    """Code point → folded character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in "đĐ":
            folded = "d" if character == "đ" else "D"
        else:
            decomposed = unicodedata.normalize("NFD", character)
            kept = "".join(c for c in decomposed if not unicodedata.combining(c))
            # One character for one, so that offsets into folded text are offsets into the text.
            folded = kept if len(kept) == 1 else character
        self[code] = folded
        return folded


_FOLDED = _Folded()


def syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers of NFC ``text``, in order.

    >>> syllables("Số 76-KH/ĐU, ngày 20/4")
    ['số', '76', 'kh', 'đu', 'ngày', '20', '4']
    """
    return _WORD.findall(text.lower())


def has_diacritics(text: str) -> bool:
    """True when ``text`` carries at least one Vietnamese mark or đ."""
    start = text[:_SOME]  # of a long text nearly always enough
    return fold(start) != start or (len(text) > _SOME and fold(text) != text)


def mostly_upper(text: str) -> bool:
    """True when nearly all letters of ``text`` are capitals («BAN CHẤP HÀNH ĐẢNG BỘ xã A» is)."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) / len(letters) > 0.85
