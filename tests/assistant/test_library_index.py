"""The tables that the question path takes from a library, against the same looked up slowly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from assistant.cards import numbers_in, refers_to
from assistant.chain import Assistant
from assistant.dated import is_dated
from assistant.language.abbreviations import meant_in
from assistant.library_index import LibraryIndex
from assistant.records import Reference
from assistant.units import folded_term, said_by
from ingest.header import number_key
from ingest.lexical import terms
from ingest.pipeline import Library
from ingest.settings import Settings
from ingest.vietnamese import fold


@pytest.fixture(scope="module")
def index(assistant: Assistant) -> LibraryIndex:
    return assistant.index()


@pytest.fixture(scope="module")
def said(index: LibraryIndex) -> dict[str, list[int]]:
    """Every term and folded key of the passages with its rows, in order."""
    found: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        text = "\n".join((*passage.headings, passage.text, *meant_in(passage.text)))
        own = set(terms(text))
        for term in own | {folded_term(term) for term in own}:
            found.setdefault(term, []).append(row)
    return found


def test_rows_of_every_term(index: LibraryIndex, said: dict[str, list[int]]) -> None:
    assert len(said) > 5000
    for term, rows in said.items():
        assert index.rows_with(term).tolist() == rows, term
        assert index.holds(term)


@pytest.mark.parametrize("term", ["xyzzy", "~xyzzy", "xã_xyzzy", "~xa_xyzzy", "~xã", "hội_ấp"])
def test_rows_of_a_term_that_nowhere_stands(
    index: LibraryIndex, said: dict[str, list[int]], term: str
) -> None:
    assert term not in said
    assert index.rows_with(term).tolist() == []
    assert not index.holds(term)


def test_the_folded_key_finds_every_way_to_mark_it(
    index: LibraryIndex, said: dict[str, list[int]]
) -> None:
    for folded in ("bao", "so", "dan"):
        ways = [term for term in said if fold(term) == folded]
        together = sorted({row for term in ways for row in said[term]})
        assert index.rows_with(f"~{folded}").tolist() == together
        assert len(ways) > 1
        assert len(together) > min(len(said[term]) for term in ways)


def test_what_a_document_says(index: LibraryIndex, said: dict[str, list[int]]) -> None:
    for document, rows in zip(index.documents, index.rows, strict=True):
        container = index.said_in(document.id)
        card = index.card_said(document.id)
        inside = {
            term for term, found in said.items() if any(rows.start <= r < rows.stop for r in found)
        }
        for term in [*said, *card, "xyzzy", "~xyzzy"]:
            assert (term in container) == (term in inside or term in card), (document.name, term)
        assert card - inside  # the year of issue, the words of the file's name


def test_a_card_says_the_name_number_and_place(index: LibraryIndex) -> None:
    document = next(d for d in index.documents if "35-KH" in d.name)
    card = index.card_said(document.id)
    assert {"kế_hoạch", "35", "bình_an", "~binh_an", "an_đông", "2024"} <= card
    assert said_by(document.header.number.value if document.header.number else "?") <= card
    assert "xyzzy" not in card


def test_rows_of_documents(index: LibraryIndex) -> None:
    assert len(index.rows) == len(index.documents) == 8
    for at, (document, rows) in enumerate(zip(index.documents, index.rows, strict=True)):
        assert {p.document_id for p in index.passages[rows]} == {document.id}
        assert set(index.document_of[rows]) == {at}
        assert index.starts[at] == rows.start
        assert index.document(document.id) is document
    assert sum(rows.stop - rows.start for rows in index.rows) == len(index.passages)
    assert all(index.passages[row].id == i for i, row in index.row_of.items())


REFERENCES = [
    Reference("35-KH/ĐU"),
    Reference("35-KH/DU", "kế hoạch"),
    Reference("035-KH/ĐU"),
    Reference("35", "kế hoạch"),
    Reference("35", "công văn"),
    Reference("35"),
    Reference("6", "chỉ thị"),
    Reference("06-CT/HU"),
    Reference("128/KH-UBND"),
    Reference("8", "kế hoạch"),
    Reference("412"),
    Reference("17/KH-MTTQ"),
    Reference("17/KH-MTTQ-BTT"),
    Reference("999-KH/ĐU"),
]


@pytest.mark.parametrize("reference", REFERENCES, ids=str)
def test_the_documents_that_a_reference_names(index: LibraryIndex, reference: Reference) -> None:
    expected = [row for row, d in enumerate(index.documents) if refers_to(reference, d)]
    assert index.referred_to(reference) == expected


def test_some_references_name_a_document_and_some_none(index: LibraryIndex) -> None:
    counts = {len(index.referred_to(reference)) for reference in REFERENCES}
    assert counts == {0, 1}


def test_the_passages_that_name_a_document(index: LibraryIndex) -> None:
    named = {n for p in index.passages for n in numbers_in(p.text)}
    assert {number_key("19-NQ/HU"), number_key("07/NQ-HĐND")} <= named
    for number in named:
        rows = [r for r, p in enumerate(index.passages) if number in numbers_in(p.text)]
        assert index.rows_mentioning(number) == rows
    assert index.rows_mentioning(number_key("999-KH/ĐU")) == []


@pytest.fixture(scope="module")
def citing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of three plans, 1 to 3; the third names itself, the first, and one not here."""
    folder = tmp_path_factory.mktemp("citing")
    said = ("Các xóm họp dân.", "Theo Kế hoạch 3.", "Thực hiện Kế hoạch số 01-KH/ĐU và 9-KH/ĐU.")
    for number, text in enumerate(said, 1):
        plan = f"Số {number}-KH/ĐU\n\nKẾ HOẠCH\ndọn kênh\n\n1. {text}\n2. Sửa {number}-KH/ĐU.\n"
        (folder / f"{number}.txt").write_text(plan, encoding="utf-8")
    with Library.open(Settings(folder / "home")) as library:
        assert not library.add([folder / f"{number}.txt" for number in (1, 2, 3)]).failed
        yield LibraryIndex(library)


