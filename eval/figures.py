"""The figures of a run, and how answers to plan questions become them. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.records import Answer
from eval.dataset import AS_WRITTEN, PlanQuestion
from eval.metrics import answer_hit, evidence_at, mean, percentile

EVIDENCE_DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking one wording of a question.

    ``spans`` are the question's gold spans as ``(document, text)``, documents named as in the
    library; ``exact`` counts the answer's citations whose words are exactly those of the source.
    """

    question: PlanQuestion
    kind: str
    spans: tuple[tuple[str, str], ...]
    answer: Answer
    exact: int

    @property
    def hit(self) -> bool:
        answer = self.answer
        quotes = [citation.quote for citation in answer.citations]
        wanted = [text for _, text in self.spans]
        return answer_hit(answer.answer, quotes, wanted, answer.abstained)

    def evidence(self, k: int) -> bool:
        passages = [(p.document, p.text) for p in self.answer.passages]
        return evidence_at(passages, self.spans, k)


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Means over one kind of wording; None where no question of that sort was asked.

    ``evidence[k]``, ``hit`` and ``answered`` are over the ``answerable`` questions, ``abstained``
    over the ``unanswerable`` ones.
    """

    kind: str
    answerable: int
    unanswerable: int
    evidence: dict[int, float | None]
    hit: float | None
    answered: float | None
    abstained: float | None


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """All figures of a run; ``types`` is ``(type, hit rate, questions)`` as written."""

    kinds: tuple[KindFigures, ...]
    types: tuple[tuple[str, float, int], ...]
    citations: int
    citations_exact: int
    latency_p50_ms: float
    latency_p95_ms: float
    latency_max_ms: float


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """``methods[dense | lexical | fused][metric]``, and passages embedded and indexed a second."""

    dataset: str
    methods: Mapping[str, Mapping[str, float]]
    passages: int
    queries: int
    passages_per_second: float

    def to_json(self) -> dict[str, Any]:
        rounded = {
            method: {metric: round(value, 4) for metric, value in values.items()}
            for method, values in self.methods.items()
        }
        return {
            "dataset": self.dataset,
            **rounded,
            "passages": self.passages,
            "queries": self.queries,
            "passages_per_second": round(self.passages_per_second, 1),
        }


def answer_figures(outcomes: Sequence[Outcome]) -> AnswerFigures:
    """The figures of a run of at least one outcome; kinds in the order in which they first come."""
    if not outcomes:
        raise ValueError("no outcomes to make figures of")
    latencies = [o.answer.latency_ms for o in outcomes]
    return AnswerFigures(
        kinds=tuple(
            _kind_figures(kind, [o for o in outcomes if o.kind == kind])
            for kind in _in_order(o.kind for o in outcomes)
        ),
        types=tuple(_by_type(outcomes)),
        citations=sum(len(o.answer.citations) for o in outcomes),
        citations_exact=sum(o.exact for o in outcomes),
        latency_p50_ms=statistics.median(latencies),
        latency_p95_ms=percentile(latencies, 0.95) or 0.0,
        latency_max_ms=max(latencies),
    )


def _kind_figures(kind: str, outcomes: list[Outcome]) -> KindFigures:
    answerable = [o for o in outcomes if o.question.answerable]
    unanswerable = [o for o in outcomes if o.question.unanswerable]
    return KindFigures(
        kind=kind,
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        evidence={k: mean(o.evidence(k) for o in answerable) for k in EVIDENCE_DEPTHS},
        hit=mean(o.hit for o in answerable),
        answered=mean(not o.answer.abstained for o in answerable),
        abstained=mean(o.answer.abstained for o in unanswerable),
    )


def _by_type(outcomes: Sequence[Outcome]) -> Iterable[tuple[str, float, int]]:
    written = [o for o in outcomes if o.kind == AS_WRITTEN and o.question.answerable]
    for kind in sorted({o.question.type for o in written}):
        hits = [o.hit for o in written if o.question.type == kind]
        yield kind, sum(hits) / len(hits), len(hits)


def _in_order(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
