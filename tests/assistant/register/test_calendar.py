"""The calendar file, read back by the libraries that others read it with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from assistant.cite import cite
from assistant.records import RegisterRow
from assistant.register.calendar import left_out, to_ics
from assistant.register.schedule import occurrences
from ingest.records import Doubt, Header, HeaderField, Obligation, SourceDocument
from tests.assistant.register.deadlines import deadlines, rules

NOW = datetime(2025, 10, 5, 8, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TEXT = "Báo cáo kết quả thực hiện"
DUTY = Obligation(
    id="duty", document_id="d", actor="Hội Nông dân xã", actor_start=-1, implied=False, action=TEXT,
    deadline_text="", deadline_start=0, deadline="", report_to="", start=0, end=len(TEXT), page=1,
    section=(),
)  # fmt: skip

Change = Callable[..., RegisterRow]


def row_of(deadline: str, issued: date | None = None) -> RegisterRow:
    header = Header(date=HeaderField(str(issued), 0, 1)) if issued else Header()
    document = SourceDocument("d", "ke-hoach.txt", TEXT, header=header)
    return RegisterRow(replace(DUTY, deadline=deadline), document, cite(document, 0, len(TEXT)))


def events_of(rows: Sequence[RegisterRow], language: str = "vi") -> list[Event]:
    return list(Calendar.from_ical(to_ics(rows, language=language, now=NOW)).walk("VEVENT"))


def recurring_days(event: Event, until: date) -> list[date]:
    """The days on which ``event`` stands until ``until``, as dateutil expands its rule."""
    begin = event.decoded("dtstart")
    if not isinstance(begin, datetime):
        begin = datetime(begin.year, begin.month, begin.day)
    rule = rrulestr(event["rrule"].to_ical().decode(), dtstart=begin)
    last = datetime(until.year, until.month, until.day, 23, 59, 59, tzinfo=begin.tzinfo)
    return [found.date() for found in rule.between(begin, last, inc=True)]


@given(rules, st.dates(date(2014, 1, 1), date(2040, 12, 31)))
def test_a_rule_read_back_falls_on_the_days_of_the_schedule(rule: str, issued: date) -> None:
    (event,) = events_of([row_of(rule, issued)])
    first = event.decoded("dtstart")
    first = first.date() if isinstance(first, datetime) else first
    horizon = issued + timedelta(days=366 * 4)
    years = rule.rpartition("(")[2].rstrip(")").split("..") if "(" in rule else []
    since = issued
    if years:
        opening = date(int(years[0]), 1, 1)
        since = max(opening, issued) if issued.year <= int(years[1]) else opening
        horizon = max(horizon, since)
    expected = [o.last for o in occurrences(rule, since, horizon) if o.last and o.last <= horizon]
    if not expected and years:  # issued after the last of all: the rule as it stands
        horizon = date(int(years[1]), 12, 31)
        expected = [o.last for o in occurrences(rule, date(int(years[0]), 1, 1), horizon)]
    assert recurring_days(event, horizon) == expected
    assert first == expected[0]


@given(st.lists(deadlines, max_size=4))
def test_any_deadline_is_an_event_or_left_out(values: list[str]) -> None:
    rows = [row_of(value) for value in values]
    rows = [
        replace(r, obligation=replace(r.obligation, id=f"duty-{n}")) for n, r in enumerate(rows)
    ]
    events = events_of(rows)
    shown = {str(event["uid"]).partition("@")[0].partition(".")[0] for event in events}
    assert shown.isdisjoint(row.obligation.id for row in left_out(rows))
    assert len(shown) + len(left_out(rows)) == len(rows)
    assert len({str(event["uid"]) for event in events}) == len(events)


SPANS = [
    ("2024-04-20", "2024-04-20", "2024-04-20"),
    ("2024-07", "2024-07-31", "2024-07-31"),
    ("2025-Q4", "2025-12-31", "2025-12-31"),
    ("2026", "2026-12-31", "2026-12-31"),
    ("2024-05-02/2024-06-30", "2024-05-02", "2024-06-30"),
    ("/2025-10", "2025-10-31", "2025-10-31"),
    ("2025-07-01/", "2025-07-01", "2025-07-01"),
    ("2025-11/END", "2025-11-01", "2025-11-01"),
]


@pytest.mark.parametrize(("deadline", "first", "last"), SPANS)
def test_days_and_periods_are_whole_days(deadline: str, first: str, last: str) -> None:
    (event,) = events_of([row_of(deadline)])
    assert event.decoded("dtstart") == date.fromisoformat(first)
    assert event.decoded("dtend") == date.fromisoformat(last) + timedelta(days=1)
    assert "rrule" not in event
    begins = str(event["summary"]).startswith("Bắt đầu: ")
    assert begins == deadline.endswith(("/", "/END"))


def test_each_of_several_days_has_its_event() -> None:
    events = events_of([row_of("2025-06-10;2025-12-05;RELATIVE:P10D")])
    assert [str(e.decoded("dtstart")) for e in events] == ["2025-06-10", "2025-12-05"]
    assert [str(e["uid"]) for e in events] == ["duty@tro-ly-ke-hoach", "duty.1@tro-ly-ke-hoach"]


RRULES = [
    ("YEARLY-11", "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=11", "20251130"),
    ("YEARLY-11-15", "FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=11", "20251115"),
    ("YEARLY-02-29", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2", "20260228"),
    ("YEARLY-Q3", "FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=9", "20260930"),
    ("MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=-1", "20251031"),
    ("MONTHLY-15", "FREQ=MONTHLY;BYMONTHDAY=15", "20251115"),
    ("MONTHLY-30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "20251030"),
    ("QUARTERLY-M3-20", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", "20251220"),
    ("WEEKLY-5", "FREQ=WEEKLY;BYDAY=FR", "20251024"),
    ("MONTHLY-15(2023..2026)", "FREQ=MONTHLY;UNTIL=20261231;BYMONTHDAY=15", "20251115"),
    ("MONTHLY-15(2023..2024)", "FREQ=MONTHLY;UNTIL=20241231;BYMONTHDAY=15", "20230115"),
]


@pytest.mark.parametrize(("deadline", "expected", "start"), RRULES)
def test_rules_are_as_calendar_programs_know_them(deadline: str, expected: str, start: str) -> None:
    (event,) = events_of([row_of(deadline, issued=date(2025, 10, 20))])
    assert set(event["rrule"].to_ical().decode().split(";")) == set(expected.split(";"))
    assert event["dtstart"].to_ical().decode() == start
    assert event["dtstart"].params == {"VALUE": "DATE"}


def test_a_rule_of_an_undated_document_begins_this_year() -> None:
    (event,) = events_of([row_of("YEARLY-03")])
    assert event.decoded("dtstart") == date(2025, 3, 31)


def test_an_hour_stands_in_the_time_of_vietnam(rows: Sequence[RegisterRow]) -> None:
    written = to_ics(rows, now=NOW).decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20230814T173000" in written
    assert written.count("BEGIN:VTIMEZONE") == 1
    events = Calendar.from_ical(written).walk("VEVENT")
    (event,) = [e for e in events if isinstance(e.decoded("dtstart"), datetime)]
    assert event.decoded("dtstart") == datetime(2023, 8, 14, 17, 30, tzinfo=ZONE)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)


def test_an_hour_within_years_ends_in_utc() -> None:
    (event,) = events_of([row_of("DAILY-24:00(2025..2025)")])
    assert event.decoded("dtstart") == datetime(2025, 1, 1, 23, 59, tzinfo=ZONE)
    assert event["rrule"]["UNTIL"] == [datetime(2025, 12, 31, 16, 59, tzinfo=UTC)]
    assert len(recurring_days(event, date(2026, 12, 31))) == 365


def test_no_time_zone_stands_where_no_event_has_an_hour() -> None:
    assert b"VTIMEZONE" not in to_ics([row_of("2025-10-20")], now=NOW)


REMINDERS = [
    ("2025-10-20", "-P2DT16H", None),
    ("YEARLY-11", "-P2DT16H", None),
    ("2025-10-01/2025-10-20", "-P3DT16H", "END"),
    ("WEEKLY-5", "-PT16H", None),
    ("DAILY-16:00", "-PT30M", None),
]


@pytest.mark.parametrize(("deadline", "trigger", "related"), REMINDERS)
def test_reminders(deadline: str, trigger: str, related: str | None) -> None:
    (event,) = events_of([row_of(deadline)])
    (alarm,) = event.walk("VALARM")
    assert alarm["action"] == "DISPLAY"
    assert alarm["trigger"].to_ical().decode() == trigger
    assert alarm["trigger"].params.get("RELATED") == related
    assert str(alarm["description"]) == str(event["summary"])


def test_every_day_without_an_hour_reminds_of_nothing() -> None:
    (event,) = events_of([row_of("DAILY")])
    assert not event.walk("VALARM")


def test_an_event_says_what_the_document_says(rows: Sequence[RegisterRow]) -> None:
    event = events_of(rows)[0]
    assert str(event["summary"]) == (
        "Các chi bộ trực thuộc: Báo cáo kết quả học tập đợt 1 và danh sách đảng viên chưa tham gia"
        " về Đảng ủy xã (qua Văn phòng Đảng ủy)"
    )
    assert str(event["description"]).split("\n") == [
        "Thời hạn: trước ngày 20/4/2024",
        f"«{rows[0].citation.quote}»",
        "Nguồn: ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx, số 35-KH/ĐU, mục IV › 1 › 1.2, trang 1",
        "Báo cáo về: Đảng ủy xã (qua Văn phòng Đảng ủy)",
    ]
    assert str(event["class"]) == "PUBLIC"
    assert event.decoded("dtstamp") == NOW


def test_doubts_and_implied_actors_are_told(rows: Sequence[RegisterRow]) -> None:
    texts = "\n".join(str(event["description"]) for event in events_of(rows))
    assert "Lưu ý: Cùng văn bản, chỗ khác ghi thời hạn khác cho việc này." in texts
    assert "Lưu ý: Đơn vị là nơi nhận hoặc phạm vi chung của văn bản" in texts


def test_english_is_a_switch(rows: Sequence[RegisterRow]) -> None:
    event = events_of(rows, "en")[3]
    assert "Deadline: vào tháng 11 hằng năm (November every year)" in str(event["description"])
    assert f"«{rows[3].citation.quote}»" in str(event["description"])


def test_what_has_no_day_is_left_out(rows: Sequence[RegisterRow]) -> None:
    assert [row.obligation.deadline for row in left_out(rows)] == ["RELATIVE:P7D", ""]
    assert len(events_of(rows)) == len(rows) - 2


def test_the_same_rows_give_the_same_file(rows: Sequence[RegisterRow]) -> None:
    assert to_ics(rows, now=NOW) == to_ics(rows, now=NOW)
    later = Calendar.from_ical(to_ics(rows, now=NOW + timedelta(days=1))).walk("VEVENT")
    assert [e["uid"] for e in later] == [e["uid"] for e in events_of(rows)]


def test_lines_are_folded_between_letters(rows: Sequence[RegisterRow]) -> None:
    written = to_ics(rows, now=NOW)
    lines = written.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is cut in two


def test_text_is_escaped_and_without_controls(dated: Change) -> None:
    row = dated(action="Gửi; nộp, ký \\ đóng dấu\r\nBEGIN:VALARM\x00\x1b", actor="Tổ 1\u2028")
    written = to_ics([row], now=NOW)
    assert b"\\;" in written
    assert b"\\," in written
    assert b"\\\\" in written
    assert written.count(b"\nBEGIN:VALARM") == 1
    assert b"\x00" not in written
    (event,) = events_of([row])
    assert str(event["summary"]) == "Tổ 1: Gửi; nộp, ký \\ đóng dấu BEGIN:VALARM"


def test_no_rows_make_a_valid_calendar() -> None:
    calendar = Calendar.from_ical(to_ics([], now=NOW))
    assert calendar["version"] == "2.0"
    assert str(calendar["x-wr-calname"]) == "Nhiệm vụ theo thời hạn"
    assert calendar.walk("VEVENT") == []


def test_a_row_without_actor_or_action_still_has_a_name(dated: Change) -> None:
    (event,) = events_of([dated(actor="", action="", doubts=(Doubt.NO_ACTOR,))])
    assert str(event["summary"]) == "trước ngày 20/4/2024"
