"""What the figures of a date never hold, found in one quick scan. Pure.

Most of a text is passed over with it; :mod:`ingest.dates.unread` looks at the few places where
something odd stands, and tells whether a date was meant.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable

_L = "[lLiIoOsSbBzZ]"
_TH = r"\s{0,3},?\s{0,3}(?:[Tt]h[aá]ng|TH[AÁ]NG)"
_MONTH_NAME = r"\s(?:of\s)?[A-Za-z]{3,9}\.?"
_SHORT_MONTH = r"\s(?:of\s)?(?:[Ff]eb|[Aa]pr|[Jj]un|[Ss]ep|[Nn]ov)"
_STEM = r"(?:[Gg]iáp|[ẤấÂâ]t|[Bb]ính|[ĐđDd]inh|[Mm]ậu|[Kk]ỷ|[Cc]anh|[Tt]ân|[Nn]hâm|[Qq]u[ýy])"
_OF_EVERY = r"\s(?:h[aằà]ng|m[oỗ]i|c[uủ]a)\s"
# Each is tried after the first digit of a number (digits are rare), in text as written or plain;
# what asks for a stroke or a word before the number, only there.
_ODD_AFTER_STROKE = (
    rf"(?<={_L}/[0-9])",
    r"(?<=[lLVvXx|]/2)(?<!\b[Ii][Vv]/2)",  # a year after what is no quarter
    # no month: 0, or more than 12
    r"(?:(?<=1)[3-9]|(?<=[2-9])[0-9]|(?<=0)0)(?![0-9])",
    # no year: drawn apart, of three figures or five, or far ahead
    r"(?:(?<=1)9|(?<=2)0)\s[0-9]{2}(?![0-9])",
    r"(?<=2)\s0[0-9]{2}(?![0-9])",
    r"[0-9]{2}(?:[0-9]{2}|(?![0-9]))",
    r"(?:(?<=[3-9])[0-9]|(?<=2)[1-9])[0-9]{2}(?![0-9])",
)
_ODD_AFTER_WORD = (
    rf"(?<={_L}\s[Tt]h[aá]ng\s[0-9])",
    r"(?<=[aằ]m\s[Tt]h[aá]ng\s[0-9])",  # «rằm tháng 7»: lunar
    # no quarter, no day, no month
    r"(?<=[Qq][Uu][yýYÝ]\s[05-9])(?![0-9])",
    r"(?<=[Vv]\s[nN][aăAĂ][mM]\s2)(?<!\b[Ii][Vv]\s[nN][aăAĂ][mM]\s2)",
    r"(?<=[lL]\s[nN][aăAĂ][mM]\s2)",
    r"(?<=l[iIvV]\s[nN][aăAĂ][mM]\s2)|(?<=l[iI][iI]\s[nN][aăAĂ][mM]\s2)",
    r"(?:(?<=[aà]y\s3)[2-9]|(?<=[aà]y\s[4-9])[0-9])(?![0-9])",
    r"(?<=[nN][gG]\s[0-9])(?:(?<=1)[3-9]|(?<=2)[0-9])(?![0-9])",
    # no year: drawn apart, of three figures, or far ahead
    r"(?<=[mM]\s[1-9])(?:(?<=2)\s0[0-9]{2}|(?:(?<=1)9|(?<=2)0)(?:\s[0-9]{2}|[0-9])"
    r"|(?:(?<=[3-9])[0-9]|(?<=2)[1-9])[0-9]{2})(?![0-9])",
    # the 30th and 31st of a short month in English
    r"(?:(?<=pril\s3)1|(?<=une\s3)1|(?<=ember\s3)1|(?<=uary\s3)[01])(?![0-9])",
)
_ODDITIES = (
    rf"(?:(?<=/[0-9])|(?<=/\s[0-9]))(?:{'|'.join(_ODD_AFTER_STROKE)})",
    rf"(?<=[^\W\d_]\s[0-9])(?:{'|'.join(_ODD_AFTER_WORD)})",
    # letters among figures; figures drawn apart, or parted twice
    rf"[0-9]{{0,3}}{_L}(?![^\W\d_])",
    rf"(?<=\b{_L}[0-9])",
    rf"[0-9]?{_TH}\s(?:{_L}|[Gg]i[êe]ng|[Cc]h[aạ]p)",
    r"(?:(?<=1)\s[0-2]|(?<=0)\s[1-9])\s?(?:/\s?[12]|[nN][aăAĂ])",
    r"[0-9]?//",
    r"(?:(?<=\.1)9|(?<=\.2)0)\s[0-9]{2}(?![0-9])",
    r"(?<=[0-3])\s[0-9]\s?(?:[/.\-]|,\s[0-9]|[Tt]h|TH|[đd][eế]n|h[aàằ]ng|m[oỗ]i)",
    r"(?:(?<=/1)|(?<=ng\s1))\s[0-2](?:\s(?:h[aàằ]ng|m[oỗ]i)|\s?[.,;)])",
    rf"[0-9]?/{_L}{{1,2}}(?![\w/\-])",
    # the lunar calendar
    r"[0-9]{0,3}\s?\(?[ÂâAa](?:m\s[Ll][iị]ch|[Ll](?!\w))",
    rf"[0-9]{{0,3}}\s(?:[Nn][aă]m\s)?{_STEM}\s[^\W\d_]{{2,4}}(?!\w)",
    r"[0-9]?\s[Tt][eế]t(?!\w)",
    # no day: 0, or more than 31
    r"(?:(?<=3)[2-9]|(?<=[4-9])[0-9]|(?<=0)0?)"
    r"(?:\s?/\s?[0-9]|\s?[.\-]\s?[0-9]{1,2}\s?[.\-]\s?[0-9]{4}"
    rf"|{_TH}|{_OF_EVERY}|(?:st|nd|rd|th)?{_MONTH_NAME},?\s[12][0-9]{{3}})",
    # no month, and a year
    r"(?:(?<=1)[3-9]|(?<=[2-9])[0-9])\s?/\s?20[0-9]{2}(?![\w/\-])",
    r"[0-9]?\s?[.\-]\s?(?:1[3-9]|[2-9][0-9]|00)\s?[.\-]\s?[0-9]{4}",
    r"[0-9]{3}-(?:1[3-9]|[2-9][0-9]|00|[0-9]{2}-(?:29|3[0-9]|00))",
    # the 29th to the 31st of a short month, or of a month in words
    r"(?<=3)1\s?[/.\-]\s?(?:0?[2469]|11)(?![0-9])",
    r"(?:(?<=3)0|(?<=2)9)\s?[/.\-]\s?0?2(?![0-9])",
    rf"(?:(?<=3)[01]|(?<=2)9)(?:{_TH}|\w{{0,2}}(?:{_SHORT_MONTH}|,?\s[12][0-9]{{3}}))",
)
_ODD = re.compile(rf"[0-9](?<![0-9]{{2}})(?:{'|'.join(_ODDITIES)})")
_LUNAR_MONTH = re.compile(r"[Tt]h[aá]ng\s{1,3}(?:[Gg]i[êe]ng|[Cc]h[aạ]p)(?![^\W\d_])")


def is_odd(words: str, start: int, end: int) -> bool:
    """Whether anything in plain ``words[start:end]`` is."""
    if "gieng" in words or "chap" in words:
        return True
    return _ODD.search(words, start, end) is not None


def oddities(text: str) -> Iterable[int]:
    """Where something odd stands in a text as written, in order."""
    odd = (match.start() for match in _ODD.finditer(text))
    if not any(ending in text for ending in ("iêng", "ieng", "hạp", "hap")):
        return odd
    return heapq.merge(odd, (match.start() for match in _LUNAR_MONTH.finditer(text)))
