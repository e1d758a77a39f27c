"""A whole library in one .zip file: to be kept safe, or taken to another machine.

``manifest.json`` says what else there is, with sizes and checksums. Documents are
``originals/<SHA-256>``, the files as they were given; of a document whose file is not kept
``texts/<SHA-256>`` is its text. ``packs/<name>.json`` are the kept study packs. Names of documents
stand in the manifest alone and are never paths. The index is not carried: it is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ingest import corrections, durable, originals
from ingest.errors import LibraryError, UnreadableFile, cannot_write
from ingest.load.kinds import SUPPORTED
from ingest.records import Notes, SourceDocument
from ingest.settings import Settings
from ingest.worker import SCRATCH_PREFIX

if TYPE_CHECKING:
    from ingest.pipeline import Library, Outcome, Progress, Summary

Tell = Callable[["Progress"], None]

FORMAT, VERSION = "tro-ly-ke-hoach-library", 1
_MANIFEST = "manifest.json"
_MAX_MANIFEST = 64 * 1024 * 1024  # bytes
_MAX_ENTRIES = 100_000
_MAX_DIRECTORY = 20 * 1024 * 1024  # bytes of the file's own list of entries
_ENTRY_MARK = b"PK\x01\x02"  # begins each of them (APPNOTE 4.3.12)
_MAX_RATIO = 200  # of a file to what it takes; none is packed more tightly on its way out
_SMALL = 1024 * 1024  # bytes; below these no ratio is suspicious
_MAX_PACK = 32 * 1024 * 1024
_MAX_BY_HAND = 150  # characters of a name that stands for the one of a lost file
_MAX_NAME = 1000  # characters of a name as given: members of archives have long ones
_AT_ONCE, _BYTES_AT_ONCE = 200, 200_000_000  # files unpacked before they are added
_CHUNK = 1 << 20
_ID = re.compile(r"[0-9a-f]{64}")
_PACK = re.compile(r"[\w-]{1,80}\.json", re.ASCII)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # as zipfile tells of it
# Office files, pictures and archives are packed already.
_PACKED = frozenset({".docx", ".odt", ".pdf", ".png", ".jpg", ".jpeg", ".zip"})


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the manifest says of one document: ``id`` is the SHA-256 of ``size`` bytes."""

    id: str
    name: str
    size: int
    notes: Notes
    is_text: bool = False

    @property
    def path(self) -> str:
        return f"{'texts' if self.is_text else 'originals'}/{self.id}"


@dataclass(frozen=True, slots=True)
class _Pack:
    name: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"packs/{self.name}"


class _Cancelled(Exception):
    """The person wants no more of it."""


# --- out -----------------------------------------------------------------------------------------


