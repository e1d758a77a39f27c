"""Answers by kind: definitions, steps, whom to turn to, bounds, dates given in two ways, bodies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from tests.assistant.own_plan import assistant_on

PLAN = """ỦY BAN NHÂN DÂN XÃ SUỐI NGÀN
Số: 52/KH-UBND
Suối Ngàn, ngày 03 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức Hội thi kể chuyện sách năm 2025

Căn cứ Chỉ thị số 14/CT-UBND ngày 20/01/2025 của Ủy ban nhân dân huyện Tân Khê về phát triển văn hóa đọc;

Ủy ban nhân dân xã xây dựng kế hoạch tổ chức Hội thi kể chuyện sách năm 2025, cụ thể như sau:

I. MỤC ĐÍCH
Nâng điểm của xã trong Bộ tiêu chí thi đua các xã vùng hồ về văn hóa đọc (Bộ tiêu chí 27) do huyện ban hành.

II. NỘI DUNG
1. Bài dự thi dài không quá 04 trang, có ít nhất 02 ảnh.
2. Mỗi thôn có từ 100 hộ trở lên cử 05 thí sinh; thôn có dưới 100 hộ cử 02 thí sinh.
3. Ban Giám khảo trao giải cho những người sau:
a) Người kể hay nhất;
b) Người nhỏ tuổi nhất;
c) Thôn có nhiều người dự thi nhất.

4. Kinh phí khen thưởng thực hiện theo Nghị quyết số 31/2024/NQ-HĐND ngày 10/12/2024 của Hội đồng nhân dân tỉnh.

III. QUY TRÌNH CHẤM THI
Bước 1. Văn phòng nhận bài và đánh số phách.
Bước 2. Ban Giám khảo chấm vòng bài viết.
Bước 3. Thí sinh kể chuyện trước hội trường.

IV. TỔ CHỨC THỰC HIỆN
1. Công chức Văn hóa - Xã hội chủ trì, theo dõi Hội thi; quá trình thực hiện có vướng mắc thì liên hệ bà Lò Thị Ngần, Văn phòng Ủy ban nhân dân xã.
2. Đoàn Thanh niên xã trang trí hội trường nhà văn hóa trung tâm.
Thực hiện Chỉ thị số 14/CT-UBND ngày 21/01/2025, các thôn báo cáo kết quả trước ngày 30/4/2025.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Hà Văn Sính
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("kinds"), {"ke-hoach-52.txt": PLAN}) as opened:
        yield opened


def test_a_definition_is_what_the_brackets_stand_for(asked: Assistant) -> None:
    answer = asked.invoke("Bộ tiêu chí 27 là gì?")
    assert answer.statements[0].text.startswith("Bộ tiêu chí thi đua các xã vùng hồ")
    assert answer.confidence == 1.0


def test_the_steps_all_and_in_order_with_their_number(asked: Assistant) -> None:
    answer = asked.invoke("Quy trình chấm thi có mấy bước?")
    texts = [s.text for s in answer.statements]
    assert texts[0] == "3 bước"
    assert [t[:6] for t in texts[1:]] == ["Bước 1", "Bước 2", "Bước 3"]


def test_whom_to_turn_to(asked: Assistant) -> None:
    answer = asked.invoke("Có gì chưa rõ về Hội thi kể chuyện sách thì hỏi ai?")
    assert "Lò Thị Ngần" in answer.citations[0].quote


def test_who_issued_it(asked: Assistant) -> None:
    answer = asked.invoke("Cơ quan nào ban hành kế hoạch này?")
    assert answer.statements[0].text.lower() == "ủy ban nhân dân xã suối ngàn"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Bài dự thi sáu trang có hợp lệ không?", "Không"),
        ("Bài dự thi 3 trang có được không ạ?", "Có"),
    ],
)
def test_a_bound_decides_yes_or_no(asked: Assistant, question: str, verdict: str) -> None:
    first = asked.invoke(question).statements[0].text
    assert first.startswith(f"{verdict}:")
    assert "không quá 04 trang" in first


