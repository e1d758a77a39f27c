"""What a question asks for, however it is typed."""

from __future__ import annotations

import pytest

from assistant.intents import asks_across, intents, without_frame
from assistant.records import Intent
from ingest.vietnamese import fold

VIETNAMESE = [
    ("Ai phải nộp danh sách?", Intent.WHO),
    ("Cơ quan nào chủ trì hội thi?", Intent.WHO),
    ("Hội nào quản lý quỹ khuyến học?", Intent.WHO),
    ("Hội thi diễn ra khi nào?", Intent.WHEN),
    ("Văn bản này ban hành ngày bao nhiêu?", Intent.WHEN),
    ("Báo cáo phải nộp trước ngày nào?", Intent.DEADLINE),
    ("Hạn nộp bài dự thi?", Intent.DEADLINE),
    ("Sau cuộc họp bao lâu phải gửi biên bản?", Intent.DEADLINE),
    ("Có bao nhiêu nội dung thi?", Intent.COUNT),
    ("Hội thi có mấy phần?", Intent.COUNT),
    ("Lễ phát động tổ chức ở đâu?", Intent.WHERE),
    ("Kế hoạch này căn cứ văn bản nào?", Intent.BASIS),
    ("Ai ký kế hoạch 12-KH/ĐU?", Intent.SIGNER),
    ("Kế hoạch này gửi cho những cơ quan nào?", Intent.RECIPIENT),
    ("Số hiệu của công văn là gì?", Intent.NUMBER),
    ("Có bắt buộc viết thu hoạch không?", Intent.YES_NO),
    ("Hồ sơ nộp bằng cách nào?", Intent.HOW),
    ("Kế hoạch nêu những hình thức tuyên truyền nào?", Intent.LIST),
    ("Nhiệm vụ của Văn phòng Đảng ủy là gì?", Intent.WHAT),
]


@pytest.mark.parametrize(("question", "intent"), VIETNAMESE)
def test_the_main_intent_with_and_without_diacritics(question: str, intent: Intent) -> None:
    assert intents(question, fold(question), english=False)[0] is intent
    bare = fold(question)
    assert intents(bare, bare, english=False)[0] is intent


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Who must send the list?", Intent.WHO),
        ("By when must cells report?", Intent.DEADLINE),
        ("When does the contest take place?", Intent.WHEN),
        ("How many rounds are there?", Intent.COUNT),
        ("Where is the ceremony held?", Intent.WHERE),
        ("Who signed plan 12?", Intent.SIGNER),
        ("Is the essay mandatory?", Intent.YES_NO),
        ("How are files submitted?", Intent.HOW),
        ("What is the document number of the plan?", Intent.NUMBER),
    ],
)
def test_the_main_intent_in_english(question: str, intent: Intent) -> None:
    assert intents(question, question, english=True)[0] is intent


@pytest.mark.parametrize(
    ("question", "unwanted"),
    [
        pytest.param("Bộ máy hoạt động thế nào?", Intent.COUNT, id="máy-is-no-mấy"),
        pytest.param("Phụ trách kỹ thuật từ khi nào?", Intent.SIGNER, id="kỹ-is-no-ký"),
        pytest.param("Cho xin số máy của văn phòng", Intent.NUMBER, id="số-máy-is-a-phone"),
        pytest.param("Nộp trước bao nhiêu ngày?", Intent.WHEN, id="a-count-of-days"),
    ],
)
def test_words_that_fold_alike(question: str, unwanted: Intent) -> None:
    assert intents(question, fold(question), english=False)[0] is not unwanted


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Những kế hoạch nào nhắc đến Kết luận 5-KL/HU?", True),
        ("So sánh hai kế hoạch", True),
        ("Hai văn bản khác nhau thế nào?", True),
        ("Kế hoạch 12-KH/ĐU do ai ký?", False),
        ("Ai phải báo cáo trước ngày 20/4?", False),
    ],
)
def test_questions_over_several_documents(question: str, across: bool) -> None:
    assert asks_across(question, fold(question), english=False) is across


def test_the_frame_of_a_question_is_left_out_of_the_search() -> None:
    question = "Cho mình hỏi hạn nộp báo cáo là khi nào?"
    kept = without_frame(question, fold(question))
    assert "báo cáo" in kept
    assert "khi nào" not in kept
