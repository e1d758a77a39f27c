"""Packs on a topic across the library."""

from __future__ import annotations

import pytest

from assistant.library_index import LibraryIndex
from assistant.study.errors import StudyError
from assistant.study.records import StudyRequest
from assistant.study.topic import study_topic
from ingest.pipeline import Library


@pytest.fixture(scope="module")
def index(library: Library) -> LibraryIndex:
    return LibraryIndex(library)


def test_a_topic_is_drawn_from_the_documents_that_speak_of_it(index: LibraryIndex) -> None:
    pack = study_topic(index, "chuyển đổi số")
    assert pack.topic == "chuyển đổi số"
    assert "128/KH-UBND" in pack.documents[0].said
    text = {d.id: d.text for d in index.documents}
    for citation in pack.citations():
        assert text[citation.document_id][citation.start : citation.end] == citation.quote


def test_a_topic_takes_sections_not_whole_documents(index: LibraryIndex) -> None:
    pack = study_topic(index, "phân loại rác", StudyRequest(minutes=45))
    assert pack.outline.entries
    assert sum(step.minutes for step in pack.agenda.entries) == 45


@pytest.mark.parametrize(
    "topic", ["chuyển đổi số", "chuyen doi so", "Chuyển Đổi Số", "digital transformation"]
)
def test_a_topic_is_found_as_people_type_it(index: LibraryIndex, topic: str) -> None:
    assert study_topic(index, topic).documents == study_topic(index, "chuyển đổi số").documents


# Made of words that plans are full of; the topic itself is in none of the samples.
@pytest.mark.parametrize(
    "topic",
    [
        "đóng tàu ngầm hạt nhân", "phòng chống đuối nước", "quản lý hộ chiếu", "xây dựng cầu treo",
        "tổ chức đám cưới", "phòng chống mua bán người", "phong chong duoi nuoc",
        "phát triển du lịch biển", "", "???",
    ],
)  # fmt: skip
def test_a_topic_that_no_document_speaks_of(index: LibraryIndex, topic: str) -> None:
    with pytest.raises(StudyError, match="no document"):
        study_topic(index, topic)
