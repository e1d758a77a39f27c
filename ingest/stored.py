"""Records as a Chroma collection holds them: metadata of plain values and JSON, and back. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ingest import corrections
from ingest.records import (
    Doubt,
    Header,
    HeaderField,
    Notes,
    Obligation,
    Passage,
    Role,
    Section,
    SourceDocument,
)

# Raised when duties are found otherwise than before: rows of an older version are found anew.
REGISTER_VERSION = 3


def passage_metadata(passage: Passage) -> dict[str, Any]:
    return {
        "document_id": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "role": passage.role.value,
        "section": json.dumps(passage.section, ensure_ascii=False),
        "headings": json.dumps(passage.headings, ensure_ascii=False),
    }


def passage_of(identity: str, text: str, meta: dict[str, Any]) -> Passage:
    return Passage(
        id=identity,
        document_id=meta["document_id"],
        start=meta["start"],
        end=meta["end"],
        page=meta["page"],
        role=Role(meta["role"]),
        section=tuple(json.loads(meta["section"])),
        headings=tuple(json.loads(meta["headings"])),
        text=text,
    )


_PLAIN = (
    "document_id", "actor", "actor_start", "implied", "deadline_text", "deadline_start", "deadline",
    "report_to", "start", "end", "page",
)  # fmt: skip


def obligation_metadata(duty: Obligation) -> dict[str, Any]:
    return {
        **{name: getattr(duty, name) for name in _PLAIN},
        "section": json.dumps(duty.section, ensure_ascii=False),
        "doubts": json.dumps([doubt.value for doubt in duty.doubts]),
    }


def obligation_of(identity: str, action: str, meta: dict[str, Any]) -> Obligation:
    return Obligation(
        id=identity,
        action=action,
        section=tuple(json.loads(meta["section"])),
        doubts=tuple(Doubt(doubt) for doubt in json.loads(meta["doubts"])),
        **{name: meta[name] for name in _PLAIN},
    )


def document_metadata(document: SourceDocument) -> dict[str, Any]:
    """The record of a document: as it was read, with the notes of what was changed by hand."""
    name, header = document.as_read or (document.name, document.header)
    structure = {
        "page_starts": document.page_starts,
        "header": asdict(header),
        "sections": [asdict(s) for s in document.sections],
        "roles": document.roles,
        "warnings": document.warnings,
        "scanned": document.scanned,
    }
    return {
        "name": name,
        "structure": json.dumps(structure, ensure_ascii=False),
        "register": REGISTER_VERSION,
        "notes": json.dumps(corrections.to_json(document.notes), ensure_ascii=False),
    }


def document_of(identity: str, text: str, meta: dict[str, Any]) -> SourceDocument:
    """The document of a record, as corrected by hand."""
    structure = json.loads(meta["structure"])
    as_read = SourceDocument(
        id=identity,
        name=meta["name"],
        text=text,
        page_starts=tuple(structure["page_starts"]),
        header=header_of(structure["header"]),
        sections=tuple(Section(**s) for s in structure["sections"]),
        roles=tuple((start, Role(role)) for start, role in structure["roles"]),
        warnings=tuple(structure["warnings"]),
        scanned=tuple((page, sure) for page, sure in structure.get("scanned", ())),  # since 0.2
    )
    return corrections.applied(as_read, notes_of(meta))


def notes_of(meta: dict[str, Any]) -> Notes:
    """The notes in the record of a document."""
    return corrections.from_json(json.loads(meta["notes"])) if "notes" in meta else Notes()  # 0.2


def header_of(raw: dict[str, Any]) -> Header:
    """The header of plain values, as :func:`dataclasses.asdict` gives them."""

    def field(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(HeaderField(**v) for v in value)
        return HeaderField(**value) if value else None

    return Header(**{name: field(value) for name, value in raw.items()})
