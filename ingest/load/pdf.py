"""PDF: bytes → one string a page, from its text layer or, for scans, from its pictures."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest import worker
from ingest.errors import UnreadableFile
from ingest.load import legacy, scan
from ingest.load.legacy.syllables import is_written_syllable
from ingest.load.pdf_layout import (
    Word,
    drop_page_numbers,
    drop_running_lines,
    join_touching,
    marks_note,
)
from ingest.load.pdf_tables import Rule, join_tables, lines_with_tables
from ingest.records import LoadedFile

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PAGES = 5000

PDFIUM = threading.Lock()  # pdfium may be used by one thread at a time
_TAIL_BYTES = 4096  # where «%%EOF» must stand; readers allow some junk after it
_SOFT_HYPHENS = frozenset(
    {"\u0002", "\u00ad", "\ufffe"}
)  # how pdfium hands over a hyphen at a line's end
_WORD_GAP = 1.0  # in character heights: further apart is another word, space or none
_TIGHT_GAP = 0.1  # the same, where the letters beside it touch
_TOUCHING = 0.02
_TURNED = 0.1  # radians
_PICTURE_SHARE = 0.5  # of the page's area
_PAGE_SECONDS = 2.0  # for the text of a page; a dense one takes a tenth
_MAX_OBJECTS = 5000  # of a page that are looked at; the picture of a scan is among the first
_RULE_WIDTH, _RULE_LENGTH = 2.5, 5.0  # points: at most, at least
_MAX_EDGES = 5000  # of one path
_WHOLE_PAGE = 0.8
_MARKED_SHARE = 0.35  # of the words; in any stretch of a plan it is above 0.7
_PUNCTUATION = '.,;:()[]-–/"“”«»!?'
_SCAN_LETTERS = 100  # a page a scan may have: a signature stamp is text on a scanned page


def read_pdf(data: bytes, name: str) -> LoadedFile:
    """The text of each page, lines as set; pages that are pictures are read by Tesseract where it
    is, and told in ``warnings`` where it is not."""
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        # pdfium would repair the rest in silence and the lost pages would never be missed.
        raise UnreadableFile(name, "damaged", "%%EOF")
    with PDFIUM, opened(data, name) as document:
        try:
            read = _read_pages(document, name)
        except UnreadableFile:
            raise
        except Exception as error:  # the boundary around pdfium: nothing else may escape
            raise UnreadableFile(name, "damaged", type(error).__name__) from error
    lines = drop_running_lines(drop_page_numbers([page.lines for page in read]))
    lines = join_tables(lines)
    letters = sum(c.isalpha() for page in lines for line in page for c in line)
    unread = [number for number, page in enumerate(read, 1) if page.is_picture]
    if len(unread) == len(read) and letters < _SCAN_LETTERS * len(read):
        raise UnreadableFile(name, "needs_tesseract")
    if not letters:
        raise UnreadableFile(name, "no_text")
    scanned = tuple((n, page.confidence) for n, page in enumerate(read, 1) if page.is_read)
    warnings = [
        f"page {number} is a picture without text (a scan), and Tesseract with Vietnamese, which "
        "could read it, is not installed"
        for number in unread
    ]
    pages = tuple("\n".join(page) for page in lines)
    return LoadedFile(pages, (*warnings, *scan.warnings_of(scanned)), scanned)


@contextmanager
def opened(data: bytes, name: str, max_pages: int = MAX_PAGES) -> Iterator[Any]:
    """The document, closed afterwards. Not for two threads at once.

    Raises:
        UnreadableFile: pdfium can't open it, or it has too many pages.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise UnreadableFile(name, "password" if locked else "damaged") from error
    try:
        if len(document) > max_pages:
            raise UnreadableFile(name, "too_large", f"> {max_pages:,} tr. / pages")
        yield document
    finally:
        document.close()


@dataclass(frozen=True, slots=True)
class _Page:
    lines: list[str]
    is_picture: bool = False  # with hardly any text, and not read
    confidence: int = -1  # of one that was read from its picture

    @property
    def is_read(self) -> bool:
        return self.confidence >= 0


