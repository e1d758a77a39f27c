"""path → pages of text. What a file *is* decides how it is read; its suffix only admits it.

Every failure is an :class:`UnreadableFile`, whatever the parser below it raised.
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path, PurePath

from ingest.errors import UnreadableFile
from ingest.records import LoadedFile

SUPPORTED: frozenset[str] = frozenset({".txt", ".md", ".docx", ".pdf"})
MAX_BYTES = 100 * 1024 * 1024

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_PDF_HEADER_WITHIN = 1024  # bytes; the PDF reference lets junk stand before «%PDF-»
_TEXT_SUFFIXES = frozenset({".txt", ".md"})
_FOREIGN = (  # formats that people rename, told by their first bytes
    (b"{\\rtf", "RTF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)


def load(path: Path, max_bytes: int = MAX_BYTES) -> LoadedFile:
    """Read ``path``, at most ``max_bytes`` long, as raw text a page.

    Raises UnreadableFile, and nothing else, when the file gives no text.
    """
    return load_bytes(read_bytes(path, max_bytes), path.name)


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of ``path``, read once: what is loaded, hashed and kept is then the same.

    Raises UnreadableFile when it can't be read or is of no supported type.
    """
    if path.suffix.lower() not in SUPPORTED and not path.is_dir():
        _require_file(path, max_bytes)  # «missing» is the better news about a missing file
        raise UnreadableFile(path.name, "unsupported", path.suffix.lower())
    return _read_bytes(path, max_bytes)


def load_bytes(data: bytes, name: str) -> LoadedFile:
    """The text of a file called ``name`` that holds ``data``; UnreadableFile when there is none."""
    if not data.strip():
        raise UnreadableFile(name, "empty")
    # Parsers are imported on use: a page or command that reads no PDF should not pay for one.
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        from ingest.load.docx import read_docx

        return read_docx(data, name)
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        from ingest.load.pdf import read_pdf

        return read_pdf(data, name)
    _refuse_foreign(data, name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TEXT_SUFFIXES:
        # A web page saved as .pdf or a file cut at its front: reading it as prose would put
        # words into the library that nobody wrote in a document.
        raise UnreadableFile(name, "damaged", f"≠ {suffix}")
    from ingest.load.text import read_text

    return read_text(data, name)


def _require_file(path: Path, max_bytes: int) -> None:
    try:
        status = path.stat()
    except PermissionError as error:
        raise UnreadableFile(path.name, "permission") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise UnreadableFile(path.name, "missing") from error
    if not stat.S_ISREG(status.st_mode):  # a folder; a pipe or device would block or never end
        raise UnreadableFile(path.name, "unsupported", _what_it_is(status.st_mode))
    if status.st_size > max_bytes:
        sizes = f"{status.st_size / 1e6:.1f} MB > {max_bytes / 1e6:.1f} MB"
        raise UnreadableFile(path.name, "too_large", sizes)


def _what_it_is(mode: int) -> str:
    return "thư mục / folder" if stat.S_ISDIR(mode) else "≠ file"


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    _require_file(path, max_bytes)
    try:
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)  # the file may have grown since it was measured
    except PermissionError as error:
        raise UnreadableFile(path.name, "permission") from error
    except OSError as error:
        reason = "missing" if error.errno == errno.ENOENT else "damaged"
        raise UnreadableFile(path.name, reason, error.strerror or "") from error
    if len(data) > max_bytes:
        raise UnreadableFile(path.name, "too_large", f"> {max_bytes / 1e6:.1f} MB")
    return data


def _refuse_foreign(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        # Word encrypts a .docx by wrapping it in an OLE container (MS-OFFCRYPTO 2.3.1).
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(name, "password")
        if "WordDocument".encode("utf-16-le") in data:
            raise UnreadableFile(name, "unsupported", "Word 97-2003 .doc")
        raise UnreadableFile(name, "unsupported", "Microsoft OLE")
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableFile(name, "unsupported", kind)
