"""Tables as they stand in canonical text: a row a line («a | b | c»), or a cell a line. Pure.

What each column holds is told by its header; a table without one has no columns named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ingest.actors import is_lead_head
from ingest.lines import Line, lines_of
from ingest.markers import CHAPTER, NUMBER, marker_of


class Column(StrEnum):
    """What a column of a table of tasks holds."""

    NUMBER = "number"
    WORK = "work"
    LEAD = "lead"  # who answers for it
    TIME = "time"
    OTHER = "other"  # who helps, the product, the place, remarks…


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data: ``text[start:end]``; ``cells`` are (start, end) without outer spaces."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``columns`` is empty where no header names them."""

    start: int
    end: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: Column) -> tuple[int, int] | None:
        """The cell of ``row`` under the first such column; None where cells and columns differ."""
        if len(row.cells) != len(self.columns) or column not in self.columns:
            return None
        return row.cells[self.columns.index(column)]


_NUMBER = re.compile(r"(?i:s?tt|số tt|số thứ tự|no)\.?$")
_TIME = re.compile(
    r"(?i:(?:dự kiến )?(?:thời (?:gian|hạn|điểm)|tiến độ|hạn|ngày|tháng|lịch)\b|"
    r"(?:ngày )?hoàn thành\b|giờ\b)"
)
_WORK = re.compile(
    r"(?i:(?:các |tên )?(?:nội dung|công việc|nhiệm vụ|hoạt động|việc|hạng mục|phần việc|đầu việc|"
    r"công tác|chỉ tiêu|chuyên đề|báo cáo|sự kiện|chương trình)\b)"
)
_WHO = re.compile(
    r"(?i:(?:đơn vị|cơ quan|người|bộ phận|cá nhân|đồng chí|ban|phòng|tổ chức|phân công|chủ trì|"
    r"phụ trách|đầu mối|trách nhiệm)\b)"
)
# What stands under such a header: a date, or words that stand for one.
_SAYS_WHEN = re.compile(
    r"\d|(?i:\b(?:thường xuyên|hằng|hàng|tuần|tháng|quý|năm|ngày|sáng|chiều|tối|sau khi|trước|ngay|"
    r"khi|cả|đầu|cuối)\b)"
)
_WHEN_WORDS = 9
_SHORT_CELL = 6  # words
_MOST_HEADS = 6  # of a table found by its hours or amounts
_MOSTLY = 0.8
_UNKNOWN_HEADERS = 3  # that may follow those whose words are known
_HEADER_WORDS = 10
_HEADER_CHARACTERS = 60
_SEPARATOR = re.compile(r"\s+\|\s+")
_HOUR = r"\d{1,2}\s?(?:giờ|[hg:])\s?(?:\d{2}(?: ?phút)?)?"
_DAY_OF_MONTH = (
    r"(?:ngày |mùng |mồng )?\d{1,2}(?:\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?"
    r"| tháng (?:\d{1,2}|giêng|chạp|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)(?: năm \d{4})?)"
)
_PART_OF_DAY = r"(?:buổi )?(?:sáng|trưa|chiều|tối)"
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_TO = r"\s?(?:-|–|—|đến|tới|, | và )\s?"
_DAY_CELL = re.compile(
    rf"(?i:(?:{_PART_OF_DAY},? )?(?:{_WEEKDAY},?(?: |$))?(?:(?:từ )?(?:\d{{1,2}}{_TO})?"
    rf"{_DAY_OF_MONTH}(?:{_TO}{_DAY_OF_MONTH})*)?(?: ?\([^()]{{1,30}}\))?)[.:]?$"
)
_HOUR_CELL = re.compile(
    rf"(?i:(?:(?:từ|lúc|khoảng) )?{_HOUR}(?:{_TO}{_HOUR})?(?: {_DAY_OF_MONTH})?"
    r"(?: ?\([^()]{1,30}\))?)[.:]?$"
)
_AMOUNT_CELL = re.compile(
    r"(?i:(?:tối đa |không quá |từ )?\d[\d.,]*(?: ?(?:-|–) ?\d[\d.,]*)?"
    r"(?: ?(?:%|đồng|đ|vnđ|triệu|nghìn|ngàn|tỷ|giải|người|suất|tờ|bộ|điểm|lần|buổi|kg|ha|m2|con)\b"
    r"(?:\s?/\s?\w+)?)*(?:(?:\s?/\s?|\s)\w+){0,2})$"
)
_AMOUNT_HEAD = re.compile(
    r"(?i:(?:số (?:lượng|tiền|giải|người|điểm)|sl|tiền thưởng"
    r"|mức (?:thưởng|chi|tiền|thu|phạt|hỗ trợ)|giá trị|đơn giá|thành tiền|trị giá|định mức"
    r"|điểm(?: tối đa)?|tỷ lệ|chỉ tiêu)\b)"
)
_LONGEST_CELL = 30  # words of a cell of amounts' neighbour: longer ones are paragraphs


