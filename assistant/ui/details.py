"""What was read of a document and can be corrected by hand, as it is typed. No Gradio here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.ui.conversation import Note
from assistant.ui.form import read_day
from ingest.errors import LibraryError
from ingest.records import Corrections, Header, SourceDocument

if TYPE_CHECKING:
    from ingest.pipeline import Library

FIELDS = ("name", "number", "kind", "issuer", "date", "title")


@dataclass(frozen=True, slots=True)
class Detail:
    """One of :data:`FIELDS`: its value as it is shown and typed, and as it was read."""

    name: str
    value: str
    read: str

    @property
    def is_corrected(self) -> bool:
        return self.value != self.read


@dataclass(frozen=True, slots=True)
class Problem:
    """A field that can't be kept as it was typed, and why; ``form`` is the form as a whole,
    ``version`` a newer file."""

    field: str
    note: Note


def details_of(document: SourceDocument) -> tuple[Detail, ...]:
    """The facts of ``document`` that can be corrected."""
    name, header = document.as_read or (document.name, document.header)
    return (
        Detail("name", document.name, name),
        *(Detail(f, _shown(document.header, f), _shown(header, f)) for f in FIELDS[1:]),
    )


def _shown(header: Header, field: str) -> str:
    found = getattr(header, field)
    value = found.value if found else ""
    return typed_date(value) if field == "date" else value


def typed_date(iso: str) -> str:
    """An ISO date as it is typed: ``2023-04-20`` is ``20/4/2023``, ``2023-04`` is ``4/2023``."""
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-")))


def typed_details(document: SourceDocument, typed: Mapping[str, Any]) -> tuple[Detail, ...]:
    """The facts as they were typed; a field that the page did not send stays as it is."""

    def value(detail: Detail) -> str:
        tidy = " ".join(str(typed.get(detail.name, detail.value)).split())
        return tidy.lower() if detail.name == "kind" else tidy

    return tuple(Detail(d.name, value(d), d.read) for d in details_of(document))


def save(library: Library, document: SourceDocument, details: tuple[Detail, ...]) -> Problem | None:
    """Keep what was typed; nothing of it where a field has a problem."""
    typed = {detail.name: detail for detail in details}
    try:
        corrections = _corrections(typed)
    except ValueError:
        value = (("typed", typed["date"].value),)
        return Problem("date", Note("bad_day", value))
    field = "name"
    try:
        if typed["name"].value != document.name:
            library.rename(document.id, typed["name"].value)
        field = "form"
        if corrections != library.corrections(document.id):
            library.correct(document.id, corrections)
    except LibraryError as error:
        return Problem(field, Note("reason", (("reason", error),)))
    return None


def _corrections(typed: Mapping[str, Detail]) -> Corrections:
    """What differs from what was read; ValueError where the date is none."""
    values = {name: typed[name].value for name in FIELDS[1:] if typed[name].is_corrected}
    if values.get("date"):
        day = read_day(values["date"])
        values["date"] = day.isoformat() if day else ""
    return Corrections(**values)
