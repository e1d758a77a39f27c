"""The store at a real Chroma server: several clients, a server that goes away, what is left."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest import stored
from ingest.chunk import chunk
from ingest.deadlines import find_obligations
from ingest.errors import LibraryError, ServerAway
from ingest.pipeline import read_document
from ingest.records import Obligation, Passage, SourceDocument
from ingest.samples import sample_paths
from ingest.store.connection import Server, checked_url
from ingest.store.server import ServerStore
from ingest.store.server_files import purge_stopped
from ingest.store.shared import Mark, condition_of, new_version, parted, stored_id, time_of
from ingest.store.wire import patient
from tests.chroma_server import ChromaServer

DIMENSION = 8
Stored = tuple[list[SourceDocument], list[Passage], np.ndarray, list[Obligation]]


@pytest.fixture(scope="module")
def documents() -> list[SourceDocument]:
    return [read_document(path) for path in sample_paths()[:4]]


@pytest.fixture
def stores(chroma: ChromaServer) -> Iterator[tuple[ServerStore, ServerStore]]:
    two = opened(chroma), opened(chroma)
    yield two
    for store in two:
        store.close()


def opened(chroma: ChromaServer, name: str = "model") -> ServerStore:
    return ServerStore(Server(chroma.url), name, DIMENSION)


@contextmanager
def opened_as(chroma: ChromaServer, name: str) -> Iterator[ServerStore]:
    store = opened(chroma, name)
    yield store
    store.close()


def parts(*documents: SourceDocument) -> Stored:
    passages = [p for d in documents for p in chunk(d)]
    rows = np.random.default_rng(len(passages)).normal(size=(len(passages), DIMENSION))
    duties = [duty for d in documents for duty in find_obligations(d)]
    return list(documents), passages, rows.astype(np.float32), duties


def found_by(store: ServerStore) -> tuple[object, ...]:
    return store.documents(), store.passages(), store.obligations()


# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["", "localhost:8000", "ftp://host", "http://", "http://host:port", "http://host:70000",
     "http://a b:80", "http://user:word@host", "http://host/?x=1", "http://[::1"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(LibraryError, match="ASSISTANT_CHROMA_URL") as caught:
        checked_url(url)
    assert "không phải địa chỉ máy chủ" in caught.value.message("vi")


def test_addresses() -> None:
    assert checked_url("http://host:8000/") == "http://host:8000"
    assert checked_url("https://host/chroma") == "https://host/chroma"


def test_nobody_there(tmp_path: Path) -> None:
    url = ChromaServer(tmp_path).url
    with pytest.raises(ServerAway, match="chroma run") as caught, patient(0.3):
        Server(url)
    assert url in caught.value.message("vi")
    assert "không trả lời" in caught.value.message("vi")


@contextmanager
def answering(status: int, body: bytes, token: str = "") -> Iterator[str]:
    """A server that is no Chroma server, or stands before one and asks for a token."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = not token or self.headers["Authorization"] == f"Bearer {token}"
            self.send_response(status if known else 401)
            self.end_headers()
            self.wfile.write(body if known else b"no")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, b"<html>not here</html>"), (200, b"<html>hello</html>"), (200, b"{}"),
     (410, b'{"error":"Unimplemented","message":"The v1 API"}')],
)  # fmt: skip
def test_what_is_no_chroma_server(status: int, body: bytes) -> None:
    with (
        answering(status, body) as url,
        pytest.raises(LibraryError, match="no Chroma server of version 1") as caught,
    ):
        Server(url)
    assert f"ở {url} không phải máy chủ Chroma" in caught.value.message("vi")


def test_the_token_goes_with_requests() -> None:
    heartbeat = b'{"nanosecond heartbeat": 7}'
    with answering(200, heartbeat, token="khóa".encode().hex()) as url:
        with pytest.raises(LibraryError, match="ASSISTANT_CHROMA_TOKEN") as caught:
            Server(url)
        assert "từ chối" in caught.value.message("vi")
        server = Server(url, "khóa".encode().hex())
        assert server.now() == 7
        server.close()


def test_a_proxy_that_says_that_the_server_starts_is_waited_for() -> None:
    started = time.monotonic()
    with answering(503, b"starting") as url, pytest.raises(ServerAway), patient(0.5):
        Server(url)
    assert time.monotonic() - started >= 0.3


