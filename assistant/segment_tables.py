"""What the question path derives from a segment of a library, made once and kept beside it.

Tables follow from a segment's records and this program alone: another version of the program makes
its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import assistant
import ingest
from assistant.cards import card_of, name_pairs, number_keys, numbers_in, year_of
from assistant.dated import is_dated, mentions_of
from assistant.language import abbreviations
from assistant.rerank import CutTable, Cutter
from assistant.said import underscored
from assistant.term_sets import TermSets
from assistant.unit_table import UnitTable
from assistant.units import said_by
from ingest.dates import DateMention
from ingest.embed.static import default_encoder
from ingest.lexical import Postings, Syllables
from ingest.pipeline import Library, context_of
from ingest.records import Passage, SourceDocument
from ingest.segments import Segment
from ingest.shelf import Parts, with_strings

KIND = "tables"
HEADER_FIELDS = ("signer", "signer_position", "recipients", "addressee", "number", "date", "bases")
_POSTINGS = ("passages", "cards")
_WORD_TABLES = ("cuts", "units")


@dataclass(frozen=True, slots=True)
class SegmentTables:
    """Tables over the passages (rows) and documents (places) of one segment.

    ``passages``: the words under the headings are a passage's own, those of its document's title
    its head. ``cards``: of the documents. ``cuts``: passages under their context, as the reranker
    measures them. ``units``: their sentences and items. Sets of each document: terms its card says
    (``said``), pairs of its names (``names``), keys of its number (``keys``), deadlines of its
    duties (``due``).
    Sets of each passage: keys of the numbers in it (``numbers``), terms of words with an underscore
    (``odd``), values of its dates (``dates``).
    """

    passages: Postings
    cards: Postings
    cuts: CutTable
    units: UnitTable
    said: TermSets
    names: TermSets
    keys: TermSets
    due: TermSets
    numbers: TermSets
    odd: TermSets
    dates: TermSets
    dated: NDArray[np.bool_]
    fields: NDArray[np.bool_]  # (HEADER_FIELDS, passages): whether a passage holds the field
    years: NDArray[np.int16]  # of issue; 0 where there is none
    definitions: tuple[Mapping[str, str], ...]  # short forms that documents define
    mentions: Sequence[str]  # the dates in each document, as JSON

    @classmethod
    def of(cls, segment: Segment) -> SegmentTables:
        """The tables of ``segment``."""
        cutter, card_cutter = Syllables(), Syllables()
        heads, texts, cards = [], [], []
        found: dict[str, list[Any]] = {name: [] for name in _SETS}
        dated: list[bool] = []
        fields = np.zeros((len(HEADER_FIELDS), len(segment)), dtype=bool)
        years, definitions, mentions = [], [], []
        for place, stored in enumerate(segment.documents):
            document = stored.whole()
            rows = segment.rows_of(place)
            passages = [segment.passage(row) for row in range(rows.start, rows.stop)]
            head = cutter.ids_of(_title_of(document))
            card = card_of(document)
            cards.append(card_cutter.ids_of(card))
            found["said"].append(said_by(card))
            found["names"].append(name_pairs(document))
            found["keys"].append(number_keys(document))
            duties = segment.duties(place)
            found["due"].append({duty.deadline for duty in duties if duty.deadline})
            years.append(year_of(document) or 0)
            definitions.append(abbreviations.defined_in(document.text))
            dates = mentions_of(document)
            mentions.append(_json([astuple(mention) for mention in dates]))
            values = [(m.start, m.value) for m in dates if not m.reference and not m.named_day]
            for row, passage in enumerate(passages, rows.start):
                more = "\n".join(abbreviations.meant_in(passage.text))
                parts = (*passage.headings, passage.text, more)
                heads.append(head)
                texts.append(np.concatenate([cutter.ids_of(part) for part in parts]))
                found["numbers"].append(numbers_in(passage.text))
                found["odd"].append(underscored("\n".join(parts)))
                found["dates"].append(
                    {value for at, value in values if passage.start <= at < passage.end}
                )
                dated.append(is_dated(passage.text))
                fields[:, row] = _fields_in(document, passage)
        return cls(
            passages=Postings.of(heads, texts, cutter.vocabulary()),
            cards=Postings.of(
                [np.zeros(0, np.int64)] * len(cards), cards, card_cutter.vocabulary()
            ),
            cuts=CutTable.of(_texts_in_context(segment), Cutter(default_encoder())),
            units=UnitTable.of(_passages_of(segment)),
            **{name: TermSets.of(sets) for name, sets in found.items()},
            dated=np.array(dated, dtype=bool),
            fields=fields,
            years=np.array(years, dtype=np.int16),
            definitions=tuple(definitions),
            mentions=mentions,
        )

    def without(self, segment: Segment, gone: NDArray[np.bool_]) -> SegmentTables:
        """The tables of ``segment`` without the documents of the mask ``gone``."""
        lost = np.repeat(gone, np.diff(segment.first_rows))
        of_documents = {name: getattr(self, name).without(gone) for name in _OF_DOCUMENTS}
        of_passages = {name: getattr(self, name).without(lost) for name in _OF_PASSAGES}
        return SegmentTables(
            passages=self.passages.without(lost),
            cards=self.cards.without(gone),
            cuts=self.cuts.without(lost),
            units=self.units.without(lost),
            **of_documents,
            **of_passages,
            dated=self.dated[~lost],
            fields=self.fields[:, ~lost],
            years=self.years[~gone],
            definitions=tuple(d for d, g in zip(self.definitions, gone, strict=True) if not g),
            mentions=[m for m, g in zip(self.mentions, gone, strict=True) if not g],
        )

    def dates_in(self, place: int) -> list[DateMention]:
        """The dates in a document, as :func:`~assistant.dated.mentions_of` finds them."""
        return [DateMention(*values) for values in json.loads(self.mentions[place])]

    def parts(self, documents: Sequence[str]) -> Parts:
        """The arrays of these tables, for a shelf."""
        arrays: dict[str, NDArray[Any]] = {
            "dated": self.dated,
            "fields": self.fields,
            "years": self.years,
        }
        definitions = [_json(d) for d in self.definitions]
        arrays |= with_strings(definitions=definitions, mentions=self.mentions)
        for name in _POSTINGS:
            postings: Postings = getattr(self, name)
            arrays |= {f"{name}.{key}": array for key, array in postings.arrays.items()}
            arrays |= with_strings(**{f"{name}.words": postings.vocabulary})
        tables: CutTable | UnitTable
        for name in _WORD_TABLES:
            tables = getattr(self, name)
            arrays |= {f"{name}.{key}": array for key, array in tables.arrays.items()}
            arrays |= with_strings(**{f"{name}.words": tables.words})
        for name in _SETS:
            arrays |= {f"{name}.{key}": array for key, array in getattr(self, name).arrays.items()}
        return Parts(tuple(documents), arrays)

    @classmethod
    def from_parts(cls, parts: Parts) -> SegmentTables:
        """The tables that :meth:`parts` gave."""

        def under(name: str) -> dict[str, NDArray[Any]]:
            prefix = f"{name}."
            return {
                k.removeprefix(prefix): v for k, v in parts.arrays.items() if k.startswith(prefix)
            }

        return cls(
            passages=Postings(parts.strings("passages.words"), under("passages")),
            cards=Postings(parts.strings("cards.words"), under("cards")),
            cuts=CutTable(list(parts.strings("cuts.words")), under("cuts")),
            units=UnitTable(list(parts.strings("units.words")), under("units")),
            **{name: TermSets(under(name)) for name in _SETS},
            dated=parts.arrays["dated"],
            fields=parts.arrays["fields"],
            years=parts.arrays["years"],
            definitions=tuple(json.loads(d) for d in parts.strings("definitions")),
            mentions=parts.strings("mentions"),
        )


_OF_DOCUMENTS = ("said", "names", "keys", "due")
_OF_PASSAGES = ("numbers", "odd", "dates")
_SETS = (*_OF_DOCUMENTS, *_OF_PASSAGES)


def tables_of(segment: Segment, library: Library) -> SegmentTables:
    """The tables of ``segment``, from the library's shelf where they are on it."""
    parts = library.shelf.get(segment.name, KIND, version())
    if parts is None or parts.documents != segment.ids:
        return kept_tables(SegmentTables.of(segment), segment, library)
    return SegmentTables.from_parts(parts)


