"""The printed pack, opened again with python-docx, and as LibreOffice sets its pages."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from assistant.register.plain import one_line
from assistant.study.export.printout import to_docx
from assistant.study.export.titles import KINDS, TITLES, roman
from assistant.study.records import Part, StudyPack
from tests.assistant.study.awkward import ONE, THREE, TWO, awkward, empty
from tests.assistant.study.plans import MEETING, NOTICE, RIVER, pack_on
from tests.patience import PATIENCE


def opened(pack: StudyPack) -> OpenDocument:
    return Document(io.BytesIO(to_docx(pack)))


@pytest.fixture(scope="module")
def documents(packs: list[StudyPack]) -> list[OpenDocument]:
    return [opened(pack) for pack in packs]


def blocks_of(document: OpenDocument) -> list[Paragraph | Table]:
    return list(document.iter_inner_content())


def texts_of(document: OpenDocument) -> Iterator[str]:
    for block in blocks_of(document):
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells)


def lines_of(document: OpenDocument) -> list[str]:
    """Paragraphs in order, those in rows of blocks too."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return [Paragraph(p, document).text for p in paragraphs]


def sources_of(document: OpenDocument) -> dict[int, tuple[str, str]]:
    """Number → (document and place, words in quotation marks) of the last table."""
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows[1:]]
    return {int(number): (place, words) for number, place, words in rows}


def test_every_citation_stands_in_the_table_of_sources_word_for_word(
    packs: list[StudyPack], documents: list[OpenDocument]
) -> None:
    for pack, document in zip(packs, documents, strict=True):
        shown = {words for _, words in sources_of(document).values()}
        assert shown == {f"«{one_line(c.quote)}»" for c in pack.citations()}


