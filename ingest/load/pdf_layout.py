"""Words with their places on a page → lines in reading order. Pure.

A letterhead (issuer on the left, «CỘNG HÒA…» on the right) and the foot (recipients on the left,
signature on the right) are two columns that must each be read down; a plain reader mixes them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

# All in line heights.
_COLUMN_GAP = 1.6  # between words: a wider one parts columns; justified text stays under it
_NARROW_GAP = 0.45  # the same, where the line above or below is parted at that place
_BLOCK_GAP = 2.2  # between lines: a wider one ends a block of columns
_LEFT_GAP = 0.7  # between lines of the left column: below a wider one «Kính gửi» or a body begins
_MIN_GUTTER = 0.4
_STRETCH = 1.8  # times the usual space of its line: a narrow gap must also stand out
_TOUCHING = 0.1  # between letters of one word; a space takes twice that
_OVERLAP = 0.35  # the same, of a letter over the next: it comes from a wider font
_PAGE_NUMBER = re.compile(
    r"(?:trang|page)?\s*[-–—]?\s*(\d{1,4})\s*(?:(?:/|of|trên)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
_RAISED = 0.3  # of a word's height: the foot of figures that are raised above it
_RUNNING_LINES, _RUNNING_PAGES, _RUNNING_WORDS = 2, 3, 3  # at most, at least, at least
_MAX_SYLLABLE = 7  # letters: «nghiêng»; a longer joined word was one foreign word cut by a hyphen


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between; the box in points, y upwards.

    In the page's content, ``spaced`` ones have a space before them and those that ``goes_on`` are
    letters of the word before them.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    turned: bool = False
    spaced: bool = False
    goes_on: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of one line that stand together."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Row:
    words: tuple[Word, ...]
    segments: tuple[_Segment, ...]
    bottom: float
    top: float

    @property
    def text(self) -> str:
        return " | ".join(segment.text for segment in self.segments)


def page_lines(words: list[Word]) -> list[str]:
    """The lines of a page, top to bottom, blocks of columns one column after another."""
    words = [word for word in words if word.top > word.bottom]
    if not words:
        return []
    height = median(word.top - word.bottom for word in words)
    rows = _part_beside([_row(line, height) for line in _lines(words)], height)
    above, rows, below = _edges_apart(rows)
    lines = [row.text for row in above]
    index = 0
    while index < len(rows):
        end, gutter = _column_block(rows, index, height)
        if end > index:
            lines += _read_columns(rows[index:end], gutter)
            index = end
        else:
            lines.append(rows[index].text)
            index += 1
    lines += [row.text for row in below]
    return join_hyphens(lines)


def _edges_apart(rows: list[_Row]) -> tuple[list[_Row], list[_Row], list[_Row]]:
    """The page number above, the rows of the page, and the page number below: a number in the
    middle of the page is in none of its columns."""
    first = int(len(rows) > 1 and _PAGE_NUMBER.fullmatch(rows[0].text) is not None)
    last = len(rows) - int(len(rows) > 1 and _PAGE_NUMBER.fullmatch(rows[-1].text) is not None)
    return rows[:first], rows[first:last], rows[last:]


def join_touching(words: list[Word]) -> list[Word]:
    """``words`` with those made whole whose letters stand apart in the page's content.

    A program that lacks Vietnamese letters in a font takes them from another and may draw them
    after the rest of the line, so that only their places tell where they belong.
    """
    order = {id(word): at for at, word in enumerate(words)}
    joined: dict[int, Word] = {}
    for line in _lines([word for word in words if word.top > word.bottom and not word.turned]):
        whole, at, last = line[0], order[id(line[0])], line[0]
        for word in line[1:]:
            if _touch(last, word, follows=order[id(word)] == order[id(last)] + 1):
                whole, at = _joined(whole, word), min(at, order[id(word)])
            else:
                joined[at] = whole
                whole, at = word, order[id(word)]
            last = word
        joined[at] = whole
    rest = {order[id(word)]: word for word in words if word.top <= word.bottom or word.turned}
    return [word for _, word in sorted({**joined, **rest}.items())]


def marks_note(text: str, foot: float, before: str, bottom: float, top: float) -> bool:
    """Whether figures are raised above the word ``before`` them as the mark of a note is, so that
    «năm 2025¹» is no year 20251. «m²» is a unit."""
    return text.isdigit() and foot > bottom + _RAISED * (top - bottom) and not before.endswith("m")


def _touch(left: Word, right: Word, follows: bool) -> bool:
    if follows and (right.spaced or right.goes_on):
        return right.goes_on
    if marks_note(right.text, right.bottom, left.text, left.bottom, left.top):
        return False
    height = min(left.top - left.bottom, right.top - right.bottom)
    return -_OVERLAP * height <= right.left - left.right <= _TOUCHING * height


def _joined(left: Word, right: Word) -> Word:
    return replace(
        left,
        text=left.text + right.text,
        bottom=min(left.bottom, right.bottom),
        right=max(left.right, right.right),
        top=max(left.top, right.top),
    )


def _lines(words: list[Word]) -> list[list[Word]]:
    """Words grouped by height on the page; raised figures stay with the line they belong to."""
    lines: list[list[Word]] = []
    anchor: Word | None = None  # the tallest word of the line
    for word in sorted(words, key=lambda w: (-w.middle, w.left)):
        if anchor is not None:
            overlap = min(word.top, anchor.top) - max(word.bottom, anchor.bottom)
            small = min(word.top - word.bottom, anchor.top - anchor.bottom)
            if overlap > 0.5 * small:
                lines[-1].append(word)
                if word.top - word.bottom > anchor.top - anchor.bottom:
                    anchor = word
                continue
        lines.append([word])
        anchor = word
    return [sorted(line, key=lambda w: w.left) for line in lines]


def _row(line: list[Word], height: float) -> _Row:
    segments: list[_Segment] = []
    run: list[Word] = []
    reach = 0.0  # right edge of the run
    for word in line:
        if run and word.left - reach > _COLUMN_GAP * height:
            segments.append(_segment(run))
            run = []
        reach = max(reach, word.right) if run else word.right
        run.append(word)
    segments.append(_segment(run))
    bottom, top = min(w.bottom for w in line), max(w.top for w in line)
    return _Row(tuple(line), tuple(segments), bottom, top)


def _part_beside(rows: list[_Row], height: float) -> list[_Row]:
    """Part lines whose columns nearly touch, where a neighbouring line shows the gutter."""
    rows = list(rows)
    for order in (range(1, len(rows)), range(len(rows) - 2, -1, -1)):
        for index in order:
            neighbour = rows[index - 1 if order.step > 0 else index + 1]
            upper, lower = (neighbour, rows[index]) if order.step > 0 else (rows[index], neighbour)
            near = upper.bottom - lower.top <= _BLOCK_GAP * height
            if near and len(neighbour.segments) == 2 and len(rows[index].segments) == 1:
                left, right = neighbour.segments
                rows[index] = _parted_at(rows[index], left.right, right.left, height)
    return rows


def _parted_at(row: _Row, low: float, high: float, height: float) -> _Row:
    gaps = [b.left - a.right for a, b in pairwise(row.words)]
    if len(gaps) < 2:
        return row
    least = max(_NARROW_GAP * height, _STRETCH * median(gaps))
    for at, gap in enumerate(gaps, start=1):
        before, after = row.words[:at], row.words[at:]
        if gap >= least and before[-1].right < high and after[0].left > low:
            return replace(row, segments=(_segment(list(before)), _segment(list(after))))
    return row


def _segment(run: list[Word]) -> _Segment:
    text = " ".join(word.text for word in run)
    return _Segment(text, run[0].left, max(word.right for word in run))


def _column_block(rows: list[_Row], start: int, height: float) -> tuple[int, float]:
    """(end, gutter) of the two-column block at ``start``; end == start where there is none.

    The gutter is the strip between the columns; it narrows as lines join, and the block ends at
    a line that crosses it, has three parts, or stands too far below.
    """
    low, high = float("-inf"), float("inf")
    parted, end, left_bottom = 0, start, rows[start].bottom
    pending_left: list[_Row] = []
    for index in range(start, len(rows)):
        row = rows[index]
        if index > start and rows[index - 1].bottom - row.top > _BLOCK_GAP * height:
            break
        if len(row.segments) > 2:
            break  # a table: rows mean more than columns
        if len(row.segments) == 2:
            left, right = row.segments
            narrowed = max(low, left.right), min(high, right.left)
        elif parted == 0:
            pending_left.append(row)  # on a side only known once a parted line has been seen
            continue
        else:
            narrowed = _beside(row.segments[0], low, high)
            on_left = row.segments[0].right <= (low + high) / 2
            if on_left and left_bottom - row.top > _LEFT_GAP * height:
                break
        if narrowed[1] - narrowed[0] < _MIN_GUTTER * height:
            break
        if parted == 0:
            narrowed = _take_pending(pending_left, narrowed, height)
            if narrowed[1] - narrowed[0] < _MIN_GUTTER * height:
                break
        low, high = narrowed
        if row.segments[0].right <= (low + high) / 2:
            left_bottom = row.bottom
        parted += len(row.segments) == 2
        end = index + 1
    return (end, (low + high) / 2) if parted else (start, 0.0)


def _beside(segment: _Segment, low: float, high: float) -> tuple[float, float]:
    middle = (low + high) / 2
    if segment.right <= middle:
        return max(low, segment.right), high
    if segment.left >= middle:
        return low, min(high, segment.left)
    return 0.0, 0.0  # crosses the gutter


def _take_pending(
    rows: list[_Row], gutter: tuple[float, float], height: float
) -> tuple[float, float]:
    """Lines that came before the first parted one belong to the block if they keep to a side."""
    for row in rows:
        gutter = _beside(row.segments[0], *gutter)
        if gutter[1] - gutter[0] < _MIN_GUTTER * height:
            break
    return gutter


def _read_columns(rows: list[_Row], gutter: float) -> list[str]:
    segments = [segment for row in rows for segment in row.segments]
    left = [segment.text for segment in segments if segment.left < gutter]
    return left + [segment.text for segment in segments if segment.left >= gutter]


def join_hyphens(lines: list[str]) -> list[str]:
    """Join a line that ends inside a word with the next.

    A hyphen that only the line end called for goes («infor-/mation»); one that belongs to the
    text stays («KH-/UBND», «văn hóa-/xã hội»), because Vietnamese cuts no syllable.
    """
    joined: list[str] = []
    for line in lines:
        previous = joined[-1] if joined else ""
        if previous.endswith(("\u00ad", "-")) and len(previous) > 1 and line:
            before = re.split(r"\W", previous[:-1])[-1]
            after = re.split(r"\W", line)[0]
            if before and after and previous[-2].isalnum():
                joined[-1] = previous[:-1] + ("" if _cut_word(before, after) else "-") + line
                continue
        if previous.endswith("\u00ad"):
            joined[-1] = previous[:-1] + "-"
        joined.append(line)
    if joined and joined[-1].endswith("\u00ad"):
        joined[-1] = joined[-1][:-1] + "-"
    return [line.replace("\u00ad", "") for line in joined]


def _cut_word(before: str, after: str) -> bool:
    word = before + after
    return word.isascii() and word.islower() and word.isalpha() and len(word) > _MAX_SYLLABLE


def drop_page_numbers(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the line at top or bottom that numbers them.

    A line of figures is a page number when the figure keeps step with the page: it is the page's
    own number, or away from it by the same distance on two pages or more.
    """
    numbered = [(i, at, n - i) for i, page in enumerate(pages) for at, n in _edge_numbers(page)]
    steps = Counter(offset for _, offset in {(i, offset) for i, _, offset in numbered})
    dropped = {(i, at) for i, at, offset in numbered if steps[offset] > 1 or offset == 1}
    return [
        [line for at, line in enumerate(page) if (index, at) not in dropped]
        for index, page in enumerate(pages)
    ]


