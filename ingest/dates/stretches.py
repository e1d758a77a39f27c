"""Where dates may stand: the stretches of a text that a date could be made of. Pure.

Dates are rare. One cheap scan finds what no date can do without (a number that could be part of
one, the name of a month, «hằng năm»); from there a stretch grows over the neighbouring words for
as long as they are such as dates are made of. Stretches alone are then made plain and read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.dates.words import PHRASE_WORDS, fold_dates, small

_UNIT = (
    r"(?:ng[aà]y|tu[aầ]n|th[aá]ng|n[aă]m|qu[yýií]|gi[oờ]"
    r"|days?|weeks?|months?|years?|hours?|working|business)(?![^\W\d_])"
)
#: A number that may be part of a date: day and month, a year, so many days. The signs of
#: documents («91/2015/QH13») are passed over.
_FIGURES = re.compile(
    r"[0-9](?:[0-9]?\s{0,2}/\s{0,2}[0-9]{1,4}(?![0-9]|/[^\W\d_])"
    r"|[0-9]?\s?-\s?[0-9]"
    r"|[0-9]?\s?\.\s?[0-9]{1,2}\s?\.\s?[0-9]"
    r"|(?:(?<=1)9|(?<=2)0)[0-9]{2}(?![0-9])"
    rf"|[0-9]{{0,2}}\s{{0,3}}(?:(?:\([^)\d]{{1,20}}\)|c[uủ]a)\s{{0,3}})?{_UNIT}"
    r"|[0-9]?\.(?:(?<=[aà]y\s[0-9]\.)|(?<=[aà]y\s[0-9]{2}\.))[0-9]{1,2}(?![0-9])"
    r"|[0-9]?(?:th|st|nd|rd)\sof\s(?:the\s)?|[0-9]?h(?!\w))"
)
_MONTH_WORDS = "một|mot|hai|ba|tư|tu|năm|nam|sáu|sau|bảy|bay|tám|tam|chín|chin|mười|muoi"
_BEFORE_QUARTER = "cuoi|cuối|dau|đầu|giua|giữa|tien|tiên|cung|cùng|nhat|nhất|hai|ba|cua|của"
#: «ngày làm việc cuối cùng của tháng», «tuần đầu của tháng»: what stands before it.
_LAST_OF_MONTH = tuple(
    rf"(?<={word}{of}\s.....)"
    for of in ("", r"\sc[uủ]a")
    for word in ("c[uù]ng", "i[eê]n", "u[oố]i", "đầu")
    if of or word in ("c[uù]ng", "i[eê]n")
)
_NUMBERS_EN = "one|two|three|four|five|six|seven|ten"
_NUMBERS_VI = "một|mot|hai|ba|bốn|bon|bảy|bay|mười|muoi"
_ANCHORS = [
    rf"th[aá]ng(?:\s{{0,3}}(?:[0-9]|{_MONTH_WORDS})|{'|'.join(_LAST_OF_MONTH)})", "thg",
    r"s[aá]u\s{1,3}th[aá]ng\s{1,3}[đdc]", r"th[uư][oờ]ng\s{1,3}ni[eê]n",
    rf"m[oộ]t\s{{1,3}}{_UNIT}\s{{1,3}}m[oộ]t",
    r"qu(?:[ýí]|[yi]\s{0,3}[iv1-4])",
    r"n[aă]m(?:(?<=c[uù]ng\s...)|(?<=c[uù]ng\sc[uủ]a\s...))",
    *(rf"qu[yi](?<={word}\s\w\w\w)" for word in _BEFORE_QUARTER.split("|")),
    rf"h[aàằ]ng\s{{1,3}}{_UNIT}", rf"m[oỗ]i\s{{1,3}}{_UNIT}", rf"t[uừ]ng\s{{1,3}}{_UNIT}",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    r"every\s", r"each\s", rf"per\s{{1,3}}{_UNIT}", "annually", "yearly", "monthly", "quarter",
    "q[1-4]", "weekly", "daily",
    *(rf"{number}\s{{1,3}}{_UNIT}" for number in _NUMBERS_EN.split("|")),
    rf"trong\s{{1,3}}v[oò]ng\s{{1,3}}(?:{_NUMBERS_VI})", rf"h[aạ]n\s{{1,3}}(?:{_NUMBERS_VI})",
]  # fmt: skip


def _by_first_letter(patterns: list[str]) -> re.Pattern[str]:
    """Any of ``patterns``, each of which begins with a letter.

    A search for alternatives that begin with different letters leaps from one such letter to the
    next; it is several times as fast as one that tries every alternative at each.
    """
    groups = itertools.groupby(sorted(patterns), key=lambda pattern: pattern[0])
    return re.compile(
        "|".join(f"{letter}(?:{'|'.join(p[1:] for p in group)})" for letter, group in groups)
    )


_WORD_ANCHORS = _by_first_letter(_ANCHORS)

_WORD = re.compile(r"[^\W\d_]+")
_MIRRORED = frozenset(word[::-1] for word in PHRASE_WORDS)
_CONTEXT = 16  # characters around a stretch that its readers may look at


class Stretch(NamedTuple):
    """Plain ``words`` of which ``words[start:end]`` may hold dates; they stand at ``offset``."""

    words: str
    start: int
    end: int
    offset: int


def stretches(text: str) -> Iterator[Stretch]:
    """The stretches of NFC ``text`` that dates may stand in, in order, without overlap."""
    lower = small(text)
    anchors = [match.start() for match in _FIGURES.finditer(lower)]
    anchors += [match.start() for match in _WORD_ANCHORS.finditer(lower)]
    mirror = lower[::-1]  # patterns only read forwards
    end = 0
    for anchor in sorted(anchors):
        if anchor < end:
            continue
        start = max(end, len(text) - _reach(mirror, len(text) - anchor, _MIRRORED))
        end = _reach(lower, anchor, PHRASE_WORDS)
        first = max(0, start - _CONTEXT)
        if start < end:
            words = fold_dates(lower[first : end + _CONTEXT])
            yield Stretch(words, start - first, end - first, first)


def _reach(text: str, start: int, vocabulary: frozenset[str]) -> int:
    """Where the first word from ``start`` on stands that is not of ``vocabulary``."""
    for word in _WORD.finditer(text, start):
        if word.group() not in vocabulary:
            return word.start()
    return len(text)
