"""Answers to «bao nhiêu»: the number as written, or the items counted. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.quantities import value_of
from assistant.question_terms import QuestionTerms
from assistant.read.counted import counted_nouns, figures_of, says_number_of
from assistant.read.lines import quoted
from assistant.read.money import asks_money, read_money, told_apart
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
_LABEL = re.compile(
    r"(?i)(?<!tổng )\b(?:số|ngõ|hẻm)\s+\d{1,4}\w?(?![\d.,])"
)  # «số 12 đường Lê Lợi»
# Units of measure: a number of anything else is no answer to «bao nhiêu ha».
_MEASURES = re.compile(r"(?:%|phan tram|ha|hec ta|km|m2|met|tan|ta|kg|lit|trieu|ty|ti)\b|%")
_TIME_NOUN = re.compile(r"(?:ngay|thang|tuan|nam|gio|tieng|phut|buoi|quy)\b")
_SAYS_ALL = 0.65  # of an English question, by which a sentence answers it without the noun
# Two figures of one thing are close to each other; farther apart they are of two things.
_CLOSE_TO, _LEAST_FIGURE = 0.8, 10
_TARGET = re.compile(r"(?i)\b(?:phấn đấu|chỉ tiêu|mục tiêu|đến (?:hết |cuối )?năm|dự kiến)\b")
_AS_MUCH = 0.95  # of what one sentence says of the question, for another to be of the same thing
_LISTED = re.compile(
    r"(?:noi dung|nhiem vu|buoc|hinh thuc|giai phap|muc|diem|phan|giai doan|yeu cau|muc dich|"
    r"quan diem|tieu chi|viec|cong viec|bien phap)\b"
)


def read_count(question: Question, evidence: Evidence) -> Draft:
    """The number as written beside what is asked about, else the number of items listed."""
    if not is_known(question, evidence):
        return Draft()
    floor = min_coverage(question)
    if asks_money(question):
        return read_money(question, evidence)
    asked = fold(question.text).lower()
    nouns = counted_nouns(question)
    wanted = nouns[0] if nouns and question.language == "vi" else ""
    given = set(re.findall(r"\d+", question.text))
    units: Sequence[Unit] = evidence.units
    if question.language == "en" and nouns and not any(says_number_of(u, nouns) for u in units):
        # A number of something else is no answer, unless the glossary lacks the word.
        units, nouns = [u for u in units if u.coverage >= _SAYS_ALL], []
    numbered = sorted(
        (
            (u.score + (_says_it(u) if says_number_of(u, nouns) else 0.0) + told_apart(asked, u), u)
            for u in units
            if _has_number(u, nouns, given)
        ),
        key=lambda pair: -pair[0],
    )
    best = numbered[0][1] if numbered and numbered[0][1].coverage >= floor else None
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
    if best and (not counted or (says_number_of(best, nouns) and len(counted) < 2)):
        return _with_other_figure(best, [u for _, u in numbered], nouns)
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


def _with_other_figure(best: Unit, units: Sequence[Unit], nouns: Sequence[str]) -> Draft:
    """The best sentence, and another of its document that gives another figure for the same.

    «1.248 hội viên» in one part and «tổng số 1.284 hội viên» in another: which is right is not for
    us to say.
    """
    noun = [form for form, _ in figures_of(best, nouns) if " " in form][:1]
    ours = _amounts(best, noun)
    if len(ours) != 1 or _TARGET.search(best.text):
        return Draft((quoted(best),))
    for unit in units:
        theirs = _amounts(unit, noun)
        if (
            unit.document.id == best.document.id
            and not _TARGET.search(unit.text)
            and len(theirs) == 1
            and theirs != ours
            and min(*ours, *theirs) >= max(_LEAST_FIGURE, _CLOSE_TO * max(*ours, *theirs))
            and unit.coverage >= _AS_MUCH * best.coverage
        ):
            return Draft((quoted(best), quoted(unit)), differs=True)
    return Draft((quoted(best),))


def _amounts(unit: Unit, nouns: Sequence[str]) -> set[float]:
    """How many of ``nouns`` a unit says that there are, in digits."""
    found = (re.search(r"(?<![\d.,])(\d[\d.,]*)\s*$", before) for form, before in
             figures_of(unit, nouns) if form in nouns)  # fmt: skip
    return {value_of(match[1]) for match in found if match}


def _says_it(unit: Unit) -> float:
    """What a unit that gives the number of the very noun gains; a lead-in («4 nội dung sau:») too
    says how many."""
    return 0.6 if unit.text.endswith(":") else 0.3


def _has_number(unit: Unit, nouns: Sequence[str], given: Container[str]) -> bool:
    """A number that is no date (unless days are counted), document number or numbering.

    ``given`` are the numbers of the question itself, which answer nothing.
    """
    text = unit.text
    if not any(_TIME_NOUN.match(noun) for noun in nouns[:1]):
        for date in unit.source.dates:
            text = text.replace(date.text, " ")
    found = (m.group() for m in _NUMBER.finditer(_LABEL.sub(" ", NUMBER.sub(" ", text))))
    named = not nouns or says_number_of(unit, nouns)
    if not named and _MEASURES.match(nouns[0]) is None:
        keys = [folded_term(noun.split()[0]) for noun in nouns]
        named = any(key in unit.source.said or key in unit.source.around for key in keys)
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
