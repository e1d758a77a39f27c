"""When two answers are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.study.sameness import (
    amount,
    amounts_of,
    dates_apart,
    is_generic,
    key_of,
    same_office,
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("UBND xã", "Ủy ban nhân dân xã"),
        ("MTTQ xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        ("ban tuyen giao", "Ban Tuyên giáo"),
    ],
)
def test_one_office_under_two_names(a: str, b: str) -> None:
    assert same_office(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("UBND tỉnh", "UBND xã"),
        ("Hội Nông dân xã", "Hội Cựu chiến binh xã"),
        ("Sở Tài chính", "Sở Nội vụ"),
    ],
)
def test_two_offices(a: str, b: str) -> None:
    assert not same_office(a, b)


@pytest.mark.parametrize(
    ("office", "general"),
    [
        ("Các cơ quan, đơn vị", True),
        ("Thủ trưởng các sở, ban, ngành", True),
        ("Cấp ủy, tổ chức đảng", True),
        ("Sở Y tế", False),
        ("Các cơ quan báo chí của tỉnh", False),
        ("Ủy ban nhân dân xã", False),
    ],
)
def test_bodies_at_large(office: str, general: bool) -> None:
    assert is_generic(office) is general


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        ("2025-04-20", "2025-04-21", True),
        ("2025-04-20", "2025-04", False),
        ("2025-04", "2025-Q2", False),
        ("2025-Q3", "2025-10", True),
        ("2025-01/2025-03", "2025-02-10", False),
        ("MONTHLY-15", "MONTHLY-20", True),
        ("MONTHLY-15", "MONTHLY-15", False),
        ("2025-04-20", "YEARLY-04-20", True),
        ("--08-28", "2025-08-28", False),
        ("--08-28", "2025-09-06", True),
        ("--08-28", "2025-08", False),
    ],
)
def test_dates_that_share_a_day_are_not_apart(a: str, b: str, apart: bool) -> None:
    assert dates_apart(a, b) is apart
    assert dates_apart(b, a) is apart


@given(st.dates())
def test_a_day_is_never_apart_from_itself(day: object) -> None:
    assert not dates_apart(str(day), str(day))


@pytest.mark.parametrize(("a", "b"), [("05", "5"), ("1.500", "1500"), ("2,50", "2,5"), ("0", "00")])
def test_one_number_written_in_two_ways(a: str, b: str) -> None:
    assert amount(a) == amount(b)


def test_numbers_in_a_text() -> None:
    assert amounts_of("05 lớp, 1.200 người, đạt 97,5%") == {"5", "1200", "97.5"}


def test_keys_write_abbreviations_out() -> None:
    assert key_of("UBND xã.") == key_of("ủy ban nhân dân xã")


@pytest.mark.parametrize(
    ("rule", "other", "apart"),
    [
        ("YEARLY", "YEARLY-11-30", False),
        ("MONTHLY(2023..2025)", "MONTHLY-15", False),
        ("YEARLY-10", "YEARLY-11-30", True),
        ("YEARLY", "MONTHLY", True),
    ],
)
def test_a_rule_that_says_more_is_not_apart(rule: str, other: str, apart: bool) -> None:
    assert dates_apart(rule, other) is apart
    assert dates_apart(other, rule) is apart
