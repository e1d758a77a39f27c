"""Times that stand above or before what they are of; hours; what is beside an event."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from tests.assistant.own_plan import assistant_on

FESTIVAL = """ỦY BAN NHÂN DÂN XÃ ĐỒNG VÂN
Số: 41/KH-UBND
Đồng Vân, ngày 02 tháng 02 năm 2026

KẾ HOẠCH
Tổ chức Ngày hội văn hóa các thôn năm 2026

I. CHƯƠNG TRÌNH

Thời gian

Nội dung

Địa điểm

Ngày 14 tháng Giêng

6h30 – 7h15

Dâng hương khai hội

Đền Trình

8h00 – 10h00

Kéo co nữ

Bãi bồi thôn Hạ

Ngày 15 tháng Giêng

7h45

Đua thuyền nan

Bến Sỏi

14h30 – 16h00

Chung kết bóng chuyền hơi

Nhà văn hóa xã

II. GIẢI THƯỞNG
1. Môn đua thuyền nan:

Giải

Số lượng

Tiền thưởng

Nhất

01

3.000.000 đồng

Ba

02

1.200.000 đồng

2. Môn kéo co: giải Nhất 1.000.000 đồng, giải Nhì 700.000 đồng, giải Ba 400.000 đồng.

III. LỄ BẾ MẠC
Sáng ngày 16 tháng 3 năm 2026 tại sân UBND xã:
- 7h00: Đón tiếp đại biểu
- 8h00 - 8h20: Công bố kết quả

IV. MỤC TIÊU

1. Mục tiêu đến hết năm 2027:
- 100% thôn có đội văn nghệ.
- Mỗi thôn có ít nhất 01 câu lạc bộ dân vũ.
2. Đến tháng 6/2028: 90% hộ đạt danh hiệu gia đình văn hóa; tất cả các thôn có sân thể thao.
3. Trước ngày 30/9/2026:
a) Nâng cấp hệ thống loa truyền thanh;
b) Hoàn thành tu sửa Đền Trình.

V. TỔ CHỨC THỰC HIỆN
1. Công chức Văn hóa: in tờ rơi giới thiệu ngày hội, chuyển tới các thôn (xong trước ngày 20/02/2026); mời nghệ nhân.
2. Giải bóng chuyền hơi tổ chức từ ngày 12/3/2026 đến ngày 15/3/2026. Danh sách cầu thủ gửi Ban Tổ chức trước ngày 18/02/2026; bốc thăm chia bảng ngày 25/02/2026.
3. Lịch phun khử khuẩn: Ngày 20/02: thôn Thượng - giếng làng Ngày 23/02: thôn Hạ - sân kho cũ Ngày 24/02: thôn Đồi - nhà ông Sáu

TM. UBND XÃ
CHỦ TỊCH
Hà Quang Tiến
"""

CONCLUSION = """TỈNH ỦY LÂM HẢI
Số 18-KL/TU
Lâm Hải, ngày 05 tháng 12 năm 2025

KẾT LUẬN
Hội nghị Ban Thường vụ Tỉnh ủy về công tác giảm nghèo

Tại Hội nghị Ban Thường vụ Tỉnh ủy tổ chức ngày 28/11/2025, sau khi nghe báo cáo, Ban Thường vụ kết luận:

1. Từ nay đến tháng 3/2027, các cấp ủy tập trung rà soát hộ nghèo.
2. Giao Đảng ủy UBND tỉnh hoàn thành đề án trước ngày 20/01/2026.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Lương Đình Khải
"""

LETTER = """SỞ Y TẾ TỈNH LÂM HẢI
Số: 512/SYT-NV
Lâm Hải, ngày 10 tháng 3 năm 2026

V/v giao ban và báo cáo

Sở Y tế đề nghị:
1. Trung tâm Y tế các huyện tổng hợp báo cáo số liệu tiêm chủng gửi Sở Y tế trước ngày 25/3/2026.
2. Phòng khám đa khoa khu vực gửi danh sách nhân lực về Sở Y tế trước ngày 28/3/2026.
3. Họp giao ban trực tuyến lúc 14 giờ 00 ngày 02/4/2026; các đơn vị kết nối thử từ 13h15. Hồ sơ lưu trong vòng 24 giờ.
4. Hội thảo chuyên đề dinh dưỡng tổ chức ngày 09/4/2026.
5. Trạm Y tế các xã lập danh sách trẻ em cần uống vitamin A, số trẻ tính đến ngày 01/5/2026. Danh \
sách trẻ em uống vitamin A gửi Trung tâm Y tế huyện trước ngày 12/5/2026.

