"""Tables that stand a cell a line: schedules by their hours, prizes by their amounts."""

from __future__ import annotations

from ingest.tables import Column, headed_cells, is_day_cell, is_hour_cell, table_rows, tables_of

SCHEDULE = """Thời gian

Nội dung

Địa điểm

Ngày 14 tháng Giêng

6h30 – 7h15

Dâng hương khai hội

Đền Trình

Ngày 15 tháng Giêng

7h45

Đua thuyền nan

14h30 – 16h00

Chung kết bóng chuyền hơi

Nhà văn hóa xã

II. GIẢI THƯỞNG

Giải

Số lượng

Tiền thưởng

Nhất

01

3.000.000 đồng

Ba

02

1.200.000 đồng

2. Môn kéo co: giải Nhất 1.000.000 đồng.
"""


def rows(text: str) -> list[list[str]]:
    return [text[start:end].split("\n\n") for start, end in table_rows(text)]


def test_an_hour_opens_a_row_though_one_lacks_a_cell_and_days_stand_between() -> None:
    assert rows(SCHEDULE)[:3] == [
        ["6h30 – 7h15", "Dâng hương khai hội", "Đền Trình"],
        ["7h45", "Đua thuyền nan"],
        ["14h30 – 16h00", "Chung kết bóng chuyền hơi", "Nhà văn hóa xã"],
    ]
    assert tables_of(SCHEDULE)[0].columns == (Column.TIME, Column.WORK, Column.OTHER)


def test_a_table_of_amounts_ends_where_they_do() -> None:
    assert rows(SCHEDULE)[3:] == [["Nhất", "01", "3.000.000 đồng"], ["Ba", "02", "1.200.000 đồng"]]


def test_cells_are_read_under_their_headers() -> None:
    third = SCHEDULE.index("Ba\n")
    assert headed_cells(SCHEDULE, third).split("\n") == [
        "Giải Ba",
        "Số lượng 02",
        "Tiền thưởng 1.200.000 đồng",
    ]
    line = "Giải | Số lượng | Tiền thưởng\nNhất | 01 | 300.000 đồng\nNhì | 02 | 200.000 đồng"
    assert headed_cells(line, line.index("Nhì")).startswith("Giải Nhì\nSố lượng 02")
    assert headed_cells(line, 0) == ""


def test_a_row_of_times_is_one_though_a_cell_has_two_parts() -> None:
    text = "Thời gian | Nội dung\n9h45 | Vật tự do; kéo co nam. Trao giải | \n"
    assert [text[a:b] for a, b in table_rows(text)] == ["9h45 | Vật tự do; kéo co nam. Trao giải |"]


def test_days_and_hours_that_stand_alone() -> None:
    for day in ("Ngày 11 tháng Giêng", "Thứ Hai", "Chiều 12/5", "05 - 14/11", "Ngày 03/4/2026:"):
        assert is_day_cell(day), day
    for hour in ("9h45 – 11h30", "14 giờ 00", "7:30", "Từ 8h"):
        assert is_hour_cell(hour), hour
    for other in ("Họp tổ", "12 thôn", "Thi bơi", "24 người", ""):
        assert not is_day_cell(other), other
        assert not is_hour_cell(other), other
