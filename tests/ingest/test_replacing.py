"""A changed file in the place of an older document."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.pipeline import Library, Progress, Summary, add_replacing
from ingest.records import Corrections
from ingest.settings import Settings

PLAN = """ĐẢNG ỦY XÃ AN LẠC
Số 3S-KH/ĐU
An Lạc, ngày 12 tháng 3 năm 2023
KẾ HOẠCH
trồng cây
1. Chi bộ thôn báo cáo kết quả trước ngày 05/5/2023.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(summary: Summary) -> tuple[list[str], tuple[str, ...], list[str]]:
    return [d.name for d in summary.added], summary.replaced, [e.reason for e in summary.failed]


def test_a_new_version_takes_the_place_of_the_old(settings: Settings, tmp_path: Path) -> None:
    old = write(tmp_path / "cũ/kế hoạch.txt", PLAN + "Bản cũ bí mật.\n")
    new = write(tmp_path / "mới/kế hoạch (2).txt", PLAN + "Bản mới.\n")
    steps: list[Progress] = []
    with Library.open(settings) as library:
        library.add([old, write(tmp_path / "khác.txt", "Việc khác hẳn ở thôn Hạ.")])
        before = next(d for d in library.documents() if d.name == "kế hoạch.txt")
        library.correct(before.id, Corrections(number="35-KH/ĐU", title="trồng rừng"))
        library.rename(before.id, "Trồng cây")
        summary = library.replace(before.id, new, steps.append)
        assert names(summary) == (["Trồng cây"], ("Trồng cây",), [])
        assert [outcome.added for outcome in summary.files] == [summary.added]
        after = summary.added[0]
        assert {d.id for d in library.documents()} >= {after.id}
        assert len(library.documents()) == 2
        assert library.document(after.id).header.number is not None
        assert library.corrections(after.id) == Corrections(number="35-KH/ĐU", title="trồng rừng")
        assert library.original(after.id) == ("kế hoạch (2).txt", new.read_bytes())
        with pytest.raises(KeyError):
            library.document(before.id)
        assert (steps[0].done, steps[-1]) == (0, Progress(1, 1, ""))
        seen = library.documents(), library.passages(), library.obligations()
    held = [p.read_bytes() for p in settings.home.rglob("*") if p.is_file()]
    assert not any("Bản cũ bí mật".encode() in data for data in held)
    with Library.open(settings) as again:
        assert (again.documents(), again.passages(), again.obligations()) == seen


def test_a_file_that_can_not_be_read_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PLAN)
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        seen, revision = library.documents(), library.revision
        for bad in (b"", b"PK\x03\x04 cut short", b"\x00" * 100):
            (tmp_path / "b.docx").write_bytes(bad)
            summary = library.replace(document.id, tmp_path / "b.docx")
            assert (summary.added, summary.replaced, len(summary.failed)) == ((), (), 1)
        assert names(library.replace(document.id, tmp_path / "missing.txt"))[2] == ["missing"]
        assert names(library.replace(document.id, tmp_path / "a.exe"))[2] == ["missing"]
        assert (library.documents(), library.revision) == (seen, revision)
        with pytest.raises(KeyError):
            library.replace("0" * 64, path)


def test_a_file_that_is_there_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.txt", PLAN), write(tmp_path / "b.txt", PLAN + "Hai.")
    with Library.open(settings) as library:
        library.add([one, two])
        first = next(d for d in library.documents() if d.name == "a.txt")
        for same in (one, two):
            summary = library.replace(first.id, same)
            assert summary.duplicates == ((same.name, same.name),)
        assert len(library.documents()) == 2


