"""Calibrating when to answer: features of drafted answers, whether they were right, the weights.

Right are drafts that hold the gold words of their question. Wrong are drafts for what the documents
don't say, and for what they would not say without the documents that hold the answer: every
answerable question is asked again of the rest of the library, and of the documents that hold its
answer alone, as a small library would be. Drafts for answerable questions that miss the gold words
weigh little: often they are right in other words.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant.confidence import Model, features
from assistant.draft import Draft
from assistant.library_index import LibraryIndex
from assistant.lookup import READ_PASSAGES, draft_of
from assistant.records import Scope
from assistant.understand import understand
from eval.dataset import PlanQuestion, same_document
from eval.metrics import contains
from eval.run import opened_library, scope_of
from ingest.settings import Settings

RIGHT, MISSED, WRONG, REMOVED = "right", "missed", "wrong", "removed"
_WEIGHTS = {RIGHT: 1.0, MISSED: 0.3, WRONG: 2.0, REMOVED: 0.6}
_FOLDS = 8
_STRENGTH = 0.3  # inverse of the regularisation
_CURVE = tuple(round(0.05 * i, 2) for i in range(2, 17))


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft: the question it answers, what it turned out to be, its features."""

    question: str
    outcome: str
    features: dict[str, float]


@dataclass(frozen=True, slots=True)
class Kept:
    """At ``threshold`` the shares (0…1) of right drafts shown and of wrong ones withheld."""

    threshold: float
    right_shown: float
    wrong_withheld: float


def drafted(
    settings: Settings, plans: Sequence[Path], questions: Sequence[PlanQuestion]
) -> list[Drafted]:
    """Every draft that the questions, and the same without their answer, get over ``plans``."""
    from assistant.chain import Assistant

    with (
        tempfile.TemporaryDirectory(prefix="tro-ly-ke-hoach-") as home,
        opened_library(settings.apart(Path(home)), plans) as library,
    ):
        index = Assistant(library).index()
        return [
            row
            for question in tqdm(questions, desc="ask", unit="question")
            for row in _of_question(question, index)
        ]


def _of_question(question: PlanQuestion, index: LibraryIndex) -> Iterator[Drafted]:
    scope = scope_of(question, index.documents)
    gold = {
        d.id for s in question.spans for d in index.documents if same_document(s.document, d.name)
    }
    rest = Scope(documents=tuple(d.id for d in index.documents if d.id not in gold))
    for _, _, text in question.wordings():
        asked = understand(text, index.lexicon)
        hits, draft = draft_of(asked, index, scope, READ_PASSAGES)
        if draft.lines and not draft.note:
            right = RIGHT if _is_right(question, draft) else MISSED
            outcome = WRONG if question.unanswerable else right
            yield Drafted(question.id, outcome, features(asked, draft, hits, index, scope))
        if not question.answerable or question.scoped or not gold or not rest.documents:
            continue
        alone = Scope(documents=tuple(gold))
        hits, draft = draft_of(asked, index, alone, READ_PASSAGES)
        if draft.lines and not draft.note and _is_right(question, draft):
            yield Drafted(question.id, RIGHT, features(asked, draft, hits, index, Scope()))
        hits, draft = draft_of(asked, index, rest, READ_PASSAGES)
        if draft.lines and not draft.note and not _is_right(question, draft):
            yield Drafted(question.id, REMOVED, features(asked, draft, hits, index, Scope()))


def _is_right(question: PlanQuestion, draft: Draft) -> bool:
    quotes = (s.document.text[s.start : s.end] for line in draft.lines for s in line.evidence)
    said = " ".join([*(line.text for line in draft.lines), *quotes])
    return all(contains(said, span.text) for span in question.spans)


def fit(rows: Sequence[Drafted], thresholds: Mapping[str, float]) -> tuple[Model, list[Kept]]:
    """The model that tells right drafts from wrong ones, and its operating curve.

    The curve is cross-validated: no question is in both what is fitted on and what is judged.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    names = sorted(rows[0].features)
    values = np.array([[row.features[n] for n in names] for row in rows])
    right = np.array([row.outcome in (RIGHT, MISSED) for row in rows])
    weights = np.array([_WEIGHTS[row.outcome] for row in rows])
    groups = np.array([row.question for row in rows])
    means, scales = values.mean(axis=0), values.std(axis=0)
    scales[scales == 0.0] = 1.0
    values = (values - means) / scales

    def fitted(at: np.ndarray) -> LogisticRegression:
        model = LogisticRegression(C=_STRENGTH, max_iter=2000)
        return model.fit(values[at], right[at], sample_weight=weights[at])

    chances = np.zeros(len(rows))
    folds = GroupKFold(min(_FOLDS, len(set(groups))))
    for train, test in folds.split(values, right, groups):
        chances[test] = fitted(train).predict_proba(values[test])[:, 1]
    whole = fitted(np.arange(len(rows)))
    model = Model(
        names=tuple(names),
        means=tuple(map(float, means)),
        scales=tuple(map(float, scales)),
        weights=tuple(map(float, whole.coef_[0])),
        intercept=float(whole.intercept_[0]),
        thresholds=dict(thresholds),
    )
    outcomes = np.array([row.outcome for row in rows])
    return model, [_kept(t, chances, outcomes) for t in _CURVE]


def _kept(threshold: float, chances: np.ndarray, outcomes: np.ndarray) -> Kept:
    shown = chances >= threshold
    right, wrong = outcomes == RIGHT, outcomes == WRONG
    return Kept(
        threshold=threshold,
        right_shown=float(shown[right].mean()) if right.any() else math.nan,
        wrong_withheld=float(1.0 - shown[wrong].mean()) if wrong.any() else math.nan,
    )


def write_model(model: Model, out: Path) -> None:
    """The model as JSON, numbers to five places."""

    def rounded(numbers: Sequence[float]) -> list[float]:
        return [round(n, 5) for n in numbers]

    data = {
        "names": list(model.names),
        "means": rounded(model.means),
        "scales": rounded(model.scales),
        "weights": rounded(model.weights),
        "intercept": round(model.intercept, 5),
        "thresholds": model.thresholds,
    }
    out.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
