"""Adding many files: several at once, told as it goes on, cancelled, and disturbed."""

from __future__ import annotations

import io
import os
import threading
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from benchmarks.plans import made_up_plans
from ingest import load
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline import Library, Outcome, Progress, adding
from ingest.pipeline.readers import Readers, jobs_of
from ingest.pipeline.reading_ahead import File, ReadingAhead, readers_for
from ingest.reading import Reader, Reading
from ingest.records import Notes
from ingest.settings import Settings
from tests.patience import PATIENCE

TEXT = "Đảng ủy xã họp bàn việc trồng cây đầu năm tại nhà văn hóa thôn trước ngày 5/6/2031."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    return Settings(home=home)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def scan(pages: int) -> bytes:
    """A picture with that many pages, a second or so each for Tesseract."""
    sheet = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(sheet)
    for line in range(8):
        draw.text((150, 100 + 42 * line), "Ke hoach trong cay nam moi " * 2, fill=0, font_size=30)
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": [sheet] * (pages - 1)}
    sheet.save(buffer, "TIFF", dpi=(200, 200), compression="tiff_deflate", **more)
    return buffer.getvalue()


def test_several_readers_give_what_one_gives(tmp_path: Path, folder: Path) -> None:
    """Bad files, copies and archives among good ones: the same outcomes in the same order, and the
    same library."""
    for number, (name, text) in enumerate(made_up_plans(25)):
        write(folder, name, text)
        if number % 9 == 0:
            write(folder, f"{name}-bản-sao.txt", text)
    (folder / "ke-hoach-00003-hỏng.docx").write_bytes(b"PK\x03\x04 cut short")
    write(folder, "ke-hoach-00011-rỗng.txt", "")
    with zipfile.ZipFile(folder / "ke-hoach-00007-lô.zip", "w") as archive:
        archive.writestr("một.txt", f"{TEXT} Một.")
        archive.writestr("hỏng.pdf", b"%PDF-1.4 cut short")
        archive.writestr("sao.txt", dict(made_up_plans(12))["ke-hoach-00012.txt"])

    def plain(outcome: Outcome) -> object:
        added = [replace(document, notes=Notes()) for document in outcome.added]
        failed = [(error.name, error.reason) for error in outcome.failed]
        return added, outcome.duplicates, outcome.known, failed

    def added(jobs: int) -> tuple[list[Outcome], object]:
        with Library.open(Settings(home=tmp_path / f"home-{jobs}", jobs=jobs)) as library:
            files = list(library.add([folder]).files)
            # When they came is not the same.
            documents = [replace(document, notes=Notes()) for document in library.documents()]
            return files, (documents, library.passages(), library.obligations())

    serial, parallel = added(1), added(3)
    assert list(map(plain, parallel[0])) == list(map(plain, serial[0]))
    assert parallel[1] == serial[1]
    assert [e.name for o in serial[0] for e in o.failed] == [
        "ke-hoach-00003-hỏng.docx", "ke-hoach-00007-lô.zip › hỏng.pdf", "ke-hoach-00011-rỗng.txt",
    ]  # fmt: skip
    assert sum(len(o.duplicates) for o in serial[0]) == 4


def test_a_slow_file_does_not_hold_the_others_back(
    settings: Settings, folder: Path, tesseract: str
) -> None:
    slow = folder / "a.tif"
    slow.write_bytes(scan(4))
    count = 30
    for number in range(count):
        write(folder, f"b{number:02}.txt", f"{TEXT} {number}. {'việc ' * 5000}")
    steps: list[Progress] = []
    with Library.open(replace(settings, jobs=2)) as library:
        summary = library.add([folder], steps.append)
    assert [d.name for d in summary.added] == ["a.tif", *(f"b{n:02}.txt" for n in range(count))]
    assert Progress(0, count + 1, "a.tif", ahead=count) in [
        replace(step, page=0, pages=0, committed=()) for step in steps
    ]


def test_only_so_much_is_read_ahead(settings: Settings, folder: Path) -> None:
    files = [File(write(folder, f"{n}.txt", f"{TEXT} {n}"), f"{n}.txt") for n in range(40)]
    begun: list[str] = []

    def known(document_id: str) -> None:
        begun.append(document_id)

    with Readers(settings, 2) as readers:
        ahead = ReadingAhead(readers, 2, files, settings, known, expand=True)
        taken = 0
        while taken < 3:
            taken += ahead.take(5) is not None
        time.sleep(1.5)  # nobody takes anything
        assert len(begun) <= taken + 4 * 2
        while not ahead.is_over:
            taken += ahead.take(5) is not None
    assert taken == 40


@pytest.mark.parametrize("held_up", ["reading", "opening"])
def test_the_first_of_two_copies_counts_however_long_it_takes(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch, held_up: str
) -> None:
    first, copy = write(folder, "một.txt"), write(folder, "sao.txt")
    go_on = threading.Event()
    read_bytes, read = load.read_bytes, Reader.read

    def open_late(path: Path, most: int) -> bytes:
        if held_up == "opening" and path == first:
            assert go_on.wait(PATIENCE)
        return read_bytes(path, most)

    def read_late(reader: Reader, member: load.Member) -> Reading:
        if held_up == "reading" and member.name == first.name:
            assert go_on.wait(PATIENCE)
        return read(reader, member)

    monkeypatch.setattr(load, "read_bytes", open_late)
    monkeypatch.setattr(Reader, "read", read_late)
    with Readers(settings, 2) as readers:
        files = [File(path, path.name) for path in (first, copy)]
        ahead = ReadingAhead(readers, 2, files, settings, lambda _: None, expand=True)
        assert [ahead.take(0.2) for _ in range(20)] == [None] * 20  # the copy has come long since
        go_on.set()
        taken = []
        while not ahead.is_over:
            taken += [one for one in [ahead.take(5)] if one is not None]
    assert taken[0][0].name == first.name


