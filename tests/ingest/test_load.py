"""Files as people really have them: mixed encodings, Word's own numbering, letterheads, damage."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.load import SUPPORTED, load, scan
from ingest.load import pdf as pdf_module
from ingest.load.docx_numbering import format_number
from ingest.load.pdf_layout import Word, drop_page_numbers, join_hyphens, page_lines
from ingest.records import LoadedFile
from ingest.samples import sample_paths

VIETNAMESE = "KẾ HOẠCH\nCác chi bộ báo cáo trước ngày 30/6; Đảng ủy tổng hợp, gửi thường trực.\n"
W = nsdecls("w")


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reason(path: Path, **limits: int) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(path, **limits)
    assert caught.value.name == path.name
    assert path.name in caught.value.message("vi")
    return caught.value.reason


# Text -----------------------------------------------------------------------------------------


def windows_1258(text: str) -> bytes:
    """As Windows wrote it: a vowel with its shape mark, then a combining tone."""
    out = []
    for character in text:
        try:
            out.append(character.encode("cp1258"))
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", character)
            tone = next(m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", marks.replace(tone, ""))
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(VIETNAMESE.encode(), id="utf-8"),
        pytest.param(VIETNAMESE.encode("utf-8-sig"), id="utf-8-bom"),
        pytest.param(VIETNAMESE.encode("utf-16"), id="utf-16-bom"),
        pytest.param(b"\xfe\xff" + VIETNAMESE.encode("utf-16-be"), id="utf-16-be-bom"),
        pytest.param(VIETNAMESE.encode("utf-16-le"), id="utf-16-le-no-bom"),
        pytest.param(VIETNAMESE.encode("utf-16-be"), id="utf-16-be-no-bom"),
        pytest.param(VIETNAMESE.encode("utf-32"), id="utf-32-bom"),
        pytest.param(windows_1258(VIETNAMESE), id="windows-1258"),
        pytest.param(VIETNAMESE.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(unicodedata.normalize("NFD", VIETNAMESE).encode(), id="nfd"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_text_in_every_encoding(tmp_path: Path, data: bytes, suffix: str) -> None:
    loaded = load(written(tmp_path, f"kế hoạch{suffix}", data))
    assert [unicodedata.normalize("NFC", page) for page in loaded.pages] == [VIETNAMESE]
    assert loaded.warnings == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", "empty", id="no-bytes"),
        pytest.param(b" \r\n\t \n", "empty", id="spaces"),
        pytest.param("\ufeff \n".encode(), "empty", id="bom-and-spaces"),
        pytest.param("\u00a0\u3000\n".encode(), "empty", id="unicode-spaces"),
        pytest.param(bytes(range(256)) * 20, "binary", id="all-bytes"),
        pytest.param(b"\x01\x02\x03 abc \x04\x05" * 50, "binary", id="control-characters"),
        pytest.param(b"text then nul\x00\x00\x00 and on, and on", "binary", id="nul"),
        pytest.param("Отчет о работе партийной ячейки".encode("cp1251"), "encoding", id="cyrillic"),
        pytest.param("工作計劃與報告".encode("big5"), "encoding", id="big5"),
        pytest.param(b"\xff\xfeK\x00\xd8", "encoding", id="broken-utf-16"),
    ],
)
def test_text_that_is_none(tmp_path: Path, data: bytes, expected: str) -> None:
    assert reason(written(tmp_path, "a.txt", data)) == expected


def test_text_cut_inside_a_character_keeps_the_rest_and_warns(tmp_path: Path) -> None:
    loaded = load(
        written(tmp_path, "a.txt", "Các chi bộ báo cáo trước ngày lễ".encode() + b"\xe1\xba")
    )
    assert loaded.pages == ("Các chi bộ báo cáo trước ngày lễ",)
    assert len(loaded.warnings) == 1


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, "a.txt", b"mot\n\x0c\x0chai\n\x0c"))
    assert loaded.pages == ("mot\n", "", "hai\n")


def test_html_and_markdown_marks_are_data(tmp_path: Path) -> None:
    text = '# Kế hoạch\n<script>alert("x")</script>\n**Nơi nhận:** [a](javascript:b)\n'
    assert load(written(tmp_path, "a.md", text.encode())).pages == (text,)


# Word -----------------------------------------------------------------------------------------


def saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def docx_lines(folder: Path, document: object, name: str = "a.docx") -> list[str]:
    loaded = load(written(folder, name, saved(document)))
    assert len(loaded.pages) == 1
    return [line for line in loaded.pages[0].splitlines() if line.strip()]


def add_list(document: object, number: int, levels: list[tuple[str, str]], more: str = "") -> None:
    """A numbering definition of (format, text) levels under numId ``number``."""
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {W} w:abstractNumId="{number}">{inner}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    add_num(document, number, number, more)


def add_num(document: object, number: int, abstract: int, more: str = "") -> None:
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    root.append(
        parse_xml(
            f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'
        )
    )


def add_item(document: object, text: str, number: int, level: int = 0) -> None:
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def test_docx_nested_numbering_is_drawn(tmp_path: Path) -> None:
    document = docx.Document()
    levels = [("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3.")]
    bullets = [("bullet", "-"), ("bullet", "\uf0b7")]  # the second is drawn in a symbol font
    add_list(document, 70, [*levels, ("lowerLetter", "%4)"), *bullets])
    for text, level in zip("ABCDEFGHIJKLM", (0, 1, 2, 2, 1, 3, 3, 4, 5, 0, 1, 2, 3), strict=True):
        add_item(document, text, 70, level)
    document.add_paragraph("không đánh số")
    assert docx_lines(tmp_path, document) == [
        "I. A", "1. B", "1.1. C", "1.2. D", "2. E", "a) F", "b) G", "- H", "- I",
        "II. J", "1. K", "1.1. L", "a) M", "không đánh số",
    ]  # fmt: skip


def test_docx_lists_that_share_a_definition_count_on_unless_told_to_restart(tmp_path: Path) -> None:
    document = docx.Document()
    add_list(document, 70, [("decimal", "%1.")])
    add_num(document, 71, 70)
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    add_num(document, 72, 70, restart)
    for text, number in [("a", 70), ("b", 71), ("c", 72), ("d", 72)]:
        add_item(document, text, number)
    assert docx_lines(tmp_path, document) == ["1. a", "2. b", "5. c", "6. d"]


def test_docx_numbering_comes_from_styles_and_can_be_taken_back(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("một", style="List Number")
    document.add_paragraph("hai", style="List Number")
    add_item(document, "không số", 0)
    document.paragraphs[-1].style = "List Number"
    document.add_paragraph("gạch", style="List Bullet")
    assert docx_lines(tmp_path, document) == ["1. một", "2. hai", "không số", "- gạch"]


@pytest.mark.parametrize(
    ("number", "kind", "shown"),
    [(4, "upperRoman", "IV"), (19, "lowerRoman", "xix"), (27, "lowerLetter", "aa"),
     (7, "decimalZero", "07"), (3, "chineseCounting", "3"), (0, "upperRoman", "0")],
)  # fmt: skip
def test_number_formats(number: int, kind: str, shown: str) -> None:
    assert format_number(number, kind) == shown


def fill(cell: object, *lines: str) -> None:
    cell.text = lines[0]  # type: ignore[attr-defined]
    for line in lines[1:]:
        cell.add_paragraph(line)  # type: ignore[attr-defined]


def test_docx_letterhead_is_read_column_by_column_and_data_row_by_row(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(rows=2, cols=2)
    fill(head.cell(0, 0), "ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA MỸ")
    fill(head.cell(0, 1), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    fill(head.cell(1, 0), "Số: 5/KH-UBND")
    fill(head.cell(1, 1), "Tân Hòa Mỹ, ngày 02 tháng 3 năm 2024")
    document.add_paragraph("KẾ HOẠCH")
    data = document.add_table(rows=3, cols=3, style="Table Grid")
    for row, texts in enumerate([("TT", "Việc", "Hạn"), ("1", "Họp dân", "5/5"), ("2", "", "6/6")]):
        for column, text in enumerate(texts):
            fill(data.cell(row, column), text)
    fill(data.cell(1, 1), "Họp dân", "toàn ấp")
    data.cell(1, 2).merge(data.cell(2, 2)).text = "5/5"
    document.add_paragraph("Hết.")
    assert docx_lines(tmp_path, document) == [
        "ỦY BAN NHÂN DÂN", "XÃ TÂN HÒA MỸ", "Số: 5/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Tân Hòa Mỹ, ngày 02 tháng 3 năm 2024",
        "KẾ HOẠCH", "TT | Việc | Hạn", "1 | Họp dân toàn ấp | 5/5", "2", "Hết.",
    ]  # fmt: skip


def test_docx_letterhead_with_a_row_a_line(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(rows=3, cols=2)
    rows = [("ĐẢNG BỘ HUYỆN A", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("ĐẢNG ỦY XÃ B", "")]
    for row, (left, right) in enumerate([*rows, ("Số 5-KH/ĐU", "B, ngày 1/3/2024")]):
        fill(head.cell(row, 0), left)
        fill(head.cell(row, 1), right)
    document.add_paragraph("KẾ HOẠCH")
    middle = document.add_table(rows=2, cols=2)  # the same form, but data: not at an edge
    for row, texts in enumerate([("8 giờ", "Khai mạc"), ("9 giờ", "Thảo luận")]):
        for column, text in enumerate(texts):
            fill(middle.cell(row, column), text)
    document.add_paragraph("Hết.")
    assert docx_lines(tmp_path, document) == [
        "ĐẢNG BỘ HUYỆN A", "ĐẢNG ỦY XÃ B", "Số 5-KH/ĐU", "ĐẢNG CỘNG SẢN VIỆT NAM",
        "B, ngày 1/3/2024", "KẾ HOẠCH", "8 giờ | Khai mạc", "9 giờ | Thảo luận", "Hết.",
    ]  # fmt: skip


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
BOX = (
    "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "lines"),
    [
        pytest.param(RUN.format("giữ ") + "<w:ins>" + RUN.format("thêm") + "</w:ins><w:del><w:r>"
                     "<w:delText>bỏ</w:delText></w:r></w:del>", ["giữ thêm"], id="tracked-changes"),
        pytest.param("<w:moveFrom>" + RUN.format("cũ") + "</w:moveFrom><w:moveTo>"
                     + RUN.format("mới") + "</w:moveTo>", ["mới"], id="moved"),
        pytest.param("<w:hyperlink>" + RUN.format("liên kết") + "</w:hyperlink>", ["liên kết"],
                     id="hyperlink"),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t>"
                     "<w:noBreakHyphen/><w:t>d</w:t></w:r>", ["a\tb", "c-d"], id="tab-and-break"),
        pytest.param(RUN.format("a") + BOX.format("trong khung"), ["a", "trong khung"], id="box"),
        pytest.param(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            f'/2006"><mc:Choice Requires="wps">{BOX.format("một lần")}</mc:Choice><mc:Fallback>'
            f'{BOX.format("một lần")}</mc:Fallback></mc:AlternateContent>', ["một lần"],
            id="box-stored-twice"),
        pytest.param("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>" + RUN.format("hiện"),
                     ["hiện"], id="hidden"),
        pytest.param("<w:r><w:rPr><w:caps/></w:rPr><w:t>kế hoạch</w:t></w:r>", ["KẾ HOẠCH"],
                     id="shown-in-capitals"),
        pytest.param("<w:sdt><w:sdtContent>" + RUN.format("ô nhập") + "</w:sdtContent></w:sdt>",
                     ["ô nhập"], id="content-control"),
        pytest.param('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE '
                     "</w:instrText></w:r>" + RUN.format("20/4"), ["20/4"], id="field"),
    ],
)  # fmt: skip
def test_docx_inline_content(tmp_path: Path, inner: str, lines: list[str]) -> None:
    document = docx.Document()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{inner}</w:p>"))
    assert docx_lines(tmp_path, document) == lines


def test_docx_paragraph_whose_end_was_deleted_runs_on(tmp_path: Path) -> None:
    document = docx.Document()
    mark = f"<w:p {W}><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{RUN.format('nối ')}</w:p>"
    document.element.body.insert(0, parse_xml(mark))
    document.element.body.insert(1, parse_xml(f"<w:p {W}>{RUN.format('liền')}</w:p>"))
    assert docx_lines(tmp_path, document) == ["nối liền"]


def test_docx_footnotes_come_last_and_lines_that_run_over_the_pages_after_them(
    tmp_path: Path,
) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.sections[0].footer.paragraphs[0].text = "chân trang"
    document.add_paragraph("thân")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r>'
        f'</w:p></w:footnote><w:footnote w:id="1"><w:p>{RUN.format(" chú thích")}</w:p>'
        "</w:footnote></w:footnotes>"
    )
    data = with_part(saved(document), "word/footnotes.xml", notes.encode())
    relation = (
        b'<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    rels = "word/_rels/document.xml.rels"
    data = changed_part(data, rels, lambda x: x.replace(b"</Relationships>", relation))
    text = load(written(tmp_path, "a.docx", data)).pages[0]
    assert [line for line in text.splitlines() if line] == [
        "thân",
        "(1) chú thích",
        "đầu trang",
        "chân trang",
    ]


def test_docx_letterhead_in_the_header_comes_first(tmp_path: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    table = section.first_page_header.add_table(1, 2, section.page_width)
    fill(table.cell(0, 0), "ĐẢNG ỦY XÃ HẠ", "Số: 7-KH/ĐU")
    fill(table.cell(0, 1), "ĐẢNG CỘNG SẢN VIỆT NAM", "Hạ, ngày 3 tháng 4 năm 2031")
    section.header.paragraphs[0].text = "Dự án Rừng xanh"
    section.footer.paragraphs[0].text = "Trang 2/9"
    document.add_paragraph("KẾ HOẠCH TRỒNG RỪNG")
    document.add_paragraph("Các thôn báo cáo.")
    document.add_section()  # its header and footer are the ones before it
    assert docx_lines(tmp_path, document) == [
        "ĐẢNG ỦY XÃ HẠ",
        "Số: 7-KH/ĐU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Hạ, ngày 3 tháng 4 năm 2031",
        "KẾ HOẠCH TRỒNG RỪNG",
        "Các thôn báo cáo.",
        "Dự án Rừng xanh",
    ]


def test_docx_header_that_repeats_the_body_is_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Kế hoạch  số 7"
    document.add_paragraph("KẾ HOẠCH SỐ 7")
    assert docx_lines(tmp_path, document) == ["KẾ HOẠCH SỐ 7"]


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(package)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def changed_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
    return result.getvalue()


@pytest.fixture(scope="module")
def small_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Các chi bộ báo cáo.")
    return saved(document)


def test_docx_in_the_strict_namespace_reads_the_same(tmp_path: Path, small_docx: bytes) -> None:
    transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = changed_part(
        small_docx, "word/document.xml", lambda xml: xml.replace(transitional, strict)
    )
    assert "Các chi bộ báo cáo." in load(written(tmp_path, "a.docx", data)).pages[0]


def test_docx_entities_are_not_expanded(tmp_path: Path, small_docx: bytes) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = changed_part(
        small_docx,
        "word/document.xml",
        lambda xml: xml.replace(b"<w:document", bomb + b"<w:document").replace(
            b"C\xc3\xa1c", b"&b;"
        ),
    )
    assert reason(written(tmp_path, "a.docx", data)) == "damaged"


def test_docx_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, small_docx: bytes) -> None:
    data = changed_part(small_docx, "word/document.xml", lambda xml: xml + b" " * (41 * 2**20))
    assert len(data) < 200_000
    assert reason(written(tmp_path, "a.docx", data)) == "too_large"


# PDF ------------------------------------------------------------------------------------------


def pdf(*pages: Sequence[tuple[float, float, str]], password: str | None = None) -> bytes:
    """Pages of (x, y, text) in points from the lower left of A4."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), encrypt=password)
    for page in pages:
        canvas.setFont("Times-Roman", 13)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


