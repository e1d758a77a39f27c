"""The whole library as one file, given out and taken in."""

from __future__ import annotations

import shutil
import threading
import zipfile
from pathlib import Path

import pytest

from assistant.ui.download import original_file
from assistant.ui.render.transfer import backup_html, transfer_html
from assistant.ui.transfer import Transfer, exporting, importing
from ingest.pipeline import Library
from ingest.records import Corrections
from ingest.settings import Settings
from tests.ui.parsed import assert_harmless, attacks, said

MORE = frozenset({"progress"})


@pytest.fixture(autouse=True)
def private_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "given").mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "given"))


def library_of(home: Path, *names: str) -> Library:
    library = Library.open(Settings(home=home))
    folder = home.parent / f"{home.name}-files"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"Nội quy của {name}, ban hành ngày 1/2/2031.", encoding="utf-8")
    library.add([folder / name for name in names])
    return library


def test_what_is_exported_is_imported_with_what_was_corrected(tmp_path: Path) -> None:
    with library_of(tmp_path / "one", "chợ.txt", "bến.txt") as library:
        bến, _ = library.documents()
        library.correct(bến.id, Corrections(number="7/NQ"))
        *progress, last = exporting(library, "t", threading.Event())
        assert all(state.token == "t" for state in progress)
        assert last.path is not None
        assert last.path.name.startswith("thu-vien-")
        assert "Đã xuất thư viện" in said(transfer_html(last))

    taken = tmp_path / "taken.zip"
    shutil.copy(last.path, taken)
    with library_of(tmp_path / "other", "chợ.txt") as library:
        *_, end = importing(library, taken, "t", threading.Event())
        assert "Đã nhập 1 văn bản, 1 đã có, 0 không đọc được" in said(transfer_html(end))
        assert library.corrections(bến.id) == Corrections(number="7/NQ")
        assert not taken.exists()


def test_a_file_that_is_no_library_is_said_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    with library_of(tmp_path / "one") as library:
        *_, end = importing(library, other, "t", threading.Event())
        assert end.failed
        assert end.note is not None
        assert len(said(transfer_html(end)).split()) > 4
        assert library.documents() == ()


def test_a_stopped_export_gives_no_file(tmp_path: Path) -> None:
    with library_of(tmp_path / "one", "chợ.txt") as library:
        stop = threading.Event()
        stop.set()
        *_, end = exporting(library, "t", stop)
        assert end.path is None
        assert "Đã dừng" in said(transfer_html(end))


def test_an_original_is_given_under_its_name_and_its_own_suffix(tmp_path: Path) -> None:
    with library_of(tmp_path / "one", "chợ.txt") as library:
        (document,) = library.documents()
        made = original_file(library, document.id)
        assert made is not None
        assert made.name == "chợ.txt"
        assert "Nội quy" in made.read_text(encoding="utf-8")
        library.rename(document.id, "Nội quy chợ 2031")
        renamed = original_file(library, document.id)
        assert renamed is not None
        assert renamed.name == "Nội quy chợ 2031.txt"
        shutil.rmtree(library.settings.originals_path / document.id)
        assert original_file(library, document.id) is None


@attacks
def test_names_are_text_while_a_file_is_made(attack: str) -> None:
    assert_harmless(transfer_html(Transfer("exporting", attack, 1, 3, attack)), MORE)
    assert_harmless(backup_html())
