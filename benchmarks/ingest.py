"""How fast documents are indexed: ``python -m benchmarks.ingest --stock-model NAME [--plans DIR]``.

Prints passages and words a second of this assistant and of LangChain's stock pipeline (recursive
1000/200 chunks, Chroma, the model named), and the ratio of the two, all measured in one run on the
same documents. Each is measured in a fresh process, in turns, and the median of the turns shown.
The clock runs from the documents' files, or their plain text, to an index that can be asked.

Without ``--plans`` the documents are copies of the bundled samples as plain text.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

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


def _median(runs: Sequence[MethodRun], rate: Rate) -> float | None:
    rates = [value for run in runs if (value := rate(run)) is not None]
    return statistics.median(rates) if rates else None


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--stock-model", required=True, metavar="NAME", help="a name or a folder")
    parser.add_argument("--plans", type=Path, metavar="DIR", help="default: copies of the samples")
    parser.add_argument(
        "--documents", type=int, default=100, metavar="N", help="copies to make (default: 100)"
    )
    parser.add_argument("--times", type=int, default=3, metavar="N", help="turns (default: 3)")
    arguments = parser.parse_args(argv)
    for option in ("documents", "times"):
        if getattr(arguments, option) < 1:
            parser.error(f"--{option} is {getattr(arguments, option)}, expected 1 or more")
    with tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as scratch:
        if arguments.plans is None:
            write_copies(Path(scratch), arguments.documents)
        try:
            table = compare(
                arguments.plans or Path(scratch), arguments.stock_model, arguments.times
            )
        except (DatasetError, IngestError) as error:
            sys.stderr.write(f"error: {error}\n")
            return 2
    sys.stdout.write(table + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
