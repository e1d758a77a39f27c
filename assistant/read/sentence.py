"""Answers by the sentence that says what is asked: lists, yes or no, places, all the rest. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.choose import scores
from assistant.draft import Draft, Line
from assistant.evidence import LEAD_IN_LOSS, Evidence, Unit
from assistant.quantities import quantities, verdict_on
from assistant.read.asked_kinds import asks_contents, names_kind_asked
from assistant.read.enumeration import enumeration_at, read_enumeration
from assistant.read.leave import asks_duty, asks_leave, read_exemption, read_leave
from assistant.read.lines import MAX_LINES, distinct, quoted
from assistant.read.sections import (
    Headed,
    announced_by,
    beside,
    best_section,
    headed_by,
    items_asked,
    opens_document,
    section_of_act,
    section_of_noun,
)
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import said_by
from ingest.tables import headed_cells
from ingest.vietnamese import fold

_BESIDE_SHARE = 0.85  # of the best item's score, for another item of its list to be meant too
_SURELY_NAMED = 0.85  # how well a heading must name what is asked, to win over the best sentence
_SAYS_MORE = 0.2  # of the question, in a sentence beside what the heading above it says
_CLOSE = 0.5  # below the best score: what the score alone does not tell apart
_CHOICE_SHARE = 0.1  # of how well a sentence reads as the answer, beside its score
_LISTS_GAIN = 0.25  # of a sentence that lists, where what something is made up of is asked
_MOST_READ = 10  # units that are chosen among
_DECIDING_COVERAGE = 0.3  # of a sentence that decides yes or no
_AFFIRMING = 0.75  # what it must say of the question's particulars to be called a yes
_ASKS_MANY = re.compile(
    r"\b(?:nhung|cac|may|gom|liet ke|noi dung|nhiem vu|viec|hoat dong|giai phap|the nao|ra sao|"
    r"nhu nao|lam gi|dieu kien|yeu cau|tieu chuan|ho so|giay to|nao)\b"
)
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
# «Ngày 24/02: thôn Đồi - sân kho»: when, who, and after the dash where.
_TIMED_PLACE = re.compile(
    r"(?:(?:Từ |Các )?ngày|Sáng|Chiều|Tối|\d{1,2}(?:h|g|:)\d{2})\b[^:]{0,40}:.* [-–] ", re.I
)


def read_list(question: Question, evidence: Evidence) -> Draft:
    """The items of the section that the question names, or the sentences that say what is asked."""
    if not is_known(question, evidence):
        return Draft()
    if act := section_of_act(question, evidence) or section_of_noun(question, evidence):
        return items_asked(question, *act)
    found = best_section(evidence.terms, evidence)
    saying = [unit for unit in evidence.units if not opens_document(unit)]
    best = max(saying, key=_as_list_head, default=None)
    if best is None:
        return Draft()
    whole = found is not None and (found.holds(best) or found.named >= _SURELY_NAMED)
    if found and whole and not _says_more_than(found, best, question, evidence):
        draft = items_asked(question, found.document, found.index)
        if not draft.abstains:
            return draft
    if best.coverage < min_coverage(question):
        return Draft()
    announced = announced_by(best)
    if not announced.abstains:
        return announced
    alike = beside(best, evidence.units, _BESIDE_SHARE)
    for unit in alike:
        listed = read_enumeration(question, evidence, unit)
        inline = enumeration_at(unit.document, unit.start)
        if inline and not listed.abstains and names_kind_asked(question, inline.lead):
            return listed
    if len(alike) > 1:
        return Draft(distinct([quoted(unit) for unit in alike[:MAX_LINES]]))
    return read_sentence(question, evidence)


def _says_more_than(found: Headed, best: Unit, question: Question, evidence: Evidence) -> bool:
    """Whether one thing is asked, and a sentence of the section says what its heading does not.

    «Dự lễ mặc gì?» is no question for the whole section «Lễ kết nạp».
    """
    if question.language == "en" or _ASKS_MANY.search(fold(question.text).lower()):
        return False
    if headed_by(best) is not None or best.text.endswith(":") or not found.holds(best):
        return False
    terms = evidence.terms.within(evidence.cards[best.document.id])
    heading = said_by(found.document.sections[found.index].heading)
    more = terms.share_in(heading | best.source.said) - terms.share_in(heading)
    return more >= _SAYS_MORE


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
        return items_asked(question, best.document, headed)
    announced = announced_by(best)
    if not announced.abstains and question.intent is not Intent.YES_NO:
        return announced
    listed = read_enumeration(question, evidence, best)
    if not listed.abstains:
        return listed
    return Draft((quoted(best, evidence.terms.within(evidence.cards[best.document.id])),))


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
    contents = asks_contents(question)

    def fit(i: int) -> float:
        lists = contents and enumeration_at(close[i].document, close[i].start) is not None
        return close[i].score + _CHOICE_SHARE * float(answering[i]) + _LISTS_GAIN * lists

    return close[max(range(len(close)), key=fit)]


def read_yes_no(question: Question, evidence: Evidence) -> Draft:
    """The sentence that decides, with «Có» or «Không» only where its words say so."""
    if attached := _attached(question, evidence):
        return Draft((attached,))
    evidence = _deciding(evidence)
    amounts = quantities(question.text)
    allowed = verdict_on(amounts, evidence.units[0].text) if evidence.units else None
    if allowed is None and asks_leave(question):
        leave = read_leave(question, evidence)
        if not leave.abstains:
            return leave
    draft = read_sentence(question, evidence)
    floor = _DECIDING_COVERAGE if allowed is None else min_coverage(question)
    if draft.abstains or evidence.units[0].coverage < floor:
        return Draft()
    if allowed is None and asks_duty(question):
        exempt = read_exemption(question, evidence, evidence.units[0])
        if not exempt.abstains:
            return exempt
    first = draft.lines[0]
    asked, said = fold(question.text).lower(), fold(first.text).lower()
    if "bat buoc" in asked and "khuyen khich" in said:
        verdict = {"vi": "Không bắt buộc", "en": "Not mandatory"}[question.language]
    elif allowed is not None and (_ASKS_LEAVE.search(asked) or question.language == "en"):
        verdict = {"vi": ("Không", "Có"), "en": ("No", "Yes")}[question.language][allowed]
    elif (
        asks_leave(question)
        or evidence.units[0].specific < _AFFIRMING
        or re.search(r"\bkhong\b(?! ngung)", said)
    ):
        verdict = ""  # the words are shown; what follows from them is the reader's to say
    else:
        verdict = {"vi": "Có", "en": "Yes"}[question.language]
    text = f"{verdict}: {first.text}" if verdict else first.text
    return Draft((Line(text, first.evidence), *draft.lines[1:]))


def _deciding(evidence: Evidence) -> Evidence:
    """The evidence without bare headings, which decide nothing: «5. Hội thi nấu ăn»."""
    return replace(evidence, units=tuple(u for u in evidence.units if headed_by(u) is None))


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
    headed = fold(headed_cells(unit.document.text, unit.start)).lower()
    if re.search(r"(?m)^(?:dia diem|noi|dia chi)\b", headed):
        return 0.6  # a row of a schedule with a column of places
    if _TIMED_PLACE.match(unit.text):
        return 0.25
    return 0.25 if _PLACE.search(unit.text) else 0.0
