"""What is counted in «bao nhiêu hội viên», and where a number of it stands. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.evidence import Unit
from assistant.language.english import translated
from assistant.records import Question
from ingest.vietnamese import fold

# After «bao nhiêu» no word of these is what is counted.
_GLUE = frozenset(
    "cho ở tại trong của một mỗi là thì và với theo để khi nhé ạ vậy nhỉ thế được phải từ đến trên "
    "cùng vào do nào so trở hay hoặc nếu".split()
)
# What is counted by other words too, folded: «mấy lần» is told by «03 lượt».
_ALSO_COUNTED = {
    "lan": ("luot", "buoi", "dot"), "luot": ("lan",), "buoi": ("cuoc", "lan"), "cuoc": ("buoi",),
    "dot": ("lan", "vong"), "vong": ("dot",), "dua": ("con", "chau", "em", "tre"),
    "tre": ("con", "em", "chau"), "chau": ("em", "tre", "hoc sinh"),
    "em": ("hoc sinh", "chau", "tre"),
    "nguoi": ("thanh vien", "thi sinh", "dai bieu", "dong chi", "hoc sinh", "hoi vien"),
    "ban": ("nguoi", "thanh vien", "thi sinh", "hoc sinh", "quyen", "cuon", "bo"),
    "thanh vien": ("nguoi", "dong chi", "hoi vien"), "dong chi": ("nguoi",), "thi sinh": ("nguoi",),
    "tieng": ("gio",), "gio": ("tieng",), "nha": ("ho", "can", "ngoi nha"), "ho": ("gia dinh",),
    "gia dinh": ("ho",), "can": ("nha", "ngoi nha"), "cuon": ("quyen", "ban"),
    "quyen": ("cuon", "ban"), "suat": ("phan",), "phan": ("suat",), "doi": ("to", "nhom"),
    "nhom": ("to", "doi"), "phan tram": ("%",), "%": ("phan tram",), "ngay": ("hom", "buoi"),
    "hom": ("ngay",), "chang": ("buoc",), "khau": ("buoc",), "to": ("doi", "trang"),
}  # fmt: skip
_COUNT_BEFORE = re.compile(
    r"(?:\d|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|ngàn|triệu))\s*"
    r"(?:(?:lượt|con|em|bộ|cái|chiếc|suất)\s+)?$",
    re.I,
)
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s+(%|[^\W\d_]+)(?:\s([^\W\d_]+))?")  # folded
_COUNTED_ENGLISH = re.compile(r"\bhow many ((?:[\w'-]+ ?){1,5})")
_SHARE_ENGLISH = re.compile(r"\b(?:what|which|minimum|maximum) (?:share|percentage|proportion)\b")
_AFTER_NOUN = frozenset(
    "is are was were do does did must should shall can may will has have had per each in at of for "
    "to from on by there be a an the this that under over get receive not and or".split()
)


def counted_nouns(question: Question) -> list[str]:
    """What is counted, folded, first as asked: «mấy lần» → «lan», «luot», …; none where not said.

    An English noun comes with all its renderings.
    """
    if question.language == "en":
        nouns = _nouns_in_english(question.typed.lower())
    else:
        match = _COUNTED.search(fold(question.text).lower())
        written = [question.text[slice(*match.span(i))].lower() for i in (1, 2)] if match else [""]
        if not written[0] or written[0] in _GLUE:
            return []
        words = written if written[1] and written[1] not in _GLUE else written[:1]
        nouns = [fold(" ".join(words))]
        if nouns == ["phan tram"]:
            nouns = ["%"]
    also = [
        other
        for noun in nouns
        for key in dict.fromkeys((noun, noun.split()[0]))
        for other in _ALSO_COUNTED.get(key, ())
    ]
    return list(dict.fromkeys((*nouns, *also)))


def _nouns_in_english(typed: str) -> list[str]:
    """The folded renderings of the noun in "how many adult dogs may …": its last word's."""
    if _SHARE_ENGLISH.search(typed):
        return ["%"]
    found: list[str] = []
    for match in _COUNTED_ENGLISH.finditer(typed):  # «how many crossings … and how many signs»
        words = list(takewhile(lambda w: w not in _AFTER_NOUN, match[1].split()))
        rendered = translated(words[-1]) if words else []
        found += [fold(word).lower() for renderings in rendered for word in renderings]
    return found


def says_number_of(unit: Unit, nouns: Sequence[str]) -> bool:
    """Whether a number stands right before one of ``nouns`` (folded), or before its first word."""
    return bool(figures_of(unit, nouns))


def figures_of(unit: Unit, nouns: Sequence[str]) -> list[tuple[str, str]]:
    """The nouns of ``nouns`` that a unit counts, each with the words up to it."""
    text, folded = unit.text, fold(unit.text).lower()
    found = []
    for noun in nouns:
        for form in dict.fromkeys((noun, noun.split()[0])):
            for match in re.finditer(rf"(?<![^\W\d_]){re.escape(form)}(?!\w)", folded):
                before = text[max(0, match.start() - 30) : match.start()]
                if _COUNT_BEFORE.search(before):
                    found.append((form, before))
    return found