def column_of(header: str) -> Column | None:
    """What the column under ``header`` holds; None where it reads like no header at all."""
    words = header.strip(" .:*|")
    if _NUMBER.match(words):
        return Column.NUMBER
    if not words or len(words.split()) > _HEADER_WORDS or words.endswith((";", ",")):
        return None
    if _TIME.match(words):
        return Column.TIME
    if re.search(r"(?i:phối hợp)", words) and not re.search(r"(?i:chủ trì|thực hiện)", words):
        return Column.OTHER
    if is_lead_head(words) or _WHO.match(words):
        return Column.LEAD
    if _WORK.match(words):
        return Column.WORK
    if re.match(
        r"(?i:(?:ghi chú|sản phẩm|kết quả|địa điểm|kinh phí|nơi|số lượng|thành phần|hình thức|"
        r"đối tượng|căn cứ|mục tiêu|đvt|đơn vị tính|họ)\b)",
        words,
    ):
        return Column.OTHER
    return None


@lru_cache(maxsize=256)
def tables_of(text: str) -> Sequence[Table]:
    """The tables of canonical ``text`` in order; kept, as every passage of a document asks."""
    lines = lines_of(text)
    head_amounts = [_AMOUNT_HEAD.match(line.text) is not None for line in lines]
    found: list[Table] = []
    index = 0
    while index < len(lines):
        if " | " in lines[index].text:
            stop = index + 1
            while stop < len(lines) and " | " in lines[stop].text:
                stop += 1
            found.append(_of_rows(lines[index:stop]))
        elif (
            (table := _of_times(lines, index)) is not None
            or (
                any(head_amounts[index + 1 : index + _MOST_HEADS])
                and (table := _of_amounts(lines, index)) is not None
            )
            or (
                (width := _header_width(lines, index))
                and (table := _of_cells(lines, index, width)) is not None
            )
        ):
            found.append(table)
            stop = next(
                (n for n in range(index, len(lines)) if lines[n].start >= table.end), len(lines)
            )
        else:
            stop = index + 1
        index = stop
    return found


def is_day_cell(words: str) -> bool:
    """«Ngày 11 tháng Giêng», «Thứ Hai», «Chiều 12/5»: a cell that says a day, and no more."""
    return bool(words.strip(" .:")) and _DAY_CELL.match(words) is not None


def is_hour_cell(words: str) -> bool:
    """«9h45 – 11h30», «14 giờ 00»: a cell that says an hour, and no more."""
    return _HOUR_CELL.match(words) is not None


