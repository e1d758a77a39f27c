"""``python -m assistant study`` as people run it: a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ingest.pipeline import Library
from ingest.samples import sample_paths
from ingest.settings import Settings
from tests.assistant.study.plans import NOTICE
from tests.assistant.wire import Asked, Said
from tests.assistant.wire import scripted_server as serve
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]
PLAN = next(p for p in sample_paths() if p.name.startswith("ke-hoach-35"))
OTHER = next(p for p in sample_paths() if p.name.startswith("ke-hoach-128"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("study")
    (made / "ngắn.txt").write_text(NOTICE, encoding="utf-8")
    with Library.open(Settings(home=made / "home")) as library:
        library.add([PLAN, OTHER, made / "ngắn.txt"])
    return made / "home"


def run(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"ASSISTANT_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        [sys.executable, "-m", "assistant", "study", *arguments],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )


def test_a_word_document_of_two_documents_by_number_and_name(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "bài.docx"
    result = run(
        home, "--document", "35-KH/ĐU", OTHER.name, "--minutes", "45", "--length", "short",
        "--difficulty", "hard", "--seed", "3", "--out", str(out),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""
    assert str(out) in result.stderr
    text = "\n".join(p.text for p in Document(str(out)).paragraphs)
    assert PLAN.name in text
    assert OTHER.name in text
    assert "Thời lượng 45 phút; câu hỏi ở mức khó." in text


@pytest.mark.parametrize(
    ("arguments", "name", "begins"),
    [
        ((), "a.pptx", b"PK"),
        ((), "a.gift", b"//"),
        (("--format", "gift"), "a.txt", b"//"),
        (("--format", "anki"), "a.csv", b"#separator:Comma"),
        (("--format", "csv"), "a.csv", "\ufeff".encode() + b'"STT"'),
    ],
)
def test_every_format_by_suffix_or_name(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], name: str, begins: bytes
) -> None:
    out = tmp_path / name
    result = run(home, "--document", PLAN.name, *arguments, "--out", str(out))
    assert result.returncode == 0, result.stderr
    assert out.read_bytes().startswith(begins)
    assert not begins.startswith(b"PK") or zipfile.is_zipfile(out)


def test_a_topic_across_the_library_and_the_same_again(home: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a.json", "b.json"):
        result = run(home, "--topic", "Tổ công nghệ số cộng đồng", "--out", str(tmp_path / name))
        assert result.returncode == 0, result.stderr
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    pack = json.loads(made[0])
    assert pack["topic"] == "Tổ công nghệ số cộng đồng"
    assert OTHER.name in [document["name"] for document in pack["documents"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--document", "ke-hoach-53", "--out", "x.docx"), PLAN.name),
        (("--document", PLAN.name, "--out", "x.csv"), "anki"),
        (("--document", PLAN.name, "--out", "x.pdf"), "x.pdf"),
        (("--document", PLAN.name, "--out", "/không/có/x.docx"), "/không/có/x.docx"),
        (("--document", PLAN.name, "--minutes", "5", "--out", "x.docx"), "5 minutes"),
        (("--document", "ngắn", "--out", "x.gift"), "quiz"),
        (("--topic", "  ", "--out", "x.docx"), "topic"),
        (("--out", "x.docx"), "--document"),
    ],
)
def test_bad_calls_are_told_what_is_wrong_and_write_nothing(
    home: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    *others, out = arguments
    result = run(home, *others, out if out.startswith("/") else str(tmp_path / out))
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_parts_alone(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    result = run(home, "--document", PLAN.name, "--parts", "cards", "timeline", "--out", str(out))
    assert result.returncode == 0, result.stderr
    pack = json.loads(out.read_bytes())
    held = [name for name, part in pack.items() if isinstance(part, dict) and part.get("entries")]
    assert held == ["timeline", "cards"]
    assert pack["request"]["parts"] == ["cards", "timeline"]
    result = run(home, "--document", PLAN.name, "--parts", "songs", "--out", str(out))
    assert result.returncode == 2
    assert "songs" in result.stderr


def test_a_language_model_words_it_where_one_is_set(home: Path, tmp_path: Path) -> None:
    def script(asked: Asked) -> Iterator[Said]:
        for number, line in re.findall(r"dòng \[(\d+)\], loại: câu hỏi -----\n(.*)", asked.user):
            yield f"[{number}] {line.replace('đồng chí', 'anh, chị')}\n"

    def made(name: str, **environment: str) -> dict[str, Any]:
        out = tmp_path / name
        result = run(
            home, "--document", PLAN.name, "--parts", "discussion", "--out", str(out), **environment
        )
        assert result.returncode == 0, result.stderr
        pack: dict[str, Any] = json.loads(out.read_bytes())
        return pack

    with serve(script) as server:
        worded = made("a.json", ASSISTANT_LLM="openai:scripted", ASSISTANT_LLM_BASE_URL=server.url)
        assert server.asked
    plain = made("b.json")
    texts = [[q["text"] for q in p["discussion"]["entries"]] for p in (worded, plain)]
    assert any("anh, chị" in text for text in texts[0])
    assert not any("anh, chị" in text for text in texts[1])
    result = run(
        home, "--document", PLAN.name, "--out", str(tmp_path / "c.json"), ASSISTANT_LLM="nonsense"
    )
    assert result.returncode == 2
    assert "ASSISTANT_LLM=nonsense" in result.stderr
