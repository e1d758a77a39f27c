"""Questions that a plan does not answer, though a neighbour of what is asked is told in it.

Each stands beside one of like words that the fictional plan answers, so that a reader which refuses
both fails as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from assistant.draft import Draft, Line, Span
from assistant.read.beyond import is_beyond_plans
from assistant.read.events import is_of_another_prize, is_unpriced
from assistant.read.several import is_unlisted
from assistant.understand import understand
from ingest.reading import document_of
from tests.assistant.own_plan import assistant_on, quoted

PLAN = """ỦY BAN NHÂN DÂN HUYỆN SƠN TRÀ THƯỢNG
ỦY BAN NHÂN DÂN XÃ MƯỜNG LÈNG
Số: 37/KH-UBND
Mường Lèng, ngày 05 tháng 8 năm 2025

KẾ HOẠCH
Tổ chức Ngày hội mùa vàng của xã năm 2025

Thực hiện Kế hoạch số 190/KH-UBND ngày 11/7/2025 của Ủy ban nhân dân huyện về mùa du lịch, Ủy ban \
nhân dân xã ban hành kế hoạch như sau:

I. NỘI DUNG

1. Ngày hội mùa vàng của xã tổ chức vào ngày 20/9/2025 tại cánh đồng Nà Cáy.
2. Lớp tập huấn phục vụ du khách:
- Lớp cho chủ nhà nghỉ: học trong 02 ngày, mỗi lớp không quá 25 người.
- Lớp cho tổ lái xe: học luật giao thông và sơ cứu.
- Lớp thứ nhất học ngày 10/8/2025 tại bản Pom, lớp thứ hai học ngày 17/8/2025 tại bản Lọng.
3. Cuộc thi ảnh "Sắc nếp Mường Lèng": nhận bài dự thi đến hết ngày 31/8/2025.

II. CÁC TRÒ CHƠI

1. Bắn nỏ: mỗi bản 03 người; giải Nhất 1.800.000 đồng, giải Nhì 1.200.000 đồng.
2. Đẩy gậy: mỗi bản 02 người; 01 giải Nhất 1.500.000 đồng, 02 giải Nhì.
3. Tung còn: thi giao hữu giữa các bản, không xếp hạng.

III. TỔ CHỨC THỰC HIỆN

1. Công an xã
- Xây dựng phương án bảo vệ ngày hội trước ngày 28/8/2025.
- Huy động 16 dân phòng trực hai cổng vào bản.

2. Trạm Y tế xã
- Kiểm tra 11 quán ăn quanh cánh đồng, hoàn thành trước ngày 12/9/2025.

3. Hội Liên hiệp Phụ nữ xã
- Chủ trì mô hình "Bếp bản không khói" và gói 400 phần cơm lam.

4. Hội Cựu chiến binh xã
- Nhắc nhở người dân giữ nước ở mương Nà Cáy.

