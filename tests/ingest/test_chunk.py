"""Passages rebuild the text they were cut from, and follow its structure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import chunk
from ingest.header import find_header
from ingest.pipeline import read_document
from ingest.records import Role, SourceDocument
from ingest.samples import sample_paths
from ingest.structure import find_sections, first_section


def document_of(text: str) -> SourceDocument:
    header, roles = find_header(text, first_section(text))
    sections = find_sections(text, roles)
    return SourceDocument("d", "d.txt", text, (0,), header, sections, tuple(roles))


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "  ",
            "KẾ HOẠCH",
            "Số: 12-KH/ĐU",
            "I. MỤC ĐÍCH",
            "II- YÊU CẦU",
            "1. Nội dung:",
            "1.1- Học tập",
            "a) Một việc; hai việc; ba việc.",
            "- Chi bộ họp. Ghi biên bản.",
            "+ Xã",
            "Nơi nhận:",
            "T/M BAN THƯỜNG VỤ",
            "PHÓ BÍ THƯ",
            "Lê Văn Tám",
            "PHỤ LỤC",
            "Một đoạn văn dài hơn các dòng khác, có nhiều từ, để cắt. Và một câu nữa.",
        ]
    )
    | st.text(max_size=30).map(lambda s: s.replace("\r", "")),
    max_size=25,
)


@given(LINES.map("\n".join), st.integers(1, 40))
def test_passages_rebuild_the_text(text: str, max_words: int) -> None:
    if not text.strip():
        return
    document = document_of(text)
    passages = chunk(document, max_words)
    assert "".join(p.text for p in passages) == text
    assert [p.start for p in passages] == [0, *(p.end for p in passages[:-1])]
    assert all(p.text == text[p.start : p.end] for p in passages)
    assert len({p.id for p in passages}) == len(passages)
    assert [p.id for p in passages] == sorted(p.id for p in passages)


@given(LINES.map("\n".join), st.integers(1, 40))
def test_passages_are_of_bounded_length(text: str, max_words: int) -> None:
    if not text.strip():
        return
    for passage in chunk(document_of(text), max_words):
        assert len(passage.text.split()) <= max(max_words + 20, 2 * max_words)


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_passages_of_a_sample(path) -> None:  # type: ignore[no-untyped-def]
    document = read_document(path)
    passages = chunk(document)
    assert "".join(p.text for p in passages) == document.text
    for passage in passages:
        held = [s for s in document.sections if s.start < passage.end and s.end > passage.start]
        for label in passage.section:
            assert label in [s.label for s in held]
        assert len(passage.section) == len(passage.headings)
        assert 1 <= passage.page <= len(document.page_starts)


def test_a_passage_knows_its_section_path() -> None:
    long = " ".join(["từ"] * 150)
    text = f"I. MỤC ĐÍCH\n1. Chung\n{long}\n2. Riêng\n{long}\nII. YÊU CẦU\n{long}"
    assert [p.section for p in chunk(document_of(text))] == [("I",), ("I", "2"), ("II",)]


def test_small_siblings_stand_together() -> None:
    text = "I. VIỆC\n1. Quét đường\n2. Trồng cây\nII. NGÀY\n1. Thứ Bảy"
    assert next(p.text for p in chunk(document_of(text), 40)).startswith("I. VIỆC\n1.")


def test_a_long_line_without_a_stop_is_cut_between_words() -> None:
    text = " ".join(f"từ{i}" for i in range(1000))
    passages = chunk(document_of(text), 200)
    assert len(passages) == 5
    assert all(len(p.text.split()) == 200 for p in passages)


def test_the_parts_of_a_document_are_not_mixed() -> None:
    body = " ".join(["việc"] * 60)
    text = (
        "ĐẢNG ỦY XÃ BÌNH AN\nSố: 9-KH/ĐU\nKẾ HOẠCH\nvề trồng cây\nCăn cứ Kế hoạch số 5-KH/HU ngày "
        f"01/3/2024; Đảng ủy xây dựng kế hoạch như sau:\nI. VIỆC\n{body}\nNơi nhận:\n- Các chi bộ,\n"
        "- Lưu VP.\nT/M ĐẢNG ỦY\nBÍ THƯ\nLê Văn Tám"
    )
    passages = chunk(document_of(text))
    assert [p.role for p in passages] == [Role.HEAD, Role.PREAMBLE, Role.BODY, Role.RECIPIENTS]
