"""Dates as they are written and asked for: what they say, how they are meant, what is no date."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.dates import find_dates, find_unread_dates, matches

ISSUED = datetime.date(2026, 3, 10)

#: words, value, cue
ONE_DATE = [
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
    # ranges and lists
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
    # rules
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
    # terms
    ("trong vòng 24 giờ", "RELATIVE:PT24H", "within"),
    ("trong thời hạn 48 giờ kể từ thời điểm", "RELATIVE:PT48H", "within"),
    ("sau 05 ngày làm việc kể từ ngày", "RELATIVE:P5BD", "within"),
    ("trong thời hạn 10 ngày làm việc kể từ ngày", "RELATIVE:P10BD", "within"),
    ("trong vòng 05 (năm) ngày kể từ ngày", "RELATIVE:P5D", "within"),
    ("chậm nhất 03 ngày sau khi", "RELATIVE:P3D", "within"),
    ("sau 15 ngày kể từ ngày", "RELATIVE:P15D", "within"),
    ("trong thời hạn 2 tháng", "RELATIVE:P2M", "within"),
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
]


@pytest.mark.parametrize(("words", "value", "cue"), ONE_DATE, ids=[row[0] for row in ONE_DATE])
def test_one_date(words: str, value: str, cue: str) -> None:
    text = f"Gửi báo cáo {words}."
    mentions = find_dates(text)
    assert [(m.value, m.cue) for m in mentions] == [(value, cue)]
    assert mentions[0].text.rstrip(")") == words.strip("*").rstrip(")")
    assert not mentions[0].reference


NO_DATE = [
    "Công văn 76-KH/ĐU", "trực 24/7", "nghỉ 1/2 ngày", "tỷ lệ 3/4 số hộ", "Điều 5/2 của Quy chế",
    "Luật số 91/2015/QH13", "đạt 98,5%", "gọi 0912.345.678", "(024) 3838 6506", "mục 1.2.3",
    "trước ngày 31/2/2026", "trong 3 năm qua", "họp không quá 4 ngày", "Việt Nam 2025 đổi mới",
    "Cách mạng tháng Tám", "march forward, you may go", "lần thứ 12", "quý vị", "ngay sau đó",
    "5 nhiệm vụ, 7 giải pháp", "đến 3/4 diện tích", "đầu năm", "cuối tháng", "tháng sau", "6 tháng sau",
    "ngày 05 của tháng sau", "trong nhiều tháng từ khi ấy", "Thông tư số 03/2021/TT-BYT", "31/2/QĐ",
    "6 tháng một lần", "ít nhất 6 tháng 1 lần", "6 tháng hai đơn vị gặp nhau", "dự án đầu tư 03/2014/TT",
    "sinh ngày 16 tháng 12 năm 1775", "từ tháng 9 năm 1886", "tỷ lệ 31/2", "đạt 45/63 tỉnh", "12/13/KH", "ngày 24/24 giờ", "từ 5 đến 7 người", "máy may, 10 cái",
]  # fmt: skip


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


PIECES = st.sampled_from(
    "trước|ngày|20/4|2026|tháng|11|hằng năm|từ|đến|quý|III|năm|-|,| |\n|**|(|)|16h|10 ngày|within"
    "|by|May|every|và|/|31/2|kể từ|số 5-KH/ĐU|l5/4/2O23|32|Q4|cuối|hết|nay|29/02|00".split("|")
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=80)),
    st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
)
def test_any_text(text: str, issued: datetime.date | None) -> None:
    end = 0
    for mention in find_dates(text, issued):
        assert mention.text == text[mention.start : mention.end] != ""
        assert mention.start >= end
        assert mention.value
        end = mention.end


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
        start = time.perf_counter()
        find_unread_dates(text, find_dates(text))
        return time.perf_counter() - start

    short, long = seconds(piece * 500), seconds(piece * 2000)
    assert long < 12 * max(short, 0.1)  # four times the text; sixteen would be quadratic
