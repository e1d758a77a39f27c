"""Words and lines of a PDF whose letters, notes and running lines a plain reader mixes up."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.load import load_bytes
from ingest.load.pdf_layout import drop_running_lines

FONT, SIZE = "Times-Roman", 13
SENTENCE = "Cac thon bao cao ket qua trong cay ve xa truoc ngay 20/4"

Piece = tuple[float, float, str]


def pdf(pieces: Sequence[Piece], sizes: Sequence[float] = ()) -> bytes:
    """A page of (x, y, text), drawn in the order given."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for at, (x, y, text) in enumerate(pieces):
        canvas.setFont(FONT, sizes[at] if sizes else SIZE)
        canvas.drawString(x, y, text)
    canvas.save()
    return buffer.getvalue()


def late(text: str, letters: str, y: float) -> list[Piece]:
    """``text`` drawn as a program does that has to take ``letters`` from another font: the rest
    first, from gap to gap, and then these."""
    first: list[Piece] = []
    last: list[Piece] = []
    for match in re.finditer(f"[{letters}]+|[^{letters}]+", text):
        x = 85 + stringWidth(text[: match.start()], FONT, SIZE)
        (last if match.group()[0] in letters else first).append((x, y, match.group()))
    return first + last


@pytest.mark.parametrize("letters", ["a", "aeo", "ht", "Cc"])
def test_letters_that_are_drawn_late_are_read_in_their_words(letters: str) -> None:
    pieces = late(SENTENCE, letters, 700) + late("va Dang uy xa", letters, 684)
    assert load_bytes(pdf(pieces), "a.pdf").pages == (f"{SENTENCE}\nva Dang uy xa",)


@pytest.mark.parametrize(
    ("before", "read"),
    [
        pytest.param("nam 2025", "nam 2025 1", id="a-year"),
        pytest.param("han han", "han han 1", id="a-word"),
        pytest.param("5.000 m", "5.000 m1", id="a-unit"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_a_number(before: str, read: str) -> None:
    mark = 85 + stringWidth(before, FONT, SIZE)
    data = pdf([(85, 700, before), (mark, 705, "1")], [SIZE, 8])
    assert load_bytes(data, "a.pdf").pages == (read,)


def test_a_page_number_above_a_letterhead_is_in_none_of_its_columns() -> None:
    head = [(90, 780, "UY BAN NHAN DAN"), (300, 780, "CONG HOA XA HOI CHU NGHIA"),
            (90, 764, "XA BINH AN"), (340, 764, "Doc lap - Tu do - Hanh phuc")]  # fmt: skip
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.drawString(85, 700, "Trang dau")
    canvas.showPage()
    for x, y, text in [(295.0, 795.0, "2"), *head]:
        canvas.drawString(x, y, text)
    canvas.save()
    assert load_bytes(buffer.getvalue(), "a.pdf").pages[1].split("\n") == [
        "UY BAN NHAN DAN", "XA BINH AN", "CONG HOA XA HOI CHU NGHIA", "Doc lap - Tu do - Hanh phuc",
    ]  # fmt: skip


HEADER, FOOTER = "CÔNG BÁO số 12 năm 2025", "Văn bản có trên cổng thông tin"
LETTER = ["ỦY BAN NHÂN DÂN", "XÃ ĐÔNG AN THƯỢNG", "Số 5/GM-UBND ngày mai"]


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        pytest.param(
            [[HEADER, "a"], [HEADER, "b"], [HEADER, "c"]],
            [[HEADER, "a"], ["b"], ["c"]],
            id="a-header-stays-where-it-is-first",
        ),
        pytest.param(
            [["a", FOOTER], ["b", FOOTER], ["c", FOOTER]],
            [["a"], ["b"], ["c", FOOTER]],
            id="a-footer-stays-where-it-is-last",
        ),
        pytest.param(
            [[f"{n} {HEADER}", "a"] for n in (1, 2, 3)],
            [[f"1 {HEADER}", "a"], ["a"], ["a"]],
            id="with-the-number-of-the-page",
        ),
        pytest.param(
            [["bìa"], [HEADER, "Chương I. Chung", "a"], [HEADER, "b"], [HEADER, "c"], [HEADER]],
            [["bìa"], [HEADER, "Chương I. Chung", "a"], ["b"], ["c"], []],
            id="not-on-the-cover",
        ),
        pytest.param(
            [[f"11/22/26, 3:03 PM | {HEADER}", "a", f"https://xa.vn/a {n}/3"] for n in (1, 2, 3)],
            [[f"11/22/26, 3:03 PM | {HEADER}", "a"], ["a"], ["a", "https://xa.vn/a 3/3"]],
            id="as-browsers-print",
        ),
        pytest.param([[HEADER, "a"]] * 2, [[HEADER, "a"]] * 2, id="two-pages-tell-nothing"),
        pytest.param([["phường"]] * 4, [["phường"]] * 4, id="a-word-of-a-table"),
        pytest.param([[*LETTER, "a"]] * 3, [[*LETTER, "a"]] * 3, id="letters-bound-together"),
        pytest.param([[]] * 3, [[]] * 3, id="blank-pages"),
    ],
)  # fmt: skip
def test_lines_that_run_over_the_pages(pages: list[list[str]], kept: list[list[str]]) -> None:
    assert drop_running_lines(pages) == kept
