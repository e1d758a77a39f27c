"""Persons who do what is asked: at a meeting, at the head of a team, in charge of a matter. Pure.

A person is cased syllables after a title («đồng chí», «bà», «ThS.»), or a family name and what
follows it after a position («Chủ tịch Hội Khuyến học huyện Trần Quốc Mạnh»), with the positions
that stand beside the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import NamedTuple

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.question_terms import agreement
from assistant.read.forms import NAME_OF_PERSON
from assistant.read.lines import clean, quoted, window
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import said_by
from ingest.signature import POSITIONS
from ingest.vietnamese import LOWER, UPPER, fold

_WORD = rf"[{UPPER}](?:['’][{UPPER}]?)?[{LOWER}]{{0,7}}"
_TITLE = (
    r"(?i:đồng chí|đ/c|ông|bà|anh|chị|thầy|cô|bs|ths|ts|pgs|gs|ks|cn|bác sĩ|thạc sĩ|tiến sĩ|"
    r"kỹ sư|luật sư|(?:đại|thượng|trung|thiếu) (?:tá|tướng|úy))"
)
_POSITION = "|".join(POSITIONS)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLE}[.:\s]\s*)+(?P<name>{_WORD}(?:\s{_WORD}){{1,4}})(?!\w)")
_PLACED = re.compile(
    rf"(?<!\w)(?i:{_POSITION})(?!\w)[^,;:.()\n]{{0,70}}?\s(?P<name>{NAME_OF_PERSON.pattern})"
)
_LEVEL_BEFORE = re.compile(r"(?i:xã|phường|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|TP)\s*$")
# What a person does, where a position beside the name ends.
_ACTS = (
    r"đã|sẽ|vừa|cùng|trực tiếp|đồng chủ trì|chủ trì|chủ tọa|phát biểu|kết luận|điều hành|"
    r"khai mạc|bế mạc|trình bày|quán triệt|truyền đạt|đọc|trao|công bố|phụ trách|chỉ đạo|"
    r"theo dõi|đề nghị|yêu cầu|nhấn mạnh|khẳng định|báo cáo|thay mặt|làm|là|dự|đến dự|tham dự|"
    r"ghi nhận|đánh giá|cho biết|đảm nhiệm|chịu trách nhiệm|giúp"
)
_BESIDE = re.compile(
    rf"\s*\((?P<in>[^()\n]{{2,70}})\)|\s*[,–-]\s*(?=[{UPPER}]|(?i:{_POSITION})\b)"
    rf"(?!(?i:đồng chí|đ/c|ông|bà)\b)[^,;:.()\n]{{2,90}}?"
    rf"(?=\s*(?:[,;:.()\n]|\s[–-]\s|$|\s(?:và\s+)?(?:{_ACTS})(?!\w)))"
)
_JOINS = re.compile(r"\s*(?:,|;|và|cùng|với|\s)+\s*$")
_BETWEEN = re.compile(
    r"[\s,–-]*(?:(?:đã|sẽ|vừa|trực tiếp|là người|đồng|cùng|(?:đến|về|tham) dự,?(?: và)?|"
    r"thay mặt [^,;.\n]{3,60},)\s+)*$"
)
_OPENS_CLAUSE = re.compile(r"(?:^|[.;:,]|\bdưới sự|\bvà|^\W*[-–+•*])\s*$")
_TO_PERSON = re.compile(r"[^.;\n]{0,90}?(?:,|:|(?<!\w)(?:là|có|gồm|của|bởi)|–|-)\s*(?:các )?$")

_EVENT = re.compile(
    r"\b(?:hoi nghi|hoi thao|hoi thi|(?:cuoc |phien |buoi |lich )?hop|buoi|le|dai hoi|toa dam|"
    r"giao ban|lop|dien dan|gap mat|doi thoai|ngay hoi|su kien)\b"
)
_SOME_BODY = re.compile(
    r"\b(?:co quan|don vi|so|ban|phong|nganh|to chuc|ben|cap|hoi|doan|truong|benh vien) "
    r"(?:nao|gi)\b"
)


class _Act(NamedTuple):
    """What is done at a meeting: how it is asked, folded, and how it is said."""

    asked: re.Pattern[str]
    said: re.Pattern[str]
    needs_event: bool = True
    is_particular: bool = True  # nothing else that is done at a meeting answers for it


_ACTS_AT_MEETINGS = (
    _Act(
        re.compile(r"\b(?:ket luan(?! (?:so |nay\b|\d))|chot lai)\b|\bconclud"),
        re.compile(r"(?<!\w)(?i:(?:phát biểu )?kết luận)(?!\w)"),
    ),
    _Act(re.compile(r"\bkhai mac\b"), re.compile(r"(?<!\w)(?i:(?:phát biểu )?khai mạc)(?!\w)")),
    _Act(re.compile(r"\bbe mac\b"), re.compile(r"(?<!\w)(?i:(?:phát biểu )?bế mạc)(?!\w)")),
    _Act(
        re.compile(r"\bphat bieu chi dao\b"),
        re.compile(r"(?<!\w)(?i:phát biểu chỉ đạo|chỉ đạo (?:hội nghị|tại))(?!\w)"),
    ),
    _Act(
        re.compile(
            r"\b(?:trinh bay|thuyet trinh|truyen dat|doc (?:bao cao|tham luan|dien van|du thao))\b"
        ),
        re.compile(
            r"(?<!\w)(?i:trình bày|truyền đạt|quán triệt|đọc|báo cáo(?! viên)"
            r"(?= (?:tóm tắt|kết quả|tổng kết|tại|nội dung)))(?!\w)"
        ),
        needs_event=False,
    ),
    _Act(re.compile(r"\bphat bieu\b"), re.compile(r"(?<!\w)(?i:phát biểu)(?!\w)")),
    _Act(
        re.compile(r"\b(?:chu tri|chu toa|dieu hanh|cam trich|cam cang|chair\w*|presid\w*)\b"),
        re.compile(r"(?<!\w)(?i:(?:đồng )?chủ trì|chủ tọa|điều hành)(?!\w)"),
        is_particular=False,
    ),
)
_ATTENDS_ASKED = re.compile(
    r"\bai\b[^?]{0,12}\b(?:(?:tham |ve |den )?du|co mat)\b"
    r"(?! (?:an|toan|thao|thi|tuyen|phong|bao|dinh|kien)\b)"
)
_ATTENDS = re.compile(
    r"(?<!\w)(?i:(?:đến |về |tham |cùng )?dự|tham gia|có mặt)(?!\w)(?! (?:án|thảo|toán|kiến|trữ))"
    r"[^.;\n]{0,60}?(?<!\w)(?:có|gồm|là)(?!\w)|(?i:thành phần(?: tham dự| dự)?)[^.;\n]{0,30}:"
)
_CHARGE_ASKED = re.compile(
    r"\b(?:(?P<person>(?:dong chi|d/c|can bo|anh|chi|thay|co|ong|ba) nao|\w+ nguoi nao)|ai)\b"
    r"[^?]*?\b(?:phu trach|theo doi|dam nhan|dam nhiem|dam trach|coi|quan ly|lo)\b|"
    r"\b(?:giao|phan cong)(?: cho)? (?P<given>(?:dong chi|d/c|can bo|anh|chi|thay|co) nao)\b|"
    r"\b(?:phu trach|theo doi|dam nhan|dam nhiem)\b[^?]*\b(?:la ai|la (?:dong chi|nguoi) nao)\b|"
    r"\bwho (?:is |was )?(?:in charge|responsible|overse|monitor|look|cover|handl|lead)\w*"
)
_CHARGE = re.compile(
    r"(?<!\w)(?:phụ trách|theo dõi|trực tiếp|đảm nhiệm|đảm nhận|chịu trách nhiệm|chỉ đạo|"
    r"giúp)(?!\w)"
)
_HEADS = (
    r"(?:pho )?(?:doi|to|nhom|toan|cum|tram) (?:truong|pho)|(?:pho )?truong (?:doan|nhom|tieu ban|"
    r"doi|to|tram|ban)|thu ky|pho (?:doan|tieu ban)"
)
_HEAD_ASKED = re.compile(
    rf"\bai (?:la|lam|giu chuc)\s+(?P<a>{_HEADS})\b|\b(?P<b>{_HEADS})\b[^?]*\b(?:la|do|giao|ten) "
    rf"(?:ai|gi|nguoi nao)\b|\bdo ai (?:la|lam) (?P<c>{_HEADS})\b"
    r"|\bai (?:dung dau|cam dau|chi huy)\b"
)
_HOLDS = re.compile(r"[\s,–-]*(?:làm|là|giữ chức)?\s*")
_IS_HELD_BY = re.compile(r"\s*|[^.;:\n]{0,40}?(?::|–|-|(?<!\w)là:?)\s*")
_ANY_HEAD = r"(?:doi|to|nhom|toan|cum) truong|truong (?:doan|nhom|tieu ban|doi|to)"
_SHARE, _MEETING_SHARE = 0.35, 0.15  # of the best sentence's score, for one that names a person
_GAIN, _PERSON_GAIN = 0.3, 0.7  # of one that does; where a person is asked for
_FRAME = frozenset(
    "ai nao dong chi can bo anh thay co ong ba phu trach theo doi dam nhan nhiem quan ly lo coi "
    "giao phan cong tac mang linh vuc viec chuyen truong pho la lam".split()
)
_MATTER_SHARE = 0.3  # of the words of the matter itself
_LEAST_SPECIFIC = 0.35  # of what is particular to the question, for its person to be meant


@dataclass(frozen=True, slots=True)
class _Person:
    """A person by the place in a text: the whole mention, and the name itself."""

    start: int
    end: int
    name_start: int


def read_person(question: Question, evidence: Evidence) -> Draft:
    """The person who does what is asked; none where a body is asked for, or nobody is named."""
    asked = _asked(question)
    if question.intent is not Intent.WHO or not evidence.units or not is_known(question, evidence):
        return Draft()
    if evidence.units[0].coverage < min_coverage(question):
        return Draft()
    if not _SOME_BODY.search(asked):
        for reader in (_at_meeting, _at_head, _in_charge):
            draft = reader(question, asked, evidence)
            if not draft.abstains:
                return draft
    return Draft()


def is_of_another_matter(question: Question, draft: Draft, evidence: Evidence) -> bool:
    """Whether ``draft`` says nothing of what the person asked for does.

    It is asked who opens, closes, sums up or reads, and it speaks of none of these; or which of
    the leaders is in charge of a matter, and it has no word of that matter.
    """
    if question.intent is not Intent.WHO or draft.abstains:
        return False
    asked = _asked(question)
    spans = [span for line in draft.lines for span in line.evidence]
    said = " ".join(s.document.text[s.start : s.end] for s in spans)
    acts = [act for act in _ACTS_AT_MEETINGS if act.is_particular and act.asked.search(asked)]
    if acts and _EVENT.search(asked) and not any(act.said.search(said) for act in acts):
        return True
    charge = _CHARGE_ASKED.search(asked)
    if charge is None or not (charge["person"] or charge["given"]):
        return False
    card = evidence.cards.get(spans[0].document.id)
    return card is not None and not _says_matter(said_by(said), card, evidence)


def _asked(question: Question) -> str:
    """The question folded; an English one with its own words after its rendering."""
    folded = fold(question.text).lower()
    return folded if question.language == "vi" else f"{folded} {question.typed.lower()}"


def persons_in(text: str) -> list[_Person]:
    """The persons that ``text`` names with a title or a position, in order."""
    found: list[_Person] = []
    for match in _TITLED.finditer(text):
        found.append(_with_positions(text, match.start(), match.start("name"), match.end()))
    for match in _PLACED.finditer(text):
        if any(p.start < match.end() and match.start() < p.end for p in found):
            continue
        if _LEVEL_BEFORE.search(text, 0, match.start("name")) and len(match["name"].split()) < 3:
            continue  # «Chủ tịch UBND huyện Lý Sơn»: the name of a place
        found.append(_with_positions(text, match.start(), match.start("name"), match.end()))
    return sorted(found, key=lambda person: person.start)


def _with_positions(text: str, start: int, name: int, end: int) -> _Person:
    while beside := _BESIDE.match(text, end):
        end = beside.end()
    return _Person(start, end, name)


def _at_meeting(question: Question, asked: str, evidence: Evidence) -> Draft:
    """Who presides, speaks, presents, concludes or is present at a meeting."""
    has_event = _EVENT.search(asked) is not None
    if has_event and _ATTENDS_ASKED.search(asked):
        there = [u for u in evidence.units if _ATTENDS.search(u.text) and persons_in(u.text)]
        return Draft((quoted(there[0]),)) if there else Draft()
    act = next((act for act in _ACTS_AT_MEETINGS if act.asked.search(asked)), None)
    if act is None or (act.needs_event and not has_event):
        return Draft()
    said = act.said
    return _best(question, evidence, lambda unit: _who_does(unit.text, said), share=_MEETING_SHARE)


def _who_does(text: str, said: re.Pattern[str]) -> tuple[int, int] | None:
    """Where those stand who do what ``said`` says, before it or after it; None for nobody named."""
    persons = persons_in(text)
    for verb in said.finditer(text):
        before = [p for p in persons if p.end <= verb.start()]
        if before and _BETWEEN.match(text[before[-1].end : verb.start()]):
            first = before[-1].start
            for other in reversed(before[:-1]):
                if not _JOINS.match(text[other.end : first]):
                    break
                first = other.start
            return first, before[-1].end
        if not _OPENS_CLAUSE.search(text[: verb.start()]):
            continue
        after = next((p for p in persons if p.start >= verb.end()), None)
        if after and _TO_PERSON.match(text[verb.end() : after.start]):
            return after.start, after.end
    return None


def _at_head(question: Question, asked: str, evidence: Evidence) -> Draft:
    """Who heads a team: «Tổ số 2: … - Tổ trưởng: ThS. …», «đ/c … (Tổ trưởng)»."""
    match = _HEAD_ASKED.search(asked)
    if match is None:
        return Draft()
    head = next(filter(None, match.groups()), None)
    pattern = re.compile(rf"\b(?:{re.escape(head) if head else _ANY_HEAD})\b")

    def named(unit: Unit) -> tuple[int, int] | None:
        text, folded = unit.text, fold(unit.text).lower()
        persons = persons_in(text)
        for role in pattern.finditer(folded):
            for person in persons:
                if person.start <= role.start() < person.end:
                    return person.start, person.end
                if person.end <= role.start():
                    if _HOLDS.fullmatch(text[person.end : role.start()]):
                        return person.start, role.end()
                elif _IS_HELD_BY.fullmatch(text[role.end() : person.start]):
                    return person.start, person.end
            bare = re.compile(rf"\s*[:–-]\s*({_WORD}(?:\s{_WORD}){{1,4}})(?!\w)")
            if name := bare.match(text, role.end()):
                return name.start(1), name.end(1)
        return None

    return _best(question, evidence, named, _GAIN, least=_LEAST_SPECIFIC)


def _in_charge(question: Question, asked: str, evidence: Evidence) -> Draft:
    """Who of the leaders is in charge of a matter: «đ/c … (Phó Chủ tịch) phụ trách …»."""
    match = _CHARGE_ASKED.search(asked)
    if match is None:
        return Draft()
    of_person = bool(match["person"] or match["given"])
    gain = _PERSON_GAIN if of_person else _GAIN

    def named(unit: Unit) -> tuple[int, int] | None:
        line = unit.document.text.rfind("\n", 0, unit.start) + 1
        if found := _who_does(unit.text, _CHARGE):
            return found
        before = unit.document.text[line : unit.start]
        if before.rstrip().endswith(";") and (found := _who_does(before, _CHARGE)):
            return found[0] - len(before), found[1] - len(before)
        return None

    return _best(question, evidence, named, gain, least=_LEAST_SPECIFIC, rivals=True)


def _best(
    question: Question,
    evidence: Evidence,
    named: Callable[[Unit], tuple[int, int] | None],
    gain: float = 0.0,
    *,
    share: float = _SHARE,
    least: float = 0.0,
    rivals: bool = False,
) -> Draft:
    """The best unit in which someone is ``named`` (offsets from its start), as a line.

    With ``rivals`` it must be as good, by ``gain``, as the best unit there is.
    """
    matter = evidence.units[0]
    floor = share * matter.score
    for unit in evidence.units:
        if unit.score < floor or (rivals and unit.score + gain < matter.score):
            return Draft()
        said_here = unit.source.said | unit.source.before | unit.source.around
        card = evidence.cards[unit.document.id]
        if least and (unit.specific < least or not _says_matter(said_here, card, evidence)):
            continue
        if (span := named(unit)) is None:
            continue
        start, end = unit.start + span[0], unit.start + span[1]
        said = window(unit, max(start, unit.start), max(end, unit.start))
        spans = [Span(unit.document, min(start, said.start), max(said.end, end))]
        if not rivals and (other := _telling(unit, evidence)):
            spans.append(window(other, other.start, other.start))  # which meeting that was
        return Draft((Line(clean(unit.document.text[start:end]), tuple(spans)),))
    return Draft()


def _telling(unit: Unit, evidence: Evidence) -> Unit | None:
    """The sentence that says what ``unit`` only refers to («hội nghị»), of the same document."""
    others = [u for u in evidence.units if u.document.id == unit.document.id and u is not unit]
    best = max(others, key=lambda u: u.own, default=None)
    return best if best is not None and best.own > unit.own else None


def _says_matter(said: Set[str], card: frozenset[str], evidence: Evidence) -> bool:
    """Whether ``said`` has a fair share of what is asked, beside who, and beside the document's
    own card."""
    matter = {
        term: weight
        for term, weight in evidence.terms.within(card).weights.items()
        if agreement(term, card) < 1.0 and not _FRAME & set(fold(term.strip("~")).split("_"))
    }
    total = sum(matter.values())
    covered = sum(weight * agreement(term, said) for term, weight in matter.items())
    return total == 0.0 or covered >= _MATTER_SHARE * total
