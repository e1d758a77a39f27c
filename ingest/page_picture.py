"""A page of a PDF or scan as a picture, with the words of a citation marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from ingest.errors import UnreadableFile
from ingest.load import pdf, scan
from ingest.load.kinds import Kind, kind_of
from ingest.load.pdf_layout import Word
from ingest.records import SourceDocument
from ingest.vietnamese import fold

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 110  # an A4 page is then some 900 × 1,300 dots: readable, and about 200 kB
_MARK = (255, 225, 60)  # multiplied into the page, as a text marker does
_MARGIN = 1.5  # points around the words
_MIN_WORDS = 3  # of a line, that are looked for by themselves
_INK = re.compile(r"[^\W_]+")


class Box(NamedTuple):
    """A marked rectangle, in points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


def cited_page(data: bytes, document: SourceDocument, start: int, end: int) -> bytes:
    """The page of ``document`` that holds ``text[start:end]``, that marked; for a file's ``data``.

    Of words that run over a page break, the page on which they begin.

    Raises:
        UnreadableFile: the file is no PDF or picture.
    """
    page = document.page_at(start)
    text, starts = document.text, (*document.page_starts, len(document.text))
    first, last = starts[page - 1], starts[page]
    return page_picture(data, document.name, page, text[start : min(end, last)], text[first:start])


def page_picture(
    data: bytes, name: str, page: int, quote: str, before: str = "", dpi: float = DPI
) -> bytes:
    """The 1-based ``page`` of a file as a PNG, the words of ``quote`` marked where they stand.

    ``before`` is what the page holds before the quote: it tells which «ngày 20/4» is meant. A page
    on which nothing of the quote is found is shown without a mark.

    Raises:
        UnreadableFile: the file is no PDF or picture, or has no such page.
    """
    picture, points, words = _drawn(data, name, page, dpi)
    encoded = BytesIO()
    _marked(picture, find_boxes(words, quote, before), points).save(encoded, "PNG")
    return encoded.getvalue()


def find_boxes(words: Sequence[Word], quote: str, before: str = "") -> list[Box]:
    """Where ``quote`` stands among the words of a page: a box for each line of it.

    Only letters and figures are compared, without their marks: the canonical text, which a quote
    is cut from, differs from the page in spaces, hyphens and the place of tone marks.
    """
    page = _Ink.of(words)
    near = len(_ink(before))
    found: set[int] = set()
    for line in quote.splitlines():  # columns part a quote at the end of a line
        found.update(page.covered(page.span(line, near)))
        near += len(_ink(line))
    return list(_boxes([words[index] for index in sorted(found)]))


@dataclass(frozen=True, slots=True)
class _Ink:
    """The letters and figures of a page in one string, and the index of the word of each."""

    text: str
    word_of: list[int]

    @classmethod
    def of(cls, words: Sequence[Word]) -> _Ink:
        inks = [_ink(word.text) for word in words]
        return cls("".join(inks), [index for index, ink in enumerate(inks) for _ in ink])

    def span(self, line: str, near: int) -> tuple[int, int]:
        """Where a line stands, or the most of it that does; of several places the nearest."""
        parts = [_ink(word) for word in line.split()]
        for cut in range(len(parts), min(len(parts), _MIN_WORDS) - 1, -1):
            for part in {"".join(parts[:cut]), "".join(parts[len(parts) - cut :])}:
                places = [match.start() for match in re.finditer(re.escape(part), self.text)]
                if part and places:
                    start = min(places, key=lambda place: abs(place - near))
                    return start, start + len(part)
        return 0, 0

    def covered(self, span: tuple[int, int]) -> Iterable[int]:
        """The indices of the words that a stretch of letters belongs to."""
        return self.word_of[slice(*span)]


def _drawn(data: bytes, name: str, page: int, dpi: float) -> tuple[Image, float, Sequence[Word]]:
    """The page's picture, its dots a point, and its words."""
    kind = kind_of(data, name)
    if kind is Kind.PICTURE:
        return _drawn_picture(data, name, page, dpi)
    if kind is not Kind.PDF:
        raise UnreadableFile(name, "unsupported", "≠ PDF")
    with pdf.PDFIUM, pdf.opened(data, name) as document:
        if not 1 <= page <= len(document):
            raise UnreadableFile(name, "damaged", f"tr. / page {page}")
        try:
            return _drawn_pdf(document[page - 1], name, dpi)
        except UnreadableFile:
            raise
        except Exception as error:  # the boundary around pdfium: nothing else may escape
            raise UnreadableFile(name, "damaged", type(error).__name__) from error


def _drawn_pdf(page: Any, name: str, dpi: float) -> tuple[Image, float, Sequence[Word]]:
    picture, dots = pdf.draw(page, dpi)
    words = pdf.words_of(page.get_textpage())
    if pdf.is_scan(page, words) and scan.tesseract():
        words = scan.read_page(*pdf.draw(page, scan.DPI), name).words
    else:
        words = [_as_shown(word, page) for word in words]
    return picture.convert("RGB"), dots / 72, words


def _as_shown(word: Word, page: Any) -> Word:
    """A word of the page's own space, where it stands on the page as it is cropped and turned."""
    crop, media = page.get_cropbox(), page.get_mediabox()  # what is shown lies in both
    left, bottom = (max(pair) for pair in zip(crop[:2], media[:2], strict=True))
    right, top = (min(pair) for pair in zip(crop[2:], media[2:], strict=True))
    width, height = right - left, top - bottom
    box = (word.left - left, word.bottom - bottom, word.right - left, word.top - bottom)
    for _ in range(page.get_rotation() // 90):  # clockwise
        box = (box[1], width - box[2], box[3], width - box[0])
        width, height = height, width
    return replace(word, left=box[0], bottom=box[1], right=box[2], top=box[3])


def _drawn_picture(
    data: bytes, name: str, page: int, dpi: float
) -> tuple[Image, float, Sequence[Word]]:
    with scan.pages_of(data, name) as pages:
        for number, (picture, stated) in enumerate(pages, 1):
            if number == page:
                words = scan.read_page(picture, stated, name).words if scan.tesseract() else []
                shrunk = picture.convert("RGB")
                shrunk.thumbnail((picture.width * dpi // stated, picture.height * dpi // stated))
                return shrunk, shrunk.width / picture.width * stated / 72, words
    raise UnreadableFile(name, "damaged", f"tr. / page {page}")


def _marked(picture: Image, boxes: Sequence[Box], points: float) -> Image:
    from PIL import ImageChops, ImageDraw

    if not boxes:
        return picture
    marks = picture.copy()
    marks.paste((255, 255, 255), (0, 0, *marks.size))
    draw = ImageDraw.Draw(marks)
    for box in boxes:
        draw.rectangle(
            (
                (box.left - _MARGIN) * points,
                picture.height - (box.top + _MARGIN) * points,
                (box.right + _MARGIN) * points,
                picture.height - (box.bottom - _MARGIN) * points,
            ),
            fill=_MARK,
        )
    return ImageChops.multiply(picture, marks)


def _boxes(words: Sequence[Word]) -> Iterator[Box]:
    """The boxes of words, those that follow one another on a line in one."""
    box: Box | None = None
    for word in words:
        if box is not None and box.bottom <= word.middle <= box.top and word.left >= box.left:
            box = Box(
                box.left,
                min(box.bottom, word.bottom),
                max(box.right, word.right),
                max(box.top, word.top),
            )
            continue
        if box is not None:
            yield box
        box = Box(word.left, word.bottom, word.right, word.top)
    if box is not None:
        yield box


def _ink(text: str) -> str:
    return "".join(_INK.findall(fold(text))).lower()
