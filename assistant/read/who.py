"""Answers to «ai», and to questions that give a date and ask who or what it belongs to. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.fields import field_of_best
from assistant.read.lines import MAX_LINES, clean, clip, distinct, quoted, window
from assistant.read.sentence import read_sentence
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import completed_line
from ingest.actors import actor_span, is_lead_field
from ingest.vietnamese import fold

_CONTACT_ASKED = re.compile(
    r"\b(?:lien he|gap|hoi|goi|keu|bao)(?: (?:len|cho|ve|den|toi|voi))?"
    r" (?:ai|(?:co quan|don vi|so|cua|phong|ban|noi|cho) nao|dau)\b"
)
_CONTACT = re.compile(
    r"\b(?:liên hệ|vướng mắc|giải đáp|điện thoại|hotline|đầu mối|phản ánh (?:về|qua|đến))", re.I
)
_NEAR = 0.65  # of the best sentence's score, for one that names who acts
_ALSO = 0.85  # of that one's, for another actor to be meant too
_OBJECT = re.compile(
    r"\b(?:trao|tang|cap|danh|chi|ho tro|khen)\b[^?]{0,24}\bcho (?:nhung )?(?:ai|nguoi nao)\b|"
    r"\b(?:lien he|gap|hoi|goi|keu|gui|nop|bao cao|trinh|xin y kien|phan anh)"
    r"(?: (?:cho|ve|den|voi|toi|len))* (?:ai|(?:co quan|don vi|so|cua|phong|ban|noi|cho) nao|dau)\b"
)


def read_dated(question: Question, evidence: Evidence) -> Draft:
    """Who or what a date in the question belongs to: only units that carry that date."""
    if not evidence.dated:
        return Draft()
    best = evidence.dated[0]
    if best.coverage < min_coverage(question):
        return Draft()
    if question.intent is Intent.WHO:
        near = [u for u in evidence.dated if u.coverage >= 0.85 * best.coverage]
        lines = [line for u in near[:MAX_LINES] if (line := _who_line(u))]
        return Draft(distinct(lines))
    near = [u for u in evidence.dated if u.score >= 0.9 * best.score]
    return Draft(distinct([quoted(u) for u in near[:3]]))


def asks_whom(question: Question) -> bool:
    """Whether it is asked to whom something goes, not who acts: «liên hệ ai», «gửi cho ai»."""
    return _OBJECT.search(fold(question.text).lower()) is not None


def read_contact(question: Question, evidence: Evidence) -> Draft:
    """«Vướng mắc thì hỏi ai?»: the sentence that says whom to turn to; none where none does."""
    if not _CONTACT_ASKED.search(fold(question.text).lower()):
        return Draft()
    told = [u for u in evidence.units if _CONTACT.search(u.text)]
    if not told:
        return Draft()
    return Draft((quoted(max(told, key=lambda u: u.score)),), certain=True)


def read_who(question: Question, evidence: Evidence) -> Draft:
    """The actor of the sentence that says what is asked about."""
    if not is_known(question, evidence):
        return Draft()
    if asks_whom(question):
        return read_sentence(question, evidence)  # not who acts, but to whom
    found = field_of_best(question, evidence, is_lead_field)
    if not found.abstains:
        return found
    if not evidence.units or evidence.units[0].coverage < min_coverage(question):
        return read_sentence(question, evidence)
    top = evidence.units[0].score
    near = [u for u in evidence.units[:6] if u.score >= _NEAR * top]
    named = [(u, line) for u in near if (line := _who_line(u))]
    if not named:
        return read_sentence(question, evidence)
    best, first = named[0]
    lines = [first]
    if question.across:
        lines += [line for u, line in named[1:] if u.score >= _ALSO * best.score]
    return Draft(tuple({fold(line.text).lower(): line for line in reversed(lines)}.values())[::-1])


def _who_line(unit: Unit) -> Line | None:
    found = actor_span(unit.document, unit.start, unit.end)
    if found is None:
        return None
    actor = clean(unit.document.text[found[0] : found[1]])
    span = window(unit, unit.start, unit.start)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        return Line(actor, (Span(unit.document, *clip(unit.document, above)), span))
    if span.start <= found[0] and found[1] <= span.end:
        return Line(actor, (span,))
    return Line(actor, (span, Span(unit.document, *found)))
