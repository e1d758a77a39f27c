"""Files of a pack: named for it, and what is not there said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.study.errors import StudyError
from assistant.study.export import Format
from assistant.ui import temporary
from assistant.ui.study_file import file_name, pack_file
from tests.assistant.study.awkward import awkward, empty


@pytest.mark.parametrize(
    ("name", "form", "file"),
    [
        ("Kế hoạch số 35-KH/ĐU: học tập", Format.DOCX, "ke-hoach-so-35-kh-du-hoc-tap.docx"),
        ("Lớp chi ủy", Format.ANKI, "lop-chi-uy-the.csv"),
        ("Lớp chi ủy", Format.CSV, "lop-chi-uy-cau-hoi.csv"),
        ("../../etc/passwd", Format.GIFT, "etc-passwd.gift"),
        ("…", Format.JSON, "tap-huan.json"),
        ("x" * 300, Format.PPTX, "x" * 60 + ".pptx"),
    ],
)
def test_a_file_is_named_for_the_pack(name: str, form: Format, file: str) -> None:
    assert file_name(name, form) == file


def test_a_file_holds_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(temporary.VARIABLE, str(tmp_path))
    path = pack_file(awkward(), "Lớp tối", Format.JSON)
    assert path.is_relative_to(tmp_path)
    assert path.name == "lop-toi.json"
    assert json.loads(path.read_bytes())["title"] == awkward().title
    for form in (Format.ANKI, Format.CSV, Format.GIFT):
        with pytest.raises(StudyError):
            pack_file(empty(), "Lớp tối", form)
