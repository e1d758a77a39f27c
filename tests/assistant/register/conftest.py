"""Rows of the register, made by hand from the words of the sample plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.cite import cite
from assistant.records import RegisterRow
from ingest.pipeline import read_document
from ingest.records import Doubt, Obligation, SourceDocument
from ingest.samples import sample_paths

MakeRow = Callable[..., RegisterRow]


@pytest.fixture(scope="session")
def plans() -> dict[str, SourceDocument]:
    """The sample plans by their numbers."""
    documents = [read_document(path) for path in sample_paths()]
    return {d.header.number.value: d for d in documents if d.header.number}


@pytest.fixture(scope="session")
def make_row(plans: dict[str, SourceDocument]) -> MakeRow:
    """A row whose quote runs from ``begins`` to the ``deadline_text`` that follows it."""

    def make(
        number: str,
        begins: str,
        deadline_text: str,
        deadline: str,
        *,
        actor: str = "",
        action: str = "",
        report_to: str = "",
        implied: bool = False,
        doubts: tuple[Doubt, ...] = (),
    ) -> RegisterRow:
        document = plans[number]
        start = document.text.index(begins)
        at = document.text.index(deadline_text, start)
        duty = Obligation(
            id=f"{document.id[:16]}-{start}",
            document_id=document.id,
            actor=actor,
            actor_start=document.text.index(actor) if actor else -1,
            implied=implied,
            action=action or document.text[start:at].strip(" ,("),
            deadline_text=deadline_text,
            deadline_start=at,
            deadline=deadline,
            report_to=report_to,
            start=start,
            end=at + len(deadline_text),
            page=document.page_at(start),
            section=(),
            doubts=doubts,
        )
        return RegisterRow(duty, document, cite(document, duty.start, duty.end))

    return make


@pytest.fixture(scope="session")
def rows(make_row: MakeRow) -> tuple[RegisterRow, ...]:
    """A row for each kind of deadline, with what the plans write."""
    return (
        make_row(
            "35-KH/ĐU", "Báo cáo kết quả học tập đợt 1", "trước ngày 20/4/2024", "2024-04-20",
            actor="Các chi bộ trực thuộc", report_to="Đảng ủy xã (qua Văn phòng Đảng ủy)",
        ),
        make_row(
            "35-KH/ĐU", "thông báo kết quả giám sát", "trong tháng 7/2024", "2024-07",
            actor="Ủy ban Kiểm tra Đảng ủy",
        ),
        make_row(
            "35-KH/ĐU", "Tuyên truyền rộng rãi", "từ ngày 02/5/2024 đến hết ngày 30/6/2024",
            "2024-05-02/2024-06-30", doubts=(Doubt.NO_ACTOR,),
        ),
        make_row(
            "22-KL/ĐU", "Xét chọn, giới thiệu", "vào tháng 11 hằng năm", "YEARLY-11",
            actor="Hội Khuyến học xã", report_to="Ủy ban nhân dân xã",
        ),
        make_row(
            "22-KL/ĐU", "Theo dõi việc thực hiện Kết luận", "vào quý IV/2025", "2025-Q4",
            actor="Văn phòng Đảng ủy",
        ),
        make_row(
            "83/KH-UBND", "Xây dựng chuyên mục phát thanh", "hằng ngày vào lúc 17 giờ 30",
            "DAILY-17:30", actor="Trung tâm Văn hóa, Thể thao và Truyền thanh huyện",
        ),
        make_row(
            "128/KH-UBND", "bố trí điểm tiếp nhận lưu động", "thứ Bảy hằng tuần", "WEEKLY-6",
            actor="Công an xã", implied=True,
        ),
        make_row(
            "17/KH-MTTQ-BTT", "6.2. Báo cáo kết quả thực hiện", "trước ngày 05/11/2024",
            "2024-11-05", actor="Ban Công tác Mặt trận các ấp", action="Báo cáo kết quả thực hiện",
            report_to="Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam xã",
            doubts=(Doubt.CONTRADICTED, Doubt.FAR_YEAR),
        ),
        make_row(
            "09-HD/BTGHU", "Gửi biên bản và kết luận", "trong thời hạn 07 ngày", "RELATIVE:P7D",
            actor="Các chi bộ cơ sở",
        ),
        make_row(
            "06-CT/HU", "Duyệt văn kiện", "chậm nhất 15 ngày trước ngày khai mạc", "",
            actor="Các đảng ủy cơ sở", doubts=(Doubt.UNREAD,),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def dated(rows: tuple[RegisterRow, ...]) -> Callable[..., RegisterRow]:
    """The first row with other fields of its obligation."""

    def change(**fields: object) -> RegisterRow:
        return replace(rows[0], obligation=replace(rows[0].obligation, **fields))  # type: ignore[arg-type]

    return change
