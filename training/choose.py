"""``python -m training.choose --data DIR --dataset FILE [--dataset FILE …] --out DIR``.

Makes what `assistant.choose` ships: ``words.npz``, vectors of words by their neighbours in the
training files (``training/words.py``), and ``weights.json``, the weights of its measures.

The weights are fitted on a third of the questions of each extractive set, by listwise
cross-entropy over the sentences of their passages. The split is by passage: another third may be
looked at to decide what to measure, the last is for the end alone (``--final``).
"""

from __future__ import annotations

import argparse
import json
import logging
import lzma
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from assistant.choose import MEASURES, measured
from ingest.embed.static import default_encoder
from ingest.sentences import sentence_spans
from training import corpus, words

log = logging.getLogger("training.choose")

_DECAY = 0.002
_ROUNDS = 200

Floats = npt.NDArray[np.float32]


class Part(IntEnum):
    """What a passage and its questions are for."""

    FITTED = 0
    LOOKED_AT = 1
    FINAL = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the measures of its passage's sentences, and which of them hold an answer."""

    measures: Floats  # shape (sentences, measures)
    right: npt.NDArray[np.bool_]
    part: Part


def part_of(passage: str) -> Part:
    """The same for all questions over a passage, whatever the order of the file."""
    return Part(zlib.crc32(passage.encode()) % len(Part))


def read(path: Path) -> list[Asked]:
    """Measure the sentences for every question of an extractive set.

    Rows have ``question``, ``context`` and ``answers`` with ``text`` and ``start``.
    """
    asked: list[Asked] = []
    for row in _rows(path):
        passage = row["context"]
        spans = sentence_spans(passage)
        starts = [a["start"] + len(a["text"]) - len(a["text"].lstrip()) for a in row["answers"]]
        right = np.array([any(s <= x < e for x in starts) for s, e in spans], dtype=bool)
        if right.any():
            sentences = [passage[s:e] for s, e in spans]
            asked.append(Asked(measured(row["question"], sentences), right, part_of(passage)))
    return asked


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def fit(sets: Sequence[Sequence[Asked]], decay: float = _DECAY) -> Floats:
    """A weight for each measure; every set counts by the root of the number of its questions.

    Raises ValueError for a set without a question for fitting.
    """
    chosen = [[a for a in asked if a.part is Part.FITTED] for asked in sets]
    for place, asked in enumerate(chosen, 1):
        if not asked:
            raise ValueError(f"set {place} of {len(sets)} has no question for fitting")
    questions = [a for asked in chosen for a in asked]
    share = torch.cat([torch.full((len(c),), len(c) ** -0.5) for c in chosen]).double()
    share /= share.sum()
    everything = np.concatenate([a.measures for a in questions]).astype(np.float64)
    spread = everything.std(axis=0) + 1e-6
    most = max(len(a.right) for a in questions)
    x = torch.zeros(len(questions), most, len(spread), dtype=torch.float64)
    there = torch.zeros(len(questions), most, dtype=torch.bool)
    right = torch.zeros_like(there)
    for place, a in enumerate(questions):
        x[place, : len(a.right)] = torch.from_numpy(a.measures / spread)
        there[place, : len(a.right)] = True
        right[place, : len(a.right)] = torch.from_numpy(a.right)
    weights = torch.zeros(len(spread), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = x @ weights
        every = torch.logsumexp(scores.masked_fill(~there, -torch.inf), dim=1)
        answering = torch.logsumexp(scores.masked_fill(~right, -torch.inf), dim=1)
        total = ((every - answering) * share).sum() + decay * (weights**2).sum()
        total.backward()
        return total

    optimiser.step(loss)
    return np.asarray(weights.detach().numpy() / spread, dtype=np.float32)


def accuracy(asked: Sequence[Asked], weights: Floats, part: Part) -> float:
    """Share of the questions of ``part`` whose best sentence holds an answer; nan for none."""
    found = [bool(a.right[(a.measures @ weights).argmax()]) for a in asked if a.part is part]
    return float(np.mean(found)) if found else float("nan")


def make_words(data: Path, path: Path, size: words.TableSize) -> None:
    """Read the training files of ``data`` and write the table of words to ``path``."""
    tokens = words.tokens_of(corpus.read(data), default_encoder())
    log.info("%d tokens", len(tokens))
    words.write(*words.vectors(tokens, size), path)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.choose", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, metavar="DIR", help="make words.npz of these files")
    parser.add_argument(
        "--dataset", type=Path, action="append", default=[], metavar="FILE", help="fit on these"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    parser.add_argument("--final", action="store_true", help="print the last third's figures too")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    if not arguments.data and not arguments.dataset:
        parser.error("nothing to make: give --data, --dataset or both")
    try:
        if arguments.data:
            make_words(arguments.data, arguments.out / "words.npz", words.TableSize())
        if arguments.dataset:
            sets = [read(path) for path in arguments.dataset]
            weights = fit(sets)
    except FileNotFoundError as error:
        parser.error(f"{error.filename} is missing")
    except ValueError as error:
        parser.error(str(error))
    if arguments.dataset:
        parts = list(Part) if arguments.final else [Part.FITTED, Part.LOOKED_AT]
        for path, asked in zip(arguments.dataset, sets, strict=True):
            figures = [f"{p.name.lower()} {accuracy(asked, weights, p):.4f}" for p in parts]
            log.info("%s: %s", path.name, ", ".join(figures))
        table = {name: round(float(w), 4) for name, w in zip(MEASURES, weights, strict=True)}
        text = json.dumps(table, indent=2) + "\n"
        (arguments.out / "weights.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
