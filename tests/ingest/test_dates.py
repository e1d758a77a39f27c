"""Dates as they are written and asked for: what they say, how they are meant, what is no date."""

from __future__ import annotations

import datetime
import itertools
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import find_dates, find_unread_dates, matches
from tests.ingest.dated import assert_reads

ISSUED = datetime.date(2026, 3, 10)

#: words, value, cue
READ = [
    ("trước ngày 20/4/2023", "2023-04-20", "before"),
    ("trước ngày 16 tháng 12 năm 2025", "2025-12-16", "before"),
    ("ngày 31-12-2019", "2019-12-31", "on"),
    ("20.4.2023", "2023-04-20", "on"),
    ("2026-03-05", "2026-03-05", "on"),
    ("trước ngày 20/4/23", "2023-04-20", "before"),
    ("truoc ngay 20/4", "--04-20", "before"),
    ("trc 20/4", "--04-20", "before"),
    ("truoc 20-4", "--04-20", "before"),
    ("thang 11", "--11", "in"),
    ("quy III", "--Q3", "in"),
    ("17 giờ ngày 20/4/2023", "2023-04-20", "on"),
    ("trước 17h00 ngày 20/4", "--04-20", "before"),
    ("0h00 ngày 01/01/2026", "2026-01-01", "on"),
    ("thứ Sáu, ngày 5 tháng 6 năm 2026", "2026-06-05", "on"),
    ("chậm nhất là ngày 05/6/2026", "2026-06-05", "by"),
    ("muộn nhất vào ngày 05/6/2026", "2026-06-05", "by"),
    ("hạn cuối: 05/6/2026", "2026-06-05", "by"),
    ("trong tháng 5", "--05", "in"),
    ("trung tuần tháng 4/2026", "2026-04", "in"),
    ("tháng mười hai năm 2026", "2026-12", "in"),
    ("quý III/2025", "2025-Q3", "in"),
    ("Quý IV năm 2025", "2025-Q4", "in"),
    ("tuần cuối của quý III/2025", "2025-Q3", "in"),
    ("vào đầu quý 3/2025", "2025-Q3", "in"),
    ("cuoi thang 5/2026", "2026-05", "in"),
    ("đến hết ngày 30/6/2026", "2026-06-30", "until"),
    ("hết tháng 6/2026", "2026-06", "by"),
    ("đến hết năm 2026", "2026", "until"),
    ("từ tháng 10/2025", "2025-10/", "from"),
    ("sau ngày 5/6/2026", "2026-06-05/", "from"),
    ("trong năm 2026", "2026", "in"),
    ("**trước ngày 5\ntháng 6** năm 2026", "2026-06-05", "before"),
    ("16 giờ 00 ngày 20/4/2023", "2023-04-20", "on"),
    ("chậm nhất 16 giờ 30 phút ngày 20/4/2023", "2023-04-20", "by"),
    ("trước 16h30 ngày 20/4/2023", "2023-04-20", "before"),
    ("sáng 20/4", "--04-20", "on"),
    ("đêm 31/12", "--12-31", "on"),
    ("tối ngày 20/4/2023", "2023-04-20", "on"),
    ("trước 17 giờ chiều thứ Tư, ngày 05/6/2024", "2024-06-05", "before"),
    ("xong trước 30/6", "--06-30", "before"),
    ("ngày 3.2.2025", "2025-02-03", "on"),
    ("ngày 20 / 4 / 2023", "2023-04-20", "on"),
    ("ngày 20/4 năm 2023", "2023-04-20", "on"),
    ("ngày 20-11 năm 2023", "2023-11-20", "on"),
    ("ngày 15 tháng\n4 năm 2025", "2025-04-15", "on"),
    ("trước ngày\n20/4/2023", "2023-04-20", "before"),
    ("ngày 06 tháng 11 năm 2013", "2013-11-06", "on"),
    ("tháng Tư", "--04", "in"),
    ("ngày 6 tháng sáu năm 2025", "2025-06-06", "on"),
    ("tuần cuối quý III", "--Q3", "in"),
    ("tuần cuối tháng 9/2025", "2025-09", "in"),
    ("tháng cuối quý III/2025", "2025-09", "in"),
    ("trước ngày 25 của tháng cuối quý III/2025", "2025-09-25", "before"),
    ("hết quý I", "--Q1", "by"),
    ("đến 2030", "2030", "until"),
    ("vào khoảng cuối tháng 5 năm 2026", "2026-05", "in"),
    ("trong tuần đầu tiên của tháng 9", "--09", "in"),
    ("tuần thứ 2 của tháng 9/2026", "2026-09", "in"),
    ("tuần 1 tháng 9/2026", "2026-09", "in"),
    ("10 ngày đầu tháng 9/2026", "2026-09", "in"),
    ("những ngày cuối tháng 9/2026", "2026-09", "in"),
    ("giữa tháng 5", "--05", "in"),
    ("ngày cuối cùng của tháng 9/2026", "2026-09", "in"),
    ("tháng 4.2026", "2026-04", "in"),
    ("20/tháng 4/2026", "2026-04-20", "on"),
    ("ngày20 tháng4 năm2026", "2026-04-20", "on"),
    ("trước ngày20/4", "--04-20", "before"),
    ("ngày 20.4.26", "2026-04-20", "on"),
    ("ngày 15.6", "--06-15", "on"),
    ("20**/**4**/2026", "2026-04-20", "on"),
    # English
    ("by 20/4", "--04-20", "by"),
    ("before April 20", "--04-20", "before"),
    ("in October 2025", "2025-10", "in"),
    ("20 April 2023", "2023-04-20", "on"),
    ("April 20th, 2023", "2023-04-20", "on"),
    ("Q4 2025", "2025-Q4", "in"),
    ("the first quarter of 2026", "2026-Q1", "in"),
    ("by the end of October 2025", "2025-10", "by"),
    ("by the end of 2025", "2025", "by"),
    ("no later than 17:00 on 12 March 2025", "2025-03-12", "by"),
    ("from 1 May to 15 June 2026", "2026-05-01/2026-06-15", "range"),
    ("between 10 and 20 November 2025", "2025-11-10/2025-11-20", "range"),
    ("since 2024", "2024/", "from"),
    ("every November", "YEARLY-11", "every"),
    ("15 November every year", "YEARLY-11-15", "every"),
    ("the 15th of each month", "MONTHLY-15", "every"),
    ("daily before 16:00", "DAILY-16:00", "every"),
    ("within 10 working days of", "RELATIVE:P10BD", "within"),
    ("in May", "--05", "in"),
    ("by the end of May", "--05", "by"),
    ("before April 20th", "--04-20", "before"),
    ("by 5 pm on Friday, 20 April 2023", "2023-04-20", "by"),
    ("before 15 June and 15 December every year", "YEARLY-06-15;YEARLY-12-15", "every"),
    ("every Friday", "WEEKLY-5", "every"),
    ("weekly on Monday", "WEEKLY-1", "every"),
    ("from October 2025 until the congress", "2025-10/END", "range"),
    ("from 1 May until the end of June 2026", "2026-05-01/2026-06", "range"),
    ("by the 15th of each month", "MONTHLY-15", "every"),
    ("before the end of October 2025", "2025-10", "before"),
    ("in the last quarter of 2025", "2025-Q4", "in"),
    ("the last week of October 2025", "2025-10", "in"),
]


