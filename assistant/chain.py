"""Question → Answer: understand, retrieve, read, cite, as one LangChain Runnable.

With a language model its verified sentences take the place of the extracted ones.
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.cite import cite
from assistant.dialogue import FollowUp, follow_up
from assistant.draft import Draft, Span
from assistant.generate import generate
from assistant.library_index import LibraryIndex
from assistant.lookup import READ_PASSAGES, look_up
from assistant.phrases import phrase
from assistant.read.focus import asks_header
from assistant.records import (
    EVERYTHING,
    SECTION_SEPARATOR,
    Answer,
    Citation,
    Intent,
    Made,
    Question,
    RankedPassage,
    Scope,
    Statement,
)
from assistant.register.doubts import doubt_words
from assistant.retrieve import Hit, PassageRetriever
from assistant.settings import DEFAULT_SECONDS
from assistant.understand import MAX_CHARACTERS, is_blank, understand
from ingest.embed.reranker import reranker_of
from ingest.pipeline import Library

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Ask:
    """A question and its scope.

    ``language`` of the fixed phrases, None for the question's own; ``today`` is what «tháng này»
    and «quá hạn» are told from, None for the day of the call; ``history`` are the answers given
    so far in a dialogue, from which a follow-up is understood.
    """

    question: str
    scope: Scope = EVERYTHING
    language: str | None = None
    today: datetime.date | None = None
    history: tuple[Answer, ...] = ()


class Assistant(Runnable[str | Ask, Answer]):
    """Answers questions about a library: ``invoke``, ``stream``, ``batch`` and async twins.

    ``model`` is any LangChain chat model, or None for extraction alone; an answer waits for it
    ``seconds`` at most. It is asked only where extraction found an answer.
    """

    def __init__(
        self,
        library: Library,
        passages: int = 10,
        model: BaseChatModel | None = None,
        seconds: float = DEFAULT_SECONDS,
    ) -> None:
        self._library = library
        self._cross_encoder = reranker_of(library.settings)
        self._limit = passages
        self._model, self._seconds = model, seconds
        self._index: LibraryIndex | None = None
        self._indexing = threading.Lock()
        _multiply_with_one_thread()

    @property
    def library(self) -> Library:
        return self._library

    @property
    def model(self) -> BaseChatModel | None:
        """The language model, None for extraction alone."""
        return self._model

    @property
    def seconds(self) -> float:
        """How long an answer waits for the model."""
        return self._seconds

    def index(self) -> LibraryIndex:
        """The index of the library as it stands now; made anew when the library has changed."""
        index = self._index
        if index is None or index.revision != self._library.revision:
            with self._indexing:
                index = self._index
                if index is None or index.revision != self._library.revision:
                    index = LibraryIndex(self._library, self._cross_encoder, index)
                    self._index = index
        return index

    def warm_up(self) -> None:
        """Load models and tables, so that the first question is answered as fast as the rest.

        A language model is not asked.
        """
        next(self._answers("Ai phải báo cáo?"))

    def retriever(self, scope: Scope = EVERYTHING, limit: int = 10) -> PassageRetriever:
        """A LangChain retriever over the library as it stands now."""
        return PassageRetriever(index=self.index(), scope=scope, limit=limit)

    def invoke(
        self, input: str | Ask, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        """Answer one question. Never raises for a question, however odd."""
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(
        self, input: str | Ask, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Iterator[Answer]:
        """The answer as it grows, a statement at a time; the last one is complete.

        With a language model the extracted answer comes first and stays until the model's says at
        least as much; only verified sentences are in it.
        """
        yield from self._transform_stream_with_config(
            iter([input]), self._stream, config, run_type="chain"
        )

    def _stream(self, inputs: Iterator[str | Ask]) -> Iterator[Answer]:
        for input in inputs:
            grown: Answer | None = None
            for answer in self._answers(input):
                if grown is None:
                    yield from (_grown(answer, n) for n in range(1, len(answer.statements)))
                grown = answer
                yield answer

    def _answer(self, input: str | Ask) -> Answer:
        *_, answer = self._answers(input)
        return answer

    def _answers(self, input: str | Ask) -> Iterator[Answer]:
        """The extracted answer, then what a language model makes of it; the last one counts."""
        started = time.perf_counter()
        ask = input if isinstance(input, Ask) else Ask(input)
        if len(ask.question) > MAX_CHARACTERS:
            yield _refusal(ask, "too_long", started, length=len(ask.question), limit=MAX_CHARACTERS)
            return
        index = self.index()
        follow = follow_up(ask.question, ask.history)
        question = understand(follow.question if follow else ask.question, index.lexicon)
        if is_blank(question):
            yield _refusal(ask, "blank", started)
            return
        if not index.documents:
            yield _refusal(ask, "empty_library", started, question)
            return
        for scope in _scopes(ask, follow, index):
            most = max(self._limit, READ_PASSAGES)
            hits, draft, confidence = look_up(question, index, scope, most, ask.today)
            if not draft.abstains:
                break
        if not hits:
            yield _refusal(ask, "empty_scope", started, question)
            return

        def answered(draft: Draft) -> Answer:
            answer = _cited(ask, question, draft, hits[: self._limit], started)
            answer = replace(answer, confidence=confidence)
            return replace(answer, followed=follow.question) if follow else answer

        yield from self._worded(question, hits, draft, index, answered)

    def _worded(
        self,
        question: Question,
        hits: list[Hit],
        draft: Draft,
        index: LibraryIndex,
        answered: Callable[[Draft], Answer],
    ) -> Iterator[Answer]:
        """The extracted answer, and what a language model says in its place, where one is asked."""
        extracted = answered(draft)
        if self._model is None or extracted.abstained or asks_header(question):
            yield extracted
            return
        yield replace(extracted, writing=True)
        for said in generate(question, hits, draft, index, self._model, self._seconds):
            if said.setback is None:
                answer = answered(said.draft)
                yield replace(answer, made=Made.GENERATED, writing=not said.complete)
            else:
                answer = answered(draft)
                yield replace(answer, made=Made.FALLBACK, setback=said.setback)


def _multiply_with_one_thread() -> None:
    """Have NumPy use one thread for the matrices of a question, which are small.

    With one a processor it takes half as long again, and more where the machine has other work.
    Models by name have threads of their own, which stay as they are.
    """
    from threadpoolctl import ThreadpoolController

    ThreadpoolController().select(prefix="libscipy_openblas").limit(limits=1)


def _scopes(ask: Ask, follow: FollowUp | None, index: LibraryIndex) -> tuple[Scope, ...]:
    """Where to look, in turn: a follow-up first in the documents that were just answered from."""
    if follow is None or ask.scope != EVERYTHING:
        return (ask.scope,)
    held = {document.id for document in index.documents}
    spoken_of = tuple(i for i in follow.documents if i in held)
    if not spoken_of:
        return (ask.scope,)
    near = Scope(documents=spoken_of)
    return (near, ask.scope) if follow.elsewhere else (near,)


def _cited(ask: Ask, question: Question, draft: Draft, hits: list[Hit], started: float) -> Answer:
    language = ask.language or question.language
    citations: dict[Span, int] = {}
    made: list[Citation] = []
    statements = []
    for line in draft.lines:
        for span in line.evidence:
            if span not in citations:
                citations[span] = len(made)
                made.append(cite(span.document, span.start, span.end))
        statements.append(Statement(line.text, tuple(citations[s] for s in line.evidence)))
    statements += [Statement(doubt_words(doubt, language)) for doubt in draft.remarks]
    if draft.differs:
        statements.append(Statement(phrase("differs", language)))
    if draft.more:
        statements.append(Statement(phrase("more_due", language, count=draft.more)))
    if draft.abstains or draft.note:
        statements.insert(0, Statement(phrase(draft.note or "not_found", language)))
    return Answer(
        question=ask.question,
        statements=tuple(statements),
        abstained=draft.abstains or bool(draft.note),
        intent=question.intent,
        language=language,
        citations=tuple(made),
        passages=tuple(_ranked(h) for h in hits),
        understood=question.text if question.text != ask.question else "",
        latency_ms=_since(started),
    )


def _refusal(
    ask: Ask, key: str, started: float, question: Question | None = None, **values: object
) -> Answer:
    language = ask.language or (question.language if question else "vi")
    return Answer(
        question=ask.question,
        statements=(Statement(phrase(key, language, **values)),),
        abstained=True,
        intent=question.intent if question else Intent.WHAT,
        language=language,
        latency_ms=_since(started),
    )


def _grown(answer: Answer, count: int) -> Answer:
    statements = answer.statements[:count]
    used = max((i for s in statements for i in s.citations), default=-1) + 1
    return Answer(
        question=answer.question,
        statements=statements,
        abstained=answer.abstained,
        intent=answer.intent,
        language=answer.language,
        citations=answer.citations[:used],
        understood=answer.understood,
    )


def _ranked(hit: Hit) -> RankedPassage:
    passage, document = hit.passage, hit.document
    return RankedPassage(
        document=document.name,
        document_id=document.id,
        number=document.header.number.value if document.header.number else "",
        section=SECTION_SEPARATOR.join(x for x in passage.section if any(c.isalnum() for c in x)),
        page=passage.page,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=hit.score,
    )


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000.0
