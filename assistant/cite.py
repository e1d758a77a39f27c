"""The only maker of citations: words of a source at their exact place, or nothing."""

from __future__ import annotations

from assistant.errors import CitationError
from assistant.records import SECTION_SEPARATOR, Citation
from ingest.records import SourceDocument


def cite(document: SourceDocument, start: int, end: int, quote: str | None = None) -> Citation:
    """Citation of ``document.text[start:end]``, outer spaces left out.

    Raises:
        CitationError: the span is empty or outside the text, or ``quote`` is given and differs.
    """
    if not 0 <= start < end <= len(document.text):
        raise CitationError(
            f"{document.name}: no span {start}…{end} in {len(document.text)} characters"
        )
    words = document.text[start:end]
    if quote is not None and words != quote:
        raise CitationError(f"{document.name}: the source has {words!r}, not {quote!r}")
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        raise CitationError(f"{document.name}: nothing but spaces at {start}…{end}")
    path = document.ancestry(document.section_at(start))
    labels = [s.label for s in path if any(c.isalnum() for c in s.label)]  # bullets have no number
    number = document.header.number
    return Citation(
        document=document.name,
        document_id=document.id,
        number=number.value if number else "",
        section=SECTION_SEPARATOR.join(labels),
        page=document.page_at(start),
        start=start,
        end=start + len(words),
        quote=words,
    )
