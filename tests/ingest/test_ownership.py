"""A data folder has one owner at a time, whatever thread opens and closes the library."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.pipeline import Library
from ingest.settings import Settings
from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]


def test_opened_on_one_thread_and_closed_on_another(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with ThreadPoolExecutor(1) as thread:
        library = thread.submit(Library.open, settings).result()
        with pytest.raises(LibraryError, match="in use"):
            Library.open(settings)
        library.close()
        code = (
            "import sys; from pathlib import Path; from ingest.pipeline import Library; "
            "from ingest.settings import Settings; "
            "Library.open(Settings(home=Path(sys.argv[1]))).close()"
        )
        command = [sys.executable, "-c", code, str(settings.home)]
        subprocess.run(command, check=True, cwd=ROOT)  # the thread is there yet, and its locks
        Library.open(settings).close()


def test_the_folder_is_released_when_what_is_being_written_is(tmp_path: Path) -> None:
    library = Library.open(Settings(home=tmp_path / "home"))
    began, ended = threading.Event(), []

    def write() -> None:
        with library._writing:
            began.set()
            time.sleep(0.5)
            ended.append(time.monotonic())

    thread = threading.Thread(target=write)
    thread.start()
    assert began.wait(PATIENCE)
    library.close()
    assert ended
    thread.join()


def test_a_folder_of_others_that_can_not_be_looked_at_is_released(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    Library.open(settings).close()
    (settings.home / ".present" / "no lock").mkdir(parents=True)
    with pytest.raises(LibraryError) as caught:
        Library.open(settings)
    (settings.home / ".present" / "no lock").rmdir()
    Library.open(settings).close()
    assert str(settings.home) in str(caught.value)
