"""The board as HTML: the table, and what is said around it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.register.doubts import doubt_words
from assistant.ui.conversation import Note
from assistant.ui.form import ROWS_SHOWN, Filter, Form, Look, problems
from assistant.ui.render.board import (
    board_html,
    board_note_html,
    filters_said,
    periods_html,
    problems_html,
)
from ingest.records import Doubt
from tests.ui.duties import document, found, row, shown
from tests.ui.parsed import PICTURE, TABLE, Parsed, assert_harmless, attacks, said


@attacks
def test_the_board_shows_what_was_written_as_text(attack: str) -> None:
    source = document(attack, attack, name=attack)
    written = row(
        "2024-05-20",
        source,
        id=attack,
        actor=attack,
        action=attack,
        deadline_text=attack,
        report_to=attack,
    )
    filters = (Filter("said_actor", attack), Filter("said_document", attack))
    listed = board_html(found(written), Look(), filters, 0, "vi")
    parsed = assert_harmless(listed, TABLE)
    assert parsed.text.count(attack) >= 5
    opening = [a["data-duty"] for tag, a in parsed.tags if tag == "button" and "data-duty" in a]
    assert opening == [attack]
    for grouping in ("actor", "document"):
        picture = shown(written, look=Look("timeline", grouping))
        assert attack in assert_harmless(picture, TABLE | PICTURE).text
    wrong = problems(Form(period="", since=attack))
    assert attack in said(problems_html(wrong))
    assert_harmless(problems_html(wrong))


def test_a_row_says_who_what_when_and_where() -> None:
    source = document("d1", "35-KH/ĐU", name="Kế hoạch.docx")
    words = said(
        shown(
            row("2024-04-20", source, deadline_text="trước ngày 20/4/2024", report_to="Đảng ủy xã")
        )
    )
    for part in (
        "Còn 10 ngày", "20/4/2024", "«trước ngày 20/4/2024»", "Các chi bộ",
        "báo cáo kết quả học tập", "Báo cáo về: Đảng ủy xã", "35-KH/ĐU", "Kế hoạch.docx",
    ):  # fmt: skip
        assert part in words
    assert "Trang" not in words, "a .docx has no pages"


def test_what_is_overdue_is_said_and_not_by_colour_alone() -> None:
    html = shown(row("2024-04-01"))
    assert "Quá hạn 9 ngày" in said(html)
    assert "Overdue by 9 days" in said(html, "en")
    assert 'class="duty overdue"' in html
    assert "Đã qua hạn (1)" in said(html)


def test_an_implied_actor_is_marked_and_a_missing_one_said() -> None:
    assert "chung cho cả văn bản" in said(shown(row(implied=True)))
    assert "chung cho cả văn bản" not in said(shown(row()))
    assert "Không nêu đơn vị" in said(shown(row(actor="")))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_issuer_that_is_implied_is_not_said_to_be_nobody(language: str) -> None:
    doubts = (Doubt.NO_ACTOR, Doubt.YEAR_SUPPLIED)
    html = shown(row(implied=True, doubts=doubts), language=language)
    assert doubt_words(Doubt.NO_ACTOR, language) not in html
    assert doubt_words(Doubt.YEAR_SUPPLIED, language) in said(html, language)
    (why,) = [
        attributes["title"]
        for _, attributes in Parsed(html).tags
        if attributes.get("class") == "implied"
    ]
    assert {"vi": "cơ quan ban hành", "en": "issued the document"}[language] in why


@pytest.mark.parametrize("doubt", Doubt)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_doubt_is_a_visible_sentence_and_a_tooltip(doubt: Doubt, language: str) -> None:
    html = shown(row(doubts=(doubt,)), language=language)
    sentence = doubt_words(doubt, language)
    assert sentence in said(html, language)
    assert sentence in [a.get("title") for tag, a in Parsed(html).tags if tag == "li"]


def test_a_duty_without_words_of_its_own_is_named_by_its_quote() -> None:
    bare = row(action="")
    assert bare.citation.quote in said(shown(bare))
    assert bare.citation.quote[:40] in said(shown(bare, look=Look("timeline")))


def test_a_recurring_duty_is_a_rule_and_has_its_days_in_a_period() -> None:
    rule = row("MONTHLY-15")
    assert "ngày 15 hằng tháng" in said(shown(rule))
    assert "Các kỳ" not in said(shown(rule))
    assert "Các kỳ: 15/4/2024, 15/5/2024, 15/6/2024" in said(shown(rule, period="quarter"))
    weekly = said(shown(row("WEEKLY-1"), period="quarter"))
    assert "01/4/2024, 08/4/2024, 15/4/2024, 22/4/2024, 29/4/2024, 06/5/2024 và 7 kỳ nữa" in weekly


def test_more_rows_are_offered_with_their_number() -> None:
    first = date(2024, 5, 1).toordinal()
    rows = [row(str(date.fromordinal(first + i))) for i in range(ROWS_SHOWN + 20)]
    html = shown(*rows)
    assert html.count('class="duty ') == ROWS_SHOWN
    assert "Xem thêm 20 việc" in said(html)
    assert "Xem thêm" not in said(shown(*rows, look=Look(limit=2 * ROWS_SHOWN)))


def test_what_is_left_out_of_a_calendar_is_said_beside_the_files() -> None:
    html = board_html(found(row("RELATIVE:P10D"), row()), Look(), (), 1, "vi")
    assert "Tệp .ics không có 1 việc chưa rõ ngày" in said(html)
    assert ".ics không có" not in said(shown(row()))


def test_nothing_found_offers_to_clear_the_filters() -> None:
    nothing = found(row(), words="không có")
    html = board_html(nothing, Look(), (Filter("said_words", "không có"),), 0, "vi")
    assert "Không có việc nào khớp" in said(html)
    assert "Đang lọc: có chữ «không có»" in said(html)
    assert [a.get("data-ask") for _, a in Parsed(html).tags if "data-ask" in a] == ["clear"]
    assert 'data-action="download"' not in html


def test_duties_without_a_deadline_can_be_asked_for() -> None:
    html = shown(row(""), row("2024-05-01"))
    assert "Còn 1 việc phải báo cáo mà không ghi thời hạn" in said(html)
    assert 'data-ask="undated"' in html
    assert "Không ghi thời hạn" in said(shown(row(""), undated=True))


def test_the_rows_tell_their_period() -> None:
    buttons = [a["data-value"] for tag, a in Parsed(periods_html()).tags if tag == "button"]
    for period in (*buttons, ""):
        board = Parsed(shown(row(), period=period, since="1/5/2024"))
        assert [a["data-period"] for _, a in board.tags if "data-period" in a] == [period]


def test_a_note_stands_for_the_board() -> None:
    assert 'class="pending"' in board_note_html(Note("duties_loading", pending=True))
    assert "Thư viện chưa có văn bản nào" in said(board_note_html(Note("duties_empty")))


def test_filters_are_said_in_one_line() -> None:
    line = filters_said((Filter("period_month"), Filter("said_actor", "Công an xã")), "vi")
    assert line == "Tháng này, đơn vị «Công an xã»"
