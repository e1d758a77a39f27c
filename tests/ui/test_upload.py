"""What becomes of uploaded files, told file by file, on a real library."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from assistant.ui.upload import add_uploads
from ingest.pipeline import Library
from ingest.settings import Settings


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path_factory.mktemp("home"))) as opened:
        yield opened


def uploaded(folder: Path, *files: tuple[str, bytes]) -> list[str]:
    """The files as Gradio leaves them: each in a folder of its own."""
    paths = []
    for place, (name, data) in enumerate(files):
        path = folder / f"{place}" / name
        path.parent.mkdir()
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def rows(html: str) -> list[tuple[str, str]]:
    """(state, what is said in Vietnamese) of each file."""
    found = re.findall(r'<li class="(\w+)">.*?<span class="t" lang="vi">(.*?)</span>', html)
    return [(state, unescape(message)) for state, message in found]


def test_files_of_one_name_are_told_apart_by_their_place(library: Library, tmp_path: Path) -> None:
    good = "Hội làng Mây tổ chức ngày 1/2/2031.".encode()
    paths = uploaded(
        tmp_path,
        ("a.txt", b""),
        ("a.txt", good),
        ("a.txt", b"\0\1\2" * 50),
        ("b.txt", good),
        ("a.txt", "Hội làng Gió tổ chức ngày 3/4/2032.".encode()),
    )
    *_, last = add_uploads(library, paths)
    assert [state for state, _ in rows(last)] == ["failed", "added", "failed", "duplicate", "added"]
    said = [message for _, message in rows(last)]
    assert "rỗng" in said[0]
    assert "nhị phân" in said[2]
    assert said[3] == "đã có trong thư viện: a.txt"
    assert "Đã thêm 2 văn bản" in last


def test_progress_marks_one_file_at_a_time(library: Library, tmp_path: Path) -> None:
    texts = [f"Buổi họp thứ {n} của tổ Sen.".encode() for n in range(3)]
    paths = uploaded(tmp_path, *(("họp.txt", text) for text in texts))
    *progress, _ = add_uploads(library, paths)
    counts = [html.count('<li class="reading">') for html in progress]
    assert max(counts) == 1
    assert counts.count(1) == 3


def test_no_copies_and_no_empty_folders_are_left(library: Library, tmp_path: Path) -> None:
    paths = uploaded(tmp_path, ("c.txt", b""), ("d.txt", "Tổ Lan họp sáng thứ hai.".encode()))
    list(add_uploads(library, paths))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_went_missing_is_said_to_be(library: Library, tmp_path: Path) -> None:
    *_, last = add_uploads(library, [str(tmp_path / "gone" / "e.txt")])
    assert rows(last) == [("failed", "không có tệp này")]


def test_each_document_of_an_archive_has_a_row(library: Library, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("một.txt", "Tổ Cúc họp sáng thứ ba, ngày 4/5/2033.")
        archive.writestr("hai.txt", "")
        archive.writestr("ba.xlsx", "x")
    later = "Tổ Huệ họp chiều thứ tư, ngày 5/5/2033.".encode()
    paths = uploaded(tmp_path, ("lô.zip", packed.getvalue()), ("f.txt", later), ("g.txt", later))
    *_, last = add_uploads(library, paths)
    assert [state for state, _ in rows(last)] == [
        "added",
        "failed",
        "failed",
        "added",
        "duplicate",
    ]
    for name in ("lô.zip › một.txt", "lô.zip › hai.txt", "lô.zip › ba.xlsx", "f.txt"):
        assert name in unescape(last)
