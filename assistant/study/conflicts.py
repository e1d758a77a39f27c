"""Where documents, or places of one, do not agree. Pure.

Only what can be told from the words is reported: one duty with two deadlines, one cited document
with two dates, a basis dated later than the document. Which side is right is not judged.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

from assistant.cite import cite
from assistant.study.asking.references import cited_mentions
from assistant.study.material import Material, Source, Span
from assistant.study.records import Cited, Conflict, PartOf
from assistant.study.sameness import alike, amounts_of, content, dates_apart, pairs, same_office
from assistant.study.wording import extract, tidy
from ingest.dates import find_dates
from ingest.header import number_key
from ingest.records import Obligation

_ALIKE = 0.85
_LEAST_WORDS = 5
_MOST = 150  # duties or sentences compared with each other


def conflicts_of(material: Material) -> PartOf[Conflict]:
    """The contradictions found within the documents and between them."""
    found = (
        *_deadlines(material),
        *_cited_dates(material),
        *_late_bases(material),
        *_amounts(material),
    )
    notes = () if found else ("Không phát hiện nội dung mâu thuẫn về thời hạn, số liệu, viện dẫn.",)
    return PartOf(found, notes)


def _deadlines(material: Material) -> Iterator[Conflict]:
    duties = [(s, d) for s in material.sources for d in s.duties if d.deadline][:_MOST]
    for (a, x), (b, y) in itertools.combinations(duties, 2):
        if a is b and x.start < y.end and y.start < x.end:
            continue  # several dates of one sentence
        if _same_duty(x, y) and dates_apart(x.deadline, y.deadline):
            where = "Hai văn bản" if a is not b else "Hai chỗ trong văn bản"
            yield Conflict(
                f"{where} ghi thời hạn khác nhau cho cùng một việc: {extract(x.action, 24)}.",
                (_side(a, x), _side(b, y)),
            )


def _same_duty(x: Obligation, y: Obligation) -> bool:
    if min(len(content(x.action)), len(content(y.action))) < _LEAST_WORDS:
        return False
    if x.actor and y.actor and not (x.implied or y.implied) and not same_office(x.actor, y.actor):
        return False
    a, b = content(x.action), content(y.action)
    p, q = pairs(x.action), pairs(y.action)  # the same words in another order say another thing
    return len(a & b) >= _ALIKE * max(len(a), len(b)) and len(p & q) >= _ALIKE * max(len(p), len(q))


def _side(source: Source, duty: Obligation) -> Cited:
    when = " ".join(duty.deadline_text.split())
    return Cited(f"{source.said}: {when}", (cite(source.document, duty.start, duty.end),))


def _cited_dates(material: Material) -> Iterator[Conflict]:
    """One document cited with several dates."""
    known: dict[str, tuple[Source, str, str, tuple[int, int]]] = {}
    told: set[str] = set()
    for source in material.sources:
        for mention in cited_mentions(source):
            values = [m.value for m in find_dates(mention.date)] if mention.date else []
            if not values:
                continue
            key = number_key(mention.number)
            first = known.setdefault(key, (source, values[0], mention.date, mention.span))
            if first[1] != values[0] and key not in told:
                told.add(key)
                yield Conflict(
                    f"{mention.name} được viện dẫn với hai ngày ban hành khác nhau.",
                    (
                        Cited(
                            f"{first[0].said}: {first[2]}", (cite(first[0].document, *first[3]),)
                        ),
                        Cited(
                            f"{source.said}: {mention.date}",
                            (cite(source.document, *mention.span),),
                        ),
                    ),
                )


def _dated(source: Source, date: str, span: Span) -> Cited:
    return Cited(f"{source.said}: {date}", (cite(source.document, *span),))


def _late_bases(material: Material) -> Iterator[Conflict]:
    """A basis that is dated later than the document itself."""
    for source in material.sources:
        head, document = source.document.header, source.document
        if head.date is None or head.date.by_hand:
            continue
        issued = datetime.date.fromisoformat(head.date.value)
        for base in head.bases:
            for mention in find_dates(document.text[base.start : base.end]):
                try:
                    day = datetime.date.fromisoformat(mention.value)
                except ValueError:
                    continue
                if mention.reference and day > issued:
                    yield Conflict(
                        "Văn bản làm căn cứ ghi ngày muộn hơn ngày ban hành của chính văn bản này.",
                        (
                            Cited(
                                f"Ngày ban hành: {issued.day}/{issued.month}/{issued.year}",
                                (cite(document, head.date.start, head.date.end),),
                            ),
                            Cited(
                                f"Căn cứ: {extract(base.value, 24)}",
                                (cite(document, base.start, base.end),),
                            ),
                        ),
                    )


def _amounts(material: Material) -> Iterator[Conflict]:
    """Sentences of two documents that differ in their numbers alone."""
    numbered = [
        (source, span, tidy(source.text[span[0] : span[1]]))
        for source in material.sources
        for span in source.items
        if source.holds(span[0]) and any(c.isdigit() for c in source.text[span[0] : span[1]])
    ]
    if len(material.sources) < 2:
        return
    for (a, x, said_x), (b, y, said_y) in itertools.combinations(numbered[: 2 * _MOST], 2):
        if a is b or not 7 <= len(said_x.split()) <= 60:
            continue
        words_x, words_y = _worded(said_x), _worded(said_y)
        if len(words_x & words_y) < _ALIKE * max(len(words_x), len(words_y)):
            continue
        if find_dates(said_x) or find_dates(said_y) or alike(said_x, said_y) == 1.0:
            continue
        if amounts_of(said_x) != amounts_of(said_y):
            yield Conflict(
                "Hai văn bản ghi số liệu khác nhau cho cùng một nội dung.",
                (
                    Cited(f"{a.said}: {extract(said_x, 30)}", (cite(a.document, *x),)),
                    Cited(f"{b.said}: {extract(said_y, 30)}", (cite(b.document, *y),)),
                ),
            )


def _worded(text: str) -> frozenset[str]:
    return frozenset(w for w in content(text) if not w[0].isdigit())
