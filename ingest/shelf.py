"""Files of arrays derived from documents, made once and mapped into memory: a shelf of them.

Each file belongs to a few documents, which it names. It is written whole under another name and
renamed; its head carries the length and checksum of every part, so that one that was cut short or
damaged is found out and thrown away. Nothing on a shelf is more than time saved: all of it can be
made again from the store.

A file may hold words of its documents, so that a delete takes it from the disk before anything else
(:meth:`Shelf.drop`).
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import math
import mmap
import os
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from ingest import durable
from ingest.errors import LibraryError

log = logging.getLogger(__name__)

Array = NDArray[Any]

_MAGIC = b"tlkh-shelf\x01\n"
_HEAD = struct.Struct("<QI")  # length and checksum of the JSON that follows
_ALIGNED = 64  # bytes
_CHUNK = 1 << 20
_SUFFIX, _PARTIAL = ".shelf", ".part"


@dataclass(frozen=True, slots=True)
class Strings(Sequence[str]):
    """Strings one after the other in one array of UTF-8, decoded as they are asked for."""

    letters: NDArray[np.uint8]
    starts: NDArray[np.int64]  # one more than strings

    @classmethod
    def of(cls, strings: Sequence[str]) -> Strings:
        encoded = [string.encode("utf-8", "surrogatepass") for string in strings]
        starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(e) for e in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    @classmethod
    def joined(cls, pieces: Sequence[Strings]) -> Strings:
        """The strings of ``pieces``, one after the other."""
        sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(p.starts) for p in pieces)])
        letters = [piece.letters for piece in pieces] or [np.zeros(0, np.uint8)]
        return cls(np.concatenate(letters), np.cumsum(sizes))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Strings: ...
    def __getitem__(self, at: int | slice) -> str | Strings:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step != 1:
                raise ValueError("strings are cut in their order")
            starts = self.starts[start : max(start, stop) + 1]
            return Strings(self.letters[starts[0] : starts[-1]], starts - starts[0])
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        letters = self.letters[self.starts[at] : self.starts[at + 1]]
        return letters.tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        letters, starts = self.letters.tobytes(), self.starts.tolist()
        for start, end in itertools.pairwise(starts):
            yield letters[start:end].decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a file holds: the ids of its documents, notes of plain values, and arrays by name."""

    documents: tuple[str, ...]
    arrays: Mapping[str, Array]
    notes: Mapping[str, Any] = field(default_factory=dict)

    def strings(self, name: str) -> Strings:
        """The strings that :func:`with_strings` put under ``name``."""
        return Strings(self.arrays[f"{name}.letters"], self.arrays[f"{name}.starts"])


def with_strings(**named: Sequence[str]) -> dict[str, Array]:
    """The arrays in which :meth:`Parts.strings` finds these strings."""
    found: dict[str, Array] = {}
    for name, strings in named.items():
        packed = strings if isinstance(strings, Strings) else Strings.of(strings)
        found |= {f"{name}.letters": packed.letters, f"{name}.starts": packed.starts}
    return found


