"""Question + passages → the lines of an answer through a language model, each of them verified.

The model is given the passages as data and asked for sentences that name them. A sentence is kept
only if the words it cites bear it out (``assistant/verify``); what the model was told to do, or by
whom, plays no part in that. Where too little is left, the extracted answer stands.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.draft import Draft, Line, Span
from assistant.evidence import scored
from assistant.generate.listen import is_timeout, is_unreachable, listen
from assistant.generate.sentences import CitedSentence, cited_sentences
from assistant.generate.sources import ABSENT, Source, messages_for, sources_for
from assistant.library_index import LibraryIndex
from assistant.question_terms import QuestionTerms
from assistant.read.thresholds import min_coverage
from assistant.records import Question, Setback
from assistant.retrieve import Hit
from assistant.verify import tidied, verify
from assistant.verify.reading import read as reading

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

_MOST_SENTENCES = 12  # kept of one answer
_MOST_READ = 40  # sentences after which a model is no longer listened to
_LEAST_KEPT = 0.5  # share of the sentences it wrote
_LEAST_SAID = 0.5  # share of the extracted lines, and of the words of one
_SHORT = 2  # extracted lines that another answer to the question may replace altogether


@dataclass(frozen=True, slots=True)
class Generated:
    """What a model has said so far, verified. ``setback`` tells why the extracted answer stands
    instead of the lines, once that is known."""

    draft: Draft
    setback: Setback | None = None
    complete: bool = False


def generate(
    question: Question,
    hits: Sequence[Hit],
    extracted: Draft,
    index: LibraryIndex,
    model: BaseChatModel,
    seconds: float,
) -> Iterator[Generated]:
    """The answer of ``model`` as it grows; the last one is complete, whatever the model does.

    One that is not complete is yielded only when it says all that the extracted answer rests on:
    what is shown once is never taken back.
    """
    sources = sources_for(hits, extracted, index)
    key = secrets.token_hex(8)
    messages = messages_for(question, sources, key)
    found = _Found(question, sources, extracted, index)
    said: list[str] = []

    def speak() -> Iterator[str]:
        for message in model.stream(messages):
            said.append(message.text)
            yield message.text

    setback: Setback | None = None
    try:
        for sentence in cited_sentences(listen(speak, seconds)):
            grown = found.add(sentence)
            if grown and found.says_it_all():
                yield Generated(found.draft())
            if found.is_long():
                break
    except Exception as error:  # noqa: BLE001  (whatever a provider raises)
        setback = _setback_of(error, begun=bool(said))
        log.warning("language model: %s: %s", type(error).__name__, error)
    if setback is not None:
        enough = found.says_it_all()
    else:
        enough = found.is_answer()
        setback = Setback.ABSENT if _says_absent("".join(said)) else Setback.UNVERIFIED
    yield Generated(found.draft() if enough else Draft(), None if enough else setback, True)


def _setback_of(error: BaseException, begun: bool) -> Setback:
    if is_timeout(error):
        return Setback.TIMEOUT
    return Setback.UNREACHABLE if is_unreachable(error) and not begun else Setback.FAILED


def _says_absent(said: str) -> bool:
    return any(words.casefold() in said.casefold() for words in ABSENT.values())


class _Found:
    """The sentences of one answer that were kept so far."""

    def __init__(
        self,
        question: Question,
        sources: Sequence[Source],
        extracted: Draft,
        index: LibraryIndex,
    ) -> None:
        self._question, self._sources = question, sources
        self._extracted, self._index = extracted, index
        self._lines: list[Line] = []
        self._written = 0

    def add(self, sentence: CitedSentence) -> bool:
        """Verify ``sentence``; True where it is kept and says something that isn't said yet."""
        self._written += 1
        line = verified(sentence, self._sources)
        if line is None or len(self._lines) >= _MOST_SENTENCES:
            return False
        if any(line.text == known.text for known in self._lines):
            self._written -= 1  # a model that repeats itself says nothing wrong
            return False
        self._lines.append(line)
        return True

    def draft(self) -> Draft:
        return replace(self._extracted, lines=tuple(self._lines), more=0)

    def is_long(self) -> bool:
        return self._written >= _MOST_READ or len(self._lines) >= _MOST_SENTENCES

    def says_it_all(self) -> bool:
        """Whether the lines say all that the extracted answer says."""
        return all(map(self._is_said, self._extracted.lines))

    def is_answer(self) -> bool:
        """Whether enough is left of what a model wrote to its end.

        It must say at least half of the lines that were extracted. One or two lines may also give
        way to what stands elsewhere and says more of the question.
        """
        lines = self._extracted.lines
        if not self._lines or len(self._lines) < _LEAST_KEPT * self._written:
            return False
        if sum(map(self._is_said, lines)) >= _LEAST_SAID * len(lines):
            return True
        if len(lines) > _SHORT or any(map(self._resting_on, lines)):
            return False
        said = max(self._coverage(span) for line in self._lines for span in line.evidence)
        asked = max(self._coverage(span) for line in lines for span in line.evidence)
        return said > max(asked, min_coverage(self._question))

    def _is_said(self, extracted: Line) -> bool:
        """Whether lines that rest on the same words say what an extracted line says.

        «Chủ trì tổng kiểm tra» rests on the words of «Công an huyện» and does not say who.
        """
        wanted = _stated(extracted.text)
        said = frozenset().union(*(_stated(line.text) for line in self._resting_on(extracted)))
        return bool(said) and len(wanted & said) >= _LEAST_SAID * len(wanted)

    def _resting_on(self, extracted: Line) -> list[Line]:
        return [
            line
            for line in self._lines
            if any(_touch(a, b) for a in extracted.evidence for b in line.evidence)
        ]

    def _coverage(self, span: Span) -> float:
        """How much of the question (0…1) the sentences at ``span`` say."""
        card = self._index.card_said(span.document.id)
        terms = QuestionTerms.of(self._question, self._index).within(card)
        units = [u for s in self._sources if s.document.id == span.document.id for u in s.units]
        return max(
            (
                scored(unit, terms, card, 0.0, 0.0).coverage
                for unit in units
                if unit.start < span.end and span.start < unit.end
            ),
            default=0.0,
        )


def _stated(text: str) -> frozenset[str]:
    """The content words, numbers, dates (with or without their year) and documents of ``text``."""
    kinds = ("number", "date", "document")
    told = (t.text for t in reading(text).tokens if t.is_content or t.kind in kinds)
    return frozenset(re.sub(r"^(?:\d{4}-|--)(?=\d\d)", "", words) for words in told)


def verified(sentence: CitedSentence, sources: Sequence[Source]) -> Line | None:
    """``sentence`` with the words that bear it out; None where they don't.

    A number that no source has makes the whole sentence doubtful.
    """
    numbers = tuple(dict.fromkeys(sentence.numbers))
    if not numbers or not all(1 <= n <= len(sources) for n in numbers):
        return None
    cited = [sources[n - 1] for n in numbers]
    verdict = verify(sentence.text, [source.pieces for source in cited])
    if not verdict.kept:
        log.debug("dropped (%s): %s", verdict.reason, sentence.text)
        return None
    items = {(piece.words.start, piece.words.end) for source in cited for piece in source.pieces}
    # The words themselves first, then the headings they stand under, as in extracted answers.
    spans = sorted(verdict.spans, key=lambda span: span[1:] not in items)
    evidence = (Span(cited[at].document, start, end) for at, start, end in spans)
    return Line(tidied(sentence.text), tuple(evidence))


def _touch(a: Span, b: Span) -> bool:
    return a.document.id == b.document.id and a.start < b.end and b.start < a.end
