"""Hours of the clock: whether one is asked for, and which a sentence gives. Pure."""

from __future__ import annotations

import re

from assistant.evidence import Unit
from assistant.records import Intent, Question
from ingest.dates import DateMention
from ingest.vietnamese import fold

_ASKS_CLOCK = re.compile(r"\bmay (?:gio|h|g)\b|\b(?:what|which) (?:time|hour)\b")
_ASKS_HOUR = re.compile(rf"{_ASKS_CLOCK.pattern}|\bgio nao\b|\bthu may\b")
_HOUR = re.compile(r"\d\s?(?:giờ|[hg](?:\d|\b)|:\d\d)|\b(?:sáng|chiều|tối|trưa|thứ)\b", re.I)
# An hour of the clock; «24 giờ», where no word says that it is one, is as often a span of time.
_CLOCK = (
    r"\d{1,2}(?:\s?[hg]\s?\d{2}|:\d{2}| giờ(?: \d{2}(?: phút)?)?|\s?[hg](?!\w))"
    r"(?: (?:sáng|trưa|chiều|tối))?"
)
_CLOCK_TIME = re.compile(
    rf"(?<![\w/.,])(?:(?P<cue>từ|lúc|vào lúc|hồi|khoảng|trước|chậm nhất(?: là| đến)?|đến) )?"
    rf"{_CLOCK}(?:\s?(?:-|–|—|đến|tới)\s?{_CLOCK})?",
    re.I,
)
_LIMIT_OF_HOURS = re.compile(r"(?:trước|chậm nhất)\b", re.I)  # «trước 16 giờ» begins nothing
_SPAN_OF_HOURS = re.compile(r"\b(?:trong|vòng|sau|quá|tối đa|mỗi|thêm|khoảng|suốt|cả) $", re.I)


def is_hour_asked(hour: DateMention, question: Question) -> bool:
    """Whether an hour is of the kind asked for: «trước 16 giờ» answers «hạn» alone."""
    return question.intent is Intent.DEADLINE or not _LIMIT_OF_HOURS.match(hour.text)


def gives_hour(unit: Unit, question: Question) -> bool:
    """Whether a unit gives an hour of the kind asked for, or a part of the day or week."""
    hours = clock_times(unit)
    if hours:
        return any(is_hour_asked(hour, question) for hour in hours)
    return says_hour(unit.text)


def says_hour(text: str) -> bool:
    """Whether ``text`` gives an hour, or a part of the day or week."""
    return _HOUR.search(text) is not None


def says_clock_time(text: str) -> bool:
    """Whether ``text`` gives an hour of the clock."""
    return _CLOCK_TIME.search(text) is not None


def begins_with_hour(text: str) -> bool:
    """Whether ``text`` begins with an hour of the clock: a row of a schedule."""
    return _CLOCK_TIME.match(text) is not None


def lacks_hour(question: Question, text: str) -> bool:
    """Whether an hour is asked for, and ``text`` gives none of the clock."""
    asked = re.search(
        r"\bmay (?:gio|h|g)\b|\b(?:what|which) (?:time|hour)\b", folded_in_both(question)
    )
    return asked is not None and not says_clock_time(text)


def asks_hour(question: Question) -> bool:
    """Whether an hour is asked for, or a day of the week."""
    return _ASKS_HOUR.search(folded_in_both(question)) is not None


def folded_in_both(question: Question) -> str:
    """The question without diacritics, and as typed where it is English."""
    return f"{fold(question.text)}\n{question.typed}".lower()


def clock_times(unit: Unit) -> list[DateMention]:
    """The hours of the clock that a unit says («9h45 – 11h30»), with no day."""
    text = unit.text
    return [
        DateMention(unit.start + m.start(), unit.start + m.end(), m.group(), "", "on", True)
        for m in _CLOCK_TIME.finditer(text)
        if m["cue"] or (":" in m.group() or re.search(r"[hg]", m.group())) or m.start() == 0
        if not _SPAN_OF_HOURS.search(text[: m.start()])
    ]
