"""Pictures of pages → words with their places and how sure they are, through Tesseract.

Tesseract with its Vietnamese data is not required: without it pictures are refused by a reason that
names it, and everything else reads the same.
"""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ingest import worker
from ingest.errors import UnreadableFile
from ingest.load import program
from ingest.load.pdf_layout import Word, page_lines
from ingest.records import LoadedFile

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300  # what Tesseract's models were made for; pages of a PDF are drawn at it
MAX_PAGES = 500
MAX_PIXELS = 60_000_000  # a sheet of A3 at 400 dpi is 31 million
LOW_CONFIDENCE = 85  # percent: clean pages are at 92 and more; below this, words are wrong
_MIN_CONFIDENCE = 30  # percent: what is less sure is a stain
_MIN_LETTERS = 10  # of a picture of text; photos give a few by chance
_MIN_PAGE_CONFIDENCE = 45
_LEADING = 0.12  # of a line's ink, above and below: the space that fonts leave there
_FIRST_SECONDS = 60.0  # for a few short lines, from a cold disk
_LEAST_SECONDS = 8.0  # for a page, and so many times what a few short lines take on this machine:
_TIMES_A_FEW_LINES = 25  # a dense page takes ten times as long, a picture of noise for ever
_SMALL_DPI = 150  # below it letters are enlarged before they are read
_NAMES = ("tesseract",)
_PLACES = tuple(
    str(Path(os.environ.get(folder, "")) / "Tesseract-OCR/tesseract.exe")
    for folder in ("PROGRAMFILES", "LOCALAPPDATA")
)


class ReadPage(NamedTuple):
    """A page that was read from a picture."""

    words: list[Word]  # in points, y upwards
    confidence: int  # percent, over the letters

    @property
    def lines(self) -> list[str]:
        return page_lines(self.words)


@functools.cache
def tesseract() -> str:
    """The path of a Tesseract that knows Vietnamese, «» where there is none."""
    found = program.find(_NAMES, _PLACES)
    if not found:
        return ""
    try:
        languages = program.run([found, "--list-langs"], _FIRST_SECONDS).decode("utf-8", "replace")
    except program.ProgramFailed:
        return ""
    return found if "vie" in languages.split() else ""


def read_picture(data: bytes, name: str) -> LoadedFile:
    """The text of a picture; each page of a .tif of several is a page."""
    if not tesseract():
        raise UnreadableFile(name, "needs_tesseract")
    pages: list[str] = []
    scanned: list[tuple[int, int]] = []
    with pages_of(data, name) as pictures:
        for picture, dpi in pictures:
            read = read_page(picture, dpi, name)
            pages.append("\n".join(read.lines))
            scanned.append((len(pages), read.confidence))
    sure = [confidence for _, confidence in scanned if confidence]
    letters = sum(c.isalpha() for page in pages for c in page)
    if letters < _MIN_LETTERS or max(sure, default=0) < _MIN_PAGE_CONFIDENCE:
        raise UnreadableFile(name, "no_text")
    return LoadedFile(tuple(pages), tuple(warnings_of(scanned)), tuple(scanned))


@contextmanager
def pages_of(data: bytes, name: str) -> Iterator[Iterator[tuple[Image, float]]]:
    """The pages of a picture, each with its dots an inch.

    Raises:
        UnreadableFile: it can't be decoded, or is too large. So it is for what fails inside.
    """
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            yield _frames(picture, name)
    except UnreadableFile:
        raise
    except Exception as error:  # the boundary around the decoder: nothing else may escape
        raise UnreadableFile(name, "damaged", type(error).__name__) from error


def _frames(picture: Image, name: str) -> Iterator[tuple[Image, float]]:
    from PIL import ImageSequence

    count = getattr(picture, "n_frames", 1)
    if count > MAX_PAGES:
        raise UnreadableFile(name, "too_large", f"> {MAX_PAGES} tr. / pages")
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        if frame.width * frame.height > MAX_PIXELS:
            raise UnreadableFile(name, "too_large", f"{frame.width} × {frame.height}")
        worker.more_time(seconds_a_page(), number, count)
        yield frame, _dpi(frame)


def read_page(picture: Image, dpi: float, name: str) -> ReadPage:
    """The words of one picture of ``dpi`` dots an inch.

    Raises:
        UnreadableFile: Tesseract fails on it or takes too long.
    """
    grey = picture.convert("L")
    if dpi < _SMALL_DPI:
        scale = DPI / dpi
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)))
        dpi = DPI
    try:
        table = _recognised(grey, dpi, seconds_a_page())
    except program.ProgramFailed as error:
        reason = "too_complex" if error.reason == "time" else "damaged"
        raise UnreadableFile(name, reason, f"Tesseract, {error}") from error
    return _parsed(table, 72 / dpi, grey.height)


@functools.cache
def seconds_a_page() -> float:
    """How long a page may take on this machine, told from how long a few short lines take."""
    from PIL import Image, ImageDraw

    few = Image.new("L", (1200, 400), 255)
    ImageDraw.Draw(few).text((50, 50), "Trang mot\n" * 5, fill=0, font_size=40)
    started = time.monotonic()
    try:
        _recognised(few, DPI, _FIRST_SECONDS)
    except program.ProgramFailed:
        return _LEAST_SECONDS
    return max(_LEAST_SECONDS, _TIMES_A_FEW_LINES * (time.monotonic() - started))


def _recognised(grey: Image, dpi: float, seconds: float) -> str:
    """Tesseract's table of what it sees in a picture."""
    encoded = BytesIO()
    grey.save(encoded, "PNG", compress_level=1)
    command = [tesseract(), "stdin", "stdout", "-l", "vie", "--dpi", str(round(dpi)), "--psm", "3"]
    # One thread: more of them only get in each other's way on a page.
    environment = {"OMP_THREAD_LIMIT": "1"}
    data = encoded.getvalue()
    table = program.run([*command, "tsv"], seconds, data=data, environment=environment)
    return table.decode("utf-8", "replace")


def warnings_of(scanned: Iterable[tuple[int, int]]) -> list[str]:
    """What is to be said of pages that were read with little confidence."""
    return [
        f"page {page} was read from a picture with little confidence ({confidence} %)"
        for page, confidence in scanned
        if confidence < LOW_CONFIDENCE
    ]


def _parsed(table: str, scale: float, height: int) -> ReadPage:
    """Tesseract's rows (level, page, block, paragraph, line, word, box, confidence, text)."""
    words: list[Word] = []
    sure = letters = 0.0
    top = bottom = 0.0
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12:
            continue
        left, above, width, tall = map(int, cells[6:10])
        if cells[0] == "4":  # a line: its words share its height, so that they stand on one line
            leading = _LEADING * tall
            top, bottom = (
                (height - above + leading) * scale,
                (height - above - tall - leading) * scale,
            )
        text = cells[11].strip()
        confidence = float(cells[10])
        if cells[0] != "5" or not text or confidence < _MIN_CONFIDENCE:
            continue
        words.append(Word(text, left * scale, bottom, (left + width) * scale, top))
        sure += confidence * len(text)
        letters += len(text)
    return ReadPage(words, round(sure / letters) if letters else 0)


def _dpi(picture: Image) -> float:
    """Dots an inch: as the file says where that is sensible, else as if it were a sheet of A4."""
    stated = picture.info.get("dpi", (0, 0))[0]
    if 100 <= stated <= 1200:
        return float(stated)
    return max(min(picture.width, picture.height) / 8.27, 70.0)
