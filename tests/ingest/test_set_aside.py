"""Deleting with undo: gone for every reader at once, and back whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.pipeline import Library, rebuild
from ingest.pipeline.judged import FILE_NAME
from ingest.records import Corrections
from ingest.settings import Settings

PLAN = """ĐẢNG ỦY XÃ AN LẠC
Số 35-KH/ĐU
An Lạc, ngày 12 tháng 3 năm 2023
KẾ HOẠCH
trồng cây ở thôn {}
1. Chi bộ thôn báo cáo kết quả trước ngày 05/5/2023.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    for name in ("An", "Bình", "Chính"):
        (made / f"{name}.txt").write_text(PLAN.format(f"Bí mật {name}"), encoding="utf-8")
    return made


def seen(library: Library) -> tuple[object, ...]:
    return library.documents(), library.passages(), library.obligations()


def files_with(settings: Settings, words: str) -> list[str]:
    found = []
    for path in settings.home.rglob("*"):
        if path.is_file() and words.encode() in path.read_bytes():
            found.append(path.relative_to(settings.home).parts[0])
    return found


def test_what_is_set_aside_is_gone_for_every_reader(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first, second, _ = library.documents()
        vector = library.embeddings.embed_query("trồng cây Bí mật An")
        revision = library.revision
        library.set_aside(first.id, second.id)
        assert library.revision > revision
        assert [d.name for d in library.documents()] == ["Chính.txt"]
        assert {p.document_id for p in library.passages()}.isdisjoint({first.id, second.id})
        assert {o.document_id for o in library.obligations()}.isdisjoint({first.id, second.id})
        near = {identity.partition(":")[0] for identity, _ in library.nearest(vector, 50)}
        assert near.isdisjoint({first.id, second.id})
        assert {(a.id, a.name) for a in library.set_aside_documents()} == {
            (first.id, "An.txt"),
            (second.id, "Bình.txt"),
        }
        with pytest.raises(KeyError):
            library.document(first.id)
        with pytest.raises(KeyError):
            library.set_aside(first.id)
        assert files_with(settings, "Bí mật An") == ["originals"]


def test_undo_brings_everything_back(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first, second, _ = library.documents()
        library.correct(first.id, Corrections(number="36-KH/ĐU"))
        library.rename(first.id, "Một")
        before = seen(library)
        vector = library.embeddings.embed_query("trồng cây")
        near = library.nearest(vector, 50)
        added = library.added_at(first.id)
        library.set_aside(first.id, second.id)
        library.restore(second.id)
        library.restore(first.id)
        assert seen(library) == before
        assert dict(library.nearest(vector, 50)) == pytest.approx(dict(near))
        assert library.corrections(first.id) == Corrections(number="36-KH/ĐU")
        assert library.added_at(first.id) == added
        assert library.original(first.id) == ("An.txt", (folder / "An.txt").read_bytes())
        assert library.set_aside_documents() == ()
        with pytest.raises(KeyError):
            library.restore("0" * 64)
    with Library.open(settings) as again:
        assert seen(again) == before
        assert again.corrections(first.id) == Corrections(number="36-KH/ĐU")
    rebuild(settings)
    with Library.open(settings) as again:
        assert seen(again) == before


def test_it_is_gone_for_good_when_the_library_is_opened_next(
    settings: Settings, folder: Path
) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first = library.documents()[0]
        library.correct(first.id, Corrections(title="Bí mật An sửa tay"))
        library.set_aside(first.id)
    with Library.open(settings) as library:
        assert len(library.documents()) == 2
        assert library.set_aside_documents() == ()
        with pytest.raises(KeyError):
            library.restore(first.id)
    assert files_with(settings, "Bí mật An") == []
    rebuild(settings)
    with Library.open(settings) as library:
        assert len(library.documents()) == 2


def test_removing_what_is_set_aside_leaves_the_rest_to_be_restored(
    settings: Settings, folder: Path
) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first, second, third = library.documents()
        library.set_aside(first.id, second.id)
        with pytest.raises(KeyError):
            library.remove(first.id, "0" * 64)
        library.remove(first.id, third.id)  # one set aside, one not
        assert files_with(settings, "Bí mật An") == []
        assert files_with(settings, "Bí mật Chính") == []
        assert [a.id for a in library.set_aside_documents()] == [second.id]
        with pytest.raises(KeyError):
            library.restore(first.id, second.id)
        assert library.documents() == ()  # nothing is restored when one is gone for good
        library.restore(second.id)
        assert [d.name for d in library.documents()] == ["Bình.txt"]


def test_what_is_added_again_meanwhile_stays(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first = library.documents()[0]
        library.correct(first.id, Corrections(number="36-KH/ĐU"))
        library.set_aside(first.id)
        assert [d.name for d in library.add([folder / "An.txt"]).added] == ["An.txt"]
        assert library.set_aside_documents() == ()
        before = seen(library)
        library.restore(first.id)  # it is there: nothing to undo
        assert seen(library) == before
        assert library.corrections(first.id) == Corrections()
    with Library.open(settings) as again:
        assert seen(again) == before


def test_without_an_original_it_can_be_undone_too(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first = library.documents()[0]
        for kept in (settings.originals_path / first.id).iterdir():
            kept.unlink()
        before = seen(library)
        library.set_aside(first.id)
        library.restore(first.id)
        assert seen(library) == before
        assert library.original(first.id) is None


def test_a_failure_leaves_the_document_where_it_was(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        first = library.documents()[0]
        before = seen(library)
        (settings.originals_path / ".removed").write_text("no folder")
        with pytest.raises(LibraryError):
            library.set_aside(first.id)
        assert seen(library) == before
        assert library.set_aside_documents() == ()


def test_a_failure_midway_loses_nothing_when_opened_again(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        before = seen(library)
        ids = [document.id for document in library.documents()]
        last = max(ids)
        blocked = settings.originals_path / ".removed" / last
        blocked.mkdir(parents=True)
        (blocked / "in the way").write_text("x")
        with pytest.raises(LibraryError):
            library.set_aside(*sorted(ids))
        assert seen(library) == before
        assert library.set_aside_documents() == ()
    with Library.open(settings) as library:
        assert seen(library) == before
        assert all(library.original(document_id) is not None for document_id in ids)


def test_thumbs_come_back_with_what_they_quote(settings: Settings, folder: Path) -> None:
    def row(*names: str) -> str:
        cited = [{"document": f"{name}.txt", "quote": f"trồng cây ở thôn {name}"} for name in names]
        return json.dumps({"answer": " ".join(names), "citations": cited}, ensure_ascii=False)

    def left() -> list[str]:
        return [line for line in path.read_text("utf-8").split("\n") if line.strip()]

    path = settings.home / FILE_NAME
    rows = [row("An"), row("Bình"), row("An", "Bình"), row("Chính")]
    with Library.open(settings) as library:
        library.add([folder])
        first, second, third = (document.id for document in library.documents())
        path.write_text("\n".join([*rows, ""]), "utf-8")
        library.set_aside(first)
        library.set_aside(second)
        assert left() == rows[3:]
        with path.open("a", encoding="utf-8") as stream:
            stream.write(row("Chính") + "\n")
        library.restore(first)
        assert left() == [rows[0], rows[3], rows[3]]  # one quotes what is not back
        library.restore(second)
        assert left() == [*rows, rows[3]]
        library.set_aside(first, third)
        library.remove(first)
        library.restore(third)
        assert left() == [rows[1], rows[3], rows[3]]
        library.set_aside(second)
        assert library.add([folder / "Bình.txt"]).added  # which undoes it too
        assert left() == [rows[1], rows[3], rows[3]]
        library.set_aside(second)
    with Library.open(settings) as library:
        assert left() == [rows[3], rows[3]]
    assert files_with(settings, "thôn An") == []


def test_undo_is_refused_while_the_document_is_added_again(
    settings: Settings, folder: Path
) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        before = seen(library)
        first = library.documents()[0]
        library.set_aside(first.id)
        assert library.claim(first.id, first.name) is None  # as adding does, until it is committed
        with pytest.raises(LibraryError, match="being added"):
            library.restore(first.id)
        library.release([first.id])
        library.restore(first.id)
        assert seen(library) == before


def test_a_failure_to_add_it_again_leaves_the_undo(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([folder])
        before = seen(library)
        first = library.documents()[0]
        library.set_aside(first.id)
        blocked = settings.originals_path / ".adding"
        blocked.rmdir()
        blocked.write_text("no folder")
        with pytest.raises(LibraryError):
            library.add([folder / "An.txt"])
        blocked.unlink()
        library.restore(first.id)
        assert seen(library) == before
        assert library.original(first.id) == ("An.txt", (folder / "An.txt").read_bytes())
