"""How fast documents are indexed: ``python -m benchmarks.ingest --stock-model NAME [--plans DIR]``,
or with more and fewer processes: ``python -m benchmarks.ingest --jobs 1 2 [--plans DIR]``.

The first prints passages and words a second of this assistant and of LangChain's stock pipeline
(recursive 1000/200 chunks, Chroma, the model named), and the ratio of the two, all measured in one
run on the same documents. Each is measured in a fresh process, in turns, and the median of the
turns shown. The clock runs from the documents' files, or their plain text, to an index that can be
asked.

The second prints the same of ``python -m ingest add`` with each number of jobs, in turns too, from
the files to a library on the disk, and the CPU seconds of this program and of the readers.

Without ``--plans`` the documents are copies of the bundled samples as plain text, or made-up plans.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from benchmarks.plans import made_up_plans
from eval.compare import measure, read_sources
from eval.dataset import DatasetError
from eval.figures import MethodRun
from ingest.errors import IngestError
from ingest.settings import Settings

_LONG_LINE = 8  # words; shorter lines may be headings, numbers and names

Rate = Callable[[MethodRun], float | None]
RATES: dict[str, Rate] = {
    "passages/s": lambda run: run.per_second(run.passages, reading=False),
    "passages/s with reading": lambda run: run.per_second(run.passages, reading=True),
    "words/s": lambda run: run.per_second(run.words, reading=False),
    "words/s with reading": lambda run: run.per_second(run.words, reading=True),
}


def write_copies(folder: Path, count: int) -> None:
    """Write ``count`` plain-text copies of the bundled samples, no two with a long line in common.

    What stood twice would be cheaper the second time, as it is not in real documents.
    """
    from ingest.pipeline import read_document
    from ingest.samples import sample_paths

    samples = [(path.stem, read_document(path).text) for path in sample_paths()]
    for number, (stem, text) in enumerate(islice(cycle(samples), count), 1):
        lines = [
            f"{line} (bản {number})" if len(line.split()) >= _LONG_LINE else line
            for line in text.splitlines()
        ]
        (folder / f"{stem}-{number:05d}.txt").write_text("\n".join(lines), "utf-8")


def compare(plans: Path, model: str, times: int) -> str:
    """The table of rates, from ``times`` turns over the documents in ``plans``."""
    settings = Settings.from_environment()
    documents = read_sources([plans], settings)
    runs: dict[str, list[MethodRun]] = {"stock": [], "ours": []}
    for _ in range(times):
        for method, done in runs.items():
            done.append(measure(method, settings, documents, (), model))
    ours, stock = runs["ours"], runs["stock"]
    lines = [
        f"{len(documents):,} documents: {ours[0].passages:,} passages of this assistant, "
        f"{stock[0].passages:,} chunks of the stock pipeline",
        f"{f'median of {times}':<26}{'this assistant':>16}{'stock LangChain':>18}{'ratio':>10}",
    ]
    for name, rate in RATES.items():
        first, second = _median(ours, rate), _median(stock, rate)
        ratio = f"{first / second:.1f} ×" if first and second else "–"
        lines.append(f"{name:<26}{_shown(first):>16}{_shown(second):>18}{ratio:>10}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a folder took: seconds by the clock, and of CPU here and in the readers."""

    seconds: float
    passages: int
    words: int
    cpu: float
    readers_cpu: float


def compare_jobs(plans: Path, jobs: Sequence[int], times: int) -> str:
    """The table of what adding the documents in ``plans`` takes with so many jobs each."""
    runs: dict[int, list[Added]] = {count: [] for count in jobs}
    for _ in range(times):
        for count, done in runs.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
                done.append(fresh.submit(_add, plans, count).result())
    one = runs[jobs[0]][0]
    lines = [
        f"{one.passages:,} passages, {one.words:,} words; medians of {times}; load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors",
        f"{'jobs':>4}{'seconds':>10}{'passages/s':>12}{'words/s':>10}{'ratio':>8}"
        f"{'CPU s here':>12}{'in readers':>12}",
    ]
    first = statistics.median(run.seconds for run in runs[jobs[0]])
    for count, done in runs.items():
        seconds = statistics.median(run.seconds for run in done)
        lines.append(
            f"{count:>4}{seconds:>10.1f}{one.passages / seconds:>12,.0f}"
            f"{one.words / seconds:>10,.0f}{first / seconds:>7.2f}×"
            f"{statistics.median(run.cpu for run in done):>12.1f}"
            f"{statistics.median(run.readers_cpu for run in done):>12.1f}"
        )
    return "\n".join(lines)


def _add(plans: Path, jobs: int) -> Added:
    from ingest.pipeline import Library

    def cpu(whose: int) -> float:
        used = resource.getrusage(whose)
        return used.ru_utime + used.ru_stime

    with tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as home:
        settings = replace(Settings.from_environment(), home=Path(home), jobs=jobs)
        with Library.open(settings) as library:
            library.embeddings.embed_query("kế hoạch")
            before, began = cpu(resource.RUSAGE_SELF), time.perf_counter()
            library.add([plans])
            seconds = time.perf_counter() - began
            used = cpu(resource.RUSAGE_SELF) - before
            words = sum(len(document.text.split()) for document in library.documents())
            passages = len(library.passages())
            return Added(seconds, passages, words, used, cpu(resource.RUSAGE_CHILDREN))


def _median(runs: Sequence[MethodRun], rate: Rate) -> float | None:
    rates = [value for run in runs if (value := rate(run)) is not None]
    return statistics.median(rates) if rates else None


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--stock-model", metavar="NAME", help="a name or a folder")
    what.add_argument("--jobs", type=int, nargs="+", metavar="N", help="files read at once")
    parser.add_argument("--plans", type=Path, metavar="DIR", help="default: made for this")
    parser.add_argument(
        "--documents", type=int, default=100, metavar="N", help="how many to make (default: 100)"
    )
    parser.add_argument("--times", type=int, default=3, metavar="N", help="turns (default: 3)")
    arguments = parser.parse_args(argv)
    for option in ("documents", "times"):
        if getattr(arguments, option) < 1:
            parser.error(f"--{option} is {getattr(arguments, option)}, expected 1 or more")
    with tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as scratch:
        plans = arguments.plans or Path(scratch)
        try:
            if arguments.jobs:
                for name, text in made_up_plans(0 if arguments.plans else arguments.documents):
                    (plans / name).write_text(text, "utf-8")
                table = compare_jobs(plans, arguments.jobs, arguments.times)
            else:
                if arguments.plans is None:
                    write_copies(plans, arguments.documents)
                table = compare(plans, arguments.stock_model, arguments.times)
        except (DatasetError, IngestError) as error:
            sys.stderr.write(f"error: {error}\n")
            return 2
    sys.stdout.write(table + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
