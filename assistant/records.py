"""The records that cross rooms on the question path."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ingest.dates import DateMention
from ingest.records import Obligation, SourceDocument

SECTION_SEPARATOR = " › "


class Intent(StrEnum):
    """What a question asks for."""

    WHO = "who"
    WHEN = "when"
    DEADLINE = "deadline"
    WHAT = "what"
    LIST = "list"
    COUNT = "count"
    WHERE = "where"
    BASIS = "basis"
    SIGNER = "signer"
    RECIPIENT = "recipient"
    NUMBER = "number"
    YES_NO = "yesno"
    HOW = "how"


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in a question: its number as far as given, and its kind if known."""

    number: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read. ``text`` is Vietnamese; for an English question its rendering."""

    typed: str
    text: str
    language: str  # "vi" or "en"
    intents: tuple[Intent, ...]  # the main one first
    search: str  # ``text`` without the words that only frame a question
    expansions: tuple[str, ...] = ()  # abbreviations written out, and phrases abbreviated
    renderings: tuple[tuple[str, ...], ...] = ()  # what may be said in other words, and in which
    dates: tuple[DateMention, ...] = ()
    references: tuple[Reference, ...] = ()
    years: tuple[int, ...] = ()
    across: bool = False  # asks about several documents at once

    @property
    def intent(self) -> Intent:
        return self.intents[0]

    def asks(self, *kinds: Intent) -> bool:
        """True when the question asks for any of ``kinds``."""
        return any(k in self.intents for k in kinds)


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words of a source: ``canonical[start:end] == quote``. Made by ``cite.py`` alone.

    ``document`` is the file's name, ``document_id`` its SHA-256, ``number`` the document's number
    and sign ("" when it has none), ``section`` the labels joined as ``IV › 1 › 1.2``.
    """

    document: str
    document_id: str
    number: str
    section: str
    page: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of the register of obligations, with the source that its citation opens."""

    obligation: Obligation
    document: SourceDocument
    citation: Citation

    def to_json(self) -> dict[str, Any]:
        """The stable JSON form that ``python -m assistant obligations`` prints."""
        duty = self.obligation
        return {
            "document": self.document.name,
            "actor": duty.actor,
            "action": duty.action,
            "deadline_text": duty.deadline_text,
            "deadline": duty.deadline,
            "quote": self.citation.quote,
            "start": self.citation.start,
            "end": self.citation.end,
            "section": self.citation.section,
            "report_to": duty.report_to,
            "implied_actor": duty.implied,
            "doubts": [doubt.value for doubt in duty.doubts],
        }


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A retrieved passage, best first; ``score`` is comparable within one answer only."""

    document: str
    document_id: str
    number: str
    section: str
    page: int
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an answer and the indices (0-based) of the citations that bear it out."""

    text: str
    citations: tuple[int, ...] = ()


class Made(StrEnum):
    """How the statements of an answer were made."""

    EXTRACTED = "extracted"  # taken from the sources word for word; no language model was asked
    GENERATED = "generated"  # by a language model, every sentence held against its source
    FALLBACK = "fallback"  # extracted, because of a setback of the language model


class Setback(StrEnum):
    """Why a language model's answer is not shown."""

    ABSENT = "absent"  # it says that the passages don't have the answer
    UNVERIFIED = "unverified"  # too little of what it said is borne out by what it cited
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FAILED = "failed"  # its server refused, broke off, or sent what can't be read


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. Every statement carries a citation, except fixed phrases such as a refusal.

    ``setback`` is set where ``made`` is a fallback; ``writing`` only in a stream, while a language
    model may still say the same better.
    """

    question: str
    statements: tuple[Statement, ...]
    abstained: bool
    intent: Intent
    language: str  # "vi" or "en": the language of the fixed phrases
    citations: tuple[Citation, ...] = ()
    passages: tuple[RankedPassage, ...] = ()
    understood: str = ""  # the question as it was read, where that differs from what was typed
    latency_ms: float = 0.0
    confidence: float = 0.0  # how likely what was found is right, shown or not; 0 where nothing was
    followed: str = ""  # a follow-up as the question of its own that was answered
    made: Made = Made.EXTRACTED
    setback: Setback | None = None
    writing: bool = False

    @property
    def answer(self) -> str:
        """The statements as text, each followed by its citation marks: ``… [1]``."""
        return "\n".join(
            s.text + "".join(f" [{i + 1}]" for i in s.citations) for s in self.statements
        )

    def to_json(self) -> dict[str, Any]:
        """The stable JSON form that ``python -m assistant ask --json`` prints."""
        return {
            "question": self.question,
            "answer": self.answer,
            "abstained": self.abstained,
            "intent": self.intent.value,
            "citations": [
                {
                    "document": c.document,
                    "number": c.number,
                    "section": c.section,
                    "page": c.page,
                    "start": c.start,
                    "end": c.end,
                    "quote": c.quote,
                }
                for c in self.citations
            ],
            "passages": [
                {
                    "document": p.document,
                    "start": p.start,
                    "end": p.end,
                    "text": p.text,
                    "score": round(p.score, 4),
                }
                for p in self.passages
            ],
            "latency_ms": round(self.latency_ms, 2),
            "confidence": round(self.confidence, 3),
            "made": self.made.value,
            "setback": self.setback.value if self.setback else None,
        }


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is narrowed to; empty fields narrow nothing. Documents are ids."""

    documents: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


EVERYTHING = Scope()  # nothing narrowed