GIÁM ĐỐC
Vương Thị Lựu
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"cv512.txt": LETTER, "kh41.txt": FESTIVAL, "kl18.txt": CONCLUSION}
    with assistant_on(tmp_path_factory.mktemp("times"), texts) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        # rows of a schedule that stands a cell a line
        ("Đua thuyền nan ở Đồng Vân diễn ra lúc mấy giờ?", "7h45", "Đua thuyền nan"),
        ("dua thuyen nan o Dong Van may gio?", "7h45", "Đua thuyền nan"),
        ("Kéo co nữ ở ngày hội Đồng Vân thi hôm nào?", "Ngày 14 tháng Giêng", "Kéo co nữ"),
        ("Chung kết bóng chuyền hơi diễn ra khi nào?", "Ngày 15 tháng Giêng, 14h30", "Chung kết"),
        ("Chung kết bóng chuyền hơi tổ chức ở đâu?", "Nhà văn hóa xã", "Chung kết"),
        # a schedule of lines under its day
        ("Mấy giờ thì đón tiếp đại biểu lễ bế mạc?", "7h00", "Đón tiếp đại biểu"),
        ("Công bố kết quả ngày hội lúc mấy giờ?", "8h00 - 8h20", "Công bố kết quả"),
        ("Các đơn vị kết nối thử từ mấy giờ?", "13h15", "kết nối thử"),
        # entries run together in one line
        ("Thôn Hạ phun khử khuẩn ngày nào?", "Ngày 23/02", "thôn Hạ - sân kho cũ"),
        ("Phun khử khuẩn thôn Thượng hôm nào?", "Ngày 20/02", "thôn Thượng - giếng làng"),
        ("Thôn Đồi phun khử khuẩn ở đâu?", "nhà ông Sáu", "Ngày 24/02"),
        # deadlines in a lead-in, a heading, the head of the line, brackets
        ("Đến khi nào thì 100% thôn phải có đội văn nghệ?", "Đến hết năm 2027", "100% thôn"),
        ("Bao giờ mỗi thôn phải có câu lạc bộ dân vũ?", "Đến hết năm 2027", "dân vũ"),
        ("Tất cả các thôn phải có sân thể thao vào lúc nào?", "Đến tháng 6/2028", "sân thể thao"),
        ("Hoàn thành tu sửa Đền Trình trước ngày nào?", "Trước ngày 30/9/2026", "Đền Trình"),
        ("Tờ rơi phải giao tới tay các thôn muộn nhất bữa nào?", "trước ngày 20/02/2026", "tờ rơi"),
        # what is asked beyond the event
        ("Giải bóng chuyền hơi gửi danh sách trước ngày nào?", "Trước ngày 18/02/2026", "Danh"),
        ("Giải bóng chuyền hơi bốc thăm ngày nào?", "Ngày 25/02/2026", "bốc thăm"),
        ("Giải bóng chuyền hơi diễn ra từ ngày nào?", "Từ ngày 12/3/2026", "tổ chức từ"),
        # the day of the meeting
        ("Hội nghị nêu trong Kết luận 18-KL/TU họp ngày nào?", "Ngày 28/11/2025", "Tại Hội nghị"),
        (
            "On what date was the Standing Committee conference on poverty reduction held?",
            "28/11/2025",
            "Tại Hội nghị",
        ),
        # rows of prizes
        ("Mỗi giải Ba đua thuyền nan được bao nhiêu tiền?", "1.200.000 đồng", "Ba"),
        ("Giải Ba kéo co được bao nhiêu tiền?", "400.000 đồng", "kéo co"),
    ],
)
def test_the_time_or_amount_of_the_very_row(
    asked: Assistant, question: str, said: str, quoted: str
) -> None:
    answer = asked.invoke(question)
    assert said in answer.answer
    assert any(quoted in citation.quote for citation in answer.citations)


def test_the_day_that_stands_over_the_hours_is_cited_with_them(asked: Assistant) -> None:
    answer = asked.invoke("Đua thuyền nan ở Đồng Vân diễn ra lúc mấy giờ?")
    assert [c.quote.split("\n")[0] for c in answer.citations] == ["7h45", "Ngày 15 tháng Giêng"]


def test_no_hour_is_taken_from_another_matter(asked: Assistant) -> None:
    answer = asked.invoke("Hội thảo chuyên đề dinh dưỡng bắt đầu lúc mấy giờ?")
    assert "14 giờ" not in answer.answer
    assert "24 giờ" not in answer.answer


def test_each_of_two_bodies_has_its_own_deadline(asked: Assistant) -> None:
    answer = asked.invoke(
        "Trung tâm Y tế các huyện phải báo cáo số liệu tiêm chủng và phòng khám đa khoa khu vực "
        "phải gửi danh sách nhân lực trước ngày nào?"
    )
    assert [s.text for s in answer.statements] == [
        "Trung tâm Y tế các huyện: Trước ngày 25/3/2026",
        "Phòng khám đa khoa khu vực: Trước ngày 28/3/2026",
    ]


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Trạm Y tế các xã gửi danh sách trẻ em uống vitamin A trước ngày nào?", "12/5/2026"),
        ("Trạm Y tế các xã lập danh sách trẻ em cần uống vitamin A khi nào?", "12/5/2026"),
        ("Danh sách trẻ em cần uống vitamin A tính đến ngày nào?", "01/5/2026"),
    ],
)
def test_the_day_that_something_is_counted_at_is_no_time_of_it(
    asked: Assistant, question: str, day: str
) -> None:
    assert day in asked.invoke(question).answer
