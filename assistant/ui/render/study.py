"""A study pack on the page: its head, its contents, its parts; or the quiz made of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from assistant.study.export import Format
from assistant.study.records import Part, StudyPack
from assistant.ui.render.study_lines import LINE_FORM, SAID, Lines
from assistant.ui.render.study_parts import entries_html
from assistant.ui.render.study_quiz import quiz_html
from assistant.ui.render.study_said import NAME_FORM, ask_button, gone_html
from assistant.ui.render.words import both, hidden, in_both, name_html
from assistant.ui.study_desk import Desk
from assistant.ui.texts import text

_FIRST_FORMS = (Format.DOCX, Format.PPTX)
_MIXED = (Part.DISCUSSION, Part.CARDS, Part.QUIZ)  # another seed gives other entries


def desk_html(desk: Desk, document_ids: Collection[str], can_reword: bool) -> str:
    """The open pack, to be read, changed or taken as a quiz."""
    assert desk.pack is not None
    if desk.view == "quiz" and desk.sitting is not None:
        return quiz_html(desk.pack, desk.name, desk.sitting)
    pack = desk.pack
    lines = Lines(pack, desk.is_editing)
    wanted = [part for part in Part if pack.request.wants(part)]
    parts = "".join(_part(lines, part) for part in wanted)
    left = [part for part in Part if part not in wanted]
    adding = _adding(left) if desk.is_editing and left else ""
    mode = "edit" if desk.is_editing else "read"
    focus = f' data-focus="{escape(desk.focus)}"' if desk.focus else ""
    return (
        f'<section class="pack {mode}" data-view="pack-{escape(desk.id)}"{focus}>'
        f"{_head(desk, pack, document_ids, can_reword)}"
        f'<div class="pack-body">{_contents(desk, pack, wanted)}'
        f'<div class="parts">{parts}{adding}</div></div>'
        f"{SAID + LINE_FORM if desk.is_editing else ''}{NAME_FORM}</section>"
    )


def _head(desk: Desk, pack: StudyPack, document_ids: Collection[str], can_reword: bool) -> str:
    back = ask_button(
        "shelf", f'<span aria-hidden="true">‹ </span>{both("study_shelf")}', "link back"
    )
    kept = both("study_kept") if desk.unsaved is None else both(
        "study_not_kept", reason=desk.unsaved
    )  # fmt: skip

    def about(language: str) -> str:
        level = text(f"difficulty_{pack.request.difficulty}", language).lower()
        return text("study_about", language, minutes=pack.request.minutes, difficulty=level)

    state = f'<span class="{"kept" if desk.unsaved is None else "unsaved"}">{kept}</span>'
    rename = ""
    if desk.id:
        rename = " · " + ask_button("rename", both("study_rename"), "link", id=desk.id)
    gone = gone_html(pack.documents, document_ids)
    return (
        f'<header class="pack-head"><div class="pack-nav">{back}{state}</div>'
        f'<h2 tabindex="-1" class="pack-name">{name_html(desk.name)}</h2>'
        f'<p class="quiet">{both("study_from")}: {_documents(pack, document_ids)}'
        f" · {in_both(about)}"
        f"{rename}</p>{gone}"
        f'<div class="pack-tools">{_take(pack)}{_downloads()}</div>'
        f'{_reword(can_reword)}<p class="quiet legend">{both("study_legend")}</p></header>'
    )


def _documents(pack: StudyPack, document_ids: Collection[str]) -> str:
    return "; ".join(
        '<button type="button" class="link" data-action="study-document"'
        f' data-document="{escape(document.id)}">{name_html(document.said)}</button>'
        if document.id in document_ids
        else name_html(document.said)
        for document in pack.documents
    )


def _mode(desk: Desk) -> str:
    buttons = "".join(
        '<button type="button" data-action="study" data-ask="mode"'
        f' data-value="{mode}" aria-pressed="{str(pressed).lower()}">'
        f"{both(f'study_mode_{mode}')}</button>"
        for mode, pressed in (("read", not desk.is_editing), ("edit", desk.is_editing))
    )
    return f'<div class="choice view" role="group">{hidden("study_mode")}{buttons}</div>'


def _history(desk: Desk) -> str:
    if not desk.past and not desk.future:
        return ""

    def button(ask: str, sign: str, is_possible: bool) -> str:
        said = f'<span class="name-of">{both(f"study_{ask}")}</span>'
        shown = f'<span aria-hidden="true">{sign}</span>{said}'
        made = ask_button(ask, shown)
        return made if is_possible else made.replace("<button", "<button disabled", 1)

    return (
        f'<div class="history">{button("undo", "↶", bool(desk.past))}'
        f"{button('redo', '↷', bool(desk.future))}</div>"
    )


def _take(pack: StudyPack) -> str:
    if not pack.quiz.entries or not pack.request.wants(Part.QUIZ):
        return ""
    return ask_button("take", both("study_take"), "do")


def _downloads() -> str:
    def button(form: Format) -> str:
        return (
            '<button type="button" class="tool" data-action="study-download"'
            f' data-value="{form}">{both(f"form_{form}")}</button>'
        )

    first = "".join(button(form) for form in _FIRST_FORMS)
    others = "".join(button(form) for form in Format if form not in _FIRST_FORMS)
    return (
        f'<div class="downloads" role="group"><span class="label">{both("study_download")}</span>'
        f'{first}<details class="menu"><summary>{both("study_more_forms")}</summary>'
        f"<div>{others}</div></details></div>"
    )


def _reword(can_reword: bool) -> str:
    if not can_reword:
        return ""
    return (
        '<p><button type="button" class="link" data-action="study-reword">'
        f"{both('study_reword')}</button></p>"
    )


def _contents(desk: Desk, pack: StudyPack, parts: Sequence[Part]) -> str:
    rows = "".join(
        '<li><button type="button" data-action="study-to"'
        f' data-part="{part}">{both(f"part_{part}")}'
        f' <span class="count">{len(pack.part(part).entries)}</span></button></li>'
        for part in parts
    )
    return (
        f'<div class="beside"><div class="changes">{_mode(desk)}{_history(desk)}</div>'
        f'<nav class="contents"><p class="label">{both("study_contents")}</p><ul>{rows}</ul></nav>'
        "</div>"
    )


def _part(lines: Lines, part: Part) -> str:
    found = lines.pack.part(part)
    notes = "".join(f'<p class="note">{name_html(note)}</p>' for note in found.notes)
    if not found.entries and not notes:
        notes = f'<p class="note">{both("study_nothing")}</p>'
    tools = ""
    if part in _MIXED or lines.is_editing:
        key = "study_again" if part in _MIXED else "study_as_made"
        tools += (
            '<button type="button" class="tool" data-action="study-again"'
            f' data-part="{part}">{both(key)}{_for_part(part)}</button>'
        )
    if lines.is_editing:
        tools += ask_button(
            "drop_part", f"{both('study_drop_part')}{_for_part(part)}", "tool", part=part.value
        )
    tools = f'<div class="tools">{tools}</div>' if tools else ""
    return (
        f'<section class="part part-{part}" id="study-part-{part}"><div class="part-head">'
        f'<h3 tabindex="-1">{both(f"part_{part}")}</h3>{tools}</div>'
        f"{entries_html(lines, part)}{notes}</section>"
    )


def _for_part(part: Part) -> str:
    return f'<span class="visually-hidden">: {both(f"part_{part}")}</span>'


def _adding(parts: Sequence[Part]) -> str:
    buttons = "".join(
        '<button type="button" class="tool" data-action="study-again"'
        f' data-part="{part}"><span aria-hidden="true">+ </span>{both(f"part_{part}")}</button>'
        for part in parts
    )
    return f'<div class="adding"><p class="label">{both("study_add_part")}</p>{buttons}</div>'
