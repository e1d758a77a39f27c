"""A folder of plans that the page keeps in step with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.ui.backend import Backend, open_library
from ingest.settings import Settings
from tests.patience import PATIENCE
from tests.ui.visit import Visit, served

LONG_AGO = 1_600_000_000


def put(folder: Path, name: str, what: str) -> Path:
    path = folder / name
    path.write_text(f"KẾ HOẠCH\nTổ dân phố Mây Trắng {what} trước ngày 5/6/2031.", "utf-8")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kế hoạch"
    made.mkdir()
    put(made, "một.txt", "trồng cây")
    return made


@pytest.fixture
def backend(tmp_path: Path, folder: Path) -> Iterator[Backend]:
    opened = Backend(lambda: open_library(Settings(home=tmp_path / "home", jobs=1)), plans=[folder])
    opened.start()
    assert opened.wait(PATIENCE)
    assert opened.ready
    yield opened
    opened.close()


def names(backend: Backend) -> list[str]:
    return [document.name for document in backend.documents()]


def test_the_backend_keeps_in_step(backend: Backend, folder: Path) -> None:
    assert names(backend) == ["một.txt"]
    assert backend.status()[0].key == "status_ready"
    put(folder, "hai.txt", "quét vôi")
    assert soon(lambda: names(backend) == ["hai.txt", "một.txt"])
    assert soon(lambda: backend.status()[0].key == "status_followed")
    assert backend.status()[1] == "ready"
    (folder / "một.txt").unlink()
    assert soon(lambda: names(backend) == ["hai.txt"])
    away = folder.rename(folder.with_name("away"))
    assert soon(lambda: backend.status()[0].key == "status_follow_away")
    away.rename(folder)
    assert soon(lambda: backend.status()[0].key != "status_follow_away")
    assert names(backend) == ["hai.txt"]
    (folder / "hỏng.txt").write_bytes(b"")
    assert soon(lambda: backend.status()[0].key == "status_plans_failed")


def test_a_new_file_is_on_the_page_within_seconds(
    backend: Backend, folder: Path, tmp_path: Path, desktop: Any
) -> None:
    with served(backend, tmp_path) as url:
        visit = Visit(desktop, url).ready()
        listed = visit.page.locator(".documents button")
        assert listed.count() == 1
        put(folder, "hai.txt", "quét vôi")
        listed.filter(has_text="hai.txt").wait_for(state="attached", timeout=PATIENCE * 1000)
        (folder / "một.txt").unlink()
        listed.filter(has_text="một.txt").wait_for(state="detached", timeout=PATIENCE * 1000)
        assert "một.txt" not in visit.page.locator("#documents").inner_text()
        visit.close()
