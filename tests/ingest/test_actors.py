"""Who has to do what a sentence says."""

from __future__ import annotations

import pytest

from ingest.actors import actor_span, is_body, is_lead_field
from ingest.header import find_header
from ingest.records import SourceDocument
from ingest.structure import find_sections, first_section


def document_of(text: str) -> SourceDocument:
    header, roles = find_header(text, first_section(text))
    return SourceDocument(
        "x" * 64, "a.txt", text, (0,), header, find_sections(text, roles), tuple(roles)
    )


def actor(text: str, sentence: str) -> str | None:
    document = document_of(text)
    start = document.text.index(sentence)
    found = actor_span(document, start, start + len(sentence))
    return None if found is None else document.text[found[0] : found[1]]


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        pytest.param(
            "I. VIỆC CHUNG\n1. Các chi bộ, đơn vị: Nộp báo cáo trước ngày 05/5/2024.",
            "Các chi bộ, đơn vị: Nộp báo cáo trước ngày 05/5/2024.",
            "Các chi bộ, đơn vị",
            id="before-a-colon",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Các chi đoàn: Đăng ký trước ngày 05/5; nộp bài trước ngày 09/9.",
            "nộp bài trước ngày 09/9.",
            "Các chi đoàn",
            id="a-later-item-of-the-line",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Mở lớp tập huấn.\nĐơn vị chủ trì tham mưu thực hiện: Sở Tư pháp.",
            "Đơn vị chủ trì tham mưu thực hiện: Sở Tư pháp.",
            "Sở Tư pháp",
            id="a-field",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Giao Phòng Nội vụ chủ trì tổng hợp, báo cáo kết quả.",
            "Giao Phòng Nội vụ chủ trì tổng hợp, báo cáo kết quả.",
            "Phòng Nội vụ",
            id="after-a-verb-of-assigning",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Giao Quân ủy Trung ương lập đề án trồng rừng biên giới.",
            "Giao Quân ủy Trung ương lập đề án trồng rừng biên giới.",
            "Quân ủy Trung ương",
            id="a-party-committee-of-the-army",
        ),
        pytest.param(
            "II. PHÂN CÔNG\nQuân ủy Trung ương\n- Đắp đê.\n- Báo cáo trước ngày 15/7/2025.\n"
            "Đảng ủy Công an Trung ương\n- Xử lý khai thác cát trái phép.",
            "Báo cáo trước ngày 15/7/2025.",
            "Quân ủy Trung ương",
            id="a-heading-without-a-number",
        ),
        pytest.param(
            "II. PHÂN CÔNG\nQuân ủy Trung ương\n- Đắp đê.\n"
            "Đảng ủy Công an Trung ương\n- Xử lý khai thác cát trái phép.",
            "Xử lý khai thác cát trái phép.",
            "Đảng ủy Công an Trung ương",
            id="the-nearer-of-two-headings-without-a-number",
        ),
        pytest.param(
            "II. PHÂN CÔNG\nHội nghị thống nhất như sau\n- Đắp đê trước mùa mưa.",
            "Đắp đê trước mùa mưa.",
            None,
            id="a-line-that-names-no-body",
        ),
        pytest.param(
            "II. PHÂN CÔNG\n1. Sở Nội vụ\n- Trên cơ sở dự toán, chủ trì, phối hợp với các cơ quan, "
            "đơn vị có liên quan tham mưu bố trí kinh phí.",
            "Trên cơ sở dự toán, chủ trì, phối hợp với các cơ quan, đơn vị có liên quan tham mưu "
            "bố trí kinh phí.",
            "Sở Nội vụ",
            id="who-helps-is-no-subject",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Tỉnh đoàn tổ chức hội trại.",
            "Tỉnh đoàn tổ chức hội trại.",
            "Tỉnh đoàn",
            id="the-youth-union-of-a-province",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Trước ngày 10/4/2025, Công an xã báo cáo tình hình.",
            "Trước ngày 10/4/2025, Công an xã báo cáo tình hình.",
            "Công an xã",
            id="after-the-date",
        ),
        pytest.param(
            "I. TỔ CHỨC THỰC HIỆN\n1. Hội Nông dân xã\n- Thu gom vỏ bao bì trước ngày 30/6.",
            "Thu gom vỏ bao bì trước ngày 30/6.",
            "Hội Nông dân xã",
            id="in-the-heading",
        ),
        pytest.param(
            "I. VIỆC CHUNG\n1. Phối hợp với các Sở, Ban, ngành rà soát quy hoạch.",
            "Phối hợp với các Sở, Ban, ngành rà soát quy hoạch.",
            None,
            id="partners-are-no-actor",
        ),
    ],
)
def test_the_actor_of_a_sentence(text: str, sentence: str, expected: str | None) -> None:
    assert actor(text, sentence) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Cơ quan chủ trì: Sở Y tế", True),
        ("Đơn vị phối hợp: Sở Y tế", False),
        ("Thời gian thực hiện: Thường xuyên", False),
        ("Cơ quan chủ trì:", False),
    ],
)
def test_lines_that_name_who_answers_for_a_task(line: str, expected: bool) -> None:
    assert is_lead_field(line) is expected


def test_bodies_and_other_headings() -> None:
    assert is_body("Đề nghị Ủy ban Mặt trận Tổ quốc xã")
    assert not is_body("MỤC ĐÍCH, YÊU CẦU")
