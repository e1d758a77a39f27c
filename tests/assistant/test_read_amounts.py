"""Counts, sums, cited documents, contact data and members: in the words people ask for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from tests.assistant.own_plan import assistant_on

CONTEST = """ỦY BAN NHÂN DÂN
TỈNH LAM CHÂU
-------
Số: 21/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
-------
Lam Châu, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức Cuộc thi "Tìm hiểu pháp luật về môi trường" tỉnh Lam Châu năm 2025

Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17/11/2020;
Thực hiện Công văn số 512/BTNMT-MT ngày 20/01/2025 của Bộ Tài nguyên và Môi trường về việc hưởng ứng Ngày Môi trường thế giới,

Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
Để tiếp tục thực hiện Chỉ thị số 17/CT-TTg ngày 02/5/2021 của Thủ tướng Chính phủ về thu gom rác thải nhựa, Chỉ thị số 09/CT-UBND ngày 18/6/2020 của Ủy ban nhân dân tỉnh về phân loại rác tại nguồn và Chỉ thị số 22/CT-UBND ngày 05/9/2023 của Ủy ban nhân dân tỉnh về chấn chỉnh bãi rác tạm, cuộc thi phải gắn với việc làm cụ thể.

II. NỘI DUNG
1. Cuộc thi gồm 03 vòng, mỗi vòng 02 tuần. Mỗi thí sinh được dự thi tối đa 05 lượt/vòng.
2. Bài dự thi viết dài không quá 08 trang A4, đóng thành 02 quyển.
3. Mỗi đội thi gồm 04 người (trong đó có ít nhất 01 nữ).

III. GIẢI THƯỞNG
1. Giải cá nhân (mỗi vòng): 01 giải Nhất 2.000.000 đồng, 02 giải Nhì 1.500.000 đồng.
2. Giải tập thể:

| Giải | Số lượng | Mức thưởng |
| Nhất | 01 | 5.000.000 đồng |
| Nhì | 02 | 3.000.000 đồng |
| Ba | 03 | 2.000.000 đồng |

IV. KINH PHÍ
Tổng kinh phí thực hiện Kế hoạch là 386
triệu đồng, trong đó ngân sách tỉnh 250 triệu đồng, nguồn xã hội hóa 136 triệu đồng.

V. TỔ CHỨC THỰC HIỆN
1. Bài dự thi viết gửi về Sở Tài nguyên và Môi trường, số 12 đường Lê Lợi, thành phố Lam Châu; bản mềm gửi vào hộp thư cuocthimoitruong@lamchau.gov.vn.
2. Thông tin chi tiết đăng tại https://moitruong.lamchau.gov.vn và fanpage "Môi trường xanh Lam Châu" (facebook.com/moitruongxanhlamchau). Thí sinh vào nhóm Zalo "Thi môi trường 2025" để được hỗ trợ.
3. Mọi vướng mắc liên hệ đồng chí Đỗ Thị Hạnh, Chi cục Bảo vệ môi trường, điện thoại 0258.3822.417.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Thuận
"""
LETTER = """HUYỆN ỦY SÔNG VÉN
BAN CHỈ ĐẠO 138
Số: 88-CV/BCĐ

ĐẢNG CỘNG SẢN VIỆT NAM
Sông Vén, ngày 14 tháng 3 năm 2025

V/v tăng cường phòng, chống tội phạm sử dụng công nghệ cao

Thời gian qua, Ủy ban nhân dân huyện Sông Vén đã ban hành Công văn số 1204/UBND-NC ngày 09/8/2024 yêu cầu các cơ quan tổng vệ sinh phòng máy chủ; Công văn số 1530/UBND-VX ngày 21/10/2024 yêu cầu các trường học cài đặt phần mềm lọc nội dung.

Tội phạm sử dụng công nghệ cao (sau đây gọi tắt là TPCNC) là các hành vi lợi dụng mạng để chiếm đoạt tài sản. "Giờ an toàn" là khoảng 60 phút đầu kể từ khi phát hiện sự cố.

1. Ban Chỉ đạo gồm:
- Đồng chí Trần Văn Lực, Phó Bí thư Huyện ủy: Trưởng ban;
- Đồng chí Lê Thị Mơ, Trưởng Công an huyện: Phó Trưởng ban thường trực;
- Đồng chí Ngô Quang Hải, Trưởng phòng Văn hóa và Thông tin: Ủy viên.

