"""The workbook, opened again with openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.records import RegisterRow
from assistant.register.spreadsheet import to_xlsx

ON = date(2024, 7, 28)
Change = Callable[..., RegisterRow]


def sheet_of(written: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(written)).active


def column(sheet: Worksheet, head: str) -> list[object]:
    (found,) = [cells for cells in sheet.columns if str(cells[0].value).startswith(head)]
    return [cell.value for cell in found[1:]]


def test_every_row_is_there_with_its_exact_words(rows: Sequence[RegisterRow]) -> None:
    sheet = sheet_of(to_xlsx(rows, on=ON))
    assert [cell.value for cell in sheet[1]] == [
        "STT", "Đơn vị", "Việc", "Thời hạn", "Ngày đến hạn", "Tình trạng (28/7/2024)",
        "Báo cáo về", "Văn bản", "Số", "Mục", "Trang", "Trích nguyên văn", "Ghi chú",
    ]  # fmt: skip
    assert column(sheet, "STT") == list(range(1, len(rows) + 1))
    assert column(sheet, "Trích") == [row.citation.quote for row in rows]
    assert column(sheet, "Thời hạn") == [row.obligation.deadline_text for row in rows]
    assert column(sheet, "Số")[0] == "35-KH/ĐU"
    assert column(sheet, "Mục")[0] == "IV › 1 › 1.2"
    assert column(sheet, "Đơn vị")[2] is None


def test_a_last_day_is_a_date_and_the_rest_is_words(rows: Sequence[RegisterRow]) -> None:
    due = column(sheet_of(to_xlsx(rows)), "Ngày đến hạn")
    assert due == [
        datetime(2024, 4, 20), datetime(2024, 7, 31), datetime(2024, 6, 30), "tháng 11 hằng năm",
        datetime(2025, 12, 31), "17:30 hằng ngày", "thứ Bảy hằng tuần", datetime(2024, 11, 5),
        "7 ngày", None,
    ]  # fmt: skip


def test_a_date_that_excel_does_not_know_is_words(dated: Change) -> None:
    rows = [dated(deadline="1023-04-20"), dated(deadline="2923-04-20")]
    due = column(sheet_of(to_xlsx(rows)), "Ngày đến hạn")
    assert due == ["20/4/1023", datetime(2923, 4, 20)]


def test_what_is_overdue_is_said_where_a_day_is_given(rows: Sequence[RegisterRow]) -> None:
    standing = column(sheet_of(to_xlsx(rows, on=ON)), "Tình trạng")
    assert standing[:4] == [
        "Quá hạn 99 ngày", "Còn 3 ngày", "Quá hạn 28 ngày", "Kỳ tới 30/11/2024: còn 125 ngày",
    ]  # fmt: skip
    heads = [str(cell.value) for cell in sheet_of(to_xlsx(rows))[1]]
    assert not any(head.startswith("Tình trạng") for head in heads)


DANGEROUS = [
    '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=1+1", "#N/A", "#REF!", "TRUE",
    "12/5/2024", "00123",
]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_words_of_a_document_stay_words(dated: Change, text: str) -> None:
    written = to_xlsx([dated(actor=text, action=text, deadline_text=text, report_to=text)], on=ON)
    sheet = sheet_of(written)
    for head in ("Đơn vị", "Việc", "Thời hạn", "Báo cáo về"):
        assert column(sheet, head) == [text]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}
    with zipfile.ZipFile(io.BytesIO(written)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
    prefixed = [cell for cell in sheet[2] if cell.value == text and cell.quotePrefix]
    assert len(prefixed) == (4 if text[0] in "=+-@" else 0)


def test_control_characters_and_endless_text_do_no_harm(dated: Change) -> None:
    row = dated(actor="Tổ\x00 \x0b1\x1f\ufffe", action="a" * 40_000)
    sheet = sheet_of(to_xlsx([row]))
    assert column(sheet, "Đơn vị") == ["Tổ 1"]
    assert sheet.row_dimensions[2].height == 409  # what Excel allows


def test_it_is_laid_out_to_be_filtered_and_printed(rows: Sequence[RegisterRow]) -> None:
    sheet = sheet_of(to_xlsx(rows, on=ON))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:M{len(rows) + 1}"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert re.fullmatch(r"\$?1:\$?1", sheet.print_title_rows)
    assert all(cell.alignment.wrap_text for cell in sheet[2])
    assert all(cell.font.name == "Times New Roman" for line in sheet for cell in line)


def test_doubts_are_noted(rows: Sequence[RegisterRow]) -> None:
    notes = column(sheet_of(to_xlsx(rows)), "Ghi chú")
    assert notes[2] == "Văn bản không nêu đơn vị thực hiện."
    assert str(notes[6]).startswith("Đơn vị là nơi nhận")
    assert str(notes[7]).count("\n") == 1


def test_no_rows_make_a_sheet_that_says_so() -> None:
    sheet = sheet_of(to_xlsx([], on=ON))
    assert sheet["A2"].value == "Không có nhiệm vụ nào phù hợp với nội dung đã chọn."
    english = sheet_of(to_xlsx([], language="en"))
    assert english["A2"].value == "No duty matches what was asked for."
    assert english.title == "Duties"
