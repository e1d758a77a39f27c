"""Whether the duty of one body is asked about, and that of another is told. Pure.

A plan gives its duties body by body, in like words: «Hội Nông dân xã: vận động …», «Hội Phụ nữ xã:
vận động …». The words found may fit the act and belong to the neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.actors import actor_asked_about, actor_that_acts, names_a_body
from assistant.draft import Line
from assistant.read.bodies import names_body
from assistant.read.whom import asks_whom
from assistant.records import Intent, Question
from assistant.register.names import names_match
from ingest.actors import actor_span, body_at
from ingest.records import SourceDocument
from ingest.vietnamese import UPPER, fold, syllables

_OF_DUTIES = (
    Intent.WHEN, Intent.DEADLINE, Intent.LIST, Intent.WHAT, Intent.HOW, Intent.COUNT, Intent.WHERE,
)  # fmt: skip
_PLACE_AFTER = re.compile(
    rf"\b(tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường|thị trấn)\s+[{UPPER}].*$"
)
_MANY = r"(?:các|mọi|những|từng|tất cả|toàn (?:thể|bộ))"
_GENERIC = (
    r"(?:cơ quan|đơn vị|địa phương|tổ chức|ngành|cấp|ban\b|phòng\b|sở|hội\b|đoàn thể|cá nhân|"
    r"đồng chí|bộ phận|thành viên|bộ\b|chủ thể)"
)
# Bodies that another one may be among.
_ANYBODY = re.compile(
    rf"(?:^|[,;] |\bvà ){_MANY} {_GENERIC}"
    rf"|^(?:{_MANY}\b|cơ quan|đơn vị|địa phương|cá nhân|tổ chức (?!đảng|công đoàn)|"
    r"người đứng đầu|thủ trưởng|lãnh đạo|cấp ủy|cán bộ|sở,|ban,|ngành|đoàn thể)",
    re.I,
)
# One of many of a kind: «Các chi bộ trực thuộc» are not «Ủy ban Kiểm tra».
_OF_A_KIND = re.compile(rf"^{_MANY} (?!{_GENERIC})", re.I)
_YOUTH = re.compile(r"(?:tinh|huyen|thanh|thi|quan|xa|phuong) doan\b")  # folded
# Folded: what comes after the body that a question begins with.
_AFTER = re.compile(
    r"\b(?:phai|duoc|se|can|da|co|bao cao|gui|nop|hoan thanh|hoan thien|to chuc|trinh|xay|lap|"
    r"ban hanh|trien khai|thuc hien|tong hop|ra soat|dang ky|rut kinh nghiem|thanh lap|so ket|"
    r"tong ket|chu tri|phu trach|chiu|kiem tra(?! dang| huyen| tinh)|phat|van dong|trao|mo|"
    r"tap huan|huong dan|lam|cap|treo|giam sat|kien toan|cong khai|tuyen truyen(?! vien)|phoi hop|"
    r"bo tri|ho tro|tiep nhan|in|cu|thong ke|duyet|don doc|theo doi|chuan bi|huy dong|yeu cau|"
    r"giao|day|hop|nhan|ky|dua|tham muu|chi dao|lay|la|o|trong|theo|khi|nao|gi|bao nhieu|may)\b"
)
_BEFORE_SUBJECT = re.compile(r"(?:theo|trong|tại) [^,?]{3,90}, ", re.I)
_DONE_BY = re.compile(  # «Phiên tòa do Phòng Tư pháp tổ chức khi nào?»
    r"\bdo (?P<x>(?!.*\b(?:ai|nao|gi)\b.* (?:to chuc|chu tri))[^,?]+?) "
    r"(?:to chuc|chu tri|phu trach|thuc hien|bien soan|xay dung|phat dong|ban hanh)\b"
)
_GIVEN = re.compile(r"duoc|nhan|co|la|o|trong|theo|khi|nao|gi|bao nhieu|may")  # it need not act
# Folded: a body after these is not the one that acts.
_TO = re.compile(
    r"\b(?:gui|bao cao|trinh|nop|phoi hop(?: voi| cung)?|ve|qua|cho|voi|cung|toi|tham muu)\s*$"
)
# A body that is set up does nothing yet.
_SET_UP = re.compile(r" (?:phai |se |can |duoc )*(?:thanh lap|kien toan|ra mat|giai the|sap xep)\b")
_MOST = 14  # words of a body's name


def is_of_another_body(question: Question, line: Line, contexts: Sequence[str]) -> bool:
    """Whether the body whose duty is asked about is not the one that ``line`` speaks of.

    ``contexts``: what the line says itself, then the rest of its line and its headings.
    """
    if question.intent not in _OF_DUTIES and not (
        question.intent is Intent.WHO and asks_whom(question)
    ):
        return False
    found, acts = _body_asked(question.text)
    if found is None:
        return False
    span = line.evidence[0]
    document = span.document
    asked = _without_place(_PLACE_AFTER.sub(r"\1", found), document)
    is_one = names_a_body(asked) or _YOUTH.match(fold(asked).lower())
    if not is_one or _ANYBODY.search(asked) or _issues(asked, document):
        return False
    actor = actor_span(document, span.start, span.end)
    if actor is None:
        return False
    if any(
        names_body(words, asked) and not (acts and _is_object(words, asked)) for words in contexts
    ):
        return False
    return not _may_be(asked, document.text[actor[0] : actor[1]])


def _issues(asked: str, document: SourceDocument) -> bool:
    """Whether the body issues the document alone: what that says, it says of its issuer."""
    issuer = document.header.issuer
    if issuer is None or re.search(r"\s[-–]\s", issuer.value):
        return False
    return fold(asked).lower() in fold(issuer.value).lower()


def _body_asked(text: str) -> tuple[str | None, bool]:
    """The body that a question is about, and whether it is to act itself."""
    folded = fold(text).lower()
    span = actor_asked_about(folded) or actor_that_acts(folded)
    if span is not None and _SET_UP.match(folded, span[1]):
        return None, False
    if span is not None:
        return text[span[0] : span[1]], True
    by = _DONE_BY.search(folded)
    if by is not None and names_a_body(text[by.start("x") :]):
        return text[by.start("x") : by.end("x")], True
    lead = _BEFORE_SUBJECT.match(text)
    begin = lead.end() if lead else 0
    if not names_a_body(text[begin:]) and not _YOUTH.match(folded, begin):
        return None, False
    first = (body_at(text, begin) or begin + 1) if lead is None else begin + 1
    for after in _AFTER.finditer(folded, max(first, begin + 1)):
        if not text[after.start()].isupper():  # «Ủy ban Kiểm tra» has a verb in its name
            body = text[begin : after.start()].strip(" ,")
            of_length = 1 < len(body.split()) <= _MOST
            return (body if of_length else None), _GIVEN.fullmatch(after[0]) is None
    return None, False


def _is_object(words: str, asked: str) -> bool:
    """Whether all that ``words`` say of ``asked`` is that something goes to it: «gửi Công an …»."""
    folded = fold(words).lower()
    name = r"\W+".join(map(re.escape, syllables(fold(asked).lower())[:3]))
    places = [m.start() for m in re.finditer(rf"(?<!\w){name}(?!\w)", folded)]
    return bool(places) and all(_TO.search(folded[:at]) for at in places)


def _may_be(asked: str, other: str) -> bool:
    """Whether the actor ``other`` is ``asked``, or anybody, it too."""
    if _ANYBODY.search(other) and not _OF_A_KIND.match(other):
        return True
    head = " ".join(other.split()[:2])  # «Văn phòng tham mưu: …» has a verb after it
    return names_match(head, asked) or names_match(asked, other)


def _without_place(body: str, document: SourceDocument) -> str:
    """``body`` without the document's own place at its end: «Hội Phụ nữ *Nam Thành*»."""
    head = document.header
    own = " ".join(fold(f.value).lower() for f in (head.issuer, head.place, head.title) if f)
    words = body.split()
    while len(words) > 2 and words[-1][0].isupper() and fold(words[-1]).lower() in own.split():
        words.pop()
    return " ".join(words)
