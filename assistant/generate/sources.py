"""The numbered passages that a language model answers from, and the messages it gets. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

import prompts
from assistant.draft import Draft
from assistant.library_index import LibraryIndex
from assistant.pieces import pieces_of
from assistant.records import Question
from assistant.retrieve import Hit
from assistant.units import SourceUnit
from assistant.verify import Piece
from ingest.pipeline import context_of
from ingest.records import Passage, SourceDocument

ABSENT = {"vi": "KHÔNG CÓ TRONG CÁC ĐOẠN TRÍCH", "en": "NOT IN THE PASSAGES"}
_PASSAGES = 6  # a prompt of some 2,500 tokens, which small models on a PC still read in time
_MOST_PASSAGES = 10  # where the extracted answer rests on more


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as it is given to the model, and as sentences are held against it."""

    passage: Passage
    document: SourceDocument
    units: tuple[SourceUnit, ...]
    pieces: tuple[Piece, ...]


def sources_for(hits: Sequence[Hit], extracted: Draft, index: LibraryIndex) -> tuple[Source, ...]:
    """Those that the extracted answer rests on and the best others, the best first."""
    bearing = [
        passage
        for line in extracted.lines
        for span in line.evidence
        for passage in index.passages_at(span.document.id, span.start, span.end)
    ]
    chosen = {p.id: p for p in bearing[:_MOST_PASSAGES]}
    for hit in hits:
        if len(chosen) >= _PASSAGES:
            break
        chosen.setdefault(hit.passage.id, hit.passage)
    rank = {hit.passage.id: i for i, hit in enumerate(hits)}
    best_first = sorted(chosen.values(), key=lambda p: rank.get(p.id, len(rank)))
    return tuple(_source(passage, index) for passage in best_first)


def _source(passage: Passage, index: LibraryIndex) -> Source:
    units = index.units_of(passage)
    return Source(passage, index.document(passage.document_id), units, pieces_of(units))


def messages_for(question: Question, sources: Sequence[Source], key: str) -> list[BaseMessage]:
    """The messages to a model. ``key`` marks where data begins and ends: make it one that no
    document can know."""
    language = question.language
    passages = "\n\n".join(
        prompts.load(
            "passage.v1",
            key=key,
            number=str(number),
            context=_visible(" ".join(context_of(source.document, source.passage).split())),
            text=_visible(source.passage.text.strip()),
        )
        for number, source in enumerate(sources, 1)
    )
    asked = question.typed if language == "en" else question.text
    return [
        SystemMessage(prompts.load(f"answer.v1.{language}", key=key, absent=ABSENT[language])),
        HumanMessage(
            prompts.load("passages.v1", key=key, passages=passages, question=_visible(asked))
        ),
    ]


def _visible(text: str) -> str:
    """``text`` without characters that a person doesn't see and a model reads (tags, marks)."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
