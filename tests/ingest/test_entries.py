"""Entries of a schedule that stand in one line."""

from __future__ import annotations

import pytest

from ingest.entries import entry_spans
from ingest.normalise.lines import tidy_lines


def entries(text: str) -> list[str]:
    return [text[start:end] for start, end in entry_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ngày 20/02: thôn Thượng - giếng làng Ngày 23/02: thôn Hạ - kho cũ",
            ["Ngày 20/02: thôn Thượng - giếng làng", "Ngày 23/02: thôn Hạ - kho cũ"],
        ),
        (
            "7h30: đón khách 8h00: khai mạc 8h15 - 9h00: thi chung kết",
            ["7h30: đón khách", "8h00: khai mạc", "8h15 - 9h00: thi chung kết"],
        ),
        (
            "(Kèm theo Công văn số 12/SYT) Đội số 1: xã A Đội số 2: xã B",
            ["(Kèm theo Công văn số 12/SYT)", "Đội số 1: xã A", "Đội số 2: xã B"],
        ),
        ("Thứ Hai: lớp 6 Thứ Ba: lớp 7", ["Thứ Hai: lớp 6", "Thứ Ba: lớp 7"]),
        ("- 8h00-8h15: chào cờ - 8h15-9h00: báo cáo", None),
    ],
)
def test_each_label_opens_an_entry(text: str, expected: list[str] | None) -> None:
    assert entries(text) == (expected or ["- 8h00-8h15: chào cờ", "- 8h15-9h00: báo cáo"])


@pytest.mark.parametrize(
    "text",
    [
        "Họp giao ban lúc 7h30: tất cả các tổ có mặt.",
        "Đội 1: xã A trực chốt; Nhóm 2: xã B trực máy.",
        "Thi từ ngày 12/3 - 15/3: khối 6 và từ ngày 16/3: khối 7.",
        "Khai mạc lúc 8:00 và bế mạc lúc 16:30 cùng ngày.",
    ],
)
def test_a_sentence_with_times_in_it_stays_one(text: str) -> None:
    assert entries(text) == [text]


def test_entries_run_together_get_lines_of_their_own() -> None:
    assert tidy_lines("Lịch: Tổ số 1: thôn A Tổ số 2: thôn B") == (
        "Lịch:\nTổ số 1: thôn A\nTổ số 2: thôn B"
    )


def test_a_labelled_line_is_not_joined_to_the_one_above_in_wrapped_text() -> None:
    prose = (
        "Ủy ban nhân dân xã thông báo lịch phun thuốc khử khuẩn cho các thôn trong xã như\n"
        "sau đây để nhân dân biết và chuẩn bị, đồng thời đề nghị các trưởng thôn đôn đốc\n"
        "các hộ thu dọn vật dụng chứa nước và phối hợp với tổ phun khi tổ đến từng hộ gia\n"
        "đình trong thôn, bảo đảm không bỏ sót hộ nào trong cả hai đợt phun của năm nay, kể\n"
        "cả các hộ đi vắng dài ngày.\n"
    )
    tail = "\nNgày 23/02: thôn Hạ và thôn Bến, tập trung tại sân kho cũ\n"
    last = "Phun bổ sung: ngày 25/02 tại trụ sở Ủy ban nhân dân xã, cổng phụ đường số 9 cũ\n"
    assert "kho cũ\nPhun bổ sung" in tidy_lines(prose + tail + last)
