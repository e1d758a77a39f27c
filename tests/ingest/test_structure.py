"""The section tree: every numbering of the genre, in a table; nesting as a law."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pipeline import read_document
from ingest.records import Role, Section
from ingest.structure import find_sections, first_section, marker_of

MARKERS = {
    "I. MỤC ĐÍCH": "I",
    "I- MỤC ĐÍCH": "I",
    "II – YÊU CẦU": "II",
    "III) Nội dung": "III",
    "IV/ TỔ CHỨC": "IV",
    "I.“Sạch làng”": "I",
    "1. Nội dung": "1",
    "1- Nội dung": "1",
    "1-Nội dung": "1",
    "1-NỘI DUNG": "1",
    "1) Nội dung": "1",
    "1/ Nội dung": "1",
    "01. Nội dung": "01",
    "1.Nội dung": "1",
    "2. 100% hộ dân": "2",
    "3. 15 hộ dân": "3",
    "1.1. Học tập": "1.1",
    "1.1 Học tập": "1.1",
    "1.1- Học tập": "1.1",
    "1.1 - Học tập": "1.1",
    "1.1) Học tập": "1.1",
    "1.1: Học tập": "1.1",
    "1.1.2. Nhỏ": "1.1.2",
    "1.1.2.3 Nhỏ": "1.1.2.3",
    "II.1. Việc": "II.1",
    "II.1.2. Việc": "II.1.2",
    "a) Việc": "a",
    "a. Việc": "a",
    "a/ Việc": "a",
    "a- Việc": "a",
    "đ) Việc": "đ",
    "a.1) Nhỏ": "a.1",
    "a1) Nhỏ": "a1",
    "(1) Việc": "(1)",
    "(a) Việc": "(a)",
    "- Việc": "-",
    "– Việc": "–",
    "-Việc": "-",
    "+ Việc": "+",
    "* Việc": "*",
    "• Việc": "•",
    "A. CHUNG": "A",
    "B- RIÊNG": "B",
    "Phần thứ nhất": "Phần thứ nhất",
    "PHẦN THỨ HAI ĐÁNH GIÁ": "PHẦN THỨ HAI",
    "Phần I: Chung": "Phần I",
    "Chương II": "Chương II",
    "CHƯƠNG IV QUY ĐỊNH": "CHƯƠNG IV",
    "Mục 2. Chung": "Mục 2",
    "Điều 5. Hiệu lực": "Điều 5",
    "Điều 5a: Hiệu lực": "Điều 5a",
    "Bước 1: Họp": "Bước 1",
    "Giai đoạn 2: Làm": "Giai đoạn 2",
    "Đợt 1: Tháng 3": "Đợt 1",
    "PHỤ LỤC": "PHỤ LỤC",
    "Phụ lục II": "Phụ lục II",
    "Phụ lục số 3": "Phụ lục số 3",
}
NO_MARKERS = [
    "20/4/2023 là hạn",
    "1.500 người dự",
    "5.5% hộ nghèo",
    "2-3 lần mỗi tháng",
    "1.2-1.5 tỷ đồng",
    "12-CT/TW ngày 01/3/2024",
    "2023. Năm mới",
    "IIII. Sai số La Mã",
    "V/v trồng cây",
    "v.v. các loại",
    "Phần lớn cán bộ",
    "Phụ lục kèm theo",
    "Chương trình 1",
    "Mục tiêu chung",
    "Bước đầu: tốt",
    "V.I. Lênin viết",
    "12",
    "1.",
    "-",
    "--- hết",
    "Các chi bộ: làm ngay",
]


@pytest.mark.parametrize(("line", "label"), MARKERS.items(), ids=MARKERS)
def test_marker(line: str, label: str) -> None:
    marker = marker_of(line)
    assert marker is not None
    assert marker[1] == label
    assert line[marker[2] :].strip() == line[marker[2] :]  # the heading follows at once


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert marker_of(line) is None


def tree(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.label, s.heading) for s in find_sections(text, [(0, Role.BODY)])]


def test_tree_of_a_plan() -> None:
    text = (
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Nâng cao nhận thức của các chi bộ trong xã.\n"
        "2. Yêu cầu: Thiết thực.\nII. NỘI DUNG\n1. Tuyên truyền\n1.1. Báo\na) Báo tỉnh:\n+ Một kỳ\n"
        "1.2- Đài\n3. Bỏ số hai\nIV. THỰC HIỆN"
    )
    assert tree(text) == [
        (0, "I", "MỤC ĐÍCH, YÊU CẦU"), (1, "1", "Mục đích"), (2, "-", ""), (1, "2", "Yêu cầu"),
        (0, "II", "NỘI DUNG"), (1, "1", "Tuyên truyền"), (2, "1.1", "Báo"), (3, "a", "Báo tỉnh"),
        (4, "+", "Một kỳ"), (2, "1.2", "Đài"), (1, "3", "Bỏ số hai"), (0, "IV", "THỰC HIỆN"),
    ]  # fmt: skip


def test_repeated_numbers_stay_siblings() -> None:
    assert [s[:2] for s in tree("1. Một\n1. Một nữa\n2. Hai")] == [(0, "1"), (0, "1"), (0, "2")]


def test_a_list_announced_by_a_bullet_belongs_to_it() -> None:
    text = "1. Giao\n- Làm theo các bước sau:\n(1) Họp\n(2) Báo cáo\n- Nhắc nhở\n2. Khác"
    levels = [(level, label) for level, label, _ in tree(text)]
    assert levels == [(0, "1"), (1, "-"), (2, "(1)"), (2, "(2)"), (1, "-"), (0, "2")]


def test_chapters_that_lost_their_numbers_are_told_by_capitals() -> None:
    text = "1. MỤC ĐÍCH YÊU CẦU\n2. Mục đích\n3. Yêu cầu\n1. NỘI DUNG HOẠT ĐỘNG\n2. Đọc sách"
    assert [level for level, _, _ in tree(text)] == [0, 1, 1, 0, 1]


def test_an_unmarked_paragraph_belongs_to_the_section_not_to_its_bullet() -> None:
    text = "I. VIỆC\n- Quét đường\nCả làng cùng làm.\nII. NGÀY"
    chapter, bullet, _ = find_sections(text, [(0, Role.BODY)])
    assert text[bullet.start : bullet.end] == "- Quét đường\n"
    assert text[chapter.start : chapter.end].endswith("cùng làm.\n")


def test_the_closing_paragraph_belongs_to_no_section() -> None:
    text = "I. VIỆC\n1. Quét đường\nĐề nghị các chi bộ thực hiện nghiêm túc kế hoạch này."
    sections = find_sections(text, [(0, Role.BODY)])
    assert all(s.end <= text.index("Đề nghị") for s in sections)


def test_sections_stand_in_the_body_alone() -> None:
    text = "1. Không phải mục\nI. MỤC\nNơi nhận:\n- Các chi bộ"
    body, tail = text.index("I. "), text.index("Nơi")
    roles = [(0, Role.HEAD), (body, Role.BODY), (tail, Role.RECIPIENTS)]
    assert [(s.label, s.start, s.end) for s in find_sections(text, roles)] == [("I", body, tail)]


@pytest.mark.parametrize(
    ("line", "heading", "body"),
    [
        ("1. Thời gian: ngày 20/4", "Thời gian", "ngày 20/4"),
        ("1. Thành phần:", "Thành phần", ""),
        ("1. Các chi bộ họp và báo cáo kết quả.", "", "Các chi bộ họp và báo cáo kết quả."),
    ],
)
def test_heading_and_body(line: str, heading: str, body: str) -> None:
    (section,) = find_sections(line, [(0, Role.BODY)])
    assert section.heading == heading
    assert line[section.body_start :] == body


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("20/ Công văn\nTên\n1. Một", "1. Một"),
        ("Mở đầu\n- Gạch\nI. MỘT", "I. MỘT"),
        ("không có mục nào", ""),
    ],
)
def test_first_section(text: str, at: str) -> None:
    assert text[first_section(text) :] == at


def check_nesting(text: str, sections: tuple[Section, ...]) -> None:
    for index, section in enumerate(sections):
        assert section.start < section.end <= len(text)
        assert section.start <= section.body_start <= section.end
        assert text[section.start :].startswith(section.label)
        if section.parent >= 0:
            parent = sections[section.parent]
            assert section.parent < index
            assert section.level == parent.level + 1
            assert parent.start < section.start
            assert section.end <= parent.end
        else:
            assert section.level == 0
        before = [s for s in sections[:index] if s.level == section.level]
        assert all(s.end <= section.start for s in before)


NUMBERED = st.lists(
    st.sampled_from([*MARKERS, "Một đoạn văn.", "Gồm các việc sau:", "", "(2) Việc", "b) Việc"]),
    max_size=30,
).map("\n".join)


@given(NUMBERED)
def test_sections_nest(text: str) -> None:
    check_nesting(text, find_sections(text, [(0, Role.BODY)]))


PLANS = Path(os.environ.get("PLANS") or Path(__file__).parents[3] / "shared" / "plans")


@pytest.mark.skipif(not PLANS.is_dir(), reason="the folder of real plans is absent")
def test_sections_of_real_plans_nest() -> None:
    paths = sorted(PLANS.glob("*/*.txt"))
    assert paths
    for path in paths:
        document = read_document(path)
        check_nesting(document.text, document.sections)
        for offset in range(0, len(document.text), 97):
            held = [i for i, s in enumerate(document.sections) if s.start <= offset < s.end]
            assert document.section_at(offset) == (held[-1] if held else -1)
