"""The runs: ask every question of a fresh library, or search a retrieval set."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tqdm import tqdm

from assistant.records import Answer, Scope
from eval.dataset import DatasetError, PlanQuestion, RetrievalSet, same_document
from eval.figures import Outcome, RetrievalFigures
from eval.metrics import accuracy_at, citation_exact, ndcg_at, recall_at, reciprocal_rank_at
from ingest.records import SourceDocument
from ingest.settings import Settings

if TYPE_CHECKING:
    import numpy as np

    from ingest.pipeline import Library

DEPTH = 10
_ENCODE_BATCH = 256


def run_answers(
    settings: Settings, plans: Sequence[Path], questions: Sequence[PlanQuestion], out: Path
) -> list[Outcome]:
    """Index ``plans`` in a temporary place, ask every wording, write a row each to ``out``.

    Rows are written as they come, so that a run that is cut short leaves what it had.
    """
    from assistant.chain import Ask, Assistant

    with (
        writable(out) as rows,
        tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as home,
        opened_library(settings.apart(Path(home)), plans) as library,
    ):
        documents = library.documents()
        assistant = Assistant(library)
        assistant.warm_up()  # what loads once is not the first answer's time
        wordings = [(q, *wording) for q in questions for wording in q.wordings()]
        outcomes = []
        for question, variant, kind, text in tqdm(wordings, desc="ask", unit="question"):
            answer = assistant.invoke(Ask(text, scope_of(question, documents)))
            row = {"id": question.id, "variant": variant, **answer.to_json()}
            print(json.dumps(row, ensure_ascii=False), file=rows)
            outcomes.append(_outcome(question, kind, answer, documents))
    return outcomes


@contextlib.contextmanager
def opened_library(settings: Settings, plans: Sequence[Path]) -> Iterator[Library]:
    """A library at ``settings.home`` with the documents of ``plans``.

    Raises:
        DatasetError: a folder is missing, or no document in them can be read.
    """
    for folder in plans:
        if not folder.exists():
            raise DatasetError(f"{folder}: no such folder")
    from ingest.pipeline import Library

    with Library.open(settings) as library:
        summary = library.add(plans)
        for failure in summary.failed:
            tqdm.write(f"left out: {failure}", file=sys.stderr)
        if not library.documents():
            raise DatasetError(f"no document in {', '.join(map(str, plans))} could be read")
        yield library


def scope_of(question: PlanQuestion, documents: Sequence[SourceDocument]) -> Scope:
    """The documents already selected when ``question`` is asked; everything where none are.

    Raises:
        DatasetError: one of them is not among ``documents``.
    """
    if not question.scoped:
        return Scope()
    selected: list[str] = []
    for wanted in question.documents:
        found = [d.id for d in documents if same_document(wanted, d.name)]
        if not found:
            raise DatasetError(f'question {question.id} is asked of "{wanted}", not in the plans')
        selected.extend(found)
    return Scope(documents=tuple(selected))


def _outcome(
    question: PlanQuestion, kind: str, answer: Answer, documents: Sequence[SourceDocument]
) -> Outcome:
    names = [document.name for document in documents]
    texts = {document.id: document.text for document in documents}
    return Outcome(
        question=question,
        kind=kind,
        spans=tuple((_name(span.document, names), span.text) for span in question.spans),
        answer=answer,
        exact=sum(
            citation_exact(texts.get(c.document_id, ""), c.start, c.end, c.quote)
            for c in answer.citations
        ),
    )


def _name(wanted: str, names: Sequence[str]) -> str:
    return next((name for name in names if same_document(wanted, name)), wanted)


def run_retrieval(dataset: RetrievalSet, settings: Settings) -> RetrievalFigures:
    """Search every query of ``dataset`` by meaning, by words, and by both as the assistant does."""
    import numpy as np

    from assistant.ranking import TextRanking
    from ingest.embed import embeddings_of
    from ingest.embed.reranker import reranker_of

    identifiers, texts = list(dataset.passages), list(dataset.passages.values())
    embeddings = embeddings_of(settings)
    cross_encoder = reranker_of(settings)
    # The first search loads the models and the tables, which is no part of the speed.
    TextRanking(["a"], embeddings.encode(["a"]), embeddings).fused("a")
    started = time.perf_counter()
    batches = range(0, len(texts), _ENCODE_BATCH)
    encoded = [
        embeddings.encode(texts[i : i + _ENCODE_BATCH])
        for i in tqdm(batches, desc="embed", unit=f"×{_ENCODE_BATCH}")
    ]
    ranking = TextRanking(texts, np.concatenate(encoded), embeddings, cross_encoder)
    seconds = time.perf_counter() - started
    # BM25 gives 0 where no word is shared: that is not found, however few are found.
    searches: dict[str, tuple[Callable[[str], np.ndarray], float]] = {
        "dense": (ranking.dense, -np.inf),
        "lexical": (ranking.lexical, 0.0),
        "fused": (ranking.fused, -np.inf),
    }
    return RetrievalFigures(
        dataset=dataset.name,
        methods={
            method: _search_all(dataset, identifiers, search, floor, method)
            for method, (search, floor) in searches.items()
        },
        passages=len(texts),
        queries=len(dataset.queries),
        passages_per_second=len(texts) / seconds,
    )


def _search_all(
    dataset: RetrievalSet,
    identifiers: Sequence[str],
    search: Callable[[str], np.ndarray],
    floor: float,
    name: str,
) -> dict[str, float]:
    """Mean of each metric over the queries, and milliseconds a query."""
    totals = dict.fromkeys(("acc@1", "acc@10", "mrr@10", "ndcg@10", "recall@10"), 0.0)
    seconds = 0.0
    for query, text in tqdm(dataset.queries.items(), desc=name, unit="query"):
        started = time.perf_counter()
        ranked = [identifiers[i] for i in best(search(text), DEPTH, floor)]
        seconds += time.perf_counter() - started
        relevant = dataset.judgements[query]
        totals["acc@1"] += accuracy_at(ranked, relevant, 1)
        totals["acc@10"] += accuracy_at(ranked, relevant, DEPTH)
        totals["mrr@10"] += reciprocal_rank_at(ranked, relevant, DEPTH)
        totals["ndcg@10"] += ndcg_at(ranked, relevant, DEPTH)
        totals["recall@10"] += recall_at(ranked, relevant, DEPTH)
    count = len(dataset.queries)
    means = {metric: total / count for metric, total in totals.items()}
    return {**means, "ms_per_query": 1000 * seconds / count}


def best(scores: np.ndarray, k: int, floor: float) -> list[int]:
    """Indices of the ``k`` highest of ``scores`` above ``floor``, best first, ties by index."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")[:k]
    return [int(i) for i in order if scores[i] > floor]


def writable(path: Path) -> TextIO:
    """``path`` opened for rows of text; DatasetError where it can't be written."""
    try:
        return path.open("w", encoding="utf-8", buffering=1)  # a row at a time
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror})") from None


def write_json(value: dict[str, Any], path: Path) -> None:
    """Write ``value`` as indented JSON."""
    with writable(path) as file:
        print(json.dumps(value, ensure_ascii=False, indent=2), file=file)