def test_the_documents_that_a_passage_cites(citing: LibraryIndex) -> None:
    position = {d.name: at for at, d in enumerate(citing.documents)}
    cited = {at: set[int]() for at in position.values()}
    for row, at in enumerate(citing.document_of):
        cited[int(at)] |= set(citing.cited_in(row))
    first, second, third = (position[f"{number}.txt"] for number in (1, 2, 3))
    # «Kế hoạch 3» is not its whole number, and no document cites itself.
    assert cited == {first: set(), second: set(), third: {first}}


def test_a_passage_is_read_under_its_title_and_headings(index: LibraryIndex) -> None:
    row = next(r for r, p in enumerate(index.passages) if "vỏ bao bì" in p.text)
    text = index.text_in_context(row)
    assert text.endswith("\n" + index.passages[row].text)
    assert "17/KH-MTTQ-BTT" in text
    assert "Chủ nhật xanh" in text
    assert all(heading in text for heading in index.passages[row].headings)


def test_the_dated_passages_are_marked(index: LibraryIndex) -> None:
    assert index.dated.tolist() == [float(is_dated(p.text)) for p in index.passages]
    assert index.dated_passages() == [p for p in index.passages if is_dated(p.text)]
    assert 0 < index.dated.sum() < len(index.passages)


# --- abbreviations ------------------------------------------------------------------------------

SHORT = """KẾ HOẠCH
dọn kênh

I. GIỐNG LÚA
UBND xã cấp giống lúa cho từng hộ trồng lúa ở các xóm ven sông.

II. SỬA ĐƯỜNG
Ủy ban nhân dân xã sửa đường, đắp lề, trồng hoa hai bên đường.

III. PHUN THUỐC
Trạm y tế phun thuốc diệt muỗi ở các xóm ven sông.
"""


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of one plan with a passage each for «UBND», for its words, and for neither."""
    folder = tmp_path_factory.mktemp("short")
    (folder / "plan.txt").write_text(SHORT, encoding="utf-8")
    with Library.open(Settings(folder / "home", max_passage_words=8)) as library:
        library.add([folder / "plan.txt"])
        yield LibraryIndex(library)


def rows_saying(index: LibraryIndex, *words: str) -> list[int]:
    return [r for r, p in enumerate(index.passages) if any(w in p.text for w in words)]


def test_what_is_short_stands_in_the_tables_in_full(short: LibraryIndex) -> None:
    assert len(short.passages) >= 3
    both = rows_saying(short, "UBND", "Ủy ban")
    assert len(both) == 2
    for term in ("ủy", "ủy_ban", "~uy_ban", "nhân_dân", "~dan"):
        assert short.rows_with(term).tolist() == both, term
    assert short.rows_with("ubnd").tolist() == rows_saying(short, "UBND")
    for table in (short.context, short.section):
        for typed in ("ủy ban nhân dân", "uy ban nhan dan"):
            scores = table.scores(typed)
            assert (scores[both] > 0).all()
            others = np.setdiff1d(np.arange(len(scores)), both)
            assert scores[both].min() > scores[others].max()


def test_the_text_of_a_passage_is_not_added_to(short: LibraryIndex) -> None:
    assert "".join(p.text for p in short.passages) == short.documents[0].text
    row = rows_saying(short, "UBND")[0]
    assert "Ủy ban" not in short.text_in_context(row)
    assert "ủy" in short.said_in(short.documents[0].id)


# --- words with an underscore -------------------------------------------------------------------

FORMS = """KẾ HOẠCH
báo cáo

I. GIỐNG LÚA
Gửi tệp mau_01 kèm danh sách, mẫu 01 đã cũ.

II. SỬA ĐƯỜNG
Xem mau_01 tại bảng. Ký tên ____ ghi rõ ngày_tháng.

III. PHUN THUỐC
Trạm y tế dùng mau 1 và mẫu_01.
"""


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LibraryIndex]:
    """An index of one plan with file names and blanks to fill in."""
    folder = tmp_path_factory.mktemp("forms")
    (folder / "plan.txt").write_text(FORMS, encoding="utf-8")
    with Library.open(Settings(folder / "home", max_passage_words=8)) as library:
        library.add([folder / "plan.txt"])
        yield LibraryIndex(library)


def test_a_word_with_an_underscore_is_found_as_the_terms_have_it(forms: LibraryIndex) -> None:
    found: dict[str, list[int]] = {}
    for row, passage in enumerate(forms.passages):
        text = "\n".join((*passage.headings, passage.text, *meant_in(passage.text)))
        own = set(terms(text))
        for term in own | {folded_term(term) for term in own}:
            found.setdefault(term, []).append(row)
    assert {"mau_01", "~mau_01", "xem_mau_01", "mau_01_kèm", "____", "tên_____"} <= set(found)
    for term, rows in found.items():
        assert forms.rows_with(term).tolist() == rows, term
        assert forms.holds(term)
    for term in ("mau_02", "mau_1_kèm", "xem_mau_1", "gửi_tệp_mau", "_", "__", "trạm_y_tế"):
        assert term not in found
        assert forms.rows_with(term).tolist() == [], term


def test_a_word_with_an_underscore_belongs_to_its_neighbours_as_any_other(
    forms: LibraryIndex,
) -> None:
    for pair in ("xem_mau_01", "mau_01_kèm", "~xem_mau_01", "~mau_01_kem"):
        assert forms.association(pair) == 1.0, pair  # never without the other
    assert forms.association("kèm_mau_01") == 0.0
