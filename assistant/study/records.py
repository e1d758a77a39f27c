"""What a study pack is made of: frozen, typed, ready to be shown or printed.

A line is either :class:`Cited`, with the exact words that bear it out, or :class:`Own`: a question
for the room, a step of the default agenda, a remark on what a document does not say. Records that
are more than a line (a card, an item of the quiz) keep the same rule: what they state of a document
stands in their ``citations``, and what has none is the pack's own, or the trainer's who edited it.
``taken_from`` then names the documents that it was taken from: their words may still be in it.

All words of a pack are Vietnamese, as its documents are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from assistant.records import Citation

T = TypeVar("T")


class Part(StrEnum):
    """The parts of a pack, in the order in which they are shown; each can be made alone."""

    FACTS = "facts"
    CONFLICTS = "conflicts"  # where several documents, or places of one, contradict each other
    OUTLINE = "outline"
    TIMELINE = "timeline"
    ROLES = "roles"
    AGENDA = "agenda"
    DISCUSSION = "discussion"
    CARDS = "cards"
    QUIZ = "quiz"
    GLOSSARY = "glossary"


class Difficulty(StrEnum):
    """How hard cards and quiz are: what they ask, and how near the wrong choices come."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Length(StrEnum):
    """How much each part holds."""

    SHORT = "short"
    STANDARD = "standard"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class StudyRequest:
    """What a trainer asks for.

    ``minutes`` is the length of the session, to which the agenda adds up; ``cards`` and ``items``
    (of the quiz) are upper limits, None for those of ``length``. The same documents and request
    give the same pack; another number in ``seeds`` makes that part anew and leaves the rest.
    ``parts`` are those to be made and written, None for all.
    """

    minutes: int = 90
    difficulty: Difficulty = Difficulty.MEDIUM
    length: Length = Length.STANDARD
    seed: int = 0
    cards: int | None = None
    items: int | None = None
    seeds: tuple[tuple[Part, int], ...] = ()
    parts: tuple[Part, ...] | None = None

    def wants(self, part: Part) -> bool:
        """Whether the part is to be made and written."""
        return self.parts is None or part in self.parts

    def seed_of(self, part: Part) -> int:
        """The seed of one part: its own where it has one."""
        return dict(self.seeds).get(part, self.seed)


@dataclass(frozen=True, slots=True)
class Cited:
    """A factual line and the exact words that bear it out: one citation at least."""

    text: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a factual line without a citation: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Own:
    """A line of the pack's own; it states nothing of a document but what is missing there.

    Or one in the trainer's words: ``taken_from`` are the ids of the documents that it was cited
    from before.
    """

    text: str
    taken_from: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """None: no words of a document bear it out."""
        return ()


Line = Cited | Own


