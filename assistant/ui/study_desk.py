"""What lies before a trainer: the packs, one of them read or changed, its quiz. No Gradio here.

A :class:`Desk` never changes; each function gives the desk after something was done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.records import Citation
from assistant.study import edits
from assistant.study.edits import Address
from assistant.study.errors import StudyError
from assistant.study.export.sources import Sources
from assistant.study.kept import KeptPack
from assistant.study.records import Part, PartOf, StudyPack
from assistant.ui.conversation import Note
from assistant.ui.study_sitting import Sitting
from ingest.records import SourceDocument

REMEMBERED = 100  # changes that can be undone


@dataclass(frozen=True, slots=True)
class Desk:
    """One page's desk.

    ``view`` is ``shelf``, ``pack`` or ``quiz``. ``id`` and ``name`` are those of the open pack
    among the kept ones, ``saved`` is when this desk has saved or opened it last; ``past`` and
    ``future`` are what undoing and redoing lead to. ``is_worked`` tells that someone has changed or
    named it. ``note`` says what was done last; ``deleted`` is a kept pack that was deleted last,
    with its name; ``focus`` the address of the line in hand.
    """

    view: str = "shelf"
    pack: StudyPack | None = None
    id: str = ""
    name: str = ""
    saved: datetime | None = None
    is_editing: bool = False
    past: tuple[StudyPack, ...] = ()
    future: tuple[StudyPack, ...] = ()
    is_worked: bool = False
    unsaved: StudyError | None = None
    note: Note | None = None
    deleted: tuple[str, StudyPack] | None = None
    focus: str = ""
    sitting: Sitting | None = None

    def told(self, note: Note | None = None) -> Desk:
        """The same with another thing to say."""
        return replace(self, note=note, deleted=None, focus="")


def with_kept(kept: KeptPack, pack: StudyPack) -> Desk:
    """The desk with a kept pack opened to be read."""
    return Desk("pack", pack, kept.id, kept.name, saved=kept.changed, is_worked=True)


def changed(desk: Desk, pack: StudyPack, note: Note, focus: str = "") -> Desk:
    """The desk with the pack changed, which can be undone."""
    if desk.pack is None or pack == desk.pack:
        return desk.told()
    past = (*desk.past, desk.pack)[-REMEMBERED:]
    told = desk.told(note)
    return replace(told, pack=pack, past=past, future=(), is_worked=True, focus=focus)


def undone(desk: Desk) -> Desk:
    """The desk before the last change."""
    if desk.pack is None or not desk.past:
        return desk.told()
    future = (*desk.future, desk.pack)
    told = desk.told(Note("study_undone"))
    return replace(told, pack=desk.past[-1], past=desk.past[:-1], future=future)


def redone(desk: Desk) -> Desk:
    """The desk after the change that was undone last."""
    if desk.pack is None or not desk.future:
        return desk.told()
    past = (*desk.past, desk.pack)
    told = desk.told(Note("study_redone"))
    return replace(told, pack=desk.future[-1], past=past, future=desk.future[:-1])


# --- Lines ----------------------------------------------------------------------------------------


def edited(desk: Desk, at: object, text: object) -> Desk:
    """The desk with other words in the line at an address.

    Raises:
        StudyError: there is no such line, or the words can't stand there.
    """
    pack, address = _open(desk), Address.parse(str(at))
    new = edits.edit(pack, address.part, str(address), str(text))
    lost = _citations(pack, address) and not _citations(new, address)
    note = Note("study_edited_own" if lost else "study_edited")
    return replace(changed(desk, new, note), focus=str(address))


def dropped(desk: Desk, at: object) -> Desk:
    """The desk without the line at an address.

    Raises:
        StudyError: there is no such line, or what it belongs to can't be without it.
    """
    address = Address.parse(str(at))
    new = edits.drop(_open(desk), address.part, str(address))
    return changed(desk, new, Note("study_dropped"), str(address))


def moved(desk: Desk, at: object, by: int) -> Desk:
    """The desk with the line at an address ``by`` places further down.

    Raises:
        StudyError: there is no such line.
    """
    pack, address = _open(desk), Address.parse(str(at))
    new = edits.move(pack, address.part, str(address), by)
    desk = changed(desk, new, Note("study_moved"))
    return replace(desk, focus=str(_moved_to(pack, new, address, by)))


def _moved_to(before: StudyPack, after: StudyPack, address: Address, by: int) -> Address:
    """Where a line stands after it was moved."""
    if address.at is None:
        entry = before.part(address.part).entries[address.entry]
        entries = after.part(address.part).entries
        place = next((i for i, other in enumerate(entries) if other is entry), address.entry)
        return replace(address, entry=place)
    count = len(getattr(before.part(address.part).entries[address.entry], address.field))
    return replace(address, at=max(0, min(count - 1, address.at + by)))


def _open(desk: Desk) -> StudyPack:
    if desk.pack is None:
        raise StudyError("no study pack is open", "chưa mở tài liệu nào")
    return desk.pack


def _citations(pack: StudyPack, address: Address) -> tuple[Citation, ...]:
    found = (x.citations for x in edits.lines(pack, address.part) if x.address == str(address))
    return next(found, ())


# --- Parts ----------------------------------------------------------------------------------------


def with_part(desk: Desk, part: Part, made: PartOf[Any], seed: int) -> Desk:
    """The desk with a part made anew by ``seed``, or made for the first time."""
    pack = _open(desk)
    said = (("part", part),)
    if made == pack.part(part) and pack.request.wants(part):
        return desk.told(Note("study_same_again", said))
    seeds = {**dict(pack.request.seeds), part: seed}
    new = edits.with_part(pack, part, made)
    new = replace(new, request=replace(new.request, seeds=tuple(seeds.items())))
    wanted = [p for p in Part if p is part or pack.request.wants(p)]
    new = edits.with_parts(new, None if len(wanted) == len(Part) else wanted)
    return changed(desk, new, Note("study_made_again", said))


def without_part(desk: Desk, part: Part) -> Desk:
    """The desk with a part left out of the pack.

    Raises:
        StudyError: it is the last one.
    """
    pack = _open(desk)
    wanted = [p for p in Part if p is not part and pack.request.wants(p)]
    new = edits.with_parts(pack, wanted)
    return changed(desk, new, Note("study_dropped_part", (("part", part),)))


def with_reworded(desk: Desk, new: StudyPack) -> Desk:
    """The desk with the pack as a language model words it; what it could not do stands in notes."""
    pack = _open(desk)
    lines = [(x.address, x.text) for part in Part for x in edits.lines(pack, part)]
    after = [(x.address, x.text) for part in Part for x in edits.lines(new, part)]
    count = sum(one != other for one, other in zip(lines, after, strict=True))
    if count:
        return changed(desk, new, Note("study_reworded", (("count", count),)))
    notes = [n for part in Part for n in new.part(part).notes if n not in pack.part(part).notes]
    if notes:
        return desk.told(Note("reason", (("reason", notes[0]),)))
    return desk.told(Note("study_reworded_none"))


# --- Sources --------------------------------------------------------------------------------------


def numbered(pack: StudyPack) -> Sources:
    """Numbers for all citations of the pack, as they stand in it."""
    sources = Sources(pack)
    for citation in pack.citations():
        sources.number(citation)
    return sources


def citation_at(pack: StudyPack | None, number: object) -> Citation | None:
    """The citation with a number of :func:`numbered`, as the page sent it; None for a wrong one."""
    cited = numbered(pack).cited() if pack is not None else ()
    return cited[number - 1] if isinstance(number, int) and 0 < number <= len(cited) else None


def found_again(citation: Citation, document: SourceDocument) -> Citation | None:
    """The citation where its words stand in the document as it is read now; None where nowhere.

    A kept pack may be older than the way in which its documents are read.
    """
    if document.text[citation.start : citation.end] == citation.quote:
        return citation
    start = document.text.find(citation.quote)
    if start < 0 or not citation.quote:
        return None
    return replace(citation, start=start, end=start + len(citation.quote))
