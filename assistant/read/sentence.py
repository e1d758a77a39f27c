"""Answers by the sentence that says what is asked: lists, yes or no, places, all the rest. Pure."""

from __future__ import annotations

import re

from assistant.choose import scores
from assistant.draft import Draft, Line
from assistant.evidence import LEAD_IN_LOSS, Evidence, Unit
from assistant.quantities import quantities, verdict_on
from assistant.read.lines import MAX_LINES, distinct, quoted
from assistant.read.sections import (
    announced_by,
    beside,
    best_section,
    headed_by,
    items,
    opens_document,
    section_of_act,
)
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from ingest.vietnamese import fold

_BESIDE_SHARE = 0.85  # of the best item's score, for another item of its list to be meant too
_SURELY_NAMED = 0.85  # how well a heading must name what is asked, to win over the best sentence
_CLOSE = 0.5  # below the best score: what the score alone does not tell apart
_CHOICE_SHARE = 0.1  # of how well a sentence reads as the answer, beside its score
_MOST_READ = 10  # units that are chosen among
_DECIDING_COVERAGE = 0.3  # of a sentence that decides yes or no
_AFFIRMING = 0.75  # what it must say of the question's particulars to be called a yes
_ASKS_LEAVE = re.compile(r"\b(?:duoc|hop le|dat|du|dung|cho phep|thoa man|dap ung)\b")
_ATTACHED_ASKED = re.compile(
    r"\bco (?P<thing>\w+ \w+)(?: \w+){0,3}? (?:kem theo|gui kem|dinh kem)\b.*\b(?:khong|chua|ko)\b"
)
# «tại Hội nghị», «tại Điều 5», «tại Công văn số …» are places in no map.
_NO_PLACE = (
    r"(?i:hội nghị|đại hội|điều|khoản|điểm [a-zđ\d]|mục|phụ lục|kế hoạch|công văn|quyết định|nghị|"
    r"thông|chỉ thị|hướng dẫn|kết luận|văn bản)\b"
)
_PLACE = re.compile(
    r"\b(?:tại|ở|địa điểm|trụ sở|hội trường|nhà văn hóa|sân vận động|qua|chọn|về|gửi về|đến)\s+"
    rf"(?!{_NO_PLACE})(?:\w+\s+){{0,2}}?"
    r"(?=[A-ZĐ]|ấp|xã|phường|thôn|xóm|huyện|trường|trung tâm|hội trường|nhà|"
    r"địa chỉ|sở|ban|phòng|số \d)"
)


def read_list(question: Question, evidence: Evidence) -> Draft:
    """The items of the section that the question names, or the sentences that say what is asked."""
    if not is_known(question, evidence):
        return Draft()
    if act := section_of_act(question, evidence):
        return items(*act)
    found = best_section(evidence.terms, evidence)
    saying = [unit for unit in evidence.units if not opens_document(unit)]
    best = max(saying, key=_as_list_head, default=None)
    if best is None:
        return Draft()
    if found and (found.holds(best) or found.named >= _SURELY_NAMED):
        draft = items(found.document, found.index)
        if not draft.abstains:
            return draft
    if best.coverage < min_coverage(question):
        return Draft()
    announced = announced_by(best)
    if not announced.abstains:
        return announced
    alike = beside(best, evidence.units, _BESIDE_SHARE)
    if len(alike) > 1:
        return Draft(distinct([quoted(unit) for unit in alike[:MAX_LINES]]))
    return read_sentence(question, evidence)


def _as_list_head(unit: Unit) -> float:
    """The score of a unit to begin a list from: here a lead-in is as good as what it announces."""
    return unit.score + (LEAD_IN_LOSS if unit.text.endswith(":") else 0.0)


def read_sentence(question: Question, evidence: Evidence) -> Draft:
    """The best sentence; of several nearly as good, the one that reads as the answer."""
    if not is_known(question, evidence) or not evidence.units:
        return Draft()
    best = _best(question, evidence)
    if best.coverage < min_coverage(question):
        return Draft()
    headed = headed_by(best) if question.intent is not Intent.YES_NO else None
    if headed is not None:
        return items(best.document, headed)
    announced = announced_by(best)
    if not announced.abstains and question.intent is not Intent.YES_NO:
        return announced
    return Draft((quoted(best),))


def _best(question: Question, evidence: Evidence) -> Unit:
    """The first unit, or one of its document that scores nearly as high and answers better."""
    first = evidence.units[0]
    if question.intent is Intent.YES_NO or question.language == "en":
        return first  # the one that decides; renderings are no sentence that the chooser can read
    close = [
        unit
        for unit in evidence.units[:_MOST_READ]
        if unit.document.id == first.document.id
        and unit.score >= first.score - _CLOSE
        and (unit is first or not opens_document(unit))
    ]
    if len(close) > 1 and opens_document(first):
        close.remove(first)
    close.sort(key=lambda unit: unit.start)
    answering = scores(question.text, [unit.text for unit in close])
    best = max(
        range(len(close)), key=lambda i: close[i].score + _CHOICE_SHARE * float(answering[i])
    )
    return close[best]


def read_yes_no(question: Question, evidence: Evidence) -> Draft:
    """The sentence that decides, with «Có» or «Không» only where its words say so."""
    if attached := _attached(question, evidence):
        return Draft((attached,))
    amounts = quantities(question.text)
    allowed = verdict_on(amounts, evidence.units[0].text) if evidence.units else None
    draft = read_sentence(question, evidence)
    floor = _DECIDING_COVERAGE if allowed is None else min_coverage(question)
    if draft.abstains or evidence.units[0].coverage < floor:
        return Draft()
    first = draft.lines[0]
    asked, said = fold(question.text).lower(), fold(first.text).lower()
    if "bat buoc" in asked and "khuyen khich" in said:
        verdict = {"vi": "Không bắt buộc", "en": "Not mandatory"}[question.language]
    elif allowed is not None and (_ASKS_LEAVE.search(asked) or question.language == "en"):
        verdict = {"vi": ("Không", "Có"), "en": ("No", "Yes")}[question.language][allowed]
    elif evidence.units[0].specific < _AFFIRMING or re.search(r"\bkhong\b(?! ngung)", said):
        verdict = ""  # the words are shown; what follows from them is the reader's to say
    else:
        verdict = {"vi": "Có", "en": "Yes"}[question.language]
    text = f"{verdict}: {first.text}" if verdict else first.text
    return Draft((Line(text, first.evidence), *draft.lines[1:]))


def _attached(question: Question, evidence: Evidence) -> Line | None:
    """«… có đề cương kèm theo không?»: the words, often of a heading, that say so of that thing."""
    asked = _ATTACHED_ASKED.search(fold(question.text).lower())
    if asked is None or not is_known(question, evidence):
        return None
    said = re.compile(rf"\b{asked['thing']}\b[^.;]{{0,40}}\b(?:kem theo|gui kem|dinh kem)\b")
    unit = next((u for u in evidence.units if said.search(fold(u.text).lower())), None)
    if unit is None:
        return None
    line = quoted(unit)
    return Line(f"Có: {line.text}", line.evidence)


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
    if best.coverage < floor or not _place_fit(best):
        return Draft()
    return Draft((quoted(placed[0][1]),))


def _place_fit(unit: Unit) -> float:
    said = fold(unit.text).lower()
    if re.match(r"(?:dia diem|noi|dia chi)\b[^:]{0,30}:", said):
        return 0.6
    return 0.25 if _PLACE.search(unit.text) else 0.0
