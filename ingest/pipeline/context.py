"""What is put before a passage when it is embedded or indexed. Pure."""

from __future__ import annotations

from ingest.records import Passage, SourceDocument


def context_of(document: SourceDocument, passage: Passage) -> str:
    """What a passage needs to be understood: document title, kind, number, issuer, headings.

    It is put before the passage's text when that is embedded or indexed, never into the text.
    """
    head = document.header
    fields = (head.kind, head.number, head.title, head.issuer, head.place)
    parts = [field.value for field in fields if field is not None]
    if head.date is not None:
        parts.append(f"năm {head.date.value[:4]}")
    parts.extend(h for h in passage.headings if h)
    return ". ".join(parts)
