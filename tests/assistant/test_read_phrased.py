"""Answers to questions as people put them: who is named where, whom a letter addresses, what is
called how, on which day «cùng ngày» falls. Every document is fictional."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Ask, Assistant
from assistant.read.cited_kind import kind_in_english
from assistant.records import Answer, Scope
from tests.assistant.own_plan import assistant_on

LETTER = """ỦY BAN NHÂN DÂN HUYỆN MƯỜNG SANG
PHÒNG GIÁO DỤC VÀ ĐÀO TẠO
Số: 318/PGDĐT-GDTH
V/v tổ chức Ngày hội Đọc sách năm 2025

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mường Sang, ngày 11 tháng 3 năm 2025

Kính gửi: Hiệu trưởng các trường tiểu học trong huyện

Phòng Giáo dục và Đào tạo nhận được Công văn số 77/BĐ-KHKD của Bưu điện huyện Mường Sang về việc tặng sách cho Ngày hội Đọc sách năm 2025. Phòng Giáo dục và Đào tạo đề nghị các trường thực hiện các nội dung sau:

1. Mỗi trường cử một đội, mỗi đội không quá 05 em, tuổi đời không quá 11.
2. Ngày hội Đọc sách khai mạc lúc 7 giờ 30 phút, ngày 21 tháng 4 năm 2025. Riêng điểm trường Pá Hộc khai mạc vào chiều cùng ngày.
3. Văn phòng Phòng chuẩn bị:
a) Giấy khen cho các đội;
b) Phông sân khấu của Ngày hội.
Các nội dung a, b hoàn thành trước ngày 15/4/2025.
4. Thực hiện Nghị quyết số 58/2022/NQ-HĐND của Hội đồng nhân dân tỉnh về phát triển văn hóa đọc và Hướng dẫn số 19/HD-SVHTT ngày 04/02/2023 về thi hành Nghị quyết số 58/2022/NQ-HĐND.

Các vấn đề khác, đề nghị liên hệ bộ phận thường trực Ngày hội:
Tổ Thư viện, Phòng Giáo dục và Đào tạo
27 đường Hoa Ban, thị trấn Sang, huyện Mường Sang
Điện thoại: 0212 3899 416
Email: ngayhoidocsach@mail.example.vn

Nơi nhận:
- Như trên;
- Ban Tuyên giáo Huyện ủy;
- Ban Dân vận Huyện ủy;
- Thường trực Hội đồng nhân dân huyện;
- Lưu: VT.

TRƯỞNG PHÒNG
Lường Văn Ún
"""
PLAN = """ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
HUYỆN ĐẠI KHÊ
Số: 21/KH-MTTQ-BTT
Đại Khê, ngày 09 tháng 02 năm 2025

KẾ HOẠCH
Giám sát và chăm lo vườn cây Bác Hồ năm 2025

Thực hiện chương trình công tác theo Quyết định số 415/QĐ-MTTQ ngày 02/01/2025 ban hành Bộ thang điểm chăm lo vườn cây của các xã vùng cao (sau đây gọi là Thang điểm 415), Ban Thường trực xây dựng kế hoạch như sau:

I. MỤC ĐÍCH
Nâng cao trách nhiệm của các xã theo Thang điểm 415.

II. NỘI DUNG
1. Giám sát
- Việc sử dụng tiền ủng hộ vườn cây.
- Việc chăm tưới cây mới trồng tại các thôn.
2. Vườn cây (có sơ đồ trồng kèm theo)
a) Hoạt động 1
- Nội dung:
+ Trồng dặm 300 cây đào tại đồi Pu Nhi.
+ Làm hàng rào tre quanh vườn.
- Cơ quan thực hiện: Hạt Kiểm lâm Đại Khê chủ trì, phối hợp với các xã.

III. TỔ CHỨC THỰC HIỆN
1. Ban Dân vận Huyện ủy
- Chủ trì, phối hợp với các cơ quan liên quan tham mưu việc trao Giải thưởng vườn cây đẹp năm 2025.
2. Ủy ban nhân dân các xã giao Công an xã là đầu mối chấm vườn cây.
3. Các xã
- Tham gia Giải thưởng vườn cây đẹp năm 2025 theo thể lệ.

Trên đây là Kế hoạch giám sát và chăm lo vườn cây Bác Hồ năm 2025 của Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam huyện Đại Khê./.

TM. BAN THƯỜNG TRỰC
CHỦ TỊCH
Vì Thị Ương
"""
NEWS = """Đại Khê sơ kết phong trào trồng cây

Sáng ngày 12/5/2024, Ban Thường trực Ủy ban MTTQ huyện Đại Khê tổ chức Hội nghị sơ kết phong trào trồng cây đầu xuân.

Phó Bí thư Huyện ủy, Chủ tịch Hội đồng nhân dân huyện Cầm Thị Pành chủ trì hội nghị.

