"""Cards for Anki, the quiz as a table, for Moodle and as JSON, each read back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.register.plain import one_line, plain
from assistant.study.errors import StudyError
from assistant.study.export import Format, export, format_of
from assistant.study.export.cells import csv_text, harmless
from assistant.study.export.gift import escape
from assistant.study.records import (
    ChoiceItem,
    MatchingItem,
    OrderingItem,
    StudyPack,
    TrueFalseItem,
)
from tests.assistant.study.awkward import FORMULA, awkward, empty
from tests.assistant.study.plans import RIVER, pack_on

# --- what a file is to be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.docx", Format.DOCX), ("bài.PPTX", Format.PPTX), ("a.b.gift", Format.GIFT)],
)
def test_the_suffix_tells_the_format(name: str, form: Format) -> None:
    assert format_of(name) == form


@pytest.mark.parametrize("name", ["a.csv", "a.pdf", "docx"])
def test_a_suffix_that_tells_no_format_is_refused_by_name(name: str) -> None:
    with pytest.raises(StudyError, match=re.escape(name)):
        format_of(name)


@pytest.mark.parametrize("form", [Format.ANKI, Format.CSV, Format.GIFT])
def test_nothing_is_not_written(form: Format) -> None:
    with pytest.raises(StudyError, match=form.value):
        export(empty(), form)


def test_the_pack_itself_says_why_there_is_nothing() -> None:
    with pytest.raises(StudyError, match="không đủ dữ kiện"):
        export(empty(), Format.GIFT)


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", " =1", "＝1", "\n-1"])
def test_what_a_spreadsheet_would_compute_has_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_cells_come_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    written = csv_text([harmless(cell) for cell in row] for row in rows)
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [plain(cell).removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(
        cell.lstrip()[:1] in {"=", "+", "-", "@"} for row in read for cell in row if cell
    )


# --- Anki -----------------------------------------------------------------------------------------


def notes_of(pack: StudyPack) -> list[list[str]]:
    """The rows as Anki reads them: header lines first, «#» before a row is a comment."""
    head, options = export(pack, Format.ANKI).decode("utf-8"), {}
    while match := re.match(r"#([^:\n]+):([^\n]*)\n", head):
        options[match[1]] = match[2]
        head = head[match.end() :]
    assert options == {
        "separator": "Comma", "html": "true", "columns": "Câu hỏi,Trả lời,Thẻ", "tags column": "3",
    }  # fmt: skip
    lines = "".join(line for line in head.splitlines(keepends=True) if not line.startswith("#"))
    return list(csv.reader(io.StringIO(lines, newline="")))


def text_of(field_html: str) -> str:
    return html.unescape(re.sub(r"<br>", "\n", re.sub(r"</?small>", "", field_html)))


def test_every_card_is_a_note_with_its_words_and_source(packs: list[StudyPack]) -> None:
    for pack in packs:
        notes = notes_of(pack)
        assert len(notes) == len(pack.cards.entries) > 0
        for card, (question, answer, tags) in zip(pack.cards.entries, notes, strict=True):
            assert text_of(question) == card.question
            assert text_of(answer).startswith(card.answer)
            assert all(f"«{one_line(c.quote)}»" in text_of(answer) for c in card.citations)
            assert card.topic.replace(" ", "_").replace(",", "") in tags.replace(",", "").split()


def test_text_of_documents_is_no_html_no_comment_no_formula() -> None:
    (first, first_answer, tags), (second, *_) = notes_of(awkward())
    assert first.startswith("&#61;HYPERLINK")
    assert text_of(first) == FORMULA
    assert "<i>" not in first_answer
    assert text_of(first_answer).startswith("1) <i>một</i>\n2) hai\n«Tổ một ~")
    assert text_of(second) == "# Ai?"
    assert tags.split() == ["Thời_hạn_a_b", "khó", "Kế_hoạch_số_9/KH-UBND"]


# --- the quiz as a table --------------------------------------------------------------------------


def table_of(pack: StudyPack) -> list[dict[str, str]]:
    written = export(pack, Format.CSV).decode("utf-8")
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written[1:], newline="")))


def test_every_item_is_a_row_with_its_answer_and_words(packs: list[StudyPack]) -> None:
    for pack in packs:
        rows = table_of(pack)
        assert len(rows) == len(pack.quiz.entries) > 0
        for item, row in zip(pack.quiz.entries, rows, strict=True):
            assert set(row["Trích nguyên văn"].removeprefix("'").split("\n")) == {
                one_line(c.quote) for c in item.citations
            }
            if isinstance(item, ChoiceItem):
                right = row[f"Phương án {row['Đáp án']}"].removeprefix("'")
                assert right == item.choices[item.right]
            elif isinstance(item, TrueFalseItem):
                assert row["Đáp án"] == ("Đúng" if item.is_true else "Sai")
            elif isinstance(item, OrderingItem):
                letters = row["Đáp án"].split(" → ")
                assert [row[f"Phương án {x}"].removeprefix("'") for x in letters] == [
                    item.events[i] for i in item.order
                ]


def test_awkward_items_keep_their_places() -> None:
    rows = table_of(awkward())
    assert [row["Đáp án"] for row in rows] == [
        "C", "Sai", "Đúng", "1 – C; 2 – A; 3 – B", "B → C → A",
    ]  # fmt: skip
    assert rows[0]["Phương án A"] == f"'{FORMULA}"
    assert rows[1]["Câu hỏi"] == "'@Tổ một bắc cầu."
    assert rows[3]["Cột A"] == "1. Tổ -> một\n2. Tổ hai\n3. Tổ ba"
    assert rows[4]["Vị trí"].split("\n") == [f"mục II › 1, trang {page}" for page in (1, 2, 1)]