2. Toàn huyện có 46 tổ công nghệ số cộng đồng với 322 thành viên.
3. Loa truyền thanh phát 03 lần/ngày, mỗi lần không quá 15 phút.
4. Hỗ trợ mỗi tổ công nghệ số cộng đồng ba triệu đồng một năm.
5. Trong số 332 thành viên các tổ công nghệ số cộng đồng của huyện có 58 người chưa qua tập huấn.
6. Khi có sự cố gọi đường dây nóng 0236 3899 113 (Công an huyện).

T/M BAN CHỈ ĐẠO
TRƯỞNG BAN
Trần Văn Lực
"""
FUND = """ỦY BAN MTTQ VIỆT NAM HUYỆN SÔNG VÉN
BAN THƯỜNG TRỰC
Số: 05/KH-MTTQ-BTT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Vén, ngày 20 tháng 02 năm 2025

KẾ HOẠCH
Vận động quỹ "Mái ấm tình thương" năm 2025

Thực hiện Kế hoạch số 31/KH-MTTQ-BTT, ngày 12/01/2025 của Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh về xóa nhà tạm; Kế hoạch số 44-KH/HU ngày 25/01/2025 của Huyện ủy Sông Vén,
Ban Thường trực Ủy ban MTTQ Việt Nam huyện xây dựng kế hoạch như sau:

I. CHỈ TIÊU
Xây mới 18 căn, sửa chữa 07 căn nhà.

II. TỔ CHỨC THỰC HIỆN
Ban Vận động: ông Phạm Văn Đậu, Chủ tịch UBMTTQ huyện (Trưởng ban); bà Hồ Thị Sen, Chủ tịch Hội LHPN huyện (Phó ban); ông Vũ Đình Tạo, Bí thư Huyện đoàn (thành viên).

TM. BAN THƯỜNG TRỰC
CHỦ TỊCH
Phạm Văn Đậu
"""
FESTIVAL = """ỦY BAN MTTQ VIỆT NAM HUYỆN ĐỒNG KHÊ
BAN THƯỜNG TRỰC
Số: 09/KH-MTTQ-BTT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đồng Khê, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Tổ chức Ngày hội Đại đoàn kết các khu dân cư năm 2025

Thực hiện Kế hoạch số 77/KH-MTTQ-BTT ngày 28/02/2025 của Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lam Châu, Ban Thường trực Ủy ban MTTQ huyện Đồng Khê ban hành kế hoạch:

1. Toàn huyện chọn 05 khu dân cư làm điểm.
2. Phần lễ không quá 90 phút, phần hội tối đa 02 buổi.
3. Các thôn vận động từng gia đình; tổng tỷ suất sinh phấn đấu đạt 2,0 con/phụ nữ.

TM. BAN THƯỜNG TRỰC
CHỦ TỊCH
Hà Văn Quế
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {
        "cong-van-88.txt": LETTER,
        "ke-hoach-05.txt": FUND,
        "ke-hoach-21.txt": CONTEST,
        "kh-09.txt": FESTIVAL,
    }
    with assistant_on(tmp_path_factory.mktemp("amounts"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Cuộc thi môi trường Lam Châu mỗi người được thi mấy lần một vòng?", "05 lượt/vòng"),
        ("Loa truyền thanh Sông Vén mỗi ngày phát mấy lượt?", "03 lần/ngày"),
        ("Mỗi phụ nữ Đồng Khê nên sinh mấy đứa?", "2,0 con/phụ nữ"),
        ("Một đội có mấy người?", "04 người"),
        ("Bài dự thi viết dài nhất mấy trang?", "08 trang"),
        ("Sông Vén xây mới mấy căn?", "18 căn"),
        ("How many rounds does the Lam Châu environment contest have?", "03 vòng"),
        ("How many people are in each team of the environment contest?", "04 người"),
    ],
)
def test_what_is_counted_by_another_word(asked: Assistant, question: str, said: str) -> None:
    assert said in asked.invoke(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "How many beds does the environment contest have?",
        "Có bao nhiêu huyện dự cuộc thi môi trường Lam Châu?",
        "Giá vàng hôm nay bao nhiêu?",
    ],
)
def test_a_number_of_something_else_is_no_answer(asked: Assistant, question: str) -> None:
    assert asked.invoke(question).abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Giải Nhì tập thể được thưởng bao nhiêu?", "3.000.000 đồng"),
        ("Giải Ba tập thể thưởng mấy triệu?", "2.000.000 đồng"),
        ("Giải Nhì cá nhân cuộc thi môi trường được bao nhiêu tiền?", "1.500.000 đồng"),
        ("How much is the second team prize in the environment contest?", "3.000.000 đồng"),
        ("Tỉnh Lam Châu dành bao nhiêu tiền cho cuộc thi môi trường?", "386 triệu đồng"),
        ("Mỗi tổ công nghệ số được cho bao nhiêu tiền một năm?", "ba triệu đồng"),
    ],
)
def test_the_sum_of_the_thing_asked_about(asked: Assistant, question: str, said: str) -> None:
    answer = asked.invoke(question)
    assert said in answer.answer
    assert len(answer.citations) == 1


