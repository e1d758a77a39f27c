"""Facts that can be asked for, and questions fit to be said aloud."""

from __future__ import annotations

import pytest

from assistant.study.asking import SLOT, Fact, facts_of
from assistant.study.asking.references import cited_documents
from assistant.study.pack import Workshop
from assistant.study.quiz.closed import filled
from assistant.study.records import Asked
from tests.assistant.study.plans import RIVER, source_of


@pytest.fixture(scope="module")
def facts() -> tuple[Fact, ...]:
    return facts_of(source_of(RIVER))


def _of(facts: tuple[Fact, ...], asked: Asked) -> list[Fact]:
    return [f for f in facts if f.asked is asked]


def test_the_office_of_a_task(facts: tuple[Fact, ...]) -> None:
    answers = {f.subject: f.choice for f in _of(facts, Asked.OFFICE)}
    assert answers["hướng dẫn ủ phân hữu cơ tại chuồng trại của từng hộ chăn nuôi"] == (
        "Hội Nông dân xã"
    )


def test_a_task_is_asked_without_its_date(facts: tuple[Fact, ...]) -> None:
    subjects = [f.subject for f in _of(facts, Asked.OFFICE)]
    assert "lập bản đồ các điểm sạt lở dọc bờ sông" in subjects


def test_a_deadline(facts: tuple[Fact, ...]) -> None:
    by_value = {f.value: f for f in _of(facts, Asked.DATE)}
    assert by_value["2025-04-20"].answer == "Trước ngày 20/4/2025"
    assert by_value["2025-05"].answer == "Trong tháng 5/2025"


def test_a_number_left_out_of_its_sentence(facts: tuple[Fact, ...]) -> None:
    gaps = {f.answer: f.question for f in _of(facts, Asked.QUANTITY)}
    assert "Phấn đấu …… hộ dân ven sông" in gaps["90%"]
    assert "Trồng mới …… km cây chắn sóng" in gaps["12"]


def test_the_recipient_of_a_report(facts: tuple[Fact, ...]) -> None:
    (report,) = _of(facts, Asked.RECIPIENT)
    assert report.answer == "Ủy ban nhân dân huyện"


def test_what_stands_in_a_list(facts: tuple[Fact, ...]) -> None:
    members = {f.choice for f in _of(facts, Asked.MEMBER) if f.subject == "Hình thức tuyên truyền"}
    assert "Dựng pa nô cỡ lớn tại các bến đò và cầu tàu đông người qua lại" in members


def test_particulars_of_the_document(facts: tuple[Fact, ...]) -> None:
    answers = [f.answer for f in facts if f.topic == "Thể thức văn bản"]
    assert answers == [
        "45/KH-UBND",
        "Ủy ban nhân dân xã Sông Lạt",
        "Ngày 10/3/2025",
        "Tô Văn Ngàn, Chủ tịch",
    ]


@pytest.mark.parametrize(
    ("sentence", "number", "date", "subject"),
    [
        (
            "Căn cứ Quyết định số 7/QĐ-UBND ngày 02/3/2025 của Ủy ban nhân dân huyện Vàm Nổi "
            "phê duyệt phương án di dời chợ cá.",
            "7/QĐ-UBND",
            "ngày 02/3/2025",
            "phương án di dời chợ cá",
        ),
        (
            "Thực hiện Nghị quyết số 9-NQ/HU, ngày 05 tháng 6 năm 2024 về phát triển vườn cây "
            "ăn trái; các ấp rà soát diện tích.",
            "9-NQ/HU",
            "ngày 05 tháng 6 năm 2024",
            "phát triển vườn cây ăn trái",
        ),
        ("Theo Công văn số 31/PNV-TH, các ấp gửi danh sách.", "31/PNV-TH", "", ""),
    ],
)
def test_documents_that_are_cited(sentence: str, number: str, date: str, subject: str) -> None:
    (cited,) = cited_documents(source_of(f"KẾ HOẠCH\nDời chợ\nI. NỘI DUNG\n1. {sentence}\n"))
    assert (cited.number, cited.date, cited.subject) == (number, date, subject)


def test_a_task_of_two_offices_is_no_question() -> None:
    text = (
        "KẾ HOẠCH\nGiữ rừng\nI. PHÂN CÔNG\n1. Công an xã\n- Tuần tra ven rừng đước vào ban đêm.\n"
        "2. Hạt Kiểm lâm huyện\n- Tuần tra ven rừng đước vào ban đêm.\n"
    )
    assert not _of(facts_of(source_of(text)), Asked.OFFICE)


def test_a_duty_with_two_dates_is_no_question() -> None:
    text = (
        "KẾ HOẠCH\nGiữ rừng\nI. VIỆC\n1. Công an xã báo cáo kết quả tuần tra rừng đước về Ủy ban "
        "nhân dân xã trước ngày 10/4/2025.\nII. BÁO CÁO\n1. Công an xã báo cáo kết quả tuần tra "
        "rừng đước về Ủy ban nhân dân xã trước ngày 25/4/2025.\n"
    )
    assert not _of(facts_of(source_of(text)), Asked.DATE)