def test_marks_and_sources_go_together(documents: list[OpenDocument]) -> None:
    for document in documents:
        numbers = list(sources_of(document))
        assert numbers == list(range(1, len(numbers) + 1))
        marked: set[int] = set()
        for text in texts_of(document):
            for first, last in re.findall(r"\N{NO-BREAK SPACE}\[(\d+)(?:–(\d+))?\]", text):
                marked.update(range(int(first), int(last or first) + 1))
        assert marked == set(numbers)
        places = {m.get(qn("w:name")) for m in document.element.iter(qn("w:bookmarkStart"))}
        links = {link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink"))}
        assert links <= places


def test_marks_lead_to_the_words_of_their_line() -> None:
    pack = pack_on(RIVER)
    document = opened(pack)
    sources = sources_of(document)
    timeline = next(t for t in document.tables if t.rows[0].cells[-1].text == "Nội dung công việc")
    assert len(timeline.rows) == len(pack.timeline.entries) + 1
    for row, line in zip(pack.timeline.entries, timeline.rows[1:], strict=True):
        told = line.cells[3].paragraphs[0].text
        assert told.startswith(row.action)
        numbers = [int(n) for n in re.findall(r"\[(\d+)\]", told)]
        assert {sources[n][1] for n in numbers} >= {f"«{one_line(row.citations[0].quote)}»"}


def test_it_is_a4_in_times_new_roman_with_the_margins_of_offices(
    documents: list[OpenDocument],
) -> None:
    document = documents[0]
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert (round(page.top_margin.mm), round(page.bottom_margin.mm)) == (20, 20)
    assert (round(page.left_margin.mm), round(page.right_margin.mm)) == (30, 15)
    assert page.different_first_page_header_footer
    fields = [f.get(qn("w:instr")) for f in page.header._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE"]
    assert list(page.first_page_header._element.iter(qn("w:fldSimple"))) == []
    for name in ("Normal", "Heading 1", "Heading 2", "Cell"):
        style = document.styles[name]
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{x}")) for x in ("ascii", "hAnsi", "eastAsia", "cs")} == {
            "Times New Roman"
        }
        assert fonts.get(qn("w:asciiTheme")) is None
    assert document.styles["Normal"].font.size == Pt(14)
    assert document.styles["Normal"].paragraph_format.space_after >= Pt(6)
    assert Mm(9.9) <= document.styles["Normal"].paragraph_format.first_line_indent <= Mm(12.7)
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= Mm(165.1)


def test_headings_stay_with_what_follows_and_tables_break_between_rows(
    documents: list[OpenDocument],
) -> None:
    document = documents[0]
    blocks = blocks_of(document)
    headings = [b for b in blocks if isinstance(b, Paragraph) and b.style.name[:7] == "Heading"]
    assert len(headings) >= len(Part) + 2
    assert all(h.style.paragraph_format.keep_with_next for h in headings)
    assert blocks[-1] is not headings[-1]
    for table in document.tables:
        if len(table.columns) == 1:  # outline and quiz: what belongs together is in one row
            assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
            continue
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        for row in table.rows:
            if max(len(cell.text) for cell in row.cells) < 1000:
                assert row._tr.find(f".//{qn('w:cantSplit')}") is not None


def test_a_kind_of_questions_stands_in_one_row_with_its_first(
    packs: list[StudyPack], documents: list[OpenDocument]
) -> None:
    for pack, document in zip(packs, documents, strict=True):
        rows = [
            row.cells[0]
            for table in document.tables
            if len(table.columns) == 1
            for row in table.rows
            if any(p.text.startswith("Trả lời:") for p in row.cells[0].paragraphs)
        ]
        assert len(rows) == len(pack.quiz.entries)
        kinds = {type(item) for item in pack.quiz.entries}
        heads = [r for r in rows if r.paragraphs[0].style.name == "Heading 2"]
        assert len(heads) == len(kinds)
        for row in rows:
            assert sum(p.text.startswith("Câu ") for p in row.paragraphs) == 1
            # LibreOffice would take the whole table to be kept with what follows it.
            assert not any(p.paragraph_format.keep_with_next for p in row.paragraphs)


def test_parts_come_in_order_with_the_key_on_a_page_of_its_own_behind_the_quiz(
    documents: list[OpenDocument],
) -> None:
    document = documents[0]
    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [h.text for h in headings] == [
        "I. THÔNG TIN CHUNG VỀ VĂN BẢN",
        "II. NHỮNG ĐIỂM CHƯA THỐNG NHẤT",
        "III. DÀN Ý NỘI DUNG",
        "IV. CÁC MỐC THỜI GIAN",
        "V. NHIỆM VỤ CỦA TỪNG ĐƠN VỊ",
        "VI. CHƯƠNG TRÌNH BUỔI HỌC",
        "VII. CÂU HỎI THẢO LUẬN",
        "VIII. THẺ HỎI – ĐÁP",
        "IX. CÂU HỎI KIỂM TRA",
        "X. GIẢI THÍCH TỪ NGỮ",
        "ĐÁP ÁN CÂU HỎI KIỂM TRA",
        "NGUỒN TRÍCH DẪN",
    ]
    new_pages = [h.text for h in headings if h.paragraph_format.page_break_before]
    assert new_pages == [
        "III. DÀN Ý NỘI DUNG",
        "IX. CÂU HỎI KIỂM TRA",
        "ĐÁP ÁN CÂU HỎI KIỂM TRA",
        "NGUỒN TRÍCH DẪN",
    ]


def test_the_quiz_gives_no_answer_away(
    packs: list[StudyPack], documents: list[OpenDocument]
) -> None:
    for pack, document in zip(packs, documents, strict=True):
        lines = lines_of(document)
        begin = lines.index("IX. CÂU HỎI KIỂM TRA")
        quiz = lines[begin : lines.index("X. GIẢI THÍCH TỪ NGỮ")]
        assert not any("\N{NO-BREAK SPACE}[" in line for line in quiz)
        assert sum(line.startswith("Câu ") for line in quiz) == len(pack.quiz.entries)
        assert sum(line.startswith("Trả lời:") for line in quiz) == len(pack.quiz.entries)


def test_the_key_says_what_is_right_and_where_that_stands() -> None:
    document = opened(awkward())
    sources = sources_of(document)
    key = {row.cells[0].text: row.cells[1].text for row in document.tables[-2].rows[1:]}
    of = {words: number for number, (_, words) in sources.items()}
    one, two, three = (of[f"«{one_line(c.quote)}»"] for c in (ONE, TWO, THREE))
    nbsp = "\N{NO-BREAK SPACE}"
    assert key["1"].startswith("C. ~ = # ")
    assert key["1"].endswith(f"Căn cứ loại phương án khác: A{nbsp}[{two}]; B{nbsp}[{three}].")
    assert key["2"].startswith("Sai: “Tổ một”; đúng là: “Tổ hai: {đội}”.")
    assert key["3"] == f"Đúng.{nbsp}[{two}]"
    assert key["4"].split("\n")[0] == "1 – C; 2 – A; 3 – B"
    assert key["5"].split("\n") == [
        "B → C → A",
        f"B. xuân (1/2031){nbsp}[{two}]",
        f"C. hạ (5/2031){nbsp}[{three}]",
        f"A. thu (9/2031){nbsp}[{one}]",
    ]


def test_sources_name_document_section_and_page_where_there_are_pages() -> None:
    places = [place for place, _ in sources_of(opened(awkward())).values()]
    assert places[0] == "Kế hoạch số 9/KH-UBND\nmục II › 1, trang 1"
    assert "trang" not in " ".join(
        place for place, _ in sources_of(opened(pack_on(RIVER))).values()
    )


def test_own_words_are_set_apart_in_italics() -> None:
    document = opened(awkward())
    (own,) = [
        p
        for table in document.tables
        for cell in table.columns[-1].cells
        for p in cell.paragraphs
        if p.text == "Văn bản không ghi."
    ]
    assert own.runs[0].italic
    assert not document.tables[0].rows[1].cells[1].paragraphs[0].runs[0].italic


def test_notes_stand_where_a_part_is_empty() -> None:
    document = opened(empty())
    lines = [p.text for p in document.paragraphs]
    place = lines.index("IV. CÁC MỐC THỜI GIAN")
    assert lines[place + 1] == "Văn bản không ghi thời hạn cụ thể nào."
    assert lines[lines.index("I. THÔNG TIN CHUNG VỀ VĂN BẢN") + 1].startswith("Không có nội dung")
    assert "ĐÁP ÁN CÂU HỎI KIỂM TRA" not in lines
    assert document.tables == []


def test_several_documents_are_told_apart() -> None:
    pack = pack_on(RIVER, MEETING)
    lines = [p.text for p in opened(pack).paragraphs]
    for document in pack.documents:
        assert any(line.endswith(f"{document.said} (tệp {document.name})") for line in lines)
        assert document.said in lines  # a heading of the table of facts, of the outline


def test_the_same_pack_gives_the_same_words() -> None:
    assert list(texts_of(opened(awkward()))) == list(texts_of(opened(awkward())))


# --- the pages -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(
    libreoffice: str, packs: list[StudyPack], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[list[str]]]:
    """The lines of the pages of several packs, set by LibreOffice, in plain letters."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"sample": packs[1], "several": pack_on(RIVER, MEETING, NOTICE), "odd": awkward()}
    for name, pack in made.items():
        (folder / f"{name}.docx").write_bytes(to_docx(pack))
    subprocess.run(
        [libreoffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), *(f"{folder}/{n}.docx" for n in made)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    return {name: _page_texts(folder / f"{name}.pdf") for name in made}


def plain_letters(text: str) -> str:
    """Letters and figures of a line without those that a font may lack: they are then set in
    another, and stand elsewhere in the text of a PDF."""
    return re.sub(r"[^A-Za-z0-9]+", "", text)


KEY = plain_letters("ĐÁP ÁN CÂU HỎI KIỂM TRA")
SOURCES = plain_letters("NGUỒN TRÍCH DẪN")


def _page_texts(path: Path) -> list[list[str]]:
    """The lines of each page, in plain letters."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            assert (round(page.get_width()), round(page.get_height())) == (595, 842)
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [[x for line in text.splitlines() if (x := plain_letters(line))] for text in texts]


