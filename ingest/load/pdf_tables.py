"""Tables that a page of a PDF draws with rules: words in cells, read row by row. Pure.

A PDF knows no tables. Where rules part a stretch of the page into rows and columns, the words
between them belong together, however the lines of neighbouring cells run on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.load.pdf_layout import Word, page_lines
from ingest.load.tables import Cell, table_lines

_NEAR = 3.0  # points: two edges of one rule, or the end of a rule and what it meets
_LEAST_CELLS = 4  # with words in them; fewer are frames
_MAX_RULES = 2000  # of a page; more are a drawing
_MAX_TRACKS = 200  # rows or columns


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the page, in points: at ``at`` across it, from ``low`` to ``high``."""

    upright: bool
    at: float
    low: float
    high: float


class TableRow(str):
    """A row of a table as a line; ``cells`` has the words of each column, ``edges`` are theirs."""

    __slots__ = ("cells", "edges")
    cells: dict[int, str]
    edges: Sequence[float]

    @classmethod
    def of(cls, cells: Iterable[Cell], edges: Sequence[float]) -> TableRow:
        words = {cell.column: " ".join(" ".join(cell.lines).split()) for cell in cells}
        return cls._of_words(words, edges)

    @classmethod
    def _of_words(cls, words: dict[int, str], edges: Sequence[float]) -> TableRow:
        row = cls(" | ".join(words[column] for column in sorted(words)))
        row.cells, row.edges = words, edges
        return row

    def goes_on_in(self, other: str) -> bool:
        """Whether a line may be of the same table, on the next page."""
        return (
            isinstance(other, TableRow)
            and len(self.edges) == len(other.edges)
            and all(abs(a - b) <= _NEAR for a, b in zip(self.edges, other.edges, strict=True))
        )

    def is_parted_from(self, rest: TableRow) -> bool:
        """Whether ``rest`` is what a page break parted from this row: its first column is empty,
        as a row's that has its own number or date is not, and in another the words go on."""
        starts = [words[0] for words in rest.cells.values()]
        return 0 in self.cells and 0 not in rest.cells and any(map(str.islower, starts))

    def with_rest(self, rest: TableRow) -> TableRow:
        """This row and what was parted from it."""
        columns = {**self.cells, **rest.cells}
        words = {c: f"{self.cells.get(c, '')} {rest.cells.get(c, '')}".strip() for c in columns}
        return self._of_words(words, self.edges)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The edges of columns, left to right, and of rows, top to bottom, with the rules between."""

    columns: list[float]
    rows: list[float]
    rules: list[Rule]

    def has(self, word: Word) -> bool:
        middle = (word.left + word.right) / 2
        inside = self.columns[0] <= middle <= self.columns[-1]
        return inside and self.rows[-1] <= word.middle <= self.rows[0]


def lines_with_tables(words: list[Word], rules: Sequence[Rule]) -> list[str]:
    """The lines of a page as :func:`page_lines` gives them, tables a row a line."""
    tables = []
    for grid in _grids(rules):
        inside = [word for word in words if grid.has(word)]
        if inside and (lines := _table(grid, inside)):
            tables.append((grid, lines))
            words = [word for word in words if not grid.has(word)]
    found: list[str] = []
    for grid, lines in sorted(tables, key=lambda table: -table[0].rows[0]):
        above = [word for word in words if word.middle > grid.rows[0]]
        words = [word for word in words if word.middle <= grid.rows[0]]
        found += [*page_lines(above), *lines]
    return [*found, *page_lines(words)]


def join_tables(pages: Sequence[list[str]]) -> list[list[str]]:
    """Pages whose tables run on from one to the next: without the header repeated there, and rows
    that the break has parted whole, on the page where they begin."""
    joined: list[list[str]] = []
    head: str | None = None  # of the table that the page before ends with
    for page in pages:
        lines = list(page)
        before = joined[-1] if joined and joined[-1] else [""]
        last = before[-1]
        goes_on = isinstance(last, TableRow) and bool(lines) and last.goes_on_in(lines[0])
        if goes_on and lines[0] == head:
            del lines[0]
        rest = lines[0] if goes_on and lines else None
        if isinstance(last, TableRow) and isinstance(rest, TableRow) and last.is_parted_from(rest):
            before[-1] = last.with_rest(rest)
            del lines[0]
        rows = [isinstance(line, TableRow) for line in lines]
        if not all(rows):
            head = lines[len(rows) - rows[::-1].index(False)] if rows[-1] else None
        elif not goes_on:
            head = lines[0] if lines else None
        joined.append(lines)
    return joined


def _table(grid: _Grid, words: list[Word]) -> list[str]:
    """The lines of a table; none where the rules frame something else."""
    cell_of = _cells(grid)
    of_cell: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        column = _track(grid.columns, (word.left + word.right) / 2)
        row = _track([-edge for edge in grid.rows], -word.middle)
        of_cell.setdefault(cell_of[row, column], []).append(word)
    if len(of_cell) < _LEAST_CELLS or len({column for _, column in of_cell}) < 2:
        return []
    rows: dict[int, list[Cell]] = {}
    for (row, column), inside in sorted(of_cell.items()):
        rows.setdefault(row, []).append(Cell(column, tuple(page_lines(inside))))
    lines = table_lines(list(rows.values()), bordered=True, at_edge=False)
    made = [TableRow.of(cells, grid.columns) for cells in rows.values()]
    return list(made) if lines == made else lines


def _cells(grid: _Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each (row, column) between the rules the upper left one of its cell: merged ones share."""
    upright = _near([rule for rule in grid.rules if rule.upright], grid.columns)
    level = _near([rule for rule in grid.rules if not rule.upright], grid.rows)
    of: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (top, bottom) in enumerate(pairwise(grid.rows)):
        for column, (left, right) in enumerate(pairwise(grid.columns)):
            of[row, column] = row, column
            if column and not _crosses(upright[left], (top + bottom) / 2):
                of[row, column] = of[row, column - 1]
            elif row and not _crosses(level[top], (left + right) / 2):
                of[row, column] = of[row - 1, column]
    return of