def test_another_model_is_told(chroma: ChromaServer) -> None:
    opened(chroma).close()
    with pytest.raises(LibraryError, match=r"made with the embedding model «model».*rebuild"):
        opened(chroma, "another")


# --- versions -------------------------------------------------------------------------------------


def test_versions() -> None:
    version = new_version(1_790_000_000_000_000_000)
    assert time_of(version) == 1_790_000_000_000_000_000
    assert new_version(5) != new_version(5)
    assert new_version(5) < new_version(2**50)
    assert parted(stored_id("ab:00001", version)) == ("ab:00001", version)
    assert stored_id("ab:00001", "") == "ab:00001"
    assert parted("ab:00001") == ("ab:00001", "")
    assert time_of("") == time_of("no time at all") == 0


def test_the_condition_for_documents_in_their_versions() -> None:
    assert condition_of({"a": "", "b": ""}) == {"document_id": {"$in": ["a", "b"]}}
    both = condition_of({"a": "1", "b": "", "c": "2"})
    assert both["$or"][0]["$and"][1] == {"version": {"$in": ["1", "2"]}}
    assert Mark.of({}, None) == Mark("", "", None)


# --- several clients ------------------------------------------------------------------------------

Two = tuple[ServerStore, ServerStore]


def test_one_reads_what_the_other_wrote(stores: Two, documents: list[SourceDocument]) -> None:
    one, other = stores
    _, passages, vectors, duties = parts(*documents)
    one.add(documents, passages, vectors, duties)
    assert other.documents() == tuple(sorted(documents, key=lambda d: (d.name, d.id)))
    assert other.passages() == tuple(sorted(passages, key=lambda p: p.id))
    assert set(other.obligations()) == set(duties)
    (nearest, similarity), *_ = other.nearest(vectors[3].tolist(), 5)
    assert (nearest, round(similarity, 4)) == (passages[3].id, 1.0)
    within = other.nearest(vectors[3].tolist(), 5, [documents[2].id])
    assert {i.partition(":")[0] for i, _ in within} == {documents[2].id}
    ordered, same = other.vectors_of([documents[0].id])[documents[0].id]
    own = [row for row, p in enumerate(passages) if p.document_id == documents[0].id]
    assert ordered == [passages[row] for row in own]
    np.testing.assert_allclose(same, vectors[own], atol=1e-6)


def test_changes_are_what_others_did(stores: Two, documents: list[SourceDocument]) -> None:
    one, other = stores
    assert not other.changes([])
    one.add(*parts(*documents[:2]))
    found = other.changes([]).found
    assert {document for document, _, _ in found} == set(documents[:2])
    assert {p for _, passages, _ in found for p in passages} == set(parts(*documents[:2])[1])
    held = [d.id for d in documents[:2]]
    assert not other.changes(held)
    assert not one.changes(held)  # its own doing is nothing new

    renamed = replace(documents[0], name="Tên khác.docx")
    one.amend(renamed)
    ((document, passages, duties),) = other.changes(held).found
    assert document.name == "Tên khác.docx"
    assert (list(passages), len(duties)) == (parts(renamed)[1], len(find_obligations(renamed)))

    other.remove([documents[1].id])
    changes = one.changes(held)
    assert (changes.found, changes.gone) == ((), {documents[1].id})
    assert not other.changes([documents[0].id])


def test_a_document_removed_and_another_added_between_two_looks(
    stores: Two, documents: list[SourceDocument]
) -> None:
    one, other = stores
    one.add(*parts(documents[0]))
    other.changes([])
    one.remove([documents[0].id])
    one.add(*parts(documents[1]))
    changes = other.changes([documents[0].id])
    assert [d for d, _, _ in changes.found] == [documents[1]]
    assert changes.gone == {documents[0].id}


