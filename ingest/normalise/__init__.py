"""Canonical text: what every citation of a document is cut from. Pure.

``normalise`` puts right what converters, fonts and keyboards did to a document, and never adds
or drops a word of it:

* letters: NFC, look-alikes, invisible characters, tone marks («hoà» → «hòa», «uỷ» → «ủy»);
* marks: HTML, Markdown, bookmarks, page fields, rules;
* lines: columns split, hard wraps joined, page numbers dropped, white space collapsed.

Laws: ``normalise(normalise(x)) == normalise(x)``; page starts never decrease.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.normalise.letters import tidy_letters
from ingest.normalise.lines import drop_inner_page_numbers, drop_page_numbers, tidy_lines
from ingest.normalise.marks import WRAP, strip_marks

__all__ = ["normalise", "normalise_pages"]

_INK = re.compile(r"\S+")


def normalise(text: str) -> str:
    """The canonical form of ``text``; form feeds are page breaks.

    >>> normalise("Đảng uỷ  xã **Hoà Bình**")
    'Đảng ủy xã Hòa Bình'
    """
    return normalise_pages((text,))[0]


def normalise_pages(pages: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The canonical text of ``pages`` in one, and the offset at which each page starts.

    A sentence that runs over a page break is joined with a space; otherwise a newline stands
    between two pages. An empty page starts where the next one does.
    """
    sheets = [page.split("\f") for page in pages]
    cleaned = iter(drop_page_numbers([_clean(sheet) for page in sheets for sheet in page]))
    parts: list[str] = []
    starts: list[int] = []  # in ink: characters that are not white space
    inked = 0
    in_table = False  # at the end of what was read so far
    for page in sheets:
        starts.append(inked)
        for sheet in page:
            part = next(cleaned).strip("\n")
            if part.strip():
                lines = sheet.strip().split("\n")
                # No sentence runs on from a cell, or into one.
                parts.append(f"\n{part}" if in_table or "|" in lines[0] else part)
                inked += len(_ink(part))
                in_table = "|" in lines[-1]
    text, starts = _settle("\n".join(parts), starts)
    return text, _offsets(text, starts)


def _clean(sheet: str) -> str:
    """One page without marks, also those that appear when others are taken away."""
    letters = tidy_letters(sheet)
    text = strip_marks(letters)
    while _ink(text) != _ink(letters):
        letters = tidy_letters(text.replace(WRAP, "\n"))
        if _ink(again := strip_marks(letters)) == _ink(text):
            break
        text = again
    return drop_inner_page_numbers(text)


def _settle(text: str, starts: list[int]) -> tuple[str, list[int]]:
    """Tidy the lines, then all again until nothing changes: the law of the canonical text."""
    tidy = tidy_lines(text)
    while True:
        again = tidy_lines(drop_inner_page_numbers(strip_marks(tidy_letters(tidy))))
        if again == tidy:
            return tidy, starts
        starts = _carry(starts, _ink(tidy), _ink(again))
        tidy = again


def _carry(starts: list[int], before: str, after: str) -> list[int]:
    """``starts`` counted in ``before``, counted in ``after``: exact outside the changed stretch."""
    if before == after:
        return starts
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (old, new) in pairs if old != new), min(len(before), len(after)))
    shift = len(after) - len(before)
    return [
        min(start if start <= same else max(same, start + shift), len(after)) for start in starts
    ]


def _ink(text: str) -> str:
    return "".join(text.replace(WRAP, "").split())


def _offsets(text: str, starts: list[int]) -> tuple[int, ...]:
    """The offset of the n-th character that is not white space, for each n of ``starts``."""
    offsets: list[int] = []
    inked = position = 0
    for start in starts:
        for match in _INK.finditer(text, position):
            if inked + len(match.group()) > start:
                position = match.start() + (start - inked)
                inked = start
                break
            inked += len(match.group())
            position = match.end()
        else:
            position = len(text)
        offsets.append(position)
    return tuple(offsets)