def test_a_failure_between_new_and_old_loses_neither(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = write(tmp_path / "a.txt", PLAN), write(tmp_path / "b.txt", PLAN + "Hai.")
    with Library.open(settings) as library:
        library.add([old])
        (document,) = library.documents()

        def ended(*ids: str) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(library, "remove", ended)
            with pytest.raises(KeyboardInterrupt):
                library.replace(document.id, new)
    with Library.open(settings) as library:
        assert {d.given_name for d in library.documents()} == {"a.txt", "b.txt"}
        (pair,) = library.alike()  # what is left to be done shows
        assert pair.share > 0.9


def test_by_name(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "v1"
    for name in ("a", "b", "c"):
        write(folder / f"{name}.txt", f"{PLAN}{name}\n")
    with Library.open(settings) as library:
        library.add([folder])
        old = {d.name: d.id for d in library.documents()}
        write(folder / "a.txt", PLAN + "a sửa\n")
        write(folder / "d.txt", PLAN + "d\n")
        (folder / "c.txt").write_bytes(b"")
        summary = add_replacing(library, [folder, tmp_path / "missing.txt"])
        assert names(summary) == (["a.txt", "d.txt"], ("a.txt",), ["empty", "missing"])
        assert summary.duplicates == (("b.txt", "b.txt"),)
        new = {d.name: d.id for d in library.documents()}
        assert set(new) == {"a.txt", "b.txt", "c.txt", "d.txt"}
        assert new["a.txt"] != old["a.txt"]
        assert (new["b.txt"], new["c.txt"]) == (old["b.txt"], old["c.txt"])
        again = add_replacing(library, [folder])
        assert names(again) == ([], (), ["empty"])


def test_a_name_that_several_have_is_not_guessed(settings: Settings, tmp_path: Path) -> None:
    for place in ("x", "y"):
        write(tmp_path / place / "a.txt", PLAN + place)
    with Library.open(settings) as library:
        library.add([tmp_path / "x", tmp_path / "y"])
        summary = add_replacing(library, [write(tmp_path / "z/a.txt", PLAN + "z")])
        (error,) = summary.failed
        assert error.reason == "ambiguous"
        assert all(document.id[:12] in error.detail for document in library.documents())
        known = add_replacing(library, [tmp_path / "x/a.txt"])
        assert known.duplicates == (("a.txt", "a.txt"),)
        assert len(library.documents()) == 2


def test_a_name_by_hand_is_known_too(settings: Settings, tmp_path: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(tmp_path / "a.txt", PLAN)])
        library.rename(library.documents()[0].id, "b.txt")
        summary = add_replacing(library, [write(tmp_path / "b.txt", PLAN + "b")])
        assert names(summary) == (["b.txt"], ("b.txt",), [])


def test_an_archive_of_several_takes_no_ones_place(settings: Settings, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", PLAN + "một")
        archive.writestr("b.txt", PLAN + "hai")
    with Library.open(settings) as library:
        library.add([write(tmp_path / "a.txt", PLAN)])
        (document,) = library.documents()
        assert names(library.replace(document.id, tmp_path / "two.zip"))[2] == ["several"]
        assert library.documents() == (document,)


def test_a_library_that_can_not_be_written_keeps_the_old(
    settings: Settings, tmp_path: Path
) -> None:
    with Library.open(settings) as library:
        library.add([write(tmp_path / "a.txt", PLAN)])
        (document,) = library.documents()
        settings.originals_path.rename(tmp_path / "elsewhere")
        settings.originals_path.write_text("no folder")
        new = write(tmp_path / "b.txt", PLAN + "b")
        with pytest.raises(LibraryError):
            library.replace(document.id, new)
        assert library.documents() == (document,)
        settings.originals_path.unlink()
        (tmp_path / "elsewhere").rename(settings.originals_path)
        assert names(library.replace(document.id, new))[0] == ["b.txt"]


def test_an_old_version_that_was_deleted_meanwhile(settings: Settings, tmp_path: Path) -> None:
    old, new = write(tmp_path / "a.txt", PLAN), write(tmp_path / "b.txt", PLAN + "Hai.")
    with Library.open(settings) as library:
        library.add([old])
        (document,) = library.documents()

        def delete(progress: Progress) -> None:
            if not progress.done and library.documents():
                library.remove(document.id)

        summary = library.replace(document.id, new, delete)
        assert [d.name for d in summary.added] == ["b.txt"]
        assert library.documents() == summary.added
