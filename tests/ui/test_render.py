"""Records to HTML: everything escaped, and the quoted words marked exactly."""

from __future__ import annotations

from html import escape
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.phrases import phrase
from assistant.records import (
    Answer,
    Citation,
    Intent,
    Made,
    RankedPassage,
    Setback,
    Statement,
)
from assistant.ui.conversation import Note, Turn
from assistant.ui.filters import Pick
from assistant.ui.render.conversation import (
    NEAREST_SHOWN,
    answer_text,
    conversation_html,
    snippet,
)
from assistant.ui.render.evidence import document_html, evidence_html
from assistant.ui.render.frame import header_html, status_html
from assistant.ui.render.library import documents_html, scope_html
from assistant.ui.render.uploads import uploads_html
from assistant.ui.render.words import in_common, name_html, place_html
from assistant.ui.texts import TEXTS, text
from assistant.ui.upload import Batch, Row, State
from ingest.errors import UnreadableFile
from ingest.records import Header, HeaderField, Section, SourceDocument
from tests.ui.parsed import Parsed, assert_harmless, attacks


def document(text: str, **fields: object) -> SourceDocument:
    return SourceDocument(id="d1", name="Kế hoạch.txt", text=text, **fields)  # type: ignore[arg-type]


def citation(quote: str, **fields: object) -> Citation:
    given = {
        "document": "Kế hoạch.txt",
        "document_id": "d1",
        "number": "5-KH/ĐU",
        "section": "IV › 1",
        "page": 2,
        "start": 0,
        "end": len(quote),
        "quote": quote,
    }
    return Citation(**{**given, **fields})  # type: ignore[arg-type]


def answer(statement: str, *citations: Citation, **fields: object) -> Answer:
    given = {
        "question": "Ai?",
        "statements": (Statement(statement, tuple(range(len(citations)))),),
        "abstained": False,
        "intent": Intent.WHO,
        "language": "vi",
        "citations": citations,
    }
    return Answer(**{**given, **fields})  # type: ignore[arg-type]


@attacks
def test_a_conversation_shows_what_was_written_as_text(attack: str) -> None:
    cited = citation(attack, document=attack, number=attack, section=attack)
    turns = [
        Turn(attack, answer=answer("", cited), searched=attack, complete=True, rating="up"),
        Turn(attack, note=Note("not_open", (("reason", attack),))),
    ]
    parsed = assert_harmless(conversation_html(turns, [], False))
    assert parsed.text.count(attack) >= 4
    copied = [a["data-copy"] for tag, a in parsed.tags if "data-copy" in a]
    assert attack in (copied[0] or "")


@attacks
def test_nearest_passages_show_what_was_written_as_text(attack: str) -> None:
    passage = RankedPassage(attack, "d1", attack, attack, 1, 0, 5, attack, 0.5)
    refused = answer("Không tìm thấy", abstained=True, passages=(passage,))
    html = conversation_html([Turn("?", answer=refused, complete=True)], [], False)
    assert snippet(attack) in assert_harmless(html).text


@attacks
def test_the_evidence_shows_what_was_written_as_text(attack: str) -> None:
    words = f"Trước. {attack} Sau."
    shown = SourceDocument(
        id=attack,
        name=attack,
        text=words,
        header=Header(number=HeaderField(attack, 0, 1), title=HeaderField(attack, 0, 1)),
    )
    place = citation(attack, section=attack, start=7, end=7 + len(attack))
    parsed = assert_harmless(evidence_html(shown, place, 1))
    assert parsed.marked == attack
    assert words in parsed.text
    assert_harmless(evidence_html(shown, None, 1))
    assert_harmless(documents_html([shown]))
    assert attack in assert_harmless(scope_html([Pick(0, attack, attack)])).text


@attacks
def test_file_names_and_examples_are_text(attack: str) -> None:
    rows = (
        Row(attack, State.DUPLICATE, known=attack),
        Row(attack, State.ADDED, document=attack, alike=((attack, 0.9),), namesakes=(attack,)),
        Row(attack, State.FAILED, failure=UnreadableFile(attack, "damaged", attack)),
        Row(attack, State.READING, part=attack),
    )
    for token in ("", attack):
        html = uploads_html(Batch(rows, token))
        assert assert_harmless(html, frozenset({"progress"})).text.count(attack) >= len(rows)
    parsed = assert_harmless(conversation_html([], [(attack, attack)], False))
    assert attack in [a.get("data-question") for _, a in parsed.tags]
    assert_harmless(status_html(Note("status_failed", (("reason", attack),)), attack))


