"""«Ngành văn hóa lo việc gì?»: the tasks of whichever body works in a field. Pure.

People name a field where a document names the body of its level: «Sở Văn hóa, Thể thao và Du lịch»,
«Phòng Y tế», «công chức Tư pháp - Hộ tịch».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.draft import Draft, Line
from assistant.evidence import Evidence
from assistant.read.lines import MAX_LINES, distinct, quoted
from assistant.read.sections import items
from assistant.records import Intent, Question
from ingest.actors import is_body
from ingest.records import SourceDocument

_OF_TASKS = (Intent.LIST, Intent.WHAT, Intent.HOW)
_FIELDS = (
    r"văn hóa|văn hoá|thể thao|du lịch|y tế|giáo dục|công an|quân sự|nông nghiệp|môi trường|"
    r"tài nguyên|tài chính|nội vụ|tư pháp|thông tin|truyền thông|báo chí|lao động|xây dựng|"
    r"giao thông|công thương|khoa học|thuế|bảo hiểm|ngân hàng|điện lực|tuyên giáo|dân vận|"
    r"kiểm lâm|thú y|thanh tra|kiểm sát|tòa án|thống kê|bưu điện|thủy lợi|dân tộc"
)
_ASKED = re.compile(
    rf"\b(?:ngành|mảng|khối)\s+(?P<field>{_FIELDS})\b[^?]*?\b(?:lo|làm|phụ trách|đảm (?:nhận|"
    r"nhiệm|trách)|phải|có (?:nhiệm vụ|trách nhiệm|việc|phần việc)|được giao|chịu trách nhiệm|"
    r"chuẩn bị|hỗ trợ|tham gia|chủ trì)\b"
    rf"|\b(?:nhiệm vụ|trách nhiệm|phần việc|việc) (?:của |cho )?(?:ngành|mảng|khối)\s+"
    rf"(?P<whose>{_FIELDS})\b"
)
_ONLY_A_NAME = 15  # characters after the name of a field, in what names a body alone
_HEADS = (
    r"(?:sở|phòng|ban|bộ|trung tâm|chi cục|cục|trạm|bệnh viện|công chức|bộ phận|ngành|ty|hạt|đội|"
    r"cơ quan|viên chức|cán bộ|văn phòng)"
)


def field_asked_about(question: Question) -> str:
    """The field in «Ngành văn hóa lo phần việc gì?», lower case; "" where none is asked about."""
    if question.language != "vi" or question.intent not in _OF_TASKS:
        return ""
    match = _ASKED.search(question.text.lower())
    return (match["field"] or match["whose"]) if match else ""


def read_field(field: str, evidence: Evidence) -> Draft:
    """The tasks of the bodies of ``field`` in the first document that gives them any."""
    named = re.compile(rf"(?:{_HEADS}\s[^:;.\n]{{0,30}}?)?\b{field}\b", re.I)
    for document in evidence.documents:
        lines = distinct(list(_lines(named, document, evidence)))
        if lines:
            return Draft(lines[:MAX_LINES])
    return Draft()


def _lines(named: re.Pattern[str], document: SourceDocument, evidence: Evidence) -> Iterator[Line]:
    """Of the sections headed by such a body, and the sentences that begin with its name."""
    headed = [
        (index, section)
        for index, section in enumerate(document.sections)
        if named.match(section.heading) and is_body(section.heading)
    ]
    for index, _ in headed:
        yield from items(document, index).lines
    for unit in sorted(evidence.units, key=lambda u: u.start):
        begins = named.match(unit.text)
        says_more = begins is not None and len(unit.text) > begins.end() + _ONLY_A_NAME
        inside = any(s.start <= unit.start < s.end for _, s in headed)
        if unit.document.id == document.id and says_more and not inside:
            yield quoted(unit)
