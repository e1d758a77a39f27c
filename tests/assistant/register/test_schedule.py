"""What deadlines mean on a calendar and in words."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.register.rules import MAX_OCCURRENCES, RULES_FROM
from assistant.register.schedule import (
    Occurrence,
    describe,
    due_in,
    is_recurring,
    last_day,
    next_due,
    occurrences,
    sort_key,
    standing,
)
from tests.assistant.register.deadlines import deadlines, rules

TODAY = date(2025, 10, 5)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def month(year: int, number: int) -> tuple[date, date]:
    following = date(year + number // 12, number % 12 + 1, 1)
    return date(year, number, 1), following - timedelta(days=1)


# deadline, the days of its one occurrence ("" for an open end)
SPANS = [
    ("2023-04-20", "2023-04-20", "2023-04-20"),
    ("2025-10", "2025-10-01", "2025-10-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025-Q4", "2025-10-01", "2025-12-31"),
    ("2026", "2026-01-01", "2026-12-31"),
    ("2025-11-15/2025-12-15", "2025-11-15", "2025-12-15"),
    ("2025-Q4/2026-Q2", "2025-10-01", "2026-06-30"),
    ("2025-10/2026-03", "2025-10-01", "2026-03-31"),
    ("2021/2030", "2021-01-01", "2030-12-31"),
    ("/2025-10", "", "2025-10-31"),
    ("2025-07-01/", "2025-07-01", ""),
    ("2025-11/END", "2025-11-01", ""),
]


@pytest.mark.parametrize(("deadline", "first", "last"), SPANS)
def test_a_span_has_one_occurrence(deadline: str, first: str, last: str) -> None:
    expected = Occurrence(day(first), day(last))
    assert occurrences(deadline, date.min, date.max) == (expected,)
    assert last_day(deadline) == expected.last
    assert not is_recurring(deadline)


# deadline, the period, the last days of the occurrences that overlap it
RULES = [
    ("YEARLY", "2025-03-01", "2026-02-01", "2025-12-31 2026-12-31"),
    ("YEARLY-11", "2024-12-01", "2026-11-01", "2025-11-30 2026-11-30"),
    ("YEARLY-11-15", "2025-11-15", "2026-11-14", "2025-11-15"),
    ("YEARLY-02-29", "2023-01-01", "2025-01-01", "2023-02-28 2024-02-29"),
    ("YEARLY-Q4", "2025-10-31", "2025-10-31", "2025-12-31"),
    ("MONTHLY", "2025-01-31", "2025-02-01", "2025-01-31 2025-02-28"),
    ("MONTHLY-15", "2025-01-16", "2025-03-15", "2025-02-15 2025-03-15"),
    ("MONTHLY-31", "2024-01-01", "2024-04-30", "2024-01-31 2024-02-29 2024-03-31 2024-04-30"),
    ("QUARTERLY", "2025-04-01", "2025-07-01", "2025-06-30 2025-09-30"),
    ("QUARTERLY-M1", "2025-01-01", "2025-12-31", "2025-01-31 2025-04-30 2025-07-31 2025-10-31"),
    ("QUARTERLY-M3-20", "2025-01-01", "2025-07-01", "2025-03-20 2025-06-20"),
    ("QUARTERLY-M2-31", "2025-01-01", "2025-06-30", "2025-02-28 2025-05-31"),
    ("QUARTERLY-LAST-WEEK", "2025-03-24", "2025-06-25", "2025-03-31 2025-06-30"),
    ("WEEKLY", "2025-10-05", "2025-10-06", "2025-10-05 2025-10-12"),
    ("WEEKLY-5", "2025-10-01", "2025-10-16", "2025-10-03 2025-10-10"),
    ("WEEKLY-7", "2025-10-05", "2025-10-11", "2025-10-05"),
    ("DAILY", "2025-12-31", "2026-01-01", "2025-12-31 2026-01-01"),
    ("MONTHLY-15(2023..2024)", "2022-12-01", "2023-02-20", "2023-01-15 2023-02-15"),
    ("MONTHLY-15(2023..2024)", "2024-11-20", "2025-09-01", "2024-12-15"),
    ("YEARLY-11(2023..2025)", "2000-01-01", "2099-01-01", "2023-11-30 2024-11-30 2025-11-30"),
    ("MONTHLY-10;MONTHLY-20(2023..2023)", "2023-12-01", "2024-02-01", "2023-12-10 2023-12-20"),
    ("2023-04;MONTHLY(2023..2025)", "2023-04-01", "2023-04-30", "2023-04-30"),
    ("2025-06-10;2025-12-05", "2025-01-01", "2025-12-31", "2025-06-10 2025-12-05"),
    ("YEARLY-11-15", "2025-12-01", "2025-11-01", ""),
]  # fmt: skip


@pytest.mark.parametrize(("deadline", "since", "until", "lasts"), RULES)
def test_a_rule_recurs_within_the_period(deadline: str, since: str, until: str, lasts: str) -> None:
    found = occurrences(deadline, date.fromisoformat(since), date.fromisoformat(until))
    assert [str(o.last) for o in found] == lasts.split()


def test_an_hour_is_kept() -> None:
    assert occurrences("DAILY-16:30", TODAY, TODAY) == (Occurrence(TODAY, TODAY, "16:30"),)


def test_the_last_week_of_a_quarter_is_its_last_seven_days() -> None:
    (found,) = occurrences("QUARTERLY-LAST-WEEK", date(2025, 3, 1), date(2025, 3, 31))
    assert found == Occurrence(date(2025, 3, 25), date(2025, 3, 31))


NO_DAYS = [
    "", ";", "/", "x", "RELATIVE:P10D", "RELATIVE:P10BD", "--04-20", "--11", "--11-15/--12-15",
    "2025-02-31", "2025-13", "2025-Q5", "0000", "9999", "2025-11/2025-10", "/END", "END", "2025/x",
    "YEARLY(2025..2023)", "YEARLY-13", "YEARLY-00", "YEARLY-02-30", "MONTHLY-32", "MONTHLY-00",
    "QUARTERLY-M4", "WEEKLY-8", "DAILY-25:00", "DAILY-24:30", "DAILY-12:60", "YEARLY-11-15(2023)",
    "２０２５",
]  # fmt: skip


@pytest.mark.parametrize("deadline", NO_DAYS)
def test_what_names_no_day_has_none(deadline: str) -> None:
    assert occurrences(deadline, date.min, date.max) == ()
    assert last_day(deadline) is None
    assert next_due(deadline, TODAY) is None
    assert not due_in(deadline, date.min, date.max)
    assert sort_key(deadline, TODAY) == (2, date.max)
    assert standing(deadline, TODAY, "vi") == ""


OCTOBER = month(2025, 10)
DUE_IN_OCTOBER = [
    ("2025-10-20", True),
    ("2025-10-01", True),
    ("2025-10-31", True),
    ("2025-11-01", False),
    ("2025-10", True),
    ("2025-Q3", False),
    ("2025-Q4", False),  # due by 31/12
    ("2025", False),
    ("/2025-10", True),
    ("/2025-12", False),
    ("2025-09-15/2025-10-15", True),
    ("2025-09/2025-12", True),  # in hand
    ("2025-11/2025-12", False),
    ("2025-10-15/", True),
    ("2025-07-01/", False),  # begun long ago, due never
    ("2025-10/END", True),
    ("YEARLY-10", True),
    ("YEARLY-11", False),
    ("YEARLY-Q4", False),
    ("YEARLY", False),
    ("MONTHLY", True),
    ("MONTHLY-15", True),
    ("MONTHLY-15(2023..2024)", False),
    ("QUARTERLY-M1", True),
    ("QUARTERLY-M3", False),
    ("WEEKLY-5", True),
    ("DAILY-16:00", True),
    ("2025-06-10;2025-10-05", True),
    ("RELATIVE:P10D", False),
    ("--10-20", False),
    ("", False),
]


@pytest.mark.parametrize(("deadline", "is_due"), DUE_IN_OCTOBER)
def test_what_is_due_in_october(deadline: str, is_due: bool) -> None:
    assert due_in(deadline, *OCTOBER) is is_due


NEXT = [
    ("2025-10", "2025-10-31"),
    ("2025-10-05", "2025-10-05"),
    ("2025-10-04", ""),
    ("YEARLY-11", "2025-11-30"),
    ("MONTHLY-05", "2025-10-05"),
    ("MONTHLY-04", "2025-11-04"),
    ("MONTHLY-04(2023..2024)", ""),
    ("MONTHLY-04(2027..2028)", "2027-01-04"),
    ("2025-06-10;2025-12-05", "2025-12-05"),
    ("2025-07-01/", ""),
    ("/2026-01", "2026-01-31"),
]


@pytest.mark.parametrize(("deadline", "last"), NEXT)
def test_what_falls_due_next(deadline: str, last: str) -> None:
    found = next_due(deadline, TODAY)
    assert (found.last if found else None) == day(last)


@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        ("2025-06-10;2025-12-05", "2025-12-05"),
        ("2023-04;MONTHLY(2023..2025)", ""),
        ("2025-06-10;2025-07-01/", ""),
        ("2025-06-10;--12-05", ""),
    ],
)
def test_overdue_is_only_what_has_a_last_day(deadline: str, last: str) -> None:
    assert last_day(deadline) == day(last)


def test_rows_are_ordered_by_the_day_that_counts() -> None:
    ordered = [
        "2024-01-31", "MONTHLY-04(2023..2024)", "2025-10-20", "2025-10", "YEARLY-11", "2025-Q4",
        "2025-07-01/", "2025-11/END", "RELATIVE:P10D",
    ]  # fmt: skip
    mixed = ordered[::-1]
    assert sorted(mixed, key=lambda d: sort_key(d, TODAY)) == ordered


WORDS = [
    ("2023-04-20", "20/4/2023", "20 April 2023"),
    ("2024-02-05", "05/02/2024", "5 February 2024"),
    ("2025-10", "tháng 10/2025", "October 2025"),
    ("2025-Q4", "quý IV/2025", "Q4 2025"),
    ("2026", "năm 2026", "2026"),
    ("2025-11-15/2025-12-15", "từ 15/11/2025 đến 15/12/2025", "from 15 November 2025 to 15 December 2025"),
    ("2025-Q4/2026-Q2", "từ quý IV/2025 đến quý II/2026", "from Q4 2025 to Q2 2026"),
    ("/2025-10", "đến hết tháng 10/2025", "until the end of October 2025"),
    ("/2025-10-31", "đến 31/10/2025", "until 31 October 2025"),
    ("2025-07-01/", "từ 01/7/2025", "from 1 July 2025"),
    ("2025-11/END", "từ tháng 11/2025 đến khi kết thúc", "from November 2025 until the end of the work"),
    ("YEARLY", "hằng năm", "every year"),
    ("YEARLY-11", "tháng 11 hằng năm", "November every year"),
    ("YEARLY-11-15", "15/11 hằng năm", "15 November every year"),
    ("YEARLY-Q4", "quý IV hằng năm", "Q4 every year"),
    ("MONTHLY", "hằng tháng", "every month"),
    ("MONTHLY-15(2023..2025)", "ngày 15 hằng tháng (2023–2025)", "the 15th of every month (2023–2025)"),
    ("MONTHLY-03", "ngày 03 hằng tháng", "the 3rd of every month"),
    ("QUARTERLY", "hằng quý", "every quarter"),
    ("QUARTERLY-M3", "tháng cuối hằng quý", "last month of every quarter"),
    ("QUARTERLY-M3-20", "ngày 20 tháng cuối hằng quý", "the 20th of the last month of every quarter"),
    ("QUARTERLY-LAST-WEEK", "tuần cuối hằng quý", "last week of every quarter"),
    ("WEEKLY-5", "thứ Sáu hằng tuần", "every Friday"),
    ("WEEKLY-7", "Chủ nhật hằng tuần", "every Sunday"),
    ("DAILY-16:00", "16:00 hằng ngày", "every day at 16:00"),
    ("RELATIVE:P10BD", "10 ngày làm việc", "10 working days"),
    ("RELATIVE:P1W", "1 tuần", "1 week"),
    ("RELATIVE:PT24H", "24 giờ", "24 hours"),
    ("--04-20", "20/4 (không ghi năm)", "20 April (no year given)"),
    ("--11-15/--12-15", "từ 15/11 đến 15/12 (không ghi năm)", "from 15 November to 15 December (no year given)"),
    ("2025-06-10;2025-09-01;2025-12-05", "10/6/2025, 01/9/2025 và 05/12/2025", "10 June 2025, 1 September 2025 and 5 December 2025"),
    ("", "", ""),
    ("31/2", "31/2", "31/2"),
]  # fmt: skip


@pytest.mark.parametrize(("deadline", "vietnamese", "english"), WORDS)
def test_deadlines_in_words(deadline: str, vietnamese: str, english: str) -> None:
    assert describe(deadline, "vi") == vietnamese
    assert describe(deadline, "en") == english


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("2025-10-04", "Quá hạn 1 ngày"),
        ("2025-10-05", "Đến hạn hôm nay"),
        ("2025-10-08", "Còn 3 ngày"),
        ("YEARLY-11", "Kỳ tới 30/11/2025: còn 56 ngày"),
        ("MONTHLY-05", "Kỳ này đến hạn hôm nay"),
        ("MONTHLY-05(2023..2024)", "Đã hết thời gian thực hiện"),
        ("2025-07-01/", ""),
    ],
)
def test_how_a_deadline_stands(deadline: str, words: str) -> None:
    assert standing(deadline, TODAY, "vi") == words


PERIODS = st.tuples(st.dates(), st.dates()).map(sorted)


@given(deadlines, PERIODS, st.dates())
def test_any_string_and_any_day_are_taken(deadline: str, period: list[date], on: date) -> None:
    since, until = period
    for found in occurrences(deadline, since, until):
        assert found.overlaps(since, until)
        assert not (found.first and found.last) or found.first <= found.last
    if due_in(deadline, since, until):
        assert occurrences(deadline, since, until)
    coming = next_due(deadline, on)
    assert coming is None or (coming.last is not None and coming.last >= on)
    for language in ("vi", "en"):
        describe(deadline, language)
        standing(deadline, on, language)
    last_day(deadline)
    sort_key(deadline, on)


@given(rules, st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(0, 900))
def test_a_period_cut_in_two_has_the_same_occurrences(rule: str, since: date, length: int) -> None:
    until, middle = since + timedelta(days=length), since + timedelta(days=length // 2)
    halves = (
        *occurrences(rule, since, middle),
        *occurrences(rule, middle + timedelta(days=1), until),
    )
    assert set(halves) == set(occurrences(rule, since, until))


@given(rules, st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_what_falls_due_next_is_due_then(rule: str, on: date) -> None:
    coming = next_due(rule, on)
    assume(coming is not None and coming.last is not None)
    assert coming is not None
    assert coming.last is not None
    assert due_in(rule, coming.last, coming.last)
    if coming.last > on:
        assert not due_in(rule, on, coming.last - timedelta(days=1))


@pytest.mark.parametrize("rule", ["DAILY-16:00", "WEEKLY", "MONTHLY-31", "QUARTERLY", "YEARLY"])
def test_no_limits_do_not_take_for_ever(rule: str) -> None:
    began = time.process_time()
    found = occurrences(rule, date.min, date.max)
    assert len(found) == MAX_OCCURRENCES
    assert found[0].last is not None
    assert found[0].last >= RULES_FROM
    assert due_in(rule, date.min, date.max)
    assert occurrences(rule, date.max, date.max) == ()
    assert time.process_time() - began < 5
