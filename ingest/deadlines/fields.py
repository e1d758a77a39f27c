"""Field lines of a task: «Thời gian hoàn thành: …», «Đơn vị chủ trì: …», and what they complete.

A task may stand as an item followed by lines that say who does it, with whom, by when. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.actors import is_lead_head
from ingest.markers import marker_of

_TIME = re.compile(
    r"(?i:(?:dự kiến )?(?:về )?(?:thời (?:gian|hạn)|tiến độ|hạn (?:nộp|chót|cuối|gửi|hoàn thành|"
    r"đăng ký)|"
    r"hạn|ngày (?:hoàn thành|nộp)|hoàn thành|thời hạn))(?!\w)"
)
_DATED = re.compile(
    r"(?i:\W*(?:dự kiến )?(?:về )?(?:thời (?:gian|hạn)|tiến độ|hạn(?: (?:chót|cuối))?|ngày)\s+)"
    r"(?P<what>(?!(?i:(?:thực hiện|hoàn thành|triển khai|tổ chức|tiến hành|dự kiến|và|,|\W)+"
    r"(?:báo cáo|địa điểm|tổ chức|thực hiện|hoàn thành|công việc|nhiệm vụ|cụ thể|dự kiến|xong|"
    r"\W)*$))"
    r"\w+\s+\w.*\w)"
)
_WORK = re.compile(
    r"(?i:nội dung|công việc|nhiệm vụ|hoạt động|tên hoạt động|việc)(?: (?:cụ thể|thực hiện|"
    r"công việc))?$"
)
_OTHER = re.compile(
    r"(?i:kinh phí|nguồn (?:kinh phí|lực)|sản phẩm|địa điểm|hình thức|đối tượng|thành phần|"
    r"số lượng|"
    r"phối hợp|cơ quan|đơn vị|bộ phận|người|cá nhân|lãnh đạo|kết quả|chủ đề|chủ trì|thể loại|"
    r"nơi (?:nhận|nộp)|trang phục|quy mô|phạm vi|cách thức|phương thức|yêu cầu|giải thưởng|"
    r"thể thức|hồ sơ|lưu ý|tên gọi|bộ nhận diện)(?!\w)"
)
_HEAD_WORDS = 12
_REACH = 8  # lines between a field and the task that it completes


@dataclass(frozen=True, slots=True)
class Field:
    """A field line: ``text[start:end]`` is its content; ``kind`` is time, lead, work or other.

    ``subject`` is what the name of a time field says is dated: «Thời gian *nhận bài dự thi*: …».
    """

    kind: str
    start: int
    end: int
    subject: tuple[int, int] | None = None


def field_of(text: str, start: int, end: int) -> Field | None:
    """The field that ``text[start:end]`` (a line or sentence) is, or None."""
    line = text[start:end]
    marker = marker_of(line.lstrip())
    offset = len(line) - len(line.lstrip()) + (marker[2] if marker else 0)
    head, colon, tail = line[offset:].partition(":")
    bare = head.strip(" *_.")
    if not colon:
        # «Thời gian thực hiện từ ngày 01/3 đến hết ngày 30/4.»
        match = re.match(
            r"(?i:thời (?:gian|hạn)(?: (?:thực hiện|hoàn thành|tổ chức|nộp \w+ \w+|nhận \w+))?)\s",
            line[offset:],
        )
        if match is None:
            return None
        return Field("time", start + offset + match.end(), end)
    if len(bare.split()) > _HEAD_WORDS:
        return None
    kind = kind_of(bare)
    if kind is None:
        return None
    at = start + offset + len(head) + 1
    subject = None
    if kind == "time" and (named := _DATED.match(head)):
        subject = (start + offset + named.start("what"), start + offset + named.end("what"))
    return Field(kind, at + len(tail) - len(tail.lstrip()), end, subject)


def kind_of(head: str) -> str | None:
    """What the field named ``head`` holds, or None where it is no field."""
    if _TIME.match(head):
        return "time"
    if _WORK.match(head):
        return "work"
    if is_lead_head(head):
        return "lead"
    return "other" if _OTHER.match(head) else None


def lines_above(text: str, start: int) -> list[tuple[int, int]]:
    """The lines that are not blank above the line in which ``start`` lies, nearest first."""
    found: list[tuple[int, int]] = []
    end = text.rfind("\n", 0, start)
    while end > 0 and len(found) < _REACH:
        begin = text.rfind("\n", 0, end) + 1
        if text[begin:end].strip():
            found.append((begin, end))
        end = begin - 1
    return found


def lines_below(text: str, end: int) -> list[tuple[int, int]]:
    """The lines that are not blank below the line in which ``end`` lies, nearest first."""
    found: list[tuple[int, int]] = []
    at = text.find("\n", end)
    while 0 <= at < len(text) and len(found) < _REACH:
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        if text[at + 1 : stop].strip():
            found.append((at + 1, stop))
        at = stop if stop < len(text) else -1
    return found


def completed_by(text: str, start: int) -> tuple[tuple[int, int] | None, list[Field]]:
    """The line that a field line at ``start`` completes, and the other fields of that task.

    The line is None where none is near; a field that names the work («Nội dung: …») is the line.
    """
    fields: list[Field] = []
    line: tuple[int, int] | None = None
    for begin, end in lines_above(text, start):
        field = field_of(text, begin, end)
        if field is None:
            line = (begin, end)
            break
        if field.kind == "work":
            line = (field.start, field.end)
            break
        fields.append(field)
    return line, [*fields, *fields_below(text, start)]


def fields_below(text: str, end: int) -> list[Field]:
    """The fields that stand in the lines right below."""
    fields: list[Field] = []
    for begin, stop in lines_below(text, end):
        field = field_of(text, begin, stop)
        if field is None or field.kind == "work":
            break
        fields.append(field)
    return fields
