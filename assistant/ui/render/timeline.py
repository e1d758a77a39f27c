"""The timeline: due days, periods and recurring duties drawn along the months, in SVG.

Each group is a picture of its own under its name, so that the name stays in view while the months
are scrolled. All pictures share the axis of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from html import escape

from assistant.records import RegisterRow
from assistant.register.plain import one_line
from assistant.register.rules import Occurrence, Span, parts_of
from assistant.register.schedule import describe, is_recurring, said_day
from assistant.register.words import month_name
from assistant.ui.deadlines import Found, State, standing_said, state_of, terms
from assistant.ui.render.words import both
from assistant.ui.texts import LANGUAGES, text

DUTIES_DRAWN = 300
MONTHS_DRAWN = 60  # of a window that no one has chosen
_MONTHS_BEFORE = 36  # of those, where the days that are known span more
_LEAST_AFTER = timedelta(days=120)
_DAY = timedelta(days=1)

# In pixels.
_LANE = 26  # a line of marks
_NAME = 28  # the name of a group, over its first line
_AXIS = 44
_MARK = 6
_LETTER = 6.6  # the width of one, on average
_GAP = 18  # between a label and the next mark on its line
_LABEL_LETTERS = 44
_EDGE = 24  # left of the first day
_AFTER = 320  # right of the last, for its label
# The more months, the narrower each: (days at most, pixels a day)
_SCALES = ((100, 8.0), (200, 5.0), (400, 3.6), (800, 2.6))
_NARROWEST = 2.0
# Marks nearer than this on average are one bar: «hằng ngày» over a year.
_DENSE = 9


@dataclass(frozen=True, slots=True)
class Window:
    """The days drawn, both included, and how wide a day is."""

    first: date
    last: date

    @property
    def scale(self) -> float:
        days = (self.last - self.first).days
        return next((scale for most, scale in _SCALES if days <= most), _NARROWEST)

    @property
    def width(self) -> float:
        return self.x(self.last + _DAY) + _AFTER

    def x(self, day: date) -> float:
        """Where a day begins."""
        return _EDGE + (day - self.first).days * self.scale

    def middle(self, day: date) -> float:
        return self.x(day) + self.scale / 2


def window_of(found: Found) -> Window:
    """The days to draw: the period asked for, else all that is known around the chosen day."""
    query, on = found.asked.query, found.asked.on
    days = [on, *(day for row in found.rows for day in _single_days(row))]
    first, last = min(days), max(days)
    if any(is_recurring(row.obligation.deadline) for row in found.rows):
        last = max(last, _later(on, _LEAST_AFTER))
    if (last - first).days > MONTHS_DRAWN * 30.5:
        first = max(first, _earlier(on, timedelta(days=_MONTHS_BEFORE * 30)))
        last = min(last, _later(first, timedelta(days=round(MONTHS_DRAWN * 30.5))))
    first, last = query.since or first.replace(day=1), query.until or _month_end(last)
    # A period with one end typed, or one of centuries.
    last = max(first, last)
    return Window(first, min(last, _later(first, timedelta(days=round(MONTHS_DRAWN * 30.5)))))


def _single_days(row: RegisterRow) -> Iterator[date]:
    for part in parts_of(row.obligation.deadline):
        if isinstance(part, Span):
            yield from (day for day in (part.days.first, part.days.last) if day is not None)


def _later(day: date, by: timedelta) -> date:
    return day + by if by <= date.max - day else date.max


def _earlier(day: date, by: timedelta) -> date:
    return day - by if by <= day - date.min else date.min


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1) if day.year < 9999 else day
    return following - _DAY if following > day else day


# --- What is drawn -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """A duty on the timeline: its marks, and the stretch of its line that it takes up."""

    row: RegisterRow
    state: State
    occurrences: tuple[Occurrence, ...]
    label: str
    left: float
    right: float

    @property
    def ends(self) -> list[date]:
        """A day for each mark: the last of an occurrence, else its first."""
        return [day for o in self.occurrences if (day := o.last or o.first) is not None]


def drawn(found: Found, window: Window) -> tuple[list[Drawn], int, int]:
    """The duties with a day in the window; how many have theirs outside, and how many have none."""
    inside: list[Drawn] = []
    outside = without = 0
    for row in found.rows:
        marks = tuple(
            o
            for o in terms(row, window.first, window.last)
            if window.first <= (o.last or o.first or date.min) <= window.last
            or (o.first is not None and o.last is not None)
        )
        if marks:
            inside.append(_placed(row, state_of(row.obligation, found.asked.on), marks, window))
        elif any(True for _ in _single_days(row)) or is_recurring(row.obligation.deadline):
            outside += 1
        else:
            without += 1
    return inside, outside, without


def _placed(row: RegisterRow, state: State, marks: tuple[Occurrence, ...], window: Window) -> Drawn:
    label = _label(row)
    last = _mark_at(marks[-1], window)
    left = min(window.x(max(o.first or o.last or window.first, window.first)) for o in marks)
    right = last + _MARK + len(label) * _LETTER + 8 * _LETTER + _GAP  # «20/4 » before the label
    return Drawn(row, state, marks, label, left - _MARK, right)


def _label(row: RegisterRow) -> str:
    said = one_line(row.obligation.action) or one_line(row.citation.quote)
    return said if len(said) <= _LABEL_LETTERS else said[: _LABEL_LETTERS - 1].rstrip() + "…"


def _mark_at(occurrence: Occurrence, window: Window) -> float:
    day = occurrence.last or occurrence.first or window.first
    return window.middle(min(max(day, window.first), window.last))


def lanes(items: Sequence[Drawn]) -> list[list[Drawn]]:
    """The items on as few lines as it takes for none to lie over another."""
    lines: list[list[Drawn]] = []
    for item in sorted(items, key=lambda item: (item.left, item.right)):
        free = next((line for line in lines if line[-1].right <= item.left), None)
        if free is None:
            lines.append([item])
        else:
            free.append(item)
    return lines


def grouped(items: Sequence[Drawn], by: str) -> dict[str, list[Drawn]]:
    """The items under the name of their actor or document, in the order given; "" for no one."""
    found: dict[str, list[Drawn]] = {}
    names: dict[str, str] = {}
    for item in items:
        name = _group_name(item.row, by)
        found.setdefault(names.setdefault(name.casefold(), name), []).append(item)
    return found


def _group_name(row: RegisterRow, by: str) -> str:
    if by == "document":
        number, name = row.citation.number, row.document.name
        return f"{number} · {name}" if number else name
    return one_line(row.obligation.actor)


# --- HTML ----------------------------------------------------------------------------------------


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
        f"{_legend(shown)}"
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
    if any(_bars(item, None) for item in items):
        entries.append(
            '<li><svg width="26" height="16" aria-hidden="true"><rect class="bar" x="2" y="5"'
            f' width="22" height="6" rx="3"/></svg>{both("legend_range")}</li>'
        )
    return f'<ul class="legend">{"".join(entries)}</ul>'


def _axis(window: Window, found: Found) -> str:
    on, today = found.asked.on, found.today
    months = "".join(
        f'<line class="month" x1="{x:.1f}" x2="{x:.1f}" y1="22" y2="{_AXIS}"/>{_month(month, x)}'
        for month in _months(window)
        for x in [window.x(max(month, window.first))]
    )
    marker = ""
    if window.first <= on <= window.last:
        x = window.middle(on)
        key = "timeline_today" if on == today else "timeline_on"
        marker = f'<path class="pointer" d="M{x - 5:.1f} 20h10l-5 7z"/>' + _texts(
            partial(_on, key, on), x, 15, "on", "middle" if x > 60 else "start"
        )
    return _svg(window, _AXIS, f"{months}{marker}")


def _on(key: str, on: date, language: str) -> str:
    return text(key, language, day=said_day(on, language))


def _month(month: date, x: float) -> str:
    def said(language: str) -> str:
        name = month_name(month.month)[:3]
        return text("timeline_month", language, month=month.month, name=name, year=month.year)

    return _texts(said, x + 5, 38, "january" if month.month == 1 else "", "start")


def _texts(said, x: float, y: float, kind: str, anchor: str) -> str:  # type: ignore[no-untyped-def]
    """A text in each language at one place."""
    return "".join(
        f'<text class="t {kind}" lang="{language}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">'
        f"{escape(said(language))}</text>"
        for language in LANGUAGES
    )


def _months(window: Window) -> Iterator[date]:
    month = window.first.replace(day=1)
    while month <= window.last:
        yield month
        if (month.year, month.month) == (date.max.year, 12):
            return
        month = (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _group(name: str, items: Sequence[Drawn], on: date, window: Window, language: str) -> str:
    lines = lanes(items)
    height = _NAME + len(lines) * _LANE
    grid = "".join(
        f'<line class="month" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
        for month in _months(window)
        for x in [window.x(max(month, window.first))]
    )
    if window.first <= on <= window.last:
        x = window.middle(on)
        grid += f'<line class="on" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height}"/>'
    marks = "".join(
        _duty(item, _NAME + line * _LANE + _LANE / 2 - 3, on, window, language)
        for line, members in enumerate(lines)
        for item in members
    )
    called = f"<bdi>{escape(name)}</bdi>" if name else both("actor_none")
    return (
        f'<li><h3 class="lane">{called} <span class="count">{len(items)}</span></h3>'
        f"{_svg(window, height, grid + marks)}</li>"
    )


def _svg(window: Window, height: float, inside: str) -> str:
    width = round(window.width)
    return (
        f'<svg class="months" width="{width}" height="{height:g}"'
        f' viewBox="0 0 {width} {height:g}">{inside}</svg>'
    )


def _duty(item: Drawn, y: float, on: date, window: Window, language: str) -> str:
    """The marks of a duty and its words: one button, that says all of it."""
    duty = item.row.obligation
    said = _spoken(item, on, language)
    dense = _is_dense(item, window)
    bars = "".join(
        f'<rect class="bar" x="{left:.1f}" y="{y - 4:.1f}" width="{max(2.0, right - left):.1f}"'
        ' height="8" rx="4"/>'
        for left, right in ([_stretch(item, window)] if dense else _bars(item, window))
    )
    ends = [] if dense else item.ends
    thread = ""
    if len(ends) > 1:
        left, right = _stretch(item, window)
        thread = f'<line class="thread" x1="{left:.1f}" x2="{right:.1f}" y1="{y}" y2="{y}"/>'
    kind = _kind(item)
    signs = "".join(
        _sign("overdue" if kind == "coming" and day < on else kind, window.middle(day), y)
        for day in ends
        if window.first <= day <= window.last
    )
    x = _mark_at(item.occurrences[-1], window) + _MARK + 5
    return (
        f'<g class="duty {item.state}" role="button" tabindex="0" data-action="duty"'
        f' data-duty="{escape(duty.id)}" aria-label="{escape(said)}"><title>{escape(said)}</title>'
        f'<rect class="hit" x="{item.left - 4:.1f}" y="{y - _LANE / 2 + 1:.1f}"'
        f' width="{item.right - item.left - 6:.1f}" height="{_LANE - 2}" rx="6"/>'
        f"{thread}{bars}{signs}{_words(item, x, y)}</g>"
    )


def _words(item: Drawn, x: float, y: float) -> str:
    """The day of the last mark and the beginning of the duty's words, beside that mark."""
    day = item.ends[-1]
    days = "".join(
        f'<tspan class="t day" lang="{language}">{said} </tspan>'
        for language, said in (
            ("vi", f"{day.day:02d}/{day.month:02d}"),
            ("en", f"{day.day} {month_name(day.month)[:3]}"),
        )
    )
    shown = days if len(item.occurrences) == 1 else ""
    return f'<text x="{x:.1f}" y="{y + 4:.1f}">{shown}{escape(item.label)}</text>'


