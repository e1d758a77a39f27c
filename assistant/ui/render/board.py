"""The board: the register as a table, its periods, what is said around it, what is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from html import escape

from assistant.records import RegisterRow
from assistant.register.doubts import doubt_words
from assistant.register.plain import one_line
from assistant.register.schedule import describe, is_recurring, said_day
from assistant.ui.conversation import Note
from assistant.ui.deadlines import (
    GROUPINGS,
    PERIODS,
    VIEWS,
    Asked,
    Filter,
    Found,
    Group,
    Look,
    Problem,
    State,
    groups,
    standing_said,
    state_of,
    terms,
)
from assistant.ui.download import FORMATS
from assistant.ui.render.timeline import timeline_html
from assistant.ui.render.words import both, hidden, in_both, name_html
from assistant.ui.texts import text
from ingest.records import Doubt

TERMS_SHOWN = 6


def periods_html(period: str) -> str:
    """The buttons of the periods, the one in force pressed."""
    return _choice("period", PERIODS, period)


def _choice(name: str, values: Sequence[str], chosen: str) -> str:
    """Buttons of which one is pressed; ``page.js`` tells which was clicked."""
    buttons = "".join(
        f'<button type="button" data-action="ask" data-ask="{name}" data-value="{value}"'
        f' aria-pressed="{str(value == chosen).lower()}">{both(f"{name}_{value}")}</button>'
        for value in values
    )
    return f'<div class="choice {name}" role="group">{hidden(name)}{buttons}</div>'


def problems_html(problems: Sequence[Problem]) -> str:
    """What is wrong with the days that were typed; ``page.js`` marks their fields."""
    return "".join(
        f'<p class="problem" role="alert" data-field="{problem.field}">'
        f"{both(problem.note.key, **dict(problem.note.values))}</p>"
        for problem in problems
    )


def close_filters_html() -> str:
    """What leads from the filters to the rows where they lie over each other."""
    return f'<button type="button" class="wide" data-action="side">{both("show_found")}</button>'


def board_note_html(note: Note) -> str:
    """The board with one thing to say: that it is loading, or why it is empty."""
    kind = "pending" if note.pending else "said"
    return f'<div class="no-duties"><p class="{kind}">{_note(note)}</p></div>'


def board_html(
    found: Found, look: Look, filters: Sequence[Filter], left_out: int, language: str
) -> str:
    """The rows that were found, as ``look`` has them, under what they are and how to take them.

    ``left_out`` are the rows that a calendar file has no event for. ``language`` is that of what
    is shown on pointing only; all else is in both.
    """
    head = f'<header class="board-head">{_heading(found, filters)}{_tools(found, look)}</header>'
    if found.nothing is not None:
        clear = (
            f'<button type="button" class="wide" data-action="ask" data-ask="clear">'
            f"{both('clear_filters')}</button>"
            if filters
            else ""
        )
        content = (
            f'<div class="no-duties"><p class="said">{_note(found.nothing)}</p>{clear}'
            f"{_undated(found)}</div>"
        )
    elif look.view == "timeline":
        content = timeline_html(found, look.grouping, language)
    else:
        content = _table(found, look, language) + _undated(found)
    note = (
        f'<p class="quiet left-out">{both("not_in_calendar", count=left_out)}</p>'
        if left_out
        else ""
    )
    return f'<section class="duties">{head}{content}{note}</section>'


def _heading(found: Found, filters: Sequence[Filter]) -> str:
    on = found.asked.on
    key = "as_of_today" if on == found.today else "as_of"
    narrowed = (
        f'<p class="quiet narrowed">{_said("narrowed_by", filters=filters)}'
        ' <button type="button" class="clear" data-action="ask" data-ask="clear">'
        f"{both('clear_filters')}</button></p>"
        if filters and found.rows
        else ""
    )
    return (
        f'<div class="board-title"><h2 tabindex="-1"><b>{both("duties", count=len(found.rows))}</b>'
        f" {_said(key, day=on)}</h2>{narrowed}</div>"
    )


def _tools(found: Found, look: Look) -> str:
    if not found.rows:
        return ""
    downloads = "".join(
        f'<button type="button" class="tool" data-action="download" data-value="{kind}">'
        f"{both(f'download_{kind}')}</button>"
        for kind in FORMATS
    )
    grouping = _choice("grouping", GROUPINGS, look.grouping) if look.view == "timeline" else ""
    return (
        f'<div class="board-tools">{_choice("view", VIEWS, look.view)}{grouping}'
        f'<div class="downloads" role="group"><span class="label">{both("download")}</span>'
        f"{downloads}</div></div>"
    )


def filters_said(filters: Sequence[Filter], language: str) -> str:
    """The filters in one line: «đơn vị «Công an xã», văn bản 35-KH/ĐU»."""
    return ", ".join(text(f.key, language, value=f.value) for f in filters)


def _undated(found: Found) -> str:
    """That duties without a deadline are not shown, and the button that shows them."""
    if not found.undated:
        return ""
    return (
        f'<p class="quiet undated">{both("undated_hidden", count=found.undated)}'
        ' <button type="button" class="clear" data-action="ask" data-ask="undated">'
        f"{both('undated_show')}</button></p>"
    )


# --- Words ---------------------------------------------------------------------------------------


def _note(note: Note) -> str:
    return _said(note.key, **dict(note.values))


def _said(key: str, **values: object) -> str:
    """As :func:`both`, with days and filters said in each language."""

    def filled(language: str) -> str:
        return text(key, language, **{n: _value(v, language) for n, v in values.items()})

    return in_both(filled)


def _value(value: object, language: str) -> str:
    if isinstance(value, date):
        return said_day(value, language)
    if isinstance(value, tuple):
        return filters_said(value, language)
    return str(value)


# --- The table -----------------------------------------------------------------------------------

_COLUMNS = ("due", "actor", "action", "document")


def _table(found: Found, look: Look, language: str) -> str:
    shown, more = groups(found, look.limit)
    heads = "".join(
        f'<th role="columnheader" scope="col">{both(f"column_{name}")}</th>' for name in _COLUMNS
    )
    bodies = "".join(
        _group(group, found.asked, language, is_last=index == len(shown) - 1)
        for index, group in enumerate(shown)
    )
    rest = (
        f'<button type="button" class="wide" data-action="ask" data-ask="more">'
        f"{both('duties_more', count=more)}</button>"
        if more
        else ""
    )
    return (
        f'<table class="register" role="table"><thead role="rowgroup"><tr role="row">{heads}</tr>'
        f"</thead>{bodies}</table>{rest}"
    )


def _group(group: Group, asked: Asked, language: str, is_last: bool) -> str:
    """Rows under their heading; what is past says what that means and leads past itself."""
    note = more = ""
    if group.key == "past":
        jump = (
            ""
            if is_last
            else f'<button type="button" class="clear" data-action="to-coming">'
            f"{both('to_coming')}</button>"
        )
        note = f'<span class="quiet">{both("past_note")}</span>{jump}'
    if group.hidden:
        more = (
            '<tr role="row"><td role="cell" colspan="4"><button type="button" class="clear"'
            ' data-action="ask" data-ask="period" data-value="overdue">'
            f"{both('past_more', count=group.hidden)}</button></td></tr>"
        )
    rows = "".join(_row(row, asked, language) for row in group.rows)
    return (
        f'<tbody role="rowgroup" class="{group.key or "coming"}"><tr class="group" role="row">'
        f'<th role="rowheader" scope="rowgroup" colspan="4"><b>{_group_name(group.heading)}</b>'
        f"{note}</th></tr>{more}{rows}</tbody>"
    )


def _group_name(heading: Note) -> str:
    month = dict(heading.values).get("month")
    if month is None:
        return _note(heading)

    def said(language: str) -> str:
        name = describe(str(month), language)
        return name[:1].upper() + name[1:]

    return in_both(said)


def _row(row: RegisterRow, asked: Asked, language: str) -> str:
    duty = row.obligation
    state = state_of(duty, asked.on)
    cells = "".join(
        f'<td role="cell" class="{name}">{html}</td>'
        for name, html in zip(
            _COLUMNS,
            (_due(row, asked, state), _actor(row, language), _action(row, language), _source(row)),
            strict=True,
        )
    )
    return f'<tr role="row" class="duty {state}" data-duty="{escape(duty.id)}">{cells}</tr>'


def _due(row: RegisterRow, asked: Asked, state: State) -> str:
    """How it stands, the deadline in words, and as it is written where that says more."""
    duty = row.obligation
    written = one_line(duty.deadline_text)
    said = f'<strong class="when">{in_both(partial(describe, duty.deadline))}</strong>'
    if not duty.deadline:
        said = ""
    quoted = f'<span class="written">«{escape(written)}»</span>' if written else ""
    return f"{state_html(state, duty.deadline, asked.on)}{said}{quoted}{_terms(row, asked)}"


def state_html(state: State, deadline: str, on: date) -> str:
    """How a duty stands, in words, with a sign of its own beside the colour."""
    said = in_both(partial(standing_said, state, deadline, on))
    return f'<span class="state {state}">{said}</span>'


def _terms(row: RegisterRow, asked: Asked) -> str:
    """The days in the period asked for on which a recurring duty falls."""
    query = asked.query
    if query.since is None or query.until is None or not is_recurring(row.obligation.deadline):
        return ""
    found = terms(row, query.since, query.until)
    if not found:
        return ""

    def said(language: str) -> str:
        last_days = [term.last for term in found if term.last is not None]
        days = ", ".join(said_day(day, language) for day in last_days[:TERMS_SHOWN])
        more = len(last_days) - TERMS_SHOWN
        if more > 0:
            days = text("terms_more", language, days=days, count=more)
        return text("terms", language, days=days)

    return f'<span class="terms">{in_both(said)}</span>'


def _actor(row: RegisterRow, language: str) -> str:
    duty = row.obligation
    actor = one_line(duty.actor)
    if not actor:
        return f'<span class="nobody">{both("actor_none")}</span>'
    implied = (
        f' <span class="implied" title="{escape(text("actor_implied_why", language))}">'
        f"{both('actor_implied')}</span>"
        if duty.implied
        else ""
    )
    return f'<bdi class="body">{escape(actor)}</bdi>{implied}'


# Shown by page.js where the words are more than the lines they are given.
_MORE = (
    '<button type="button" class="more" data-action="whole" aria-expanded="false" hidden>'
    f'<span class="when-short">{both("whole_quote")}</span>'
    f'<span class="when-whole">{both("short_quote")}</span></button>'
)


def _action(row: RegisterRow, language: str) -> str:
    duty = row.obligation
    action = one_line(duty.action) or one_line(row.citation.quote)
    report = (
        f'<p class="report-to">{both("report_to", whom=one_line(duty.report_to))}</p>'
        if duty.report_to
        else ""
    )
    return (
        f'<button type="button" class="open" data-action="duty" data-duty="{escape(duty.id)}">'
        f'<span class="quote">{escape(action)}</span>{hidden("open_duty")}</button>{_MORE}'
        f"{report}{_doubts(duty.doubts, language)}"
    )


def _doubts(doubts: Sequence[Doubt], language: str) -> str:
    if not doubts:
        return ""
    flags = "".join(
        f'<li title="{escape(doubt_words(doubt, language))}">'
        f"{in_both(partial(doubt_words, doubt))}</li>"
        for doubt in doubts
    )
    return f'<ul class="doubts">{flags}</ul>'


def _source(row: RegisterRow) -> str:
    citation = row.citation
    number = f'<span class="number">{escape(citation.number)}</span>' if citation.number else ""
    places = [both("section", section=citation.section)] if citation.section else []
    places.append(both("page", page=citation.page))
    return f'{number}{name_html(citation.document)}<span class="place">{" · ".join(places)}</span>'