@pytest.mark.parametrize(("words", "value", "cue"), READ, ids=[row[0] for row in READ])
def test_read(words: str, value: str, cue: str) -> None:
    assert_reads(words, value, cue)


NO_DATE = [
    "Công văn 76-KH/ĐU", "trực 24/7", "nghỉ 1/2 ngày", "tỷ lệ 3/4 số hộ", "Điều 5/2 của Quy chế",
    "Luật số 91/2015/QH13", "đạt 98,5%", "gọi 0912.345.678", "(024) 3838 6506", "mục 1.2.3",
    "trước ngày 31/2/2026", "trong 3 năm qua", "họp không quá 4 ngày", "Việt Nam 2025 đổi mới",
    "Cách mạng tháng Tám", "march forward, you may go", "lần thứ 12", "quý vị", "ngay sau đó",
    "5 nhiệm vụ, 7 giải pháp", "đến 3/4 diện tích", "đầu năm", "cuối tháng", "tháng sau", "6 tháng sau",
    "trong nhiều tháng từ khi ấy", "Thông tư số 03/2021/TT-BYT", "31/2/QĐ",
    "6 tháng một lần", "ít nhất 6 tháng 1 lần", "6 tháng hai đơn vị gặp nhau", "dự án đầu tư 03/2014/TT",
    "mừng 30/4/75", "quý 5", "quý V", "tháng 13", "trong các ngày 5.6.7", "ngày … tháng … năm 2026",
    "ngày ... tháng 5 năm 2026", "tháng … năm 2026", "ngày 05 thảng 4 năm 2026", "ngày 05 tháng 4 nãm 2026",
    "ngày hai mươi tháng tư", "sinh ngày 16 tháng 12 năm 1775", "từ tháng 9 năm 1886", "tỷ lệ 31/2", "đạt 45/63 tỉnh", "12/13/KH", "ngày 24/24 giờ", "từ 5 đến 7 người", "máy may, 10 cái",
]  # fmt: skip


