"""Packs kept in a folder: found again as they were, whatever else is there; deleted words gone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.study.edits import edit
from assistant.study.errors import OutdatedError, StudyError
from assistant.study.kept import KeptPacks
from assistant.study.pack import study_pack
from assistant.study.records import Part, PartOf, StudyPack, citations_in
from assistant.study.without import documents_of, without_documents
from ingest.records import SourceDocument
from ingest.settings import Settings
from tests.assistant.study.awkward import awkward
from tests.assistant.study.plans import MEETING, RIVER, duties_of, made, pack_on
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[3]


@pytest.fixture
def kept(tmp_path: Path) -> KeptPacks:
    return KeptPacks(Settings(home=tmp_path).packs_path)


def test_a_pack_is_found_as_it_was_saved(kept: KeptPacks) -> None:
    assert kept.list() == ()
    saved = kept.save(awkward(), "  Lớp\tthứ hai ")
    assert KeptPacks(kept.folder).open(saved.id) == awkward()
    (listed,) = KeptPacks(kept.folder).list()
    assert listed == saved
    assert listed.name == "Lớp thứ hai"
    assert listed.title == awkward().title
    assert listed.documents == awkward().documents
    assert listed.counts[Part.QUIZ] == 5
    assert listed.made.utcoffset() is not None


def test_the_one_changed_last_stands_first_and_keeps_when_it_was_made(kept: KeptPacks) -> None:
    first, second = kept.save(awkward(), "một"), kept.save(awkward(), "hai")
    assert [p.id for p in kept.list()] == [second.id, first.id]
    changed = replace(awkward(), quiz=PartOf())
    again = kept.save(changed, id=first.id)
    assert [p.id for p in kept.list()] == [first.id, second.id]
    assert (again.name, again.made) == ("một", first.made)
    assert again.changed > first.changed
    assert kept.open(first.id) == changed


def test_a_pack_is_renamed_and_deleted(kept: KeptPacks) -> None:
    saved = kept.save(awkward())
    assert saved.name == awkward().title
    assert kept.rename(saved.id, "Buổi tối").name == kept.list()[0].name == "Buổi tối"
    assert kept.rename(saved.id, "").name == awkward().title
    kept.delete(saved.id)
    assert kept.list() == ()
    for call in (
        kept.open,
        kept.delete,
        lambda i: kept.rename(i, "x"),
        lambda i: kept.save(awkward(), id=i),
    ):
        with pytest.raises(StudyError, match=saved.id):
            call(saved.id)
    assert not list(kept.folder.glob("*.json"))


@pytest.mark.parametrize(
    "id", ["", "..", "../x", "a/b", "0" * 15, "0" * 17, "G" * 16, "0" * 16 + "\n", "٠" * 16, None]
)
def test_an_id_is_never_a_path(kept: KeptPacks, id: str) -> None:
    kept.save(awkward())
    for call in (kept.open, kept.delete, lambda i: kept.rename(i, "x")):
        with pytest.raises(StudyError, match="no id"):
            call(id)


def test_a_name_too_long_or_one_that_cannot_be_written(kept: KeptPacks) -> None:
    with pytest.raises(StudyError, match="201"):
        kept.save(awkward(), "x" * 201)
    with pytest.raises(StudyError, match="written"):
        kept.save(replace(awkward(), title="\ud800"))
    assert list(kept.folder.glob("*.*")) in ([], [kept.folder / ".lock"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"version": 2}',
        b"[" * 100_000,
        b'{"version": 1, "name": ""}',
    ],
)
def test_a_damaged_file_costs_no_other_anything(kept: KeptPacks, content: bytes) -> None:
    saved = kept.save(awkward())
    (kept.folder / f"{'0' * 16}.json").write_bytes(content)
    (kept.folder / "ghi chú.json").write_text("not ours", encoding="utf-8")
    assert [p.id for p in kept.list()] == [saved.id]
    (damaged,) = kept.damaged()
    assert damaged.id == "0" * 16
    assert "damaged" in damaged.reason.message("en")
    assert f"Tệp {'0' * 16}.json đã hỏng: " in damaged.reason.message("vi")
    assert "Expecting" not in damaged.reason.message("vi"), "what a reader of Vietnamese is told"
    with pytest.raises(StudyError, match="damaged"):
        kept.open(damaged.id)
    kept.delete(damaged.id)
    assert kept.damaged() == ()
    assert kept.open(saved.id) == awkward()


def test_a_pack_whose_data_was_changed_by_hand(kept: KeptPacks) -> None:
    saved = kept.save(awkward())
    path = kept.folder / f"{saved.id}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["pack"]["quiz"]["entries"][0]["right"] = 77
    path.write_text(json.dumps(data), encoding="utf-8")
    assert kept.list() == ()
    for language in ("vi", "en"):
        assert "quiz.entries[0]" in kept.damaged()[0].reason.message(language)


def test_a_save_over_what_someone_else_has_saved_is_refused(kept: KeptPacks) -> None:
    saved = kept.save(awkward(), "một")
    changed = replace(awkward(), quiz=PartOf())
    theirs = KeptPacks(kept.folder).save(changed, id=saved.id, since=saved.changed)
    with pytest.raises(OutdatedError, match="elsewhere"):
        kept.save(awkward(), id=saved.id, since=saved.changed)
    assert kept.open(saved.id) == changed
    kept.rename(saved.id, "hai")
    listed, pack = kept.find(saved.id)
    assert (listed.name, listed.changed, pack) == ("hai", theirs.changed, changed)
    assert kept.save(awkward(), id=saved.id, since=theirs.changed).name == "hai"


def test_a_write_cut_short_leaves_the_pack_as_it_was(kept: KeptPacks) -> None:
    """A process killed while it writes: what was saved before is what is found."""
    saved = kept.save(awkward())
    code = f"""