def test_the_first_mark_stands(stores: Two, documents: list[SourceDocument]) -> None:
    one, other = stores
    for round_ in range(4):
        again = [replace(documents[0], name=f"{who}-{round_}.docx") for who in ("một", "hai")]
        threads = [
            threading.Thread(target=store.add, args=parts(document))
            for store, document in zip(stores, again, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found_by(one) == found_by(other)
        (document,) = one.documents()
        assert document in again
        assert list(one.passages()) == parts(document)[1]
        assert one.sweep(0) == 0  # the second has taken back what it wrote in vain
        one.remove([document.id])


def test_what_has_no_mark_is_not_there(stores: Two, documents: list[SourceDocument]) -> None:
    one, other = stores
    one.add(*parts(documents[0]))
    in_work = parts(documents[1])
    with other._versions.writing(new_version(other._server.now()), {documents[1].id: 9}):
        other.add_passages(in_work[1], in_work[2])  # and here the power went
    assert [d.id for d in one.documents()] == [documents[0].id]
    assert {p.document_id for p in one.passages()} == {documents[0].id}
    assert {i.partition(":")[0] for i, _ in one.nearest([1.0] * DIMENSION, 50)} == {documents[0].id}
    assert not one.changes([documents[0].id])
    assert one.sweep() == 0  # it may be in work still
    assert one.sweep(0) == len(in_work[1])
    assert len(one.passages()) == len(parts(documents[0])[1])


def test_what_took_too_long_to_write_is_written_anew(
    stores: Two, documents: list[SourceDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = stores
    clock = one._server.now
    late = [clock() - 3600 * 10**9]  # begun an hour ago: the machine slept, say
    monkeypatch.setattr(one._server, "now", lambda: late.pop() if late else clock())
    one.add(*parts(documents[0]))
    assert other.documents() == (documents[0],)
    (version,) = {m.version for m in other._versions.marks.values()}
    assert clock() - time_of(version) < 60 * 10**9


def test_removing_what_has_no_mark_leaves_what_another_is_writing(
    stores: Two, documents: list[SourceDocument]
) -> None:
    one, other = stores
    written = parts(documents[0])

    class Between(list[SourceDocument]):
        """Its length is asked for when the passages are written, before the marks are."""

        def __len__(self) -> int:
            other.remove([documents[0].id])
            return super().__len__()

    one.add(Between(written[0]), *written[1:])
    assert found_by(other) == ((documents[0],), tuple(written[1]), other.obligations())
    assert set(other.obligations()) == set(written[3])


def test_removing_and_adding_at_once_leaves_no_document_without_its_passages(
    stores: Two, documents: list[SourceDocument]
) -> None:
    one, other = stores
    written = parts(documents[0])

    def remove() -> None:
        for _ in range(8):
            other.remove([documents[0].id])

    thread = threading.Thread(target=remove)
    thread.start()
    for _ in range(8):
        one.add(*written)
    thread.join()
    one.add(*written)
    assert found_by(other) == ((documents[0],), tuple(written[1]), other.obligations())
    assert set(other.obligations()) == set(written[3])
    other.remove([documents[0].id])
    other.sweep(0)
    assert one._passages.stored_ids() == one._obligations.stored_ids() == []


def test_who_removed_it_is_told_to_all(stores: Two, documents: list[SourceDocument]) -> None:
    one, other = stores
    ids = [d.id for d in documents]
    one.add(*parts(*documents[:2]))
    assert other.removed(ids, 0) == frozenset()
    other.remove(ids[:1])
    assert one.removed(ids, 0) == {ids[0]}
    assert one.removed(ids, 60) == frozenset()  # it may be undone
    one.add(*parts(documents[0]))
    assert other.removed(ids, 0) == frozenset()


def test_rows_of_an_older_version_are_renewed(
    stores: Two, documents: list[SourceDocument], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = stores
    one.add(*parts(documents[0])[:3])  # without any row
    monkeypatch.setattr(stored, "REGISTER_VERSION", stored.REGISTER_VERSION + 1)
    other.documents()
    assert other.outdated() == {documents[0].id}
    other.renew_obligations([documents[0]], find_obligations(documents[0]))
    assert set(other.obligations()) == set(find_obligations(documents[0]))
    ((_, _, duties),) = one.changes([documents[0].id]).found
    assert set(duties) == set(find_obligations(documents[0]))


def test_a_rebuild_with_another_model_is_told_to_who_has_the_old_one(
    stores: Two, chroma: ChromaServer, documents: list[SourceDocument]
) -> None:
    one, other = stores
    one.add(*parts(documents[0]))
    held = [d.id for d in other.documents()]
    new = ServerStore(Server(chroma.url), "another", DIMENSION, generation="2")
    new.add(*parts(*documents[:2]))
    assert not other.changes(held)  # not yet the one that counts
    new.point_to("2")
    for ask in (lambda: other.changes(held), lambda: one.add(*parts(documents[2]))):
        with pytest.raises(LibraryError, match="made with the embedding model «another»"):
            ask()
    with opened_as(chroma, "another") as third:
        assert len(third.documents()) == 2
        third.discard()
        assert len(third.changes(held).found) == 0
    with pytest.raises(LibraryError, match="made with the embedding model «another»"):
        other.changes(held)
    assert other.nearest([1.0] * DIMENSION, 3) == []
    new.close()


def test_a_writer_follows_a_rebuild(
    stores: Two, chroma: ChromaServer, documents: list[SourceDocument]
) -> None:
    one, other = stores
    one.add(*parts(documents[0]))
    new = ServerStore(Server(chroma.url), "model", DIMENSION, generation="2")
    new.add(*parts(documents[0]))
    new.point_to("2")
    one.add(*parts(documents[1]))
    other.remove([documents[0].id])
    assert new.documents() == (documents[1],)
    new.discard()
    one.add(*parts(documents[2]))
    assert {d for d, _, _ in other.changes([]).found} == set(documents[1:3])
    new.close()


def test_what_was_removed_just_before_a_rebuild_took_over_does_not_come_back(
    stores: Two, chroma: ChromaServer, documents: list[SourceDocument]
) -> None:
    one, other = stores
    one.add(*parts(*documents[:2]))
    other.documents()
    new = ServerStore(Server(chroma.url), "model", DIMENSION, generation="2")
    new.add(*parts(*documents[:2]))
    gone, stays = documents[:2]
    one.remove([gone.id])
    assert other.changes([gone.id, stays.id]).gone == {gone.id}
    new.point_to("2")  # before it has looked at the old library once more
    for store in stores:
        assert [d for d, _, _ in store.changes([stays.id]).found] == [stays]
    new.remove([gone.id])
    assert not other.changes([stays.id])

    one.add(*parts(gone))  # it may come again at once
    assert [d for d, _, _ in other.changes([stays.id]).found] == [gone]
    new.close()


def test_one_rebuild_at_a_time(stores: Two) -> None:
    one, other = stores
    with one.rebuilding():
        with pytest.raises(LibraryError, match="another process") as caught, other.rebuilding():
            pass
        assert "đang được một chương trình khác lập lại" in caught.value.message("vi")
    with other.rebuilding():
        pass


# --- the server goes away -------------------------------------------------------------------------


def test_a_server_that_is_killed_and_started_anew(
    tmp_path: Path, documents: list[SourceDocument]
) -> None:
    chroma = ChromaServer(tmp_path / "data")
    chroma.start()
    one, other = opened(chroma), opened(chroma)
    one.add(*parts(*documents[:2]))
    before = found_by(other)
    chroma.kill()
    with pytest.raises(ServerAway, match=chroma.url), patient(0.3):
        other.changes([])
    assert other.away
    chroma.start(wait=False)
    one.add(*parts(documents[2]))  # waits for it
    assert one.documents() == (*before[0], documents[2])  # type: ignore[misc]
    assert [d for d, _, _ in other.changes([d.id for d in documents[:2]]).found] == [documents[2]]
    assert not other.away

    other.remove([documents[0].id])
    chroma.kill()
    words = documents[0].text.strip()[-200:-140].encode()
    files = [path for path in chroma.path.rglob("*") if path.is_file()]
    assert any(words in path.read_bytes() for path in files)  # Chroma's server keeps them
    purge_stopped(chroma.path, chroma.url)
    assert not any(words in path.read_bytes() for path in files if path.exists())
    chroma.start()
    with pytest.raises(LibraryError, match="is running: stop it first"):
        purge_stopped(chroma.path, chroma.url)
    with pytest.raises(LibraryError, match="no folder of a Chroma server"):
        purge_stopped(tmp_path)
    assert found_by(one)[0] == tuple(documents[1:3])
    assert len(one.nearest([1.0] * DIMENSION, 100)) == len(one.passages())

    chroma.kill()
    chroma.path = tmp_path / "another folder"
    chroma.start()
    with pytest.raises(LibraryError, match="has lost the library"):
        one.changes([])
    with pytest.raises(LibraryError, match="has lost the library"):
        one.add(*parts(documents[3]))
    one.close()
    other.close()
    chroma.kill()
