"""Ranges, lists, and what begins and does not end."""

from __future__ import annotations

import pytest

from ingest.dates import find_dates
from tests.ingest.dated import assert_reads

#: words, value, cue
READ = [
    ("15–20 tháng 5", "--05-15/--05-20", "range"),
    ("Tháng 11 - 12/2025", "2025-11/2025-12", "range"),
    ("từ nay đến hết 31/12/2025", "/2025-12-31", "until"),
    ("từ tháng 10/2025 đến khi tổ chức thành công Đại hội", "2025-10/END", "range"),
    ("sáu tháng cuối năm 2024", "2024-07/2024-12", "in"),
    ("quý III, IV năm 2025", "2025-Q3;2025-Q4", "in"),
    ("trong các tháng 3, 4, 5 năm 2025", "2025-03;2025-04;2025-05", "in"),
    ("từ ngày 15 đến ngày 20 tháng 11 năm 2025", "2025-11-15/2025-11-20", "range"),
    ("từ 15/5 đến 22/5/2023", "2023-05-15/2023-05-22", "range"),
    ("từ ngày 20/12 đến ngày 5/01/2026", "2025-12-20/2026-01-05", "range"),
    ("15-22/5/2023", "2023-05-15/2023-05-22", "range"),
    ("từ tháng 10 năm 2025 đến hết tháng 3 năm 2026", "2025-10/2026-03", "range"),
    ("tháng 7 - 8/2026", "2026-07/2026-08", "range"),
    ("quý I đến quý III/2026", "2026-Q1/2026-Q3", "range"),
    ("Quý IV/2026- Quý I/2027", "2026-Q4/2027-Q1", "range"),
    ("năm học 2024-2025", "2024/2025", "range"),
    ("giai đoạn 2023 - 2025", "2023/2025", "range"),
    ("từ nay đến hết tháng 9/2026", "/2026-09", "until"),
    ("từ tháng 9/2026 đến khi hoàn thành", "2026-09/END", "range"),
    ("6 tháng đầu năm 2026", "2026-01/2026-06", "in"),
    ("các ngày 01, 02 và 03 tháng 4 năm 2026", "2026-04-01;2026-04-02;2026-04-03", "on"),
    ("ngày 10/3 và ngày 12/3/2026", "2026-03-10;2026-03-12", "on"),
    ("tháng 3, 6, 9 năm 2026", "2026-03;2026-06;2026-09", "in"),
    ("quý I, II năm 2026", "2026-Q1;2026-Q2", "in"),
    # open at the end
    ("năm 2026 và các năm tiếp theo", "2026/", "from"),
    ("trong năm 2026 và những năm sau", "2026/", "from"),
    ("từ năm 2026 trở đi", "2026/", "from"),
    ("năm 2026 trở đi", "2026/", "from"),
    ("từ 01/7/2026 trở đi", "2026-07-01/", "from"),
    ("quý IV năm 2026 và các năm tiếp theo", "2026-Q4/", "from"),
    ("tháng 9/2026 và những tháng tiếp theo", "2026-09/", "from"),
    ("giai đoạn 2026-2030 và những năm tiếp theo", "2026/", "from"),
    ("2026 và các năm tiếp theo", "2026/", "from"),
    ("năm 2026 (và các năm tiếp theo)", "2026/", "from"),
    ("Năm 2026** và các năm sau", "2026/", "from"),
    ("năm 2026, 2027 và các năm tiếp theo", "2026/", "from"),
    ("năm 2026 trở về trước", "/2026", "until"),
    ("from 2026 onwards", "2026/", "from"),
    ("2026 and the following years", "2026/", "from"),
    # of one day, of counted days
    ("từ 7h00 đến 17h00 ngày 20/4/2026", "2026-04-20", "on"),
    ("từ 7 giờ 30 đến 11 giờ 30 ngày 20/4/2026", "2026-04-20", "on"),
    ("08:00 - 11:30 ngày 20/4/2026", "2026-04-20", "on"),
    ("từ 7 giờ ngày 20/4 đến 17 giờ ngày 21/4/2026", "2026-04-20/2026-04-21", "range"),
    # other joints
    ("quý I - II/2026", "2026-Q1/2026-Q2", "range"),
    ("quý I-II năm 2026", "2026-Q1/2026-Q2", "range"),
    ("quý 1 + 2/2026", "2026-Q1;2026-Q2", "in"),
    ("tháng 4 hoặc tháng 5/2026", "2026-04;2026-05", "in"),
    ("20/4 hoặc 21/4/2026", "2026-04-20;2026-04-21", "on"),
    ("20/4 → 25/4/2026", "2026-04-20/2026-04-25", "range"),
    ("từ 15.6 đến 20.6.2026", "2026-06-15/2026-06-20", "range"),
    ("từ ngày 15.6 đến ngày 20.6", "--06-15/--06-20", "range"),
    ("năm 2026, 2027", "2026;2027", "in"),
    ("các năm 2026, 2027 và 2028", "2026;2027;2028", "in"),
    ("ngày 20 các tháng 3, 6 và 9 năm 2026", "2026-03-20;2026-06-20;2026-09-20", "on"),
    ("từ ngày **20**/4 đến ngày 25/4/2026", "2026-04-20/2026-04-25", "range"),
    ("9 tháng đầu năm 2026", "2026-01/2026-09", "in"),
    ("3 tháng cuối năm 2026", "2026-10/2026-12", "in"),
    ("nửa đầu năm 2026", "2026-01/2026-06", "in"),
    ("in the first half of 2026", "2026-01/2026-06", "in"),
]


@pytest.mark.parametrize(("words", "value", "cue"), READ, ids=[row[0] for row in READ])
def test_read(words: str, value: str, cue: str) -> None:
    assert_reads(words, value, cue)


COUNTED = [
    ("trong 02 ngày 15 và 16/5/2026", "15 và 16/5/2026", "2026-05-15;2026-05-16"),
    ("trong hai ngày (15 và 16/5)", "15 và 16/5", "--05-15;--05-16"),
    ("trong 03 ngày 15-17/5/2026", "15-17/5/2026", "2026-05-15/2026-05-17"),
    ("trong 02 tháng 5 và 6/2026", "tháng 5 và 6/2026", "2026-05;2026-06"),
    ("số 30 ngày 15 và 16/5/2026", "ngày 15 và 16/5/2026", "2026-05-15;2026-05-16"),
    ("thứ 2, 15/9/2026", "thứ 2, 15/9/2026", "2026-09-15"),
]


@pytest.mark.parametrize(("text", "words", "value"), COUNTED, ids=[row[0] for row in COUNTED])
def test_a_count_before_days_is_none_of_them(text: str, words: str, value: str) -> None:
    (mention,) = find_dates(text)
    assert (mention.text, mention.value) == (words, value)


@pytest.mark.parametrize("text", ["từ 28 đến 05/6/2026", "từ ngày 20/6/2026 đến ngày 10/5/2026"])
def test_a_range_that_runs_backwards_has_no_value(text: str) -> None:
    assert find_dates(text) == []
