"""The documents of the library as its tab lists them: found, sorted, counted. No Gradio here."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from assistant.ui.page_view import has_pages
from ingest.normalise import normalise
from ingest.records import Obligation, SourceDocument
from ingest.remarks import Remark, remarks_of
from ingest.vietnamese import fold, has_diacritics

if TYPE_CHECKING:
    from ingest.pipeline import Library

ROWS_SHOWN = 100  # at first, and more with each «Xem thêm»


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and what is said of it beside its text.

    ``added`` is when it came into the library (UTC), None where that is not known; ``deadlines``
    counts its duties with a written deadline; ``alike`` are the documents whose texts are nearly
    the same: (document, share 0…1), the nearest first.
    """

    document: SourceDocument
    added: datetime | None = None
    deadlines: int = 0
    remarks: tuple[Remark, ...] = ()
    alike: tuple[tuple[SourceDocument, float], ...] = ()

    @property
    def pages(self) -> int | None:
        """How many pages it has; None where its file is not divided into pages."""
        count = len(self.document.page_starts)
        return count if count > 1 or has_pages(self.document) else None

    @property
    def warnings(self) -> int:
        """How many things about it a person should look at."""
        return len(self.remarks) + bool(self.alike)


class Catalogue:
    """The entries of a library, made anew when it has changed."""

    def __init__(self) -> None:
        self._made: tuple[int, tuple[Entry, ...]] | None = None  # with the revision
        self._making = threading.Lock()

    def entries(self, library: Library) -> tuple[Entry, ...]:
        """An entry for each document of ``library`` as it stands."""
        with self._making:
            revision = library.revision
            if self._made is None or self._made[0] != revision:
                self._made = revision, entries_of(library)
            return self._made[1]


def entries_of(library: Library) -> tuple[Entry, ...]:
    """An entry for each document of ``library``."""
    documents = {document.id: document for document in library.documents()}
    duties: defaultdict[str, list[Obligation]] = defaultdict(list)
    for duty in library.obligations():
        duties[duty.document_id].append(duty)
    alike: defaultdict[str, list[tuple[SourceDocument, float]]] = defaultdict(list)
    for pair in library.alike():
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if one in documents and other in documents:
                alike[one].append((documents[other], pair.share))
    return tuple(
        Entry(
            document,
            library.added_at(document.id),
            sum(duty.is_dated for duty in duties[document.id]),
            tuple(remarks_of(document, duties[document.id], library.corrections(document.id))),
            tuple(alike[document.id]),
        )
        for document in documents.values()
    )


