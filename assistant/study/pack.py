"""The study pack: its parts made from the same material, each with a seed of its own. Pure."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assistant.study.agenda import agenda_of
from assistant.study.asking import Fact, facts_of
from assistant.study.cards import cards_of
from assistant.study.conflicts import conflicts_of
from assistant.study.discussion import discussion_of
from assistant.study.errors import NO_PART, StudyError
from assistant.study.facts import facts_part
from assistant.study.glossary import glossary_of
from assistant.study.material import Material, Source, Span, material_of
from assistant.study.outline import outline_of
from assistant.study.quiz import quiz_of
from assistant.study.records import PackDocument, Part, PartOf, StudyPack, StudyRequest
from assistant.study.roles import roles_of
from assistant.study.tasks import Task, tasks_of
from assistant.study.timeline import timeline_of
from assistant.study.wording import extract, said_document, sentence_case, tidy
from ingest.records import Obligation, SourceDocument

_FACTS = 900  # that cards and quiz choose from
_BESIDE = 6  # other documents of the library that wrong choices may be taken from
_STANDARD = StudyRequest()


def study_pack(
    documents: Sequence[SourceDocument],
    duties: Sequence[Obligation],
    request: StudyRequest = _STANDARD,
    *,
    topic: str = "",
    ranges: Mapping[str, tuple[Span, ...]] | None = None,
    beside: Sequence[SourceDocument] = (),
) -> StudyPack:
    """A pack on ``documents``; ``duties`` are the register's rows, those of others are passed over.

    ``ranges`` narrows documents, by id, to stretches of their text (a ``topic``'s sections);
    ``beside`` are other documents of the library, for wrong choices where the pack's own hold too
    few. The same arguments give the same pack.

    Raises:
        StudyError: there is no document, or what is asked for can't be made of any.
    """
    return Workshop(documents, duties, request, topic=topic, ranges=ranges, beside=beside).pack()


class Workshop:
    """The material of a pack and what is read from it once for several parts."""

    def __init__(
        self,
        documents: Sequence[SourceDocument],
        duties: Sequence[Obligation],
        request: StudyRequest = _STANDARD,
        *,
        topic: str = "",
        ranges: Mapping[str, tuple[Span, ...]] | None = None,
        beside: Sequence[SourceDocument] = (),
    ) -> None:
        if not documents:
            raise StudyError(
                "a study pack needs one document at least; none was given",
                "Hãy chọn ít nhất một văn bản để soạn tài liệu.",
            )
        for name in ("cards", "items"):
            if (count := getattr(request, name)) is not None and count < 0:
                raise StudyError(
                    f"{name}: {count} is no number of {name}; it is 0 or more",
                    f"Số lượng {count} không dùng được; phải từ 0 trở lên.",
                )
        if request.parts == ():
            raise StudyError(*NO_PART)
        self.request = request
        self.material = material_of(
            documents, duties, ranges=ranges, topic=topic, beside=beside[:_BESIDE]
        )

    @cached_property
    def _tasks(self) -> dict[str, tuple[Task, ...]]:
        return {s.document.id: tasks_of(s) for s in self.material.sources}

    @property
    def _assigns(self) -> bool:
        return any(self._tasks.values()) or any(s.duties for s in self.material.sources)

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        return self._facts_in(self.material.sources)

    def _facts_in(self, sources: Sequence[Source]) -> tuple[Fact, ...]:
        return _some(tuple(fact for source in sources for fact in facts_of(source)))

    def part(self, part: Part) -> PartOf[Any]:
        """One part alone, as :meth:`pack` has it."""
        material, request = self.material, self.request
        ids = " ".join(s.document.id for s in material.sources)
        rng = random.Random(f"{request.seed_of(part)} {part.value} {ids}")  # noqa: S311
        make: Mapping[Part, Callable[[], PartOf[Any]]] = {
            Part.FACTS: lambda: facts_part(material, self._tasks),
            Part.CONFLICTS: lambda: conflicts_of(material),
            Part.OUTLINE: lambda: outline_of(material, request),
            Part.TIMELINE: lambda: timeline_of(material),
            Part.ROLES: lambda: roles_of(material, self._tasks, request),
            Part.AGENDA: lambda: agenda_of(material, request, assigns=self._assigns),
            Part.DISCUSSION: lambda: discussion_of(material, self._tasks, request, rng),
            Part.CARDS: lambda: cards_of(self._facts, request, rng),
            Part.QUIZ: lambda: quiz_of(
                material, self._facts, self._facts_in(material.beside), request, rng
            ),
            Part.GLOSSARY: lambda: glossary_of(material, request),
        }
        return make[part]()

    def pack(self) -> StudyPack:
        """The parts that are wanted; the others are empty."""
        sources = self.material.sources
        parts = {part.value: self.part(part) for part in Part if self.request.wants(part)}
        return StudyPack(
            title=_title(self.material),
            documents=tuple(
                PackDocument(s.document.id, s.document.name, said_document(s.document, full=True))
                for s in sources
            ),
            request=self.request,
            topic=self.material.topic,
            **parts,
        )


def _some(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """All facts, or of the thousands of a long document some of each topic, at even distances."""
    if len(facts) <= _FACTS:
        return facts
    by_topic: dict[str, list[Fact]] = {}
    for fact in facts:
        by_topic.setdefault(fact.topic, []).append(fact)
    each = _FACTS // len(by_topic)
    return tuple(
        fact
        for group in by_topic.values()
        for fact in (
            group if len(group) <= each else [group[i * len(group) // each] for i in range(each)]
        )
    )


def _title(material: Material) -> str:
    """What the pack is about: its topic, its document's title, or its documents' names."""
    if material.topic:
        return f"Chuyên đề: {material.topic}"
    first = material.sources[0].document
    named = [said_document(s.document, full=True) for s in material.sources]
    if len(named) == 1:
        title = first.header.title
        if title and first.header.number:
            return f"{named[0]}: {extract(sentence_case(tidy(title.value)), 40)}"
        return named[0]
    shown = "; ".join(named[:4])
    return shown if len(named) <= 4 else f"{shown} và {len(named) - 4} văn bản khác"
