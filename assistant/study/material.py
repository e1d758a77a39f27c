"""What a pack is made from: documents, whole or in part, and their duties. Pure."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.dated import mentions_of
from assistant.study.sameness import content, is_generic, key_of, pairs
from assistant.study.word_index import WordIndex
from assistant.study.wording import said_document, tidy
from assistant.units import completed_line, fields_after
from ingest.actors import in_headings, is_body, is_lead_field, subject_of
from ingest.dates import DateMention
from ingest.records import Obligation, Role, Section, SourceDocument
from ingest.sentences import item_spans, sentence_spans

Span = tuple[int, int]
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Stretch:
    """An item of a document with what is said around it: the headings, its line, its fields."""

    span: Span
    text: str
    own_key: str  # folded
    key: str  # folded, with what is said around it
    bodies: tuple[str, ...]  # the bodies that the lines around it begin with
    is_for_all: bool  # who acts are bodies at large, which may include any
    words: frozenset[str]  # its content words, those of the line that it completes too
    pairs: frozenset[str]  # the pairs of neighbours among them
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, eq=False)
class Source:
    """A document of the pack. ``ranges`` are the parts in play, in order; none for all of it."""

    document: SourceDocument
    duties: tuple[Obligation, ...]
    said: str  # what questions call it: «Kế hoạch», among several «Kế hoạch số 76-KH/ĐU»
    ranges: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        return self.document.text

    def holds(self, start: int) -> bool:
        """Whether the words at ``start`` are in play."""
        return not self.ranges or any(a <= start < b for a, b in self.ranges)

    @cached_property
    def dates(self) -> list[DateMention]:
        """Every date of the document, those of cited documents too."""
        return mentions_of(self.document)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Indices of the sections right under each section; -1 for the top."""
        found: dict[int, list[int]] = {}
        for index, section in enumerate(self.document.sections):
            found.setdefault(section.parent, []).append(index)
        return found

    def sections(self) -> Iterator[tuple[int, Section]]:
        """The sections in play with their indices, in order."""
        for index, section in enumerate(self.document.sections):
            if self.holds(section.start):
                yield index, section

    def root(self, index: int) -> int:
        """The index of the outermost section around the one at ``index``."""
        while (parent := self.document.sections[index].parent) >= 0:
            index = parent
        return index

    def own_span(self, index: int) -> Span:
        """What a section says itself, before its first subsection: from its marker's end on."""
        section = self.document.sections[index]
        below = self.children.get(index, [])
        end = self.document.sections[below[0]].start if below else section.end
        return section.start, end

    @cached_property
    def _by_deadline(self) -> list[Obligation]:
        return sorted(self.duties, key=lambda duty: duty.deadline_start)

    def dated_within(self, start: int, end: int) -> list[Obligation]:
        """The duties whose deadline stands in ``text[start:end]``."""
        first, stop = (
            bisect_left(self._by_deadline, at, key=lambda duty: duty.deadline_start)
            for at in (start, end)
        )
        return self._by_deadline[first:stop]

    @cached_property
    def actions(self) -> WordIndex:
        """What the duties ask for, each with who is to do it, as sets of words."""
        return WordIndex(content(f"{d.actor} {d.action}") for d in self.duties)

    @cached_property
    def bodies(self) -> list[Span]:
        """The stretches of preamble and body, in play or not."""
        roles = self.document.roles
        ends = [start for start, _ in roles[1:]] + [len(self.text)]
        return [
            (start, end)
            for (start, role), end in zip(roles, ends, strict=True)
            if role in (Role.BODY, Role.PREAMBLE)
        ]

    @cached_property
    def items(self) -> list[Span]:
        """The items (cut at «;» too) of preamble and body, in order."""
        return [span for a, b in self.bodies for span in item_spans(self.text, a, b)]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of preamble and body, in order."""
        return [span for a, b in self.bodies for span in sentence_spans(self.text, a, b)]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The items of head, preamble and body, in play or not, each with its surroundings."""
        roles = self.document.roles
        ends = [start for start, _ in roles[1:]] + [len(self.text)]
        return tuple(
            self._stretch(span)
            for (start, role), end in zip(roles, ends, strict=True)
            if role in (Role.HEAD, Role.PREAMBLE, Role.BODY)
            for span in item_spans(self.text, start, end)
        )

    def _stretch(self, span: Span) -> Stretch:
        text, (start, end) = self.text, span
        fields = fields_after(self.document, end)
        completed = completed_line(self.document, start) if ":" in text[start:end] else None
        above = text[completed[0] : completed[1]] if completed else ""
        around = [*self._over(start), *(text[a:b] for a, b in fields), above]
        first = bisect_left(self.dates, start, key=lambda d: d.start)
        near = itertools.takewhile(
            lambda d: d.start < (fields[-1][1] if fields else end), self.dates[first:]
        )
        dates = tuple(d for d in near if d.start < end or any(a <= d.start < b for a, b in fields))
        said = f"{text[start:end]} {above}"
        over = "\n".join(around)
        parts = re.split(r"[;\n]|,\s+(?=[A-ZĐ])", over)
        bodies = tuple(
            dict.fromkeys(
                name for p in parts if 0 < len((name := tidy(p)).split()) <= 40 and is_body(name)
            )
        )
        return Stretch(
            span=span,
            text=text[start:end],
            own_key=key_of(text[start:end]),
            key=key_of(f"{over}\n{said}"),
            bodies=bodies,
            is_for_all=self._is_for_all(span, fields),
            words=content(said),
            pairs=pairs(said),
            dates=dates,
        )

    def _is_for_all(self, span: Span, fields: Sequence[Span]) -> bool:
        """Whether those who act are bodies at large: by the sentence, its fields, its headings."""
        text = self.text
        subject = subject_of(text, *span)
        for start, end in fields:
            if subject is None and is_lead_field(text[start:end]):
                subject = (start + text[start:end].index(":") + 1, end)
        subject = subject or in_headings(self.document, span[0])
        return subject is not None and is_generic(text[subject[0] : subject[1]])

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(s.words for s in self.stretches)

    @cached_property
    def _pairs(self) -> WordIndex:
        return WordIndex(s.pairs for s in self.stretches)

    @cached_property
    def _found(self) -> dict[tuple[str, float], tuple[Stretch, ...]]:
        return {}

    def speaking_of(self, words: str, share: float) -> tuple[Stretch, ...]:
        """The stretches that say at least ``share`` of ``words``, each word by what it tells.

        A word that stands all over the document tells little. Those that hold that share of the
        pairs of neighbours do too: a phrase of common words is still a phrase.
        """
        key = (words, share)
        if key not in self._found:
            weights = {
                w: math.log(1 + len(self.stretches) / max(1, self._words.count(w)))
                for w in content(words)
            }
            least, asked = share * sum(weights.values()), pairs(words)
            by_words = self._words.weighed(weights)
            by_pairs = self._pairs.shared(asked)
            numbers = {n for n, weight in by_words.items() if weight >= least - _ROUNDING}
            numbers |= {n for n, count in by_pairs.items() if count >= share * len(asked)}
            self._found[key] = tuple(self.stretches[n] for n in sorted(numbers))
        return self._found[key]

    def holding(self, words: str, share: float) -> Iterator[Stretch]:
        """The stretches that hold at least ``share`` of the content words of ``words``."""
        said = content(words)
        for number, count in self._words.shared(said).items():
            if count >= share * len(said):
                yield self.stretches[number]

    def like(self, words: str, share: float, as_long: float, least: int) -> Iterator[Stretch]:
        """The stretches of which, or of ``words``, the shorter has ``share`` of its words in both.

        Both have ``least`` content words or more, and the longer is ``as_long`` times the shorter
        at most.
        """
        said = content(words)
        for number, count in self._words.shared(said).items():
            shorter, longer = sorted((len(said), len(self.stretches[number].words)))
            if shorter >= least and longer <= as_long * shorter and count >= share * shorter:
                yield self.stretches[number]

    def beginning_like(self, head: str) -> Iterator[Stretch]:
        """The stretches that hold the folded phrase ``head``."""
        at = self._keys.find(head) if head else -1
        while at >= 0:
            number = bisect_right(self._key_starts, at) - 1
            yield self.stretches[number]
            following = number + 1
            if following == len(self._key_starts):
                return
            at = self._keys.find(head, self._key_starts[following])

    @cached_property
    def _keys(self) -> str:
        return "\n".join(s.own_key for s in self.stretches)

    @cached_property
    def _key_starts(self) -> list[int]:
        lengths = (len(s.own_key) + 1 for s in self.stretches)
        return [0, *itertools.accumulate(lengths)][: len(self.stretches)]

    def _over(self, start: int) -> Iterator[str]:
        """The first lines of the sections around ``start``, and its line up to it."""
        line = self.text.rfind("\n", 0, start) + 1
        for section in self.document.ancestry(self.document.section_at(start)):
            if section.start < line:
                end = self.text.find("\n", section.start, section.end)
                yield self.text[section.start : section.end if end < 0 else end]
        yield self.text[line:start]


