"""How fast study packs are made: ``python -m benchmarks.study [--text DIR] [--words N]``.

Prints, for each of the sample plans (or each .txt file of DIR) and for one of them made N words
long, the words, the milliseconds a pack takes on one core and the same per 1,000 words, the best of
N runs; the register's rows are found beforehand, as they are when a document is added.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.study.pack import study_pack
from ingest.deadlines import find_obligations
from ingest.pipeline import document_of, read_document
from ingest.records import SourceDocument

SAMPLES = Path(__file__).resolve().parents[1] / "docs" / "samples"


def lengthened(document: SourceDocument, words: int) -> SourceDocument:
    """A document of about ``words`` words: the lines of ``document`` again and again."""
    lines: list[str] = []
    for line in itertools.cycle(document.text.splitlines()):
        if words <= 0:
            break
        lines.append(line)
        words -= len(line.split())
    return document_of("\n".join(lines).encode(), document.name)


def seconds(document: SourceDocument, times: int) -> float:
    """Processor time of one pack on ``document``, the best of ``times``."""
    duties = find_obligations(document)
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        study_pack([document], duties)
        best = min(best, time.process_time() - began)
    return best


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.study", description=__doc__)
    parser.add_argument("--text", type=Path, default=SAMPLES, metavar="DIR", help="of .txt files")
    parser.add_argument("--words", type=int, default=5000, metavar="N", help="(default: 5000)")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="runs (default: 3)")
    arguments = parser.parse_args(argv)
    documents = [read_document(path) for path in sorted(arguments.text.glob("*.txt"))]
    if not documents:
        parser.error(f"no text in {arguments.text}, expected .txt files")
    if arguments.times < 1 or arguments.words < 1:
        parser.error("--times and --words are at least 1")

    documents.append(lengthened(documents[0], arguments.words))
    write = sys.stdout.write
    write(f"{'document':<44}{'words':>8}{'ms':>9}{'ms / 1,000 words':>19}\n")
    for document in documents:
        words = len(document.text.split())
        taken = seconds(document, arguments.times) * 1000
        write(f"{document.name[:42]:<44}{words:>8}{taken:>9.0f}{taken / words * 1000:>19.0f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
