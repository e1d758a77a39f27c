"""What ``python app.py`` says before there is a page."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
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
