"""What is due, by when, and for whom: questions that the register answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from assistant.chain import Ask, Assistant
from assistant.read.periods import Asked, asked_of
from assistant.records import Answer
from assistant.understand import understand
from tests.assistant.own_plan import assistant_on

TODAY = datetime.date(2025, 11, 22)

PLAN = """ĐẢNG BỘ HUYỆN AN HẢI
ĐẢNG ỦY XÃ GIÓ NAM
Số 21-KH/ĐU
Gió Nam, ngày 03 tháng 02 năm 2025
KẾ HOẠCH
Phát triển thư viện cộng đồng giai đoạn 2025-2027
I. MỤC ĐÍCH
- Mở rộng phong trào đọc sách trong Nhân dân.
II. TỔ CHỨC THỰC HIỆN
1. Các chi bộ trực thuộc
- Báo cáo kết quả vận động bạn đọc về Đảng ủy xã trước ngày 15/4/2025.
- Báo cáo năm về hoạt động thư viện vào tháng 11 hằng năm.
- Cập nhật danh mục sách chậm nhất ngày 25 hằng tháng.
2. Ban Tuyên giáo Đảng ủy
- Biên soạn tài liệu giới thiệu sách trong tháng 10/2025.
- Tham mưu tổng kết phong trào trong quý IV/2025.
3. Hội Khuyến học xã
- Gửi danh sách gia đình hiếu học về Văn phòng Đảng ủy trước ngày 20/12/2025.
4. Đoàn Thanh niên xã
- Báo cáo kết quả ngày hội sách về Ban Tuyên giáo Đảng ủy.
5. Công chức Văn hóa
- Nộp dự toán mua kệ sách trước ngày 31/2/2025.
"""
OTHER = """ỦY BAN NHÂN DÂN XÃ GIÓ NAM
Số: 30/KH-UBND
Gió Nam, ngày 05 tháng 3 năm 2025
KẾ HOẠCH
Phòng, chống ngập úng mùa mưa bão
I. TỔ CHỨC THỰC HIỆN
1. Công an xã
- Báo cáo phương án cứu hộ về Ủy ban nhân dân xã trước ngày 20/8/2025.
2. Các thôn
- Nạo vét kênh mương trong tháng 10/2025.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    texts = {"ke-hoach-thu-vien.txt": PLAN, "ke-hoach-ngap-ung.txt": OTHER}
    with assistant_on(tmp_path_factory.mktemp("due"), texts) as opened:
        yield opened


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.invoke(Ask(question, today=TODAY))


def said(answer: Answer) -> list[str]:
    return [statement.text for statement in answer.statements]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(
            "Ai phải báo cáo trước ngày 15/4?", ["Các chi bộ trực thuộc"], id="who-by-a-day"
        ),
        pytest.param(
            "ai phai bao cao truoc ngay 15/4", ["Các chi bộ trực thuộc"], id="without-marks"
        ),
        pytest.param(
            "Trong tháng 11 phải nộp những báo cáo gì?",
            ["Các chi bộ trực thuộc: Báo cáo năm về hoạt động thư viện — vào tháng 11 hằng năm"],
            id="what-in-a-month",
        ),
        pytest.param(
            "Ban Tuyên giáo Đảng ủy phải làm gì trước tháng 12?",
            [
                "Ban Tuyên giáo Đảng ủy: Biên soạn tài liệu giới thiệu sách — trong tháng 10/2025",
            ],
            id="of-a-body-before-a-month",
        ),
        pytest.param(
            "What is due in October 2025?",
            [
                "Các chi bộ trực thuộc: Cập nhật danh mục sách — chậm nhất ngày 25 hằng tháng",
                "Ban Tuyên giáo Đảng ủy: Biên soạn tài liệu giới thiệu sách — trong tháng 10/2025",
                "Các thôn: Nạo vét kênh mương — trong tháng 10/2025",
            ],
            id="english",
        ),
        pytest.param(
            "Việc nào đã quá hạn tính đến 01/9/2025?",
            [
                "Các chi bộ trực thuộc: Báo cáo kết quả vận động bạn đọc về Đảng ủy xã — trước ngày "
                "15/4/2025",
                "Công an xã: Báo cáo phương án cứu hộ về Ủy ban nhân dân xã — trước ngày 20/8/2025",
            ],
            id="overdue-on-a-day",
        ),
        pytest.param(
            "Tháng sau Hội Khuyến học xã phải làm gì?",
            [
                "Hội Khuyến học xã: Gửi danh sách gia đình hiếu học về Văn phòng Đảng ủy — trước "
                "ngày 20/12/2025",
            ],
            id="next-month",
        ),
    ],
)  # fmt: skip
def test_what_is_due(assistant: Assistant, question: str, expected: list[str]) -> None:
    answer = ask(assistant, question)
    assert sorted(said(answer)) == sorted(expected)
    assert not answer.abstained
    assert all(statement.citations for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hội Khuyến học xã gửi danh sách gia đình hiếu học hạn khi nào?", "Trước ngày 20/12/2025"),
        ("Báo cáo năm về hoạt động thư viện hạn khi nào?", "Vào tháng 11 hằng năm"),
        ("Công chức Văn hóa nộp dự toán mua kệ sách chậm nhất ngày nào?", "Trước ngày 31/2/2025"),
    ],
)
def test_by_when(assistant: Assistant, question: str, expected: str) -> None:
    answer = ask(assistant, question)
    assert said(answer)[0] == expected
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert expected[1:] in quotes


