"""«X có được … không?», «X có phải … không?»: whether something is allowed, or asked, of X. Pure.

The sentence that decides denies or grants it («không được dự thi», «được miễn»), and has few other
words of the question. «Không» or «Có» is said only where that very sentence names X and the act;
elsewhere its words are shown and the conclusion is the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Set

from assistant.draft import Draft, Line
from assistant.evidence import Evidence, Unit
from assistant.read.lines import from_clause, sentence_around
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Question
from assistant.units import said_by

_NOT_ASKED = r"(?:không|ko|hông|chưa)(?: (?:ạ|vậy|nhỉ|nhé|ta|nữa))?\W*$"
_ASKED = re.compile(
    r"^(?P<who>.*?)\b(?:có )?được (?:phép )?(?P<act>(?!không\b|ko\b)\w+(?: \w+)?)\b.*\b"
    + _NOT_ASKED
)
_ASKED_ENGLISH = re.compile(
    r"^(?:may|can|could)\b|^(?:is|are)\b.*\b(?:allowed|permitted|eligible|entitled|banned)\b"
)
_DUTY_ASKED = re.compile(
    r"^(?P<who>.*?)\bcó (?:phải|bắt buộc|cần)(?: phải)? (?!là\b|không\b)(?P<act>\w+)\b.*\b"
    + _NOT_ASKED
)
_DUTY_ASKED_ENGLISH = re.compile(r"^(?:do|does|must|should)\b.*|^(?:is|are)\b.*\brequired\b")
_EXEMPTS = re.compile(
    r"\b(?:được miễn|miễn (?:phí|thu|nộp|đóng)|không (?:phải|bắt buộc|cần|thu)|trừ)\b"
)
_DENIES = r"(?:không (?:được|cho phép|nên|thuộc|nằm trong)|nghiêm cấm|cấm|không)"
_ANY_DENIAL = re.compile(
    r"\b(?:không (?:được|cho phép|nên|thuộc (?:đối tượng|diện))|nghiêm cấm|cấm)\b"
)
_ANY_LEAVE = re.compile(r"(?<!không )\b(?:được(?: phép)?|cho phép|có quyền)\b")
# Where a sentence sets a condition, what follows from it in the case asked about is left open.
_CONDITION = re.compile(r"\b(?:nếu|trừ|trường hợp|chưa|khi|ngoại trừ|quá \d+|sau \d+)\b")
# Verbs for one act.
_SAME = (
    ("thi", "dự", "tham", "tham gia", "tham dự", "dự thi", "đăng"),
    ("dùng", "sử", "sử dụng"),
    ("mang", "đem", "cầm"),
    ("nhận", "hưởng", "hỗ", "hỗ trợ", "cấp"),
)  # fmt: skip
_DENIAL_GAIN, _LEAVE_GAIN = 0.4, 0.15
_OF_WHOM = 0.5  # of the words that name X
_SURE = 0.6  # of the particulars of the question, for a plain yes or no


def asks_leave(question: Question) -> bool:
    """Whether it is asked if something is allowed."""
    if question.language == "en":
        return _ASKED_ENGLISH.search(question.typed.lower().strip()) is not None
    return _ASKED.search(question.text.lower().strip()) is not None


def asks_duty(question: Question) -> bool:
    """Whether it is asked if something has to be done: «có phải trả tiền không?»."""
    if question.language == "en":
        return _DUTY_ASKED_ENGLISH.search(question.typed.lower().strip()) is not None
    return _DUTY_ASKED.search(question.text.lower().strip()) is not None


def read_leave(question: Question, evidence: Evidence) -> Draft:
    """The sentence that grants or denies what is asked; none where none speaks of leave."""
    if not is_known(question, evidence):
        return Draft()
    floor = min_coverage(question)
    found = [
        (unit.score + gain, unit)
        for unit in evidence.units
        if unit.coverage >= floor and (gain := _gain(question, evidence, unit))
    ]
    if not found:
        return Draft()
    score, best = max(found, key=lambda pair: pair[0])
    if score < evidence.units[0].score:
        return Draft()
    denied = _ANY_DENIAL.search(best.text.lower()) is not None
    line = from_clause(best, _ANY_DENIAL if denied else _ANY_LEAVE)
    verdict = _verdict(question, evidence, best)
    return Draft((Line(f"{verdict}: {line.text}" if verdict else line.text, line.evidence),))


def read_exemption(question: Question, evidence: Evidence, unit: Unit) -> Draft:
    """«Không: … hộ nghèo được miễn», where ``unit`` exempts somebody from what is asked.

    Without a verdict where it exempts someone else; none where it exempts nobody.
    """
    span = sentence_around(unit)
    said = span.document.text[span.start : span.end].lower()
    match = _EXEMPTS.search(said)
    if match is None:
        return Draft()
    line = from_clause(unit, _EXEMPTS)
    clause = said[max(said.rfind(";", 0, match.start()), said.rfind(".", 0, match.start())) + 1 :]
    clause = re.split(r"[;.]", clause)[0]
    asked = _DUTY_ASKED.search(question.text.lower().strip())
    if asked is None or not _names(asked["who"], evidence, unit, said_by(clause)):
        return Draft((line,))
    return Draft((Line(f"Không: {line.text}", line.evidence),))


def _gain(question: Question, evidence: Evidence, unit: Unit) -> float:
    said = unit.text.lower()
    if _of_act(question, _DENIES, said):
        return _DENIAL_GAIN
    if _ANY_DENIAL.search(said):
        asked = _ASKED.search(question.text.lower().strip())
        of_whom = asked is None or _names(asked["who"], evidence, unit, unit.source.said)
        return _DENIAL_GAIN if of_whom else 0.0
    return _LEAVE_GAIN if _ANY_LEAVE.search(said) else 0.0


def _of_act(question: Question, words: str, said: str) -> bool:
    """Whether ``words`` (a pattern) stand before the act asked about, a few words between."""
    asked = _ASKED.search(question.text.lower().strip())
    if asked is None or question.language == "en":
        return False
    first, *_ = asked["act"].split()
    same = {first, asked["act"], *(w for row in _SAME if first in row for w in row)}
    acts = "|".join(sorted(map(re.escape, same), key=len, reverse=True))
    return re.search(rf"\b{words}\b(?: \w+){{0,3}}? (?:{acts})\b", said) is not None


def _verdict(question: Question, evidence: Evidence, unit: Unit) -> str:
    """«Không» or «Có» where the words of ``unit`` decide for the one asked about; else ""."""
    said = unit.text.lower()
    if _CONDITION.search(said) or question.language == "en":
        return ""  # an English act stands in no known place
    asked = _ASKED.search(question.text.lower().strip())
    if asked is None or not _names(asked["who"], evidence, unit, unit.source.said):
        return ""
    if _of_act(question, _DENIES, said):
        return "Không"
    granted = _of_act(question, r"(?:được|cho phép|có thể|có quyền)", said)
    return "Có" if granted and "không" not in said and unit.specific >= _SURE else ""


def _names(who: str, evidence: Evidence, unit: Unit, said: Set[str]) -> bool:
    """Whether ``said`` (terms) has most of the words that name ``who``; nobody is always named."""
    terms = evidence.terms.within(evidence.cards[unit.document.id])
    named = terms.only(said_by(who))
    return not named.weights or named.share_in(frozenset(said)) >= _OF_WHOM
