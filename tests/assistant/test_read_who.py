"""Answers to «ai»: persons at meetings, in teams and in charge; turns; money; whom to turn to; the
distribution list. Every document is fictional."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from assistant.read.persons import persons_in
from assistant.records import Answer
from tests.assistant.own_plan import assistant_on

NEWS = """Hội nghị tổng kết công tác khuyến học năm 2024

Sáng ngày 14/01/2025, tại hội trường Trung tâm Văn hóa huyện Gò Sậy, Hội Khuyến học huyện tổ \
chức Hội nghị tổng kết công tác khuyến học, khuyến tài năm 2024, triển khai nhiệm vụ năm 2025. \
Chủ tịch Hội Khuyến học huyện Trần Quốc Mạnh chủ trì hội nghị.

Đến dự có bà Vũ Thị Ngân, Phó Chủ tịch UBND huyện; ông Đinh Công Sáng, Trưởng phòng Giáo dục \
và Đào tạo; đại diện các ban, ngành, đoàn thể huyện và 18 xã, thị trấn.

Hội nghị đã nghe đồng chí Lưu Đức Thọ, Phó Chủ tịch Thường trực Hội Khuyến học huyện trình bày \
báo cáo tổng kết. Toàn huyện đã trao 1.240 suất học bổng, tổng trị giá 865 triệu đồng.

Phát biểu chỉ đạo tại hội nghị, bà Vũ Thị Ngân đề nghị các cấp hội tiếp tục nhân rộng mô hình \
“Dòng họ học tập”. Đồng chí Trần Quốc Mạnh, Huyện ủy viên, Chủ tịch Hội Khuyến học huyện, đã \
phát biểu kết luận hội nghị, yêu cầu các hội cơ sở xây dựng kế hoạch trước ngày 28/02/2025.

Dịp này, 12 tập thể, 30 cá nhân được Chủ tịch UBND huyện tặng Giấy khen.
"""
PLAN = """ỦY BAN NHÂN DÂN
TỈNH NAM LĨNH
-------
Số: 214/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Nam Lĩnh, ngày 06 tháng 3 năm 2025

KẾ HOẠCH
Phòng, chống ma túy trong trường học giai đoạn 2025 - 2028 trên địa bàn tỉnh Nam Lĩnh

Căn cứ Luật Phòng, chống ma túy năm 2021; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao nhận thức của học sinh, sinh viên về tác hại của ma túy.
2. Các sở, ngành quan tâm bố trí nguồn lực thực hiện Kế hoạch.

II. NỘI DUNG
1. Tổ chức diễn đàn “Trường học không ma túy” hằng năm. Đơn vị chủ trì theo từng năm: năm 2025 \
- Sở Giáo dục và Đào tạo; năm 2026 - Công an tỉnh; năm 2027 - Tỉnh đoàn; năm 2028 - Hội Liên \
hiệp Phụ nữ tỉnh.
2. Thành lập các tổ tư vấn lưu động:
- Tổ số 1: Huyện Mường Hạ, huyện Bản Phố - Tổ trưởng: BS. Lò Văn Inh
- Tổ số 2: Huyện Đông Thuận, thị xã Kim Giang - Tổ trưởng: ThS. Phan Thị Nhài
- Tổ số 3: Thành phố Nam Lĩnh - Tổ trưởng: BS. Đoàn Mạnh Cường
3. Đưa nội dung phòng, chống ma túy vào giờ sinh hoạt dưới cờ.

III. KINH PHÍ THỰC HIỆN
Sở Tài chính chủ trì, phối hợp với Sở Giáo dục và Đào tạo tham mưu UBND tỉnh cân đối, bố trí \
kinh phí thực hiện Kế hoạch từ nguồn chi thường xuyên hằng năm. UBND các xã, phường quan tâm \
bố trí kinh phí hỗ trợ các hoạt động tại địa phương.