@pytest.mark.parametrize(
    "mark",
    ["\u202e", "\u2066", "\u200f", "\u061c", "\x07", "\n"],
    ids=lambda mark: f"U+{ord(mark):04X}",
)
def test_a_name_can_not_pass_for_another(mark: str) -> None:
    assert mark not in name_html(f"báo cáo{mark}xslx.exe")


def test_a_vietnamese_name_is_shown_as_it_is() -> None:
    for name in ("Kế hoạch số 5 (bản cuối).docx", "kê\u0301 hoạch.txt", "👍\u200d.txt"):
        assert Parsed(name_html(name)).text == name


TEXT = "KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Việc một.\n2. Việc <hai> & ba.\nNơi nhận: lưu."
SECTIONS = (
    Section("I", "MỤC ĐÍCH", 0, 9, 21, 54, -1),
    Section("1", "Việc một.", 1, 21, 34, 34, 0),
    Section("2", "Việc <hai> & ba.", 1, 34, 54, 54, 0),
)


@pytest.mark.parametrize(
    ("start", "end"),
    [(24, 32), (0, 8), (0, len(TEXT)), (12, 30), (37, 53), (len(TEXT) - 4, len(TEXT)), (26, 26)],
    ids=["inside", "start", "all", "across-heading", "entities", "end", "nothing"],
)
def test_exactly_the_quoted_words_are_marked(start: int, end: int) -> None:
    shown = document(TEXT, sections=SECTIONS, page_starts=(0, 26))
    parsed = Parsed(document_html(shown, start, end))
    assert parsed.marked == TEXT[start:end]
    assert parsed.text == TEXT


@given(
    text=st.text(alphabet="aâ <>&\"'\n\t{}$\U0001f600", max_size=60),
    edges=st.lists(st.integers(0, 60), min_size=6, max_size=6),
)
def test_the_document_is_whole_and_the_words_exact(text: str, edges: list[int]) -> None:
    start, end, page, *heading = (min(edge, len(text)) for edge in edges)
    start, end = sorted((start, end))
    first, middle, last = sorted(heading)
    shown = document(
        text, page_starts=(0, page), sections=(Section("1", "", 0, first, middle, last, -1),)
    )
    parsed = Parsed(document_html(shown, start, end))
    assert parsed.text == text
    assert parsed.marked == text[start:end]


def test_pages_are_numbered_where_they_start() -> None:
    html = document_html(document("một hai ba", page_starts=(0, 4, 8)))
    assert [part.count("page-mark") for part in html.partition("hai")] == [1, 0, 1]
    assert "Trang 2" in html
    assert "Page 3" in html
    assert "Trang 1" not in html


def test_headings_are_bold_and_lines_of_content_are_not() -> None:
    html = document_html(document(TEXT, sections=SECTIONS))
    assert "<b>I. MỤC ĐÍCH" in html
    assert "<b>1. Việc một" not in html


def test_an_opening_differs_from_the_one_before() -> None:
    shown, place = document("một hai"), citation("hai", start=4, end=7)
    assert evidence_html(shown, place, 1) != evidence_html(shown, place, 2)


def test_an_unfinished_answer_has_no_buttons_but_its_citations() -> None:
    turn = Turn("Ai?", answer=answer("Chi bộ", citation("Chi bộ")))
    tags = Parsed(conversation_html([turn], [], False)).tags
    actions = {attributes.get("data-action") for tag, attributes in tags if tag == "button"}
    assert actions == {"cite"}


def test_each_statement_carries_its_own_chips() -> None:
    given = answer(
        "",
        citation("a"),
        citation("b"),
        statements=(Statement("Một", (1,)), Statement("Hai", (0, 1))),
    )
    html = conversation_html([Turn("?", answer=given)], [], False)
    first, second = html.split("<li>")[1:3]
    assert first.count('data-action="cite"') == 1
    assert 'data-citation="1"' in first
    assert second.count('data-action="cite"') == 2


QUOTE = "Các chi bộ báo cáo kết quả trước ngày 20/4."


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("Các chi bộ", True),
        (QUOTE, False),
        ("Các chi bộ báo cáo\nkết quả trước ngày 20/4", False),
    ],
    ids=["shorter", "the-same", "the-same-but-for-spaces-and-stop"],
)
def test_a_source_shows_its_words_where_the_answer_does_not(statement: str, shown: bool) -> None:
    turn = Turn("Ai?", answer=answer(statement, citation(QUOTE)), complete=True)
    html = conversation_html([turn], [], False)
    assert (f'<span class="quote">«{QUOTE}»</span>' in html) is shown


def test_words_that_another_line_says_are_shown_at_the_line_that_cites_them() -> None:
    given = answer(
        "",
        citation("a"),
        citation("b"),
        statements=(Statement("b", (0,)), Statement("khác", (1,))),
    )
    html = conversation_html([Turn("?", answer=given, complete=True)], [], False)
    assert "«a»" in html
    assert "«b»" in html


