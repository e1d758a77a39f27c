"""The documents of the library as a table, and what is said around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from assistant.ui.catalogue import Entry, Found, Wanted
from assistant.ui.conversation import Note
from assistant.ui.details import typed_date
from assistant.ui.render.words import both, hidden, in_both, in_common, name_html, note_html
from assistant.ui.texts import text

REMARKS_SHOWN = 2  # in a row; all of them stand among the details
COLUMNS = ("name", "number", "kind", "issuer", "date", "pages", "deadlines", "added")
# What the rows can be sorted by where they are cards, which have no heads to click.
_CARD_SORTS = ("added", "name", "date", "warnings")


def catalogue_note_html(note: Note, adds: bool = False) -> str:
    """The table's place with one thing to say; ``adds`` where adding documents would help."""
    kind = "pending" if note.pending else "said"
    add = (
        f'<button type="button" class="wide" data-action="add-documents">{both("upload")}</button>'
        f'<button type="button" class="link" data-action="add-samples">{both("add_samples")}'
        "</button>"
        if adds
        else ""
    )
    return f'<div class="no-entries"><p class="{kind}">{note_html(note)}</p>{add}</div>'


def catalogue_html(found: Found) -> str:
    """The entries that were found, under how many they are and what they are narrowed by."""
    head = f'<header class="catalogue-head">{_heading(found)}{_sorts(found)}</header>'
    if not found.entries:
        content = (
            f'<div class="no-entries"><p class="said">{both("catalogue_none")}</p>{_clear("wide")}'
            "</div>"
        )
    else:
        content = _table(found)
    return f'<section class="catalogue">{head}{content}</section>'


def _heading(found: Found) -> str:
    count = both("catalogue_count", count=len(found.entries))
    total = (
        f" {both('catalogue_total', count=found.total)}" if len(found.entries) < found.total else ""
    )
    lines = []
    if found.wanted.is_narrow:
        narrowed = in_both(lambda language: _said_filters(found.wanted, language))
        clear = f" {_clear('link')}" if found.entries else ""
        lines.append(f'<p class="quiet narrowed">{narrowed}{clear}</p>')
    if found.doubtful and not found.wanted.doubtful:
        lines.append(
            f'<p class="quiet">{both("catalogue_doubtful", count=found.doubtful)} '
            '<button type="button" class="link" data-action="catalogue" data-ask="doubtful">'
            f"{both('catalogue_show')}</button></p>"
        )
    return f'<div><h2 tabindex="-1"><b>{count}</b>{total}</h2>{"".join(lines)}</div>'


def _said_filters(wanted: Wanted, language: str) -> str:
    parts = [text("said_words", language, value=wanted.words)] if wanted.words else []
    parts += [value.capitalize() for value in wanted.kinds]
    parts += [*wanted.issuers, *(text("said_year", language, value=y) for y in wanted.years)]
    if wanted.doubtful:
        parts.append(text("library_doubtful", language))
    return text("narrowed_by", language, filters=", ".join(parts))


def _clear(kind: str) -> str:
    return (
        f'<button type="button" class="{kind}" data-action="catalogue" data-ask="clear">'
        f"{both('clear_filters')}</button>"
    )


def _sorts(found: Found) -> str:
    """The orders to choose from where the table has no room for its heads."""
    if not found.entries:
        return ""
    buttons = "".join(
        f'<button type="button" data-action="catalogue" data-ask="sort" data-value="{name}"'
        f' aria-pressed="{str(name == found.order.sort).lower()}">{both(f"column_{name}")}'
        f"{_arrow(found, name)}</button>"
        for name in _CARD_SORTS
    )
    label = f'<span class="label">{both("sort_by")}</span>'
    return f'<div class="choice sorts" role="group">{label}{buttons}</div>'


def _arrow(found: Found, name: str) -> str:
    if name != found.order.sort:
        return ""
    return f'<span aria-hidden="true"> {"↓" if found.order.descending else "↑"}</span>'


def _table(found: Found) -> str:
    rows = "".join(_row(entry) for entry in found.shown)
    more = (
        '<button type="button" class="wide" data-action="catalogue" data-ask="more">'
        f"{both('catalogue_more', count=found.more)}</button>"
        if found.more
        else ""
    )
    heads = "".join(_head(found, name) for name in COLUMNS)
    pick = (
        f'<th role="columnheader" scope="col" class="pick"><label>{hidden("select_all")}'
        '<input type="checkbox" data-action="select-all"></label></th>'
    )
    return (
        f'<table class="entries" role="table" data-found="{len(found.entries)}">'
        f'<thead role="rowgroup"><tr role="row">{pick}{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>{more}'
    )


def _head(found: Found, name: str) -> str:
    sorted_ = ""
    if name == found.order.sort:
        sorted_ = f' aria-sort="{"descending" if found.order.descending else "ascending"}"'
    return (
        f'<th role="columnheader" scope="col" class="{name}"{sorted_}><button type="button"'
        f' data-action="catalogue" data-ask="sort" data-value="{name}">{both(f"column_{name}")}'
        f"{_arrow(found, name)}</button></th>"
    )


