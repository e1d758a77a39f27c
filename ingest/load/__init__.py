"""path → pages of text. What a file *is* decides how it is read; its suffix only admits it.

Every failure is an :class:`UnreadableFile`, whatever the parser below it raised.
"""

from __future__ import annotations

import errno
import stat
from dataclasses import replace
from pathlib import Path

from ingest.errors import UnreadableFile
from ingest.load import legacy
from ingest.load.containers import Member, Members, alone, is_container, members
from ingest.load.kinds import SUPPORTED, Kind, kind_of
from ingest.records import LoadedFile

__all__ = [
    "MAX_BYTES",
    "SUPPORTED",
    "Member",
    "Members",
    "alone",
    "is_container",
    "load",
    "load_bytes",
    "members",
    "read_bytes",
]

MAX_BYTES = 100 * 1024 * 1024
MAX_CHARACTERS = 8_000_000  # of text: some 3,000 pages


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
    """The text of a file called ``name`` that holds ``data``; UnreadableFile when there is none.

    Letters in the encodings of before Unicode (TCVN3, VNI) are converted, also where one document
    has them and Unicode side by side.
    """
    if not data.strip():
        raise UnreadableFile(name, "empty")
    loaded = _read(data, name, kind_of(data, name))
    if sum(map(len, loaded.pages)) > MAX_CHARACTERS:
        raise UnreadableFile(name, "too_large", f"> {MAX_CHARACTERS:,} chữ / characters")
    return _in_unicode(loaded)


def _read(data: bytes, name: str, kind: Kind) -> LoadedFile:
    # Parsers are imported on use: a page or command that reads no PDF should not pay for one.
    match kind:
        case Kind.TEXT:
            from ingest.load.text import read_text

            return read_text(data, name)
        case Kind.DOCX:
            from ingest.load.docx import read_docx

            return read_docx(data, name)
        case Kind.PDF:
            from ingest.load.pdf import read_pdf

            return read_pdf(data, name)
        case Kind.DOC | Kind.ODT | Kind.RTF:
            from ingest.load.office import read_office

            return read_office(data, name, kind.value)
        case Kind.HTML:
            from ingest.load.html import read_html

            return read_html(data, name)
        case Kind.MAIL:
            from ingest.load.mail import read_mail

            return read_mail(data, name)
        case Kind.PICTURE:
            from ingest.load.scan import read_picture

            return read_picture(data, name)


def _in_unicode(loaded: LoadedFile) -> LoadedFile:
    pages = [page.split("\n") for page in loaded.pages]
    lines = [line for page in pages for line in page]
    converted = legacy.convert_lines(lines)
    if converted == lines:
        return loaded
    rest = iter(converted)
    return replace(
        loaded,
        pages=tuple("\n".join(next(rest) for _ in page) for page in pages),
        warnings=(*loaded.warnings, legacy.warning_of(lines)),
    )


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