def test_a_document_opens_with_its_title_number_and_date() -> None:
    header = Header(
        number=HeaderField("5-KH/ĐU", 0, 1),
        title=HeaderField("Học tập nghị quyết", 0, 1),
        date=HeaderField("2024-04-02", 0, 1),
    )
    head = evidence_html(document("x", header=header), None, 1).split('class="paper"')[0]
    for said in ("Học tập nghị quyết", "Số 5-KH/ĐU", "Ngày 2/4/2024", "Dated 2/4/2024"):
        assert said in head


def test_what_is_narrowed_to_can_be_taken_away_one_by_one_or_all() -> None:
    assert scope_html([]) == ""
    html = scope_html([Pick(0, "d1", "5-KH/ĐU · Kế hoạch.txt"), Pick(3, "2024", "2024")])
    tags = [attributes for tag, attributes in Parsed(html).tags if tag == "button"]
    picked = [(a.get("data-filter"), a.get("data-value")) for a in tags]
    assert picked == [(None, None), ("0", "d1"), ("3", "2024")]


def test_a_screen_reader_is_told_by_what_stays() -> None:
    assert header_html().count('aria-live="polite"') == 1
    turn = Turn("?", answer=answer("Chi bộ", citation("Chi bộ")), complete=True)
    assert "aria-live" not in conversation_html([turn], [], False)


def test_a_refusal_is_shown_as_such_with_the_nearest_passages() -> None:
    passages = tuple(
        RankedPassage("a.txt", "d1", "", "II", 1, 0, 3, f"đoạn {i}", 1.0) for i in range(9)
    )
    given = answer("Không tìm thấy", abstained=True, passages=passages)
    html = conversation_html([Turn("?", answer=given, complete=True)], [], False)
    assert 'class="statements said refusal"' in html
    assert html.count("data-passage=") == NEAREST_SHOWN


def test_what_is_copied_can_be_checked_without_the_page() -> None:
    copied = answer_text(answer("Chi bộ", citation("Các chi bộ báo cáo")))
    assert copied == "Chi bộ [1]\n\n[1] 5-KH/ĐU · IV › 1: «Các chi bộ báo cáo»"


@pytest.mark.parametrize("key", TEXTS)
def test_every_string_fills_in_both_languages(key: str) -> None:
    vietnamese, english = TEXTS[key]
    assert vietnamese.strip()
    assert english.strip()
    values = [{name for _, name, _, _ in Formatter().parse(said) if name} for said in TEXTS[key]]
    assert values[0] == values[1]
    assert not set(vietnamese + english) & set("<>&"), "plain text, escaped nowhere"


def test_an_unknown_language_is_vietnamese() -> None:
    assert text("send", "fr") == "Gửi"


# --- what a language model had to do with an answer ----------------------------------------------


def html_of(shown: Answer, complete: bool = True) -> str:
    return conversation_html([Turn("?", answer=shown, complete=complete)], [], False)


@pytest.mark.parametrize("setback", Setback)
def test_a_setback_is_said_quietly_in_both_languages(setback: Setback) -> None:
    shown = answer("Đã có.", citation("Đã có."), made=Made.FALLBACK, setback=setback)
    html = html_of(shown)
    assert html.count('class="made"') == 1
    assert escape(phrase(setback, "vi")) in html
    assert escape(phrase(setback, "en")) in html


def test_an_answer_without_a_model_says_nothing_of_one() -> None:
    assert 'class="made"' not in html_of(answer("Đã có.", citation("Đã có.")))


def test_what_a_model_writes_on_shows_its_sources_meanwhile() -> None:
    shown = answer("Đã có.", citation("Toàn văn câu đã có."), writing=True)
    html = html_of(shown, complete=False)
    assert escape(phrase("writing", "vi")) in html
    assert "Toàn văn câu đã có." in Parsed(html).text
    assert "data-rating" not in html, "nothing to judge yet"
    assert escape(phrase("generated", "en")) in html_of(answer("Đã có.", made=Made.GENERATED))


@pytest.mark.parametrize(
    ("name", "page", "named"),
    [
        ("a.txt", 1, False),
        ("a.docx", 1, False),
        ("a.PDF", 1, True),
        ("a.png", 1, True),
        ("a", 3, True),
    ],
)
def test_a_page_is_named_where_a_file_has_pages(name: str, page: int, named: bool) -> None:
    html = place_html(citation("x", document=name, page=page))
    assert ("Trang" in html) == named
    assert "IV › 1" in html


def test_what_is_nearly_the_same_is_never_said_to_be_the_same() -> None:
    assert [in_common(share) for share in (0.9, 0.994, 0.9999)] == [90, 99, 99]
