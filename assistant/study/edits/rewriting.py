"""Other words in a line of a pack; what is cited stays so only where its source says them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from assistant.records import Citation
from assistant.study import borne
from assistant.study.edits.address import SHAPES, Address, Index, address_of, entry_at, text_of
from assistant.study.edits.placing import sources_of, with_at, with_entry
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
    Line,
    MatchingItem,
    OfficeRole,
    OrderingItem,
    OutlinePoint,
    Own,
    Part,
    StudyPack,
    TimelineRow,
    TrueFalseItem,
    citations_in,
)
from ingest.dates import find_dates

LONGEST = 2_000  # characters of an edited line
_MAY_BE_EMPTY = {"when", "actor", "report_to"}

E = TypeVar("E")


def edit(pack: StudyPack, part: Part, index: Index, text: str) -> StudyPack:
    """The pack with other words in a line.

    A factual line stays cited only where the cited words bear the new ones out; else it becomes the
    trainer's own. «answer» takes a choice's letter, or «Đúng» or «Sai»; «minutes» a number.

    Raises:
        StudyError: there is no such line, or the text can't stand there.
    """
    address = address_of(part, index)
    entry = entry_at(pack, address)
    said = _tidied(text, address)
    if said == text_of(entry, address):
        return pack
    if not address.field and isinstance(entry, FactRow):
        raise StudyError(
            f"{address}: the name of a row is the pack's own; edit its values",
            "Tên của dòng không sửa được; hãy sửa nội dung của dòng.",
        )
    if _same(said, text_of(entry, address)) and not _is_answer(entry, address):
        return with_entry(pack, address, _with_text(entry, address, said))
    return with_entry(pack, address, _EDITS[type(entry)](entry, address, said))


def _is_answer(entry: Any, address: Address) -> bool:
    return address.field == "answer" and not isinstance(entry, Card)


def _with_text(entry: Any, address: Address, text: str) -> Any:
    """The entry with these words in a place, and nothing else changed."""
    field = address.field or SHAPES[type(entry)].head
    if address.at is None:
        return replace(entry, **{field: text})
    found = getattr(entry, field)
    line = found[address.at]
    new = replace(line, text=text) if isinstance(line, Cited | Own) else text
    return replace(entry, **{field: with_at(found, address.at, new)})


def _tidied(text: str, address: Address) -> str:
    """``text`` with single spaces, on one line but for a card's answer.

    Raises:
        StudyError: nothing is left of it, or it is too long.
    """
    rows = [" ".join(row.split()) for row in unicodedata.normalize("NFC", text).splitlines()]
    rows = [row for row in rows if row]
    said = ("\n" if address.part is Part.CARDS and address.field == "answer" else " ").join(rows)
    said = "".join(
        c for c in said if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cf")
    )
    if not said and address.field not in _MAY_BE_EMPTY:
        raise StudyError(
            f"{address}: nothing is left of the line; leave it out instead",
            "Dòng không còn chữ nào; nếu không cần dòng này, hãy xóa nó.",
        )
    if len(said) > LONGEST:
        raise StudyError(
            f"{address}: {len(said)} characters, at most {LONGEST} fit in a line",
            f"Dòng có {len(said)} ký tự; mỗi dòng nhiều nhất {LONGEST} ký tự.",
        )
    return said


def _line(line: Line, text: str, above: tuple[Citation, ...] = ()) -> Line:
    """A line with other words: cited where these are borne out, else the trainer's own."""
    if line.citations and borne.bears_out((*above, *line.citations), text):
        return Cited(text, line.citations)
    return Own(text, sources_of(line))


def _edit_lines(entry: Any, address: Address, text: str) -> Any:
    """An entry of the pack's own words over cited lines: a row of facts, a conflict."""
    if address.at is None:
        return replace(entry, **{SHAPES[type(entry)].head: text})
    found = getattr(entry, address.field)
    return replace(
        entry, **{address.field: with_at(found, address.at, _line(found[address.at], text))}
    )


def _edit_point(point: OutlinePoint, _: Address, text: str) -> OutlinePoint:
    kept = point.citations if borne.bears_out(point.citations, text) else ()
    return replace(point, text=text, citations=kept)


def _edit_row(row: TimelineRow, address: Address, text: str) -> TimelineRow:
    new = replace(row, **{address.field or "action": text})  # type: ignore[arg-type]
    if address.field == "when":
        found = find_dates(text)
        new = replace(new, said="", value=found[0].value if found else "")
    return replace(new, citations=row.citations if _is_row(row, new) else ())


