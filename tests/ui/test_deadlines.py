"""What the board shows: how a duty stands, which rows are found, in which groups."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import RegisterRow
from assistant.register.schedule import sort_key
from assistant.ui.deadlines import (
    OVERDUE_SHOWN,
    State,
    actors,
    find,
    groups,
    standing_said,
    state_of,
    terms,
)
from assistant.ui.form import PERIODS, ROWS_SHOWN, Form, typed_day
from tests.assistant.register.deadlines import deadlines
from tests.ui.duties import ON, document, register, row

# How a duty stands


@pytest.mark.parametrize(
    ("deadline", "state", "said"),
    [
        ("2024-04-09", State.OVERDUE, "Quá hạn 1 ngày"),
        ("2024-04-10", State.TODAY, "Đến hạn hôm nay"),
        ("2024-04-17", State.SOON, "Còn 7 ngày"),
        ("2024-04-18", State.COMING, "Còn 8 ngày"),
        ("2024-Q2", State.COMING, "Còn 81 ngày"),
        ("2024-04-01/2024-04-30", State.COMING, "Còn 20 ngày"),
        ("2024-04-01;2024-04-12", State.SOON, "Còn 2 ngày"),
        ("MONTHLY-15", State.RECURRING, "Kỳ tới 15/4/2024: còn 5 ngày"),
        ("MONTHLY-15(2020..2022)", State.ENDED, "Đã hết thời gian thực hiện"),
        ("MONTHLY-15(2020..2022);RELATIVE:P1D", State.ENDED, "Đã hết thời gian thực hiện"),
        ("RELATIVE:P10D", State.EVENT, "Theo sự kiện"),
        ("2024-01/END", State.EVENT, "Theo sự kiện"),
        ("2024-01-01/", State.OPEN, "Không ghi ngày kết thúc"),
        ("2023-04-20;RELATIVE:P10D", State.EVENT, "Theo sự kiện"),
        ("--04-20", State.NO_YEAR, "Không rõ năm"),
    ],
)
def test_a_duty_stands_by_its_deadline(deadline: str, state: State, said: str) -> None:
    assert state_of(row(deadline).obligation, ON) is state
    assert standing_said(state, deadline, ON, "vi") == said


def test_a_date_that_is_none_and_no_date_are_told_apart() -> None:
    unread = row("", deadline_text="31/2/2024", deadline_start=3).obligation
    assert state_of(unread, ON) is State.UNREAD
    assert state_of(row("").obligation, ON) is State.UNDATED


@given(deadlines, st.dates())
def test_every_deadline_stands_somehow(deadline: str, on: date) -> None:
    state = state_of(row(deadline, deadline_start=1).obligation, on)
    for language in ("vi", "en"):
        assert standing_said(state, deadline, on, language)


def test_a_rule_is_followed_from_the_date_of_its_document() -> None:
    issued = row("MONTHLY-15", document(issued="2024-03-01"))
    found = terms(issued, date(2024, 1, 1), date(2024, 5, 31))
    assert [term.last for term in found] == [
        date(2024, 3, 15),
        date(2024, 4, 15),
        date(2024, 5, 15),
    ]
    assert len(terms(row("MONTHLY-15"), date(2024, 1, 1), date(2024, 5, 31))) == 5
    assert terms(issued, date(2023, 1, 1), date(2023, 5, 31)) == ()


# What is found

PLAN, LETTER = document("d1", "35-KH/ĐU"), document("d2", "412/UBND-NC")
ROWS = (
    row("2024-05-20", PLAN, actor="Công an huyện", action="kiểm tra"),
    row("2024-04-05", PLAN, actor="Đảng ủy xã", action="báo cáo"),
    row("MONTHLY-15", LETTER, actor="Công an xã", action="tuần tra"),
    row("RELATIVE:P10D", LETTER, action="gửi biên bản"),
    row("", LETTER, action="kịp thời báo cáo"),
    row("2024-01-01/", PLAN, action="duy trì mô hình"),
)


def found_actions(form: Form) -> list[str]:
    return [r.obligation.action for r in find(register(*ROWS), form, ON).rows]


def test_rows_are_in_the_order_of_their_next_due_day() -> None:
    assert found_actions(Form()) == [
        "báo cáo", "tuần tra", "kiểm tra", "duy trì mô hình", "gửi biên bản",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "actions"),
    [
        (Form(period="overdue"), ["báo cáo"]),
        (Form(period="month"), ["báo cáo", "tuần tra"]),
        (Form(period="quarter"), ["báo cáo", "tuần tra", "kiểm tra"]),
        (Form(period="month", on="1/5/2024"), ["tuần tra", "kiểm tra"]),
        (Form(period="", since="16/5/2024"), ["kiểm tra", "tuần tra"]),
        (Form(period="", until="5/4/2024"), ["duy trì mô hình", "báo cáo", "tuần tra"]),
        (Form(actor="cong an"), ["tuần tra", "kiểm tra"]),
        (Form(documents=("d2",)), ["tuần tra", "gửi biên bản"]),
        (Form(documents=("d2",), undated=True), ["tuần tra", "gửi biên bản", "kịp thời báo cáo"]),
        (Form(words="hoc tap", actor="đảng ủy"), ["báo cáo"]),
        (Form(words="không có"), []),
    ],
)
def test_the_filters_narrow_what_is_found(form: Form, actions: list[str]) -> None:
    assert sorted(found_actions(form)) == sorted(actions)


@pytest.mark.parametrize(
    ("form", "key"),
    [
        (Form(words="không có"), "duties_none_found"),
        (Form(documents=("d3",)), "duties_none_in_documents"),
    ],
)
def test_why_nothing_is_found_is_said(form: Form, key: str) -> None:
    nothing = find(register(*ROWS), form, ON).nothing
    assert nothing is not None
    assert nothing.key == key


def test_a_library_without_deadlines_says_so() -> None:
    found = find(register(row("")), Form(), ON)
    assert found.nothing is not None
    assert found.nothing.key == "duties_none"
    assert found.undated == 1, "what could be shown besides"


def test_duties_without_a_deadline_are_counted_until_they_are_shown() -> None:
    assert find(register(*ROWS), Form(), ON).undated == 1
    assert find(register(*ROWS), Form(undated=True), ON).undated == 0
    assert find(register(*ROWS), Form(period="month"), ON).undated == 0


def test_rows_stand_under_months_what_is_past_first() -> None:
    shown, more = groups(find(register(*ROWS), Form(undated=True), ON))
    assert [(g.heading.key, *dict(g.heading.values).values(), len(g.rows)) for g in shown] == [
        ("group_past", 1, 1),
        ("group_month", "2024-04", 1),
        ("group_month", "2024-05", 1),
        ("group_open", 1),
        ("group_no_day", 1),
        ("group_undated", 1),
    ]
    assert more == 0


def days(count: int, start: str) -> list[RegisterRow]:
    first = date.fromisoformat(start).toordinal()
    return [row(str(date.fromordinal(first + i))) for i in range(count)]


def test_what_is_long_past_does_not_hide_what_is_to_come() -> None:
    many = days(ROWS_SHOWN + 50, "2022-01-01") + days(ROWS_SHOWN + 7, "2024-05-01")
    (past, *coming), more = groups(find(register(*many), Form(), ON))
    assert past.hidden == ROWS_SHOWN + 50 - OVERDUE_SHOWN
    assert past.rows[-1].obligation.deadline == "2022-05-30", "the latest of them"
    assert sum(len(group.rows) for group in coming) == ROWS_SHOWN
    assert more == 7


def test_what_is_past_is_shown_whole_where_it_is_all() -> None:
    many = days(ROWS_SHOWN + 50, "2022-01-01")
    found = find(register(*many), Form(), ON)
    ((past,), more) = groups(found)
    assert (len(past.rows), past.hidden, more) == (ROWS_SHOWN, 0, 50)
    assert groups(found, 200)[1] == 0
    overdue = find(register(*many), Form(period="overdue"), ON)
    assert overdue.rows == found.rows


@given(st.lists(deadlines, max_size=12), st.sampled_from(PERIODS), st.dates())
def test_no_row_is_lost_between_the_groups(written: list[str], period: str, on: date) -> None:
    rows = [row(deadline, action=str(i)) for i, deadline in enumerate(written)]
    found = find(register(*rows), Form(period=period, on=typed_day(on), undated=True), ON)
    keys = [sort_key(r.obligation.deadline, found.asked.pivot) for r in found.rows]
    assert keys == sorted(keys)
    shown, more = groups(found)
    in_groups = [r for group in shown for r in group.rows]
    assert more == 0
    assert {r.obligation.id for r in in_groups} == {r.obligation.id for r in found.rows}
    assert len(in_groups) == len(found.rows)


def test_names_to_suggest_stand_once_in_their_order() -> None:
    rows = [row(actor=name, action=str(i)) for i, name in enumerate(["Đoàn xã", "Ban  B", "Ban B"])]
    assert actors(register(*rows, row(actor="", action="x"))) == ["Ban B", "Đoàn xã"]
