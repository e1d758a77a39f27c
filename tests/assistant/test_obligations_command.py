"""``python -m assistant obligations`` as scripts run it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Library, read_document
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
PLAN = next(p for p in sample_paths() if p.name.startswith("ke-hoach-35"))
OTHER = next(p for p in sample_paths() if p.name.startswith("ke-hoach-83"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("register")
    with Library.open(Settings(home=made)) as library:
        library.add([PLAN, OTHER])
    return made


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "assistant", "obligations", *arguments],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


def rows_of(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert result.stderr == b""
    return [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]


def test_rows_have_the_stable_keys_and_exact_quotes(home: Path) -> None:
    result = run(home, "--document", PLAN.name)
    rows = rows_of(result)
    assert result.returncode == 0
    text = read_document(PLAN).text
    assert len(rows) > 5
    for row in rows:
        assert list(row)[:9] == [
            "document", "actor", "action", "deadline_text", "deadline", "quote", "start", "end",
            "section",
        ]  # fmt: skip
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["deadline_text"] in text


def test_by_a_date_and_an_actor_as_people_write_it(home: Path) -> None:
    all_rows = rows_of(run(home))
    chosen = rows_of(run(home, "--by", "20/4/2024", "--since", "2024-04-01", "--actor", "chi bộ"))
    assert [(row["actor"], row["deadline"]) for row in chosen] == [
        ("Các chi bộ trực thuộc", "2024-04-20")
    ]
    assert len(all_rows) > len(chosen)


@pytest.mark.parametrize(
    ("form", "begins"), [("ics", b"BEGIN:VCALENDAR"), ("xlsx", b"PK"), ("docx", b"PK")]
)
def test_files_are_written(home: Path, tmp_path: Path, form: str, begins: bytes) -> None:
    out = tmp_path / f"rows.{form}"
    result = run(home, "--format", form, "--out", str(out))
    assert result.returncode == 0
    assert out.read_bytes().startswith(begins)
    assert b"rows" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "31/2/2024"), "31/2/2024"),
        (("--by", "hôm nay"), "2025-04-20"),
        (("--document", "không-có.docx"), "không-có.docx"),
        (("--format", "xlsx"), "--out"),
        (("--out", "/không/có/thư-mục.jsonl"), "thư-mục.jsonl"),
    ],
)
def test_bad_calls_are_told_what_is_wrong(
    home: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(home, *arguments)
    assert result.returncode == 2
    assert said in result.stderr.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_nothing_found_is_told_by_the_exit_status(home: Path) -> None:
    result = run(home, "--by", "1990-01-01", "--since", "1989-01-01")
    assert (result.returncode, result.stdout) == (1, b"")
