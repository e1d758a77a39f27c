"""Whose tasks a question asks about."""

from __future__ import annotations

import pytest

from assistant.actors import actor_asked_about
from ingest.vietnamese import fold


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Nhiệm vụ của Hội Nông dân xã là gì?", "hoi nong dan xa"),
        ("Văn phòng Đảng ủy phải làm gì?", "van phong dang uy"),
        ("Kế hoạch giao Công an xã làm gì?", "cong an xa"),
        ("Ban Tuyên giáo Đảng ủy có nhiệm vụ gì?", "ban tuyen giao dang uy"),  # «giáo» is no «giao»
        ("Hội thi có những phần nào?", None),
    ],
)
def test_whose_tasks_a_question_asks_about(question: str, expected: str | None) -> None:
    folded = fold(question).lower()
    found = actor_asked_about(folded)
    assert (None if found is None else folded[found[0] : found[1]]) == expected