def _row(entry: Entry) -> str:
    document = entry.document
    header = document.header
    ref = escape(document.id)
    facts = (
        ("number", escape(header.number.value) if header.number else ""),
        ("kind", escape(header.kind.value.capitalize()) if header.kind else ""),
        ("issuer", escape(header.issuer.value) if header.issuer else ""),
        ("date", escape(typed_date(header.date.value)) if header.date else ""),
        ("pages", _counted(entry.pages, "fact_pages")),
        ("deadlines", _counted(entry.deadlines, "fact_deadlines")),
        ("added", _added(entry.added)),
    )
    shown = "".join(_fact(name, said) for name, said in facts)
    return (
        f'<tr role="row" class="entry" data-document="{ref}"><td role="cell" class="pick"><label>'
        f"{hidden('select_document', name=document.name)}"
        f'<input type="checkbox" data-action="select" value="{ref}"></label></td>'
        f'<td role="cell" class="name">{_name(entry)}</td>{shown}</tr>'
    )


def _fact(name: str, said: str) -> str:
    kind = name if said else f"{name} none"
    return f'<td role="cell" class="fact {kind}">{said or _lacking(name)}</td>'


def _name(entry: Entry) -> str:
    document = entry.document
    title = document.header.title
    said = f'<span class="title">{escape(title.value)}</span>' if title else ""
    return (
        f'<button type="button" class="open" data-action="open-entry">{name_html(document.name)}'
        f"</button>{said}{remarks_html(entry, REMARKS_SHOWN)}"
    )


def remarks_html(entry: Entry, most: int | None = None) -> str:
    """What a person should look at; of more than ``most`` how many more there are."""
    said = [in_both(remark.message) for remark in entry.remarks]
    said += [
        both("file_alike", name=other.name, percent=in_common(share))
        for other, share in entry.alike
    ]
    shown = said if most is None else said[:most]
    if left := len(said) - len(shown):
        shown.append(both("remarks_more", count=left))
    items = "".join(f"<li>{each}</li>" for each in shown)
    return f'<ul class="doubts">{items}</ul>' if items else ""


def _counted(count: int | None, key: str) -> str:
    """A number, and what it counts where no column says so."""
    if not count:
        return ""
    return f'<span class="bare">{count}</span><span class="unit">{both(key, count=count)}</span>'


def _lacking(column: str) -> str:
    return f'<span aria-hidden="true">–</span>{hidden(f"lacking_{column}")}'


def _added(added: datetime | None) -> str:
    if added is None:
        return ""
    on = added.astimezone()
    return f'<span class="unit">{both("unit_added")} </span>{on.day}/{on.month}/{on.year}'


def chosen_html() -> str:
    """What can be done with the rows that are ticked; ``library.js`` fills and shows it."""
    return (
        '<div class="chosen" role="status" hidden><b><span class="count"></span> '
        f"{both('chosen')}</b>"
        '<button type="button" class="link all" data-action="choose-found" hidden>'
        f'{both("choose_found")} (<span class="found"></span>)</button>'
        '<button type="button" class="tool danger" data-action="delete-chosen">'
        f"{both('delete')}</button>"
        '<button type="button" class="tool" data-action="choose-none">'
        f"{both('choose_none')}</button></div>"
    )


def removed_html(names: Sequence[str]) -> str:
    """That documents were deleted, which can be undone."""
    if not names:
        return ""
    said = (
        both("removed_one", name=names[0])
        if len(names) == 1
        else both("removed_many", count=len(names))
    )
    buttons = "".join(
        f'<button type="button" class="{kind}" data-action="removed" data-ask="{ask}">'
        f"{both(key)}</button>"
        for ask, key, kind in (
            ("restore", "undo", "tool strong"),
            ("purge", "purge", "tool"),
            ("close", "close", "tool"),
        )
    )
    return f'<div class="removed" role="status"><span>{said}</span>{buttons}</div>'


def aside_html(removed: Sequence[tuple[str, str]]) -> str:
    """What was deleted and can still be taken back: (id, name), the latest first."""
    if not removed:
        return ""
    items = "".join(
        f'<li>{name_html(name)}<span class="choices">'
        + "".join(
            f'<button type="button" class="link" data-action="aside" data-ask="{ask}"'
            f' data-value="{escape(ref)}">{both(key)}</button>'
            for ask, key in (("restore", "restore"), ("purge", "purge_one"))
        )
        + "</span></li>"
        for ref, name in removed
    )
    return (
        f'<details class="aside"><summary>{both("aside", count=len(removed))}</summary>'
        f'<p class="quiet">{both("aside_note")}</p><ul>{items}</ul>'
        '<button type="button" class="link" data-action="aside" data-ask="purge">'
        f"{both('purge_all')}</button></details>"
    )


def failure_html(note: Note | None) -> str:
    """Why something that was asked for was not done; nothing where it was."""
    if note is None:
        return ""
    said = note_html(note)
    return (
        f'<div class="removed failed" role="alert"><span>{said}</span><button type="button"'
        f' class="tool" data-action="removed" data-ask="close">{both("close")}</button></div>'
    )
