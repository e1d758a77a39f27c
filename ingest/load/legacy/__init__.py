"""Text that was written for the fonts of before Unicode, found and given back its letters. Pure.

«KÕ ho¹ch» (TCVN3) and «Keá hoaïch» (VNI) are the same bytes as «Kế hoạch», shown in another font;
«Káº¿ hoáº¡ch» is its UTF-8, taken for Windows-1252; «Ke^' hoa.ch» is VIQR. Which of them a line is
in is judged by what it would be a line of: nearly every syllable of it must become Vietnamese, and
two at least that were not. Precision comes before recall: text in Unicode is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from ingest.load.legacy.syllables import is_syllable, is_written_syllable
from ingest.load.legacy.tables import (
    AS_WINDOWS_1252,
    TCVN3,
    VISCII,
    VNI,
)
from ingest.load.legacy.viqr import from_viqr, is_viqr
from ingest.vietnamese import fold

__all__ = ["Encoding", "convert_lines", "convert_run", "decode_viscii", "font_encoding"]


class Encoding(StrEnum):
    """How letters were stored: by a byte each (TCVN3), by vowel and mark (VNI), or misread."""

    TCVN3 = "TCVN3"
    VNI = "VNI"
    UTF8 = "UTF-8"  # whose bytes were taken for letters of Windows-1252
    VIQR = "VIQR"


_MIN_GAIN = 2  # syllables that the conversion makes Vietnamese, for a line to be judged by itself
_MIN_ODDS = 4  # of those to the ones that it doesn't
_TCVN3_SIGNS = "".join(c for c in TCVN3 if not c.isalpha())
_TCVN3_TOKEN = re.compile(rf"(?:[^\W\d_]|[-{_TCVN3_SIGNS}])+")
_TCVN3_TABLE = str.maketrans(TCVN3)
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_VOWEL = re.compile("[AEIOUY]")
_ANY_LETTER = re.compile(r"[^\W\d_]")
# Beyond these no character comes out of a byte of Windows-1252: the line was written in Unicode.
_UNICODE_LETTER = re.compile(r"[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u0180-\u0191"
                             r"\u0193-\u02c5\u02c7-\u02db\u02dd-\u036f\u1e00-\u1eff]")  # fmt: skip
_Word = tuple[int, str, str]  # start, as it is, as the encoding would have it
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class _Evidence(NamedTuple):
    """Tokens that a conversion makes Vietnamese, unmakes, leaves so, or makes sense of neither."""

    gain: int = 0
    loss: int = 0
    both: int = 0
    neither: int = 0

    @property
    def is_certain(self) -> bool:
        return self.gain >= _MIN_GAIN and self.gain >= _MIN_ODDS * (self.loss + self.neither)

    @property
    def is_possible(self) -> bool:
        return self.gain + self.both > 0 and self.gain >= 2 * (self.loss + self.neither)


def convert_lines(lines: Sequence[str]) -> list[str]:
    """``lines`` of one document, each that is in an old encoding converted.

    A line too short to tell («Sè 12») goes with the nearest one that can be told.
    """
    found = [_certain(line) for line in lines]
    if not any(found):
        return list(lines)
    nearest = _nearest(found, [bool(_UNICODE_LETTER.search(line)) for line in lines])
    return [
        _convert(line, encoding) if encoding else _convert_possible(line, near)
        for line, encoding, near in zip(lines, found, nearest, strict=True)
    ]


def warning_of(lines: Sequence[str]) -> str:
    """What is to be said of ``lines`` that :func:`convert_lines` converts by how they look."""
    found = sorted({encoding.value for line in lines if (encoding := _certain(line))})
    return f"letters were converted from {', '.join(found)}"


def convert_run(text: str, encoding: Encoding) -> str:
    """``text`` that a font says is in ``encoding``, unless it is plainly in Unicode already.

    >>> convert_run("Sè: 12-KH/§U", Encoding.TCVN3)
    'Số: 12-KH/ĐU'
    """
    seen = text.translate(AS_WINDOWS_1252)
    if _UNICODE_LETTER.search(seen):
        return text
    evidence = _evidence(seen, encoding)
    if evidence.loss > evidence.gain:  # typed in Unicode, the font's name left behind
        return text
    return _convert(seen, encoding)


def font_encoding(font: str) -> tuple[Encoding | None, bool]:
    """The encoding that a font's name tells, and whether it draws small letters as capitals.

    >>> font_encoding(".VnTimeH"), font_encoding("VNI-Times"), font_encoding("Times New Roman")
    ((<Encoding.TCVN3: 'TCVN3'>, True), (<Encoding.VNI: 'VNI'>, False), (None, False))
    """
    if re.match(r"\.vn", font, re.IGNORECASE):
        return Encoding.TCVN3, font.rstrip().endswith("H")
    return (Encoding.VNI if re.match(r"vni[-\s]", font, re.IGNORECASE) else None), False


def decode_viscii(data: bytes) -> str:
    """``data`` in VISCII, where nearly all of its words with marks are Vietnamese; "" elsewhere."""
    text = "".join(VISCII.get(byte) or chr(byte) for byte in data)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(is_written_syllable(word) or word.isupper() for word in words)
    return text if good >= _MIN_GAIN and good >= 0.9 * len(words) else ""


def _certain(line: str) -> Encoding | None:
    """The old encoding that ``line`` is surely in."""
    if not _NOT_ASCII.search(line):
        return Encoding.VIQR if is_viqr(line) else None
    if _from_utf8(line) != line:
        return Encoding.UTF8
    if _UNICODE_LETTER.search(line):
        return None
    evidence = {encoding: _evidence(line, encoding) for encoding in _FORMS}
    best = max(evidence, key=lambda encoding: evidence[encoding].gain)
    return best if evidence[best].is_certain else None


def _nearest(found: Sequence[Encoding | None], is_unicode: Sequence[bool]) -> list[Encoding | None]:
    """For each line what the nearest line that can be told is in; None where that is Unicode."""
    told = [i for i, encoding in enumerate(found) if encoding or is_unicode[i]]
    nearest: list[Encoding | None] = []
    at = 0
    for line in range(len(found)):
        while at + 1 < len(told) and abs(told[at + 1] - line) < abs(told[at] - line):
            at += 1
        nearest.append(found[told[at]] if told else None)
    return nearest


def _convert_possible(line: str, encoding: Encoding | None) -> str:
    if (
        encoding is None
        or encoding not in _FORMS
        or not _NOT_ASCII.search(line)
        or _UNICODE_LETTER.search(line)
    ):
        return line
    possible = _evidence(line, encoding).is_possible
    return _convert(line, encoding) if possible else line


def _convert(text: str, encoding: Encoding) -> str:
    if encoding not in _FORMS:
        return from_viqr(text) if encoding is Encoding.VIQR else _from_utf8(text)
    words = _FORMS[encoding](text)
    letters = _ASCII_LETTER.findall("".join(word for _, word, made in words if made != word))
    in_capitals = len(letters) > 3 and all(c.isupper() for c in letters)
    parts: list[str] = []
    end = 0
    for start, word, made in words:
        parts += text[end:start], _as_capitals(word, made, whole_line=in_capitals)
        end = start + len(word)
    return "".join(parts) + text[end:]


def _tcvn3_words(text: str) -> list[_Word]:
    """The words of ``text``; a hyphen may part two, or be how a program showed «ư»."""
    found: list[_Word] = []
    for match in _TCVN3_TOKEN.finditer(text):
        whole, start = match.group(), match.start()
        joined = _tcvn3(whole.replace("-", "\u00ad"))
        parts = whole.split("-")
        is_parted = all(is_syllable(_tcvn3(part)) for part in parts if part)
        inside = start > 0 and whole[0] == "-"  # of a line, where «-u tiªn» is no item of a list
        if len(parts) > 1 and is_syllable(joined) and (inside or not is_parted):
            found.append((start, whole, joined))
            continue
        for part in parts:
            if part:
                found.append((start, part, _tcvn3(part)))
            start += len(part) + 1
    return found


def _tcvn3(word: str) -> str:
    """A sign that stands alone is a sign («2 × 3»), but for ô and đ («« nhiÔm», «®/c»)."""
    is_sign = len(word) == 1 and word not in "«®" and not _ANY_LETTER.search(word)
    return word if is_sign else word.translate(_TCVN3_TABLE)


def _vni_words(text: str) -> list[_Word]:
    return [
        (m.start(), m.group(), _VNI_LETTER.sub(lambda pair: VNI[pair.group()], m.group()))
        for m in _WORD.finditer(text)
    ]


_FORMS: dict[Encoding, Callable[[str], list[_Word]]] = {
    Encoding.TCVN3: _tcvn3_words,
    Encoding.VNI: _vni_words,
}


def _evidence(line: str, encoding: Encoding) -> _Evidence:
    counts = [0, 0, 0, 0]
    for _, word, made in _FORMS[encoding](line):
        if word.isascii() or not _ASCII_LETTER.search(word) or _is_abbreviation(made):
            continue
        bare = word.strip(_TCVN3_SIGNS)  # «quoted» or 25° in Unicode: the sign is no letter
        before = is_written_syllable(bare) or bare.isascii()
        after = is_syllable(made) and (before or made != word)
        if before or after:
            counts[(after and before) * 2 + (before and not after)] += 1
        else:
            counts[3] += 1
    return _Evidence(*counts)


def _is_abbreviation(word: str) -> bool:
    """Whether a word is one that no spelling speaks for or against: «QĐ», «HĐND»."""
    return word.isupper() and not _VOWEL.search(fold(word))


def _as_capitals(word: str, made: str, *, whole_line: bool) -> str:
    """``made`` in capitals where ``word`` is: the old fonts had no capitals with tones."""
    latin = _ASCII_LETTER.findall(word)
    capital = all(c.isupper() for c in latin) and (len(latin) > 1 or whole_line)
    return made.upper() if capital else made


def _from_utf8(line: str) -> str:
    """``line`` whose characters are bytes of UTF-8, decoded; itself where they aren't."""
    try:
        text = b"".join(map(_byte, line)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return line
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    good = sum(is_written_syllable(word) or _is_abbreviation(word) for word in words)
    return text if good and good >= 0.5 * len(words) else line


def _byte(character: str) -> bytes:
    """The byte of Windows-1252 that ``character`` shows; the five that it lacks as themselves."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