def test_how_many_readers(settings: Settings, folder: Path) -> None:
    assert jobs_of(replace(settings, jobs=7)) == 7
    for wrong in ("0", "999", "hai"):
        chosen = Settings.from_environment({"ASSISTANT_JOBS": wrong})
        with pytest.raises(LibraryError, match="ASSISTANT_JOBS"):
            jobs_of(chosen)
    assert 1 <= jobs_of(settings) <= (os.cpu_count() or 1)
    small = [File(write(folder, "a.txt"), "a.txt")] * 8
    large = [File(write(folder, "b.txt", TEXT * 20_000), "b.txt")] * 2
    assert readers_for(small, 4) == 1  # read in less time than a second process takes to start
    assert readers_for(large, 4) == 4
    assert readers_for([], 4) == 1


def test_what_is_committed_is_told_as_it_happens(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_BATCH_SECONDS", 0.0)
    for number in range(6):
        write(folder, f"{number}.txt", f"{TEXT} {number}. {'việc ' * 4000}")
    told: list[tuple[str, ...]] = []
    with Library.open(replace(settings, jobs=1)) as library:

        def tell(progress: Progress) -> None:
            if progress.committed:
                told.append(tuple(document.name for document in progress.committed))

        summary = library.add([folder], tell)
    assert [name for names in told for name in names] == [d.name for d in summary.added]
    assert len(told) > 1


@pytest.mark.parametrize("jobs", [1, 3])
def test_cancelled_in_the_middle(
    settings: Settings, folder: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_BATCH_SECONDS", 0.0)
    count = 8
    for number in range(count):
        write(folder, f"{number:02}.txt", f"{TEXT} {number}. {'việc ' * 4000}")
    safe: list[str] = []

    def tell(progress: Progress) -> None:
        safe.extend(document.name for document in progress.committed)

    with Library.open(replace(settings, jobs=jobs)) as library:
        summary = library.add([folder], tell, lambda: len(safe) >= 2)
        documents = library.documents()
        assert 2 <= len(documents) < count
        assert {d.name for d in documents} == {d.name for d in summary.added} == set(safe)
        assert len(summary.files) < count
        again = library.add([folder])
        assert len(library.documents()) == count  # nothing was left reserved
        assert len(again.duplicates) == len(documents)
    with Library.open(settings) as library:
        assert len(library.documents()) == count
        assert {p.document_id for p in library.passages()} == {d.id for d in library.documents()}


def test_a_scan_is_left_at_once(settings: Settings, folder: Path, tesseract: str) -> None:
    write(folder, "a.txt")
    (folder / "b.tif").write_bytes(scan(40))
    begun = threading.Event()
    stopped: list[float] = []

    def tell(progress: Progress) -> None:
        if progress.name == "b.tif" and progress.page:
            begun.set()

    def cancelled() -> bool:
        if begun.is_set() and not stopped:
            stopped.append(time.monotonic())
        return bool(stopped)

    with Library.open(settings) as library:
        summary = library.add([folder], tell, cancelled)
        assert time.monotonic() - stopped[0] < 30  # it would have taken forty times as long
        assert {d.name for d in library.documents()} == {d.name for d in summary.added}
        assert list(settings.home.glob(".reading-*")) == []


def test_an_interruption_ends_what_is_being_read(
    settings: Settings, folder: Path, tesseract: str
) -> None:
    (folder / "a.tif").write_bytes(scan(40))

    def interrupt(progress: Progress) -> None:
        if progress.page:
            raise KeyboardInterrupt

    with Library.open(settings) as library:
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            library.add([folder], interrupt)
        assert time.monotonic() - began < 30
        assert [thread.name for thread in threading.enumerate() if thread.name == "reader"] == []
        assert library.add([write(folder, "b.txt")]).added


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no signals")
def test_a_reader_that_is_killed_from_outside_reads_again(
    settings: Settings, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    kill = "import os, pathlib\n{}pathlib.Path({!r}).touch()\nos.kill(os.getpid(), 9)"
    with Reader(settings) as reader:
        once = f"if not pathlib.Path({str(mark)!r}).exists():\n    "
        code = kill.format(once, str(mark)).replace("\nos.kill", "; os.kill")
        assert reader.call("a.pdf", exec, code) is None
        assert mark.exists()
        with pytest.raises(UnreadableFile) as caught:
            reader.call("a.pdf", exec, kill.format("", str(mark)))
    assert (caught.value.reason, caught.value.detail) == ("damaged", "crash: SIGKILL")


def test_readers_end_what_is_waiting(settings: Settings) -> None:
    readers = Readers(settings, 1)
    sleeping: Callable[[Reader], object] = lambda reader: reader.call("a", time.sleep, 60)  # noqa: E731
    calls = [readers.submit(sleeping) for _ in range(3)]
    while not calls[0].running():
        time.sleep(0.01)
    began = time.monotonic()
    readers.close()
    assert time.monotonic() - began < 40
    assert isinstance(calls[0].exception(), UnreadableFile)
    assert calls[1].cancelled()
    assert calls[2].cancelled()
    assert list(settings.home.iterdir()) == []
