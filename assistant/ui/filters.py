"""What a question can be narrowed to, read from the library's documents. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.records import Scope
from ingest.records import SourceDocument

Option = tuple[str, str]  # (what is shown, the value)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of each filter, sorted for reading; years newest first."""

    documents: tuple[Option, ...] = ()
    issuers: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    years: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Pick:
    """A value that was picked in one of the filters, by the filter's place among the four."""

    filter: int
    value: str
    label: str


def choices(documents: Iterable[SourceDocument]) -> Choices:
    """The filters' options for ``documents``."""
    shown = tuple(documents)
    issuers = {d.header.issuer.value for d in shown if d.header.issuer}
    kinds = {d.header.kind.value for d in shown if d.header.kind}
    years = {d.header.date.value[:4] for d in shown if d.header.date}
    return Choices(
        documents=tuple(sorted((_label(d), d.id) for d in shown)),
        issuers=tuple((issuer, issuer) for issuer in sorted(issuers)),
        kinds=tuple((kind.capitalize(), kind) for kind in sorted(kinds)),
        years=tuple((year, year) for year in sorted(years, reverse=True)),
    )


def _label(document: SourceDocument) -> str:
    number = document.header.number
    return f"{number.value} · {document.name}" if number else document.name


def still(options: Iterable[Option], chosen: Iterable[str] | None) -> list[str]:
    """What of ``chosen`` is among the options."""
    known = {value for _, value in options}
    return [value for value in chosen or () if value in known]


def scope(
    documents: Sequence[str] | None,
    issuers: Sequence[str] | None,
    kinds: Sequence[str] | None,
    years: Sequence[str] | None,
) -> Scope:
    """The Scope for what was picked in each filter; nothing picked narrows nothing."""
    return Scope(
        documents=tuple(documents or ()),
        issuers=tuple(issuers or ()),
        kinds=tuple(kinds or ()),
        years=tuple(int(year) for year in years or ()),
    )


def picked(
    documents: Iterable[SourceDocument], values: Sequence[Sequence[str] | None]
) -> list[Pick]:
    """What was picked, as it is shown; ``values`` are those of the four filters in their order."""
    found = choices(documents)
    options = (found.documents, found.issuers, found.kinds, found.years)
    return [
        Pick(place, value, label)
        for place, (offered, chosen) in enumerate(zip(options, values, strict=True))
        for label, value in offered
        if value in (chosen or ())
    ]