@dataclass(frozen=True)
class Material:
    """All that a pack is made from. ``topic`` is what was asked for across the library, if it was.

    ``beside`` are other documents of the library, for wrong choices of the same kind.
    """

    sources: tuple[Source, ...]
    topic: str = ""
    beside: tuple[Source, ...] = field(default=())

    def source(self, document_id: str) -> Source:
        """The source of a document by its id."""
        return next(s for s in (*self.sources, *self.beside) if s.document.id == document_id)


def material_of(
    documents: Sequence[SourceDocument],
    duties: Sequence[Obligation],
    *,
    ranges: Mapping[str, tuple[Span, ...]] | None = None,
    topic: str = "",
    beside: Sequence[SourceDocument] = (),
) -> Material:
    """The material of ``documents`` (each once) with those of ``duties`` that are theirs.

    ``ranges`` narrows documents, by id, to stretches of their text.
    """
    chosen = {d.id: d for d in documents}
    full = len(chosen) > 1

    def source(document: SourceDocument, *, full: bool) -> Source:
        within = (ranges or {}).get(document.id, ())
        own = tuple(
            o
            for o in duties
            if o.document_id == document.id
            and (not within or any(a <= o.start < b for a, b in within))
        )
        return Source(document, own, said_document(document, full=full), within)

    return Material(
        tuple(source(d, full=full) for d in chosen.values()),
        topic,
        tuple(source(d, full=True) for d in beside if d.id not in chosen),
    )
