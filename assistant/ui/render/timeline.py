"""The timeline: due days, periods and recurring duties drawn along the months, in SVG.

Each group is a picture of its own under its name, so that the name stays in view while the months
are scrolled. All pictures share the axis of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape

from assistant.register.plain import one_line
from assistant.register.schedule import describe, said_day
from assistant.register.words import month_name
from assistant.ui.deadlines import Found, State, standing_said
from assistant.ui.form import GROUPINGS
from assistant.ui.render.timeline_layout import (
    LANE,
    MARK,
    Drawn,
    Window,
    bars,
    drawn,
    grouped,
    is_dense,
    lanes,
    mark_at,
    months,
    stretch,
    window_of,
    word_places,
)
from assistant.ui.render.words import both, choice_html, hidden, in_both
from assistant.ui.texts import LANGUAGES, text

DUTIES_DRAWN = 300

# In pixels.
_NAME = 28  # the name of a group, over its first line
_AXIS = 44


def timeline_html(found: Found, grouping: str, language: str) -> str:
    """The timeline of the rows found; ``language`` is that of what is shown on pointing."""
    window = window_of(found)
    items, outside, without = drawn(found, window)
    shown = items[:DUTIES_DRAWN]
    notes = "".join(
        f'<p class="quiet">{both(key, **{name: count})}</p>'
        for key, name, count, holds in (
            ("timeline_cut", "shown", DUTIES_DRAWN, len(items) > len(shown)),
            ("timeline_outside", "count", outside, outside),
            ("timeline_no_day", "count", without, without),
        )
        if holds
    )
    if not shown:
        return f'<div class="no-duties"><p class="said">{both("timeline_nothing")}</p></div>{notes}'
    groups = "".join(
        _group(name, members, found.asked.on, window, language)
        for name, members in grouped(shown, grouping).items()
    )
    days = {
        "since": said_day(window.first, language),
        "until": said_day(window.last, language),
    }
    return (
        f'<div class="timeline-head">{_legend(shown)}'
        f'<div><span class="label" aria-hidden="true">{both("grouping")}</span>'
        f"{choice_html('grouping', GROUPINGS, grouping)}</div></div>"
        f'<div class="timeline" role="group" tabindex="0"'
        f' aria-label="{escape(text("timeline", language, **days))}">'
        f'<div class="axis" aria-hidden="true">{_axis(window, found)}</div>'
        f'<ol class="lanes">{groups}</ol></div>{notes}'
    )


def _legend(items: Sequence[Drawn]) -> str:
    """The signs that stand in the picture, each with its meaning."""
    kinds = {_kind(item) for item in items}
    entries = [
        f'<li><svg width="20" height="16" aria-hidden="true">{_sign(kind, 10, 8)}</svg>'
        f"{both(f'legend_{kind}')}</li>"
        for kind in ("overdue", "today", "coming", "recurring", "open")
        if kind in kinds
    ]
    if any(item.periods for item in items):
        entries.append(
            '<li><svg width="26" height="16" aria-hidden="true"><rect class="bar" x="2" y="5"'
            f' width="22" height="6" rx="3"/></svg>{both("legend_range")}</li>'
        )
    return f'<ul class="legend">{"".join(entries)}</ul>'


def _axis(window: Window, found: Found) -> str:
    on, today = found.asked.on, found.today
    scale = _grid(window, 22, _AXIS) + "".join(_month(m, x) for m, x in months(window))
    marker = ""
    if window.first <= on <= window.last:
        x = window.middle(on)
        key = "timeline_today" if on == today else "timeline_on"
        marker = f'<path class="pointer" d="M{x - 5:.1f} 20h10l-5 7z"/>' + _texts(
            partial(_on, key, on), x, 15, "on", "middle" if x > 60 else "start"
        )
    return _svg(window, _AXIS, scale + marker)


def _grid(window: Window, top: float, bottom: float) -> str:
    """A line where each month begins."""
    lines = "".join(f"M{x:.1f} {top}V{bottom}" for _, x in months(window))
    return f'<path class="month" d="{lines}"/>'


def _on(key: str, on: date, language: str) -> str:
    return text(key, language, day=said_day(on, language))


def _month(month: date, x: float) -> str:
    kind = "january" if month.month == 1 else ""
    return _texts(partial(_short_month, month), x + 5, 38, kind, "start")


def _short_month(day: date, language: str) -> str:
    called = month_name(day.month)[:3] if language == "en" else day.month
    return text("timeline_month", language, month=called, year=day.year)


def _texts(said: Callable[[str], str], x: float, y: float, kind: str, anchor: str) -> str:
    """A text in each language at one place."""
    return "".join(
        f'<text class="t {kind}" lang="{language}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">'
        f"{escape(said(language))}</text>"
        for language in LANGUAGES
    )


def _group(name: str, items: Sequence[Drawn], on: date, window: Window, language: str) -> str:
    placed = lanes(items)
    height = _NAME + max(line + item.lines for line, item in placed) * LANE
    grid = _grid(window, 0, height)
    if window.first <= on <= window.last:
        x = window.middle(on)
        grid += f'<line class="on" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
    marks = "".join(_duty(item, _NAME + line * LANE, on, window, language) for line, item in placed)
    called = escape(name) if name else both("actor_none")
    return (
        f'<li><h3 class="lane"><bdi>{called}</bdi> <span class="count">{len(items)}</span> '
        '<button type="button" class="link" data-action="to-marks">'
        f"{in_both(partial(_months_of, items))}{hidden('timeline_to_marks')}</button></h3>"
        f"{_svg(window, height, grid + marks)}</li>"
    )


def _months_of(items: Sequence[Drawn], language: str) -> str:
    """«4/2023 – 10/2025»: where along the months to look."""
    days = [day for item in items for day in item.ends]
    ends = [_short_month(day, language) for day in (min(days), max(days))]
    return " – ".join(dict.fromkeys(ends))


def _svg(window: Window, height: float, inside: str) -> str:
    width = round(window.width)
    return (
        f'<svg class="months" role="group" width="{width}" height="{height:g}"'
        f' viewBox="0 0 {width} {height:g}">{inside}</svg>'
    )


def _duty(item: Drawn, top: float, on: date, window: Window, language: str) -> str:
    """The marks of a duty and its words: one button, that says all of it."""
    duty = item.row.obligation
    y = top + (item.lines - 0.5) * LANE - (3 if item.lines == 1 else 7)
    said = _spoken(item, on, language)
    dense = is_dense(item, window)
    periods = "".join(
        f'<rect class="bar" x="{left:.1f}" y="{y - 4:.1f}" width="{max(2.0, right - left):.1f}"'
        ' height="8" rx="4"/>'
        for left, right in ([stretch(item, window)] if dense else bars(item, window))
    )
    ends = [] if dense else item.ends
    thread = ""
    if len(ends) > 1:
        left, right = stretch(item, window)
        thread = f'<line class="thread" x1="{left:.1f}" x2="{right:.1f}" y1="{y}" y2="{y}"/>'
    kind = _kind(item)
    signs = "".join(
        _sign("overdue" if kind == "coming" and day < on else kind, window.middle(day), y)
        for day in ends
        if window.first <= day <= window.last
    )
    return (
        f'<g class="duty {item.state}" role="button" tabindex="0" data-action="duty"'
        f' data-duty="{escape(duty.id)}" aria-label="{escape(said)}"><title>{escape(said)}</title>'
        f'<rect class="hit" x="{item.left - 4:.1f}" y="{top - 2:.1f}"'
        f' width="{item.right - item.left - 6:.1f}" height="{item.lines * LANE - 2}" rx="6"/>'
        f"{thread}{periods}{signs}{_words(item, top, window)}</g>"
    )


def _words(item: Drawn, top: float, window: Window) -> str:
    """The beginning of the duty's words: beside its mark with the day, or over its marks."""
    y = top + LANE / 2 + 1
    if item.lines == 1:
        x = mark_at(item.occurrences[0], window) + MARK + 5
        return (
            f'<text x="{x:.1f}" y="{y:.1f}">{_short_day(item.ends[0])}{escape(item.label)}</text>'
        )
    return "".join(
        f'<text x="{x:.1f}" y="{y:.1f}">{escape(item.label)}</text>' for x in word_places(item)
    )


