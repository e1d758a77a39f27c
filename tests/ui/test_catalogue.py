"""The documents of the library as its tab lists them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.ui.catalogue import (
    ROWS_SHOWN,
    SORTS,
    Catalogue,
    Entry,
    Order,
    Wanted,
    entries_of,
    find,
    natural,
)
from assistant.ui.conversation import Note
from assistant.ui.render.catalogue import (
    COLUMNS,
    aside_html,
    catalogue_html,
    catalogue_note_html,
    chosen_html,
    failure_html,
    removed_html,
)
from ingest.pipeline import Library
from ingest.records import Header, HeaderField, SourceDocument
from ingest.remarks import Remark, RemarkKind
from ingest.settings import Settings
from tests.ui.parsed import TABLE, Parsed, assert_harmless, attacks, said

MORE = TABLE | {"details", "summary"}


def entry(name: str, **given: object) -> Entry:
    """An entry; ``number``, ``kind``, ``issuer``, ``date``, ``title`` are of its header."""
    fields = {
        key: HeaderField(str(given.pop(key)), 0, 1)
        for key in ("number", "kind", "issuer", "date", "title")
        if key in given
    }
    pages = int(str(given.pop("pages", 1)))
    document = SourceDocument(
        id=name, name=name, text="x", header=Header(**fields), page_starts=tuple(range(pages))
    )
    return Entry(document, **given)  # type: ignore[arg-type]


def names(entries: Sequence[Entry], wanted: Wanted = Wanted(), order: Order = Order()) -> list[str]:  # noqa: B008
    return [each.document.name for each in find(entries, wanted, order).entries]


SHELF = (
    entry(
        "Kế hoạch hè.pdf",
        number="76-KH/ĐU",
        kind="kế hoạch",
        issuer="Đảng ủy xã Đồi Mây",
        date="2031-04-20",
        title="Sinh hoạt hè cho thiếu nhi",
        pages=3,
        deadlines=4,
        added=datetime(2026, 1, 5, tzinfo=UTC),
    ),
    entry(
        "cv.docx",
        number="9/UBND-VP",
        kind="công văn",
        issuer="UBND xã Đồi Mây",
        date="2030-01-02",
        title="Về việc trực Tết",
        added=datetime(2026, 1, 7, tzinfo=UTC),
        remarks=(Remark(RemarkKind.NO_DATE),),
    ),
    entry("ghi chép.txt", added=datetime(2026, 1, 6, tzinfo=UTC)),
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Kế hoạch hè.pdf", "cv.docx", "ghi chép.txt"]),
        ("sinh hoat he", ["Kế hoạch hè.pdf"]),
        ("THIẾU nhi", ["Kế hoạch hè.pdf"]),
        ("thiêu", []),
        ("76-kh/đu", ["Kế hoạch hè.pdf"]),
        ("76 kh du", ["Kế hoạch hè.pdf"]),
        ("doi may", ["Kế hoạch hè.pdf", "cv.docx"]),
        ("cong van tet", ["cv.docx"]),
        ("ghi che\u0301p", ["ghi chép.txt"]),
        ("đảng uỷ", ["Kế hoạch hè.pdf"]),
        ("không có", []),
    ],
)
def test_words_are_found_with_and_without_diacritics(words: str, found: list[str]) -> None:
    assert sorted(names(SHELF, Wanted(words=words))) == sorted(found)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kinds=("kế hoạch",)), ["Kế hoạch hè.pdf"]),
        (Wanted(kinds=("kế hoạch", "công văn")), ["cv.docx", "Kế hoạch hè.pdf"]),
        (Wanted(issuers=("UBND xã Đồi Mây",)), ["cv.docx"]),
        (Wanted(years=("2031",)), ["Kế hoạch hè.pdf"]),
        (Wanted(doubtful=True), ["cv.docx"]),
        (Wanted(years=("2031",), doubtful=True), []),
    ],
)
def test_filters_narrow(wanted: Wanted, found: list[str]) -> None:
    assert names(SHELF, wanted) == found
    assert wanted.is_narrow


def test_the_filters_are_read_as_the_page_gives_them() -> None:
    empty = {"words": None, "kinds": None, "issuers": [], "years": None, "doubtful": None}
    assert Wanted.of(empty) == Wanted()
    assert not Wanted.of(empty | {"words": "  "}).is_narrow
    assert Wanted.of(empty | {"words": " a  b ", "kinds": ["x"]}) == Wanted("a b", ("x",))


@pytest.mark.parametrize(
    ("sort", "descending", "found"),
    [
        ("added", True, ["cv.docx", "ghi chép.txt", "Kế hoạch hè.pdf"]),
        ("name", False, ["cv.docx", "ghi chép.txt", "Kế hoạch hè.pdf"]),
        ("number", False, ["cv.docx", "Kế hoạch hè.pdf", "ghi chép.txt"]),
        ("number", True, ["Kế hoạch hè.pdf", "cv.docx", "ghi chép.txt"]),
        ("date", True, ["Kế hoạch hè.pdf", "cv.docx", "ghi chép.txt"]),
        ("deadlines", True, ["Kế hoạch hè.pdf", "cv.docx", "ghi chép.txt"]),
        ("warnings", True, ["cv.docx", "ghi chép.txt", "Kế hoạch hè.pdf"]),
        ("pages", False, ["Kế hoạch hè.pdf", "cv.docx", "ghi chép.txt"]),
    ],
)
def test_rows_are_sorted_and_what_lacks_the_value_stands_last(
    sort: str, descending: bool, found: list[str]
) -> None:
    assert names(SHELF, Wanted(), Order(sort, descending)) == found


def test_every_order_sorts_a_mixed_shelf() -> None:
    for sort in SORTS:
        for descending in (False, True):
            assert len(names(SHELF, Wanted(), Order(sort, descending))) == 3


def test_names_are_in_the_order_of_a_vietnamese_dictionary() -> None:
    words = ["ba", "bà", "bả", "bã", "bá", "bạ", "băng", "bâng", "cá", "da", "đa", "eo", "ê"]
    assert sorted(set(words), key=natural) == words
    numbers = ["số 9", "số 10", "số 100", "số a"]
    assert sorted(set(numbers), key=natural) == numbers
    assert sorted(["bà con", "ba con", "bá"], key=natural) == ["bá", "ba con", "bà con"]


def test_the_same_column_twice_turns_the_order_round() -> None:
    order = Order().turned("sort", "name")
    assert order == Order("name", descending=False)
    assert order.turned("sort", "name").descending
    assert Order().turned("sort", "date").descending, "the latest first"
    more = order.turned("more", None)
    assert more.limit == 2 * ROWS_SHOWN
    assert more.turned("sort", "date").limit == ROWS_SHOWN
    for ask, value in (("sort", "no such"), ("sort", None), ("nothing", 1), (None, None)):
        assert order.turned(ask, value) == order


def test_of_thousands_some_are_shown_and_the_rest_counted() -> None:
    many = [entry(f"{n}.txt") for n in range(3 * ROWS_SHOWN)]
    found = find(many, Wanted(), Order("name", descending=False))
    html = catalogue_html(found)
    assert html.count('class="entry"') == ROWS_SHOWN
    assert f"Xem thêm (còn {2 * ROWS_SHOWN})" in said(html)
    assert f'data-found="{3 * ROWS_SHOWN}"' in html
    assert [e.document.name for e in found.shown[:3]] == ["0.txt", "1.txt", "2.txt"]


def test_an_entry_knows_what_the_library_knows(tmp_path: Path) -> None:
    sheet = "".join(f"{n}. Tổ số {n} quét ngõ và ghi sổ.\n" for n in range(40))
    head = "XÃ ĐỒI MÂY\nSố: 5/KH\nKẾ HOẠCH\nQuét dọn\nI. VIỆC\n1. Tổ Sen báo cáo trước 5/6/2031.\n"
    (tmp_path / "a.txt").write_text(head + sheet, encoding="utf-8")
    (tmp_path / "b.txt").write_text(head + sheet + "Hết.", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Sổ tay nấu ăn của bếp ấp Dừa.", encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as library:
        catalogue = Catalogue()
        assert catalogue.entries(library) == ()
        library.add([tmp_path / f"{name}.txt" for name in "abc"])
        a, b, c = catalogue.entries(library)
        assert catalogue.entries(library) is catalogue.entries(library)
        assert a.deadlines == 1
        assert a.added is not None
        assert a.added.tzinfo is not None
        assert [other.name for other, _ in a.alike] == ["b.txt"]
        assert [other.name for other, _ in b.alike] == ["a.txt"]
        assert {remark.kind for remark in c.remarks} >= {RemarkKind.NO_NUMBER, RemarkKind.NO_DATE}
        assert c.warnings == len(c.remarks)
        assert a.pages is None, "a text file is not divided into pages"
        library.set_aside(b.document.id)
        assert entries_of(library)[0].alike == ()


def test_the_table_says_its_order_and_what_it_is_narrowed_by() -> None:
    found = find(SHELF, Wanted(words="đồi", years=("2031",)), Order("date"))
    html = catalogue_html(found)
    assert "1 văn bản trong tổng số 3" in said(html)
    assert "Đang lọc: có chữ «đồi», năm 2031" in said(html)
    assert "Narrowed by" in said(html, "en")
    heads = [a for tag, a in Parsed(html).tags if tag == "th"]
    assert len(heads) == len(COLUMNS) + 1
    assert [a["class"] for a in heads if a.get("aria-sort") == "descending"] == ["date"]
    assert "1 văn bản cần xem lại" in said(html)
    nothing = catalogue_html(find(SHELF, Wanted(words="không có"), Order()))
    assert "Không có văn bản nào khớp" in said(nothing)
    assert 'data-ask="clear"' in nothing


def test_what_was_deleted_can_be_taken_back_or_deleted_for_good() -> None:
    assert removed_html([]) == aside_html([]) == failure_html(None) == ""
    one = removed_html(["a.txt"])
    assert "Đã xóa «a.txt»." in said(one)
    assert "Đã xóa 2 văn bản." in said(removed_html(["a.txt", "b.txt"]))
    asks = [a.get("data-ask") for tag, a in Parsed(one).tags if tag == "button"]
    assert asks == ["restore", "purge", "close"]
    aside = aside_html([("d1", "a.txt"), ("d2", "b.txt")])
    assert "còn lấy lại được (2)" in said(aside)
    assert aside.count('data-value="d2"') == 2


@attacks
def test_what_others_wrote_is_text(attack: str) -> None:
    other = SourceDocument(id=attack, name=attack, text="x")
    hostile = entry(
        attack,
        number=attack,
        kind=attack,
        issuer=attack,
        title=attack,
        date="2031-01-01",
        remarks=(Remark(RemarkKind.WARNING, (("text", attack),)),),
        alike=((other, 0.9),),
    )
    wanted = Wanted(words="", kinds=(attack,), issuers=(attack,))
    parsed = assert_harmless(catalogue_html(find([hostile], wanted, Order())), MORE)
    assert parsed.text.count(attack) >= 4
    for html in (
        removed_html([attack]),
        aside_html([(attack, attack)]),
        failure_html(Note("reason", (("reason", attack),))),
        catalogue_note_html(Note("reason", (("reason", attack),))),
        chosen_html(),
    ):
        assert_harmless(html, MORE)
