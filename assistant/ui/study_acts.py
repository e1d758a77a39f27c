"""What a trainer does with packs: opened, changed, kept, named, deleted, taken. No Gradio here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from assistant.study.errors import OutdatedError, StudyError
from assistant.study.kept import LONGEST_NAME, KeptPack, KeptPacks
from assistant.study.records import Part, StudyPack
from assistant.study.without import documents_of
from assistant.ui import study_desk, study_sitting
from assistant.ui.conversation import Note
from assistant.ui.study_desk import Desk, with_kept
from assistant.ui.study_sitting import Sitting


@dataclass(frozen=True, slots=True)
class Asked:
    """What a button of the page asks for, as the page sent it: nothing of it is sure to be so.

    ``id`` is of a kept pack, ``at`` the address of a line, ``value`` what was typed or chosen.
    """

    ask: object
    id: object = None
    at: object = None
    value: object = None
    part: object = None


def acted(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    """The desk after what was asked, the open pack kept where that has changed it.

    Raises:
        StudyError: it can't be done; nothing has changed.
    """
    act = _ACTS.get(str(asked.ask))
    if act is None:
        return desk
    done = act(desk, asked, packs)
    # What was just read from its file is saved already: opening is no change.
    return kept(done, done if act is _open else desk, packs)


def with_drafts(desk: Desk, drafts: object, packs: KeptPacks) -> Desk:
    """The desk with what was being typed when something else was asked for, kept.

    ``drafts`` is what the page sent: lines by their address, names by the id of their pack.

    Raises:
        StudyError: some of it can't stand; nothing has changed.
    """
    found = [each for each in drafts if isinstance(each, dict)] if isinstance(drafts, list) else []
    written = desk
    for draft in found:
        if "at" in draft:
            written = study_desk.edited(written, draft["at"], draft.get("value", ""))
    for draft in found:
        if "id" in draft:
            written = _rename(
                written, Asked("rename", draft["id"], value=draft.get("value")), packs
            )
    return kept(written, desk, packs)


def kept(desk: Desk, before: Desk, packs: KeptPacks) -> Desk:
    """The desk with its pack saved where that is another one than before, or was not saved then.

    What can't be saved stays on the desk, which says so. What was changed on another page since is
    left as it is there, and this desk's saved beside it.
    """
    if desk.pack is None or desk.view == "shelf":
        return desk
    if desk.id == before.id and desk.pack == before.pack and before.unsaved is None:
        return desk
    try:
        saved, note = _saved(desk, desk.pack, packs)
    except StudyError as error:
        return replace(desk, unsaved=error)
    return replace(desk, id=saved.id, name=saved.name, saved=saved.changed, unsaved=None, note=note)


def _saved(desk: Desk, pack: StudyPack, packs: KeptPacks) -> tuple[KeptPack, Note | None]:
    """The pack as it was saved, and what to say of it."""
    try:
        return packs.save(pack, id=desk.id or None, since=desk.saved), desk.note
    except OutdatedError:
        name = _another(desk.name, [other.name for other in packs.list()])
        return packs.save(pack, name), Note("study_kept_beside", (("name", name),))
    except StudyError:
        ids = {other.id for other in packs.list()} | {other.id for other in packs.damaged()}
        if not desk.id or desk.id in ids:
            raise
        # It was deleted on another page meanwhile.
        return packs.save(pack, "" if desk.name == pack.title else desk.name), desk.note


def _another(name: str, taken: Sequence[str]) -> str:
    """A name like this that no other has: «Lớp tối (2)»."""
    numbered = (f"{name[: LONGEST_NAME - 6].rstrip()} ({number})" for number in count(2))
    return next(each for each in numbered if each not in taken)


def with_made(desk: Desk, pack: StudyPack, packs: KeptPacks) -> Desk:
    """The desk with a pack that was just made, kept.

    It takes the place of one that was made of the same and that nobody has worked on since.
    """
    again = desk.pack is not None and not desk.is_worked and _of_the_same(desk.pack, pack)
    made = Desk("pack", pack, name=pack.title)
    if again:
        made = replace(made, id=desk.id, saved=desk.saved)
    return kept(made, Desk(), packs)


def _of_the_same(one: StudyPack, other: StudyPack) -> bool:
    return one.documents == other.documents and one.topic == other.topic


def current(desk: Desk, packs: KeptPacks, document_ids: Collection[str]) -> Desk:
    """The desk without words of documents that were deleted for good since.

    ``document_ids`` are those that are in the library or can be restored. What is kept has been
    rid of such words: it is opened again, or the desk is cleared where it went whole.
    """
    if desk.pack is None or documents_of(desk.pack) <= set(document_ids):
        return desk
    try:
        listed, pack = packs.find(desk.id)
    except StudyError:
        return Desk()
    if pack == desk.pack:  # nothing was taken out: only what was changed is forgotten
        return replace(desk, past=(), future=())
    return with_kept(listed, pack)


# --- Acts -----------------------------------------------------------------------------------------


def _to_shelf(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return Desk()


def _open(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return with_kept(*packs.find(str(asked.id)))


def _rename(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    renamed = packs.rename(str(asked.id), str(asked.value or ""))
    told = desk.told(Note("study_renamed"))
    if desk.id != renamed.id:
        return told
    return replace(told, name=renamed.name, is_worked=True)


def _delete(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    id = str(asked.id)
    try:
        listed, pack = packs.find(id)
    except StudyError:
        packs.delete(id)
        return Desk(note=Note("study_deleted_file"))
    packs.delete(id)
    return Desk(note=Note("study_deleted", (("name", listed.name),)), deleted=(listed.name, pack))


def _undelete(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    if desk.deleted is None:
        return desk.told()
    name, pack = desk.deleted
    packs.save(pack, "" if name == pack.title else name)
    return Desk(note=Note("study_restored", (("name", name),)))


def _mode(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return replace(desk.told(), is_editing=asked.value == "edit")


def _edit(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.edited(desk, asked.at, asked.value)


def _drop(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.dropped(desk, asked.at)


def _up(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.moved(desk, asked.at, -1)


def _down(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.moved(desk, asked.at, 1)


def _undo(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.undone(desk)


def _redo(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.redone(desk)


def _drop_part(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return study_desk.without_part(desk, part_of(asked.part))


def part_of(value: object) -> Part:
    """The part of a name that the page sent.

    Raises:
        StudyError: there is no such part.
    """
    if value not in tuple(Part):
        raise StudyError(f"{value!r} is no part of a pack", f"không có phần nào là {value!r}")
    return Part(str(value))


# --- The quiz -------------------------------------------------------------------------------------


def _take(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    items = desk.pack.quiz.entries if desk.pack is not None else ()
    return replace(desk.told(), view="quiz", sitting=study_sitting.begun(items))


def _leave_quiz(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
    return replace(desk.told(), view="pack", sitting=None)


def _sit(
    step: Callable[[Sitting, Desk, Asked], Sitting],
) -> Callable[[Desk, Asked, KeptPacks], Desk]:
    def act(desk: Desk, asked: Asked, packs: KeptPacks) -> Desk:
        if desk.sitting is None:
            return desk.told()
        return replace(desk.told(), sitting=step(desk.sitting, desk, asked))

    return act


def _begun_again(sitting: Sitting, desk: Desk, asked: Asked) -> Sitting:
    items = desk.pack.quiz.entries if desk.pack is not None else ()
    return study_sitting.begun_again(sitting, items)


_ACTS: Final[dict[str, Callable[[Desk, Asked, KeptPacks], Desk]]] = {
    "keep": lambda desk, asked, packs: desk,  # what was being typed, before something else
    "shelf": _to_shelf,
    "open": _open,
    "rename": _rename,
    "delete": _delete,
    "undelete": _undelete,
    "mode": _mode,
    "edit": _edit,
    "drop": _drop,
    "up": _up,
    "down": _down,
    "undo": _undo,
    "redo": _redo,
    "drop_part": _drop_part,
    "take": _take,
    "leave_quiz": _leave_quiz,
    "answer": _sit(lambda sitting, desk, asked: study_sitting.answered(sitting, asked.value)),
    "next": _sit(lambda sitting, desk, asked: study_sitting.gone_on(sitting)),
    "again": _sit(_begun_again),
    "again_missed": _sit(lambda sitting, desk, asked: study_sitting.begun_with_missed(sitting)),
}
