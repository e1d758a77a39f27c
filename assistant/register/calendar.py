"""The register as a calendar file (iCalendar, RFC 5545) for Outlook, Google and phones."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from assistant.records import RegisterRow
from assistant.register.doubts import notes_of
from assistant.register.plain import one_line, plain
from assistant.register.rules import Rule, Span, parts_of
from assistant.register.schedule import said_beside
from assistant.register.words import source_words, word
from ingest.records import SourceDocument

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

_ZONE = "Asia/Ho_Chi_Minh"  # UTC+7 all year since 1975
_DOMAIN = "tro-ly-ke-hoach"
_DAY = timedelta(days=1)
_REMIND_DAYS = timedelta(days=-3, hours=8)  # before the day itself: three days before, at 8:00
_REMIND_EVE = timedelta(days=-1, hours=8)
_REMIND_MINUTES = timedelta(minutes=-30)
_LENGTH = timedelta(minutes=30)  # of an event with an hour: no length at all is drawn badly
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def to_ics(
    rows: Sequence[RegisterRow], *, language: str = "vi", now: datetime | None = None
) -> bytes:
    """A calendar with an event for each day, period and rule of ``rows``, in UTF-8.

    Days and periods are all-day events on the last day, ranges with two ends span their days, a
    duty that only has a beginning has an event on its first day. Rules recur (RRULE) from the date
    of issue, or from the first of their years. The same rows give the same UIDs, so that a second
    import updates the first. Rows without a place on a calendar are left out (:func:`left_out`).
    ``now`` (UTC where it names no zone) stamps the events.
    """
    from icalendar import Calendar

    stamp = now or datetime.now(UTC)
    stamp = (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).astimezone(UTC)
    file = Calendar()
    file.add("prodid", f"-//{_DOMAIN}//assistant register//VI")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", word("calendar", language))
    file.add("x-wr-timezone", _ZONE)
    events = [event for row in rows for event in _events(row, language, stamp)]
    if any(isinstance(event.decoded("dtstart"), datetime) for event in events):
        file.add_component(_timezone())
    for event in events:
        file.add_component(event)
    return file.to_ical()


def left_out(rows: Sequence[RegisterRow]) -> tuple[RegisterRow, ...]:
    """The rows that :func:`to_ics` has no event for: undated, unread, or counted from an event."""
    return tuple(row for row in rows if not any(True for _ in _placed(row)))


def _placed(row: RegisterRow) -> Iterator[tuple[int, Span | Rule]]:
    """The parts of the deadline that have a place on a calendar, each with its number."""
    for number, part in enumerate(parts_of(row.obligation.deadline)):
        if isinstance(part, Span | Rule):
            yield number, part


def _events(row: RegisterRow, language: str, stamp: datetime) -> Iterator[Event]:
    for number, part in _placed(row):
        event = _described(row, number, language, stamp)
        if isinstance(part, Rule):
            here = stamp.astimezone(ZoneInfo(_ZONE)).date()
            _recur(event, part, _first_day(row.document, part, here))
        else:
            _all_day(event, *_shown_days(part))
        summary = _summary(row, part, language)
        event.add("summary", summary)
        if reminder := _reminder(part):
            event.add_component(_alarm(reminder, summary, at_end=_is_range(part)))
        yield event


def _described(row: RegisterRow, number: int, language: str, stamp: datetime) -> Event:
    """An event without its days and its name."""
    from icalendar import Event

    duty = row.obligation
    event = Event()
    event.add("uid", f"{duty.id}{f'.{number}' if number else ''}@{_DOMAIN}")
    event.add("dtstamp", stamp)
    event.add("description", _description(row, language))
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")  # a deadline doesn't make anyone busy
    return event


def _description(row: RegisterRow, language: str) -> str:
    duty = row.obligation
    written = one_line(duty.deadline_text)
    said = said_beside(written, duty.deadline, language)
    lines = [
        word("ics_deadline", language, written=f"{written} ({said})" if said else written),
        f"«{plain(row.citation.quote)}»",
        source_words(row.citation, language),
    ]
    if duty.report_to:
        lines.append(word("ics_report_to", language, whom=one_line(duty.report_to)))
    lines += [word("ics_note", language, note=note) for note in notes_of(duty, language)]
    return "\n".join(lines)


def _all_day(event: Event, first: date, last: date) -> None:
    event.add("dtstart", first)
    event.add("dtend", last + _DAY)  # the end is the day after (RFC 5545, 3.6.1)


def _is_range(part: Span | Rule) -> bool:
    """Whether the event spans several days: a range with both ends."""
    return isinstance(part, Span) and part.ranged and None not in (part.low, part.high)


def _shown_days(span: Span) -> tuple[date, date]:
    """The days that an event shows: all of a range, else the last, else the first."""
    first, last = span.days.first, span.days.last
    shown = last or first or date.max
    return (first, shown) if first and _is_range(span) else (shown, shown)


def _summary(row: RegisterRow, part: Span | Rule, language: str) -> str:
    duty = row.obligation
    named = (duty.actor, duty.action or duty.deadline_text)
    said = ": ".join(filter(None, map(one_line, named)))
    only_begins = isinstance(part, Span) and part.high is None
    return word("starts", language, what=said) if only_begins else said


def _reminder(part: Span | Rule) -> timedelta | None:
    """When to remind, counted from midnight before the day or from the hour; None for never."""
    if isinstance(part, Rule) and part.frequency == "DAILY":
        return _REMIND_MINUTES if part.time else None
    if isinstance(part, Rule) and part.frequency == "WEEKLY":
        return _REMIND_EVE
    return _REMIND_DAYS


def _alarm(before: timedelta, summary: str, *, at_end: bool) -> Alarm:
    """A message. A range reminds of its end, which is the midnight after its last day."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    if at_end:
        alarm.add("trigger", before - _DAY, parameters={"RELATED": "END"})
    else:
        alarm.add("trigger", before)
    return alarm


