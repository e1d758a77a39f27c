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
    giai đoạn nhiệm khi nay bây này là mùng mồng và các của không quá hơn nộp chót hai ba
    bảy bẩy tám chín mười một giêng chạp đúng lúc cho đa điểm có khoảng thường niên suốt kết
    thúc hoàn thượng hạ thành xong trở đi lần dịp nửa tại ký ban hành nhận được tiên những tiếp
    theo kế liền đó hoặc ít lễ về rằm ngoái qua cùng bốn thuộc thiểu kề kỳ kì""".split()
)


def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with at most three characters of white space where it allows any number.

    Canonical text has no more, and neighbouring unbounded spaces would take quadratic time. Around
    a stroke there may be as many: «**20**/4».
    """
    pattern = pattern.replace(r"\s?/\s?", r"\s*/\s*")
    return re.compile(pattern.replace(r"\s*", r"\s{0,3}").replace(r"\s+", r"\s{1,3}"))


_MARKS = {"*": " ", "_": " ", "\n": " ", "\t": " ", "\r": " ", "\f": " ", "\v": " ", "\u00a0": " "}
_MARKS |= {"\u2019": "'", "\u2212": "-", "\u2011": "-", "\u0130": "#"}  # İ grows when made small
#: Việt Nam, Quảng Nam: a name, not «năm» typed without its mark.
_NAME = re.compile(r"Nam(?<=[^\W\d_]\sNam)(?![^\W\d_])")
_AFTER_SIGN = re.compile(r"[/\-–][^\W\d_]+")


def small(text: str) -> str:
    """``text`` in small letters, marks and line breaks as spaces, signs masked; same offsets."""
    text = _AFTER_SIGN.sub(_masked, _NAME.sub("###", text))
    for mark, instead in _MARKS.items():
        text = text.replace(mark, instead)
    return text.lower()


#: A quarter, or figures misread: «quý I-II», «26/O2/2024».
_FIGURES_IN_LETTERS = re.compile(r".(?:III|IV|[LIOSBZ]{1,2})")


def _masked(match: re.Match[str]) -> str:
    """A part of a sign: «02-TT/TU ngày …» says nothing of «từ ngày …»."""
    word = match.group()
    if not word.isupper() or _FIGURES_IN_LETTERS.fullmatch(word):
        return word
    return word[0] + "#" * (len(word) - 1)


_PARTS = re.compile(r"[^\W\d_]+|[\W\d_]+")
_PLAIN = {word: fold(word) for word in _DATE_WORDS}


def plain(text: str) -> str:
    """The copy of NFC ``text`` that patterns read; same length, same offsets.

    A word keeps its diacritics unless it is a date word: «năm 2025» reads as ``nam 2025``,
    «nấm 2025» doesn't.
    """
    return fold_dates(small(text))


def fold_dates(text: str) -> str:
    """:func:`small` text with the date words in it without diacritics."""
    parts = _PARTS.findall(text)
    return "".join(map(_PLAIN.get, parts, parts))


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
    "mot",
    "hai",
    "ba",
    "tư|tu",
    "nam",
    "sáu|sau",
    "bay",
    "tam",
    "chin",
    "muoi",
)
MONTHS_VI += ("muoi mot", "muoi hai")
#: What follows a date of the lunar calendar: «âm lịch», «năm Giáp Thìn».
STEMS = "giáp ất bính đinh mậu kỷ canh tân nhâm quý quy"
BRANCHES = "tý tí sửu dần mão mẹo thìn tỵ tị ngọ mùi thân dậu tuất hợi"
LUNAR = (
    r"(?:\s*,?\s*\(?\s*(?:(?:[âa]m\s+l[iị]ch|[âa]l)\b"
    rf"|(?:nam\s+)?(?:{STEMS.replace(' ', '|')})\s+(?:{BRANCHES.replace(' ', '|')})\b))"
)
WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "tu": 3, "nam": 4, "sáu": 5, "sau": 5, "bay": 6}

