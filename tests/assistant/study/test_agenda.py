"""The agenda: the document's own steps, and minutes that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.study.agenda import LONGEST, SHORTEST, agenda_of, apportion
from assistant.study.errors import StudyError
from assistant.study.records import StudyRequest
from tests.assistant.study.plans import MEETING, NOTICE, RIVER, made, material

MATERIALS = [material([made(text)]) for text in (RIVER, MEETING, NOTICE)]


@given(st.sampled_from(MATERIALS), st.integers(SHORTEST, LONGEST))
def test_minutes_add_up(of: object, minutes: int) -> None:
    steps = agenda_of(of, StudyRequest(minutes=minutes)).entries  # type: ignore[arg-type]
    assert sum(step.minutes for step in steps) == minutes
    assert all(step.minutes > 0 for step in steps)


@given(st.lists(st.floats(0.5, 90), min_size=1, max_size=12), st.integers(12, 960))
def test_shares_add_up(weights: list[float], total: int) -> None:
    assert sum(apportion(weights, total)) == total


def test_steps_that_the_document_prescribes() -> None:
    agenda = agenda_of(MATERIALS[1], StudyRequest(minutes=90))
    own = [step for step in agenda.entries if step.is_prescribed]
    assert [step.title[:7] for step in own] == ["Bước 1:", "Bước 2:", "Bước 3:"]
    assert all(step.citations for step in own)
    assert not any(step.citations for step in agenda.entries if not step.is_prescribed)


def test_minutes_that_the_document_states_hold() -> None:
    steps = agenda_of(MATERIALS[1], StudyRequest(minutes=90)).entries
    minutes = {step.title[:6]: step.minutes for step in steps if step.is_prescribed}
    assert minutes["Bước 1"] <= 15
    assert 30 <= minutes["Bước 2"] <= 45


def test_a_document_without_steps_gets_the_default_and_says_so() -> None:
    agenda = agenda_of(MATERIALS[0], StudyRequest())
    assert not any(step.is_prescribed for step in agenda.entries)
    assert "gợi ý" in agenda.notes[0]
    chapters = [line for step in agenda.entries for line in step.points if line.citations]
    assert len(chapters) == 4
    titles = [step.title for step in agenda.entries]
    assert len(set(titles)) == len(titles)
    assert "Truyền đạt nội dung mục II" in titles


def test_steps_through_sections_without_numbers_are_told_by_their_place() -> None:
    text = "KẾ HOẠCH\nTrồng tre\n" + "\n".join(
        f"{head}\nMỗi ấp trồng tre chắn sóng ở đoạn bờ thứ {n} của con rạch lớn.\n"
        for n, head in enumerate(("MỤC ĐÍCH", "YÊU CẦU", "TỔ CHỨC THỰC HIỆN"), 1)
    )
    titles = [s.title for s in agenda_of(material([made(text)]), StudyRequest()).entries]
    assert len(set(titles)) == len(titles)


def test_steps_of_work_are_no_steps_of_a_session() -> None:
    text = (
        "KẾ HOẠCH\nTuyển quân\nI. CÁC BƯỚC\nBước 1: Lập danh sách thanh niên.\n"
        "Bước 2: Khám sức khỏe.\nBước 3: Giao quân.\n"
    )
    steps = agenda_of(material([made(text)]), StudyRequest()).entries
    assert not any(step.is_prescribed for step in steps)


@pytest.mark.parametrize("minutes", [0, -5, SHORTEST - 1, LONGEST + 1])
def test_no_session_is_that_long(minutes: int) -> None:
    with pytest.raises(StudyError, match=str(minutes)):
        agenda_of(MATERIALS[0], StudyRequest(minutes=minutes))