def export_library(
    library: Library,
    path: Path,
    progress: Tell | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write everything that ``library`` keeps to the .zip file ``path``: whole or not at all.

    Cancelled, it leaves ``path`` as it was.

    Raises:
        LibraryError: it can't be written, or a kept file can't be read.
    """
    from ingest.pipeline import Progress

    if path.is_dir():
        raise LibraryError(
            f"{path} is a folder: name the .zip file to write",
            f"{path} là một thư mục: hãy ghi tên tệp .zip cần tạo",
        )
    documents, settings = library.documents(), library.settings
    total = len(documents)
    partial = path.with_name(f".{path.name}.part")

    def tell(done: int, name: str) -> None:
        if cancelled is not None and cancelled():
            raise _Cancelled
        if progress:
            progress(Progress(done, total, name))

    try:
        with partial.open("wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
                _write(archive, documents, settings, tell)
            durable.sync(stream)
        partial.replace(path)
        if progress:
            progress(Progress(total, total, ""))
    except _Cancelled:
        return
    except OSError as error:
        raise LibraryError(
            f"the library could not be written to {path}: {error}",
            f"không ghi được thư viện ra {path}: {error}",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _write(
    archive: zipfile.ZipFile,
    documents: Sequence[SourceDocument],
    settings: Settings,
    tell: Callable[[int, str], None],
) -> None:
    entries: list[_Entry] = []
    for done, document in enumerate(documents):
        tell(done, document.name)
        entry, data = _entry(document, settings)
        archive.writestr(entry.path, data, _method(entry.name, data))
        entries.append(entry)
    packs: list[_Pack] = []
    for path in sorted(settings.packs_path.glob("*.json")):
        data = path.read_bytes()
        if _PACK.fullmatch(path.name) and len(data) <= _MAX_PACK:
            packs.append(_Pack(path.name, len(data), _sha256(data)))
            archive.writestr(packs[-1].path, data)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "documents": [
            {
                "id": entry.id,
                "name": entry.name,
                "size": entry.size,
                "text": entry.is_text,
                "notes": corrections.to_json(entry.notes),
            }
            for entry in entries
        ],
        "packs": [asdict(pack) for pack in packs],
    }
    archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _method(name: str, data: bytes) -> int:
    """How to pack a file: as it is where nothing is gained, or so much that it would look bad."""
    if Path(name).suffix.lower() in _PACKED:
        return zipfile.ZIP_STORED
    if len(data) > _SMALL and 2 * len(zlib.compress(data, 1)) * _MAX_RATIO < 3 * len(data):
        return zipfile.ZIP_STORED
    return zipfile.ZIP_DEFLATED


def _entry(document: SourceDocument, settings: Settings) -> tuple[_Entry, bytes]:
    """What is to be kept of a document; where its file is lost or damaged that is its text."""
    data = originals.original(settings, document.id)
    if data is not None and _sha256(data) == document.id:
        return _Entry(document.id, document.given_name, len(data), document.notes), data
    data = _text_of(document)
    name = document.given_name
    entry = _Entry(
        _sha256(data),
        name if name.lower().endswith(".txt") else f"{name}.txt",
        len(data),
        replace(document.notes, name=document.notes.name or _as_name(name)),
        is_text=True,
    )
    return entry, data


def _as_name(given: str) -> str | None:
    """The name of a file, also of one in an archive, as a document can be called by hand."""
    try:
        return corrections.checked_name(re.sub(r"[/\\]", " - ", given)[:_MAX_BY_HAND])
    except LibraryError:
        return None


def _text_of(document: SourceDocument) -> bytes:
    """The text of a document as a .txt, a form feed before each page but the first."""
    starts = [*document.page_starts, len(document.text)]
    pages = [document.text[a:b] for a, b in pairwise(starts)]
    return "\f".join(pages).encode("utf-8", "replace")


# --- in ------------------------------------------------------------------------------------------


def import_library(
    library: Library,
    path: Path,
    progress: Tell | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Summary:
    """Add what :func:`export_library` wrote. What is in the library already stays as it is, so that
    the same file twice changes nothing; a document that fails costs the others nothing.

    Raises:
        UnreadableFile: it is damaged, or holds too much.
        LibraryError: it is no such file, or the library can't be written.
    """
    from ingest.pipeline import Progress
    from ingest.pipeline.outcome import Outcome, summary_of
    from ingest.pipeline.room import check_room

    found: list[Outcome] = []
    with _opened(path) as archive:
        entries, packs = _manifest(archive, path, library.settings)
        new = (entry.size for entry in entries if library.known(entry.id) is None)
        check_room(library.settings, sum(new))
        total, done = len(entries), 0
        for batch in _batches(entries):
            if cancelled is not None and cancelled():
                break

            def tell(step: Progress, base: int = done) -> None:
                if progress and step.name:
                    progress(replace(step, done=base + step.done, total=total))

            summary = _import_batch(library, archive, path, batch, tell, cancelled)
            found.extend(summary.files)
            done += len(batch)
        else:
            if damaged := _import_packs(library.settings, archive, path, packs):
                found.append(Outcome(failed=tuple(damaged)))
            if progress:
                progress(Progress(total, total, ""))
    return summary_of(found, found)


def _import_batch(
    library: Library,
    archive: zipfile.ZipFile,
    path: Path,
    batch: Sequence[_Entry],
    tell: Tell,
    cancelled: Callable[[], bool] | None,
) -> Summary:
    """Unpack some documents to a folder of their own and add them."""
    from ingest.pipeline.adding import add_files
    from ingest.pipeline.outcome import Outcome, summary_of

    outcomes = []
    files: list[tuple[Path, str]] = []
    notes = {}
    with _scratch(library.settings) as folder:
        for number, entry in enumerate(batch):
            if (known := library.known(entry.id)) is not None:
                outcomes.append(Outcome(duplicates=((entry.name, known),)))
                continue
            file = folder / f"{number}{Path(entry.name).suffix.lower()}"
            try:
                with file.open("wb") as stream:
                    _unpack(archive, path, entry, entry.id, stream)
            except UnreadableFile as error:
                outcomes.append(Outcome(failed=(error,)))
                continue
            files.append((file, entry.name))
            notes[entry.id] = entry.notes
        with library.expecting(notes):
            added = add_files(library, files, progress=tell, cancelled=cancelled, expand=False)
    return summary_of((*outcomes, *added.files), (*outcomes, *added.files))


@contextlib.contextmanager
def _scratch(settings: Settings) -> Iterator[Path]:
    """A folder for what is unpacked; that it can't be written is no fault of the archive."""
    try:
        with tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX, dir=settings.home) as folder:
            yield Path(folder)
    except OSError as error:
        raise cannot_write(settings.home, error) from error


