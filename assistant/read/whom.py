"""Answers to «hỏi ai», «gửi cho ai»: to whom one turns, or something goes. Pure."""

from __future__ import annotations

import re

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.lines import SHORT_WORDS, quoted, shortened
from assistant.records import Question
from ingest.records import SourceDocument
from ingest.sentences import item_spans
from ingest.vietnamese import fold

_WHOM = (
    r"(?: ?(?:len|cho|ve|den|toi|voi|di))* "
    r"(?:ai|(?:co quan|don vi|so|cua|phong|ban|ben|cap|noi|cho) nao|dau)\b"
)
_CONTACT_ASKED = re.compile(rf"\b(?:lien he|gap|hoi|goi|keu|bao|phan anh|kien nghi|nho){_WHOM}")
_OBJECT = re.compile(
    r"\b(?:trao|tang|cap|danh|chi|ho tro|khen)\b[^?]{0,24}\bcho (?:nhung )?(?:ai|nguoi nao)\b|"
    rf"\b(?:lien he|gap|hoi|goi|keu|gui|nop|bao cao|trinh|xin y kien|phan anh){_WHOM}"
)
_TROUBLE = re.compile(
    r"\b(?:vuong|kho khan|gap kho|co kho|ket|bi(?= thi\b)|truc trac|thac mac|(?:khong|chua) ro|"
    r"hoi them|lien he|ho tro)\b"
)
_IN_ENGLISH = re.compile(
    r"\b(?:difficult\w+|problem\w*|obstacle\w*|trouble|stuck|unclear|questions)\b.*"
    r"\b(?:who|whom|which|what|where)\b|\b(?:who|whom|which|what|where)\b.*"
    r"\b(?:report|raise|refer|contact|ask|turn)\b.*"
    r"\b(?:difficult\w+|problem\w*|obstacle\w*|trouble|questions)\b",
    re.I,
)
_NAMES_CONTACT = r"liên hệ|điện thoại|hotline|đầu mối|phản ánh (?:về|qua|đến|với)"
_CONTACT = re.compile(rf"\b(?:{_NAMES_CONTACT})", re.I)
_OF_TROUBLE = re.compile(rf"\b(?:{_NAMES_CONTACT}|vướng mắc|giải đáp)", re.I)
# A sentence that sends those in trouble to someone, rather than one that speaks of trouble.
_SENDS = re.compile(
    r"\b(?:nếu|khi|gặp|có|những|mọi)\b[^.;]{0,40}\b(?:khó khăn|vướng mắc|thắc mắc|phát sinh)\b"
    r"[^.;]{0,160}\b(?:báo cáo|phản ánh|phản hồi|liên hệ|gửi|thông tin|trao đổi|kiến nghị|hỏi)\b|"
    r"\b(?:mọi|chi tiết)\b[^.;]{0,60}\bliên hệ\b",
    re.I,
)
_SENDS_GAIN = 0.5  # of such a sentence
_SENTENCE_WORDS = 90  # a longer one says more than where to turn
_GUIDES = re.compile(r"\b(?:hướng dẫn|giải đáp|xử lý|giải quyết|tiếp nhận|đầu mối)\b", re.I)
_OF_MATTER = 0.5  # of the question's particulars, that a sentence on the very matter says


def asks_whom(question: Question) -> bool:
    """Whether it is asked to whom something goes, not who acts: «liên hệ ai», «gửi cho ai»."""
    return _OBJECT.search(fold(question.text).lower()) is not None


def read_contact(question: Question, evidence: Evidence) -> Draft:
    """«Vướng mắc thì hỏi ai?»: the sentence that says whom to turn to; none where none does."""
    asked = fold(question.text).lower()
    of_english = question.language == "en" and _IN_ENGLISH.search(question.typed) is not None
    if not (of_english or _CONTACT_ASKED.search(asked)):
        return Draft()
    in_trouble = of_english or _TROUBLE.search(asked) is not None
    wanted = _OF_TROUBLE if in_trouble else _CONTACT
    if of_english and not any(_SENDS.search(u.text) for u in evidence.units):
        return Draft()
    told = [u for u in evidence.units if wanted.search(u.text) or _SENDS.search(u.text)]
    if in_trouble and not any(_SENDS.search(u.text) for u in told):
        for document in evidence.documents[:1]:
            if line := _sending(document):
                return Draft((line,), certain=True)
    if not told:
        return Draft()
    best = max(told, key=lambda u: u.score + _SENDS_GAIN * bool(_SENDS.search(u.text)))
    if not in_trouble and _is_guided(evidence.units[0], best):
        return Draft()  # who guides in the matter asked about is whom to turn to
    return Draft((quoted(best),), certain=True)


def _sending(document: SourceDocument) -> Line | None:
    """The last sentence of ``document`` that sends those in trouble to someone."""
    for start, end in reversed(item_spans(document.text, 0, len(document.text))):
        words = document.text[start:end]
        if _SENDS.search(words) and len(words.split()) <= _SENTENCE_WORDS:
            return Line(shortened(words, SHORT_WORDS), (Span(document, start, end),))
    return None


def _is_guided(matter: Unit, contact: Unit) -> bool:
    """Whether ``matter`` says who guides in what is asked, and ``contact`` says nothing of it."""
    return (
        matter.specific >= _OF_MATTER
        and contact.specific < _OF_MATTER * matter.specific
        and _GUIDES.search(matter.text) is not None
    )
