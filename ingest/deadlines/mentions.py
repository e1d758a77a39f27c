"""Which dates of a text limit or place something still to be done. Pure.

A date is taken for a deadline unless something tells that it is none: it belongs to a cited
document, to the past, to what is counted or reported, to a target, to the period of a plan.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ingest.actors import DUTY_ANY_CASE
from ingest.dates import DateMention

_LIMITS = ("before", "by", "until", "within")
_YEARS = re.compile(r"\d{4}(?:[/;]\d{4})*$|\d{4}/$|/\d{4}$")
_BARE_RULE = re.compile(r"(?:YEARLY|QUARTERLY|MONTHLY|WEEKLY|DAILY)(?:\(.*\))?$")
_REPORTING = re.compile(
    r"(?<!\w)(?:báo cáo|sơ kết|tổng kết|gửi|nộp|đánh giá|thống kê|tổng hợp|giao ban|họp|kiểm điểm|"
    r"rà soát|cập nhật|thông báo|kiểm tra|tổ chức|ban hành|xây dựng)(?!\w)",
    re.I,
)
_REPORT = re.compile(r"(?<!\w)(?:báo cáo|gửi|nộp|trình|sơ kết|tổng kết|giao ban)(?!\w)", re.I)
# A share or a count with «đạt», «ít nhất»: something aimed at, not something to be done.
_TARGET = re.compile(
    r"\d\s?%|(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ số|tỷ suất|tỷ trọng|phần trăm)(?!\w)|"
    r"(?<!\w)(?:đạt|còn|có|giảm|tăng|trên|dưới|ít nhất|tối thiểu)\s+(?:\w+\s+){0,4}?\d[\d.,]*",
    re.I,
)
_AIMED = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|tầm nhìn|định hướng|dự báo)(?!\w)", re.I)
AIMS_HEADING = re.compile(r"(?i:(?:các )?(?:mục tiêu|chỉ tiêu)|tầm nhìn|mục đích)(?!\w)")
# Right before a date: it dates data, a rule's force, a life; no duty.
_DATES_A_FACT = re.compile(
    r"(?i:(?<!\w)(?:tính(?: từ| đến| tới)?|thời điểm|hiệu lực(?: thi hành)?"
    r"(?: kể)?(?: từ)?|sinh|ra đời|hy sinh|mất|phát sinh|tồn tại|có từ|xây dựng từ|ban đầu(?: là)?|"
    r"trước đây(?: là)?|kỷ niệm(?: ngày)?|giai đoạn|niên độ|nhiệm kỳ|khóa|thay (?:cho|vì)|lùi từ|"
    r"chuyển từ|dời từ|theo quy định(?: trước đây)? là))\W*(?:(?:ngày|là|từ)\W*)*$"
)
_COUNTED = re.compile(r"(?i:(?<!\w)số liệu(?: \w+){0,3}\W*$)")
# Anywhere before a date in its line: the line says as of when something is counted.
_IS_ABOUT_A_FACT = re.compile(
    r"(?i:(?<!\w)(?:thời điểm tính|mốc (?:thời gian )?tính|(?:tính )?độ tuổi)(?!\w))"
)
_POSTED = re.compile(
    r"(?i:(?<!\w)(?:đăng (?:bài|tin|lúc|ngày|tải)|cập nhật (?:lúc|ngày))[^.;\n]{0,25}$)"
)
# Right before a date without a preposition: the document or meeting that the date belongs to.
_DATES_A_THING = re.compile(
    r"(?i:(?<!\w)(?:ký|kí|công bố|quy định|phát hành|ban hành|thông qua|phê duyệt|văn bản|"
    r"công điện|"
    r"nghị quyết|quyết định|kế hoạch|công văn|hướng dẫn|thông tư|nghị định|chỉ thị|kết luận|luật|"
    r"thông báo|giấy mời|tờ trình|phiên họp|kỳ họp|cuộc họp|buổi họp|hội nghị))\W*"
    r"(?:(?:số|của|ngày|về)\W*)*$"
)
# Before a month, a quarter or a year without a preposition: what a report is about.
_PERIOD_OF = re.compile(
    r"(?i:(?<!\w)(?:báo cáo|số liệu|kết quả|tình hình|công tác|nhiệm vụ|kế hoạch|chương trình|"
    r"phong trào|đợt|dự toán|thu chi|kinh phí|ngân sách|quyết toán|sơ kết|tổng kết|chỉ tiêu|"
    r"chuyên đề|bản tin|danh sách|thi đua|đánh giá|sinh hoạt|lương|học kỳ|hành động|hoạt động|"
    r"tổ chức|định kỳ|giới|trọng tâm|chủ đề|kỳ|của))\W*(?:của\W*)?$"
)
_PAST = re.compile(
    r"(?<!\w)(?:đã|vừa|từng|được ban hành|vừa qua|năm (?:học )?(?:qua|trước)|trước đây|trước đó|"
    r"cùng kỳ|so với|thời gian qua|chưa (?:gửi|nộp|hoàn thành|thực hiện|báo cáo))(?!\w)",
    re.I,
)
_ADVERBIAL = re.compile(
    r"(?i:\W*(?:vào|trong|xong|từ|kể từ|đến|cuối|đầu|giữa|hết|trước|chậm|muộn|hoàn thành|dự kiến|"
    r"ngay|bắt đầu|tuần|hằng|hàng|mỗi|định|lúc|sáng|chiều|tối|khoảng|thời|hạn|hồi|\d{1,2}\s?(?:h|"
    r"g)))"
)
_FINISHING = re.compile(
    r"(?<!\w)(?:hoàn thành|hoàn tất|xong|ban hành|trình|kết thúc|phê duyệt|công bố|đưa vào|"
    r"báo cáo|tổng kết|sơ kết)(?!\w)",
    re.I,
)
_NAMES_A_THING = re.compile(
    r"(?i:dự toán|ngân sách|kinh phí|kế hoạch|chương trình|nhiệm vụ|theo)\W*(?:\w+\W+){0,3}$"
)
_LONG_BEFORE = datetime.timedelta(days=400)  # a wrong year in a limit is odd; more is history


@dataclass(frozen=True, slots=True)
class Place:
    """Where a date stands: what its clause says before and after it."""

    before: str  # of the same clause, up to the date
    after: str
    is_field: bool = False  # the content of a time field or of a table's time column
    in_aims: bool = False  # under a heading of aims or targets
    line: str = ""  # of the same line, up to the clause
    is_official: bool = True  # of a plan, letter, directive…; not of a news story


def is_limit(mention: DateMention) -> bool:
    """Whether the date is written as a limit: «trước ngày», «chậm nhất», «đến hết»."""
    return mention.cue in _LIMITS


def is_deadline(mention: DateMention, place: Place, issued: datetime.date | None) -> bool:
    """Whether something is to be done by, in or from the date."""
    if mention.reference:
        return False
    before, after = place.before, place.after
    clause = f"{before} {after}"
    if mention.cue in ("until", "on", "range") and _COUNTED.search(before[-60:]):
        return False
    if _IS_ABOUT_A_FACT.search(place.line) or _POSTED.search(before[-60:]):
        return False
    plain_limit = re.match(r"(?i:\W*(?:chậm|muộn|trễ|xong|hoàn thành))", mention.text)
    if (not plain_limit and _DATES_A_FACT.search(before[-90:])) or re.match(
        r"(?i:tính (?:đến|tới))", mention.text
    ):
        return False
    if place.is_field:
        return _fits_a_field(mention, place)
    if mention.named_day:
        return False
    if _YEARS.match(mention.value):
        return _is_a_years_limit(mention, clause, issued)
    if _BARE_RULE.match(mention.value):
        return _is_a_rules_duty(before, after)
    if place.in_aims and not _REPORT.search(clause):
        return False
    if _TARGET.search(clause) and (
        _AIMED.search(clause) or not DUTY_ANY_CASE.search(before + after)
    ):
        return False
    if mention.cue in ("in", "on") and not _is_adverbial(mention, before):
        return False
    if _is_past(mention, clause, issued):
        return False
    return is_limit(mention) or place.is_official or DUTY_ANY_CASE.search(clause) is not None


def _fits_a_field(mention: DateMention, place: Place) -> bool:
    """In «Thời gian: …» any date counts, but a bare rule or a period of years only by itself."""
    content = place.before.rpartition(":")[2].strip(" *_(-–")
    if re.match(r"\d{4}/\d{4}$", mention.value) or re.match(r"(?i:giai đoạn)", mention.text):
        return False
    if _BARE_RULE.match(mention.value):
        return not content or not re.search(r"\w{2,}\s+\w+", content)
    return not (mention.cue == "on" and content and _DATES_A_THING.search(place.before[-60:]))


def _is_a_years_limit(mention: DateMention, clause: str, issued: datetime.date | None) -> bool:
    """«Hoàn thành trong năm 2025»: a year is a limit only of something to be finished."""
    if mention.cue == "until" and "hết" not in mention.text.lower():
        return False  # «Chiến lược … đến năm 2030»
    if not mention.value.isdecimal() or _TARGET.search(clause) or _AIMED.search(clause):
        return False
    if not _FINISHING.search(clause) or (issued and int(mention.value) < issued.year):
        return False
    return mention.cue in _LIMITS or re.match(r"(?i:trong|vào)\s", mention.text) is not None


def _is_a_rules_duty(before: str, after: str) -> bool:
    """«Định kỳ hằng quý báo cáo…» is a duty, «sinh hoạt chi bộ hằng tháng» only a habit named."""
    if _NAMES_A_THING.search(before[-50:]) and not _REPORT.search(before[-120:]):
        return False
    near = before[-110:]
    if re.search(r"(?i:định kỳ)\W*$", before):
        return bool(_REPORTING.search(before) or _REPORT.search(after[:160]))
    if not re.search(r"\w", before.rpartition(":")[2]):
        return _REPORT.search(after[:120]) is not None
    return _REPORT.search(near) is not None and not re.search(
        r"(?i:(?:sinh hoạt|công tác|dự toán|kiểm tra|hoạt động))\W*(?:\w+\W+){0,2}$", near
    )


def _is_adverbial(mention: DateMention, before: str) -> bool:
    """Whether a month or day says when, rather than which: «báo cáo tháng 9», «hội nghị 12/5»."""
    if _ADVERBIAL.match(mention.text):
        return True
    if mention.cue == "on":
        return not _DATES_A_THING.search(before[-90:])
    return not (_PERIOD_OF.search(before[-40:]) or _DATES_A_THING.search(before[-90:]))


def _is_past(mention: DateMention, clause: str, issued: datetime.date | None) -> bool:
    """Whether the clause tells what was. A limit shortly before the issue is no past, but odd."""
    told = _PAST.search(clause) is not None
    last = last_day_of(mention.value)
    if issued is None or last is None:
        return told and (not is_limit(mention) or re.search(r"(?<!\w)đã\s", clause) is not None)
    if last >= issued:
        return False
    return told or not is_limit(mention) or last < issued - _LONG_BEFORE


def last_day_of(value: str) -> datetime.date | None:
    """The last day of a value that names days, months, quarters or years; None for others."""
    match = re.search(r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?$", value.split(";")[-1])
    if match is None or value.endswith(("/END",)) or value.startswith(("YEARLY", "--", "RELATIVE")):
        return None
    year, quarter, month, day = match.groups()
    if day:
        return datetime.date(int(year), int(month), int(day))
    last_month = int(quarter) * 3 if quarter else int(month or 12)
    following = (
        datetime.date(int(year) + last_month // 12, last_month % 12 + 1, 1)
        if int(year) < datetime.MAXYEAR
        else datetime.date.max
    )
    return following - datetime.timedelta(days=1)