def _import_packs(
    settings: Settings, archive: zipfile.ZipFile, path: Path, packs: Sequence[_Pack]
) -> list[UnreadableFile]:
    """Keep the packs; one that has the name of another takes a name from its checksum. What could
    not be read of them."""
    failed = []
    for pack in packs:
        file = settings.packs_path / pack.name
        partial = file.with_name(f".{file.name}.part")
        try:
            if file.exists() and _sha256(file.read_bytes()) != pack.sha256:
                file = settings.packs_path / f"{pack.sha256[:16]}.json"
            if file.exists():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as stream:
                _unpack(archive, path, pack, pack.sha256, stream)
            partial.replace(file)
        except UnreadableFile as error:
            failed.append(error)
        except OSError as error:
            raise cannot_write(file, error) from error
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    return failed


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at ``path``; that it is none comes as UnreadableFile or LibraryError."""
    with contextlib.ExitStack() as opened:
        try:
            stream = opened.enter_context(path.open("rb"))
            _require_bounded(stream, path)
            archive = opened.enter_context(zipfile.ZipFile(stream))
        except FileNotFoundError as error:
            raise UnreadableFile(path.name, "missing") from error
        except PermissionError as error:
            raise UnreadableFile(path.name, "permission") from error
        except (*_DAMAGE, OSError) as error:  # OSError: it is a folder, or its disk fails
            raise _no_library(path, str(error)) from error
        yield archive


def _require_bounded(stream: IO[bytes], path: Path) -> None:
    """Refuse a list of entries that would fill the memory when it is read."""
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(max(0, size - 22 - 65_535))
    end = stream.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0:
        raise _no_library(path, "no .zip file")
    directory = int.from_bytes(end[at + 12 : at + 16], "little")
    locator = end.rfind(b"PK\x06\x07", 0, at)
    if directory == 0xFFFFFFFF and locator >= 0:  # zip64: the real record stands elsewhere
        stream.seek(int.from_bytes(end[locator + 8 : locator + 16], "little"))
        record = stream.read(56)
        directory = int.from_bytes(record[40:48], "little")
    if directory > _MAX_DIRECTORY:
        raise UnreadableFile(path.name, "too_large", "zip")
    stream.seek(max(0, size - directory - 22 - 65_535))
    if stream.read().count(_ENTRY_MARK) > _MAX_ENTRIES:
        raise UnreadableFile(path.name, "too_large", f"> {_MAX_ENTRIES} tệp / files")
    stream.seek(0)


def _manifest(
    archive: zipfile.ZipFile, path: Path, settings: Settings
) -> tuple[list[_Entry], list[_Pack]]:
    """What the manifest says, checked: sizes within bounds, names that are no paths."""
    info = _info(archive, _MANIFEST)
    if info is None:
        raise _no_library(path, f"{_MANIFEST} is missing")
    if info.file_size > _MAX_MANIFEST:
        raise UnreadableFile(path.name, "too_large", _MANIFEST)
    try:
        with archive.open(info) as stream:
            raw = json.loads(stream.read(_MAX_MANIFEST + 1))
        if raw["format"] != FORMAT:
            raise ValueError("another format")
        if raw["version"] > VERSION:
            raise LibraryError(
                f"{path.name} was written by a newer version of this program",
                f"{path.name} do phiên bản mới hơn của chương trình ghi ra",
            )
        entries = [_entry_of(one) for one in raw["documents"]]
        packs = [_pack_of(one) for one in raw["packs"]]
    except (*_DAMAGE, OSError) as error:
        raise UnreadableFile(path.name, "damaged", _MANIFEST) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_library(path, f"{_MANIFEST}: {error}") from error
    for entry in entries:
        if entry.size > settings.max_file_bytes:
            raise UnreadableFile(path.name, "too_large", entry.name)
    return list({entry.id: entry for entry in entries}.values()), packs


def _entry_of(raw: dict[str, Any]) -> _Entry:
    found = _Entry(
        raw["id"], raw["name"], raw["size"], corrections.from_json(raw["notes"]), raw["text"]
    )
    if not isinstance(found.id, str) or not _ID.fullmatch(found.id):
        raise ValueError("a document's id is no SHA-256")
    if not isinstance(found.name, str) or not 0 < len(found.name) <= _MAX_NAME:
        raise ValueError("a document's name is none")
    if "\x00" in found.name or Path(found.name).suffix.lower() not in SUPPORTED:
        raise ValueError(f"{found.name!r} is no name of a document")
    if not _is_count(found.size) or not isinstance(found.is_text, bool):
        raise ValueError("a document's size is none")
    return found


def _pack_of(raw: dict[str, Any]) -> _Pack:
    found = _Pack(raw["name"], raw["size"], raw["sha256"])
    if not isinstance(found.name, str) or not _PACK.fullmatch(found.name):
        raise ValueError("a pack's name is none")
    if not isinstance(found.sha256, str) or not _ID.fullmatch(found.sha256):
        raise ValueError("a pack's checksum is none")
    if not _is_count(found.size) or found.size > _MAX_PACK:
        raise ValueError("a pack's size is none")
    return found


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _batches(entries: Sequence[_Entry]) -> Iterator[list[_Entry]]:
    batch: list[_Entry] = []
    size = 0
    for entry in entries:
        if batch and (len(batch) >= _AT_ONCE or size + entry.size > _BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry.size
    if batch:
        yield batch


def _info(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """An entry that is packed as :func:`export_library` does; None where there is none such."""
    with contextlib.suppress(KeyError):
        info = archive.getinfo(name)
        if not info.flag_bits & _ENCRYPTED_FLAG and info.compress_type in _METHODS:
            return info
    return None


def _unpack(
    archive: zipfile.ZipFile, path: Path, entry: _Entry | _Pack, sha256: str, to: IO[bytes]
) -> None:
    """Write an entry, no more than its size, and check that it is what was promised.

    Raises:
        UnreadableFile: it is not; it names the archive and the entry.
    """
    info = _info(archive, entry.path)
    if info is None:
        raise UnreadableFile(path.name, "damaged", entry.name)
    if entry.size > max(_SMALL, _MAX_RATIO * info.compress_size):
        raise UnreadableFile(path.name, "too_large", f"{entry.name}, 1 : {_MAX_RATIO}")
    digest, left = hashlib.sha256(), entry.size
    for chunk in _chunks(archive, info, entry.size + 1):
        left -= len(chunk)
        if left >= 0:
            digest.update(chunk)
            to.write(chunk)
    if left != 0 or digest.hexdigest() != sha256:
        raise UnreadableFile(path.name, "damaged", entry.name)


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """The bytes of an entry, ``most`` of them, as far as it can be read."""
    with contextlib.suppress(*_DAMAGE, OSError), archive.open(info) as stream:
        while most > 0 and (chunk := stream.read(min(_CHUNK, most))):
            most -= len(chunk)
            yield chunk


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _no_library(path: Path, why: str) -> LibraryError:
    return LibraryError(
        f"{path.name} is no library that this program has written ({why})",
        f"{path.name} không phải là tệp thư viện do chương trình này ghi ra",
    )
