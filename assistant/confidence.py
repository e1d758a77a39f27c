"""How likely a drafted answer is right: a calibrated probability from features of its evidence.

A logistic regression over what the words quoted say of what was asked. ``python -m training
confidence`` made its weights (``confidence.json``); ``docs/answers.md`` has the operating curve.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.cards import refers_to
from assistant.draft import Draft, Span
from assistant.library_index import LibraryIndex
from assistant.question_terms import QuestionTerms, agreement
from assistant.records import Intent, Question, Scope
from assistant.retrieve import Hit
from assistant.units import said_by

_KINDS: tuple[tuple[str, tuple[Intent, ...]], ...] = (
    ("when", (Intent.WHEN, Intent.DEADLINE)),
    ("who", (Intent.WHO,)),
    ("where", (Intent.WHERE,)),
    ("count", (Intent.COUNT,)),
    ("yesno", (Intent.YES_NO,)),
)
_LEAD_WORDS = 40


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the standardised features, and the least probability at which to answer.

    ``thresholds`` are by the question's language: an English question comes through a glossary,
    so that less of it is found in what answers it.
    """

    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    thresholds: dict[str, float]

    def probability(self, values: dict[str, float]) -> float:
        """0…1; ``values`` as :func:`features` gives them."""
        rows = zip(self.names, self.means, self.scales, self.weights, strict=True)
        logit = self.intercept + sum(w * (values[n] - m) / s for n, m, s, w in rows)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def shipped() -> Model:
    """The model that the project ships."""
    data = json.loads(Path(__file__).with_name("confidence.json").read_text(encoding="utf-8"))
    lists = {k: tuple(data[k]) for k in ("names", "means", "scales", "weights")}
    return Model(intercept=data["intercept"], thresholds=data["thresholds"], **lists)


def features(
    question: Question, draft: Draft, hits: Sequence[Hit], index: LibraryIndex, scope: Scope
) -> dict[str, float]:
    """What is known of a draft with lines; every value is finite, most are shares (0…1)."""
    spans = [span for line in draft.lines for span in line.evidence]
    document = spans[0].document
    terms_asked = QuestionTerms.of(question, index)
    card = frozenset().union(*(index.card_said(s.document.id) for s in spans))
    own = frozenset().union(*(said_by(s.document.text[s.start : s.end]) for s in spans))
    around = own | frozenset().union(*(_around(span) for span in spans))
    held = index.said_in(document.id)
    weights = terms_asked.meant(lambda t: agreement(t, around))
    particular = {t: w for t, w in weights.items() if agreement(t, card) < 1.0}
    asked = sum(particular.values())

    def share(said: frozenset[str]) -> float:
        return sum(w * agreement(t, said) for t, w in particular.items()) / asked if asked else 1.0

    words = [t for t in particular if "_" in t] or list(particular)
    heaviest = max(words, key=lambda t: particular[t], default="")
    missing = max((particular[t] for t in words if agreement(t, around) < 0.5), default=0.0)
    names = _names(question)
    kinds = {name: float(question.intent in kind) for name, kind in _KINDS}
    rank = next((i for i, hit in enumerate(hits) if _holds(hit, spans)), len(hits))
    return {
        "own": terms_asked.share_in(own),
        "around": terms_asked.share_in(around),
        "particular_own": share(own),
        "particular": share(around),
        "asked": asked,
        "missing": missing,
        "heaviest": agreement(heaviest, around) if heaviest else 1.0,
        "known": sum(w * agreement(t, held) for t, w in weights.items()),
        "similarity": max(_similarities(question, spans, index), default=0.0),
        "hit": hits[0].score if hits else 0.0,
        "rank": 1.0 / (1.0 + rank),
        "names_missing": (
            sum(1 for n in names if agreement(n, held) < 0.5) / len(names) if names else 0.0
        ),
        "named": float(any(refers_to(r, document) for r in question.references)),
        "numbered": float(bool(question.references)),
        "lines": math.log(len(draft.lines)),
        "length": math.log(1 + len(terms_asked.weights)),
        "english": float(question.language == "en"),
        "selected": float(bool(scope.documents)),
        "header": float(all(map(_is_of_header, spans))),
        **kinds,
    }


def _is_of_header(span: Span) -> bool:
    """Whether the words are a field of the document's head: its number, signer, recipients …"""
    head = span.document.header
    fields = (
        head.number, head.date, head.place, head.issuer, head.signer, head.signer_position,
        head.authority, head.addressee, *head.recipients, *head.bases,
    )  # fmt: skip
    return any(f is not None and f.start < span.end and span.start < f.end for f in fields)


def _around(span: Span) -> frozenset[str]:
    """Terms of the line that ``span`` begins in and of the headings that it stands under."""
    document = span.document
    line = document.text.rfind("\n", 0, span.start) + 1
    leads = [document.text[line : span.end]]
    for section in document.ancestry(document.section_at(span.start)):
        end = document.text.find("\n", section.start, section.end)
        first = document.text[section.start : section.end if end < 0 else end]
        leads.append(" ".join(first.split()[:_LEAD_WORDS]))
    return said_by("\n".join(leads))


def _names(question: Question) -> list[str]:
    """The pairs of syllables in the names that a question writes with capitals."""
    words = re.findall(r"\w+|[^\w\s]", question.text)
    pairs = pairwise(words[1:])  # the first word has its capital anyway
    return list(
        dict.fromkeys(f"{a}_{b}".lower() for a, b in pairs if a[0].isupper() and b[0].isupper())
    )


def _holds(hit: Hit, spans: Sequence[Span]) -> bool:
    passage = hit.passage
    return any(
        s.document.id == hit.document.id and s.start < passage.end and passage.start < s.end
        for s in spans
    )


def _similarities(question: Question, spans: Sequence[Span], index: LibraryIndex) -> list[float]:
    texts = [s.document.text[s.start : s.end] for s in spans[:8]]
    return index.similarity_to(question, texts)
