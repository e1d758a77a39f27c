"""The dates that a document gives."""

from __future__ import annotations

import pytest

from assistant.dated import is_dated, mentions_of
from ingest.records import Header, HeaderField, SourceDocument


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("báo cáo trước ngày 20/4", True),
        ("báo cáo trước 30-6", True),
        ("nộp ngày 20.4.2024", True),
        ("trong tháng 9", True),
        ("trong Quý III", True),
        ("hoàn thành quý iv/2024", True),
        ("sơ kết hằng quý, hàng năm", True),
        ("tuần 3", True),
        ("đến hết năm 2026", True),
        ("trong 10 ngày làm việc", True),
        ("lúc 7 giờ", True),
        ("ngày hội của tháng thanh niên", False),
        ("mỗi hộ một bình chữa cháy, 100% hộ ký cam kết", False),
        ("kinh phí 60 triệu đồng", False),
        ("theo Kế hoạch số 58-KH/HU, ngày 05/02/2024 của Huyện ủy", False),
        ("theo Công văn 412/UBND-NC ngày 20-11 của huyện", False),
        ("Kế hoạch số 58-KH/HU, ngày 05/02/2024; nộp trước ngày 20/4", True),
        ("năm học mới, quý vị", False),
        ("", False),
    ],
)
def test_a_text_gives_a_time_or_not(text: str, dated: bool) -> None:
    assert is_dated(text) is dated


@pytest.mark.parametrize(
    ("issued", "value"), [("2024-03-12", "2024-04-20"), ("2025-01-02", "2025-04-20")]
)
def test_a_date_without_a_year_is_of_the_year_of_issue(issued: str, value: str) -> None:
    text = "Báo cáo trước ngày 20/4."
    header = Header(date=HeaderField(issued, 0, 0))
    (mention,) = mentions_of(SourceDocument("0" * 64, "a.txt", text, header=header))
    assert mention.value == value
    assert text[mention.start : mention.end] == mention.text
    (undated,) = mentions_of(SourceDocument("0" * 64, "a.txt", text))
    assert undated.value != value
