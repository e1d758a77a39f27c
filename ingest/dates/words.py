"""How dates are worded in Vietnamese and English: vocabulary and patterns. Pure.

All patterns read a *plain* copy of the text (:func:`plain`): small letters, date words without
diacritics, emphasis marks and line breaks as spaces, every character at its own offset.
"""

from __future__ import annotations

import re

from ingest.vietnamese import fold

_DATE_WORDS = frozenset(
    """ngày tháng năm quý quí tuần giờ phút thứ chủ nhật trước sau từ đến tới hết chậm muộn nhất
    trong vào kể tính bắt đầu giữa cuối hằng hàng mỗi từng định kỳ kì thời hạn vòng làm việc học
    giai đoạn nhiệm khi nay bây này là mùng mồng và các của không quá hơn nộp chót hai ba tư sáu
    bảy bẩy tám chín mười một giêng chạp đúng lúc cho tối đa khoảng thường niên suốt kết
    thúc hoàn thượng hạ thành xong trở đi lần dịp nửa tại ký ban hành nhận được""".split()
)
_WORD = re.compile(r"[^\W\d_]+")


def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with at most three characters of white space where it allows any number.

    Canonical text has no more, and neighbouring unbounded spaces would take quadratic time.
    """
    return re.compile(pattern.replace(r"\s*", r"\s{0,3}").replace(r"\s+", r"\s{1,3}"))


def plain(text: str) -> str:
    """The copy of NFC ``text`` that patterns read; same length, same offsets.

    A word keeps its diacritics unless it is a date word: «năm 2025» reads as ``nam 2025``,
    «nấm 2025» doesn't.
    """
    words = _WORD.sub(_plain_word, text)
    return words.translate(_SPACES)


_SPACES = str.maketrans("*_\n\t\r\f\v\u00a0\u2019\u2212\u2011", " " * 8 + "'--")


def _plain_word(match: re.Match[str]) -> str:
    word = match.group()
    if word == "Nam" and match.string[max(0, match.start() - 2) : match.start()].strip().isalpha():
        return "###"  # Việt Nam, Quảng Nam: a name, not «năm» typed without its mark
    if word.isupper() and match.string[max(0, match.start() - 1) : match.start()] in (
        "/",
        "-",
        "–",
    ):
        return "#" * len(word)  # part of a sign: «02-TT/TU ngày …» says nothing of «từ ngày …»
    lower = word.lower()
    if len(lower) != len(word):
        return "#" * len(word)
    return fold(lower) if lower in _DATE_WORDS else lower


MONTHS_EN: tuple[str, ...] = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
)
MONTHS_EN += ("september", "october", "november", "december")
MONTHS_VI: tuple[str, ...] = (
    "mot|gieng",
    "hai",
    "ba",
    "tu",
    "nam",
    "sau",
    "bay",
    "tam",
    "chin",
    "muoi",
)
MONTHS_VI += ("muoi mot", "muoi hai|chap")
WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}

D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
M = r"(?:1[0-2]|0?[1-9])(?!\d)"
Y = r"(?:19|20)\d\d(?!\d)"
_MONTH_WORD = "muoi mot|muoi hai|gieng|chap|muoi|mot|hai|ba|tu|nam(?! *\\d{4})|sau|bay|tam|chin"
_MONTH_EN = "|".join(rf"{name[:3]}(?:{name[3:]})?\b" for name in MONTHS_EN)
MONTH_EN = rf"(?:{_MONTH_EN}|sept\b)\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR_TAIL = rf"(?:\s*,?\s*(?:nam|/|-)?\s*{Y})"
MON = rf"(?:thang|thg\.?)\s*(?:{M}|(?:{_MONTH_WORD})\b)"

FULL = (
    rf"(?:{Y}-\d\d-\d\d(?!\d)"
    rf"|{D}\s?/\s?{M}(?:\s?/\s?(?:{Y}|\d\d(?!\d)))?"
    rf"|{D}\s?/\s?{M}\s+nam\s+{Y}"
    rf"|{D}\s?[.\-]\s?{M}\s?[.\-]\s?{Y}"
    rf"|{D}\s*,?\s*{MON}{_YEAR_TAIL}?"
    rf"|{D}{_ORDINAL}\s+(?:of\s+)?{MONTH_EN}(?:\s*,?\s*{Y})?"
    rf"|{MONTH_EN}\s+{D}{_ORDINAL}(?:\s*,?\s*{Y})?)"
)
MONTH = rf"(?:{MON}{_YEAR_TAIL}?|{M}\s?/\s?{Y}|{MONTH_EN}(?:\s*,?\s*(?:of\s+)?{Y})?)"
_ROMAN = r"(?:iv|iii|ii|i|[1-4])(?![\w])"
_QUARTER_EN = (
    r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last)\s+quarter|q[1-4]\b|quarter\s+[1-4]\b"
)
QUARTER = (
    rf"(?:qu[yi]\s*{_ROMAN}(?:\s*(?:,|/|-|nam|cua nam)?\s*{Y})?"
    rf"|(?:{_QUARTER_EN})(?:\s*(?:,|/|of|-)?\s*{Y})?)"
)
HALF = rf"(?:0?6\s+thang\s+(?:dau|cuoi)\s+nam(?:\s+{Y})?)"
YEAR = rf"(?:nam\s+(?:hoc\s+)?{Y})"

HOUR = (
    r"(?:\d{1,2}(?::\d\d|\s*(?:gio|h|g)\s*(?:\d{1,2}\s*)?)\s*(?:phut|'|am|pm)?\s*,?\s*"
    r"(?:cua\s+|on\s+)?)"
)
WEEKDAY = (
    r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\s*,?\s*\(?\s*)"
)
EDGE = (
    r"(?:(?:(?:tuan|thang|ngay|nua)\s+)?(?:dau|giua|cuoi|het)(?:\s+cung)?\s+(?:cua\s+)?"
    r"|(?:thuong|trung|ha)\s+tuan\s+"
    r"|(?:the\s+)?(?:end|beginning|start|middle|early|mid|late)\s*-?\s*(?:of\s+)?)"
)
NGAY = r"(?:(?:cac\s+)?(?:ngay|mung|mong)(?:\s+(?:mung|mong))?(?:\s*:)?\s*)"
#: What may stand between a cue and a day, and between a cue and a longer period.
LEAD = rf"(?:{EDGE}){{0,2}}{HOUR}?{WEEKDAY}?{NGAY}?(?:the\s+)?"
LEAD_PERIOD = rf"(?:{EDGE}){{0,2}}(?:the\s+)?"

#: Cues, longest first, each with its name.
CUES: tuple[tuple[str, str], ...] = (
    ("by", r"(?:cham|muon)\s+nhat(?:\s+(?:la|den|vao|trong|truoc|het)\b)*"),
    ("by", r"khong\s+(?:qua|(?:muon|cham|tre)\s+hon)(?:\s+(?:het|truoc))?"),
    (
        "by",
        r"(?:thoi\s+)?han\s+(?:cuoi(?:\s+cung)?|chot|nop)?"
        r"(?:\s+(?:la|den|vao|truoc|het)\b)*\s*:?",
    ),
    (
        "by",
        r"(?:no|not)\s+later\s+than|on\s+or\s+before|due(?:\s+(?:by|on|in))?"
        r"|deadline(?:\s+of)?:?|by",
    ),
    ("before", r"truoc(?:\s+het)?|trc|before|prior\s+to|ahead\s+of"),
    ("by", r"het"),
    ("until", r"(?:cho\s+)?(?:den|toi)|until|till|up\s+to|through"),
    ("from", r"(?:(?:ke|bat\s+dau|tinh)\s+)?tu|sau|from|since|after|starting"),
    ("in", r"(?:xong\s+)?trong(?:\s+suot)?|vao(?:\s+dip)?|in|during|within|for"),
    ("on", r"on|dated"),
)
CUE = rf"(?:\b(?:{'|'.join(pattern for _, pattern in CUES)})(?![\w-])\s*:?\s*)"
NAMED_CUES = tuple((name, compiled(rf"(?:{pattern})(?![\w-])")) for name, pattern in CUES)

EVERY = (
    r"(?:(?:dinh\s+k[yi]\s+)?(?:cua\s+)?(?:hang|moi|tung)\s+(?P<vi>nam|thang|qu[yi]|tuan|ngay)\b"
    r"|thuong\s+(?P<nien>nien)\b"
    r"|(?:of\s+)?(?:every|each|per)\s+(?P<en>year|month|quarter|week|day)\b"
    r"|(?P<ly>annually|yearly|monthly|quarterly|weekly|daily)\b)"
)
UNIT = {
    "nam": "YEARLY", "nien": "YEARLY", "year": "YEARLY", "annually": "YEARLY", "yearly": "YEARLY",
    "thang": "MONTHLY", "month": "MONTHLY", "monthly": "MONTHLY",
    "quy": "QUARTERLY", "qui": "QUARTERLY", "quarter": "QUARTERLY", "quarterly": "QUARTERLY",
    "tuan": "WEEKLY", "week": "WEEKLY", "weekly": "WEEKLY",
    "ngay": "DAILY", "day": "DAILY", "daily": "DAILY",
}  # fmt: skip
