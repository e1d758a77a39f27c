"""The pack as a whole: the same for the same input, every quote exact, useful on bad input."""

from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Citation
from assistant.study.errors import StudyError
from assistant.study.pack import Workshop, study_pack
from assistant.study.records import Cited, Part, StudyPack, StudyRequest
from ingest.records import SourceDocument
from tests.assistant.study.plans import MEETING, NOTICE, RIVER, duties_of, made, pack_on


def _assert_exact(pack: StudyPack, documents: list[SourceDocument]) -> None:
    text = {d.id: d.text for d in documents}
    for citation in pack.citations():
        assert text[citation.document_id][citation.start : citation.end] == citation.quote


def test_every_quote_is_exact(packs: list[StudyPack], samples: list[SourceDocument]) -> None:
    for pack in packs:
        assert sum(1 for _ in pack.citations()) > 100
        _assert_exact(pack, samples)


def test_factual_entries_are_cited(packs: list[StudyPack]) -> None:
    for pack in packs:
        for part in (Part.OUTLINE, Part.TIMELINE, Part.ROLES, Part.CARDS, Part.GLOSSARY):
            assert all(entry.citations for entry in pack.part(part).entries)


def test_a_factual_line_without_a_citation_is_refused() -> None:
    with pytest.raises(ValueError, match="citation"):
        Cited("Nộp trước ngày 10/4", ())


@settings(max_examples=8)
@given(st.integers(-(10**9), 10**9))
def test_the_same_seed_gives_the_same_pack(seed: int) -> None:
    request = StudyRequest(seed=seed)
    assert pack_on(RIVER, request=request) == pack_on(RIVER, request=request)


def test_another_seed_gives_another_quiz() -> None:
    first, second = (pack_on(RIVER, request=StudyRequest(seed=s)) for s in (1, 2))
    assert first.quiz != second.quiz
    assert first.outline == second.outline


def test_one_part_can_be_made_anew_alone() -> None:
    document = made(RIVER, "0.txt")
    before = pack_on(RIVER, request=StudyRequest(seed=1))
    request = StudyRequest(seed=1, seeds=((Part.QUIZ, 9),))
    workshop = Workshop([document], duties_of([document]), request)
    after = workshop.pack()
    assert after.quiz != before.quiz
    assert after.quiz == workshop.part(Part.QUIZ)
    for part in set(Part) - {Part.QUIZ}:
        assert after.part(part) == before.part(part)


def test_a_longer_pack_holds_more() -> None:
    short, full = (pack_on(RIVER, request=StudyRequest(length=n)) for n in ("short", "full"))  # type: ignore[arg-type]
    assert len(short.cards.entries) <= len(full.cards.entries)
    assert len(short.outline.entries) < len(full.outline.entries)


def test_citations_are_found_wherever_they_stand() -> None:
    pack = pack_on(RIVER)
    assert all(isinstance(c, Citation) for c in pack.citations())
    roles = {c for role in pack.roles.entries for task in role.tasks for c in task.citations}
    assert roles <= set(pack.citations())


# --- Bad input ------------------------------------------------------------------------------------


def test_no_document() -> None:
    with pytest.raises(StudyError, match="one document"):
        study_pack([], [])


@pytest.mark.parametrize("field", ["cards", "items"])
def test_fewer_than_none(field: str) -> None:
    with pytest.raises(StudyError, match=field):
        pack_on(RIVER, request=dataclasses.replace(StudyRequest(), **{field: -1}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        NOTICE,
        "x",
        "1.",
        "I.\nII.\nIII.\n",
        "Kính gửi:",
        "{} {0} %s “",
        "| a | b |\n",
    ],
)
def test_what_says_nothing_still_makes_a_pack(text: str) -> None:
    pack = pack_on(text)
    _assert_exact(pack, [made(text, "0.txt")])
    assert sum(step.minutes for step in pack.agenda.entries) == 90
    assert pack.discussion.entries
    for part in (Part.TIMELINE, Part.ROLES, Part.QUIZ, Part.CARDS):
        assert pack.part(part).entries or pack.part(part).notes, part


def test_a_document_without_sections() -> None:
    text = "KẾ HOẠCH\nTrồng tre\n" + "\n".join(
        f"Mỗi ấp trồng tre chắn sóng ở đoạn bờ thứ {n} của con rạch lớn." for n in range(5)
    )
    pack = pack_on(text)
    assert len(pack.outline.entries) == 5
    assert "không chia mục" in pack.outline.notes[0]


def test_a_document_without_deadlines() -> None:
    text = "KẾ HOẠCH\nTrồng tre\nI. PHÂN CÔNG\n1. Hội Nông dân xã\n- Chuẩn bị giống tre gai.\n"
    pack = pack_on(text)
    assert not pack.timeline.entries
    assert "không ghi thời hạn" in pack.timeline.notes[0]


def test_two_documents_that_contradict_each_other() -> None:
    other = RIVER.replace("trước ngày 20/4/2025", "trước ngày 30/4/2025").replace("45/KH", "46/KH")
    pack = pack_on(RIVER, other.replace("90% hộ dân", "80% hộ dân"))
    said = [[side.text for side in conflict.sides] for conflict in pack.conflicts.entries]
    assert any("20/4/2025" in a and "30/4/2025" in b for a, b in said)
    assert any("90%" in a and "80%" in b for a, b in said)
    assert len(pack.documents) == 2
    assert {row.document for row in pack.facts.entries} == {d.id for d in pack.documents}


def test_a_basis_dated_after_the_document() -> None:
    pack = pack_on(RIVER.replace("ngày 15/01/2025", "ngày 15/4/2025"))
    assert [c for c in pack.conflicts.entries if "muộn hơn" in c.text]
    assert not pack_on(RIVER).conflicts.entries


def test_three_hundred_pages() -> None:
    chapter = RIVER[RIVER.index("I. MỤC ĐÍCH") : RIVER.index("Nơi nhận")]
    pages = "\n".join(
        chapter.replace("xã", f"xã thứ {n}").replace("2025", str(2025 + n % 5)) for n in range(320)
    )
    text = RIVER[: RIVER.index("I. MỤC ĐÍCH")] + pages
    document = made(text)
    assert len(text.split()) > 90_000
    duties = duties_of([document])
    began = time.process_time()
    pack = study_pack([document], duties)
    assert time.process_time() - began < 60
    assert len(pack.outline.entries) <= 60
    assert pack.outline.notes
    assert pack.cards.entries
    _assert_exact(pack, [document])


def test_a_meeting_and_a_plan_in_one_pack() -> None:
    pack = pack_on(RIVER, MEETING)
    assert any(step.is_prescribed for step in pack.agenda.entries)
    assert "45/KH-UBND" in pack.title
