"""A question with all that it is read from; each part is found when a reader first asks for it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.cards import refers_to
from assistant.evidence import Evidence
from assistant.library_index import LibraryIndex
from assistant.named import documents_named
from assistant.read.focus import focus
from assistant.records import Question, Scope
from assistant.retrieve import Hit
from ingest.records import SourceDocument


@dataclass(frozen=True)  # without slots: it keeps what it has found
class Matter:
    """``question``, asked of the library within ``scope``.

    ``hits`` are the passages found for it, best first, at least one; ``today`` is what «tháng này»
    and «quá hạn» are told from. ``chosen`` are the documents that it is read from, where they are
    others than those in its focus.
    """

    question: Question
    hits: Sequence[Hit]
    index: LibraryIndex
    scope: Scope
    today: datetime.date
    chosen: tuple[SourceDocument, ...] | None = None
    is_beside: bool = False  # the question names all of ``chosen``, and sets them side by side

    @cached_property
    def documents(self) -> Sequence[SourceDocument]:
        """The documents that the question is about, the likeliest first."""
        if self.chosen is not None:
            return self.chosen
        return focus(self.question, self.hits, self.index)

    @cached_property
    def evidence(self) -> Evidence:
        """What these documents say, sentence by sentence."""
        question, hits, index = self.question, self.hits, self.index
        beside = self.is_beside
        return Evidence.gather(question, hits, self.documents, index, self.scope, beside=beside)

    def side_by_side(self) -> Matter:
        """The same, of the documents that the question names where these are several."""
        own = self.index.mask(self.scope)
        named = documents_named(self.index, self.question, own)
        if not named:
            return self
        question = replace(self.question, across=True)
        chosen = tuple(self.index.documents[i] for i in named)
        return replace(self, question=question, chosen=chosen, is_beside=True)

    def of(self, documents: Sequence[SourceDocument]) -> Matter:
        """The same, of ``documents``, some of those that it is about."""
        if len(documents) == len(self.documents):
            return self
        return replace(self, chosen=tuple(documents))

    @property
    def is_named(self) -> bool:
        """Whether it is about one document alone, by its number or by the scope."""
        question = self.question
        if question.across:
            return False
        first = self.documents[0]
        named = any(refers_to(reference, first) for reference in question.references)
        return named or (not question.references and self.scope.documents == (first.id,))
