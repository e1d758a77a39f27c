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
_THRESHOLDS = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)


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
class OperatingPoint:
    """What answering from ``threshold`` on would do over every wording: two shares (0…1).

    ``answered`` is of the answerable questions, ``abstained`` of the unanswerable ones.
    """

    threshold: float
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
    curve: tuple[OperatingPoint, ...]


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


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a question, its gold spans as ``(document, text)``; none: asked, not scored.

    ``selected`` holds the ids of the documents that it is asked of, nothing for all.
    """

    kind: str
    text: str
    spans: tuple[tuple[str, str], ...] = ()
    selected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodRun:
    """What one way of retrieval found, and what it cost.

    ``found`` has ``(document, text)`` of the passages for each wording, best first. ``reading`` is
    seconds from files to canonical text, ``indexing`` seconds from files to the first question
    (reading included); ``query_ms`` milliseconds of each search. Memory is the most that the
    method's own process held in RAM, in bytes: before it imported anything, and in the end; None
    where the system does not tell.
    """

    found: tuple[tuple[tuple[str, str], ...], ...]
    passages: int
    words: int
    reading: float
    indexing: float
    query_ms: tuple[float, ...]
    memory_before: int | None
    memory_peak: int | None

    def per_second(self, count: int, reading: bool) -> float | None:
        """``count`` by the seconds of indexing, with reading the files or without it.

        None where what is left without reading is too short to be told.
        """
        seconds = self.indexing if reading else self.indexing - self.reading
        return count / seconds if seconds > 0 else None


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """``evidence[kind][k]`` and what the method cost; None where it can't be told.

    Passages a second count from files (or their text) to an index that can be asked. Memory is in
    MB (10⁶ bytes): the peak of a process with this method alone, and what of it the method added.
    """

    method: str
    evidence: Mapping[str, Mapping[int, float]]
    passages: int
    words_per_passage: float
    ms_per_query: float
    passages_per_second: float | None
    passages_per_second_with_reading: float | None
    peak_mb: float | None
    added_mb: float | None

    def to_json(self) -> dict[str, Any]:
        return {
            "evidence": {
                kind: {f"evidence@{k}": round(share, 4) for k, share in shares.items()}
                for kind, shares in self.evidence.items()
            },
            "passages": self.passages,
            "words_per_passage": round(self.words_per_passage, 1),
            "ms_per_query": round(self.ms_per_query, 3),
            "passages_per_second": _rounded(self.passages_per_second),
            "passages_per_second_with_reading": _rounded(self.passages_per_second_with_reading),
            "peak_mb": _rounded(self.peak_mb),
            "added_mb": _rounded(self.added_mb),
        }


@dataclass(frozen=True, slots=True)
class ComparisonFigures:
    """Several ways of retrieval over the same documents and wordings.

    ``answerable[kind]`` counts the wordings that ``evidence`` is over; ``left_out[method]`` says
    why a method is not there.
    """

    documents: int
    wordings: int
    answerable: Mapping[str, int]
    methods: tuple[MethodFigures, ...]
    left_out: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "wordings": self.wordings,
            "answerable": dict(self.answerable),
            "methods": {figures.method: figures.to_json() for figures in self.methods},
            "left_out": dict(self.left_out),
        }


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """Precision, recall and F1, by deadline and evidence alone and with the actor too."""

    gold: int
    found: int
    matched: int
    matched_with_actor: int

    def precision(self, matched: int) -> float | None:
        return matched / self.found if self.found else None

    def recall(self, matched: int) -> float | None:
        return matched / self.gold if self.gold else None

    def f1(self, matched: int) -> float | None:
        return 2 * matched / (self.gold + self.found) if self.gold + self.found else None


def method_figures(method: str, wordings: Sequence[Wording], run: MethodRun) -> MethodFigures:
    """The figures of one method's run over ``wordings``, of which there is at least one."""
    kinds = _in_order(wording.kind for wording in wordings if wording.spans)
    peak, before = run.memory_peak, run.memory_before
    return MethodFigures(
        method=method,
        evidence={kind: _evidence(kind, wordings, run) for kind in kinds},
        passages=run.passages,
        words_per_passage=run.words / run.passages if run.passages else 0.0,
        ms_per_query=statistics.median(run.query_ms),
        passages_per_second=run.per_second(run.passages, reading=False),
        passages_per_second_with_reading=run.per_second(run.passages, reading=True),
        peak_mb=None if peak is None else peak / 1e6,
        added_mb=None if peak is None or before is None else (peak - before) / 1e6,
    )


def _evidence(kind: str, wordings: Sequence[Wording], run: MethodRun) -> dict[int, float]:
    asked = [
        (wording, found)
        for wording, found in zip(wordings, run.found, strict=True)
        if wording.kind == kind and wording.spans
    ]
    return {
        k: sum(evidence_at(found, wording.spans, k) for wording, found in asked) / len(asked)
        for k in EVIDENCE_DEPTHS
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


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
        curve=tuple(_operating_point(threshold, outcomes) for threshold in _THRESHOLDS),
    )


def _operating_point(threshold: float, outcomes: Sequence[Outcome]) -> OperatingPoint:
    def shown(outcome: Outcome) -> bool:
        return outcome.answer.confidence >= threshold

    return OperatingPoint(
        threshold=threshold,
        answered=mean(shown(o) for o in outcomes if o.question.answerable),
        abstained=mean(not shown(o) for o in outcomes if o.question.unanswerable),
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
