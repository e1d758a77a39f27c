"""Letters of before Unicode: found, given back, and never seen where they aren't."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from ingest.load import load, load_bytes
from ingest.load.legacy import Encoding, convert_lines, convert_run, font_encoding
from ingest.load.legacy.syllables import is_syllable, is_written_syllable
from ingest.load.legacy.tables import TCVN3, VISCII, VNI
from ingest.pipeline import read_document
from ingest.samples import sample_paths
from ingest.vietnamese import fold

PLAN = """Kế hoạch tổ chức ngày hội đọc sách
Căn cứ Hướng dẫn số 15-HD/BTGHU của Ban Tuyên giáo Huyện ủy;
1. Các trường học, thư viện xã chuẩn bị tủ sách trước ngày 15/4.
2. Đoàn Thanh niên vận động quyên góp ít nhất 300 cuốn.
- Bộ phận văn hóa tổng hợp, báo cáo Đảng ủy xã."""

_TCVN3_CODES = {letter: code for code, letter in TCVN3.items()}
_VNI_CODES: dict[str, str] = {}
for _code, _letter in VNI.items():
    if _letter not in _VNI_CODES or _code[-1].isupper() == _letter.isupper():
        _VNI_CODES[_letter] = _code


def as_tcvn3(text: str) -> str:
    """``text`` as a program shows it that knows nothing of the font: capitals lose their tones'
    own codes, as they had none."""
    return "".join(_TCVN3_CODES.get(c) or _TCVN3_CODES.get(c.lower(), c) for c in text)


def as_vni(text: str) -> str:
    return "".join(_VNI_CODES.get(c, c) for c in text)


def as_windows_1252(text: str) -> str:
    """The UTF-8 of ``text`` taken for Windows-1252."""
    data = text.encode()
    return "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b)
        for b in data
    )


OLD: dict[str, Callable[[str], str]] = {
    "tcvn3": as_tcvn3,
    "vni": as_vni,
    "utf-8-as-1252": as_windows_1252,
}


@pytest.mark.parametrize("stored", OLD.values(), ids=OLD)
def test_a_plan_in_an_old_encoding_is_the_plan(stored: Callable[[str], str]) -> None:
    lines = stored(PLAN).split("\n")
    assert "\n".join(convert_lines(lines)) == PLAN


@pytest.mark.parametrize("stored", OLD.values(), ids=OLD)
@pytest.mark.parametrize("sample", sample_paths(), ids=lambda path: path.stem[:12])
def test_whole_documents(sample: Path, stored: Callable[[str], str]) -> None:
    lines = read_document(sample).text.split("\n")
    converted = convert_lines([stored(line) for line in lines])
    words = [(a, b) for x, y in zip(lines, converted, strict=True)
             for a, b in zip(x.lower().split(), y.lower().split(), strict=True)]  # fmt: skip
    wrong = [pair for pair in words if pair[0] != pair[1]]
    assert len(wrong) <= 0.005 * len(words), wrong[:20]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("KÕ ho¹ch", "Kế hoạch"),
        ("KÕ HO¹CH", "KẾ HOẠCH"),  # typed with the capitals key: the font had no capital ế
        ("H-íng dÉn th-êng trùc ®Çu t-, -u tiªn", "Hướng dẫn thường trực đầu tư, ưu tiên"),
        ("ph¸t triÓn kinh tÕ-x· héi", "phát triển kinh tế-xã hội"),
        ("QuyÕt ®Þnh sè 5/Q§-UBND", "Quyết định số 5/QĐ-UBND"),
        ("C¸c ®/c phô tr¸ch « nhiÔm m«i tr­êng", "Các đ/c phụ trách ô nhiễm môi trường"),
        ("Keá hoaïch toå chöùc ñaïi hoäi", "Kế hoạch tổ chức đại hội"),
        ("ÑAÛNG BOÄ XAÕ", "ĐẢNG BỘ XÃ"),
        ("Ke^' hoa.ch to^? chu+'c dda.i ho^.i. UBND xa~.", "Kế hoạch tổ chức đại hội. UBND xã."),
        ("Káº¿ hoáº¡ch cá»§a xÃ£", "Kế hoạch của xã"),
    ],
)
def test_lines(line: str, read: str) -> None:
    assert convert_lines([line]) == [read]


def test_encodings_side_by_side_in_one_document() -> None:
    lines = PLAN.split("\n")
    mixed = [as_tcvn3(lines[0]), lines[1], as_vni(lines[2]), lines[3], as_tcvn3(lines[4])]
    assert convert_lines(mixed) == lines


def test_a_line_too_short_to_tell_goes_with_its_neighbours() -> None:
    # «Sè» is a syllable as it is; among lines in TCVN3 it is «Số».
    assert convert_lines([as_tcvn3("Số 12"), as_tcvn3("Kế hoạch trồng rừng")])[0] == "Số 12"
    assert convert_lines(["Sè 12", "Kế hoạch trồng rừng"])[0] == "Sè 12"
    assert convert_lines(["Sè 12"]) == ["Sè 12"]


@pytest.mark.parametrize(
    "line",
    [
        "Le café était fermé à cause de la grève ; où êtes-vous né ?",
        "Die Größe der Türen für schöne Häuser, über Öl und grüne Bücher",
        "El niño comió piñas en España mañana; año señor ¿Qué?",
        "São Paulo não tem avião; coração, pão, mãe, irmã",
        "Søren og Åse på Ærø: blåbær, så få år",
        "25 m², 30 °C ± 2, 5 µm, ½ giờ, § 5, © 2031, Microsoft® Windows",
        "a × b = b × a; 8 ÷ 2 = 4; 2 · 4 · 6 · 8",
        "«Người tốt», «việc tốt»",
        "ông Hòa, bà Hà, cô Vân, chú Quân, thôn Phú Hòa, xã Tân An",
        "và có là mà thì ý ô",
        "(U+0660-U+0669, U+06F0), o(n^2), a^2 + b^2, e^x, C++",
        "Kích thước 1280x1024; ddos; dd/mm/yyyy; add, ladder, riddle",
        "£ Given £ Not Given (please state reasons)",
    ],
)
def test_other_languages_and_signs_are_let_be(line: str) -> None:
    assert convert_lines([line] * 3) == [line] * 3


@pytest.mark.parametrize("sample", sample_paths(), ids=lambda path: path.stem[:12])
def test_documents_in_unicode_are_let_be(sample: Path) -> None:
    lines = read_document(sample).text.split("\n")
    assert convert_lines(lines) == lines
    assert convert_lines(convert_lines([as_tcvn3(line) for line in lines])) == convert_lines(
        [as_tcvn3(line) for line in lines]
    )


SYLLABLES = sorted(
    {
        word
        for path in sample_paths()
        for word in re.findall(r"[^\W\d_]+", read_document(path).text)
        if is_written_syllable(word)
    }
)


@given(st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8), max_size=6))
def test_vietnamese_in_unicode_is_never_changed(lines: list[list[str]]) -> None:
    text = [" ".join(line) for line in lines]
    assert convert_lines(text) == text


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_is_converted_once(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    converted = convert_lines(lines)
    assert len(converted) == len(lines)
    for line, made in zip(lines, converted, strict=True):
        assert re.findall(r"\s|\d", line) == re.findall(r"\s|\d", made) or "\u00a0" in made


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        *((word, True) for word in "nghị QUYẾT thuở giếng quốc khuỷu xoong ý ổi gì quý".split()),
        *((word, False) for word in "kõ bât naïve ngế ghá x brăng cê qá ngh".split()),
    ],
)
def test_syllables(word: str, is_one: bool) -> None:
    assert is_syllable(word) is is_one
    assert is_syllable(unicodedata.normalize("NFD", word)) is is_one


# In files --------------------------------------------------------------------------------------


def as_bytes(text: str, encoding: str) -> bytes:
    if encoding == "viscii":
        codes = {letter: code for code, letter in VISCII.items()}
        return bytes(codes.get(c, ord(c) if c.isascii() else 0) for c in text)
    return OLD[encoding](text).encode("cp1252")


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii"])
def test_text_files(encoding: str) -> None:
    assert load_bytes(as_bytes(PLAN, encoding), "a.txt").pages == (PLAN,)


def test_text_files_with_the_letters_as_unicode_characters() -> None:
    assert load_bytes(as_tcvn3(PLAN).encode(), "a.md").pages == (PLAN,)


def run_in(paragraph: object, text: str, font: str) -> None:
    run = paragraph.add_run(text)  # type: ignore[attr-defined]
    run.font.name = font


def test_word_documents_by_their_fonts(tmp_path: Path) -> None:
    document = docx.Document()
    mixed = document.add_paragraph()
    run_in(mixed, as_tcvn3("Số"), ".VnTime")  # too short to tell without the font
    run_in(mixed, " 12, ", "Times New Roman")
    run_in(mixed, as_vni("và"), "VNI-Times")
    run_in(mixed, " của xã", "Arial")
    title = document.add_paragraph()
    run_in(title, as_tcvn3("kế ho"), ".VnTimeH")  # draws small letters as capitals
    run_in(title, as_tcvn3("ạch"), ".VnTimeH")  # the same word, parted by the spelling checker
    left = document.add_paragraph()
    run_in(left, "Nghị quyết", ".VnTime")  # typed in Unicode, the font's name left behind
    styled = document.add_paragraph(as_tcvn3("Và"), style="Body Text")
    fonts = document.styles["Body Text"].element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:ascii"), ".VnArial")
    assert styled.runs[0].font.name is None
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert load(path).pages[0].split("\n") == ["Số 12, và của xã", "KẾ HOẠCH", "Nghị quyết", "Và"]


def test_word_documents_whose_soft_hyphens_are_letters(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in as_tcvn3("Kế hoạch hướng dẫn").partition("\u00ad"):
        run_in(paragraph, part.strip("\u00ad"), ".VnTime")
    paragraph.runs[1]._r.append(OxmlElement("w:softHyphen"))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert load(path).pages == ("Kế hoạch hướng dẫn",)


def test_word_documents_without_the_fonts_names(tmp_path: Path) -> None:
    document = docx.Document()
    for line in PLAN.split("\n"):
        document.add_paragraph(as_tcvn3(line))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert load(path).pages[0] == PLAN


def test_pdf_whose_letters_are_bytes_of_tcvn3(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Times-Roman", 13)  # its encoding shows the byte of «ư» as a hyphen
    for number, line in enumerate(PLAN.lower().split("\n")):
        canvas.drawString(60, 780 - 20 * number, as_tcvn3(line))
    canvas.save()
    assert load(path).pages[0].split("\n") == [fold_case(line) for line in PLAN.split("\n")]


def fold_case(line: str) -> str:
    """As :func:`as_tcvn3` of small letters gives it back."""
    return line.lower()


@pytest.mark.parametrize(
    ("text", "encoding", "read"),
    [
        ("Sè: 12-KH/§U", Encoding.TCVN3, "Số: 12-KH/ĐU"),
        ("\uf04b\uf0d5 ho\uf0b9ch", Encoding.TCVN3, "Kế hoạch"),  # a symbol font's code points
        ("Nghị quyết", Encoding.TCVN3, "Nghị quyết"),
        ("ñaûng boä", Encoding.VNI, "đảng bộ"),
        ("KH-UBND 2031", Encoding.VNI, "KH-UBND 2031"),
    ],
)
def test_runs(text: str, encoding: Encoding, read: str) -> None:
    assert convert_run(text, encoding) == read


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnArialH", Encoding.TCVN3, True),
        (".vntime", Encoding.TCVN3, False),
        ("VNI-Helve", Encoding.VNI, False),
        ("UVN Bach Tuyet", None, False),  # a Unicode font
        ("Times New Roman", None, False),
        ("", None, False),
    ],
)
def test_fonts(font: str, encoding: Encoding | None, capitals: bool) -> None:
    assert font_encoding(font) == (encoding, capitals)


def test_what_is_converted_is_found_without_its_marks() -> None:
    # Search folds marks away: a word left in TCVN3 would be another one even then.
    assert fold(convert_lines([as_tcvn3(PLAN)])[0]).startswith("Ke hoach to chuc")
