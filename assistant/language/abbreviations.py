"""Abbreviations: what they may stand for, chat shorthand, and those a document defines. Pure.

An abbreviation is never replaced, only added to: documents write «UBND» as often as «Ủy ban nhân
dân». Chat shorthand with one meaning («ko», «đc») is replaced, since no document writes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.language.english import is_english
from assistant.language.syllable import is_unmarked_syllable, is_vietnamese_syllable
from assistant.language.tables import rows_of
from ingest.vietnamese import LOWER, UPPER, fold, has_diacritics

_MAX_EXPANSIONS = 4
_NO_OWN: Mapping[str, Sequence[str]] = {}

_TOKEN = re.compile(r"[^\W_]+(?:[-/&.,][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
# Nothing inside these is an abbreviation: 76-KH/ĐU, 05/2023/TT-BGDĐT, 28 - NQ/TW, addresses.
_NUMBERED = re.compile(
    r"\d+[A-Za-z]?(?:/\d+)*\s?[-/]\s?[^\W\d_]+(?:[-/]\s?[^\W\d_]+)+"
    r"|\d+[A-Za-z]?(?:/\d+)*[-/][^\W\d_]+[^\W_]*"
)
_ADDRESS = re.compile(r"[^\s@]{1,64}@\S+|\w{2,8}://\S+|www\.\S+")
_OF_ADDRESSES = ("@", "://", "www.")
# A kind of document, where a number follows: in «CT 45» CT is no chương trình, no chính trị.
_KINDS = frozenset(
    {
        "kế hoạch",
        "công văn",
        "chỉ thị",
        "nghị quyết",
        "quyết định",
        "kết luận",
        "hướng dẫn",
        "thông báo",
        "thông tư",
        "báo cáo",
        "tờ trình",
        "nghị định",
        "đề án",
        "quy định",
        "công điện",
        "biên bản",
        "quy chế",
        "chương trình",
    }
)
_NUMBER_FOLLOWS = re.compile(r"\s+(?:số\s+|so\s+)?\d")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation in a text: ``text[start:end] == written``; its readings, likeliest first."""

    written: str
    start: int
    end: int
    expansions: tuple[str, ...]


def find(text: str, own: Mapping[str, Sequence[str]] = _NO_OWN) -> list[Abbreviation]:
    """The abbreviations in ``text`` in order. ``own`` are the documents' own, which come first.

    >>> [(a.written, a.expansions) for a in find("LĐLĐ gửi CV 12")]
    [('LĐLĐ', ('Liên đoàn Lao động',)), ('CV', ('công văn',))]
    """
    blanked = _blanked(text)
    lowered = {key.lower(): tuple(values) for key, values in own.items()}
    tokens = [
        token
        for token in _TOKEN.finditer(blanked)
        if _may_abbreviate(token[0]) or (lowered and _is_own(token[0], lowered))
    ]
    if not tokens:
        return []  # as in most sentences
    marked = has_diacritics(text)
    shouting = text.isupper()
    found: list[Abbreviation] = []

    def look(match: re.Match[str], offset: int) -> bool:
        written, start, end = match.group(), match.start() + offset, match.end() + offset
        expansions = _readings(written, lowered, marked=marked, shouting=shouting)
        if not expansions:
            return False
        if _NUMBER_FOLLOWS.match(text, end):
            expansions = tuple(e for e in expansions if e in _KINDS)[:1] or expansions
        if expansions and expansions[0] in _KINDS:
            expansions = tuple(e for e in expansions if e in _KINDS)  # «KH» here is no «khoa học»
        if expansions:
            found.append(Abbreviation(written, start, end, expansions[:_MAX_EXPANSIONS]))
        return True

    for token in tokens:
        if not look(token, 0) and not _PART.fullmatch(token.group()):
            for part in _PART.finditer(token.group()):
                look(part, token.start())
    return found