Các xã đã trồng 4.500 cây.
"""
FAQ = """Mẫu bản cam kết nuôi ong của hộ gia đình gồm những gì?

Hiện nay, tham khảo Hướng dẫn số 06/HD-HND năm 2020 của Hội Nông dân huyện Đại Khê, dưới đây là mẫu bản cam kết nuôi ong.

Số: /CK

BẢN CAM KẾT
nuôi ong sạch

Căn cứ Điều lệ Tổ hợp tác nuôi ong;

I. NỘI DUNG
1. Thùng ong đặt cách nhà ở 20 mét theo hướng dẫn của tổ trưởng.
"""
NAMES = {"cong-van-318.txt": LETTER, "ke-hoach-21.txt": PLAN, "tin.txt": NEWS, "mau.txt": FAQ}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("phrased"), NAMES) as opened:
        yield opened


def ask(assistant: Assistant, question: str, document: str = "") -> Answer:
    ids = {d.name: d.id for d in assistant.library.documents()}
    return assistant.invoke(Ask(question, Scope(documents=(ids[document],) if document else ())))


def quotes(answer: Answer) -> str:
    return " | ".join(c.quote for c in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Giải thưởng vườn cây đẹp năm 2025 do ban nào đứng ra chủ trì tham mưu?",
        "giai thuong vuon cay dep nam 2025 do ban nao dung ra chu tri tham muu",
    ],
)
def test_a_body_that_heads_the_item_that_says_leads(asked: Assistant, question: str) -> None:
    assert ask(asked, question).statements[0].text == "Ban Dân vận Huyện ủy"


def test_the_body_in_the_field_after_the_items_of_a_task(asked: Assistant) -> None:
    answer = ask(asked, "Cơ quan nào lo trồng dặm cây đào tại đồi Pu Nhi?")
    assert answer.statements[0].text.startswith("Hạt Kiểm lâm Đại Khê chủ trì")
    assert "Trồng dặm 300 cây đào" in quotes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì hội nghị sơ kết phong trào trồng cây ở Đại Khê?",
        "Ai chủ trì hội nghị ngày 12/5/2024 sơ kết phong trào trồng cây?",
        "ai chu tri hoi nghi so ket phong trao trong cay o dai khe",
    ],
)
def test_who_chairs_is_told_by_the_same_verb(asked: Assistant, question: str) -> None:
    answer = ask(asked, question)
    assert "Cầm Thị Pành" in answer.statements[0].text
    # Which meeting it is, the sentence before says, where the day is asked for too.
    assert "12/5/2024" not in question or "12/5/2024" in quotes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Công văn 318/PGDĐT-GDTH gửi cho ai?",
        "cong van 318/pgddt-gdth gui cho ai",
        "To whom is letter 318/PGDĐT-GDTH addressed?",
    ],
)
def test_a_letter_goes_to_whom_it_addresses(asked: Assistant, question: str) -> None:
    answer = ask(asked, question)
    assert [s.text for s in answer.statements] == ["Hiệu trưởng các trường tiểu học trong huyện"]


def test_who_gets_a_copy_is_the_distribution_list(asked: Assistant) -> None:
    assert "Hội đồng nhân dân huyện" in quotes(ask(asked, "Nơi nhận công văn 318/PGDĐT-GDTH?"))


def test_contact_that_names_nobody_is_what_the_document_gives(asked: Assistant) -> None:
    for question in (
        "Muốn hỏi thêm thì gọi số nào?",
        "muon hoi them thi goi so dien thoai nao",
        "Which phone number should one call for more information?",
    ):
        assert "0212 3899 416" in ask(asked, question, "cong-van-318.txt").answer


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Tổ Thư viện thường trực Ngày hội Đọc sách nằm ở địa chỉ nào?", "27 đường Hoa Ban"),
        ("Gửi bài cho Ngày hội Đọc sách về email nào?", "ngayhoidocsach@mail.example.vn"),
    ],
)
def test_addresses(asked: Assistant, question: str, written: str) -> None:
    assert written in ask(asked, question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Số điện thoại của Trạm Thú y huyện Mường Sang là số nào?",
        "Ngày hội Đọc sách tặng điện thoại cho bao nhiêu em?",
        "Phông sân khấu thuê ở địa chỉ nào?",
    ],
)
def test_no_contact_of_somebody_else(asked: Assistant, question: str) -> None:
    answer = ask(asked, question)
    assert "0212 3899 416" not in answer.answer
    assert "27 đường Hoa Ban" not in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Năm 2025 Mặt trận huyện Đại Khê giám sát những việc gì?",
        "nam 2025 mat tran huyen dai khe giam sat nhung viec gi",
    ],
)
def test_what_is_done_heads_the_list_and_the_closing_line_answers_nothing(
    asked: Assistant, question: str
) -> None:
    answer = ask(asked, question)
    assert [s.text.split()[1] for s in answer.statements] == ["sử", "chăm"]
    assert "Trên đây" not in answer.answer


@pytest.mark.parametrize(
    ("question", "document", "number"),
    [
        (
            "Công văn về Ngày hội Đọc sách nhắc hướng dẫn nào thi hành Nghị quyết 58?",
            "",
            "Hướng dẫn số 19/HD-SVHTT ngày 04/02/2023",
        ),
        ("Mẫu này lấy theo hướng dẫn nào?", "mau.txt", "Hướng dẫn số 06/HD-HND"),
        (
            "Which guidance is this template taken from?",
            "mau.txt",
            "Hướng dẫn số 06/HD-HND",
        ),
        (
            "Ngày hội Đọc sách được tặng sách theo công văn của cơ quan nào?",
            "",
            "Công văn số 77/BĐ-KHKD của Bưu điện huyện Mường Sang",
        ),
    ],
)
def test_the_cited_document_of_the_kind_asked_for(
    asked: Assistant, question: str, document: str, number: str
) -> None:
    assert ask(asked, question, document).statements[0].text.startswith(number)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which urban decree does the plan mention?", "nghi dinh"),
        ("What guidance is the form taken from?", "huong dan"),
        ("On which documents is Plan 21 based?", ""),
        ("Who signed the plan?", ""),
    ],
)
def test_the_kind_of_document_asked_for_in_english(question: str, kind: str) -> None:
    assert kind_in_english(question) == kind


def test_who_a_task_is_given_on_to(asked: Assistant) -> None:
    answer = ask(asked, "Đơn vị nào làm đầu mối chấm vườn cây ở các xã?")
    assert answer.statements[0].text == "Công an xã"


def test_what_a_cited_document_is_about(asked: Assistant) -> None:
    answer = ask(asked, "Nghị quyết số 58/2022/NQ-HĐND nói về vấn đề gì?")
    assert answer.statements[0].text.startswith(
        "Nghị quyết số 58/2022/NQ-HĐND của Hội đồng nhân dân tỉnh về phát triển văn hóa đọc"
    )


@pytest.mark.parametrize(
    "question",
    [
        "Thang điểm 415 là bộ thang điểm gì, theo quyết định nào?",
        "“Thang điểm 415” trong kế hoạch này là thang điểm nào?",
    ],
)
def test_a_short_name_is_what_it_was_introduced_for(asked: Assistant, question: str) -> None:
    answer = ask(asked, question, "ke-hoach-21.txt")
    assert "hang điểm chăm lo vườn cây của các xã vùng cao" in answer.answer
    assert ("415/QĐ-MTTQ" in quotes(answer)) == ("quyết định" in question)


def test_the_day_of_the_same_day(asked: Assistant) -> None:
    answer = ask(asked, "Điểm trường Pá Hộc khai mạc Ngày hội Đọc sách lúc nào?")
    assert "chiều cùng ngày (ngày 21 tháng 4 năm 2025)" in answer.answer
    assert "7 giờ 30 phút, ngày 21 tháng 4 năm 2025" in quotes(answer)


def test_the_item_that_a_deadline_points_to(asked: Assistant) -> None:
    answer = ask(asked, "Phông sân khấu của Ngày hội phải xong trước hôm nào?")
    assert answer.statements[0].text == "Trước ngày 15/4/2025"
    assert "b) Phông sân khấu của Ngày hội" in quotes(answer)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Đội 6 bạn dự Ngày hội Đọc sách có được không?", "Không"),
        ("Em 12 tuổi có được vào đội dự Ngày hội Đọc sách không?", "Không"),
        ("Em 10 tuổi có được vào đội dự Ngày hội Đọc sách không?", "Có"),
        ("Can a 12-year-old join a team at the reading festival?", "No"),
    ],
)
def test_a_bound_with_another_word_for_people_or_before_its_number(
    asked: Assistant, question: str, verdict: str
) -> None:
    assert ask(asked, question, "cong-van-318.txt").answer.startswith(f"{verdict}: Mỗi trường")


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Kế hoạch 21/KH-MTTQ-BTT có sơ đồ trồng cây kèm theo không?", "Có: Vườn cây (có sơ đồ"),
        ("ke hoach 21/kh-mttq-btt co so do trong cay kem theo khong", "Có: Vườn cây (có sơ đồ"),
    ],
)
def test_a_heading_says_what_is_attached(asked: Assistant, question: str, opening: str) -> None:
    assert ask(asked, question).answer.startswith(opening)


def test_one_matter_asked_of_two(asked: Assistant) -> None:
    answer = ask(
        asked, "Ai ký văn bản theo công văn 318/PGDĐT-GDTH và theo kế hoạch 21/KH-MTTQ-BTT?"
    )
    assert "Lường Văn Ún" in answer.answer
    assert "Vì Thị Ương" in answer.answer
