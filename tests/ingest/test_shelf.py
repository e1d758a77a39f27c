"""Files of derived arrays: whole or not there, and gone with their documents."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.shelf import Parts, Shelf, Strings, with_strings

WORDS = ["Tổ hợp tác Rạch Gòi", "", "thả lươn giống 🐟", "\ud800"]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "index")


def parts(*documents: str) -> Parts:
    arrays = {
        "numbers": np.arange(12, dtype=np.uint16).reshape(3, 4),
        "none": np.zeros((2, 0), dtype=np.float32),
        **with_strings(words=WORDS),
    }
    return Parts(documents, arrays, {"kind": "thử"})


def files(shelf: Shelf) -> list[str]:
    assert shelf.folder is not None
    return sorted(p.name for p in shelf.folder.iterdir())


def test_what_is_put_comes_out(shelf: Shelf) -> None:
    shelf.put("a", "records", "1", parts("one", "two"))
    found = shelf.get("a", "records", "1")
    assert found is not None
    assert found.documents == ("one", "two")
    assert found.notes == {"kind": "thử"}
    for name, array in parts().arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert np.array_equal(found.arrays[name], array)
    assert list(found.strings("words")) == WORDS
    assert shelf.names("records") == ["a"]
    assert shelf.names("tables") == []


def test_another_version_is_thrown_away(shelf: Shelf) -> None:
    shelf.put("a", "records", "1", parts("one"))
    assert shelf.get("a", "records", "2") is None
    assert files(shelf) == []


def test_any_damage_is_found_out(shelf: Shelf) -> None:
    assert shelf.folder is not None
    shelf.put("a", "records", "1", parts("one"))
    path = shelf.folder / "a.records.shelf"
    whole = path.read_bytes()
    held = len(whole) - len(whole) % 64
    head = whole.index(b"}   ") if b"}   " in whole else held
    for at in [*range(0, head, 37), *range(head + 64, len(whole), 64)]:
        damaged = bytearray(whole)
        damaged[at] ^= 1
        path.write_bytes(damaged)
        found = shelf.get("a", "records", "1")
        if found is not None:  # a byte between two arrays, which nobody reads
            assert all(np.array_equal(found.arrays[n], a) for n, a in parts().arrays.items()), at
            assert found.documents == ("one",)
        else:
            assert not path.exists()


@pytest.mark.parametrize("left", [0, 5, 20, 100, -64, -1])
def test_a_file_that_was_cut_short_is_thrown_away(shelf: Shelf, left: int) -> None:
    assert shelf.folder is not None
    shelf.put("a", "records", "1", parts("one"))
    path = shelf.folder / "a.records.shelf"
    path.write_bytes(path.read_bytes()[:left])
    assert shelf.get("a", "records", "1") is None
    assert not path.exists()


def test_a_document_takes_its_files_with_it(shelf: Shelf) -> None:
    assert shelf.folder is not None
    shelf.put("a", "records", "1", parts("one", "two"))
    shelf.put("a", "tables", "1", parts("one", "two"))
    shelf.put("b", "records", "1", parts("three"))
    (shelf.folder / "c.records.shelf.part").write_bytes(b"half")
    (shelf.folder / "d.records.shelf").write_bytes(b"no such file")
    shelf.drop(["two"])
    assert files(shelf) == ["b.records.shelf"]
    assert shelf.get("b", "records", "1") is not None


def test_what_was_mapped_before_a_drop_can_still_be_read(shelf: Shelf) -> None:
    shelf.put("a", "records", "1", parts("one"))
    found = shelf.get("a", "records", "1")
    shelf.drop(["one"])
    assert found is not None
    assert list(found.strings("words")) == WORDS


def test_others_than_the_named_go(shelf: Shelf) -> None:
    for name in ("a", "b"):
        shelf.put(name, "records", "1", parts(name))
        shelf.put(name, "tables", "1", parts(name))
    shelf.keep_only({"b"})
    assert files(shelf) == ["b.records.shelf", "b.tables.shelf"]
    shelf.clear()
    assert files(shelf) == []


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"a file in its place")
    shelf = Shelf(tmp_path / "index")
    shelf.put("a", "records", "1", parts("one"))
    assert shelf.get("a", "records", "1") is None
    shelf.drop(["one"])
    shelf.clear()


def test_no_folder_keeps_nothing() -> None:
    shelf = Shelf(None)
    shelf.put("a", "records", "1", parts("one"))
    assert shelf.get("a", "records", "1") is None
    assert shelf.names("records") == []
    shelf.drop(["one"])


@given(st.lists(st.text(max_size=5)), st.integers(-3, 8), st.integers(-3, 8))
def test_strings_are_a_sequence(strings: list[str], low: int, high: int) -> None:
    packed = Strings.of(strings)
    assert len(packed) == len(strings)
    assert list(packed) == strings == [packed[at] for at in range(len(strings))]
    assert list(packed[low:high]) == strings[low:high]
    assert list(Strings.joined([packed[:high], packed])) == strings[:high] + strings
    for at in (-len(strings) - 1, len(strings)):
        with pytest.raises(IndexError):
            packed[at]
