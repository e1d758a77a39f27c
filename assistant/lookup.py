"""A question's passages and the draft of its answer, shown only where it is likely right.

A question that joins two is read as two.
"""

from __future__ import annotations

import datetime
from itertools import chain, zip_longest
from typing import NamedTuple

from assistant import confidence
from assistant.compound import parts
from assistant.draft import Draft
from assistant.library_index import LibraryIndex
from assistant.read import read
from assistant.records import Question, Scope
from assistant.retrieve import Hit, search
from assistant.understand import understand

READ_PASSAGES = 60  # what the reader sees; the answer's date may stand in a plain passage


class Found(NamedTuple):
    """The passages, best first, the draft of the answer, and how likely that is right (0…1).

    A draft that is too unlikely has been emptied; ``confidence`` is of what it was. It is 0 where
    nothing was drafted.
    """

    hits: list[Hit]
    draft: Draft
    confidence: float


def look_up(
    question: Question,
    index: LibraryIndex,
    scope: Scope,
    limit: int,
    today: datetime.date | None = None,
) -> Found:
    """At most ``limit`` passages and what they say in answer to ``question``.

    Where one of joined questions finds no answer, they are read as the one that was asked.
    """
    asked = parts(question.typed if question.language == "en" else question.text)
    if len(asked) > 1:
        found = [_judged(understand(a, index.lexicon), index, scope, limit, today) for a in asked]
        if all(one.draft.lines and not one.draft.note for one in found):
            return _joined(found, limit)
    return _judged(question, index, scope, limit, today)


def draft_of(
    question: Question,
    index: LibraryIndex,
    scope: Scope,
    limit: int,
    today: datetime.date | None = None,
) -> tuple[list[Hit], Draft]:
    """The passages of one question and what they say, however unlikely it is to be right."""
    hits = search(index, question, scope, limit)
    return hits, read(question, hits, index, scope, today)


def _judged(
    question: Question,
    index: LibraryIndex,
    scope: Scope,
    limit: int,
    today: datetime.date | None,
) -> Found:
    hits, draft = draft_of(question, index, scope, limit, today)
    if not draft.lines or draft.note:
        return Found(hits, draft, 0.0)
    if draft.certain:
        return Found(hits, draft, 1.0)
    model = confidence.shipped()
    likely = model.probability(confidence.features(question, draft, hits, index, scope))
    return Found(hits, draft if likely >= model.thresholds[question.language] else Draft(), likely)


def _joined(found: list[Found], limit: int) -> Found:
    hits = (h for row in zip_longest(*(one.hits for one in found)) for h in row if h)
    unique = list({hit.passage.id: hit for hit in hits}.values())
    lines = dict.fromkeys(chain.from_iterable(one.draft.lines for one in found))
    remarks = dict.fromkeys(chain.from_iterable(one.draft.remarks for one in found))
    draft = Draft(tuple(lines), remarks=tuple(remarks))
    return Found(unique[:limit], draft, min(one.confidence for one in found))
