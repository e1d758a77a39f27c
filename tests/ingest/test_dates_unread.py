"""Words in the place of a date that can't be one: where they stand, and that nothing is read there."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import find_dates, find_unread_dates

ISSUED = datetime.date(2026, 3, 10)

UNREAD = [
    # no such day, no such month
    "31/2/2025", "20/13/2025", "00/4/2025", "31.2.2025", "32-12-2025", "2025-13-05", "2025-02-30",
    "trước ngày 31/2/2025", "ngày 29/02/2023", "ngày 32 tháng 1", "ngày 31 tháng 4",
    "ngày 31 tháng 2 năm 2025", "ngày 31 tháng hai", "ngày 30 tháng 13 năm 2025", "ngày 45/6",
    "trước 31/6", "hạn 31/11", "tháng 13/2025", "tháng 13 năm 2025", "trước ngày 32 hằng tháng",
    "30 February 2025", "April 31, 2025", "by 45 April 2025",
    # misread by a scanner
    "l5/4/2O23", "2O/4/2023", "20/4/2O23", "20/l2/2025", "ngày O5/6/2025", "ngày 20/4/202S",
    "ngày 1S tháng 4 năm 2025", "ngày 2O tháng 4", "trước ngày 30/ll/2025", "ngày I5/4/2023",
    "ngày 3 1/12/2025", "ngày 1 5 tháng 4 năm 2025", "20/4/20 23", "ngày 15//4/2025",
    "ngày 15/4/203", "trước ngày 15 tháng 4 năm 202", "trước ngày 20/4/2205",
    "ngày 20 tháng 4 năm 2205",
    "26/O2/2024", "trước ngày 26/O2/2024", "O5/O6/2024", "ngày 05 tháng Ol năm 2024",
    "05 tháng Ol năm 2024", "trước 3O/4", "ngày 05 tháng 1 1 năm 2024", "05/1 1/2024",
    "ngày 05 tháng 4 năm 20 24", "ngày l5 hằng tháng", "trước ngày 20/4/99", "by 3l October 2025",
    "before 31 June",
    # no such quarter, month or year
    "quý 5/2024", "quý V năm 2024", "quý lV/2024", "quý Ill/2024", "quý I/202", "trong quý 5",
    "quý I và quý 5 năm 2024", "tháng 4 năm 202", "trong tháng 13", "tháng 11, 12, 13/2024",
    "năm 2O25", "giai đoạn 2O21-2025",
    # one end of a range, one of several days, a rule
    "từ 0l/11/2023 đến hết ngày 31/12/2023", "từ ngày 01/11 đến ngày 31/13/2023",
    "từ 31/02/2024 đến 15/3/2024", "từ ngày 15 đến ngày 3l tháng 5 năm 2024", "15 - 3l/5/2024",
    "ngày 30/4 - O1/5", "từ tháng 10 đến tháng 13/2024", "từ năm 2O24 đến năm 2025",
    "ngày 15, 16 và 32/5/2024", "hằng năm, trước ngày 31/2", "hằng năm (trước ngày 31/2)",
    "hằng tháng, trước ngày 32", "ngày 30/2 hằng năm", "tháng 13 hằng năm",
    # of the lunar calendar
    "ngày mùng 10 tháng 3 âm lịch", "10/3 ÂL", "ngày 10/3 (âm lịch)", "tháng 7 âm lịch",
    "trước ngày 23 tháng Chạp", "rằm tháng Giêng", "rằm tháng 7", "tháng Giêng năm 2025",
    "ngày 01/02 năm Giáp Thìn", "từ 23/12 âm lịch đến hết 10/01 âm lịch", "mùng 5 Tết",
    "ngày 15/8 âm lịch hằng năm",
]  # fmt: skip


@pytest.mark.parametrize("words", UNREAD)
@pytest.mark.parametrize("sentence", ["{}", "Gửi báo cáo {}.", "Các xã nộp\n({}); sau đó họp."])
def test_unread(words: str, sentence: str) -> None:
    text = sentence.format(words)
    found = find_dates(text, ISSUED)
    assert found == []
    assert [text[start:end] for start, end in find_unread_dates(text, found)] == [words]


NEITHER = [
    "Công văn 31/2/QĐ", "số 12/13/KH", "Kế hoạch số 45/13/KH-UBND", "đạt 45/63 tỉnh", "tỷ lệ 31/2",
    "gọi 0912.345.678", "gọi 0243.8456.2025", "Điều 31/2 của Quy chế", "192.168.31.2", "trực 24/24",
    "cả ngày 24/24 giờ", "lương tháng 13", "trong 36 tháng", "sau 45 ngày", "lớp l5", "phòng 4O",
    "mục 1.13.2", "Luật số 91/2015/QH13", "ngày …/…/2025", "trang 31-35", "giảm 0.5-0.75 điểm",
    "số: 32/13/2025", "A4/32/45", "ngày 20 tháng 4 năm 1776", "ngày 2/9/1823",
    "ngày 22 tháng 5 năm 337", "số 20/4/4500",
]  # fmt: skip


@pytest.mark.parametrize("text", NEITHER)
def test_no_date_was_meant(text: str) -> None:
    assert find_dates(text) == []
    assert find_unread_dates(text, find_dates(text)) == []


BESIDE = [
    ("từ ngày 30/2/2025 đến ngày 5/3/2025", [], ["từ ngày 30/2/2025 đến ngày 5/3/2025"]),
    ("ngày 31/6/2025 và 30/6/2025", ["2025-06-30"], ["ngày 31/6/2025"]),
    ("15-31/4/2025", [], ["15-31/4/2025"]),
    ("các ngày 30, 31 tháng 2 năm 2025", [], ["các ngày 30, 31 tháng 2 năm 2025"]),
    ("ngày 31 tháng 2 hằng năm", [], ["ngày 31 tháng 2 hằng năm"]),
    ("nộp 15/4/2O23, họp 16/4/2023", ["2023-04-16"], ["15/4/2O23"]),
    ("trước ngày 31/12/2025", ["2025-12-31"], []),
    ("mùng 10/3 âm lịch (tức ngày 18/4/2024)", ["2024-04-18"], ["mùng 10/3 âm lịch"]),
    ("ngày 29/02/2024", ["2024-02-29"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "words"), BESIDE, ids=[row[0] for row in BESIDE])
def test_beside_dates(text: str, values: list[str], words: list[str]) -> None:
    found = find_dates(text)
    assert [m.value for m in found] == values
    assert [text[start:end] for start, end in find_unread_dates(text, found)] == words


PIECES = st.sampled_from(
    "ngày|tháng|năm|trước|/|-|.| |\n|31|2|13|2025|2O|l5|S|0|32|04|//|hằng tháng|April|(|)|**"
    "|đến|từ|quý|V|Chạp|âm lịch|và|,".split("|")
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=16).map("".join),
        st.text("0123456789/.-lOS ngàythá\n", max_size=60),
        st.text(max_size=60),
    )
)
def test_any_text(text: str) -> None:
    found = find_dates(text)
    again = find_dates(text)
    assert found == again
    taken = [(mention.start, mention.end) for mention in found]
    taken += find_unread_dates(text, found)
    end = 0
    for start, stop in sorted(taken):
        assert end <= start < stop <= len(text)
        assert text[start:stop].strip()
        end = stop


LETTERS = {"0": "O", "1": "l", "2": "Z", "5": "S", "8": "B"}
WRITTEN = [
    "từ ngày 15/10/2026 đến hết ngày 31/12/2026", "trước ngày 26/02/2026", "tháng 10 năm 2026",
    "tháng 12/2026", "ngày 05 tháng 11 năm 2026", "ngày 10, 20 tháng 11 năm 2026",
    "ngày 15/11 hằng năm", "trước ngày 25/12", "trước ngày 10 và ngày 25/12/2026",
    "từ 15 đến 20/11/2026", "15-20/11/2026", "tháng 10, 11 năm 2026", "ngày 15 hằng tháng",
    "từ tháng 10/2026 đến tháng 12/2027", "từ năm 2021 đến năm 2025", "trước ngày 15.10.2026",
    "năm 2026 và các năm tiếp theo", "hằng năm, trước ngày 20/11",
    "các ngày 10/5, 12/5 và 15/5/2026",
]  # fmt: skip


@pytest.mark.parametrize("words", WRITTEN)
def test_one_misread_figure_leaves_no_value(words: str) -> None:
    (mention,) = find_dates(words)
    assert mention.text == words
    for at, figure in enumerate(words):
        if figure in LETTERS:
            text = f"Các xã nộp {words[:at]}{LETTERS[figure]}{words[at + 1 :]} về Văn phòng."
            found = find_dates(text, ISSUED)
            assert [m.value for m in found] == [], text
            assert find_unread_dates(text, found), text
