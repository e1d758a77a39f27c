"""``python -m assistant ask`` as scripts run it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.pipeline import Library, read_document
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
PLAN = next(p for p in sample_paths() if p.name.startswith("ke-hoach-35"))
OTHER = next(p for p in sample_paths() if p.name.startswith("ke-hoach-83"))
FLAGSHIP = "Ai phải báo cáo trước ngày 20/4?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("asked")
    with Library.open(Settings(home=made)) as library:
        library.add([PLAN, OTHER])
    return made


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {"ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env=os.environ | settings | environment,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


def test_json_is_one_line_with_the_stable_keys_and_exact_quotes(home: Path) -> None:
    result = run(home, "ask", FLAGSHIP, "--json")
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.count(b"\n") == 1
    row = json.loads(result.stdout.decode("utf-8"))
    assert list(row) == [
        "question", "answer", "abstained", "intent", "citations", "passages", "latency_ms",
        "confidence", "made", "setback",
    ]  # fmt: skip
    assert (row["made"], row["setback"]) == ("extracted", None)
    assert row["question"] == FLAGSHIP
    assert row["answer"].startswith("Các chi bộ trực thuộc [1]")
    assert row["abstained"] is False
    assert row["intent"] == "who"
    text = read_document(PLAN).text
    for citation in row["citations"]:
        assert set(citation) == {
            "document", "number", "section", "page", "start", "end", "quote",
        }  # fmt: skip
        assert citation["document"] == PLAN.name
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert len(row["passages"]) >= 10
    scores = [p["score"] for p in row["passages"]]
    assert set(row["passages"][0]) == {"document", "start", "end", "text", "score"}
    assert scores == sorted(scores, reverse=True)


def test_a_person_reads_the_answer_with_its_sources(home: Path) -> None:
    result = run(home, "ask", FLAGSHIP)
    lines = result.stdout.decode("utf-8").splitlines()
    assert result.returncode == 0
    assert lines[0].startswith("Các chi bộ trực thuộc [1]")
    assert any(line.startswith(f"[1] {PLAN.name} (35-KH/ĐU, IV › 1") for line in lines)
    assert any("trước ngày 20/4/2024" in line and "«" in line for line in lines)


def test_one_document_is_asked_alone(home: Path) -> None:
    result = run(home, "ask", "Ai ký văn bản này?", "--document", OTHER.name, "--json")
    row = json.loads(result.stdout.decode("utf-8"))
    assert "Tạ Hoàng Gia Bách" in row["answer"]
    assert {x["document"] for x in row["citations"] + row["passages"]} == {OTHER.name}


def test_what_is_not_in_the_documents_has_a_status_of_its_own(home: Path) -> None:
    result = run(home, "ask", "Ai ký Kế hoạch 99-KH/ĐU?")
    assert result.returncode == 1
    assert result.stdout.decode("utf-8").startswith("Không tìm thấy")
    assert f"~ {PLAN.name}" in result.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ("ask", "Ai ký?", "--document", "khong-co.txt"), "khong-co.txt", id="document"
        ),
        pytest.param(("ask",), "question", id="no-question"),
        pytest.param((), "command", id="no-command"),
        pytest.param(("sing", "x"), "sing", id="no-such-command"),
    ],
)
def test_a_call_at_fault_is_named(home: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(home, *arguments)
    assert result.returncode == 2
    assert result.stdout == b""
    assert said in result.stderr.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_a_folder_that_can_not_be_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "home"
    taken.write_text("a file", encoding="utf-8")
    result = run(taken, "ask", "Ai ký?")
    assert result.returncode == 2
    assert str(taken) in result.stderr.decode("utf-8")
    assert b"Traceback" not in result.stderr


def test_a_library_in_use_is_named(home: Path) -> None:
    with Library.open(Settings(home=home)):
        result = run(home, "ask", "Ai ký?")
    assert result.returncode == 2
    assert "in use" in result.stderr.decode("utf-8")


def test_an_empty_library_asks_for_documents(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "ask", "Ai ký?")
    assert result.returncode == 1
    assert "chưa có văn bản" in result.stdout.decode("utf-8")


def test_help_is_offered(home: Path) -> None:
    result = run(home, "ask", "--help")
    assert result.returncode == 0
    assert b"--json" in result.stdout