def _is_row(before: TimelineRow, row: TimelineRow) -> bool:
    """Whether the cited words still say the row: what is done by whom, until when, for whom."""
    cited = row.citations
    for field in ("when", "actor", "report_to"):
        text = getattr(row, field)
        # Fewer words than before would say more: a deadline left out, a body left out.
        if text != getattr(before, field) and not (text and borne.bears_out(cited, text)):
            return False
    if row.when != before.when and row.value != before.value:
        return False
    if row.actor != before.actor:
        return borne.bears_out(cited, f"{row.actor}: {row.action}")
    return row.action == before.action or borne.bears_out(cited, row.action)


def _edit_role(role: OfficeRole, address: Address, text: str) -> OfficeRole:
    if address.at is not None:
        line = _line(role.tasks[address.at], text, role.citations)
        return replace(role, tasks=with_at(role.tasks, address.at, line))
    if borne.bears_out(role.citations, text):
        return replace(role, office=text)
    # Under another name the tasks are said of another body.
    tasks = tuple(Own(task.text, sources_of(task)) for task in role.tasks)
    return replace(role, office=text, tasks=tasks, citations=())


def _edit_step(step: AgendaStep, address: Address, text: str) -> AgendaStep:
    if address.at is not None:
        line = _line(step.points[address.at], text)
        return replace(step, points=with_at(step.points, address.at, line))
    if address.field == "minutes":
        match = re.fullmatch(r"(\d{1,3})(?:\s*phút)?", text)
        if match is None or not int(match[1]):
            raise StudyError(
                f"{address}: {text!r} is no number of minutes from 1 to 999",
                f"“{text}” không phải là số phút từ 1 đến 999.",
            )
        return replace(step, minutes=int(match[1]))
    if borne.bears_out(step.citations, text):
        return replace(step, title=text)
    return replace(
        step, title=text, is_prescribed=False, citations=(),
        taken_from=tuple(dict.fromkeys((*step.taken_from, *_ids(step.citations)))),
    )  # fmt: skip


def _edit_question(question: DiscussionQuestion, address: Address, text: str) -> DiscussionQuestion:
    if address.at is not None:
        line = _line(question.basis[address.at], text)
        return replace(question, basis=with_at(question.basis, address.at, line))
    cited = tuple(citations_in(question.basis))
    if borne.asks_of(cited, text, question.text):
        return replace(question, text=text)
    return replace(question, text=text, basis=(), taken_from=sources_of(question))


def _edit_card(card: Card, address: Address, text: str) -> Card:
    if address.field:
        new = replace(card, answer=text)
        kept = borne.answers(card.citations, text) and borne.same_particulars(card.answer, text)
    else:
        new = replace(card, question=text)
        kept = _asks_the_same(card.citations, card.question, text)
    return new if kept else _own(new)


def _asks_the_same(citations: tuple[Citation, ...], before: str, text: str) -> bool:
    return borne.asks_of(citations, text, before) and borne.same_particulars(before, text)


def _own(entry: E) -> E:
    """A card or item in the trainer's words."""
    changed: dict[str, Any] = {"citations": (), "taken_from": sources_of(entry)}
    if isinstance(entry, ChoiceItem):
        changed["proofs"] = tuple(() for _ in entry.choices)
    return cast(E, replace(cast(Any, entry), **changed))


def _edit_choice(item: ChoiceItem, address: Address, text: str) -> ChoiceItem:
    if address.field == "answer":
        right = _letter(text, len(item.choices), address)
        return _own(replace(item, right=right)) if right != item.right else item
    if address.at is None:
        new = replace(item, question=text)
        return new if _asks_the_same(item.citations, item.question, text) else _own(new)
    at = address.at
    if any(_same(text, other) for i, other in enumerate(item.choices) if i != at):
        raise StudyError(
            f"{address}: another choice says the same", "Đã có một phương án khác giống như vậy."
        )
    new = replace(item, choices=with_at(item.choices, at, text))
    if at == item.right:
        before = item.choices[at]
        kept = borne.answers(item.citations, text) and borne.same_particulars(before, text)
        return new if kept else _own(new)
    if _same(text, item.choices[at]):
        return new
    # Nothing shows the new words to be wrong.
    return replace(new, proofs=with_at(item.proofs, at, ()), taken_from=sources_of(item))


