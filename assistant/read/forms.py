"""The form that an answer must have: a name, a sum, an hour, a quoted theme. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Line
from assistant.quantities import MONEY
from assistant.records import Intent, Question
from ingest.signature import FAMILY_NAMES, POSITIONS
from ingest.vietnamese import LOWER, UPPER, fold

# Places of one level stand for each other; «thành phố» may be of either of two.
LEVELS = {
    "commune": "xã|phường|thị trấn|đặc khu",
    "district": "huyện|quận|thị xã",
    "city": "thành phố",
    "province": "tỉnh",
    "hamlet": "ấp|thôn|bản|khóm|khu phố|xóm|tổ dân phố",
    "cell": "chi bộ",
}
LEVEL_OF = {noun: level for level, nouns in LEVELS.items() for noun in nouns.split("|")}
NAME_OF_PERSON = re.compile(
    rf"(?<!\w)(?:{FAMILY_NAMES})(?:\s+[{UPPER}]{{1,7}}){{1,4}}(?!\w)"
    rf"|(?<!\w)(?:{'|'.join(n.title() for n in FAMILY_NAMES.split('|'))})"
    rf"(?:\s+[{UPPER}][{LOWER}]{{0,6}}){{1,4}}(?!\w)"
)
_POSITION = re.compile(rf"\b(?:{'|'.join(fold(p) for p in POSITIONS)})\b")
_ITS_NAME = re.compile(
    r"\b(?:ho )?ten (?:la )?gi\b|\bho (?:va )?ten\b"
    r"|\bname of the (?:[\w'-]+ ){0,2}(?:director|head|chair\w*|secretary|leader|president|"
    r"principal|manager|captain|commander|officer|official|speaker|lecturer|author)\b"
)
_IS_WHO = re.compile(
    r"^who(?:'s| is| was) (?!in charge|responsible)|\bla ai\b|\bai la\b|" + _ITS_NAME.pattern
)
_IN_QUOTES = re.compile(r"[“\"«][^”\"»]{3,}")  # the name of a theme or a contest
_WHICH = re.compile(  # «bản» and «thành phố» are left out: «ban nao» is «ban nào», and a city has
    # the level of two others
    rf"\b({'|'.join(n for n in (*LEVEL_OF, 'trường') if n not in ('bản', 'thành phố'))}) nào\b",
    re.I,
)
_WHICH_IN_ENGLISH = re.compile(
    r"\bwhich (commune|ward|district|province|hamlet|village|school|cell)\b"
    r"(?! (?:office|level|unit)s?)"
)
_OF_ENGLISH = {
    "commune": LEVELS["commune"],
    "ward": "phường",
    "district": LEVELS["district"],
    "province": "tỉnh|thành phố",
    "hamlet": LEVELS["hamlet"],
    "village": LEVELS["hamlet"],
    "school": "trường",
    "cell": "chi bộ",
}
# «Đội nào», «sở nào»: whoever is named is one.
_WHICH_BODY = re.compile(
    r"\b(?<!cán )(đội|lớp|khối|sở|phòng|công ty|câu lạc bộ|bệnh viện|trạm|nhóm|cụm|liên đoàn|"
    r"chi cục|trung tâm) nào\b",
    re.I,
)
_SEVERAL = re.compile(r"\b(?:những|nhung|các|cac|mấy|may)\b", re.I)
_HOUR_ASKED = re.compile(r"\bmay gio\b|\bwhat time\b")
_HOUR = re.compile(r"\d\s?(?:giờ|[hg](?:\d|\b)|:\d)|\b(?:sáng|chiều|tối|trưa)\b", re.I)
_SHORT = 12  # words of a line that is the answer itself, not a sentence about it
# A theme stands in quotation marks, after a colon, or under a heading of its own.
_TITLE_WORDS = "chủ đề|chuyên đề|khẩu hiệu|thông điệp|phương châm|tên gọi"
_TITLED_ASKED = re.compile(
    rf"\b(?:{fold(_TITLE_WORDS)})\b[^?]*\bla gi\b"
    r"|\bwhat(?:'s| is| was| are)? the (?:\w+ )?(?:theme|slogan|motto)\b"
)
_TITLED = re.compile(
    rf"(?:^|\n)\W*(?:[\w.]{{1,6}}[.)]\s*)?(?:{_TITLE_WORDS})\b"
    rf"|\b(?:{_TITLE_WORDS})\b[^.;]{{0,80}}?(?::|\blà\b|[“\"«])",
    re.I,
)
# A sum of money, folded or in English, and how one is written.
_SUM_ASKED = re.compile(
    r"\bbao nhieu tien\b|\b(?:tri gia|muc thuong|le phi|kinh phi|ngan sach)\b[^?]*\bbao nhieu\b"
    r"|\bgia (?:ban|dich vu|mua|thu|thue|ve)\b[^?]*\bbao nhieu\b"
    r"|\b(?:bi|muc|tien) phat\b[^?]*\bbao nhieu\b"
    r"|\bhow much\b(?=.*\b(?:cost|spen[dt]|pa(?:y|id)|prize|fee|fine|budget|fund|money|worth|award|"
    r"reward)\w*)"
    r"|\bwhat(?:'s| is| was| are)? the (?:[\w-]+ ){0,3}"
    r"(?:cost|budget|fee|fine|price|reward|spending norm)s?\b"
    r"(?! (?:report|plan|line|year)s?\b)"
    r"|\bwhat (?:total |minimum |maximum )?(?:value|sum|amount of money)\b"
)
_SUM = re.compile(rf"{MONEY.pattern}|\b(?:miễn phí|không thu|tự túc)\b", re.I)
_REWARD_ASKED = re.compile(r"\bthuong (?:bao nhieu|may)\b")
_REWARD = re.compile(r"\b(?:thuong|giai)\b")
_AGE_ASKED = re.compile(r"\b(?:what|maximum|minimum|upper|lower) ages?\b|\bhow old\b")
_AGE = re.compile(r"\btuổi\b", re.I)
_EACH_ASKED = re.compile(
    r"\bmoi \w+\b[^?]*\bbao nhieu\b|\bbao nhieu\b[^?]*\b(?:mot|moi) (?:nguoi|ho|em|suat)\b|"
    r"\bhow much\b[^?]*\b(?:each|every) (?:[\w'-]+ ){0,3}?"
    r"(?:person|people|resident|household|family|member|pupil|student|worker|cadre|adult)s?\b"
)
_EACH = re.compile(r"\b(?:mỗi|từng|một|bình quân|mức|0?1)\b|\d ?(?:đồng|đ|kg|triệu)/", re.I)


def lacks_form(question: Question, folded: str, line: Line, contexts: Sequence[str]) -> bool:
    """Whether what is asked for has a form that the words of ``line`` lack.

    ``folded``: the question without diacritics, and an English one as typed; ``contexts``: what the
    line says itself, then the rest of its line and its headings.
    """
    own = contexts[0]
    return (
        _is_without_name(question, contexts)
        or _is_no_such_form(folded, line, contexts)
        or (question.intent in (Intent.WHO, Intent.WHAT) and _is_nobody(folded, line, own))
        or (_HOUR_ASKED.search(folded) is not None and _HOUR.search(own) is None)
    )


def _is_no_such_form(folded: str, line: Line, contexts: Sequence[str]) -> bool:
    """Whether what is asked for has a form that the words lack; a row of a table is of each."""
    own, said = contexts[0], "\n".join(contexts)
    if _TITLED_ASKED.search(folded) and not _TITLED.search(said):
        return True
    if _SUM_ASKED.search(folded) and not _SUM.search(own):
        return True
    if _REWARD_ASKED.search(folded) and not _REWARD.search(fold(said).lower()):
        return True
    is_row = any("\n" in words or " | " in words for words in _quotes(line))
    if _AGE_ASKED.search(folded) and not _AGE.search(own):
        return True
    return _EACH_ASKED.search(folded) is not None and not (_EACH.search(own) or is_row)


def _quotes(line: Line) -> list[str]:
    return [span.document.text[span.start : span.end] for span in line.evidence]


def _is_without_name(question: Question, contexts: Sequence[str]) -> bool:
    """Whether it is asked «xã nào», and the words name none.

    Of several, «những nhóm nào», the words above may say what they are: «03 nhóm:».
    """
    own = contexts[0]
    if question.language == "en":
        found = _WHICH_IN_ENGLISH.search(question.typed.lower())
        nouns = _OF_ENGLISH[found[1]] if found else ""
    else:
        found = _WHICH.search(question.text)
        nouns = found[1] if found else ""
    if not nouns:
        body = _WHICH_BODY.search(question.text)
        if body is None:
            return False
        said = "\n".join(contexts) if _SEVERAL.search(question.text) else own
        return fold(body[1]).lower() not in fold(said).lower()
    return re.search(rf"(?i:\b(?:{nouns})\b)[^.;\n]{{0,20}}?(?<!\w)[{UPPER}\d]", own) is None


def _is_nobody(folded: str, line: Line, own: str) -> bool:
    """Whether a person is asked for, and neither a name nor another position is there."""
    own = line.text if len(line.text.split()) < _SHORT else own
    if not _IS_WHO.search(folded) or not (_POSITION.search(folded) or _ITS_NAME.search(folded)):
        return False
    if NAME_OF_PERSON.search(own) or (_IN_QUOTES.search(own) and not _POSITION.search(folded)):
        return False
    others = set(_POSITION.findall(fold(own).lower())) - set(_POSITION.findall(folded))
    return _ITS_NAME.search(folded) is not None or not others
