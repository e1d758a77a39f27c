"""Words of a document made fit to be read out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.study.wording import (
    clause,
    extract,
    is_task,
    lower_first,
    said_document,
    sentence_case,
    stands_alone,
    tidy,
)
from tests.assistant.study.plans import NOTICE, RIVER, made

LONG = (
    "Vận động các hộ nuôi cá lồng di dời bè ra khỏi luồng chạy tàu, nhất là các hộ ở đoạn cong "
    "phía thượng lưu cầu Rạch Tôm; kiểm tra phao tiêu"
)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- Mở lớp dạy bơi.", "Mở lớp dạy bơi"),
        ("1.2. Mở lớp\n dạy bơi;", "Mở lớp dạy bơi"),
        ("Mở lớp dạy bơi./.", "Mở lớp dạy bơi"),
        ("2025 giếng khoan", "2025 giếng khoan"),
    ],
)
def test_marks_at_the_edges_go(written: str, shown: str) -> None:
    assert tidy(written) == shown


def test_a_clause_ends_where_the_sense_does() -> None:
    assert clause(LONG, 40).endswith("cầu Rạch Tôm")
    assert clause(LONG, 18) == "Vận động các hộ nuôi cá lồng di dời bè ra khỏi luồng chạy tàu"


def test_no_clause_is_better_than_half_a_one() -> None:
    assert clause("Rà soát các hộ có nhà ở tạm dột nát cần sửa chữa ngay", 5) == ""


def test_an_extract_says_that_it_is_one() -> None:
    assert extract("Mở lớp dạy bơi.", 10) == "Mở lớp dạy bơi"
    assert extract(LONG, 18).endswith("…")


@given(st.text(alphabet="abcđêi ,.;:()–-\n", max_size=200), st.integers(3, 30))
def test_an_extract_never_adds_words(text: str, limit: int) -> None:
    shown = extract(text, limit).removesuffix("…").split()
    assert " ".join(shown) in " ".join(text.split())
    assert len(shown) <= limit


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện như trên đối với các hộ còn lại",
        "Tổng hợp các nội dung này gửi về xã",
        "Kiểm tra (gồm giếng khơi",
        "Gửi danh sách về",
        "Nộp trong l5 ngày từ khi nhận",
        "Mức đóng góp ………… đồng",
        "Theo quy định tại mục 3 phần II",
    ],
)
def test_what_leans_on_its_surroundings_or_is_noise_is_refused(text: str) -> None:
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Triển khai thực hiện Kế hoạch này đến từng tổ dân phố",
        "Phủ sóng 5G tại khu vực chợ",
        'Duy trì mô hình "Ngôi nhà xanh" ở các trường',
    ],
)
def test_what_stands_alone_is_kept(text: str) -> None:
    assert stands_alone(text)


def test_a_task_says_what_to_do() -> None:
    assert is_task("Tổ chức diễn tập chữa cháy")
    assert not is_task("Hệ thống loa truyền thanh các ấp")


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("Tổ chức hội thi", "tổ chức hội thi"),
        ("UBND xã", "UBND xã"),
        ("Đảng ủy xã", "Đảng ủy xã"),
    ],
)
def test_a_first_letter_inside_a_sentence(written: str, inside: str) -> None:
    assert lower_first(written) == inside


@pytest.mark.parametrize(
    ("capitals", "said"),
    [
        ("CHỈ TIÊU, NHIỆM VỤ", "Chỉ tiêu, nhiệm vụ"),
        ("BẢO VỆ NGUỒN NƯỚC HUYỆN VÀM NỔI NĂM 2025", "Bảo vệ nguồn nước huyện Vàm Nổi năm 2025"),
        ("BẦU CỬ ĐẠI BIỂU HĐND KHÓA XVI", "Bầu cử đại biểu HĐND khóa XVI"),
        ("Trồng cây", "Trồng cây"),
    ],
)
def test_capitals_as_in_a_sentence(capitals: str, said: str) -> None:
    assert sentence_case(capitals) == said


def test_what_a_document_is_called() -> None:
    river = made(RIVER)
    assert said_document(river, full=False) == "Kế hoạch"
    assert said_document(river, full=True) == "Kế hoạch số 45/KH-UBND"
    assert said_document(made(NOTICE, "tin.txt"), full=False) == "tài liệu"
    assert "tin.txt" in said_document(made(NOTICE, "tin.txt"), full=True)
