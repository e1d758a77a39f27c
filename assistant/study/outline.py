"""The outline: a document's own sections, each point a short extract in its own words. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from assistant.cite import cite
from assistant.study.material import Material, Source, Span
from assistant.study.records import Length, OutlinePoint, PartOf, StudyRequest
from assistant.study.wording import extract, flat, is_balanced, tidy
from ingest.lines import lines_of
from ingest.records import Role, Section
from ingest.sentences import sentence_spans

_POINTS = {Length.SHORT: 24, Length.STANDARD: 60, Length.FULL: 160}  # of all documents together
_DEPTHS = {Length.SHORT: 2, Length.STANDARD: 3, Length.FULL: 6}
_WORDS = {Length.SHORT: 18, Length.STANDARD: 26, Length.FULL: 40}
_LEAST_LINE = 6  # words of a paragraph that is a point where there are no sections


def outline_of(material: Material, request: StudyRequest) -> PartOf[OutlinePoint]:
    """The points of all documents in order, as deep as the length allows."""
    limit = max(8, _POINTS[request.length] // len(material.sources))
    words = _WORDS[request.length]
    points: list[OutlinePoint] = []
    notes: list[str] = []
    for source in material.sources:
        own = list(_of_sections(source, words, _DEPTHS[request.length], limit))
        if not own:
            own = list(_of_paragraphs(source, words))
            notes.append(
                f"{_named(source, material)} không chia mục; dàn ý theo từng đoạn."
                if own
                else f"{_named(source, material)} không có phần nội dung để lập dàn ý."
            )
        if len(own) > limit:
            notes.append(
                f"{_named(source, material)} có {len(own)} mục; dàn ý nêu {limit} mục đầu."
            )
        points += own[:limit]
    return PartOf(tuple(points), tuple(notes))


def _named(source: Source, material: Material) -> str:
    return "Văn bản" if len(material.sources) == 1 else source.said


def _of_sections(source: Source, words: int, deepest: int, limit: int) -> Iterator[OutlinePoint]:
    """Points down to the deepest level of which all fit."""
    levels = [section.level for _, section in source.sections()]
    least = min(levels, default=0)
    depth = next(
        (d for d in range(deepest, 0, -1) if sum(level - least < d for level in levels) <= limit),
        1,
    )
    for index, section in source.sections():
        if section.level - least < depth:
            yield from _points(source, index, section, section.level - least, words)


def _points(
    source: Source, index: int, section: Section, level: int, words: int
) -> Iterator[OutlinePoint]:
    """A section as its heading, or as its first words, or as both where they share a line."""
    document, text = source.document, source.text
    start, end = source.own_span(index)
    label = section.label if any(c.isalnum() for c in section.label) else ""
    first = next(iter(_sentences(source, section.body_start, end)), None)
    if section.heading and is_balanced(section.heading):
        at = text.find(section.heading, start, end)
        if at >= 0:
            span = (at, at + len(section.heading))
            shown = flat(section.heading) or section.heading
            yield _point(source, level, label, extract(shown, 2 * words), span, True)
        if first and not source.children.get(index):
            shown = extract(text[first[0] : first[1]], words)
            yield _point(source, level + 1, "", shown, first, False)
        return
    own = next(iter(_sentences(source, start, end)), None)
    if own:
        said = text[own[0] : own[1]]
        yield _point(source, level, label, extract(said, words), own, False)
    elif document.text[start:end].strip():
        yield _point(source, level, label, extract(text[start:end], words), (start, end), False)


def _sentences(source: Source, start: int, end: int) -> Sequence[Span]:
    """The sentences that say something, without their numbers and bullets."""
    return [
        (a, b)
        for a, b in sentence_spans(source.text, start, end)
        if len(tidy(source.text[a:b]).split()) >= 2
    ]


def _point(
    source: Source, level: int, label: str, said: str, span: Span, is_heading: bool
) -> OutlinePoint:
    return OutlinePoint(
        source.document.id, level, label, said, is_heading, (cite(source.document, *span),)
    )


def _of_paragraphs(source: Source, words: int) -> Iterator[OutlinePoint]:
    """The first sentence of every paragraph of the body, of the whole where it has no body."""
    text = source.text
    roles = [*source.document.roles, (len(text), Role.BODY)]
    bodies = [
        (start, following)
        for (start, role), (following, _) in itertools.pairwise(roles)
        if role in (Role.BODY, Role.PREAMBLE)
    ] or [(0, len(text))]
    for begin, finish in bodies:
        for line in lines_of(text[begin:finish]):
            start = begin + line.start
            if not source.holds(start) or len(line.text.split()) < _LEAST_LINE:
                continue
            first = sentence_spans(text, start, begin + line.end)[:1]
            for span in first:
                said = extract(text[span[0] : span[1]], words)
                yield _point(source, 0, "", said, span, False)
