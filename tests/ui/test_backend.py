"""The library behind the page."""

from __future__ import annotations

from pathlib import Path

from assistant.ui.backend import Backend, open_assistant, open_library
from ingest.settings import Settings


def test_the_register_is_made_anew_only_when_the_library_changes(tmp_path: Path) -> None:
    def opened() -> object:
        return open_library(Settings(home=tmp_path / "home"))

    backend = Backend(opened, open_assistant, lambda: [])  # type: ignore[arg-type]
    assert backend.register() is None
    backend.start()
    assert backend.wait(120)
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
