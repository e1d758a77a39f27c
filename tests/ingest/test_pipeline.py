"""The library as a whole: real files, the shipped model, a real Chroma."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.embed import PassageEmbeddings, load_embeddings
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline import (
    Library,
    Progress,
    adding,
    context_of,
    files_under,
    read_document,
    rebuild,
)
from ingest.samples import sample_paths
from ingest.settings import Settings
from ingest.store import Store

ROOT = Path(__file__).parents[2]
TEXT = "Đảng ủy xã họp bàn việc trồng cây đầu năm tại nhà văn hóa thôn."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_samples_are_added_and_found_again(settings: Settings) -> None:
    steps: list[Progress] = []
    with Library.open(settings) as library:
        summary = library.add(sample_paths(), steps.append)
        assert [d.name for d in summary.added] == [p.name for p in sample_paths()]
        assert summary.duplicates == ()
        assert summary.failed == ()
        documents, passages = library.documents(), library.passages()
        query = library.embeddings.embed_query("chuyển đổi số ở xã")
        nearest = library.nearest(query, 5)
        assert len(nearest) == 5
        assert {i for i, _ in nearest} <= {p.id for p in passages}
    assert [d.name for d in documents] == sorted(p.name for p in sample_paths())
    for path in sample_paths():
        document = next(d for d in documents if d.name == path.name)
        assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
        assert "".join(p.text for p in passages if p.document_id == document.id) == document.text
    names = [p.name for p in sample_paths()]
    assert [step for step in steps if not step.committed] == [
        *(Progress(i, 8, n) for i, n in enumerate(names)),
        Progress(8, 8, ""),
    ]
    assert [d for step in steps for d in step.committed] == list(summary.added)
    with Library.open(settings) as again:
        assert again.documents() == documents
        assert again.passages() == passages


def test_what_is_seen_after_adding_is_what_a_reopened_library_shows(
    settings: Settings, folder: Path
) -> None:
    first, second = write(folder, "b.txt"), write(folder, "a.txt", TEXT + " Hai.")
    with Library.open(settings) as library:
        library.add([first])
        revision = library.revision
        library.add([second])
        assert library.revision > revision
        documents, passages = library.documents(), library.passages()
        assert [d.name for d in documents] == ["a.txt", "b.txt"]
        assert library.document(documents[0].id) == documents[0]
    with Library.open(settings) as again:
        assert (again.documents(), again.passages()) == (documents, passages)


def test_duplicates(settings: Settings, folder: Path) -> None:
    one, copy = write(folder, "một.txt"), write(folder, "bản sao.txt")
    other = write(folder, "khác.txt", TEXT + " Hai.")
    with Library.open(settings) as library:
        summary = library.add([one, one, copy, other])
        assert [d.name for d in summary.added] == ["một.txt", "khác.txt"]
        assert summary.duplicates == (("một.txt", "một.txt"), ("bản sao.txt", "một.txt"))
        again = library.add([folder])
        assert again.added == ()
        assert len(again.duplicates) == 3
        assert len(library.documents()) == 2


def test_two_files_of_one_name_are_two_documents(settings: Settings, folder: Path) -> None:
    for n, place in enumerate(("thôn một", "thôn hai")):
        (folder / place).mkdir()
        write(folder / place, "Kế hoạch.txt", f"{TEXT} {n}.")
    with Library.open(settings) as library:
        assert len(library.add([folder]).added) == 2
        assert [d.name for d in library.documents()] == ["Kế hoạch.txt"] * 2


def test_a_bad_file_costs_no_other_file(settings: Settings, folder: Path) -> None:
    write(folder, "a.txt", "")
    write(folder, "b.txt")
    (folder / "c.docx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 cut short")
    write(folder, "e.txt", "… --- …")
    write(folder, "g.txt", TEXT + " Hai.")
    with Library.open(settings) as library:
        summary = library.add([folder, folder / "missing.txt", folder / "b.txt"])
    assert [d.name for d in summary.added] == ["b.txt", "g.txt"]
    assert [(e.name, e.reason) for e in summary.failed] == [
        ("a.txt", "empty"), ("c.docx", "damaged"), ("d.pdf", "damaged"), ("e.txt", "no_text"),
        ("missing.txt", "missing"),
    ]  # fmt: skip


def test_an_empty_folder_fails_by_its_name(settings: Settings, folder: Path) -> None:
    (folder / "bảng.xlsx").write_bytes(b"x")
    with Library.open(settings) as library:
        (error,) = library.add([folder]).failed
    assert (error.name, error.reason) == ("plans", "no_documents")


def test_files_under_a_folder(folder: Path) -> None:
    for name in ("b.txt", "a.md", ".ẩn.txt", "~$a.docx", "c.xlsx"):
        write(folder, name)
    for name in (".git", "con"):
        (folder / name).mkdir()
        write(folder / name, "d.txt")
    (folder / "vòng").symlink_to(folder, target_is_directory=True)
    (folder / "liên kết.txt").symlink_to(folder / "b.txt")
    (folder / "đứt.txt").symlink_to(folder / "không có.txt")
    found = [str(p.relative_to(folder)) for p in files_under([folder])]
    assert found == ["a.md", "b.txt", os.path.join("con", "d.txt"), "liên kết.txt"]  # noqa: PTH118
    assert list(files_under([folder / "c.xlsx"])) == [folder / "c.xlsx"]


def test_the_librarys_own_files_are_not_added(folder: Path) -> None:
    write(folder, "a.txt")
    with Library.open(Settings(home=folder / "home")) as library:
        library.add([folder])
        assert library.add([folder]).duplicates == (("a.txt", "a.txt"),)


def test_a_file_name_that_is_no_text(settings: Settings, folder: Path) -> None:
    try:
        path = write(folder, os.fsdecode(b"k\xe9.txt"))
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    with Library.open(settings) as library:
        (document,) = library.add([path]).added
        assert document.name == "k?.txt"
    assert len(rebuild(settings).added) == 1


def test_removal(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(folder, "a.txt"), write(folder, "b.txt", TEXT + " Hai.")])
        gone, left = library.documents()
        with pytest.raises(KeyError):
            library.remove(gone.id, "unknown")
        assert len(library.documents()) == 2
        library.remove(gone.id)
        assert library.documents() == (left,)
        assert {p.document_id for p in library.passages()} == {left.id}
        assert not (settings.originals_path / gone.id).exists()
    with Library.open(settings) as again:
        assert again.documents() == (left,)
    assert [d.name for d in rebuild(settings).added] == ["b.txt"]
    for path in settings.home.rglob("*"):
        assert not path.is_file() or gone.text.encode() + b"\n" not in path.read_bytes()


class Failing(PassageEmbeddings):
    """The shipped model, until it has embedded so many texts: then it fails."""

    def __init__(self, after: int, error: BaseException) -> None:
        self._model = load_embeddings()
        self.name, self.dimension = self._model.name, self._model.dimension
        self.after, self.error = after, error

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.after -= len(texts)
        if self.after < 0:
            raise self.error
        return self._model.encode(texts)


def test_an_interrupted_add_leaves_whole_documents(settings: Settings, folder: Path) -> None:
    files = [write(folder, "a.txt"), write(folder, "b.txt", TEXT + " Hai.")]
    embeddings = Failing(1, KeyboardInterrupt())
    library = Library(
        settings, Store(settings.store_path, embeddings.name, embeddings.dimension), embeddings
    )
    library.add(files[:1])
    with pytest.raises(KeyboardInterrupt):
        library.add(files)
    assert [d.name for d in library.documents()] == ["a.txt"]
    embeddings.after = 5
    assert [d.name for d in library.add(files).added] == ["b.txt"]  # it can be run again
    library.close()


def test_an_add_that_fails_late_keeps_the_batches_that_were_done(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "_BATCH_PASSAGES", 500)
    long = "\n".join(f"{i}. {TEXT} {' '.join(['việc'] * 180)}" for i in range(1, 601))
    files = [write(folder, "dài.txt", long), write(folder, "sau.txt")]
    passages = len(_passages(read_document(files[0])))
    embeddings = Failing(passages, LibraryError("the model is gone"))
    settings = replace(settings, jobs=1)  # one after the other
    library = Library(
        settings, Store(settings.store_path, embeddings.name, embeddings.dimension), embeddings
    )
    with pytest.raises(LibraryError, match="gone"):
        library.add(files)
    assert [d.name for d in library.documents()] == ["dài.txt"]
    assert {p.document_id for p in library.passages()} == {library.documents()[0].id}
    library.close()


class Short(PassageEmbeddings):
    """A model whose vectors are not as long as it says."""

    name, dimension = "short", 8

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.ones((len(texts), 3), np.float32)


def test_vectors_of_the_wrong_length(settings: Settings, folder: Path) -> None:
    store = Store(settings.store_path, "short", 8)
    library = Library(settings, store, Short())
    with pytest.raises(LibraryError, match="shape"):
        library.add([write(folder, "a.txt")])
    assert library.documents() == ()
    library.close()


def test_two_threads_add_at_once(settings: Settings, folder: Path) -> None:
    files = [write(folder, f"{i}.txt", f"{TEXT} {i}.") for i in range(12)]
    with Library.open(settings) as library:
        threads = [
            threading.Thread(target=library.add, args=(part,)) for part in (files[:8], files[4:])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [d.name for d in library.documents()] == sorted(p.name for p in files)
        documents, passages = library.documents(), library.passages()
    with Library.open(settings) as again:
        assert (again.documents(), again.passages()) == (documents, passages)


def test_a_second_process_is_told(settings: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from ingest.pipeline import Library; "
        "from ingest.settings import Settings; Library.open(Settings(home=Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(settings.home)]
    with Library.open(settings):
        held = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        with pytest.raises(LibraryError, match="another process"):
            Library.open(settings)
    assert held.returncode != 0
    assert f"the library at {settings.home} is in use by another process" in held.stderr
    free = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert free.returncode == 0, free.stderr


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, "home")
    with pytest.raises(LibraryError, match="ASSISTANT_HOME"):
        Library.open(Settings(home=path))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that nobody may write")
def test_a_home_that_can_not_be_written() -> None:
    with pytest.raises(LibraryError, match="can't be written"):
        Library.open(Settings(home=Path("/proc/assistant")))


def test_a_failed_opening_leaves_the_lock_free(settings: Settings) -> None:
    with pytest.raises(LibraryError):
        Library.open(replace(settings, embedding_model="/no/such/model"))
    Library.open(settings).close()


def test_rebuild_gives_the_same_library(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([*sample_paths()[:2], write(folder, "quý I: 50%?.txt")])
        documents, passages = library.documents(), library.passages()
    summary = rebuild(settings)
    assert {d.name for d in summary.added} == {d.name for d in documents}
    with Library.open(settings) as again:
        assert (again.documents(), again.passages()) == (documents, passages)
    assert {p.name for p in settings.home.iterdir()} == {
        ".lock",
        ".owner",
        "chroma",
        "index",
        "originals",
    }


def made_by_another_model(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
    shutil.rmtree(settings.store_path)
    document = read_document(path)
    store = Store(settings.store_path, "another model", 3)
    store.add([document], [], np.zeros((0, 3), np.float32))
    store.close()


def test_rebuild_of_a_store_that_another_model_made(settings: Settings, folder: Path) -> None:
    made_by_another_model(settings, write(folder, "a.txt"))
    with pytest.raises(LibraryError, match=r"another model.*ingest rebuild"):
        Library.open(settings)
    assert [d.name for d in rebuild(settings).added] == ["a.txt"]
    with Library.open(settings) as library:
        assert len(library.passages()) == 1


def test_rebuild_carries_over_what_has_no_original(settings: Settings, folder: Path) -> None:
    made_by_another_model(settings, write(folder, "a.txt"))
    shutil.rmtree(settings.originals_path)
    assert rebuild(settings).added == ()
    with Library.open(settings) as library:
        assert [(d.name, d.text) for d in library.documents()] == [("a.txt", TEXT)]
        assert [p.text for p in library.passages()] == [TEXT]


def test_rebuild_carries_over_what_can_not_be_read_again(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(folder, "a.txt"), write(folder, "b.txt", TEXT + " Hai.")])
        documents = library.documents()
    kept = settings.originals_path / documents[0].id / "a.txt"
    kept.write_bytes(b"")
    summary = rebuild(settings)
    assert [e.name for e in summary.failed] == ["a.txt"]
    assert kept.exists()
    with Library.open(settings) as library:
        assert library.documents() == documents


def test_rebuild_of_a_damaged_store(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(folder, "a.txt")])
    (settings.store_path / "chroma.sqlite3").write_bytes(b"not a database " * 500)
    with pytest.raises(LibraryError, match="ingest rebuild"):
        Library.open(settings)
    assert [d.name for d in rebuild(settings).added] == ["a.txt"]
    assert (settings.home / "chroma.damaged-1").is_dir()
    with Library.open(settings) as library:
        assert [d.name for d in library.documents()] == ["a.txt"]


def test_an_interrupted_rebuild_changes_nothing(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(folder, "a.txt")])
        documents = library.documents()

    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(settings, interrupt)
    with Library.open(settings) as library:
        assert library.documents() == documents
    assert len(rebuild(settings).added) == 1


def test_a_rebuild_cut_short_between_its_renames(settings: Settings, folder: Path) -> None:
    with Library.open(settings) as library:
        library.add([write(folder, "a.txt")])
        documents = library.documents()
    settings.store_path.rename(settings.home / "chroma.old")
    with Library.open(settings) as library:
        assert library.documents() == documents


def test_a_file_that_changes_while_it_is_read(settings: Settings, folder: Path) -> None:
    path = write(folder, "a.txt")

    def change(progress: Progress) -> None:
        if progress.done == 1:  # the first file has been read, not yet stored
            path.write_text("khác hẳn", encoding="utf-8")

    with Library.open(settings) as library:
        library.add([path, write(folder, "b.txt", TEXT + " Hai.")], change)
        document = library.documents()[0]
    (kept,) = (settings.originals_path / document.id).iterdir()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == document.id
    assert kept.read_text(encoding="utf-8") == document.text


def test_context_names_the_document_and_the_headings() -> None:
    document = read_document(sample_paths()[3])
    with_headings = next(p for p in _passages(document) if any(p.headings))
    context = context_of(document, with_headings)
    assert document.header.number is not None
    assert document.header.number.value in context
    assert "năm 2025" in context
    assert all(h in context for h in with_headings.headings)


def _passages(document):  # type: ignore[no-untyped-def]
    from ingest.chunk import chunk

    return chunk(document)


def test_a_text_without_letters_is_refused(folder: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_document(write(folder, "a.txt", "… —\n- ; ."))
