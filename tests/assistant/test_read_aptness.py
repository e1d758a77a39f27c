"""Siblings of what is asked are no answer: another round, prize, place, body, end or document.

Each question that the fictional notice answers stands beside one that differs in the word that
tells, so that a reader which refuses both fails as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.chain import Assistant
from tests.assistant.own_plan import assistant_on, quoted

NOTICE = """ỦY BAN NHÂN DÂN HUYỆN THANH KHÊ
PHÒNG VĂN HÓA VÀ THÔNG TIN
Số: 64/HD-PVHTT
Thanh Khê, ngày 03 tháng 02 năm 2025

HƯỚNG DẪN
Tổ chức Hội thi hát then và Tuần lễ văn hóa năm 2025

Thực hiện Công văn số 212/SVHTT-QLVH ngày 14/01/2025 của Sở Văn hóa và Thể thao về Tuần lễ văn hóa.

I. HỘI THI HÁT THEN

1. Khẩu hiệu của hội thi: "Giữ tiếng đàn, giữ bản làng".
2. Đợt 1 tổ chức thi tại cụm xã từ ngày 10/3/2025 đến ngày 14/3/2025.
3. Cơ cấu giải: giải Nhất 5.000.000 đồng; giải Ba 2.000.000 đồng.
4. Xã Nà Loong đăng ký 04 tiết mục, xã Phiêng Bua đăng ký 06 tiết mục.
5. Trưởng ban tổ chức là đồng chí Lường Thị Xuyến, Phó Chủ tịch Ủy ban nhân dân huyện.

II. BÁO CÁO

1. Trung tâm Truyền thông huyện nộp phim tư liệu về Tuần lễ văn hóa trước ngày 25/4/2025.
2. Các xã gửi báo cáo tổng kết hội thi trước ngày 30/4/2025.
3. Mỗi xã được hỗ trợ 3.000.000 đồng tiền trang phục.
4. Hạt Kiểm lâm tuần tra rừng đầu nguồn trong dịp hội.
5. Tiết mục dự thi được xếp thành 02 nhóm:
a) Hát có đệm đàn tính;
b) Hát mộc.
"""


@pytest.fixture(scope="module")
def notices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with assistant_on(tmp_path_factory.mktemp("notices"), {"huong-dan-64.txt": NOTICE}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("Đợt 1 hội thi hát then tổ chức từ ngày nào?", "10/3/2025"),
        ("Giải Nhất hội thi hát then được bao nhiêu tiền?", "5.000.000"),
        ("Xã Phiêng Bua đăng ký bao nhiêu tiết mục?", "06 tiết mục"),
        ("Xã nào đăng ký 06 tiết mục?", "Phiêng Bua"),
        ("Tiết mục dự thi xếp thành những nhóm nào?", "Hát mộc"),
        ("Khẩu hiệu của hội thi hát then là gì?", "Giữ tiếng đàn"),
        ("Trưởng ban tổ chức hội thi là ai?", "Lường Thị Xuyến"),
        ("Trung tâm Truyền thông huyện nộp phim tư liệu trước ngày nào?", "25/4/2025"),
        ("Các xã gửi báo cáo tổng kết hội thi trước ngày nào?", "30/4/2025"),
        ("Mỗi xã được hỗ trợ bao nhiêu tiền trang phục?", "3.000.000"),
        ("Hướng dẫn 64/HD-PVHTT yêu cầu nộp phim tư liệu trước ngày nào?", "25/4/2025"),
    ],
)
def test_what_is_asked_for_is_answered(notices: Assistant, asked: str, holds: str) -> None:
    answer = notices.invoke(asked)
    assert not answer.abstained
    assert holds in quoted(answer)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("Đợt 2 hội thi hát then tổ chức từ ngày nào?", id="another round"),
        pytest.param("dot 2 hoi thi hat then to chuc tu ngay nao", id="another round, no marks"),
        pytest.param("Giải Nhì hội thi hát then được bao nhiêu tiền?", id="another prize"),
        pytest.param("Xã Pá Vi đăng ký bao nhiêu tiết mục?", id="another place"),
        pytest.param("Chi bộ nào đăng ký 06 tiết mục?", id="another kind of place"),
        pytest.param("Chủ đề của Tuần lễ văn hóa là gì?", id="no theme is given"),
        pytest.param("Hiệu trưởng dự hội thi hát then tên gì?", id="no name is given"),
        pytest.param("Hạt Kiểm lâm nộp phim tư liệu trước ngày nào?", id="another body"),
        pytest.param("Các xã gửi báo cáo sơ kết hội thi trước ngày nào?", id="another report"),
        pytest.param("Mấy giờ các xã gửi báo cáo tổng kết hội thi?", id="no hour is given"),
        pytest.param(
            "Công văn 212/SVHTT-QLVH yêu cầu nộp phim tư liệu trước ngày nào?",
            id="a document that is only cited",
        ),
    ],
)
def test_a_sibling_of_what_is_asked_is_no_answer(notices: Assistant, asked: str) -> None:
    assert notices.invoke(asked).abstained
