"""The sentences and items of a block of passages with the terms they say, in arrays, made once.

To cut a passage into units and each into terms takes the most time of what is read for a question.
Here a unit has its place and the numbers of its syllables; a set of its terms is made of these.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.language import abbreviations
from assistant.units import SourceUnit, source_units, unit_words
from ingest.dates import DateMention
from ingest.lexical import term_syllables
from ingest.records import Passage, Role, SourceDocument
from ingest.vietnamese import fold

Array = NDArray[Any]

_KEPT_SETS = 1 << 10  # the units of a section share its headings
_KEPT_KEYS = 1 << 16
_BREAK = 0  # stands between two texts; the numbers of syllables begin at 1
_PAIR = 31  # a pair's key is first << _PAIR | second
_FOLDED = 1 << 62  # is added to the key of a folded term
_NO_TERM = -1
_OF_UNITS = ("starts", "ends", "fields", "said", "around", "before")


class SaidTerms(Set[str], Hashable):
    """A set of terms and folded keys, as :func:`assistant.units.said_by` gives it, held as the
    keys of a :class:`UnitTable`."""

    __slots__ = ("_key_of", "_keys", "_table")

    def __init__(self, keys: Iterable[int], table: UnitTable) -> None:
        self._keys = frozenset(keys)
        self._table = table
        self._key_of = table.key_of

    def __contains__(self, term: object) -> bool:
        return self._key_of[term] in self._keys

    def __and__(self, other: Set[object]) -> frozenset[str]:
        if not isinstance(other, frozenset):
            return frozenset(self).intersection(other)
        # The same terms are looked for in each unit of an answer: their keys are found once.
        term_of = self._table.terms_by_key(other)
        return frozenset([term_of[key] for key in self._keys.intersection(term_of)])

    def __iter__(self) -> Iterator[str]:
        return map(self._table.term_of, self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    __hash__ = Set._hash

    @classmethod
    def _from_iterable(cls, terms: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(terms)


class _Keys(dict[object, int]):
    """Term → key, worked out when it is first met."""

    def __init__(self, table: UnitTable) -> None:
        self._table = table

    def __missing__(self, term: object) -> int:
        if len(self) >= _KEPT_KEYS:
            self.clear()
        key = self[term] = self._table.key(str(term))
        return key


class UnitTable:
    """The units of passages 0, 1, …; never changes.

    ``first``: of each passage in the arrays of units, one more. ``said``, ``around``, ``before``:
    of each unit, a speech; speech 0 says nothing. ``speech_starts``: of each speech in
    ``speech_words``, one more: syllables as their places in ``words`` and one more.
    ``folded_of``: of each such number, that of its folded form. ``odd``: passages that hold words
    with an underscore, whose terms look like pairs; their units are made anew.
    """

    def __init__(self, words: Sequence[str], arrays: Mapping[str, Array]) -> None:
        """``words`` and ``arrays`` as another one has them."""
        self.words = words
        self.arrays = arrays
        self.key_of = _Keys(self)
        self._first, self._odd = arrays["first"], arrays["odd"]
        self._of_units = [arrays[name] for name in _OF_UNITS]
        self._speech_starts, self._speech_words = arrays["speech_starts"], arrays["speech_words"]
        self._folded_of = arrays["folded_of"]
        self._shared = lru_cache(_KEPT_SETS)(self._said)
        self.terms_by_key = lru_cache(_KEPT_SETS)(self._terms_by_key)

    @classmethod
    def of(cls, passages: Iterable[tuple[SourceDocument, Passage]]) -> UnitTable:
        """The units of passages with their documents."""
        speeches = _Speeches()
        first, odd = [0], []
        units: list[tuple[int, int, bool, int, int, int]] = []
        for document, passage in passages:
            found = list(unit_words(document, passage.start, passage.end))
            texts = (text for u in found for text in (*u.said, *u.around, *u.before))
            odd.append(any("_" in text for text in texts))
            if not odd[-1]:
                units += [
                    (
                        unit.start,
                        unit.end,
                        unit.is_field,
                        speeches.number_of(unit.said),
                        speeches.shared(unit.around),
                        speeches.shared(unit.before),
                    )
                    for unit in found
                ]
            first.append(len(units))
        columns = np.array(units, dtype=np.int32).reshape(-1, len(_OF_UNITS)).T
        arrays: dict[str, Array] = {
            name: np.ascontiguousarray(column)
            for name, column in zip(_OF_UNITS, columns, strict=True)
        }
        arrays["fields"] = arrays["fields"].astype(bool)
        arrays |= {"first": np.array(first, dtype=np.int64), "odd": np.array(odd, dtype=bool)}
        return cls(speeches.words(), arrays | speeches.arrays())

    def __len__(self) -> int:
        return len(self._odd)

    def units(
        self,
        row: int,
        document: SourceDocument,
        span: tuple[int, int],
        role: Role,
        dates: Sequence[DateMention],
    ) -> tuple[SourceUnit, ...]:
        """The units of a passage, ``document.text[span]``, in order; ``dates`` are those in it."""
        if self._odd[row]:
            return tuple(source_units(document, *span, role, dates))
        own = slice(int(self._first[row]), int(self._first[row + 1]))
        columns = [column[own].tolist() for column in self._of_units]
        return tuple(
            SourceUnit(
                document=document,
                start=start,
                end=end,
                role=role,
                is_field=is_field,
                said=self._said(said),
                around=self._shared(around),
                before=self._shared(before),
                dates=tuple(d for d in dates if start <= d.start < end),
            )
            for start, end, is_field, said, around, before in zip(*columns, strict=True)
        )

    def _said(self, speech: int) -> Set[str]:
        where = slice(int(self._speech_starts[speech]), int(self._speech_starts[speech + 1]))
        written = self._speech_words[where].astype(np.int64)
        if not len(written):
            return frozenset()
        folded = self._folded_of[written]
        keys = [written, written[:-1] << _PAIR | written[1:]]
        keys += [folded | _FOLDED, folded[:-1] << _PAIR | folded[1:] | _FOLDED]
        if not written.all():  # of several texts: no pair reaches from one into the next
            single, pair = written != _BREAK, (written[:-1] != _BREAK) & (written[1:] != _BREAK)
            keys = [own[kept] for own, kept in zip(keys, (single, pair) * 2, strict=True)]
        return SaidTerms(np.concatenate(keys).tolist(), self)

    def key(self, term: str) -> int:
        """The key of a term or folded key; -1 where no unit has it."""
        folded = term[:1] == "~"
        numbers = self._folded_ids if folded else self._ids
        ids = [numbers.get(part, 0) for part in (term[1:] if folded else term).split("_")]
        if len(ids) > 2 or 0 in ids:
            return _NO_TERM
        key = ids[0] if len(ids) == 1 else ids[0] << _PAIR | ids[1]
        return key | _FOLDED if folded else key

    def _terms_by_key(self, terms: frozenset[str]) -> dict[int, str]:
        """Those of ``terms`` that a unit has, by their keys."""
        return {key: term for term in terms if (key := self.key_of[term]) != _NO_TERM}

    def term_of(self, key: int) -> str:
        """The term or folded key with that key."""
        names, mark = (self._folded_words, "~") if key & _FOLDED else (self.words, "")
        first, second = (key & ~_FOLDED) >> _PAIR, key & ((1 << _PAIR) - 1)
        parts = [names[number - 1] for number in (first, second) if number]
        return mark + "_".join(parts)

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words, 1)}

    @cached_property
    def _folded_ids(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self._folded_words, 1)}

    @cached_property
    def _folded_words(self) -> list[str]:
        return list(dict.fromkeys(map(fold, self.words)))

    def without(self, gone: NDArray[np.bool_]) -> UnitTable:
        """The units of all passages but those of the mask ``gone``, without any word that only
        they hold."""
        kept = ~gone
        sizes = np.diff(self._first)
        units = {name: self.arrays[name][np.repeat(kept, sizes)] for name in _OF_UNITS}
        speeches = np.unique(
            np.concatenate([[0], units["said"], units["around"], units["before"]])
        ).astype(np.int64)
        for name in ("said", "around", "before"):
            units[name] = speeches.searchsorted(units[name]).astype(np.int32)
        lengths = np.diff(self._speech_starts)
        held = np.zeros(len(lengths), dtype=bool)
        held[speeches] = True
        flat = self._speech_words[np.repeat(held, lengths)].astype(np.int64)
        used = np.unique(flat[flat != _BREAK])
        renumbered = np.zeros(len(self._folded_of), dtype=np.int64)
        renumbered[used] = np.arange(1, len(used) + 1)
        words = [self.words[number - 1] for number in used.tolist()]
        arrays = units | {
            "first": _starts(sizes[kept]),
            "odd": self._odd[kept],
            "speech_starts": _starts(lengths[held]),
            "speech_words": _smallest(renumbered[flat], len(words)),
            "folded_of": _folded_of(words),
        }
        return UnitTable(words, arrays)


class _Speeches:
    """Texts as syllables' numbers, while a table is made."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._flat: list[Array] = []
        self._shared: dict[tuple[str, ...], int] = {(): 0}

    def shared(self, texts: tuple[str, ...]) -> int:
        """The number of the speech of ``texts``, which other units may have too."""
        said = tuple(text for text in texts if text)
        if said not in self._shared:
            self._shared[said] = self.number_of(said)
        return self._shared[said]

    def number_of(self, texts: Iterable[str]) -> int:
        """The number of a new speech: ``texts``, their abbreviations in full too."""
        ids = self._ids
        numbers: list[int] = []
        for text in texts:
            full = abbreviations.written_out(text)
            for said in (text,) if full == text else (text, full):
                numbers += [_BREAK] if numbers else []
                numbers += [ids.setdefault(unit, len(ids) + 1) for unit in term_syllables(said)]
        self._flat.append(np.array(numbers, dtype=np.int32))
        return len(self._flat)

    def words(self) -> list[str]:
        return list(self._ids)

    def arrays(self) -> dict[str, Array]:
        flat = np.concatenate([np.zeros(0, dtype=np.int32), *self._flat])
        sizes = np.array([0, *map(len, self._flat)], dtype=np.int64)
        return {
            "speech_starts": _starts(sizes),
            "speech_words": _smallest(flat, len(self._ids)),
            "folded_of": _folded_of(self.words()),
        }


def _starts(sizes: Array) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]).astype(np.int64)


def _smallest(numbers: Array, most: int) -> Array:
    return numbers.astype(np.uint16 if most < 1 << 16 else np.int32)


def _folded_of(words: Sequence[str]) -> NDArray[np.int64]:
    """Of the number of each word, that of its folded form; 0 of 0."""
    ids: dict[str, int] = {}
    return np.array([0, *(ids.setdefault(fold(word), len(ids) + 1) for word in words)], np.int64)
