"""Documents that a question sets side by side: «Kế hoạch 76-KH/ĐU và kế hoạch Phú Yên».

A document is named by its number or by words of its card: whose it is, where, what about. What is
left out is taken from the name before it: «kế hoạch 35 và 128», «… và của Mặt trận Tổ quốc».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.records import Question, Reference
from assistant.units import folded_term
from ingest.header import KINDS, NUMBER, tidy_number
from ingest.lexical import terms
from ingest.vietnamese import fold

_ANY_KIND = "văn bản"
_KIND = "|".join(sorted((*KINDS, _ANY_KIND), key=len, reverse=True))
_AND = r"\b(?:và|với|hay|hoặc|cùng|lẫn)\b"
_REST = rf".*?(?=\b(?:{_KIND})\b|{_AND}|[,;?!]|\.(?:\s|$)|$)"
_FIRST = re.compile(rf"(?:\b(?P<kind>{_KIND})\b|{NUMBER.pattern}){_REST}", re.I)
_BESIDE = re.compile(
    rf"\s*(?:,|,?\s*(?:so\s+)?{_AND}(?:\s+với\b)?)\s*(?:\b(?:của|theo|trong)\s+(?={_KIND}\b))?",
    re.I,
)
_NEXT = re.compile(
    rf"(?:\b(?P<kind>{_KIND})\b|(?:số\s+)?{NUMBER.pattern}|của\b"
    rf"|(?:số\s+)?(?P<bare>\d{{1,5}})\b(?!\s*[-–/.%]\s*\w|\s*%)){_REST}",
    re.I,
)
_NUMBER_ALONE = re.compile(
    rf"(?:\b(?:{_KIND})\s+)?(?:số\s+)?(?:{NUMBER.pattern}|\d{{1,5}})\s*", re.I
)
# Before the name of a place or of whose the document is; before more about it; not about it.
_OWNER = "của|xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|ấp|thôn|xóm|khóm"
_LINK = "tại|ở|do|về|trong|năm|số|theo|trên|thuộc|cho|địa bàn|giai đoạn|ngày|tháng"
_BETWEEN = re.compile(rf"\s*\b(?:(?P<owner>{_OWNER})|{_LINK})\b\s*", re.I)
_ASKED = re.compile(r"\b(?:ai|gì|nào|đâu|mấy|sao|bao nhiêu|bao giờ|bao lâu)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Mention:
    """What a question calls a document: ``words`` less its kind, which may be the one before's."""

    kind: str | None
    words: str
    bare: str | None = None  # a number whose kind is left out as well


def documents_named(
    index: LibraryIndex, question: Question, inside: NDArray[np.bool_]
) -> list[int]:
    """The documents that ``question`` sets side by side, of those ``inside``, as it names them.

    Empty where fewer than two are named, or one not clearly.
    """
    if question.language == "en":
        return _named_by_numbers(index, question, inside)
    named: dict[int, None] = {}
    for mentions in _side_by_side(written_out(question.text)):
        rows = [_document_of(index, question, mention, inside) for mention in mentions]
        for one, other in pairwise(rows):
            if one is not None and other is not None:
                named |= {one: None, other: None}
    return list(named) if len(named) > 1 else []


def _named_by_numbers(
    index: LibraryIndex, question: Question, inside: NDArray[np.bool_]
) -> list[int]:
    """The documents whose whole numbers an English question joins by "and"."""
    whole = [r for r in question.references if re.search(r"[A-Z]", r.number)]
    if len(whole) < 2 or not re.search(r"\band\b|,", question.typed):
        return []
    rows = [{row for row in index.referred_to(r) if inside[row]} for r in whole]
    found = [next(iter(row)) for row in rows if len(row) == 1]
    return list(dict.fromkeys(found)) if len(found) == len(whole) else []


