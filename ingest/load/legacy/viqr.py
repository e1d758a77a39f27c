"""VIQR, Vietnamese in ASCII as mails wrote it: «Ke^' hoa.ch» (RFC 1456). Pure."""

from __future__ import annotations

import re
import unicodedata

from ingest.load.legacy.syllables import is_written_syllable
from ingest.load.legacy.tables import VIQR_SHAPES, VIQR_TONES

_MIN_SYLLABLES = 3
_WORD = re.compile(r"[A-Za-z][A-Za-z^(+'`?~.]*")
_LETTER = re.compile(r"([aAeEoO]\^|[aA]\(|[oOuU]\+|[aAeEiIoOuUyY])([\'`?~.]?)|[dD][dD]")
_SHAPED = re.compile(r"[aAeEoO]\^|[aA]\(|[oOuU]\+|[dD]d")
# A full stop or question mark that ends a word may end a sentence: then it is no tone.
_END = re.compile(r"[.?]+(?=\s*$|\s+[A-Z])")


def is_viqr(line: str) -> bool:
    """Whether ``line`` is surely VIQR: several syllables with shapes, and nearly nothing else."""
    words = {word for word in _WORD.findall(line) if _SHAPED.search(word) and len(word) > 2}
    good = sum(is_written_syllable(_letters(word.rstrip(".?"))) for word in words)
    return good >= _MIN_SYLLABLES and good >= 0.9 * len(words)


def from_viqr(line: str) -> str:
    """``line`` with its syllables in Unicode, all else as it is.

    >>> from_viqr("UBND xa~ ba'o ca'o ke^' hoa.ch tru+o+'c nga`y 3/4.")
    'UBND xã báo cáo kế hoạch trước ngày 3/4.'
    """
    ends = {match.start() for match in _END.finditer(line)}

    def word(match: re.Match[str]) -> str:
        for text in (match.group(), match.group().rstrip("'`?~."), match.group().rstrip("?.")):
            rest = match.group()[len(text) :]
            if match.start() + len(text.rstrip(".?")) in ends and not rest:
                continue
            made = _letters(text)
            if made != text and is_written_syllable(made):
                return made + rest
        return match.group()

    return _WORD.sub(word, line)


def _letters(word: str) -> str:
    def letter(match: re.Match[str]) -> str:
        base, tone = match.groups()
        if base is None:
            return "đ" if match.group()[0] == "d" else "Đ"
        marks = VIQR_SHAPES.get(base[1:], "") + VIQR_TONES.get(tone, "")
        return unicodedata.normalize("NFC", base[0] + marks)

    return _LETTER.sub(letter, word)
