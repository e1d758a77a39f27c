"""A page of a PDF or scan as a picture, the words of a citation marked."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import UnreadableFile
from ingest.load import pdf
from ingest.load.pdf_layout import Word
from ingest.page_picture import cited_page, find_boxes, page_picture
from ingest.pipeline import document_of, read_document
from ingest.samples import sample_paths
from tests.ingest.test_scan import page as scanned_page
from tests.ingest.test_scan import png

MARK = (255, 225, 60)
PDFS = [path for path in sample_paths() if path.suffix == ".pdf"]


def drawn(*lines: tuple[float, float, str], turn: int = 0, crop: bool = False) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setPageRotation(turn)
    if crop:
        canvas.setCropBox((50, 100, 545, 742))
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return buffer.getvalue()


def marked(picture: bytes) -> tuple[int, int, int, int]:
    """The box around all that is marked, in dots; zeros where nothing is."""
    image = Image.open(io.BytesIO(picture))
    rows, columns = np.nonzero((np.asarray(image.convert("RGB")) == MARK).all(axis=2))
    if not len(rows):
        return 0, 0, 0, 0
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def ink_within(picture: bytes, box: tuple[int, int, int, int]) -> float:
    """The share of the page's ink that lies in ``box``."""
    dark = np.asarray(Image.open(io.BytesIO(picture)).convert("L")) < 90
    left, top, right, bottom = box
    return float(dark[top:bottom, left:right].sum() / dark.sum())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True], ids=["whole", "cropped"])
def test_the_mark_lies_on_the_words(turn: int, crop: bool) -> None:
    data = drawn((150, 400, "noi dung can tim"), turn=turn, crop=crop)
    picture = page_picture(data, "a.pdf", 1, "noi dung can tim")
    left, top, right, bottom = marked(picture)
    assert ink_within(picture, (left - 3, top - 3, right + 3, bottom + 3)) == 1
    assert (right - left) * (bottom - top) < 0.02 * 900 * 1290
    assert (right - left > bottom - top) is (turn in (0, 180))


def test_the_words_meant_are_marked_and_not_the_same_ones_elsewhere() -> None:
    data = drawn((80, 700, "nop ngay 20/4"), (80, 600, "hop ngay 20/4"))
    document = document_of(data, "a.pdf")
    first, second = (document.text.index("ngay 20/4", start) for start in (0, 10))
    tops = [marked(cited_page(data, document, at, at + 9))[1] for at in (first, second)]
    assert tops[1] - tops[0] == pytest.approx(100 / 72 * 110, abs=3)


def test_marks_and_spaces_of_the_text_need_not_be_those_of_the_page() -> None:
    words = [
        Word(t, 10.0 * n, 0, 10.0 * n + 9, 10) for n, t in enumerate("Uỷ ban hoà-giải".split())
    ]
    (box,) = find_boxes(words, "Ủy ban\u00a0hòa - giải")
    assert (box.left, box.right) == (0, 29)
    assert find_boxes(words, "không có ở đây") == []
    assert find_boxes([], "x") == []
    assert find_boxes(words, " \n ") == []


def line(bottom: float, text: str) -> list[Word]:
    return [
        Word(t, 10.0 * n, bottom, 10.0 * n + 9, bottom + 10) for n, t in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("quote", "bottoms"),
    [
        ("một hai ba bốn năm sáu", [40, 20]),  # a box a line
        ("ba bốn\nbảy tám", [40, 20, 0]),
        ("sáu bảy tám và trang sau còn nữa", [20, 0]),  # it runs on over the page break
        ("trang trước còn nữa một hai ba", [40]),
    ],
)
def test_lines_and_page_breaks(quote: str, bottoms: Sequence[float]) -> None:
    words = [*line(40, "một hai ba"), *line(20, "bốn năm sáu"), *line(0, "bảy tám")]
    assert [box.bottom for box in find_boxes(words, quote)] == bottoms


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem[:12])
def test_every_line_of_the_samples_is_found_on_its_page(path: object) -> None:
    data = path.read_bytes()  # type: ignore[attr-defined]
    document = read_document(path)  # type: ignore[arg-type]
    starts = (*document.page_starts, len(document.text))
    with pdf.opened(data, document.name) as opened:
        for number in range(len(document.page_starts)):
            words = pdf.words_of(opened[number].get_textpage())
            for text in document.text[starts[number] : starts[number + 1]].split("\n"):
                if any(c.isalnum() for c in text):
                    assert find_boxes(words, text), text


def test_words_of_a_scan(tesseract: str) -> None:
    data = png(scanned_page(["Thôn Sậy trồng cây ven đường.", "Thôn Mận đắp đê ngăn lũ."]))
    picture = page_picture(data, "a.png", 1, "Thôn Mận đắp đê")
    left, top, right, bottom = marked(picture)
    whole = marked(page_picture(data, "a.png", 1, "Thôn Sậy trồng cây ven đường."))
    assert top > whole[3] - 4
    assert right - left > 3 * (bottom - top)


@pytest.mark.parametrize(
    ("name", "page", "reason"),
    [("a.pdf", 2, "damaged"), ("a.pdf", 0, "damaged"), ("a.txt", 1, "unsupported")],
)
def test_pages_that_are_none(name: str, page: int, reason: str) -> None:
    data = b"chu" if name == "a.txt" else drawn((80, 700, "mot"))
    with pytest.raises(UnreadableFile) as caught:
        page_picture(data, name, page, "mot")
    assert caught.value.reason == reason