def _side_by_side(text: str) -> Iterator[list[_Mention]]:
    """The mentions of documents in ``text`` that are joined to others, those joined together."""
    at = 0
    while match := _FIRST.search(text, at):
        mentions = [_mention(match, None)]
        while beside := _BESIDE.match(text, match.end()):
            following = _NEXT.match(text, beside.end())
            # «kế hoạch 35 và 128», but not «kế hoạch 35 giao 20 việc và 128 …»
            if not following or (following["bare"] and not _NUMBER_ALONE.fullmatch(match.group())):
                break
            match = following
            mentions.append(_mention(match, mentions[-1].kind))
        if len(mentions) > 1:
            yield mentions
        at = match.end()


def _mention(match: re.Match[str], kind: str | None) -> _Mention:
    own, groups = match["kind"], match.groupdict()
    words = match.group()[len(own) if own else 0 :]
    return _Mention(own.lower() if own else kind, words, groups.get("bare"))


def _document_of(
    index: LibraryIndex, question: Question, mention: _Mention, inside: NDArray[np.bool_]
) -> int | None:
    """The one document of those ``inside`` that ``mention`` names."""
    rows = {int(row) for row in np.flatnonzero(inside)}
    numbers = _numbers_of(index, question, mention)
    if numbers:
        rows.intersection_update(*(index.referred_to(number) for number in numbers))
    else:
        rows = _called(index, mention, rows)
    return rows.pop() if len(rows) == 1 else None


def _numbers_of(index: LibraryIndex, question: Question, mention: _Mention) -> list[Reference]:
    if mention.bare:
        counted = re.match(rf"\D*{mention.bare}\s+([^\W\d_]+)", mention.words)
        if counted and len(index.rows_with(terms(f"{mention.bare} {counted[1].lower()}")[-1])):
            return []  # «128 hộ» stands in the library: a number of something
        return [Reference(mention.bare, None if mention.kind == _ANY_KIND else mention.kind)]
    said = fold(tidy_number(mention.words)).upper()
    return [
        reference
        for reference in question.references
        if re.search(rf"(?<!\d)0*{re.escape(fold(reference.number))}(?!\d)", said)
    ]


def _called(index: LibraryIndex, mention: _Mention, rows: set[int]) -> set[int]:
    """Those of ``rows`` whose card or names say ``mention``, as far as that is a name.

    None where the words tell too little: not whose or where, and nothing that few documents say.
    """
    left = {row for row in rows if _is_of_kind(index, row, mention.kind)}
    told: list[str] = []
    for must_name, words in _parts(mention.words):
        said = terms(fold(words))
        pairs = [folded_term(t) for t in said if "_" in t] or [folded_term(t) for t in said]
        known = 0
        for pair in pairs:
            narrowed = left & index.documents_saying(pair)
            if not narrowed:
                break
            left, known = narrowed, known + 1
        told += pairs[:known]
        if must_name and not known:
            return set()  # «xã Đại Lạc», of which there is none here
        if told and known < len(pairs) and len(left) == 1:
            break  # «Phú Yên | giao cho xã nào»: the name is over
    few = max(1, len(index.documents) // 8)
    if any(len(index.documents_saying(pair)) <= few for pair in told):
        return left
    return {row for row in left if not _owner_and_place(index, row).isdisjoint(told)}


def _is_of_kind(index: LibraryIndex, row: int, kind: str | None) -> bool:
    own = index.documents[row].header.kind
    return kind in (None, _ANY_KIND) or own is None or own.value == kind


def _owner_and_place(index: LibraryIndex, row: int) -> set[str]:
    """The folded keys of the pairs in a document's issuer and place."""
    head = index.documents[row].header
    return {folded_term(t) for f in (head.issuer, head.place) if f for t in terms(f.value)}


def _parts(words: str) -> Iterator[tuple[bool, str]]:
    """The words between «của», «xã», «năm» …, each with whether it must name an owner or a place.

    In a question without capitals all that follows «của» or «xã» must.
    """
    asked = _ASKED.search(words)
    name = words[: asked.start()] if asked else words
    cuts = [(0, 0, False)]
    cuts += [(m.start(), m.end(), m["owner"] is not None) for m in _BETWEEN.finditer(name)]
    for (_, start, owner), (end, _, _) in pairwise([*cuts, (len(name), 0, False)]):
        part = name[start:end].strip()
        if any(character.isalnum() for character in part):
            yield owner and (part[0].isupper() or name.islower()), part
