"""What the question path derives from a library at one revision: indexes, cards, names, units.

The index is read-only; a library that changes gets a new one, which takes over the tables of all
segments that are still there. What follows from one document or one passage is in their tables
(:mod:`assistant.segment_tables`), what is read of them at need in
:mod:`assistant.library_contents`; here is what follows from all of them together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.cards import card_of, refers_to, year_of
from assistant.language import abbreviations
from assistant.lexicon import Lexicon
from assistant.library_contents import LibraryContents
from assistant.records import Question, Reference, RegisterRow
from assistant.rerank import Cut, Reranker
from assistant.said import SaidIn
from assistant.segment_tables import (
    HEADER_FIELDS,
)
from assistant.units import folded_term
from ingest.embed.reranker import Reranker as CrossEncoder
from ingest.header import number_key
from ingest.lexical import LexicalIndex, Postings, terms
from ingest.pipeline import Library
from ingest.records import Obligation, Passage, Role, SourceDocument
from ingest.vietnamese import fold

_NO_ROWS = np.zeros(0, dtype=np.int32)
# What is made at need is kept for the next question, as far as this many go.
_KEPT_DOCUMENTS = 256
_KEPT_TERMS = 8_192
_KEPT_QUESTIONS = 64
MOST_DATED = 200  # passages or duties of a date that are read: of more, those that fit best


class LibraryIndex(LibraryContents):
    """Tables over the passages and documents of a library, rows in the order of ``passages``."""

    def __init__(
        self,
        library: Library,
        cross_encoder: CrossEncoder | None = None,
        previous: LibraryIndex | None = None,
    ) -> None:
        """``cross_encoder`` reads the best passages of each search again, where one is set.

        ``previous`` is an index of the same library at an earlier revision.
        """
        self.cross_encoder = cross_encoder
        super().__init__(library, previous)
        self._row_documents = [  # of each segment: where its documents stand here, -1 for none
            np.full(len(segment.ids), -1, dtype=np.int32) for segment in self._segments
        ]
        for position, (which, place) in enumerate(self._places):
            self._row_documents[which][place] = position
        postings = [tables.passages for tables in self.tables]
        self.context = LexicalIndex.over(postings, own=False)
        self.section = LexicalIndex.over(postings, own=True)
        self.cards = LexicalIndex.over([self._cards_in(w) for w in range(len(postings))], own=True)
        self.reranker = Reranker(self.context)
        self._numbers_of_cuts = [self.reranker.numbers(t.cuts.words) for t in self.tables]
        self.lexicon = Lexicon(
            self.context.counts(),
            definitions=[d for tables in self.tables for d in tables.definitions],
        )
        self.dated = self._joined([t.dated.astype(np.float32) for t in self.tables])
        self.holds_field = {
            name: self._joined([t.fields[i].astype(np.float32) for t in self.tables])
            for i, name in enumerate(HEADER_FIELDS)
        }
        roles = self._joined([segment.roles for segment in self._segments])
        self.has_role = {role: (roles == i).astype(np.float32) for i, role in enumerate(Role)}
        self.years = np.array([self.tables[w].years[at] for w, at in self._places], dtype=int)
        self._few = max(1, len(self.documents) // 8)
        self.card_terms = lru_cache(_KEPT_DOCUMENTS)(self._make_card_terms)
        self._card_said = lru_cache(_KEPT_DOCUMENTS)(self._make_card_said)
        self._own_names = lru_cache(_KEPT_DOCUMENTS)(self._make_own_names)
        self._count = lru_cache(_KEPT_TERMS)(self._make_count)
        self._named_in = lru_cache(_KEPT_TERMS)(self._make_named_in)
        self._telling = lru_cache(_KEPT_QUESTIONS)(self._make_telling)

    def _cards_in(self, which: int) -> Postings:
        """The cards of a segment's documents, less those of documents without a passage."""
        without = self._row_documents[which] < 0
        cards = self.tables[which].cards
        return cards.without(without) if without.any() else cards

    @staticmethod
    def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate(arrays) if arrays else np.zeros(0)

    def cut(self, row: int) -> Cut:
        """A passage under its context, as :attr:`reranker` measures it."""
        which, at = self.passages.place(row)
        return self.tables[which].cuts.cut(at, self._numbers_of_cuts[which])

    def knows(self, reference: Reference, document: SourceDocument) -> bool:
        """Whether ``document`` is the one that ``reference`` names, or cites it."""
        if refers_to(reference, document):
            return True
        key = number_key(reference.number)
        cited = self._numbers_in(self.rows[self._position[document.id]])
        if re.search(r"[a-z]", key):
            return key in cited
        number = document.header.number
        if number is not None:
            cited -= {number_key(number.value)}  # its own digits under another kind: not this one
        elif key in (n.lstrip("0") for n in re.findall(r"\d+", document.name)):
            return True
        # A key has no slashes: «131/2020/QH14» is «1312020qh14».
        return any(re.match(rf"{key}(?:(?:19|20)\d\d)?(?!\d)", c) for c in cited)

    def holds_years(self, years: Sequence[int], document: SourceDocument) -> bool:
        """Whether ``document`` was issued in or speaks of every one of ``years``."""
        said = self.said_in(document.id)
        return all(y == year_of(document) or str(y) in said for y in years)

    def card_said(self, document_id: str) -> frozenset[str]:
        """Terms of a document's card and names, as :func:`said_by` gives them."""
        return self._card_said(self._position[document_id])

    def documents_saying(self, term: str) -> frozenset[int]:
        """The documents (their rows) of which :meth:`card_said` has ``term``."""
        found = self._documents_with("said", [term])
        if self._named_in(term):
            found += self._documents_with("names", [term])
        return frozenset(found)

    def said_in(self, document_id: str) -> Container[str]:
        """Terms of a document's text and card, as :func:`said_by` gives them."""
        at = self._position[document_id]
        return SaidIn(lambda term: self._card_says(at, term) or self._stands_in(at, term))

    def _card_says(self, document: int, term: str) -> bool:
        """Whether :meth:`card_said` has a term; the set need not be made."""
        which, place = self._places[document]
        tables = self.tables[which]
        if tables.said.has(place, term):
            return True
        return tables.names.has(place, term) and self._named_in(term) > 0

    def _stands_in(self, document: int, term: str) -> bool:
        """Whether a term or folded key stands in a document's passages."""
        which, place = self._places[document]
        odd = self.tables[which].odd.rows_with(term)
        if len(odd):
            rows = self._segments[which].rows_of(place)
            at = int(odd.searchsorted(rows.start))
            if at < len(odd) and odd[at] < rows.stop:
                return True
        if term.count("_") > 1:
            return False
        folded = term.startswith("~")
        return self.section.stands_in(self.rows[document], term[1:] if folded else term, folded)

    def rows_with(self, term: str) -> NDArray[np.int32]:
        """The passages that hold a term or folded key, in order."""
        odd = self._rows_in("odd", term)
        if term.count("_") > 1:
            return odd
        folded = term.startswith("~")
        rows = self.section.rows_with(term[1:] if folded else term, folded)
        return np.union1d(rows, odd) if len(odd) else rows

    def _rows_in(self, name: str, term: str) -> NDArray[np.int32]:
        """The passages of whose set of that name ``term`` is one, in order."""
        parts = [
            rows + np.int32(start)
            for tables, start in zip(self.tables, self.passages.offsets, strict=False)
            if len(rows := getattr(tables, name).rows_with(term))
        ]
        return np.concatenate(parts) if parts else _NO_ROWS

    def _make_count(self, term: str) -> int:
        """How many passages hold a term or folded key."""
        if term.count("_") > 1 or any(tables.odd.count(term) for tables in self.tables):
            return len(self.rows_with(term))
        folded = term.startswith("~")
        return self.section.spread(term[1:] if folded else term, folded)

    def holds(self, term: str) -> bool:
        """Whether a term or folded key stands anywhere in the library."""
        return self._count(term) > 0 or len(self.documents_saying(term)) > 0

    def rows_mentioning(self, number: str) -> list[int]:
        """The passages that name the document with that number key."""
        return self._rows_in("numbers", number).tolist()

    def _numbers_in(self, rows: slice) -> frozenset[str]:
        """The keys of the numbers that passages of one document name."""
        which, at = self.passages.place(rows.start)
        numbers = self.tables[which].numbers
        return frozenset(
            key for row in range(at, at + rows.stop - rows.start) for key in numbers.row(row)
        )

    def _numbered(self, key: str) -> list[int]:
        """The documents whose number has that key."""
        return self._documents_with("keys", [key])

    def cited_in(self, row: int) -> list[int]:
        """The rows of the library's other documents whose whole number the passage names."""
        own = int(self.document_of[row])
        found = {
            document
            for number in self._numbers_in(slice(row, row + 1))
            for document in self._numbered(number)
            if document != own
        }
        return sorted(found)

    def referred_to(self, reference: Reference) -> list[int]:
        """The rows of the documents that ``reference`` names."""
        found = self._numbered(number_key(reference.number))
        return [row for row in found if refers_to(reference, self.documents[row])]

    def association(self, pair: str) -> float:
        """How much two syllables belong together: 1 where the rarer is never without the other.

        «kinh_phi» is a word and near 1; «phi_cua» is an accident and near 0.
        """
        mark = "~" if pair[0] == "~" else ""
        cuts = [at for at, character in enumerate(pair) if character == "_"]  # «xem_mau_01» has two
        halves = [(pair[:at], mark + pair[at + 1 :]) for at in cuts]
        rarer = max(min(self._count(a), self._count(b)) for a, b in halves)
        return min(1.0, self._count(pair) / rarer) if rarer else 1.0

    def rarity(self, term: str) -> float:
        """How rare a term or folded key is among the passages: 0 in all of them … 1 in one."""
        if len(self.passages) < 2:
            return 1.0
        found = max(1, self._count(term))
        return max(0.05, 1.0 - math.log(found) / math.log(len(self.passages)))

    def _make_named_in(self, pair: str) -> int:
        """How many documents have a folded key of two words among their names, where few hold it;
        else 0."""
        named = sum(tables.names.count(pair) for tables in self.tables)
        if not named or len(np.unique(self.document_of[self.rows_with(pair)])) > self._few:
            return 0
        return named

    def _make_own_names(self, document: int) -> frozenset[str]:
        """The pairs of a document's names that few others hold («Bình An», «quận 5»)."""
        which, place = self._places[document]
        return frozenset(t for t in self.tables[which].names.row(place) if self._named_in(t))

    def _make_card_said(self, document: int) -> frozenset[str]:
        which, place = self._places[document]
        return frozenset(self.tables[which].said.row(place)) | self._own_names(document)

    def _make_card_terms(self, document: int) -> frozenset[str]:
        """Folded terms of a document's card and names."""
        card = fold(card_of(self.documents[document]))
        return frozenset(terms(card)) | {t[1:] for t in self._own_names(document) if t[0] == "~"}

    def identity_share(self, question: Question, document_id: str) -> float:
        """Share of the names in the question that ``document_id`` holds; 1 where it has none.

        Only names that few documents hold count: they tell documents apart.
        """
        telling = self._telling(question.search)
        total = sum(telling.values())
        held = self.said_in(document_id)
        return sum(w for t, w in telling.items() if t in held) / total if total else 1.0

    def _make_telling(self, asked: str) -> Mapping[str, float]:
        """The names in a question that few documents hold: the fewer, the more each weighs."""
        said = abbreviations.written_out(asked)
        pairs = frozenset(folded_term(t) for t in terms(said) if "_" in t)
        return {t: 1.0 / count for t in pairs if (count := self._named_in(t))}

    def passages_dated(
        self, agrees: Callable[[str], bool], inside: Container[str], question: Question
    ) -> list[Passage]:
        """The passages of documents ``inside`` (ids) that give a date whose normalised value
        ``agrees``, in order; of more than :data:`MOST_DATED` those that fit ``question`` best."""
        rows = self._rows_agreeing("dates", agrees)
        documents = self.document_of[rows]
        allowed = {int(d) for d in np.unique(documents) if self.documents[d].id in inside}
        kept = np.array([int(d) in allowed for d in documents], dtype=bool) & (self.dated[rows] > 0)
        return [self.passages[int(row)] for row in self._fitting(rows[kept], question)]

    def _rows_agreeing(self, name: str, agrees: Callable[[str], bool]) -> NDArray[np.int32]:
        """The passages of whose set of that name a term ``agrees``, in order."""
        terms_ = {t for tables in self.tables for t in getattr(tables, name).terms()}
        found = [self._rows_in(name, term) for term in terms_ if agrees(term)]
        return np.unique(np.concatenate(found)) if found else _NO_ROWS

    def _fitting(self, rows: NDArray[np.int32], question: Question) -> NDArray[np.int32]:
        """``rows``, or the :data:`MOST_DATED` of them with the best BM25, in order."""
        if len(rows) <= MOST_DATED:
            return rows
        fit = self.section.scores(question.search)[rows]
        return rows[np.sort(np.argsort(-fit, kind="stable")[:MOST_DATED])]

    def rows_due(
        self,
        agrees: Callable[[str], bool],
        wanted: Callable[[SourceDocument, Obligation], bool],
        question: Question,
    ) -> list[RegisterRow]:
        """The rows of the register that are ``wanted`` and have a deadline whose normalised value
        ``agrees``, by document and place in it.

        Of more than :data:`MOST_DATED` those in the passages that fit ``question`` best.
        """
        values = {value for tables in self.tables for value in tables.due.terms()}
        due = {value for value in values if agrees(value)}
        found = [
            (document, duty)
            for document in self._documents_with("due", due)
            for duty in self._duties_in(document)
            if duty.deadline in due and wanted(self.documents[document], duty)
        ]
        if len(found) > MOST_DATED:
            rows = np.array([self._row_at(d, duty.start) for d, duty in found], dtype=np.int32)
            best = set(self._fitting(np.unique(rows), question).tolist())
            found = [pair for pair, row in zip(found, rows.tolist(), strict=True) if row in best]
        return [self._row(document, duty) for document, duty in found]

    def _documents_with(self, name: str, terms_: Iterable[str]) -> list[int]:
        """The documents of whose set of that name one of ``terms_`` is one, in order."""
        found = {
            int(self._row_documents[which][place])
            for term in terms_
            for which, tables in enumerate(self.tables)
            for place in getattr(tables, name).rows_with(term)
        }
        return sorted(found - {-1})