@lru_cache(maxsize=65_536)
def _may_abbreviate(token: str) -> bool:
    """Whether a token, or a part of it, is a shipped abbreviation in any text."""
    return any(
        _shipped_readings(part, marked=marked, shouting=False)
        for part in (token, *_PART.findall(token))
        for marked in (True, False)
    )


def _is_own(token: str, own: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a token, or a part of it, is one of a document's ``own`` (small letters)."""
    lower = token.lower()
    return lower in own or any(part in own for part in _PART.findall(lower))


def _blanked(text: str) -> str:
    """``text`` with blanks for what must not be touched; offsets stay."""
    if any(mark in text for mark in _OF_ADDRESSES):
        text = _ADDRESS.sub(_blanks, text)
    return _NUMBERED.sub(_blanks, text)


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match.group())


def expand(text: str, own: Mapping[str, Sequence[str]] = _NO_OWN) -> list[str]:
    """What to add to the terms of a query: every reading of its abbreviations, each once.

    >>> expand("ubnd xã gửi b/c cho MTTQ theo 76-KH/ĐU")
    ['Ủy ban nhân dân', 'báo cáo', 'Mặt trận Tổ quốc']
    """
    readings = (e for abbreviation in find(text, own) for e in abbreviation.expansions)
    return list(dict.fromkeys(readings))


def written_out(text: str, own: Mapping[str, Sequence[str]] = _NO_OWN) -> str:
    """``text`` with its abbreviations in full, each in its likeliest reading.

    >>> written_out("UBND xã gửi b/c")
    'Ủy ban nhân dân xã gửi báo cáo'
    """
    for found in reversed(find(text, own)):
        # «TP.HCM», «P.GD»: the full stop joins two abbreviations.
        rest = text[found.end :]
        joined = rest[:1] == "." and rest[1:2].isalpha()
        text = text[: found.start] + found.expansions[0] + (" " + rest[1:] if joined else rest)
    return text


_CAPITALS = re.compile(rf"(?<![\w/-])[{UPPER}][{UPPER}{LOWER}&-]*[{UPPER}](?![\w/-])")


def meant_in(text: str) -> list[str]:
    """The likeliest readings of the abbreviations in capitals in a document's ``text``, each once.

    >>> meant_in("HĐND-UBND xã gửi MTTQ; UBND huyện")
    ['Hội đồng nhân dân', 'Ủy ban nhân dân', 'Mặt trận Tổ quốc']
    """
    written = dict.fromkeys(_CAPITALS.findall(text))
    return list(dict.fromkeys(reading for w in written for reading in _meant_by(w)))


def _meant_by(written: str) -> list[str]:
    """The likeliest reading of an abbreviation, or else those of its parts («HĐND-UBND»)."""
    parts = _PART.findall(written)
    for whole in (written, "".join(parts)):  # «GD&ĐT» is «GDĐT»
        if readings := _shipped_readings(whole, marked=True, shouting=False):
            return [readings[0]]
    found = (_shipped_readings(part, marked=True, shouting=False)[:1] for part in parts)
    return [reading for readings in found for reading in readings]


def _readings(
    written: str, own: Mapping[str, tuple[str, ...]], *, marked: bool, shouting: bool
) -> tuple[str, ...]:
    """What ``written`` may stand for; () where it is more likely a word than an abbreviation."""
    shipped = _shipped_readings(written, marked=marked, shouting=shouting)
    mine = own.get(written.lower(), ())
    if not mine or _is_word(written, shouting=shouting):
        return shipped
    return tuple(dict.fromkeys((*mine, *shipped)))


@lru_cache(maxsize=65_536)
def _shipped_readings(written: str, *, marked: bool, shouting: bool) -> tuple[str, ...]:
    if _is_word(written, shouting=shouting):
        return ()
    by_case, by_letters = _table()
    lower = written.lower()
    exact = by_case.get(lower, ())
    # Without marks in the whole text, DV may be ĐV as well.
    folded = by_letters.get(fold(lower), ()) if not (exact and marked) else ()
    return tuple(dict.fromkeys((*exact, *folded)))


