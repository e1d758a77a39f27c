"""Fail today, pass with fixes.patch. Home: test_chain.py / test_ask_command.py / test_read.py."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.chain import Assistant
from ingest.errors import LibraryError
from ingest.pipeline import Library
from ingest.samples import sample_paths


def test_searching_while_documents_come_and_go(empty_library: Library, tmp_path: Path) -> None:
    empty_library.add(sample_paths())
    vector = empty_library.embeddings.embed_query("báo cáo")
    failed: list[LibraryError] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                empty_library.nearest(vector, 50)
            except LibraryError as error:
                failed.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for i in range(20):
            plan = tmp_path / f"{i}.txt"
            plan.write_text(f"KẾ HOẠCH\n1. Hội {i} nộp báo cáo.\n", encoding="utf-8")
            summary = empty_library.add([plan])
            assert summary.added, summary.failed
            empty_library.remove(summary.added[0].id)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert not failed
    with sqlite3.connect(empty_library.settings.store_path / "chroma.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_console_without_vietnamese_letters(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "Ai ký?"],
        capture_output=True,
        text=True,
        env=os.environ | {"ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout.startswith("Th? vi?n")
    assert not ran.stderr


@pytest.mark.parametrize("question", ["Ai ký Kết luận 35?", "Công văn 22 do ai ký?"])
def test_a_number_under_another_kind(assistant: Assistant, question: str) -> None:
    assert assistant.invoke(question).abstained


def test_what_someone_must_do_is_not_who(assistant: Assistant) -> None:
    answer = assistant.invoke("What must the cells do by 20/4?")
    assert "trước ngày 20/4/2024" in answer.statements[0].text
