"""The files as they were given, kept as ``originals/<document id>/<name>`` for a rebuild.

Two folders beside them say what is under way, so that whatever ends the program can be finished or
undone when the library is opened next: ``.adding/<document id>`` has the files of documents that
have no commit mark yet, ``.removed/<document id>`` stands for each document that is to go.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from ingest import durable
from ingest.errors import cannot_write
from ingest.records import SourceDocument
from ingest.settings import Settings

_ADDING, _REMOVED = ".adding", ".removed"
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
    """Put the bytes of a document on the disk, before it is committed; :func:`settle` is for after.

    Raises:
        LibraryError: the folder can't be written.
    """
    name = kept_name(document.name)
    if len(name.encode()) > _NAME_BYTES:
        stem, suffix = Path(name).stem, Path(name).suffix
        name = stem.encode()[: _NAME_BYTES - len(suffix)].decode("utf-8", "ignore") + suffix
    if original(settings, document.id) == data:  # a rebuild reads them from there
        return
    folder = settings.originals_path / _ADDING / document.id
    with _writing(settings):
        folder.mkdir(parents=True, exist_ok=True)
        durable.write(folder / name, data)
        durable.sync_folder(folder)


def settle(settings: Settings, document_ids: Iterable[str]) -> None:
    """Give the originals of committed documents their place."""
    with _writing(settings):
        moved = False
        for document_id in document_ids:
            adding = settings.originals_path / _ADDING / document_id
            if adding.exists():
                place = settings.originals_path / document_id
                if place.exists():  # of a document that the store had lost
                    shutil.rmtree(place)
                adding.replace(place)
                moved = True
        if moved:
            durable.sync_folder(settings.originals_path)


def give_up(settings: Settings, document_ids: Iterable[str]) -> None:
    """Delete the originals of documents that were not committed."""
    with _writing(settings):
        for document_id in document_ids:
            adding = settings.originals_path / _ADDING / document_id
            if adding.exists():
                shutil.rmtree(adding)


def finish_adding(settings: Settings, committed: Collection[str]) -> None:
    """Finish what an :meth:`add` that was cut short left: a document with its commit mark gets its
    original, the others were told to nobody and leave none. ``committed`` are the ids with a
    mark."""
    ids = _names(settings.originals_path / _ADDING)
    settle(settings, [i for i in ids if i in committed])
    give_up(settings, ids)


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


def kept_since(settings: Settings, document_id: str) -> datetime.datetime | None:
    """When a document's file was kept (UTC); None where it is not."""
    try:
        for path in (settings.originals_path / document_id).glob("*"):
            return datetime.datetime.fromtimestamp(int(path.stat().st_mtime), datetime.UTC)
    except OSError:
        pass
    return None


def lost(settings: Settings, committed: Collection[str]) -> list[str]:
    """The names of kept files whose documents have no commit mark: the store has lost them."""
    return [name for path, name in kept(settings) if path.parent.name not in committed]


def set_aside(settings: Settings, document_ids: Iterable[str]) -> None:
    """Take documents out of a rebuild's reach; from here on they are removed, whatever happens."""
    removed = settings.originals_path / _REMOVED
    with _writing(settings):
        removed.mkdir(parents=True, exist_ok=True)
        for document_id in document_ids:
            if (folder := settings.originals_path / document_id).exists():
                folder.replace(removed / document_id)
            else:
                (removed / document_id).mkdir(exist_ok=True)
        durable.sync_folder(removed)


def restore(settings: Settings, document_id: str) -> None:
    """Undo :func:`set_aside` of a document, once it has its commit mark again."""
    folder = settings.originals_path / _REMOVED / document_id
    with _writing(settings):
        if not folder.exists():
            return
        if not any(folder.iterdir()):  # no original was kept
            folder.rmdir()
        elif (place := settings.originals_path / document_id).exists():  # it was added again
            shutil.rmtree(folder)
        else:
            folder.replace(place)
        durable.sync_folder(settings.originals_path)


def to_remove(settings: Settings) -> tuple[str, ...]:
    """The ids of the documents that were set aside and not yet removed for good."""
    return tuple(_names(settings.originals_path / _REMOVED))


def finish_removals(settings: Settings, document_ids: Iterable[str] | None = None) -> None:
    """Delete the originals that were set aside, all or of some documents, once these are gone."""
    removed = settings.originals_path / _REMOVED
    with _writing(settings):
        for document_id in _names(removed) if document_ids is None else document_ids:
            if (folder := removed / document_id).exists():
                shutil.rmtree(folder)
        if removed.exists() and not any(removed.iterdir()):
            removed.rmdir()
        for partial in settings.originals_path.glob(".*.part"):  # of versions before .adding
            partial.unlink()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


@contextmanager
def _writing(settings: Settings) -> Iterator[None]:
    """Errors of the file system as a LibraryError."""
    try:
        yield
    except OSError as error:
        raise cannot_write(settings.originals_path, error) from error
