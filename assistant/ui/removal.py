"""Deleting documents: at first so that it can be undone, then for good. No Gradio here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.study.kept import KeptPacks

if TYPE_CHECKING:
    from ingest.pipeline import Library


def set_aside(library: Library, document_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Take documents out of the library so that they can be restored; gives (id, name) of each.

    Those that are no longer there are passed over.
    """
    named = {document.id: document.name for document in library.documents()}
    gone = tuple((ref, named[ref]) for ref in dict.fromkeys(document_ids) if ref in named)
    if gone:
        library.set_aside(*(ref for ref, _ in gone))
    return gone


def restore(library: Library, document_ids: Iterable[str]) -> None:
    """Put documents back; those that are gone for good are passed over."""
    there = {each.id for each in library.set_aside_documents()}
    if known := [ref for ref in document_ids if ref in there]:
        library.restore(*known)


def remove_for_good(library: Library, document_ids: Sequence[str]) -> None:
    """Delete documents, set aside or not, and the words of them in study packs that are kept."""
    known = {each.id for each in library.set_aside_documents()}
    known |= {document.id for document in library.documents()}
    gone = [ref for ref in dict.fromkeys(document_ids) if ref in known]
    if gone:
        library.remove(*gone)
        forget_in_packs(library, gone)


def forget_in_packs(library: Library, document_ids: Sequence[str]) -> None:
    """Take the words of documents that are gone for good out of the study packs that are kept."""
    KeptPacks(library.settings.packs_path).forget(document_ids)
