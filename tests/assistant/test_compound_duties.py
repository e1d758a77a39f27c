"""Questions for the deadlines of two bodies at once."""

from __future__ import annotations

import pytest

from assistant.compound_duties import duty_parts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Sở Nông nghiệp và Môi trường hai tỉnh Tân Lạc (phá rừng) và Bình Hòa (cháy rừng) "
            "báo cáo trước ngày nào?",
            [
                "Sở Nông nghiệp và Môi trường tỉnh Tân Lạc (phá rừng) báo cáo trước ngày nào?",
                "Sở Nông nghiệp và Môi trường tỉnh Bình Hòa (cháy rừng) báo cáo trước ngày nào?",
            ],
        ),
        (
            "Năm 2026, Trường Tiểu học Bến Sỏi phải nộp dự toán và công đoàn huyện phải gửi "
            "danh sách khi nào?",
            [
                "Năm 2026, Trường Tiểu học Bến Sỏi phải nộp dự toán khi nào?",
                "Năm 2026, công đoàn huyện phải gửi danh sách khi nào?",
            ],
        ),
        (
            "Sở Y tế tỉnh Tân Lạc và Phòng Nội vụ huyện Bình Hòa nộp báo cáo chậm nhất ngày nào?",
            [
                "Sở Y tế tỉnh Tân Lạc nộp báo cáo chậm nhất ngày nào?",
                "Phòng Nội vụ huyện Bình Hòa nộp báo cáo chậm nhất ngày nào?",
            ],
        ),
        (
            "By when must the school report to the office and the unions send the list?",
            [
                "By when must the school report to the office?",
                "By when must the unions send the list?",
            ],
        ),
    ],
)
def test_each_body_gets_a_question(question: str, expected: list[str]) -> None:
    assert [part for part, _ in duty_parts(question) or []] == expected


@pytest.mark.parametrize(
    "question",
    [
        "Sở Nông nghiệp và Môi trường báo cáo trước ngày nào?",
        "Công an xã và Đoàn Thanh niên xã phải báo cáo trước ngày nào?",
        "Phòng Văn hóa và Thông tin phải nộp báo cáo và gửi danh sách trước ngày nào?",
        "Các xã phải tổ chức quán triệt và báo cáo kết quả khi nào?",
        "Sở Y tế phải làm gì và Sở Nội vụ phải làm gì?",
        "By when must communes report and send the list?",
        "",
    ],
)
def test_one_deadline_is_asked_for_once(question: str) -> None:
    assert duty_parts(question) is None
