"""Answers read from the bundled samples, by what is asked."""

from __future__ import annotations

import pytest

from assistant.cards import in_scope
from assistant.chain import Ask, Assistant
from assistant.records import Answer, Scope
from ingest.pipeline import Library
from ingest.records import SourceDocument


def quotes(answer: Answer) -> str:
    return " | ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Ai phải báo cáo trước ngày 20/4?", id="accented"),
        pytest.param("ai phai bao cao truoc 20/4", id="unaccented"),
        pytest.param("who must report by 20/4?", id="english"),
        pytest.param("ai phair baos caos truwowcs ngayf 20/4?", id="telex-keys"),
        pytest.param("ai bc trc 20/4 z", id="chat"),
        pytest.param("AI PHẢI BÁO CÁO TRƯỚC NGÀY 20/4?", id="capitals"),
        pytest.param("Ai phải báo cáo trước ngày 20 tháng 4 năm 2024?", id="date-in-words"),
        pytest.param("who must report by April 20, 2024?", id="english-date"),
    ],
)
def test_the_flagship_question(assistant: Assistant, question: str) -> None:
    answer = assistant.invoke(question)
    assert [s.text for s in answer.statements] == ["Các chi bộ trực thuộc"]
    assert {c.number for c in answer.citations} == {"35-KH/ĐU"}
    assert answer.citations[0].section == "IV › 1 › 1.2"
    assert "trước ngày 20/4/2024" in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    ["Ai phải báo cáo trước ngày 20/4/2025?", "who must report by 01/01/1999?"],
    ids=["another-year", "no-such-day"],
)
def test_a_date_that_no_document_gives(assistant: Assistant, question: str) -> None:
    assert assistant.invoke(question).abstained


def test_a_date_that_two_documents_give(assistant: Assistant) -> None:
    answer = assistant.invoke("Ai phải báo cáo trước ngày 05/11/2024?")
    assert {c.number for c in answer.citations} == {"06-CT/HU", "17/KH-MTTQ-BTT"}
    assert {s.text for s in answer.statements} == {
        "Các đảng ủy cơ sở",
        "Ban Công tác Mặt trận các ấp",
    }


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("Ai ký Kế hoạch 35-KH/ĐU?", "Lương Thế Khải An", id="signer"),
        pytest.param("ai ky ke hoach 35-kh/du", "Lương Thế Khải An", id="signer-unaccented"),
        pytest.param("Ai ký công văn 412?", "Tạ Hoàng Gia Bách", id="signer-number-in-part"),
        pytest.param("Kế hoạch Chủ nhật xanh số bao nhiêu?", "17/KH-MTTQ-BTT", id="number"),
        pytest.param(
            "What is the number of the traffic safety plan?", "83/KH-UBND", id="number-english"
        ),
        pytest.param(
            "On what date was Directive 06-CT/HU issued?",
            "ngày 02 tháng 8 năm 2024",
            id="issued-english",
        ),
        pytest.param("Công văn 412/UBND-NC kính gửi ai?", "Điện lực", id="addressee"),
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


def test_every_basis_has_its_own_citation(
    assistant: Assistant, by_number: dict[str, SourceDocument]
) -> None:
    answer = assistant.invoke("Kế hoạch 128/KH-UBND căn cứ vào những văn bản nào?")
    bases = by_number["128/KH-UBND"].header.bases
    assert [(c.start, c.end) for c in answer.citations] == [(b.start, b.end) for b in bases]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Kết luận 22-KL/ĐU được gửi cho những nơi nào?", id="accented"),
        pytest.param("noi nhan cua ket luan 22-kl/du", id="unaccented"),
        pytest.param("Who receives Conclusion 22-KL/ĐU?", id="english"),
    ],
)
def test_every_recipient_in_order(
    assistant: Assistant, by_number: dict[str, SourceDocument], question: str
) -> None:
    recipients = by_number["22-KL/ĐU"].header.recipients
    answer = assistant.invoke(question)
    assert [s.text for s in answer.statements] == [r.value for r in recipients]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Công văn 412/UBND-NC kính gửi những ai?", id="vietnamese"),
        pytest.param("To whom is official letter 412/UBND-NC addressed?", id="english"),
    ],
)
def test_those_a_letter_is_addressed_to(
    assistant: Assistant, by_number: dict[str, SourceDocument], question: str
) -> None:
    addressee = by_number["412/UBND-NC"].header.addressee
    assert addressee is not None
    assert [s.text for s in assistant.invoke(question).statements] == [addressee.value]