LABELLED = ["Thời hạn: 20/4", "Thời gian: 20/4", "Thời hạn hoàn thành: 20/4"]


@pytest.mark.parametrize("text", LABELLED)
def test_a_label_makes_a_fraction_a_day(text: str) -> None:
    (mention,) = find_dates(text, ISSUED)
    assert (mention.text, mention.value) == ("20/4", "2026-04-20")


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(text: str) -> None:
    assert find_dates(text, ISSUED) == []


COMPLETED = [
    pytest.param("trước ngày 20/4", "2026-04-20", id="same-year"),
    pytest.param("trước ngày 01/3", "2026-03-01", id="shortly-before-issue"),
    pytest.param("trong tháng 12", "2026-12", id="later-month"),
    pytest.param("từ ngày 15/11 đến ngày 15/12", "2026-11-15/2026-12-15", id="range"),
    pytest.param("từ ngày 20/12 đến ngày 10/01", "2025-12-20/2026-01-10", id="range-over-new-year"),
    pytest.param("quý II", "2026-Q2", id="quarter"),
]


@pytest.mark.parametrize(("text", "value"), COMPLETED)
def test_a_missing_year_is_the_year_of_issue(text: str, value: str) -> None:
    (mention,) = find_dates(text, ISSUED)
    assert mention.value == value
    assert not mention.certain_year


def test_a_limit_long_past_at_issue_is_next_year() -> None:
    (mention,) = find_dates("nộp trước ngày 15/01", datetime.date(2025, 12, 20))
    assert (mention.value, mention.certain_year) == ("2026-01-15", False)


