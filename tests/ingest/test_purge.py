"""What is left in Chroma's files of what was removed: nothing, byte by byte."""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.pipeline import Library
from ingest.settings import Settings
from ingest.store import Store, purge

WORDS = "trồng cây đầu năm nhà văn hóa thôn họp bàn việc kế hoạch báo cáo kết quả".split()


def made(path: Path, seed: int) -> tuple[sqlite3.Connection, dict[int, str]]:
    """A database with cells of every kind of page, rows that run over several pages, and gaps."""
    chance = random.Random(seed)
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA page_size = {chance.choice((512, 1024, 4096, 65536))}")
    database.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, key TEXT, words TEXT)")
    database.execute("CREATE INDEX by_words ON kept (key, words)")
    database.execute("CREATE TABLE plain (key TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID")
    rows: dict[int, str] = {}
    for number in range(300):
        length = chance.choice((1, 20, 300, 3000))
        rows[number] = f"«{number}» " + " ".join(chance.choices(WORDS, k=length))
    for number, words in rows.items():
        database.execute("INSERT INTO kept VALUES (?, ?, ?)", (number, f"k{number % 7}", words))
        database.execute("INSERT INTO plain VALUES (?, ?)", (words[:50], words))
        if number % 50 == 0:
            database.commit()
    for number in chance.sample(sorted(rows), 150):
        words = rows.pop(number)
        database.execute("DELETE FROM kept WHERE id = ?", (number,))
        database.execute("DELETE FROM plain WHERE words = ?", (words,))
    database.commit()
    return database, rows


@pytest.mark.parametrize("seed", range(8))
def test_free_room_is_blank_and_the_rest_untouched(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.sqlite3"
    database, rows = made(path, seed)
    before = database.execute("SELECT * FROM kept").fetchall()
    database.close()
    assert any(f"«{n}» ".encode() in path.read_bytes() for n in range(300) if n not in rows)
    with path.open("r+b") as stream:
        purge._blank_free_room(stream)
    data = path.read_bytes()
    assert not [n for n in range(300) if n not in rows and f"«{n}» ".encode() in data]
    with sqlite3.connect(path) as again:
        assert again.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert again.execute("SELECT * FROM kept").fetchall() == before
        assert len(again.execute("SELECT * FROM plain").fetchall()) == len(rows)
    with path.open("r+b") as stream:
        purge._blank_free_room(stream)
    assert path.read_bytes() == data  # nothing was left to blank


def test_ends_of_long_rows_are_where_sqlite_has_them(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    database, _ = made(path, 3)
    size = database.execute("PRAGMA page_size").fetchone()[0]
    try:
        unused = database.execute(
            "SELECT pageno, unused FROM dbstat WHERE pagetype = 'overflow' AND unused > 0"
        ).fetchall()
    except sqlite3.OperationalError:
        pytest.skip("this SQLite was built without dbstat")
    database.close()
    with path.open("rb") as stream:
        free = np.zeros(path.stat().st_size // size, bool)
        ends = purge._overflow_ends(stream, size, size, free)
    assert len(unused) > 50 or size == 65536
    assert {page - 1: size - left for page, left in unused}.items() <= ends.items()


CUT_SHORT = """
import os, signal, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 1")  # pages are written before the transaction is done
database.execute("BEGIN")
for number in range(200):
    database.execute("UPDATE embeddings_queue SET metadata = ? || metadata", ("lục bình " * 900,))
    if os.path.getsize(sys.argv[1]) and number >= int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_write_that_was_cut_short_leaves_no_words(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name} " + " ".join(WORDS * 400), encoding="utf-8")
    with Library.open(settings) as library:
        library.add([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"])
        library.remove(*(d.id for d in library.documents() if d.name != "c.txt"))  # free pages
    file = settings.store_path / purge.DATABASE
    assert "lục bình".encode() not in file.read_bytes()
    ended = subprocess.run([sys.executable, "-c", CUT_SHORT, str(file), "0"], check=False)
    assert ended.returncode == -signal.SIGKILL
    with sqlite3.connect(file) as database:  # which undoes it
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert "lục bình".encode() in file.read_bytes(), "else this shows nothing"
    with Library.open(settings) as library:
        assert [d.name for d in library.documents()] == ["c.txt"]
    assert "lục bình".encode() not in file.read_bytes()


# Is killed at a named point. «… log»: Chroma's log has what is to be done, its tables have it not.
KILLED = """
import os, signal, sqlite3, sys
from contextlib import closing
from pathlib import Path

import numpy as np

from ingest.errors import LibraryError
from ingest.reading import read_document, found_in
from ingest.store import Store

path, file, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]


def stop_before(operation):
    with closing(sqlite3.connect(path / "chroma.sqlite3")) as database, database:
        database.execute(
            f"CREATE TRIGGER stopped BEFORE {operation} ON embeddings "
            "BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )


store = Store(path, sys.argv[4], int(sys.argv[5]))
passages = found_in(read_document(file), 120).passages
vectors = np.eye(len(passages), int(sys.argv[5]), dtype=np.float32)
if point.endswith("log"):
    stop_before("INSERT" if "adding" in point else "DELETE")
try:
    if "adding" in point:
        store.add_passages(passages, vectors)
    if "sweeping" in point:
        store.passages()
except LibraryError as error:
    assert "Failed to apply logs" in str(error), error
os.kill(os.getpid(), signal.SIGKILL)
"""


def killed(path: Path, file: Path, point: str, model: tuple[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(file), point, *model], check=False
    )
    assert ended.returncode == -signal.SIGKILL
    with contextlib.closing(sqlite3.connect(path / purge.DATABASE)) as database, database:
        database.execute("DROP TRIGGER IF EXISTS stopped")


def test_what_chroma_has_still_to_do_is_not_purged(tmp_path: Path) -> None:
    path, file = tmp_path / "chroma", tmp_path / "b.txt"
    file.write_text("lục bình " * 3000, encoding="utf-8")
    Store(path, "m", 40).close()
    killed(path, file, "adding log", ("m", "40"))
    purge.purge(path)  # as of a server that is stopped
    with contextlib.closing(Store(path, "m", 40)) as store:
        words = store._passages.get()["documents"]
        assert "".join(words) == "lục bình " * 2999 + "lục bình"


@pytest.mark.parametrize(
    "points",
    [
        ["adding"],
        ["adding log"],
        ["adding", "sweeping log"],
        ["adding log", "sweeping log", "opening"],
        ["adding", "sweeping log", "adding log", "sweeping log"],
    ],
    ids=", ".join,
)
def test_no_kill_after_another_leaves_words(tmp_path: Path, points: list[str]) -> None:
    settings = Settings(home=tmp_path / "home")
    for name, words in (("a", "bèo tây"), ("b", "lục bình")):
        (tmp_path / f"{name}.txt").write_text(f"{words} " * 3000, encoding="utf-8")
    with Library.open(settings) as library:
        library.add([tmp_path / "a.txt"])
        before = library.documents(), library.passages()
        model = library.embeddings.name, str(library.embeddings.dimension)
    file = settings.store_path / purge.DATABASE
    for point in points:
        killed(settings.store_path, tmp_path / "b.txt", point, model)
    if points[-1] != "opening":
        assert "lục bình".encode() in file.read_bytes(), "else this shows nothing"
    with Library.open(settings) as library:
        assert (library.documents(), library.passages()) == before
        for found in settings.home.rglob("*"):
            assert not found.is_file() or "lục bình".encode() not in found.read_bytes(), found