def test_recipients_for_report_alone(assistant: Assistant) -> None:
    answer = assistant.invoke("Kế hoạch 35-KH/ĐU được gửi báo cáo cho những nơi nào?")
    assert len(answer.citations) == 2
    assert all("(báo cáo)" in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "number", "opening"),
    [
        pytest.param(
            "Nhiệm vụ của Hạt Kiểm lâm huyện là gì?",
            "412/UBND-NC",
            ("a) Theo dõi", "b) Làm mới"),
            id="accented",
        ),
        pytest.param(
            "nhiem vu cua hat kiem lam huyen la gi",
            "412/UBND-NC",
            ("a) Theo dõi", "b) Làm mới"),
            id="unaccented",
        ),
        pytest.param(
            "What are the tasks of the Women's Union?",
            "17/KH-MTTQ-BTT",
            ("- Chủ trì mô hình", "- Phụ trách việc"),
            id="english",
        ),
        pytest.param(
            "Phòng Giáo dục và Đào tạo phải làm gì theo Kế hoạch 83/KH-UBND?",
            "83/KH-UBND",
            ("a) Hướng dẫn", "b) Đưa việc", "c) Tổng hợp"),
            id="what-must-they-do",
        ),
    ],
)
def test_every_item_under_a_body_and_no_other(
    assistant: Assistant, question: str, number: str, opening: tuple[str, ...]
) -> None:
    answer = assistant.invoke(question)
    assert {c.number for c in answer.citations} == {number}
    assert len(answer.citations) == len(opening)
    for citation, start in zip(answer.citations, opening, strict=True):
        assert citation.quote.startswith(start)


def test_every_task_of_a_body_in_order(assistant: Assistant) -> None:
    answer = assistant.invoke("Nhiệm vụ của Ban Tuyên giáo Đảng ủy trong Kế hoạch 35-KH/ĐU là gì?")
    labels = [c.section.rsplit(" › ", 1)[-1] for c in answer.citations]
    assert labels == ["2.1", "2.2", "2.3"]


def test_a_body_that_the_plan_does_not_name(assistant: Assistant) -> None:
    answer = assistant.invoke("Kế hoạch 17/KH-MTTQ-BTT giao Công an xã làm gì?")
    assert answer.abstained
    assert answer.passages


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Ai chủ trì số hóa sổ hộ tịch giai đoạn 1990 - 2005?", "Công chức Tư pháp - hộ tịch"),
        ("ai chu tri tap huan an toan thong tin cho can bo, cong chuc", "Công an xã"),
        ("Số hóa sổ hộ tịch hoàn thành khi nào?", "Quý IV/2025"),
        ("Kiện toàn Tổ công nghệ số cộng đồng hoàn thành khi nào?", "15/5/2025"),
    ],
    ids=["who", "who-unaccented", "quarter", "day"],
)
def test_the_row_of_a_table(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.invoke(question)
    assert answer.statements[0].text == said
    assert said in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hạn nộp bài thu hoạch học tập Nghị quyết 19?", "31/5/2024"),
        ("Hội nghị chuyên đề Nghị quyết 19 tổ chức ngày nào?", "14/5/2024"),
        ("Quy chế hoạt động của tủ sách ấp ban hành trước ngày nào?", "trước ngày 30/11/2024"),
        ("bai du thi ve tranh nhan den het ngay nao", "đến hết ngày 20/9/2023"),
        ("Xét chọn gia đình đọc sách tiêu biểu vào tháng mấy?", "tháng 11 hằng năm"),
    ],
    ids=["essays", "conference", "regulations", "unaccented", "every-year"],
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
        pytest.param("ke hoach 99 do ai ky", id="no-such-number-unaccented"),
        pytest.param("Ai ký Kế hoạch 35-KH/HU?", id="another-body's-sign"),
        pytest.param("Ai ký Kế hoạch 58-KH/HU?", id="cited-and-not-held"),
        pytest.param("Nhiệm vụ của Bệnh viện huyện là gì?", id="no-such-body"),
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


@pytest.mark.parametrize(
    "scope",
    [
        pytest.param(Scope(issuers=("ỦY BAN NHÂN DÂN HUYỆN VĨNH HÒA TÂY",)), id="issuer"),
        pytest.param(Scope(kinds=("công văn",)), id="kind"),
        pytest.param(Scope(years=(2023,)), id="year"),
    ],
)
def test_no_citation_from_outside_the_scope(
    assistant: Assistant, library: Library, scope: Scope
) -> None:
    question = "Báo cáo kết quả thực hiện trước ngày nào?"
    narrowed = assistant.invoke(Ask(question, scope))
    assert narrowed.citations
    ids = {c.document_id for c in narrowed.citations} | {p.document_id for p in narrowed.passages}
    assert all(in_scope(library.document(i), scope) for i in ids)


def test_the_answer_may_be_outside_the_scope(assistant: Assistant) -> None:
    """What one document says is no answer where another is chosen, not even by its number."""
    question = "Ai ký Kế hoạch 35-KH/ĐU?"
    assert not assistant.invoke(question).abstained
    assert assistant.invoke(Ask(question, Scope(kinds=("công văn",)))).abstained


def test_an_english_question_is_refused_in_english(assistant: Assistant) -> None:
    answer = assistant.invoke("Who signed plan 99-KH/ĐU?")
    assert answer.statements[0].text.startswith("Not found in the documents")
    assert answer.passages


def test_documents_of_one_signer(assistant: Assistant) -> None:
    answer = assistant.invoke("Ông Tạ Hoàng Gia Bách đã ký những văn bản nào?")
    assert {c.number for c in answer.citations} == {"83/KH-UBND", "412/UBND-NC"}