def _spoken(item: Drawn, on: date, language: str) -> str:
    """All of a duty in one line, for those who point at its mark or hear the page."""
    duty = item.row.obligation
    actor = one_line(duty.actor) or text("actor_none", language)
    action = one_line(duty.action) or one_line(item.row.citation.quote)
    stands = standing_said(item.state, duty.deadline, on, language)
    said = f"{describe(duty.deadline, language)} ({stands}): {actor}: {action}"
    return f"{said} [{item.row.citation.number or item.row.document.name}]"


def _bars(item: Drawn, window: Window | None) -> list[tuple[float, float]]:
    """Left and right of each occurrence of several days; without a window any numbers."""
    return [
        (
            window.x(max(o.first, window.first)) if window else 0.0,
            window.x(min(o.last, window.last) + _DAY) if window else 0.0,
        )
        for o in item.occurrences
        if o.first is not None and o.last is not None and o.first < o.last
    ]


def _stretch(item: Drawn, window: Window) -> tuple[float, float]:
    days = [min(max(day, window.first), window.last) for day in item.ends]
    return window.middle(min(days)), window.middle(max(days))


def _is_dense(item: Drawn, window: Window) -> bool:
    """Whether the marks would run into each other."""
    if len(item.ends) < 8:
        return False
    left, right = _stretch(item, window)
    return (right - left) / len(item.ends) < _DENSE


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
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.500"/>'
            )
        case "recurring":
            shape = f'<circle class="ring" cx="{x:.1f}" cy="{y:.1f}" r="4.500"/>'
        case "open":
            shape = f'<path d="M{x - 4:.1f} {y - 6:.1f}l10 6-10 6z"/>'
        case _:
            shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_MARK}"/>'
    return f'<g class="sign {kind}">{shape}</g>'
