"""What a person changed by hand about a document: its name in the library and facts of its head.

The store's record of a document is the source of truth: every process that reads the store sees
it. Beside the originals ``corrections/<document id>.json`` keeps a copy, so that a rebuild finds it
where the store is lost; opening a library writes the copies anew from the store.

Nothing of this touches the text. A corrected value stands on the words of the text that say it, or
else on the words that it was misread from; where there are neither it has no words and can't be
quoted (:attr:`ingest.records.HeaderField.is_written`).
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ingest import durable
from ingest.errors import LibraryError, cannot_write
from ingest.header import number_key, tidy_number
from ingest.records import Corrections, Header, HeaderField, Notes, Role, SourceDocument
from ingest.settings import Settings
from ingest.vietnamese import fold

__all__ = [
    "FIELDS",
    "Corrections",
    "Notes",
    "applied",
    "carried_over",
    "checked",
    "checked_name",
    "copy",
    "delete",
    "from_json",
    "kept",
    "mirror",
    "save",
    "to_json",
]

log = logging.getLogger(__name__)

FIELDS = tuple(field.name for field in fields(Corrections))

_NAME_LENGTH = 200  # characters, so that it fits a line and, with its marks, a file name
_VALUE_LENGTH = {"number": 100, "kind": 100, "issuer": 300, "title": 1000}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_WORDS = re.compile(
    r"ngay\s*(?P<d>\d{1,2})\s*thang\s*(?P<m>\d{1,2})\s*nam\s*(?P<y>\d{4})"
    r"|(?<!\d)(?P<d2>\d{1,2})\s*[/.-]\s*(?P<m2>\d{1,2})\s*[/.-]\s*(?P<y2>\d{4})(?!\d)"
)
_MISREAD = 0.6  # as alike as this, the words read are the corrected ones misread, not others
_OPENING = 3000  # characters that count as the head of a text in which none was found


def checked_name(name: str) -> str:
    """``name`` in NFC and without stray spaces, where a document can be called so.

    Raises:
        LibraryError: it is empty, too long, or holds «/», «\\» or control characters.
    """
    tidy = re.sub(" {2,}", " ", unicodedata.normalize("NFC", name)).strip()
    if not tidy:
        raise LibraryError("a document needs a name", "tên văn bản không được để trống")
    if len(tidy) > _NAME_LENGTH:
        raise LibraryError(
            f"the name has {len(tidy)} characters, {_NAME_LENGTH} at most are possible",
            f"tên dài {len(tidy)} ký tự, tối đa {_NAME_LENGTH} ký tự",
        )
    if "/" in tidy or "\\" in tidy or _CONTROL.search(tidy) or not tidy.isprintable():
        raise LibraryError(
            f"the name {tidy!r} holds a «/», a «\\» or control characters",
            "tên văn bản không được có dấu «/», «\\» hoặc ký tự điều khiển",
        )
    return tidy


def checked(corrections: Corrections) -> Corrections:
    """``corrections`` with tidied values: NFC (macOS decomposes what is pasted), spaces, the
    number's sign, an ISO date («20/4/2023» too).

    Raises:
        LibraryError: the date is none, or a value is too long.
    """
    tidy: dict[str, str | None] = {}
    for name in FIELDS:
        value = getattr(corrections, name)
        if value is not None:
            value = unicodedata.normalize("NFC", " ".join(_CONTROL.sub(" ", value).split()))
            if len(value) > (limit := _VALUE_LENGTH.get(name, _NAME_LENGTH)):
                raise LibraryError(
                    f"the {name} has {len(value)} characters, {limit} at most are possible",
                    f"giá trị dài {len(value)} ký tự, tối đa {limit} ký tự",
                )
        tidy[name] = value
    if tidy["number"]:
        tidy["number"] = tidy_number(tidy["number"])
    if tidy["kind"]:
        tidy["kind"] = tidy["kind"].lower()
    if tidy["date"]:
        tidy["date"] = _iso(tidy["date"])
    return Corrections(**tidy)


def _iso(written: str) -> str:
    try:
        if _ISO.fullmatch(written):
            return datetime.date.fromisoformat(written).isoformat()
        if match := _DAY_FIRST.fullmatch(written):
            day, month, year = map(int, match.groups())
            return datetime.date(year, month, day).isoformat()
    except ValueError:
        pass
    raise LibraryError(
        f"{written!r} is no date: give it as 2023-04-20 or 20/4/2023",
        f"«{written}» không phải là ngày: hãy ghi như 20/4/2023",
    )


def applied(document: SourceDocument, notes: Notes) -> SourceDocument:
    """``document`` as ``notes`` have it, whatever it was changed to before."""
    name, header = document.as_read or (document.name, document.header)
    if not notes.by_hand:
        return replace(document, name=name, header=header, notes=notes, as_read=None)
    given = notes.corrections

    def corrected(field: str, value: str | None, read: HeaderField | None) -> HeaderField | None:
        return read if value is None else _corrected(document, field, value, read)

    changed = replace(
        header,
        number=corrected("number", given.number, header.number),
        kind=corrected("kind", given.kind, header.kind),
        issuer=corrected("issuer", given.issuer, header.issuer),
        date=corrected("date", given.date, header.date),
        title=corrected("title", given.title, header.title),
    )
    return replace(
        document,
        name=notes.name if notes.name is not None else name,
        header=changed,
        notes=notes,
        as_read=(name, header),
    )


def carried_over(old: SourceDocument, new: SourceDocument) -> Notes:
    """What was changed by hand in ``old``, for the version ``new`` that takes its place.

    A correction stays where the new text says the same as the old one did, or nothing; where it
    says what was corrected there is nothing left to correct, and where it says something else the
    new text has it.
    """
    _, before = old.as_read or (old.name, old.header)
    stays: dict[str, str | None] = {}
    for field in FIELDS:
        value = getattr(old.notes.corrections, field)
        was, now = _value(before, field), _value(new.header, field)
        if value is not None and now in ("", was) and now != value:
            stays[field] = value
    return replace(new.notes, name=old.notes.name, corrections=Corrections(**stays))


def _value(header: Header, field: str) -> str:
    found = getattr(header, field)
    return found.value if found is not None else ""


# --- where the words of a corrected value stand ---------------------------------------------------


def _corrected(
    document: SourceDocument, field: str, value: str, read: HeaderField | None
) -> HeaderField | None:
    if not value:
        return None
    if read is not None and read.value == value:
        return read
    for start, end in _head(document):
        if (place := _place(document.text, start, end, field, value)) is not None:
            return HeaderField(value, *place)
    if read is not None and read.is_written and _is_misread(read.value, value):
        return HeaderField(value, read.start, read.end, by_hand=True)
    return HeaderField(value, -1, -1, by_hand=True)


def _head(document: SourceDocument) -> list[tuple[int, int]]:
    """The stretches where a document says what it is: its head, then its signature."""
    ends = [start for start, _ in document.roles[1:]] + [len(document.text)]
    parts = [(role, start, end) for (start, role), end in zip(document.roles, ends, strict=True)]
    found = [(start, end) for role, start, end in parts if role is Role.HEAD]
    found += [(start, end) for role, start, end in parts if role is Role.SIGNATURE]
    return found or [(0, min(len(document.text), _OPENING))]


def _place(text: str, start: int, end: int, field: str, value: str) -> tuple[int, int] | None:
    part = fold(text[start:end]).lower()
    if len(part) != end - start:
        return None  # a letter whose small form is two: offsets would be wrong
    if field == "date":
        for match in _DATE_WORDS.finditer(part):
            day, month, year = (g for g in match.groups() if g is not None)
            if f"{year}-{int(month):02}-{int(day):02}" == value:
                return start + match.start(), start + match.end()
        return None
    words = re.findall(r"[^\W_]+", fold(value).lower())
    if not words:
        return None
    pattern = r"(?<!\w)" + r"[\W_]{0,5}".join(map(re.escape, words)) + r"(?!\w)"
    found = re.search(pattern, part)
    return (start + found.start(), start + found.end()) if found else None


def _is_misread(read: str, value: str) -> bool:
    return SequenceMatcher(None, number_key(read), number_key(value), False).ratio() >= _MISREAD


# --- kept as JSON ---------------------------------------------------------------------------------


def to_json(notes: Notes) -> dict[str, Any]:
    """``notes`` as plain values; what is not given is left out."""
    corrections = {k: v for k, v in asdict(notes.corrections).items() if v is not None}
    found = {"added": notes.added, "name": notes.name, "corrections": corrections}
    return {key: value for key, value in found.items() if value}


def from_json(raw: object) -> Notes:
    """The notes that :func:`to_json` made plain.

    Raises:
        ValueError: they are not such; it says why.
    """
    if not isinstance(raw, Mapping):
        raise ValueError("notes are no JSON object")
    given = raw.get("corrections", {})
    if not isinstance(given, Mapping) or not set(given) <= set(FIELDS):
        raise ValueError("corrections are no object of known facts")
    added, name = raw.get("added", ""), raw.get("name")
    if not all(isinstance(value, str) for value in (added, *given.values())):
        raise ValueError("a value is no text")
    if not (name is None or isinstance(name, str)):
        raise ValueError("the name is no text")
    if added:
        when = datetime.datetime.fromisoformat(added)
        if when.tzinfo is None or not 2000 <= when.year < 3000:
            raise ValueError("the time of adding has no time zone, or is none")
    try:
        return Notes(
            added, None if name is None else checked_name(name), checked(Corrections(**given))
        )
    except LibraryError as error:
        raise ValueError(str(error)) from error


def save(settings: Settings, document_id: str, notes: Notes) -> None:
    """Keep a copy of ``notes`` beside the originals, whole or not at all; none where nothing was
    changed by hand.

    Raises:
        LibraryError: the folder can't be written.
    """
    path = _path(settings, document_id)
    partial = path.with_suffix(".part")
    try:
        if not notes.by_hand:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(partial, json.dumps(to_json(notes), ensure_ascii=False, indent=1).encode())
        partial.replace(path)
    except OSError as error:
        raise LibraryError(f"what was corrected could not be kept in {path}: {error}") from error


def copy(settings: Settings, document: SourceDocument) -> None:
    """As :func:`save`, for notes that the store has: where it fails, the next opening does it."""
    try:
        save(settings, document.id, document.notes)
    except LibraryError as error:
        log.warning("%s", error)


def kept(settings: Settings) -> dict[str, Notes]:
    """The copies by document id; what is damaged is left out."""
    found: dict[str, Notes] = {}
    for path in settings.corrections_path.glob("*.json"):
        with contextlib.suppress(OSError, ValueError):
            found[path.stem] = from_json(json.loads(path.read_text(encoding="utf-8")))
    return found


def delete(settings: Settings, document_ids: Iterable[str]) -> None:
    """Delete the copies of documents.

    Raises:
        LibraryError: one can't be deleted.
    """
    for document_id in document_ids:
        save(settings, document_id, Notes())


def mirror(settings: Settings, documents: Iterable[SourceDocument]) -> None:
    """Make the copies what the store says: of ``documents``, and of others only where a rebuild
    would find them, since their originals are kept.

    Raises:
        LibraryError: the folder can't be written.
    """
    there = {document.id: document.notes for document in documents}
    copies = kept(settings)
    for path in settings.corrections_path.glob("*.part"):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise cannot_write(path, error) from error
    for document_id, notes in there.items():
        if notes.by_hand and copies.get(document_id) != notes:
            save(settings, document_id, notes)
    for path in settings.corrections_path.glob("*.json"):
        wanted = there.get(path.stem)
        lost = wanted is None and not (settings.originals_path / path.stem).exists()
        if lost or (wanted is not None and not wanted.by_hand):
            save(settings, path.stem, Notes())


def _path(settings: Settings, document_id: str) -> Path:
    return settings.corrections_path / f"{document_id}.json"