def test_each_of_two_prizes_has_its_sum(asked: Assistant) -> None:
    answer = asked.invoke("Giải Nhì và giải Ba tập thể được bao nhiêu tiền?").answer
    assert "3.000.000" in answer
    assert "2.000.000" in answer


def test_two_figures_of_one_thing_are_both_shown(asked: Assistant) -> None:
    answer = asked.invoke("Huyện Sông Vén có bao nhiêu thành viên tổ công nghệ số cộng đồng?")
    quotes = [c.quote for c in answer.citations]
    assert any("322 thành viên" in quote for quote in quotes)
    assert any("332 thành viên" in quote for quote in quotes)
    assert "không thống nhất" in answer.answer


@pytest.mark.parametrize(
    ("question", "number"),
    [
        (
            "Kế hoạch 21/KH-UBND tiếp tục thực hiện chỉ thị nào của UBND tỉnh năm 2020?",
            "09/CT-UBND",
        ),
        (
            "Kế hoạch 21/KH-UBND tiếp tục thực hiện chỉ thị nào của UBND tỉnh năm 2023?",
            "22/CT-UBND",
        ),
        ("Kế hoạch 21/KH-UBND thực hiện chỉ thị nào của Thủ tướng?", "17/CT-TTg"),
        ("Which 2020 provincial directive does Plan 21/KH-UBND carry on?", "09/CT-UBND"),
        ("Huyện Sông Vén ra công văn nào tháng 8/2024 yêu cầu dọn phòng máy chủ?", "1204/UBND-NC"),
        ("Kế hoạch quỹ Mái ấm tình thương thực hiện kế hoạch nào của Huyện ủy?", "44-KH/HU"),
        ("Kế hoạch quỹ Mái ấm tình thương thực hiện kế hoạch nào của Mặt trận tỉnh?", "31/KH-MTTQ"),
        (
            "UBND huyện Sông Vén yêu cầu các trường cài phần mềm lọc nội dung bằng công văn số mấy?",
            "1530/UBND-VX",
        ),
        ("Công văn phòng, chống tội phạm công nghệ cao của Sông Vén mang số mấy?", "88-CV/BCĐ"),
    ],
)
def test_one_of_several_cited_documents(asked: Assistant, question: str, number: str) -> None:
    answer = asked.invoke(question)
    assert number in answer.answer
    assert len(answer.statements) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Huyện Sông Vén ra công văn nào tháng 12/2024?",
        "Kế hoạch 21/KH-UBND tiếp tục thực hiện chỉ thị nào của UBND tỉnh năm 2025?",
        "Sông Vén vận động quỹ Mái ấm tình thương bằng công văn số mấy?",
    ],
)
def test_a_cited_document_of_another_day_is_not_meant(asked: Assistant, question: str) -> None:
    assert asked.invoke(question).abstained