# --- GIFT, read back by Moodle's rules (question/format/gift/format.php) ---------------------------


@dataclass
class Question:
    """A question as Moodle would have it."""

    name: str
    text: str
    kind: str
    feedback: str
    answers: list[tuple[str, str, str]] = field(default_factory=list)  # sign, text, feedback
    pairs: list[tuple[str, str]] = field(default_factory=list)


_HIDDEN = {f"\\{sign}": f"&&{ord(sign):03}" for sign in ":#={}~"} | {"\\n": "&&010"}


def gift_of(written: bytes) -> list[Question]:
    lines = [x for x in written.decode("utf-8").split("\n") if not x.lstrip().startswith("//")]
    blocks = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return [_question(block) for block in blocks]


def _hide(text: str) -> str:
    text = text.replace("\\\\", "&&092")
    for escaped, hidden in _HIDDEN.items():
        text = text.replace(escaped, hidden)
    return text


def _show(text: str) -> str:
    text = text.strip().removeprefix("[plain]")
    return re.sub(r"&&(\d{3})", lambda code: chr(int(code[1])), text)


def _question(block: str) -> Question:
    hidden = _hide(block)
    assert "\\" not in hidden, "a backslash before a sign that GIFT does not read"
    match = re.fullmatch(r"::(.*?)::(.*?)\{(.*)\}", hidden, re.DOTALL)
    assert match is not None
    name, text, body = match.groups()
    assert "{" not in body
    assert "}" not in body
    body, _, feedback = body.rpartition("####")
    question = Question(_show(name), _show(text), "", _show(feedback))
    body = body.strip()
    if "~" in body:
        question.kind = "choice"
        for sign, answer in re.findall(r"([=~])([^=~]*)", body):
            assert not answer.startswith("%"), "taken for a weight"
            told, _, said = answer.partition("#")
            question.answers.append((sign, _show(told), _show(said)))
    elif "->" in body:
        question.kind = "matching"
        for line in body.split("=")[1:]:
            left, right = line.split("->")
            question.pairs.append((_show(left), _show(right)))
    else:
        question.kind = "truefalse"
        told, wrong, right = body.split("#")
        assert told in {"TRUE", "FALSE"}
        question.answers = [(told, _show(wrong), _show(right))]
    return question


def test_moodle_reads_every_item_back(packs: list[StudyPack]) -> None:
    for pack in [*packs, pack_on(RIVER), awkward()]:
        questions = gift_of(export(pack, Format.GIFT))
        assert len(questions) == len(pack.quiz.entries) > 0
        assert len({q.name for q in questions}) == len(questions)
        for item, question in zip(pack.quiz.entries, questions, strict=True):
            for citation in item.citations:
                assert f"«{one_line(citation.quote)}»" in question.feedback
            CHECKS[type(item)](item, question)


def _choice_is(item: ChoiceItem, question: Question) -> None:
    assert (question.kind, question.text) == ("choice", item.question)
    assert [text for _, text, _ in question.answers] == list(item.choices)
    assert [sign for sign, _, _ in question.answers].index("=") == item.right
    for proof, (sign, _, said) in zip(item.proofs, question.answers, strict=True):
        assert all(f"«{one_line(c.quote)}»" in said for c in proof)
        assert sign == "~" or not said


def _truth_is(item: TrueFalseItem, question: Question) -> None:
    assert (question.kind, question.text) == ("truefalse", item.statement)
    (told, wrong, right), = question.answers  # fmt: skip
    assert told == str(item.is_true).upper()
    assert item.right in wrong
    assert item.right in right


def _pairs_are(item: MatchingItem, question: Question) -> None:
    assert (question.kind, question.text) == ("matching", item.question)
    said = [(left, item.right[j]) for left, j in zip(item.left, item.pairs, strict=True)]
    assert question.pairs == [(a.replace("->", "→"), b.replace("->", "→")) for a, b in said]


def _order_is(item: OrderingItem, question: Question) -> None:
    assert (question.kind, question.text) == ("matching", item.question)
    assert [right for _, right in question.pairs] == [item.events[i] for i in item.order]
    assert [left for left, _ in question.pairs] == [
        f"Thứ {n}" for n in range(1, len(item.order) + 1)
    ]


CHECKS: dict[type, Callable[..., None]] = {
    ChoiceItem: _choice_is,
    TrueFalseItem: _truth_is,
    MatchingItem: _pairs_are,
    OrderingItem: _order_is,
}


@given(st.text())
def test_escaped_text_comes_back_on_one_line(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    assert (
        re.sub(r"&&(\d{3})", lambda code: chr(int(code[1])), _hide(escaped))
        == (plain(text).strip())
        or "&&" in text
    )


# --- JSON -----------------------------------------------------------------------------------------


def test_json_holds_the_pack(packs: list[StudyPack]) -> None:
    pack = packs[0]
    told = json.loads(export(pack, Format.JSON))
    assert told["title"] == pack.title
    assert told["request"]["minutes"] == pack.request.minutes
    assert [row["type"] for row in told["quiz"]["entries"]] == [
        type(item).__name__ for item in pack.quiz.entries
    ]
    value = told["facts"]["entries"][0]["values"][0]
    assert value["type"] == "Cited"
    assert value["citations"][0]["quote"] == pack.facts.entries[0].values[0].citations[0].quote
    assert set(value["citations"][0]) == {
        "document", "document_id", "number", "section", "page", "start", "end", "quote",
    }  # fmt: skip
    assert told["glossary"]["notes"] == list(pack.glossary.notes)
