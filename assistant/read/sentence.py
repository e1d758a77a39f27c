"""Answers by the sentence that says what is asked: lists, yes or no, places, all the rest. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft, Line
from assistant.evidence import Evidence, Unit
from assistant.read.lines import quoted
from assistant.read.sections import best_section, headed_by, items
from assistant.read.thresholds import SURE_COVERAGE, is_known, min_coverage
from assistant.records import Intent, Question
from ingest.vietnamese import fold

_DECIDING_COVERAGE = 0.42  # of a sentence that decides yes or no
_AFFIRMING = 0.75  # what it must say of the question's particulars to be called a yes
_PLACE = re.compile(
    r"\b(?:tại|ở|địa điểm|trụ sở|hội trường|nhà văn hóa|sân vận động|qua|chọn|về|gửi về|đến)\s+"
    r"(?:\w+\s+){0,2}?(?=[A-ZĐ]|ấp|xã|phường|thôn|xóm|huyện|trường|trung tâm|hội trường|nhà|"
    r"địa chỉ|sở|ban|phòng|số \d)"
)


def read_list(question: Question, evidence: Evidence) -> Draft:
    """The items of the section that the question names, or the sentences that say what is asked."""
    if not is_known(question, evidence):
        return Draft()
    found = best_section(evidence.terms, evidence)
    if found:
        draft = items(found[0], found[1])
        if not draft.abstains:
            return draft
    return read_sentence(question, evidence)


def read_sentence(question: Question, evidence: Evidence) -> Draft:
    """The best sentence, or the two best of one place."""
    if not is_known(question, evidence) or not evidence.units:
        return Draft()
    best = evidence.units[0]
    if best.coverage < min_coverage(question):
        return Draft()
    headed = headed_by(best) if question.intent is not Intent.YES_NO else None
    if headed is not None:
        return items(best.document, headed)
    return Draft((quoted(best),))


def read_yes_no(question: Question, evidence: Evidence) -> Draft:
    """The sentence that decides, with «Có» or «Không» only where its words say so."""
    draft = read_sentence(question, evidence)
    if draft.abstains or evidence.units[0].coverage < _DECIDING_COVERAGE:
        return Draft()
    first = draft.lines[0]
    asked, said = fold(question.text).lower(), fold(first.text).lower()
    if "bat buoc" in asked and "khuyen khich" in said:
        verdict = {"vi": "Không bắt buộc", "en": "Not mandatory"}[question.language]
    elif evidence.units[0].specific < _AFFIRMING or re.search(r"\bkhong\b(?! ngung)", said):
        verdict = ""  # the words are shown; what follows from them is the reader's to say
    else:
        verdict = {"vi": "Có", "en": "Yes"}[question.language]
    text = f"{verdict}: {first.text}" if verdict else first.text
    return Draft((Line(text, first.evidence), *draft.lines[1:]))


def read_where(question: Question, evidence: Evidence) -> Draft:
    """The sentence that names the place: a field «Địa điểm», or words of place."""
    if not is_known(question, evidence):
        return Draft()
    floor = min_coverage(question)
    placed = sorted(
        ((u.score + _place_fit(u), u) for u in evidence.units if u.coverage >= 0.7 * floor),
        key=lambda pair: -pair[0],
    )
    if not placed:
        return Draft()
    best = placed[0][1]
    if best.coverage < (floor if _place_fit(best) else SURE_COVERAGE):
        return Draft()
    return Draft((quoted(placed[0][1]),))


def _place_fit(unit: Unit) -> float:
    said = fold(unit.text).lower()
    if re.match(r"(?:dia diem|noi|dia chi)\b[^:]{0,30}:", said):
        return 0.6
    return 0.25 if _PLACE.search(unit.text) else 0.0
