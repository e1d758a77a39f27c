"""A pack on a topic across the library: the sections that speak of it, of whichever documents."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library_index import LibraryIndex
from assistant.records import EVERYTHING, Scope
from assistant.retrieve import Hit, search
from assistant.study.errors import StudyError
from assistant.study.material import Span
from assistant.study.pack import study_pack
from assistant.study.records import StudyPack, StudyRequest
from assistant.study.sameness import content, coverage
from assistant.understand import understand
from ingest.records import SourceDocument

_PASSAGES = 30  # looked at
_DOCUMENTS = 5  # of a pack
_CLOSE = 0.45  # of the best score: what is further off is another topic
_SPOKEN_OF = 0.5  # share of the topic's words that a passage must hold
_SECTION_WORDS = 500  # a section is taken whole up to this length
_STANDARD = StudyRequest()


def study_topic(
    index: LibraryIndex,
    topic: str,
    request: StudyRequest = _STANDARD,
    scope: Scope = EVERYTHING,
) -> StudyPack:
    """A pack on what the library's documents within ``scope`` say of ``topic``.

    Raises:
        StudyError: no document speaks of it, or no pack can be made as ``request`` asks.
    """
    words = " ".join(topic.split())
    hits = _speaking(index, words, scope)
    if not hits:
        raise StudyError(f"no document of the library speaks of {words!r}; try other words")
    chosen = list({h.document.id: h.document for h in hits}.values())[:_DOCUMENTS]
    ids = {d.id for d in chosen}
    ranges = {d.id: _sections(d, [h for h in hits if h.document.id == d.id]) for d in chosen}
    return study_pack(
        chosen,
        [row.obligation for row in index.register.rows if row.document.id in ids],
        request,
        topic=words,
        ranges=ranges,
        beside=[d for d in index.documents if d.id not in ids],
    )


def _speaking(index: LibraryIndex, topic: str, scope: Scope) -> list[Hit]:
    """The passages that speak of the topic, best first."""
    asked = content(topic)
    if not asked:
        return []
    found = search(index, understand(topic, index.lexicon), scope, _PASSAGES)
    spoken = [
        h
        for h in found
        if coverage(asked, content(f"{' '.join(h.passage.headings)} {h.passage.text}"))
        >= _SPOKEN_OF
    ]
    return [h for h in spoken if h.score >= _CLOSE * spoken[0].score]


def _sections(document: SourceDocument, hits: Sequence[Hit]) -> tuple[Span, ...]:
    """The stretches around the passages: whole sections, where they are not too long."""
    spans = sorted(_section(document, h.passage.start, h.passage.end) for h in hits)
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _section(document: SourceDocument, start: int, end: int) -> Span:
    span = (start, end)
    for section in reversed(document.ancestry(document.section_at(start))):
        if len(document.text[section.start : section.end].split()) > _SECTION_WORDS:
            break
        span = (min(section.start, start), max(section.end, end))
    return span