def _letter(text: str, count: int, address: Address) -> int:
    index = "ABCDEFGHIJ".find(text.strip(". ").upper())
    if not 0 <= index < count or len(text.strip(". ")) != 1:
        raise StudyError(
            f"{address}: {text!r} is no choice from A to {letter(count - 1)}",
            f"“{text}” không phải là phương án nào từ A đến {letter(count - 1)}.",
        )
    return index


def _edit_statement(item: TrueFalseItem, address: Address, text: str) -> TrueFalseItem:
    if address.field:
        answers = {TRUE.lower(): True, FALSE.lower(): False, "true": True, "false": False}
        if text.lower() not in answers:
            raise StudyError(
                f"{address}: {text!r} is neither {TRUE} nor {FALSE}",
                f"“{text}” không phải là {TRUE} hay {FALSE}.",
            )
        is_true = answers[text.lower()]
        return item if is_true is item.is_true else _own(
            replace(item, is_true=is_true, wrong="", right="")
        )  # fmt: skip
    new = replace(item, statement=text)
    if item.is_true:
        return new if borne.bears_out(item.citations, text) else _own(new)
    mended = text.replace(item.wrong, item.right) if item.wrong in text else ""
    if mended and borne.bears_out(item.citations, mended):
        return new
    if item.wrong not in text:
        new = replace(new, wrong="", right="")
    return _own(new)


def _edit_pairs(item: MatchingItem, address: Address, text: str) -> MatchingItem:
    if address.at is None:
        new = replace(item, question=text)
        return new if _asks_the_same(item.citations, item.question, text) else _own(new)
    old = getattr(item, address.field)
    new = replace(item, **{address.field: with_at(old, address.at, text)})  # type: ignore[arg-type]
    if any(_same(text, other) for i, other in enumerate(old) if i != address.at):
        raise StudyError(
            f"{address}: another line of the question says the same",
            "Câu hỏi đã có một dòng khác giống như vậy.",
        )
    pair = address.at if address.field == "left" else _pair_of(item, address.at)
    kept = bool(item.citations) and pair is not None and borne.bears_out(
        item.citations[pair : pair + 1], text
    )  # fmt: skip
    return new if kept and borne.same_particulars(old[address.at], text) else _own(new)


def _pair_of(item: MatchingItem, task: int) -> int | None:
    return next((i for i, j in enumerate(item.pairs) if j == task), None)


def _edit_events(item: OrderingItem, address: Address, text: str) -> OrderingItem:
    if address.at is None:
        new = replace(item, question=text)
        return new if _asks_the_same(item.citations, item.question, text) else _own(new)
    old = getattr(item, address.field)
    new = replace(item, **{address.field: with_at(old, address.at, text)})  # type: ignore[arg-type]
    cited = item.citations[address.at : address.at + 1]
    kept = borne.bears_out(cited, text) and borne.same_particulars(old[address.at], text)
    return new if kept else _own(new)


def _edit_term(term: GlossaryTerm, address: Address, text: str) -> GlossaryTerm:
    if address.field:
        defined = term.is_defined and borne.bears_out(term.citations, text)
        # What is not defined keeps its citations: they show only where the term is used.
        taken = () if defined else sources_of(term)
        return replace(term, meaning=text, is_defined=defined, taken_from=taken)
    used = borne.bears_out(term.citations, text)
    return replace(
        term, term=text, is_defined=term.is_defined and used,
        citations=term.citations if used else (), taken_from=() if used else sources_of(term),
    )  # fmt: skip


_EDITS: Final[dict[type, Callable[[Any, Address, str], Any]]] = {
    FactRow: _edit_lines,
    Conflict: _edit_lines,
    OutlinePoint: _edit_point,
    TimelineRow: _edit_row,
    OfficeRole: _edit_role,
    AgendaStep: _edit_step,
    DiscussionQuestion: _edit_question,
    Card: _edit_card,
    ChoiceItem: _edit_choice,
    TrueFalseItem: _edit_statement,
    MatchingItem: _edit_pairs,
    OrderingItem: _edit_events,
    GlossaryTerm: _edit_term,
}


def _same(a: str, b: str) -> bool:
    return a.casefold().strip(" .;,") == b.casefold().strip(" .;,")


def _ids(citations: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(c.document_id for c in citations)
