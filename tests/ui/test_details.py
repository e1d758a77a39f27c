"""What is known of a document and corrected by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.ui.catalogue import Entry
from assistant.ui.conversation import Note
from assistant.ui.details import FIELDS, Problem, details_of, save, typed_date, typed_details
from assistant.ui.render.details import details_html, entry_tools_html
from ingest.pipeline import Library
from ingest.records import Corrections, Header, HeaderField, SourceDocument
from ingest.remarks import Remark, RemarkKind
from ingest.settings import Settings
from tests.ui.parsed import Parsed, assert_harmless, attacks, said

FORM = frozenset({"datalist", "option", "textarea"})
PLAN = (
    "ỦY BAN NHÂN DÂN\nXÃ ĐỒI MÂY\nSố: 5/KH-UBND\nĐồi Mây, ngày 3 tháng 2 năm 2031\n"
    "KẾ HOẠCH\nTrồng cây đầu xuân\nI. VIỆC LÀM\n1. Xã đoàn báo cáo trước ngày 5/6/2031.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "trồng cây.txt").write_text(PLAN, encoding="utf-8")
    with Library.open(Settings(home=tmp_path / "home")) as opened:
        opened.add([tmp_path / "trồng cây.txt"])
        yield opened


def typed(library: Library, **values: str) -> Problem | None:
    (document,) = library.documents()
    return save(library, document, typed_details(document, values))


def shown(library: Library) -> dict[str, str]:
    (document,) = library.documents()
    return {detail.name: detail.value for detail in details_of(document)}


def test_what_was_read_is_what_is_shown(library: Library) -> None:
    read = shown(library)
    assert tuple(read) == FIELDS
    assert read["name"] == "trồng cây.txt"
    assert read["number"] == "5/KH-UBND"
    assert read["kind"] == "kế hoạch"
    assert read["date"] == "3/2/2031"


def test_a_correction_is_kept_beside_what_was_read(library: Library) -> None:
    assert typed(library, number=" 6/KH-UBND ", kind="Kế hoạch", date="14/02/2031") is None
    (document,) = library.documents()
    assert library.corrections(document.id) == Corrections(number="6/KH-UBND", date="2031-02-14")
    changed = {d.name: d for d in details_of(document) if d.is_corrected}
    assert set(changed) == {"number", "date"}
    assert changed["number"].read == "5/KH-UBND"
    assert changed["date"].value == "14/2/2031"

    assert typed(library, number="5/KH-UBND", date="3/2/2031") is None
    assert library.corrections(document.id) == Corrections()


def test_an_emptied_field_says_that_there_is_none(library: Library) -> None:
    assert typed(library, title="", number="") is None
    (document,) = library.documents()
    assert library.corrections(document.id) == Corrections(number="", title="")
    assert document.header.number is None
    assert shown(library)["title"] == ""


def test_a_name_is_changed_and_the_file_keeps_its_own(library: Library) -> None:
    assert typed(library, name="Kế hoạch trồng cây 2031.txt") is None
    (document,) = library.documents()
    assert document.name == "Kế hoạch trồng cây 2031.txt"
    assert details_of(document)[0].read == "trồng cây.txt"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("date", "31/2/2031", "không phải là ngày"),
        ("date", "hôm qua", "không phải là ngày"),
        ("name", "  ", "không được để trống"),
        ("name", "a/b", "không được có"),
    ],
)
def test_what_can_not_be_kept_is_said_at_its_field_and_changes_nothing(
    library: Library, field: str, value: str, says: str
) -> None:
    before = library.documents()
    problem = typed(library, **{"number": "9/KH", field: value})
    assert problem is not None
    assert problem.field == field
    assert library.documents() == before
    (document,) = before
    again = typed_details(document, {"number": "9/KH", field: value})
    html = details_html(Entry(document), again, (), problem)
    assert says in said(html)
    assert 'value="9/KH"' in html, "nothing that was typed is lost"
    wrong = [a.get("name") for _, a in Parsed(html).tags if a.get("aria-invalid") == "true"]
    assert wrong == [field]


def test_days_are_typed_as_they_are_written() -> None:
    assert typed_date("2031-02-03") == "3/2/2031"
    assert typed_date("2031-02") == "2/2031"
    assert typed_date("") == ""


def test_the_form_shows_facts_warnings_and_the_way_back() -> None:
    document = SourceDocument(
        id="d1",
        name="quét.pdf",
        text="x",
        header=Header(number=HeaderField("6/KH", -1, -1)),
        scanned=((1, 71), (2, 96)),
        page_starts=(0, 1),
        as_read=("quét.pdf", Header(number=HeaderField("b/KH", 0, 1))),
    )
    other = SourceDocument(id="d2", name="gốc.docx", text="x")
    entry = Entry(
        document,
        datetime(2026, 11, 20, 5, tzinfo=UTC),
        3,
        (Remark(RemarkKind.NO_DATE),),
        ((other, 0.97),),
    )
    html = details_html(entry, details_of(document), ["kế hoạch"], saved=True)
    vietnamese = said(html)
    for words in (
        "2 trang",
        "3 thời hạn",
        "thấp nhất 71 %",
        "không tìm thấy ngày ban hành",
        "gần giống «gốc.docx» (trùng 97 %)",
        "Đọc được: b/KH",
        "Trả lại như đã đọc",
        "Đã lưu.",
    ):
        assert words in vietnamese
    hidden = [
        a.get("data-read") for _, a in Parsed(html).tags if "hidden" in a and "data-read" in a
    ]
    assert hidden == ["quét.pdf"], "what was read is told where it differs, or where nothing was"
    assert 'data-document="d2"' in html


@pytest.mark.parametrize("field", ["form", "version"])
def test_a_problem_of_no_field_is_said_too(field: str) -> None:
    document = SourceDocument(id="d1", name="a.txt", text="x")
    problem = Problem(field, Note("file_duplicate", (("name", "b.txt"),)))
    html = details_html(Entry(document), details_of(document), (), problem)
    assert said(html).count("đã có trong thư viện: b.txt") == 1


@attacks
def test_what_others_wrote_is_text_in_the_form(attack: str) -> None:
    field = HeaderField(attack, 0, 1)
    header = Header(number=field, kind=field, issuer=field, title=field)
    document = SourceDocument(id=attack, name=attack, text="x", header=header)
    entry = Entry(document, alike=((document, 0.9),))
    problem = Problem("date", Note("bad_day", (("typed", attack),)))
    html = details_html(entry, details_of(document), [attack], problem)
    parsed = assert_harmless(html, FORM)
    assert attack in [a.get("value") for tag, a in parsed.tags if tag == "input"]
    assert_harmless(entry_tools_html(document))
