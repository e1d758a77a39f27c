"""Units of the passages found, scored against the question."""

from __future__ import annotations

import pytest

from assistant.cards import in_scope
from assistant.chain import Assistant
from assistant.evidence import Evidence, is_precise
from assistant.records import EVERYTHING, Scope
from assistant.retrieve import documents_of, search
from assistant.understand import understand


def gathered(assistant: Assistant, typed: str, scope: Scope = EVERYTHING) -> Evidence:
    question, index = understand(typed), assistant.index()
    hits = search(index, question, scope, 60)
    return Evidence.gather(question, hits, documents_of(hits), index, scope)


def test_units_come_best_first_and_from_their_documents(assistant: Assistant) -> None:
    evidence = gathered(assistant, "Ai thu gom vỏ bao bì thuốc bảo vệ thực vật?")
    scores = [u.score for u in evidence.units]
    assert scores == sorted(scores, reverse=True)
    assert "vỏ bao bì" in evidence.units[0].text
    assert all(
        0.0 <= u.own <= 1.0 + 1e-6 and 0.0 <= u.coverage <= 1.0 + 1e-6 for u in evidence.units
    )
    first = evidence.units[0].document
    alone = evidence.of_document(first)
    assert alone.units
    assert {u.document.id for u in (*alone.units, *alone.dated)} == {first.id}


def test_a_title_is_no_evidence(assistant: Assistant) -> None:
    evidence = gathered(assistant, "Tổ công nghệ số cộng đồng trên địa bàn xã Bình An Đông")
    assert evidence.units
    for unit in evidence.units:
        title = unit.document.header.title
        assert title is None or not title.start <= unit.start < title.end


@pytest.mark.parametrize("typed", ["Ai phải báo cáo trước ngày 20/4?", "who must report by 20/4?"])
def test_dated_units_carry_the_date_asked_for(assistant: Assistant, typed: str) -> None:
    evidence = gathered(assistant, typed)
    assert evidence.dated
    assert all(any(d.value == "2024-04-20" for d in u.dates) for u in evidence.dated)


def test_dated_units_keep_to_the_scope(assistant: Assistant) -> None:
    scope = Scope(kinds=("chỉ thị",))
    evidence = gathered(assistant, "Việc gì phải xong trước ngày 05/11/2024?", scope)
    assert evidence.dated
    assert all(in_scope(u.document, scope) for u in evidence.dated)
    wide = gathered(assistant, "Việc gì phải xong trước ngày 05/11/2024?")
    assert {u.document.id for u in wide.dated} > {u.document.id for u in evidence.dated}


def test_what_no_document_speaks_of_is_little_known(assistant: Assistant) -> None:
    asked = gathered(assistant, "Vỏ bao bì thuốc bảo vệ thực vật thu gom ra sao?")
    other = gathered(assistant, "Tên lửa đẩy phóng vệ tinh quỹ đạo địa tĩnh ra sao?")
    assert other.known < asked.known <= 1.0 + 1e-6


@pytest.mark.parametrize(
    ("value", "precise"),
    [
        ("2024-04-20", True),
        ("--04-20", True),
        ("2024-10", True),
        ("2024-Q3", True),
        ("YEARLY-11", True),
        ("RELATIVE:P7D", True),
        ("2024", False),
        ("2024/2026", False),
    ],
)
def test_a_year_alone_is_no_precise_time(value: str, precise: bool) -> None:
    assert is_precise(value) is precise