IV. TỔ CHỨC THỰC HIỆN
1. Sở Giáo dục và Đào tạo
- Chủ trì, phối hợp với các đơn vị liên quan tổ chức tập huấn cho giáo viên chủ nhiệm.
- Theo dõi, đôn đốc, kiểm tra việc thực hiện Kế hoạch này; tổng hợp báo cáo UBND tỉnh trước \
ngày 10/12 hằng năm.
2. Công an tỉnh
- Nắm tình hình, triệt phá các điểm mua bán ma túy quanh trường học.
- Kiểm tra các quán bán thuốc lá điện tử gần cổng trường.
3. Sở Y tế
Hướng dẫn xét nghiệm nhanh chất ma túy cho học sinh có biểu hiện nghi vấn.
4. Giao Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với Báo và Phát thanh, Truyền hình \
tỉnh xây dựng phim ngắn tuyên truyền.
5. Đề nghị Đảng ủy Quân sự tỉnh chỉ đạo lồng ghép tuyên truyền cho thanh niên trước khi nhập \
ngũ.
6. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính hướng dẫn sắp xếp trụ sở dôi dư của các \
trung tâm cai nghiện sau sáp nhập.

Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị, địa phương kịp \
thời phản ánh về UBND tỉnh (qua Sở Giáo dục và Đào tạo) để xem xét, giải quyết./.

Nơi nhận:
- Bộ Giáo dục và Đào tạo (b/c);
- Thường trực Tỉnh ủy (b/c);
- Ban Tuyên giáo và Dân vận Tỉnh ủy;
- Ban Nội chính Tỉnh ủy;
- Các sở, ban, ngành tỉnh;
- UBND các xã, phường;
- Lưu: VT, KGVX.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Hoàng Thị Thanh Mai
"""
CLUB = """TRƯỜNG THCS HOA LAU
Số: 22/KH-THCSHL
Hoa Lau, ngày 03 tháng 9 năm 2025

KẾ HOẠCH
Tổ chức câu lạc bộ đọc sách năm học 2025 - 2026

I. NỘI DUNG
1. Đợt 1 (tháng 10/2025): tổ Ngữ văn chủ trì; đợt 2 (tháng 01/2026): tổ Tiếng Anh chủ trì; đợt \
3 (tháng 4/2026): Liên đội chủ trì.
2. Lịch trực thư viện: thứ Hai - cô Phan Thị Bưởi; thứ Tư - thầy Ngô Quang Tùng; thứ Sáu - cô \
Lê Thị Na.

II. BAN TỔ CHỨC
- Thầy Đặng Văn Khoa, Phó Hiệu trưởng - Trưởng ban
- Cô Trịnh Thị Hậu, Tổng phụ trách Đội - Phó Trưởng ban
- Cô Phan Thị Bưởi, nhân viên thư viện - Thư ký

III. KINH PHÍ
Kinh phí mua sách trích từ quỹ hoạt động của Liên đội; Kế toán nhà trường lập dự toán trước \
ngày 20/9/2025.

IV. PHÂN CÔNG THỰC HIỆN
Tổ Ngữ văn
- Chọn đầu sách, viết lời giới thiệu.
- Gửi danh mục sách về thư viện trước ngày 25/9/2025.
Đoàn trường
- Trang trí góc đọc, kê bàn ghế.
- Quay phim, chụp ảnh các buổi sinh hoạt.
Giáo viên chủ nhiệm
- Đưa học sinh tới thư viện đúng giờ.

Có gì chưa rõ, các tổ trao đổi với thầy Đặng Văn Khoa qua số 0905.222.333.
"""
WOMEN = """HỘI LHPN HUYỆN TRÀ SƠN
BTV HỘI LHPN XÃ CẨM ĐÌNH
*
Số: 09/CTr-BTV
Cẩm Đình, ngày 05 tháng 01 năm 2026

CHƯƠNG TRÌNH CÔNG TÁC
của Hội Liên hiệp Phụ nữ xã Cẩm Đình năm 2026

I. NHIỆM VỤ TRỌNG TÂM
1. Các chi hội vận động hội viên tham gia mô hình “Nhà sạch vườn xanh”, đăng ký số hộ về Ban \
Thường vụ trước ngày 15/02/2026.
2. Tín chấp vay vốn Ngân hàng Chính sách xã hội: giữ dư nợ 12,4 tỷ đồng, không có nợ quá hạn.
3. Thăm hỏi phụ nữ nghèo, trẻ em mồ côi dịp Tết Nguyên đán.

