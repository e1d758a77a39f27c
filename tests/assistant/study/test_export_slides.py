"""The slides, opened again with python-pptx."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.presentation import Presentation as OpenPresentation
from pptx.slide import Slide
from pptx.util import Pt

from assistant.register.plain import one_line
from assistant.study.export.fit import groups_of, largest_size, line_count, shortened, text_height
from assistant.study.export.slides import to_pptx
from assistant.study.records import StudyPack
from tests.assistant.study.awkward import awkward, empty
from tests.assistant.study.plans import MEETING, NOTICE, RIVER, pack_on


def opened(pack: StudyPack) -> OpenPresentation:
    return Presentation(io.BytesIO(to_pptx(pack)))


@pytest.fixture(scope="module")
def decks(packs: list[StudyPack]) -> list[OpenPresentation]:
    made = [*packs[:3], pack_on(RIVER, MEETING), pack_on(NOTICE), awkward(), empty()]
    return [opened(pack) for pack in made]


def title_of(slide: Slide) -> str:
    return slide.shapes.title.text_frame.text


def runs_of(slide: Slide) -> Iterator[tuple[str, str, float]]:
    """Text, font and size in points of what a slide shows."""
    for shape in slide.shapes:
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
        for frame in frames:
            for paragraph in frame.paragraphs:
                for run in paragraph.runs:
                    yield run.text, run.font.name, run.font.size.pt


def test_slides_are_16_to_9_and_titled(decks: list[OpenPresentation]) -> None:
    for deck in decks:
        assert deck.slide_width * 9 == deck.slide_height * 16
        assert all(title_of(slide).strip() for slide in deck.slides)


def test_letters_have_vietnamese_and_a_room_can_read_them(decks: list[OpenPresentation]) -> None:
    for deck in decks:
        for number, slide in enumerate(deck.slides, 1):
            for text, font, size in runs_of(slide):
                assert font == "Arial"
                is_small_print = text.startswith("Nguồn:") or text == str(number)
                assert size >= (12 if is_small_print or number == 1 else 18), text


def test_text_fits_between_title_and_foot(decks: list[OpenPresentation]) -> None:
    for deck in decks:
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height
                if shape.has_table:
                    assert sum(r.height for r in shape.table.rows) <= Pt(382)
                elif shape.has_text_frame and shape.text_frame.text:
                    frame = shape.text_frame
                    size = frame.paragraphs[0].runs[0].font.size.pt
                    texts = [p.text for p in frame.paragraphs]
                    assert len(texts) <= 8
                    height = text_height(texts, shape.width.pt, size)
                    assert height - 8 <= shape.height.pt * 1.12, texts


def test_lists_hold_six_points_at_most(decks: list[OpenPresentation]) -> None:
    for deck in decks:
        for slide in deck.slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    signs = [p for p in shape.text_frame.paragraphs if "\t" in p.text]
                    assert len(signs) <= 6


def test_no_slide_of_an_outline_ends_with_a_heading() -> None:
    pack = pack_on(RIVER)
    headings = [p.text for p in pack.outline.entries if p.is_heading]
    leads = [h for h in headings if h != headings[-1]]
    for slide in opened(pack).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape != slide.shapes.title:
                assert shape.text_frame.paragraphs[-1].text.rpartition("\t")[2] not in leads


def test_an_answer_comes_on_the_slide_after_its_question(packs: list[StudyPack]) -> None:
    for pack in (packs[0], awkward()):
        titles = [title_of(slide) for slide in opened(pack).slides]
        for number in range(1, len(pack.quiz.entries) + 1):
            asked = [i for i, t in enumerate(titles) if t.startswith(f"Câu {number}. ")]
            assert asked == list(range(asked[0], asked[-1] + 1))
            assert titles[asked[-1]] == f"Câu {number}. Đáp án"
            assert all("Đáp án" not in titles[i] for i in asked[:-1])


def test_notes_hold_the_exact_words_of_what_a_slide_says(packs: list[StudyPack]) -> None:
    pack = packs[0]
    deck = opened(pack)
    notes = "\n".join(s.notes_slide.notes_text_frame.text for s in deck.slides if s.has_notes_slide)
    shown = [*pack.outline.entries, *pack.timeline.entries, *pack.roles.entries]
    for entry in shown:
        for citation in entry.citations:
            # The heading of a slide is its title; its words are the title's.
            if not getattr(entry, "is_heading", False):
                assert f"«{one_line(citation.quote)}»" in notes


def test_the_last_slide_names_the_documents() -> None:
    pack = pack_on(RIVER, MEETING)
    last = list(opened(pack).slides)[-1]
    assert title_of(last) == "Nguồn trích dẫn"
    text = " ".join(text for text, _, _ in runs_of(last))
    for document in pack.documents:
        assert f"{document.said} (tệp {document.name})" in text


# --- measuring ------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 500), max_size=40), st.integers(100, 400), st.integers(1, 8))
def test_groups_keep_order_and_bounds(heights: list[int], height: int, most: int) -> None:
    groups = groups_of(heights, float, height, most)
    assert [entry for group in groups for entry in group] == heights
    for group in groups:
        assert len(group) <= most
        assert sum(group) <= height or len(group) == 1


def test_groups_are_evened_out() -> None:
    assert [len(g) for g in groups_of([10] * 7, float, 60, 6)] == [4, 3]


def test_what_leads_stays_with_the_next() -> None:
    groups = groups_of(list("aaHbb"), lambda _: 10, 30, 6, lambda entry: entry == "H")
    assert groups == [["a", "a"], ["H", "b", "b"]]


@given(st.text(alphabet="ab ", min_size=1, max_size=600))
def test_shortened_text_fits(text: str) -> None:
    short = shortened(text, 300, 60, 20)
    assert text_height([short], 300, 20) <= 60 or len(short.split()) <= 1
    assert short == text or short.endswith("…")


def test_lines_are_counted_by_letters() -> None:
    assert line_count("", 100, 20) == 1
    assert line_count("a\nb", 100, 20) == 2
    assert line_count("chữ " * 20, 400, 20) == 3
    assert largest_size(["a" * 10], 400, 30, (40, 18)) == 18
    assert largest_size(["chữ " * 500], 400, 30, (40, 18)) is None
    assert not re.search(r"\s…", shortened("chữ " * 500, 400, 60, 20))
