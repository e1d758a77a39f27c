"""A conversation as records, and the answering of one question in it. No Gradio here."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from assistant.errors import SettingError
from assistant.records import Answer, Citation, RankedPassage, Scope
from ingest.normalise import normalise
from ingest.vietnamese import syllables

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.ui.backend import Backend

log = logging.getLogger(__name__)

_REMEMBERED = 6  # answers that a follow-up may lean on
FRAME_SECONDS = 0.04  # a growing answer is redrawn no more often than this


@dataclass(frozen=True, slots=True)
class Note:
    """A string of the page and what fills it: said in an answer's place, or in the status line."""

    key: str
    values: tuple[tuple[str, object], ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer so far; ``note`` stands in its place while it is not None.

    ``searched`` is the question as it was read, where saying so helps: see :func:`reading`.
    """

    question: str
    id: str = field(default_factory=lambda: uuid4().hex)
    answer: Answer | None = None
    complete: bool = False
    searched: str = ""
    note: Note | None = None
    rating: str = ""
    commented: bool = False

    def place(self, citation: object, passage: object) -> Citation | RankedPassage | None:
        """The place at an index of either, as the page sent it; None for a wrong index."""
        if self.answer is None:
            return None
        places: tuple[Citation | RankedPassage, ...] = self.answer.citations
        index = citation
        if not isinstance(citation, int):
            places, index = self.answer.passages, passage
        if isinstance(index, int) and 0 <= index < len(places):
            return places[index]
        return None


def turn_at(turns: list[Turn], index: object) -> Turn | None:
    """The turn at an index that the page sent; None for a wrong one."""
    if isinstance(index, int) and 0 <= index < len(turns):
        return turns[index]
    return None


def reading(answer: Answer) -> str:
    """The question as it was read where a person should check it, else "".

    That is a follow-up as it was made whole, or Vietnamese with its marks restored, decoded from
    raw keys or written out from shorthand.
    A translation is words to search with, no sentence; where a tone mark stands («uỷ») and how many
    spaces there are is nothing to tell.
    """
    from assistant.language.english import is_english  # with its word lists: not at the start

    if answer.followed:
        return answer.followed
    typed = normalise(unicodedata.normalize("NFC", answer.question))
    same = syllables(typed) == syllables(answer.understood)
    return "" if same or is_english(typed) else answer.understood


def answering(
    backend: Backend, turns: list[Turn], question: str, scope: Scope, language: str
) -> Iterator[list[Turn]]:
    """``turns`` with ``question`` added, its answer growing; waits for what is still loading.

    ``language`` is the page's: the assistant's fixed phrases are in it, or in the question's.
    """
    turn = Turn(question)
    if not backend.wait(0):
        yield [*turns, replace(turn, note=Note("waiting_models", pending=True))]
        backend.wait()
    if backend.failure is not None or backend.assistant is None:
        yield [*turns, replace(turn, note=refusal(backend))]
        return
    yield [*turns, turn]
    try:
        yield from _streaming(backend.assistant, turns, turn, scope, language)
    except Exception:  # the page's edge: said to the person, its details to the log
        log.exception("answering failed")
        yield [*turns, replace(turn, note=Note("answer_error"))]


def refusal(backend: Backend) -> Note:
    """Why no question can be answered, where loading has failed."""
    key = "not_set" if isinstance(backend.failure, SettingError) else "not_open"
    return Note(key, (("reason", backend.failure or ""),))


def _streaming(
    assistant: Assistant, turns: list[Turn], turn: Turn, scope: Scope, language: str
) -> Iterator[list[Turn]]:
    # Heavy imports: loaded by now, and never while the page starts.
    from assistant.chain import Ask

    # Vietnamese is only the page's default: a question put in English is refused in English.
    told = language == "en" or not any(character.isalpha() for character in turn.question)
    ask = Ask(
        question=turn.question,
        scope=scope,
        language=language if told else None,
        history=tuple(t.answer for t in turns if t.answer is not None)[-_REMEMBERED:],
    )
    shown = monotonic()
    for answer in assistant.stream(ask):
        turn = replace(turn, answer=answer, searched=turn.searched or reading(answer))
        # While a language model writes, what it may take long to replace must all be there.
        if answer.writing or monotonic() - shown >= FRAME_SECONDS:
            shown = monotonic()
            yield [*turns, turn]
    yield [*turns, replace(turn, complete=True)]
