"""What a program that was ended in the middle leaves, and what the next opening makes of it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import originals
from ingest.errors import DamagedStore, LibraryError
from ingest.pipeline import Library, read_document, rebuild
from ingest.pipeline.judged import FILE_NAME, blank_judgements
from ingest.pipeline.room import SPARE, check_room, size_of
from ingest.settings import Settings
from ingest.store import Store, purge

ROOT = Path(__file__).parents[2]
TEXTS = {
    "a.txt": "Đảng ủy xã họp bàn việc trồng cây đầu năm tại nhà văn hóa thôn Đoài.",
    "b.txt": "Đoàn Thanh niên ra quân dọn vệ sinh bờ mương vào sáng thứ bảy.",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


def filled(settings: Settings, files: list[Path]) -> dict[str, str]:
    with Library.open(settings) as library:
        return {d.name: d.id for d in library.add(files).added}


def names(settings: Settings) -> list[str]:
    with Library.open(settings) as library:
        return [d.name for d in library.documents()]


def holds(home: Path, text: str) -> list[Path]:
    wanted = (text.encode(), text.encode("utf-16-le"))
    return [p for p in home.rglob("*") if p.is_file() and any(w in p.read_bytes() for w in wanted)]


def test_a_removal_that_was_begun_is_finished(settings: Settings, files: list[Path]) -> None:
    ids = filled(settings, files)
    originals.set_aside(settings, [ids["a.txt"]])  # and here it was killed
    assert names(settings) == ["b.txt"]
    assert not holds(settings.home, "trồng cây đầu năm")
    assert originals.to_remove(settings) == ()


def test_a_removal_is_not_undone_by_a_rebuild(settings: Settings, files: list[Path]) -> None:
    ids = filled(settings, files)
    originals.set_aside(settings, [ids["a.txt"]])
    assert [d.name for d in rebuild(settings).added] == ["b.txt"]
    assert names(settings) == ["b.txt"]
    assert not holds(settings.home, "trồng cây đầu năm")


def test_a_purge_that_was_cut_short_is_done_again(settings: Settings, files: list[Path]) -> None:
    ids = filled(settings, files)
    with Library.open(settings) as library:
        store = library._store
        purge.owe(settings.store_path)
        originals.set_aside(settings, [ids["a.txt"]])
        store._documents.delete(ids=[ids["a.txt"]])
        for collection in (store._passages, store._obligations):
            collection.delete(where={"document_id": ids["a.txt"]})
    originals.finish_removals(settings)  # an older version did so before anything else
    assert holds(settings.home, "trồng cây đầu năm")
    assert names(settings) == ["b.txt"]
    assert not holds(settings.home, "trồng cây đầu năm")
    assert not purge.owed(settings.store_path)


@pytest.mark.parametrize("marked", [True, False])
def test_an_adding_is_finished_or_leaves_nothing(
    settings: Settings, files: list[Path], marked: bool
) -> None:
    ids = filled(settings, files[1:] if not marked else files)
    document = read_document(files[0])
    if marked:  # killed between the mark and the original's last place
        place = settings.originals_path / document.id
        (settings.originals_path / ".adding").mkdir(exist_ok=True)
        place.rename(settings.originals_path / ".adding" / document.id)
    else:
        originals.keep(settings, document, files[0].read_bytes())
    with Library.open(settings) as library:
        assert [d.name for d in library.documents()] == sorted(ids)
        if marked:
            assert library.original(document.id) == ("a.txt", files[0].read_bytes())
    assert len(holds(settings.originals_path, TEXTS["a.txt"])) == marked
    assert [d.name for d in rebuild(settings).added] == sorted(ids)


def test_kept_files_without_a_document_are_told_of(settings: Settings, files: list[Path]) -> None:
    filled(settings, files)
    shutil.rmtree(settings.store_path)
    with pytest.raises(DamagedStore, match="2 documents are missing") as told:
        Library.open(settings)
    assert str(settings.store_path) in told.value.message("vi")
    assert "ingest rebuild" in told.value.message("vi")
    assert len(rebuild(settings).added) == 2
    assert names(settings) == ["a.txt", "b.txt"]


def test_a_rebuild_that_was_cut_short_leaves_nothing(settings: Settings, files: list[Path]) -> None:
    filled(settings, files)
    shutil.copytree(settings.store_path, settings.home / "chroma.new")
    assert names(settings) == ["a.txt", "b.txt"]
    assert not (settings.home / "chroma.new").exists()


def test_a_damaged_store_that_was_put_away_goes_with_the_next_removal(
    settings: Settings, files: list[Path]
) -> None:
    ids = filled(settings, files)
    shutil.copytree(settings.store_path, settings.home / "chroma.damaged-1")
    with Library.open(settings) as library:
        library.remove(ids["a.txt"])
    assert not holds(settings.home, "trồng cây đầu năm")
    assert not (settings.home / "chroma.damaged-1").exists()


def test_a_changed_original_is_not_taken_for_the_document(
    settings: Settings, files: list[Path]
) -> None:
    ids = filled(settings, files)
    (settings.originals_path / ids["a.txt"] / "a.txt").write_text("Nội dung khác hẳn.")
    summary = rebuild(settings)
    assert [e.name for e in summary.failed] == ["a.txt"]
    with Library.open(settings) as library:
        assert library.document(ids["a.txt"]).text == TEXTS["a.txt"]


@pytest.mark.parametrize("lost", ["header.bin", "data_level0.bin", "link_lists.bin", "length.bin"])
def test_a_vector_index_that_lost_a_file_is_made_anew(
    settings: Settings, files: list[Path], lost: str
) -> None:
    filled(settings, files)
    with Library.open(settings) as library:
        before = library.documents(), library.passages(), library.obligations()
    for path in settings.store_path.glob(f"*/{lost}"):
        path.unlink()
    with pytest.raises(DamagedStore):
        Store(settings.store_path, "", 0, any_model=True)
    with Library.open(settings) as library:
        assert (library.documents(), library.passages(), library.obligations()) == before
        vector = library.embeddings.embed_query("trồng cây")
        assert len(library.nearest(vector, 5)) == 2


@pytest.mark.parametrize("file", ["header.bin", "index_metadata.pickle"])
def test_the_index_of_so_many_documents_that_chroma_loads_it(
    settings: Settings, files: list[Path], file: str
) -> None:
    """Chroma saves an index from a thousand records on, and can't read any where it is damaged."""
    document = read_document(files[0])
    many = [replace(document, id=f"{n:064x}", name=f"{n}.txt") for n in range(1010)]
    store = Store(settings.store_path, "m", 2)
    store.add(many, [], np.zeros((0, 2), np.float32))
    store.close()
    (damaged,) = (
        p for p in settings.store_path.glob("*") if (p / "index_metadata.pickle").exists()
    )
    (damaged / file).write_bytes(bytes(100))
    with pytest.raises(DamagedStore):
        Store(settings.store_path, "m", 2)
    with contextlib.closing(Store(settings.store_path, "m", 2, trusting=True)) as store:
        assert {d.id for d in store.documents()} == {d.id for d in many}
    with pytest.raises(DamagedStore):  # until it is made anew
        Store(settings.store_path, "m", 2)


