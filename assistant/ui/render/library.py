"""The library beside the conversation: its documents, what a question is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.ui.filters import Pick
from assistant.ui.render.words import both, hidden, name_html
from ingest.records import SourceDocument

DOCUMENTS_SHOWN = 200


def documents_html(documents: Sequence[SourceDocument] | None) -> str:
    """The library's documents as a list of buttons, each opening one; None while it is loading."""
    if not documents:
        key = "documents_loading" if documents is None else "documents_none"
        return f'<p class="quiet">{both(key)}</p>'
    rows = "".join(_document_row(document) for document in documents[:DOCUMENTS_SHOWN])
    more = len(documents) - DOCUMENTS_SHOWN
    rest = f'<p class="quiet">{both("documents_more", count=more)}</p>' if more > 0 else ""
    return f'<ul class="documents">{rows}</ul>{rest}'


def _document_row(document: SourceDocument) -> str:
    header = document.header
    number = f"<span>{escape(header.number.value)}</span>" if header.number else ""
    title = f'<span class="place">{escape(header.title.value)}</span>' if header.title else ""
    return (
        f'<li><button type="button" data-action="open" data-document="{escape(document.id)}">'
        f"{name_html(document.name)}{number}{title}</button></li>"
    )


def scope_html(picks: Sequence[Pick]) -> str:
    """What the next question is narrowed to, each with a button that takes it away."""
    if not picks:
        return ""
    chips = "".join(
        f'<li><button type="button" class="chip" data-action="unpick" data-filter="{pick.filter}"'
        f' data-value="{escape(pick.value)}">{hidden("scope_remove")}{name_html(pick.label)}'
        '<span class="cross" aria-hidden="true">×</span></button></li>'
        for pick in picks
    )
    return (
        f'<div class="scope"><p class="label">{both("scope")}</p>'
        f'<button type="button" class="link" data-action="unpick">{both("scope_clear")}</button>'
        f"<ul>{chips}</ul></div>"
    )
