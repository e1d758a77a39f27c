"""A whole library as one file: out, in, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingest.bundle import export_library, import_library
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline import Library, Progress
from ingest.records import Corrections
from ingest.samples import sample_paths
from ingest.settings import Settings

TEXT = "Đảng ủy xã họp bàn việc trồng cây đầu năm tại nhà văn hóa thôn."
PACK = json.dumps({"version": 1, "name": "Tập huấn"}, ensure_ascii=False).encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def other(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "other")


@pytest.fixture
def exported(settings: Settings, tmp_path: Path) -> Path:
    """A library of two small documents, one changed by hand, and a study pack."""
    for name, text in {"a.txt": TEXT, "quý I: 50%?.txt": TEXT + " Hai."}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(settings) as library:
        library.add([tmp_path / "a.txt", tmp_path / "quý I: 50%?.txt"])
        first = library.documents()[0]
        library.correct(first.id, Corrections(number="35-KH/ĐU", date="2023-04-20"))
        library.rename(first.id, "Trồng cây")
        settings.packs_path.mkdir()
        (settings.packs_path / "0123456789abcdef.json").write_bytes(PACK)
        export_library(library, tmp_path / "library.zip")
    return tmp_path / "library.zip"


def contents(library: Library) -> list[object]:
    found: list[object] = [library.passages(), library.obligations()]
    for document in library.documents():
        found += [document, document.notes, document.as_read, library.original(document.id)]
    return found


def packs(settings: Settings) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in settings.packs_path.glob("*")}


def test_out_and_in_gives_the_same_library(
    settings: Settings, other: Settings, tmp_path: Path
) -> None:
    archive = tmp_path / "lô.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("phụ lục/biểu 1.txt", TEXT + " Biểu.")
    steps: list[Progress] = []
    with Library.open(settings) as library:
        library.add([*sample_paths(), archive])
        changed = library.documents()[2]
        library.correct(changed.id, Corrections(title="", issuer="Đảng ủy xã An Lạc"))
        library.rename(changed.id, "Tên mới")
        export_library(library, tmp_path / "a.zip", steps.append)
        before = contents(library)
        count = len(library.documents())
    assert [step.done for step in steps] == [*range(count), count]
    assert steps[-1] == Progress(count, count, "")
    steps.clear()
    with Library.open(other) as library:
        summary = import_library(library, tmp_path / "a.zip", steps.append)
        assert (len(summary.added), summary.duplicates, summary.failed) == (count, (), ())
        assert len(summary.files) == count
        assert contents(library) == before
        assert steps[-1] == Progress(count, count, "")
        assert all(step.total == count for step in steps)
        export_library(library, tmp_path / "b.zip")
    with Library.open(other) as library:
        assert contents(library) == before
    with zipfile.ZipFile(tmp_path / "a.zip") as a, zipfile.ZipFile(tmp_path / "b.zip") as b:
        assert a.read("manifest.json") == b.read("manifest.json")


def test_twice_is_once(exported: Path, other: Settings) -> None:
    with Library.open(other) as library:
        import_library(library, exported)
        before, kept, revision = contents(library), packs(other), library.revision
        summary = import_library(library, exported)
        assert (summary.added, len(summary.duplicates)) == ((), 2)
        assert contents(library) == before
        assert (packs(other), library.revision) == (kept, revision)
    assert kept == {"0123456789abcdef.json": PACK}
    assert not list(other.home.glob(".reading-*"))


def test_what_is_there_stays_as_it_is(exported: Path, other: Settings, tmp_path: Path) -> None:
    other.packs_path.mkdir(parents=True)
    (other.packs_path / "0123456789abcdef.json").write_bytes(b'{"version": 1, "name": "other"}')
    with Library.open(other) as library:
        library.add([tmp_path / "a.txt"])
        (own,) = library.documents()
        library.rename(own.id, "Của tôi")
        for _ in range(2):
            summary = import_library(library, exported)
            assert ("a.txt", "Của tôi") in summary.duplicates
        assert library.document(own.id).name == "Của tôi"
        assert library.corrections(own.id) == Corrections()
        assert len(library.documents()) == 2
    assert packs(other) == {
        "0123456789abcdef.json": b'{"version": 1, "name": "other"}',
        f"{hashlib.sha256(PACK).hexdigest()[:16]}.json": PACK,
    }


def test_a_document_without_its_file_goes_as_text(
    settings: Settings, other: Settings, tmp_path: Path
) -> None:
    pdf = next(p for p in sample_paths() if p.suffix == ".pdf")
    with Library.open(settings) as library:
        library.add([pdf])
        (document,) = library.documents()
        library.correct(document.id, Corrections(number="1-CV/X"))
        shutil.rmtree(settings.originals_path / document.id)
        export_library(library, tmp_path / "a.zip")
    with Library.open(other) as library:
        for count in (1, 0):
            assert len(import_library(library, tmp_path / "a.zip").added) == count
        (carried,) = library.documents()
    assert (carried.text, carried.name) == (document.text, document.name)
    assert carried.given_name == f"{document.name}.txt"
    assert carried.header.number is not None
    assert carried.header.number.value == "1-CV/X"


def test_a_member_of_an_archive_without_its_file(
    settings: Settings, other: Settings, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "lô.zip", "w") as made:
        made.writestr("phụ lục/biểu 1.docx.txt", TEXT)
    with Library.open(settings) as library:
        library.add([tmp_path / "lô.zip"])
        (document,) = library.documents()
        shutil.rmtree(settings.originals_path / document.id)
        export_library(library, tmp_path / "a.zip")
    with Library.open(other) as library:
        import_library(library, tmp_path / "a.zip")
        assert [d.name for d in library.documents()] == ["lô.zip › phụ lục - biểu 1.docx.txt"]


def test_a_cancelled_export_leaves_what_was_there(settings: Settings, exported: Path) -> None:
    before = exported.read_bytes()
    with Library.open(settings) as library:
        export_library(library, exported, cancelled=lambda: True)
    assert exported.read_bytes() == before
    assert {p.name for p in exported.parent.glob("*.part")} == set()


def test_a_cancelled_import_keeps_what_was_done(
    exported: Path, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.bundle._AT_ONCE", 1)
    asked: list[int] = []
    with Library.open(other) as library:
        summary = import_library(
            library, exported, cancelled=lambda: bool(library.documents()) or bool(asked.append(1))
        )
        assert len(summary.added) == len(library.documents()) == 1
        again = import_library(library, exported)
        assert (len(again.added), len(again.duplicates)) == (1, 1)


def test_an_export_that_can_not_be_written(settings: Settings, exported: Path) -> None:
    with Library.open(settings) as library, pytest.raises(LibraryError, match="no/such"):
        export_library(library, exported.parent / "no/such/folder.zip")


# --- files that others made -----------------------------------------------------------------------


def remade(
    path: Path,
    change: Callable[[dict[str, Any]], object] = lambda manifest: None,
    **entries: bytes | None,
) -> Path:
    """The exported file with its manifest changed, and entries changed, added or left out."""
    with zipfile.ZipFile(path) as archive:
        held = {info.filename: archive.read(info) for info in archive.infolist()}
    manifest = json.loads(held.pop("manifest.json"))
    change(manifest)
    held = {"manifest.json": json.dumps(manifest).encode()} | held
    for name, data in entries.items():
        key = next((k for k in held if k.startswith(name)), name)
        held.pop(key, None)
        if data is not None:
            held[key] = data
    made = path.with_name("remade.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return made


def files_of(home: Path) -> set[str]:
    return {str(p.relative_to(home)) for p in home.rglob("*")} if home.exists() else set()


def test_a_file_is_remade_as_it_was(exported: Path, other: Settings) -> None:
    with Library.open(other) as library:
        assert len(import_library(library, remade(exported)).added) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("documents"),
        lambda m: m.update(format="another"),
        lambda m: m.update(version=99),
        lambda m: m.update(version="1"),
        lambda m: m.update(documents={}) or m["documents"].update(a=1),
        lambda m: m["documents"][0].update(id="../../evil"),
        lambda m: m["documents"][0].update(id="0" * 63),
        lambda m: m["documents"][0].update(id=5),
        lambda m: m["documents"][0].update(name="../../evil"),
        lambda m: m["documents"][0].update(name="a\x00.txt"),
        lambda m: m["documents"][0].update(name="x" * 2000 + ".txt"),
        lambda m: m["documents"][0].update(size=-1),
        lambda m: m["documents"][0].update(size=True),
        lambda m: m["documents"][0].update(size="1"),
        lambda m: m["documents"][0].update(size=10**15),
        lambda m: m["documents"][0].update(notes={"name": "../x"}),
        lambda m: m["documents"][0].update(notes={"added": "9999-12-31T23:59:59+00:00"}),
        lambda m: m["documents"][0].update(notes=[]),
        lambda m: m["packs"][0].update(name="../../evil.json"),
        lambda m: m["packs"][0].update(name="evil.py"),
        lambda m: m["packs"][0].update(sha256="x"),
        lambda m: m["packs"][0].update(size=10**12),
    ],
)
def test_a_manifest_that_lies_is_refused(
    exported: Path, other: Settings, change: Callable[[dict[str, Any]], object]
) -> None:
    made = remade(exported, change)
    with Library.open(other) as library:
        before = files_of(other.home)
        with pytest.raises((LibraryError, UnreadableFile)) as caught:
            import_library(library, made)
        assert "remade.zip" in str(caught.value)
        assert "remade.zip" in caught.value.message("vi")
        assert library.documents() == ()
        assert files_of(other.home) == before


def test_a_document_that_is_damaged_costs_the_others_nothing(
    exported: Path, other: Settings
) -> None:
    with Library.open(other) as library:
        summary = import_library(library, remade(exported, originals=b"another text"))
        assert [error.reason for error in summary.failed] == ["damaged"]
        assert len(summary.added) == len(library.documents()) == 1


def test_what_unpacks_to_more_than_was_said_is_cut_off(exported: Path, other: Settings) -> None:
    bomb = b"x" * 50_000_000
    with Library.open(other) as library:
        summary = import_library(library, remade(exported, originals=bomb))
        assert [error.reason for error in summary.failed] == ["damaged"]

    def honest(manifest: dict[str, Any]) -> None:
        manifest["documents"][0].update(id=hashlib.sha256(bomb).hexdigest(), size=len(bomb))

    name = f"originals/{hashlib.sha256(bomb).hexdigest()}"
    made = remade(exported, honest, **{name: bomb})
    with Library.open(other) as library:
        summary = import_library(library, made)
        assert [error.reason for error in summary.failed] == ["too_large"]


@pytest.mark.parametrize("name", ["originals", "packs"])
def test_what_is_missing_is_told(exported: Path, other: Settings, name: str) -> None:
    with Library.open(other) as library:
        summary = import_library(library, remade(exported, **{name: None}))
        assert [error.reason for error in summary.failed] == ["damaged"]
        assert len(summary.added) == len(library.documents()) == (1 if name == "originals" else 2)


@pytest.mark.parametrize("name", ["originals", "packs"])
def test_bytes_that_a_disk_has_changed_cost_that_entry_alone(
    exported: Path, other: Settings, name: str
) -> None:
    with zipfile.ZipFile(exported) as archive:
        info = next(i for i in archive.infolist() if i.filename.startswith(name))
    data = bytearray(exported.read_bytes())
    middle = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    data[middle] ^= 0x55
    exported.write_bytes(data)
    with Library.open(other) as library:
        (error,) = import_library(library, exported).failed
        assert error.reason == "damaged"
        assert len(library.documents()) == (1 if name == "originals" else 2)
        if name == "originals":  # it is told which, as people know it
            with zipfile.ZipFile(exported) as archive:
                entries = json.loads(archive.read("manifest.json"))["documents"]
            there = {document.given_name for document in library.documents()}
            assert [e["name"] in str(error) for e in entries if e["name"] not in there] == [True]


def test_a_folder_is_no_file_to_write_or_read(
    settings: Settings, other: Settings, tmp_path: Path
) -> None:
    with Library.open(settings) as library:
        for folder in (tmp_path, Path()):
            with pytest.raises(LibraryError, match="is a folder"):
                export_library(library, folder)
    with Library.open(other) as library, pytest.raises(LibraryError, match=tmp_path.name):
        import_library(library, tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", b"no zip at all" * 100, b"PK\x05\x06" + bytes(18),
        b"PK\x05\x06" + bytes(8) + b"\xff\xff\xff\x7f" + bytes(6),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(tmp_path: Path, other: Settings, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with Library.open(other) as library:
        with pytest.raises((LibraryError, UnreadableFile), match=r"x\.zip"):
            import_library(library, tmp_path / "x.zip")
        with pytest.raises(UnreadableFile, match="no such file"):
            import_library(library, tmp_path / "missing.zip")


def test_every_cut_and_changed_file_is_refused_or_read_whole(
    exported: Path, other: Settings
) -> None:
    data = exported.read_bytes()
    made = exported.with_name("cut.zip")
    with Library.open(other) as library:
        for at in range(0, len(data), max(1, len(data) // 10)):
            for changed in (data[:at], data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]):
                made.write_bytes(changed)
                try:
                    summary = import_library(library, made)
                except (LibraryError, UnreadableFile):
                    continue
                for document in summary.added:
                    assert document.id in {
                        hashlib.sha256(d).hexdigest() for d in originals(exported)
                    }


def originals(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(n) for n in archive.namelist() if n.startswith("originals/")]


def test_a_list_of_too_many_entries_is_refused_unread(
    tmp_path: Path, other: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.bundle._MAX_ENTRIES", 50)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for n in range(60):
            archive.writestr(f"{n}", b"")
    (tmp_path / "x.zip").write_bytes(held.getvalue())
    with Library.open(other) as library, pytest.raises(UnreadableFile, match="larger"):
        import_library(library, tmp_path / "x.zip")


def test_a_locked_file_is_refused(exported: Path, other: Settings) -> None:
    data = bytearray(exported.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1  # the flag of encryption, in every entry of the list
        at = data.rfind(b"PK\x01\x02", 0, at)
    exported.write_bytes(data)
    with Library.open(other) as library, pytest.raises(LibraryError, match="library"):
        import_library(library, exported)


def test_a_library_that_can_not_be_written_is_no_fault_of_the_file(
    exported: Path, other: Settings
) -> None:
    with Library.open(other) as library:
        shutil.rmtree(other.home)
        with pytest.raises(LibraryError) as caught:
            import_library(library, exported)
        assert str(other.home) in str(caught.value)
