"""Answers to «bao nhiêu tiền»: the sentence with the sum of what is asked about. Pure.

A plan has many sums. The one asked for is told by the rank of a prize («giải Nhì»), by a word that
excludes another («tập thể», «cấp xã»), and by whether all the money there is is meant.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from assistant.draft import Draft
from assistant.evidence import Evidence, Unit
from assistant.quantities import MONEY
from assistant.read.counted import counted_nouns, says_number_of
from assistant.read.lines import distinct, quoted
from assistant.read.thresholds import min_coverage
from assistant.records import Question
from assistant.units import folded_term
from ingest.vietnamese import fold

_MONEY_ASKED = re.compile(
    r"\b(?:tien|kinh phi|chi phi|tri gia|gia tri|ngan sach|"
    r"muc (?:chi|thuong|ho tro|ung ho|dong)|giai thuong|"
    r"du toan|chi(?! (?:bo|uy|doan|hoi|dao|thi|nhanh|tiet|cuc|tieu)\b))\b.*\bbao nhieu\b|"
    r"\bbao nhieu (?:tien|dong|trieu|ty|nghin|ngan)\b|\bbao nhieu\b.*\btien\b|"
    r"\bmay (?:tien|dong|trieu|ty|nghin|ngan|tram)\b(?! bang)"
)
_MONEY_VERBS = re.compile(  # of a sum, where nothing else is counted: «thưởng bao nhiêu?»
    r"\b(?:thưởng|tốn|mất|lệ phí|học phí|hội phí|thù lao|góp|bồi dưỡng|phụ cấp|hỗ trợ)\b"
    r"[^?]*\bb[aá]o nhi[eêề]u\b"
)
_MONEY_ENGLISH = re.compile(
    r"\bhow much\b(?=.*\b(?:cost|spen[dt]|pa(?:y|id)|prize|fee|budget|fund|money|worth|award|"
    r"support|allowance|grant)\w*)"
    r"|\bwhat (?:minimum |maximum |total )?(?:sum|amount of money)\b"
)
# Of all the money there is for something, not of a part of it.
_TOTAL_ASKED = re.compile(
    r"\b(?:danh|bo|chi|ton|het|can|tong|kinh phi|ngan sach|du toan)\b[^?]*\b(?:bao nhieu|may)\b"
)
_PART_ASKED = re.compile(r"\b(?:giải|thưởng|mỗi|mức|suất|một (?:người|hộ)|hỗ trợ|tặng)\b")
_TOTAL = re.compile(
    r"\b(?:tong (?:so|kinh phi|cong|muc|du toan|nguon)|kinh phi|du toan|ngan sach)\b[^.;]{0,120}\d"
)
_TOTAL_GAIN = 0.6
# Of two who are told apart by one word the other is not meant. Folded.
_APART = (
    ("ca nhan", "tap the", "dong doi"),
    ("cap tinh", "cap huyen", "cap xa"),
    ("xay moi", "sua chua"),
)
_APART_ENGLISH = {"individual": "ca nhan", "team": "tap the", "collective": "tap the"}
_APART_WEIGHT = 0.3
_RANKS = "dac biet|nhat|nhi|ba|khuyen khich"
_RANKED = re.compile(  # a cell of a table of prizes says «Nhì» alone
    rf"\bgiai ({_RANKS})\b|^({_RANKS})\b(?=\s*(?:\n|\|))"
)
_RANKS_ENGLISH = {
    "first": "nhat", "second": "nhi", "third": "ba", "consolation": "khuyen khich",
    "special": "dac biet",
}  # fmt: skip
_RANKED_ENGLISH = re.compile(
    rf"\b({'|'.join(_RANKS_ENGLISH)})(?:[- ](?:place|class))? (?:[\w'-]+ ){{0,2}}?prizes?\b"
)
_SAYS_IT = 0.3  # what a unit gains that counts the very noun: «triệu đồng»


def read_money(question: Question, evidence: Evidence) -> Draft:
    """The sentence that gives the sum asked for; one for each prize, where several are named."""
    ranks = _ranks_asked(question) or [""]
    found = [_best(question, evidence, rank) for rank in ranks]
    return Draft(distinct([quoted(unit) for unit in found if unit is not None]))


def asks_money(question: Question) -> bool:
    """Whether a sum is asked for: «bao nhiêu tiền», «thưởng mấy triệu»."""
    if counted_nouns(question)[:1] == ["%"]:
        return False  # «bao nhiêu phần trăm tiền thuốc»
    if question.language == "en" and _MONEY_ENGLISH.search(question.typed.lower()):
        return True
    asked = fold(question.text).lower()
    verb = _MONEY_VERBS.search(question.text.lower()) is not None and not counted_nouns(question)
    return verb or _MONEY_ASKED.search(asked) is not None


def asked_in_full(question: Question) -> str:
    """The folded question; of an English one also what the glossary may render otherwise."""
    asked = fold(question.text).lower()
    if question.language == "en":
        found = (words for word, words in _APART_ENGLISH.items() if word in question.typed.lower())
        asked = " ".join((asked, *found))
    return asked


def told_apart(asked: str, unit: Unit) -> float:
    """What a unit gains for saying which of two is asked about, or loses for saying the other."""
    said, gain = fold(unit.text).lower(), 0.0
    for row in _APART:
        wanted = [words for words in row if words in asked]
        if len(wanted) != 1:
            continue
        here = [
            words
            for words in row
            if words in said or folded_term(words.replace(" ", "_")) in unit.source.around
        ]
        if wanted[0] in here:
            gain += _APART_WEIGHT
        elif here:
            gain -= _APART_WEIGHT
    return gain


def _ranks_asked(question: Question) -> list[str]:
    """The folded ranks of the prizes that are asked about, in order."""
    if question.language == "en":
        named = _RANKED_ENGLISH.finditer(question.typed.lower())
        return list(dict.fromkeys(_RANKS_ENGLISH[m[1]] for m in named))
    named = _RANKED.finditer(fold(question.text).lower())
    return list(dict.fromkeys(m[1] for m in named if m[1]))


def _best(question: Question, evidence: Evidence, rank: str) -> Unit | None:
    """The unit that gives the sum asked for, of the prize of ``rank`` where that is not ""."""
    asked, nouns = asked_in_full(question), counted_nouns(question)
    part = _PART_ASKED.search(question.text.lower()) is not None
    total = not part and _TOTAL_ASKED.search(asked) is not None

    def score(unit: Unit) -> float:
        whole = total and _TOTAL.search(fold(unit.text).lower()) is not None
        return (
            unit.score
            + (_SAYS_IT if says_number_of(unit, nouns) else 0.0)
            + (_TOTAL_GAIN if whole else 0.0)
            + told_apart(asked, unit)
            + _rank_gain(rank, unit)
        )

    best = max((u for u in evidence.units if _pays(u, rank)), key=score, default=None)
    return best if best is not None and best.coverage >= min_coverage(question) else None


def _pays(unit: Unit, rank: str) -> bool:
    """Whether a unit gives a sum of money; for a prize of ``rank`` that it speaks of, that one's.

    «01 giải Nhất 15 triệu đồng, 02 giải Nhì» does not say what the second prize is. A sum stands
    after each prize, or, where one stands before the first, before each.
    """
    text = unit.text
    ranks = list(_RANKED.finditer(fold(text).lower()))
    at = next((i for i, m in enumerate(ranks) if rank and rank in m.groups()), None)
    if at is None or len(ranks) < 2:
        return MONEY.search(text) is not None
    if MONEY.search(text[: ranks[0].start()]):
        return MONEY.search(text[ranks[at - 1].end() if at else 0 : ranks[at].start()]) is not None
    for this, following in zip_longest(ranks[at:], ranks[at + 1 :]):
        between = text[this.end() : following.start() if following else len(text)]
        if MONEY.search(between) or re.search(r"[^\W\d_]", re.sub(r"\bvà\b", "", between)):
            return MONEY.search(between) is not None
    return False


def _rank_gain(rank: str, unit: Unit) -> float:
    """What a unit gains for speaking of the prize of that rank, or loses for others alone."""
    said = {m[1] or m[2] for m in _RANKED.finditer(fold(unit.text).lower())} if rank else set()
    return 0.0 if not said else _APART_WEIGHT if rank in said else -_APART_WEIGHT
