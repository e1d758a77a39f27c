"""Questions that join two."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.compound import labelled_parts


def parts(question: str) -> list[str]:
    return [part for part, _ in labelled_parts(question)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Ai ký Kế hoạch 35-KH/ĐU và ai ký Kế hoạch 83/KH-UBND?",
            ["Ai ký Kế hoạch 35-KH/ĐU", "ai ký Kế hoạch 83/KH-UBND?"],
        ),
        (
            "Who signed Plan 35-KH/ĐU and who signed Plan 83/KH-UBND?",
            ["Who signed Plan 35-KH/ĐU", "who signed Plan 83/KH-UBND?"],
        ),
    ],
)
def test_each_is_a_question_of_its_own(question: str, expected: list[str]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì và hoàn thành khi nào?",
        "Công an xã và Đoàn Thanh niên xã phải làm gì?",
        "Kế hoạch 35-KH/ĐU và Kế hoạch 83/KH-UBND khác nhau thế nào?",
        "",
        "và",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert parts(question) == [question]


def test_both_are_answered_each_from_its_document(assistant: Assistant) -> None:
    answer = assistant.invoke("Ai ký Kế hoạch 35-KH/ĐU và ai ký Kế hoạch 83/KH-UBND?")
    said = [s for s in answer.statements if s.citations]
    assert len(said) == 2
    for statement, number in zip(said, ("35-KH/ĐU", "83/KH-UBND"), strict=True):
        assert statement.text.startswith(f"{number}: ")
        assert {answer.citations[i].number for i in statement.citations} == {number}


def test_of_one_document_the_lines_go_without_its_name(assistant: Assistant) -> None:
    answer = assistant.invoke(
        "Ai ký Kế hoạch 35-KH/ĐU và Kế hoạch 35-KH/ĐU ban hành ngày nào?",
    )
    said = [s for s in answer.statements if s.citations]
    assert len(said) == 2
    assert not any(s.text.startswith("35-KH/ĐU") for s in said)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Mức thưởng của Tân Lạc và của TP.Hòa Giang là bao nhiêu?",
            ["Mức thưởng của Tân Lạc là bao nhiêu?", "Mức thưởng của TP.Hòa Giang là bao nhiêu?"],
        ),
        (
            "Báo cáo quý gửi hạn nào theo Sở Nội vụ Hà Khê và theo Phòng Nội vụ Đông Sang?",
            [
                "Báo cáo quý gửi hạn nào theo Sở Nội vụ Hà Khê?",
                "Báo cáo quý gửi hạn nào theo Phòng Nội vụ Đông Sang?",
            ],
        ),
        (
            "What are the targets of Tan Lac and of Hoa Giang?",
            ["What are the targets of Tan Lac?", "What are the targets of Hoa Giang?"],
        ),
    ],
)
def test_one_matter_of_two_is_asked_of_each(question: str, expected: list[str]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Mức thưởng của Tân Lạc và của Hòa Giang khác nhau thế nào?",
        "Nhiệm vụ của Công an xã và Đoàn Thanh niên là gì?",
        "Kinh phí lấy từ ngân sách huyện và của các xã có đủ không?",
    ],
)
def test_what_is_asked_of_both_together_stays_one(question: str) -> None:
    assert parts(question) == [question]
