"""Citations are exact or are not made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cite import cite
from assistant.errors import CitationError
from ingest.pipeline import Library
from ingest.records import SourceDocument


@pytest.fixture(scope="module")
def document(by_number: dict[str, SourceDocument]) -> SourceDocument:
    return by_number["35-KH/ĐU"]


def test_a_citation_carries_the_words_and_their_place(document: SourceDocument) -> None:
    start = document.text.index("Báo cáo kết quả học tập đợt 1")
    citation = cite(document, start, start + 7)
    assert citation.quote == "Báo cáo"
    assert citation.section == "IV › 1 › 1.2"
    assert (citation.number, citation.document_id) == ("35-KH/ĐU", document.id)


def test_outer_spaces_are_left_out(document: SourceDocument) -> None:
    start = document.text.index("\nIV. ")
    citation = cite(document, start, start + 5)
    assert citation.quote == document.text[citation.start : citation.end] == "IV."


@pytest.mark.parametrize(
    ("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10**9)], ids=["empty", "back", "minus", "past"]
)
def test_no_citation_of_a_span_that_is_none(document: SourceDocument, start: int, end: int) -> None:
    with pytest.raises(CitationError, match=r"no span"):
        cite(document, start, end)


def test_no_citation_of_other_words(document: SourceDocument) -> None:
    with pytest.raises(CitationError, match=r"the source has"):
        cite(document, 0, 4, quote="khác")


def test_no_citation_of_spaces(document: SourceDocument) -> None:
    start = document.text.index("\n")
    with pytest.raises(CitationError, match=r"nothing but spaces"):
        cite(document, start, start + 1)


@given(st.data())
def test_what_is_cited_is_in_the_source(document: SourceDocument, data: st.DataObject) -> None:
    length = len(document.text)
    start = data.draw(st.integers(-5, length + 5))
    end = data.draw(st.integers(start - 5, start + 200))
    try:
        citation = cite(document, start, end)
    except CitationError:
        assert not (0 <= start < end <= length) or not document.text[start:end].strip()
    else:
        assert document.text[citation.start : citation.end] == citation.quote
        assert citation.quote == document.text[start:end].strip()
        assert start <= citation.start < citation.end <= end


def test_the_page_of_a_citation(library: Library) -> None:
    paged = next(d for d in library.documents() if len(d.page_starts) > 1)
    assert cite(paged, paged.page_starts[1], paged.page_starts[1] + 20).page == 2


def test_bullets_are_no_place_in_the_section_path(document: SourceDocument) -> None:
    start = document.text.index("Giám sát việc học tập")
    assert cite(document, start, start + 8).section == "IV › 3"


def test_a_document_without_a_number() -> None:
    bare = SourceDocument("0" * 64, "a.txt", "Họp dân ngày 05/6.")
    assert cite(bare, 0, 7).number == ""
    assert cite(bare, 0, 7).section == ""
