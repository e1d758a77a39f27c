"""Sentence and item boundaries of Vietnamese official style. Pure.

A full stop ends a sentence after any word or number («…các bộ.», «…20/4.») unless it belongs to an
abbreviation («đ/c.», «TP.», «TT.HĐND», «v.v.»), an initial, a number («1.2», «50.000») or an
ellipsis that runs on in lower case. A line break always ends one; «;» ends an item.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = {
    "tp", "tx", "tt", "ts", "ths", "gs", "pgs", "bs", "ks", "cn", "q", "p", "h", "x", "tr", "vd",
    "st", "mr", "mrs", "dr", "no", "đc", "đ/c", "kt", "tm", "tl", "tuq", "ub", "ubnd", "gđ",
    "nxb", "đt", "tel", "vv", "v.v",
}  # fmt: skip
_STOP = re.compile(r"(?:\.{3,}|…|[.!?])[\"”’»)\]]*(?=\s|$)|\./\.|\n+")
_ITEM = re.compile(r"(?:\.{3,}|…|[.!?])[\"”’»)\]]*(?=\s|$)|\./\.|\n+|;(?=\s|$)")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """(start, end) of the sentences of ``text[start:end]``, without outer spaces, in order."""
    return _spans(text, start, len(text) if end is None else end, _STOP)


def item_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """As :func:`sentence_spans`, cut at «;» too: the items of a list written as one sentence."""
    return _spans(text, start, len(text) if end is None else end, _ITEM)


def _spans(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in pattern.finditer(text, start, end):
        if match.group()[0] in ".…" and not _ends_sentence(text, match, end):
            continue
        _append(spans, text, begin, match.end())
        begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    stripped = piece.strip()
    if any(c.isalnum() for c in stripped):
        at = begin + piece.index(stripped)
        spans.append((at, at + len(stripped)))


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    after = text[match.end() : min(end, match.end() + 40)].lstrip(" ")
    if match.group().startswith(("...", "…")):
        return not after[:1].islower() and after[:1] not in {",", ";", ")"}
    word = re.search(r"\S+$", text[max(0, match.start() - 12) : match.start()])
    if word is None:
        return False
    token = word.group().strip("(“\"").lower()
    if token in _ABBREVIATIONS and after and after[0] != "\n":
        return False
    # «1. Mục đích», «I. NỘI DUNG», «a. …» at the start of a line number it; they end nothing.
    line_start = text.rfind("\n", 0, match.start()) + 1
    marker = text[line_start : match.start()].strip()
    return not re.fullmatch(r"[-–+*]?\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[A-Za-zĐđ]|Điều \d+)", marker)
