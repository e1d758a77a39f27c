"""A process that may hang, crash or swell, and costs one call when it does."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import worker
from ingest.errors import LibraryError, UnreadableFile
from ingest.load import Member, load_bytes
from ingest.reading import Reader
from ingest.settings import Settings
from ingest.worker import SCRATCH_PREFIX, Worker, WorkerFailed


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Worker]:
    with Worker(tmp_path, seconds=2, memory_bytes=512 * 2**20) as opened:
        yield opened


def fails(call: Worker, *args: object) -> WorkerFailed:
    with pytest.raises(WorkerFailed) as caught:
        call.call(*args)  # type: ignore[arg-type]
    return caught.value


def test_it_returns_what_the_function_does_and_raises_what_it_raises(one: Worker) -> None:
    assert one.call(sorted, [3, 1, 2]) == [1, 2, 3]
    first = one.call(os.getpid)
    with pytest.raises(ZeroDivisionError):
        one.call(divmod, 1, 0)
    with pytest.raises(UnreadableFile, match=r"a\.txt: the file is empty"):
        one.call(load_bytes, b"", "a.txt")
    assert one.call(os.getpid) == first != os.getpid()  # an error is no reason for a new process


def test_what_hangs_is_given_up(one: Worker) -> None:
    started = time.monotonic()
    assert fails(one, time.sleep, 60).reason == "time"
    assert 1.9 < time.monotonic() - started < 40
    assert one.call(len, "abc") == 3


def test_what_is_imported_first_takes_no_time_of_a_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(3)\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker(tmp_path, seconds=2.0) as without:
        assert fails(without, exec, "import slow_to_import").reason == "time"
    with Worker(tmp_path, seconds=2.0, modules=["slow_to_import"]) as first:
        assert first.call(exec, "import slow_to_import") is None


def test_what_crashes_costs_one_call(one: Worker) -> None:
    assert fails(one, os._exit, 3).detail == "exit 3"
    assert fails(one, os.abort).reason == "crash"
    assert one.call(len, "abc") == 3


@pytest.mark.skipif(sys.platform != "linux", reason="the system bounds no address space")
def test_what_swells_is_given_up(one: Worker) -> None:
    assert fails(one, bytes, 10**9).reason == "memory"
    assert one.call(len, "abc") == 3


def test_work_that_moves_on_may_take_longer_and_is_told_of(one: Worker) -> None:
    seen: list[tuple[int, int]] = []
    one.on_page = lambda page, pages: seen.append((page, pages))
    code = (
        "import time\nfrom ingest import worker\n"
        "for n in range(5):\n    worker.more_time(2, n + 1, 5)\n    time.sleep(0.6)\n"
    )
    one.call(exec, code)
    assert seen == [(n, 5) for n in range(1, 6)]


def test_a_listener_that_fails_leaves_no_answer_for_the_next_call(one: Worker) -> None:
    def fail(page: int, pages: int) -> None:
        raise RuntimeError

    one.on_page = fail
    code = "from ingest import worker\nworker.more_time(2, 1, 2)"
    with pytest.raises(RuntimeError):
        one.call(exec, code)
    assert one.call(len, "abc") == 3


def test_elsewhere_more_time_means_nothing() -> None:
    assert not worker.is_worker()
    worker.more_time(5, 1, 2)


def test_temporary_files_lie_in_a_folder_that_goes(tmp_path: Path) -> None:
    with Worker(tmp_path) as one:
        folder = Path(one.call(eval, "__import__('tempfile').mkdtemp()"))
        assert folder.is_relative_to(tmp_path)
        fails(one, os._exit, 1)
        assert folder.exists()  # what was set up for the next process is still there
    assert list(tmp_path.iterdir()) == []


def test_what_a_program_that_was_ended_left_is_swept(tmp_path: Path) -> None:
    left = tmp_path / f"{SCRATCH_PREFIX}x"
    left.mkdir()
    (left / "a.docx").write_bytes(b"x")
    worker.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="the system has no process groups")
def test_what_it_started_is_ended_with_it(one: Worker, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = (
        "import subprocess, pathlib\n"
        f"p = subprocess.Popen(['sleep', '60'])\n"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid))\np.wait()\n"
    )
    assert fails(one, exec, code).reason == "time"
    pid = int(note.read_text())
    for _ in range(50):
        if not _runs(pid):
            return
        time.sleep(0.1)
    raise AssertionError("the program that the process had started is still there")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or " Z " not in state.read_text()
    except ProcessLookupError:
        return False


def test_a_reader_says_what_befell_a_file(tmp_path: Path) -> None:
    with Reader(Settings(home=tmp_path)) as reader:
        with pytest.raises(UnreadableFile) as caught:
            reader.call("kế hoạch.pdf", os.abort)
        assert (caught.value.name, caught.value.reason) == ("kế hoạch.pdf", "damaged")
        with pytest.raises(UnreadableFile) as caught:
            reader.call("kế hoạch.pdf", divmod, 1, 0)
        assert (caught.value.reason, caught.value.detail) == ("fault", "ZeroDivisionError")
        with pytest.raises(LibraryError, match="No space"):
            reader.call(
                "kế hoạch.pdf", exec, "import errno\nraise OSError(errno.ENOSPC, 'No space')"
            )
        reading = reader.read(Member("a.txt", "Tổ Mận họp trước ngày 3/4/2031.".encode()))
    assert reading.document.text == "Tổ Mận họp trước ngày 3/4/2031."
    assert [p.text for p in reading.passages] == [reading.document.text]
    assert [duty.deadline for duty in reading.obligations] == ["2031-04-03"]


@pytest.mark.skipif(not shutil.which("false"), reason="the system has no program that only fails")
def test_a_process_that_does_not_start_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Member("a.txt", "Tổ Mận họp trước ngày 3/4/2031.".encode())
    with Reader(Settings(home=tmp_path)) as reader:
        with monkeypatch.context() as broken:
            broken.setattr(sys, "executable", shutil.which("false"))
            with pytest.raises(LibraryError, match=r"a\.txt could not be read: .* did not start"):
                reader.read(plan)
        assert reader.read(plan).document.name == "a.txt"
