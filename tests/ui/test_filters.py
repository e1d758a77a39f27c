"""What the filters offer, and which example questions a library gets."""

from __future__ import annotations

from assistant.records import Scope
from assistant.ui.examples import SAMPLE_QUESTIONS, SHOWN, examples
from assistant.ui.filters import Pick, choices, picked, scope
from ingest.records import Header, HeaderField, SourceDocument
from tests.ui.duties import field


def document(name: str, **header: HeaderField) -> SourceDocument:
    return SourceDocument(id=f"id-{name}", name=name, text="x", header=Header(**header))  # type: ignore[arg-type]


LIBRARY = (
    document("b.txt", number=field("2-KH/ĐU"), issuer=field("Đảng ủy"), date=field("2023-05-01")),
    document("a.txt", kind=field("kế hoạch"), issuer=field("Đảng ủy"), date=field("2024-01-01")),
    document("c.txt"),
)


def test_filters_offer_what_the_headers_hold_once() -> None:
    found = choices(LIBRARY)
    assert found.documents == (
        ("2-KH/ĐU · b.txt", "id-b.txt"),
        ("a.txt", "id-a.txt"),
        ("c.txt", "id-c.txt"),
    )
    assert found.issuers == (("Đảng ủy", "Đảng ủy"),)
    assert found.kinds == (("Kế hoạch", "kế hoạch"),)
    assert [shown for shown, _ in found.years] == ["2024", "2023"]


def test_nothing_picked_narrows_nothing() -> None:
    assert scope(None, [], None, []) == Scope()


def test_what_was_picked_is_the_scope() -> None:
    assert scope(["id-a.txt"], ["Đảng ủy"], ["kế hoạch"], ["2024"]) == Scope(
        ("id-a.txt",), ("Đảng ủy",), ("kế hoạch",), (2024,)
    )


def test_samples_have_their_own_examples() -> None:
    assert examples(LIBRARY, samples=True) == SAMPLE_QUESTIONS[:SHOWN]


def test_another_library_is_asked_about_what_its_headers_hold() -> None:
    offered = examples(LIBRARY, samples=False)
    assert offered == (("2-KH/ĐU ban hành ngày nào?", "When was 2-KH/ĐU issued?"),)


def test_an_empty_library_has_no_examples() -> None:
    assert examples((), samples=False) == ()


def test_what_was_picked_is_shown_by_its_label() -> None:
    assert picked(LIBRARY, [["id-b.txt"], None, ["kế hoạch"], ["1999"]]) == [
        Pick(0, "id-b.txt", "2-KH/ĐU · b.txt"),
        Pick(2, "kế hoạch", "Kế hoạch"),
    ]
