"""Lines of a pack by name: «cards/0», «cards/0/answer», «roles/2/tasks/0». Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from assistant.records import Citation
from assistant.study.errors import StudyError
from assistant.study.export.keys import FALSE, TRUE, letter
from assistant.study.records import (
    AgendaStep,
    Card,
    ChoiceItem,
    Cited,
    Conflict,
    DiscussionQuestion,
    FactRow,
    GlossaryTerm,
    MatchingItem,
    OfficeRole,
    OrderingItem,
    OutlinePoint,
    Own,
    Part,
    StudyPack,
    TimelineRow,
    TrueFalseItem,
)

Index = int | str


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a pack: the entry of a part, a field of it, a line of that field.

    ``str(address)`` and :meth:`parse` turn it into text and back.
    """

    part: Part
    entry: int
    field: str = ""
    at: int | None = None

    def __str__(self) -> str:
        parts = [self.part.value, str(self.entry), self.field, str(self.at)]
        return "/".join(parts[: 2 if not self.field else 3 if self.at is None else 4])

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read «roles/2/tasks/0».

        Raises:
            StudyError: ``text`` is no address.
        """
        match = _ADDRESS.fullmatch(text)
        if match is None or match["part"] not in set(Part):
            raise StudyError(
                f"{text[:80]!r} is no line of a pack; a line is named «cards/0/answer»",
                "Không có dòng này trong tài liệu.",
            )
        at = match["at"]
        return cls(
            Part(match["part"]), int(match["entry"]), match["field"] or "", int(at) if at else None
        )


_ADDRESS = re.compile(
    r"(?P<part>[a-z]+)/(?P<entry>\d{1,6})(?:/(?P<field>[a-z_]+)(?:/(?P<at>\d{1,6}))?)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PackLine:
    """A line as it can be shown and changed.

    ``can_drop`` and ``can_move`` are of the place itself: an entry, or a line of a list in it.
    ``citations`` are empty for what is the pack's or the trainer's own.
    """

    address: str
    text: str
    can_edit: bool
    can_drop: bool
    can_move: bool
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the words of a record stand: its own, those of single fields, those of lists."""

    head: str
    fields: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


SHAPES: Final[dict[type, Shape]] = {
    FactRow: Shape("label", (), ("values",)),
    Conflict: Shape("text", (), ("sides",)),
    OutlinePoint: Shape("text"),
    TimelineRow: Shape("action", ("when", "actor", "report_to")),
    OfficeRole: Shape("office", (), ("tasks",)),
    AgendaStep: Shape("title", ("minutes",), ("points",)),
    DiscussionQuestion: Shape("text", (), ("basis",)),
    Card: Shape("question", ("answer",)),
    ChoiceItem: Shape("question", ("answer",), ("choices",)),
    TrueFalseItem: Shape("statement", ("answer",)),
    MatchingItem: Shape("question", (), ("left", "right")),
    OrderingItem: Shape("question", (), ("events", "when")),
    GlossaryTerm: Shape("term", ("meaning",)),
}


def lines(pack: StudyPack, part: Part) -> tuple[PackLine, ...]:
    """Every line of a part in order: each entry, then its fields and the lines of its lists."""
    return tuple(
        line
        for number, entry in enumerate(pack.part(part).entries)
        for line in _lines_of(Address(part, number), entry)
    )


def _lines_of(address: Address, entry: Any) -> list[PackLine]:
    shape = SHAPES[type(entry)]
    head = PackLine(
        str(address), text_of(entry, address), shape.head != "label", True, True, _cited(entry)
    )
    found = [head]
    for field in shape.fields:
        at = replace(address, field=field)
        found.append(PackLine(str(at), text_of(entry, at), True, False, False, _cited(entry)))
    for field in shape.lists:
        for index, line in enumerate(getattr(entry, field)):
            at = replace(address, field=field, at=index)
            citations = line.citations if isinstance(line, Cited | Own) else _of_place(entry, index)
            whole = field != "when"  # the date of an event goes where the event does
            found.append(PackLine(str(at), text_of(entry, at), True, whole, whole, citations))
    return found


def _cited(entry: Any) -> tuple[Citation, ...]:
    return cast(tuple[Citation, ...], getattr(entry, "citations", ()))


def _of_place(item: Any, index: int) -> tuple[Citation, ...]:
    """What bears out a choice, pair or event of the quiz, or shows it wrong."""
    if isinstance(item, ChoiceItem):
        return item.citations if index == item.right else item.proofs[index]
    return item.citations[index : index + 1]


def text_at(pack: StudyPack, part: Part, index: Index) -> str:
    """The text of a line.

    Raises:
        StudyError: the pack has no such line.
    """
    address = address_of(part, index)
    return text_of(entry_at(pack, address), address)


def text_of(entry: Any, address: Address) -> str:
    if not address.field:
        return str(getattr(entry, SHAPES[type(entry)].head))
    if address.field == "answer" and isinstance(entry, ChoiceItem | TrueFalseItem):
        if isinstance(entry, ChoiceItem):
            return letter(entry.right)
        return TRUE if entry.is_true else FALSE
    found = getattr(entry, address.field)
    if address.at is None:
        return str(found)
    line = found[address.at]
    return line.text if isinstance(line, Cited | Own) else str(line)


def address_of(part: Part, index: Index) -> Address:
    """``index`` within ``part``: 2, «2», «2/tasks/0», or the whole address."""
    said = str(index)
    return Address.parse(said if said.startswith(f"{part.value}/") else f"{part.value}/{said}")


def entry_at(pack: StudyPack, address: Address) -> Any:
    """The entry that a place is in, the place itself being there.

    Raises:
        StudyError: the pack has no such place.
    """
    entries = pack.part(address.part).entries
    if address.entry < len(entries):
        entry = entries[address.entry]
        shape = SHAPES[type(entry)]
        if address.at is None and address.field in ("", *shape.fields):
            return entry
        is_line = address.at is not None and address.field in shape.lists
        if is_line and cast(int, address.at) < len(getattr(entry, address.field)):
            return entry
    raise StudyError(
        f"the pack has no line {address}; it may have been left out since",
        "Dòng này không còn trong tài liệu; có thể đã bị xóa.",
    )
