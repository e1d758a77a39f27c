"""``python -m training.rerank --dataset DIR [--dataset DIR …] --out FILE``: weigh the measures.

The reranker adds up a passage's measures (``assistant/rerank/features.py``). Their weights are
fitted on a third of the questions of each retrieval set, by listwise cross-entropy over the first
passages; the other two thirds are never fitted on and give the second figure that is printed.
"""

from __future__ import annotations

import argparse
import json
import logging
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from assistant.ranking import TextRanking
from assistant.rerank import FEATURES
from ingest.embed import load_embeddings
from training.measure import Dataset, load, ndcg

log = logging.getLogger("training.rerank")

_EPOCHS, _BATCH, _RATE, _DECAY, _SEED = 60, 128, 0.02, 1e-4, 20_240

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lists:
    """A set's questions with their first passages.

    ``measures``: shape (questions, passages, features); ``relevant``: (questions, passages);
    ``rows``: the passages' places in the set; ``tuned``: whether a question is for fitting.
    """

    measures: Floats
    relevant: Floats
    rows: list[list[int]]
    tuned: npt.NDArray[np.bool_]
    dataset: Dataset


def is_for_tuning(query: str) -> bool:
    """One question in three, whatever the order of the file."""
    return zlib.crc32(query.encode()) % 3 == 0


def read(folder: Path) -> Lists:
    """Search the set in ``folder`` and measure the first passages of every question."""
    dataset = load(folder)
    embeddings = load_embeddings()
    ranking = TextRanking(dataset.documents, embeddings.encode(dataset.documents), embeddings)
    measures, relevant, rows = [], [], []
    for query, wanted in zip(dataset.queries, dataset.relevant, strict=True):
        restored = ranking.restore(query)
        found, candidates, _ = ranking.candidates(restored)
        measures.append(ranking.reranker.features(restored, candidates))
        relevant.append([float(row in wanted) for row in found])
        rows.append([int(row) for row in found])
    return Lists(
        np.stack(measures),
        np.array(relevant, dtype=np.float32),
        rows,
        np.array([is_for_tuning(query) for query in dataset.queries]),
        dataset,
    )


def fit(lists: Sequence[Lists]) -> Floats:
    """A weight for each feature; every set counts alike, however many questions it has.

    Raises ValueError for a set in which no question for fitting has its passage among the first.
    """
    torch.manual_seed(_SEED)
    chosen = [np.flatnonzero(part.tuned & (part.relevant.sum(axis=1) > 0)) for part in lists]
    for place, (part, questions) in enumerate(zip(lists, chosen, strict=True), 1):
        if not len(questions):
            raise ValueError(
                f"set {place} of {len(lists)} teaches nothing: of its {len(part.tuned)} questions"
                f" {part.tuned.sum()} are for fitting, and none of these has its passage among"
                f" the first {part.relevant.shape[1]}; leave it out or take a larger one"
            )
    measures = np.concatenate([p.measures[c] for p, c in zip(lists, chosen, strict=True)])
    spread = measures.reshape(-1, measures.shape[-1]).std(axis=0) + 1e-6
    x = torch.from_numpy(measures / spread)
    relevant = np.concatenate([p.relevant[c] for p, c in zip(lists, chosen, strict=True)])
    target = torch.from_numpy(relevant / relevant.sum(axis=1, keepdims=True))
    share = torch.cat([torch.full((len(c),), 1.0 / len(c)) for c in chosen])
    share /= share.mean()
    weights = torch.full((measures.shape[-1],), 0.1, requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    for _ in range(_EPOCHS):
        for batch in torch.randperm(len(x)).split(_BATCH):
            loss = -(torch.log_softmax(x[batch] @ weights, dim=1) * target[batch]).sum(dim=1)
            total = (loss * share[batch]).mean() + _DECAY * (weights**2).sum()
            optimiser.zero_grad()
            total.backward()
            optimiser.step()
    return np.asarray(weights.detach().numpy() / spread, dtype=np.float32)


def quality(lists: Lists, scores: Floats, tuned: bool) -> float:
    """Mean nDCG@10 of the tuned or of the other questions; ``scores``: (questions, passages)."""
    gained = []
    for row in np.flatnonzero(lists.tuned == tuned):
        order = np.argsort(-scores[row], kind="stable")
        ranking = [lists.rows[row][i] for i in order]
        gained.append(ndcg(ranking, lists.dataset.relevant[row]))
    return float(np.mean(gained))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.rerank", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--dataset", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, help="the weights to write, .json")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    lists = [read(folder) for folder in arguments.dataset]
    try:
        weights = fit(lists)
    except ValueError as error:
        parser.error(str(error))
    for folder, part in zip(arguments.dataset, lists, strict=True):
        first = part.measures[:, :, FEATURES.index("first")]
        for name, scores in (("before", first), ("reranked", part.measures @ weights)):
            figures = [quality(part, scores, tuned) for tuned in (True, False)]
            log.info("%s %s: tuned %.4f, others %.4f", folder.name, name, *figures)
    table = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    arguments.out.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