@dataclass(frozen=True, slots=True)
class PackDocument:
    """A document of a pack: ``name`` is the file's, ``said`` what the pack calls it in words.

    ``said`` is «Kế hoạch số 35-KH/ĐU», without a number «Kế hoạch “…”», at last the file's name.
    """

    id: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class FactRow:
    """A line of the table of facts: «Số, ký hiệu», «Căn cứ», … with one value or several."""

    document: str  # PackDocument.id
    label: str
    values: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more passages that do not agree; ``text`` says on what, ``sides`` what each says."""

    text: str
    sides: tuple[Line, ...]
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlinePoint:
    """A heading, or a short extract of what stands under it, in the document's own words.

    ``level`` counts from 0; ``label`` is the number as written («IV», «1.2», «a»), "" for none.
    «…» in ``text`` stands for words left out.
    """

    document: str
    level: int
    label: str
    text: str
    is_heading: bool
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A deadline: when, who, what. Rows are in the order of time, undated ones last.

    ``when`` is as written, ``said`` the same as a date in figures where that adds something,
    ``value`` its normalised value (see :mod:`ingest.dates`). ``actor`` is empty where no one is
    named; ``is_implied`` where the body is the issuer or addressee, not named for this duty.
    ``remarks`` say why the row wants a second look.
    """

    document: str
    when: str
    said: str
    value: str
    actor: str
    is_implied: bool
    action: str
    report_to: str
    remarks: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OfficeRole:
    """An office with its tasks; ``citations`` hold the words that name it."""

    document: str
    office: str
    tasks: tuple[Line, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class AgendaStep:
    """A step of the session. ``is_prescribed``: the document itself asks for it (``citations``).

    ``points`` are what the step goes through: sections (cited) or hints of the pack's own.
    """

    minutes: int
    title: str
    is_prescribed: bool
    points: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DiscussionQuestion:
    """A question for the room, in the pack's words, about what is quoted in ``basis``."""

    text: str
    basis: tuple[Line, ...]
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A question with its answer; the answer's words stand in ``citations``.

    ``topic`` is what it asks about, for sorting: «Thời hạn», «Trách nhiệm», …
    """

    question: str
    answer: str
    citations: tuple[Citation, ...]
    topic: str
    difficulty: Difficulty
    taken_from: tuple[str, ...] = ()


class Asked(StrEnum):
    """What kind of thing an item asks for: its choices are all of this kind."""

    OFFICE = "office"
    TASK = "task"
    RECIPIENT = "recipient"  # whom a report goes to
    DATE = "date"
    QUANTITY = "quantity"
    DOCUMENT = "document"  # a cited document, by kind and number
    SUBJECT = "subject"  # what a cited document is about
    MEMBER = "member"  # an item of a list
    SECTION = "section"  # the heading under which something stands
    NOT_TASK = "not_task"  # what an office has not to do: the wrong choices are its tasks
    NOT_MEMBER = "not_member"  # what a list does not hold: the wrong choices are its items


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """Multiple choice: ``choices[right]`` is the one right choice, borne out by ``citations``.

    ``subject`` are the words of the source that the choices are held against: the task whose
    office is asked for, the office whose task is, the sentence with its number taken out.

    ``proofs`` holds for every choice the words that show it wrong, empty for the right one: the
    same words as ``citations`` where those give another value, or the place the choice is from.
    A wrong choice in the trainer's words has none.
    """

    question: str
    choices: tuple[str, ...]
    right: int
    citations: tuple[Citation, ...]
    proofs: tuple[tuple[Citation, ...], ...]
    asked: Asked
    subject: str
    topic: str
    difficulty: Difficulty
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrueFalseItem:
    """A statement that is true or differs from the document in exactly one thing.

    ``wrong`` and ``right`` are that thing as the statement has it and as the document says it; both
    are empty where the statement is true. ``asked`` and ``subject`` as in :class:`ChoiceItem`.
    """

    statement: str
    is_true: bool
    wrong: str
    right: str
    citations: tuple[Citation, ...]
    asked: Asked
    subject: str
    topic: str
    difficulty: Difficulty
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchingItem:
    """Match each of ``left`` (offices) with one of ``right`` (tasks).

    ``left[i]`` goes with ``right[pairs[i]]``, borne out by ``citations[i]``; an item in the
    trainer's words has no citations.
    """

    question: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[int, ...]
    citations: tuple[Citation, ...]
    topic: str
    difficulty: Difficulty
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderingItem:
    """Put ``events`` in the order of time: ``order`` lists their indices, the earliest first.

    ``when[i]`` is the date of ``events[i]``, for the answer key, borne out by ``citations[i]``; an
    item in the trainer's words has no citations.
    """

    question: str
    events: tuple[str, ...]
    when: tuple[str, ...]
    order: tuple[int, ...]
    citations: tuple[Citation, ...]
    topic: str
    difficulty: Difficulty
    taken_from: tuple[str, ...] = ()


QuizItem = ChoiceItem | TrueFalseItem | MatchingItem | OrderingItem


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An abbreviation or term. ``is_defined``: the document itself says what it means.

    Else ``meaning`` is the customary one, of the pack's own knowledge, or the trainer's where it
    has ``taken_from``; ``citations`` only show where the term is used.
    """

    term: str
    meaning: str
    is_defined: bool
    citations: tuple[Citation, ...]
    taken_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartOf(Generic[T]):
    """A part: its entries in order, and notes of the pack's own, as on what there is none of."""

    entries: tuple[T, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyPack:
    """A session made ready. ``title`` names it; each field below is a :class:`Part`."""

    title: str
    documents: tuple[PackDocument, ...]
    request: StudyRequest
    topic: str = ""  # what was asked for across the library, "" for whole documents
    facts: PartOf[FactRow] = field(default_factory=PartOf)
    conflicts: PartOf[Conflict] = field(default_factory=PartOf)
    outline: PartOf[OutlinePoint] = field(default_factory=PartOf)
    timeline: PartOf[TimelineRow] = field(default_factory=PartOf)
    roles: PartOf[OfficeRole] = field(default_factory=PartOf)
    agenda: PartOf[AgendaStep] = field(default_factory=PartOf)
    discussion: PartOf[DiscussionQuestion] = field(default_factory=PartOf)
    cards: PartOf[Card] = field(default_factory=PartOf)
    quiz: PartOf[QuizItem] = field(default_factory=PartOf)
    glossary: PartOf[GlossaryTerm] = field(default_factory=PartOf)

    def part(self, part: Part) -> PartOf[Any]:
        """The part by its name."""
        found: PartOf[Any] = getattr(self, part.value)
        return found

    def citations(self) -> Iterator[Citation]:
        """Every citation of the pack, in order, repeated as often as it is used."""
        for part in Part:
            yield from citations_in(self.part(part).entries)


def citations_in(value: object) -> Iterator[Citation]:
    """Every citation in an entry, or in a tuple of them."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from citations_in(item)
    elif is_dataclass(value):
        for name in fields(value):
            yield from citations_in(getattr(value, name.name))
