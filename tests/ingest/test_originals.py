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


def test_a_name_as_long_as_a_file_system_takes(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    name = "ề" * 83 + ".txt"  # 253 bytes
    originals.keep(settings, SourceDocument("id", name, "text"), b"bytes")
    ((path, given_back),) = originals.kept(settings)
    assert path.read_bytes() == b"bytes"
    assert given_back.endswith(".txt")


def test_partial_and_removed_files_are_not_kept_ones(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    originals.keep(settings, SourceDocument("one", "a.txt", "text"), b"a")
    originals.keep(settings, SourceDocument("two", "b.txt", "text"), b"b")
    (settings.originals_path / ".three.part").write_bytes(b"cut sh")
    originals.set_aside(settings, ["two", "unknown"])
    assert [name for _, name in originals.kept(settings)] == ["a.txt"]
    originals.finish_removals(settings)
    assert sorted(p.name for p in settings.originals_path.iterdir()) == ["one"]
