"""The tables that the question path takes from a library, against the same looked up slowly."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from assistant.cards import numbers_in, refers_to
from assistant.chain import Assistant
from assistant.dated import is_dated, mentions_of
from assistant.language.abbreviations import meant_in
from assistant.library_index import LibraryIndex
from assistant.records import Reference
from assistant.rerank import Cut, CutTable, Cutter
from assistant.segment_tables import KIND, SegmentTables, tables_of, version
from assistant.units import SourceUnit, folded_term, said_by, source_units
from ingest.embed.static import default_encoder
from ingest.header import number_key
from ingest.lexical import LexicalIndex, terms
from ingest.pipeline import Library
from ingest.records import Corrections
from ingest.samples import sample_paths
from ingest.segments import FEW, Segment, put_together
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


def units_made_anew(index: LibraryIndex, row: int) -> tuple[SourceUnit, ...]:
    passage = index.passages[row]
    document = index.document(passage.document_id)
    dates = [m for m in mentions_of(document) if passage.start <= m.start < passage.end]
    return tuple(source_units(document, passage.start, passage.end, passage.role, dates))


def test_units_from_the_tables_are_those_made_anew(
    index: LibraryIndex, short: LibraryIndex, forms: LibraryIndex, many: LibraryIndex
) -> None:
    for library in (index, short, forms, many):
        for row, passage in enumerate(library.passages):
            assert library.units_of(passage) == units_made_anew(library, row), passage.text


def test_a_unit_says_its_terms_and_no_others(short: LibraryIndex) -> None:
    (row,) = rows_saying(short, "UBND")
    unit = next(u for u in short.units_of(short.passages[row]) if "UBND" in u.text)
    assert {"ubnd", "~ubnd", "ủy_ban", "~uy_ban"} <= unit.said
    for term in ("", "~", "_", "xyzzy", "~xyzzy", "~ủy", "uy", "ban_ủy", "ủy_ban_nhân", "ủy_"):
        assert term not in unit.said, term
    assert set(unit.said) == said_by(unit.text)
    assert len(unit.said) == len(said_by(unit.text))
    assert unit.said | {"xyzzy"} == said_by(unit.text) | {"xyzzy"}
    assert hash(unit.said) == hash(said_by(unit.text))


def test_cuts_from_the_tables_are_those_made_anew(
    index: LibraryIndex, forms: LibraryIndex, many: LibraryIndex
) -> None:
    for library in (index, forms, many):
        cutter = Cutter(default_encoder())
        numbers = [cutter.numbers(tables.cuts.words) for tables in library.tables]
        for row in range(len(library.passages)):
            which, at = library.passages.place(row)
            kept = library.tables[which].cuts.cut(at, numbers[which])
            made = cutter.cut(library.text_in_context(row))
            for field in fields(Cut):
                a, b = getattr(kept, field.name), getattr(made, field.name)
                assert np.array_equal(a, b), field.name


def test_passages_without_a_word_have_a_cut_too() -> None:
    cutter = Cutter(default_encoder())
    texts = ["…", "Hội họp. Ngày 07/5!", "", "Đoàn An báo cáo"]
    table = CutTable.of(texts, cutter)
    for row, text in enumerate(texts):
        kept, made = table.cut(row, np.arange(len(table.words), dtype=np.int32)), cutter.cut(text)
        assert all(
            np.array_equal(getattr(kept, f.name), getattr(made, f.name)) for f in fields(Cut)
        )
    left = table.without(np.array([False, True, False, False]))
    assert set(left.words) == {"doan", "an", "bao", "cao"}
    assert_same_cuts(left, CutTable.of([texts[0], *texts[2:]], Cutter(default_encoder())))
    assert len(CutTable.of([], Cutter(default_encoder()))) == 0


# --- segments -----------------------------------------------------------------------------------

ASKED = [
    "Ai phải báo cáo trước ngày 20/4?",
    "UBND xã An Đông làm gì?",
    "ke hoach 35 giao viec cho ai",
    "Kế hoạch 35-KH/ĐU và Kế hoạch 128/KH-UBND khác nhau thế nào?",
    "Trong tháng 10 phải làm gì?",
    "Who signed the plan?",
]


@pytest.fixture(scope="module")
def in_parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The samples, each added by itself, so that they lie in segments."""
    with Library.open(Settings(tmp_path_factory.mktemp("parts") / "home")) as library:
        for path in sample_paths()[: FEW - 1]:
            library.add([path])
        library.add(sample_paths()[FEW - 1 :])
        assert len(library.segments()[1]) > 2
        yield library


