"""A pack on a topic across the library: the sections that speak of it, of whichever documents."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.records import EVERYTHING, Scope
from assistant.retrieve import Hit, search
from assistant.study.errors import StudyError
from assistant.study.material import Span
from assistant.study.pack import study_pack
from assistant.study.records import StudyPack, StudyRequest
from assistant.understand import understand
from ingest.normalise import normalise
from ingest.records import SourceDocument
from ingest.vietnamese import fold, has_diacritics

T = TypeVar("T")

_PASSAGES = 30  # looked at
_DOCUMENTS = 5  # of a pack
_CLOSE = 0.45  # of the best score: what is further off is another topic
# How much of a topic (0…1) some passage must say for the library to speak of it, and how much each
# that is taken. Chosen on half of 143 topics, found or not in 31 plans; docs/study.md says how the
# other half fared.
_SPOKEN_OF, _TOUCHED_ON = 0.7, 0.5
_NEW = 0.5  # what a pair of words weighs that no passage holds: a word unknown here, or an accident
_SECTION_WORDS = 500  # a section is taken whole up to this length
_STANDARD = StudyRequest()
# Words of no topic. «không» may be half of one: «không khí».
_COMMON = frozenset(
    "va cua cac nhung cho trong tai ve voi den tu theo de duoc nay do hoac tren duoi viec".split()
)


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
        raise StudyError(
            f"no document of the library speaks of {words!r}; try other words",
            f"Không văn bản nào trong thư viện nói về “{words}”; hãy thử từ ngữ khác.",
        )
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
    question = understand(topic, index.lexicon)
    asked = _Asked.of(question.text if question.language == "en" else topic, index)
    if not asked.words:
        return []
    found = search(index, question, scope, _PASSAGES)
    shares = [asked.share_in(f"{' '.join(h.passage.headings)}\n{h.passage.text}") for h in found]
    if max(shares, default=0.0) < _SPOKEN_OF:
        return []
    spoken = [h for h, share in zip(found, shares, strict=True) if share >= _TOUCHED_ON]
    return [h for h in spoken if h.score >= _CLOSE * spoken[0].score]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a topic, and the pairs of neighbours, with their weights.

    «thực phẩm» is a word and «thực» none: a passage that has the syllables apart does not speak of
    it. What is rare in the library tells more than what every plan says («công tác», «tăng cường»).
    A topic typed without marks is looked for without.
    """

    words: dict[str, float]
    pairs: dict[tuple[str, str], float]
    is_marked: bool

    @classmethod
    def of(cls, topic: str, index: LibraryIndex) -> _Asked:
        is_marked = has_diacritics(topic)
        words = _words(topic, is_marked)
        mark = "" if is_marked else "~"
        return cls(
            {word: index.rarity(f"{mark}{word}") for word in words},
            {
                (a, b): index.rarity(f"{mark}{a}_{b}") if index.holds(f"{mark}{a}_{b}") else _NEW
                for a, b in pairwise(words)
            },
            is_marked,
        )

    def share_in(self, text: str) -> float:
        """How much of the topic ``text`` says: the mean of the shares of its words and pairs."""
        said = _words(text, self.is_marked)
        words = _share(self.words, frozenset(said))
        return (words + _share(self.pairs, frozenset(pairwise(said)))) / 2 if self.pairs else words


def _share(weights: Mapping[T, float], said: Container[T]) -> float:
    return sum(w for term, w in weights.items() if term in said) / sum(weights.values())


def _words(text: str, is_marked: bool) -> list[str]:
    """The words that carry meaning, in order, abbreviations written out."""
    words = re.findall(r"\w+", normalise(written_out(text)).lower())
    return [word if is_marked else fold(word) for word in words if fold(word) not in _COMMON]


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
