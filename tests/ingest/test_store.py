"""The store on a real Chroma: what goes in comes out, and what is removed is gone from disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.chunk import chunk
from ingest.errors import LibraryError
from ingest.pipeline import read_document
from ingest.records import Passage, SourceDocument
from ingest.samples import sample_paths
from ingest.store import Store

DIMENSION = 8


def vectors_of(passages: list[Passage]) -> np.ndarray:
    rows = np.random.default_rng(len(passages)).normal(size=(len(passages), DIMENSION))
    return rows.astype(np.float32)


@pytest.fixture(scope="module")
def documents() -> list[SourceDocument]:
    return [read_document(path) for path in sample_paths()[:3]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "chroma", "model", DIMENSION)
    yield opened
    opened.close()


def fill(store: Store, documents: list[SourceDocument]) -> list[Passage]:
    passages = [p for d in documents for p in chunk(d)]
    store.add(documents, passages, vectors_of(passages))
    return sorted(passages, key=lambda p: p.id)


def test_a_reopened_store_equals_what_was_added(
    tmp_path: Path, documents: list[SourceDocument]
) -> None:
    first = Store(tmp_path / "chroma", "model", DIMENSION)
    passages = fill(first, documents)
    first.close()
    again = Store(tmp_path / "chroma", "model", DIMENSION)
    assert list(again.documents()) == sorted(documents, key=lambda d: (d.name, d.id))
    assert list(again.passages()) == passages
    again.close()


def test_a_document_with_every_kind_of_field(store: Store, documents: list[SourceDocument]) -> None:
    document = replace(documents[0], name="Kế hoạch «1» | 2.docx", warnings=("một", "hai"))
    passages = [replace(p, section=("", "1"), headings=("", "")) for p in chunk(document)]
    store.add([document], passages, vectors_of(passages))
    assert store.documents() == (document,)
    assert list(store.passages()) == passages


def test_nearest_gives_cosine_similarity(store: Store, documents: list[SourceDocument]) -> None:
    passages = [p for d in documents for p in chunk(d)]
    vectors = vectors_of(passages)
    store.add(documents, passages, vectors)
    query = vectors[5] * 3.0
    found = store.nearest(query.tolist(), 4)
    cosine = vectors @ query / np.linalg.norm(vectors, axis=1) / np.linalg.norm(query)
    best = np.argsort(-cosine)[:4]
    assert [i for i, _ in found] == [passages[b].id for b in best]
    np.testing.assert_allclose([s for _, s in found], cosine[best], atol=1e-5)
    one = store.nearest(query.tolist(), 4, [documents[1].id])
    assert {i.split(":")[0] for i, _ in one} == {documents[1].id}
    assert store.nearest(query.tolist(), 10_000)[0][0] == passages[5].id


def test_vectors_of_zeros_are_stored(store: Store, documents: list[SourceDocument]) -> None:
    passages = chunk(documents[0])
    store.add(documents[:1], passages, np.zeros((len(passages), DIMENSION), np.float32))
    assert len(store.nearest([1.0] * DIMENSION, 3)) == 3


def test_an_empty_store(store: Store) -> None:
    assert store.documents() == ()
    assert store.passages() == ()
    assert store.nearest([1.0] * DIMENSION, 5) == []


def test_adding_twice_changes_nothing(store: Store, documents: list[SourceDocument]) -> None:
    fill(store, documents)
    assert list(store.passages()) == fill(store, documents)


def test_passages_without_a_mark_are_swept(tmp_path: Path, documents: list[SourceDocument]) -> None:
    crashed = Store(tmp_path / "chroma", "model", DIMENSION)
    kept = fill(crashed, documents[:1])
    half = chunk(documents[1])[:3]
    crashed.add_passages(half, vectors_of(half))  # and here the power went
    crashed.close()
    again = Store(tmp_path / "chroma", "model", DIMENSION)
    assert again.documents() == (documents[0],)
    assert list(again.passages()) == kept
    found = again.nearest([1.0] * DIMENSION, 100)
    assert {i for i, _ in found} == {p.id for p in kept}
    assert not holds(tmp_path, half[0].text)
    again.close()


def holds(folder: Path, text: str) -> bool:
    words = text.strip()[:60].encode()
    return any(words in p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_removed_words_are_gone_from_disk(tmp_path: Path, documents: list[SourceDocument]) -> None:
    path = tmp_path / "chroma"
    store = Store(path, "model", DIMENSION)
    fill(store, documents)
    gone, *left = documents
    text = gone.text[len(gone.text) // 2 :]
    assert holds(tmp_path, text)
    store.remove([gone.id])
    assert not holds(tmp_path, text)
    assert gone.id not in {p.document_id for p in store.passages()}
    store.close()
    again = Store(path, "model", DIMENSION)  # Chroma replays its log, from which words were taken
    assert set(again.documents()) == set(left)
    found = again.nearest([1.0] * DIMENSION, 1000)
    assert {i for i, _ in found} == {p.id for d in left for p in chunk(d)}
    again.close()


def test_removing_nothing_is_no_error(store: Store) -> None:
    store.remove([])
    store.remove(["no such id"])


@pytest.mark.parametrize(("rows", "columns"), [(0, 3), (1, 0)], ids=["dimension", "count"])
def test_vectors_of_another_shape(
    store: Store, documents: list[SourceDocument], rows: int, columns: int
) -> None:
    passages = chunk(documents[0])
    wrong = np.ones((len(passages) + rows, DIMENSION + columns), np.float32)
    with pytest.raises(LibraryError, match="shape"):
        store.add(documents[:1], passages, wrong)
    assert store.documents() == ()


@pytest.mark.parametrize(("name", "dimension"), [("other", DIMENSION), ("model", 16)])
def test_another_embedding_model_is_told(tmp_path: Path, name: str, dimension: int) -> None:
    Store(tmp_path / "chroma", "model", DIMENSION).close()
    with pytest.raises(LibraryError, match="ingest rebuild"):
        Store(tmp_path / "chroma", name, dimension)
    Store(tmp_path / "chroma", name, dimension, any_model=True).close()


def test_a_damaged_folder_is_told_and_can_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "chroma"
    path.mkdir()
    (path / "chroma.sqlite3").write_bytes(b"not a database " * 500)
    with pytest.raises(LibraryError, match="ingest rebuild"):
        Store(path, "model", DIMENSION)
    (path / "chroma.sqlite3").unlink()
    store = Store(path, "model", DIMENSION)
    assert store.documents() == ()
    store.close()
