"""A trainer's desk: lines changed and put back, parts left out, sources found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.study.errors import StudyError
from assistant.study.records import Own, Part, PartOf, StudyPack, StudyRequest
from assistant.ui.conversation import Note
from assistant.ui.study_desk import (
    REMEMBERED,
    Desk,
    changed,
    citation_at,
    dropped,
    edited,
    found_again,
    moved,
    numbered,
    redone,
    undone,
    with_part,
    with_reworded,
    without_part,
)
from tests.assistant.study.plans import RIVER, made, pack_on


@pytest.fixture(scope="module")
def pack() -> StudyPack:
    return pack_on(RIVER)


def desk(pack: StudyPack) -> Desk:
    return Desk(view="pack", pack=pack)


def said(desk: Desk) -> str:
    return desk.note.key if desk.note is not None else ""


def office(desk: Desk, place: int) -> str:
    assert desk.pack is not None
    return desk.pack.roles.entries[place].office


def test_changes_are_undone_and_done_again_in_order(pack: StudyPack) -> None:
    first = dropped(desk(pack), "roles/0")
    second = moved(first, "roles/0", 1)
    assert second.is_worked
    assert undone(second).pack == first.pack
    back = undone(undone(second))
    assert back.pack == pack
    assert said(undone(back)) == "", "nothing is left to undo"
    assert redone(back).pack == first.pack
    again = redone(redone(back))
    assert again.pack == second.pack
    assert said(redone(again)) == ""
    other = dropped(back, "cards/0")
    assert other.future == (), "what was undone is given up for a new change"


def test_only_so_many_changes_are_remembered(pack: StudyPack) -> None:
    new = desk(pack)
    for count in range(REMEMBERED + 5):
        note = PartOf(pack.glossary.entries, (f"{count}",))
        new = changed(new, replace(pack, glossary=note), Note("study_edited"))
    assert len(new.past) == REMEMBERED


def test_a_line_that_was_moved_is_in_hand_where_it_stands_now(pack: StudyPack) -> None:
    before = desk(pack)
    down = moved(before, "roles/0", 1)
    assert down.focus == "roles/1"
    assert office(down, 1) == office(before, 0)
    task = moved(before, "roles/0/tasks/1", -1)
    assert task.focus == "roles/0/tasks/0"
    last = len(pack.roles.entries) - 1
    assert moved(before, f"roles/{last}", 1).focus == f"roles/{last}"


def test_a_line_that_no_longer_says_what_is_cited_loses_its_source_and_that_is_said(
    pack: StudyPack,
) -> None:
    address = "roles/0/tasks/0"
    line = pack.roles.entries[0].tasks[0]
    same = edited(desk(pack), address, f"{line.text}.")
    assert said(same) == "study_edited"
    other = edited(desk(pack), address, "Mua sắm mười chiếc xuồng máy cho đội tuần tra ban đêm")
    assert said(other) == "study_edited_own"
    assert other.pack is not None
    assert isinstance(other.pack.roles.entries[0].tasks[0], Own)
    assert other.focus == same.focus == address


@pytest.mark.parametrize(
    "address",
    ["", "roles", "roles/999", "roles/0/office", "nothing/0", "roles/0/tasks/99", None, 3],
)
def test_what_is_no_line_is_refused(pack: StudyPack, address: object) -> None:
    for act in (dropped, lambda d, a: moved(d, a, 1), lambda d, a: edited(d, a, "Chữ khác")):
        with pytest.raises(StudyError):
            act(desk(pack), address)
    with pytest.raises(StudyError):
        dropped(Desk(), "roles/0")


def test_an_empty_line_is_refused(pack: StudyPack) -> None:
    with pytest.raises(StudyError):
        edited(desk(pack), "roles/0/tasks/0", " \n ")


def test_a_part_is_made_anew_and_the_rest_left_as_it_is(pack: StudyPack) -> None:
    other = pack_on(RIVER, request=StudyRequest(seeds=((Part.QUIZ, 1),))).quiz
    assert other != pack.quiz
    new = with_part(desk(pack), Part.QUIZ, other, 1)
    assert new.pack is not None
    assert new.pack.quiz == other
    assert new.pack.request.seed_of(Part.QUIZ) == 1
    assert new.pack.request.seed_of(Part.CARDS) == 0
    assert new.pack.cards == pack.cards
    assert undone(new).pack == pack
    same = with_part(desk(pack), Part.OUTLINE, pack.outline, 1)
    assert said(same) == "study_same_again"
    assert same.pack == pack


def test_a_part_is_left_out_and_added_again(pack: StudyPack) -> None:
    less = without_part(desk(pack), Part.GLOSSARY)
    assert less.pack is not None
    assert not less.pack.request.wants(Part.GLOSSARY)
    more = with_part(less, Part.GLOSSARY, pack.glossary, 1)
    assert more.pack is not None
    assert more.pack.request.parts is None
    assert more.pack.glossary == pack.glossary
    alone = pack_on(RIVER, request=StudyRequest(parts=(Part.QUIZ,)))
    with pytest.raises(StudyError):
        without_part(desk(alone), Part.QUIZ)


def test_what_a_model_worded_is_counted_and_can_be_undone(pack: StudyPack) -> None:
    card = replace(pack.cards.entries[0], question="Câu hỏi viết lại?")
    worded = replace(pack, cards=PartOf((card, *pack.cards.entries[1:]), ("1 dòng.",)))
    new = with_reworded(desk(pack), worded)
    assert new.note is not None
    assert dict(new.note.values) == {"count": 1}
    assert undone(new).pack == pack
    trouble = replace(pack, cards=replace(pack.cards, notes=("Không kết nối được.",)))
    kept = with_reworded(desk(pack), trouble)
    assert kept.pack == pack
    assert kept.note is not None
    assert dict(kept.note.values) == {"reason": "Không kết nối được."}
    assert said(with_reworded(desk(pack), pack)) == "study_reworded_none"


def test_every_number_is_of_one_citation(pack: StudyPack) -> None:
    sources = numbered(pack)
    for citation in pack.citations():
        found = citation_at(pack, sources.number(citation))
        assert found is not None
        assert (found.start, found.end, found.quote) == (
            citation.start,
            citation.end,
            citation.quote,
        )
    for wrong in (0, -1, 10**6, "1", None, 1.5):
        assert citation_at(pack, wrong) is None
    assert citation_at(None, 1) is None


def test_words_are_found_where_the_document_has_them_now(pack: StudyPack) -> None:
    citation = next(pack.citations())
    document = made(RIVER, "0.txt")
    assert found_again(citation, document) == citation
    longer = made(f"Trang bìa\n{RIVER}", "0.txt")
    again = found_again(citation, longer)
    assert again is not None
    assert longer.text[again.start : again.end] == citation.quote
    assert again.start != citation.start
    assert found_again(citation, made("Văn bản khác hẳn.")) is None
