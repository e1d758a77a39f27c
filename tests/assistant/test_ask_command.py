"""``python -m assistant ask`` as a person or a script runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings

ROOT = Path(__file__).parents[2]
FLAGSHIP = "Ai phải báo cáo trước ngày 20/4?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("home")
    with Library.open(Settings(home=made)) as library:
        library.add(sample_paths())
    return made


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | {"ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def test_json_is_one_line_and_nothing_else(home: Path) -> None:
    ran = run("ask", FLAGSHIP, "--json", home=home)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("\n") == 1
    answer = json.loads(ran.stdout)
    assert set(answer) == {
        "question", "answer", "abstained", "intent", "citations", "passages", "latency_ms",
    }  # fmt: skip
    assert answer["question"] == FLAGSHIP
    assert answer["abstained"] is False
    assert "Các chi bộ trực thuộc" in answer["answer"]
    cited = answer["citations"][0]
    assert cited["document"] == "ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx"
    assert "20/4/2024" in cited["quote"]
    assert cited["end"] - cited["start"] == len(cited["quote"])
    assert len(answer["passages"]) == 10
    assert all(set(p) == {"document", "start", "end", "text", "score"} for p in answer["passages"])


def test_plain_text_shows_the_source_of_every_mark(home: Path) -> None:
    ran = run("ask", "Ai ký Kế hoạch 35-KH/ĐU?", home=home)
    assert ran.returncode == 0, ran.stderr
    assert "Lương Thế Khải An" in ran.stdout.splitlines()[0]
    assert "[1] ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx (35-KH/ĐU):" in ran.stdout
    assert "«T/M ĐẢNG ỦY BÍ THƯ Lương Thế Khải An»" in ran.stdout


def test_an_abstention_offers_what_is_near_and_says_so_in_its_status(home: Path) -> None:
    ran = run("ask", "Kế hoạch số 99-KH/ĐU do ai ký?", home=home)
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("Không tìm thấy trong các văn bản")
    assert ran.stdout.count("\n  ~ ") == 3


def test_a_question_that_is_no_text_is_answered_with_a_phrase(home: Path) -> None:
    """Bytes that are no UTF-8 reach a program as lone surrogates, which nothing can print."""
    ran = run("ask", "\udcff \udcfe", home=home)
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("Hãy nhập câu hỏi")


def test_a_library_in_use_is_a_message_and_no_trace(home: Path) -> None:
    with Library.open(Settings(home=home)):
        ran = run("ask", FLAGSHIP, home=home)
    assert ran.returncode == 2
    assert ran.stderr.startswith("error: ")
    assert "in use by another process" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not ran.stdout


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(home))
    monkeypatch.delenv("ASSISTANT_EMBEDDING_MODEL", raising=False)
    return home


@pytest.mark.usefixtures("at_home")
def test_documents_named_narrow_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    name = "ket-luan-22-KL-DU-van-hoa-doc.txt"
    assert main(["ask", "Ai ký văn bản này?", "--document", name, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {c["document"] for c in answer["citations"]} == {name}
    assert {p["document"] for p in answer["passages"]} == {name}


@pytest.mark.usefixtures("at_home")
def test_a_document_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", FLAGSHIP, "--document", "khong-co.docx"]) == 2
    printed = capsys.readouterr()
    assert "khong-co.docx" in printed.err
    assert not printed.out


def test_an_empty_library_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    assert main(["ask", FLAGSHIP]) == 1
    assert capsys.readouterr().out.startswith("Thư viện chưa có văn bản nào")


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"]], ids=["all", "ask"])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert "usage: python -m assistant" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["ask"], ["sing"]], ids=["none", "no-question", "other"])
def test_a_wrong_call_is_a_usage_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err
