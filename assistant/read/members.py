"""«Ban Chỉ đạo gồm những ai?»: the members of a body, where a document lists them. Pure.

A list stands under a lead-in or heading that names the body, in one line with it, or in the rows of
a table under such a heading. A list without persons, positions or bodies is of something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.forms import NAME_OF_PERSON
from assistant.read.lines import MAX_LINES, quoted, shortened
from assistant.read.sections import announced_by, first_line_end, items
from assistant.records import Question
from assistant.units import MARKER
from ingest.records import SourceDocument
from ingest.signature import POSITIONS
from ingest.vietnamese import fold

# «ban hành», «đoàn viên», «tổ chức» are no bodies.
_BODY = (
    r"(?:tieu ban|ban(?! (?:hanh|be|do|than)\b)|to(?! (?:chuc|dan)\b)|hoi dong|nhom|uy ban|"
    r"doan(?! (?:vien|the)\b)|doi(?! (?:voi|tuong|ngu|moi)\b))"
)
_MORE = r"(?: (?!gom|bao|co|la|nhung|cua|gi|nao|ai)\w+)?"
_WHO = r"(?:(?:nhung |cac )?(?:ai|nguoi nao|dong chi nao|thanh vien nao|thanh phan nao))"
_ASKED = (
    re.compile(rf"\b(?P<body>{_BODY} \w+{_MORE})\b[^?]*?\b(?:bao gom|gom|co|la) (?:co )?{_WHO}\b"),
    re.compile(rf"\b{_WHO}\b[^?]*\b(?:trong|thuoc|tham gia|vao) (?P<body>{_BODY} \w+{_MORE})\b"),
    re.compile(
        rf"\b(?:thanh vien|thanh phan|danh sach)(?: cua)? (?P<body>{_BODY} \w+{_MORE})\b[^?]*"
        r"\b(?:ai|nao|gi)\b"
    ),
)
_ASKED_ENGLISH = re.compile(
    r"\bwho (?:are|were|is|sits?|serves?)(?: the)? (?:members? (?:of|in|on)|in|on)\b"
    r"|\b(?:which|what) (?:people|persons|members)\b.*\b(?:committee|board|team|group|jury)\b"
)
_BODY_RENDERED = re.compile(rf"\b(?P<body>{_BODY} \w+{_MORE})\b")
# One who leads or represents is no list; a deed asked about names another reader.
_ACTS = re.compile(
    r"\b(?:phai|chu tri|bao cao|nop|gui|thuc hien|giao|trach nhiem|nhiem vu|lam gi|phu trach|ky|"
    r"truong ban|to truong|doi truong|ho tro|duoc chon|trong so)\b"
)
_MEMBER = re.compile(
    rf"\b(?:{'|'.join(fold(p) for p in POSITIONS)}|truong (?:ban|phong|doan)|to truong|pho ban|"
    r"uy vien|thanh vien|thu ky|dai dien|lanh dao|dong chi|d/c)\b"
)
_COUNTED = re.compile(
    rf"\b(?P<body>{_BODY} \w+{_MORE})\b[^?]*\b(?:co|gom|bao gom) (?:tat ca )?(?:may|bao nhieu) "
    r"(?:nguoi|thanh vien|dong chi|uy vien)\b"
)
_LEAST_MEMBERS = 2
_MEMBERS = 0.6  # of the lines of a list of members, that must name one
_WORDS = 90  # of one line that has them all


def read_members(question: Question, evidence: Evidence) -> Draft:
    """Who a body is made up of; no line where it isn't asked, or no list of them is found."""
    return _found(_bodies_asked(question), evidence)


def read_member_count(question: Question, evidence: Evidence) -> Draft:
    """«Ban Vận động có mấy người?»: how many a list of its members names, and whom.

    No line where a sentence may say the number itself, or no list is found.
    """
    asked = _COUNTED.search(fold(question.text).lower()) if question.language == "vi" else None
    if asked is None:
        return Draft()
    stated = re.compile(rf"\b{asked['body']}\b[^.;:]{{0,40}}?\d\s*(?:nguoi|thanh vien|dong chi)\b")
    if any(stated.search(fold(u.text).lower()) for u in evidence.units):
        return Draft()
    found = _found([asked["body"]], evidence)
    if found.abstains:
        return found
    said = [x.text for x in found.lines]
    count = len(said) if len(said) > 1 else len(NAME_OF_PERSON.findall(said[0]))
    ends = tuple(dict.fromkeys((found.lines[0].evidence[0], found.lines[-1].evidence[0])))
    return Draft((Line(str(count), ends), *found.lines), certain=found.certain)


