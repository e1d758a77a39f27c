"""The frame of the page: its name, the language switch, the status line."""

from __future__ import annotations

import re

from assistant.ui.conversation import Note
from assistant.ui.render.words import both, hidden, note_html


def status_html(note: Note, state: str) -> str:
    """The status line; ``state`` (busy, ready, failed) colours its dot."""
    message = note_html(note)
    return f'<p class="status {re.sub("[^a-z]", "", state)}" role="status">{message}</p>'


def header_html() -> str:
    """The page's name and the language switch, and what page.js fills and shows.

    The announcer is where screen readers hear answers: unlike the conversation, which is drawn
    anew as an answer grows, it stays, as a live region must.
    """
    names = (("vi", "Tiếng Việt", "VI"), ("en", "English", "EN"))
    buttons = "".join(
        f'<button type="button" data-action="language" data-language="{code}" lang="{code}">'
        f'<span class="long">{name}</span><span class="short" aria-hidden="true">{short}</span>'
        "</button>"
        for code, name, short in names
    )
    # What the browser holds back of the files it is given; it puts their names in.
    held = "".join(
        f'<div data-says="{says}" hidden><p>{both(key)}</p><ul></ul></div>'
        for says, key in (
            ("too-large", "upload_too_large"),
            ("unreadable", "upload_unreadable"),
            ("nothing", "upload_nothing"),
        )
    )
    reasons = "".join(
        f'<span data-reason="{reason}">{both(f"upload_file_{reason}")}</span>'
        for reason in ("gone", "refused")
    )
    return (
        '<button type="button" class="to-content" data-action="to-content">'
        f"{both('to_content')}</button>"
        f'<div class="brand"><h1>{both("title")}</h1><p>{both("tagline")}</p></div>'
        f'<div class="languages" role="group">{hidden("language")}{buttons}</div>'
        '<button type="button" class="side-toggle" data-action="side"'
        ' aria-controls="side board-side study-side library-side" aria-expanded="false">'
        f'<span class="of-chat">{both("documents")}</span>'
        f'<span class="of-board">{both("filters")}</span>'
        f'<span class="of-study">{both("study_new")}</span>'
        f'<span class="of-library">{both("filters")}</span></button>'
        '<div class="visually-hidden announcer" role="status" aria-live="polite"></div>'
        '<div class="notice" role="alert" hidden>'
        f"{held}<p hidden>{reasons}</p>"
        '<button type="button"'
        f' class="tool" data-action="close-notice">{both("close")}</button></div>'
        f'<div class="drop-overlay" aria-hidden="true">{both("drop_here")}</div>'
    )