def test_what_two_plans_carry_out(asked: Assistant) -> None:
    answer = asked.invoke(
        "Quỹ Mái ấm tình thương Sông Vén và Ngày hội Đại đoàn kết Đồng Khê thực hiện kế hoạch nào "
        "của Mặt trận tỉnh?"
    ).answer
    assert "31/KH-MTTQ-BTT" in answer
    assert "77/KH-MTTQ-BTT" in answer


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Những văn bản nào cùng ban hành ngày 14/3/2025?", {"21/KH", "88-CV", "09/KH"}),
        ("Những kế hoạch nào ban hành ngày 14/3/2025?", {"21/KH", "09/KH"}),
        ("Ngày 20/2/2025 có kế hoạch nào được ban hành?", {"05/KH"}),
        ("Which plans were issued on 14 March 2025?", {"21/KH", "09/KH"}),
        ("Những kế hoạch nào ban hành ngày 15/3/2025?", set()),
    ],
)
def test_documents_of_a_day(asked: Assistant, question: str, numbers: set[str]) -> None:
    answer = asked.invoke(question)
    assert answer.abstained == (not numbers)
    assert {x.text[:5] for x in answer.statements if x.citations} == numbers


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Bản mềm bài dự thi gửi thư điện tử tới đâu?", "cuocthimoitruong@lamchau.gov.vn"),
        ("Nộp file bài dự thi môi trường vào đâu?", "cuocthimoitruong@lamchau.gov.vn"),
        ("Muốn hỏi thêm về cuộc thi môi trường thì liên hệ số nào?", "0258.3822.417"),
        ("Cuộc thi môi trường có fanpage nào?", "Môi trường xanh Lam Châu"),
        ("Xem thông tin cuộc thi môi trường trên trang web nào?", "moitruong.lamchau.gov.vn"),
        ("Nhóm Zalo của cuộc thi môi trường tên gì?", "Thi môi trường 2025"),
        ("Có sự cố lừa đảo mạng ở Sông Vén thì gọi số mấy?", "0236 3899 113"),
    ],
)
def test_where_to_write_or_call(asked: Assistant, question: str, said: str) -> None:
    assert said in asked.invoke(question).answer


@pytest.mark.parametrize(
    "question",
    [
        "Số fax của Ban Tổ chức cuộc thi môi trường là gì?",
        "Email của Mặt trận huyện Đồng Khê là gì?",
        "Ủng hộ quỹ Mái ấm tình thương vào số tài khoản nào?",
    ],
)
def test_no_contact_is_made_up(asked: Assistant, question: str) -> None:
    assert asked.invoke(question).abstained


@pytest.mark.parametrize(
    "question",
    [
        "Ban Chỉ đạo 138 huyện Sông Vén gồm những ai?",
        "Thành phần Ban Chỉ đạo 138 Sông Vén là những ai?",
        "Những ai có chân trong Ban Chỉ đạo 138?",
        "Who are the members of Steering Committee 138 of Sông Vén?",
    ],
)
def test_members_under_a_lead_in(asked: Assistant, question: str) -> None:
    lines = [x.text for x in asked.invoke(question).statements]
    assert [name for name in ("Lực", "Mơ", "Hải") if any(name in x for x in lines)] == [
        "Lực", "Mơ", "Hải",
    ]  # fmt: skip
    assert len(lines) == 3


def test_members_in_one_line(asked: Assistant) -> None:
    answer = asked.invoke("Ban Vận động quỹ Mái ấm tình thương gồm những ai?").answer
    assert answer.startswith("Ban Vận động: ông Phạm Văn Đậu")
    assert "Vũ Đình Tạo" in answer


def test_members_are_counted(asked: Assistant) -> None:
    answer = asked.invoke("Ban Chỉ đạo 138 có bao nhiêu thành viên?")
    assert answer.statements[0].text == "3"
    assert len(answer.statements) == 4


def test_members_that_nothing_lists(asked: Assistant) -> None:
    assert asked.invoke("Ban Tổ chức cuộc thi môi trường gồm những ai?").abstained


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("TPCNC là viết tắt của cụm từ nào?", "Tội phạm sử dụng công nghệ cao"),
        ("What does TPCNC stand for?", "Tội phạm sử dụng công nghệ cao"),
        ('What does "Giờ an toàn" mean?', "khoảng 60 phút đầu"),
        ("Thế nào là giờ an toàn?", "khoảng 60 phút đầu"),
    ],
)
def test_what_a_term_means(asked: Assistant, question: str, said: str) -> None:
    assert said in asked.invoke(question).answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Mỗi ngày Sông Vén phát loa truyền thanh mấy lần?", "03 lần/ngày"),
        ("How many attempts per round does each contestant of Lam Châu get?", "05 lượt/vòng"),
    ],
)
def test_how_often(asked: Assistant, question: str, said: str) -> None:
    assert said in asked.invoke(question).answer
