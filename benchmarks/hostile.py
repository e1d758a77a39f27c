"""What hostile and damaged files do: ``python -m benchmarks.hostile --files 10000 [--seed N]``.

Makes the files, reads them as ``python -m ingest add`` does, several side by side, and prints how
many were read and refused, the slowest, the peaks of memory, and what was written where nothing
should be. Exit status 1 where a file brought something else than a document or a reason, was
refused after more than ten seconds, left a file behind, or took more than a GiB of memory to read.
Ctrl-C ends it early, with the figures of the files so far.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hostile_files import good_files, hostile_files
from ingest import load
from ingest.errors import UnreadableFile
from ingest.pipeline.readers import Readers, jobs_of
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


@dataclass(frozen=True)
class Outcome:
    """What became of one file, and how long that took."""

    name: str
    seconds: float
    read: int  # documents
    reasons: tuple[str, ...]  # of those that were refused
    crash: str = ""  # anything else that was raised

    @property
    def last(self) -> str:
        """It in a word."""
        return "crash" if self.crash else self.reasons[-1] if self.reasons else "read"


def read_made(
    count: int, seed: int, suffixes: Sequence[str], folder: Path, jobs: int = 1
) -> Figures:
    """As :func:`read_all`, of ``count`` files made here.

    The peak of memory is of all that this process has ever started: for a figure of these files
    alone, call it in a process of its own.
    """
    return read_all(hostile_files(count, seed, suffixes), folder, jobs)


def read_all(files: Iterable[tuple[str, bytes]], folder: Path, jobs: int) -> Figures:
    """Read files in a data folder below ``folder``, so many at once, and tell what became of them;
    when interrupted, of those so far."""
    figures = Figures()
    settings = Settings(home=folder / "home")
    given = folder / "given"
    for path in (settings.home, given):
        path.mkdir()
    interrupted = False
    with Readers(settings, jobs) as readers:
        _start(readers, jobs, given)
        try:
            for outcome in _outcomes(readers, jobs, given, files):
                figures.read += outcome.read
                figures.refused.update(outcome.reasons)
                figures.crashes += [outcome.crash] * bool(outcome.crash)
                figures.seconds.append((outcome.seconds, outcome.name, outcome.last))
                if len(figures.seconds) % _TOLD == 0:
                    sys.stderr.write(f"{len(figures.seconds):,} files\n")
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:  # what was in work is no file's fault
        for path in given.iterdir():
            shutil.rmtree(path)
    figures.left = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    figures.memory = _peak()
    return figures


def _start(readers: Readers, jobs: int, given: Path) -> None:
    """Have each reader read good files: what they need to start, LibreOffice above all, is no
    file's fault."""
    together = threading.Barrier(jobs)  # so that no reader takes the turn of another

    def start(reader: Reader, at: int) -> None:
        together.wait()
        for suffix, data in good_files().items():
            _outcome(reader, given / f"start-{at}", f"good.{suffix}", data)

    begun = [readers.submit(lambda reader, at=at: start(reader, at)) for at in range(jobs)]  # type: ignore[misc]
    for future in begun:
        future.result()


def _outcomes(
    readers: Readers, jobs: int, given: Path, files: Iterable[tuple[str, bytes]]
) -> Iterator[Outcome]:
    """What became of each file, as they come to their end."""
    under_way: set[Future[Outcome]] = set()
    for number, (name, data) in enumerate(files):
        place = given / str(number)
        under_way.add(
            readers.submit(
                lambda reader, place=place, name=name, data=data: _outcome(  # type: ignore[misc]
                    reader, place, name, data
                )
            )
        )
        while len(under_way) > jobs:
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    yield from (future.result() for future in under_way)


def _outcome(reader: Reader, place: Path, name: str, data: bytes) -> Outcome:
    """Read a file in a folder of its own, which goes with it: two may have one name."""
    place.mkdir()
    path = place / name
    started = time.perf_counter()
    read, reasons, crash = 0, [], ""
    try:
        path.write_bytes(data)
    except (OSError, ValueError):  # a name that no file can have
        place.rmdir()
        return Outcome(name, 0.0, 0, ("no file",))
    try:
        held = reader.members(load.read_bytes(path), name)
        reasons += [error.reason for error in held.failed]
        for member in held.found:
            try:
                reader.read(member)
                read += 1
            except UnreadableFile as error:
                if error.reason == "fault":
                    crash = str(error)
                reasons.append(error.reason)
    except UnreadableFile as error:
        reasons.append(error.reason)
    except Exception as error:  # noqa: BLE001 (what the benchmark is there to find)
        crash = f"{name}: {error!r}"
    seconds = time.perf_counter() - started
    path.unlink()
    with contextlib.suppress(OSError):  # something else was written there, which is told
        place.rmdir()
    return Outcome(name, seconds, read, tuple(reasons), crash)


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
    parser.add_argument(
        "--jobs", type=int, default=jobs_of(Settings(home=Path())), metavar="N", help="read at once"
    )
    parser.add_argument("--only", default="", metavar="SUFFIXES", help="for example: pdf,docx")
    arguments = parser.parse_args(argv)
    suffixes = [suffix for suffix in arguments.only.split(",") if suffix]
    with tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as folder:
        figures = read_made(arguments.files, arguments.seed, suffixes, Path(folder), arguments.jobs)
    sys.stdout.write(report(figures) + "\n")
    return 0 if figures.passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
