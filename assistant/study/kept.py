"""Packs kept in the library's data folder, a file each, to be opened again and worked on.

A file is written whole or not at all, and one that can't be read costs no other anything. Packs
hold words of documents: :meth:`KeptPacks.forget` takes them out when a document is deleted.
"""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.study.codec import from_data, to_data
from assistant.study.errors import OutdatedError, StudyError
from assistant.study.records import PackDocument, Part, StudyPack
from assistant.study.without import documents_of, without_documents
from ingest import durable

VERSION = 1  # of the file
LONGEST_NAME = 200  # characters
_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)
_DOCUMENT_ID = re.compile(rb"[0-9a-f]{64}")
_PARTIAL = ".part"
_WAIT = 20.0  # seconds for another process to be done with the folder


@dataclass(frozen=True, slots=True)
class KeptPack:
    """What a list of kept packs shows of one.

    ``name`` is what its maker calls it, the pack's title where that is nothing; ``made`` and
    ``changed`` are in UTC; ``counts`` has the entries of each part that holds any.
    """

    id: str
    name: str
    title: str
    made: datetime
    changed: datetime
    documents: tuple[PackDocument, ...]
    counts: Mapping[Part, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DamagedPack:
    """A file of the folder that is no pack, and why."""

    id: str
    reason: StudyError


@dataclass(frozen=True, slots=True)
class _File:
    """What a file holds."""

    name: str
    made: datetime
    changed: datetime
    pack: StudyPack


class KeptPacks:
    """The packs in ``folder``, which is made when the first one is saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # What a file was found to be when it had this time and size: reading takes its time.
        self._seen: dict[str, tuple[tuple[int, int], KeptPack | StudyError]] = {}

    def save(
        self, pack: StudyPack, name: str = "", id: str | None = None, since: datetime | None = None
    ) -> KeptPack:
        """Keep a pack, as a new one or, with its ``id``, in the place of one that is kept.

        Without a ``name`` a kept one keeps its own. ``since`` is when that was ``changed`` last as
        far as the caller knows.

        Raises:
            OutdatedError: it was changed after that, by someone whose changes would be lost.
            StudyError: there is no such pack, the name is too long, or it can't be written.
        """
        said = _name(name)
        with self._locked():
            now = datetime.now(UTC)
            before = self._read(id) if id is not None else None
            if before is not None and since is not None and before.changed != since:
                raise OutdatedError(
                    f"the study pack {id} was changed elsewhere",
                    "Tài liệu này đã được sửa ở nơi khác.",
                )
            file = _File(
                said or (before.name if before else ""), before.made if before else now, now, pack
            )
            return self._write(id if id is not None else secrets.token_hex(8), file)

    def list(self) -> tuple[KeptPack, ...]:
        """All packs that can be opened, the one changed last first."""
        found = [pack for pack in self._told().values() if isinstance(pack, KeptPack)]
        return tuple(sorted(found, key=lambda kept: (kept.changed, kept.id), reverse=True))

    def damaged(self) -> tuple[DamagedPack, ...]:
        """The files that can't be opened; :meth:`delete` takes them too."""
        told = self._told().items()
        return tuple(DamagedPack(id, error) for id, error in told if isinstance(error, StudyError))

    def open(self, id: str) -> StudyPack:
        """The pack as it was saved.

        Raises:
            StudyError: there is no such pack, or its file is damaged.
        """
        return self._read(id).pack

    def find(self, id: str) -> tuple[KeptPack, StudyPack]:
        """What :meth:`list` shows of a pack, and the pack, both of one moment.

        Raises:
            StudyError: as :meth:`open`.
        """
        file = self._read(id)
        return _listed(id, file), file.pack

    def rename(self, id: str, name: str) -> KeptPack:
        """Call a pack otherwise; "" gives it its title again. It counts as no change of the pack.

        Raises:
            StudyError: there is no such pack, the name is too long, or it can't be written.
        """
        said = _name(name)
        with self._locked():
            file = self._read(id)
            return self._write(id, _File(said, file.made, file.changed, file.pack))

    def delete(self, id: str) -> None:
        """Delete a pack, whole or damaged.

        Raises:
            StudyError: there is no such pack, or it can't be deleted.
        """
        path = self._path(id)
        with self._locked():
            try:
                path.unlink()
            except FileNotFoundError:
                raise _missing(id) from None
            except OSError as error:
                raise StudyError(
                    f"the study pack {id} can't be deleted: {error}",
                    f"Không xóa được tài liệu: {error}",
                ) from error

    def forget(self, document_ids: Collection[str]) -> int:
        """Take out of all packs what they have of these documents, ids; how many packs it changed.

        To be called when documents are deleted. A pack of which no document is left is deleted. So
        is a damaged file, unless it names documents and none of these: no one can tell what else it
        holds.

        Raises:
            StudyError: a file can't be written or deleted.
        """
        ids = frozenset(document_ids)
        if not ids or not self.folder.is_dir():
            return 0
        changed = 0
        with self._locked():
            self._sweep()
            for id, file in self._files().items():
                if isinstance(file, StudyError):
                    changed += self._forget_damaged(id, ids)
                elif not ids.isdisjoint(documents_of(file.pack)):
                    changed += 1
                    left = without_documents(file.pack, ids)
                    if left is None:
                        self._unlink(self._path(id))
                    else:
                        self._write(id, _File(file.name, file.made, file.changed, left))
        return changed

    def forget_others(self, document_ids: Collection[str]) -> int:
        """As :meth:`forget`, of all documents but these: those that a library holds.

        For documents that were deleted while no one told this folder.
        """
        known = frozenset(document_ids)
        files = self._files().values()
        cited = {i for file in files if isinstance(file, _File) for i in documents_of(file.pack)}
        return self.forget(cited - known)

    # --- The folder -------------------------------------------------------------------------------

    def _path(self, id: str) -> Path:
        """The file of a pack; an id comes from a page, and is never a path."""
        if not isinstance(id, str) or not _ID.fullmatch(id):
            raise StudyError(
                f"{str(id)[:40]!r} is no id of a study pack",
                f"Không có tài liệu nào mang mã {str(id)[:40]!r}.",
            )
        return self.folder / f"{id}.json"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The folder, for one writer at a time."""
        lock = FileLock(self.folder / ".lock", timeout=_WAIT)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout:
            raise StudyError(
                f"{self.folder} is in use by another program; try again",
                "Thư mục lưu tài liệu đang được chương trình khác dùng; hãy thử lại.",
            ) from None
        except OSError as error:
            raise StudyError(
                f"{self.folder} can't be written: {error}",
                f"Không ghi được vào thư mục {self.folder}: {error}",
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _told(self) -> dict[str, KeptPack | StudyError]:
        """What a list says of each file; one that has not changed is not read again."""
        told: dict[str, KeptPack | StudyError] = {}
        for id in self._ids():
            try:
                stat = self._path(id).stat()
            except OSError:
                continue  # deleted meanwhile
            stamp = (stat.st_mtime_ns, stat.st_size)
            before = self._seen.get(id)
            if before is None or before[0] != stamp:
                try:
                    before = (stamp, _listed(id, self._read(id)))
                except StudyError as error:
                    before = (stamp, error)
                self._seen[id] = before
            told[id] = before[1]
        return told

    def _ids(self) -> Iterator[str]:
        return (p.stem for p in sorted(self.folder.glob("*.json")) if _ID.fullmatch(p.stem))

    def _files(self) -> dict[str, _File | StudyError]:
        """What each file holds, or what is wrong with it."""
        found: dict[str, _File | StudyError] = {}
        for id in self._ids():
            try:
                found[id] = self._read(id)
            except StudyError as error:
                if self._path(id).exists():  # it was not deleted meanwhile
                    found[id] = error
        return found

    def _read(self, id: str) -> _File:
        path = self._path(id)
        try:
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            raise _missing(id) from None
        except OSError as error:
            raise _unreadable(id, error) from error
        except (ValueError, RecursionError) as error:
            cause = StudyError(f"no JSON: {error}", "nội dung không còn nguyên vẹn")
            raise _damaged(id, cause) from error
        try:
            return _file(data)
        except StudyError as error:
            raise _damaged(id, error) from error

    def _write(self, id: str, file: _File) -> KeptPack:
        data = {
            "version": VERSION,
            "name": file.name,
            "made": file.made.isoformat(),
            "changed": file.changed.isoformat(),
            "pack": to_data(file.pack),
        }
        path = self._path(id)
        partial = self.folder / f".{id}-{secrets.token_hex(4)}{_PARTIAL}"
        try:
            durable.write(partial, json.dumps(data, ensure_ascii=False).encode())
            partial.replace(path)
            durable.sync_folder(self.folder)
        except (OSError, ValueError) as error:  # a lone surrogate can't be written
            partial.unlink(missing_ok=True)
            raise StudyError(
                f"the study pack {id} can't be written: {error}",
                f"Không lưu được tài liệu: {error}",
            ) from error
        return _listed(id, file)

    def _unlink(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StudyError(
                f"{path.name} can't be deleted: {error}",
                f"Không xóa được tệp {path.name}: {error}",
            ) from error

    def _sweep(self) -> None:
        """Delete what a write that was cut short has left; none is going on under the lock."""
        for path in self.folder.glob(f".*{_PARTIAL}"):
            self._unlink(path)

    def _forget_damaged(self, id: str, ids: frozenset[str]) -> int:
        path = self._path(id)
        try:
            named = set(_DOCUMENT_ID.findall(path.read_bytes()))
        except OSError as error:
            raise _unreadable(id, error) from error
        if named and named.isdisjoint(known.encode() for known in ids):
            return 0
        self._unlink(path)
        return 1


def _missing(id: str) -> StudyError:
    return StudyError(f"no study pack {id} is kept", "Tài liệu này không còn được lưu.")


def _unreadable(id: str, error: OSError) -> StudyError:
    return StudyError(
        f"the study pack {id} can't be read: {error}", f"Không đọc được tệp {id}.json: {error}"
    )


def _damaged(id: str, cause: StudyError) -> StudyError:
    return StudyError(
        f"the study pack {id} is damaged: {cause}",
        f"Tệp {id}.json đã hỏng: {cause.message('vi')}",
    )


def _file(data: Any) -> _File:
    if not isinstance(data, dict) or data.get("version") != VERSION:
        version = data.get("version") if isinstance(data, dict) else None
        raise StudyError(
            f"version is {version!r}, expected {VERSION}",
            f"phiên bản của tệp là {version!r}, chương trình này đọc phiên bản {VERSION}",
        )
    name = data.get("name")
    if not isinstance(name, str):
        raise StudyError("it has no name", "không có tên tài liệu")
    return _File(name, _time(data, "made"), _time(data, "changed"), from_data(data.get("pack")))


def _time(data: dict[str, Any], key: str) -> datetime:
    try:
        time = datetime.fromisoformat(data[key])
    except (KeyError, TypeError, ValueError):
        raise StudyError(
            f"{key} is no time: {data.get(key)!r}",
            f"«{key}» không phải là thời điểm: {data.get(key)!r}",
        ) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _listed(id: str, file: _File) -> KeptPack:
    counts = {part: len(file.pack.part(part).entries) for part in Part}
    return KeptPack(
        id=id,
        name=file.name or file.pack.title,
        title=file.pack.title,
        made=file.made,
        changed=file.changed,
        documents=file.pack.documents,
        counts={part: count for part, count in counts.items() if count},
    )


def _name(name: str) -> str:
    said = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in name).split())
    if len(said) > LONGEST_NAME:
        raise StudyError(
            f"a name of {len(said)} characters is too long; {LONGEST_NAME} fit",
            f"Tên dài {len(said)} ký tự; nhiều nhất {LONGEST_NAME} ký tự.",
        )
    return unicodedata.normalize("NFC", said)
