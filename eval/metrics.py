"""Metrics as pure functions: rankings, evidence, answers, abstention, citations.

Ranking metrics take the retrieved ids, best first, and the graded judgements of one query
(``{id: relevance}``, relevant above 0) and give a number from 0 to 1.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# One passage's share of the words that evidence@k may read, so that long passages win nothing.
WORDS_PER_PASSAGE = 220
# An answer longer than this, gold words apart, is a dump and no answer.
ANSWER_WORDS = 120
_SPAN_ALLOWANCE = 3
_FUZZY_WORDS = 4
_FUZZY_SHARE = 0.8

_WORD = re.compile(r"\w+")


def accuracy_at(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 when at least one of the first ``k`` is relevant (also called Success@k), else 0."""
    return float(any(relevant.get(identifier, 0) > 0 for identifier in ranked[:k]))


def reciprocal_rank_at(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """1 / rank of the first relevant one within the first ``k``, else 0; its mean is MRR@k."""
    for rank, identifier in enumerate(ranked[:k], 1):
        if relevant.get(identifier, 0) > 0:
            return 1 / rank
    return 0.0


def recall_at(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """The share of the relevant ones that stand within the first ``k``."""
    wanted = {identifier for identifier, grade in relevant.items() if grade > 0}
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted else 0.0


def ndcg_at(ranked: Sequence[str], relevant: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval and BEIR have it."""

    def discounted(grades: Iterable[int]) -> float:
        return sum(max(0, grade) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))

    ideal = discounted(sorted(relevant.values(), reverse=True)[:k])
    gained = discounted(relevant.get(identifier, 0) for identifier in ranked[:k])
    return gained / ideal if ideal else 0.0


def _tone_placements() -> dict[str, str]:
    """Both habits of writing a tone on oa, oe and uy («hoà», «hòa»): new style → old style."""
    tones = "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}"
    tones += "\N{COMBINING HOOK ABOVE}\N{COMBINING DOT BELOW}"
    return {
        unicodedata.normalize("NFC", first + second + tone): unicodedata.normalize(
            "NFC", first + tone + second
        )
        for first, second in ("oa", "oe", "uy")
        for tone in tones
    }


_TONES = _tone_placements()
_TONED = re.compile("|".join(_TONES))


def comparable(text: str) -> str:
    """The words of ``text`` in lower case, one space between, no punctuation, tones in one place.

    A form to compare and never to show: «hoạch» becomes «họach» wherever it stands.

    >>> comparable("HOÀ  BÌNH, uỷ-ban")
    'hòa bình ủy ban'
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    return " ".join(_WORD.findall(_TONED.sub(lambda m: _TONES[m.group()], lowered)))


def contains(text: str, span: str) -> bool:
    """True when ``text`` holds ``span``, both as :func:`comparable` gives them.

    A span of four words or more also counts when 80 % of its word trigrams stand in ``text``, so
    that a joined line or a bullet sign in its middle does not decide.
    """
    if span in text:
        return True
    words = span.split()
    if len(words) < _FUZZY_WORDS:
        return False
    trigrams = [" ".join(words[i : i + 3]) for i in range(len(words) - 2)]
    return sum(trigram in text for trigram in trigrams) >= _FUZZY_SHARE * len(trigrams)


def evidence_at(
    passages: Sequence[tuple[str, str]], spans: Sequence[tuple[str, str]], k: int
) -> bool:
    """True when every gold span stands in the first ``k`` passages, in its own document.

    ``passages`` and ``spans`` are ``(document, text)``, documents named alike in both. The passages
    are read in order until ``k`` times ``WORDS_PER_PASSAGE`` words are used up.
    """
    left = k * WORDS_PER_PASSAGE
    read: dict[str, list[str]] = {}
    for document, text in passages[:k]:
        words = text.split()[:left]
        left -= len(words)
        read.setdefault(document, []).extend(words)
    texts = {document: comparable(" ".join(words)) for document, words in read.items()}
    return all(contains(texts.get(document, ""), comparable(span)) for document, span in spans)


def answer_hit(answer: str, quotes: Sequence[str], spans: Sequence[str], abstained: bool) -> bool:
    """True when the answer with its quotes holds every gold span and is short enough.

    Short enough: at most 120 words and three times the words of the spans.
    """
    if abstained:
        return False
    given = comparable(" ".join((answer, *quotes)))
    wanted = [comparable(span) for span in spans]
    budget = ANSWER_WORDS + _SPAN_ALLOWANCE * sum(len(span.split()) for span in wanted)
    return len(given.split()) <= budget and all(contains(given, span) for span in wanted)


def citation_exact(text: str, start: int, end: int, quote: str) -> bool:
    """True when ``quote`` is not blank and is exactly ``text[start:end]``."""
    return bool(quote.strip()) and 0 <= start < end and text[start:end] == quote


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, or None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def percentile(values: Iterable[float], share: float) -> float | None:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed, or None."""
    listed = sorted(values)
    return listed[max(0, math.ceil(share * len(listed)) - 1)] if listed else None
