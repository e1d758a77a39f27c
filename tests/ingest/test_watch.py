"""A library that keeps in step with a folder: real files, a real library."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import IngestError, LibraryError
from ingest.pipeline import Library, Progress
from ingest.records import Corrections
from ingest.settings import Settings
from ingest.watch import Change, Watch, follow
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
LONG_AGO = 1_600_000_000  # seconds: written when nobody looked


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", jobs=1)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kế hoạch"
    made.mkdir()
    return made


def text(what: str) -> str:
    return f"KẾ HOẠCH\nTổ công tác thôn Mây Trắng {what} trước ngày 5/6/2031."


def put(folder: Path, name: str, what: str, when: int = LONG_AGO) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text(what), encoding="utf-8")
    os.utime(path, (when, when))
    return path


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents()]


def test_what_comes_changes_and_goes(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "trồng cây")
    put(folder, "b.txt", "quét vôi")
    watch = Watch(library, folder)
    assert watch.look() == Change(added=("a.txt", "b.txt"))
    assert watch.look() == Change()

    put(folder, "thôn/c.txt", "nạo vét mương")
    put(folder, "a.txt", "trồng rừng", LONG_AGO + 5)
    (folder / "b.txt").unlink()
    assert watch.look() == Change()  # seen, and now to be seen again
    revision = library.revision
    assert watch.look() == Change(added=("a.txt", "c.txt"), removed=("b.txt",))
    assert library.revision > revision
    assert names(library) == ["a.txt", "c.txt"]
    assert library.documents()[0].text == text("trồng rừng")
    gone = [taken.name for taken in library.set_aside_documents()]
    assert sorted(gone) == ["a.txt", "b.txt"]  # it can be undone
    assert watch.look() == Change()


def test_a_file_that_still_grows_is_not_taken(library: Library, folder: Path) -> None:
    put(folder, "cũ.txt", "họp")
    watch = Watch(library, folder)
    now = int(time.time())
    put(folder, "mới.txt", "họp", now)
    watch.look()
    for n in range(3):
        put(folder, "mới.txt", "họp bàn " * (n + 1), now)
        assert watch.look() == Change()
    assert names(library) == ["cũ.txt"]
    assert watch.look().added == ("mới.txt",)


def test_a_new_file_just_before_the_first_look_is_taken_at_the_second(
    library: Library, folder: Path
) -> None:
    put(folder, "mới.txt", "họp", int(time.time()))
    watch = Watch(library, folder)
    assert watch.look() == Change()
    assert watch.look().added == ("mới.txt",)


def test_what_is_no_document_is_passed_over(library: Library, folder: Path) -> None:
    for name in ("~$a.docx", ".ẩn.txt", "b.docx.part", "c.tmp", "d.xlsx", ".git/e.txt"):
        put(folder, name, "họp")
    put(folder, "g.txt", "họp")
    assert Watch(library, folder).look() == Change(added=("g.txt",))


def test_the_librarys_own_files_are_not_taken(folder: Path) -> None:
    put(folder, "a.txt", "họp")
    with Library.open(Settings(home=folder / "home", jobs=1)) as library:
        watch = Watch(library, folder)
        assert watch.look().added == ("a.txt",)
        assert watch.look() == watch.look() == Change()


def test_a_folder_that_is_away_or_bare_changes_nothing(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    watch = Watch(library, folder)
    watch.look()
    away = folder.rename(folder.with_name("away"))
    for _ in range(3):
        assert watch.look() == Change(away=True)
    folder.mkdir()  # where a drive was mounted
    for _ in range(3):
        assert watch.look() == Change(away=True)
    assert names(library) == ["a.txt"]
    assert Watch(library, folder).look() == Change(away=True)  # after a restart too
    folder.rmdir()
    away.rename(folder)
    put(folder, "b.txt", "quét vôi")
    assert watch.look() == Change(added=("b.txt",))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may see all")
def test_a_subfolder_that_can_not_be_seen_changes_nothing(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    put(folder, "thôn/b.txt", "quét vôi")
    watch = Watch(library, folder)
    watch.look()
    (folder / "thôn").chmod(0)
    try:
        assert [watch.look() for _ in range(3)] == [Change()] * 3
    finally:
        (folder / "thôn").chmod(0o755)
    assert names(library) == ["a.txt", "b.txt"]


def test_the_same_bytes_at_two_paths_go_with_the_last(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    put(folder, "b.txt", "họp")
    put(folder, "c.txt", "quét vôi")
    watch = Watch(library, folder)
    assert watch.look().added == ("a.txt", "c.txt")
    (folder / "a.txt").unlink()
    watch.look()
    watch.look()
    assert names(library) == ["b.txt", "c.txt"]  # it is called as the file that is left
    (folder / "b.txt").unlink()
    watch.look()
    assert watch.look().removed == ("b.txt",)
    assert names(library) == ["c.txt"]


def test_a_renamed_file_stays_the_document_that_it_was(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    watch = Watch(library, folder)
    watch.look()
    (document,) = library.documents()
    for name in ("b.txt", "c.txt"):
        (folder / names(library)[0]).rename(folder / name)
        seen = [watch.look() for _ in range(3)]
        assert [change for change in seen if change != Change()] == []
        assert [(d.id, d.name) for d in library.documents()] == [(document.id, name)]
    library.rename(document.id, "Họp thôn")
    (folder / "c.txt").rename(folder / "d.txt")
    for _ in range(3):
        watch.look()
    assert names(library) == ["Họp thôn"]  # as it was named by hand


def test_documents_that_came_another_way_are_not_touched(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    library.add([put(tmp_path, "tải lên.txt", "họp")])
    put(folder, "a.txt", "họp")
    put(folder, "b.txt", "quét vôi")
    watch = Watch(library, folder)
    assert watch.look().added == ("b.txt",)
    put(folder, "a.txt", "họp lại", LONG_AGO + 5)
    for _ in range(2):
        watch.look()
    assert names(library) == ["a.txt", "b.txt", "tải lên.txt"]
    put(folder, "a.txt", "họp", LONG_AGO + 9)
    for _ in range(2):
        watch.look()
    (folder / "a.txt").unlink()
    for _ in range(2):
        watch.look()
    assert names(library) == ["b.txt", "tải lên.txt"]


def test_a_new_version_keeps_what_was_noted_by_hand(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    watch = Watch(library, folder)
    watch.look()
    (document,) = library.documents()
    library.correct(document.id, Corrections(number="12-KH/CĐ"))
    put(folder, "a.txt", "họp lại", LONG_AGO + 5)
    for _ in range(2):
        watch.look()
    (changed,) = library.documents()
    assert changed.id != document.id
    assert changed.header.number is not None
    assert changed.header.number.value == "12-KH/CĐ"


def test_a_file_that_can_not_be_read_is_told_once_and_tried_when_it_changes(
    library: Library, folder: Path
) -> None:
    put(folder, "a.txt", "họp")
    path = folder / "b.html"
    path.write_bytes(b"\x00" * 999)
    os.utime(path, (LONG_AGO, LONG_AGO))
    watch = Watch(library, folder)
    assert [(e.name, e.reason) for e in watch.look().failed] == [("b.html", "binary")]
    assert watch.unreadable == 1
    assert watch.look() == watch.look() == Change()
    again = Watch(library, folder)
    assert again.look() == Change()
    assert again.unreadable == 1
    path.write_text(text("quét vôi"), encoding="utf-8")
    again.look()
    assert again.look().added == ("b.html",)
    assert again.unreadable == 0
    path.write_bytes(b"\x00" * 1000)
    again.look()
    assert [e.name for e in again.look().failed] == ["b.html"]
    assert names(library) == ["a.txt", "b.html"]  # the version that could be read stays


def test_documents_of_an_archive_come_and_go_with_it(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")

    def pack(*whats: str) -> None:
        with zipfile.ZipFile(folder / "lô.zip", "w") as archive:
            for what in whats:
                archive.writestr(f"{what}.txt", text(what))

    pack("quét vôi", "trồng cây")
    watch = Watch(library, folder)
    watch.look()
    watch.look()
    assert names(library) == ["a.txt", "lô.zip › quét vôi.txt", "lô.zip › trồng cây.txt"]
    pack("trồng cây", "nạo vét")
    watch.look()
    watch.look()
    assert names(library) == ["a.txt", "lô.zip › nạo vét.txt", "lô.zip › trồng cây.txt"]
    (folder / "lô.zip").unlink()
    watch.look()
    assert len(watch.look().removed) == 2


def test_what_happened_between_two_runs(settings: Settings, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    put(folder, "b.txt", "quét vôi")
    put(folder, "c.txt", "trồng cây")
    with Library.open(settings) as library:
        Watch(library, folder).look()
        by_hand = next(d.id for d in library.documents() if d.name == "c.txt")
        library.remove(by_hand)
    (folder / "a.txt").unlink()
    put(folder, "b.txt", "quét vôi lại", LONG_AGO + 5)
    put(folder, "d.txt", "nạo vét mương")
    with Library.open(settings) as library:
        assert Watch(library, folder).look() == Change(added=("b.txt", "d.txt"), removed=("a.txt",))
        assert names(library) == ["b.txt", "d.txt"]  # c.txt was deleted by hand


def test_a_library_that_was_emptied_by_hand_stays_empty(settings: Settings, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    put(folder, "b.txt", "quét vôi")
    with Library.open(settings) as library:
        Watch(library, folder).look()
        library.remove(*(document.id for document in library.documents()))
    with Library.open(settings) as library:
        watch = Watch(library, folder)
        assert [watch.look() for _ in range(3)] == [Change()] * 3
        assert names(library) == []
        put(folder, "b.txt", "quét vôi lại", LONG_AGO + 5)
        watch.look()
        assert watch.look() == Change(added=("b.txt",))


def test_what_a_table_says_of_a_folder_goes_a_year_after_its_documents(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    folders = [tmp_path / name for name in ("một", "hai", "ba", "bốn")]
    for number, folder in enumerate(folders):
        put(folder, "a.txt", f"họp lần {number}")
        Watch(library, folder).look()
    tables = settings.home / "watched"
    first, second, third, fourth = sorted(tables.iterdir(), key=lambda p: p.stat().st_mtime_ns)
    by_text = {document.text: document.id for document in library.documents()}
    library.remove(*(by_text[text(f"họp lần {number}")] for number in (0, 1, 3)))
    long_ago = time.time() - 400 * 86400
    for table in (first, third, fourth):  # the second is of late
        os.utime(table, (long_ago, long_ago))
    assert Watch(library, folders[3]).look() == Change()  # what it says still counts
    assert set(tables.iterdir()) == {second, third, fourth}
    assert fourth.stat().st_mtime > long_ago + 86400


def ended_while_adding(settings: Settings, folder: Path) -> None:
    """Have a process that follows the folder killed once documents are committed."""
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from ingest.pipeline import Library\nfrom ingest.settings import Settings\n"
        "from ingest.watch import Watch\n"
        "def stop(told):\n    if told.committed: os._exit(9)\n"
        "library = Library.open(Settings(home=Path(sys.argv[1]), jobs=1))\n"
        "Watch(library, Path(sys.argv[2])).look(stop)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(settings.home), str(folder)], cwd=ROOT, check=False
    )
    assert ended.returncode == 9


def test_a_run_that_was_cut_short_is_gone_on_with(settings: Settings, folder: Path) -> None:
    """Killed after the first documents were committed: what they are is known the next time."""
    for n in range(4):
        put(folder, f"{n}.txt", f"họp lần {n}")
    ended_while_adding(settings, folder)
    with Library.open(settings) as library:
        assert len(library.documents()) == 4
        watch = Watch(library, folder)
        assert watch.look() == Change()
        (folder / "0.txt").unlink()
        watch.look()
        assert watch.look().removed == ("0.txt",)


def test_what_vanished_after_a_run_that_was_cut_short_goes(
    settings: Settings, folder: Path, tmp_path: Path
) -> None:
    for n in range(5):
        put(folder, f"{n}.txt", f"họp lần {n}")
    ended_while_adding(settings, folder)
    (folder / "0.txt").unlink()
    (folder / "1.txt").rename(folder / "mới.txt")
    (folder / "2.txt").write_bytes(b"\x00" * 999)  # can't be read any more
    put(folder, "3.txt", "viết tiếp", int(time.time()) + 3600)  # just being written
    with Library.open(settings) as library:
        library.add([put(tmp_path, "tải lên.txt", "quét vôi")])
        watch = Watch(library, folder)
        assert watch.look().removed == ()  # not before all that is there was taken
        os.utime(folder / "3.txt", (LONG_AGO, LONG_AGO))
        removed = [name for _ in range(3) for name in watch.look().removed]
        assert sorted(removed) == ["0.txt", "3.txt"]
        assert len(library.set_aside_documents()) == 2  # it can be undone
        assert {d.text for d in library.documents()} == {
            *(text(f"họp lần {n}") for n in (1, 2, 4)),
            text("viết tiếp"),
            text("quét vôi"),
        }
        assert watch.look() == Change()


def test_a_bare_folder_after_a_run_that_was_cut_short_changes_nothing(
    settings: Settings, folder: Path
) -> None:
    put(folder, "a.txt", "họp")
    ended_while_adding(settings, folder)
    (folder / "a.txt").unlink()
    with Library.open(settings) as library:
        watch = Watch(library, folder)
        assert [watch.look() for _ in range(3)] == [Change(away=True)] * 3
        assert names(library) == ["a.txt"]


def test_a_look_that_is_cancelled_is_gone_on_with(library: Library, folder: Path) -> None:
    for n in range(3):
        put(folder, f"{n}.txt", f"họp lần {n}")
    asked: list[Progress] = []
    watch = Watch(library, folder)
    watch.look(asked.append, lambda: bool(asked))
    assert names(library) == []
    assert watch.look().added == ("0.txt", "1.txt", "2.txt")


def test_following_until_it_is_stopped(library: Library, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    stopped, told = threading.Event(), []

    def tell(change: Change | IngestError) -> None:
        told.append(change)

    thread = threading.Thread(target=follow, args=(Watch(library, folder), stopped, tell))
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while names(library) != ["a.txt"] and time.monotonic() < deadline:
        time.sleep(0.05)
    put(folder, "b.txt", "quét vôi")
    while names(library) != ["a.txt", "b.txt"] and time.monotonic() < deadline:
        time.sleep(0.05)
    stopped.set()
    thread.join(10)
    assert not thread.is_alive()
    assert names(library) == ["a.txt", "b.txt"]
    assert told[0] == Change(added=("a.txt",))


def test_the_next_look_does_not_wait_longer_where_there_was_much_to_add(
    library: Library, folder: Path
) -> None:
    put(folder, "a.txt", "họp")
    stopped, times = threading.Event(), []

    def show(progress: Progress) -> None:
        if progress.committed:
            time.sleep(1.5)  # much to add: ten times that would be 15 s

    def tell(change: Change | IngestError) -> None:
        times.append(time.monotonic())
        if len(times) == 2:
            stopped.set()

    follow(Watch(library, folder), stopped, tell, show)
    assert names(library) == ["a.txt"]
    assert times[1] - times[0] < 10


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to one process there")
def test_the_command_follows_until_ctrl_c(settings: Settings, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    command = [sys.executable, "-m", "ingest", "watch", str(folder)]
    environment = {**os.environ, "ASSISTANT_HOME": str(settings.home), "PYTHONUTF8": "1"}
    running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    assert running.stdout is not None
    try:
        lines = [running.stdout.readline().decode() for _ in range(2)]
        assert lines[1] == "added: a.txt\n"
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0
        running.stdout.close()
    missing = subprocess.run([*command[:-1], "x"], cwd=ROOT, env=environment, check=False)
    assert missing.returncode == 2


def test_a_damaged_table_removes_nothing(settings: Settings, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    with Library.open(settings) as library:
        Watch(library, folder).look()
        (table,) = (settings.home / "watched").iterdir()
        table.write_bytes(b"{")
        put(folder, "b.txt", "quét vôi")
        assert Watch(library, folder).look().added == ("b.txt",)
        assert names(library) == ["a.txt", "b.txt"]
    shutil.rmtree(settings.store_path)
    shutil.rmtree(settings.originals_path)
    with Library.open(settings) as library:  # begun anew: what was taken is taken again
        assert Watch(library, folder).look().added == ("a.txt", "b.txt")


def test_a_table_of_another_shape_removes_nothing(settings: Settings, folder: Path) -> None:
    put(folder, "a.txt", "họp")
    with Library.open(settings) as library:
        Watch(library, folder).look()
        (table,) = (settings.home / "watched").iterdir()
        table.write_text('{"files": [], "brought": []}')
        assert Watch(library, folder).look() == Change()
        assert names(library) == ["a.txt"]


def test_what_could_not_be_taken_away_goes_with_a_later_look(
    settings: Settings, library: Library, folder: Path
) -> None:
    put(folder, "a.txt", "họp")
    put(folder, "b.txt", "quét vôi")
    put(folder, "c.txt", "trồng cây")
    watch = Watch(library, folder)
    watch.look()
    blocked = settings.originals_path / ".removed"
    blocked.write_text("no folder")
    (folder / "a.txt").unlink()
    put(folder, "b.txt", "quét vôi lại", LONG_AGO + 5)
    watch.look()
    for _ in range(2):
        with pytest.raises(LibraryError):  # of what b.txt was, then of it and of a.txt
            watch.look()
    assert names(library) == ["a.txt", "b.txt", "b.txt", "c.txt"]
    blocked.unlink()
    watch.look()
    watch.look()
    assert names(library) == ["b.txt", "c.txt"]
