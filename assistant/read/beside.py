"""Of two dated sentences of one line, the one that says what is asked beyond its event. Pure.

«Giải bóng đá … từ ngày 19/11 đến ngày 27/11. Danh sách gửi trước ngày 10/11; bốc thăm ngày 15/11.»:
the first names the event and so looks most like any question about it, yet «gửi danh sách trước
ngày nào» asks for what only the second says.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.question_terms import agreement
from assistant.units import SourceUnit

_MOST_OF_IT = 0.5  # of what the better sentence leaves unsaid
_WORTH_ASKING = 0.04  # of the question's weight: less is chance


def closest_to_rest(
    best: SourceUnit, others: Sequence[SourceUnit], evidence: Evidence
) -> int | None:
    """Which of ``others``, later in the line of ``best``, says the most of what ``best`` leaves
    unsaid; None where none says half of it.

    What names the document, or stands around both, counts for neither.
    """
    asked = evidence.terms.outside(evidence.cards.get(best.document.id, frozenset())).weights
    rest = {
        term: weight * (1.0 - agreement(term, best.said))
        for term, weight in asked.items()
        if agreement(term, best.around) < 1.0
    }
    left = sum(rest.values())
    if left < _WORTH_ASKING:
        return None
    shares = [
        sum(weight * agreement(term, other.said) for term, weight in rest.items()) / left
        if _is_later_in_line(best, other)
        else 0.0
        for other in others
    ]
    most = max(shares, default=0.0)
    return shares.index(most) if most >= _MOST_OF_IT else None


def _is_later_in_line(best: SourceUnit, other: SourceUnit) -> bool:
    document = best.document
    return (
        other.document.id == document.id
        and best.start < other.start
        and "\n" not in document.text[best.start : other.start]
    )