def test_a_duty_without_a_date_is_answered_as_such(assistant: Assistant) -> None:
    answer = ask(assistant, "Đoàn Thanh niên xã báo cáo kết quả ngày hội sách trước ngày nào?")
    assert answer.abstained
    assert said(answer) == [
        "Có việc này, nhưng văn bản không ghi thời hạn:",
        "Đoàn Thanh niên xã: Báo cáo kết quả ngày hội sách về Ban Tuyên giáo Đảng ủy",
    ]
    assert answer.statements[1].citations


def test_a_body_without_duties_in_the_period_gets_nobody_elses(assistant: Assistant) -> None:
    answer = ask(assistant, "Công an xã phải làm gì trong tháng 10/2025?")
    assert not any("Nạo vét" in text for text in said(answer))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tuần này có việc gì đến hạn?", Asked(since=datetime.date(2025, 11, 17), until=datetime.date(2025, 11, 23))),
        ("Tháng này phải nộp gì?", Asked(since=datetime.date(2025, 11, 1), until=datetime.date(2025, 11, 30))),
        ("Quý sau phải nộp gì?", Asked(since=datetime.date(2026, 1, 1), until=datetime.date(2026, 3, 31))),
        ("What is due tomorrow?", Asked(since=datetime.date(2025, 11, 23), until=datetime.date(2025, 11, 23))),
        ("Việc nào quá hạn?", Asked(overdue_at=TODAY)),
        ("Việc nào quá hạn tính đến 05/11/2025?", Asked(overdue_at=datetime.date(2025, 11, 5))),
        ("Kế hoạch giai đoạn 2025-2027 có mục tiêu gì?", None),
    ],
)  # fmt: skip
def test_the_days_a_question_asks_about(question: str, expected: Asked | None) -> None:
    assert asked_of(understand(question), TODAY) == expected


@pytest.mark.parametrize(
    ("question", "deadline", "before"),
    [
        ("Phải làm gì trước tháng 12?", "YEARLY-11", True),
        ("Phải làm gì trước tháng 12?", "2024-11-30", True),
        ("Phải làm gì trước tháng 12?", "2024-12-01", False),
        ("Phải làm gì trước ngày 15/4/2025?", "2025-04-14", True),
        ("Phải làm gì trước ngày 15/4/2025?", "2025-04-16", False),
        ("Phải làm gì trước quý IV/2025?", "2025-09", True),
        ("Phải làm gì trước quý IV/2025?", "RELATIVE:P10D", False),
        ("Phải làm gì trong tháng 12?", "2024-11-30", False),
    ],
)
def test_what_lies_before_the_dates_asked_about(question: str, deadline: str, before: bool) -> None:
    asked = asked_of(understand(question), TODAY)
    assert asked is not None
    assert asked.precedes(deadline) is before
