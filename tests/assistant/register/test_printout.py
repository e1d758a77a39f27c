"""The printed table, opened again with python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date

from docx import Document
from docx.document import Document as OpenDocument
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.records import RegisterRow
from assistant.register.printout import to_docx

ON = date(2024, 7, 28)
Change = Callable[..., RegisterRow]


def opened(written: bytes) -> OpenDocument:
    return Document(io.BytesIO(written))


def lines_of(document: OpenDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_title_says_what_is_shown_and_when(rows: Sequence[RegisterRow]) -> None:
    document = opened(to_docx(rows, on=ON, shown="việc của Hội Nông dân xã"))
    assert lines_of(document)[:2] == [
        "Bảng theo dõi nhiệm vụ theo thời hạn",
        "Nội dung: việc của Hội Nông dân xã. Số nhiệm vụ: 10. Tính đến ngày 28/7/2024.",
    ]
    assert document.paragraphs[0].runs[0].font.size == Pt(13)


def test_every_row_has_its_exact_words_and_their_source(rows: Sequence[RegisterRow]) -> None:
    (table,) = opened(to_docx(rows, on=ON)).tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "STT", "Đơn vị", "Việc, trích nguyên văn và nguồn", "Thời hạn", "Tình trạng (28/7/2024)",
        "Báo cáo về",
    ]  # fmt: skip
    assert len(table.rows) == len(rows) + 1
    for row, line in zip(rows, table.rows[1:], strict=True):
        action, quote, source = line.cells[2].paragraphs
        assert action.text == row.obligation.action
        assert quote.text == f"«{row.citation.quote}»"
        assert all(run.italic for run in quote.runs)
        assert source.text.startswith(f"Nguồn: {row.document.name}, số {row.citation.number}")
    assert table.rows[1].cells[4].text == "Quá hạn 99 ngày"
    assert table.rows[3].cells[1].text == "(không nêu đơn vị)"


def test_a_reading_stands_beside_words_that_do_not_say_it(dated: Change) -> None:
    rows = [
        dated(deadline_text="trước ngày 20/4/2024", deadline="2024-04-20"),
        dated(deadline_text="trước ngày 20/4", deadline="2024-04-20"),
        dated(deadline_text="tháng cuối quý", deadline="QUARTERLY-M3"),
    ]
    (table,) = opened(to_docx(rows)).tables
    assert [line.cells[3].text for line in table.rows[1:]] == [
        "trước ngày 20/4/2024",
        "trước ngày 20/4\n→ 20/4/2024",
        "tháng cuối quý\n→ tháng cuối hằng quý",
    ]
    (table,) = opened(to_docx(rows, language="en")).tables
    assert table.rows[1].cells[3].text == "trước ngày 20/4/2024\n→ 20 April 2024"


def test_marks_are_explained_below_each_once(rows: Sequence[RegisterRow]) -> None:
    document = opened(to_docx([*rows, *rows]))
    lines = lines_of(document)
    notes = lines[lines.index("Ghi chú:") + 1 :]
    assert notes == [
        "(1) Văn bản không nêu đơn vị thực hiện.",
        "(2) Đơn vị là nơi nhận hoặc phạm vi chung của văn bản, không nêu riêng cho việc này.",
        "(3) Cùng văn bản, chỗ khác ghi thời hạn khác cho việc này.",
        "(4) Năm của thời hạn cách xa năm ban hành văn bản.",
        "(5) Chỗ ghi thời hạn không đọc được thành ngày; xem nguyên văn.",
    ]
    table = document.tables[0]
    assert table.rows[8].cells[3].text.startswith("trước ngày 05/11/2024 (3) (4)")
    assert table.rows[18].cells[3].text == table.rows[8].cells[3].text
    no_doubts = lines_of(opened(to_docx(rows[:2])))
    assert "Ghi chú:" not in no_doubts


def test_it_prints_on_a4_across_with_the_head_on_every_page(rows: Sequence[RegisterRow]) -> None:
    document = opened(to_docx(rows))
    page = document.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)
    (table,) = document.tables
    assert sum(column.width for column in table.columns) <= Mm(262)
    assert [line._tr.find(f".//{qn('w:tblHeader')}") is not None for line in table.rows[:2]] == [
        True,
        False,
    ]
    assert all(line._tr.find(f".//{qn('w:cantSplit')}") is not None for line in table.rows)
    fields = [f.get(qn("w:instr")) for f in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    letters = document.styles["Normal"]
    assert (letters.font.name, letters.font.size) == ("Times New Roman", Pt(12))
    assert letters.element.rPr.rFonts.get(qn("w:cs")) == "Times New Roman"


def test_control_characters_do_no_harm(dated: Change) -> None:
    row = dated(actor="Tổ\x00 1\x1b", action="Nộp\x0c\ufffe báo cáo", deadline_text="31/2")
    (table,) = opened(to_docx([row], shown="a\x00b")).tables
    assert table.rows[1].cells[1].text == "Tổ 1"
    assert table.rows[1].cells[2].paragraphs[0].text == "Nộp báo cáo"


def test_no_rows_make_a_page_that_says_so() -> None:
    document = opened(to_docx([], on=ON))
    assert document.tables == []
    assert lines_of(document)[-1] == "Không có nhiệm vụ nào phù hợp với nội dung đã chọn."
    assert "No duty matches what was asked for." in lines_of(opened(to_docx([], language="en")))
