"""Who has to do what a sentence says. Pure.

In the genre the actor stands, in this order of nearness: before a colon («Các chi bộ, đơn vị:
Báo cáo…»), after a field name («Cơ quan chủ trì: Sở…»), after a verb of assigning («Giao Sở… chủ
trì»), as the subject before the first verb of duty, or in the heading above.
"""

from __future__ import annotations

import re

from ingest.records import SourceDocument
from ingest.vietnamese import fold

_FIELD = re.compile(
    r"(?:(?:co quan|don vi|bo phan|ca nhan|to chuc|nguoi|dau moi)\s*)?(?:(?:chu tri|thuc hien|"
    r"phu trach|phoi hop|"
    r"chiu trach nhiem|dau moi|trien khai|tham muu|chi dao|to chuc|tong hop|thuong truc|"
    r"va)\s*,?\s*)+$"
)
_TIME_LEAD = re.compile(
    r"(?:truoc|sau|trong|can cu|hang|dinh ky|khi|tu|den|tren co so|cham nhat|vao|ngay|dong thoi|"
    r"theo|de|nham)\b"
)
_BODY = (
    r"(?:uy ban|ubnd|ubmttq|hdnd|hoi dong|dang uy|dang bo|dang doan|chi bo|chi uy|cap uy|huyen uy|"
    r"tinh uy|thanh uy|quan uy|"
    r"thi uy|thuong truc|ban (?:thuong|chap|chi dao|tuyen|to chuc|dan|noi|kiem|quan|giam|bi thu|"
    r"van hoa|bien|lien|cong tac|"
    r"dai dien|nhan dan|bau|phong|tri su|lanh dao|tong)|so|bo (?!phan\b)|bo phan|phong|van phong|"
    r"vien|truong|lien doan|"
    r"cong doan|hoi|doan|mat tran|mttq|to (?:chuc|cong|giup|kiem|dan)|cac|trung tam|cong an|"
    r"quan su|bi thu|chu tich|"
    r"pho chu tich|giam doc|pho giam doc|hieu truong|thu truong|truong ban|truong phong|nguoi|"
    r"dong chi|"
    r"dai|bao|hat|doi|tram|ban|dien luc|buu dien|hop tac xa|nha|ke toan|van thu|thu quy|chi hoi|"
    r"chi doan|lien|quy|benh vien|co quan|don vi|doanh nghiep|chi cuc|cuc|tong|thanh tra|toa an|"
    r"vien kiem sat|cong chuc|can bo|dang vien|"
    r"giao vien|hoc sinh|ap|thon|xom|khom|khu|xa|phuong|to dan pho|huyen|tinh|thanh pho|ngan hang|"
    r"kho bac|bao hiem|tieu ban|dang uy vien|bien tap)"
)
_IS_BODY = re.compile(_BODY + r"\b")
_ASSIGN = re.compile(
    r"(?<!tuyen )\b(?:giao(?: cho)?|de nghi|yeu cau|phan cong|giao nhiem vu cho)\s+(?="
    + _BODY
    + r"\b)"
)
_DUTY = re.compile(
    r"\b(?:chu tri|phoi hop|tham muu|bao cao|gui|nop|to chuc|xay dung|trien khai|thuc hien|chi dao|"
    r"huong dan|theo doi|don doc|"
    r"kiem tra|tong hop|ban hanh|hoan thanh|tien hanh|bao dam|dam bao|tang cuong|chu dong|"
    r"phan cong|chiu trach nhiem|co trach nhiem|"
    r"ra soat|cu|lap|trinh|phe duyet|cong bo|cap nhat|dang ky|tham gia|duoc giao|se|phai|can|"
    r"tiep tuc|tap trung|can cu)\b"
)
_LEAD = re.compile(r"\s*(?:\(?[a-zđA-ZĐ\d]{1,3}(?:\.\d+)*[.)]|[-–+*•])?\s*")


_ASKED = (
    re.compile(
        r"\b(?:nhiem vu|trach nhiem)(?: cu the)? cua (?P<x>[^,?]+?)(?= trong | theo | la | o |"
        r" doi voi |\s*[?,.]|$)"
    ),
    re.compile(
        r"(?<!tuyen )\bgiao (?:cho )?(?P<x>[^,?]+?) "
        r"(?:lam|thuc hien|nhiem vu|viec|nhung|gi|phu trach)\b"
    ),
    re.compile(
        r"^(?P<x>[^,?]+?) (?:phai|duoc giao|co nhiem vu|co trach nhiem|can lam|se lam|lam gi|"
        r"lam nhung|lam viec gi)\b"
    ),
)


