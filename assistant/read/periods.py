"""The days that a question about what is due asks for. Pure.

«trước ngày 20/4» first means the duties whose deadline that is; «trước tháng 12», where none has
that deadline, all that is due before. A day or month without a year is that day of any year.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from assistant.records import Question
from assistant.register.schedule import due_in, last_day, occurrences
from ingest.dates import DateMention, matches
from ingest.vietnamese import fold, has_diacritics

_OVERDUE = re.compile(
    r"\b(?:qua han|tre han|het han|cham han|da het thoi han|overdue|past due|late|missed|expired)\b"
)
_DUE = re.compile(
    r"\b(?:den han|han|phai|nop|gui|bao cao|hoan thanh|lam gi|viec gi|lam nhung|trien khai|"
    r"can lam|due|must|report|submit|deadlines?|to do|finish|complete|viec nao|nhiem vu|xong|"
    r"thuc hien|to chuc|dien ra|lich|cong viec|su kien|happens?|scheduled|planned)\b"
)
_RELATIVE = (
    (re.compile(r"\b(?:hom nay|today)\b"), "day", 0),
    (re.compile(r"\b(?:ngay mai|tomorrow)\b"), "day", 1),
    (re.compile(r"\b(?:tuan nay|this week)\b"), "week", 0),
    (re.compile(r"\b(?:tuan (?:sau|toi)|next week)\b"), "week", 1),
    (re.compile(r"\b(?:thang nay|this month)\b"), "month", 0),
    (re.compile(r"\b(?:thang (?:sau|toi)|next month)\b"), "month", 1),
    (re.compile(r"\b(?:quy nay|this quarter)\b"), "quarter", 0),
    (re.compile(r"\b(?:quy (?:sau|toi)|next quarter)\b"), "quarter", 1),
    (re.compile(r"\b(?:nam nay|this year)\b"), "year", 0),
)


_AS_OF = re.compile(
    r"\b(?:tính|lũy kế) (?:đến|tới)\b|\bchốt (?:số liệu|đến|tới)\b|\bsố liệu chốt\b", re.I
)
_AS_OF_FOLDED = re.compile(fold(_AS_OF.pattern))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about time: what is overdue on a day, or due in, on or before dates."""

    overdue_at: datetime.date | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    mentions: tuple[DateMention, ...] = ()

    def holds(self, deadline: str) -> bool:
        """Whether a deadline is what is asked for, taken narrowly."""
        if self.overdue_at is not None:
            last = last_day(deadline)
            return last is not None and last < self.overdue_at
        if self.since is not None and self.until is not None:
            return due_in(deadline, self.since, self.until)
        return any(_is_at(mention, deadline) for mention in self.mentions)

    @property
    def is_of_days(self) -> bool:
        """Whether the dates asked about are days, which a deadline may be to the day."""
        return any(re.search(r"-\d\d-\d\d$", m.value) for m in self.mentions)

    def precedes(self, deadline: str) -> bool:
        """Whether a deadline lies before the dates asked about («trước tháng 12»)."""
        return any(_is_before(m.value, deadline) for m in self.mentions if _is_limit(m))


def _is_limit(mention: DateMention) -> bool:
    """Whether all that lies before the date may be meant; «due in October» means October alone."""
    within = re.search(r"\b(?:in|on|during|trong|vào)\b", mention.text, re.I)
    return mention.cue in ("before", "by", "until") and within is None


def asks_as_of(question: Question) -> bool:
    """Whether a day is asked about, or for, that something is told as of: «tính đến ngày nào»."""
    if question.language == "en":
        return re.search(r"\bas of\b", question.typed, re.I) is not None
    if has_diacritics(question.text):  # «cán bộ tỉnh đến …» is of no such day
        return _AS_OF.search(question.text) is not None
    return _AS_OF_FOLDED.search(question.text.lower()) is not None


def asked_of(question: Question, today: datetime.date) -> Asked | None:
    """What days the question asks about; None where it is no question about what is due."""
    said = fold(f"{question.text} {question.typed}").lower()
    mentions = tuple(m for m in question.dates if not m.named_day and not m.reference)
    if _OVERDUE.search(said):
        days = [last for m in mentions if (last := last_day(m.value)) is not None]
        if not days and mentions:
            return None
        return Asked(overdue_at=days[-1] if days else today)
    if not _DUE.search(said) or asks_as_of(question):
        return None
    precise = tuple(m for m in mentions if not re.fullmatch(r"\d{4}(?:/\d{4})?", m.value))
    if precise:
        return Asked(mentions=precise)
    for pattern, unit, ahead in _RELATIVE:
        if pattern.search(said):
            since, until = _period(unit, ahead, today)
            return Asked(since=since, until=until)
    return None


def _period(unit: str, ahead: int, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The day, week, month, quarter or year of ``today``, or the one ``ahead`` of it."""
    if unit == "day":
        day = today + datetime.timedelta(days=ahead)
        return day, day
    if unit == "week":
        monday = today + datetime.timedelta(days=7 * ahead - today.weekday())
        return monday, monday + datetime.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (today.year * 12 + today.month - 1) // months * months + ahead * months
    last = first + months - 1
    return (
        datetime.date(first // 12, first % 12 + 1, 1),
        datetime.date(last // 12, last % 12 + 1, calendar.monthrange(last // 12, last % 12 + 1)[1]),
    )


def _is_at(mention: DateMention, deadline: str) -> bool:
    value = mention.value
    if match := re.fullmatch(r"(\d{4})-(\d\d)|(\d{4})-Q([1-4])", value):
        year, month, in_year, quarter = match.groups()
        last = int(month) if month else int(quarter) * 3
        first = last if month else last - 2
        of = int(year or in_year)
        return due_in(
            deadline,
            datetime.date(of, first, 1),
            datetime.date(of, last, calendar.monthrange(of, last)[1]),
        )
    return matches(value, deadline)


def _is_before(value: str, deadline: str) -> bool:
    if deadline.startswith(("WEEKLY", "DAILY")):
        return False  # before any date
    if match := re.fullmatch(r"--(\d\d)(?:-(\d\d))?", value):
        limit = (int(match.group(1)), int(match.group(2) or 0))
        days = occurrences(deadline, datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))
        return any(
            (o.last.month, o.last.day) < (limit[0], limit[1] or 1) for o in days[:24] if o.last
        )
    if match := re.fullmatch(r"(\d{4})(?:-Q([1-4])|-(\d\d)(?:-(\d\d))?)?", value):
        year, quarter, month, day = match.groups()
        first = datetime.date(int(year), int(month or 3 * int(quarter or 1) - 2), int(day or 1))
        last = last_day(deadline)
        if last is not None:
            return last < first
        return bool(occurrences(deadline, datetime.date(first.year, 1, 1), first))
    return False
