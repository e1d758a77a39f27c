"""Plain text and Markdown: bytes → pages, in the encodings that Vietnamese offices left behind.

HTML and Markdown marks are data here and stay as they are.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.errors import UnreadableFile
from ingest.records import LoadedFile
from ingest.vietnamese import fold

_BOMS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.005  # a stray form mark is tolerable; one character in 200 is not text
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STRAY_TONE = re.compile(rf"(?<![aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])[{_TONES}]")
_OFFICE_SIGNS = frozenset("–—‘’“”„…•·«»°§©®™€×÷±²³´`^~¹ºª½¼¾¶")
_MIN_PLAUSIBLE = 0.97


def read_text(data: bytes, name: str) -> LoadedFile:
    """Decode ``data``; a form feed starts a new page, as in the output of PDF converters."""
    text, warnings = _decode(data, name)
    if not text.strip():
        raise UnreadableFile(name, "empty")
    if "\x00" in text or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableFile(name, "binary")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    while not pages[-1].strip():
        pages.pop()
    return LoadedFile(tuple(pages), warnings)


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding), ()
            except UnicodeDecodeError as error:
                raise UnreadableFile(name, "encoding", encoding) from error
    if b"\x00" in data:
        return _decode_unmarked_utf16(data, name), ()
    try:
        # Incremental, so that a file cut inside its last character still gives the rest.
        decoder = codecs.getincrementaldecoder("utf-8")()
        text = decoder.decode(data)
        cut = bool(decoder.getstate()[0])
    except UnicodeDecodeError:
        return _decode_windows_1258(data, name), ()
    if cut and text.isascii():
        return _decode_windows_1258(data, name), ()
    warning = "the text ends inside a character: the file may be cut short"
    return text, (warning,) if cut else ()


def _decode_unmarked_utf16(data: bytes, name: str) -> str:
    if len(data) % 2 == 0:
        for encoding in ("utf-16-le", "utf-16-be"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text and _plausible_share(text) >= _MIN_PLAUSIBLE:
                return text
    raise UnreadableFile(name, "binary")


def _decode_windows_1258(data: bytes, name: str) -> str:
    """Windows-1258 writes most tones as a combining mark after the vowel.

    Nearly any bytes decode in it, so what comes out must also look like Vietnamese; otherwise
    the file is in an encoding not known here, and guessing would store garbled words.
    """
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise UnreadableFile(name, _binary_or_encoding(data)) from error
    composed = unicodedata.normalize("NFC", text)
    if _STRAY_TONE.search(text) or _plausible_share(composed, foreign_only=True) < _MIN_PLAUSIBLE:
        raise UnreadableFile(name, _binary_or_encoding(data))
    return text


def _binary_or_encoding(data: bytes) -> str:
    control = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in data)
    return "binary" if control > _MAX_CONTROL_SHARE * len(data) else "encoding"


def _plausible_share(text: str, *, foreign_only: bool = False) -> float:
    """The share of characters (of non-ASCII ones only, if asked) that Vietnamese text uses."""
    looked_at = [c for c in text if not (foreign_only and c.isascii())]
    if not looked_at:
        return 1.0
    return sum(map(_is_plausible, looked_at)) / len(looked_at)


def _is_plausible(character: str) -> bool:
    if character.isascii():
        return not _CONTROL.match(character)
    if character in _OFFICE_SIGNS or character in _TONES or character.isspace():
        return True
    return fold(character) in _VIETNAMESE_BASES and not _is_foreign(character)


_VIETNAMESE_BASES = frozenset("aeiouydAEIOUYD")


def _is_foreign(character: str) -> bool:
    marks = {c for c in unicodedata.normalize("NFD", character) if unicodedata.combining(c)}
    return not marks <= {*_TONES, "\u0302", "\u0306", "\u031b"}
