"""Whose turn something is: «năm 2026 - Công an tỉnh; năm 2027 - Tỉnh đoàn». Pure.

Where bodies or persons take turns, each stands beside the label of its turn: a year, a round, a
quarter, a day of the week. What is asked about is the one beside the label asked for.
"""

from __future__ import annotations

import re

from assistant.draft import Draft, Line
from assistant.evidence import Evidence, Unit
from assistant.read.lines import clean, window
from assistant.read.thresholds import is_known
from assistant.records import Intent, Question
from ingest.actors import body_at
from ingest.vietnamese import UPPER, fold

# Folded: what comes in turns.
_KIND = ("nam", "dot", "quy", "vong", "giai doan", "tuan", "ky", "ca", "lan", "thu")
_KINDS = "|".join(_KIND)
_NUMBER = r"(?:\d{1,4}|[ivx]{1,4}|hai|ba|tu|nam|sau|bay)"
_ASKED = re.compile(rf"\b({_KINDS}) (?:thu )?({_NUMBER})\b(?![/.,]\d)")
_ACTS = (
    "chu tri|dang cai|thuc hien|phu trach|to chuc|dam nhan|dam nhiem|truc|lam|lo|trinh bay|bao cao"
)
_SOMEONE = re.compile(rf"[{UPPER}]|(?:tổ|đội|nhóm|ban|lớp|khối|thầy|cô|anh|chị|ông|bà|đ/c)\s")
_NAME_WORDS = 16
_SHARE = 0.5  # of the best sentence's coverage, for the sentence with the label to be meant


def read_turn(question: Question, evidence: Evidence) -> Draft:
    """Who stands beside the label that the question gives; none where nobody does."""
    if question.intent is not Intent.WHO or not evidence.units or not is_known(question, evidence):
        return Draft()
    asked = fold(question.text).lower()
    labels = [(m[1], m[2]) for m in _ASKED.finditer(asked)]
    labels += [("nam", str(year)) for year in question.years if ("nam", str(year)) not in labels]
    floor = _SHARE * max(u.coverage for u in evidence.units)
    for kind, number in labels:
        for unit in evidence.units:
            if unit.coverage >= floor and (span := _beside(kind, number, unit)):
                start, end = unit.start + span[0], unit.start + span[1]
                name = clean(unit.document.text[start:end])
                return Draft((Line(name, (window(unit, start, end),)),))
    return Draft()


def _beside(kind: str, number: str, unit: Unit) -> tuple[int, int] | None:
    """Where the one stands whom ``unit`` names beside «``kind`` ``number``», among other turns."""
    text, whole = unit.text, unit.document.text
    folded = fold(text).lower()
    line_end = whole.find("\n", unit.end)
    line = whole[whole.rfind("\n", 0, unit.start) + 1 : line_end if line_end >= 0 else None]
    if len(re.findall(rf"\b{kind}\s+(?:thu\s+)?{_NUMBER}\b", fold(line).lower())) < 2:
        return None  # no turns are told: the year of a plan, the round of a contest
    label = rf"\b{kind}\s+(?:thu\s+)?{number}\b(?![/.]\d)(?:\s*\([^)]{{0,40}}\))?"
    acts = rf"(?=\s(?:{_ACTS})\b)"
    stop = rf"(?:(?=\s*(?:;|\.(?:\s|$)|\(|$|\n|,\s*(?:{_KINDS})\s))|{acts})"
    given = r"(?:(?:do|giao(?: cho)?|la)\s+)"
    before = re.compile(  # after a mark or «do» the name stands alone; else with what it does
        rf"{label}\s*(?:[-–:]\s*{given}?|,?\s*{given})(?P<x>\S.*?){stop}"
        rf"|{label},?\s+(?P<y>\S[^,;.:]*?){acts}"
    )
    after = re.compile(
        rf"(?:^|[;:]\s*|\),\s*)(?P<x>[^;:()\n]{{3,80}}?)\s*\(\s*{label}[^)]{{0,40}}\)"
    )
    for pattern in (before, after):
        for match in pattern.finditer(folded):
            group = "y" if match.groupdict().get("y") else "x"
            if _is_someone(text, *match.span(group)):
                return match.span(group)
    return None


def _is_someone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a body, a person or another name, and no figure."""
    if len(text[start:end].split()) > _NAME_WORDS or re.search(r"\d\s*%|\d{2}", text[start:end]):
        return False
    return body_at(text, start) is not None or _SOMEONE.match(text, start) is not None
