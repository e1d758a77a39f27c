"""How fast dates are found: ``python -m benchmarks.dates [--text DIR] [--megabytes N]``.

Prints megabytes of UTF-8 text a second on one core, the best of N runs: for all dates of a text
made of the sample plans (or of the .txt files of DIR) repeated, for the same a line at a time, for
what could not be read, and for all dates of prose that has none.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.dates import find_dates, find_unread_dates

SAMPLES = Path(__file__).resolve().parents[1] / "docs" / "samples"


def repeated(texts: Sequence[str], size: int) -> str:
    """``texts`` in turn, again and again, until they make ``size`` bytes of UTF-8."""
    pieces: list[str] = []
    for text in itertools.cycle(texts):
        if size <= 0:
            break
        pieces.append(text)
        size -= len(text.encode())
    return "\n".join(pieces)


def speed(run: Callable[[], object], size: int, times: int) -> float:
    """Megabytes a second: ``size`` bytes in the best of ``times`` runs."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return size / best / 1e6


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dates", description=__doc__)
    parser.add_argument("--text", type=Path, default=SAMPLES, metavar="DIR", help="of .txt files")
    parser.add_argument("--megabytes", type=float, default=1.0, metavar="N", help="(default: 1)")
    parser.add_argument("--times", type=int, default=5, metavar="N", help="runs (default: 5)")
    arguments = parser.parse_args(argv)
    texts = [path.read_text(encoding="utf-8") for path in sorted(arguments.text.glob("*.txt"))]
    if not any(texts):
        parser.error(f"no text in {arguments.text}, expected .txt files")
    if arguments.times < 1 or arguments.megabytes <= 0:
        parser.error("--times is at least 1, --megabytes more than 0")

    text = repeated(texts, int(arguments.megabytes * 1e6))
    size = len(text.encode())
    lines = text.splitlines()
    found = find_dates(text)
    prose = "\n".join(line for line in lines if not find_dates(line))
    write = sys.stdout.write
    write(f"{size / 1e6:.1f} MB, {len(found)} dates; megabytes a second\n")
    for name, run, of in (
        ("find_dates", lambda: find_dates(text), size),
        ("find_dates, by line", lambda: [find_dates(line) for line in lines], size),
        ("find_unread_dates", lambda: find_unread_dates(text, found), size),
        ("find_dates, no dates", lambda: find_dates(prose), len(prose.encode())),
    ):
        write(f"{name:<24}{speed(run, of, arguments.times):>8.1f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
