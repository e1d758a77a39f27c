"""Lines of a pack left out, put elsewhere, and parts put in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar, cast

from assistant.study.edits.address import Address, Index, address_of, entry_at
from assistant.study.errors import NO_PART, StudyError
from assistant.study.records import (
    AgendaStep,
    ChoiceItem,
    Conflict,
    DiscussionQuestion,
    MatchingItem,
    OrderingItem,
    OutlinePoint,
    Part,
    PartOf,
    StudyPack,
    TimelineRow,
    citations_in,
)

_LEAST_CHOICES = 2  # choices, pairs or events of an item of the quiz

E = TypeVar("E")


def with_part(pack: StudyPack, part: Part, new: PartOf[Any]) -> StudyPack:
    """The pack with another part in the place of one; its length follows its agenda."""
    changed = replace(pack, **{part.value: new})  # type: ignore[arg-type]
    if part is not Part.AGENDA or not new.entries:
        return changed
    minutes = sum(step.minutes for step in new.entries)
    return replace(changed, request=replace(pack.request, minutes=minutes))


def with_parts(pack: StudyPack, parts: Sequence[Part] | None) -> StudyPack:
    """The pack of which only ``parts`` are written, None for all; what it holds stays."""
    wanted = None if parts is None else tuple(p for p in Part if p in parts)
    if wanted == ():
        raise StudyError(*NO_PART)
    return replace(pack, request=replace(pack.request, parts=wanted))


def _with_entries(pack: StudyPack, part: Part, entries: Sequence[Any]) -> StudyPack:
    return with_part(pack, part, replace(pack.part(part), entries=tuple(entries)))


def with_entry(pack: StudyPack, address: Address, entry: Any) -> StudyPack:
    entries = pack.part(address.part).entries
    return _with_entries(pack, address.part, with_at(entries, address.entry, entry))


# --- Left out -------------------------------------------------------------------------------------


def drop(pack: StudyPack, part: Part, index: Index) -> StudyPack:
    """The pack without an entry, or without a line of one; with a heading goes what is under it.

    Raises:
        StudyError: there is no such line, or what it belongs to can't be without it.
    """
    address = address_of(part, index)
    entry = entry_at(pack, address)
    if not address.field:
        entries = pack.part(part).entries
        first, last = _block(entries, address.entry)
        return _with_entries(pack, part, (*entries[:first], *entries[last:]))
    if address.at is None or address.field == "when":
        raise StudyError(
            f"{address} can't be left out alone; leave out {part}/{address.entry}",
            "Không xóa riêng được dòng này; hãy xóa cả mục.",
        )
    if isinstance(entry, ChoiceItem | MatchingItem | OrderingItem):
        return with_entry(pack, address, _smaller(entry, address))
    left = without_at(getattr(entry, address.field), address.at)
    if not left and not isinstance(entry, AgendaStep | DiscussionQuestion):
        return drop(pack, part, address.entry)
    if isinstance(entry, Conflict) and len(left) < 2:  # one side disagrees with none
        return drop(pack, part, address.entry)
    lost = getattr(entry, address.field)[address.at]
    changed = {address.field: left}
    if isinstance(entry, Conflict | DiscussionQuestion):  # their words are of what they cite
        changed["taken_from"] = sources_of((entry, lost))
    return with_entry(pack, address, replace(entry, **changed))


def _smaller(item: Any, address: Address) -> Any:
    at, field = cast(int, address.at), address.field
    count = len(getattr(item, field))
    if count <= _LEAST_CHOICES:
        raise StudyError(
            f"{address}: a question keeps {_LEAST_CHOICES} {field} at least; leave it out whole",
            f"Câu hỏi phải còn ít nhất {_LEAST_CHOICES} dòng; nếu không cần, hãy xóa cả câu.",
        )
    if isinstance(item, ChoiceItem):
        if at == item.right:
            raise StudyError(
                f"{address} is the right answer; choose another one first",
                "Đây là đáp án đúng; hãy chọn đáp án khác trước khi xóa.",
            )
        right = item.right - (at < item.right)
        return replace(
            item,
            choices=without_at(item.choices, at),
            proofs=without_at(item.proofs, at),
            right=right,
        )
    if isinstance(item, OrderingItem):
        order = tuple(i - (i > at) for i in item.order if i != at)
        return replace(
            item, events=without_at(item.events, at), when=without_at(item.when, at), order=order,
            citations=without_at(item.citations, at),
        )  # fmt: skip
    pair = at if field == "left" else next((i for i, j in enumerate(item.pairs) if j == at), None)
    if pair is None:  # a task that no office has
        pairs = tuple(j - (j > at) for j in item.pairs)
        return replace(item, right=without_at(item.right, at), pairs=pairs)
    task = item.pairs[pair]
    return replace(
        item,
        left=without_at(item.left, pair),
        right=without_at(item.right, task),
        pairs=tuple(j - (j > task) for i, j in enumerate(item.pairs) if i != pair),
        citations=without_at(item.citations, pair),
    )


def _block(entries: Sequence[Any], at: int) -> tuple[int, int]:
    """The entries that go together: a heading of the outline with all that stands under it."""
    end = at + 1
    if isinstance(entries[at], OutlinePoint):
        top = entries[at]
        while end < len(entries) and entries[end].level > top.level:
            if entries[end].document != top.document:
                break
            end += 1
    return at, end


# --- Put elsewhere --------------------------------------------------------------------------------


def move(pack: StudyPack, part: Part, index: Index, by: int) -> StudyPack:
    """The pack with an entry, or a line of one, ``by`` places further down (up: less than 0).

    It stays among its own: an entry among those of its document, a heading of the outline, with
    what stands under it, among those of its level; at their end it goes no further.

    Raises:
        StudyError: there is no such line.
    """
    address = address_of(part, index)
    entry = entry_at(pack, address)
    if not address.field:
        return _with_entries(pack, part, _moved_entry(pack.part(part).entries, address.entry, by))
    if address.at is None or address.field == "when":
        raise StudyError(
            f"{address} has no other place; move {part}/{address.entry}",
            "Không chuyển riêng được dòng này; hãy chuyển cả mục.",
        )
    count = len(getattr(entry, address.field))
    order = _moved(range(count), address.at, by)
    return with_entry(pack, address, _in_order(entry, address.field, order))


def _moved(values: Sequence[E], at: int, by: int) -> list[E]:
    """
    >>> _moved("abcd", 0, 2), _moved("abcd", 3, -9)
    (['b', 'c', 'a', 'd'], ['d', 'a', 'b', 'c'])
    """
    left = [*values[:at], *values[at + 1 :]]
    left.insert(max(0, min(len(left), at + by)), values[at])
    return left


def _moved_entry(entries: Sequence[Any], at: int, by: int) -> list[Any]:
    """The entries with the block at ``at`` moved among its siblings."""
    blocks: list[Sequence[Any]] = []
    moved = start = 0
    first, last = _family(entries, at)
    while first + start < last:
        a, b = _block(entries, first + start)
        if a == at:
            moved = len(blocks)
        blocks.append(entries[a:b])
        start = b - first
    within = [entry for block in _moved(blocks, moved, by) for entry in block]
    return [*entries[:first], *within, *entries[last:]]


def _family(entries: Sequence[Any], at: int) -> tuple[int, int]:
    """The stretch within which an entry may move."""

    def is_kin(other: Any) -> bool:
        mine = entries[at]
        if getattr(other, "document", "") != getattr(mine, "document", ""):
            return isinstance(mine, TimelineRow)  # rows of all documents stand in one order of time
        return not isinstance(mine, OutlinePoint) or other.level >= mine.level

    first, last = at, at + 1
    while first > 0 and is_kin(entries[first - 1]):
        first -= 1
    while last < len(entries) and is_kin(entries[last]):
        last += 1
    if isinstance(entries[at], OutlinePoint):
        # Deeper points before the first of this level stand under what is above.
        while entries[first].level > entries[at].level:
            first += 1
    return first, last


def _in_order(entry: Any, field: str, order: Sequence[int]) -> Any:
    """The entry with a list's lines in another order, and whatever names them by their places."""
    new = {old: place for place, old in enumerate(order)}

    def put(values: Sequence[E]) -> tuple[E, ...]:
        return tuple(values[i] for i in order) if values else ()

    if isinstance(entry, ChoiceItem):
        return replace(
            entry, choices=put(entry.choices), proofs=put(entry.proofs), right=new[entry.right]
        )
    if isinstance(entry, OrderingItem):
        return replace(
            entry, events=put(entry.events), when=put(entry.when),
            order=tuple(new[i] for i in entry.order), citations=put(entry.citations),
        )  # fmt: skip
    if isinstance(entry, MatchingItem) and field == "left":
        return replace(
            entry, left=put(entry.left), pairs=put(entry.pairs), citations=put(entry.citations)
        )
    if isinstance(entry, MatchingItem):
        return replace(entry, right=put(entry.right), pairs=tuple(new[j] for j in entry.pairs))
    return replace(entry, **{field: put(getattr(entry, field))})


def reordered(item: Any, field: str, order: Sequence[int]) -> Any:
    """An item of the quiz whose ``choices``, ``events``, ``left`` or ``right`` stand in ``order``,
    the old places listed; its answer stays the same."""
    return _in_order(item, field, order)


def with_at(values: Sequence[E], at: int, value: E) -> tuple[E, ...]:
    return (*values[:at], value, *values[at + 1 :])


def without_at(values: Sequence[E], at: int) -> tuple[E, ...]:
    return (*values[:at], *values[at + 1 :])


def sources_of(value: object) -> tuple[str, ...]:
    """The ids of the documents that an entry or line cites, or was taken from."""
    if isinstance(value, tuple):
        found = [i for entry in value for i in sources_of(entry)]
    else:
        found = [*getattr(value, "taken_from", ()), *(c.document_id for c in citations_in(value))]
    return tuple(dict.fromkeys(found))