def _of_times(lines: Sequence[Line], index: int) -> Table | None:
    """A schedule that stands a cell a line, times first; a day may stand over the hours of it.

    Each time opens a row, so that a row may lack a cell, or have one of two paragraphs.
    """
    if not _TIME.match(lines[index].text):
        return None
    width = _heads_at(lines, index)
    if width < 2 or _TIME.match(lines[index + 1].text):
        return None
    rows: list[tuple[int, int]] = []
    at = index + width
    while at < len(lines) and _opens_row(lines, at):
        at += _is_band(lines, at)
        stop = at + 1
        while stop < len(lines) and stop - at < 2 * width and not _ends_row(lines, stop):
            stop += 1
        is_last = stop >= len(lines) or not _opens_row(lines, stop)
        rows.append((at, min(stop, at + width) if is_last else stop))
        at = rows[-1][1]
        if is_last:
            break
    by_hours = any(is_hour_cell(lines[first].text) for first, _ in rows)
    if len(rows) < 2 or not (by_hours or width == 2):
        return None  # days alone, three columns or more: :func:`_fitting` counts the cells
    headers = [line.text for line in lines[index : index + width]]
    return _table(lines, index, _columns(headers), rows)


def _opens_row(lines: Sequence[Line], at: int) -> bool:
    return is_hour_cell(lines[at].text) or is_day_cell(lines[at].text)


def _is_band(lines: Sequence[Line], at: int) -> bool:
    """Whether a day stands at ``at`` over the hours below it."""
    return at + 1 < len(lines) and is_day_cell(lines[at].text) and is_hour_cell(lines[at + 1].text)


def _ends_row(lines: Sequence[Line], at: int) -> bool:
    marker = marker_of(lines[at].text)
    return _opens_row(lines, at) or (marker is not None and marker[0] <= NUMBER)


def _of_amounts(lines: Sequence[Line], index: int) -> Table | None:
    """A table that stands a cell a line, of things and their amounts: «Nhất», «01», «500.000»."""
    for width in range(_heads_at(lines, index), 1, -1):
        headers = [line.text for line in lines[index : index + width]]
        counted = [n for n, head in enumerate(headers) if _AMOUNT_HEAD.match(head)]
        if not counted or counted[0] == 0:
            continue
        rows = []
        at = index + width
        while at + width <= len(lines) and _is_of_amounts(lines[at : at + width], counted):
            rows.append((at, at + width))
            at += width
        if len(rows) > 1:
            return _table(lines, index, (), rows)
    return None


def _is_of_amounts(row: Sequence[Line], counted: Sequence[int]) -> bool:
    return all(_AMOUNT_CELL.match(row[n].text) for n in counted) and all(
        len(line.text.split()) <= _LONGEST_CELL
        and not line.text.endswith((";", ":"))
        and not _AMOUNT_HEAD.fullmatch(line.text)  # a title stands above the headers
        for line in row
    )


def _heads_at(lines: Sequence[Line], index: int) -> int:
    """How many lines from ``index`` on may be headers of columns."""
    width = 0
    for line in lines[index : index + _MOST_HEADS]:
        is_cell = is_day_cell(line.text) or is_hour_cell(line.text)
        if is_cell or marker_of(line.text) or not _may_be_header(line.text):
            break
        width += 1
    return width


def _table(
    lines: Sequence[Line],
    index: int,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[int, int]],
) -> Table:
    return Table(
        lines[index].start,
        lines[rows[-1][1] - 1].end,
        columns,
        tuple(
            Row(
                lines[first].start,
                lines[last - 1].end,
                tuple((line.start, line.end) for line in lines[first:last]),
            )
            for first, last in rows
        ),
    )


def _of_rows(lines: Sequence[Line]) -> Table:
    """A table that stands a row a line."""
    rows = [_row(line) for line in lines]
    headers = [_part(lines[0], cell) for cell in rows[0].cells]
    columns = _columns(headers)
    data = rows[1:] if columns or _heads_amounts(lines, rows) else rows
    return Table(lines[0].start, lines[-1].end, columns, tuple(data))


