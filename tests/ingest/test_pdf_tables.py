"""Tables that a PDF draws with rules are read cell by cell; what is no table is left alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.load import load_bytes
from ingest.load.pdf_layout import Word
from ingest.load.pdf_tables import Rule, TableRow, join_tables, lines_with_tables
from ingest.load.tables import Cell

LEFT, TOP, HEIGHT = 60, 700, 40
EDGES = (60, 90, 230, 330, 420)
ROWS = [
    [["TT"], ["Noi dung"], ["Don vi"], ["Thoi gian"]],
    [["1"], ["Nao vet kenh va", "sua cong lay nuoc"], ["Hop tac xa", "nong nghiep"], ["31/3"]],
    [["2"], ["Lay mau nuoc"], ["Tram Y te xa,", "cac thon"], ["truoc ngay", "20/4/2025"]],
]
READ = [
    "TT | Noi dung | Don vi | Thoi gian",
    "1 | Nao vet kenh va sua cong lay nuoc | Hop tac xa nong nghiep | 31/3",
    "2 | Lay mau nuoc | Tram Y te xa, cac thon | truoc ngay 20/4/2025",
]
Draw = Callable[[Canvas, Sequence[float], Sequence[float]], None]


def grid(canvas: Canvas, columns: Sequence[float], rows: Sequence[float]) -> None:
    """As one path of many lines."""
    canvas.grid(list(columns), list(rows))


def boxes(canvas: Canvas, columns: Sequence[float], rows: Sequence[float]) -> None:
    """As a rectangle a cell."""
    for left, right in pairwise(columns):
        for top, bottom in pairwise(rows):
            canvas.rect(left, bottom, right - left, top - bottom)


def bars(canvas: Canvas, columns: Sequence[float], rows: Sequence[float]) -> None:
    """As filled bars that are as wide as a line is, a piece for each side of a cell."""
    for at in columns:
        for top, bottom in pairwise(rows):
            canvas.rect(at, bottom, 0.5, top - bottom, stroke=0, fill=1)
    for at in rows:
        for left, right in pairwise(columns):
            canvas.rect(left, at, right - left, 0.5, stroke=0, fill=1)


def page(draw: Draw | None, rows: Sequence[Sequence[Sequence[str]]] = ROWS) -> list[str]:
    """The lines of a page with a table between two sentences."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(LEFT, TOP + 20, "Phan cong nhu sau")
    if draw is not None:
        draw(canvas, EDGES, [TOP - HEIGHT * n for n in range(len(rows) + 1)])
    for row, cells in enumerate(rows):
        for column, lines in enumerate(cells):
            for line, text in enumerate(lines):
                canvas.drawString(EDGES[column] + 4, TOP - HEIGHT * row - 14 - 13 * line, text)
    canvas.drawString(LEFT, TOP - HEIGHT * len(rows) - 20, "Cac don vi thuc hien")
    canvas.save()
    return load_bytes(buffer.getvalue(), "a.pdf").pages[0].split("\n")


@pytest.mark.parametrize("draw", [grid, boxes, bars], ids=lambda draw: draw.__name__)
def test_a_table_is_read_a_row_a_line(draw: Draw) -> None:
    assert page(draw) == ["Phan cong nhu sau", *READ, "Cac don vi thuc hien"]


def test_without_rules_nothing_tells_the_cells() -> None:
    assert "Nao vet kenh va sua cong lay nuoc" not in "\n".join(page(None))


def word(text: str, left: float, bottom: float) -> Word:
    return Word(text, left, bottom, left + 6 * len(text), bottom + 10)


def rules(columns: Sequence[float], rows: Sequence[float]) -> list[Rule]:
    return [
        *(Rule(True, at, rows[-1], rows[0]) for at in columns),
        *(Rule(False, at, columns[0], columns[-1]) for at in rows),
    ]


def test_merged_cells_are_one() -> None:
    # The first column's cell spans two rows: the rule between them begins at the second column.
    drawn = [rule for rule in rules((0, 50, 150, 250), (90, 60, 30)) if rule.at != 60]
    drawn.append(Rule(False, 60, 50, 250))
    words = [word("Tổ1", 5, 65), word("và", 5, 45), word("kênh", 55, 65), word("120", 155, 65),
             word("cống", 55, 45), word("45", 155, 45)]  # fmt: skip
    assert lines_with_tables(words, drawn) == ["Tổ1 và | kênh | 120", "cống | 45"]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(rules((0, 300), (90, 60, 30)), id="a-frame-around-lines"),
        pytest.param(rules((0, 4, 296, 300), (94, 90, 34, 30)), id="a-double-frame"),
        pytest.param([Rule(False, at, 0, 300) for at in (90, 60, 30)], id="rules-under-lines"),
        pytest.param([], id="nothing-drawn"),
    ],
)
def test_what_is_no_table_is_read_as_lines(drawn: list[Rule]) -> None:
    words = [word("một", 10, 65), word("hai", 32, 65), word("ba", 10, 45), word("bốn", 32, 45)]
    assert lines_with_tables(words, drawn) == ["một hai", "ba bốn"]