def kept_tables(made: SegmentTables, segment: Segment, library: Library) -> SegmentTables:
    """``made`` put on the library's shelf, and taken from there."""
    parts = library.keep(segment, KIND, version(), made.parts(segment.ids))
    return made if parts is None else SegmentTables.from_parts(parts)


@cache
def version() -> str:
    """Names what tables are made by: all code and tables of words of both packages, and the
    embedding whose pieces the reranker measures."""
    digest = hashlib.sha256(default_encoder().version.encode())
    for package in (ingest, assistant):
        folder = Path(package.__file__ or "").parent
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".tsv", ".txt") and "ui" not in path.parts:
                digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def _passages_of(segment: Segment) -> Iterator[tuple[SourceDocument, Passage]]:
    """The passages in order, each with its document."""
    for place, stored in enumerate(segment.documents):
        document, rows = stored.whole(), segment.rows_of(place)
        yield from ((document, segment.passage(row)) for row in range(rows.start, rows.stop))


def _texts_in_context(segment: Segment) -> Iterator[str]:
    for document, passage in _passages_of(segment):
        yield text_in_context(document, passage)


def text_in_context(document: SourceDocument, passage: Passage) -> str:
    """A passage's text under its document's title and its headings."""
    return f"{context_of(document, passage)}\n{passage.text}"


def _title_of(document: SourceDocument) -> str:
    """The words that every passage of ``document`` has before its headings."""
    bare = Passage("", document.id, 0, 0, 1, document.roles[0][1], (), (), "")
    return context_of(document, replace(bare, headings=()))


def _fields_in(document: SourceDocument, passage: Passage) -> list[bool]:
    found = []
    for name in HEADER_FIELDS:
        value = getattr(document.header, name)
        starts = [f.start for f in (value if isinstance(value, tuple) else (value,)) if f]
        found.append(any(passage.start <= start < passage.end for start in starts))
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
