"""The register in the store: what was found comes out, and goes with its document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import stored
from ingest.chunk import chunk
from ingest.deadlines import find_obligations
from ingest.pipeline import Library, read_document, rebuild
from ingest.records import Obligation, SourceDocument
from ingest.samples import sample_paths
from ingest.settings import Settings
from ingest.store import Store

DIMENSION = 8


@pytest.fixture(scope="module")
def documents() -> list[SourceDocument]:
    return [read_document(path) for path in sample_paths()]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "chroma", "model", DIMENSION)
    yield opened
    opened.close()


def fill(store: Store, documents: list[SourceDocument]) -> list[Obligation]:
    passages = [p for d in documents for p in chunk(d)]
    vectors = np.random.default_rng(1).normal(size=(len(passages), DIMENSION)).astype(np.float32)
    duties = [duty for d in documents for duty in find_obligations(d)]
    store.add(documents, passages, vectors, duties)
    return sorted(duties, key=lambda duty: (duty.document_id, duty.start, duty.id))


def test_every_row_comes_out_as_it_went_in(store: Store, documents: list[SourceDocument]) -> None:
    duties = fill(store, documents)
    assert len(duties) > 20
    assert list(store.obligations()) == duties


def test_rows_go_with_their_document(store: Store, documents: list[SourceDocument]) -> None:
    duties = fill(store, documents)
    gone = duties[0].document_id
    store.remove([gone])
    assert list(store.obligations()) == [d for d in duties if d.document_id != gone]


def test_the_words_of_removed_rows_are_gone_from_disk(
    tmp_path: Path, documents: list[SourceDocument]
) -> None:
    path = tmp_path / "chroma"
    store = Store(path, "model", DIMENSION)
    duties = fill(store, documents)
    gone = duties[0]
    store.remove([gone.document_id])
    store.close()
    kept = b"".join(file.read_bytes() for file in path.rglob("*") if file.is_file())
    assert gone.action.encode() not in kept
    assert duties[-1].action.encode() in kept


def test_rows_of_an_uncommitted_document_do_not_exist(
    store: Store, documents: list[SourceDocument]
) -> None:
    duties = fill(store, documents)
    unmarked = duties[0].document_id
    store._documents.delete(ids=[unmarked])  # as where an ingest was cut short
    assert unmarked not in {duty.document_id for duty in store.obligations()}


def test_a_library_keeps_its_register(tmp_path: Path, documents: list[SourceDocument]) -> None:
    settings = Settings(home=tmp_path / "home")
    expected = {duty.id: duty for d in documents for duty in find_obligations(d)}
    with Library.open(settings) as library:
        library.add(sample_paths())
        assert {duty.id: duty for duty in library.obligations()} == expected
    with Library.open(settings) as library:
        assert {duty.id: duty for duty in library.obligations()} == expected
        gone = library.documents()[0].id
        library.remove(gone)
        assert gone not in {duty.document_id for duty in library.obligations()}
        kept = library.obligations()
    rebuild(settings)
    with Library.open(settings) as library:
        assert library.obligations() == kept


def test_a_register_of_an_older_version_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home")
    with monkeypatch.context() as older:
        older.setattr(stored, "REGISTER_VERSION", stored.REGISTER_VERSION - 1)
        with Library.open(settings) as library:
            library.add(sample_paths())
            library._store.renew_obligations(library.documents(), ())
            assert library._store.obligations() == ()
    with Library.open(settings) as library:
        assert len(library.obligations()) > 20
        store = library._store
        assert store.outdated() == frozenset()
        assert len(store.documents()) == len(sample_paths())
        assert library.nearest([1.0] * library.embeddings.dimension, 3)


def test_rows_that_are_found_again_are_not_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home")
    with Library.open(settings) as library:
        library.add(sample_paths())
        kept = library.obligations()
        spoilt = kept[0]
        library._store._obligations.update(
            ids=[spoilt.id],
            metadatas=[stored.obligation_metadata(replace(spoilt, deadline_text="xưa"))],
        )
    monkeypatch.setattr(stored, "REGISTER_VERSION", stored.REGISTER_VERSION + 1)
    written: list[str] = []
    renew = Store.renew_obligations

    def note(store: Store, documents: Sequence[SourceDocument], duties: object) -> None:
        written.extend(document.id for document in documents)
        renew(store, documents, duties)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "renew_obligations", note)
    with Library.open(settings) as library:
        assert library.obligations() == kept
        assert library._store.outdated() == frozenset()
    assert written == [spoilt.document_id]
