"""Processes that are killed at random, and files of the index damaged at random: a few of each.

`python -m benchmarks.kills` and `python -m benchmarks.damage` do many.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs fork")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_kills_lose_nothing_and_leave_nothing() -> None:
    done = run("benchmarks.kills", "--times=20", "--seed=7", "--documents=8", "--added=6")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert done.stdout.endswith("20 kills, 0 went wrong\n")


def test_damage_is_told_or_mended() -> None:
    done = run("benchmarks.damage", "--times=14", "--seed=7", "--documents=6")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert done.stdout.endswith("14 damages, 0 went wrong\n")
