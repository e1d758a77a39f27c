"""What people call a document by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.cards import card_of, name_pairs, number_keys, numbers_in, refers_to, year_of
from assistant.records import Reference
from ingest.pipeline import Library
from ingest.records import Header, SourceDocument


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Reference("35-KH/ĐU"), True),
        (Reference("35-KH/DU"), True),
        (Reference("35", "kế hoạch"), True),
        (Reference("35", "công văn"), False),
        (Reference("3-KH/ĐU"), False),
        (Reference("135-KH/ĐU"), False),
    ],
)
def test_references_name_a_document(library: Library, reference: Reference, expected: bool) -> None:
    document = next(d for d in library.documents() if "35-KH" in d.name)
    assert refers_to(reference, document) is expected


def test_a_card_says_what_people_call_the_document(by_number: dict[str, SourceDocument]) -> None:
    card = card_of(by_number["35-KH/ĐU"])
    assert card.startswith("ke hoach 35 KH DU hoc tap nghi quyet\n")
    for said in ("kế hoạch", "35-KH/ĐU", "học tập, quán triệt", "XÃ BÌNH AN ĐÔNG", "2024"):
        assert said in card


def test_a_document_without_a_head_is_called_by_its_opening() -> None:
    document = SourceDocument("0" * 64, "so_tay-01.v2.txt", "Sổ  tay\ncho tổ trưởng.", (0,))
    assert card_of(document) == "so tay 01 v2\nSổ tay cho tổ trưởng."
    assert year_of(document) is None
    assert number_keys(document) == set()
    assert name_pairs(document) == frozenset()


def test_a_number_is_named_whole_or_by_its_digits(by_number: dict[str, SourceDocument]) -> None:
    assert number_keys(by_number["06-CT/HU"]) == {"6cthu", "6"}
    assert year_of(by_number["06-CT/HU"]) == 2024
    text = "Theo Kế hoạch số 35 -KH/ĐU và 07/NQ-HĐND ngày 20/4, 35-KH/ĐU."
    assert numbers_in(text) == {"35khdu", "7nqhdnd"}


def test_names_are_those_said_twice_or_in_the_head(by_number: dict[str, SourceDocument]) -> None:
    document = by_number["35-KH/ĐU"]
    pairs = name_pairs(document)
    assert {"~binh_an", "~an_dong", "~vinh_hoa"} <= pairs
    once = replace(
        document, text="Người xóm Gò Lẫm thăm xóm Rạch Sen. Dân Gò Lẫm họp.", header=Header()
    )
    assert name_pairs(once) == {"~go_lam"}