def test_the_case_that_the_amount_falls_under(asked: Assistant) -> None:
    answer = asked.invoke("Thôn có 80 hộ thì cử mấy thí sinh?")
    assert "cử 02 thí sinh" in answer.citations[0].quote.rpartition(";")[2]


def test_the_items_that_a_lead_in_announces(asked: Assistant) -> None:
    answer = asked.invoke("Ban Giám khảo trao giải cho những ai?")
    texts = [s.text.rstrip(".") for s in answer.statements]
    assert texts == ["Người kể hay nhất", "Người nhỏ tuổi nhất", "Thôn có nhiều người dự thi nhất"]


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch 52/KH-UBND nói về việc gì?",
        "ke hoach 52 cua xa Suoi Ngan ve viec gi",
        "Trích yếu của Kế hoạch 52 là gì?",
        "What is Plan 52/KH-UBND about?",
    ],
)
def test_what_a_document_is_about_is_its_title(asked: Assistant, question: str) -> None:
    answer = asked.invoke(question)
    assert [s.text for s in answer.statements] == ["Tổ chức Hội thi kể chuyện sách năm 2025"]
    assert answer.citations[0].quote == "Tổ chức Hội thi kể chuyện sách năm 2025"


@pytest.mark.parametrize(
    "question", ["Kế hoạch 52 nói gì về số phách?", "Kế hoạch 99/KH-UBND nói về việc gì?"]
)
def test_no_title_for_a_matter_or_a_document_that_is_not_there(
    asked: Assistant, question: str
) -> None:
    answer = asked.invoke(question)
    assert not any("Hội thi kể chuyện sách năm 2025" in s.text for s in answer.statements)


@pytest.mark.parametrize(
    "question",
    [
        "Kinh phí khen thưởng thực hiện theo quy định nào?",
        "Under which regulation are the awards funded?",
    ],
)
def test_what_a_matter_inside_the_document_follows(asked: Assistant, question: str) -> None:
    answer = asked.invoke(question)
    assert len(answer.citations) == 1
    assert "31/2024/NQ-HĐND" in answer.citations[0].quote


def test_what_the_document_itself_follows(asked: Assistant) -> None:
    answer = asked.invoke("Kế hoạch 52/KH-UBND thực hiện chỉ thị nào?")
    assert answer.citations[0].quote.startswith("Căn cứ Chỉ thị số 14/CT-UBND")


def test_the_words_that_announce_the_whole_plan_are_no_answer(asked: Assistant) -> None:
    answer = asked.invoke("Kế hoạch tổ chức Hội thi kể chuyện sách gồm những nội dung nào?")
    assert not any(s.text.endswith("như sau:") for s in answer.statements)
    assert not any(s.text.endswith("MỤC ĐÍCH") for s in answer.statements)


def test_two_dates_for_one_document_are_both_shown(asked: Assistant) -> None:
    answer = asked.invoke("Chỉ thị 14/CT-UBND ban hành ngày nào?")
    quotes = " ".join(c.quote for c in answer.citations)
    assert "20/01/2025" in quotes
    assert "21/01/2025" in quotes
    assert not answer.statements[-1].citations, "a line says that they differ"


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch 52 giao Hội Chữ thập đỏ xã làm gì?",
        "Hội thi kể chuyện sách bắt đầu lúc mấy giờ?",
        "Ai làm đội trưởng đội thi của xã?",
        "Trụ sở của Ban Giám khảo ở địa chỉ nào?",
        "Hội thi có bao nhiêu ha đất?",
    ],
)
def test_what_is_not_there_is_not_answered(asked: Assistant, question: str) -> None:
    answer = asked.invoke(question)
    assert answer.abstained
    assert answer.passages


def test_a_duty_without_a_deadline_is_answered_as_such(asked: Assistant) -> None:
    answer = asked.invoke(
        "Đoàn Thanh niên xã phải trang trí hội trường nhà văn hóa trước ngày nào?"
    )
    assert answer.abstained
    assert "không ghi thời hạn" in answer.statements[0].text
    assert "trang trí hội trường" in answer.citations[0].quote
