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
_MOST_READ = 12  # sentences in which the actor is looked for
_VERB_GAIN = 0.3  # of a sentence that has the very verb of the question
_MEETING_GAIN = 0.8  # of one that says who speaks or presides at a meeting, where that is asked
_MEETING = re.compile(
    r"\b(?:chu tri|chu toa|dieu hanh|khai mac|be mac|phat bieu|ket luan)\b[^.;]{0,30}"
    r"\b(?:hoi nghi|cuoc hop|phien hop|buoi|le|dai hoi|hoi thao|toa dam)\b"
)
# What one does before others, folded: who does it is told by the sentence that has the same verb,
# rather than by one in which somebody else «tổ chức» the same meeting.
_VERBS = re.compile(
    r"\b(?:chu tri|chu toa|dong chu tri|tham muu|phat bieu|ket luan|dieu hanh|khai mac|be mac|"
    r"phu trach|don doc|chi dao|tham dinh|cap phat|phan bien|bao cao vien|trinh bay|quan triet|"
    r"tong hop|giam sat|huong dan|bo tri kinh phi|theo doi|truc tiep|thuong truc|giup viec)\b"
)
_PERSON = re.compile(
    r"(?P<x>(?i:đồng chí|đ/c|ông|bà|[uủ][yỷ] viên|bí thư|phó bí thư|chủ tịch|phó chủ tịch|giám đốc|"
    r"phó giám đốc|trưởng|phó trưởng|hiệu trưởng|chánh|thạc sĩ|tiến sĩ|bác sĩ)\s[^;:\n]{3,160}?"
    r"[A-ZĐ]\w*),?\s+(?:đã |sẽ |trực tiếp |đến dự,? (?:và )?)*(?:đồng )?(?:chủ trì|chủ tọa|"
    r"phát biểu|kết luận|điều hành|khai mạc|bế mạc|trình bày|quán triệt|trao|công bố|phụ trách|"
    r"chỉ đạo)\b"
)
_GIVEN_ON = re.compile(r"\w\s+giao\s+(?:cho\s+)?(?=[A-ZĐ])")
_LEAD_LINES = 8  # lines of one task, from the items of its content to who answers for it
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
    asked = fold(question.text).lower()
    verbs = set(_VERBS.findall(asked))
    rated = sorted(
        ((u.score + _verb_gain(u, verbs), u) for u in evidence.units[:_MOST_READ]),
        key=lambda pair: -pair[0],
    )
    top = rated[0][0]
    near = [u for score, u in rated if score >= _NEAR * top]
    if line := _lead_of_task(rated[0][1]):
        return Draft((line,))
    named = [
        (u, line)
        for u in near[:6]
        if (line := _who_line(u)) and not _is_asked_of(fold(line.text).lower(), asked)
    ]
    if not named:
        return read_sentence(question, evidence)
    best, first = named[0]
    matter = evidence.units[0]
    if best is not matter and _verb_gain(best, verbs) and best.document.id == matter.document.id:
        # «… chủ trì hội nghị»: which one, the sentence before says.
        first = Line(first.text, (*first.evidence, window(matter, matter.start, matter.start)))
    lines = [first]
    if question.across:
        lines += [line for u, line in named[1:] if u.score >= _ALSO * best.score]
    return Draft(tuple({fold(line.text).lower(): line for line in reversed(lines)}.values())[::-1])


def has_other_verb(question: Question, draft: Draft, evidence: Evidence) -> bool:
    """Whether ``draft`` says none of the verbs of the question, and another sentence that names
    its actor does: «chủ trì hội nghị» is asked, «tổ chức Hội nghị» is what the draft says."""
    verbs = set(_VERBS.findall(fold(question.text).lower()))
    said = " ".join(s.document.text[s.start : s.end] for x in draft.lines for s in x.evidence)
    if not verbs or not evidence.units or verbs & set(_VERBS.findall(fold(said).lower())):
        return False
    least = _NEAR * evidence.units[0].score
    return any(
        u.score + _verb_gain(u, verbs) >= least and _verb_gain(u, verbs) and _who_line(u)
        for u in evidence.units[:_MOST_READ]
    )


def _is_asked_of(actor: str, asked: str) -> bool:
    """Whether the actor is the one of whom it is asked: «Trưởng ban tổ chức là ai?». Folded."""
    return (
        re.search(
            rf"(?:^|\bai la ){re.escape(actor)}\b|\b{re.escape(actor)}.{{0,40}}\bla ai\b", asked
        )
        is not None
    )


def _verb_gain(unit: Unit, verbs: set[str]) -> float:
    """What a unit gains for the verbs of the question that it has itself."""
    if not verbs:
        return 0.0
    text = fold(unit.text).lower()
    said = set(_VERBS.findall(text))
    share = len(verbs & said) / len(verbs)
    return (_MEETING_GAIN if _MEETING.search(text) else _VERB_GAIN) * share


def _lead_of_task(unit: Unit) -> Line | None:
    """Who answers for a task whose content is items of their own, ``unit`` one of them.

    «- Nội dung:», «+ …», «+ …», then «- Cơ quan thực hiện: Sở Y tế chủ trì».
    """
    text = unit.document.text
    begin = text.rfind("\n", 0, unit.start) + 1
    mark = text[begin : unit.start].strip()
    if mark not in ("+", "-", "–", "•", "*") or not _is_announced(text, begin, mark):
        return None
    position = text.find("\n", unit.end)
    for _ in range(_LEAD_LINES):
        if position < 0:
            return None
        stop = text.find("\n", position + 1)
        stop = len(text) if stop < 0 else stop
        line = text[position + 1 : stop]
        if line.strip() and not line.lstrip().startswith(mark):
            if not is_lead_field(line):
                return None
            start = position + 1 + len(line) - len(line.lstrip(" -–+*•"))
            value = clean(line.partition(":")[2]).rstrip(".")
            field = Span(unit.document, start, position + 1 + len(line.rstrip()))
            return Line(
                value, (Span(unit.document, *clip(unit.document, (unit.start, unit.end))), field)
            )
        position = stop if stop < len(text) else -1
    return None


def _is_announced(text: str, start: int, mark: str) -> bool:
    """Whether the items with ``mark`` to which the line at ``start`` belongs follow a lead-in."""
    for line in reversed(text[max(0, start - 4000) : start].split("\n")):
        if line.strip() and not line.lstrip().startswith(mark):
            return line.rstrip().endswith(":")
    return False


def _who_line(unit: Unit) -> Line | None:
    person = _PERSON.search(unit.text)
    if person and "\n" not in unit.text:
        found: tuple[int, int] | None = (
            unit.start + person.start("x"),
            unit.start + person.end("x"),
        )
    else:
        found = actor_span(unit.document, unit.start, unit.end)
    if found is None:
        return None
    if given := _GIVEN_ON.search(unit.document.text, *found):
        found = (given.end(), found[1])  # «UBND các xã giao Công an xã»: who it is given to
    actor = clean(unit.document.text[found[0] : found[1]])
    span = window(unit, unit.start, unit.start)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        return Line(actor, (Span(unit.document, *clip(unit.document, above)), span))
    if span.start <= found[0] and found[1] <= span.end:
        return Line(actor, (span,))
    return Line(actor, (span, Span(unit.document, *found)))