def test_a_drawing_of_thousands_of_lines_is_no_table() -> None:
    drawn = rules([n * 0.5 for n in range(1500)], [900 - n * 0.5 for n in range(1500)])
    assert lines_with_tables([word("sơ", 10, 65), word("đồ", 30, 65)], drawn) == ["sơ đồ"]


# --- over pages -----------------------------------------------------------------------------------

OPEN_TABLE = [rule for rule in rules((0, 50, 150, 250), (90, 60, 30)) if rule.at != 30]


def test_a_table_that_runs_on_over_the_page_has_no_rule_there() -> None:
    words = [word("TT", 5, 65), word("Việc", 55, 65), word("Hạn", 155, 65),
             word("1", 5, 45), word("Họp", 55, 45), word("20/4", 155, 45)]  # fmt: skip
    assert lines_with_tables(words, OPEN_TABLE) == ["TT | Việc | Hạn", "1 | Họp | 20/4"]


def row(*cells: str, edges: Sequence[float] = (0, 50, 150, 250)) -> TableRow:
    of = [Cell(column, (text,)) for column, text in enumerate(cells) if text]
    return TableRow.of(of, edges)


HEAD = row("TT", "Việc", "Hạn")


@pytest.mark.parametrize(
    ("pages", "joined"),
    [
        pytest.param(
            [["a", HEAD, row("1", "Họp", "5/4")], [HEAD, row("2", "Báo cáo", "6/4"), "b"]],
            [["a", "TT | Việc | Hạn", "1 | Họp | 5/4"], ["2 | Báo cáo | 6/4", "b"]],
            id="the-header-is-repeated",
        ),
        pytest.param(
            [[HEAD, row("1", "Họp chi", "5/4")], [HEAD, row("", "bộ thôn", ""), row("2", "Dọn", "")],
             [HEAD, row("", "đường", "6/4"), "b"]],
            [["TT | Việc | Hạn", "1 | Họp chi bộ thôn | 5/4"], ["2 | Dọn đường | 6/4"], ["b"]],
            id="rows-are-parted",
        ),
        pytest.param(
            [[HEAD, row("1", "Họp", "5/4")], [row("", "Báo cáo", "6/4")]],
            [["TT | Việc | Hạn", "1 | Họp | 5/4"], ["Báo cáo | 6/4"]],
            id="a-row-under-a-merged-cell",
        ),
        pytest.param(
            [[HEAD, row("1", "Họp", "5/4")], ["b", HEAD, row("", "bộ", "")]],
            [["TT | Việc | Hạn", "1 | Họp | 5/4"], ["b", "TT | Việc | Hạn", "bộ"]],
            id="another-table",
        ),
        pytest.param(
            [[HEAD, row("1", "Họp", "5/4")], [row("TT", "Việc", "Hạn", edges=(0, 60, 150, 250))]],
            [["TT | Việc | Hạn", "1 | Họp | 5/4"], ["TT | Việc | Hạn"]],
            id="other-columns",
        ),
        pytest.param([[], [HEAD], [], ["a"]], [[], ["TT | Việc | Hạn"], [], ["a"]], id="blank-pages"),
    ],
)  # fmt: skip
def test_tables_over_pages(pages: list[list[str]], joined: list[list[str]]) -> None:
    assert join_tables(pages) == joined


def test_a_printed_table_over_two_pages_is_one() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for rows in ([["TT", "Viec", "Han"], ["1", "Hop chi", "5/4"]],
                 [["TT", "Viec", "Han"], ["", "bo thon Ha", ""], ["2", "Bao cao", "6/4"]]):  # fmt: skip
        canvas.grid([60, 90, 230, 330], [700 - 40 * n for n in range(len(rows) + 1)])
        for at, cells in enumerate(rows):
            for left, text in zip((64, 94, 234), cells, strict=True):
                canvas.drawString(left, 680 - 40 * at, text)
        canvas.showPage()
    canvas.save()
    assert load_bytes(buffer.getvalue(), "a.pdf").pages == (
        "TT | Viec | Han\n1 | Hop chi bo thon Ha | 5/4",
        "2 | Bao cao | 6/4",
    )
