"""Names under which originals are kept: of any system, and turned back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import originals
from ingest.records import SourceDocument
from ingest.settings import Settings

NAMES = {
    "Kế hoạch số 5.docx": "Kế hoạch số 5.docx",
    "50%.txt": "50%25.txt",
    "quý I: báo cáo?.txt": "quý I%3A báo cáo%3F.txt",
    "con.txt": "%63on.txt",
    "contents.txt": "contents.txt",
    "..": ".%2E",
    "a\\b.txt": "a%5Cb.txt",
}


@pytest.mark.parametrize(("name", "kept"), NAMES.items(), ids=NAMES)
def test_kept_name(name: str, kept: str) -> None:
    assert originals.kept_name(name) == kept


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1))
def test_a_kept_name_is_safe_and_turns_back(name: str) -> None:
    kept = originals.kept_name(name)
    assert originals.given_name(kept) == name
    assert re.search(r'[<>:"/\\|?*\x00-\x1f]', kept) is None
    assert not kept.endswith((".", " "))
    assert kept not in {"", ".", ".."}


def keep(settings: Settings, identity: str, name: str, data: bytes) -> None:
    originals.keep(settings, SourceDocument(identity, name, "text"), data)
    originals.settle(settings, [identity])


def test_a_name_as_long_as_a_file_system_takes(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    keep(settings, "id", "ề" * 83 + ".txt", b"bytes")  # 253 bytes
    ((path, given_back),) = originals.kept(settings)
    assert path.read_bytes() == b"bytes"
    assert given_back.endswith(".txt")


def test_what_is_being_added_is_no_kept_file_until_it_is_committed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    for identity in ("one", "two", "three"):
        document = SourceDocument(identity, f"{identity}.txt", "text")
        originals.keep(settings, document, identity.encode())
    originals.settle(settings, ["one"])
    assert [name for _, name in originals.kept(settings)] == ["one.txt"]
    originals.finish_adding(settings, {"one", "two"})  # the next opening: two has its mark
    assert [name for _, name in originals.kept(settings)] == ["one.txt", "two.txt"]
    assert originals.original(settings, "two") == b"two"
    originals.finish_adding(settings, {"one", "two", "three"})
    assert originals.original(settings, "three") is None


def test_an_original_takes_the_place_of_a_damaged_one(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    keep(settings, "one", "a.txt", b"dam")
    keep(settings, "one", "b.txt", b"damaged no more")
    assert originals.original(settings, "one") == b"damaged no more"
    assert [name for _, name in originals.kept(settings)] == ["b.txt"]


def test_what_is_set_aside_can_be_restored_or_removed(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    for identity in ("one", "two", "three"):
        keep(settings, identity, f"{identity}.txt", identity.encode())
    (settings.originals_path / ".four.part").write_bytes(b"cut sh")  # of an older version
    originals.set_aside(settings, ["two", "three", "none"])
    assert [name for _, name in originals.kept(settings)] == ["one.txt"]
    assert set(originals.to_remove(settings)) == {"two", "three", "none"}
    originals.restore(settings, "three")
    assert [name for _, name in originals.kept(settings)] == ["one.txt", "three.txt"]
    originals.restore(settings, "none")
    assert originals.to_remove(settings) == ("two",)
    originals.finish_removals(settings)
    assert originals.to_remove(settings) == ()
    assert sorted(p.name for p in settings.originals_path.glob("[!.]*")) == ["one", "three"]


def test_kept_files_that_the_store_has_lost(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    keep(settings, "one", "a.txt", b"a")
    keep(settings, "two", "b.txt", b"b")
    assert originals.lost(settings, {"one"}) == ["b.txt"]
    assert originals.lost(settings, {"one", "two", "three"}) == []
