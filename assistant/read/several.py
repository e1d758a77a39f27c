"""«8 chi bộ nào»: whether all of several things that are asked for are told. Pure.

A sentence that only says how many there are («kiểm tra 08 chi bộ») tells none of them.
"""

from __future__ import annotations

import re

from assistant.draft import Draft
from assistant.records import Question
from ingest.vietnamese import fold

_NUMERALS = {
    "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
_NUMERALS_ENGLISH = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
# Folded. What stands before the number may have it as its name: «tháng 8 đơn vị nào».
_ASKED = re.compile(
    r"(?:^|\b(?:nhung|cac|kiem tra|thanh lap|chon|gom|co|tai|cho|voi) )"
    rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMERALS)}) "
    r"[a-z]+(?:(?:,? [a-z]+){0,3} nao\b"
    r"|\b[^?]{0,60} la (?:nhung |cac )(?:[a-z]+ ){1,3}nao\b)"
)
_TIMES = re.compile(r"\b(?:hom|luc|khi|ngay|gio|thang|nam|quy|tuan|noi|cho) nao\b")
_ASKED_ENGLISH = re.compile(
    rf"^(?:which|what) (?:are the )?(?P<n>\d{{1,2}}|{'|'.join(_NUMERALS_ENGLISH)}) [a-z]"
)
_PARTED = re.compile(r",|;|\bvà\b|\n")
_ENOUGH = 3  # marks between things, of many: a long list is quoted in part


def is_unlisted(question: Question, draft: Draft) -> bool:
    """Whether several things are asked for by their number, and no list of them is drafted."""
    if len(draft.lines) != 1:
        return False
    if question.language == "en":
        numerals, asked = _NUMERALS_ENGLISH, _ASKED_ENGLISH.search(question.typed.lower())
    else:
        numerals, asked = _NUMERALS, _ASKED.search(fold(question.text).lower())
    if asked is None or _TIMES.search(asked[0]):
        return False
    number = numerals.get(asked["n"]) or int(asked["n"])
    said = draft.lines[0].text
    counted = re.search(rf"(?<!\d)0?{number}(?!\d)", said)
    listed = said[counted.end() :] if counted else said
    return number > 1 and len(_PARTED.findall(listed)) < min(number - 1, _ENOUGH)
