"""The tab-separated tables of this package, as lines. Read at first use, never on import."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The lines of the data file ``name``, without comments (#) and empty lines."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return tuple(
        line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


@cache
def rows_of(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The rows of ``name``: what stands before the tab, and what " | " parts after it.

    A line without a tab is an error that names the file and the line: people edit these files.
    """
    rows: list[tuple[str, tuple[str, ...]]] = []
    for line in lines_of(name):
        left, tab, right = line.partition("\t")
        if not tab or not left.strip() or not right.strip():
            raise ValueError(f"{name}: expected 'term<TAB>term | term', found: {line!r}")
        rows.append((left.strip(), tuple(p.strip() for p in right.split("|") if p.strip())))
    return tuple(rows)