def _read_pages(document: Any, name: str) -> list[_Page]:
    read: list[_Page] = []
    scans = 0
    for index in range(len(document)):
        worker.more_time(_PAGE_SECONDS, index + 1, len(document))
        page = _read_page(document, index)
        if page.is_picture and scan.tesseract():
            scans += 1
            if scans > scan.MAX_PAGES:
                raise UnreadableFile(name, "too_large", f"> {scan.MAX_PAGES} tr. ảnh / scans")
            page = _recognised(document, index, name)
        read.append(page)
    return read


def _recognised(document: Any, index: int, name: str) -> _Page:
    """A page that is a picture, read from it: a stamp or signature on it may be text."""
    page = document[index]
    try:
        found = scan.read_page(*draw(page, scan.DPI), name)
    finally:
        page.close()
    return _Page(found.lines, confidence=found.confidence)


def draw(page: Any, dpi: float) -> tuple[Image, float]:
    """A page as a picture, and its dots an inch: fewer where it would be too large."""
    width, height = page.get_size()
    inches = max(width * height / 72**2, 1e-6)
    dpi = min(dpi, (scan.MAX_PIXELS / inches) ** 0.5)
    return page.render(scale=dpi / 72, may_draw_forms=False).to_pil(), dpi


def _read_page(document: Any, index: int) -> _Page:
    """The lines of a page, and whether it is a picture with hardly any text."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            words = words_of(text)
            if any(word.turned for word in words) and _mostly_turned(words):
                # Lines run down the page: pdfium's own order is better than ours.
                lines = text.get_text_range().splitlines()
            else:
                lines = lines_with_tables(words, list(_rules(page)))
        finally:
            text.close()
        return _Page(lines, is_scan(page, words))
    finally:
        page.close()


def _rules(page: Any) -> Iterator[Rule]:
    """The straight lines along the page that it draws, and the edges of what it fills."""
    paths = (pdfium.FPDF_PAGEOBJ_PATH,)
    # What is inside another object has its places there, not on the page: none of it is asked.
    for item in islice(page.get_objects(filter=paths, max_depth=1), _MAX_OBJECTS):
        left, bottom, right, top = item.get_bounds()
        for upright, width, low, high in (
            (True, right - left, bottom, top),
            (False, top - bottom, left, right),
        ):
            if width <= _RULE_WIDTH and high - low >= _RULE_LENGTH:
                yield Rule(upright, (left + right if upright else bottom + top) / 2, low, high)
                break
        else:
            yield from _edges(item)


def _edges(item: Any) -> Iterator[Rule]:
    """The straight edges of a path that is more than one line."""
    matrix = item.get_matrix()
    count = pdfium.FPDFPath_CountSegments(item.raw)
    x, y = ctypes.c_float(), ctypes.c_float()
    before = first = (0.0, 0.0)
    for index in range(min(count, _MAX_EDGES)):
        segment = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _edge(before, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _edge(point, first)
        before = point


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    for upright, across in ((True, 0), (False, 1)):
        low, high = sorted((one[1 - across], other[1 - across]))
        if abs(one[across] - other[across]) <= _RULE_WIDTH and high - low >= _RULE_LENGTH:
            yield Rule(upright, (one[across] + other[across]) / 2, low, high)


def is_scan(page: Any, words: Sequence[Word]) -> bool:
    """Whether a page is a picture whose text layer is not its text.

    That is hardly any (a stamp, a signature), or what a scanner without Vietnamese made of it
    («QUYT DNH»): that is only given up where Tesseract can do better.
    """
    letters = sum(c.isalpha() for word in words for c in word.text)
    if letters < _SCAN_LETTERS:
        return _picture_share(page) >= _PICTURE_SHARE
    if _is_vietnamese(words) or _picture_share(page) < _WHOLE_PAGE:
        return False
    return bool(scan.tesseract())


def _is_vietnamese(words: Sequence[Word]) -> bool:
    """Whether as many words carry Vietnamese letters as they do in any text with its marks."""
    found = [word for word in (w.text.strip(_PUNCTUATION) for w in words) if word.isalpha()]
    marked = sum(not word.isascii() and is_written_syllable(word) for word in found)
    return marked >= _MARKED_SHARE * len(found)


def words_of(text: Any) -> list[Word]:
    """The words of a text page, in the order of its content."""
    return _in_unicode(join_touching(list(_words(text))))


def _mostly_turned(words: list[Word]) -> bool:
    return sum(word.turned for word in words) * 2 > len(words)


def _words(text: Any) -> Iterator[Word]:
    """Runs of characters between spaces, in the order of the page's content."""
    page = text.raw  # the wrapper would be unwrapped again for each character
    box = pdfium.FS_RECTF()
    at_box = ctypes.byref(box)
    letters: list[str] = []
    edges: list[tuple[float, float]] = []  # left and right of each letter
    left = bottom = right = top = widest = 0.0
    turned = spaced = False
    for index in range(text.count_chars()):
        character = _character(pdfium.FPDFText_GetUnicode(page, index))
        if character and not pdfium.FPDFText_GetLooseCharBox(page, index, at_box):
            continue
        raised = bool(letters) and marks_note(character, box.bottom, letters[-1], bottom, top)
        if letters and (not character or raised or _apart(box, edges[-1][0], bottom, right, top)):
            word = Word("".join(letters), left, bottom, right, top, turned, spaced)
            yield from _parted(word, edges) if widest > 0 else (word,)
            letters, edges, widest, spaced = [], [], 0.0, raised
        if not character:
            spaced = spaced or not pdfium.FPDFText_IsGenerated(page, index)
            continue
        if letters:
            widest = max(widest, box.left - right - _TIGHT_GAP * (top - bottom))
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        else:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            turned = abs(pdfium.FPDFText_GetCharAngle(page, index)) > _TURNED
        letters.append(character)
        edges.append((box.left, box.right))
    if letters:
        word = Word("".join(letters), left, bottom, right, top, turned, spaced)
        yield from _parted(word, edges) if widest > 0 else (word,)