def _heads_amounts(lines: Sequence[Line], rows: Sequence[Row]) -> bool:
    """Whether the first row heads amounts: «Giải | Số lượng | Tiền thưởng»."""
    first = rows[0].cells
    counted = [n for n, cell in enumerate(first) if _AMOUNT_HEAD.match(_part(lines[0], cell))]
    whole = [(line, row) for line, row in zip(lines, rows, strict=True) if row is not rows[0]]
    whole = [(line, row) for line, row in whole if len(row.cells) == len(first)]
    return (
        bool(counted and counted[0] > 0 and whole)
        and len(first) > 1
        and all(
            _AMOUNT_CELL.match(_part(line, row.cells[n])) for line, row in whole for n in counted
        )
    )


def _part(line: Line, span: tuple[int, int]) -> str:
    return line.text[span[0] - line.start : span[1] - line.start]


def _row(line: Line) -> Row:
    cells, at = [], 0
    for match in _SEPARATOR.finditer(f"{line.text} | "):
        cells.append(_stripped(line, at, min(match.start(), len(line.text))))
        at = match.end()
    return Row(line.start, line.end, tuple(c for c in cells if c is not None))


def _stripped(line: Line, start: int, end: int) -> tuple[int, int] | None:
    words = line.text[start:end].strip(" |")
    if not words:
        return None
    at = line.start + start + line.text[start:end].index(words)
    return at, at + len(words)


def _columns(headers: Sequence[str]) -> tuple[Column, ...]:
    """What the columns hold, where ``headers`` are headers: a time, and a task or who does it."""
    columns = [column_of(header) for header in headers]
    known = {c for c in columns if c is not None}
    if Column.TIME not in known or not known & {Column.WORK, Column.LEAD}:
        return ()
    return tuple(c or Column.OTHER for c in columns)


def _header_width(lines: Sequence[Line], index: int) -> int:
    """How many of the lines from ``index`` on are the headers of a table that stands a cell a line.

    With «TT» first, all lines up to the first number; without it, only lines that are headers.
    """
    if _NUMBER.match(lines[index].text):
        for width in range(2, 12):
            if index + width < len(lines) and lines[index + width].text.rstrip(".") == "1":
                return width
        return 0
    if len(lines[index].text) > _HEADER_CHARACTERS:
        return 0
    width = 0
    while (
        index + width < len(lines)
        and width < 12
        and not lines[index + width].text.endswith((".", ":"))
        and marker_of(lines[index + width].text) is None
        and column_of(lines[index + width].text) is not None
    ):
        width += 1
    return width if width >= 3 and _columns([x.text for x in lines[index : index + width]]) else 0


def _of_cells(lines: Sequence[Line], index: int, width: int) -> Table | None:
    headers = [line.text for line in lines[index : index + width]]
    columns = _columns(headers)
    numbered = _NUMBER.match(headers[0]) is not None
    if numbered:
        rows = _numbered_rows(lines, index + width, width)
    elif columns:
        fit, headers, rows = _fitting(lines, index, width)
        columns = _columns(headers)
        below = _header_width(lines, index + 1)
        if below and fit < _fitting(lines, index + 1, below)[0]:
            return None  # «Lịch công tác tháng 7» is a title above the headers
    else:
        rows = []
    if not rows:
        return None
    return _table(lines, index, columns, rows)


def _fitting(
    lines: Sequence[Line], index: int, width: int
) -> tuple[float, list[str], list[tuple[int, int]]]:
    """The headers of a table whose first ``width`` are known, and its rows: so many more lines are
    headers too as make most of what stands under the times say when. How well that fits comes
    first."""
    best: tuple[float, list[str], list[tuple[int, int]]] = (-1.0, [], [])
    for more in range(_UNKNOWN_HEADERS + 1):
        headers = [line.text for line in lines[index : index + width + more]]
        if len(headers) < width + more or (more and not _may_be_header(headers[-1])):
            break
        rows = _rows_of_width(lines, index + width + more, width + more)
        time = _columns(headers).index(Column.TIME)
        says = [_says_when(lines[first + time].text) for first, _ in rows]
        mostly = sum(says) > _MOSTLY * len(says)
        if more and not (mostly and len(says) > 1):
            continue
        while mostly and not says[-1]:  # what follows the table is no row of it
            says.pop()
        fit = sum(says) ** 2 / len(says) if says else 0.0
        if fit > best[0]:
            best = fit, headers, rows[: len(says)]
    return best