FULL_LINE = "Thuc hien Ke hoach so 12-KH/TU, ngay 5/2/2024 cua Ban Thuong vu Tinh uy Lam Giang ve"
LETTERHEAD = [
    (110, 780, "UY BAN NHAN DAN"), (300, 780, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
    (105, 764, "XA BINH AN DONG"), (340, 764, "Doc lap - Tu do - Hanh phuc"),
    (115, 740, "So: 5/KH-UBND"), (330, 744, "Binh An Dong, ngay 2 thang 3 nam 2024"),
    (260, 700, "KE HOACH"), (85, 670, FULL_LINE), (85, 654, "viec hoc tap."),
]  # fmt: skip


def test_pdf_letterhead_and_foot_are_read_column_by_column(tmp_path: Path) -> None:
    foot = [
        (85, 600, "Noi nhan:"), (360, 602, "TM. UY BAN NHAN DAN"), (85, 584, "- Huyen uy;"),
        (390, 586, "CHU TICH"), (85, 568, "- Cac ap;"), (85, 552, "- Luu: VT."),
        (375, 520, "Trinh Vu Hoai Sa"),
    ]  # fmt: skip
    loaded = load(written(tmp_path, "a.pdf", pdf(LETTERHEAD + foot)))
    assert loaded.pages[0].splitlines() == [
        "UY BAN NHAN DAN", "XA BINH AN DONG", "So: 5/KH-UBND",
        "CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc",
        "Binh An Dong, ngay 2 thang 3 nam 2024", "KE HOACH", FULL_LINE, "viec hoc tap.",
        "Noi nhan:", "- Huyen uy;", "- Cac ap;", "- Luu: VT.",
        "TM. UY BAN NHAN DAN", "CHU TICH", "Trinh Vu Hoai Sa",
    ]  # fmt: skip


def test_pdf_columns_that_nearly_touch_are_parted_as_their_neighbours_are(tmp_path: Path) -> None:
    # 9 points between the columns in the first line: too little alone, clear beside the second.
    left, right = "UY BAN NHAN DAN HUYEN VINH HOA", "CONG HOA XA HOI CHU NGHIA VIET NAM"
    head = [
        (62, 780, left), (71 + stringWidth(left, "Times-Roman", 13), 780, right),
        (110, 764, "So: 5/UBND-NC"), (340, 764, "Doc lap - Tu do - Hanh phuc"),
        (260, 700, "KE HOACH"),
    ]  # fmt: skip
    assert load(written(tmp_path, "a.pdf", pdf(head))).pages[0].splitlines() == [
        left, "So: 5/UBND-NC", right, "Doc lap - Tu do - Hanh phuc", "KE HOACH",
    ]  # fmt: skip


def test_pdf_short_lines_below_a_letterhead_stay_below_it(tmp_path: Path) -> None:
    page = [*LETTERHEAD[:6], (150, 700, "Kinh gui:"), (150, 684, "- Cac ap."), (85, 650, FULL_LINE)]
    lines = load(written(tmp_path, "a.pdf", pdf(page))).pages[0].splitlines()
    assert lines[5:8] == ["Binh An Dong, ngay 2 thang 3 nam 2024", "Kinh gui:", "- Cac ap."]


@pytest.mark.parametrize("gap", [0.15, 0.2, 0.3], ids=lambda gap: f"{gap} em")
def test_pdf_words_set_without_spaces_are_parted(tmp_path: Path, gap: float) -> None:
    words = "Cac thon bao cao ket qua trong cay truoc ngay 20/4".split()
    places, at = [], 85.0
    for word in words:
        places.append((at, 700.0, word))
        at += stringWidth(word, "Times-Roman", 13) + gap * 13
    data = pdf(places)
    assert load(written(tmp_path, "a.pdf", data)).pages == (" ".join(words),)


def test_pdf_letters_spaced_out_on_purpose_stay_words(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    text = canvas.beginText(85, 700)
    text.setCharSpace(3)
    text.textOut("KE HOACH TRONG CAY")
    canvas.drawText(text)
    canvas.save()
    assert load(written(tmp_path, "a.pdf", buffer.getvalue())).pages == ("KE HOACH TRONG CAY",)


def test_pdf_gives_a_string_a_page_without_page_numbers(tmp_path: Path) -> None:
    pages = [[(85, 780, f"Trang thu {n}"), (85, 760, "noi dung")] for n in (1, 2, 3)]
    for number, page in enumerate(pages[1:], start=2):
        page.insert(0, (295, 815, str(number)))
    loaded = load(written(tmp_path, "a.pdf", pdf(*pages)))
    assert loaded.pages == tuple(f"Trang thu {n}\nnoi dung" for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        pytest.param([["a", "1"], ["b", "2"]], [["a"], ["b"]], id="at-the-foot"),
        pytest.param([["- 7 -", "a"], ["- 8 -", "b"]], [["a"], ["b"]], id="from-a-longer-book"),
        pytest.param([["Trang 1/2", "a"], ["b", "Page 2 of 2"]], [["a"], ["b"]], id="in-words"),
        pytest.param([["a", "2024"], ["b"]], [["a", "2024"], ["b"]], id="a-year-is-text"),
        pytest.param([["a", "1", "b"]], [["a", "1", "b"]], id="inside-is-text"),
        pytest.param([["a", "b", "- 1 -", "c"]], [["a", "b", "c"]], id="above-another-line"),
        pytest.param([["a", "b", "- 5 -", "c"]], [["a", "b", "- 5 -", "c"]], id="not-in-step"),
        pytest.param([[], ["2"]], [[], []], id="blank-pages"),
    ],
)
def test_page_numbers(pages: list[list[str]], kept: list[list[str]]) -> None:
    assert drop_page_numbers(pages) == kept


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        pytest.param(["the infor-", "mation is"], ["the information is"], id="cut-word"),
        pytest.param(["số 12/KH-", "UBND ngày"], ["số 12/KH-UBND ngày"], id="sign"),
        pytest.param(["văn hóa-", "xã hội"], ["văn hóa-xã hội"], id="compound"),
        pytest.param(["giai đoạn 2024 -", "2026"], ["giai đoạn 2024 -", "2026"], id="dash"),
        pytest.param(["-", "chữ"], ["-", "chữ"], id="bullet-alone"),
        pytest.param(["in\u00adfor\u00ad", "mation sys"], ["information sys"], id="soft-hyphens"),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], joined: list[str]) -> None:
    assert join_hyphens(lines) == joined


