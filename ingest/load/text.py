"""Plain text and Markdown: bytes → pages, in the encodings that Vietnamese offices left behind.

HTML and Markdown marks are data here and stay as they are.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ingest.errors import UnreadableFile
from ingest.load import legacy
from ingest.records import LoadedFile
from ingest.vietnamese import fold

MAX_TEXT_BYTES = 32 * 1024 * 1024

_BOMS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1b")
_MAX_CONTROL_SHARE = 0.005  # a stray form mark is tolerable; one character in 200 is not text
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STRAY_TONE = re.compile(rf"(?<![aăâeêioôơuưyAĂÂEÊIOÔƠUƯY])[{_TONES}]")
_OFFICE_SIGNS = frozenset("–—‘’“”„…•·«»°§©®™€×÷±²³´`^~¹ºª½¼¾¶")
_MIN_PLAUSIBLE = 0.97


def read_text(data: bytes, name: str) -> LoadedFile:
    """Decode ``data``; a form feed starts a new page, as in the output of PDF converters."""
    text, warnings = decode(data, name)
    if not text.strip():
        raise UnreadableFile(name, "empty")
    if "\x00" in text or len(_CONTROL.findall(text)) > _MAX_CONTROL_SHARE * len(text):
        raise UnreadableFile(name, "binary")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    while not pages[-1].strip():
        pages.pop()
    return LoadedFile(tuple(pages), warnings)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """``data`` in the encoding that it shows itself to be in, and what is to be said of it."""
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableFile(name, "too_large", f"> {MAX_TEXT_BYTES // 2**20} MiB")
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
        return _decode_8_bit(data, name)
    if cut and text.isascii():
        return _decode_8_bit(data, name)
    warning = "the text ends inside a character: the file may be cut short"
    return text, (warning,) if cut else ()


def decode_declared(data: bytes, declared: str, name: str) -> str:
    """``data`` in UTF-8 where it can be, else in the encoding ``declared``, or that it shows.

    What a page or message declares is often what its program was set to, not what it wrote.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name)[0]
    if _is_binary(data):
        raise UnreadableFile(name, "binary")
    for named in ("utf-8-sig", declared):
        try:
            encoding = codecs.lookup(named).name
            # Browsers take this for Windows-1252 (WHATWG Encoding, 4.2), and so does TCVN3.
            return data.decode("cp1252" if encoding == "iso8859-1" else encoding)
        except (LookupError, UnicodeError):
            continue
    return decode(data, name)[0]


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


def _decode_8_bit(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The encodings of a byte a letter, the ones that few other texts could be taken for first."""
    if _is_binary(data):
        raise UnreadableFile(name, "binary")
    seen = data.decode("cp1252", "replace_undefined")
    lines = seen.split("\n")
    converted = legacy.convert_lines(lines)
    if converted != lines:
        text = "\n".join(converted)
        if _plausible_share(text, foreign_only=True) >= _MIN_PLAUSIBLE:
            return text, (legacy.warning_of(lines),)
    try:
        return _decode_windows_1258(data, name), ()
    except UnreadableFile:
        if text := legacy.decode_viscii(data):
            return text, ("letters were converted from VISCII",)
        raise


def _undefined(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that Windows-1252 leaves undefined, as themselves."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("replace_undefined", _undefined)


def _decode_windows_1258(data: bytes, name: str) -> str:
    """Windows-1258 writes most tones as a combining mark after the vowel.

    Nearly any bytes decode in it, so what comes out must also look like Vietnamese; otherwise
    the file is in an encoding not known here, and guessing would store garbled words.
    """
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError as error:
        raise UnreadableFile(name, "encoding") from error
    composed = unicodedata.normalize("NFC", text)
    if _STRAY_TONE.search(text) or _plausible_share(composed, foreign_only=True) < _MIN_PLAUSIBLE:
        raise UnreadableFile(name, "encoding")
    return text


def _is_binary(data: bytes) -> bool:
    return len(data) - len(data.translate(None, _CONTROL_BYTES)) > _MAX_CONTROL_SHARE * len(data)


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