REFERENCES = [
    "Kế hoạch số 15-KH/HU ngày 07/4/2026",
    "Nghị quyết số 02-NQ/TU, ngày 16/6/2025",
    "Công văn số 3025 ngày 13/5/2025",
    "Thông tri số 04-TT/TU ngày 03 tháng 10 năm 2025",  # «TU» is no «từ»
    "Luật Thư viện ngày 21 tháng 11 năm 2019",
    "Plan No. 15-KH/HU dated 7 April 2026",
    "Suối Mơ, ngày 10 tháng 3 năm 2026",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_date_of_a_document(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.reference
    assert mention.certain_year


def test_deadline_beside_a_reference() -> None:
    first, second = find_dates("Theo Kế hoạch số 5-KH/ĐU ngày 2/3/2026, nộp trước ngày 9/4/2026.")
    assert (first.reference, second.reference, second.value) == (True, False, "2026-04-09")


@pytest.mark.parametrize(
    "text", ["mừng Ngày Giải phóng 30/4", "Lễ Quốc khánh 02/9", "Ngày Thành lập Đảng 03/2;"]
)
def test_named_day(text: str) -> None:
    (mention,) = find_dates(text)
    assert mention.named_day


def test_several_in_one_sentence() -> None:
    text = "Chi bộ báo cáo trước ngày 5/6/2026, vào tháng 9 hằng năm và trong quý IV/2026."
    assert [m.value for m in find_dates(text)] == ["2026-06-05", "YEARLY-09", "2026-Q4"]


PERIODIC = [
    ("Báo cáo định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12).", ["YEARLY-06-15", "YEARLY-12-15"]),
    ("Chế độ hằng quý (trước ngày 15 của tháng cuối quý).", ["QUARTERLY", "QUARTERLY-M3-15"]),
    ("Định kỳ tổng hợp kết quả 6 tháng (**trước 20/6**) và năm.", ["YEARLY-06-20"]),
    ("Trong tháng 4/2023 và hằng tháng (từ năm 2023-2025)", ["2023-04", "MONTHLY(2023..2025)"]),
    ("Sơ kết 6 tháng (trước ngày 15/6).", ["2026-06-15"]),  # nothing says that it recurs
    ("Định kỳ báo cáo. Tổng kết năm (trước ngày 15/12).", ["2026-12-15"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), PERIODIC, ids=[row[0] for row in PERIODIC])
def test_periodic_duties(text: str, values: list[str]) -> None:
    mentions = find_dates(text, ISSUED)
    assert [m.value for m in mentions] == values
    for mention in mentions:
        assert (mention.cue == "every") == ("LY" in mention.value)


def test_a_law_of_investment_is_no_time() -> None:
    (mention,) = find_dates("Luật Đầu tư năm 2014")
    assert (mention.text, mention.value) == ("năm 2014", "2014")  # «tư» is no «từ»


def test_the_event_that_ends_a_range_stops_at_the_next_date() -> None:
    text = "từ tháng 9/2026 đến khi hoàn thành và báo cáo trong tháng 12/2026"
    first, second = find_dates(text)
    assert first.value == "2026-09/END"
    assert first.end <= second.start
    assert second.value == "2026-12"


def test_a_date_far_from_any_other_word_of_dates() -> None:
    prose = "Nhân dân phấn khởi, tin tưởng. " * 500
    (mention,) = find_dates(f"{prose}Nộp trước ngày 20/4/2023. {prose}")
    assert (mention.text, mention.value) == ("trước ngày 20/4/2023", "2023-04-20")


AGREE = [
    ("--04-20", "2023-04-20"), ("2025-10", "2025-10-31"), ("--11", "YEARLY-11"),
    ("--11-15", "YEARLY-11"), ("2025-Q4", "2025-11"), ("--Q3", "2026-07-04"),
    ("MONTHLY-15", "--06-15"), ("2025", "2025-10/2026-03"), ("/2025-10", "2025-09-01"),
    ("2026-01/END", "2027-03"), ("2026-04-02", "2026-04-01;2026-04-02"), ("YEARLY", "YEARLY"),
    ("RELATIVE:P10D", "RELATIVE:P10D"), ("2026", "2026-05-01"),
]  # fmt: skip
DISAGREE = [
    ("--04-20", "2023-04-21"), ("2025-10", "2025-11-01"), ("2024", "2025"), ("YEARLY", "2025"),
    ("2025-Q4", "2025-09"), ("--06", "2025-10/2026-03"), ("MONTHLY-15", "--06-16"), ("", ""),
    ("RELATIVE:P10D", "RELATIVE:P5D"), ("2024-05/", "2023-01"), ("2023", "--04-20"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), AGREE)
def test_values_that_agree(a: str, b: str) -> None:
    assert matches(a, b)
    assert matches(b, a)


@pytest.mark.parametrize(("a", "b"), DISAGREE)
def test_values_that_disagree(a: str, b: str) -> None:
    assert not matches(a, b)
    assert not matches(b, a)


_POINT = r"(?:\d{4}(?:-\d\d(?:-\d\d)?|-Q[1-4])?|--(?:\d\d(?:-\d\d)?|Q[1-4]))"
#: The parts of a value, as ``ingest.dates`` tells them.
PART = re.compile(
    rf"(?:{_POINT}|{_POINT}/|/{_POINT}|{_POINT}/(?:{_POINT}|END)"
    r"|(?:YEARLY(?:-(?:\d\d(?:-\d\d)?|Q[1-4]))?|MONTHLY(?:-\d\d)?|WEEKLY(?:-[1-7])?"
    r"|QUARTERLY(?:-LAST-WEEK|-M[123](?:-\d\d)?)?|DAILY(?:-\d\d:\d\d)?)(?:\(\d{4}\.\.\d{4}\))?"
    r"|RELATIVE:P(?:T\d+H|\d+(?:BD|[DWMY])))"
)
PIECES = st.sampled_from(
    "trước|ngày|20/4|2026|tháng|11|hằng năm|từ|đến|quý|III|năm|-|,| |\n|**|(|)|16h|10 ngày|within"
    "|by|May|every|và|/|31/2|kể từ|số 5-KH/ĐU|l5/4/2O23|32|Q4|cuối|hết|nay|29/02|00|trở đi|tiếp theo"
    "|và các năm|sau|của|tháng sau|năm sau|âm lịch|Chạp|O2|tuần đầu|02 ngày|ít nhất|+|hoặc|.".split(
        "|"
    )
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80)),
    st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
)
def test_any_text(text: str, issued: datetime.date | None) -> None:
    mentions = find_dates(text, issued)
    assert mentions == find_dates(text, issued)
    end = 0
    for mention in mentions:
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= end
        assert all(PART.fullmatch(part) for part in mention.value.split(";")), mention.value
        end = mention.end
    taken = [(mention.start, mention.end) for mention in mentions]
    for (_, before), (after, _) in itertools.pairwise(
        sorted(taken + find_unread_dates(text, mentions))
    ):
        assert before <= after


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*"0123456789-/;", "END", "Q1", "YEARLY"]), max_size=12).map("".join),
    st.sampled_from(AGREE),
)
def test_matches_never_fails(value: str, other: tuple[str, str]) -> None:
    assert matches(value, other[1]) == matches(other[1], value)


@pytest.mark.parametrize(
    "piece",
    ["ngày 1, ", "1/", "từ ngày 1 ", "trước ", "12:00 ", "cuối ", " ", "31/2 ", "2O/4/2023 "],
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        find_unread_dates(text, find_dates(text))
        return time.process_time() - start

    short, long = seconds(piece * 500), seconds(piece * 2000)
    assert long < 12 * max(short, 0.1)  # four times the text; sixteen would be quadratic