import os
from pathlib import Path
from assistant.study.kept import KeptPacks
from ingest import durable
from tests.assistant.study.awkward import awkward
def dies(path, data):
    path.write_bytes(data[:500]); os._exit(9)
durable.write = dies
KeptPacks(Path({str(kept.folder)!r})).save(awkward(), id={saved.id!r})
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=PATIENCE)
    assert done.returncode == 9
    assert [p.name for p in kept.folder.glob(".*.part")]
    assert kept.open(saved.id) == awkward()
    assert kept.forget(["f" * 64]) == 0
    assert not list(kept.folder.glob(".*.part"))  # its words would outlive their document


def test_many_savers_at_once(kept: KeptPacks) -> None:
    ids = [kept.save(awkward()).id for _ in range(3)]
    threads = [
        threading.Thread(target=lambda i=i: KeptPacks(kept.folder).save(awkward(), f"{i}", ids[i % 3]))
        for i in range(12)
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {p.id for p in kept.list()} == set(ids)
    assert not kept.damaged()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StudyError, match="can't be written"):
        KeptPacks(tmp_path / "packs").save(awkward())


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("x", encoding="utf-8")
    packs = KeptPacks(tmp_path / "packs")
    assert packs.list() == ()
    assert packs.forget(["a" * 64]) == 0
    with pytest.raises(StudyError, match="packs"):
        packs.save(awkward())


# --- Deleted documents ----------------------------------------------------------------------------

OTHER = RIVER.replace("Sông Lạt", "Gò Sậy").replace("45/KH-UBND", "77/KH-UBND").replace(
    "trước ngày 20/4/2025", "trước ngày 30/4/2025"
)  # fmt: skip


def two() -> tuple[SourceDocument, SourceDocument, StudyPack]:
    mine, other = made(MEETING, "buoi-hoc.txt"), made(RIVER, "song-lat.txt")
    return mine, other, study_pack([mine, other], duties_of([mine, other]))


def _long_runs(text: str, words: int = 5) -> set[str]:
    split = text.split()
    return {" ".join(split[i : i + words]) for i in range(len(split) - words + 1)}


def _all_text(folder: Path) -> str:
    return "\n".join(
        " ".join(json.dumps(json.loads(p.read_bytes()), ensure_ascii=False).split())
        for p in folder.glob("*.json")
    )


