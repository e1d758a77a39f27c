"""Taking the words of removed records out of the files of an embedded Chroma.

SQLite keeps the bytes of what is deleted until it needs their room, and Chroma keeps every write in
a log (``embeddings_queue``) until its vector index is next saved, which ``chroma vacuum`` waits for
too (chroma-core/chroma#7659). So the words of records that are gone are blanked in the log, which
needs the vectors alone, and all room of the file that holds nothing is written over. That reads the
file once and writes the few pages that changed; ``VACUUM`` writes all of it anew, in ten times the
time, and needs as much room again on a disk that may be full.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ingest import durable

DATABASE = "chroma.sqlite3"
_OWED = "unpurged"  # a file: records are being removed, and their words may still be there
_CHUNK = 1 << 23  # bytes that are looked at together
_FEW = 2048  # pages
_BTREE = (2, 5, 10, 13)  # first byte of a page that holds cells; the first two have a longer head
_OVERFLOW_PAGES = 1 << 24  # from here on an overflow page can begin with such a byte too


def owe(path: Path) -> None:
    """Note in the store at ``path`` that a purge is due, whatever comes between."""
    if not owed(path):
        durable.write(path / _OWED, b"")
        durable.sync_folder(path)


def owed(path: Path) -> bool:
    """Whether a removal was cut short before its purge was done."""
    return (path / _OWED).exists()


def holds_words(path: Path) -> bool:
    """Whether there is a store at ``path`` yet."""
    return (path / DATABASE).exists()


def delete_exactly(path: Path) -> None:
    """Have full-text search drop the letters of what is deleted at once, and not when it next
    tidies up (sqlite.org/fts5.html#the_secure_delete_configuration_option). Said to its table of
    settings, since Python's own SQLite may be too old to know the command; Chroma's knows it."""
    with contextlib.closing(sqlite3.connect(path / DATABASE, timeout=30)) as database, database:
        table = "embedding_fulltext_search_config"
        known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        if (
            known
            and not database.execute(
                "SELECT 1 FROM embedding_fulltext_search_config WHERE k = 'secure-delete'"
            ).fetchone()
        ):
            database.execute(
                "INSERT INTO embedding_fulltext_search_config VALUES ('secure-delete', 1)"
            )


def purge(path: Path) -> None:
    """Take the words of deleted records out of Chroma's files in ``path``.

    What its log has and its tables lack stays: Chroma is still to do it, and words go only when it
    has.

    Nothing else may read or write them meanwhile: SQLite's file locks hold between processes, but
    Python's SQLite and Chroma's own, in one process, do not see each other's.

    Raises:
        sqlite3.Error, OSError: the files can't be read or written.
    """
    file = path / DATABASE
    with contextlib.closing(sqlite3.connect(file, timeout=30)) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute(
            "UPDATE embeddings_queue AS log SET metadata = NULL WHERE metadata IS NOT NULL "
            "AND id NOT IN (SELECT embedding_id FROM embeddings) AND NOT EXISTS ("
            "SELECT 1 FROM segments LEFT JOIN max_seq_id ON segment_id = segments.id "
            "WHERE scope = 'METADATA' AND log.topic LIKE '%' || segments.collection "
            "AND log.seq_id > coalesce(max_seq_id.seq_id, 0))"
        )
        database.commit()
        if _is_mostly_free(database):  # little to write anew, and much room to give back
            with contextlib.suppress(sqlite3.OperationalError):  # no room on the disk for that
                database.execute("VACUUM")
    with file.open("r+b") as stream:
        _blank_free_room(stream)
        durable.sync(stream)
    # Chroma holds pages as they were; a change of the file's counter has it read them anew, so
    # that it doesn't write back what was blanked.
    with contextlib.closing(sqlite3.connect(file, timeout=30)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {(version + 1) % 2**31}")
        database.commit()
    blank_unused(path)
    (path / _OWED).unlink(missing_ok=True)


def _is_mostly_free(database: sqlite3.Connection) -> bool:
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    (free,) = database.execute("PRAGMA freelist_count").fetchone()
    return pages >= _OVERFLOW_PAGES or (free > pages / 2 and free > _FEW)


def _blank_free_room(stream: BinaryIO) -> None:
    """Write zeros over every byte of a SQLite file that stands for nothing: free pages, the room
    between the cells of a page, that of deleted cells, and behind the end of what runs over several
    pages (sqlite.org/fileformat2.html#b_tree_pages has the layout). What is in use is not touched,
    so that an interruption does no harm."""
    head = stream.read(100)
    (size,) = struct.unpack_from(">H", head, 16)
    size = 65536 if size == 1 else size
    count = stream.seek(0, os.SEEK_END) // size
    free, used = _freelist(stream, head, size, count)
    used |= _overflow_ends(stream, size, size - head[20], free)
    only = np.array(sorted(used), np.int64)
    columns = np.arange(size)
    for first, pages in _chunks(stream, size):
        start, end, blocks = _unused(pages, free[first : first + len(pages)], first == 0)
        for page in only[(only >= first) & (only < first + len(pages))].tolist():
            start[page - first], end[page - first] = used[page], size
        unused = (columns >= start[:, None]) & (columns < end[:, None]) & (pages != 0)
        changed = unused.any(axis=1)
        pages[unused] = 0
        for row in np.flatnonzero(blocks):
            for at, length in _freeblocks(pages[row], int(blocks[row])):
                if pages[row, at + 4 : at + length].any():
                    pages[row, at + 4 : at + length] = 0
                    changed[row] = True
        for row in np.flatnonzero(changed):
            stream.seek((first + int(row)) * size)
            stream.write(pages[row].tobytes())


def _chunks(stream: BinaryIO, size: int) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """The pages of the file in parts: the index of the first one, and their bytes (pages, size)."""
    first, together = 0, _CHUNK // size
    while True:
        stream.seek(first * size)
        raw = stream.read(together * size)
        pages = np.frombuffer(bytearray(raw[: len(raw) // size * size]), np.uint8)
        if not len(pages):
            return
        yield first, pages.reshape(-1, size)
        first += together


def _overflow_ends(
    stream: BinaryIO, size: int, usable: int, free: NDArray[np.bool_]
) -> dict[int, int]:
    """Of each page that ends what is too long for one page, how many of its bytes are in use."""
    following: list[NDArray[np.int64]] = []
    begins: list[NDArray[np.int64]] = []
    rests: list[NDArray[np.int64]] = []
    for first, pages in _chunks(stream, size):
        following.append(_big_endian(pages, np.arange(len(pages)), np.zeros(len(pages), int), 4))
        begin, rest = _overflowing(pages, free[first : first + len(pages)], first == 0, usable)
        begins.append(begin)
        rests.append(rest)
    chain, page, rest = map(np.concatenate, (following, begins, rests))
    ends: dict[int, int] = {}
    each = usable - 4
    while len(page):
        good = (page > 0) & (page <= len(chain))
        page, rest = page[good], rest[good]
        last = rest <= each
        ends |= dict(zip((page[last] - 1).tolist(), (4 + rest[last]).tolist(), strict=True))
        page, rest = chain[page[~last] - 1], rest[~last] - each
    return ends


def _overflowing(
    pages: NDArray[np.uint8], free: NDArray[np.bool_], with_head: bool, usable: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of the cells that don't fit their page: on which page each goes on, with how many bytes."""
    at = np.zeros(len(pages), np.int64)
    if with_head:
        at[0] = 100
    rows = np.arange(len(pages))
    kind = pages[rows, at]
    cells = np.where(np.isin(kind, (2, 10, 13)) & ~free, _big_endian(pages, rows, at + 3, 2), 0)
    cells[cells > pages.shape[1] // 4] = 0
    row = np.repeat(rows, cells)
    number = np.arange(len(row)) - np.repeat(np.cumsum(cells) - cells, cells)
    place = _big_endian(pages, row, at[row] + np.where(kind[row] == 2, 12, 8) + 2 * number, 2)
    place += np.where(kind[row] == 2, 4, 0)  # the page below comes first
    good = place <= pages.shape[1] - 18
    row, place = row[good], place[good]
    leaf = kind[row] == 13
    length, place = _varint(pages, row, place)
    _, after_id = _varint(pages, row[leaf], place[leaf])
    place[leaf] = after_id
    most = np.where(leaf, usable - 35, (usable - 12) * 64 // 255 - 23)
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = np.where(here <= most, here, least)
    over = (length > most) & (place + here + 4 <= pages.shape[1])
    row, place, here, length = row[over], place[over], here[over], length[over]
    return _big_endian(pages, row, place + here, 4), length - here


def _varint(
    pages: NDArray[np.uint8], row: NDArray[np.int64], place: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """SQLite's numbers of one to nine bytes, and the places behind them."""
    value = np.zeros(len(row), np.int64)
    goes_on = np.ones(len(row), bool)
    place = place.copy()
    for nth in range(9):
        byte = pages[row, np.minimum(place, pages.shape[1] - 1)].astype(np.int64)
        bits = 8 if nth == 8 else 7
        value = np.where(goes_on, (value << bits) | (byte & (2**bits - 1)), value)
        place += goes_on
        goes_on &= byte >= 128
        if not goes_on.any():
            break
    return value, place


def _big_endian(
    pages: NDArray[np.uint8], row: NDArray[np.int64], place: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    value = np.zeros(len(row), np.int64)
    for nth in range(size):
        value = value * 256 + pages[row, np.minimum(place + nth, pages.shape[1] - 1)]
    return value


def _freelist(
    stream: BinaryIO, head: bytes, size: int, count: int
) -> tuple[NDArray[np.bool_], dict[int, int]]:
    """Which pages are free, and of the pages that list them how many bytes the list takes."""
    free = np.zeros(count, bool)
    trunks: dict[int, int] = {}
    (trunk,) = struct.unpack_from(">I", head, 32)
    while 0 < trunk <= count and trunk - 1 not in trunks:
        stream.seek((trunk - 1) * size)
        page = stream.read(size)
        following, leaves = struct.unpack_from(">II", page)
        leaves = min(leaves, size // 4 - 2)
        listed = np.frombuffer(page, ">u4", leaves, 8).astype(np.int64)
        free[listed[(listed > 1) & (listed <= count)] - 1] = True
        trunks[trunk - 1] = 8 + 4 * leaves
        trunk = following
    return free, trunks


def _unused(
    pages: NDArray[np.uint8], free: NDArray[np.bool_], with_head: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of each page where its unused room starts and ends, and its first deleted cell (0: none)."""
    size, rows = pages.shape[1], np.arange(len(pages))
    at = np.zeros(len(pages), np.int64)
    if with_head:
        at[0] = 100  # the head of the file

    kind = pages[rows, at]
    cells = np.isin(kind, _BTREE) & ~free
    start = at + np.where(kind <= 5, 12, 8) + 2 * _big_endian(pages, rows, at + 3, 2)
    end = _big_endian(pages, rows, at + 5, 2)
    end[end == 0] = 65536
    sound = cells & (start <= end) & (end <= size)
    start = np.where(sound, start, 0)
    end = np.where(sound, end, np.where(free, size, 0))
    return start, end, np.where(sound, _big_endian(pages, rows, at + 1, 2), 0)


def _freeblocks(page: NDArray[np.uint8], at: int) -> Iterator[tuple[int, int]]:
    """(place, length) of the deleted cells of a page, whose first four bytes are in use."""
    while 0 < at <= len(page) - 4:
        following, length = struct.unpack(">HH", page[at : at + 4].tobytes())
        yield at, min(length, len(page) - at)
        at = following if following > at else 0


def blank_unused(path: Path) -> None:
    """Blank the room for further vectors in the files of the vector indexes in ``path``.

    hnswlib saves that room as it finds it in memory, so that words which Chroma held there a moment
    before can stand in it.
    """
    for header in path.glob("*/header.bin"):
        _blank_unused(header)


def _blank_unused(header: Path) -> None:
    """The header's numbers: version, offset, room, vectors, bytes a vector."""
    raw = header.read_bytes()[:36]
    if len(raw) < 36:
        return
    version, _, room, used, size = struct.unpack("<iQQQQ", raw)
    for name, bytes_each in (("data_level0.bin", size), ("length.bin", 4)):
        file = header.with_name(name)
        if (
            version == 1
            and used < room
            and file.is_file()
            and file.stat().st_size == room * bytes_each
        ):
            with file.open("r+b") as stream:
                stream.seek(used * bytes_each)
                unused = (room - used) * bytes_each
                if any(stream.read(unused)):
                    stream.seek(used * bytes_each)
                    stream.write(bytes(unused))
