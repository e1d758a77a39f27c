"""Answers to «bao nhiêu»: the number as written, or the items counted. Pure."""

from __future__ import annotations

import re
from collections.abc import Container

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.question_terms import QuestionTerms
from assistant.read.lines import quoted
from assistant.read.sections import best_section, first_line_end
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Question
from assistant.units import folded_term, said_by
from ingest.header import NUMBER
from ingest.records import Section, SourceDocument
from ingest.vietnamese import fold

_NUMBER = re.compile(
    r"\b\d{1,3}(?:[.,]\d{3})+(?:\s?(?:đ|đồng|triệu|tỷ))?|\b\d+(?:[.,]\d+)?\s?%|\b\d+(?:[.,]\d+)?\b"
    r"|\b(?:một(?! (?:số|trong|cách|phần|vài|bộ phận|mặt))|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b"
)
# Units of measure: a number of anything else is no answer to «bao nhiêu ha».
_MEASURES = re.compile(r"(?:%|phan tram|ha|hec ta|km|m2|met|tan|ta|kg|lit|trieu|ty|ti)\b|%")
_MONEY_ASKED = re.compile(
    r"\b(?:tien|kinh phi|chi phi|tri gia|gia tri|ngan sach|"
    r"muc (?:chi|thuong|ho tro|ung ho|dong)|giai thuong|"
    r"du toan|chi(?! (?:bo|uy|doan|hoi|dao|thi|nhanh|tiet|cuc|tieu)\b))\b.*\bbao nhieu\b|"
    r"\bbao nhieu tien\b|\bbao nhieu\b.*\btien\b"
)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:đ\b|đồng|triệu|tỷ|tỉ|nghìn|ngàn|VNĐ|VND)", re.I)
_TIME_NOUN = re.compile(r"(?:ngay|thang|tuan|nam|gio|phut|buoi|quy)\b")
_LISTED = re.compile(
    r"(?:noi dung|nhiem vu|buoc|hinh thuc|giai phap|muc|diem|phan|giai doan|yeu cau|muc dich|"
    r"quan diem|tieu chi|viec|cong viec|bien phap)\b"
)


def read_count(question: Question, evidence: Evidence) -> Draft:
    """The number as written beside what is asked about, else the number of items listed."""
    if not is_known(question, evidence):
        return Draft()
    floor = min_coverage(question)
    wanted = _counted_noun(question)
    money = _MONEY_ASKED.search(fold(question.text).lower()) is not None
    given = set(re.findall(r"\d+", question.text))
    numbered = sorted(
        (
            (u.score + (_says_it(u) if _says_number_of(u, wanted) else 0.0), u)
            for u in evidence.units
            if (_MONEY.search(u.text) if money else _has_number(u, wanted, given))
        ),
        key=lambda pair: -pair[0],
    )
    best = numbered[0][1] if numbered and numbered[0][1].coverage >= floor else None
    if money:
        return Draft((quoted(best),)) if best else Draft()
    named = [
        x
        for terms in _counts_asked(question, evidence)
        if (x := best_section(terms, evidence))
        and _is_list_of(x.document.sections[x.index], wanted)
    ]
    counted = tuple(
        line
        for x in {(x.document.id, x.index): x for x in named}.values()
        for line in _counted(x.document, x.index)
    )
    if best and (not counted or (_says_number_of(best, wanted) and len(counted) < 2)):
        return Draft((quoted(best),))
    return Draft(counted)


def _is_list_of(section: Section, noun: str) -> bool:
    """Whether the items under ``section`` are what is counted."""
    heading = fold(section.heading).lower()
    return not noun or noun.split()[0] in heading or _LISTED.match(noun) is not None


def _counts_asked(question: Question, evidence: Evidence) -> list[QuestionTerms]:
    """The question's terms, or, where it asks for several counts, those of each in turn."""
    parts = re.split(r"\bbao nhiêu\b", question.text, flags=re.I)[1:]
    if len(parts) < 2:
        return [evidence.terms]
    return [evidence.terms.only(said_by(part)) for part in parts]


def _counted_noun(question: Question) -> str:
    """The folded noun that is counted: «bao nhiêu trường hợp» → «truong hop»; "" when not said."""
    if question.language == "en":
        return ""  # a rendering is no sentence: what stands beside «bao nhiêu» may be anything
    match = re.search(r"\b(?:bao nhieu|may)\s+(%|\w+(?:\s\w+)?)", fold(question.text).lower())
    noun = match.group(1) if match else ""
    return "%" if noun == "phan tram" else noun


def _says_number_of(unit: Unit, noun: str) -> bool:
    if not noun:
        return False
    first = noun.split()[0]
    return (
        re.search(rf"\d\s*{re.escape(noun)}|\d\s*{re.escape(first)}\b", fold(unit.text).lower())
        is not None
    )


def _says_it(unit: Unit) -> float:
    """What a unit that gives the number of the very noun gains; a lead-in («4 nội dung sau:») too
    says how many."""
    return 0.6 if unit.text.endswith(":") else 0.3


def _has_number(unit: Unit, noun: str, given: Container[str]) -> bool:
    """A number that is no date (unless days are counted), document number or numbering.

    ``given`` are the numbers of the question itself, which answer nothing.
    """
    text = unit.text
    if not _TIME_NOUN.match(noun):
        for date in unit.source.dates:
            text = text.replace(date.text, " ")
    found = (m.group() for m in _NUMBER.finditer(NUMBER.sub(" ", text)))
    named = not noun or _says_number_of(unit, noun)
    if not named and _MEASURES.match(noun) is None:
        key = folded_term(noun.split()[0])
        named = key in unit.source.said or key in unit.source.around
    return named and any(n not in given for n in found)


def _counted(document: SourceDocument, index: int) -> list[Line]:
    """How many items stand directly under a section, with its heading and last item as evidence."""
    children = [s for s in document.sections if s.parent == index]
    if len(children) < 2:
        return []
    section = document.sections[index]
    first, last = children[0], children[-1]
    heading = section.heading or section.label
    spans = (
        Span(document, section.start, first_line_end(document, section)),
        Span(document, last.start, min(first_line_end(document, last), last.start + 300)),
    )
    labels = f" ({first.label}–{last.label})" if first.label != last.label else ""
    return [Line(f"{len(children)}{labels}: {heading}", spans)]
