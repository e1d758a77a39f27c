"""What a trainer does with packs, on packs that are really kept."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.study.errors import StudyError
from assistant.study.kept import KeptPacks
from assistant.study.records import Part, StudyPack, StudyRequest
from assistant.study.without import without_documents
from assistant.ui.study_acts import Asked, acted, current, kept, part_of, with_drafts, with_made
from assistant.ui.study_desk import Desk
from tests.assistant.study.plans import MEETING, RIVER, pack_on


@pytest.fixture(scope="module")
def pack() -> StudyPack:
    return pack_on(RIVER, request=StudyRequest(parts=(Part.ROLES, Part.QUIZ)))


@pytest.fixture
def packs(tmp_path: Path) -> KeptPacks:
    return KeptPacks(tmp_path / "packs")


def said(desk: Desk) -> str:
    return desk.note.key if desk.note is not None else ""


def test_a_pack_is_kept_when_it_is_made_and_at_each_change(
    pack: StudyPack, packs: KeptPacks
) -> None:
    desk = with_made(Desk(), pack, packs)
    assert (desk.view, desk.name) == ("pack", pack.title)
    assert packs.open(desk.id) == pack
    desk = acted(desk, Asked("drop", at="roles/0"), packs)
    assert desk.pack is not None
    assert packs.open(desk.id) == desk.pack != pack
    desk = acted(desk, Asked("undo"), packs)
    assert packs.open(desk.id) == desk.pack == pack
    desk = acted(desk, Asked("redo"), packs)
    assert packs.open(desk.id) == desk.pack != pack
    assert len(packs.list()) == 1


def test_a_pack_that_nobody_worked_on_gives_way_to_one_of_the_same(
    pack: StudyPack, packs: KeptPacks
) -> None:
    first = with_made(Desk(), pack, packs)
    other = replace(pack, request=replace(pack.request, minutes=45))
    second = with_made(first, other, packs)
    assert second.id == first.id
    assert [packs.open(listed.id) for listed in packs.list()] == [other]
    worked = acted(second, Asked("up", at="roles/1"), packs)
    assert with_made(worked, pack, packs).id != worked.id
    named = acted(second, Asked("rename", id=second.id, value="Lớp tối"), packs)
    assert with_made(named, pack, packs).id != named.id
    assert with_made(second, pack_on(MEETING), packs).id != second.id
    assert len(packs.list()) == 4


def test_a_pack_is_found_on_the_shelf_as_it_was_left(pack: StudyPack, packs: KeptPacks) -> None:
    made = with_made(Desk(), pack, packs)
    acted(made, Asked("rename", id=made.id, value=" Lớp  tối "), packs)
    shelf = acted(made, Asked("shelf"), packs)
    assert (shelf.view, shelf.pack) == ("shelf", None)
    opened = acted(shelf, Asked("open", id=made.id), packs)
    assert (opened.pack, opened.name, opened.id) == (pack, "Lớp tối", made.id)
    assert opened.past == ()


def test_opening_a_pack_is_no_change_of_it(pack: StudyPack, packs: KeptPacks) -> None:
    made = with_made(Desk(), pack, packs)
    file = packs.folder / f"{made.id}.json"
    os.utime(file, (1, 1))
    acted(Desk(), Asked("open", id=made.id), packs)
    assert file.stat().st_mtime == 1


def test_renaming_the_open_pack_shows_at_once(pack: StudyPack, packs: KeptPacks) -> None:
    made = with_made(Desk(), pack, packs)
    named = acted(made, Asked("rename", id=made.id, value="Lớp tối"), packs)
    assert (named.name, said(named)) == ("Lớp tối", "study_renamed")
    assert packs.list()[0].name == "Lớp tối"
    changed = acted(named, Asked("drop", at="roles/0"), packs)
    assert changed.name == packs.list()[0].name == "Lớp tối"
    with pytest.raises(StudyError):
        acted(named, Asked("rename", id=made.id, value="x" * 500), packs)


def test_a_deleted_pack_comes_back_under_its_name(pack: StudyPack, packs: KeptPacks) -> None:
    made = with_made(Desk(), pack, packs)
    made = acted(made, Asked("rename", id=made.id, value="Lớp tối"), packs)
    gone = acted(made, Asked("delete", id=made.id), packs)
    assert packs.list() == ()
    assert (gone.view, gone.pack, said(gone)) == ("shelf", None, "study_deleted")
    back = acted(gone, Asked("undelete"), packs)
    (listed,) = packs.list()
    assert (listed.name, packs.open(listed.id)) == ("Lớp tối", pack)
    assert acted(back, Asked("undelete"), packs).note is None
    assert len(packs.list()) == 1


def test_a_damaged_file_can_be_deleted(packs: KeptPacks) -> None:
    packs.folder.mkdir()
    path = packs.folder / f"{'a' * 16}.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(StudyError):
        acted(Desk(), Asked("open", id="a" * 16), packs)
    assert said(acted(Desk(), Asked("delete", id="a" * 16), packs)) == "study_deleted_file"
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folder that can't be made")
def test_what_can_not_be_saved_stays_on_the_desk_and_is_saved_later(
    pack: StudyPack, tmp_path: Path
) -> None:
    blocked = tmp_path / "packs"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    packs = KeptPacks(blocked)
    desk = with_made(Desk(), pack, packs)
    assert desk.pack == pack
    assert isinstance(desk.unsaved, StudyError)
    desk = acted(desk, Asked("drop", at="roles/0"), packs)
    assert desk.unsaved is not None
    blocked.unlink()
    desk = acted(desk, Asked("mode", value="edit"), packs)
    assert desk.unsaved is None
    assert packs.open(desk.id) == desk.pack


def test_a_pack_that_was_deleted_on_another_page_is_kept_anew_when_it_is_changed(
    pack: StudyPack, packs: KeptPacks
) -> None:
    desk = with_made(Desk(), pack, packs)
    desk = acted(desk, Asked("rename", id=desk.id, value="Lớp tối"), packs)
    packs.delete(desk.id)
    changed = acted(desk, Asked("drop", at="roles/0"), packs)
    assert changed.unsaved is None
    assert changed.name == packs.list()[0].name == "Lớp tối"
    assert packs.open(changed.id) == changed.pack


def test_what_was_changed_on_another_page_is_left_and_this_page_kept_beside_it(
    pack: StudyPack, packs: KeptPacks
) -> None:
    made = with_made(Desk(), pack, packs)
    here = acted(Desk(), Asked("open", id=made.id), packs)
    there = acted(made, Asked("drop", at="roles/0"), packs)
    here = acted(here, Asked("drop", at="roles/1"), packs)
    assert packs.open(made.id) == there.pack
    assert packs.open(here.id) == here.pack != there.pack
    assert (here.name, said(here)) == (f"{made.name} (2)", "study_kept_beside")
    here, there = (acted(desk, Asked("undo"), packs) for desk in (here, there))
    assert (here.id != there.id, said(here), said(there)) == (True, "study_undone", "study_undone")
    assert len(packs.list()) == 2
    late = acted(made, Asked("drop", at="roles/1"), packs)
    assert late.name == f"{made.name} (3)"


def test_a_pack_made_anew_does_not_take_the_place_of_one_worked_on_elsewhere(
    pack: StudyPack, packs: KeptPacks
) -> None:
    made = with_made(Desk(), pack, packs)
    elsewhere = acted(made, Asked("drop", at="roles/0"), packs)
    again = with_made(made, replace(pack, request=replace(pack.request, minutes=45)), packs)
    assert (again.id != made.id, packs.open(made.id)) == (True, elsewhere.pack)


def test_a_name_given_on_another_page_is_no_change_of_the_pack(
    pack: StudyPack, packs: KeptPacks
) -> None:
    made = with_made(Desk(), pack, packs)
    packs.rename(made.id, "Lớp tối")
    here = acted(made, Asked("drop", at="roles/0"), packs)
    assert (here.id, here.name, len(packs.list())) == (made.id, "Lớp tối", 1)


def test_what_was_being_typed_is_kept_before_what_is_asked(
    pack: StudyPack, packs: KeptPacks
) -> None:
    made = with_made(Desk(), pack, packs)
    typed = [{"at": "roles/1", "value": "Tổ Sen"}, {"id": made.id, "value": "Lớp tối"}]
    desk = with_drafts(made, typed, packs)
    assert desk.pack is not None
    assert desk.pack.roles.entries[1].office == "Tổ Sen"
    assert packs.find(made.id)[1] == desk.pack
    assert desk.name == packs.list()[0].name == "Lớp tối"
    shelf = acted(desk, Asked("shelf"), packs)
    assert shelf.view == "shelf"
    assert with_drafts(made, None, packs) == with_drafts(made, ["x", {}, 3], packs) == made


def test_what_was_being_typed_and_can_not_stand_changes_nothing(
    pack: StudyPack, packs: KeptPacks
) -> None:
    made = with_made(Desk(), pack, packs)
    for wrong in ({"at": "roles/9", "value": "x"}, {"id": made.id, "value": "x" * 500}):
        with pytest.raises(StudyError):
            with_drafts(made, [{"at": "roles/1", "value": "Tổ Sen"}, wrong], packs)
    assert packs.open(made.id) == pack


def test_what_is_not_changed_is_not_written_again(pack: StudyPack, packs: KeptPacks) -> None:
    desk = with_made(Desk(), pack, packs)
    before = packs.list()
    for asked in (Asked("mode", value="edit"), Asked("take"), Asked("leave_quiz"), Asked("undo")):
        desk = acted(desk, asked, packs)
    assert kept(desk, desk, packs) == desk
    assert packs.list() == before


def test_words_of_a_deleted_document_leave_the_desk(packs: KeptPacks) -> None:
    pack = pack_on(RIVER, MEETING)
    gone, stays = (document.id for document in pack.documents)
    desk = acted(with_made(Desk(), pack, packs), Asked("drop", at="cards/0"), packs)
    assert current(desk, packs, {gone, stays}) == desk
    packs.forget({gone})
    now = current(desk, packs, {stays})
    assert desk.pack is not None
    assert now.pack == without_documents(desk.pack, {gone})
    assert now.past == now.future == ()
    packs.forget({stays})
    assert current(now, packs, set()) == Desk()


def test_a_document_that_is_only_gone_from_the_library_costs_nothing_but_undoing(
    pack: StudyPack, packs: KeptPacks
) -> None:
    desk = acted(with_made(Desk(), pack, packs), Asked("drop", at="roles/0"), packs)
    now = current(desk, packs, set())
    assert (now.pack, now.past) == (desk.pack, ())


def test_a_quiz_is_taken_on_the_desk(pack: StudyPack, packs: KeptPacks) -> None:
    desk = acted(with_made(Desk(), pack, packs), Asked("take"), packs)
    assert desk.view == "quiz"
    assert desk.sitting is not None
    count = desk.sitting.count
    for _ in range(count):
        desk = acted(desk, Asked("next"), packs)
    assert desk.sitting is not None
    assert desk.sitting.is_over
    again = acted(desk, Asked("again_missed"), packs)
    assert again.sitting is not None
    assert again.sitting.count == count
    assert acted(again, Asked("leave_quiz"), packs).view == "pack"
    with pytest.raises(StudyError):
        acted(again, Asked("answer", value=["x"]), packs)


@pytest.mark.parametrize(
    "asked",
    [Asked(None), Asked("__class__"), Asked(["shelf"]), Asked("answer", value="x"), Asked("next")],
)
def test_what_the_page_never_asks_changes_nothing(
    pack: StudyPack, packs: KeptPacks, asked: Asked
) -> None:
    desk = with_made(Desk(), pack, packs)
    assert acted(desk, asked, packs).pack == pack
    assert len(packs.list()) == 1


@pytest.mark.parametrize("id", [None, "", "../../x", "b" * 16, 7])
def test_a_pack_that_is_not_there_is_said(packs: KeptPacks, id: object) -> None:
    for ask in ("open", "delete", "rename"):
        with pytest.raises(StudyError):
            acted(Desk(), Asked(ask, id=id, value="x"), packs)


def test_a_part_is_known_by_its_name() -> None:
    assert part_of("quiz") is Part.QUIZ
    for wrong in (None, "", "QUIZ", 3, ["quiz"]):
        with pytest.raises(StudyError):
            part_of(wrong)
