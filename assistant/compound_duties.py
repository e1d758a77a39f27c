"""Questions that ask two bodies, each for its own deadline, with one «khi nào» for both. Pure."""

from __future__ import annotations

import re

from assistant.actors import names_a_body
from ingest.vietnamese import UPPER

# Who has a duty and by when, in two clauses with one question at their end:
# «Trường A phải báo cáo … và công đoàn B phải gửi … trước ngày nào?»
_WHEN_AT_END = re.compile(
    r",?\s+(?P<asks>(?:(?:chậm nhất|muộn nhất|trễ nhất|vào|hạn|đến|trước|cham nhat|muon nhat|truoc|"
    r"den)(?: là| la)?\s+)*"
    r"(?:(?:ngày|khi|lúc|hôm|tháng|ngay|luc|hom|thang)\s+(?:nào|mấy|nao|may)|bao giờ|mấy giờ|"
    r"bao gio|may gio))\s*\??$",
    re.I,
)
_MUST = r"(?:phải|cần|có trách nhiệm|phai|can|co trach nhiem)\s"
_DOES = (
    r"(?:báo cáo|gửi|nộp|trình|hoàn thành|hoàn thiện|tổ chức|lập|xây dựng|ban hành|rà soát|"
    r"bao cao|gui|nop|trinh|hoan thanh|hoan thien|to chuc|lap|xay dung|ban hanh|ra soat)\b"
)
_SETTING = re.compile(r"(?:trong|ở|tại|theo|năm|từ|o|tai|nam|tu)\s[^,?]{2,60},\s+", re.I)
_MOST_OF_NAME = 14  # words of a body's name
# «… hai tỉnh Tân Lạc (phá rừng) và Bình Hòa (cháy rừng) …»
_NOTE = r"(?:\s*\([^()]{2,60}\))"
_PROPER = rf"[{UPPER}]\w*(?:\s+[{UPPER}]\w*){{0,4}}"
_PAIR = re.compile(
    rf"\b(?:hai|2|cả hai|ca hai)\s+(?P<level>tỉnh|huyện|xã|phường|thành phố|thị xã|quận|thôn|ấp|"
    rf"trường|tinh|huyen|phuong|thanh pho|truong)\s+"
    rf"(?P<one>{_PROPER}{_NOTE}?)\s*(?:,|và|va)\s+(?P<two>{_PROPER}{_NOTE}?)"
)
_BY_WHEN = re.compile(
    r"(?P<asks>\b(?:by when|by what date|when|by which date)\s+(?:must|should|do|does|shall|will))"
    r"\s+(?P<one>.{6,120}?),?\s+and\s+(?P<two>(?:the\s+)?(?:[\w'-]+\s+){0,5}?(?:unions?|schools?|"
    r"departments?|committees?|offices?|stations?|cells?|police|communes?|wards?|associations?|"
    r"boards?|cent(?:re|er)s?)\s+(?:report|send|submit|finish|complete|issue|hand|file|draw)\b.*)",
    re.I,
)


def duty_parts(question: str) -> list[tuple[str, str]] | None:
    """The questions that ``question`` joins, each with the body it asks about; None where it asks
    for one deadline.

    >>> duty_parts("Sở Y tế phải nộp dự toán và Sở Nội vụ phải gửi danh sách khi nào?")[1]
    ('Sở Nội vụ phải gửi danh sách khi nào?', 'Sở Nội vụ')
    """
    for split in (_of_pair, _of_clauses, _of_bodies, _of_english_clauses):
        if (found := split(question)) is not None:
            return found
    return None


def _of_pair(question: str) -> list[tuple[str, str]] | None:
    """One deadline of two places that are counted: «Sở A hai tỉnh X và Y báo cáo khi nào»."""
    match = _PAIR.search(question)
    if match is None or _WHEN_AT_END.search(question) is None:
        return None
    level = f"{match['level']} "
    head, tail = question[: match.start()], question[match.end() :]
    return [
        (f"{head}{level}{match[name]}{tail}", match[name].partition("(")[0].strip())
        for name in ("one", "two")
    ]


def _of_clauses(question: str) -> list[tuple[str, str]] | None:
    """Two bodies, each with a duty of its own, and «khi nào» asked of both at the end."""
    asked = _WHEN_AT_END.search(question)
    if asked is None:
        return None
    clauses = question[: asked.start()]
    setting = match.group() if (match := _SETTING.match(clauses)) else ""
    for match in re.finditer(r"\s*,?\s+(?:và|va|còn|con)\s+", clauses):
        first, second = clauses[len(setting) : match.start()], clauses[match.end() :]
        bodies = [_acting(clause) for clause in (first, second)]
        if all(bodies):
            return [
                (f"{setting}{clause} {asked['asks']}?", body or "")
                for clause, body in zip((first, second), bodies, strict=True)
            ]
    return None


def _acting(clause: str) -> str | None:
    """The body at the start of ``clause`` that has to do something; None where there is none."""
    match = re.search(rf"\s(?:{_MUST}|{_DOES})", clause, re.I)
    if match is None:
        return None
    name = clause[: match.start()].strip()
    if not 0 < len(name.split()) <= _MOST_OF_NAME or not names_a_body(name[:1].upper() + name[1:]):
        return None
    return name if len(clause[match.start() :].split()) > 1 else None


def _of_bodies(question: str) -> list[tuple[str, str]] | None:
    """Two bodies, each of a place, with one duty: «Sở A tỉnh X và Sở B tỉnh Y nộp khi nào»."""
    asked = _WHEN_AT_END.search(question)
    if asked is None:
        return None
    setting = match.group() if (match := _SETTING.match(question)) else ""
    rest = question[len(setting) :]
    verb = re.search(rf"\s(?:{_MUST}|{_DOES})", rest, re.I)
    if verb is None:
        return None
    for match in re.finditer(r"\s+(?:và|va)\s+", rest[: verb.start()]):
        names = rest[: match.start()].strip(), rest[match.end() : verb.start()].strip()
        if all(_is_placed_body(name) for name in names):
            return [(f"{setting}{name}{rest[verb.start() :]}", name) for name in names]
    return None


def _is_placed_body(name: str) -> bool:
    """Whether ``name`` is that of a body with its place: «Sở Y tế tỉnh Tân Lạc»."""
    placed = re.search(
        rf"\s(?:tỉnh|huyện|xã|phường|thị xã|thành phố|thị trấn|quận)\s+[{UPPER}]", name
    )
    return placed is not None and names_a_body(name)


def _of_english_clauses(question: str) -> list[tuple[str, str]] | None:
    """«By when must A report to B and C send the list?»"""
    match = _BY_WHEN.search(question)
    if match is None:
        return None
    head, asks = question[: match.start()], match["asks"]
    return [
        (f"{head}{asks} {match[name].rstrip(' ?')}?", _english_body(match[name]))
        for name in ("one", "two")
    ]


def _english_body(clause: str) -> str:
    return re.split(r"\s(?:report|send|submit|finish|complete|issue|hand|file|draw)\b", clause)[0]
