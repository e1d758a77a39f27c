"""Whether the files of an embedded Chroma are whole, found out before Chroma opens them.

Chroma writes its vector indexes (hnswlib) over the old ones, in five files, without waiting for the
disk; and it drops from its log what it has written. A program that is killed, or a disk that fills
up, in the middle of that leaves files of which Chroma says nothing and finds too little, or which
make it crash: what hnswlib reads it takes for numbers of places in memory. SQLite's file, which has
all the words, is safe from that. So what can be checked by itself is checked on every opening that
does not find the files as a closing left them.
"""

from __future__ import annotations

import io
import json
import pickle
import shutil
import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import durable
from ingest.store.purge import DATABASE

_LEFT = "left.json"  # what the files were like when the store was closed

_HEADER = struct.Struct("<iQQQQQQiIQQQdQ")  # of hnswlib's saveIndex, version 1
_DELETE = 3  # the operation in Chroma's log
_LABEL, _LINK = 8, 4  # bytes
_UNLOADABLE = (OSError, struct.error, ValueError, IndexError, TypeError)  # of files that are none


class Unsound(Exception):
    """The files contradict each other, or themselves; it says where."""


def leave(path: Path) -> None:
    """Have the files at ``path`` on the disk, and note what they are like.

    Raises:
        OSError: they can't be written.
    """
    if not is_as_left(path):
        durable.sync_tree(path)
        durable.write(path / _LEFT, json.dumps(_state(path)).encode())


def is_as_left(path: Path) -> bool:
    """Whether the files at ``path`` are as :func:`leave` noted, by their sizes and times."""
    try:
        return bool(json.loads((path / _LEFT).read_bytes()) == _state(path))
    except (OSError, ValueError):
        return False


def _state(path: Path) -> list[list[object]]:
    files = sorted(p for p in path.rglob("*") if p.is_file() and p.name != _LEFT)
    found = [(p.relative_to(path).as_posix(), p.stat()) for p in files]
    return [[name, stat.st_size, stat.st_mtime_ns] for name, stat in found]


def check(path: Path, *, indexes: bool = True) -> None:
    """Whether the files at ``path`` are whole, where they are not as they were left.

    Raises:
        Unsound: they are not.
        sqlite3.Error: the database can't be read.
    """
    if not is_as_left(path):
        check_database(path)
        if indexes:
            check_indexes(path)


