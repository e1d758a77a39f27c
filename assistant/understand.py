"""A question as typed → :class:`Question`, with the help of the words of the library asked.

Vietnamese may be accented, unaccented, half accented, NFD, abbreviated or raw keystrokes; English
goes through the glossary. What can't be read is kept as typed: retrieval may still use it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from assistant import intents
from assistant.language import abbreviations, english, keystrokes, synonyms
from assistant.lexicon import Lexicon
from assistant.records import Intent, Question, Reference
from ingest import dates
from ingest.header import KINDS, NUMBER, kind_of_number, tidy_number
from ingest.normalise import normalise
from ingest.vietnamese import fold

MAX_CHARACTERS = 2000
_KIND_ABBREVIATIONS = {
    "kh": "kế hoạch", "cv": "công văn", "ct": "chỉ thị", "nq": "nghị quyết", "qd": "quyết định",
    "kl": "kết luận", "hd": "hướng dẫn", "tb": "thông báo",
}  # fmt: skip
_FOLDED_KINDS = {fold(k): k for k in sorted(KINDS, key=len, reverse=True)} | _KIND_ABBREVIATIONS
_NAMED = re.compile(
    r"\b(?P<kind>"
    + "|".join(sorted(_FOLDED_KINDS, key=len, reverse=True))
    + r")\s+(?:so\s+)?(?P<number>0*\d{1,5})\b(?!\s*/\s*\d)"
    r"(?P<sign>\s*[-–/]\s*[a-z][a-z]*(?:[-–/&.][a-z]\w*)*)?"
)
_ENGLISH_KINDS = {
    "plan": "kế hoạch", "letter": "công văn", "dispatch": "công văn", "directive": "chỉ thị",
    "resolution": "nghị quyết", "decision": "quyết định", "conclusion": "kết luận",
    "guidance": "hướng dẫn", "guideline": "hướng dẫn", "notice": "thông báo",
}  # fmt: skip
_NAMED_ENGLISH = re.compile(
    r"\b(?P<kind>"
    + "|".join(_ENGLISH_KINDS)
    + r")s?\s+(?:no\.?\s*|number\s+)?(?P<number>0*\d{1,5})\b",
    re.I,
)
_TIME_WORDS = ("thời gian", "thời hạn")  # before the date that «khi nào» asks for
# «a 36-year-old»: a number of years, not the number of a document.
_COUNTED_ENGLISH = re.compile(
    r"\b(\d{1,3})-(?=(?:years?|months?|weeks?|days?|hours?|minutes?|pages?|members?|persons?)\b)",
    re.I,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def understand(typed: str, lexicon: Lexicon | None = None) -> Question:
    """Read a question. Never fails: an empty question gives empty ``search`` text.

    ``lexicon`` holds the words of the library; without one, general Vietnamese has to do.
    """
    lexicon = lexicon or _general()
    text = normalise(unicodedata.normalize("NFC", typed[:MAX_CHARACTERS]))
    text = " ".join(text.split())
    text = _COUNTED_ENGLISH.sub(r"\1 ", text)
    method = keystrokes.looks_like_keystrokes(text)
    if method is not None:
        text = keystrokes.decode_telex(text) if method == "telex" else keystrokes.decode_vni(text)
    is_english = english.is_english(text)
    vietnamese = english.to_vietnamese(text) if is_english else _as_meant(text, lexicon)
    folded = fold(vietnamese)
    full = abbreviations.written_out(vietnamese, lexicon.own)
    found = intents.intents(text, full, is_english)
    mentions = tuple(
        m for m in dates.find_dates(text if is_english else vietnamese) if not m.reference
    )
    if is_english:
        phrases = english.translated(text)
        search = _search_words([p[0] for p in phrases if p])
        expansions = [other for p in phrases for other in p[1:]]
    else:
        search = intents.without_frame(vietnamese, folded)
        phrases = [list(phrase) for phrase in synonyms.renderings(search)]
        expansions = abbreviations.expand(vietnamese, lexicon.own) + lexicon.meanings(vietnamese)
    if {Intent.WHEN, Intent.DEADLINE} & set(found):
        expansions = [*expansions, *_TIME_WORDS]
    return Question(
        typed=typed,
        text=vietnamese,
        language="en" if is_english else "vi",
        intents=found,
        search=search if search.strip() else vietnamese,
        expansions=tuple(dict.fromkeys(expansions)),
        renderings=tuple(tuple(p) for p in phrases if len(p) > 1),
        dates=mentions,
        references=_references(text, is_english),
        years=tuple(sorted({int(y) for y in _YEAR.findall(text)})),
        across=intents.asks_across(text, fold(full), is_english),
    )


def _search_words(words: Sequence[str]) -> str:
    text = " ".join(words)
    return intents.without_frame(text, fold(text))


@cache
def _general() -> Lexicon:
    return Lexicon()


def _as_meant(text: str, lexicon: Lexicon) -> str:
    """Vietnamese ``text`` with its marks, without slips and shorthand."""
    return abbreviations.normalise_chat(lexicon.restore(text))


def _references(text: str, is_english: bool) -> tuple[Reference, ...]:
    """Documents that the question names, whole («76-KH/ĐU») or in part («Kết luận 155»)."""
    found: dict[str, Reference] = {}
    for match in NUMBER.finditer(text.upper()):
        number = tidy_number(match.group())
        if re.fullmatch(r"\d+[-/]\d+(?:[-/]\d+)?", number):
            continue
        found[number] = Reference(number, kind_of_number(number))
    pattern, kinds = (_NAMED_ENGLISH, _ENGLISH_KINDS) if is_english else (_NAMED, _FOLDED_KINDS)
    for match in pattern.finditer(text if is_english else fold(text).lower()):
        digits = match.group("number").lstrip("0")
        kind = kinds[match.group("kind").lower()]
        known = [r for r in found if re.match(r"0*(\d+)", r).group(1) == digits]  # type: ignore[union-attr]
        is_year = len(digits) == 4 and digits.startswith(("19", "20"))
        if not known and not is_year:
            found[digits] = Reference(digits, kind)
    return tuple(found.values())


def is_blank(question: Question) -> bool:
    """True for a question without a letter or digit (spaces, emoji)."""
    return not any(c.isalnum() for c in question.text)