class Shelf:
    """The files of one folder. ``None`` as a folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def put(self, name: str, kind: str, version: str, parts: Parts) -> None:
        """Write a file; where that fails nothing is kept, and nothing is lost but time."""
        if self.folder is None:
            return
        path = self._path(name, kind)
        partial = path.with_name(path.name + _PARTIAL)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as stream:
                _write(stream, version, parts)
                durable.sync(stream)
            partial.replace(path)
        except OSError as error:
            log.warning("%s is not kept: %s", path, error)
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)

    def get(self, name: str, kind: str, version: str) -> Parts | None:
        """A file as it was put; None where there is none, or it is damaged or of another version.

        A file that can't be used is deleted.
        """
        if self.folder is None:
            return None
        path = self._path(name, kind)
        try:
            return _read(path, version)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.info("%s is made anew: %s", path, error)
            with contextlib.suppress(LibraryError):
                _erase(path)
            return None

    def names(self, kind: str) -> list[str]:
        """The names of the files of ``kind``, in order."""
        ending = f".{kind}{_SUFFIX}"
        return sorted(p.name.removesuffix(ending) for p in self._files() if p.name.endswith(ending))

    def keep_only(self, names: Collection[str]) -> None:
        """Delete every file of another name.

        Raises:
            LibraryError: one can't be deleted.
        """
        for path in self._files():
            if path.name.split(".")[0] not in names:
                _erase(path)

    def drop(self, documents: Collection[str]) -> None:
        """Delete every file that holds one of ``documents``, and what can't be read or was cut
        short.

        Raises:
            LibraryError: one can't be deleted.
        """
        gone = set(documents)
        for path in self._files():
            try:
                keeps = path.name.endswith(_SUFFIX) and gone.isdisjoint(_head(path)["documents"])
            except (OSError, ValueError, KeyError, TypeError):
                keeps = False
            if not keeps:
                _erase(path)

    def clear(self) -> None:
        """Delete every file.

        Raises:
            LibraryError: one can't be deleted.
        """
        for path in self._files():
            _erase(path)

    def sweep(self) -> None:
        """Delete what an interrupted :meth:`put` left."""
        for path in self._files():
            if path.name.endswith(_PARTIAL):
                with contextlib.suppress(LibraryError):
                    _erase(path)

    def _files(self) -> list[Path]:
        if self.folder is None or not self.folder.is_dir():
            return []
        return [p for p in self.folder.iterdir() if p.name.endswith((_SUFFIX, _PARTIAL))]

    def _path(self, name: str, kind: str) -> Path:
        assert self.folder is not None
        return self.folder / f"{name}.{kind}{_SUFFIX}"


def _write(stream: Any, version: str, parts: Parts) -> None:
    placed: dict[str, list[Any]] = {}
    at = 0
    for name, array in parts.arrays.items():
        raw = np.ascontiguousarray(array)
        sum_ = zlib.crc32(raw.data.cast("B")) if raw.size else 0
        placed[name] = [raw.dtype.str, list(raw.shape), at, raw.nbytes, sum_]
        at += -(-raw.nbytes // _ALIGNED) * _ALIGNED
    head = {
        "version": version,
        "documents": parts.documents,
        "notes": parts.notes,
        "arrays": placed,
        "length": at,
    }
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    text += b" " * (-(len(_MAGIC) + _HEAD.size + len(text)) % _ALIGNED)
    stream.write(_MAGIC + _HEAD.pack(len(text), zlib.crc32(text)) + text)
    for array in parts.arrays.values():
        raw = np.ascontiguousarray(array)
        if raw.size:
            stream.write(raw.data.cast("B"))
        stream.write(bytes(-raw.nbytes % _ALIGNED))


def _head(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return _head_of(stream)


def _head_of(stream: Any) -> dict[str, Any]:
    start = stream.read(len(_MAGIC) + _HEAD.size)
    if len(start) < len(_MAGIC) + _HEAD.size or not start.startswith(_MAGIC):
        raise ValueError("it is no file of a shelf")
    length, sum_ = _HEAD.unpack(start[len(_MAGIC) :])
    text = stream.read(length) if length < 1 << 32 else b""
    if len(text) != length or zlib.crc32(text) != sum_:
        raise ValueError("its head is damaged")
    return dict(json.loads(text.decode("utf-8", "surrogatepass")))


def _read(path: Path, version: str) -> Parts:
    with path.open("rb") as stream:
        head = _head_of(stream)
        if head["version"] != version:
            raise ValueError("another version of the program made it")
        start = stream.tell()
        if path.stat().st_size != start + head["length"]:
            raise ValueError("it was cut short")
        for name, (_, _, at, size, sum_) in head["arrays"].items():
            stream.seek(start + at)
            if _sum_of(stream, size) != sum_:
                raise ValueError(f"its {name} is damaged")
        mapped: Any
        if os.name == "nt":  # Windows deletes no file that is mapped, and a delete must delete it
            stream.seek(0)
            mapped = stream.read()
        else:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    arrays = {
        name: np.frombuffer(mapped, dtype, math.prod(shape), start + at).reshape(shape)
        if size
        else np.zeros(shape, dtype)
        for name, (dtype, shape, at, size, _) in head["arrays"].items()
    }
    return Parts(tuple(head["documents"]), arrays, head["notes"])


def _sum_of(stream: Any, size: int) -> int:
    """The checksum of the next ``size`` bytes, read through no mapping: read once, not held."""
    found = 0
    while size:
        chunk = stream.read(min(size, _CHUNK))
        if not chunk:
            return -1
        found, size = zlib.crc32(chunk, found), size - len(chunk)
    return found


def _erase(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{path} could not be deleted: {error}") from error