def test_an_index_that_lacks_vectors_is_made_anew(settings: Settings, files: list[Path]) -> None:
    filled(settings, files)
    with sqlite3.connect(settings.store_path / "chroma.sqlite3") as database:
        database.execute("DELETE FROM embeddings_queue")  # saved by Chroma, says its log
    with Library.open(settings) as library:
        vector = library.embeddings.embed_query("trồng cây")
        assert len(library.nearest(vector, 5)) == 2


def test_judgements_that_quote_a_document_go_with_it(settings: Settings, files: list[Path]) -> None:
    ids = filled(settings, files)
    rows = [
        {"answer": text, "citations": [{"document": name, "quote": text[10:40]}]}
        for name, text in TEXTS.items()
    ]
    path = settings.home / FILE_NAME
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, lines[0][:60], lines[1], ""]), encoding="utf-8")
    size = path.stat().st_size
    with Library.open(settings) as library:
        library.remove(ids["a.txt"])
    assert path.stat().st_size == size
    left = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert left == [lines[1], lines[1]]
    blank_judgements(settings, [])
    assert not holds(settings.home, "trồng cây đầu năm")


def test_the_message_names_the_process_that_holds_the_library(settings: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.pipeline import Library; "
        "from ingest.settings import Settings; held = Library.open(Settings(home=Path(sys.argv[1]))); "
        "print('open', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(settings.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"open"
    try:
        with pytest.raises(LibraryError) as told:
            Library.open(settings)
        for language, word in (("en", "process"), ("vi", "tiến trình")):
            assert f"{word} {holder.pid}, " in told.value.message(language)
            assert str(settings.home) in told.value.message(language)
        commands = (["list"], ["remove", "x"], ["rebuild"], ["add", __file__])
        for command in commands:
            done = subprocess.run(
                [sys.executable, "-m", "ingest", *command],
                capture_output=True,
                text=True,
                cwd=ROOT,
                env=os.environ | {"ASSISTANT_HOME": str(settings.home)},
                check=False,
            )
            assert (done.returncode, done.stdout) == (2, "")
            assert f"process {holder.pid}" in done.stderr
            assert done.stderr.count("\n") == 1
    finally:
        holder.kill()
        holder.communicate()
    Library.open(settings).close()  # a lock outlives nobody


def test_room_is_asked_for(settings: Settings, tmp_path: Path, files: list[Path]) -> None:
    settings.home.mkdir()
    check_room(settings, 0)
    free = shutil.disk_usage(settings.home).free
    with pytest.raises(LibraryError, match="too full") as told:
        check_room(settings, 2 * free - SPARE)
    assert "sắp đầy" in told.value.message("vi")
    assert size_of([files[0].parent]) == size_of(files) == sum(p.stat().st_size for p in files)