AND = r"\s*(?:,|;|\+|va\b|and\b|hoac\b|or\b|&)\s*"
D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
M = r"(?:1[0-2]|0?[1-9])(?!\d)"
Y = r"(?:19|20)\d\d(?!\d)"
# «tháng tu», «tháng sau» are months only where nothing else can be meant: «từ», «sau».
MONTH_WORD = (
    r"(?:muoi\s+mot|muoi\s+hai|muoi|mot|hai|ba|tư|nam(?!\s*\d{4})|sáu|bay|tam|chin"
    r"|tu(?=\s*(?:[.,;:?!)]|$|nam\s+\d|hang\s+nam))|sau(?=\s+(?:nam\s+\d|hang\s+nam)))"
    r"\b"
)
_MONTH_EN = "|".join(rf"{name[:3]}(?:{name[3:]})?\b" for name in MONTHS_EN)
MONTH_EN = rf"(?:{_MONTH_EN}|sept\b)\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR_TAIL = rf"(?:(?:\s*,?\s*(?:nam|/|-)?\s*|\.){Y})"
MON = rf"(?:thang|thg\.?)\s*(?:{M}|{MONTH_WORD})(?!\s+lan\b)"

FULL = (
    rf"(?:{Y}-\d\d-\d\d(?!\d)"
    rf"|{D}\s*(?:/\s*{M}(?:\s*/\s*(?:{Y}|\d\d(?!\d))|\s+nam\s+{Y})?"
    rf"|[.\-]\s?{M}(?:\s?[.\-]\s?|\s+nam\s+){Y})"
    rf"|(?=\d)(?<!thang\s)(?<!thu\s)(?<!tuan\s){D}\s*[,/]?\s*{MON}{_YEAR_TAIL}?"
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
#: Some months at an end of the year; those of half a year need no year beside them.
HALF = (
    rf"(?:(?:0?6|s[aá]u)\s+thang\s+(?:dau|cuoi)\s+nam(?:\s+{Y})?"
    rf"|(?:(?:0?[1-9]|1[01]|hai|ba|bon|chin)\s+thang|nua|quy|qui)\s+(?:dau|cuoi)\s+nam\s+{Y}"
    rf"|(?:first|second)\s+half\s+of\s+{Y})"
)
Q = r"(?:iv|iii|ii|i|[1-4])\b"
YEAR = rf"(?:nam\s+(?:hoc\s+)?{Y})"

HOUR = (
    r"(?:\d{1,2}(?::\d\d|\s*(?:gio|h|g)\s*(?:\d{1,2}\s*)?|(?=\s*[ap]\.?m\b))\s*"
    r"(?:phut|'|[ap]\.?m\b\.?)?\s*,?\s*(?:cua\s+|on\s+)?)"
)
#: The hour at which something begins, before the one at which it ends: «từ 7h00 đến | 17h00».
HOURS_FROM = rf"(?:{HOUR}(?:-|–|den|toi|to)\s+)"
DAYPART = r"(?:\b(?:rạng\s+)?(?:sáng|trưa|chiều|tối|đêm)\s+)"
#: A day of the week as its named groups: «thứ Sáu» ``w``, «Chủ nhật» ``cn``, Friday ``en_day``.
DAY_OF_WEEK = (
    r"(?:thu\s+(?P<w>hai|ba|t[uư]|nam|s[aá]u|bay|[2-7])\b|(?P<cn>chu\s+nhat)\b"
    r"|(?P<en_day>mon|tues|wednes|thurs|fri|satur|sun)days?\b)"
)
WEEKDAY = (
    r"(?:(?:thu\s+(?:hai|ba|t[uư]|nam|s[aá]u|bay|[2-7])|chu\s+nhat"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b\s*,?\s*\(?\s*)"
)
SOME = r"(?:(?:cac|nhung|\d{1,2}|hai|ba|m[oộ]t)\s+)"
_ORDER = r"(?:dau(?:\s+tien)?|giua|cuoi(?:\s+cung)?|het|thu\s+(?:nhat|hai|ba|tư|tu|[1-5]))"
EDGE = (
    rf"\b(?:(?:{SOME}?(?:tuan(?:\s+le)?|thang|ngay(?:\s+lam\s+viec)?|nua)\s+)?{_ORDER}\s+"
    r"(?:cua\s+)?|tuan\s+(?:le\s+)?[1-5]\s+(?:cua\s+)?"
    r"|(?:thuong|trung|ha)\s+tuan\s+"
    r"|(?:the\s+)?(?:end|beginning|start|middle|early|mid|late|(?:first|second|third|last)\s+week)"
    r"\s*-?\s*(?:of\s+)?)"
)
#: Which month of a quarter; :func:`nth` counts it.
NTH = r"(?:dau(?:\s+tien)?|giua|cuoi(?:\s+cung)?|thu\s+(?:nhat|hai|ba))"


def nth(words: str) -> int:
    """1, 2 or 3 for the words of :data:`NTH`."""
    return 1 if re.search("dau|nhat", words) else 2 if re.search("giua|hai", words) else 3


NGAY = r"(?:(?:cac\s+)?(?:ngay|mung|mong)(?:\s+(?:mung|mong))?(?:\s*:)?\s*)"
#: What may stand between a cue and a day, and between a cue and a longer period.
LEAD = rf"(?:{EDGE}){{0,2}}{DAYPART}?(?:{HOURS_FROM}?{HOUR})?{DAYPART}?{WEEKDAY}?{NGAY}?(?:the\s+)?"
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
    ("before", r"(?:xong\s+)?truoc(?:\s+het)?|trc|before|prior\s+to|ahead\s+of"),
    ("by", r"het"),
    ("until", r"(?:cho\s+)?(?:den|toi)|until|till|up\s+to|through"),
    ("from", r"(?:(?:ke|bat\s+dau|tinh)\s+)?tu|sau|from|since|after|starting"),
    (
        "in",
        r"(?:xong\s+)?trong(?:\s+suot)?(?:\s+khoang)?|vao(?:\s+(?:dip|khoang))?|khoang"
        r"|in|during|within|for",
    ),
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

_LUNAR_WORDS = f"âm lịch âl al tết {STEMS} {BRANCHES}"
_ENGLISH = """the of every each per year month quarter week day days weeks months years hours hour
    working business annually yearly monthly quarterly weekly daily end beginning start middle
    early mid late monday tuesday wednesday thursday friday saturday sunday on dated by before
    prior to ahead until till up through from since after starting in during within for no not
    later than due deadline or first second third fourth last one two three four five six seven
    eight nine ten fifteen twenty thirty between and period school now completion at st nd rd th
    a p m am pm h g q i ii iii iv v half
    onward onwards subsequent following next least advance as"""
_OTHERS = """tư sáu trung thg trc gian lâu sớm nhanh dài ít nhiều trễ bốn lăm nhăm mươi mốt trăm
    tối rạng sáng trưa chiều đêm"""
#: What a reader of scans makes of 1, 0, 5, 8 and 2.
_MISREAD = "l o s b z ll lo ol oi os ob oz io il li iz lz ill lv iil lii ili"
#: Every word that a date may be made of, its cue included, in small letters.
PHRASE_WORDS = frozenset(
    word
    for known in (
        *_DATE_WORDS,
        *_OTHERS.split(),
        *_ENGLISH.split(),
        *MONTHS_EN,
        *_MISREAD.split(),
        *_LUNAR_WORDS.split(),
    )
    for word in (known, fold(known))
) | frozenset(
    name[:length] for name in MONTHS_EN for length in (3, 4) if length < 4 or name[0] == "s"
)
