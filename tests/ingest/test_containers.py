"""Archives and messages that hold several documents: what is taken from them, and what is not."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.load import is_container
from ingest.load.containers import MAX_DEPTH, MAX_MEMBERS, members
from ingest.pipeline import Library, rebuild
from ingest.records import SourceDocument
from ingest.settings import Settings
from tests.ingest.test_load import small_docx as small_docx
from tests.ingest.test_mail import message

LIMIT = 10 * 2**20


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def names(data: bytes, name: str = "a.zip") -> list[str]:
    return [member.name for member in members(data, name, LIMIT).found]


def refusal(data: bytes, limit: int = LIMIT) -> str:
    with pytest.raises(UnreadableFile) as caught:
        members(data, "a.zip", limit)
    assert caught.value.name == "a.zip"
    return caught.value.reason


def test_members_are_documents_of_their_own() -> None:
    held = members(zipped(("b.txt", b"1"), ("c/d.md", b"2"), ("c/", b"")), "a.zip", LIMIT)
    assert [(m.name, m.data) for m in held.found] == [("a.zip › b.txt", b"1"),
                                                      ("a.zip › c/d.md", b"2")]  # fmt: skip
    assert held.failed == []


def test_what_is_no_container_is_itself(small_docx: bytes) -> None:
    for name, data in (("a.txt", b"x"), ("a.docx", small_docx), ("a.zip", small_docx),
                       ("a.zip", b"%PDF-1.4")):  # fmt: skip
        assert names(data, name) == [name]
    assert is_container("A.ZIP")
    assert is_container("thư.eml")
    assert not is_container("a.docx")


def test_files_of_systems_are_passed_over_and_other_kinds_are_told() -> None:
    data = zipped(
        ("b.txt", b"1"),
        ("__MACOSX/._b.txt", b"x"),
        (".DS_Store", b"x"),
        ("~$b.docx", b"x"),
        ("Thumbs.db", b"x"),
        ("bảng.xlsx", b"x"),
    )
    held = members(data, "a.zip", LIMIT)
    assert [m.name for m in held.found] == ["a.zip › b.txt"]
    assert [(e.name, e.reason) for e in held.failed] == [("a.zip › bảng.xlsx", "unsupported")]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../b.txt", "b.txt"),
        ("/etc/b.txt", "etc/b.txt"),
        ("C:\\Windows\\b.txt", "Windows/b.txt"),
        ("a/./../b.txt", "a/b.txt"),
        ("\\\\host\\share\\b.txt", "host/share/b.txt"),
        ("x\u202etxt.b.txt", "x txt.b.txt"),
        ("a\nb.txt", "a b.txt"),
        ("k" * 400 + ".txt", "k" * 196 + ".txt"),
    ],
)
def test_names_are_no_paths(given: str, shown: str) -> None:
    assert names(zipped((given, b"1"))) == [f"a.zip › {shown}"]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        pytest.param("kế hoạch.txt".encode(), "kế hoạch.txt", id="utf-8"),
        pytest.param("ke\u0302\u0301 hoạch.txt".encode(), "kế hoạch.txt", id="utf-8-decomposed"),
        pytest.param(
            "Đảng bộ/kê\u0301 hoa\u0323ch.txt".replace("ả", "a\u0309")
            .replace("ộ", "ô\u0323").encode("cp1258"),
            "Đảng bộ/kế hoạch.txt",
            id="windows-1258",
        ),
        pytest.param("KÕ ho¹ch n¨m.txt".encode("cp1252"), "Kế hoạch năm.txt", id="tcvn3"),
        pytest.param(b"r\x82sum\x82.txt", "résumé.txt", id="cp437"),
    ],
)  # fmt: skip
def test_names_that_do_not_say_how_they_are_written(stored: bytes, shown: str) -> None:
    named = "x" * (len(stored) - 4) + ".txt"
    data = zipped((named, b"1")).replace(named.encode(), stored)
    assert names(data) == [f"a.zip › {shown}"]


def test_archives_in_archives_and_in_messages() -> None:
    letter = message()
    letter.add_attachment(
        zipped(("c.txt", b"1")), maintype="application", subtype="zip", filename="b.zip"
    )
    assert names(zipped(("thư.eml", letter.as_bytes()))) == [
        "a.zip › thư.eml",
        "a.zip › thư.eml › b.zip › c.txt",
    ]
    assert names(letter.as_bytes(), "thư.eml") == ["thư.eml", "thư.eml › b.zip › c.txt"]


def test_depth_is_bounded() -> None:
    data = zipped(("x.txt", b"1"))
    for _ in range(MAX_DEPTH):
        data = zipped(("b.zip", data), ("c.txt", b"2"))
    held = members(data, "a.zip", LIMIT)
    assert [e.reason for e in held.failed] == ["too_complex"]
    assert len(held.found) == MAX_DEPTH


def test_bombs() -> None:
    zeros = bytes(2 * 2**20)
    assert [e.reason for e in members(zipped(("b.txt", zeros)), "a.zip", LIMIT).failed] == [
        "too_large"  # by its ratio, before it is unpacked
    ]
    full = zipped(*((f"{n}.txt", zeros) for n in range(6)), method=zipfile.ZIP_STORED)
    assert refusal(full) == "too_large"  # together more than may be unpacked
    assert refusal(zipped(*((f"{n}.txt", b"") for n in range(MAX_MEMBERS + 1)))) == "too_large"
    assert refusal(zipped(*((f"{n}.txt", b"") for n in range(10_001)))) == "too_large"
    liar = bytearray(zipped(("b.txt", zeros)))
    struct.pack_into("<I", liar, liar.rindex(b"PK\x01\x02") + 24, 10)  # the directory's size
    held = members(bytes(liar), "a.zip", LIMIT)
    assert [e.reason for e in held.failed] == ["damaged"]


def test_bombs_inside_spend_what_their_container_may() -> None:
    inner = zipped(("b.txt", bytes(900_000)), method=zipfile.ZIP_STORED)
    data = zipped(*((f"{n}.zip", inner) for n in range(8)), method=zipfile.ZIP_STORED)
    held = members(data, "a.zip", LIMIT)
    assert sum(len(m.data) for m in held.found) <= LIMIT
    assert {e.reason for e in held.failed} == {"too_large"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(), "no_documents"),
        (zipped((".ẩn", b"x")), "no_documents"),
        (zipped(("a.txt", b"1" * 100))[:60], "damaged"),
    ],
    ids=["empty", "hidden", "cut"],  # an archive has the time in it: no name for a test
)
def test_archives_of_nothing(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


def test_damaged_and_locked_members_cost_the_others_nothing() -> None:
    data = bytearray(zipped(("a.txt", b"12345" * 9), ("b.txt", b"6")))
    data[40] ^= 0xFF
    place = data.rindex(b"PK\x01\x02") + 8
    held = members(bytes(data), "a.zip", LIMIT)
    assert [m.name for m in held.found] == ["a.zip › b.txt"]
    assert [e.reason for e in held.failed] == ["damaged"]
    struct.pack_into("<H", data, place, 1)  # encrypted
    held = members(bytes(data), "a.zip", LIMIT)
    assert [e.reason for e in held.failed] == ["damaged", "password"]


# In the library --------------------------------------------------------------------------------


def plan(day: int) -> bytes:
    return f"KẾ HOẠCH\nThôn Sậy báo cáo trước ngày {day}/6/2031.".encode()


def test_a_library_takes_containers_apart_and_a_rebuild_leaves_it_so(tmp_path: Path) -> None:
    letter = message()
    letter.add_attachment(plan(2), maintype="text", subtype="plain", filename="hai.txt")
    given = tmp_path / "given"
    given.mkdir()
    (given / "lô.zip").write_bytes(
        zipped(("../một.txt", plan(1)), ("thư.eml", letter.as_bytes()), ("x.pdf", b"x" * 9))
    )
    (given / "hai.txt").write_bytes(plan(2))
    settings = Settings(home=tmp_path / "home")
    seen: list[str] = []
    with Library.open(settings) as library:
        summary = library.add([given], lambda progress: seen.append(progress.name))
        assert [d.name for d in summary.added] == [
            "hai.txt",
            "lô.zip › một.txt",
            "lô.zip › thư.eml",
        ]
        assert summary.duplicates == (("lô.zip › thư.eml › hai.txt", "hai.txt"),)
        assert [(e.name, e.reason) for e in summary.failed] == [("lô.zip › x.pdf", "damaged")]
        assert [len(file.added) for file in summary.files] == [1, 2]
        assert "lô.zip › thư.eml" in seen
        mail = next(d for d in library.documents() if d.name.endswith(".eml"))
        assert "[hai.txt]" in mail.text
        assert "Sậy" not in mail.text
        before = library.documents()
        library.remove(next(d.id for d in before if d.name == "hai.txt"))
    files = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert {p for p in files if not p.is_relative_to(settings.home)} == {
        given / "lô.zip",
        given / "hai.txt",
    }
    kept = [p.read_bytes() for p in settings.originals_path.rglob("*") if p.is_file()]
    assert len(kept) == 2
    assert not any(b"2/6/2031" in data for data in kept)  # nor within the message
    assert names_of(rebuild(settings).added) == ["lô.zip › một.txt", "lô.zip › thư.eml"]


def names_of(documents: tuple[SourceDocument, ...]) -> list[str]:
    return sorted(document.name for document in documents)
