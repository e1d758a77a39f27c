"""Answers from whole sections: the items under the heading that the question names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.question_terms import QuestionTerms, agreement
from assistant.read.asked_kinds import names_kind_asked
from assistant.read.enumeration import enumeration_at, lines_of
from assistant.read.lines import ITEM_WORDS, MAX_LINES, SHORT_WORDS, shortened
from assistant.records import Question
from assistant.units import folded_term, said_by
from ingest.actors import is_body
from ingest.records import Section, SourceDocument
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold

# Folded; the act stands right before what is asked about it.
_ACT_ASKED = re.compile(
    r"\b(?P<act>\w+ \w+) (?:nhung|cac|may) (?:\w+ ){0,3}?(?:gi|nao|viec|van de|noi dung)\b"
)
_NOUN_ASKED = re.compile(
    r"^(?:cac |nhung )?(?P<noun>\w+ \w+)\b(?: (?:chu yeu|chung|cu the|thuc hien))?"
    r"(?: (?:cua|trong|tai|o|theo))?(?P<rest>.*?) (?:co |bao )?(?:gom|la)\b(?: co)? "
    r"(?:nhung |cac )?(?:\w+ ){0,2}?(?:gi|nao)\W*$"
)
_ANY_ACT = frozenset(
    ("to chuc", "thuc hien", "trien khai", "xay dung", "bao gom", "yeu cau", "phai lam", "quy dinh",
     "phan cong", "nhiem vu", "noi dung")
)  # fmt: skip
_HEADING_WORDS = 6  # of a heading that names an act alone
_WHOLE_ITEM_WORDS = 50  # of an item that runs over several paragraphs
_NAMED = 0.5  # a heading that names what is asked


def read_tasks(actor: frozenset[str], evidence: Evidence) -> Draft:
    """«Nhiệm vụ của X»: every item of the section headed by X, in order."""
    best: tuple[float, SourceDocument, int] | None = None
    for document in evidence.documents:
        for index, section in enumerate(document.sections):
            if not section.heading or not is_body(section.heading):
                continue
            said = said_by(section.heading)
            recall = sum(agreement(t, said) for t in actor) / len(actor)
            single = [t for t in said if t[0] == "~" and "_" not in t]
            named = {t if t[0] == "~" else folded_term(t) for t in actor}
            precision = sum(t in named for t in single) / max(1, len(single))
            score = 0.7 * recall + 0.3 * precision
            if recall >= 0.6 and (best is None or score > best[0]):
                best = (score, document, index)
    return items(best[1], best[2]) if best else Draft()


@dataclass(frozen=True, slots=True)
class Headed:
    """A section that the question names; ``named`` (0…1) is how well its heading says what."""

    document: SourceDocument
    index: int
    named: float

    def holds(self, unit: Unit) -> bool:
        section = self.document.sections[self.index]
        return unit.document.id == self.document.id and section.start <= unit.start < section.end


def best_section(terms: QuestionTerms, evidence: Evidence) -> Headed | None:
    """The section whose heading the question names, or None."""
    best: tuple[float, Headed] | None = None
    top = evidence.units[0].score if evidence.units else 1.0
    for document in evidence.documents:
        inside = terms.within(evidence.cards[document.id])
        own = [u for u in evidence.units if u.document.id == document.id]
        for index, section in enumerate(document.sections):
            if not section.heading or section.end - section.start < len(section.heading) + 10:
                continue
            # A body named in the head (issuer, addressee) may be the very one asked about.
            named = _names(terms if is_body(section.heading) else inside, section)
            if named < _NAMED:
                continue
            said = max(
                (u.score for u in own if section.start <= u.start < section.end), default=0.0
            )
            score = named + 0.5 * said / top
            if best is None or score > best[0]:
                best = (score, Headed(document, index, named))
    return best[1] if best else None


def section_of_act(question: Question, evidence: Evidence) -> tuple[SourceDocument, int] | None:
    """«… giám sát những việc gì?»: the section headed by what is done, «1. Giám sát».

    The act may be a word of the document's own title, so that its words tell little elsewhere.
    """
    match = _ACT_ASKED.search(fold(question.text).lower())
    if match is None or match["act"] in _ANY_ACT:
        return None
    act = match["act"]
    for document in evidence.documents[:1]:
        for index, section in enumerate(document.sections):
            heading = fold(section.heading).lower().strip(" .:*")
            if heading not in (act, f"noi dung {act}", f"hoat dong {act}"):
                whole = re.match(rf"(?:noi dung |hoat dong )?{act}\b", heading)
                if whole is None or len(heading.split()) > _HEADING_WORDS:
                    continue
            if sum(s.parent == index for s in document.sections) >= 2:
                return document, index
    return None


def section_of_noun(question: Question, evidence: Evidence) -> tuple[SourceDocument, int] | None:
    """«Mục tiêu của kế hoạch … gồm những gì?»: the one section headed «MỤC TIÊU CHỦ YẾU».

    None where the question says more than its document's card does, or several are headed so.
    """
    match = _NOUN_ASKED.search(fold(question.text).lower())
    if match is None:
        return None
    for document in evidence.documents[:1]:
        card = evidence.cards[document.id]
        if any(t[0] == "~" and "_" not in t and t not in card for t in said_by(match["rest"])):
            return None
        headed = [
            i
            for i, s in enumerate(document.sections)
            if re.match(rf"{match['noun']}\b", fold(s.heading).lower().strip(" .:*"))
            and sum(child.parent == i for child in document.sections) >= 2
        ]
        if len(headed) == 1:
            return document, headed[0]
    return None


def _names(terms: QuestionTerms, section: Section) -> float:
    """How well a heading names what is asked: recall of the question, precision of the heading."""
    said = said_by(section.heading)
    recall = terms.share_in(said)
    if recall <= 0.12:
        return 0.0
    folded = {folded_term(t) if t[0] != "~" else t for t in terms.weights}
    single = [t for t in said if "_" not in t and t[0] == "~"]
    precision = len([t for t in single if t in folded]) / max(1, len(single))
    return min(1.0, 2.0 * recall) * 0.6 + precision * 0.4


def items_asked(question: Question, document: SourceDocument, index: int) -> Draft:
    """What a section lists of the kind asked for, else all of its items.

    «Hồ sơ gồm những gì?» is answered by the list under «1. … Hồ sơ gồm:», not by items 1, 2, 3; or
    by the one sentence of the section that is such a list.
    """
    sections = document.sections
    inside = [i for i, s in enumerate(sections) if index in _parents(document, i)]
    announcing = [
        i
        for i in inside
        if (lead := _lead_in(document, sections[i]))
        and names_kind_asked(question, lead)
        and sum(s.parent == i for s in sections) > 1
    ]
    own = _lead_in(document, sections[index])
    if announcing and not (own and names_kind_asked(question, own)):
        return items(document, announcing[0])
    leaves = [i for i in (index, *inside) if not any(s.parent == i for s in sections)]
    lists = [draft for i in leaves if (draft := _sentence_asked(question, document, i))]
    return lists[0] if len(lists) == 1 else items(document, index)


def _parents(document: SourceDocument, index: int) -> list[int]:
    found = []
    while (index := document.sections[index].parent) >= 0:
        found.append(index)
    return found


def _lead_in(document: SourceDocument, section: Section) -> str:
    """The sentence at the end of a section's first line that announces its items; else ""."""
    line = document.text[section.start : first_line_end(document, section)].rstrip(" *_")
    if not line.endswith(":"):
        return ""
    start, end = sentence_spans(line)[-1]
    return line[start:end]