def _timezone() -> Timezone:
    """Vietnam's one offset. The full history of the zone would be many times longer."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", _ZONE)
    zone.add_component(standard)
    return zone


def _first_day(document: SourceDocument, rule: Rule, today: date) -> date:
    """The day from which a rule is followed: a duty isn't due before its document was issued."""
    issued = document.header.issued
    first_year, last_year = rule.years
    if not first_year:
        return issued or date(today.year, 1, 1)
    opening = date(first_year, 1, 1)
    return max(opening, issued) if issued and issued.year <= last_year else opening


def _recur(event: Event, rule: Rule, since: date) -> None:
    """Put the first occurrence from ``since`` on, and the rule for those that follow."""
    recurrence = recurrence_of(rule)
    until = date(rule.years[1], 12, 31) if rule.years[1] else None
    # Issued after the last of all: the rule as it stands.
    coming = next(rule.occurrences(since, date.max), None)
    day = (coming or next(rule.occurrences(date.min, date.max))).last or since
    if rule.time:
        begin = _at(day, rule.time)
        event.add("dtstart", begin)
        event.add("dtend", begin + _LENGTH)
        if until:  # in UTC where the start has an hour (RFC 5545, 3.3.10)
            recurrence["UNTIL"] = _at(until, rule.time).astimezone(UTC)
    else:
        _all_day(event, day, day)
        if until:
            recurrence["UNTIL"] = until
    event.add("rrule", recurrence)


def _at(day: date, hour: str) -> datetime:
    """The hour on the day; «24:00» is the day's last minute."""
    clock = time(23, 59) if hour == "24:00" else time.fromisoformat(hour)
    return datetime.combine(day, clock, ZoneInfo(_ZONE))


def recurrence_of(rule: Rule) -> dict[str, Any]:
    """The parts of the RRULE that falls on the last days of the rule's occurrences."""
    match rule.frequency:
        case "DAILY":
            return {"FREQ": "DAILY"}
        case "WEEKLY":
            return {"FREQ": "WEEKLY", "BYDAY": _WEEKDAYS[(rule.weekday or 7) - 1]}
        case "MONTHLY":
            return {"FREQ": "MONTHLY", **_day_of_month(rule.day)}
        case "QUARTERLY":
            return {"FREQ": "MONTHLY", "INTERVAL": 3, **_day_of_month(rule.day)}
    month = rule.month or (rule.quarter or 4) * 3
    longest = calendar.monthrange(2024, month)[1]
    day = rule.day or longest
    # Not every February has 29 days, but every one has a last day.
    return {
        "FREQ": "YEARLY",
        "BYMONTH": month,
        "BYMONTHDAY": -1 if (month, day) == (2, 29) else day,
    }


def _day_of_month(day: int) -> dict[str, Any]:
    """A day of the month, its last (0, 31), or the nearest day before that a month has."""
    if day in (0, 31):
        return {"BYMONTHDAY": -1}
    if day > 28:
        return {"BYMONTHDAY": list(range(28, day + 1)), "BYSETPOS": -1}
    return {"BYMONTHDAY": day}
