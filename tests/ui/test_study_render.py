"""Study packs as HTML: what is shown, in both languages, and nothing of it read as HTML."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

import pytest

from assistant.records import Citation
from assistant.study.edits import edit, lines
from assistant.study.errors import StudyError
from assistant.study.export import Format
from assistant.study.kept import DamagedPack, KeptPack
from assistant.study.records import PackDocument, Part, PartOf, StudyPack, StudyRequest
from assistant.ui.conversation import Note
from assistant.ui.render.study import desk_html
from assistant.ui.render.study_said import notice_html, said_html
from assistant.ui.render.study_shelf import shelf_html
from assistant.ui.study_desk import Desk
from assistant.ui.study_sitting import answered, begun, gone_on
from tests.assistant.study.awkward import awkward, empty
from tests.assistant.study.plans import RIVER, pack_on
from tests.ui.parsed import TABLE, Parsed, assert_harmless, attacks, said
from tests.ui.test_study_sitting import right_answer, wrong_answer

STUDY = TABLE | frozenset(
    "dd details dl dt fieldset h4 legend nav option s select summary template textarea".split()
)
IDS = {"a" * 64}
KEPT = KeptPack(
    "0" * 16, "Lớp tối", "Kế hoạch", datetime(2026, 4, 20, 5, 6, tzinfo=UTC),
    datetime(2026, 4, 20, 5, 6, tzinfo=UTC), (PackDocument("a" * 64, "a.txt", "Kế hoạch số 9"),),
    {Part.QUIZ: 12},
)  # fmt: skip


def full_of(words: str, value: Any) -> Any:
    """A record with ``words`` in the place of all that came from files or people."""
    if isinstance(value, tuple):
        return tuple(full_of(words, each) for each in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return words
    if is_dataclass(value) and not isinstance(value, type | StudyRequest):
        kept = {"id", "document_id"} | (set() if isinstance(value, Citation) else {"document"})
        new = {
            field.name: full_of(words, getattr(value, field.name))
            for field in fields(value)
            if field.name not in kept
        }
        return replace(value, **new)
    return value


def shown(pack: StudyPack, *, gone: bool = False, can_reword: bool = False, **desk: Any) -> str:
    opened = Desk(view="pack", pack=pack, id="0" * 16, name=desk.pop("name", pack.title), **desk)
    return desk_html(opened, set() if gone else IDS, can_reword)


def buttons(html: str, action: str) -> list[dict[str, str | None]]:
    return [a for _, a in Parsed(html).tags if a.get("data-action") == action]


@attacks
@pytest.mark.parametrize("is_editing", [False, True], ids=["read", "edit"])
def test_a_pack_shows_what_was_written_as_text(attack: str, is_editing: bool) -> None:
    pack = full_of(attack, awkward())
    html = shown(pack, gone=True, is_editing=is_editing, can_reword=True, past=(pack,))
    parsed = assert_harmless(html, STUDY)
    count = sum(line.text == attack for part in Part for line in lines(pack, part))
    assert parsed.text.count(attack) >= count - 4 > 30


@attacks
def test_a_quiz_shows_what_was_written_as_text(attack: str) -> None:
    pack = full_of(attack, awkward())
    sitting = begun(pack.quiz.entries)
    while not sitting.is_over:
        for state in (sitting, answered(sitting, wrong_answer(sitting.item))):
            desk = Desk(view="quiz", pack=pack, name=attack, sitting=state)
            assert attack in assert_harmless(desk_html(desk, IDS, False), STUDY).text
        sitting = gone_on(answered(sitting, wrong_answer(sitting.item)))
    score = Desk(view="quiz", pack=pack, name=attack, sitting=sitting)
    assert assert_harmless(desk_html(score, IDS, False), STUDY).text.count(attack) > 5


@attacks
def test_the_shelf_shows_what_was_written_as_text(attack: str) -> None:
    kept = full_of(attack, replace(KEPT, counts={}))
    html = shelf_html([kept], [DamagedPack("1" * 16, StudyError(attack, attack))], set())
    assert assert_harmless(html, STUDY).text.count(attack) >= 3
    error = Note("study_failed", (("reason", StudyError(attack, attack)),))
    assert_harmless(said_html(error))
    assert_harmless(notice_html(Desk(note=error)))
    assert attack.split()[0] in said(said_html(error))


@pytest.mark.parametrize("is_editing", [False, True], ids=["read", "edit"])
def test_every_line_of_a_pack_is_shown(is_editing: bool) -> None:
    for pack in (awkward(), pack_on(RIVER)):
        text = " ".join(Parsed(shown(pack, is_editing=is_editing)).text.split())
        for part in Part:
            for line in lines(pack, part):
                is_answer = line.address.endswith("/answer") and part is Part.QUIZ
                if not is_answer and not line.address.endswith("/minutes"):
                    assert " ".join(line.text.split()) in text, line.address


def test_every_citation_has_a_number_that_opens_it() -> None:
    pack = pack_on(RIVER)
    numbers = {a["data-number"] for a in buttons(shown(pack), "study-cite")}
    proofs = {c for item in pack.quiz.entries for p in getattr(item, "proofs", ()) for c in p}
    told = {c for c in pack.citations() if c not in proofs}
    assert len(numbers) >= len({(c.start, c.end) for c in told}) > 40


def test_what_the_pack_says_itself_is_told_from_what_it_cites() -> None:
    html = shown(pack_on(RIVER))
    parsed = Parsed(html)
    own = [a for tag, a in parsed.tags if tag == "span" and a.get("class") == "words own"]
    cited = [a for tag, a in parsed.tags if tag == "span" and a.get("class") == "words"]
    assert own
    assert len(cited) > len(own)
    assert "Lời gợi ý: Mở đầu" in said(html)


def test_a_line_in_the_trainers_words_says_so() -> None:
    pack = pack_on(RIVER)
    assert "không còn dẫn nguồn" not in said(shown(pack))
    words = "Mua sắm mười chiếc xuồng máy cho đội tuần tra ban đêm"
    for part, address in (
        (Part.ROLES, "roles/0/tasks/0"),
        (Part.CARDS, "cards/0/answer"),
        (Part.QUIZ, "quiz/0"),
        (Part.OUTLINE, "outline/2"),
        (Part.TIMELINE, "timeline/0"),
    ):
        html = said(shown(edit(pack, part, address, words)))
        assert words in html
        assert "đã sửa, không còn dẫn nguồn" in html, address


def test_a_meaning_that_was_edited_is_no_customary_one() -> None:
    terms = awkward().glossary.entries
    index = next(i for i, term in enumerate(terms) if not term.is_defined)
    only = replace(awkward(), glossary=PartOf(terms[index : index + 1]))
    assert "nghĩa thường dùng" in said(shown(only))
    html = said(shown(edit(only, Part.GLOSSARY, "glossary/0/meaning", "Hội những người thợ")))
    assert "nghĩa thường dùng" not in html
    assert "đã sửa, không còn dẫn nguồn" in html


def test_notes_stand_where_a_part_is_empty() -> None:
    html = said(shown(empty()))
    assert "Văn bản không ghi thời hạn cụ thể nào." in html
    assert "Văn bản không đủ dữ kiện để đặt câu hỏi." in html
    assert "Phần này không còn dòng nào." in html
    assert "Làm bài kiểm tra" not in html


def test_only_the_parts_that_were_asked_for_are_shown() -> None:
    pack = replace(awkward(), request=StudyRequest(parts=(Part.CARDS, Part.QUIZ)))
    html = shown(pack)
    assert [a["data-part"] for a in buttons(html, "study-to")] == ["cards", "quiz"]
    assert "Dàn ý nội dung" not in said(html)
    added = shown(pack, is_editing=True)
    offered = [a["data-part"] for a in buttons(added, "study-again")]
    assert offered == ["cards", "quiz", *(p for p in Part if p not in (Part.CARDS, Part.QUIZ))]


def test_tools_are_there_only_where_they_do_something() -> None:
    pack = awkward()
    assert "study-edit" not in shown(pack)
    html = shown(pack, is_editing=True)
    editable = {a["data-at"] for a in buttons(html, "study-edit")}
    wanted = {line.address for part in Part for line in lines(pack, part) if line.can_edit}
    assert editable == wanted
    assert 'data-ask="undo"' not in html
    undo = [a for _, a in Parsed(shown(pack, past=(pack,))).tags if a.get("data-ask") == "undo"]
    redo = [a for _, a in Parsed(shown(pack, past=(pack,))).tags if a.get("data-ask") == "redo"]
    assert "disabled" not in undo[0]
    assert "disabled" in redo[0]


def test_all_formats_are_offered_and_rewording_only_with_a_model() -> None:
    values = [a["data-value"] for a in buttons(shown(awkward()), "study-download")]
    assert sorted(str(v) for v in values) == sorted(Format)
    assert buttons(shown(awkward()), "study-reword") == []
    assert len(buttons(shown(awkward(), can_reword=True), "study-reword")) == 1


def test_a_document_that_has_gone_is_said_on_the_shelf_and_in_the_pack() -> None:
    for language, words in (("vi", "không còn trong thư viện"), ("en", "no longer in the library")):
        assert words in said(shown(awkward(), gone=True), language)
        assert words not in said(shown(awkward()), language)
        assert words in said(shelf_html([KEPT], (), {"b"}), language)
        assert words not in said(shelf_html([KEPT], (), IDS), language)


def test_what_is_not_saved_says_why() -> None:
    assert "Đã lưu" in said(shown(awkward()))
    html = shown(awkward(), unsaved=StudyError("the disk is full", "đĩa đã đầy"))
    assert "Chưa lưu được: đĩa đã đầy" in said(html)
    assert "Not saved: the disk is full" in said(html, "en")


def test_the_shelf_lists_packs_or_says_how_to_begin() -> None:
    html = said(shelf_html([KEPT], (), IDS))
    assert "Lớp tối" in html
    assert "Kế hoạch số 9" in html
    assert "Câu hỏi kiểm tra : 12" in html
    assert "20/4/2026" in html
    assert "Chuẩn bị một buổi tập huấn" in said(shelf_html((), (), IDS))
    assert "Thư viện chưa có văn bản nào" in said(shelf_html((), (), ()))
    assert "Lớp tối" in said(shelf_html([KEPT], (), ())), "kept packs outlive the library"


@pytest.mark.parametrize(
    ("desk", "words", "ask"),
    [
        (Desk(), "", None),
        (Desk(note=Note("study_dropped"), past=(awkward(),)), "Đã bỏ dòng.", "undo"),
        (Desk(note=Note("study_undone"), past=(awkward(),)), "Đã hoàn tác.", None),
        (
            Desk(note=Note("study_deleted", (("name", "A"),)), deleted=("A", awkward())),
            "Đã xóa «A».",
            "undelete",
        ),
        (
            Desk(note=Note("study_kept_beside", (("name", "A (2)"),)), past=(awkward(),)),
            "được lưu riêng thành «A (2)»",
            None,
        ),
    ],
)
def test_what_was_done_is_said_with_the_way_back(desk: Desk, words: str, ask: str | None) -> None:
    html = notice_html(desk)
    assert words in said(html)
    assert [a.get("data-ask") for _, a in Parsed(html).tags if "data-ask" in a] == (
        [ask] if ask else []
    )


def test_a_question_does_not_tell_its_answer_and_an_answer_is_judged_in_both_languages() -> None:
    pack = awkward()
    sitting = begun(pack.quiz.entries)
    while not sitting.is_over:
        asked = Desk(view="quiz", pack=pack, sitting=sitting)
        html = desk_html(asked, IDS, False)
        assert "study-cite" not in html
        assert "Đáp án" not in said(html)
        for given, is_right, vi, en in (
            (right_answer(sitting.item), True, "Đúng rồi", "Right"),
            (wrong_answer(sitting.item), False, "Chưa đúng", "Not right"),
        ):
            judged = desk_html(replace(asked, sitting=answered(sitting, given)), IDS, False)
            assert ('class="worth right"' in judged) is is_right
            partly = 'class="worth partly"' in judged
            assert ("Đúng một phần" if partly else vi) in said(judged)
            assert ("Partly right" if partly else en) in said(judged, "en")
            assert "Đáp án" in said(judged) or "«" in said(judged)
            assert buttons(judged, "study-cite")
        sitting = gone_on(sitting)


def test_the_score_goes_through_what_was_missed() -> None:
    pack = awkward()
    sitting = begun(pack.quiz.entries)
    sitting = gone_on(answered(sitting, right_answer(sitting.item)))
    while not sitting.is_over:
        sitting = gone_on(sitting)
    html = desk_html(Desk(view="quiz", pack=pack, sitting=sitting), IDS, False)
    assert "Đúng 1/5 câu" in said(html)
    assert "20 %" in said(html)
    assert "Làm lại 4 câu chưa đúng" in said(html)
    assert said(html).count("Chưa trả lời") >= 4
    assert len(buttons(html, "study-cite")) >= 4


def test_a_question_without_a_source_says_so() -> None:
    pack = edit(pack_on(RIVER), Part.QUIZ, "quiz/0", "Câu hỏi của riêng lớp chúng ta?")
    alone = replace(pack, quiz=PartOf(pack.quiz.entries[:1]))
    sitting = begun(alone.quiz.entries)
    sitting = answered(sitting, right_answer(sitting.item))
    html = desk_html(Desk(view="quiz", pack=alone, sitting=sitting), IDS, False)
    assert "không dẫn nguồn" in said(html)


def test_nothing_that_is_shown_lacks_a_language() -> None:
    for html in (
        shown(awkward(), is_editing=True, can_reword=True, past=(awkward(),)),
        shelf_html([KEPT], [DamagedPack("1" * 16, StudyError("x"))], set()),
    ):
        assert html.count('class="t" lang="vi"') == html.count('class="t" lang="en"') > 5
