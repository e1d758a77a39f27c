"""How well sentences are held against their sources: ``python -m benchmarks.verification``.

``--plans DIR`` (repeatable; the samples without it): true and false sentences are made from every
document by rule. ``--pairs FILE``: sentences written by hand about the samples, one JSON object a
line: ``sentence``, ``document`` (its number), ``source`` (words that the cited passage holds),
``true``, ``kind``. Prints the share kept of each kind, precision and
recall, and both at other thresholds; ``--show`` prints what was judged wrongly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.dated import mentions_of
from assistant.pieces import pieces_of
from assistant.units import source_units
from assistant.verify import STRICT, Thresholds, verify
from benchmarks.statements import Pair, pairs
from ingest.chunk import chunk
from ingest.pipeline import files_under, read_document
from ingest.records import SourceDocument
from ingest.samples import sample_paths

_TRIED = [
    *(Thresholds(words=share) for share in (0.8, 0.9, 0.95)),
    *(Thresholds(order=share) for share in (0.0, 0.65, 0.85, 1.0)),
    *(Thresholds(own=count) for count in (3, 4, 6)),
]


def documents_in(paths: Iterable[Path]) -> list[SourceDocument]:
    """The documents of files and folders, those that can't be read left out."""
    return [read_document(path) for path in files_under(paths)]


def written_pairs(path: Path, documents: Sequence[SourceDocument]) -> list[Pair]:
    """The pairs of a file, with the pieces of the passage that holds their source.

    Raises:
        ValueError: no passage of the document holds the words named.
    """
    by_number = {d.header.number.value: d for d in documents if d.header.number}
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = by_number[row["document"]]
        at = document.text.find(row["source"])
        passage = next((p for p in chunk(document) if p.start <= at < p.end), None)
        if at < 0 or passage is None:
            raise ValueError(f"{path}: {row['document']} does not hold «{row['source']}»")
        units = source_units(
            document, passage.start, passage.end, passage.role, mentions_of(document)
        )
        cited = pieces_of(tuple(units))
        made.append(Pair(row["kind"], row["true"], row["sentence"], cited))
    return made


def figures(made: Sequence[Pair], thresholds: Thresholds = STRICT) -> tuple[float, float]:
    """Precision and recall of what is kept; a precision of 1 where nothing is."""
    kept = [p for p in made if verify(p.sentence, [p.cited], thresholds).kept]
    true = sum(p.is_true for p in kept)
    of = sum(p.is_true for p in made)
    return (true / len(kept) if kept else 1.0, true / of if of else 0.0)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verification", description=__doc__)
    parser.add_argument("--plans", type=Path, action="append", default=[], metavar="DIR")
    parser.add_argument("--pairs", type=Path, metavar="FILE")
    parser.add_argument("--most", type=int, default=400, help="of a kind (default: %(default)s)")
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    arguments = parser.parse_args(argv)
    if arguments.pairs:
        made = written_pairs(arguments.pairs, documents_in(sample_paths()))
    else:
        made = pairs(documents_in(arguments.plans or sample_paths()), arguments.most)
    report(made, arguments.show)
    return 0


def report(made: Sequence[Pair], show: bool) -> None:
    write = sys.stdout.write
    kinds: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair in made:
        verdict = verify(pair.sentence, [pair.cited])
        kinds[pair.is_true, pair.kind].append(verdict.kept)
        if show and verdict.kept != pair.is_true:
            write(f"{'T' if pair.is_true else 'F'} [{pair.kind}] {verdict.reason}"
                  f" «{verdict.detail}»\n  {pair.sentence}\n")  # fmt: skip
    for (is_true, kind), kept in sorted(kinds.items(), reverse=True):
        write(f"{'true ' if is_true else 'false'}  {kind:28} {sum(kept):5} of {len(kept):5} kept\n")
    precision, recall = figures(made)
    write(f"{len(made)} pairs: precision {precision:.4f}, recall {recall:.3f}\n")
    for tried in _TRIED:
        precision, recall = figures(made, tried)
        write(f"  {tried}: precision {precision:.4f}, recall {recall:.3f}\n")


if __name__ == "__main__":
    raise SystemExit(main())
