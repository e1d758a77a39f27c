"""What a question asks for, however it is typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intents import asks_across, intents, without_frame
from assistant.records import Intent
from ingest.vietnamese import fold

VIETNAMESE = [
    ("Ai phải nộp danh sách?", Intent.WHO),
    ("Cơ quan nào chủ trì hội thi?", Intent.WHO),
    ("Hội nào quản lý quỹ khuyến học?", Intent.WHO),
    ("Bên nào bố trí kinh phí?", Intent.WHO),
    ("Đợt 2 tổ nào chủ trì?", Intent.WHO),
    ("Đứa nào coi chuyện này?", Intent.WHO),
    ("Tổ tuyên truyền số 3 ai đứng đầu?", Intent.WHO),
    ("Chương trình 12 gửi để báo cáo ai?", Intent.RECIPIENT),
    ("Kế hoạch này gửi những phòng nào?", Intent.RECIPIENT),
    ("Kế hoạch này có gửi Hội Nông dân không?", Intent.RECIPIENT),
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
    ("Kế hoạch của Mặt trận huyện gửi cho những ban nào của huyện ủy?", Intent.RECIPIENT),
    ("Trường đăng cai nằm ở địa chỉ nào?", Intent.WHERE),
    ("Số hiệu của công văn là gì?", Intent.NUMBER),
    ("Có bắt buộc viết thu hoạch không?", Intent.YES_NO),
    ("Hồ sơ nộp bằng cách nào?", Intent.HOW),
    ("Kế hoạch nêu những hình thức tuyên truyền nào?", Intent.LIST),
    ("Nhiệm vụ của Văn phòng Đảng ủy là gì?", Intent.WHAT),
]


@pytest.mark.parametrize(
    ("question", "intent"), VIETNAMESE, ids=[fold(question) for question, _ in VIETNAMESE]
)
def test_the_main_intent_with_and_without_diacritics(question: str, intent: Intent) -> None:
    assert intents(question, fold(question), english=False)[0] is intent
    bare = fold(question)
    assert intents(bare, bare, english=False)[0] is intent


CHAT = [
    ("ai pai nop ds z", Intent.WHO),
    ("đv nào nộp? đơn vị nào chủ trì", Intent.WHO),
    ("han nop bc khi nao", Intent.DEADLINE),
    ("nộp bc trước ngày mấy v ạ", Intent.DEADLINE),
    ("deadline nộp ds", Intent.DEADLINE),
    ("hội thi hôm nào z", Intent.WHEN),
    ("cv này số mấy", Intent.NUMBER),
    ("vb này căn cứ vb nào", Intent.BASIS),
    ("kh 12 ai ký v", Intent.SIGNER),
    ("phải nộp ảnh ko", Intent.YES_NO),
    ("hs nộp ntn", Intent.HOW),
    ("nộp ở đâu z", Intent.WHERE),
    ("có mấy giải pháp", Intent.COUNT),
    ("ds gồm những gì", Intent.LIST),
    ("hội phụ nữ làm gì", Intent.WHAT),
]


@pytest.mark.parametrize(("question", "intent"), CHAT, ids=[fold(question) for question, _ in CHAT])
def test_the_main_intent_of_chat(question: str, intent: Intent) -> None:
    assert intents(question, fold(question), english=False)[0] is intent


@pytest.mark.parametrize("question", [q for q, _ in VIETNAMESE], ids=fold)
def test_capitals_change_nothing(question: str) -> None:
    shouted = question.upper()
    assert intents(shouted, fold(shouted), False) == intents(question, fold(question), False)


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Who must send the list?", Intent.WHO),
        ("Which department leads the contest?", Intent.WHO),
        ("What is the deadline for the essays?", Intent.DEADLINE),
        ("Who are the recipients of plan 12?", Intent.RECIPIENT),
        ("On what basis was plan 12 issued?", Intent.BASIS),
        ("List the prizes of the contest", Intent.LIST),
        ("What is the theme of the contest?", Intent.WHAT),
        ("By when must cells report?", Intent.DEADLINE),
        ("When does the contest take place?", Intent.WHEN),
        ("How many rounds are there?", Intent.COUNT),
        ("Where is the ceremony held?", Intent.WHERE),
        ("Who signed plan 12?", Intent.SIGNER),
        ("Is the essay mandatory?", Intent.YES_NO),
        ("How are files submitted?", Intent.HOW),
        ("What is the document number of the plan?", Intent.NUMBER),
        ("What is the number of the reading plan?", Intent.NUMBER),
        ("What is the number of prizes?", Intent.COUNT),
        ("How many days before the contest must the list be handed in?", Intent.DEADLINE),
        ("How many days does the contest last?", Intent.COUNT),
        ("How soon must the minutes be sent?", Intent.DEADLINE),
        ("What is the last day to enter?", Intent.DEADLINE),
        ("From which day to which day does the drive run?", Intent.WHEN),
        ("Which higher-level Party document does the plan implement?", Intent.BASIS),
        ("Under which regulation is the drive funded?", Intent.BASIS),
        ("By what date does the plan ask for reports?", Intent.DEADLINE),
        ("To whom is plan 12 sent?", Intent.RECIPIENT),
        ("To whom must cells report?", Intent.WHO),
        ("Which offices receive this letter?", Intent.RECIPIENT),
        ("Which association keeps the fund?", Intent.WHO),
        ("In which hamlets is sorting tried first?", Intent.WHERE),
        ("If a team is late, may it still enter?", Intent.YES_NO),
        ("If a team is late, what must it do?", Intent.WHAT),
        ("Which documents, by number, did the chairman read?", Intent.LIST),
        ("What activities make up the drive?", Intent.LIST),
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
    assert intents(question, question, english=False)[0] is not unwanted


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Những kế hoạch nào nhắc đến Kết luận 5-KL/HU?", True),
        ("So sánh hai kế hoạch", True),
        ("Hai văn bản khác nhau thế nào?", True),
        ("So sanh hai ke hoach", True),
        ("Kế hoạch này gồm những nội dung nào?", False),
        ("Kế hoạch 12-KH/ĐU do ai ký?", False),
        ("Ai phải báo cáo trước ngày 20/4?", False),
    ],
)
def test_questions_over_several_documents(question: str, across: bool) -> None:
    assert asks_across(question, fold(question), english=False) is across


@pytest.mark.parametrize(
    ("question", "across"),
    [
        ("Which plans mention Conclusion 5-KL/HU?", True),
        ("Compare the two plans", True),
        ("Who signed plan 12?", False),
    ],
)
def test_english_questions_over_several_documents(question: str, across: bool) -> None:
    assert asks_across(question, question, english=True) is across


def test_nothing_recognised_asks_what() -> None:
    assert intents("vườn hoa", "vuon hoa", english=False) == (Intent.WHAT,)
    assert intents("garden", "garden", english=True) == (Intent.WHAT,)


@given(st.text(max_size=120))
def test_some_intent_and_each_once(text: str) -> None:
    for english in (False, True):
        found = intents(text, fold(text), english)
        assert found
        assert len(set(found)) == len(found)


@given(st.text(max_size=120))
def test_leaving_out_the_frame_invents_no_word(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    left = iter(composed)
    kept = "".join(without_frame(composed, fold(composed)).split())
    assert all(character in left for character in kept)  # each in turn, in the order typed


def test_the_frame_of_a_question_is_left_out_of_the_search() -> None:
    question = "Cho mình hỏi hạn nộp báo cáo là khi nào?"
    kept = without_frame(question, fold(question))
    assert "báo cáo" in kept
    assert "khi nào" not in kept