def _sentence_asked(question: Question, document: SourceDocument, index: int) -> Draft | None:
    """The sentence of a section that lists the kind of things asked for, as lines."""
    section = document.sections[index]
    for start, _ in sentence_spans(document.text, section.body_start, section.end):
        found = enumeration_at(document, start)
        if found and names_kind_asked(question, found.lead):
            return lines_of(found)
    return None


def items(document: SourceDocument, index: int) -> Draft:
    """The items directly under a section; its own sentences when it has none."""
    section = document.sections[index]
    children = [s for s in document.sections if s.parent == index]
    if len(children) >= 2:
        lines = [_item_line(document, child) for child in children[: 2 * MAX_LINES]]
        return Draft(tuple(lines))
    spans = sentence_spans(document.text, section.body_start, section.end)
    if spans and section.heading and is_body(section.heading):
        spans[0] = (_named_from(document, section, spans[0][0]), spans[0][1])
    lines = [
        Line(shortened(document.text[a:b], SHORT_WORDS), (Span(document, a, b),))
        for a, b in spans[:MAX_LINES]
    ]
    return Draft(tuple(lines))


def _named_from(document: SourceDocument, section: Section, start: int) -> int:
    """Where «Sở Y tế: khám …» begins, a task on one line with the body that it heads."""
    line = document.text[section.start : start]
    return section.start + line.index(section.heading) if "\n" not in line else start


