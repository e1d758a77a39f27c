"""When evidence is enough to answer from; ``docs/answers.md`` has the figures. Pure."""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.records import Question

# Below these nothing is worth drafting; whether a draft is shown is for assistant.confidence to
# say. An English question comes through a glossary: less of it is said.
_MIN_COVERAGE = {"vi": 0.2, "en": 0.15}
_MIN_KNOWN = {"vi": 0.3, "en": 0.2}
_SAYS_IT = 0.75  # of a question, by which a sentence is about it though no pair of its words is
SURE_COVERAGE = 0.45  # where the answer lacks the mark of its kind: a date, a word of place


def min_coverage(question: Question) -> float:
    """The least share of the question that a sentence must say to answer it."""
    return _MIN_COVERAGE[question.language]


def is_known(question: Question, evidence: Evidence) -> bool:
    """Whether the documents speak of what is asked at all.

    Most Vietnamese words are two syllables: a question none of whose pairs stands in the library
    shares syllables with it, not words («giá vàng» and «đánh giá»), unless one sentence has nearly
    all of them («Một đội có mấy người?» and «Mỗi đội gồm 04 người»).
    """
    terms = evidence.terms.weights
    shares_a_word = (
        len(terms) < 2
        or any("_" in t for t in terms)
        or any(unit.coverage >= _SAYS_IT for unit in evidence.units)
    )
    return shares_a_word and evidence.known >= _MIN_KNOWN[question.language]
