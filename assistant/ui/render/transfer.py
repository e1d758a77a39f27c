"""Backing the library up: what starts it, how far it is, how it ended."""

from __future__ import annotations

from html import escape

from assistant.ui.render.uploads import bar_html
from assistant.ui.render.words import both, name_html, note_html
from assistant.ui.transfer import Transfer


def backup_html() -> str:
    """What heads the column's part on backing up, and the button that makes the file."""
    return (
        f'<h2 class="label">{both("backup")}</h2><p class="quiet">{both("backup_note")}</p>'
        '<button type="button" class="wide small" data-action="export">'
        f"{both('export')}</button>"
    )


def transfer_html(transfer: Transfer) -> str:
    """How far it is, with the button that stops it; or how it ended."""
    if transfer.note is not None:
        kind = "failed" if transfer.failed else "done"
        said = note_html(transfer.note)
        return (
            f'<div class="files transfer {kind}" role="status"><p class="head"><b>{said}</b>'
            '<button type="button" class="tool" data-action="transfer" data-ask="close">'
            f"{both('close')}</button></p></div>"
        )
    count = f" {transfer.done}/{transfer.total}" if transfer.total else ""
    return (
        f'<div class="files transfer"><p class="head"><b>{both(transfer.key)}{count}</b>'
        '<button type="button" class="tool" data-action="transfer" data-ask="stop"'
        f' data-value="{escape(transfer.token)}">{both("upload_stop")}</button></p>'
        f"{bar_html(transfer.done, transfer.total)}"
        f"<p>{name_html(transfer.name) if transfer.name else ''}</p></div>"
    )
