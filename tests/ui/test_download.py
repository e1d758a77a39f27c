"""The files of what the board shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ui.download import FORMATS, made_file
from assistant.ui.temporary import VARIABLE
from tests.ui.duties import found, row
from tests.ui.files import in_files


def test_each_file_holds_the_rows_and_is_named_for_its_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    rows = found(row("2024-05-20"), row("MONTHLY-15", action="giao ban"), row("RELATIVE:P10D"))
    made = {kind: made_file(kind, rows, "đơn vị «Công an xã»", "vi") for kind in FORMATS}
    for kind, path in made.items():
        assert path.name == f"thoi-han-2024-04-10.{kind}"
        assert path.is_relative_to(tmp_path)
    assert in_files({kind: path.read_bytes() for kind, path in made.items()}) == (2, 3, 3)
