"""Figures and feedback as plain-text tables. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.feedback import Feedback
from eval.figures import (
    EVIDENCE_DEPTHS,
    AnswerFigures,
    ComparisonFigures,
    MethodFigures,
    RegisterFigures,
    RetrievalFigures,
)
from eval.sentences import SentenceFigures

if TYPE_CHECKING:
    from eval.calibration import Drafted, Kept

RANKING_METRICS = {
    "acc@1": "Acc@1",
    "acc@10": "Acc@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "recall@10": "Recall@10",
}
METHOD_NAMES = {
    "ours": "this assistant",
    "bm25": "BM25 alone",
    "dense": "vectors alone",
    "stock": "stock LangChain",
}


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell: the first to the left, the others to the right."""
    lines = [tuple(heading), *(tuple(row) for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heading))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def answers_report(figures: AnswerFigures) -> str:
    """Tables by wording and by type, the operating curve over all wordings, citations and times.

    «answered» is the share of the answerable questions, «abstained» of the unanswerable ones.
    """
    kinds = table(
        (
            "wording",
            "answerable",
            "unanswerable",
            *(f"evidence@{k}" for k in EVIDENCE_DEPTHS),
            "answer hit",
            "answered",
            "abstained",
        ),
        [
            (
                f.kind,
                str(f.answerable),
                str(f.unanswerable),
                *(_share(f.evidence[k]) for k in EVIDENCE_DEPTHS),
                _share(f.hit),
                _share(f.answered),
                _share(f.abstained),
            )
            for f in figures.kinds
        ],
    )
    types = table(
        ("type, as written", "n", "answer hit"),
        [(kind, str(count), _share(hit)) for kind, hit, count in figures.types],
    )
    closing = (
        f"citations exact: {figures.citations_exact} of {figures.citations}\n"
        f"time an answer: median {figures.latency_p50_ms:.1f} ms, "
        f"95 % {figures.latency_p95_ms:.1f} ms, longest {figures.latency_max_ms:.1f} ms"
    )
    curve = table(
        ("answering from", "answered", "abstained"),
        [(f"{p.threshold:.2f}", _share(p.answered), _share(p.abstained)) for p in figures.curve],
    )
    return "\n\n".join((kinds, types, curve, closing))


def retrieval_report(figures: RetrievalFigures) -> str:
    """One row a method, then the speed of indexing."""
    rows = [
        (method, *(_share(values[m]) for m in RANKING_METRICS), f"{values['ms_per_query']:.2f}")
        for method, values in figures.methods.items()
    ]
    return "\n\n".join(
        (
            f"{figures.dataset}: {figures.queries:,} queries over {figures.passages:,} passages",
            table(("method", *RANKING_METRICS.values(), "ms/query"), rows),
            f"indexed at {figures.passages_per_second:,.0f} passages a second",
        )
    )


def comparison_report(figures: ComparisonFigures) -> str:
    """Evidence by wording and method, then what each method cost, then what was counted."""
    evidence: list[tuple[str, ...]] = []
    for kind, count in figures.answerable.items():
        evidence.append((f"{kind} ({count})", *("" for _ in EVIDENCE_DEPTHS)))
        for method in figures.methods:
            shares = (_share(method.evidence[kind][k]) for k in EVIDENCE_DEPTHS)
            evidence.append((f"  {METHOD_NAMES[method.method]}", *shares))
    heading = f"{figures.documents:,} documents, {figures.wordings:,} wordings of questions"
    sections = [
        heading,
        table(("wording", *(f"evidence@{k}" for k in EVIDENCE_DEPTHS)), evidence),
        table(
            ("method", "passages", "words each", "ms/query", "passages/s", "with reading",
             "added MB", "peak MB"),
            [_cost(method) for method in figures.methods],
        ),
        _WHAT_IS_COUNTED,
    ]  # fmt: skip
    sections.extend(
        f"{METHOD_NAMES[method]}: left out; {reason}" for method, reason in figures.left_out.items()
    )
    return "\n\n".join(sections)


_WHAT_IS_COUNTED = """\
evidence@k: all the words looked for stand in the first k passages, cut at 220 × k words in all
ms/query: median, from the question as typed to ten passages
passages/s: from the documents' plain text to an index that can be asked, store included (BM25
alone has none); «with reading»: from their files. Models are loaded before the clock starts
memory: each method in a process of its own; added to a bare interpreter, and in all"""


def _cost(method: MethodFigures) -> tuple[str, ...]:
    return (
        METHOD_NAMES[method.method],
        f"{method.passages:,}",
        f"{method.words_per_passage:.0f}",
        f"{method.ms_per_query:.2f}",
        *(
            "–" if value is None else f"{value:,.0f}"
            for value in (
                method.passages_per_second,
                method.passages_per_second_with_reading,
                method.added_mb,
                method.peak_mb,
            )
        ),
    )


def obligations_report(figures: RegisterFigures) -> str:
    """Precision, recall and F1 without and with the actor."""
    rows = [
        (
            name,
            *(_share(value(matched)) for value in (figures.precision, figures.recall, figures.f1)),
        )
        for name, matched in (
            ("deadline and evidence", figures.matched),
            ("with the actor", figures.matched_with_actor),
        )
    ]
    heading = f"{figures.found:,} rows found, {figures.gold:,} annotated"
    return f"{heading}\n\n{table(('matched by', 'precision', 'recall', 'F1'), rows)}"


def calibration_report(rows: Sequence[Drafted], curve: Sequence[Kept]) -> str:
    """How many drafts of each outcome there are, and what each threshold would show."""
    counts = Counter(row.outcome for row in rows)
    heading = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    points = [
        (f"{point.threshold:.2f}", _share(point.right_shown), _share(point.wrong_withheld))
        for point in curve
    ]
    return f"{heading}\n\n{table(('threshold', 'right shown', 'wrong withheld'), points)}"


def sentences_report(figures: SentenceFigures) -> str:
    """The chooser beside the plain overlap, and its time."""
    rows = [("chooser", _share(figures.chooser)), ("plain overlap", _share(figures.overlap))]
    heading = (
        f"{figures.dataset}: {figures.questions:,} questions over passages of"
        f" {figures.sentences:.1f} sentences"
    )
    speed = f"{figures.ms_per_question:.1f} ms a question"
    return "\n\n".join((heading, table(("sentence chosen by", "accuracy"), rows), speed))


def feedback_report(rows: Sequence[Feedback]) -> str:
    """Counts, then each question whose answer got a thumb down, the latest last."""
    down = [row for row in rows if row.rating == "down"]
    abstained = sum(row.abstained for row in down)
    lines = [
        f"{len(rows)} ratings: {len(rows) - len(down)} up, {len(down)} down "
        f"({abstained} of them where the assistant found nothing)"
    ]
    for row in down:
        lines.append("")
        lines.append(f"- {row.question}" + (f"  [{row.time}]" if row.time else ""))
        lines.append(f"  answer: {' '.join(row.answer.split())}")
        if row.comment:
            lines.append(f"  comment: {' '.join(row.comment.split())}")
    return "\n".join(lines)


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
