"""Who a duty falls to, looked for from its clause outwards, and whom a report goes to. Pure."""

from __future__ import annotations

import re

from ingest.actors import (
    DUTY,
    MAX_WORDS,
    assigned_in,
    body_at,
    in_headings,
    of_line,
    subject_of,
    trim,
)
from ingest.deadlines.duty import Source, Span
from ingest.deadlines.fields import Field, fields_below
from ingest.records import Role
from ingest.sentences import sentence_spans
from ingest.vietnamese import LOWER

_TO = re.compile(
    r"(?<!\w)(?:(?:gửi|nộp|trình|chuyển|đăng ký|phản ánh|báo cáo)(?!\w)[^.;:\n]{0,160}?\s"
    r"(?:về|cho|tới|đến|lên|với)|gửi|trình|báo cáo(?: (?:về|cho|với))?|nộp(?: (?:về|cho|tại))?)\s+",
    re.I,
)
_TO_END = re.compile(
    r"(?=\s*(?:[,;:.\n]|\b(?:trước|chậm nhất|để|theo|vào|trong|xem xét|kết quả|tổng hợp|phê duyệt|"
    r"thẩm định|ban hành|khi|ngay|về (?:kết quả|tình hình|việc)|và|đến hết|hằng|hàng|định kỳ|muộn|"
    r"những|các nội dung|tình hình|danh sách|quyết định|cho ý kiến|hạn|từ ngày|bằng|sau|đúng)\b))",
    re.I,
)
# After the word for a level a name goes on with a capital or a list, else it is over.
_LEVEL_ENDS = re.compile(
    r"(?<=\w)(?:(?<=\bxã)|(?<=\btỉnh)|(?<=\bhuyện)|(?<=\bquận)|(?<=\bphường)|(?<=\bthị trấn))\s+"
    r"(?!(?:và|các|phường|xã|thị|huyện|quận|tỉnh|đặc|thuộc|nơi|liên|trực|cấp|hội|ủy)(?!\w))"
    rf"(?=[{LOWER}])"
)
_THROUGH = re.compile(
    r"\s*\((?:qua|thông qua)[^)\n]{3,80}\)|\s+(?:thông )?qua\s+[^,;.\n(]{3,60}?(?=\s*(?:[,;.(]|"
    r"trước|chậm|để|đến))",
    re.I,
)


_ADDRESSING = re.compile(r"(?i:kính gửi)\W*")
_SENDS = re.compile(r"(?<!\w)(?:gửi|nộp|trình|báo cáo|đăng ký)(?!\w)", re.I)
_PRONOUN = re.compile(r"(?i:(?:các )?đơn vị|cơ quan|địa phương)$")


def actor_of(source: Source, start: int, end: int, item: Span) -> tuple[Span | None, bool]:
    """(where the actor of the clause stands, whether it is only implied).

    ``item`` is the sentence or item of a list that holds the clause ``[start, end)``.
    """
    text = source.text
    line = source.line(start)
    own = subject_of(text, start, end)
    if own is not None and _PRONOUN.match(text[own[0] : own[1]]):
        own = _of_earlier_sentence(text, line[0], start) or own
    found = (
        own
        or (subject_of(text, *item) if item[0] < start else None)
        or of_line(text, start)
        or _of_earlier_sentence(text, line[0], start)
        or lead_among(text, fields_below(text, start))
        or in_headings(source.document, start)
        or _of_lead_in(source, start)
    )
    if found is not None:
        return found, False
    return _implied(source, start, end)


def _implied(source: Source, start: int, end: int) -> tuple[Span | None, bool]:
    """The addressee of a letter; of a plan its issuer, but for what is to be sent to that."""
    header, text = source.document.header, source.text
    if header.addressee is not None:
        lead = _ADDRESSING.match(text, header.addressee.start, header.addressee.end)
        return trim(
            text, lead.end() if lead else header.addressee.start, header.addressee.end
        ), True
    issuer = header.issuer
    if issuer is not None and issuer.is_written and not _SENDS.search(text, start, end):
        # The body itself stands in the last line, below the one it belongs to.
        line = text.rfind("\n", issuer.start, issuer.end) + 1
        begin = line if line and body_at(text, line) else issuer.start
        return trim(text, begin, issuer.end), True
    return None, False


def lead_among(text: str, fields: list[Field]) -> Span | None:
    """The body that a field «Cơ quan chủ trì: …» among ``fields`` names."""
    for field in fields:
        if field.kind == "lead":
            return lead_in_field(text, field.start, field.end)
    return None


def lead_in_field(text: str, start: int, end: int) -> Span | None:
    """The actor that the content of a field or cell names, without the verb that may follow."""
    content = text[start:end]
    duty = DUTY.search(content, 2)
    stop = start + duty.start() if duty and body_at(content, 0) else end
    return trim(text, start, stop)


def _of_earlier_sentence(text: str, line_start: int, start: int) -> Span | None:
    """The subject of the line's first sentence, which later ones leave out."""
    for begin, end in reversed(sentence_spans(text, line_start, start)):
        if span := subject_of(text, begin, end):
            return span
    return None


def _of_lead_in(source: Source, start: int) -> Span | None:
    """The actor of the lead-in of a list («Đề nghị các đơn vị thực hiện:») above ``start``."""
    document, text = source.document, source.text
    for section in reversed(document.ancestry(document.section_at(start))):
        line = source.line(section.start)
        if line[0] <= start < line[1]:
            continue
        for begin, end in sentence_spans(text, *line):
            if span := subject_of(text, begin, end):
                return span
    first = document.sections[0].start if document.sections else start
    above = text.rfind("\n", 0, min(first, start))
    while above > 0:
        begin = text.rfind("\n", 0, above) + 1
        line_text = text[begin:above].strip()
        if line_text:
            if line_text.endswith(":") and source.role_at(begin) in (Role.PREAMBLE, Role.BODY):
                for sentence in reversed(sentence_spans(text, begin, above)):
                    if span := assigned_in(text, *sentence):
                        return span
            return None
        above = begin - 1
    return None


def report_to(text: str, start: int, end: int) -> Span | None:
    """The body that a report in ``text[start:end]`` goes to, with «(qua …)» where it says so."""
    for match in _TO.finditer(text, start, end):
        at = match.end()
        name_end = body_at(text, at)
        if name_end is None or name_end > end:
            continue
        stop = _TO_END.search(text, name_end, end)
        finish = min(stop.start() if stop else end, end)
        if level := _LEVEL_ENDS.search(text, name_end, finish):
            finish = level.start()
        if through := _THROUGH.match(text, finish, end):
            finish = through.end()
        if 0 < len(text[at:finish].split()) <= MAX_WORDS:
            return trim(text, at, finish)
    return None
