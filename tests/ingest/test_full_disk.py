"""A disk that is full and a folder that is read-only, both as the system makes them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.plans import made_up_plans

ROOT = Path(__file__).parents[2]
MOUNTED = """
set -e
mount -t tmpfs -o size={size}k tmpfs "$1"
cd "{root}"
{commands}
"""


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    folder = tmp_path / "plans"
    folder.mkdir()
    for name, text in made_up_plans(12):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def mounted(place: Path, commands: str, size: int) -> str:
    """What commands print in a mount namespace where ``place`` is a file system of so many KiB."""
    place.mkdir()
    unshare = shutil.which("unshare")
    if unshare is None or not sys.platform.startswith("linux"):
        pytest.skip("no mount namespaces here")
    tried = subprocess.run(
        [unshare, "-Urm", "mount", "-t", "tmpfs", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("this machine lets nobody mount a file system")
    script = MOUNTED.format(size=size, root=ROOT, commands=commands)
    done = subprocess.run(
        [unshare, "-Urm", "bash", "-c", script, "bash", str(place)],
        capture_output=True,
        text=True,
        env=os.environ | {"ASSISTANT_HOME": str(place / "home"), "PYTHON": sys.executable},
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path, plans: Path) -> None:
    said = mounted(
        tmp_path / "disk",
        f"""
        "$PYTHON" -m ingest add {plans}/*-00001.txt
        dd if=/dev/zero of="$1/filler" bs=1024 count=100000 2>/dev/null || true
        truncate -s -300K "$1/filler"
        "$PYTHON" -m ingest add {plans} || echo "status $?"
        rm "$1/filler"
        "$PYTHON" -m ingest list
        "$PYTHON" -m ingest add {plans}
        """,
        size=60_000,
    )
    assert "full" in said, said
    assert "status 2" in said
    listed = said[said.index("status 2") :]
    assert "ke-hoach-00001.txt" in listed
    assert "11 added, 1 already there, 0 failed" in listed


def test_a_folder_that_is_read_only(tmp_path: Path, plans: Path) -> None:
    said = mounted(
        tmp_path / "disk",
        f"""
        "$PYTHON" -m ingest add {plans}/*-00001.txt
        mount -o remount,ro "$1"
        for command in list "add {plans}" "remove ke-hoach-00001.txt" rebuild; do
            "$PYTHON" -m ingest $command || echo "status $?"
        done
        mount -o remount,rw "$1"
        "$PYTHON" -m ingest list
        """,
        size=100_000,
    )
    assert said.count("status 2") == 4
    assert said.count("it is read-only") == 4
    assert "ke-hoach-00001.txt | " in said
