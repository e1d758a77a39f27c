"""PDF with a text layer: bytes → one string a page, through pdfium."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import UnreadableFile
from ingest.load.pdf_layout import Word, drop_page_numbers, page_lines
from ingest.records import LoadedFile

_PDFIUM = threading.Lock()  # pdfium may be used by one thread at a time
_TAIL_BYTES = 4096  # where «%%EOF» must stand; readers allow some junk after it
_SOFT_HYPHENS = frozenset(
    {"\u0002", "\u00ad", "\ufffe"}
)  # how pdfium hands over a hyphen at a line's end
_WORD_GAP = 1.0  # in character heights: further apart is another word, space or none
_TURNED = 0.1  # radians
_PICTURE_SHARE = 0.5  # of the page's area
_SCAN_LETTERS = 100  # a page a scan may have: a signature stamp is text on a scanned page


def read_pdf(data: bytes, name: str) -> LoadedFile:
    """The text of each page, lines as set; pages that are pictures are told in ``warnings``."""
    if b"%%EOF" not in data[-_TAIL_BYTES:]:
        # pdfium would repair the rest in silence and the lost pages would never be missed.
        raise UnreadableFile(name, "damaged", "%%EOF")
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
            raise UnreadableFile(name, "password" if locked else "damaged") from error
        try:
            pages = [_read_page(document, index) for index in range(len(document))]
        except Exception as error:  # the boundary around pdfium: nothing else may escape
            raise UnreadableFile(name, "damaged", type(error).__name__) from error
        finally:
            document.close()
    lines = drop_page_numbers([page for page, _ in pages])
    pictures = [i + 1 for i, (_, picture) in enumerate(pages) if picture]
    letters = sum(c.isalpha() for page in lines for line in page for c in line)
    if len(pictures) == len(pages) and letters < _SCAN_LETTERS * len(pages):
        raise UnreadableFile(name, "scanned")
    if not letters:
        raise UnreadableFile(name, "no_text")
    return LoadedFile(tuple("\n".join(page) for page in lines), _warn(pictures))


def _warn(pictures: list[int]) -> tuple[str, ...]:
    return tuple(f"page {number} is a picture without text (a scan)" for number in pictures)


def _read_page(document: Any, index: int) -> tuple[list[str], bool]:
    """The lines of a page, and whether it is a picture with hardly any text."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            words = list(_words(text))
            if any(word.turned for word in words) and _mostly_turned(words):
                # Lines run down the page: pdfium's own order is better than ours.
                lines = text.get_text_range().splitlines()
            else:
                lines = page_lines(words)
        finally:
            text.close()
        letters = sum(c.isalpha() for word in words for c in word.text)
        return lines, letters < _SCAN_LETTERS and _picture_share(page) >= _PICTURE_SHARE
    finally:
        page.close()


def _mostly_turned(words: list[Word]) -> bool:
    return sum(word.turned for word in words) * 2 > len(words)


def _words(text: Any) -> Iterator[Word]:
    """Runs of characters between spaces, in the order of the page's content."""
    page = text.raw  # the wrapper would be unwrapped again for each character
    box = pdfium.FS_RECTF()
    at_box = ctypes.byref(box)
    letters: list[str] = []
    left = bottom = right = top = 0.0
    turned = False
    for index in range(text.count_chars()):
        character = _character(pdfium.FPDFText_GetUnicode(page, index))
        if character and not pdfium.FPDFText_GetLooseCharBox(page, index, at_box):
            continue
        if letters and (not character or _apart(box, left, bottom, right, top)):
            yield Word("".join(letters), left, bottom, right, top, turned)
            letters = []
        if not character:
            continue
        if letters:
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        else:
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            turned = abs(pdfium.FPDFText_GetCharAngle(page, index)) > _TURNED
        letters.append(character)
    if letters:
        yield Word("".join(letters), left, bottom, right, top, turned)


@cache
def _character(code: int) -> str:
    """The character pdfium names by ``code``, "" for what parts words."""
    character = chr(code) if 0 < code < 0x110000 else ""
    if character in _SOFT_HYPHENS:
        return "\u00ad"
    return "" if code < 32 or character.isspace() or 0xD800 <= code < 0xE000 else character


def _apart(box: Any, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether a character's box is no continuation of the word that has the given edges."""
    height = max(top - bottom, 1.0)
    if box.left - right > _WORD_GAP * height or left - box.left > height:
        return True
    return not bottom <= (box.bottom + box.top) / 2 <= top


def _picture_share(page: Any) -> float:
    width, height = page.get_size()
    best: float = 0.0
    for picture in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        best = max(best, (right - left) * (top - bottom))
    return float(best / max(width * height, 1.0))