def _parted(word: Word, edges: list[tuple[float, float]]) -> Iterator[Word]:
    """Words that were set closely and without spaces: gaps stand out among letters that touch.

    Letters that are spaced out on purpose all have gaps: each is said to go on the one before it.
    """
    gaps = [after[0] - before[1] for before, after in pairwise(edges)]
    height = word.top - word.bottom
    if word.turned or height <= 0:
        yield word
        return
    goes_on = median(gaps) > _TOUCHING * height
    start = 0
    for end, gap in enumerate([*gaps, height], start=1):
        if gap > _TIGHT_GAP * height:
            yield replace(
                word,
                text=word.text[start:end],
                left=edges[start][0],
                right=edges[end - 1][1],
                spaced=word.spaced and start == 0,
                goes_on=goes_on and start > 0,
            )
            start = end


def _in_unicode(words: list[Word]) -> list[Word]:
    """``words`` with those in a font of before Unicode converted, judged line by line.

    It is done before lines are joined: what looks like a hyphen may be the letter «ư».
    """
    lines: list[list[Word]] = []
    for word in words:
        if lines and lines[-1][-1].bottom <= word.middle <= lines[-1][-1].top:
            lines[-1].append(word)
        else:
            lines.append([word])
    texts = [" ".join(word.text for word in line) for line in lines]
    converted = legacy.convert_lines(texts)
    if converted == texts:
        return words
    return [
        replace(word, text=text)
        for line, made in zip(lines, converted, strict=True)
        for word, text in zip(line, made.split(" "), strict=True)
    ]


@cache
def _character(code: int) -> str:
    """The character pdfium names by ``code``, "" for what parts words."""
    character = chr(code) if 0 < code < 0x110000 else ""
    if character in _SOFT_HYPHENS:
        return "\u00ad"
    return "" if code < 32 or character.isspace() or 0xD800 <= code < 0xE000 else character


def _apart(box: Any, last: float, bottom: float, right: float, top: float) -> bool:
    """Whether a character's box is no continuation of the word that has the given edges, and whose
    last letter begins at ``last``: a mark may lie over that, but nothing before it."""
    height = max(top - bottom, 1.0)
    if box.left - right > _WORD_GAP * height or (box.left + box.right) / 2 < last:
        return True
    return not bottom <= (box.bottom + box.top) / 2 <= top


def _picture_share(page: Any) -> float:
    width, height = page.get_size()
    best: float = 0.0
    for item in islice(page.get_objects(max_depth=3), _MAX_OBJECTS):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            best = max(best, (right - left) * (top - bottom))
    return float(best / max(width * height, 1.0))
