"""Citations are exact or are not made."""

from __future__ import annotations

import pytest

from assistant.cite import cite
from assistant.errors import CitationError
from ingest.pipeline import Library
from ingest.records import SourceDocument


@pytest.fixture
def document(library: Library) -> SourceDocument:
    return next(
        d for d in library.documents() if d.header.number and d.header.number.value == "35-KH/ĐU"
    )


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
