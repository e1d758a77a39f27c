"""Where to call, write or go: the phone, e-mail or address that a document gives. Pure.

Lines of contact say little themselves («Điện thoại: …»): whose they are stands in the lines before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.question_terms import agreement
from assistant.read.lines import MAX_LINES, quoted
from assistant.records import Question
from assistant.units import said_by
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class _Detail:
    """What is asked for (on folded words and on the English question) and how it is written.

    ``line``: what the words that give it must say besides, None for nothing.
    """

    asked: re.Pattern[str]
    written: re.Pattern[str]
    line: re.Pattern[str] | None = None


_ASKS = r"[^?]*\b(?:nao|gi|may|bao nhieu|dau)\b"
_EMAIL = r"[\w.+-]+@[\w-]+\.\w+"
_LINK = (
    r"https?://\S+|\bwww\.\S+|\b(?:facebook|fb|youtube|zalo)\.\w+/\S+|"
    r"\b[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\b"
)
_PHONE = (
    r"(?<![\d/.,])\(?0\d{1,4}\)?[ .\-]?\d{2,4}[ .\-]?\d{3,4}(?:[ .\-]?\d{2,4})?(?![\d/])|"
    r"\(0\d{1,4}\)(?:[ .\-]?\d{1,4}){2,4}(?![\d/])|"
    r"\b\d{2,4}[ .\-]\d{3}[ .\-]?\d{2,4}\b|\b\d{7,8}\b|\b1[89]00[ .]?\d{4}"
)
# The most particular first: «nhắn Zalo số nào» is no call.
_DETAILS = (
    _Detail(
        re.compile(rf"\bfax\b{_ASKS}|\bfax number"), re.compile(_PHONE), re.compile(r"(?i)\bfax")
    ),
    _Detail(re.compile(rf"\bzalo\b{_ASKS}|\bzalo (?:group|number)\b"), re.compile(r"(?i)\bzalo\b")),
    _Detail(
        re.compile(rf"\b(?:fan ?page|facebook)\b{_ASKS}|\b(?:which|what)[^?]*\bfan ?page\b"),
        re.compile(r"(?i)fan ?page|facebook"),
    ),
    _Detail(
        re.compile(
            rf"\b(?:so tai khoan|tai khoan (?:so|ngan hang)|stk)\b{_ASKS}|"
            r"\b(?:chuyen|nop|ung ho|gui)\b[^?]*\btai khoan nao\b|"
            r"\b(?:bank account|account number)\b"
        ),
        re.compile(r"\d[\d. \-]{4,}\d"),
        re.compile(r"(?i)tài khoản|\bstk\b|\bsố tk\b"),
    ),
    _Detail(
        re.compile(
            rf"\b(?:e-?mail|g?mail|thu dien tu|hop thu)\b{_ASKS}|\be-?mail address\b|"
            r"\b(?:which|what) e-?mail\b"
        ),
        re.compile(_EMAIL),
    ),
    _Detail(
        re.compile(
            r"\b(?:website|trang web|trang (?:thong tin )?dien tu|duong (?:link|dan)|link)\b"
            rf"{_ASKS}|"
            r"\b(?:which|what) (?:website|web ?page|web address|link)\b"
        ),
        re.compile(rf"(?<![\w@.])(?:{_LINK})"),
    ),
    _Detail(  # «Nộp file vào đâu?»
        re.compile(
            r"\b(?:gui|nop|chuyen)\b[^?]*\b(?:file|tep|ban mem|ban dien tu|ban word)\b"
            r"[^?]*\b(?:dau|dia chi nao|cho nao)\b"
        ),
        re.compile(rf"{_EMAIL}|{_LINK}"),
    ),
    _Detail(
        re.compile(
            rf"\b(?:so (?:dien thoai|dt)|sdt|hotline|duong day nong)\b{_ASKS}|"
            r"\bdien thoai (?:lien he |lien lac )?(?:la )?(?:so )?(?:nao|gi|may|bao nhieu)\b|"
            r"\b(?:goi|lien he|lien lac|alo|a lo|nhan tin)\b[^?]{0,40}?"
            r"\bso (?:dien thoai |may )?(?:nao|may|gi)\b|"
            r"\b(?:phone|telephone) numbers?\b|\bhotline\b|\b(?:what|which) number\b.*\bcall\b"
        ),
        re.compile(_PHONE),
        re.compile(r"(?i)điện thoại|đt\b|sđt|hotline|liên hệ|đường dây nóng|fax|gọi|số máy"),
    ),
    _Detail(
        re.compile(r"\bdia chi (?:nao|gi|la gi|o dau)\b|\b(?:what|which|postal|the) address\b"),
        re.compile(
            r"\b[Ss]ố(?: nhà)?\s+\d+\w?(?:/\d+)*,?\s+(?:[Đđ]ường|[Pp]hố|[Nn]gõ|[Nn]gách|[Hh]ẻm|"
            r"[Kk]hu|[Tt]ổ)\b|"
            r"(?<![\d/.])\d+\w?(?:/\d+)*,?\s+(?:[Đđ]ường |[Pp]hố |[Nn]gõ )?"
            r"[A-ZĐ][^\W\d_]*[^.;:\n]{0,60}?,\s*"
            r"(?i:phường|quận|huyện|thành phố|tp\b|tỉnh|xã|thị xã|thị trấn)|"
            rf"(?i:\bđịa chỉ(?: liên hệ| nhận)?\s*:)|{_EMAIL}"
        ),
    ),
)
# What asks, folded; it names nobody whose address is wanted.
_FRAME = said_by(
    "muốn hỏi thêm chi tiết thông tin thì gọi số điện thoại nào gửi về địa chỉ nào nằm ở email thư "
    "điện tử liên hệ qua hotline là gì bao nhiêu nộp biết thêm nhiều hơn cuộc kêu gọi máy một "
    "người "
    " cần biết có thắc mắc vướng mắc đường dây nóng nhắn tin zalo nhóm tên fanpage facebook trang "
    "web website đường dẫn link xem đăng nộp file tệp bản mềm chuyển tiền vào số tài khoản ngân "
    "hàng fax mail viết báo tới đâu cụ thể trang điện tử"
)
_OPENING = 300  # characters in which a document without a head says what it is
_BEFORE, _AFTER = 300, 200  # characters around a line of contact that say whose it is
_LEAST = 0.5  # of what the question names, that the words around must say
_SHORT = 16  # words of a line of contact alone
_LITTLE = 0.25  # of the question: what names nobody


def asks_contact(question: Question) -> bool:
    """Whether a phone number, an e-mail or an address is asked for."""
    return _detail(question) is not None


def read_contact_detail(question: Question, evidence: Evidence) -> Draft:
    """The line that gives the phone, e-mail or address asked for, with whose it is.

    None where the words around no such line say whose is wanted. A question that names nobody
    («Muốn hỏi thêm thì gọi số nào?») takes what its document gives.
    """
    detail = _detail(question)
    if detail is None:
        return Draft()
    found = [u for u in evidence.units if detail.written.search(u.text) and _fits(detail, u)]
    if not found:
        return Draft()
    share, _, best = max(
        ((_said_around(u, evidence), u.score, u) for u in found), key=lambda each: each[:2]
    )
    if share < _LEAST:
        return Draft()
    near = [
        u for u in found if u.document.id == best.document.id and abs(u.start - best.start) < _AFTER
    ]
    lines = [_line(u) for u in sorted(near, key=lambda u: u.start)]
    return Draft(tuple(lines[:MAX_LINES]), certain=True)


def _detail(question: Question) -> _Detail | None:
    asked = question.typed.lower() if question.language == "en" else fold(question.text).lower()
    return next((d for d in _DETAILS if d.asked.search(asked)), None)


def _fits(detail: _Detail, unit: Unit) -> bool:
    return detail.line is None or detail.line.search(unit.text) is not None


def _said_around(unit: Unit, evidence: Evidence) -> float:
    """The share (0…1) of what the question names that the lines around the unit say.

    What names the document is left aside; 1 where nothing else is named.
    """
    card = evidence.cards[unit.document.id]
    text = unit.document.text
    lines = text[max(0, unit.start - _BEFORE) : unit.end + _AFTER]
    around = said_by(f"{text[:_OPENING]}\n{lines}")
    weights = evidence.terms.meant(lambda t: agreement(t, around))
    wanted = {t: w for t, w in weights.items() if t not in _FRAME and agreement(t, card) < 1.0}
    total = sum(wanted.values())
    if total < _LITTLE * sum(weights.values()):
        return 1.0
    return sum(w * agreement(t, around) for t, w in wanted.items()) / total


def _line(unit: Unit) -> Line:
    """The line, and, where it is of contact alone, the one before it, which says whose it is."""
    line = quoted(unit)
    text = unit.document.text
    begin = text.rfind("\n", 0, unit.start) + 1
    if len(unit.text.split()) > _SHORT or text[begin : unit.start].strip(" -–+*•"):
        return line
    above = text[:begin].rstrip()
    at = above.rfind("\n") + 1
    head = above[at:]
    if not head or len(head.split()) > 2 * _SHORT or len(text[len(above) : begin]) > 3:
        return line
    return Line(line.text, (Span(unit.document, at, len(above)), *line.evidence))
