"""What is known of a document, and the form that corrects it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.ui.catalogue import Entry
from assistant.ui.details import Detail, Problem
from assistant.ui.render.catalogue import remarks_html
from assistant.ui.render.words import both, name_html, note_html
from ingest.records import SourceDocument

# As many characters as the library keeps.
_LENGTHS = {"name": 200, "number": 100, "kind": 100, "issuer": 300, "date": 10, "title": 1000}


def entry_tools_html(document: SourceDocument) -> str:
    """What the tab of the library lets people do with the document that is open."""
    return (
        '<button type="button" class="tool" data-action="original">'
        f"{both('original')}</button>"
        '<button type="button" class="tool strong" data-action="details-open">'
        f"{both('details_open')}</button>"
    )


def details_html(
    entry: Entry,
    details: Sequence[Detail],
    kinds: Sequence[str],
    problem: Problem | None = None,
    saved: bool = False,
    asked: int = 0,
) -> str:
    """The facts of a document, its warnings, and the form; ``kinds`` are offered to choose from.

    ``asked`` tells one request from the next, so that the page shows what is asked for again.
    """
    document = entry.document
    fields = "".join(_field(detail, problem) for detail in details)
    options = "".join(f'<option value="{escape(kind.capitalize())}"></option>' for kind in kinds)
    done = f'<p class="thanks" role="status">{both("details_saved")}</p>' if saved else ""
    return (
        f'<section class="over details-over" data-document="{escape(document.id)}"'
        f' data-asked="{asked}"><header class="sheet-head">'
        f'<h2 tabindex="-1">{name_html(document.name)}</h2>'
        f'<p class="facts">{_facts(entry)}</p><div class="tools">'
        f'<button type="button" class="tool" data-action="show-text">{both("page_to_text")}'
        '</button><button type="button" class="tool close" data-action="close-evidence">'
        f"{both('close')}</button></div></header>"
        f'<div class="details">{_warnings(entry)}'
        f'<form data-action="details" novalidate><h3>{both("details_form")}</h3>'
        f'<p class="quiet">{both("details_note")}</p>{fields}'
        f'<datalist id="kinds-known">{options}</datalist>'
        f'{_problem(problem, "form")}<div class="form-end">'
        f'<button type="submit" class="tool save">{both("save")}</button>'
        f"{done}</div></form>{_acts(problem)}</div></section>"
    )


def _facts(entry: Entry) -> str:
    facts = [both("fact_pages", count=entry.pages)] if entry.pages else []
    facts.append(both("fact_deadlines", count=entry.deadlines))
    if entry.added is not None:
        on = entry.added.astimezone()
        facts.append(both("fact_added", day=f"{on.day}/{on.month}/{on.year}"))
    if entry.document.scanned:
        lowest = min(sure for _, sure in entry.document.scanned)
        facts.append(both("fact_scanned", confidence=lowest))
    return " · ".join(facts)


def _warnings(entry: Entry) -> str:
    if not entry.warnings:
        return ""
    opens = "".join(
        f'<button type="button" class="link" data-action="open-entry"'
        f' data-document="{escape(other.id)}">{both("open_alike")} {name_html(other.name)}</button>'
        for other, _ in entry.alike
    )
    return f'<div class="warnings"><h3>{both("warnings")}</h3>{remarks_html(entry)}{opens}</div>'


def _field(detail: Detail, problem: Problem | None) -> str:
    """A field, what was read from the text beside it, and the way back to that."""
    name = detail.name
    wrong = problem is not None and problem.field == name
    source = ' list="kinds-known"' if name == "kind" else ""
    value = detail.value.capitalize() if name == "kind" else detail.value
    read = detail.read.capitalize() if name == "kind" else detail.read
    bounds = f'maxlength="{_LENGTHS[name]}" autocomplete="off"'
    control = (
        f'<textarea name="{name}" rows="2" {bounds}>{escape(value)}</textarea>'
        if name == "title"
        else f'<input name="{name}" value="{escape(value)}" {bounds}{source}'
        f' aria-invalid="{str(wrong).lower()}">'
    )
    said = (
        f"{both('read_name' if name == 'name' else 'read_as')} <bdi>{escape(read)}</bdi>"
        if read
        else both("read_none")
    )
    back = (
        f'<button type="button" class="link" data-action="as-read" data-field="{name}"'
        f"{'' if detail.is_corrected else ' hidden'}>{both('as_read')}</button>"
    )
    same = " hidden" if read and not detail.is_corrected else ""
    return (
        f'<div class="field"><label><span>{both(f"field_{name}")}</span>{control}</label>'
        f'{_problem(problem, name)}<p class="quiet read" data-read="{escape(read)}"{same}>{said} '
        f"{back}</p></div>"
    )


def _problem(problem: Problem | None, field: str) -> str:
    """What is wrong with a field; nothing where that is another or none."""
    if problem is None or problem.field != field:
        return ""
    said = note_html(problem.note)
    return f'<p class="problem" role="alert">{said}</p>'


def _acts(problem: Problem | None) -> str:
    """What else can be done with the document, and why a newer file did not take its place."""
    return (
        f'{_problem(problem, "version")}<div class="acts">'
        f'<button type="button" class="tool" data-action="original">{both("original")}</button>'
        f'<button type="button" class="tool" data-action="new-version">'
        f"{both('new_version')}</button>"
        '<button type="button" class="tool danger" data-action="delete-open">'
        f"{both('delete_document')}</button></div>"
    )