def by_id(index: LibraryIndex, scores: np.ndarray) -> dict[str, float]:
    return {p.id: float(s) for p, s in zip(index.passages, scores, strict=True)}


def test_segments_score_as_one_table(index: LibraryIndex, in_parts: Library) -> None:
    parts = LibraryIndex(in_parts)
    assert {p.id for p in parts.passages} == {p.id for p in index.passages}
    for query in ASKED:
        for name in ("context", "section"):
            one, several = getattr(index, name), getattr(parts, name)
            assert by_id(parts, several.scores(query)) == by_id(index, one.scores(query))
    whole = {index.documents[i].id: s for i, s in enumerate(index.cards.scores("kế hoạch 35"))}
    cards = parts.cards.scores("kế hoạch 35")
    assert {parts.documents[i].id: s for i, s in enumerate(cards)} == whole
    typed = "ke hoach to chuc sinh hoat chuyen de o cac chi bo"
    assert parts.lexicon.restore(typed) == index.lexicon.restore(typed)


def test_segments_know_what_one_table_knows(
    index: LibraryIndex, in_parts: Library, said: dict[str, list[int]]
) -> None:
    parts = LibraryIndex(in_parts)
    ids = [p.id for p in index.passages]
    for term in list(said)[::7]:
        assert {parts.passages[r].id for r in parts.rows_with(term)} == {ids[r] for r in said[term]}
        assert parts.rarity(term) == index.rarity(term)
        assert parts.holds(term)
        if "_" in term:
            assert parts.association(term) == index.association(term)
    for document in index.documents:
        assert parts.card_said(document.id) == index.card_said(document.id)
        for term in list(said)[::23]:
            assert (term in parts.said_in(document.id)) == (term in index.said_in(document.id))
    for reference in REFERENCES:
        found = {parts.documents[row].id for row in parts.referred_to(reference)}
        assert found == {index.documents[row].id for row in index.referred_to(reference)}
    assert by_id(parts, parts.dated) == by_id(index, index.dated)
    for pair in ("~binh_an", "~ke_hoach", "~an_dong"):
        saying = {parts.documents[row].id for row in parts.documents_saying(pair)}
        assert saying == {d.id for d in index.documents if pair in index.card_said(d.id)}


def test_answers_are_those_of_one_table(assistant: Assistant, in_parts: Library) -> None:
    parts = Assistant(in_parts)
    for question in ASKED:
        assert parts.invoke(question).answer == assistant.invoke(question).answer


def test_tables_from_the_shelf_are_those_made_anew(in_parts: Library) -> None:
    for segment in in_parts.segments()[1]:
        made = SegmentTables.of(segment)
        kept = tables_of(segment, in_parts)
        assert_alike(kept, made, segment.ids)
        assert_alike(SegmentTables.from_parts(made.parts(segment.ids)), made, segment.ids)


def test_tables_without_a_document_are_those_of_the_others(in_parts: Library) -> None:
    segment = max(in_parts.segments()[1], key=lambda s: len(s.ids))
    gone = np.zeros(len(segment.ids), dtype=bool)
    gone[1] = True
    left = put_together([segment], {segment.ids[1]})
    assert left is not None
    cut, made = SegmentTables.of(segment).without(segment, gone), SegmentTables.of(left)
    assert set(cut.passages.vocabulary) == set(made.passages.vocabulary)
    assert set(cut.cards.vocabulary) == set(made.cards.vocabulary)
    for own in (True, False):
        cut_index = LexicalIndex.over([cut.passages], own=own)
        made_index = LexicalIndex.over([made.passages], own=own)
        for query in ASKED:
            assert np.array_equal(cut_index.scores(query), made_index.scores(query))
    for name in ("said", "names", "keys", "due", "numbers", "odd", "dates"):
        a, b = getattr(cut, name), getattr(made, name)
        assert [set(a.row(i)) for i in range(len(a))] == [set(b.row(i)) for i in range(len(b))]
        assert set(a.terms()) == set(b.terms())
    assert set(cut.cuts.words) == set(made.cuts.words)
    assert set(cut.units.words) == set(made.units.words)
    assert_same_cuts(cut.cuts, made.cuts)
    assert_same_units(cut, made, left)
    assert np.array_equal(cut.fields, made.fields)
    assert cut.definitions == made.definitions