def actor_asked_about(folded: str) -> tuple[int, int] | None:
    """Where a question about someone's tasks names them: «Nhiệm vụ của Hội Nông dân xã là gì?».

    ``folded`` is the question without diacritics, lower case; None when no body is named so.
    """
    for pattern in _ASKED:
        match = pattern.search(folded)
        if match and _IS_BODY.match(match.group("x")) and len(match.group("x").split()) <= 14:
            return match.span("x")
    return None


def is_body(heading: str) -> bool:
    """Whether a heading names a body or office: «Ban Tuyên giáo», «Đề nghị Sở Y tế»."""
    return _IS_BODY.match(fold(_without_verb(heading)).lower()) is not None


def _without_verb(heading: str) -> str:
    return re.sub(r"^(?:Đề nghị|Giao|Yêu cầu|Đối với|Trách nhiệm của|Nhiệm vụ của)\s+", "", heading)


def actor_span(document: SourceDocument, start: int, end: int) -> tuple[int, int] | None:
    """Where the actor of ``document.text[start:end]`` stands, or None when no one is named."""
    text = document.text
    if "\n" in text[start:end].strip():
        return _in_cells(text, start, end)
    return _in_sentence(text, start, end) or _of_line(text, start) or _in_headings(document, start)


def is_lead_field(line: str) -> bool:
    """«Cơ quan chủ trì: …», «Đơn vị thực hiện: …»: a line that names who answers for a task."""
    head, colon, tail = fold(line).lower().partition(":")
    return bool(colon and tail.strip() and _FIELD.match(head.strip()) and "phoi hop" not in head)


def _in_cells(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The cell of a table row that names a body; the first cells say what is to be done."""
    cells = [m for m in re.finditer(r"[^\n]+", text[start:end]) if m.group().strip()]
    for cell in cells[2:]:
        if _IS_BODY.match(fold(cell.group().strip()).lower()):
            return _trim(text, start + cell.start(), start + cell.end())
    return None


def _of_line(text: str, start: int) -> tuple[int, int] | None:
    """The body before the colon of the line in which a later item stands: «X: làm A; làm B»."""
    begin = text.rfind("\n", 0, start) + 1
    lead = _LEAD.match(text, begin)
    begin = lead.end() if lead else begin
    head, colon, _ = text[begin:start].partition(":")
    if colon and len(head.split()) <= 20 and _IS_BODY.match(fold(head).lower()):
        return _trim(text, begin, begin + len(head))
    return None


def _in_sentence(text: str, start: int, end: int) -> tuple[int, int] | None:
    line_start = text.rfind("\n", 0, start) + 1
    lead = _LEAD.match(text, line_start if line_start == start else start)
    begin = max(start, lead.end() if lead else start)
    sentence = text[begin:end]
    folded = fold(sentence).lower()
    head, colon, tail = folded.partition(":")
    if colon and len(head.split()) <= 20:
        if _FIELD.match(head.strip()) and tail.strip():
            return _trim(text, begin + len(head) + 1, begin + _clause_end(sentence, len(head) + 1))
        if _IS_BODY.match(head):
            return _trim(text, begin, begin + len(head))
    if match := _ASSIGN.search(folded):
        duty = _DUTY.search(folded, match.end())
        stop = duty.start() if duty else _clause_end(sentence, match.end())
        if 0 < len(folded[match.end() : stop].split()) <= 25:
            return _trim(text, begin + match.end(), begin + stop)
    for clause in _clause_starts(sentence):
        if _IS_BODY.match(folded, clause):
            duty = _DUTY.search(folded, clause)
            if duty and 0 < len(folded[clause : duty.start()].split()) <= 25:
                return _trim(text, begin + clause, begin + duty.start())
    return None


def _clause_starts(sentence: str) -> list[int]:
    """The start of the sentence, and what follows a lead such as «Trước ngày 10/4/2025, »."""
    starts = [0]
    if _TIME_LEAD.match(fold(sentence).lower()):
        starts += [m.end() for m in re.finditer(r",\s+", sentence)][:4]
    return starts


def _clause_end(sentence: str, start: int) -> int:
    match = re.search(r"[;\n]|\.(?=\s|$)", sentence[start:])
    return start + match.start() if match else len(sentence)


def _in_headings(document: SourceDocument, offset: int) -> tuple[int, int] | None:
    for section in reversed(document.ancestry(document.section_at(offset))):
        heading = section.heading
        bare = _without_verb(heading)
        if heading and is_body(heading):
            at = document.text.find(bare, section.start)
            if section.start <= at < section.end:
                return at, at + len(bare)
    return None


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    words = text[start:end]
    stripped = words.strip(" ,;:.\n*-–")
    if not stripped:
        return None
    at = start + words.index(stripped)
    return at, at + len(stripped)