def test_pages_are_numbered_from_the_second_on(pages: dict[str, list[list[str]]]) -> None:
    for lines in pages.values():
        assert lines[0][0] == plain_letters("TÀI LIỆU HỌC TẬP")
        assert [page[0] for page in lines[1:]] == [str(n) for n in range(2, len(lines) + 1)]


def test_no_heading_ends_a_page_and_none_is_empty(pages: dict[str, list[list[str]]]) -> None:
    titles = {plain_letters(f"{roman(n)}. {TITLES[p].upper()}") for n, p in enumerate(Part, 1)}
    question = re.compile(plain_letters("Câu") + r"\d")
    kinds = {plain_letters(f"{a}. {kind}") for a in "ABCD" for kind in KINDS.values()}
    for lines in pages.values():
        for page in lines:
            assert len(page) > 1
            assert page[-1] not in {*titles, KEY, SOURCES}
            assert not any(page[-1].startswith(kind) for kind in kinds)
            assert not question.match(page[-1])


def test_every_part_has_its_heading_on_a_page(pages: dict[str, list[list[str]]]) -> None:
    for lines in pages.values():
        words = {line for page in lines for line in page}
        for number, part in enumerate(Part, 1):
            assert plain_letters(f"{roman(number)}. {TITLES[part].upper()}") in words


def test_the_key_has_pages_to_itself(pages: dict[str, list[list[str]]]) -> None:
    for lines in pages.values():
        (begin,) = [n for n, page in enumerate(lines) if KEY in page]
        (end,) = [n for n, page in enumerate(lines) if SOURCES in page]
        assert begin < end
        assert lines[begin][1] == KEY
        assert lines[end][1] == SOURCES
        answer = plain_letters("Trả lời:")
        assert any(line.startswith(answer) for page in lines[:begin] for line in page)
        assert not any(line.startswith(answer) for page in lines[begin:] for line in page)
