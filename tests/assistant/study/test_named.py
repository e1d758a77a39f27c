"""Documents by what people call them."""

from __future__ import annotations

import unicodedata

import pytest

from assistant.study.errors import StudyError
from assistant.study.named import documents_named
from ingest.records import SourceDocument
from tests.assistant.study.plans import MEETING, NOTICE, RIVER, made

DOCUMENTS = [
    made(RIVER, "Bờ sông 2025.txt"),
    made(MEETING, "tiet-kiem-dien.txt"),
    made(MEETING + "\n", "sinh hoạt.txt"),
    made(NOTICE, "trời nắng.txt"),
]


def names_of(*names: str) -> list[str]:
    return [d.name for d in documents_named(DOCUMENTS, names)]


@pytest.mark.parametrize(
    "name",
    [
        "Bờ sông 2025.txt",
        unicodedata.normalize("NFD", "Bờ sông 2025.txt"),
        "bo song 2025",
        "45/KH-UBND",
        "45 - kh/ubnd",
        "Kế hoạch 45",
        "ke hoach so 45",
        "KẾ HOẠCH SỐ 045",
        "kh 45",
        "Bảo vệ bờ sông và nguồn nước",
        "bao ve bo song",
        DOCUMENTS[0].id[:8],
        DOCUMENTS[0].id.upper(),
    ],
)
def test_by_file_number_title_or_id(name: str) -> None:
    assert names_of(name) == ["Bờ sông 2025.txt"]


def test_in_the_order_given_each_once() -> None:
    assert names_of("trời nắng.txt", "45/KH-UBND", "Trời nắng") == [
        "trời nắng.txt", "Bờ sông 2025.txt",
    ]  # fmt: skip


def test_a_number_of_another_kind_or_of_two_documents() -> None:
    with pytest.raises(StudyError, match="no document"):
        names_of("Chỉ thị 45")
    with pytest.raises(StudyError, match="no document"):
        names_of("Kế hoạch 46")
    other = made(RIVER.replace("45/KH-UBND", "45-KH/ĐU"), "dang-uy.txt")
    with pytest.raises(StudyError, match="2 documents"):
        documents_named([*DOCUMENTS, other], ["Kế hoạch số 45"])
    (found,) = documents_named([*DOCUMENTS, other], ["45-KH/ĐU"])
    assert found == other


def test_an_unknown_name_is_told_with_the_near_ones() -> None:
    with pytest.raises(StudyError, match=r"'bo sông 2052'.*Bờ sông 2025\.txt"):
        names_of("bo sông 2052")
    with pytest.raises(StudyError, match="ingest list"):
        names_of("zzzzzz")


@pytest.mark.parametrize("name", ["", "  ", "...", "điện"])
def test_what_names_nothing_is_unknown(name: str) -> None:
    with pytest.raises(StudyError, match="no document"):
        names_of(name)


def test_a_name_of_two_is_told_with_their_ids() -> None:
    with pytest.raises(StudyError, match="2 documents") as told:
        names_of("sinh hoạt chuyên đề về tiết kiệm điện")
    twins: list[SourceDocument] = DOCUMENTS[1:3]
    assert all(d.id[:12] in str(told.value) for d in twins)
    assert names_of(twins[1].id[:12]) == ["sinh hoạt.txt"]