def _item_line(document: SourceDocument, child: Section) -> Line:
    end = _item_end(document, child)
    text = document.text[child.start : end].strip()
    bare = document.text[child.body_start if not child.heading else child.start : end].strip()
    return Line(shortened(bare or text, ITEM_WORDS), (Span(document, child.start, end),))


def _item_end(document: SourceDocument, item: Section) -> int:
    """Where an item ends: with its first line, or with the short paragraphs that continue it.

    What follows the last item of a list may be said of all of them, and is left out.
    """
    end = first_line_end(document, item)
    sections = document.sections
    is_leaf = not any(item.start < s.start < item.end for s in sections)
    follows = any(s.start == item.end and s.label and s.parent == item.parent for s in sections)
    whole = document.text[item.start : item.end].rstrip()
    is_plain = not item.heading and "|" not in whole  # no heading, no table
    if is_leaf and follows and is_plain and len(whole.split()) <= _WHOLE_ITEM_WORDS:
        return item.start + len(whole)
    return end


def first_line_end(document: SourceDocument, section: Section) -> int:
    newline = document.text.find("\n", section.start, section.end)
    return section.end if newline < 0 else newline


def announced_by(unit: Unit) -> Draft:
    """The items that ``unit``, a lead-in («…, cụ thể như sau:»), announces; none where none follow.

    They are what follows it right away, up to a section of another level.
    """
    if not unit.text.endswith(":"):
        return Draft()
    document = unit.document
    after = [s for s in document.sections if s.start >= unit.end]
    if not after or document.text[unit.end : after[0].start].strip(" \n*_"):
        return Draft()
    if opens_document(unit):
        return Draft()
    run = [after[0]]
    for section in after[1:]:
        if section.parent == run[0].parent and _style(section) == _style(run[0]):
            run.append(section)
        elif section.start >= run[-1].end:
            break
    lines = [_item_line(document, section) for section in run[: 2 * MAX_LINES]]
    return Draft(tuple(lines)) if len(run) > 1 else Draft()


def opens_document(unit: Unit) -> bool:
    """Whether ``unit`` announces the document itself, part by part: it says none of what follows.

    «… xây dựng kế hoạch như sau:» before «I. MỤC ĐÍCH».
    """
    sections = unit.document.sections
    return (
        unit.text.endswith(":")
        and bool(sections)
        and bool(sections[0].heading)
        and unit.end <= sections[0].start
        and not unit.document.text[unit.end : sections[0].start].strip(" \n*_")
    )


def _style(section: Section) -> str:
    """«1», «2» are numbered alike, «a» and «-» in other ways."""
    label = section.label.strip(".)( ")
    return "1" if label[:1].isdigit() else "a" if label.isalnum() else label


def beside(best: Unit, units: Sequence[Unit], share: float) -> list[Unit]:
    """``best`` and the items of its list that fit nearly as well, in order."""
    document = best.document
    index = document.section_at(best.start)
    parent = document.sections[index].parent if index >= 0 else -1
    if index < 0 or document.sections[index].heading:
        return [best]
    near = [
        u
        for u in units
        if u.document.id == document.id
        and u.score >= share * best.score
        and (at := document.section_at(u.start)) >= 0
        and document.sections[at].parent == parent
        and _style(document.sections[at]) == _style(document.sections[index])
        and not document.sections[at].heading
    ]
    return sorted(near, key=lambda u: u.start)


def headed_by(unit: Unit) -> int | None:
    """The section of which ``unit`` is the heading alone; None when it says something itself."""
    index = unit.document.section_at(unit.start)
    if index < 0:
        return None
    section = unit.document.sections[index]
    is_heading = (
        bool(section.heading)
        and unit.start < section.body_start
        and unit.end >= section.body_start - 1
    )
    has_body = section.end - section.body_start > 20
    return index if is_heading and has_body else None
