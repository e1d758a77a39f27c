"""What becomes of uploaded files, told file by file, on a real library."""

from __future__ import annotations

import re
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
