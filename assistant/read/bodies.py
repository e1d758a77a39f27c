"""The body whose tasks a question asks about, and whether a document speaks of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from assistant.actors import actor_asked_about, names_a_body
from assistant.language.abbreviations import written_out
from assistant.language.english import to_vietnamese
from assistant.library_index import LibraryIndex
from assistant.question_terms import agreement
from assistant.records import Intent, Question
from assistant.units import MARKER
from ingest.records import SourceDocument
from ingest.vietnamese import UPPER, fold, has_diacritics, syllables

_OF_TASKS = (Intent.LIST, Intent.WHAT, Intent.HOW)
_ENGLISH = (
    re.compile(r"\bassign(?:s|ed)? to (?:the )?(?P<x>[^?,]+?)(?=\?| in | under | by |$)", re.I),
    re.compile(
        r"^what (?:must|should|does|do|is|are|was|were) (?:the )?(?P<x>[^?,]+?) "
        r"(?:do|lead|tasked|given|assigned|responsible|have to|asked|told)\b",
        re.I,
    ),
)
_PLACE_NAME = re.compile(
    rf"\b((?:tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường|thị trấn))\s+[{UPPER}].*$"
)
_TYPED_WITHOUT_MARKS = 0.7  # how far «Son Kim» agrees with «Sơn Kim»
_BETWEEN = 4  # words that a document may put inside the name: «Hội (Liên hiệp) Phụ nữ»


def body_asked_about(question: Question) -> str:
    """The body in «Nhiệm vụ của X là gì?», in Vietnamese words; "" where none is asked about."""
    if question.intent not in _OF_TASKS or question.dates:
        return ""
    if question.language == "en":
        found = (pattern.search(question.typed) for pattern in _ENGLISH)
        return next((to_vietnamese(match["x"]) for match in found if match), "")
    span = actor_asked_about(fold(question.text).lower())
    return question.text[span[0] : span[1]] if span else ""


def speaks_of(body: str, question: Question, document: SourceDocument, index: LibraryIndex) -> bool:
    """Whether one sentence of ``document`` names ``body``, its place aside: that of the document.

    Words of a name that stand apart («học viện» here, «chính trị» there) name nobody. The words of
    a translated name may stand in any order.
    """
    card = index.card_said(document.id)
    marked = has_diacritics(body)
    name = _words(_PLACE_NAME.sub(r"\1", body), marked)
    in_order = question.language != "en"
    if in_order:
        name = _without_place(name, card, "" if marked else "~")
    else:
        name = [s for s in name if agreement(s, card) < _TYPED_WITHOUT_MARKS]
        name = _without_place_before(name, index.said_in(document.id))
    if not name:
        return True
    names = [name]
    if in_order and (short := _without_issuer(name, document)):
        names.append(short)
    return any(
        _is_named(each, _words(unit.text, marked), in_order)
        for unit in index.units_of_document(document.id)
        for each in names
        if all(agreement(s if marked else f"~{s}", unit.said) > 0.0 for s in each)
    )


def with_number(document: SourceDocument, start: int) -> int:
    """Where the heading that names a body at ``start`` begins: «1. Sở Y tế», its number too."""
    line = document.text.rfind("\n", 0, start) + 1
    marker = MARKER.match(document.text, line, start)
    return line if marker and line < marker.end() == start else start


def names_body(text: str, body: str) -> bool:
    """Whether ``text`` has the words of ``body`` in order, a few others between them at most."""
    marked = has_diacritics(body)
    return _is_named(_words(body, marked), _words(text, marked), in_order=True)


def _without_place(name: list[str], card: Container[str], key: str) -> list[str]:
    """``name`` less what it ends in that the document's card says too: «… xã Bình An Đông»."""
    end = len(name)
    while end > 1 and agreement(f"{key}{name[end - 2]}_{name[end - 1]}", card) == 1.0:
        end -= 1
    return name[: end - 1] if 1 < end < len(name) else name


def _without_place_before(name: list[str], said: Container[str]) -> list[str]:
    """``name`` from its body on, where the document has what stands before: «Phú Yên Sở Y tế»."""
    for start in range(1, len(name)):
        if names_a_body(fold(" ".join(name[start:]))):
            place = name[:start]
            return name[start:] if all(agreement(s, said) > 0.0 for s in place) else name
    return name


def _without_issuer(name: list[str], document: SourceDocument) -> list[str]:
    """«Văn phòng» of «Văn phòng Hội Cựu chiến binh …», in a document of that Hội; else nothing."""
    issuer = document.header.issuer
    own = set(syllables(fold(issuer.value))) if issuer else set()
    for end in range(2, len(name)):
        rest = [fold(s) for s in name[end:]]
        if set(rest) <= own and names_a_body(" ".join(rest)):
            return name[:end]
    return []


def _words(text: str, marked: bool) -> list[str]:
    full = written_out(text).lower()
    return syllables(full if marked else fold(full))


def _is_named(name: Sequence[str], words: Sequence[str], in_order: bool) -> bool:
    window = len(name) + _BETWEEN
    starts = [i for i, word in enumerate(words) if word == name[0] or not in_order]
    return any(_stands_in(name, words[i : i + window], in_order) for i in starts)


def _stands_in(name: Sequence[str], words: Sequence[str], in_order: bool) -> bool:
    if not in_order:
        return set(name) <= set(words)
    rest = iter(words)
    return all(syllable in rest for syllable in name)
