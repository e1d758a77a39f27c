"""Sentences and items of a document, and what is said around them."""

from __future__ import annotations

import pytest

from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.units import (
    SourceUnit,
    completed_line,
    fields_after,
    folded_term,
    is_time_field,
    said_by,
    source_units,
)
from ingest.dates import find_dates
from ingest.header import find_header
from ingest.pipeline import Library
from ingest.records import Role, SourceDocument
from ingest.structure import find_sections, first_section

PLAN = """KẾ HOẠCH
Mở lớp bơi cho thiếu nhi

I. VIỆC CẦN LÀM
1. Đoàn Thanh niên xã: Lập danh sách lớp; gửi nhà trường trước ngày 03/6/2025.
2. Thuê bể bơi. Mua phao tập nổi.
- Thời gian hoàn thành: ngày 10/6/2025.
- Đơn vị chủ trì: Trường Tiểu học Bến Cau.
3. Khai giảng lớp bơi tại bể bơi của huyện.
"""


def document_of(text: str) -> SourceDocument:
    header, roles = find_header(text, first_section(text))
    return SourceDocument(
        "x" * 64, "boi.txt", text, (0,), header, find_sections(text, roles), tuple(roles)
    )


def units_of(document: SourceDocument) -> list[SourceUnit]:
    text = document.text
    return list(source_units(document, 0, len(text), Role.BODY, find_dates(text)))


def unit(words: str) -> SourceUnit:
    return next(u for u in units_of(document_of(PLAN)) if u.text.startswith(words))


def test_a_unit_is_a_sentence_or_item_without_its_mark() -> None:
    assert [u.text for u in units_of(document_of(PLAN))][3:] == [
        "Đoàn Thanh niên xã: Lập danh sách lớp;",
        "gửi nhà trường trước ngày 03/6/2025.",
        "Thuê bể bơi.",
        "Mua phao tập nổi.",
        "Thời gian hoàn thành: ngày 10/6/2025.",
        "Đơn vị chủ trì: Trường Tiểu học Bến Cau.",
        "Khai giảng lớp bơi tại bể bơi của huyện.",
    ]


def test_a_unit_knows_its_headings_its_line_and_its_dates() -> None:
    late = unit("gửi nhà trường")
    assert "việc_cần" in late.around
    assert "thanh_niên" in late.before
    assert "thanh_niên" not in late.said
    assert [d.value for d in late.dates] == ["2025-06-03"]
    assert late.document.text[late.dates[0].start : late.dates[0].end] in late.text


def test_a_field_line_completes_the_line_above() -> None:
    field = unit("Đơn vị chủ trì")
    assert field.is_field
    assert "bể_bơi" in field.before
    document = field.document
    above = completed_line(document, field.start)
    assert above is not None
    assert document.text[above[0] : above[1]].endswith("Mua phao tập nổi.")
    work = unit("Mua phao")
    assert [document.text[a:b] for a, b in fields_after(document, work.end)] == [
        "Thời gian hoàn thành: ngày 10/6/2025.",
        "Đơn vị chủ trì: Trường Tiểu học Bến Cau.",
    ]


def test_a_line_that_no_field_follows() -> None:
    last = unit("Khai giảng")
    assert fields_after(last.document, last.end) == []
    assert not last.is_field


def test_the_first_line_completes_nothing() -> None:
    assert completed_line(document_of(PLAN), 3) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Thời gian thực hiện: tháng 5", True),
        ("Thời hạn hoàn thành: 12/5", True),
        ("Tiến độ: theo quý", True),
        ("Đơn vị chủ trì: Sở Y tế", False),
        ("Báo cáo trước ngày 12/5", False),
    ],
)
def test_lines_of_time(line: str, expected: bool) -> None:
    assert is_time_field(line) is expected


def test_what_is_said_has_marks_folded_keys_and_abbreviations_in_full() -> None:
    said = said_by("UBND họp")
    assert {"họp", "~hop", "ủy_ban", folded_term("nhân_dân")} <= said
    assert said_by("hỏa") & said_by("hóa") == {"~hoa"}
    assert written_out("UBND xã").lower() == "ủy ban nhân dân xã"


def test_units_stand_in_order_apart_and_within_their_passage(library: Library) -> None:
    index = LibraryIndex(library)
    for passage in index.passages:
        end = passage.start
        for each in index.units_of(passage):
            assert end <= each.start < each.end <= passage.end
            assert each.text == each.text.strip()
            assert any(c.isalnum() for c in each.text)
            assert all(each.start <= d.start < each.end for d in each.dates)
            end = each.end


def test_a_row_of_a_table_is_one_unit(library: Library) -> None:
    index = LibraryIndex(library)
    rows = [
        u.text.split("\n\n")
        for p in index.passages
        for u in index.units_of(p)
        if "Tập huấn an toàn thông tin" in u.text
    ]
    assert rows == [
        ["4", "Tập huấn an toàn thông tin cho cán bộ, công chức", "Công an xã", "Tháng 8/2025"]
    ]