# --- What is wanted ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters as they were filled in."""

    words: str = ""
    kinds: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    doubtful: bool = False  # only documents with warnings

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Wanted:
        """The filters from the values of their fields, as the page gives them."""
        return cls(
            words=" ".join((given["words"] or "").split()),
            doubtful=bool(given["doubtful"]),
            **{name: tuple(given[name] or ()) for name in ("kinds", "issuers", "years")},
        )

    @property
    def is_narrow(self) -> bool:
        """Whether a filter is in force."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class Order:
    """How the rows are sorted, and how many are shown: what the page keeps between two events."""

    sort: str = "added"
    descending: bool = True
    limit: int = ROWS_SHOWN

    def from_the_first(self) -> Order:
        """The same for other rows."""
        return replace(self, limit=ROWS_SHOWN)

    def turned(self, ask: object, value: object) -> Order:
        """The order after what the page asked for; the same column twice turns it round."""
        match ask:
            case "sort" if value in SORTS:
                turn = not self.descending if value == self.sort else value in _LARGEST_FIRST
                return Order(str(value), turn)
            case "more":
                return replace(self, limit=self.limit + ROWS_SHOWN)
        return self


@dataclass(frozen=True, slots=True)
class Found:
    """The entries that are wanted, sorted; ``total`` counts all of the library."""

    entries: tuple[Entry, ...]
    total: int
    doubtful: int  # of all, those with warnings
    wanted: Wanted = Wanted()
    order: Order = Order()

    @property
    def shown(self) -> tuple[Entry, ...]:
        return self.entries[: self.order.limit]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return max(0, len(self.entries) - self.order.limit)


def find(entries: Sequence[Entry], asked: Wanted, order: Order) -> Found:
    """The entries that ``asked`` leaves, sorted; what lacks the value sorted by stands last.

    Words are looked for in the name, number, title, kind and issuer: with their diacritics where
    they have any, else without.
    """
    words = _searched(asked.words).split()
    found = [entry for entry in entries if _is_wanted(entry, asked, words)]
    found.sort(key=lambda entry: (natural(entry.document.name), entry.document.id))
    key = SORTS[order.sort]
    keyed = [(key(entry), entry) for entry in found]
    have = [(value, entry) for value, entry in keyed if value is not None]
    have.sort(key=lambda pair: pair[0], reverse=order.descending)
    lack = (entry for value, entry in keyed if value is None)
    doubtful = sum(entry.warnings > 0 for entry in entries)
    sorted_ = (*(entry for _, entry in have), *lack)
    return Found(sorted_, len(entries), doubtful, asked, order)


def _is_wanted(entry: Entry, asked: Wanted, words: Sequence[str]) -> bool:
    header = entry.document.header
    chosen = (
        (asked.kinds, header.kind.value if header.kind else None),
        (asked.issuers, header.issuer.value if header.issuer else None),
        (asked.years, header.date.value[:4] if header.date else None),
    )
    if any(values and value not in values for values, value in chosen):
        return False
    if asked.doubtful and not entry.warnings:
        return False
    return not words or _holds(entry.document, words)


def _holds(document: SourceDocument, words: Iterable[str]) -> bool:
    header = document.header
    fields = (header.number, header.title, header.kind, header.issuer)
    text = _searched(" ".join((document.name, *(field.value for field in fields if field))))
    folded = fold(text)
    return all(word in (text if has_diacritics(word) else folded) for word in words)


@lru_cache(maxsize=20_000)
def _searched(text: str) -> str:
    return normalise(text).lower()


# --- Sorting -------------------------------------------------------------------------------------

_DIGITS = re.compile(r"(\d+)")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(0x100 + place) for place, letter in enumerate(_ALPHABET)}
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order


@lru_cache(maxsize=20_000)
def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which «số 9» stands before «số 10», and «ă» between «a» and «b».

    Tones count only between words that are otherwise the same, as in a dictionary.
    """
    parts = _DIGITS.split(_searched(text))
    return tuple(
        (0, int(part), "") if index % 2 else (1, 0, _alphabetical(part))
        for index, part in enumerate(parts)
        if part
    )


def _alphabetical(text: str) -> str:
    letters = [_letter(character) for character in text]
    return "".join(base for base, _ in letters) + "\0" + "".join(tone for _, tone in letters)


@cache
def _letter(character: str) -> tuple[str, str]:
    """Where a letter stands in the alphabet, and its tone."""
    decomposed = unicodedata.normalize("NFD", character)
    tone = max(map(_TONES.find, decomposed)) + 1
    base = "".join(mark for mark in decomposed if mark not in _TONES)
    base = unicodedata.normalize("NFC", base)
    return _PLACE.get(base, base), str(tone)


def _field(name: str) -> Callable[[Entry], Any]:
    def key(entry: Entry) -> Any:
        field = getattr(entry.document.header, name)
        return natural(field.value) if field else None

    return key


def _date(entry: Entry) -> str | None:
    date = entry.document.header.date
    return date.value if date else None


# What rows are sorted by: a key that is None where an entry has no such value.
SORTS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda entry: natural(entry.document.name),
    "number": _field("number"),
    "kind": _field("kind"),
    "issuer": _field("issuer"),
    "date": _date,
    "pages": lambda entry: entry.pages,
    "deadlines": lambda entry: entry.deadlines,
    "warnings": lambda entry: entry.warnings,
    "added": lambda entry: entry.added,
}
# The columns that a first click sorts downwards: what is newest, longest, fullest is looked for.
_LARGEST_FIRST = frozenset({"date", "pages", "deadlines", "warnings", "added"})
