"""The files as they were given, kept as ``originals/<document id>/<name>`` for a rebuild."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from ingest.errors import LibraryError
from ingest.records import SourceDocument
from ingest.settings import Settings

_REMOVED = ".removed"
# What Windows takes in no file name (learn.microsoft.com, «Naming Files, Paths, and Namespaces»),
# so that a data folder can be carried from one machine to another; «%» since it marks these.
_FORBIDDEN = re.compile(r"[<>:\"/\\|?*%\x00-\x1f]|[. ]$")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)")
_NAME_BYTES = 240  # below the 255 of common file systems


def kept_name(name: str) -> str:
    """``name`` as a file name of any system; :func:`given_name` turns it back.

    >>> kept_name("Kế hoạch 1: quý I?.txt")
    'Kế hoạch 1%3A quý I%3F.txt'
    """
    safe = _FORBIDDEN.sub(lambda match: f"%{ord(match.group()):02X}", name)
    return f"%{ord(safe[0]):02X}{safe[1:]}" if _RESERVED.match(safe) else safe


def given_name(name: str) -> str:
    """The name that :func:`kept_name` was given."""
    return unquote(name)


def keep(settings: Settings, document: SourceDocument, data: bytes) -> None:
    """Keep the bytes of a document: whole or not at all.

    Raises:
        LibraryError: the folder can't be written.
    """
    folder = settings.originals_path / document.id
    name = kept_name(document.name)
    if len(name.encode()) > _NAME_BYTES:
        stem, suffix = Path(name).stem, Path(name).suffix
        name = stem.encode()[: _NAME_BYTES - len(suffix)].decode("utf-8", "ignore") + suffix
    partial = settings.originals_path / f".{document.id}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        partial.replace(folder / name)
    except OSError as error:
        raise LibraryError(f"{document.name} could not be kept in {folder}: {error}") from error


def kept(settings: Settings) -> list[tuple[Path, str]]:
    """The kept files with the names they were given, in a stable order."""
    found = sorted(p for p in settings.originals_path.glob("[!.]*/*") if p.is_file())
    return [(path, given_name(path.name)) for path in found]


def original(settings: Settings, document_id: str) -> bytes | None:
    """The bytes of a document as they were given, None where they are not kept or can't be read."""
    try:
        paths = [p for p in (settings.originals_path / document_id).glob("*") if p.is_file()]
        return paths[0].read_bytes() if paths else None
    except OSError:
        return None


def set_aside(settings: Settings, document_ids: Iterable[str]) -> None:
    """Take the originals of documents out of a rebuild's reach, to be deleted."""
    removed = settings.originals_path / _REMOVED
    try:
        for document_id in document_ids:
            if (folder := settings.originals_path / document_id).exists():
                removed.mkdir(exist_ok=True)
                folder.replace(removed / document_id)
    except OSError as error:
        raise LibraryError(f"{folder} could not be removed: {error}") from error


def finish_removals(settings: Settings) -> None:
    """Delete what was set aside, also by a delete that was cut short."""
    try:
        if (removed := settings.originals_path / _REMOVED).exists():
            shutil.rmtree(removed)
        for partial in settings.originals_path.glob(".*.part"):
            partial.unlink()
    except OSError as error:
        raise LibraryError(f"{settings.originals_path} can't be written: {error}") from error
