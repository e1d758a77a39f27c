"""How well a model retrieves: ``python -m training.measure --dataset DIR [--model NAME]``."""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingest.vietnamese import fold

Encode = Callable[[list[str]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A retrieval set in the BEIR manner; ``relevant`` holds document indices a query."""

    documents: list[str]
    queries: list[str]
    relevant: list[set[int]]


def load(folder: Path) -> Dataset:
    """Read ``corpus.jsonl``, ``queries.jsonl`` (or .xz) and ``qrels.tsv`` of ``folder``."""
    documents = {row["id"]: _text(row) for row in _rows(folder / "corpus.jsonl")}
    index = {name: number for number, name in enumerate(documents)}
    relevant: dict[str, set[int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        if int(grade) > 0 and document in index:
            relevant.setdefault(query, set()).add(index[document])
    queries = [row for row in _rows(folder / "queries.jsonl") if row["id"] in relevant]
    return Dataset(
        list(documents.values()),
        [row["text"] for row in queries],
        [relevant[row["id"]] for row in queries],
    )


def _text(row: dict[str, str]) -> str:
    """A passage's title and text, as ``python -m eval retrieval`` joins them."""
    return "\n".join(part for part in (row.get("title"), row["text"]) if part)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        with lzma.open(path.with_name(path.name + ".xz"), "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def ndcg(ranking: Sequence[int], relevant: set[int], cut: int = 10) -> float:
    """nDCG@``cut`` with grades 0 and 1."""
    gained = sum(1 / np.log2(i + 2) for i, d in enumerate(ranking[:cut]) if d in relevant)
    ideal = sum(1 / np.log2(i + 2) for i in range(min(cut, len(relevant))))
    return float(gained / ideal)


def measure(dataset: Dataset, encode: Encode) -> dict[str, float]:
    """nDCG@10 of the dense ranking, of queries as written and without diacritics."""
    documents = encode(dataset.documents)
    result = {}
    for name, change in (("as written", str), ("no diacritics", fold)):
        queries = encode([change(query) for query in dataset.queries])
        rankings = np.argsort(-(queries @ documents.T), axis=1, kind="stable")[:, :10]
        scores = map(ndcg, rankings.tolist(), dataset.relevant)
        result[name] = float(np.mean(list(scores)))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dataset", type=Path, required=True, action="append")
    parser.add_argument("--model", default="default", help="as in ASSISTANT_EMBEDDING_MODEL")
    arguments = parser.parse_args()
    from ingest.embed import load_embeddings

    encode = load_embeddings(arguments.model).encode
    for folder in arguments.dataset:
        scores = measure(load(folder), encode)
        print(folder.name, *(f"{name} {score:.3f}" for name, score in scores.items()), sep="  ")


if __name__ == "__main__":
    main()