def _may_be_header(line: str) -> bool:
    return (
        len(line) <= _HEADER_CHARACTERS
        and len(line.split()) <= _HEADER_WORDS
        and line[0].isalpha()
        and not line.endswith((".", ",", ";", ":"))
    )


def _says_when(cell: str) -> bool:
    return len(cell.split()) <= _WHEN_WORDS and _SAYS_WHEN.search(cell) is not None


def _rows_of_width(lines: Sequence[Line], at: int, width: int) -> list[tuple[int, int]]:
    """Rows of ``width`` lines each, for as long as no section begins among them."""
    rows = []
    while at + width <= len(lines):
        markers = [marker_of(line.text) for line in lines[at : at + width]]
        if any(marker is not None and marker[0] <= 4 for marker in markers):
            break
        if any(line.text.startswith("Nơi nhận") for line in lines[at : at + width]):
            break
        rows.append((at, at + width))
        at += width
    return rows


def _numbered_rows(lines: Sequence[Line], at: int, width: int) -> list[tuple[int, int]]:
    """Rows of a table whose first column counts 1, 2, …: each runs to the next number."""
    rows: list[tuple[int, int]] = []
    number = 1
    while at < len(lines) and lines[at].text.rstrip(".") == str(number):
        following = str(number + 1)
        end = at + 1
        while (
            end < len(lines)
            and end - at <= 2 * width
            and lines[end].text.rstrip(".") != following
            and not _opens_chapter(lines[end].text)
        ):
            end += 1
        is_last = end >= len(lines) or lines[end].text.rstrip(".") != following
        stop = min(end, at + width) if is_last else end
        rows.append((at, stop))
        at, number = stop, number + 1
    return rows


def _opens_chapter(line: str) -> bool:
    marker = marker_of(line)
    return marker is not None and marker[0] <= CHAPTER


def table_rows(text: str) -> list[tuple[int, int]]:
    """(start, end) of the rows that are to be read as one: a cell a line, or of a schedule."""
    return [
        (row.start, row.end)
        for table in tables_of(text)
        for row in table.rows
        if "\n" in text[row.start : row.end] or _is_timed(text, row)
    ]


def _is_timed(text: str, row: Row) -> bool:
    """Whether the first cell of a row says when what stands in the others is."""
    cells = [text[start:end] for start, end in row.cells]
    return len(cells) > 1 and (is_hour_cell(cells[0]) or is_day_cell(cells[0]))


def headed_cells(text: str, start: int) -> str:
    """The short cells of the row that begins at ``start``, each under its header, a line each.

    «Giải Ba», «Số lượng 02», «Tiền thưởng 600.000 đồng»; nothing, where no row does or the table
    has no headers.
    """
    for table in tables_of(text):
        if table.start <= start < table.end:
            row = next((row for row in table.rows if row.start == start), None)
            return "\n".join(_headed(text, table, row)) if row is not None else ""
    return ""


def _headed(text: str, table: Table, row: Row) -> list[str]:
    above = text[table.start : table.rows[0].start]
    headers = [
        part
        for line in above.split("\n")
        for h in _SEPARATOR.split(line)
        if (part := h.strip(" |"))
    ]
    cells = [text[start:end] for start, end in row.cells]
    if not headers or len(headers) < len(cells) or len(cells) < 2:
        return []
    return [
        f"{head} {' '.join(cell.split())}"
        for head, cell in zip(headers, cells, strict=False)
        if any(map(str.isalnum, cell))
        and len(cell.split()) <= _SHORT_CELL
        and len(head.split()) <= _HEADER_WORDS
    ]
