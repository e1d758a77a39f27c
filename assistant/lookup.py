"""A question's passages and the draft of its answer, shown only where it is likely right.

A question that joins two is read as two.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import NamedTuple

from assistant import confidence
from assistant.asks import asks, of_years
from assistant.compound import labelled_parts
from assistant.draft import Draft, Line
from assistant.library_index import LibraryIndex
from assistant.read import read
from assistant.read.header import name_of
from assistant.records import Intent, Question, Scope
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
    typed = question.typed if question.language == "en" else question.text
    for asked in (labelled_parts(typed), [(of_year, "") for of_year in of_years(typed)]):
        if len(asked) < 2:
            continue
        found = [
            _of(label, _judged(understand(part, index.lexicon), index, scope, limit, today))
            for part, label in asked
        ]
        if all(one.draft.lines and not one.draft.note for one in found):
            is_told = any(label for _, label in asked)
            return _joined(found if is_told else _named(found), limit)
    whole = _judged(question, index, scope, limit, today)
    several = asks(typed)
    if len(several) < 2 or whole.draft.certain or question.asks(Intent.SIGNER):
        return whole
    each = _each([understand(a, index.lexicon) for a in several], index, scope, limit, today)
    return _joined(_named(each), limit, whole.hits) if each else whole


def _each(
    several: list[Question],
    index: LibraryIndex,
    scope: Scope,
    limit: int,
    today: datetime.date | None,
) -> list[Found]:
    """What answers each of several things asked of one matter; nothing where one has no answer.

    They are asked of the documents that answer the first, unless these say nothing more. «Thế nào»
    is left out where the others say what is meant by it.
    """
    found: list[tuple[Question, Found]] = []
    within = scope
    for question in several:
        one = _judged(question, index, within, limit, today)
        if within != scope and _says_nothing_new(one, found):
            one = _judged(question, index, scope, limit, today)
        if not one.draft.lines or one.draft.note:
            return []
        found.append((question, one))
        if within == scope:
            answering = {s.document.id for line in one.draft.lines for s in line.evidence}
            within = replace(scope, documents=tuple(sorted(answering)))
    plain = [one for q, one in found if q.intent is not Intent.HOW or len(one.draft.lines) == 1]
    return plain or [one for _, one in found]


def _says_nothing_new(one: Found, found: list[tuple[Question, Found]]) -> bool:
    said = {line for _, other in found for line in other.draft.lines}
    return bool(one.draft.note) or said.issuperset(one.draft.lines)


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


def _of(label: str, found: Found) -> Found:
    """``found`` with its lines said to be of ``label``: which answer is whose."""
    if not label:
        return found
    whose = label[:1].upper() + label[1:]
    lines = tuple(replace(x, text=f"{whose}: {x.text}") for x in found.draft.lines)
    return found._replace(draft=replace(found.draft, lines=lines))


def _named(found: list[Found]) -> list[Found]:
    """The same, each line begun with the name of its document where they are of several."""
    documents = {line.evidence[0].document.id for one in found for line in one.draft.lines}
    if len(documents) < 2:
        return found
    return [
        one._replace(draft=replace(one.draft, lines=tuple(map(_with_name, one.draft.lines))))
        for one in found
    ]


def _with_name(line: Line) -> Line:
    begin = f"{name_of(line.evidence[0].document)}: "
    return line if line.text.startswith(begin) else replace(line, text=begin + line.text)


def _joined(found: list[Found], limit: int, hits_of_all: Sequence[Hit] = ()) -> Found:
    rows = zip_longest(hits_of_all, *(one.hits for one in found))
    hits = (hit for row in rows for hit in row if hit)
    unique = list({hit.passage.id: hit for hit in hits}.values())
    lines = dict.fromkeys(chain.from_iterable(one.draft.lines for one in found))
    remarks = dict.fromkeys(chain.from_iterable(one.draft.remarks for one in found))
    draft = Draft(tuple(lines), remarks=tuple(remarks))
    return Found(unique[:limit], draft, min(one.confidence for one in found))
