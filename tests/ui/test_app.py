"""What ``python app.py`` says before there is a page."""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from assistant.ui.backend import Backend
from tests.patience import PATIENCE
from tests.ui.visit import served

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("--port", port)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert port in ended.stderr
    assert "in use" in ended.stderr


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing", "does not exist"), ("file.txt", "is not a folder")],
    ids=["missing", "file"],
)
def test_a_bad_plans_folder_is_one_clear_line(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "file.txt").write_text("văn bản", encoding="utf-8")
    ended = run("--plans", str(tmp_path / name))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert name in ended.stderr
    assert reason in ended.stderr


def test_help_names_every_option() -> None:
    ended = run("--help")
    assert ended.returncode == 0
    assert all(option in ended.stdout for option in ("--plans", "--host", "--port"))


def test_app_is_a_parts_list() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_a_page_is_served_though_the_machine_is_too_busy_to_look_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradio.networking.url_ok", lambda url: False)  # as after 3 seconds
    backend = Backend(lambda: pytest.fail("it was opened"), samples=lambda: [])
    with served(backend, tmp_path) as url, urllib.request.urlopen(url) as response:
        assert response.status == 200
