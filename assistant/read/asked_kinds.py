"""The kind of things that a list is asked for: papers, conditions, ways, members. Pure.

A question and the lead-in that answers it often have different words for one kind: «cần giấy tờ
gì» and «Hồ sơ gồm:», «bằng cách nào» and «các hình thức sau:».
"""

from __future__ import annotations

import re

from assistant.records import Question
from ingest.vietnamese import fold

# (asked in Vietnamese, asked in English, said by a lead-in); Vietnamese folded.
_KINDS = tuple(
    tuple(re.compile(rf"\b(?:{words})\b") for words in row)
    for row in (
        (
            r"ho so|giay to|tai lieu|thu tuc",
            r"files?|dossiers?|(?:what|which) (?:\w+ )?(?:documents|papers|paperwork)|attachments?",
            r"ho so|giay to|tai lieu",
        ),
        (
            r"dieu kien|tieu chuan|yeu cau|tieu chi",
            r"conditions?|requirements?|criteri\w+|standards?|qualif\w+|eligib\w+",
            r"dieu kien|tieu chuan|yeu cau|tieu chi",
        ),
        (
            r"hinh thuc|phuong thuc|cach(?: thuc)? nao|bang cach|kieu (?:gi|nao)|duong nao|kenh nao"
            r"|bien phap|giai phap|lam sao",
            r"how|forms?|means|ways?|methods?|measures?|channels?",
            r"hinh thuc|phuong thuc|cach thuc|(?:cac|mot trong cac) (?:cach|kenh)|bien phap"
            r"|giai phap",
        ),
        (
            r"thanh phan|gom (?:co )?(?:nhung )?ai",
            r"composition|members?|consists? of|made up of",
            r"thanh phan|thanh vien|gom",
        ),
    )
)
# «… Hồ sơ gồm», «… những tiêu chuẩn nào»: the noun of any other kind.
_NOUNS = (
    re.compile(r"\b(?:nhung|cac|may) (\w+ \w+)(?: \w+){0,2}? (?:gi|nao)\b"),
    re.compile(r"^(\w+ \w+)\b"),
)
_VAGUE = frozenset(("noi dung", "nhiem vu", "cong viec", "ke hoach", "van de", "viec gi"))


_MEMBERS = re.compile(r"\bgom (?:co )?(?:nhung )?ai\b")
_CONTENTS = re.compile(r"\b(?:co|gom|bao gom|gom co)(?: nhung)? gi\W*$")


def asks_members(question: Question) -> bool:
    """«Tổ thẩm định … gồm những ai?»: a list of people, not who acts."""
    return _MEMBERS.search(fold(question.text).lower()) is not None


def asks_contents(question: Question) -> bool:
    """«Suất quà có gì?»: what something is made up of."""
    return _CONTENTS.search(fold(question.text).lower()) is not None


def names_kind_asked(question: Question, lead: str) -> bool:
    """Whether ``lead``, a lead-in, says the kind of things that the question asks for."""
    typed, asked, said = question.typed.lower(), fold(question.text).lower(), fold(lead).lower()
    english = question.language == "en"
    wanted = [
        told for vi, en, told in _KINDS if (en.search(typed) if english else vi.search(asked))
    ]
    if wanted:
        return any(told.search(said) for told in wanted)
    nouns = [noun for pattern in _NOUNS for noun in pattern.findall(asked)]
    return not english and any(n in said for n in nouns if n not in _VAGUE)
