"""Sentence and item boundaries of Vietnamese official style. Pure.

A full stop ends a sentence after any word or number («…các bộ.», «…20/4.») unless it belongs to an
abbreviation («đ/c.», «TP.», «TT.HĐND», «v.v. các»), an initial («C. Mác»), a number («1.2»,
«50.000») or an ellipsis that runs on in lower case. A line break always ends one; «;» ends an item.
"""

from __future__ import annotations

import re

from ingest.vietnamese import UPPER

_ABBREVIATIONS = {
    "đ/c", "đc", "tp", "tx", "tt", "ths", "ts", "gs", "pgs", "bs", "ks", "vd", "nxb", "gđ", "đt",
    "tel", "mr", "mrs", "dr", "ubnd", "kt", "tm", "tl", "tuq", "ph", "st",
}  # fmt: skip
# Abbreviations that are words or units («ấm no.», «16 h.») unless they are written in capitals.
_ABBREVIATED_IN_CAPITALS = {"No", "NO", "Q", "P", "H", "X", "CN", "UB", "TR"}
_AND_SO_ON = {"v.v", "vv", "v/v"}
_STOP = re.compile(r"(?:\.{3,}|…|[.!?])[\"”’»)\]]*(?=\s|$)|\./\.|\n+")
_ITEM = re.compile(r"(?:\.{3,}|…|[.!?])[\"”’»)\]]*(?=\s|$)|\./\.|\n+|;(?=\s|$)")
_NUMBERING = re.compile(
    r"\s*(?:[-–+*]\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[A-Za-zĐđ]"
    r"|(?:Điều|Mục|Bước|Phần|Chương|Câu) \w{1,4})"
)
_LONGEST_NUMBERING = 16  # characters
_INITIALS = re.compile(rf"(?:[{UPPER}]\.)*[{UPPER}]")


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
        # «./.» closes a document: it ends a sentence whatever stands before it.
        stop = match.group()[0] in ".…" and not match.group().startswith("./.")
        if stop and not _ends_sentence(text, match, end):
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
    before = re.search(r"(?:(\S+)\s+)?(\S+)$", text[max(0, match.start() - 24) : match.start()])
    if before is None:
        return False
    token = before.group(2).strip('(“"')
    runs_on = bool(after) and after[0] != "\n"
    if runs_on and (
        token.lower() in _ABBREVIATIONS
        or token in _ABBREVIATED_IN_CAPITALS
        or (token.lower() in _AND_SO_ON and not after[0].isupper())
        or _is_initial(token, before.group(1) or "", after)
    ):
        return False
    # «1. Mục đích», «I. NỘI DUNG», «a. …» at the start of a line number it; they end nothing.
    line_start = text.rfind("\n", max(0, match.start() - _LONGEST_NUMBERING), match.start()) + 1
    if line_start == 0 and match.start() > _LONGEST_NUMBERING:
        return True
    return not _NUMBERING.fullmatch(text, line_start, match.start())


def _is_initial(token: str, before: str, after: str) -> bool:
    """«C.» of «C. Mác», not of «Trường Mỹ An Hưng A. Trường …», where a name ends in a letter."""
    return bool(_INITIALS.fullmatch(token) and after[0].isupper() and not before[:1].isupper())
