"""Passages for a question, best first; as LangChain's retriever too.

The scores are made in ``assistant/scores.py``; here they become hits. The passages of documents
that the question sets side by side come in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from assistant.library_index import LibraryIndex
from assistant.named import documents_named
from assistant.records import EVERYTHING, SECTION_SEPARATOR, Question, Scope
from assistant.scores import WEIGHTS, Weights, best_first, passage_scores
from assistant.understand import understand
from ingest.pipeline import context_of
from ingest.records import Passage, SourceDocument


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with its document and its score."""

    passage: Passage
    document: SourceDocument
    score: float


def search(
    index: LibraryIndex,
    question: Question,
    scope: Scope = EVERYTHING,
    limit: int = 10,
    weights: Weights = WEIGHTS,
) -> list[Hit]:
    """The ``limit`` best passages for ``question`` within ``scope``, best first."""
    inside = index.mask(scope)
    if not index.passages or not inside.any():
        return []
    scores = passage_scores(index, question, inside, weights)
    order = best_first(scores)
    least = float(scores[order[-1]])  # what a named document's passages count that weren't scored
    named = documents_named(index, question, inside)
    if named:
        order = _in_turn(order, [_rows_in(index, question, d, weights) for d in named])
    elif question.across:
        order = _one_of_each_document_first(index, order)
    return [
        Hit(index.passages[i], index.documents[index.document_of[i]], max(float(scores[i]), least))
        for i in order[:limit]
    ]


def _rows_in(
    index: LibraryIndex, question: Question, document: int, weights: Weights
) -> NDArray[np.intp]:
    """The passages of one document, best first, as if it alone were asked."""
    inside = np.arange(len(index.documents)) == document
    return best_first(passage_scores(index, question, inside, weights))


def _in_turn(order: NDArray[np.intp], documents: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
    """``order`` with the rows of ``documents`` first, one of each in turn."""
    first = [int(row) for turn in zip_longest(*documents) for row in turn if row is not None]
    chosen = set(first)
    return np.array(first + [int(i) for i in order if int(i) not in chosen], dtype=np.intp)


def _one_of_each_document_first(index: LibraryIndex, order: NDArray[np.intp]) -> NDArray[np.intp]:
    seen: set[int] = set()
    first: list[int] = []
    rest: list[int] = []
    for i in order:
        document = int(index.document_of[i])
        (rest if document in seen else first).append(int(i))
        seen.add(document)
    return np.array(first + rest, dtype=np.intp)


class PassageRetriever(BaseRetriever):
    """LangChain retriever over a library: ``invoke("câu hỏi")`` → documents with their context.

    Each ``Document`` has the passage's exact text; ``metadata`` has ``document``, ``document_id``,
    ``number``, ``section``, ``page``, ``start``, ``end``, ``context`` and ``score``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LibraryIndex
    scope: Scope = EVERYTHING
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        question = understand(query, self.index.lexicon)
        hits = search(self.index, question, self.scope, self.limit)
        return [Document(page_content=h.passage.text, metadata=_metadata(h)) for h in hits]


def _metadata(hit: Hit) -> dict[str, Any]:
    number = hit.document.header.number
    return {
        "document": hit.document.name,
        "document_id": hit.document.id,
        "number": number.value if number else "",
        "section": SECTION_SEPARATOR.join(hit.passage.section),
        "page": hit.passage.page,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "context": context_of(hit.document, hit.passage),
        "score": hit.score,
    }


def documents_of(hits: Sequence[Hit]) -> list[SourceDocument]:
    """The documents of ``hits``, best first, each once."""
    return list({h.document.id: h.document for h in hits}.values())
