"""What the board is asked for: the form, its days, what the buttons ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.form import (
    PERIODS,
    ROWS_SHOWN,
    Form,
    Look,
    days_of,
    filled_in,
    filters_of,
    problems,
    read_day,
    turned,
    typed_day,
    with_days,
)
from tests.ui.duties import ON, document

# Days as they are typed


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("20/4/2024", date(2024, 4, 20)),
        ("05/09/2024", date(2024, 9, 5)),
        (" 5-9-2024 ", date(2024, 9, 5)),
        ("5.9.2024", date(2024, 9, 5)),
        ("2024-09-05", date(2024, 9, 5)),
        ("29/2/2024", date(2024, 2, 29)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


@pytest.mark.parametrize(
    "typed", ["31/2/2024", "29/2/2023", "0/4/2024", "4/2024", "20/4", "mai", "20/4/24", "1/1/0000"]
)
def test_what_is_no_day_is_named_and_nothing_is_changed(typed: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|year|isoformat"):
        read_day(typed)
    form = Form(period="", since=typed, actor="công an")
    (problem,) = problems(form)
    assert problem.field == "since"
    assert typed in dict(problem.note.values).values()
    assert with_days(form, ON) == form


@given(st.dates())
def test_a_day_that_is_filled_in_is_read_again(day: date) -> None:
    assert read_day(typed_day(day)) == day


def test_days_in_the_wrong_order_are_said() -> None:
    wrong = problems(Form(period="", since="2/5/2024", until="1/5/2024"))
    assert [problem.field for problem in wrong] == ["until"]
    assert not problems(Form(period="", since="1/5/2024", until="1/5/2024"))


@pytest.mark.parametrize(
    ("period", "on", "days"),
    [
        ("month", date(2024, 2, 10), (date(2024, 2, 1), date(2024, 2, 29))),
        ("month", date(2024, 12, 31), (date(2024, 12, 1), date(2024, 12, 31))),
        ("quarter", date(2024, 5, 31), (date(2024, 4, 1), date(2024, 6, 30))),
        ("quarter", date(2024, 12, 1), (date(2024, 10, 1), date(2024, 12, 31))),
        ("next", date(2024, 2, 20), (date(2024, 2, 20), date(2024, 3, 21))),
        ("all", ON, None),
        ("overdue", ON, None),
    ],
)
def test_a_period_stands_for_days(period: str, on: date, days: tuple[date, date] | None) -> None:
    assert days_of(period, on) == days


@given(st.sampled_from(PERIODS), st.dates())
def test_a_period_has_days_whatever_the_day(period: str, on: date) -> None:
    form = with_days(Form(period=period, on=typed_day(on)), ON)
    assert not problems(form)
    assert filled_in(form, "since", form.since) == form, "nothing was typed"


def test_a_period_moves_with_the_day_and_typed_days_do_not() -> None:
    form = with_days(Form(period="month", on="10/4/2024"), ON)
    assert (form.since, form.until) == ("01/04/2024", "30/04/2024")
    assert with_days(replace(form, on="1/6/2024"), ON).since == "01/06/2024"
    typed = filled_in(form, "since", "2/4/2024")
    assert (typed.period, typed.since, typed.until) == ("", "2/4/2024", "30/04/2024")
    assert with_days(typed, ON) == typed


def test_days_that_are_taken_away_leave_everything() -> None:
    assert with_days(Form(period="", since="", until=""), ON).period == "all"


@pytest.mark.parametrize(
    ("field", "given", "read"),
    [
        ("words", " báo   cáo ", "báo cáo"), ("actor", None, ""), ("on", " 1/2/2024 ", "1/2/2024"),
        ("until", "  ", ""), ("documents", ["a", "b"], ("a", "b")), ("documents", None, ()),
        ("undated", None, False), ("undated", True, True),
    ],
)  # fmt: skip
def test_a_field_is_read_from_what_the_page_gives(field: str, given: object, read: object) -> None:
    full = Form("month", "01/04/2024", "30/04/2024", "10/4/2024", "a", ("d",), "w", True)
    form = filled_in(full, field, given)
    assert getattr(form, field) == read
    assert form.period == ("" if field == "until" else "month")
    assert replace(form, **{field: getattr(full, field), "period": "month"}) == full


# What the buttons ask for


@pytest.mark.parametrize(
    ("ask", "value", "form", "look"),
    [
        ("period", "month", Form(period="month", actor="a"), Look()),
        ("period", "<b>", Form(actor="a"), Look(limit=200)),
        ("view", "timeline", Form(actor="a"), Look("timeline", limit=200)),
        ("view", ["x"], Form(actor="a"), Look(limit=200)),
        ("grouping", "document", Form(actor="a"), Look(grouping="document", limit=200)),
        ("more", None, Form(actor="a"), Look(limit=200 + ROWS_SHOWN)),
        ("undated", None, Form(actor="a", undated=True), Look(limit=200)),
        ("clear", None, Form(), Look()),
        ("__class__", "x", Form(actor="a"), Look(limit=200)),
        (None, None, Form(actor="a"), Look(limit=200)),
    ],
)
def test_a_button_changes_what_it_names(ask: object, value: object, form: Form, look: Look) -> None:
    assert turned(Form(actor="a"), Look(limit=200), ask, value) == (form, look)


def test_clearing_the_filters_keeps_the_day() -> None:
    full = Form("month", "1", "2", "10/4/2024", "a", ("d",), "w", True)
    assert turned(full, Look(), "clear", None)[0] == Form(on="10/4/2024")


def test_filters_in_force_are_named() -> None:
    documents = [document("d1", "35-KH/ĐU"), document("d2", "412/UBND-NC")]
    form = Form("", "1/4/2024", "", "", "công an", ("d1", "gone"), "tuần", True)
    assert [(f.key, f.value) for f in filters_of(form, documents)] == [
        ("said_since", "1/4/2024"),
        ("said_actor", "công an"),
        ("said_document", "35-KH/ĐU"),
        ("said_words", "tuần"),
        ("board_undated", ""),
    ]
    period = with_days(Form(period="month"), ON)
    assert [f.key for f in filters_of(period, [])] == ["period_month"]
    assert filters_of(Form(on="1/1/2024"), []) == ()
