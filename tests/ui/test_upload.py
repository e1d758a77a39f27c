"""What becomes of uploaded files, told file by file, on a real library."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from assistant.ui.render.uploads import ROWS_SHOWN, uploads_html
from assistant.ui.replacing import new_version, replace_namesakes
from assistant.ui.upload import Batch, Row, State, add_uploads, namesakes_of, settled
from ingest.errors import LibraryError
from ingest.pipeline import Library
from ingest.records import Corrections
from ingest.settings import Settings
from tests.ui.parsed import said


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        yield opened


def uploaded(folder: Path, *files: tuple[str, bytes]) -> list[str]:
    """The files as Gradio leaves them: each in a folder of its own."""
    paths = []
    for place, (name, data) in enumerate(files):
        path = folder / "up" / f"{place}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        paths.append(str(path))
    return paths


def add(library: Library, paths: list[str]) -> Batch:
    *_, last = add_uploads(library, paths, "t", threading.Event())
    return last


def states(batch: Batch) -> list[str]:
    return [row.state for row in batch.rows]


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
    last = add(library, paths)
    assert states(last) == ["failed", "added", "failed", "duplicate", "added"]
    html = said(uploads_html(last))
    assert "rỗng" in html
    assert "nhị phân" in html
    assert "đã có trong thư viện: a.txt" in html
    assert "Đã thêm 2 văn bản · 1 đã có · 2 không đọc được" in html


def test_progress_marks_one_file_at_a_time_and_the_page_in_work(
    library: Library, tmp_path: Path
) -> None:
    texts = [f"Buổi họp thứ {n} của tổ Sen.".encode() for n in range(3)]
    paths = uploaded(tmp_path, *(("họp.txt", text) for text in texts))
    *progress, last = add_uploads(library, paths, "t", threading.Event())
    assert max(batch.count(State.READING) for batch in progress) == 1
    assert all(batch.token == "t" for batch in progress)
    assert last.is_ended
    assert 'data-ask="stop" data-value="t"' in uploads_html(progress[0])
    paged = Batch((Row("quét.pdf", State.READING, page=3, pages=40),), "t")
    assert "đang đọc trang 3/40" in said(uploads_html(paged))
    assert '<progress value="3" max="40"' in uploads_html(paged)


def test_what_is_stopped_keeps_what_is_done_and_says_the_rest(
    library: Library, tmp_path: Path
) -> None:
    texts = [f"Đợt quét dọn thứ {n} của xóm Bưởi.".encode() for n in range(4)]
    paths = uploaded(tmp_path, *((f"{n}.txt", text) for n, text in enumerate(texts)))
    stop = threading.Event()
    last = Batch()
    for batch in add_uploads(library, paths, "t", stop):
        stop.set()
        last = batch
    found = states(last)
    assert found[-1] == "stopped"
    assert set(found) <= {"added", "stopped"}
    assert len(library.documents()) == found.count("added")
    assert f"{found.count('stopped')} không thêm vì đã dừng" in said(uploads_html(last))
    assert not (tmp_path / "up").exists() or not list((tmp_path / "up").iterdir())


def test_no_copies_and_no_empty_folders_are_left(library: Library, tmp_path: Path) -> None:
    paths = uploaded(tmp_path, ("c.txt", b""), ("d.txt", "Tổ Lan họp sáng thứ hai.".encode()))
    add(library, paths)
    assert list((tmp_path / "up").iterdir()) == []


def test_a_file_that_went_missing_is_said_to_be(library: Library, tmp_path: Path) -> None:
    last = add(library, [str(tmp_path / "gone" / "e.txt")])
    assert states(last) == ["failed"]
    assert "không có tệp này" in said(uploads_html(last))
    assert "Không thêm được văn bản nào" in said(uploads_html(last))


def test_each_document_of_an_archive_has_a_row(library: Library, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("một.txt", "Tổ Cúc họp sáng thứ ba, ngày 4/5/2033.")
        archive.writestr("hai.txt", "")
        archive.writestr("ba.xyz", "x")
    later = "Tổ Huệ họp chiều thứ tư, ngày 5/5/2033.".encode()
    paths = uploaded(tmp_path, ("lô.zip", packed.getvalue()), ("f.txt", later), ("g.txt", later))
    last = add(library, paths)
    assert states(last) == ["added", "failed", "failed", "added", "duplicate"]
    for name in ("lô.zip › một.txt", "lô.zip › hai.txt", "lô.zip › ba.xyz", "f.txt"):
        assert name in unescape(uploads_html(last))


LONG = "".join(f"{n}. Tổ số {n} quét ngõ, ghi sổ và nộp cho trưởng ấp.\n" for n in range(1, 40))


def test_a_near_duplicate_is_pointed_out_and_not_merged(library: Library, tmp_path: Path) -> None:
    add(library, uploaded(tmp_path / "1", ("bản đầu.txt", LONG.encode())))
    changed = LONG.replace("Tổ số 7 ", "Tổ bảy ").encode()
    last = add(library, uploaded(tmp_path / "2", ("bản sau.txt", changed)))
    ((name, share),) = last.rows[0].alike
    assert name == "bản đầu.txt"
    assert 0.8 < share < 1
    assert "gần giống «bản đầu.txt»" in said(uploads_html(last))
    assert len(library.documents()) == 2


def test_another_file_of_the_same_name_may_take_the_place_of_the_older(
    library: Library, tmp_path: Path
) -> None:
    add(library, uploaded(tmp_path / "1", ("lịch.txt", "Lịch họp ấp Dừa, ngày 1/2.".encode())))
    (old,) = library.documents()
    library.correct(old.id, Corrections(number="5/LH"))
    last = add(
        library, uploaded(tmp_path / "2", ("lịch.txt", "Lịch họp ấp Dừa, ngày 8/2.".encode()))
    )
    new = last.rows[0].document
    assert namesakes_of(last, new) == (old.id,)
    assert 'data-ask="replace"' in uploads_html(last)
    assert len(library.documents()) == 2, "both are kept until the person says otherwise"

    kept = settled(last, new, replaced=False)
    assert states(kept) == ["added"]
    assert 'data-ask="replace"' not in uploads_html(kept)

    replace_namesakes(library, new, namesakes_of(last, new))
    (left,) = library.documents()
    assert left.id == new
    assert left.header.number is not None
    assert left.header.number.value == "5/LH", "what was corrected by hand carries over"
    assert [each.id for each in library.set_aside_documents()] == [old.id], "it can be undone"
    assert "thay bản cũ" in said(uploads_html(settled(last, new, replaced=True)))


def test_a_newer_file_takes_the_place_of_a_document(library: Library, tmp_path: Path) -> None:
    add(library, uploaded(tmp_path / "1", ("quy chế.txt", "Quy chế chợ Mới, bản một.".encode())))
    (old,) = library.documents()
    empty = Path(uploaded(tmp_path / "2", ("hỏng.txt", b""))[0])
    why = new_version(library, old.id, empty)
    assert not isinstance(why, str)
    assert library.documents() == (old,), "nothing changes where the file can't be read"

    good = Path(uploaded(tmp_path / "3", ("q2.txt", "Quy chế chợ Mới, bản hai.".encode()))[0])
    newer = new_version(library, old.id, good)
    assert isinstance(newer, str)
    assert [d.id for d in library.documents()] == [newer]
    assert not good.exists()

    pack = library.settings.packs_path / f"{'0' * 16}.json"
    pack.mkdir(parents=True)  # which can't be looked through
    third = Path(uploaded(tmp_path / "4", ("q3.txt", "Quy chế chợ Mới, bản ba.".encode()))[0])
    newest = new_version(library, newer, third)
    assert [d.id for d in library.documents()] == [newest], "it is replaced all the same"


def test_a_long_list_shows_what_needs_an_eye_first() -> None:
    rows = [Row(f"{n}.txt", State.ADDED, document=str(n)) for n in range(500)]
    rows[450] = Row("xấu.txt", State.FAILED)
    rows[470] = Row("giống.txt", State.ADDED, alike=(("a.txt", 0.93),))
    html = uploads_html(Batch(tuple(rows)))
    assert html.count("<li") == ROWS_SHOWN + 3
    assert html.index("xấu.txt") < html.index("giống.txt") < html.index("0.txt")
    assert f"và {500 - ROWS_SHOWN - 2} tệp nữa" in said(html)

    going = [Row(f"{n}.txt", State.READ if n < 300 else State.WAITING) for n in range(500)]
    going[300] = Row("300.txt", State.READING)
    html = uploads_html(Batch(tuple(going), "t"))
    assert html.count("<li") < 20
    assert "tệp đã đọc" in said(html)
    assert "tệp đang chờ" in said(html)
    assert "300.txt" in html


def test_an_error_of_the_library_is_said_and_any_other_is_not_shown() -> None:
    rows = (Row("a.txt", State.FAILED),)
    full = Batch(rows, error=LibraryError("the disk is full", "ổ đĩa đã đầy"))
    assert "ổ đĩa đã đầy" in said(uploads_html(full))
    assert "the disk is full" in said(uploads_html(full), "en")
    broken = Batch(rows, error=RuntimeError("secret detail"))
    assert "secret detail" not in uploads_html(broken)
    assert "Đã có lỗi khi thêm văn bản" in said(uploads_html(broken))
