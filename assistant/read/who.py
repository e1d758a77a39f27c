"""Answers to «ai», and to questions that give a date and ask who or what it belongs to. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.acts import Act, verbs_in
from assistant.read.bodies import with_number
from assistant.read.fields import field_of_best
from assistant.read.lines import MAX_LINES, clean, clip, distinct, quoted, window
from assistant.read.sentence import read_sentence
from assistant.read.thresholds import is_known, min_coverage
from assistant.read.whom import asks_whom
from assistant.records import Intent, Question
from assistant.units import MARKER, completed_line
from ingest.actors import DUTY_WORDS, actor_span, is_body, is_lead_field
from ingest.vietnamese import fold

_NEAR = 0.65  # of the best sentence's score, for one that names who acts
_MOST_READ = 12  # sentences in which the actor is looked for
_PERSON = re.compile(
    r"(?P<x>(?i:đồng chí|đ/c|ông|bà|[uủ][yỷ] viên|bí thư|phó bí thư|chủ tịch|phó chủ tịch|giám đốc|"
    r"phó giám đốc|trưởng|phó trưởng|hiệu trưởng|chánh|thạc sĩ|tiến sĩ|bác sĩ)\s[^;:\n]{3,160}?"
    r"[A-ZĐ]\w*),?\s+(?:đã |sẽ |trực tiếp |đến dự,? (?:và )?)*(?:đồng )?(?:chủ trì|chủ tọa|"
    r"phát biểu|kết luận|điều hành|khai mạc|bế mạc|trình bày|quán triệt|trao|công bố|phụ trách|"
    r"chỉ đạo)\b"
)
_TO_WHOM = 0.4  # of the question's particulars, for a sentence to say to whom
_PARTNER_ASKED = re.compile(r"\b(?:phoi hop|cung|chung) (?:voi |cung )?(?:ai|\w+ (?:\w+ )?nao)\b")
_PARTNER = re.compile(rf"phối hợp (?:với |cùng )?(?:(?!\b(?:{DUTY_WORDS})\b)[^;.\n]){{3,200}}")
# The name of a field, or whoever helps.
_NOBODY = re.compile(
    r"(?i:(?:các )?(?:(?:đơn vị|cơ quan|địa phương|bộ phận|cá nhân|ngành),? ?)+"
    r"(?:(?:có )?liên quan)?)"
)
_GIVEN_ON = re.compile(r"\w\s+giao\s+(?:cho\s+)?(?=[A-ZĐ])")
_LEAD_LINES = 8  # lines of one task, from the items of its content to who answers for it
_ALSO = 0.85  # of that one's, for another actor to be meant too


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


def read_who(question: Question, evidence: Evidence) -> Draft:
    """The actor of the sentence that says what is asked about."""
    if not is_known(question, evidence):
        return Draft()
    if asks_whom(question):
        most = max((u.specific for u in evidence.units), default=0.0)
        if question.language == "vi" and most < _TO_WHOM:
            return Draft()
        return read_sentence(question, evidence)  # not who acts, but to whom
    found = field_of_best(question, evidence, is_lead_field)
    if not found.abstains:
        return found
    if not evidence.units or evidence.units[0].coverage < min_coverage(question):
        return read_sentence(question, evidence)
    asked, act = fold(question.text).lower(), Act.of(question)
    among = evidence.units if act.is_anywhere else evidence.units[:_MOST_READ]
    rated = sorted(((u.score + act.gain(u), u) for u in among), key=lambda pair: -pair[0])
    top, leading = rated[0]
    near = [unit for score, unit in rated if score >= _NEAR * top]
    if line := _lead_of_task(leading):
        return Draft((line,))
    if inside := _headed_by(leading, evidence):
        near = [*inside, *(u for u in near if u not in inside)]
    named = [
        (u, line)
        for u in near[:6]
        if (line := _who_line(u))
        and not _is_asked_of(fold(line.text).lower(), asked)
        and not _NOBODY.fullmatch(line.text)
    ]
    if not named:
        return read_sentence(question, evidence)
    best, first = named[0]
    matter = evidence.units[0]
    if best is not matter and act.verb_gain(best) and best.document.id == matter.document.id:
        # «… chủ trì hội nghị»: which one, the sentence before says.
        first = Line(first.text, (*first.evidence, window(matter, matter.start, matter.start)))
    if _PARTNER_ASKED.search(asked) and (partner := _partner(best)):
        first = Line(f"{first.text}, {partner}", first.evidence)
    lines = [first]
    if question.across:
        lines += [line for u, line in named[1:] if u.score >= _ALSO * best.score]
    return Draft(tuple({fold(line.text).lower(): line for line in reversed(lines)}.values())[::-1])


def has_other_verb(question: Question, draft: Draft, evidence: Evidence) -> bool:
    """Whether ``draft`` says none of the verbs of the question, and another sentence that names
    its actor does: «chủ trì hội nghị» is asked, «tổ chức Hội nghị» is what the draft says."""
    act = Act.of(question)
    said = " ".join(s.document.text[s.start : s.end] for x in draft.lines for s in x.evidence)
    if not act.verbs or not evidence.units or act.verbs & verbs_in(fold(said).lower()):
        return False
    least = _NEAR * evidence.units[0].score
    return any(
        u.score + act.verb_gain(u) >= least and act.verb_gain(u) and _who_line(u)
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


def _headed_by(unit: Unit, evidence: Evidence) -> list[Unit]:
    """The units, in order, of the section that ``unit`` heads: who is given it is named there.

    None where it heads none, or names a body itself.
    """
    document = unit.document
    index = document.section_at(unit.start)
    if index < 0:
        return []
    section = document.sections[index]
    marker = MARKER.match(document.text, section.start, unit.start + 1)
    line_end = document.text.find("\n", section.start)
    is_heading = marker is not None and marker.end() == unit.start and unit.end >= line_end - 2
    if line_end < 0 or not is_heading or is_body(unit.text):
        return []
    inside = [
        u
        for u in evidence.units
        if u.document.id == document.id and unit.start < u.start < section.end
    ]
    return sorted(inside, key=lambda u: u.start)


def _partner(unit: Unit) -> str:
    """«phối hợp với …» of ``unit``, as far as the names go; "" where it has none."""
    match = _PARTNER.search(unit.text)
    return clean(match.group()) if match else ""


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
    return Line(actor, (span, Span(unit.document, with_number(unit.document, found[0]), found[1])))
