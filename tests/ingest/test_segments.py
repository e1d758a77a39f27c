"""A library's records in segments: the same as the store's, through adding, deleting, damage."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import segments
from ingest.pipeline import Library, read_document
from ingest.reading import found_in
from ingest.records import SourceDocument
from ingest.samples import sample_paths
from ingest.segments import Records, Segment, added, on_shelf, put_together, read_in, removed
from ingest.settings import Settings
from ingest.shelf import Shelf

PLAN = """KẾ HOẠCH
nuôi lươn không bùn

I. NHIỆM VỤ
1. Tổ hợp tác Rạch Gòi thả lươn giống trước ngày 12/5/2031.
"""
SECRET = "Rạch Gòi"


@pytest.fixture(scope="module")
def records() -> Records:
    readings = [found_in(read_document(path), 60) for path in sample_paths()]
    return (
        [r.document for r in readings],
        [p for r in readings for p in r.passages],
        [duty for r in readings for duty in r.obligations],
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "index")


def of(records: Records, ids: Sequence[str]) -> Records:
    documents, passages, duties = records
    return (
        [d for d in documents if d.id in ids],
        [p for p in passages if p.document_id in ids],
        [duty for duty in duties if duty.document_id in ids],
    )


def held(found: Sequence[Segment]) -> Records:
    """All that segments hold, in the order of the ids."""
    return (
        sorted((d for s in found for d in s.documents), key=lambda d: d.id),
        sorted((s.passage(row) for s in found for row in range(len(s))), key=lambda p: p.id),
        sorted((duty for s in found for at in range(len(s.ids)) for duty in s.duties(at)),
               key=lambda duty: (duty.document_id, duty.start, duty.id)),
    )  # fmt: skip


def expected(records: Records) -> Records:
    documents, passages, duties = records
    return (
        sorted(documents, key=lambda d: d.id),
        sorted(passages, key=lambda p: p.id),
        sorted(duties, key=lambda duty: (duty.document_id, duty.start, duty.id)),
    )


def test_records_come_out_as_they_went_in(records: Records, shelf: Shelf) -> None:
    made = added(shelf, (), records)
    assert held(made) == expected(records)
    ids = [d.id for d in records[0]]
    again, missing = on_shelf(shelf, ids)
    assert missing == []
    assert held(again) == expected(records)
    for segment in again:
        for at, document in enumerate(segment.documents):
            rows = segment.rows_of(at)
            for row in range(rows.start, rows.stop):
                passage = segment.passage(row)
                assert passage.document_id == document.id
                assert segment.document_of(row) == at
                assert segment.row_of(at, int(passage.id.rpartition(":")[2])) == row
            assert segment.row_of(at, 99_999) is None


def test_a_stored_document_is_as_good_as_the_record(records: Records, shelf: Shelf) -> None:
    (segment,) = added(shelf, (), records)
    originals = {d.id: d for d in records[0]}
    for document in segment.documents:
        plain = originals[document.id]
        assert document == plain
        assert plain == document
        assert hash(document) == hash(plain)
        assert {document: 1}[plain] == 1
        assert document != replace(plain, text=plain.text + "!")
        assert replace(document, name="x") == replace(plain, name="x")
        assert type(replace(document, name="x")) is SourceDocument
        assert pickle.loads(pickle.dumps(document)) == plain
        assert copy.copy(document) == plain
        assert document.section_at(len(plain.text) // 2) == plain.section_at(len(plain.text) // 2)
        assert (document.text, document.header, document.notes) == (
            plain.text, plain.header, plain.notes,
        )  # fmt: skip


def test_few_segments_are_left_however_many_are_added(
    records: Records, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "FEW", 2)
    found: tuple[Segment, ...] = ()
    for document in records[0]:
        found = added(shelf, found, of(records, [document.id]))
        assert len(found) <= 3
    assert held(found) == expected(records)
    assert len(shelf.names(segments.KIND)) == len(found)


def test_a_segment_is_no_larger_than_may_be(
    records: Records, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segments, "MOST_PASSAGES", 20)
    found = added(shelf, (), records)
    assert len(found) > 2
    assert all(len(s) <= 20 or len(s.ids) == 1 for s in found)
    assert held(found) == expected(records)


def test_a_file_that_can_not_be_deleted_hides_no_document(records: Records, shelf: Shelf) -> None:
    assert shelf.folder is not None
    (shelf.folder / f"old.{segments.KIND}.shelf").mkdir(parents=True)
    assert held(added(shelf, (), records)) == expected(records)


def test_what_is_removed_is_nowhere(records: Records, shelf: Shelf) -> None:
    found = added(shelf, (), records)
    gone = records[0][2].id
    left = removed(shelf, found, {gone})
    kept = [d.id for d in records[0] if d.id != gone]
    assert held(left) == expected(of(records, kept))
    assert held(on_shelf(shelf, kept)[0]) == expected(of(records, kept))
    assert removed(shelf, left, set(kept)) == ()
    assert shelf.names(segments.KIND) == []


def test_put_together_without_documents_is_as_never_put_in(records: Records) -> None:
    whole = Segment.of(records)
    ids = whole.ids
    cut = put_together([whole], ids[:2])
    never = Segment.of(of(records, ids[2:]))
    assert cut is not None
    assert cut.ids == never.ids
    assert cut.parts.arrays.keys() == never.parts.arrays.keys()
    for name, array in never.parts.arrays.items():
        assert cut.parts.arrays[name].tolist() == array.tolist(), name
    assert put_together([whole], ids) is None


def test_what_the_shelf_lacks_is_read(records: Records, shelf: Shelf) -> None:
    ids = sorted(d.id for d in records[0])
    added(shelf, (), of(records, ids[:3]))
    found, missing = on_shelf(shelf, ids)
    assert missing == ids[3:]
    asked: list[Sequence[str]] = []

    def read(wanted: Sequence[str]) -> Records:
        asked.append(wanted)
        return of(records, wanted)

    found = read_in(shelf, found, missing, read, at_once=2)
    assert held(found) == expected(records)
    assert [i for wanted in asked for i in wanted] == ids[3:]
    assert max(map(len, asked)) == 2
    assert on_shelf(shelf, ids)[1] == []


def test_a_document_that_is_gone_from_the_store_takes_its_segment(
    records: Records, shelf: Shelf
) -> None:
    ids = [d.id for d in records[0]]
    added(shelf, added(shelf, (), of(records, ids[:2])), of(records, ids[2:]))
    found, missing = on_shelf(shelf, ids[1:])
    assert missing == [ids[1]]
    assert held(found) == expected(of(records, ids[2:]))
    assert len(shelf.names(segments.KIND)) == 1


def test_two_segments_of_one_document_leave_one(records: Records, shelf: Shelf) -> None:
    """As after a stop between putting some together and deleting them."""
    ids = [d.id for d in records[0]]
    (small,) = added(shelf, (), of(records, ids[:1]))
    whole = Segment.of(records)
    shelf.put(whole.name, segments.KIND, segments.version(), whole.parts)
    found, missing = on_shelf(shelf, ids)
    documents = [d.id for s in found for d in s.documents]
    assert len(documents) == len(set(documents))
    assert sorted([*documents, *missing]) == sorted(ids)
    assert len(shelf.names(segments.KIND)) == len(found) == 1
    assert small.name != whole.name


# --- in a library -------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def library(settings: Settings, tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "nuoi-luon.txt"
    path.write_text(PLAN, encoding="utf-8")
    with Library.open(settings) as opened:
        assert not opened.add([*sample_paths()[:3], path]).failed
        yield opened


def mentions(home: Path, words: str) -> list[str]:
    """The files that hold ``words``, in any case, as UTF-8 or folded."""
    found = []
    for path in home.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if words.encode() in data or words.lower().encode() in data:
            found.append(path.name)
    return found


def test_a_library_opens_from_its_shelf(settings: Settings, library: Library) -> None:
    found = (library.documents(), library.passages(), library.obligations())
    library.close()
    with Library.open(settings) as again:

        def unread(_: Sequence[str]) -> Records:
            raise AssertionError("the records were on the shelf")

        again._store.records = unread  # type: ignore[method-assign, assignment]
        assert (again.documents(), again.passages(), again.obligations()) == found


@pytest.mark.parametrize("damage", ["cut", "flipped", "gone"])
def test_a_damaged_shelf_costs_time_alone(
    settings: Settings, library: Library, damage: str
) -> None:
    found = (library.documents(), library.passages(), library.obligations())
    whole = (library._store.documents(), library._store.passages(), library._store.obligations())
    assert found == whole
    library.close()
    for path in settings.shelf_path.iterdir():
        data = bytearray(path.read_bytes())
        if damage == "gone":
            path.unlink()
            continue
        data[len(data) // 2] ^= 255
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else data)
    with Library.open(settings) as again:
        assert (again.documents(), again.passages(), again.obligations()) == found


def test_no_file_holds_words_of_a_deleted_document(settings: Settings, library: Library) -> None:
    document = next(d for d in library.documents() if SECRET in d.text)
    assert any(name.endswith(".shelf") for name in mentions(settings.home, SECRET))
    library.remove(document.id)
    assert mentions(settings.home, SECRET) == []
    library.close()
    with Library.open(settings) as again:
        assert document.id not in {d.id for d in again.documents()}
        assert mentions(settings.shelf_path, SECRET) == []


def test_a_delete_drops_the_files_before_it_touches_the_store(
    settings: Settings, library: Library
) -> None:
    document = next(d for d in library.documents() if SECRET in d.text)
    left: list[str] = []

    def killed(_: Sequence[str]) -> None:
        left.extend(n for n in mentions(settings.home, SECRET) if n.endswith(".shelf"))
        raise KeyboardInterrupt

    library._store.remove = killed  # type: ignore[method-assign, assignment]
    with pytest.raises(KeyboardInterrupt):
        library.remove(document.id)
    assert left == []


def test_a_name_given_by_hand_is_there_after_opening_again(
    settings: Settings, library: Library
) -> None:
    document = next(d for d in library.documents() if SECRET in d.text)
    library.rename(document.id, "Lươn đồng.txt")
    assert library.document(document.id).name == "Lươn đồng.txt"
    library.close()
    with Library.open(settings) as again:
        assert again.document(document.id).name == "Lươn đồng.txt"
        assert again.document(document.id).given_name == "nuoi-luon.txt"
