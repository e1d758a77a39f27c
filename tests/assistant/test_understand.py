"""A question as typed → Question."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chain import Assistant
from assistant.language import english
from assistant.lexicon import Lexicon
from assistant.records import Intent
from assistant.understand import MAX_CHARACTERS, is_blank, understand
from eval.dataset import load_questions
from ingest.vietnamese import fold

QUESTIONS = load_questions(Path(__file__).parent.parent / "data" / "sample_questions.jsonl")
ENGLISH = [t for q in QUESTIONS for _, kind, t in q.wordings() if kind == "english"]


def test_decomposed_unicode_reads_as_composed() -> None:
    typed = "Ai phải báo cáo trước ngày 20/4?"
    decomposed = unicodedata.normalize("NFD", typed)
    assert understand(decomposed).text == understand(typed).text


def test_raw_telex_keys_are_decoded() -> None:
    assert understand("kees hoachj nayf do ai kys?").text == "kế hoạch này do ai ký?"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("Han nop bao cao la ngay nao?", "Hạn nộp báo cáo là ngày nào?", id="no-marks"),
        pytest.param("hạn nộp bao cao la ngày nào", "hạn nộp báo cáo là ngày nào", id="some-marks"),
        pytest.param("ke hoahc nay do ai ky", "kế hoạch này do ai ký", id="a-slip"),
        pytest.param("ai phai nop baocao", "ai phải nộp báo cáo", id="a-missing-space"),
        pytest.param("bc kq nop trc ngay nao", "bc kết quả nộp trước ngày nào", id="shorthand-too"),
        pytest.param("khum nop co sao ko", "không nộp", id="shorthand-is-no-slip"),
        pytest.param("tu ngay 20/4 den ngay nao", "từ ngày 20/4 đến ngày nào", id="tu-is-a-word"),
        pytest.param("so 76-KH/DU do ai ky", "số 76-KH/DU do ai ký", id="sign"),
        pytest.param("KHONG nop bao cao", "KHÔNG nộp báo cáo", id="capitals"),
    ],
)
def test_marks_and_slips_are_put_right(typed: str, text: str) -> None:
    assert text in understand(typed).text


def test_restored_text_is_searched_and_decides_the_intent() -> None:
    typed, meant = "han nop bao cao la ngay nao", "hạn nộp báo cáo là ngày nào"
    restored, accented = understand(typed), understand(meant)
    assert restored.typed == typed
    assert (restored.text, restored.search) == (accented.text, accented.search)
    assert restored.intents == accented.intents
    assert Intent.DEADLINE in restored.intents


@pytest.mark.parametrize(
    "meant", ["ấp Cồn Nhạn thí điểm phân loại rác", "bao nhiêu trụ đèn", "nhà văn hóa ấp Bến Dừa"]
)
def test_the_words_of_the_library_help(assistant: Assistant, meant: str) -> None:
    assert understand(fold(meant), assistant.index().lexicon).text == meant
    assert understand(fold(meant)).text != meant


def test_without_a_library_general_vietnamese_is_known() -> None:
    for question in QUESTIONS:
        typed = fold(question.question)
        assert understand(typed) == understand(typed, Lexicon())


def test_accented_questions_are_read_as_typed(assistant: Assistant) -> None:
    lexicon = assistant.index().lexicon
    for question in (q.question for q in QUESTIONS):
        assert understand(question, lexicon).text == understand(question).text == question


def test_english_is_not_restored(assistant: Assistant) -> None:
    lexicon = assistant.index().lexicon
    asked = [*ENGLISH, "Who must report to Binh An Dong?", "Which communes join Con Nhan?"]
    read = [understand(text, lexicon) for text in asked]
    assert {question.language for question in read} == {"en"}
    assert [q.text for q in read] == [english.to_vietnamese(text) for text in asked]
    # Many would have been changed, before they were translated or after.
    assert sum(lexicon.restore(text) != text for text in asked) > 10
    assert lexicon.restore(read[-1].text) != read[-1].text
    assert "Con Nhan" in read[-1].search


def test_chat_shorthand_is_written_out() -> None:
    question = understand("bc kq nộp trc ngày nào")
    assert "trước ngày nào" in question.text
    assert question.intent is Intent.DEADLINE


def test_english_goes_through_the_glossary() -> None:
    question = understand("Who must report by 20/4?")
    assert question.language == "en"
    assert "báo cáo" in question.search
    assert [m.value for m in question.dates] == ["--04-20"]


def test_further_renderings_of_english_are_expansions() -> None:
    seen = 0
    for typed in ENGLISH:
        phrases = [renderings for renderings in english.translated(typed) if renderings]
        further = [other for renderings in phrases for other in renderings[1:]]
        question = understand(typed)
        first = Counter(" ".join(renderings[0] for renderings in phrases).split())
        assert set(further) <= set(question.expansions)
        assert Counter(question.search.split()) <= first
        seen += len(further)
    assert seen > 50


@pytest.mark.parametrize(
    "typed",
    ["When is the deadline for the report?", "UBND xã, BTV và UBND huyện nộp báo cáo khi nào?"],
)
def test_expansions_stand_once(typed: str) -> None:
    expansions = understand(typed).expansions
    assert "thời hạn" in expansions
    assert len(set(expansions)) == len(expansions)


@pytest.mark.parametrize("typed", ["Ai phai bao cao truoc ngay 20/4", "Ban nao chu tri hoi thi"])
def test_unaccented_vietnamese_is_no_english(typed: str) -> None:
    assert understand(typed).language == "vi"


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        pytest.param("Kế hoạch số 35-KH/ĐU ai ký?", ["35-KH/ĐU"], id="whole"),
        pytest.param("ke hoach 35 - kh/du ai ky", ["35-KH/DU"], id="unaccented-with-spaces"),
        pytest.param("Kết luận 22 nói gì?", ["22"], id="digits-and-kind"),
        pytest.param("Plan 35 deadline?", ["35"], id="english"),
        pytest.param("letter no. 412", ["412"], id="english-with-no"),
        pytest.param("kh 35 ai ký", ["35"], id="abbreviated-kind"),
        pytest.param("kế hoạch số 0035", ["35"], id="leading-zeros"),
        pytest.param("Công văn số 412/UBND-NC", ["412/UBND-NC"], id="state-body"),
        pytest.param("KH 35 và KL 22", ["35", "22"], id="two-in-part"),
        pytest.param("Nghị quyết 19-NQ/HU, Kế hoạch 58-KH/HU", ["19-NQ/HU", "58-KH/HU"], id="two"),
        pytest.param("Kế hoạch 35-KH/ĐU, tức kế hoạch 35", ["35-KH/ĐU"], id="one-named-twice"),
        pytest.param("Kế hoạch năm 2024 có gì mới?", [], id="a-year-is-no-number"),
        pytest.param("Nộp trước 20/4/2024?", [], id="a-date-is-no-number"),
    ],
)
def test_documents_named_by_number(typed: str, numbers: list[str]) -> None:
    assert [r.number for r in understand(typed).references] == numbers


def test_years_are_kept() -> None:
    assert understand("Kế hoạch năm 2024 và 2025").years == (2024, 2025)


@pytest.mark.parametrize("typed", ["", "   \n\t ", "🙂🙂", "?!…"])
def test_a_question_without_a_word_is_blank(typed: str) -> None:
    assert is_blank(understand(typed))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("Kết luận 22 nói gì?", "kết luận"),
        ("ket luan so 22 noi gi", "kết luận"),
        ("KL 22 nói gì?", "kết luận"),
        ("What does Conclusion 22 say?", "kết luận"),
        ("Chỉ thị 06-CT/HU nói gì?", "chỉ thị"),
    ],
    ids=["accented", "unaccented", "abbreviated", "english", "from-the-sign"],
)
def test_the_kind_of_a_document_named(typed: str, kind: str) -> None:
    assert [r.kind for r in understand(typed).references] == [kind]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        pytest.param("nộp trước ngày 05/6/2024", "2024-06-05", id="slashes"),
        pytest.param("nộp trước 05-6-2024", "2024-06-05", id="hyphens"),
        pytest.param("nộp trước 05.6.2024", "2024-06-05", id="dots"),
        pytest.param("nop truoc ngay 5 thang 6 nam 2024", "2024-06-05", id="in-words-unaccented"),
        pytest.param("send it by June 5, 2024", "2024-06-05", id="english"),
        pytest.param("send it by 5 June 2024", "2024-06-05", id="british"),
        pytest.param("nộp trước ngày 5/6", "--06-05", id="without-a-year"),
        pytest.param("làm trong tháng 8 năm 2024", "2024-08", id="month"),
        pytest.param("làm trong quý III/2024", "2024-Q3", id="quarter"),
        pytest.param("lam trong quy 3 nam 2024", "2024-Q3", id="quarter-unaccented"),
    ],
)
def test_dates_in_every_written_form(typed: str, value: str) -> None:
    assert [m.value for m in understand(typed).dates] == [value]


def test_the_date_of_a_cited_document_is_no_date_of_the_question() -> None:
    question = understand("Kế hoạch số 12-KH/ĐU, ngày 05/6/2024 giao ai nộp trước ngày 09/9/2024?")
    assert [m.value for m in question.dates] == ["2024-09-09"]


def test_both_habits_of_placing_a_tone_read_alike() -> None:
    assert understand("Uỷ ban xã Hoà Bình").text == understand("Ủy ban xã Hòa Bình").text


def test_abbreviations_are_added_and_never_replaced() -> None:
    question = understand("UBND xã nộp báo cáo khi nào?")
    assert "UBND" in question.search
    assert "Ủy ban nhân dân" in question.expansions


def test_raw_vni_keys_are_decoded() -> None:
    assert understand("ke61 hoa5ch na2y do ai ky1?").text == "kế hoạch này do ai ký?"


def test_a_long_question_is_read_in_part() -> None:
    typed = "báo cáo " * 1250
    question = understand(typed)
    assert question.typed == typed
    assert len(question.text) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    "junk", ["-", "w/", "1-", "ab1", "x", "abcd", "a b c ", "@", "ng ao ", "kehoahc "]
)
def test_junk_takes_no_time(junk: str) -> None:
    started = time.process_time()
    understand((junk * MAX_CHARACTERS)[:MAX_CHARACTERS])
    assert time.process_time() - started < 5


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(typed: str) -> None:
    question = understand(typed)
    assert question.typed == typed
    assert question.intents
