"""Questions that join two."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.compound import parts


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
    assert {c.number for c in answer.citations} == {"35-KH/ĐU", "83/KH-UBND"}
    assert len([s for s in answer.statements if s.citations]) == 2