5. Các bản
- Báo cáo kết quả ngày hội về Ủy ban nhân dân xã trước ngày 30/9/2025.
"""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("plans"), {"ke-hoach-37.txt": PLAN}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("Công an xã xây dựng phương án bảo vệ ngày hội trước ngày nào?", "28/8/2025"),
        ("Công an xã huy động bao nhiêu dân phòng?", "16 dân phòng"),
        ("Trạm Y tế xã kiểm tra quán ăn xong trước ngày nào?", "12/9/2025"),
        ("Hội Phụ nữ xã chủ trì mô hình nào?", "Bếp bản không khói"),
        ("Lớp cho chủ nhà nghỉ mỗi lớp không quá bao nhiêu người?", "25 người"),
        ("Cuộc thi ảnh nhận bài dự thi đến ngày nào?", "31/8/2025"),
        ("Giải Nhì bắn nỏ được bao nhiêu tiền?", "1.200.000"),
        ("Giải Nhất đẩy gậy được bao nhiêu tiền?", "1.500.000"),
        ("Ngày hội mùa vàng của xã tổ chức ngày nào?", "20/9/2025"),
        ("Các bản báo cáo kết quả ngày hội trước ngày nào?", "30/9/2025"),
        ("Lớp tập huấn thứ hai học ngày nào?", "17/8/2025"),
    ],
)
def test_what_the_plan_says_is_answered(plans: Assistant, asked: str, holds: str) -> None:
    answer = plans.invoke(asked)
    assert not answer.abstained
    assert holds in quoted(answer)


@pytest.mark.parametrize(
    "asked",
    [
        # another body's duty
        "Hội Cựu chiến binh xã xây dựng phương án bảo vệ ngày hội trước ngày nào?",
        "Trạm Y tế xã huy động bao nhiêu dân phòng?",
        "Cong an xa kiem tra quan an xong truoc ngay nao?",
        "Công an xã báo cáo kết quả ngày hội trước ngày nào?",
        # a body without the kind of thing
        "Hội Cựu chiến binh xã chủ trì mô hình nào?",
        # under another label
        "Lớp cho tổ lái xe mỗi lớp không quá bao nhiêu người?",
        "Giải Nhất tung còn được bao nhiêu tiền?",
        # a prize without a sum
        "Giải Nhì đẩy gậy được bao nhiêu tiền?",
        "Giải Ba bắn nỏ được bao nhiêu tiền?",
        # another stage
        "Cuộc thi ảnh Sắc nếp Mường Lèng trao giải ngày nào?",
        # another level's
        "Ngày hội mùa vàng của huyện tổ chức ngày nào?",
        # several things, of which only the number is told
        "Trạm Y tế xã kiểm tra 11 quán ăn nào?",
        "Which 11 eateries does the Mường Lèng health station inspect?",
        # a value of another form: a sum, a name, a number of an account
        "Người nhặt được của rơi ở ngày hội được thưởng bao nhiêu?",
        "Tiền phạt khi vứt rác xuống mương Nà Cáy là bao nhiêu?",
        "How much reward does a villager get for keeping water in the Nà Cáy canal?",
        "What is the name of the head of the Mường Lèng health station?",
        "Số tài khoản nhận báo cáo kết quả ngày hội là số nào?",
        # one by its number, of which there is no such
        "Lớp tập huấn thứ ba học ngày nào?",
        # what plans don't say
        "Ngày hội mùa vàng có hiệu quả không?",
        "Nhà riêng của Chủ tịch UBND xã ở đâu?",
        "Ai làm sai khi giữ nước ở mương Nà Cáy?",
    ],
)
def test_a_neighbour_of_what_is_asked_is_no_answer(plans: Assistant, asked: str) -> None:
    answer = plans.invoke(asked)
    assert answer.abstained
    assert answer.passages  # what the documents say nearby is offered


@pytest.mark.parametrize(
    ("asked", "own", "beyond"),
    [
        ("dot kiem tra co hieu qua khong?", "to chuc 02 dot kiem tra.", True),
        ("dot kiem tra co hieu qua khong?", "dot kiem tra chua dat hieu qua.", False),
        ("co de cuong tuyen truyen kem theo khong?", "co de cuong kem theo.", False),
        ("tot nghiep co phai thi khong?", "thi tot nghiep 04 mon.", False),
        ("was the campaign effective?", "to chuc chien dich.", True),
        ("thu nhap cua bi thu la bao nhieu?", "nang cao thu nhap cua nhan dan.", True),
        ("que cua ong tho o dau?", "xa a.", False),
        ("ai vi pham thi bi xu phat the nao?", "phat tien 2 trieu dong.", False),
        ("ai vi pham khi de chay rung?", "kiem tra rung.", True),
    ],
)
def test_judgements_faults_and_private_matters(asked: str, own: str, beyond: bool) -> None:
    assert is_beyond_plans(asked, own) is beyond


@pytest.mark.parametrize(
    ("asked", "own", "other"),
    [
        ("giai nhi bao nhieu tien?", "01 nhat - 400.000 d; 02 nhi - 300.000 d", False),
        ("giai ba bao nhieu tien?", "01 nhat - 400.000 d; 02 nhi - 300.000 d", True),
        ("giai nhat bao nhieu tien?", "doi vo dich nhan 6 trieu dong", False),
        ("giai nhi bao nhieu tien?", "doi vo dich nhan 6 trieu dong", True),
        ("giai b bao nhieu tien?", "01 giai a: 9.000.000d; 02 giai b", False),
        ("giai nhat va giai nhi bao nhieu tien?", "giai ba 100.000 dong", False),
    ],
)
def test_the_rank_of_a_prize(asked: str, own: str, other: bool) -> None:
    assert is_of_another_prize(asked, own, "") is other


@pytest.mark.parametrize(
    ("asked", "own", "unpriced"),
    [
        ("giai nhi duoc bao nhieu tien?", "01 giai nhat 5 trieu dong, 02 giai nhi.", True),
        ("giai nhat duoc bao nhieu tien?", "01 giai nhat 5 trieu dong, 02 giai nhi.", False),
        (
            "giai nhi duoc bao nhieu tien?",
            "5 trieu dong cho giai nhat, 3 trieu cho giai nhi",
            False,
        ),
        ("co may giai nhi?", "01 giai nhat 5 trieu dong, 02 giai nhi.", False),
    ],
)
def test_a_prize_without_a_sum(asked: str, own: str, unpriced: bool) -> None:
    assert is_unpriced(asked, own) is unpriced


@pytest.mark.parametrize(
    ("asked", "told", "unlisted"),
    [
        ("Đoàn kiểm tra 8 chi bộ nào?", "Đoàn kiểm tra, giám sát tại 08 chi bộ trong quý I", True),
        ("doan kiem tra 3 chi bo nao", "Kiểm tra 03 chi bộ: thôn Vải, thôn Nhãn và thôn Mơ", False),
        ("Kiểm tra tại hai xã nào?", "Xã Vải và xã Nhãn", False),
        ("6 xã bị trả lại báo cáo là những xã nào?", "Có 06 báo cáo chưa đúng mẫu", True),
        ("Which six communes sent it back?", "06 xã gửi lại báo cáo", True),
        ("Which Nam Sơn office runs it?", "Phòng Nội vụ", False),  # «nam» is five in Vietnamese
        ("Tháng 8 đơn vị nào trực?", "Công an xã", False),
        ("Tổ dân phố 6 và 7 tiêm phòng hôm nào?", "Ngày 19/3", False),
    ],
)
def test_all_of_several_are_told(asked: str, told: str, unlisted: bool) -> None:
    document = document_of(told.encode(), "a.txt")
    draft = Draft((Line(told, (Span(document, 0, len(told)),)),))
    assert is_unlisted(understand(asked), draft) is unlisted