def assert_same_cuts(one: CutTable, other: CutTable) -> None:
    assert len(one) == len(other) > 0
    numbers = {word: number for number, word in enumerate(sorted({*one.words, *other.words}))}
    first, second = (np.array([numbers[w] for w in table.words]) for table in (one, other))
    for row in range(len(one)):
        a, b = one.cut(row, first), other.cut(row, second)
        assert all(np.array_equal(getattr(a, f.name), getattr(b, f.name)) for f in fields(Cut))


def assert_same_units(one: SegmentTables, other: SegmentTables, segment: Segment) -> None:
    for row in range(len(segment)):
        passage = segment.passage(row)
        document = segment.documents[segment.document_of(row)]
        where = (document, (passage.start, passage.end), passage.role, ())
        units = one.units.units(row, *where)
        assert units == other.units.units(row, *where)
        assert units == tuple(source_units(document, *where[1], passage.role, ()))


def assert_alike(one: SegmentTables, other: SegmentTables, ids: tuple[str, ...]) -> None:
    first, second = one.parts(ids), other.parts(ids)
    assert first.arrays.keys() == second.arrays.keys()
    for name, array in first.arrays.items():
        assert np.array_equal(array, second.arrays[name]), name


def test_a_document_is_added_and_deleted_while_questions_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "luon.txt"
    path.write_text(
        "KẾ HOẠCH\nnuôi lươn\n\n1. Tổ hợp tác Rạch Gòi thả lươn giống trước ngày 12/5/2031.\n"
        "2. Trại Goixèo giao giống.\n",
        encoding="utf-8",
    )
    with Library.open(Settings(tmp_path / "home")) as library:
        library.add(sample_paths()[:4])
        assistant = Assistant(library)
        before = [assistant.invoke(q).answer for q in ASKED[:3]]
        done = threading.Event()

        def ask() -> int:
            asked = 0
            while not done.is_set():
                assert assistant.invoke(ASKED[0]).answer
                asked += 1
            return asked

        with ThreadPoolExecutor(1) as thread:
            asking = thread.submit(ask)
            for _ in range(3):
                (document,) = library.add([path]).added
                assert "thả lươn giống" in assistant.invoke("Tổ hợp tác Rạch Gòi làm gì?").answer
                library.remove(document.id)
                assert "lươn" not in assistant.invoke("Tổ hợp tác Rạch Gòi làm gì?").answer
            done.set()
            assert asking.result() > 0
        assert [assistant.invoke(q).answer for q in ASKED[:3]] == before
        words = {w for t in assistant.index().tables for w in t.passages.vocabulary}
        assert "lươn" not in words
        for kept in (tmp_path / "home" / "index").iterdir():
            written = kept.read_bytes()
            assert "lươn".encode() not in written
            assert b"goixeo" not in written  # folded, as the reranker has it


def test_another_program_makes_its_own_tables(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "home")
    with Library.open(settings) as library:
        library.add(sample_paths()[:2])
        LibraryIndex(library)
        (segment,) = library.segments()[1]
        parts = library.shelf.get(segment.name, KIND, version())
        assert parts is not None
        library.shelf.put(segment.name, KIND, "another", parts)
        assert library.shelf.get(segment.name, KIND, "another") is not None
        LibraryIndex(library)
        assert library.shelf.get(segment.name, KIND, version()) is not None


def test_tables_of_what_was_deleted_meanwhile_are_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "luon.txt"
    path.write_text("KẾ HOẠCH\nnuôi lươn\n\n1. Tổ hợp tác Rạch Gòi thả lươn giống.\n", "utf-8")
    with Library.open(Settings(tmp_path / "home")) as library:
        library.add([path, *sample_paths()[:1]])
        (segment,) = library.segments()[1]
        (document,) = (d for d in library.documents() if d.name == path.name)
        library.remove(document.id)
        assert tables_of(segment, library).passages.vocabulary  # as an index that is being made
        for kept in (tmp_path / "home" / "index").iterdir():
            assert "lươn".encode() not in kept.read_bytes()
        library.add([path])
        (document,) = (d for d in library.documents() if d.name == path.name)
        before = {segment.name: segment for segment in library.segments()[1]}
        library.correct(document.id, Corrections(number="7/KH-RG"))
        for segment in before.values():
            tables_of(segment, library)
        assert LibraryIndex(library)._numbered(number_key("7/KH-RG"))
