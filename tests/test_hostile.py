"""A few hundred hostile and damaged files: each a document or a reason, in time and in place."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.hostile import MAX_MEMORY, read_made, report
from benchmarks.hostile_files import good_files, hostile_files
from ingest.load import load_bytes

COUNT = 120
# Those that LibreOffice reads take seconds each: the benchmark has them, in their thousands.
SUFFIXES = ("txt", "md", "html", "docx", "pdf", "eml", "zip", "png", "jpg", "tif")


def test_one_seed_makes_the_same_files() -> None:
    first, again = (list(hostile_files(40, seed=3)) for _ in range(2))
    assert [(name, len(data)) for name, data in first] == [(n, len(d)) for n, d in again]
    assert [name for name, _ in first] != [name for name, _ in hostile_files(40, seed=4)]


def test_the_good_files_they_are_made_from_are_read() -> None:
    for suffix, data in good_files().items():
        if suffix in ("txt", "md", "html", "docx", "pdf", "eml"):
            assert "20/02/2031" in load_bytes(data, f"a.{suffix}").pages[0]


def test_each_is_read_or_refused_in_time_and_leaves_nothing(tmp_path: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        figures = alone.submit(read_made, COUNT, 7, SUFFIXES, tmp_path, 2).result()
    assert figures.crashes == []
    assert figures.left == []
    assert figures.too_slow == []
    assert len(figures.seconds) == COUNT
    assert figures.refused.total() > COUNT / 4
    assert figures.read > COUNT / 10
    assert figures.memory[1] < MAX_MEMORY
    assert f"{COUNT} files" in report(figures)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["given", "home"]