def test_questions_of_the_samples_read_well(workshops: list[Workshop]) -> None:
    facts = [f for w in workshops for s in w.material.sources for f in facts_of(s)]
    assert len(facts) > 200
    for fact in facts:
        assert "  " not in fact.question
        assert "\n" not in fact.question
        assert fact.question.count("“") == fact.question.count("”")
        assert fact.answer
        assert fact.citations
        assert fact.statement.count(SLOT) == bool(fact.statement)
        assert len(fact.question.split()) <= 75


def test_an_answer_stands_in_what_is_cited(workshops: list[Workshop]) -> None:
    for workshop in workshops:
        for source in workshop.material.sources:
            for fact in facts_of(source):
                if fact.asked in (Asked.QUANTITY, Asked.OFFICE, Asked.RECIPIENT):
                    quoted = " ".join(" ".join(c.quote for c in fact.citations).split())
                    assert fact.choice.lower().rstrip("%") in quoted.lower()


def test_one_duty_said_twice_is_asked_once() -> None:
    text = (
        "KẾ HOẠCH\nVớt bèo\nI. PHÂN CÔNG\n1. Hội Nông dân xã\n"
        "- Tổ chức dọn bèo lục bình trên kênh chính của xã trước ngày 20/4/2025.\n"
        "2. Đoàn Thanh niên xã\n"
        "- Phối hợp với Hội Nông dân dọn bèo lục bình trên kênh chính của xã trước ngày 20/4/2025.\n"
    )
    dates = [f for f in facts_of(source_of(text)) if f.asked is Asked.DATE]
    assert len(dates) == 2
    assert dates[0].repeats(dates[1])


def test_how_often_is_no_statement() -> None:
    text = "KẾ HOẠCH\nVớt bèo\n1. Hội Nông dân xã\n- Vớt bèo trên kênh chính của xã hằng tháng.\n"
    asked = [f for f in facts_of(source_of(text)) if f.value == "MONTHLY"]
    assert all(not f.statement for f in asked)


VAGUE = """ỦY BAN NHÂN DÂN XÃ SÔNG LẠT
Số: 46/KH-UBND
KẾ HOẠCH
Giữ sạch bến đò
I. PHÂN CÔNG
1. Công an xã
- Hoàn thành tốt các nhiệm vụ được Ủy ban nhân dân xã giao trong năm nay.
- Tuần tra ven bến đò lớn vào các đêm có chợ nổi.
2. Các cơ quan, đơn vị, địa phương
- Quét dọn cầu tàu và lối xuống bến vào sáng thứ bảy.
- Giải quyết các công việc hằng ngày của bến đò theo phân công.
"""


def test_what_may_be_anyones_is_not_asked() -> None:
    facts = facts_of(source_of(VAGUE))
    offices = {f.subject: f.choice for f in _of(facts, Asked.OFFICE)}
    assert offices["tuần tra ven bến đò lớn vào các đêm có chợ nổi"] == "Công an xã"
    assert not any("nhiệm vụ được" in subject for subject in offices)
    assert not any(choice.startswith("Các cơ quan") for choice in offices.values())
    assert not any("ằng ngày" in f.answer for f in facts)


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("HUYỆN ỦY VÀM NỔI\nĐẢNG ỦY XÃ SÔNG LẠT", "Đảng ủy xã Sông Lạt"),
        ("ỦY BAN NHÂN DÂN\nTHỊ TRẤN SÔNG LẠT", "Ủy ban nhân dân thị trấn Sông Lạt"),
        ("ỦY BAN NHÂN DÂN\nXÃ SÔNG LẠT", "Ủy ban nhân dân xã Sông Lạt"),
    ],
)
def test_who_has_issued_the_document(head: str, issuer: str) -> None:
    facts = facts_of(source_of(RIVER.replace("ỦY BAN NHÂN DÂN XÃ SÔNG LẠT", head)))
    (fact,) = [f for f in facts if f.question == "Cơ quan, tổ chức nào ban hành Kế hoạch đang học?"]
    assert fact.answer == issuer
    assert filled(fact, fact.choice) == f"Cơ quan ban hành Kế hoạch đang học là {issuer}."


def test_questions_on_the_head_do_not_tell_the_number_that_another_asks_for() -> None:
    facts = facts_of(source_of(RIVER))
    head = [f for f in facts if f.topic == "Thể thức văn bản"]
    assert {"45/KH-UBND", "Ủy ban nhân dân xã Sông Lạt"} <= {f.answer for f in head}
    assert not any("45/KH" in f.question + f.statement for f in head)
