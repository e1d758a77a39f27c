"""What the tab of study packs says beside its packs, and the buttons that its panels share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from assistant.study.kept import LONGEST_NAME
from assistant.study.records import PackDocument
from assistant.ui.conversation import Note
from assistant.ui.render.words import both, hidden, note_html
from assistant.ui.study_desk import Desk

NAME_FORM = (
    '<template id="study-name-form"><form class="name-form" data-action="study-name"><label>'
    f'{hidden("study_name")}<input type="text" maxlength="{LONGEST_NAME}"></label>'
    f'<button type="submit" class="do">{both("study_save")}</button>'
    f'<button type="button" class="tool" data-action="study-cancel">{both("study_cancel")}</button>'
    "</form></template>"
)


def ask_button(ask: str, content: str, kind: str = "tool", **data: str) -> str:
    """A button that asks the tab for something; ``content`` and ``kind`` are HTML."""
    given = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return (
        f'<button type="button" class="{kind}" data-action="study" data-ask="{ask}"{given}>'
        f"{content}</button>"
    )


def said_html(note: Note, button: str = "") -> str:
    """One thing to say in the place of packs: that one is being made, or why there is none.

    ``button`` is HTML.
    """
    kind = "pending said" if note.pending else "said"
    words = note_html(note)
    return (
        f'<section class="alone" data-view="said"><p class="{kind}">{words}</p>{button}</section>'
    )


def notice_html(desk: Desk) -> str:
    """What was done last, and the button that undoes it."""
    if desk.note is None:
        return ""
    if desk.deleted is not None:  # there is no other way back
        return doing_html(desk.note, ask_button("undelete", both("study_undo"), "link"), "on")
    if desk.note.key == "study_kept_beside":  # work goes on in another pack than before
        return doing_html(desk.note, stays="on")
    if desk.past and desk.note.key in _CHANGES:
        return doing_html(desk.note, ask_button("undo", both("study_undo"), "link"), "longer")
    return doing_html(desk.note)


_CHANGES = {
    "study_dropped", "study_moved", "study_edited", "study_edited_own", "study_dropped_part",
    "study_made_again", "study_reworded",
}  # fmt: skip


def doing_html(note: Note, button: str = "", stays: str = "brief") -> str:
    """A line over the packs; ``button`` is HTML. It ``stays`` brief, longer or on."""
    kind = "toast pending" if note.pending else "toast"
    words = note_html(note)
    return f'<div class="{kind}" data-stays="{stays}"><p>{words}</p>{button}</div>'


def stop_button(token: str) -> str:
    """The button that stops what runs under ``token``."""
    return (
        f'<button type="button" class="link" data-action="study-stop" data-token="{escape(token)}">'
        f"{both('study_stop')}</button>"
    )


def gone_html(documents: Iterable[PackDocument], document_ids: Collection[str]) -> str:
    """That documents of a pack are not in the library, whose ids ``document_ids`` are."""
    return "".join(
        f'<p class="gone">{both("study_document_gone", name=document.said or document.name)}</p>'
        for document in documents
        if document.id not in document_ids
    )