def _short_day(day: date) -> str:
    """«20/4» before what is due then; its year stands at the top."""
    vietnamese, _ = said_day(day, "vi").rsplit("/", 1)
    english = f"{day.day} {month_name(day.month)[:3]}"
    return "".join(
        f'<tspan class="t day" lang="{language}">{words} </tspan>'
        for language, words in zip(LANGUAGES, (vietnamese, english), strict=True)
    )


def _spoken(item: Drawn, on: date, language: str) -> str:
    """All of a duty in one line, for those who point at its mark or hear the page."""
    duty = item.row.obligation
    actor = one_line(duty.actor) or text("actor_none", language)
    action = one_line(duty.action) or one_line(item.row.citation.quote)
    stands = standing_said(item.state, duty.deadline, on, language)
    said = f"{describe(duty.deadline, language)} ({stands}): {actor}: {action}"
    return f"{said} [{item.row.citation.number or item.row.document.name}]"


def _kind(item: Drawn) -> str:
    match item.state:
        case State.OVERDUE | State.ENDED:
            return "overdue"
        case State.TODAY | State.RECURRING:
            return str(item.state)
        case State.OPEN | State.EVENT:
            return "open"
    return "coming"


def _sign(kind: str, x: float, y: float) -> str:
    """A sign for each way to stand: told by its shape as well as by its colour."""
    match kind:
        case "overdue":
            shape = f'<path d="M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z"/>'
        case "today":
            shape = (
                f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="7"/>'
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
            )
        case "recurring":
            shape = f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
        case "open":
            shape = f'<path d="M{x - 4:.1f} {y - 6:.1f}l10 6-10 6z"/>'
        case _:
            shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARK}"/>'
    return f'<g class="sign {kind}">{shape}</g>'
