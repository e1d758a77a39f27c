"""A body's name, read into syllables, levels and places. Pure.

A name is read as syllables without diacritics, with its abbreviations written out; what it may
begin with, its level (xã, huyện, tỉnh, …) and the place after the level are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice, product

from assistant.language.abbreviations import find
from assistant.language.syllable import is_unmarked_syllable, is_vietnamese_syllable
from ingest.normalise.letters import tidy_letters
from ingest.vietnamese import fold, has_diacritics

# The first words of bodies. Only these begin another body in a list: «Sở Y tế, Giáo dục và Đào
# tạo» goes on with the same head.
_HEADS = (
    "ủy ban|hội đồng|đảng ủy|huyện ủy|tỉnh ủy|thành ủy|quận ủy|thị ủy|đảng bộ|đảng đoàn|chi bộ"
    "|chi ủy|cấp ủy|tổ chức|văn phòng|trung tâm|công an|công đoàn|liên đoàn|mặt trận|đoàn thể"
    "|chi đoàn|chi hội|chi cục|cục|thanh tra|tòa án|viện|học viện|bệnh viện|trạm|hạt|đài|báo"
    "|ngân hàng|kho bạc|bảo hiểm|hợp tác xã|công ty|tổng công ty|tập đoàn|doanh nghiệp|công chức"
    "|viên chức|cán bộ|đảng viên|giáo viên|cơ quan|đơn vị|địa phương|ngành|trường|điện lực|bưu điện"
    "|bộ phận|bộ|sở|ban|phòng|hội|đoàn|đội|tổ|tiểu ban|quỹ|nhà"
)
# Those who act for a body, so that its name may follow: «Chủ tịch UBND xã», «Thường trực Đảng ủy».
_ORGANS = (
    "ban thường vụ|ban thường trực|ban chấp hành|cơ quan thường trực|thường trực|thường vụ"
    "|phó chủ tịch|chủ tịch|phó bí thư|bí thư|phó giám đốc|giám đốc|thủ trưởng|lãnh đạo"
    "|người đứng đầu|trưởng|chánh"
)
_LEADS = "đồng chí|đề nghị|yêu cầu|toàn thể|ông|bà"  # before a name
_SKIPPED = "các|những|của|trực thuộc|thuộc|việt nam"  # anywhere
_LEVELS = (
    "đặc khu|thị trấn|thị xã|thành phố|khu phố|tổ dân phố|trung ương|tỉnh|huyện|quận|phường|xã|ấp"
    "|thôn|khóm"
)
# After another body's name a Party committee says whose body that is, and so its level.
_OWNERS = {
    "dang uy": "dang uy",
    "huyen uy": "huyen",
    "quan uy": "quan",
    "thi uy": "thi xa",
    "tinh uy": "tinh",
    "thanh uy": "thanh pho",
}
COMMUNES = frozenset({"xa", "phuong", "thi tran", "dac khu"})
_RANKS = {
    "xa": COMMUNES,
    "huyen": frozenset({"huyen", "quan", "thi xa", "thanh pho"}),
    "tinh": frozenset({"tinh", "thanh pho"}),
}
# One body under several names: patterns over folded text in small letters, and what is written
# instead.
_SAME = (
    (re.compile(r"\buy ban (?=mat tran\b)"), ""),
    (re.compile(r"\bmat tran\b(?! to quoc)"), "mặt trận tổ quốc"),
    (re.compile(r"\bthanh nien cong san(?: ho chi minh)?\b"), "thanh niên"),
    (re.compile(r"\blien hiep (?=phu nu\b)"), ""),
    (re.compile(r"\bxa doan\b"), "đoàn thanh niên xã"),
    (re.compile(r"\bhuyen doan\b"), "đoàn thanh niên huyện"),
    (re.compile(r"\btinh doan\b"), "đoàn thanh niên tỉnh"),
    (re.compile(r"\bthanh doan\b"), "đoàn thanh niên thành phố"),
    (re.compile(r"^p\. ?"), "phòng "),
    (re.compile(r"\bso,? (?:ban,? )?nganh\b"), "sở, ban, ngành"),
)
# «BTG ĐU»: short for a committee, yet spelt as a syllable may be («Trường Nguyễn Du»).
_COMMITTEE = re.compile(r"\b(?:[ĐD]U|[đd]u|HU|hu|TU|tu)$")
_COMMITTEES = {"du": "Đảng ủy", "hu": "Huyện ủy", "tu": "Tỉnh ủy"}
_SEPARATOR = re.compile(r"[,;:/()\n]|\s[-–]\s|(?<=\w)[-–](?=\w)|\b(?:và|va)\b|&", re.IGNORECASE)
_READINGS = 16  # of the abbreviations of one name
_LONGEST = 600  # characters; no list of bodies is longer


@dataclass(frozen=True, slots=True)
class Level:
    """A level named after ``at`` syllables of the core, and the place that follows it."""

    at: int
    names: frozenset[str]
    place: tuple[str, ...]


@dataclass
class Name:
    """One body or several in a row, in folded syllables; ``x*`` is an initial of unknown letters.

    Of the indices into ``core``, ``bodies`` are where a body begins, ``begins`` where a name may
    begin to match (after «Chủ tịch» too), ``bare`` where one without its kind may (after «Sở»),
    ``jumps`` where a match may go on after a gap: a next item, a proper name. ``heads`` gives the
    length of the head of the body that begins at an index.
    """

    core: list[str] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    begins: set[int] = field(default_factory=set)
    bare: set[int] = field(default_factory=set)
    jumps: set[int] = field(default_factory=set)
    heads: dict[int, int] = field(default_factory=dict)
    levels: list[Level] = field(default_factory=list)

    def end_of_body(self, index: int) -> int:
        later = bisect_left(self.bodies, index)
        return self.bodies[later] if later < len(self.bodies) else len(self.core)


@lru_cache(maxsize=16_384)
def readings_of(name: str) -> tuple[Name, ...]:
    """The ways in which a name may be read, the likeliest first."""
    text = " ".join(tidy_letters(name[:_LONGEST]).split()).strip(" .")
    marked = has_diacritics(text)
    loose = not marked or text.islower() or text.isupper()
    variants = dict.fromkeys(_unified(variant) for variant in _written_out(text))
    return tuple(_Reader(v if marked else fold(v), marked, loose).name for v in variants)


def _written_out(text: str) -> Iterator[str]:
    """``text`` with its abbreviations in full, in each of their readings."""
    found = find(text)
    for meant in islice(product(*(a.expansions for a in found)), _READINGS):
        full = text
        for abbreviation, words in zip(reversed(found), reversed(meant), strict=True):
            full = full[: abbreviation.start] + words + full[abbreviation.end :]
        yield full
        if short := _COMMITTEE.search(full):
            yield full[: short.start()] + _COMMITTEES[fold(short.group()).lower()]


def _unified(text: str) -> str:
    for pattern, instead in _SAME:
        for match in reversed(list(pattern.finditer(fold(text).lower()))):
            text = text[: match.start()] + instead + text[match.end() :]
    return text


_Phrases = frozenset[tuple[str, ...]]


def _phrases(listed: str) -> dict[bool, _Phrases]:
    """The phrases as syllables, with diacritics (True) and without (False)."""
    return {
        marked: frozenset(
            tuple((phrase if marked else fold(phrase)).split()) for phrase in listed.split("|")
        )
        for marked in (True, False)
    }


_HEAD, _ORGAN, _LEVEL = _phrases(_HEADS), _phrases(_ORGANS), _phrases(_LEVELS)
_LEAD, _SKIP = _phrases(f"{_LEADS}|{_SKIPPED}"), _phrases(_SKIPPED)
_NO_QUAN_AFTER = frozenset("co lien hai huu".split())  # without marks «quan» is rarely quận
_NO_QUAN_BEFORE = frozenset("su doi ly trac dan chuc he uy".split())


class _Reader:
    """Reads a text without abbreviations into a :class:`Name`."""

    def __init__(self, text: str, marked: bool, loose: bool) -> None:
        self.name = Name()
        self._marked = marked
        self._loose = loose  # capitals tell nothing: any words after a level are its place
        for item in _SEPARATOR.split(text):
            self._words = re.findall(r"\w+", item)
            self._lower = [word.lower() for word in self._words]
            self._plain = [fold(word) for word in self._lower]
            self._item()

    def _length(self, at: int, phrases: dict[bool, _Phrases]) -> int:
        """How many words at ``at`` are one of ``phrases``, the longest; 0 for none."""
        known = phrases[self._marked]
        return next((n for n in (4, 3, 2, 1) if tuple(self._lower[at : at + n]) in known), 0)

    def _item(self) -> None:
        name, at = self.name, 0
        while length := self._length(at, _LEAD):
            at += length
        if at == len(self._words):
            return
        start = len(name.core)
        if not start or self._length(at, _ORGAN) or self._length(at, _HEAD):
            name.bodies.append(start)
            name.begins.add(start)
            at = self._head(at)
        else:
            name.jumps.add(start)
        name.bare.add(len(name.core))
        while at < len(self._words):
            if skipped := self._length(at, _SKIP):
                at += skipped
            else:
                at = self._level(at) or self._word(at)

    def _head(self, at: int) -> int:
        """Take those who act for a body, and the first words of its name."""
        name, start = self.name, len(self.name.core)
        while organ := self._length(at, _ORGAN):
            at = self._take(at, organ)
            while skipped := self._length(at, _LEAD):
                at += skipped
            name.begins.add(len(name.core))
        length = self._length(at, _HEAD)
        owner = _OWNERS.get(" ".join(self._plain[at : at + 2]))
        at = self._take(at, length)
        name.heads[start] = len(name.core) - start
        return self._place(at, frozenset({owner})) if owner else at

    def _take(self, at: int, count: int) -> int:
        self.name.core += self._plain[at : at + count]
        return at + count

    def _word(self, at: int) -> int:
        """Take one word of the core; unknown letters («CHQS») stand for the initials of some."""
        name, word = self.name, self._words[at]
        if not self._loose and word[0].isupper():
            name.jumps.add(len(name.core))
        lower = self._lower[at]
        known = is_vietnamese_syllable(lower) or is_unmarked_syllable(lower)
        if word.isalpha() and 2 <= len(word) <= 6 and not known:
            name.core += [f"{letter}*" for letter in self._plain[at]]
        else:
            name.core.append(self._plain[at])
        return at + 1

    def _level(self, at: int) -> int:
        """The index after a level and its place, 0 where none stands at ``at``."""
        owner = _OWNERS.get(" ".join(self._plain[at : at + 2]))
        if owner:
            return self._place(at + 2, frozenset({owner}))
        general = self._plain[at] == "cap"  # «cấp xã» is phường and thị trấn as well
        start = at + general
        length = self._length(start, _LEVEL)
        if not length or self._is_other_word(start):
            return 0
        level = " ".join(self._plain[start : start + length])
        names = _RANKS.get(level) if general else None
        return self._place(start + length, names or frozenset({level}))

    def _is_other_word(self, at: int) -> bool:
        """«xã hội», «hợp tác xã», «nông thôn», «cơ quan» typed without diacritics."""
        before = self._plain[at - 1] if at else ""
        after = self._plain[at + 1] if at + 1 < len(self._plain) else ""
        match self._plain[at]:
            case "xa":
                return after == "hoi" or before == "tac"
            case "thon":
                return before == "nong"
            case "quan" if not self._marked:
                return before in _NO_QUAN_AFTER or after in _NO_QUAN_BEFORE
        return False

    def _place(self, at: int, names: frozenset[str]) -> int:
        """Note the level ``names`` with the place that follows at ``at``; the index after it."""
        end = at
        while (
            end < len(self._words)
            and (self._loose or self._words[end][0].isupper() or self._words[end].isdigit())
            and not self._length(end, _SKIP)
            and not self._length(end, _LEVEL)
        ):
            end += 1
        place = tuple(self._plain[at:end])
        self.name.levels.append(Level(len(self.name.core), names, place))
        return end
