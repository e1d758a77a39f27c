"""The board: its periods, what is said around its rows, what is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.register.schedule import said_day
from assistant.ui.conversation import Note
from assistant.ui.deadlines import Found
from assistant.ui.download import FORMATS
from assistant.ui.form import PERIODS, VIEWS, Filter, Look, Problem
from assistant.ui.render.duties import duties_html
from assistant.ui.render.timeline import timeline_html
from assistant.ui.render.words import both, choice_html, in_both, note_html
from assistant.ui.texts import text


def periods_html() -> str:
    """The buttons of the periods; ``board.js`` presses the one of the rows that are shown."""
    return choice_html("period", PERIODS, PERIODS[0])


def problems_html(problems: Sequence[Problem]) -> str:
    """What is wrong with the days that were typed; ``board.js`` marks their fields."""
    return "".join(
        f'<p class="problem" role="alert" data-field="{problem.field}">'
        f"{note_html(problem.note)}</p>"
        for problem in problems
    )


def close_filters_html() -> str:
    """What leads from the filters to the rows where they lie over each other."""
    return f'<button type="button" class="wide" data-action="side">{both("show_found")}</button>'


def board_note_html(note: Note, more: str = "", period: str = PERIODS[0]) -> str:
    """The board with one thing to say: that it is loading, or why it is empty; ``more`` is HTML of
    what can be done about that."""
    kind = "pending" if note.pending else "said"
    return (
        f'<div class="no-duties" data-period="{period}">'
        f'<p class="{kind}">{_note(note)}</p>{more}</div>'
    )


def board_html(
    found: Found, look: Look, filters: Sequence[Filter], left_out: int, language: str
) -> str:
    """The rows that were found, as ``look`` has them, under what they are and how to take them.

    ``left_out`` are the rows that a calendar file has no event for. ``language`` is that of what
    is shown on pointing only; all else is in both.
    """
    tools = _tools(found, look, left_out)
    head = f'<header class="board-head">{_heading(found, filters)}{tools}</header>'
    if found.nothing is not None:
        clear = _clear("wide") if filters else ""
        content = (
            f'<div class="no-duties"><p class="said">{_note(found.nothing)}</p>{clear}'
            f"{_undated(found)}</div>"
        )
    elif look.view == "timeline":
        content = timeline_html(found, look.grouping, language)
    else:
        content = duties_html(found, look.limit, language) + _undated(found)
    period = found.asked.period
    return f'<section class="duties" data-period="{period}">{head}{content}</section>'


def _heading(found: Found, filters: Sequence[Filter]) -> str:
    on = found.asked.on
    key = "as_of_today" if on == found.today else "as_of"
    clear = f" {_clear('link')}" if found.rows else ""
    narrowed = (
        f'<p class="quiet narrowed">{_said("narrowed_by", filters=filters)}{clear}</p>'
        if filters
        else ""
    )
    return (
        f'<div class="board-title"><h2 tabindex="-1"><b>{both("duties", count=len(found.rows))}</b>'
        f" {_said(key, day=on)}</h2>{narrowed}</div>"
    )


def _clear(kind: str) -> str:
    return (
        f'<button type="button" class="{kind}" data-action="ask" data-ask="clear">'
        f"{both('clear_filters')}</button>"
    )


def _tools(found: Found, look: Look, left_out: int) -> str:
    if not found.rows:
        return ""
    note = (
        f'<p class="quiet left-out">{both("not_in_calendar", count=left_out)}</p>'
        if left_out
        else ""
    )
    downloads = "".join(
        f'<button type="button" class="tool" data-action="download" data-value="{kind}">'
        f'{both(f"download_{kind}")} <span class="kind">(.{kind})</span></button>'
        for kind in FORMATS
    )
    return (
        f'<div class="board-tools">{choice_html("view", VIEWS, look.view)}'
        f'<div class="downloads" role="group"><span class="label">{both("download")}</span>'
        f"{downloads}</div></div>{note}"
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
        ' <button type="button" class="link" data-action="ask" data-ask="undated">'
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
