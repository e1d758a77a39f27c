"""Things that come in numbers: the one asked about is told from the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.numbered import is_of_another, numbered
from tests.assistant.own_plan import assistant_on

LETTER = """HỘI ĐỒNG ĐỘI HUYỆN BẮC LŨNG
Số: 27/CV-HĐĐ
Bắc Lũng, ngày 04 tháng 6 năm 2033

Kính gửi: Các liên đội

Lớp tập huấn hè có hai chuyên đề:
- Chuyên đề 1 "Kỹ năng cứu đuối cho đội viên huyện Bắc Lũng trong hè" do anh Quàng Văn Bơi trình bày.
- Chuyên đề 2 "Sơ cứu" do chị Lường Thị Thuốc trình bày.

Hội đồng Đội đề nghị các liên đội cử đủ học viên.
"""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("bao cao quy iv, quy thu nhat", [("quy", 4), ("quy", 1)]),
        ("dot 2 va vong 3", [("dot", 2), ("vong", 3)]),
        ("lop 5/3", []),  # a class of a year, no fifth class
        ("dieu 7.2", []),
    ],
)
def test_what_has_a_number_is_found(said: str, found: list[tuple[str, int]]) -> None:
    assert numbered(said) == found


@pytest.mark.parametrize(
    ("asked", "said", "of_another"),
    [
        ("chuyen de 2", "chuyen de 1", True),
        ("chuyen de 2", "chuyen de 1 va chuyen de 2", False),
        ("chuyen de 2", "dot 1", False),
        ("dot 1 va dot 2", "dot 1", False),
        ("", "dot 1", False),
    ],
)
def test_only_another_of_the_same_things_is_another(
    asked: str, said: str, of_another: bool
) -> None:
    assert is_of_another(numbered(asked), numbered(said)) is of_another


@pytest.mark.parametrize(("number", "speaker"), [(1, "Quàng Văn Bơi"), (2, "Lường Thị Thuốc")])
def test_the_other_does_not_answer_though_it_says_more(
    tmp_path: Path, number: int, speaker: str
) -> None:
    asked = f"Chuyên đề {number} của lớp tập huấn đội viên hè huyện Bắc Lũng do ai trình bày?"
    with assistant_on(tmp_path, {"cong-van-27.txt": LETTER}) as opened:
        answer = opened.invoke(asked)
    assert speaker in answer.answer
