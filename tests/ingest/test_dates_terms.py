"""Terms that run from an event, or end before it."""

from __future__ import annotations

import pytest

from ingest.dates import find_dates
from tests.ingest.dated import assert_reads

#: words, value, cue
READ = [
    ("trong vòng 24 giờ", "RELATIVE:PT24H", "within"),
    ("trong thời hạn 48 giờ kể từ thời điểm", "RELATIVE:PT48H", "within"),
    ("sau 05 ngày làm việc kể từ ngày", "RELATIVE:P5BD", "within"),
    ("trong thời hạn 10 ngày làm việc kể từ ngày", "RELATIVE:P10BD", "within"),
    ("trong vòng 05 (năm) ngày kể từ ngày", "RELATIVE:P5D", "within"),
    ("chậm nhất 03 ngày sau khi", "RELATIVE:P3D", "within"),
    ("sau 15 ngày kể từ ngày", "RELATIVE:P15D", "within"),
    ("trong thời hạn 2 tháng", "RELATIVE:P2M", "within"),
    ("trước ít nhất 07 ngày", "RELATIVE:P7D", "within"),
    ("trước 07 ngày làm việc", "RELATIVE:P7BD", "within"),
    ("chậm nhất trước 02 ngày", "RELATIVE:P2D", "within"),
    ("trước 01 tuần", "RELATIVE:P1W", "within"),
    ("trước ít nhất 24 giờ", "RELATIVE:PT24H", "within"),
    ("ít nhất 05 ngày trước khi", "RELATIVE:P5D", "within"),
    ("chậm nhất 02 ngày làm việc sau khi", "RELATIVE:P2BD", "within"),
    ("không quá 05 ngày kể từ khi", "RELATIVE:P5D", "within"),
    ("trong thời hạn 5-7 ngày", "RELATIVE:P7D", "within"),
    ("từ 05 đến 07 ngày kể từ ngày", "RELATIVE:P7D", "within"),
    ("trong vòng một tuần", "RELATIVE:P1W", "within"),
    ("trong thời hạn mười ngày", "RELATIVE:P10D", "within"),
    ("trong vòng 24h", "RELATIVE:PT24H", "within"),
    ("trong vòng 10 ngày kể từ ngày 20/4/2026", "RELATIVE:P10D", "within"),
    ("chậm nhất 15 ngày trước ngày 20/4/2026", "RELATIVE:P15D", "within"),
    ("at least 7 days before", "RELATIVE:P7D", "within"),
    ("7 days in advance", "RELATIVE:P7D", "within"),
]


@pytest.mark.parametrize(("words", "value", "cue"), READ, ids=[row[0] for row in READ])
def test_read(words: str, value: str, cue: str) -> None:
    assert_reads(words, value, cue)


BESIDE = [
    ("họp 2 ngày, trước ngày 20/4/2026 gửi báo cáo", ["2026-04-20"]),
    ("trước 12 tháng 5 năm 2026", ["2026-05-12"]),
    ("trước 02 ngày 15 và 16/5/2026", ["2026-05-15;2026-05-16"]),
    ("trước 17 giờ ngày 20/4/2026", ["2026-04-20"]),
    ("trong 10 ngày, tính từ ngày 20/4 đến 30/4/2026", ["2026-04-20/2026-04-30"]),
    ("thời gian họp không quá 02 ngày", []),
]


@pytest.mark.parametrize(("text", "values"), BESIDE, ids=[row[0] for row in BESIDE])
def test_what_is_no_term(text: str, values: list[str]) -> None:
    assert [mention.value for mention in find_dates(text)] == values
