"""Contrastive training of the token vectors (InfoNCE with in-batch negatives)."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from training.pairs import Batch, Drawn, Pairs
from training.vocabulary import Entry

log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that training depends on besides the data."""

    dimension: int = 384
    epochs: float = 9.0
    batch: int = 2048
    run: int = 8  # neighbouring passages next to each other in a batch
    learning_rate: float = 0.08
    temperature: float = 0.05
    sentence_share: float = 0.35  # of the loss, that comes from each passage's best sentence
    seed: int = 20_240
    threads: int = 1  # with more, sums are made in another order and the files differ


def train(entries: Sequence[Entry], pairs: Pairs, passages: int, recipe: Recipe) -> Matrix:
    """Vectors of ``entries``, shape (entries, dimension): a text's is the sum of its pieces'."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    rows = torch.nn.Parameter(_initial(entries, recipe.dimension))
    optimiser = torch.optim.Adam([rows], lr=recipe.learning_rate, betas=(0.9, 0.99), fused=True)
    steps = int(recipe.epochs * (passages // recipe.batch))
    warm_up = min(50, steps // 10 + 1)
    step, started, smooth = 0, time.monotonic(), 0.0
    while step < steps:
        for batch in pairs.epoch(recipe.batch, recipe.run):
            progress = (step - warm_up) / max(1, steps - warm_up)
            factor = (step + 1) / warm_up if step < warm_up else max(0.02, 1 - progress)
            optimiser.param_groups[0]["lr"] = recipe.learning_rate * factor
            queries = _encode(rows, batch.queries)
            loss = _contrast(queries, _encode(rows, batch.passages), recipe)
            if recipe.sentence_share:
                sentences = _encode(rows, _best_sentences(rows, queries, batch))
                loss = (1 - recipe.sentence_share) * loss
                loss += recipe.sentence_share * _contrast(queries, sentences, recipe)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            smooth = loss.item() if step == 0 else 0.98 * smooth + 0.02 * loss.item()
            step += 1
            if step % 100 == 0 or step == steps:
                seconds = time.monotonic() - started
                log.info("step %d of %d, loss %.3f, %.0f s", step, steps, smooth, seconds)
            if step == steps:
                break
    return _pieces(rows.detach().numpy(), entries)


def _contrast(queries: torch.Tensor, found: torch.Tensor, recipe: Recipe) -> torch.Tensor:
    """InfoNCE both ways: row i of ``queries`` belongs to row i of ``found``."""
    similarity = queries @ found.T / recipe.temperature
    target = torch.arange(len(queries))
    both = functional.cross_entropy(similarity, target)
    return (both + functional.cross_entropy(similarity.T, target)) / 2


@torch.no_grad()
def _best_sentences(rows: torch.Tensor, queries: torch.Tensor, batch: Batch) -> Drawn:
    """The sentence of each passage that is most similar to the passage's question."""
    owner = torch.from_numpy(batch.owner)
    similar = (queries[owner] * _encode(rows, batch.sentences)).sum(dim=1)
    order = torch.argsort(similar)
    best = torch.zeros(len(queries), dtype=torch.long)
    best[owner[order]] = order  # the last one written to a row stays: the most similar
    drawn = batch.sentences
    ends = np.append(drawn.offsets[1:], len(drawn.rows))
    parts = [drawn.rows[drawn.offsets[i] : ends[i]] for i in best.tolist()]
    lengths = np.array([len(part) for part in parts])
    return Drawn(np.concatenate(parts), np.cumsum(lengths) - lengths)


def _encode(rows: torch.Tensor, drawn: Drawn) -> torch.Tensor:
    summed = functional.embedding_bag(
        torch.from_numpy(drawn.rows), rows, torch.from_numpy(drawn.offsets), mode="sum"
    )
    return functional.normalize(summed, dim=1)


def _initial(entries: Sequence[Entry], dimension: int) -> torch.Tensor:
    """Random directions; frequent pieces start shorter (smooth inverse frequency)."""
    probability = torch.tensor([entry.score for entry in entries]).exp()
    length = 1e-3 / (1e-3 + probability)
    length[torch.tensor([len(entry.words) == 2 for entry in entries])] *= 0.3
    return torch.randn(len(entries), dimension) * length[:, None]


def _pieces(rows: Matrix, entries: Sequence[Entry]) -> Matrix:
    """In training a pair's row is what it adds to its syllables; as a piece it stands for all."""
    row = {entry.words: index for index, entry in enumerate(entries)}
    whole = rows.copy()
    for index, entry in enumerate(entries):
        if len(entry.words) == 2:
            first, second = entry.words
            whole[index] += rows[row[(first,)]] + rows[row[(second,)]]
    return whole
