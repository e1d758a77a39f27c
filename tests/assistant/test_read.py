"""Answers read from the bundled samples, by what is asked."""

from __future__ import annotations

import pytest

from assistant.chain import Ask, Assistant
from assistant.records import Answer, Scope
from ingest.pipeline import Library


def quotes(answer: Answer) -> str:
    return " | ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Ai phải báo cáo trước ngày 20/4?", id="accented"),
        pytest.param("ai phai bao cao truoc 20/4", id="unaccented"),
        pytest.param("who must report by 20/4?", id="english"),
        pytest.param("ai phair baos caos truwowcs ngayf 20/4?", id="telex-keys"),
    ],
)
def test_the_flagship_question(assistant: Assistant, question: str) -> None:
    answer = assistant.invoke(question)
    assert [s.text for s in answer.statements] == ["Các chi bộ trực thuộc"]
    assert {c.number for c in answer.citations} == {"35-KH/ĐU"}
    assert answer.citations[0].section == "IV › 1 › 1.2"
    assert "trước ngày 20/4/2024" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("Ai ký Kế hoạch 35-KH/ĐU?", "Lương Thế Khải An", id="signer"),
        pytest.param("Who signed plan 35-KH/ĐU?", "Lương Thế Khải An", id="signer-english"),
        pytest.param(
            "Kế hoạch 35-KH/ĐU ban hành ngày nào?", "ngày 26 tháng 02 năm 2024", id="issued"
        ),
        pytest.param("Kế hoạch 35-KH/ĐU căn cứ văn bản nào?", "58-KH/HU", id="basis"),
        pytest.param(
            "Nghị quyết 19 do ai ban hành, vào ngày nào?", "ngày 18/01/2024", id="cited-document"
        ),
        pytest.param(
            "Kế hoạch 35-KH/ĐU được gửi cho những nơi nào?",
            "Ban Thường vụ Huyện ủy",
            id="recipient",
        ),
    ],
)
def test_the_header_answers(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.invoke(question)
    assert not answer.abstained
    assert said in quotes(answer)


def test_every_task_of_a_body_in_order(assistant: Assistant) -> None:
    answer = assistant.invoke("Nhiệm vụ của Ban Tuyên giáo Đảng ủy trong Kế hoạch 35-KH/ĐU là gì?")
    labels = [c.section.rsplit(" › ", 1)[-1] for c in answer.citations]
    assert labels == ["2.1", "2.2", "2.3"]


def test_a_body_that_the_plan_does_not_name(assistant: Assistant) -> None:
    answer = assistant.invoke("Kế hoạch 17/KH-MTTQ-BTT giao Công an xã làm gì?")
    assert answer.abstained
    assert answer.passages


def test_the_row_of_a_table(assistant: Assistant) -> None:
    answer = assistant.invoke("Ai chủ trì số hóa sổ hộ tịch giai đoạn 1990 - 2005?")
    assert answer.statements[0].text == "Công chức Tư pháp - hộ tịch"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hạn nộp bài thu hoạch học tập Nghị quyết 19?", "31/5/2024"),
        ("Hội nghị chuyên đề Nghị quyết 19 tổ chức ngày nào?", "14/5/2024"),
    ],
)
def test_dates_of_duties_and_events(assistant: Assistant, question: str, said: str) -> None:
    assert said in quotes(assistant.invoke(question))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Kế hoạch số 99-KH/ĐU do ai ký?", id="no-such-number"),
        pytest.param("Số điện thoại của Trưởng Công an xã là bao nhiêu?", id="no-phone"),
        pytest.param("Nộp báo cáo đợt 1 học Nghị quyết 19 qua email nào?", id="no-address"),
        pytest.param("Kế hoạch an toàn giao thông năm 2031 do ai ký?", id="no-such-year"),
        pytest.param("Giá vàng hôm nay bao nhiêu một lượng?", id="off-topic"),
    ],
)
def test_what_the_documents_do_not_say(assistant: Assistant, question: str) -> None:
    answer = assistant.invoke(question)
    assert answer.abstained
    assert not answer.citations
    assert answer.statements[0].text.startswith("Không tìm thấy trong các văn bản")
    assert answer.passages, "the nearest passages are offered"


def test_a_question_about_a_chosen_document(assistant: Assistant, library: Library) -> None:
    for document in library.documents():
        answer = assistant.invoke(
            Ask("Văn bản này ban hành ngày nào?", Scope(documents=(document.id,)))
        )
        assert {c.document_id for c in answer.citations} == {document.id}
        assert answer.citations[0].start <= document.header.date.start  # type: ignore[union-attr]


def test_documents_of_one_signer(assistant: Assistant) -> None:
    answer = assistant.invoke("Ông Tạ Hoàng Gia Bách đã ký những văn bản nào?")
    assert {c.number for c in answer.citations} == {"83/KH-UBND", "412/UBND-NC"}