II. PHÂN CÔNG NHIỆM VỤ
- Đ/c Bùi Thị Hòa (Chủ tịch) phụ trách chung, công tác tổ chức, thi đua.
- Đ/c Mai Thị Lụa (Phó Chủ tịch) phụ trách mô hình “Nhà sạch vườn xanh”, công tác vay vốn; \
trực tiếp theo dõi các chi hội 1, 2, 3.
- Đ/c Hà Thị Chiêm (Ủy viên Ban Thường vụ) phụ trách công tác gia đình, trẻ em; theo dõi các \
chi hội 4, 5, 6.

III. TỔ CHỨC THỰC HIỆN
Ban Thường vụ Hội LHPN xã xây dựng kế hoạch chi tiết từng quý. Có khó khăn, các chi hội phản \
ánh với đ/c Mai Thị Lụa, điện thoại 0912.000.111, để cùng tháo gỡ.

Nơi nhận:
- Hội LHPN huyện (b/c);
- Đảng ủy xã (b/c);
- Các chi hội;
- Lưu VP.
T/M BAN THƯỜNG VỤ
CHỦ TỊCH

Bùi Thị Hòa
"""
MEETING = """Phường Bến Gỗ họp bàn chống ngập

Chiều 11/6/2025, dưới sự chủ trì của đồng chí Huỳnh Tấn Lực, Phó Bí thư Đảng ủy, Chủ tịch UBND \
phường Bến Gỗ, UBND phường họp bàn giải pháp chống ngập mùa mưa. Cùng chủ trì có đồng chí Võ \
Thị Mỹ Linh, Phó Chủ tịch UBND phường.

Tham dự có ông Kiều Văn Tài, Giám đốc Xí nghiệp Thoát nước; bà Tô Thị Huệ, Chủ tịch Ủy ban \
MTTQ phường; trưởng 9 khu phố.

Thay mặt UBND phường, ông Nguyễn Bá Dũng, Trưởng phòng Kinh tế, Hạ tầng và Đô thị trình bày \
báo cáo về 14 điểm ngập.

