"""Letters: one code point sequence for one written word. Pure."""

from __future__ import annotations

import re
import unicodedata

# Cyrillic and Greek capitals and small letters drawn exactly like Latin ones.
_LOOKALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυι",
    "ABESIJKMHOPCTYXaesijopcyxdqwhABEZHIKMNOPTYXoavpui",
)
_FOREIGN_LETTER = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_FOREIGN_WORD = re.compile(r"[^\W\d_]*[\u0370-\u03ff\u0400-\u052f][^\W\d_]*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

_REPLACED: dict[str, str] = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
    **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    # Icelandic and African letters that old fonts and conversions put for đ.
    **dict(zip("ÐƉðɖ", "ĐĐđđ", strict=True)),
    # Bullets of Word's Symbol font, in the private use area.
    **dict(zip("\uf0b7\uf0a7\uf02d\uf0d8\uf076", "•▪-➢❖", strict=True)),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
    **{chr(code): " " for code in range(0x2000, 0x200B)},
    **dict.fromkeys("\v\x85\u2028\u2029\r", "\n"),
}
_REMOVED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\ufeff\uffa0\ufffc"
    + "\ue0fe\ue0ff"  # private characters of this stage, see marks.py
    + "".join(map(chr, range(0x200B, 0x2010)))  # zero width, direction marks
    + "".join(map(chr, range(0x202A, 0x202F)))  # direction embedding
    + "".join(map(chr, range(0x2060, 0x2070)))  # word joiner, isolates
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # variation selectors
    + "".join(chr(c) for c in range(0xA0) if chr(c) not in "\t\n\v\f\r\x85" and (c < 32 or c > 126))
)
_TABLE = {ord(key): value for key, value in _REPLACED.items()} | {
    ord(c): None for c in _REMOVED if c != "\u00a0"
}
_SPECIAL = re.compile("[" + "".join(re.escape(chr(code)) for code in _TABLE) + "]")

_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter
_MARKED = re.compile(r"[A-Za-z\u00c0-\u1ef9][\u0300-\u036f]+")

_FLAT = {"a": "aàáảãạ", "e": "eèéẻẽẹ", "o": "oòóỏõọ", "u": "uùúủũụ", "y": "yỳýỷỹỵ"}
_FLAT |= {key.upper(): forms.upper() for key, forms in _FLAT.items()}
_TONE = {form: (base, tone) for base, forms in _FLAT.items() for tone, form in enumerate(forms)}
_ONSETS = frozenset("|b|c|ch|d|đ|g|gh|h|k|kh|l|m|n|ng|ngh|nh|p|ph|r|s|t|th|tr|v|x".split("|"))
# hoà → hòa, khoẻ → khỏe, thuỷ → thủy: the open syllable carries its mark on the first vowel;
# not so in quý, where u belongs to the onset.
_OPEN = re.compile(r"(?:(o)([àáảãạèéẻẽẹ])|(u)([ỳýỷỹỵ]))(?![^\W_])", re.IGNORECASE)
# tòan → toàn, hùynh → huỳnh: the closed one on the second; qúy → quý by the same rule.
_CLOSED = re.compile(
    r"(?:([òóỏõọ])([ae])(ng|nh|ch|[nmptciyo])|([ùúủũụ])(y)(nh|ch|[ntpu])"
    r"|(?<=q)([ùúủũụ])([aeoy])(ng|nh|ch|[nmptciyou]?))(?![^\W_])",
    re.IGNORECASE,
)


def tidy_letters(text: str) -> str:
    """``text`` in NFC, with look-alike, invisible and misplaced characters put right.

    >>> tidy_letters("Uỷ ban xã Hoà Bình, quý III")
    'Ủy ban xã Hòa Bình, quý III'
    """
    if text.isascii() and _SPECIAL.search(text) is None:
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if _SPECIAL.search(text):
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if _FOREIGN_LETTER.search(text):
        text = _FOREIGN_WORD.sub(_latin_word, text)
    text = _MARKED.sub(_compose, text)
    return _CLOSED.sub(_tone_on_second, _OPEN.sub(_tone_on_first, text))


def _latin_word(match: re.Match[str]) -> str:
    """A word with both Latin and foreign letters is Latin; a wholly foreign one is let be."""
    word = match.group()
    return word.translate(_LOOKALIKE) if _LATIN.search(word) else word


def _compose(match: re.Match[str]) -> str:
    """Compose a letter typed as vowel, tone, then circumflex (NFC alone can't)."""
    base, *marks = unicodedata.normalize("NFD", match.group())
    marks.sort(key=lambda mark: mark not in _SHAPES)
    return unicodedata.normalize("NFC", base + "".join(marks))


def _tone_on_first(match: re.Match[str]) -> str:
    if _letters_before(match) not in _ONSETS:
        return match.group()
    base, tone = _TONE[match.group(2) or match.group(4)]
    return _FLAT[match.group(1) or match.group(3)][tone] + base


def _tone_on_second(match: re.Match[str]) -> str:
    first, second, coda = (group for group in match.groups() if group is not None)
    onset = _letters_before(match)
    if onset not in _ONSETS and onset != "q":
        return match.group()
    base, tone = _TONE[first]
    return base + _FLAT[second][tone] + coda


def _letters_before(match: re.Match[str]) -> str:
    """The letters between the start of the word and the match, in small letters."""
    before = match.string[max(0, match.start() - 5) : match.start()]
    start = len(before)
    while start and before[start - 1].isalnum():
        start -= 1
    return before[start:].lower()
