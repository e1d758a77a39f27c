"""What a person changes by hand: where it shows, where it stands, and that it stays."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import corrections
from ingest.corrections import Corrections, Notes, applied, checked, checked_name
from ingest.errors import LibraryError
from ingest.pipeline import Library, rebuild
from ingest.reading import document_of
from ingest.records import Doubt, SourceDocument
from ingest.settings import Settings

PLAN = """ĐẢNG BỘ HUYỆN MẪU
ĐẢNG ỦY XÃ AN LẠC
*
Số 3S-KH/ĐU
An Lạc, ngày 12 tháng 3 năm 2023

KẾ HOẠCH
tổ chức ngày hội trồng cây

I. NỘI DUNG
1. Ban Thường vụ Đoàn xã trồng hai trăm cây bóng mát trước ngày 20/4.
2. Chi bộ thôn Hạ báo cáo kết quả trước ngày 05/5/2023.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Kế hoạch.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def read(text: str = PLAN) -> SourceDocument:
    return document_of(text.encode(), "a.txt")


def corrected(**values: str) -> SourceDocument:
    return applied(read(), Notes(corrections=checked(Corrections(**values))))


def words(document: SourceDocument, field: str) -> str:
    found = getattr(document.header, field)
    return document.text[found.start : found.end]


# --- where a corrected value stands ---------------------------------------------------------------


def test_a_misread_value_stands_on_the_words_that_it_was_read_from() -> None:
    document = corrected(number="35-KH/ĐU")
    assert document.header.number is not None
    assert document.header.number.value == "35-KH/ĐU"
    assert document.header.number.by_hand
    assert words(document, "number") in PLAN
    assert words(document, "number").endswith("KH/ĐU")


@pytest.mark.parametrize(
    ("field", "value", "stands_on"),
    [
        ("date", "2023-03-12", "ngày 12 tháng 3 năm 2023"),
        ("issuer", "Đảng ủy xã An Lạc", "ĐẢNG ỦY XÃ AN LẠC"),
        ("title", "Tổ chức ngày hội: trồng cây", "tổ chức ngày hội trồng cây"),
        ("kind", "Kế hoạch", "KẾ HOẠCH"),
    ],
)
def test_a_value_stands_where_the_head_says_it(field: str, value: str, stands_on: str) -> None:
    blank = replace(read(), header=replace(read().header, **{field: None}))  # type: ignore[arg-type]
    document = applied(blank, Notes(corrections=checked(Corrections(**{field: value}))))
    assert words(document, field) == stands_on
    assert not getattr(document.header, field).by_hand


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "1207-QĐ/HU"),
        ("date", "1999-10-30"),
        ("issuer", "Ban Quản lý chợ Đầu Mối"),
        ("title", "phòng chống dịch cúm gia cầm"),
    ],
)
def test_a_value_that_stands_nowhere_has_no_words(field: str, value: str) -> None:
    found = getattr(corrected(**{field: value}).header, field)
    assert (found.value, found.is_written, found.by_hand) == (value, False, True)
    assert (found.start, found.end) == (-1, -1)


def test_a_number_that_only_the_body_names_is_not_the_documents_own() -> None:
    text = PLAN + "3. Việc này theo Chỉ thị số 88-CT/HU ngày 2/2/2020.\n"
    document = applied(read(text), Notes(corrections=Corrections("88-CT/HU", date="2020-02-02")))
    assert document.header.number is not None
    assert document.header.date is not None
    assert not document.header.number.is_written
    assert words(document, "date") == "ngày 12 tháng 3 năm 2023"  # the head's own, marked
    assert document.header.date.by_hand


def test_the_text_is_never_corrected_and_what_was_read_stays_known() -> None:
    document = corrected(number="35-KH/ĐU", title="")
    assert document.text == read().text
    assert document.header.title is None
    assert document.as_read == (read().name, read().header)
    assert applied(document, Notes()).header == read().header
    again = applied(document, Notes(corrections=Corrections(kind="chỉ thị")))
    assert (again.header.number, again.header.title) == (read().header.number, read().header.title)


# --- what can be corrected to ---------------------------------------------------------------------


def test_values_are_tidied() -> None:
    assert checked(Corrections(" 35 - KH/ĐU ", "Kế Hoạch", "Đảng  ủy\nxã", "1/2/2024", "")) == (
        Corrections("35-KH/ĐU", "kế hoạch", "Đảng ủy xã", "2024-02-01", "")
    )


@pytest.mark.parametrize(
    "date", ["2023-02-30", "31/4/2023", "2023", "mai", "20230420", "2023-W01-1"]
)
def test_a_date_that_is_none_is_refused(date: str) -> None:
    with pytest.raises(LibraryError, match="no date") as caught:
        checked(Corrections(date=date))
    assert "không phải là ngày" in caught.value.message("vi")


def test_values_that_are_too_long_are_refused() -> None:
    with pytest.raises(LibraryError, match="5000 characters"):
        checked(Corrections(title="x" * 5000))


@pytest.mark.parametrize(
    "name", ["", "  ", "a/b", "a\\b", "a\x00b", "a\nb", "x" * 201, "a\u202eb", "a\u200bb"]
)
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(LibraryError) as caught:
        checked_name(name)
    assert caught.value.message("vi") != caught.value.message("en")


