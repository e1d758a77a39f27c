"""Tables as lines: row by row where they hold data, column by column where they place blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LAYOUT_COLUMNS = (2, 3)
_MAX_LAYOUT_ROWS = 4  # a letterhead or signature block whose cells hold several lines
_MAX_EDGE_ROWS = 16  # the same drawn with a row a line


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's lines; ``column`` is its place in the table's grid."""

    column: int
    lines: tuple[str, ...]
    bordered: bool | None = None  # None: as the table says

    @property
    def is_filled(self) -> bool:
        return any(line.strip() for line in self.lines)


def table_lines(rows: Sequence[Sequence[Cell]], bordered: bool, at_edge: bool) -> list[str]:
    """The lines of a table; ``bordered`` where it draws its cells, ``at_edge`` where it stands at
    the very start or end of the document."""
    filled = [cells for row in rows if (cells := [cell for cell in row if cell.is_filled])]
    if max((len(row) for row in filled), default=0) <= 1:  # a frame around text
        return [line for row in filled for cell in row for line in cell.lines]
    drawn = [bordered if cell.bordered is None else cell.bordered for row in filled for cell in row]
    mostly = sum(drawn) * 2 > len(drawn)  # one underlined cell is a rule, not a grid
    if _is_layout(filled, mostly, at_edge):
        columns: dict[int, list[str]] = {}
        for row in filled:
            for cell in row:
                columns.setdefault(cell.column, []).extend(cell.lines)
        return [line for _, lines in sorted(columns.items()) for line in lines]
    return [" | ".join(map(_joined, row)) for row in filled]


def _is_layout(rows: list[list[Cell]], bordered: bool, at_edge: bool) -> bool:
    """Whether a table only places blocks side by side (letterhead, signature): read down columns.

    A table of data is read row by row. Told apart by structure: few columns, and either several
    lines in neighbouring cells or no borders at the very start or end of the document.
    """
    columns = len({cell.column for row in rows for cell in row})
    if columns not in _LAYOUT_COLUMNS:
        return False
    side_by_side = any(
        sum(len([line for line in cell.lines if line.strip()]) > 1 for cell in row) > 1
        for row in rows
    )
    if bordered:
        return side_by_side and len(rows) <= 2
    return (side_by_side and len(rows) <= _MAX_LAYOUT_ROWS) or (
        at_edge and columns == 2 and len(rows) <= _MAX_EDGE_ROWS
    )


def _joined(cell: Cell) -> str:
    return " ".join(" ".join(cell.lines).split())