Kết luận cuộc họp, đồng chí Huỳnh Tấn Lực giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì, phối \
hợp với Xí nghiệp Thoát nước nạo vét 3,2 km cống trước ngày 15/7/2025; giao đồng chí Võ Thị Mỹ \
Linh trực tiếp chỉ đạo việc di dời hộ dân ở hẻm 42.
"""
DOCUMENTS = {
    "tin-khuyen-hoc.txt": NEWS,
    "ke-hoach-214.txt": PLAN,
    "cau-lac-bo.txt": CLUB,
    "chuong-trinh-09.txt": WOMEN,
    "tin-chong-ngap.txt": MEETING,
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("who"), DOCUMENTS) as opened:
        yield opened


def quotes(answer: Answer) -> str:
    return " | ".join(" ".join(c.quote.split()) for c in answer.citations)


def assert_named(answer: Answer, name: str, quote: str) -> None:
    assert not answer.abstained
    assert name in answer.statements[0].text
    assert quote in quotes(answer)


@pytest.mark.parametrize(
    ("question", "name", "quote"),
    [
        pytest.param(
            "Ai chủ trì hội nghị tổng kết khuyến học huyện Gò Sậy?",
            "Trần Quốc Mạnh",
            "Trần Quốc Mạnh chủ trì hội nghị",
            id="presides-after-a-position",
        ),
        pytest.param(
            "Ai cầm trịch buổi tổng kết khuyến học ở Gò Sậy?",
            "Trần Quốc Mạnh",
            "Trần Quốc Mạnh chủ trì hội nghị",
            id="presides-colloquially",
        ),
        pytest.param(
            "Ai là người chốt lại hội nghị khuyến học Gò Sậy?",
            "Trần Quốc Mạnh, Huyện ủy viên",
            "đã phát biểu kết luận hội nghị",
            id="concludes",
        ),
        pytest.param(
            "ai phat bieu chi dao hoi nghi khuyen hoc go say",
            "Vũ Thị Ngân",
            "Phát biểu chỉ đạo tại hội nghị, bà Vũ Thị Ngân",
            id="named-after-the-verb",
        ),
        pytest.param(
            "Ai đọc báo cáo tổng kết khuyến học huyện Gò Sậy?",
            "Lưu Đức Thọ",
            "trình bày báo cáo tổng kết",
            id="presents",
        ),
        pytest.param(
            "Ai chủ trì cuộc họp chống ngập phường Bến Gỗ?",
            "Huỳnh Tấn Lực",
            "dưới sự chủ trì của đồng chí Huỳnh Tấn Lực",
            id="under-whose-lead",
        ),
        pytest.param(
            "Cuộc họp bàn chống ngập ở Bến Gỗ ai kết luận?",
            "Huỳnh Tấn Lực",
            "Kết luận cuộc họp, đồng chí Huỳnh Tấn Lực",
            id="concludes-after-the-verb",
        ),
    ],
)
def test_who_does_what_at_a_meeting(asked: Assistant, question: str, name: str, quote: str) -> None:
    assert_named(asked.invoke(question), name, quote)


def test_who_was_there(asked: Assistant) -> None:
    answer = asked.invoke("Những ai về dự hội nghị khuyến học ở Gò Sậy?")
    assert "Vũ Thị Ngân, Phó Chủ tịch UBND huyện" in quotes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Ai khai mạc hội nghị khuyến học huyện Gò Sậy?",
        "Năm 2029 ai chủ trì diễn đàn Trường học không ma túy?",
        "Ai là tổ phó tổ tư vấn lưu động số 2 ở Nam Lĩnh?",
        "Đồng chí nào phụ trách công tác quốc phòng ở Hội phụ nữ Cẩm Đình?",
    ],
)
def test_another_act_turn_post_or_matter_is_no_answer(asked: Assistant, question: str) -> None:
    assert asked.invoke(question).abstained


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Năm 2027 bên nào chủ trì diễn đàn Trường học không ma túy ở Nam Lĩnh?", "Tỉnh đoàn"),
        ("nam 2026 don vi nao chu tri dien dan truong hoc khong ma tuy", "Công an tỉnh"),
        ("Năm 2028 ai lo diễn đàn Trường học không ma túy?", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Đợt 2 câu lạc bộ đọc sách THCS Hoa Lau tổ nào chủ trì?", "tổ Tiếng Anh"),
        ("Thứ Tư ai trực thư viện trường Hoa Lau?", "thầy Ngô Quang Tùng"),
    ],
)
def test_whose_turn_it_is(asked: Assistant, question: str, name: str) -> None:
    assert [s.text for s in asked.invoke(question).statements] == [name]


@pytest.mark.parametrize(
    ("question", "name", "quote"),
    [
        (
            "Ai là tổ trưởng tổ tư vấn lưu động phụ trách huyện Đông Thuận?",
            "Phan Thị Nhài",
            "Tổ số 2: Huyện Đông Thuận",
        ),
        ("Tổ tư vấn số 3 ai đứng đầu?", "Đoàn Mạnh Cường", "Tổ số 3: Thành phố Nam Lĩnh"),
        (
            "Ai làm Trưởng ban tổ chức câu lạc bộ đọc sách THCS Hoa Lau?",
            "Đặng Văn Khoa",
            "Trưởng ban",
        ),
        (
            "Mô hình Nhà sạch vườn xanh ở xã Cẩm Đình giao đồng chí nào phụ trách?",
            "Mai Thị Lụa",
            "Mai Thị Lụa (Phó Chủ tịch) phụ trách mô hình",
        ),
        ("Ai theo dõi chi hội 5 xã Cẩm Đình?", "Hà Thị Chiêm", "các chi hội 4, 5, 6"),
        (
            "Ai chỉ đạo di dời hộ dân hẻm 42 phường Bến Gỗ?",
            "Võ Thị Mỹ Linh",
            "trực tiếp chỉ đạo việc di dời",
        ),
    ],
)
def test_who_heads_a_team_or_is_in_charge(
    asked: Assistant, question: str, name: str, quote: str
) -> None:
    assert_named(asked.invoke(question), name, quote)


@pytest.mark.parametrize(
    "question",
    [
        "Tiền làm kế hoạch phòng chống ma túy trường học ở Nam Lĩnh ai lo?",
        "Bên nào bố trí kinh phí thực hiện Kế hoạch 214/KH-UBND?",
        "Who is in charge of funding for the Nam Lĩnh school drug prevention plan?",
    ],
)
def test_who_finds_the_money_is_who_leads_in_that(asked: Assistant, question: str) -> None:
    assert_named(asked.invoke(question), "Sở Tài chính", "Sở Tài chính chủ trì")


def test_the_heading_that_names_the_body_is_quoted_with_its_number(asked: Assistant) -> None:
    answer = asked.invoke(
        "Cơ quan nào theo dõi, đôn đốc việc thực hiện kế hoạch phòng chống ma túy trường học?"
    )
    assert_named(answer, "Sở Giáo dục và Đào tạo", "1. Sở Giáo dục và Đào tạo")
    assert "Theo dõi, đôn đốc, kiểm tra việc thực hiện Kế hoạch này" in quotes(answer)


def test_a_partner_is_named_where_it_is_asked_for(asked: Assistant) -> None:
    answer = asked.invoke("Ai làm phim ngắn tuyên truyền phòng chống ma túy, phối hợp với ai?")
    said = answer.statements[0].text
    assert said.startswith("Sở Văn hóa, Thể thao và Du lịch, phối hợp với Báo và Phát thanh")


@pytest.mark.parametrize(
    "question",
    [
        "Làm kế hoạch 214 mà bí thì hỏi lên cửa nào?",
        "Thực hiện kế hoạch phòng chống ma túy học đường vướng mắc báo ai?",
        "Whom should units contact if they have difficulties with the Nam Lĩnh drug plan?",
    ],
)
def test_whom_to_turn_to_in_trouble(asked: Assistant, question: str) -> None:
    assert "phản ánh về UBND tỉnh (qua Sở Giáo dục và Đào tạo)" in quotes(asked.invoke(question))


def test_who_guides_in_a_matter_is_whom_to_ask_about_it(asked: Assistant) -> None:
    answer = asked.invoke("Trụ sở trung tâm cai nghiện dôi ra sau sáp nhập thì hỏi ai?")
    assert "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính hướng dẫn" in quotes(answer)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Bên mô kiểm tra quán bán thuốc lá điện tử gần cổng trường?", "Công an tỉnh"),
        ("Đứa nào coi chuyện thuốc lá điện tử gần trường?", "Công an tỉnh"),
        ("Cánh nào hướng dẫn xét nghiệm ma túy cho học trò?", "Sở Y tế"),
        ("Ai quay phim, chụp ảnh các buổi sinh hoạt đọc sách ở Hoa Lau?", "Đoàn trường"),
    ],
)
def test_however_it_is_asked_and_whatever_heads_the_item(
    asked: Assistant, question: str, body: str
) -> None:
    assert [s.text for s in asked.invoke(question).statements] == [body]


def test_recipients_of_the_kind_asked_for(asked: Assistant) -> None:
    answer = asked.invoke("Kế hoạch 214/KH-UBND Nam Lĩnh gửi những ban nào của Tỉnh ủy?")
    assert [s.text for s in answer.statements] == [
        "Ban Tuyên giáo và Dân vận Tỉnh ủy",
        "Ban Nội chính Tỉnh ủy",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Nơi nhận kế hoạch 214/KH-UBND có Ban Nội chính Tỉnh ủy không?",
        "Kế hoạch 214 của Nam Lĩnh có gửi Ban Nội chính Tỉnh ủy không?",
    ],
)
def test_whether_one_is_among_the_recipients(asked: Assistant, question: str) -> None:
    answer = asked.invoke(question)
    assert [s.text for s in answer.statements] == ["Có: Ban Nội chính Tỉnh ủy"]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        (
            "Đồng chí Bế Thị Mơ, Phó Bí thư Thường trực Huyện ủy, đã phát biểu.",
            ["Đồng chí Bế Thị Mơ, Phó Bí thư Thường trực Huyện ủy"],
        ),
        ("Chủ tịch Hội Làm vườn huyện Đinh Văn Chắt trao quà.",
         ["Chủ tịch Hội Làm vườn huyện Đinh Văn Chắt"]),
        ("Chủ tịch UBND huyện Lý Sơn chủ trì hội nghị.", []),
        ("Tổ trưởng: ThS. Phan Thị Nhài", ["ThS. Phan Thị Nhài"]),
        ("Sở Y tế chủ trì hội nghị.", []),
    ],
)  # fmt: skip
def test_persons_with_their_titles_and_positions(text: str, persons: list[str]) -> None:
    assert [text[p.start : p.end] for p in persons_in(text)] == persons