def lacks_members(question: Question, draft: Draft) -> bool:
    """Whether members of a body are asked for, and the words name no person or position."""
    bodies = _bodies_asked(question)
    if not bodies:
        return False
    said = "\n".join(s.document.text[s.start : s.end] for x in draft.lines for s in x.evidence)
    folded = fold(said).lower()
    if NAME_OF_PERSON.search(said) or _MEMBER.search(folded):
        return False
    made_up_of = rf"\b(?:{'|'.join(bodies)})\b[^.;]*\b(?:gom|thanh phan)\b"
    return re.search(made_up_of, folded) is None


def _found(bodies: Sequence[str], evidence: Evidence) -> Draft:
    """The first list of the members of one of ``bodies`` (folded)."""
    for body in bodies:
        for document in evidence.documents:
            for draft in _lists(body, document, evidence):
                if _is_of_members(draft):
                    return draft
    return Draft()


def _bodies_asked(question: Question) -> list[str]:
    """The folded beginnings of the names of the bodies whose members are asked for."""
    asked = fold(question.text).lower()
    if question.language == "en":
        who = _ASKED_ENGLISH.search(question.typed.lower())
        return [m["body"] for m in _BODY_RENDERED.finditer(asked)] if who else []
    if _ACTS.search(asked):
        return []
    found = next((match for pattern in _ASKED if (match := pattern.search(asked))), None)
    return [found["body"]] if found else []


def _lists(body: str, document: SourceDocument, evidence: Evidence) -> Iterator[Draft]:
    """What may be the list of the members of ``body`` in a document, the surest first."""
    units = [u for u in evidence.units if u.document.id == document.id]
    named = [u for u in units if body in fold(u.text).lower()]
    for unit in named:
        yield announced_by(unit)
    for unit in named:
        if line := _in_one_line(unit):
            yield Draft((line,))
    for index, section in enumerate(document.sections):
        head = document.text[section.start : first_line_end(document, section)]
        if body in fold(head).lower():
            yield items(document, index)
            yield _rows_in(units, section.start, section.end)
    title = document.header.title
    if title is not None and body in fold(title.value).lower():
        yield _rows_in(units, title.end, len(document.text))


def _in_one_line(unit: Unit) -> Line | None:
    """The line that a unit stands in, where that names several persons after a colon or «gồm»."""
    text = unit.document.text
    start = text.rfind("\n", 0, unit.start) + 1
    end = text.find("\n", unit.end)
    end = len(text) if end < 0 else end
    line = text[start:end]
    if not re.search(r":|\b(?:gồm|là)\b", line) or len(line.split()) > _WORDS:
        return None
    if len(NAME_OF_PERSON.findall(line)) < _LEAST_MEMBERS:
        return None
    marker = MARKER.match(text, start, end)
    at = marker.end() if marker else start
    return Line(shortened(text[at:end], _WORDS), (Span(unit.document, at, end),))


def _rows_in(units: Sequence[Unit], start: int, end: int) -> Draft:
    """The units between two offsets that name persons, in order: the rows of a table."""
    inside = (u for u in units if start <= u.start < end and not u.text.isupper())
    rows = [u for u in inside if NAME_OF_PERSON.search(u.text)]
    return Draft(tuple(quoted(u) for u in sorted(rows, key=lambda u: u.start)[: 2 * MAX_LINES]))


def _is_of_members(draft: Draft) -> bool:
    """Whether the lines of a list name persons, positions or who sends them."""
    lines = [line.text for line in draft.lines]
    if len(lines) == 1:
        return len(NAME_OF_PERSON.findall(lines[0])) >= _LEAST_MEMBERS
    naming = [x for x in lines if NAME_OF_PERSON.search(x) or _MEMBER.search(fold(x).lower())]
    return len(lines) >= _LEAST_MEMBERS and len(naming) >= _MEMBERS * len(lines)
