"""What a person is told to look at."""

from __future__ import annotations

import string

import pytest

from ingest.deadlines import find_obligations
from ingest.header import find_header
from ingest.load import load_bytes
from ingest.load.scan import LOW_CONFIDENCE, warnings_of
from ingest.reading import document_of
from ingest.records import Corrections, Notes, SourceDocument
from ingest.remarks import LOW_CONFIDENCE as OURS
from ingest.remarks import Remark, RemarkKind, remarks_of

WHOLE = """ỦY BAN NHÂN DÂN
XÃ AN LẠC
Số: 12/KH-UBND
An Lạc, ngày 12 tháng 3 năm 2023

KẾ HOẠCH
tổ chức ngày hội trồng cây

I. NỘI DUNG
1. Văn phòng báo cáo kết quả trước ngày 20/4/2023.
"""


def remarks(text: str, **corrected: str) -> dict[RemarkKind, dict[str, object]]:
    document = document_of(text.encode(), "a.txt")
    found = remarks_of(document, find_obligations(document), Corrections(**corrected))
    return {remark.kind: dict(remark.values) for remark in found}


def test_nothing_is_said_of_a_document_that_is_whole() -> None:
    assert remarks(WHOLE) == {}


@pytest.mark.parametrize(
    ("line", "kind", "field", "value"),
    [
        ("Số: 12/KH-UBND\n", RemarkKind.NO_NUMBER, "number", "12/KH-UBND"),
        ("An Lạc, ngày 12 tháng 3 năm 2023\n", RemarkKind.NO_DATE, "date", "2023-03-12"),
        ("ỦY BAN NHÂN DÂN\nXÃ AN LẠC\n", RemarkKind.NO_ISSUER, "issuer", "UBND xã An Lạc"),
    ],
)
def test_what_the_head_lacks(line: str, kind: RemarkKind, field: str, value: str) -> None:
    assert line in WHOLE
    text = WHOLE.replace(line, "")
    assert remarks(text) == {kind: {}}
    assert remarks(text, **{field: value}) == {}  # settled by hand
    assert remarks(text, **{field: ""}) == {}  # settled: there is none


def test_the_documents_own_corrections_count_where_none_are_given() -> None:
    document = document_of(WHOLE.replace("Số: 12/KH-UBND\n", "").encode(), "a.txt")
    assert [r.kind for r in remarks_of(document, ())] == [RemarkKind.NO_NUMBER]
    settled = SourceDocument(
        document.id,
        document.name,
        document.text,
        header=document.header,
        sections=document.sections,
        notes=Notes(corrections=Corrections(number="")),
    )
    assert remarks_of(settled, ()) == ()


def test_deadlines() -> None:
    text = (
        WHOLE
        + "2. Công an xã báo cáo kết quả trước ngày 15/02/2023.\n"
        + "3. Trạm y tế xã báo cáo kết quả trước ngày 31/02/2024.\n"
        + "4. Chi đoàn thôn Hạ báo cáo kết quả trước ngày 15/5/2063.\n"
    )
    assert remarks(text) == {
        RemarkKind.DEADLINE_BEFORE_DATE: {"count": 1},
        RemarkKind.DOUBTFUL_DEADLINES: {"count": 2},
    }


def test_rows_of_other_documents_do_not_count() -> None:
    late = document_of((WHOLE + "2. Công an xã báo cáo trước ngày 15/02/2023.\n").encode(), "b.txt")
    whole = document_of(WHOLE.encode(), "a.txt")
    assert remarks_of(whole, find_obligations(late)) == ()
    assert len(remarks_of(late, find_obligations(late))) == 1


def test_a_long_text_without_sections() -> None:
    head = WHOLE.partition("I. NỘI DUNG")[0]
    long = head + "\n".join("Cán bộ thôn họp bàn việc trồng cây đầu năm." for _ in range(120))
    assert RemarkKind.NO_SECTIONS in remarks(long)
    assert RemarkKind.NO_SECTIONS not in remarks(head)


def test_scanned_pages() -> None:
    assert OURS == LOW_CONFIDENCE
    scanned = ((1, 95), (2, 61), (3, 80), (4, 85))
    document = document_of(WHOLE.encode(), "a.txt")
    read = SourceDocument(
        document.id,
        "a.pdf",
        document.text,
        header=find_header(document.text, len(document.text))[0],
        sections=document.sections,
        warnings=tuple(warnings_of(scanned)),
        scanned=scanned,
    )
    (remark,) = remarks_of(read, ())
    assert remark.kind is RemarkKind.LOW_CONFIDENCE
    assert dict(remark.values) == {"page": 2, "percent": 61, "pages": 2}
    assert "trang 2 (61 %)" in remark.message("vi")


def test_pages_that_were_not_read_and_words_of_loaders() -> None:
    picture = (
        "page {} is a picture without text (a scan), and Tesseract with Vietnamese, which could "
        "read it, is not installed"
    )
    document = document_of(WHOLE.encode(), "a.txt")
    warned = SourceDocument(
        document.id,
        document.name,
        document.text,
        header=document.header,
        sections=document.sections,
        warnings=(picture.format(4), picture.format(2), "the moon is full"),
    )
    first, second = remarks_of(warned, ())
    assert (first.kind, dict(first.values)) == (RemarkKind.UNREAD_PAGES, {"page": 2, "pages": 2})
    assert (second.kind, second.message("en")) == (RemarkKind.WARNING, "the moon is full")


def test_a_file_that_was_cut_inside_a_letter() -> None:
    cut = (WHOLE + "Hết ạ").encode()[:-1]
    document = document_of(cut, "a.txt")
    assert [r.kind for r in remarks_of(document, ())] == [RemarkKind.CUT_SHORT]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Uû ban nh©n d©n x· An L¹c tæ chøc ngµy héi trång c©y ®Çu n¨m".encode("cp1252"), "TCVN3"),
        (WHOLE.encode().decode("cp1252", "replace_undefined").encode(), "UTF-8"),
    ],
)
def test_letters_that_were_converted(data: bytes, encoding: str) -> None:
    assert load_bytes(data, "a.txt").warnings == (f"letters were converted from {encoding}",)
    document = document_of(data, "a.txt")
    remark = next(r for r in remarks_of(document, ()) if r.kind is RemarkKind.CONVERTED)
    assert dict(remark.values) == {"encoding": encoding}
    assert encoding in remark.message("vi")


_VALUES = {
    RemarkKind.LOW_CONFIDENCE: ("page", "percent", "pages"),
    RemarkKind.UNREAD_PAGES: ("page", "pages"),
    RemarkKind.CONVERTED: ("encoding",),
    RemarkKind.DEADLINE_BEFORE_DATE: ("count",),
    RemarkKind.DOUBTFUL_DEADLINES: ("count",),
    RemarkKind.WARNING: ("text",),
}


@pytest.mark.parametrize("kind", RemarkKind)
def test_every_remark_has_words_in_both_languages(kind: RemarkKind) -> None:
    remark = Remark(kind, tuple((name, f"«{name}»") for name in _VALUES.get(kind, ())))
    said = [remark.message(language) for language in ("vi", "en")]
    for name in _VALUES.get(kind, ()):
        assert all(f"«{name}»" in words for words in said)
    assert not any(set("{}") & set(words) for words in said)
    assert kind is RemarkKind.WARNING or said[0] != said[1]
    assert set(said[1]) <= set(string.printable + "«»")