def check_database(path: Path) -> None:
    """Whether SQLite finds its file at ``path`` in order, and every word of the records again in
    its index of them. What a process that was killed left half written there, SQLite undoes.

    Raises:
        Unsound: it is damaged.
        sqlite3.OperationalError: it can't be read, or written where something is to be undone.
    """
    file = path / DATABASE
    if not file.exists():
        if any(path.glob("*/header.bin")):
            raise Unsound(f"{DATABASE} is missing")
        return
    try:
        with closing(sqlite3.connect(file, timeout=30)) as database:
            if (found := database.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise Unsound(f"{DATABASE}: {found}")
    except sqlite3.OperationalError as error:
        if "malformed" in str(error) or "disk I/O" in str(error):
            raise Unsound(f"{DATABASE}: {error}") from error
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise Unsound(f"{DATABASE}: {error}") from error


def delete_unloadable(path: Path) -> None:
    """Delete the vector indexes at ``path`` that can't be loaded: Chroma loads a collection's index
    to read its records, and fails or crashes. The records themselves are in the database. Until
    the indexes are made anew, :func:`check` finds that they lack vectors.

    Raises:
        sqlite3.Error, OSError: the files can't be read or written.
    """
    if is_as_left(path) or not (path / DATABASE).exists():
        return
    with closing(sqlite3.connect(path / DATABASE, timeout=30)) as database:
        found = database.execute("SELECT id FROM segments WHERE scope = 'VECTOR'").fetchall()
    for (segment,) in found:
        try:
            _persisted(path / segment)
        except _UNLOADABLE:
            shutil.rmtree(path / segment)


def check_indexes(path: Path) -> None:
    """Whether each vector index at ``path`` can be loaded and, with Chroma's log, has a vector for
    every record.

    Raises:
        Unsound: one can't, or has not.
        sqlite3.Error: the database can't be read.
    """
    if not (path / DATABASE).exists():
        return
    with closing(sqlite3.connect(path / DATABASE, timeout=30)) as database:
        segments = database.execute(
            "SELECT vectors.id, vectors.collection, records.id FROM segments AS vectors "
            "JOIN segments AS records ON records.collection = vectors.collection "
            "WHERE vectors.scope = 'VECTOR' AND records.scope = 'METADATA'"
        ).fetchall()
        for vectors, collection, records in segments:
            try:
                labels = _persisted(path / vectors)
            except _UNLOADABLE as error:
                raise Unsound(f"the vector index {vectors}: {error}") from error
            indexed = _replayed(database, set(labels), vectors, collection)
            stored = {
                identity
                for (identity,) in database.execute(
                    "SELECT embedding_id FROM embeddings WHERE segment_id = ?", (records,)
                )
            }
            # A write that is in the log alone is one that Chroma has still to apply to both.
            stored = _replayed(database, stored, records, collection)
            if indexed != stored:
                raise Unsound(
                    f"the vector index {vectors} lacks {len(stored - indexed)} of {len(stored)} "
                    f"records and has {len(indexed - stored)} too many"
                )


def _replayed(
    database: sqlite3.Connection, ids: set[str], segment: str, collection: str
) -> set[str]:
    """``ids`` after what the log has for a segment since it was saved."""
    found = database.execute("SELECT seq_id FROM max_seq_id WHERE segment_id = ?", (segment,))
    (since,) = found.fetchone() or (0,)
    log = database.execute(
        "SELECT operation, id FROM embeddings_queue WHERE seq_id > ? AND topic LIKE ? "
        "ORDER BY seq_id",
        (since, f"%{collection}"),
    )
    for operation, identity in log:
        if operation == _DELETE:
            ids.discard(identity)
        else:
            ids.add(identity)
    return ids


def _persisted(folder: Path) -> dict[str, int]:
    """The ids that the saved index in ``folder`` has vectors for, with their labels.

    Raises:
        ValueError: its files contradict each other.
    """
    metadata = folder / "index_metadata.pickle"
    labels: dict[str, int] = {}
    if metadata.exists():
        labels = _read_plain(metadata.read_bytes())["id_to_label"]
    if not folder.exists() and not labels:
        return {}
    graph = _Graph.read(folder)
    found = set(graph.labels[~graph.deleted].tolist())
    if found != set(labels.values()):
        raise ValueError(f"it names {len(labels)} vectors and holds {len(found)}")
    return labels


def _read_plain(data: bytes) -> dict[str, Any]:
    """A pickle of plain values, such as Chroma keeps; one that asks for more is refused."""
    try:
        found = _Plain(io.BytesIO(data)).load()
    except Exception as error:  # whatever a damaged pickle makes of itself
        raise ValueError(f"index_metadata.pickle: {error}") from error
    if not isinstance(found, dict) or not isinstance(found.get("id_to_label"), dict):
        raise ValueError("index_metadata.pickle holds something else")
    return found


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


@dataclass(frozen=True, slots=True)
class _Graph:
    """What hnswlib saved: labels of the vectors, and which of them are deleted."""

    labels: NDArray[np.uint64]
    deleted: NDArray[np.bool_]

    @classmethod
    def read(cls, folder: Path) -> _Graph:
        """Read and check the files of an index.

        Raises:
            OSError, ValueError: a file is missing, cut short, or names places that there are not.
        """
        head = (folder / "header.bin").read_bytes()
        if len(head) != _HEADER.size:
            raise ValueError("header.bin is cut short")
        (
            version, _, room, count, size, at_label, at_vector, top, entry, most, most_below, *_,
        ) = _HEADER.unpack(head)  # fmt: skip
        if version != 1:  # of a Chroma to come: it must know its own files
            return cls(np.zeros(0, np.uint64), np.zeros(0, bool))
        if (
            count > room
            or size != at_label + _LABEL
            or at_vector != _LINK * (most_below + 1)
            or not at_vector < at_label
            or most_below > 4096
            or size > 1 << 20
        ):
            raise ValueError("header.bin holds impossible numbers")
        if count and not (entry < count and 0 <= top < 100):
            raise ValueError("header.bin names a start that there is not")
        raw = (folder / "data_level0.bin").read_bytes()
        if len(raw) not in (count * size, room * size):
            raise ValueError(f"data_level0.bin has {len(raw)} bytes, not {count * size}")
        if (folder / "length.bin").stat().st_size not in (count * 4, room * 4):
            raise ValueError("length.bin is cut short")
        rows = np.frombuffer(raw, np.uint8, count * size).reshape(count, size)
        links = np.ascontiguousarray(rows[:, :at_vector]).view("<u4")
        _check_links(links[:, 0] & 0xFFFF, links[:, 1:], count)
        vectors = np.ascontiguousarray(rows[:, at_vector:at_label]).view("<f4")
        if not np.isfinite(vectors).all():
            raise ValueError("data_level0.bin holds vectors that are none")
        levels = _check_upper(folder / "link_lists.bin", count, most)
        if count and levels[entry] != top:
            raise ValueError("header.bin names a start on another level")
        deleted = (rows[:, 2] & 1).astype(bool)
        return cls(np.ascontiguousarray(rows[:, at_label:]).view("<u8")[:, 0], deleted)


def _check_links(lengths: NDArray[Any], links: NDArray[Any], count: int) -> None:
    if (lengths > links.shape[1]).any():
        raise ValueError("data_level0.bin holds impossible numbers of links")
    in_use = np.arange(links.shape[1]) < lengths[:, None]
    if (links[in_use] >= count).any():
        raise ValueError("data_level0.bin links to vectors that there are not")


def _check_upper(file: Path, count: int, most: int) -> list[int]:
    """The level of each vector; of those above the lowest the links are checked."""
    raw = file.read_bytes()
    each = _LINK * (most + 1)
    levels: list[int] = []
    upper: list[tuple[int, int, tuple[int, ...]]] = []  # level, vector, its links
    at = 0
    for vector in range(count):
        (length,) = struct.unpack_from("<I", raw, at)
        at += 4
        if length % each or length > len(raw) - at:
            raise ValueError("link_lists.bin is damaged")
        levels.append(length // each)
        for level in range(1, length // each + 1):
            (links,) = struct.unpack_from("<H", raw, at)
            if links > most:
                raise ValueError("link_lists.bin holds impossible numbers of links")
            upper.append((level, vector, struct.unpack_from(f"<{links}I", raw, at + 4)))
            at += each
    if count and at != len(raw):
        raise ValueError("link_lists.bin is too long")
    for level, _, links in upper:
        if any(link >= count or levels[link] < level for link in links):
            raise ValueError("link_lists.bin links to vectors that there are not")
    return levels
