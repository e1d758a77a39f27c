"""The duties as a table: each row with how it stands, who, what, and the way to its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

from assistant.records import RegisterRow
from assistant.register.doubts import doubt_words, doubts_to_say, implied_words
from assistant.register.plain import one_line
from assistant.register.schedule import describe, is_recurring, said_day
from assistant.ui.conversation import Note
from assistant.ui.deadlines import Found, Group, State, groups, standing_said, state_of, terms
from assistant.ui.form import Asked
from assistant.ui.render.words import MORE, both, hidden, in_both, name_html, places_html
from assistant.ui.texts import text
from ingest.records import Doubt

TERMS_SHOWN = 6
_COLUMNS = ("due", "actor", "action", "document")


def duties_html(found: Found, limit: int, language: str) -> str:
    """The rows under their headings, ``limit`` at most and a button for more.

    ``language`` is that of what is shown on pointing only; all else is in both.
    """
    shown, more = groups(found, limit)
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
            else f'<button type="button" class="link" data-action="to-coming">'
            f"{both('to_coming')}</button>"
        )
        note = f'<span class="quiet">{both("past_note")}</span>{jump}'
    if group.hidden:
        more = (
            '<tr role="row"><td role="cell" colspan="4"><button type="button" class="link"'
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
        return both(heading.key, **dict(heading.values))

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
    """How it stands, the deadline in words, and as it is written."""
    duty = row.obligation
    stands = in_both(partial(standing_said, state, duty.deadline, asked.on))
    said = in_both(partial(describe, duty.deadline)) if duty.deadline else ""
    written = escape(one_line(duty.deadline_text))
    lines = (
        f'<span class="state {state}">{stands}</span>',  # the style sheet adds a sign to the colour
        f'<strong class="when">{said}</strong>' if said else "",
        f'<span class="written">«{written}»</span>' if written else "",
        _terms(row, asked),
    )
    return "".join(lines)


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
        f' <span class="implied" title="{escape(implied_words(duty, language))}">'
        f"{both('actor_implied')}</span>"
        if duty.implied
        else ""
    )
    return f'<bdi class="body">{escape(actor)}</bdi>{implied}'


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
        f'<span class="quote">{escape(action)}</span>{hidden("open_duty")}</button>{MORE}'
        f"{report}{_doubts(doubts_to_say(duty), language)}"
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
    places = " · ".join(places_html(citation))
    place = f'<span class="place">{places}</span>' if places else ""
    return f"{number}{name_html(citation.document)}{place}"