def test_words_of_a_deleted_document_are_in_no_file(kept: KeptPacks) -> None:
    mine, other, pack = two()
    saved = kept.save(pack, "Chung")
    alone = kept.save(study_pack([other], duties_of([other])))
    untouched = kept.save(study_pack([mine], duties_of([mine])))
    before = kept.open(untouched.id)
    assert kept.forget([other.id]) == 2
    assert kept.open(untouched.id) == before
    assert alone.id not in {p.id for p in kept.list()}
    left = kept.open(saved.id)
    assert [d.id for d in left.documents] == [mine.id]
    assert documents_of(left) == {mine.id}
    shared = _long_runs(mine.text)
    stored = _all_text(kept.folder)
    assert [run for run in _long_runs(other.text) - shared if run in stored] == []
    assert other.id not in stored
    assert "45/KH-UBND" not in stored


def test_what_is_left_is_a_pack_that_says_what_went(kept: KeptPacks) -> None:
    mine, other, pack = two()
    saved = kept.save(pack)
    kept.forget([other.id])
    left = kept.open(saved.id)
    assert left.outline.entries
    assert any("không còn trong thư viện" in note for note in left.outline.notes)
    assert sum(step.minutes for step in left.agenda.entries) == left.request.minutes
    assert {c.document_id for c in left.citations()} == {mine.id}
    assert kept.list()[0].name == left.title


def test_a_conflict_and_a_step_lose_what_one_side_said() -> None:
    first, second = made(RIVER, "a.txt"), made(OTHER, "b.txt")
    pack = study_pack([first, second], duties_of([first, second]))
    assert pack.conflicts.entries
    left = without_documents(pack, {second.id})
    assert left is not None
    assert not left.conflicts.entries
    assert left.conflicts.notes
    assert {c.document_id for c in citations_in(left.agenda.entries)} == {first.id}


def test_a_line_edited_from_a_document_goes_with_it(kept: KeptPacks) -> None:
    _, other, pack = two()
    index = next(
        i for i, c in enumerate(pack.cards.entries) if c.citations[0].document_id == other.id
    )
    changed = edit(pack, Part.CARDS, f"{index}/answer", "Lời riêng, còn giữ chữ của văn bản 45")
    assert not changed.cards.entries[index].citations
    saved = kept.save(changed)
    kept.forget([other.id])
    assert "Lời riêng" not in _all_text(kept.folder)
    assert kept.open(saved.id).cards.entries == tuple(
        c for c in pack.cards.entries if c.citations[0].document_id != other.id
    )


def test_wrong_choices_from_beside_go_with_their_document(kept: KeptPacks) -> None:
    mine, other = made(RIVER, "a.txt"), made(OTHER.replace("Hội Nông dân", "Hội Người mù"), "b.txt")
    pack = study_pack([mine], duties_of([mine]), beside=[other])
    item = next(i for i in pack.quiz.entries if hasattr(i, "proofs"))
    from_beside = replace(item, proofs=tuple(
        () if i == item.right else (replace(item.citations[0], document_id=other.id),)
        for i in range(len(item.choices))
    ))  # fmt: skip
    kept.save(replace(pack, quiz=PartOf((from_beside, *pack.quiz.entries[1:]))))
    kept.forget([other.id])
    assert other.id not in _all_text(kept.folder)


def test_a_damaged_pack_goes_unless_it_is_of_others(kept: KeptPacks) -> None:
    mine, other = made(MEETING, "m.txt"), made(RIVER, "o.txt")
    ids = [kept.save(study_pack([d], [])).id for d in (mine, other, other)]
    cut = [kept.folder / f"{id}.json" for id in ids]
    for path in cut[:2]:
        path.write_bytes(path.read_bytes()[:-40])
    cut[2].write_text('{"pack": "Lập bản đồ các điểm sạt lở', encoding="utf-8")
    assert kept.forget([other.id]) == 2
    assert [d.id for d in kept.damaged()] == [ids[0]]


def test_documents_deleted_while_no_one_told(kept: KeptPacks) -> None:
    mine, other, pack = two()
    saved = kept.save(pack)
    assert kept.forget_others([mine.id, other.id]) == 0
    assert kept.open(saved.id) == pack
    assert kept.forget_others([mine.id]) == 1
    assert documents_of(kept.open(saved.id)) == {mine.id}


def test_nothing_is_forgotten_of_nothing(kept: KeptPacks) -> None:
    assert kept.forget([]) == 0
    kept.save(pack_on(RIVER))
    assert kept.forget([]) == 0
    assert kept.forget(["b" * 64]) == 0
    assert len(kept.list()) == 1