def test_names_that_are_taken() -> None:
    assert checked_name("  Kế hoạch 1:  quý I? (sửa).docx ") == "Kế hoạch 1: quý I? (sửa).docx"
    assert checked_name(unicodedata.normalize("NFD", "Kế hoạch")) == "Kế hoạch"


def test_values_that_were_pasted_decomposed_are_as_if_typed() -> None:
    decomposed = unicodedata.normalize("NFD", "kế hoạch")
    assert checked(Corrections(kind=decomposed)).kind == "kế hoạch"


# --- in a library ---------------------------------------------------------------------------------


def test_a_correction_shows_at_once_and_when_the_library_is_opened_again(
    settings: Settings, path: Path
) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (before,) = library.documents()
        revision = library.revision
        changed = library.correct(before.id, Corrections(number="35-KH/ĐU", issuer=""))
        assert library.revision > revision
        assert library.document(before.id) is changed
        assert changed.header.number is not None
        assert changed.header.number.value == "35-KH/ĐU"
        assert changed.header.issuer is None
        assert library.corrections(before.id) == Corrections(number="35-KH/ĐU", issuer="")
        obligations = library.obligations()
    with Library.open(settings) as again:
        assert again.documents() == (changed,)
        assert again.documents()[0].notes == changed.notes
        assert again.obligations() == obligations
        back = again.correct(before.id, Corrections())
        assert back.header == before.header
        assert not list(settings.corrections_path.iterdir())


