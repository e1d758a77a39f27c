"""The study packs that are kept, as a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from html import escape

from assistant.study.kept import DamagedPack, KeptPack
from assistant.study.records import Part
from assistant.ui.conversation import Note
from assistant.ui.render.study_said import NAME_FORM, ask_button, gone_html, said_html
from assistant.ui.render.words import TO_LIBRARY, both, in_both, name_html
from assistant.ui.texts import text


def shelf_html(
    kept: Sequence[KeptPack],
    damaged: Sequence[DamagedPack],
    document_ids: Collection[str],
) -> str:
    """The list of kept packs under what the tab is for; ``document_ids`` are the library's."""
    if not document_ids and not kept and not damaged:
        return said_html(Note("study_empty"), TO_LIBRARY)
    rows = "".join(_kept_row(pack, document_ids) for pack in kept)
    rows += "".join(_damaged_row(pack) for pack in damaged)
    if rows:
        count = both("study_shelf_count", count=len(kept))
        head = f'<h2 tabindex="-1"><b>{both("study_shelf")}</b> {count}</h2>'
        shown = f'{head}<ul class="shelf">{rows}</ul>'
    else:
        steps = "".join(f"<li>{both(f'study_step_{n}')}</li>" for n in (1, 2, 3))
        shown = (
            f'<div class="welcome"><h2 tabindex="-1">{both("study_welcome")}</h2>'
            f'<ol class="how">{steps}</ol></div>'
        )
    begin = (
        '<button type="button" class="wide begin" data-action="side">'
        f"{both('study_begin')}</button>"
    )
    return f'<section class="shelf-page" data-view="shelf">{shown}{begin}{NAME_FORM}</section>'


def _kept_row(kept: KeptPack, document_ids: Collection[str]) -> str:
    missing = gone_html(kept.documents, document_ids)
    when = in_both(partial(_when, kept.changed))
    counts = " · ".join(
        f"{both(f'part_{part}')}: {kept.counts[part]}"
        for part in (Part.CARDS, Part.QUIZ)
        if part in kept.counts
    )
    meta = f'<span class="minor">{when}{" · " if counts else ""}{counts}</span>'
    names = "; ".join(document.said for document in kept.documents)
    of = f'<span class="minor">{name_html(names)}</span>' if names not in kept.name else ""
    tools = "".join(
        ask_button(ask, f"{both(f'study_{ask}')}{_for(kept.name)}", id=kept.id)
        for ask in ("rename", "delete")
    )
    return (
        f'<li data-id="{escape(kept.id)}">'
        + ask_button("open", f"{name_html(kept.name)}{of}{meta}", "open pack-name", id=kept.id)
        + f'<div class="tools">{tools}</div>{missing}</li>'
    )


def _for(name: str) -> str:
    return f'<span class="visually-hidden">: {escape(name)}</span>'


def _damaged_row(damaged: DamagedPack) -> str:
    delete = ask_button("delete", both("study_delete"), id=damaged.id)
    reason = both("study_damaged", reason=damaged.reason)
    return f'<li class="damaged"><p class="gone">{reason}</p><div class="tools">{delete}</div></li>'


def _when(when: datetime, language: str) -> str:
    """The time on the machine that the page runs on: «20/4/2026, 14:05»."""
    local = when.astimezone()
    day = f"{local.day}/{local.month}/{local.year}, {local:%H:%M}"
    return text("study_kept_when", language, when=day)
