"""Follow-ups: what is made of them, and what is answered."""

from __future__ import annotations

import pytest

from assistant.chain import Ask, Assistant
from assistant.dialogue import follow_up
from assistant.records import Answer, Citation, Intent, Statement

CITED = Citation("ke-hoach.txt", "d" * 64, "15-KH/ĐU", "I", 1, 0, 3, "abc")


def answered(question: str, *lines: str) -> Answer:
    statements = tuple(Statement(line, (0,)) for line in lines or ("Nguyên văn",))
    return Answer(question, statements, False, Intent.WHAT, "vi", (CITED,))


@pytest.mark.parametrize(
    ("before", "typed", "whole"),
    [
        ("Các chi bộ nộp kết quả khi nào?", "còn báo cáo sơ kết?", "báo cáo sơ kết hạn khi nào?"),
        ("Các chi bộ nộp kết quả khi nào?", "con bao cao so ket", "bao cao so ket hạn khi nào?"),
        ("Ban Tuyên giáo phải làm gì?", "thế MTTQ thì sao?", "MTTQ phải làm gì?"),
        ("Ban Tuyên giáo phải làm gì?", "Công an xã thì sao", "Công an xã phải làm gì?"),
        ("Ai phải báo cáo trước ngày 20/4?", "còn 15/6?", "Ai phải báo cáo trước ngày 15/6?"),
        ("Ai phải báo cáo trước ngày 20/4?", "còn trong tháng 6?", "Ai phải báo cáo trong tháng 6?"),
        ("Ai phải báo cáo trước ngày 20/4?", "thế MTTQ thì sao?", "MTTQ phải làm gì trước ngày 20/4?"),
        ("Có những hình thức nào?", "văn bản đó ai ký?", "văn bản 15-KH/ĐU ai ký?"),
        ("Có những hình thức nào?", "Kế hoạch này căn cứ vào đâu?", "văn bản 15-KH/ĐU căn cứ vào đâu?"),
        ("Có những hình thức nào?", "ai ký?", "ai ký văn bản 15-KH/ĐU?"),
        ("Ai ký Công văn 412/UBND-NC?", "còn Kế hoạch 15-KH/ĐU?", "Ai ký Kế hoạch 15-KH/ĐU?"),
        ("Lễ ra quân tổ chức khi nào?", "ở đâu?", "Lễ ra quân tổ chức ở đâu?"),
        ("Công an xã phải làm gì?", "hạn khi nào?", "Công an xã phải làm gì hạn khi nào?"),
        ("Công an xã phải làm gì?", "việc đó hạn khi nào?", "Công an xã phải làm gì hạn khi nào?"),
        ("Công an xã phải làm gì?", "đơn vị đó còn việc nào khác?", "Công an xã còn việc nào khác?"),
        ("Who must report by 20/4?", "what about 15/6?", "Who must report by 15/6?"),
        ("Who must report by 20/4?", "who signed that plan?", "who signed document 15-KH/ĐU?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_whole(before: str, typed: str, whole: str) -> None:
    found = follow_up(typed, [answered(before)])
    assert found is not None
    assert found.question == whole
    assert found.documents == (CITED.document_id,)


@pytest.mark.parametrize(
    "typed",
    [
        "Hội Khuyến học xã gửi danh sách gia đình hiếu học khi nào?",
        "Ai ký Kế hoạch 20/KH-UBND?",
        "Kế hoạch chuyển đổi số có những nhiệm vụ nào?",
        "Who chairs the steering committee of the contest?",
        "???",
    ],
)
def test_a_question_of_its_own_is_left_as_it_is(typed: str) -> None:
    assert follow_up(typed, [answered("Ai phải báo cáo trước ngày 20/4?")]) is None


def test_without_a_dialogue_nothing_is_a_follow_up() -> None:
    assert follow_up("còn báo cáo sơ kết?", []) is None


def test_a_dialogue_of_several_turns(assistant: Assistant) -> None:
    history: tuple[Answer, ...] = ()
    said = []
    for typed in (
        "Các chi bộ trực thuộc báo cáo kết quả học tập đợt 1 trước ngày nào?",
        "còn báo cáo sơ kết?",
        "văn bản đó ai ký?",
        "thế Ban Tuyên giáo Đảng ủy thì sao?",
    ):
        answer = assistant.invoke(Ask(typed, history=history))
        history = (*history, answer)
        said.append(answer.statements[0].text)
    assert said[0] == "Trước ngày 20/4/2024"
    assert said[1] == "Vào tháng 12 năm 2024"
    assert said[2].startswith("Lương Thế Khải An")
    assert said[3].startswith("Biên soạn tài liệu")
    assert [answer.followed for answer in history][:2] == ["", "báo cáo sơ kết hạn khi nào?"]
    assert {c.document for a in history for c in a.citations} == {
        "ke-hoach-35-KH-DU-hoc-tap-nghi-quyet.docx"
    }


def test_what_points_back_is_asked_of_those_documents_alone(assistant: Assistant) -> None:
    first = assistant.invoke("Lễ phát động an toàn giao thông tổ chức khi nào?")
    answer = assistant.invoke(Ask("thế kinh phí bao nhiêu?", history=(first,)))
    assert {p.document_id for p in answer.passages} == {c.document_id for c in first.citations}
