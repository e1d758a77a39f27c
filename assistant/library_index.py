"""What the question path derives from a library at one revision: indexes, cards, names, units.

The index is read-only; a library that changes gets a new one.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.cards import card_of, name_pairs, number_keys, numbers_in, refers_to, year_of
from assistant.dated import is_dated, mentions_of
from assistant.language import abbreviations
from assistant.lexicon import Lexicon
from assistant.records import Question, Reference, RegisterRow
from assistant.register import Query, Register
from assistant.rerank import Reranker
from assistant.said import SaidIn, rows_with_underscores
from assistant.units import SourceUnit, folded_term, said_by, source_units, unit_of
from ingest.dates import DateMention
from ingest.embed.reranker import Reranker as CrossEncoder
from ingest.header import number_key
from ingest.lexical import LexicalIndex, Syllables, terms
from ingest.pipeline import Library, context_of
from ingest.records import Passage, Role, SourceDocument
from ingest.vietnamese import fold

Scores = NDArray[np.float32]

_NO_ROWS = np.zeros(0, dtype=np.int32)
HEADER_FIELDS = ("signer", "signer_position", "recipients", "addressee", "number", "date", "bases")


class LibraryIndex:
    """Tables over the passages and documents of a library, rows in the order of ``passages``."""

    def __init__(self, library: Library, cross_encoder: CrossEncoder | None = None) -> None:
        """``cross_encoder`` reads the best passages of each search again, where one is set."""
        self.cross_encoder = cross_encoder
        self.revision = library.revision
        self.library = library
        documents = {d.id: d for d in library.documents()}
        # A document may be removed between the two readings.
        self.passages = tuple(p for p in library.passages() if p.document_id in documents)
        self.documents = tuple(
            documents[i] for i in dict.fromkeys(p.document_id for p in self.passages)
        )
        self._obligations = [o for o in library.obligations() if o.document_id in documents]
        self._duties: dict[str, tuple[tuple[RegisterRow, SourceUnit], ...]] = {}
        self._position = position = {d.id: i for i, d in enumerate(self.documents)}
        self.row_of = {p.id: i for i, p in enumerate(self.passages)}
        self.document_of = np.array([position[p.document_id] for p in self.passages], dtype=int)
        self.rows = _rows_of(self.document_of, len(self.documents))
        self.starts = np.array([rows.start for rows in self.rows], dtype=int)
        cutter = Syllables()
        written_out = ["\n".join(abbreviations.meant_in(p.text)) for p in self.passages]
        self.context = LexicalIndex(
            [
                (context_of(self.documents[d], p), p.text, more)
                for p, d, more in zip(self.passages, self.document_of, written_out, strict=True)
            ],
            cutter,
        )
        under_headings = [
            (*p.headings, p.text, more) for p, more in zip(self.passages, written_out, strict=True)
        ]
        self.section = LexicalIndex(under_headings, cutter)
        self._underscored = rows_with_underscores(under_headings)
        cards = [card_of(d) for d in self.documents]
        self.cards = LexicalIndex(cards, cutter)
        self.reranker = Reranker(self.context)
        self.lexicon = Lexicon(self.context.counts(), (d.text for d in self.documents))
        names = self._names_of_few()
        self._named_in = Counter(t for own in names for t in own)
        self.card_terms = [
            frozenset(terms(fold(card))) | {t[1:] for t in own if t[0] == "~"}
            for card, own in zip(cards, names, strict=True)
        ]
        self._card_said = [said_by(card) | own for card, own in zip(cards, names, strict=True)]
        self._on_cards = Counter(t for card in self._card_said for t in card)
        self._dates: dict[str, list[DateMention]] = {}
        self.dated = np.array([is_dated(p.text) for p in self.passages], dtype=np.float32)
        self._units: dict[str, tuple[SourceUnit, ...]] = {}
        self._vectors: dict[tuple[str, int], Scores] = {}
        self.holds_field = {field: self._passages_with(field) for field in HEADER_FIELDS}
        self.has_role = {
            role: np.array([p.role is role for p in self.passages], dtype=np.float32)
            for role in Role
        }
        self._mentioned = [numbers_in(p.text) for p in self.passages]
        self._mentioning: dict[str, list[int]] = {}
        for row, numbers in enumerate(self._mentioned):
            for number in numbers:
                self._mentioning.setdefault(number, []).append(row)
        self.years = np.array([year_of(d) or 0 for d in self.documents])
        self._numbered: dict[str, list[int]] = {}
        for row, document in enumerate(self.documents):
            for key in number_keys(document):
                self._numbered.setdefault(key, []).append(row)

    def text_in_context(self, row: int) -> str:
        """A passage's text under its document's title and its headings."""
        passage = self.passages[row]
        return f"{context_of(self.documents[self.document_of[row]], passage)}\n{passage.text}"

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id."""
        return self.documents[self._position[document_id]]

    def knows(self, reference: Reference, document: SourceDocument) -> bool:
        """Whether ``document`` is the one that ``reference`` names, or cites it."""
        if refers_to(reference, document):
            return True
        key = number_key(reference.number)
        cited = frozenset().union(*self._mentioned[self.rows[self._position[document.id]]])
        if re.search(r"[a-z]", key):
            return key in cited
        number = document.header.number
        if number is None:
            return key in (n.lstrip("0") for n in re.findall(r"\d+", document.name))
        cited -= {number_key(number.value)}  # its own digits under another kind: not this one
        return any(re.match(rf"{key}(?!\d)", c) for c in cited)

    def holds_years(self, years: Sequence[int], document: SourceDocument) -> bool:
        """Whether ``document`` was issued in or speaks of every one of ``years``."""
        said = self.said_in(document.id)
        return all(y == year_of(document) or str(y) in said for y in years)

    def card_said(self, document_id: str) -> frozenset[str]:
        """Terms of a document's card and names, as :func:`said_by` gives them."""
        return self._card_said[self._position[document_id]]

    def said_in(self, document_id: str) -> Container[str]:
        """Terms of a document's text and card, as :func:`said_by` gives them."""
        at = self._position[document_id]
        return SaidIn(self._card_said[at], self.rows[at], self.rows_with)

    def rows_with(self, term: str) -> NDArray[np.int32]:
        """The passages that hold a term or folded key, in order."""
        odd = self._underscored.get(term, _NO_ROWS)
        if term.count("_") > 1:
            return odd
        folded = term.startswith("~")
        rows = self.section.rows_with(term[1:] if folded else term, folded)
        return np.union1d(rows, odd) if len(odd) else rows

    def holds(self, term: str) -> bool:
        """Whether a term or folded key stands anywhere in the library."""
        return len(self.rows_with(term)) > 0 or term in self._on_cards

    def rows_mentioning(self, number: str) -> list[int]:
        """The passages that name the document with that number key."""
        return self._mentioning.get(number, [])

    def cited_in(self, row: int) -> list[int]:
        """The rows of the library's other documents whose whole number the passage names."""
        own = int(self.document_of[row])
        found = {
            document
            for number in self._mentioned[row]
            for document in self._numbered.get(number, ())
            if document != own
        }
        return sorted(found)

    def referred_to(self, reference: Reference) -> list[int]:
        """The rows of the documents that ``reference`` names."""
        found = self._numbered.get(number_key(reference.number), ())
        return [row for row in found if refers_to(reference, self.documents[row])]

    def association(self, pair: str) -> float:
        """How much two syllables belong together: 1 where the rarer is never without the other.

        «kinh_phi» is a word and near 1; «phi_cua» is an accident and near 0.
        """
        mark = "~" if pair[0] == "~" else ""
        cuts = [at for at, character in enumerate(pair) if character == "_"]  # «xem_mau_01» has two
        halves = [(pair[:at], mark + pair[at + 1 :]) for at in cuts]
        rarer = max(min(len(self.rows_with(a)), len(self.rows_with(b))) for a, b in halves)
        return min(1.0, len(self.rows_with(pair)) / rarer) if rarer else 1.0

    def rarity(self, term: str) -> float:
        """How rare a term or folded key is among the passages: 0 in all of them … 1 in one."""
        if len(self.passages) < 2:
            return 1.0
        found = max(1, len(self.rows_with(term)))
        return max(0.05, 1.0 - math.log(found) / math.log(len(self.passages)))

    def _names_of_few(self) -> list[frozenset[str]]:
        """For each document the pairs of its names that few others hold («Bình An», «quận 5»)."""
        names = [name_pairs(d) for d in self.documents]
        spread = {
            t: len(np.unique(self.document_of[self.rows_with(t)]))
            for t in frozenset().union(*names)
        }
        few = max(1, len(self.documents) // 8)
        return [frozenset(t for t in own if spread[t] <= few) for own in names]

    def identity_share(self, question: Question, document_id: str) -> float:
        """Share of the names in the question that ``document_id`` holds; 1 where it has none.

        Only names that few documents hold count: they tell documents apart.
        """
        said = abbreviations.written_out(question.search)
        asked = frozenset(folded_term(t) for t in terms(said) if "_" in t)
        telling = {t: 1.0 / self._named_in[t] for t in asked if t in self._named_in}
        total = sum(telling.values())
        held = self.said_in(document_id)
        return sum(w for t, w in telling.items() if t in held) / total if total else 1.0

    def dated_passages(self) -> list[Passage]:
        """The passages that give a date which is not another document's."""
        return [p for p, dated in zip(self.passages, self.dated, strict=True) if dated]

    def passages_at(self, document_id: str, start: int, end: int) -> list[Passage]:
        """The passages that hold a part of ``text[start:end]`` of a document, in order."""
        rows = self.rows[self._position[document_id]]
        return [p for p in self.passages[rows] if p.start < end and start < p.end]

    def units_of(self, passage: Passage) -> tuple[SourceUnit, ...]:
        """The sentences and items of ``passage``; made at first use and kept."""
        units = self._units.get(passage.id)
        if units is None:
            document = self.document(passage.document_id)
            units = tuple(
                source_units(
                    document, passage.start, passage.end, passage.role, self._dates_in(passage)
                )
            )
            self._units[passage.id] = units
        return units

    def units_of_document(self, document_id: str) -> Iterator[SourceUnit]:
        """The sentences and items of a whole document, in order."""
        for passage in self.passages[self.rows[self._position[document_id]]]:
            yield from self.units_of(passage)

    def similarity(self, question: Question, units: Sequence[SourceUnit]) -> list[float]:
        """Cosine similarity of the question to each unit; unit vectors are made once and kept."""
        missing = [u for u in units if (u.document.id, u.start) not in self._vectors]
        if missing:
            made = self.library.embeddings.encode([u.text for u in missing])
            for unit, vector in zip(missing, made, strict=True):
                self._vectors[unit.document.id, unit.start] = vector
        if not units:
            return []
        asked = np.asarray(self.library.embeddings.embed_query(question.search), dtype=np.float32)
        matrix = np.stack([self._vectors[u.document.id, u.start] for u in units])
        return [float(x) for x in matrix @ asked]

    def similarity_to(self, question: Question, texts: Sequence[str]) -> list[float]:
        """Cosine similarity of the question to each text."""
        if not texts:
            return []
        asked = np.asarray(self.library.embeddings.embed_query(question.search), dtype=np.float32)
        return [float(x) for x in self.library.embeddings.encode(list(texts)) @ asked]

    @cached_property
    def register(self) -> Register:
        """The obligations of the library's documents."""
        return Register(self._obligations, {d.id: d for d in self.documents})

    def duties_of(self, document_id: str) -> tuple[tuple[RegisterRow, SourceUnit], ...]:
        """The rows of the register of a document, duties without a date too, each as a unit."""
        known = self._duties.get(document_id)
        if known is None:
            rows = self.register.find(Query(documents=(document_id,), undated=True))
            known = self._duties[document_id] = tuple((row, unit_of(row)) for row in rows)
        return known

    def _dates_in(self, passage: Passage) -> list[DateMention]:
        mentions = self._dates.get(passage.document_id)
        if mentions is None:
            mentions = mentions_of(self.document(passage.document_id))
            self._dates[passage.document_id] = mentions
        return [m for m in mentions if passage.start <= m.start < passage.end]

    def _passages_with(self, field: str) -> Scores:
        """1 for each passage in which a document's header ``field`` stands."""
        holds = np.zeros(len(self.passages), dtype=np.float32)
        for rows, document in zip(self.rows, self.documents, strict=True):
            value = getattr(document.header, field)
            starts = [f.start for f in (value if isinstance(value, tuple) else (value,)) if f]
            for row in range(rows.start, rows.stop):
                passage = self.passages[row]
                holds[row] = any(passage.start <= start < passage.end for start in starts)
        return holds


def _rows_of(document_of: NDArray[np.int_], count: int) -> list[slice]:
    """The rows of each document's passages, which stand together."""
    starts = np.searchsorted(document_of, np.arange(count + 1))
    return [slice(int(a), int(b)) for a, b in itertools.pairwise(starts)]
