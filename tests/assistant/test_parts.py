"""The part of a document that a question asks for."""

from __future__ import annotations

import pytest

from assistant.parts import asks_issue_date, parts_asked_for
from assistant.understand import understand
from ingest.records import Role
from ingest.vietnamese import fold


@pytest.mark.parametrize(
    ("typed", "field", "role"),
    [
        ("Ai ký kế hoạch này?", "signer", Role.SIGNATURE),
        ("Who signed the plan?", "signer", Role.SIGNATURE),
        ("Kế hoạch được gửi cho ai?", "recipients", Role.RECIPIENTS),
        ("Kế hoạch có số hiệu gì?", "number", Role.HEAD),
        ("ke hoach ban hanh ngay nao", "date", Role.HEAD),
        ("When was the plan issued?", "date", Role.HEAD),
        ("Kế hoạch căn cứ vào đâu?", "bases", Role.PREAMBLE),
        ("Các chi bộ báo cáo ngày nào?", None, None),
        ("Hội Nông dân làm gì?", None, None),
    ],
)
def test_a_field_of_the_header_and_its_place(
    typed: str, field: str | None, role: Role | None
) -> None:
    fields, roles = parts_asked_for(understand(typed))
    assert (fields[0] if fields else None) == field
    assert (max(roles, key=lambda r: roles[r]) if roles else None) == role


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Kế hoạch ban hành ngày nào?", True),
        ("Công văn được ký vào ngày nào?", True),
        ("van ban ra doi khi nao", True),
        ("the letter dated when?", True),
        ("Ngày nào phải ban hành kế hoạch?", False),
        ("Các chi bộ ký cam kết trước ngày nào?", False),
    ],
)
def test_the_date_of_issue_is_asked_for_or_another(typed: str, asked: bool) -> None:
    assert asks_issue_date(fold(typed).lower(), typed) is asked
