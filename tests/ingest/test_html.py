"""Web pages as offices have them: saved by Word, handed out by registers as .doc, broken."""

from __future__ import annotations

import pytest

from ingest.errors import UnreadableFile
from ingest.load import load_bytes


def lines(page: str | bytes, name: str = "a.html") -> list[str]:
    data = page if isinstance(page, bytes) else page.encode()
    return [line for line in load_bytes(data, name).pages[0].split("\n") if line]


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>KẾ&nbsp;HOẠCH</p>\n<p>tháng\n 3</p>", ["KẾ\u00a0HOẠCH", "tháng 3"]),
        ("<b>Thôn</b> Hạ<br>Thôn Thượng", ["Thôn Hạ", "Thôn Thượng"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("x<script>y</script><style>z</style><!-- t -->", ["x"]),
        ("x<span style='display:none'>y</span><p hidden>z</p>", ["x"]),
        ("<ol start=3><li>ba<li>bốn</ol><ul><li>gạch</ul>", ["3. ba", "4. bốn", "- gạch"]),
        ("<ol type=a><li>một<ol type=I><li>hai</ol></ol>", ["a. một", "I. hai"]),
        ("<pre>a\n  b</pre>", ["a", "b"]),
        ("3 &lt; 4 &amp; 5", ["3 < 4 & 5"]),
        ("<p>chưa đóng <b>thẻ", ["chưa đóng thẻ"]),
    ],
)
def test_what_a_reader_sees(body: str, seen: list[str]) -> None:
    assert lines(f"<html><head><title>T</title></head><body>{body}</body></html>") == seen


def test_tables_of_data_are_read_row_by_row_and_a_letterhead_column_by_column() -> None:
    page = """<body><table><tr><td><p>ĐẢNG ỦY XÃ</p><p>Số: 1-KH/ĐU</p></td>
    <td><p>ĐẢNG CỘNG SẢN VIỆT NAM</p><p>Hạ, ngày 3</p></td></tr></table><p>KẾ HOẠCH</p>
    <table border=1><tr><th>Việc<th>Hạn</tr><tr><td>Trồng cây<td>20/4</tr></table><p>hết</p>"""
    assert lines(page) == [
        "ĐẢNG ỦY XÃ",
        "Số: 1-KH/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hạ, ngày 3",
        "KẾ HOẠCH",
        "Việc | Hạn",
        "Trồng cây | 20/4",
        "hết",
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("UTF-16", "utf-16"),
        ("windows-1258", "utf-8"),  # a wrong one: the bytes don't decode in it
        ("x-user-defined", "utf-8"),
        ("", "utf-8"),
        ("", "utf-16"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    page = f"<html><head>{meta if declared else ''}</head><body>Trồng cây ở xã</body></html>"
    assert lines(page.encode(encoding)) == ["Trồng cây ở xã"]


def test_fonts_of_before_unicode() -> None:
    page = """<meta charset=windows-1252><p style="font-family:'.VnTimeH'">kÕ ho¹ch
    <p><font face="VNI-Times, serif">Soá</font> 12 <font face=".VnTime">vµ</font> 13"""
    assert lines(page.encode("cp1252")) == ["KẾ HOẠCH", "Số 12 và 13"]


def test_a_page_named_doc_is_read_and_one_named_pdf_is_not() -> None:
    page = b"\xef\xbb\xbf\n<!-- x --><!DOCTYPE html><html><body>Quy\xe1\xba\xbft</body></html>"
    assert lines(page, "a.doc") == ["Quyết"]
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(page, "a.pdf")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html><body> <script>x</script></body></html>", "no_text"),
        (b"<div>" * 3000 + b"x", "too_complex"),
        (b"<table><tr><td>" * 3000 + b"x", "too_complex"),
        (b"\xff\xd8\xff\xe0" + bytes(100), None),  # a picture, whatever its name
        (b"\x00\x01\x02" * 100, "binary"),
    ],
)
def test_pages_that_give_no_text(page: bytes, reason: str | None) -> None:
    with pytest.raises(UnreadableFile) as caught:
        load_bytes(page, "a.html")
    assert caught.value.reason == reason or (
        reason is None and caught.value.reason in ("damaged", "needs_tesseract")
    )


def test_entities_of_the_pages_own_making_are_not_expanded() -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>a &x; b</p>'
    assert "root:" not in " ".join(lines(page))
