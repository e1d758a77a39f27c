"""The library behind the page."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.records import Scope
from assistant.ui.backend import Backend, open_assistant, open_library
from assistant.ui.conversation import answering
from assistant.ui.render.conversation import conversation_html
from assistant.ui.render.frame import status_html
from ingest.pipeline import Library
from ingest.settings import Settings
from tests.chroma_server import ChromaServer
from tests.patience import PATIENCE
from tests.ui.parsed import said

ROOT = Path(__file__).resolve().parents[2]


def test_the_register_is_made_anew_only_when_the_library_changes(tmp_path: Path) -> None:
    def opened() -> object:
        return open_library(Settings(home=tmp_path / "home"))

    backend = Backend(opened, open_assistant, lambda: [])  # type: ignore[arg-type]
    assert backend.register() is None
    backend.start()
    assert backend.wait(PATIENCE)
    empty = backend.register()
    assert empty is not None
    assert empty.rows == ()
    assert backend.register() is empty

    plan = tmp_path / "kế hoạch.txt"
    plan.write_text(
        "KẾ HOẠCH\nI. TỔ CHỨC THỰC HIỆN\n1. Chi đoàn Mây Trắng báo cáo kết quả trước ngày 5/6/2031.",
        encoding="utf-8",
    )
    assert backend.library is not None
    backend.library.add([plan])
    renewed = backend.register()
    assert renewed is not None
    assert [r.obligation.deadline for r in renewed.rows] == ["2031-06-05"]
    assert backend.register() is renewed
    backend.close()


def test_a_setting_that_cannot_be_used_is_said_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM", "llama3")
    settings = Settings(home=tmp_path / "home")
    backend = Backend(lambda: open_library(settings), open_assistant, lambda: [])
    backend.start()
    assert backend.wait(PATIENCE)
    line = status_html(*backend.status())
    (turn,) = list(answering(backend, [], "Ai báo cáo?", Scope(), "vi"))[-1]
    for html in (line, conversation_html([turn], [], False)):
        assert "Chưa trả lời được câu hỏi nào: ASSISTANT_LLM=llama3: hãy ghi" in said(html)
        assert "ASSISTANT_LLM=llama3: write the provider" in said(html, "en")
    assert backend.library is not None, "documents can still be looked at"
    backend.close()


def test_a_library_that_can_not_be_filled_is_closed_again(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    backend = Backend(lambda: open_library(settings), samples=lambda: [Path("\0")])
    backend.start()
    assert backend.wait(PATIENCE)
    assert backend.status()[1] == "failed"
    assert backend.library is None
    open_library(settings).close()
    backend.close()


@pytest.mark.parametrize("own", [False, True], ids=["of-the-samples", "of-its-own-documents"])
def test_a_library_that_was_emptied_by_hand_stays_empty(tmp_path: Path, own: bool) -> None:
    plan = tmp_path / "kế hoạch.txt"
    plan.write_text("KẾ HOẠCH\nTổ Mây Trắng quét chợ.", encoding="utf-8")
    settings = Settings(home=tmp_path / "home")

    def started() -> Backend:
        backend = Backend(lambda: open_library(settings), samples=lambda: [plan])
        backend.start()
        assert backend.wait(PATIENCE)
        assert backend.ready
        return backend

    if own:
        with Library.open(settings) as library:
            library.add([plan])
    backend = started()
    assert [document.name for document in backend.documents()] == [plan.name]
    assert backend.library is not None
    backend.library.remove(*(document.id for document in backend.documents()))
    backend.close()

    backend = started()
    assert backend.documents() == ()
    backend.add_samples(lambda _: None)
    assert [document.name for document in backend.documents()] == [plan.name]
    backend.close()


def test_a_second_program_on_a_library_says_so_where_it_was_started(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(home=tmp_path)
    first = open_library(settings)
    second = Backend(lambda: open_library(settings))
    second.start()
    assert second.wait(PATIENCE)
    (told,) = [r.getMessage() for r in caplog.records if r.name == "assistant.ui.backend"]
    assert str(tmp_path) in told
    assert "in use" in told
    second.close()
    first.close()


def until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_a_server_that_is_waited_for_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.ui.backend._RETRY_SECONDS", 0.05)
    tries = []

    def away() -> Library:
        tries.append(1)
        return open_library(Settings(home=tmp_path, chroma_url="http://127.0.0.1:9"))

    backend = Backend(away)
    backend.start()
    until(lambda: len(tries) > 3)
    backend.close()
    told = [r for r in caplog.records if r.name == "assistant.ui.backend"]
    assert len(told) == 1


def test_a_library_at_a_server_that_comes_and_goes(tmp_path: Path) -> None:
    chroma = ChromaServer(tmp_path / "data")
    settings = Settings(home=tmp_path / "home", chroma_url=chroma.url)
    backend = Backend(lambda: open_library(settings), open_assistant, lambda: [])
    backend.start()
    until(lambda: backend.status()[0].key == "status_waiting")
    assert backend.status()[1] == "busy"
    chroma.start()
    assert backend.wait(PATIENCE)
    assert backend.status() == (backend.status()[0], "ready")
    assert backend.follows

    plan = tmp_path / "kế hoạch.txt"
    plan.write_text(
        "KẾ HOẠCH\nI. TỔ CHỨC THỰC HIỆN\n1. Chi đoàn Mây Trắng báo cáo kết quả trước ngày 5/6/2031.",
        encoding="utf-8",
    )
    environment = os.environ | {
        "ASSISTANT_CHROMA_URL": chroma.url,
        "ASSISTANT_HOME": str(tmp_path / "another home"),
    }
    added = subprocess.run(
        [sys.executable, "-m", "ingest", "add", str(plan)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        check=False,
    )
    assert added.returncode == 0, added.stderr
    until(backend.documents, 10)
    assert [r.obligation.deadline for r in backend.register().rows] == ["2031-06-05"]  # type: ignore[union-attr]
    assert backend.assistant is not None
    question = "Chi đoàn Mây Trắng báo cáo trước ngày nào?"
    assert "5/6/2031" in backend.assistant.invoke(question).answer

    chroma.kill()
    until(lambda: backend.status()[0].key == "status_away")
    assert backend.status()[1] == "failed"
    assert "5/6/2031" in backend.assistant.invoke(question).answer
    chroma.start()
    until(lambda: backend.status()[1] == "ready")
    backend.close()
    chroma.kill()
