"""What hostile and damaged files do: ``python -m benchmarks.hostile --files 10000 [--seed N]``.

Makes the files, reads each as ``python -m ingest add`` does, and prints how many were read and
refused, the slowest, the peaks of memory, and what was written where nothing should be. Exit status
1 where a file brought something else than a document or a reason, was refused after more than ten
seconds, left a file behind, or took more than a GiB of memory to read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile_files import good_files, hostile_files
from ingest import load
from ingest.errors import UnreadableFile
from ingest.reading import Reader
from ingest.settings import Settings

MAX_SECONDS = 10.0
MAX_MEMORY = 1024**3
_SLOWEST = 5
_TOLD = 500  # files between two lines of progress


@dataclass
class Figures:
    """What became of the files."""

    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)  # anything else that was raised
    seconds: list[tuple[float, str, str]] = field(default_factory=list)  # time, name, outcome
    left: list[str] = field(default_factory=list)  # files that should not be there
    memory: tuple[int, int] = (0, 0)  # bytes at their peaks: this process, the largest it started

    @property
    def too_slow(self) -> list[tuple[float, str, str]]:
        """Files that took longer to be refused than they may."""
        return [row for row in self.seconds if row[0] > MAX_SECONDS and row[2] != "read"]

    @property
    def passed(self) -> bool:
        return not (self.crashes or self.left or self.too_slow) and self.memory[1] <= MAX_MEMORY


def read_made(count: int, seed: int, suffixes: Sequence[str], folder: Path) -> Figures:
    """As :func:`read_all`, of ``count`` files made here.

    The peak of memory is of all that this process has ever started: for a figure of these files
    alone, call it in a process of its own.
    """
    return read_all(hostile_files(count, seed, suffixes), folder)


def read_all(files: Iterable[tuple[str, bytes]], folder: Path) -> Figures:
    """Read files in a data folder below ``folder``, and tell what became of them."""
    figures = Figures()
    settings = Settings(home=folder / "home")
    given = folder / "given"
    for path in (settings.home, given):
        path.mkdir()
    with Reader(settings) as reader:
        # What they need to start, LibreOffice above all, is no file's fault.
        for suffix, data in good_files().items():
            _outcome(reader, given, f"good.{suffix}", data, Figures())
        for name, data in files:
            started = time.perf_counter()
            outcome = _outcome(reader, given, name, data, figures)
            figures.seconds.append((time.perf_counter() - started, name, outcome))
            if len(figures.seconds) % _TOLD == 0:
                sys.stderr.write(f"{len(figures.seconds):,} files\n")
    figures.left = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    figures.memory = _peak()
    return figures


def _outcome(reader: Reader, given: Path, name: str, data: bytes, figures: Figures) -> str:
    path = given / name
    try:
        path.write_bytes(data)
    except (OSError, ValueError):  # a name that no file can have
        return "no file"
    try:
        held = reader.members(load.read_bytes(path), name)
        reasons = [error.reason for error in held.failed]
        for member in held.found:
            try:
                reader.read(member)
                figures.read += 1
            except UnreadableFile as error:
                if error.reason == "fault":
                    figures.crashes.append(str(error))
                reasons.append(error.reason)
        figures.refused.update(reasons)
        return reasons[-1] if reasons else "read"
    except UnreadableFile as error:
        figures.refused[error.reason] += 1
        return error.reason
    except Exception as error:  # noqa: BLE001 (what the benchmark is there to find)
        figures.crashes.append(f"{name}: {error!r}")
        return "crash"
    finally:
        path.unlink()


def _peak() -> tuple[int, int]:
    try:
        import resource
    except ImportError:  # Windows
        return 0, 0
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return own * unit, started * unit


def report(figures: Figures) -> str:
    """The figures as lines."""
    times = sorted(figures.seconds, reverse=True)
    whole = sum(seconds for seconds, _, _ in times)
    reasons = ", ".join(f"{reason} {count}" for reason, count in figures.refused.most_common())
    lines = [
        f"{len(times):,} files in {whole:,.0f} s, {whole / max(len(times), 1) * 1000:.0f} ms each",
        f"documents read: {figures.read:,}; refused: {figures.refused.total():,} ({reasons})",
        f"crashes: {len(figures.crashes)}; refused after more than {MAX_SECONDS:.0f} s: "
        f"{len(figures.too_slow)}; files left behind: {len(figures.left)}",
        f"peak memory: {figures.memory[0] / 2**20:,.0f} MiB of this process, which also makes the "
        f"files, and {figures.memory[1] / 2**20:,.0f} MiB of the largest that it started",
        *(f"{seconds:8.2f} s  {name[:60]!r}: {outcome}" for seconds, name, outcome in
          times[:_SLOWEST]),
        *figures.crashes,
        *figures.left,
    ]  # fmt: skip
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    summary, _, _ = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=summary)
    parser.add_argument("--files", type=int, default=1000, metavar="N", help="default: 1000")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument("--only", default="", metavar="SUFFIXES", help="for example: pdf,docx")
    arguments = parser.parse_args(argv)
    suffixes = [suffix for suffix in arguments.only.split(",") if suffix]
    with tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as folder:
        figures = read_made(arguments.files, arguments.seed, suffixes, Path(folder))
    sys.stdout.write(report(figures) + "\n")
    return 0 if figures.passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