def test_deadlines_follow_the_corrected_date(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        assert {d.deadline for d in library.obligations()} == {"2023-04-20", "2023-05-05"}
        library.correct(document.id, Corrections(date="2024-03-12"))
        rows = {duty.deadline: duty.doubts for duty in library.obligations()}
        assert set(rows) == {"2024-04-20", "2023-05-05"}  # a year that is written stays
        assert Doubt.BEFORE_ISSUE in rows["2023-05-05"]
        expected = library.obligations()
    with Library.open(settings) as again:
        assert again.obligations() == expected


def test_an_issuer_without_words_is_nobodys_words(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        library.correct(document.id, Corrections(issuer="Ban Quản lý chợ Đầu Mối"))
        for duty in library.obligations():
            assert duty.actor == document.text[duty.actor_start :][: len(duty.actor)]


def test_search_knows_the_corrected_title(settings: Settings, tmp_path: Path) -> None:
    for n in range(4):
        text = PLAN.replace("trồng cây", f"trồng cây đợt {n}")
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    with Library.open(settings) as library:
        library.add([tmp_path / f"{n}.txt" for n in range(4)])
        third = library.documents()[2]
        vector = library.embeddings.embed_query("diễn tập chữa cháy ở chợ")
        before = dict(library.nearest(vector, 50))
        library.correct(third.id, Corrections(title="diễn tập chữa cháy ở chợ"))
        after = dict(library.nearest(vector, 50))
        own = {p.id for p in library.passages() if p.document_id == third.id}
        assert min(after[i] for i in own) > max(before[i] for i in own)
        assert all(after[i] == before[i] for i in set(before) - own)


def test_a_document_is_called_otherwise(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        renamed = library.rename(document.id, "Trồng cây 2023")
        assert (renamed.name, renamed.given_name) == ("Trồng cây 2023", "Kế hoạch.txt")
        assert renamed.id == document.id
        assert library.original(document.id) == ("Kế hoạch.txt", path.read_bytes())
        summary = library.add([path])
        assert summary.duplicates == (("Kế hoạch.txt", "Trồng cây 2023"),)
        with pytest.raises(LibraryError):
            library.rename(document.id, "a/b")
        assert library.rename(document.id, "Kế hoạch.txt").notes.name is None
        with pytest.raises(KeyError):
            library.rename("0" * 64, "x")


def test_names_need_not_be_unique(settings: Settings, path: Path, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(PLAN + "Hai.", encoding="utf-8")
    with Library.open(settings) as library:
        library.add([path, tmp_path / "b.txt"])
        for document in library.documents():
            library.rename(document.id, "Một tên")
        assert [d.name for d in library.documents()] == ["Một tên", "Một tên"]


# --- it stays -------------------------------------------------------------------------------------


def by_hand(settings: Settings, path: Path) -> SourceDocument:
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        library.correct(document.id, Corrections(number="35-KH/ĐU", date="2024-03-12"))
        return library.rename(document.id, "Trồng cây")


def assert_kept(settings: Settings, wanted: SourceDocument) -> None:
    with Library.open(settings) as library:
        (document,) = library.documents()
        assert (document, document.notes) == (wanted, wanted.notes)
        assert document.as_read == wanted.as_read
        assert library.added_at(document.id) is not None
        assert "2024-04-20" in {duty.deadline for duty in library.obligations()}


def test_through_a_rebuild(settings: Settings, path: Path) -> None:
    wanted = by_hand(settings, path)
    rebuild(settings)
    assert_kept(settings, wanted)


def test_through_a_rebuild_from_a_damaged_store(settings: Settings, path: Path) -> None:
    wanted = by_hand(settings, path)
    (settings.store_path / "chroma.sqlite3").write_bytes(b"not a database " * 500)
    rebuild(settings)
    assert_kept(settings, wanted)


def test_through_a_rebuild_without_the_original(settings: Settings, path: Path) -> None:
    wanted = by_hand(settings, path)
    for kept in (settings.originals_path / wanted.id).iterdir():
        kept.unlink()
    rebuild(settings)
    assert_kept(settings, wanted)


def test_the_store_says_what_counts_and_the_copies_follow(settings: Settings, path: Path) -> None:
    wanted = by_hand(settings, path)
    copy = settings.corrections_path / f"{wanted.id}.json"
    held = copy.read_bytes()
    for changed in (b"", b"{", b'{"name": "kh\xc3\xa1c"}', json.dumps({"name": "a/b"}).encode()):
        copy.write_bytes(changed)
        assert_kept(settings, wanted)
        assert copy.read_bytes() == held
    copy.unlink()
    (settings.corrections_path / f"{'0' * 64}.json").write_text('{"name": "không của ai"}')
    (settings.corrections_path / "x.part").write_text("cut short")
    assert_kept(settings, wanted)
    assert [p.read_bytes() for p in settings.corrections_path.iterdir()] == [held]


def test_a_store_that_was_lost_leaves_the_copies_for_a_rebuild(
    settings: Settings, path: Path
) -> None:
    wanted = by_hand(settings, path)
    settings.store_path.rename(settings.home / "elsewhere")
    with pytest.raises(LibraryError, match="rebuild"):
        Library.open(settings)
    rebuild(settings)
    assert_kept(settings, wanted)


def test_it_goes_with_the_document(settings: Settings, path: Path) -> None:
    wanted = by_hand(settings, path)
    with Library.open(settings) as library:
        library.remove(wanted.id)
    left = [p for p in settings.home.rglob("*") if p.is_file()]
    assert not [p for p in left if "Trồng cây".encode() in p.read_bytes()]
    assert not list(settings.corrections_path.iterdir())
    with Library.open(settings) as library:
        library.add([path])
        assert library.corrections(wanted.id) == Corrections()


def test_a_correction_that_fails_changes_nothing(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (before,) = library.documents()
        with pytest.raises(LibraryError):
            library.correct(before.id, Corrections(date="hôm qua"))
        assert library.documents() == (before,)
        assert not settings.corrections_path.exists()


def test_a_document_read_before_corrections_were_known(settings: Settings, path: Path) -> None:
    with Library.open(settings) as library:
        library.add([path])
        (document,) = library.documents()
        # As 0.1 wrote it: a record without notes.
        found = library._store._documents.get(ids=[document.id])
        meta = {k: v for k, v in found["metadatas"][0].items() if k != "notes"}
        library._store._documents.delete(ids=[document.id])
        library._store._documents.add(
            ids=[document.id],
            embeddings=[[1.0] * library.embeddings.dimension],
            documents=found["documents"],
            metadatas=[meta],
        )
        library.shelf.clear()
    with Library.open(settings) as library:
        assert library.documents()[0].notes == Notes()
        assert library.added_at(document.id) is not None  # when its original was kept
        assert library.rename(document.id, "x").name == "x"


# --- a new version --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "stays"),
    [
        (PLAN + "3. Thêm một việc.\n", Corrections("35-KH/ĐU", date="2023-03-14")),
        (PLAN.replace("3S-KH", "35-KH"), Corrections(date="2023-03-14")),
        (PLAN.replace("12 tháng 3", "01 tháng 4"), Corrections("35-KH/ĐU")),
        (PLAN.replace("An Lạc, ngày 12 tháng 3 năm 2023\n", ""), Corrections("35-KH/ĐU", date="2023-03-14")),
    ],
    ids=["says the same", "says what was corrected", "says something else", "says nothing"],
)  # fmt: skip
def test_what_carries_over_to_a_new_version(new: str, stays: Corrections) -> None:
    notes = Notes("2020-01-01T00:00:00+00:00", "Tên", Corrections("35-KH/ĐU", date="2023-03-14"))
    carried = corrections.carried_over(applied(read(), notes), read(new))
    assert carried == Notes("", "Tên", stays)


@pytest.mark.parametrize(
    "raw",
    [
        [], {"name": 3}, {"corrections": []}, {"corrections": {"colour": "red"}}, {"added": "x"},
        {"corrections": {"date": "hôm qua"}}, {"corrections": {"title": None}},
        {"name": "../x"}, {"added": "2023-01-01T00:00:00"}, {"corrections": {"title": "x" * 9999}},
    ],
)  # fmt: skip
def test_notes_that_are_none_are_refused(raw: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        corrections.from_json(raw)


def test_notes_as_json_and_back() -> None:
    notes = Notes("2023-01-01T00:00:00+00:00", "Tên", Corrections("1-KH/X", "", None, None, "a"))
    assert corrections.from_json(json.loads(json.dumps(corrections.to_json(notes)))) == notes
    assert corrections.from_json({}) == Notes()