@given(
    st.lists(
        st.builds(
            lambda text, x, y, width: Word(text, x, y, x + width, y + 12),
            st.text("abcđế1", min_size=1, max_size=5),
            st.floats(0, 500),
            st.floats(0, 800),
            st.floats(1, 90),
        ),
        max_size=40,
    )
)
def test_page_lines_lose_and_repeat_no_word(words: list[Word]) -> None:
    found = " ".join(page_lines(words)).replace(" | ", " ").split()
    assert sorted(found) == sorted(word.text for word in words)


def picture_pdf(*texts: str) -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for text in texts:
        if text:
            canvas.drawString(85, 780, text)
        else:
            canvas.drawImage(ImageReader(Image.new("L", (60, 84), 200)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_pdf_of_pictures_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    scan.tesseract.cache_clear()
    try:
        path = written(tmp_path, "scan.pdf", picture_pdf("", ""))
        assert reason(path) == "needs_tesseract"
        loaded = load(written(tmp_path, "mixed.pdf", picture_pdf("co chu o trang nay", "")))
    finally:
        scan.tesseract.cache_clear()
    assert loaded.pages == ("co chu o trang nay", "")
    assert len(loaded.warnings) == 1
    assert loaded.warnings[0].startswith("page 2 is a picture without text")


def test_pdf_with_too_many_pages(tmp_path: Path) -> None:
    data = picture_pdf(*["x"] * 3)
    with pytest.raises(UnreadableFile) as caught, pdf_module.opened(data, "a.pdf", max_pages=2):
        pass
    assert caught.value.reason == "too_large"


def test_pdf_without_text_or_pictures(tmp_path: Path) -> None:
    assert reason(written(tmp_path, "a.pdf", pdf([]))) == "no_text"


def test_pdf_with_a_password(tmp_path: Path) -> None:
    data = pdf([(85, 780, "bi mat")], password="mat-khau")
    assert reason(written(tmp_path, "a.pdf", data)) == "password"


# Wrong names, damage, limits ------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        # Word's encryption: an OLE container with this stream (MS-OFFCRYPTO 2.3.1).
        pytest.param("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password",
                     id="encrypted-docx"),
        pytest.param("a.txt", OLE, "unsupported", id="ole-named-txt"),
        pytest.param("a.docx", zipped("xl/workbook.xml"), "unsupported", id="xlsx-named-docx"),
        pytest.param("a.docx", zipped("a.txt"), "unsupported", id="zip-named-docx"),
        pytest.param("a.docx", zipped(), "unsupported", id="empty-zip"),
        pytest.param("a.txt", b"GIF89a" + bytes(50), "unsupported", id="gif-named-txt"),
        pytest.param("a.eml", b"Rar!\x1a\x07" + bytes(50), "damaged", id="rar-named-eml"),
        pytest.param("a.pdf", b"<html>Not found</html>", "damaged", id="html-named-pdf"),
        pytest.param("a.pdf", b"%PDF-1.4\n%%EOF", "damaged", id="pdf-of-nothing"),
        pytest.param("a.docx", b"PK\x03\x04" + bytes(40), "damaged", id="zip-of-nothing"),
        pytest.param("a.pdf", b"", "empty", id="empty-pdf"),
        pytest.param("a.docx", b"\n", "empty", id="empty-docx"),
        pytest.param("a.xlsx", zipped("xl/workbook.xml"), "unsupported", id="suffix"),
        pytest.param("a", b"abc", "unsupported", id="no-suffix"),
    ],
)  # fmt: skip
def test_wrong_or_damaged(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert reason(written(tmp_path, name, data)) == expected


def test_wrongly_named_documents_are_read_as_what_they_are(
    tmp_path: Path, small_docx: bytes
) -> None:
    assert "Các chi bộ báo cáo." in load(written(tmp_path, "a.txt", small_docx)).pages[0]
    data = pdf([(85, 780, "noi dung")])
    assert load(written(tmp_path, "a.docx", data)).pages == ("noi dung",)


@pytest.mark.parametrize("name", ["missing.docx", "missing", "a\x00b.txt", "x" * 300 + ".txt"])
def test_missing(tmp_path: Path, name: str) -> None:
    assert reason(tmp_path / name) == "missing"


def test_folder_even_when_named_like_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "a.docx"
    folder.mkdir()
    assert reason(folder) == "unsupported"
    assert reason(tmp_path) == "unsupported"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reason(tmp_path / "a.txt") == "unsupported"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="modes don't bind this user")