def _is_word(written: str, *, shouting: bool) -> bool:
    """Whether «tu» is the word; «TU» is a body, but not where all is in capitals."""
    lower = written.lower()
    is_word = is_unmarked_syllable(lower) or is_vietnamese_syllable(lower)
    return is_word and (shouting or not written.isupper())


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Readings by the abbreviation in small letters, and by the same without marks."""
    by_case: dict[str, tuple[str, ...]] = {}
    by_letters: dict[str, tuple[str, ...]] = {}
    for key, readings in rows_of("abbreviations.tsv"):
        lower = key.lower()
        by_case[lower] = (*by_case.get(lower, ()), *readings)
        by_letters[fold(lower)] = (*by_letters.get(fold(lower), ()), *readings)
    return by_case, by_letters


@cache
def short_forms() -> frozenset[str]:
    """Every abbreviation and piece of shorthand known, in small letters, with and without marks."""
    by_case, by_letters = _table()
    return frozenset((*by_case, *by_letters, *_chat(), *map(fold, _chat())))


_CHAT_TOKEN = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
# «điểm k khoản 2», «lớp 6 k», «k) …»: single letters that name something.
_NAMES_A_LETTER = re.compile(
    r"(?:\b(?:điểm|diem|khoản|khoan|tiết|tiet|lớp|lop|nhóm|nhom|bảng|bang|khu|lô|lo|chữ|chu|vitamin)"
    r"|\d|,)\s*$|(?:^|\n)\s*$",
    re.IGNORECASE,
)
_LETTER_NAMED = re.compile(
    r"\s*\)|[./-]\w|\s+(?:khoản|khoan|mục|muc|điều|dieu|và|va)\b|\s*,\s*\w\b"
)


def normalise_chat(text: str) -> str:
    """Vietnamese ``text`` with chat shorthand written out; correct text and English unchanged.

    >>> normalise_chat("có phải b/c ko, nộp trc ngày mấy")
    'có phải b/c không, nộp trước ngày mấy'
    """
    if is_english(text):
        return text
    pieces: list[str] = []
    done = 0
    for token in _CHAT_TOKEN.finditer(_blanked(text)):
        around = (
            text[max(0, token.start() - 20) : token.start()],
            text[token.end() : token.end() + 20],
        )
        pieces += text[done : token.start()], _written_out(token.group(), *around)
        done = token.end()
    return "".join([*pieces, text[done:]])


def _written_out(token: str, before: str, after: str) -> str:
    """What the shorthand ``token`` means, or ``token`` where it is none between its neighbours."""
    meant = _chat().get(token.lower())
    if meant is None or not (token.islower() or (len(token) > 1 and token.istitle())):
        return token
    if before.endswith(("/", "-", "'")) or after.startswith(("/", "-", "'")):
        return token
    if token.istitle() and after.startswith("."):
        return token  # «Ng. Văn Tám»
    if len(token) == 1 and (_NAMES_A_LETTER.search(before) or _LETTER_NAMED.match(after)):
        return token
    return meant if token.islower() else meant[0].upper() + meant[1:]


@cache
def _chat() -> dict[str, str]:
    return {key.lower(): readings[0] for key, readings in rows_of("chat.tsv")}


_IN_BRACKETS = re.compile(r"[(（]\s*([^()（）]{1,80}?)\s*[)）]")
_SAID = re.compile(
    r"(?:(?:sau\s+đây|dưới\s+đây|từ\s+đây|sau\s+này)\s+)?(?:được\s+)?"
    r"(?:gọi\s+tắt|viết\s+tắt|gọi\s+chung|gọi)\s+là:?\s+",
    re.IGNORECASE,
)
_QUOTES = "«»“”\"'‘’:;,. "
_SKIPPED = frozenset("và của về các những cho trong ở tại là".split())
_ABBREVIATION = re.compile(r"[A-ZĐƯƠÂÊÔĂ][A-ZĐƯƠÂÊÔĂa-z]*(?:[-&., ]?[A-ZĐƯƠÂÊÔĂ][a-zđ]?)*")
_CLAUSE_END = re.compile(r"[.;:!?]\s|\n")
_LONGEST_TERM = 40  # words


def defined_in(text: str) -> dict[str, str]:
    """Short forms that a document defines itself → what they stand for, as written, first wins.

    Known are «X (sau đây viết tắt là Y)», «X (gọi tắt là Y)», «thủ tục hành chính (TTHC)» and
    «TTHC (thủ tục hành chính)»; the letters of an abbreviation must be the initials of its words.

    >>> defined_in("Cải cách thủ tục hành chính (TTHC) tại bộ phận một cửa (BPMC).")
    {'TTHC': 'thủ tục hành chính', 'BPMC': 'bộ phận một cửa'}
    """
    definitions: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        inside, before = match.group(1), text[max(0, match.start() - 400) : match.start()]
        said = _SAID.match(inside)
        short = (inside[said.end() :] if said else inside).strip(_QUOTES)
        if _is_abbreviation(short):
            meant = _by_initials(short, before, at_end=True)
            if not meant and said:
                meant = _clause(before)
        elif said:
            meant = _named(short, before)
        else:
            previous = re.search(r"(\S+)\s*$", before)
            meant, short = inside, previous.group(1).strip(_QUOTES) if previous else ""
            if not _is_abbreviation(short) or not _by_initials(short, inside, whole=True):
                continue
        if short and meant:
            definitions.setdefault(short, meant)
    return definitions


def _is_abbreviation(short: str) -> bool:
    capitals = sum(c.isupper() for c in short)
    return (
        2 <= capitals <= 14
        and " " not in short
        and capitals * 2 >= sum(c.isalpha() for c in short)
        and _ABBREVIATION.fullmatch(short) is not None
    )


def _by_initials(short: str, words: str, *, at_end: bool = False, whole: bool = False) -> str:
    """The end of ``words`` (or the whole of it) whose initials are the capitals of ``short``."""
    letters = [c for c in short if c.isupper()]
    spans = [m.span() for m in _PART.finditer(words)]
    i = len(spans)
    for letter in reversed(letters):
        i -= 1
        while i >= 0 and not _is_initial(letter, words[spans[i][0]]):
            # Small words need no letter, but the last word of all must have one.
            if words[slice(*spans[i])].lower() not in _SKIPPED or (at_end and i == len(spans) - 1):
                return ""
            i -= 1
        if i < 0:
            return ""
    if whole and i != 0:
        return ""
    found = words[spans[i][0] : spans[-1][1]]
    return "" if _CLAUSE_END.search(found) else " ".join(found.split())


def _is_initial(letter: str, initial: str) -> bool:
    """Đ stands for đ alone; D may stand for đ, as old typewriters had it."""
    upper = initial.upper()
    return upper == letter if letter == "Đ" else fold(upper) == fold(letter)


def _named(short: str, before: str) -> str:
    """What «… (gọi tắt là Ban Chỉ đạo)» names: from the last words that begin as the name does.

    Only names (a capital, no number, four words at most); "" where nothing begins so.
    """
    words = short.split()
    if not 1 <= len(words) <= 4 or not short[0].isupper() or any(c.isdigit() for c in short):
        return ""
    clause = _clause(before)
    beginning = r"\s+".join(re.escape(word) for word in words[:2])
    starts = [m.start() for m in re.finditer(rf"\b{beginning}\b", clause, re.IGNORECASE)]
    return clause[starts[-1] :] if starts else ""


def _clause(before: str) -> str:
    """The words of the clause that ends where ``before`` ends, 40 at most."""
    clause = _CLAUSE_END.split(before)[-1]
    return " ".join(clause.split()[-_LONGEST_TERM:]).strip(_QUOTES)