def _near(rules: Sequence[Rule], edges: Iterable[float]) -> dict[float, list[Rule]]:
    return {edge: [rule for rule in rules if abs(rule.at - edge) <= _NEAR] for edge in edges}


def _crosses(rules: Iterable[Rule], along: float) -> bool:
    return any(rule.low <= along <= rule.high for rule in rules)


def _track(edges: Sequence[float], at: float) -> int:
    """Between which two of the rising ``edges`` a place is."""
    return next(n for n, (_, end) in enumerate(pairwise(edges)) if at <= end or n == len(edges) - 2)


def _grids(rules: Sequence[Rule]) -> list[_Grid]:
    """The grids that rules which meet make, of two columns at least."""
    if len(rules) > _MAX_RULES:
        return []
    found = []
    for joined in _meeting(rules):
        columns = _edges(place for rule in joined for place in _places(rule, upright=True))
        rows = _edges(place for rule in joined for place in _places(rule, upright=False))[::-1]
        if 3 <= len(columns) <= _MAX_TRACKS and 2 <= len(rows) <= _MAX_TRACKS:
            found.append(_Grid(columns, rows, joined))
    return found


def _places(rule: Rule, upright: bool) -> tuple[float, ...]:
    """Where a rule shows an edge across: itself, or its ends, since a table that runs on over the
    page has no rule there, nor has one without sides."""
    return (rule.at,) if rule.upright is upright else (rule.low, rule.high)


def _edges(places: Iterable[float]) -> list[float]:
    """Different places, rising; near ones count once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules in groups that hang together."""
    group = list(range(len(rules)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    upright = [i for i, rule in enumerate(rules) if rule.upright]
    for i, one in enumerate(rules):
        if not one.upright:
            for j in upright:
                if _meet(rules[j], one):
                    group[root(i)] = root(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return list(groups.values())


def _meet(upright: Rule, level: Rule) -> bool:
    return (
        level.low - _NEAR <= upright.at <= level.high + _NEAR
        and upright.low - _NEAR <= level.at <= upright.high + _NEAR
    )
