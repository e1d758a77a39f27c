"""A question as typed → Question."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Intent
from assistant.understand import is_blank, understand


def test_decomposed_unicode_reads_as_composed() -> None:
    typed = "Ai phải báo cáo trước ngày 20/4?"
    decomposed = unicodedata.normalize("NFD", typed)
    assert understand(decomposed).text == understand(typed).text


def test_raw_telex_keys_are_decoded() -> None:
    assert understand("kees hoachj nayf do ai kys?").text == "kế hoạch này do ai ký?"


def test_chat_shorthand_is_written_out() -> None:
    question = understand("bc kq nộp trc ngày nào")
    assert "trước ngày nào" in question.text
    assert question.intent is Intent.DEADLINE


def test_english_goes_through_the_glossary() -> None:
    question = understand("Who must report by 20/4?")
    assert question.language == "en"
    assert "báo cáo" in question.search
    assert [m.value for m in question.dates] == ["--04-20"]


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


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(typed: str) -> None:
    question = understand(typed)
    assert question.typed == typed
    assert question.intents
