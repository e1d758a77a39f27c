"""Lists written as one sentence: «… các hình thức như: A; B; C.», «Hồ sơ gồm có: A, B và C.» Pure.

Such a sentence is read in its two parts, the lead-in and the items. Where the items are what is
asked for they are the answer, and the lead-in, however long, is left to the quote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.asked_kinds import asks_members
from assistant.read.lines import MAX_LINES, SHORT_WORDS, shortened
from assistant.records import Intent, Question
from assistant.units import MARKER, said_by
from ingest.records import SourceDocument
from ingest.sentences import sentence_spans

_ASKS_LISTS = (Intent.LIST, Intent.WHAT, Intent.HOW)
# What a lead-in ends in. A plain «Hình thức: …» leads in too where what follows is cut at «;».
_LEADS_IN = re.compile(
    r"(?:\b(?:như(?: sau)?|sau(?: đây)?|dưới đây|gồm(?: có)?|cụ thể(?: là)?|là|trong đó)\s*:"
    r"|\b(?:bao gồm|gồm có|gồm)\b(?!\s*:))\s+",
    re.I,
)
_COLON = re.compile(r":\s+")
_ITEM_WORDS = 25  # of an item in a line of its own
_LONG_WORDS = 60  # of items that commas alone part, shown in one line


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A sentence ``document.text[start:end]`` whose items begin at ``items[0][0]``.

    ``items`` are (start, end) of what semicolons part; a single one where commas do.
    """

    document: SourceDocument
    start: int
    end: int
    items: tuple[tuple[int, int], ...]

    @property
    def lead(self) -> str:
        return self.document.text[self.start : self.items[0][0]]

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def enumeration_at(document: SourceDocument, start: int) -> Enumeration | None:
    """The enumeration that the sentence at ``start`` is; None where it is none."""
    text = document.text
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    spans = sentence_spans(text, line, stop if stop >= 0 else len(text))
    span = next((s for s in spans if s[0] <= start < s[1]), None)
    if span is None:
        return None
    marker = MARKER.match(text, *span)
    begin, end = marker.end() if marker else span[0], span[1]
    lead = _LEADS_IN.search(text, begin, end)
    colon = _COLON.search(text, begin, end)
    if colon and (lead is None or colon.end() < lead.end()):
        lead = colon if ";" in text[colon.end() : end].rstrip(" ;") else lead
    if lead is None:
        return None
    items = _items(text, lead.end(), end)
    if len(items) < 2 and "," not in text[lead.end() : end]:
        return None
    return Enumeration(document, begin, end, tuple(items))


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What semicolons part, without outer spaces; those within brackets part nothing."""
    found, depth, begin = [], 0, start
    for at in range(start, end):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if text[at] == ";" and depth <= 0:
            found.append((begin, at))
            begin = at + 1
    found.append((begin, end))
    return [
        (a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in found if text[a:b].strip()
    ]


def read_enumeration(question: Question, evidence: Evidence, unit: Unit) -> Draft:
    """The items of the sentence in which ``unit`` stands, where they are what is asked for.

    They are where its lead-in says at least as much of the question as any item does. None where
    the sentence is no enumeration, or is short enough to be shown whole.
    """
    if not (question.asks(*_ASKS_LISTS) or asks_members(question)):
        return Draft()
    found = enumeration_at(unit.document, unit.start)
    if found is None:
        return Draft()
    terms = evidence.terms.within(evidence.cards[unit.document.id])
    text = unit.document.text
    lead = terms.share_in(said_by(found.lead))
    if any(terms.share_in(said_by(text[a:b])) > lead for a, b in found.items):
        return Draft()
    return lines_of(found)


def lines_of(found: Enumeration) -> Draft:
    """The enumeration as lines, each with the whole sentence as its evidence."""
    text, evidence = found.document.text, (Span(found.document, found.start, found.end),)
    if len(found.text.split()) <= SHORT_WORDS:
        return Draft((Line(shortened(found.text, SHORT_WORDS), evidence),))
    if len(found.items) == 1:
        said = shortened(text[slice(*found.items[0])], _LONG_WORDS)
        return Draft((Line(said[:1].upper() + said[1:], evidence),))
    said_items = [shortened(text[a:b], _ITEM_WORDS) for a, b in found.items[: 2 * MAX_LINES]]
    return Draft(tuple(Line(said[:1].upper() + said[1:], evidence) for said in said_items))
