"""Packs as trainers change them: what stays cited, what becomes their own, what can't be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Citation
from assistant.study.borne import asks_of, bears_out
from assistant.study.codec import from_data, to_data
from assistant.study.edits import (
    Address,
    drop,
    edit,
    lines,
    move,
    text_at,
    with_part,
    with_parts,
)
from assistant.study.errors import StudyError
from assistant.study.export import Format, export
from assistant.study.export.keys import key_of
from assistant.study.records import (
    ChoiceItem,
    Cited,
    MatchingItem,
    OrderingItem,
    Own,
    Part,
    PartOf,
    StudyPack,
    StudyRequest,
    TrueFalseItem,
    citations_in,
)
from tests.assistant.study.awkward import awkward
from tests.assistant.study.plans import MEETING, RIVER, pack_on

PACK = pack_on(RIVER, MEETING, request=StudyRequest(items=30))


def at(part: Part, address: str, pack: StudyPack = PACK) -> Any:
    return next(x for x in lines(pack, part) if x.address == address)


def cited(quote: str, number: int = 0) -> Citation:
    return Citation("a.txt", "a" * 64, "45/KH-UBND", "", 1, number, number + len(quote), quote)


# --- Addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["cards/0", "cards/12/answer", "roles/2/tasks/0", "quiz/0/choices/3"]
)
def test_an_address_goes_through_a_page_as_text(text: str) -> None:
    assert str(Address.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "cards", "cards/-1", "cards/x", "nothing/0", "cards/0/../1", "cards/0/answer/0/1", "cards/٣", "cards/0\n"]
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(StudyError, match="no line of a pack"):
        Address.parse(text)


@pytest.mark.parametrize(
    ("part", "index"),
    [(Part.CARDS, "999"), (Part.CARDS, "0/tasks/0"), (Part.ROLES, "0/tasks/99"), (Part.ROLES, "0/tasks")],
)  # fmt: skip
def test_a_line_that_is_not_there_is_refused(part: Part, index: str) -> None:
    for change in (lambda: edit(PACK, part, index, "x"), lambda: drop(PACK, part, index), lambda: move(PACK, part, index, 1)):  # fmt: skip
        with pytest.raises(StudyError, match="no line"):
            change()


@pytest.mark.parametrize("pack", [PACK, awkward()], ids=["plans", "awkward"])
@pytest.mark.parametrize("part", list(Part))
def test_every_line_can_be_read_edited_dropped_and_moved_as_it_says(
    pack: StudyPack, part: Part
) -> None:
    for line in lines(pack, part):
        assert text_at(pack, part, line.address) == line.text
        assert edit(pack, part, line.address, f" {line.text}\n") == pack or "\x07" in line.text or "\x00" in line.text  # fmt: skip
        if line.can_move:
            moved = move(move(pack, part, line.address, 0), part, line.address, -0)
            assert moved == pack
        if line.can_drop and not (part is Part.QUIZ and line.address.count("/") > 1):
            less = drop(pack, part, line.address)
            assert len(lines(less, part)) < len(lines(pack, part))
            assert from_data(to_data(less)) == less
        if line.can_edit and not line.address.endswith(("minutes", "answer")):
            other = edit(pack, part, line.address, f"{line.text} thứ bảy mươi bảy")
            (new,) = [x for x in lines(other, part) if x.address == line.address]
            if part is not Part.GLOSSARY:
                assert not new.citations, line.address
            assert from_data(to_data(other)) == other


def test_the_index_may_be_a_number_a_part_of_an_address_or_all_of_it() -> None:
    assert (
        drop(PACK, Part.CARDS, 0)
        == drop(PACK, Part.CARDS, "0")
        == drop(PACK, Part.CARDS, "cards/0")
    )


# --- What stays cited -----------------------------------------------------------------------------

QUOTE = "- Lập bản đồ các điểm sạt lở dọc bờ sông trước ngày 20/4/2025."
NEGATED = "Các hộ dân không được xả rác thải sinh hoạt xuống lòng kênh chính."


@pytest.mark.parametrize(
    "text",
    [
        "Lập bản đồ các điểm sạt lở dọc bờ sông",
        "Lập bản đồ các điểm sạt lở dọc bờ sông trước ngày 20/4/2025",
        "Lập bản đồ các điểm sạt lở",
        "20/4/2025",
    ],
)
def test_the_cited_words_bear_out_less_and_other_framing(text: str) -> None:
    assert bears_out((cited(QUOTE),), text)


@pytest.mark.parametrize(
    "text",
    [
        "Lập bản đồ các điểm sạt lở dọc bờ sông trước ngày 30/4/2025",
        "Lập bản đồ các điểm ngập lụt dọc bờ sông trước ngày 20/4/2025",
        "Không lập bản đồ các điểm sạt lở dọc bờ sông",
        "Lập bản đồ 12 điểm sạt lở dọc bờ sông trước ngày 20/4/2025",
        "Hội Nông dân xã lập bản đồ các điểm sạt lở dọc bờ sông",
        "20/4/202",
        "0/4/2025",
        "",
    ],
)
def test_the_cited_words_do_not_bear_out_anything_else(text: str) -> None:
    assert not bears_out((cited(QUOTE),), text)


@pytest.mark.parametrize(
    "text", ["được xả rác thải sinh hoạt", "Các hộ dân được xả rác thải sinh hoạt xuống lòng kênh chính"]
)  # fmt: skip
def test_words_without_their_negation_are_not_borne_out(text: str) -> None:
    assert not bears_out((cited(NEGATED),), text)


def test_nothing_bears_out_without_citations() -> None:
    assert not bears_out((), "Lập bản đồ các điểm sạt lở")
    assert not asks_of((), "Lập bản đồ gì?")


@pytest.mark.parametrize(
    ("question", "is_known"),
    [
        ("Vì sao phải lập bản đồ các điểm sạt lở trước ngày 20/4/2025?", True),
        ("Điểm sạt lở nào ở ấp đồng chí cần có trên bản đồ?", True),
        ("Vì sao phải lập bản đồ trước ngày 30/4/2025?", False),
        ("Vì sao Hội Cựu chiến binh xã phải lập bản đồ sạt lở?", False),
        ("Kế hoạch số 99-KH/HU yêu cầu lập bản đồ thế nào?", False),
        ("Vì sao cả 15 điểm sạt lở phải có trên bản đồ?", False),
    ],
)
def test_a_question_names_only_what_is_cited(question: str, is_known: bool) -> None:
    assert asks_of((cited(QUOTE),), question) is is_known


# --- Edited ---------------------------------------------------------------------------------------


def _role_with_task(word: str) -> tuple[int, int]:
    return next(
        (i, j)
        for i, role in enumerate(PACK.roles.entries)
        for j, task in enumerate(role.tasks)
        if word in task.text
    )


def test_a_shortened_task_stays_cited_and_a_changed_one_does_not() -> None:
    i, j = _role_with_task("bản đồ")
    address = f"roles/{i}/tasks/{j}"
    shorter = edit(PACK, Part.ROLES, address, "Lập bản đồ các điểm sạt lở dọc bờ sông")
    assert isinstance(shorter.roles.entries[i].tasks[j], Cited)
    other = edit(PACK, Part.ROLES, address, "Lập bản đồ các điểm sạt lở và báo cáo ngay")
    assert other.roles.entries[i].tasks[j] == Own(
        "Lập bản đồ các điểm sạt lở và báo cáo ngay", (PACK.roles.entries[i].document,)
    )
    assert other.roles.entries[i].office == PACK.roles.entries[i].office


def test_under_another_office_no_task_is_cited() -> None:
    i, _ = _role_with_task("bản đồ")
    role = edit(PACK, Part.ROLES, i, "Hội Cựu chiến binh xã").roles.entries[i]
    assert role.office == "Hội Cựu chiến binh xã"
    assert not tuple(citations_in(role))


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("when", "trước ngày 30/4/2025"),
        ("actor", "Hội Nông dân xã"),
        ("when", ""),
        ("", "Lập danh sách"),
    ],
)
def test_a_deadline_with_another_date_or_body_is_no_documents(field: str, text: str) -> None:
    index = next(i for i, r in enumerate(PACK.timeline.entries) if "bản đồ" in r.action)
    row = edit(PACK, Part.TIMELINE, f"{index}/{field}".rstrip("/"), text).timeline.entries[index]
    assert row.citations == ()
    if field == "when":
        assert row.value == ("/2025-04-29" if False else row.value)
        assert "20" not in row.said
        assert row.value != PACK.timeline.entries[index].value


def test_a_cards_answer_keeps_its_figures_or_its_source() -> None:
    index = next(i for i, c in enumerate(PACK.cards.entries) if "90" in c.answer)
    card = PACK.cards.entries[index]
    other = edit(
        PACK, Part.CARDS, f"{index}/answer", card.answer.replace("90", "75")
    ).cards.entries[index]
    assert other.citations == ()
    assert other.taken_from == (card.citations[0].document_id,)
    longer = edit(
        PACK, Part.CARDS, index, card.question.replace("?", ", theo kế hoạch?")
    ).cards.entries[index]
    assert longer.citations == card.citations


def _item(kind: type, **like: object) -> tuple[int, Any]:
    return next(
        (i, x)
        for i, x in enumerate(PACK.quiz.entries)
        if isinstance(x, kind) and all(getattr(x, k) == v for k, v in like.items())
    )


def test_a_wrong_choice_in_other_words_is_shown_wrong_by_nothing() -> None:
    index, item = _item(ChoiceItem)
    wrong = next(i for i in range(len(item.choices)) if i != item.right)
    new = edit(PACK, Part.QUIZ, f"{index}/choices/{wrong}", "Hội Chữ thập đỏ xã").quiz.entries[
        index
    ]
    assert new.proofs[wrong] == ()
    assert new.citations == item.citations
    with pytest.raises(StudyError, match="says the same"):
        edit(PACK, Part.QUIZ, f"{index}/choices/{wrong}", item.choices[item.right].upper() + ".")


def test_another_right_answer_is_the_trainers() -> None:
    index, item = _item(ChoiceItem)
    wrong = next(i for i in range(len(item.choices)) if i != item.right)
    letter = "ABCD"[wrong]
    new = edit(PACK, Part.QUIZ, f"{index}/answer", letter.lower()).quiz.entries[index]
    assert (new.right, new.citations, set(new.proofs)) == (wrong, (), {()})
    assert key_of(new).short == letter
    with pytest.raises(StudyError, match="no choice"):
        edit(PACK, Part.QUIZ, f"{index}/answer", "Z")


def test_a_false_statement_stays_cited_while_its_key_holds() -> None:
    index, item = _item(TrueFalseItem, is_true=False)
    kept = edit(PACK, Part.QUIZ, index, f"{item.statement} ").quiz.entries[index]
    assert kept.citations
    other = edit(PACK, Part.QUIZ, index, "Cả xã nghỉ làm vào ngày mai.").quiz.entries[index]
    assert (other.citations, other.wrong, other.right) == ((), "", "")
    assert key_of(other).lines[0].text == "Sai."
    turned = edit(PACK, Part.QUIZ, f"{index}/answer", "đúng").quiz.entries[index]
    assert turned.is_true
    assert turned.citations == ()
    with pytest.raises(StudyError, match="neither"):
        edit(PACK, Part.QUIZ, f"{index}/answer", "có lẽ")


def test_a_pair_in_other_words_makes_the_matching_the_trainers() -> None:
    index, item = _item(MatchingItem)
    new = edit(PACK, Part.QUIZ, f"{index}/right/0", "Nấu cơm cho cả xã").quiz.entries[index]
    assert new.citations == ()
    assert new.pairs == item.pairs
    assert all(not line.citations for line in key_of(new).lines)


def test_minutes_are_a_number_and_the_session_follows() -> None:
    total = PACK.request.minutes
    before = PACK.agenda.entries[0].minutes
    longer = edit(PACK, Part.AGENDA, "0/minutes", f"{before + 7} phút")
    assert longer.request.minutes == total + 7
    for text in ("0", "-3", "mười", "12:30", "1000"):
        with pytest.raises(StudyError, match="minutes"):
            edit(PACK, Part.AGENDA, "0/minutes", text)


def test_a_prescribed_step_in_other_words_is_no_longer_prescribed() -> None:
    index = next(i for i, s in enumerate(PACK.agenda.entries) if s.is_prescribed)
    step = edit(PACK, Part.AGENDA, index, "Cả lớp nghỉ giải lao").agenda.entries[index]
    assert not step.is_prescribed
    assert step.citations == ()


def test_a_question_that_names_what_is_not_cited_loses_its_basis() -> None:
    index = next(i for i, q in enumerate(PACK.discussion.entries) if q.basis)
    asked = edit(
        PACK, Part.DISCUSSION, index, "Đồng chí thấy việc nào khó nhất?"
    ).discussion.entries[index]
    assert asked.basis
    other = edit(
        PACK, Part.DISCUSSION, index, "Vì sao phải xong trước ngày 01/01/2030?"
    ).discussion.entries[index]
    assert other.basis == ()
    assert other.taken_from


def test_a_meaning_of_the_trainers_is_not_the_documents() -> None:
    terms = awkward().glossary.entries
    assert {term.is_defined for term in terms} == {True, False}
    for index, before in enumerate(terms):
        pack = edit(awkward(), Part.GLOSSARY, f"{index}/meaning", "nhóm thợ")
        term = pack.glossary.entries[index]
        assert not term.is_defined
        assert term.citations == before.citations
        assert term.taken_from, "it is no customary meaning"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\x00"])
def test_an_empty_line_is_refused(text: str) -> None:
    with pytest.raises(StudyError, match="leave it out"):
        edit(PACK, Part.CARDS, "0/answer", text)


def test_a_line_that_is_too_long_is_refused() -> None:
    with pytest.raises(StudyError, match="2001"):
        edit(PACK, Part.CARDS, "0/answer", "x" * 2001)


def test_a_row_of_facts_keeps_its_name() -> None:
    with pytest.raises(StudyError, match="name of a row"):
        edit(PACK, Part.FACTS, 0, "Khác")


# --- Left out and put elsewhere -------------------------------------------------------------------


def test_with_a_heading_goes_what_stands_under_it() -> None:
    points = PACK.outline.entries
    index = next(
        i for i, p in enumerate(points[:-1]) if p.is_heading and points[i + 1].level > p.level
    )
    end = next(
        (
            j
            for j in range(index + 1, len(points))
            if points[j].level <= points[index].level
            or points[j].document != points[index].document
        ),
        len(points),
    )
    assert drop(PACK, Part.OUTLINE, index).outline.entries == (*points[:index], *points[end:])


def test_a_heading_moves_with_its_points_among_its_own() -> None:
    points = PACK.outline.entries
    tops = [i for i, p in enumerate(points) if p.level == 0 and p.document == points[0].document]
    moved = move(PACK, Part.OUTLINE, tops[0], 1).outline.entries
    assert moved == (*points[tops[1] : tops[2]], *points[: tops[1]], *points[tops[2] :])
    assert move(PACK, Part.OUTLINE, tops[0], -5) == PACK
    far = move(PACK, Part.OUTLINE, tops[0], 500).outline.entries
    count = sum(p.document == points[0].document for p in points)
    assert {p.document for p in far[:count]} == {points[0].document}
    assert far[count:] == points[count:]


def test_a_row_stays_among_those_of_its_document() -> None:
    rows = PACK.facts.entries
    moved = move(PACK, Part.FACTS, 0, 999).facts.entries
    assert [r.document for r in moved] == [r.document for r in rows]
    assert sorted(map(str, moved)) == sorted(map(str, rows))


def test_choices_move_and_go_with_what_belongs_to_them() -> None:
    index, item = _item(ChoiceItem)
    for place in range(len(item.choices)):
        new = move(PACK, Part.QUIZ, f"{index}/choices/{place}", 2).quiz.entries[index]
        assert new.choices[new.right] == item.choices[item.right]
        assert dict(zip(new.choices, new.proofs, strict=True)) == dict(
            zip(item.choices, item.proofs, strict=True)
        )
    wrong = next(i for i in range(len(item.choices)) if i != item.right)
    less = drop(PACK, Part.QUIZ, f"{index}/choices/{wrong}").quiz.entries[index]
    assert less.choices[less.right] == item.choices[item.right]
    with pytest.raises(StudyError, match="right answer"):
        drop(PACK, Part.QUIZ, f"{index}/choices/{item.right}")


def _pairs(item: MatchingItem) -> set[tuple[str, str, Citation]]:
    return {(item.left[i], item.right[j], item.citations[i]) for i, j in enumerate(item.pairs)}


def test_pairs_and_events_stay_what_they_are() -> None:
    index, item = _item(MatchingItem)
    for field in ("left", "right"):
        moved = move(PACK, Part.QUIZ, f"{index}/{field}/0", 1).quiz.entries[index]
        assert moved != item
        assert _pairs(moved) == _pairs(item)
        less = drop(PACK, Part.QUIZ, f"{index}/{field}/0").quiz.entries[index]
        assert _pairs(less) < _pairs(item)
        assert len(less.left) == len(less.right) == len(item.left) - 1
    events = awkward()
    index = next(i for i, x in enumerate(events.quiz.entries) if isinstance(x, OrderingItem))
    ordering = events.quiz.entries[index]
    for place in range(3):
        moved = move(events, Part.QUIZ, f"{index}/events/{place}", 1).quiz.entries[index]
        assert [moved.events[i] for i in moved.order] == ["xuân", "hạ", "thu"]
        assert [moved.when[i] for i in moved.order] == ["1/2031", "5/2031", "9/2031"]
        less = drop(events, Part.QUIZ, f"{index}/events/{place}")
        left = less.quiz.entries[index]
        assert [left.events[i] for i in left.order] == [
            e for e in ("xuân", "hạ", "thu") if e != ordering.events[place]
        ]
        with pytest.raises(StudyError, match="at least"):
            drop(less, Part.QUIZ, f"{index}/events/0")


def test_the_last_task_takes_its_office_along() -> None:
    i, role = next((i, r) for i, r in enumerate(PACK.roles.entries) if len(r.tasks) > 1)
    less = PACK
    for _ in role.tasks:
        less = drop(less, Part.ROLES, f"{i}/tasks/0")
    assert len(less.roles.entries) == len(PACK.roles.entries) - 1


def test_a_step_left_out_makes_the_session_shorter() -> None:
    less = drop(PACK, Part.AGENDA, 0)
    assert (
        less.request.minutes == sum(s.minutes for s in less.agenda.entries) < PACK.request.minutes
    )


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["edit", "drop", "move"]), st.sampled_from(list(Part)), st.integers(0, 10**6), st.integers(-3, 3)),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(OPERATIONS)
def test_whatever_is_done_a_pack_is_left_that_can_be_kept_and_written(
    operations: list[tuple[str, Part, int, int]],
) -> None:
    pack = PACK
    for what, part, pick, by in operations:
        there = lines(pack, part)
        if not there:
            continue
        line = there[pick % len(there)]
        try:
            if what == "edit":
                pack = edit(pack, part, line.address, f"{line.text} {by}")
            elif what == "drop":
                pack = drop(pack, part, line.address)
            else:
                pack = move(pack, part, line.address, by)
        except StudyError:
            continue
    assert from_data(to_data(pack)) == pack
    for form in (Format.CSV, Format.GIFT, Format.ANKI, Format.JSON):
        if form is Format.JSON or (pack.quiz.entries and pack.cards.entries):
            assert export(pack, form)


# --- Parts ----------------------------------------------------------------------------------------


def test_a_part_is_put_in_the_place_of_another() -> None:
    other = pack_on(RIVER, request=StudyRequest(minutes=30))
    assert with_part(PACK, Part.AGENDA, other.agenda).request.minutes == 30
    assert with_part(PACK, Part.QUIZ, PartOf()).quiz == PartOf()


def test_only_parts_wanted_are_made_and_written() -> None:
    wanted = (Part.CARDS, Part.QUIZ)
    made = pack_on(RIVER, request=StudyRequest(parts=wanted))
    whole = pack_on(RIVER)
    for part in Part:
        assert made.part(part) == (whole.part(part) if part in wanted else PartOf())
    chosen = with_parts(whole, wanted)
    assert chosen.outline.entries
    assert export(chosen, Format.DOCX)
    assert with_parts(chosen, None).request == whole.request
    for nothing in (
        lambda: with_parts(whole, ()),
        lambda: pack_on(RIVER, request=StudyRequest(parts=())),
    ):
        with pytest.raises(StudyError, match="one part"):
            nothing()


def test_what_is_not_wanted_is_in_no_file() -> None:
    import io
    import json

    from docx import Document

    pack = with_parts(PACK, (Part.GLOSSARY, Part.FACTS))
    text = "\n".join(p.text for p in Document(io.BytesIO(export(pack, Format.DOCX))).paragraphs)
    assert "I. THÔNG TIN CHUNG VỀ VĂN BẢN" in text
    assert "II. GIẢI THÍCH TỪ NGỮ" in text
    assert "III." not in text
    assert not json.loads(export(pack, Format.JSON))["cards"]["entries"]
    with pytest.raises(StudyError, match="cards"):
        export(pack, Format.ANKI)


def test_an_edited_line_is_printed_without_a_source_and_in_italics() -> None:
    import io

    from docx import Document

    i, j = _role_with_task("bản đồ")
    words = "Vẽ sơ đồ các đoạn bờ hay lở"
    pack = edit(PACK, Part.ROLES, f"{i}/tasks/{j}", words)
    pack = replace(pack, request=replace(pack.request, parts=(Part.ROLES,)))
    document = Document(io.BytesIO(export(pack, Format.DOCX)))
    (paragraph,) = [
        p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs if words in p.text
    ]  # fmt: skip
    assert "[" not in paragraph.text
    assert all(run.italic for run in paragraph.runs if run.text.strip())


@pytest.mark.parametrize("form", [Format.DOCX, Format.PPTX, Format.GIFT, Format.CSV, Format.ANKI])
def test_a_pack_that_is_all_the_trainers_own_can_be_written(form: Format) -> None:
    pack = PACK
    for part in Part:
        for line in lines(pack, part):
            is_there = line.address in {x.address for x in lines(pack, part)}
            is_text = line.can_edit and not line.address.endswith(("minutes", "answer", "when"))
            if is_there and is_text:
                pack = edit(pack, part, line.address, f"{line.text} – thêm 77")
    assert not list(citations_in(pack.quiz.entries))
    assert export(pack, form)