def drop_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the lines that run at the top or bottom of most of them, but for once each: a
    header where it is first, a footer where it is last.

    More than two such lines are no header but what the pages have in common: forms, or letters that
    were bound together.
    """
    gone: set[tuple[int, int]] = set()
    for from_top in (True, False):
        found: list[list[tuple[int, int]]] = []  # of each running line: page, line
        for depth in range(_RUNNING_LINES + 1):
            at = [(i, depth if from_top else len(p) - 1 - depth) for i, p in enumerate(pages)]
            there = [(i, n) for i, n in at if 0 <= n < len(pages[i]) and _may_run(pages[i][n], i)]
            common = Counter(_running_key(pages[i][n], i) for i, n in there).most_common(1)
            if not common or common[0][1] < max(_RUNNING_PAGES, len(pages) / 2):
                break
            found.append([(i, n) for i, n in there if _running_key(pages[i][n], i) == common[0][0]])
        if len(found) <= _RUNNING_LINES:
            gone.update(at for line in found for at in (line[1:] if from_top else line[:-1]))
    return [
        [line for at, line in enumerate(page) if (index, at) not in gone]
        for index, page in enumerate(pages)
    ]


def _may_run(line: str, page: int) -> bool:
    """Whether a line says enough to be told from the last words of a table's row, or is a web
    page's address."""
    return "://" in line or len(_running_key(line, page).split()) >= _RUNNING_WORDS


def _running_key(line: str, page: int) -> str:
    """A line without the page's own number, which is none in a time or a date."""
    return re.sub(rf"(?<![\w:./,]){page + 1}(?![\w:.,])", "", line)


def _edge_numbers(page: list[str]) -> list[tuple[int, int]]:
    """(line, number) of what may number a page, at its edges or, set off by more than figures,
    next to them: a footer may have another line."""
    found = []
    edges, beside = {0, len(page) - 1}, {1, len(page) - 2}
    for at in sorted((edges | beside) & set(range(len(page)))):
        line = page[at].strip()
        if (match := _PAGE_NUMBER.fullmatch(line)) and (at in edges or not line.isdigit()):
            found.append((at, int(match[1])))
    return found