def test_unreadable_mode(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"abc")
    path.chmod(0)
    assert reason(path) == "permission"


def test_limit(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"x" * 1001)
    assert reason(path, max_bytes=1000) == "too_large"
    assert load(path, max_bytes=1001).pages == ("x" * 1001,)


PACKAGED = [path for path in sample_paths() if path.suffix in (".docx", ".pdf")]


@pytest.mark.parametrize("sample", PACKAGED, ids=lambda path: path.suffix + path.stem[:12])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_truncated(tmp_path: Path, sample: Path, share: float) -> None:
    data = sample.read_bytes()
    path = written(tmp_path, f"cut{sample.suffix}", data[: int(len(data) * share)])
    assert reason(path) == "damaged"


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sample=st.sampled_from(PACKAGED[:1] + PACKAGED[-1:]),
    hits=st.lists(st.tuples(st.floats(0, 0.999), st.binary(min_size=1, max_size=8)), max_size=6),
)
def test_any_damage_is_an_unreadable_file_or_text(
    tmp_path: Path, sample: Path, hits: list[tuple[float, bytes]]
) -> None:
    data = bytearray(sample.read_bytes())
    for share, noise in hits:
        at = int(share * len(data))
        data[at : at + len(noise)] = noise
    loads_or_refuses(written(tmp_path, f"hit{sample.suffix}", bytes(data)))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xef\xbb\xbf"]),
    data=st.binary(max_size=400),
    suffix=st.sampled_from(sorted(SUPPORTED)),
)
def test_any_bytes_are_an_unreadable_file_or_text(
    tmp_path: Path, head: bytes, data: bytes, suffix: str
) -> None:
    loads_or_refuses(written(tmp_path, f"any{suffix}", head + data))


def loads_or_refuses(path: Path) -> None:
    try:
        loaded = load(path)
    except UnreadableFile:
        return  # any other error fails the test
    assert isinstance(loaded, LoadedFile)
    assert any(page.strip() for page in loaded.pages)
