"""What recurs: each year, quarter, month, week, day."""

from __future__ import annotations

import datetime

import pytest

from ingest.dates import find_dates
from tests.ingest.dated import assert_reads

#: words, value, cue
READ = [
    ("vào tháng 11 hằng năm", "YEARLY-11", "every"),
    ("trước ngày 25/12 hàng năm", "YEARLY-12-25", "every"),
    ("hằng năm, trước ngày 30/11", "YEARLY-11-30", "every"),
    ("hằng năm (trước ngày 15 tháng 10)", "YEARLY-10-15", "every"),
    ("quý IV hằng năm", "YEARLY-Q4", "every"),
    ("Hằng năm", "YEARLY", "every"),
    ("hằng tháng (từ năm 2026-2028)", "MONTHLY(2026..2028)", "every"),
    ("ngày 15 hằng tháng", "MONTHLY-15", "every"),
    ("trước ngày 25 hàng tháng", "MONTHLY-25", "every"),
    ("định kỳ hằng quý", "QUARTERLY", "every"),
    ("trước ngày 20 của tháng cuối mỗi quý", "QUARTERLY-M3-20", "every"),
    ("tuần cuối hằng quý", "QUARTERLY-LAST-WEEK", "every"),
    ("thứ sáu hằng tuần", "WEEKLY-5", "every"),
    ("trước 16 giờ hằng ngày", "DAILY-16:00", "every"),
    ("16h30 hằng ngày", "DAILY-16:30", "every"),
    ("trước ngày 15/6 và 15/12 hằng năm", "YEARLY-06-15;YEARLY-12-15", "every"),
    ("hằng năm, trước ngày 10 tháng 6 và ngày 10 tháng 12", "YEARLY-06-10;YEARLY-12-10", "every"),
    ("ngày 10, 25 tháng 6 hằng năm", "YEARLY-06-10;YEARLY-06-25", "every"),
    ("tháng 3, 9 hằng năm", "YEARLY-03;YEARLY-09", "every"),
    ("tháng 6, tháng 12 hằng năm", "YEARLY-06;YEARLY-12", "every"),
    ("quý II và quý IV hằng năm", "YEARLY-Q2;YEARLY-Q4", "every"),
    ("chậm nhất là ngày 15 hằng tháng", "MONTHLY-15", "every"),
    ("từ ngày 01 đến ngày 05 hằng tháng", "MONTHLY-05", "every"),
    ("ngày 20 và 30 hằng tháng", "MONTHLY-20;MONTHLY-30", "every"),
    ("trước ngày 25 tháng cuối quý", "QUARTERLY-M3-25", "every"),
    ("trước ngày 05 tháng đầu quý", "QUARTERLY-M1-05", "every"),
    ("hàng tuần vào thứ Sáu", "WEEKLY-5", "every"),
    ("vào sáng thứ Hai hằng tuần", "WEEKLY-1", "every"),
    ("trước 16 giờ thứ Sáu hằng tuần", "WEEKLY-5", "every"),
    ("định kỳ 3 tháng một lần", "QUARTERLY", "every"),
    ("01 năm/lần", "YEARLY", "every"),
    ("mỗi quý", "QUARTERLY", "every"),
    # the month, quarter or year after
    ("trước ngày 05 tháng sau", "MONTHLY-05", "every"),
    ("ngày 05 của tháng kế tiếp", "MONTHLY-05", "every"),
    ("chậm nhất ngày 05 tháng sau liền kề", "MONTHLY-05", "every"),
    ("Hằng tháng, trước ngày 05 của tháng sau", "MONTHLY-05", "every"),
    ("trước ngày 14 của tháng thuộc kỳ báo cáo", "MONTHLY-14", "every"),
    ("vào ngày 15 của tháng", "MONTHLY-15", "every"),
    ("by the 5th of the following month", "MONTHLY-05", "every"),
    ("by the 15th of the month", "MONTHLY-15", "every"),
    ("trước ngày 05 tháng đầu quý sau", "QUARTERLY-M1-05", "every"),
    ("tháng đầu tiên của quý tiếp theo", "QUARTERLY-M1", "every"),
    ("ngày 10 tháng 01 năm sau", "YEARLY-01-10", "every"),
    ("trước 10/01 của năm kế tiếp", "YEARLY-01-10", "every"),
    ("quý I năm sau", "YEARLY-Q1", "every"),
    ("đến ngày 14/12 năm báo cáo", "YEARLY-12-14", "every"),
    # days that have no number
    ("ngày làm việc cuối cùng của tháng", "MONTHLY", "every"),
    ("ngày cuối cùng của quý", "QUARTERLY", "every"),
    ("ngày làm việc cuối cùng hằng tháng", "MONTHLY", "every"),
    ("tuần cuối hằng tháng", "MONTHLY", "every"),
    ("sáng thứ Hai tuần đầu tiên hằng tháng", "MONTHLY", "every"),
    ("trong 05 ngày đầu của tháng sau", "MONTHLY", "every"),
    ("by the end of each quarter", "QUARTERLY", "every"),
    ("hằng tuần, vào chiều thứ Sáu", "WEEKLY-5", "every"),
    ("hằng ngày trước 16 giờ 30 phút", "DAILY-16:30", "every"),
    ("mồng 5 hằng tháng", "MONTHLY-05", "every"),
    ("trước ngày 20 tháng 3, 9 hằng năm", "YEARLY-03-20;YEARLY-09-20", "every"),
    ("ngày 20 các tháng 6 và 12 hằng năm", "YEARLY-06-20;YEARLY-12-20", "every"),
]


@pytest.mark.parametrize(("words", "value", "cue"), READ, ids=[row[0] for row in READ])
def test_read(words: str, value: str, cue: str) -> None:
    assert_reads(words, value, cue)


def test_words_after_an_hour_are_no_part_of_it() -> None:
    (mention,) = find_dates("báo cáo hằng ngày trước 16 giờ 30 về Văn phòng")
    assert (mention.text, mention.value) == ("hằng ngày trước 16 giờ 30", "DAILY-16:30")


OTHER_YEARS = [
    ("trước ngày 31/3 năm tới", "2027-03-31"),
    ("trước ngày 31/3 năm nay", "2026-03-31"),
]


@pytest.mark.parametrize(("text", "value"), OTHER_YEARS)
def test_a_year_told_from_the_issue(text: str, value: str) -> None:
    (mention,) = find_dates(text, datetime.date(2026, 3, 10))
    assert (mention.text, mention.value, mention.certain_year) == (text, value, False)


NO_RULE = ["ngày 15/12 năm trước", "ngày 05 của tháng này", "tuần cuối tháng", "ngày 15 của tháng ấy",
           "cuối tháng", "ngày cuối cùng của tháng trước", "tháng sau"]  # fmt: skip


@pytest.mark.parametrize("text", NO_RULE)
def test_no_rule(text: str) -> None:
    assert find_dates(f"Họp {text} tại xã.", datetime.date(2026, 3, 10)) == []
