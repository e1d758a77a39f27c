"""Follow-up questions made whole from the dialogue, without a language model. Pure.

«còn báo cáo sơ kết?» after «Các chi bộ báo cáo kết quả khi nào?» becomes «báo cáo sơ kết hạn khi
nào?», and is asked of the documents that the answer came from. What was made of a follow-up is
shown, so that it can be put right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.actors import actor_asked_about, actor_that_acts, names_a_body
from assistant.intents import intents, without_frame
from assistant.language.english import is_english
from assistant.records import Answer, Intent
from ingest.dates import find_dates
from ingest.header import NUMBER
from ingest.vietnamese import fold


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up as a question of its own, and the ids of the documents it is asked of.

    ``elsewhere``: where they don't say, it may be asked of the others too («còn X?»); what points
    back («văn bản đó», «hạn khi nào?») is asked of them alone.
    """

    question: str
    documents: tuple[str, ...]
    elsewhere: bool


# «còn X?», «thế X thì sao?», «what about X?»: the same asked of something else.
_INSTEAD = (
    re.compile(
        r"^(?:(?:vay|the|roi|a|va|uh|u|ok)\s*,?\s+)*(?:thi\s+)?(?:con\s+)"
        r"(?:(?:ve|doi voi|phan)\s+)?(?P<x>.+?)\s*(?:thi sao|the nao|ra sao|sao|nua)?\s*[?.!]*$"
    ),
    re.compile(
        r"^(?:(?:vay|the|roi)\s*,?\s+)+(?:(?:ve|doi voi|phan)\s+)?(?P<x>.+?)\s+"
        r"(?:thi sao|thi the nao|ra sao|sao)\s*[?.!]*$"
    ),
    re.compile(r"^(?P<x>.+?)\s+thi sao\s*[?.!]*$"),
)
_INSTEAD_EN = re.compile(
    r"^(?:and\s+|so\s+|ok(?:ay)?,?\s+)*(?:what about|how about|and (?:for|of)|and)\s+"
    r"(?P<x>.+?)\s*[?.!]*$",
    re.I,
)
_LEAD = re.compile(r"^(?:(?:vay|the|roi|con|va|a)\s*,?\s+)+(?:thi\s+)?(?!\w*\s*thi sao)")
_LEAD_EN = re.compile(r"^(?:and|so|then|ok(?:ay)?|but)[\s,]+", re.I)
_KINDS = (
    r"van ban|ke hoach|cong van|huong dan|chi thi|nghi quyet|quyet dinh|ket luan|thong bao|"
    r"chuong trinh|tai lieu"
)
_THAT = r"(?:do|nay|tren|ay|vua roi|vua neu|noi tren|kia)"
_THAT_DOCUMENT = re.compile(rf"\b(?:{_KINDS})\s+{_THAT}\b")
_THAT_BODY = re.compile(
    rf"\b(?:don vi|co quan|to chuc|ban|phong|so|hoi|doan|bo phan|dong chi|nguoi)\s+{_THAT}\b|^ho\b"
)
_THAT_THING = re.compile(
    rf"\b(?:viec|bao cao|noi dung|nhiem vu|cong viec|hoat dong|hoi nghi|cuoc thi|hoi thi|dot|lop|"
    rf"buoi|muc|chi tieu|phong trao)\s+{_THAT}\b|\bno\b(?!\s+(?:luc|dang))"
)
_THAT_EN = re.compile(
    r"\b(?:that|this|the same) (?:document|plan|letter|directive|decision|resolution)\b", re.I
)
_IT_EN = re.compile(r"\b(?:it|that|this)\b", re.I)
# What a question of each kind adds to what it is about, when only that changes.
_ASKED = {
    Intent.DEADLINE: ("{x} hạn khi nào?", "When is {x} due?"),
    Intent.WHEN: ("{x} khi nào?", "When is {x}?"),
    Intent.WHO: ("Ai {x}?", "Who is responsible for {x}?"),
    Intent.WHERE: ("{x} ở đâu?", "Where is {x}?"),
    Intent.COUNT: ("Bao nhiêu {x}?", "How many {x}?"),
    Intent.LIST: ("{x} gồm những gì?", "What are {x}?"),
    Intent.WHAT: ("{x} là gì?", "What is {x}?"),
    Intent.HOW: ("{x} như thế nào?", "How is {x}?"),
    Intent.BASIS: ("Căn cứ của {x} là gì?", "What is {x} based on?"),
    Intent.SIGNER: ("Ai ký {x}?", "Who signed {x}?"),
    Intent.NUMBER: ("Số của {x} là gì?", "What is the number of {x}?"),
    Intent.RECIPIENT: ("Nơi nhận của {x}?", "Who receives {x}?"),
    Intent.YES_NO: ("{x} có không?", "Is there {x}?"),
}
_OF_DOCUMENTS = (Intent.SIGNER, Intent.RECIPIENT, Intent.NUMBER, Intent.BASIS)
_NAMED = re.compile(rf"(?:(?:{_KINDS})\s+)?(?:so\s+)?\d{{1,5}}[a-z]?\s?[-–/]\s?[a-z][\w&/.\-–]*")
_REMEMBERED, _TOPIC_WORDS = 3, 14
_OWN_WORDS = 2  # of a question: with fewer that say anything, it leans on the one before
_GRAMMAR = frozenset(
    "cua va cac nhung cho ve trong tai o voi la duoc phai theo tu den khi nay do co khong mot thi "
    "sao con the vay roi a nhe ha gi ai nao dau may bao nhieu han ngay gio luc thang nam truoc sau "
    "ky gui nop xong qua den hon nua them ra vao bang hinh thuc lau de lam chu tri thuc hien phu "
    "trach bao cao to chuc tham gia phoi hop chiu nhiem hieu so can cu noi nhan ban hanh viec "
    "khac nhiem vu kinh phi".split()
)


def follow_up(typed: str, history: Sequence[Answer]) -> FollowUp | None:
    """``typed`` as a question of its own; None where it is one already.

    ``history`` are the answers given so far, the last one last; follow-ups among them count by what
    was made of them.
    """
    if not history or not any(c.isalnum() for c in typed):
        return None
    last = history[-1]
    before = asked_in(last)
    english = is_english(typed) or (typed.isascii() and is_english(before) and _is_bare(typed))
    documents = tuple(dict.fromkeys(c.document_id for c in last.citations))
    text = " ".join(typed.split())
    made = _in_english(text, history) if english else _in_vietnamese(text, history)
    elsewhere = (
        _INSTEAD_EN.match(text) if english else _names_another(fold(text).lower())
    ) is not None
    return None if made is None else FollowUp(made, documents, elsewhere)


def _names_another(folded: str) -> re.Match[str] | None:
    return next((m for pattern in _INSTEAD if (m := pattern.match(folded))), None)


def _in_vietnamese(text: str, history: Sequence[Answer]) -> str | None:
    folded = fold(text).lower()
    if pointed := _with_names(text, folded, history):
        return _without_lead(pointed)
    for pattern in _INSTEAD:
        match = pattern.match(folded)
        if match is None:
            continue
        other = text[match.start("x") : match.end("x")]
        if _asks(other):
            return _joined(other, history) if _leans(fold(other).lower()) else other
        return _instead(other, asked_in(history[-1]))
    if _leans(folded) and not NUMBER.search(text.upper()):
        return _joined(text, history)
    return None


def asked_in(answer: Answer) -> str:
    """The question that was answered, a follow-up as what was made of it."""
    return answer.followed or answer.question


def _with_names(text: str, folded: str, history: Sequence[Answer]) -> str | None:
    """``text`` with «văn bản đó», «đơn vị đó», «việc đó» named from the dialogue."""
    if match := _THAT_DOCUMENT.search(folded):
        named = _document_named(history)
        return text[: match.start()] + named + text[match.end() :] if named else text
    if (match := _THAT_BODY.search(folded)) and (body := _body_spoken_of(history)):
        return text[: match.start()] + body + text[match.end() :]
    if match := _THAT_THING.search(folded):
        topic = _topic(history, timed=_asks_when(folded))
        return text[: match.start()] + topic + text[match.end() :]
    return None


def _document_named(history: Sequence[Answer]) -> str:
    """The document last answered from as a question may name it: its number."""
    for answer in reversed(history):
        for citation in answer.citations:
            return f"văn bản {citation.number}" if citation.number else ""
    return ""


def _body_spoken_of(history: Sequence[Answer]) -> str:
    """The body that an answer names, or else its question; the latest first."""
    for answer in list(reversed(history))[:_REMEMBERED]:
        question = asked_in(answer)
        folded = fold(question).lower()
        if found := actor_asked_about(folded) or actor_that_acts(folded):
            return question[found[0] : found[1]]
        for statement in answer.statements:
            if statement.citations and names_a_body(statement.text):
                return statement.text.split(":")[0]
    return ""


def _instead(other: str, before: str) -> str:
    """The last question asked of ``other``: another date, body, document or thing."""
    if (made := _on_another_day(other, before)) is not None:
        return made
    folded = fold(before).lower()
    if NUMBER.search(other.upper()) and (number := _NAMED.search(folded)):
        return before[: number.start()] + other + before[number.end() :]
    if names_a_body(other):
        if found := actor_asked_about(folded) or actor_that_acts(folded):
            return before[: found[0]] + other + before[found[1] :]
        when = "".join(f" {m.text}" for m in find_dates(before)[:1])
        return f"{other} phải làm gì{when}?"
    main = intents(before, folded, is_english(before))[0]
    return _ASKED[main][0].format(x=other)


def _on_another_day(other: str, before: str) -> str | None:
    """``before`` with the date ``other`` in the place of its own; None where that is no date."""
    bare = re.fullmatch(r"(?:ngày\s+|ngay\s+)?(\d{1,2}\s?/\s?\d{1,2}(?:/\d{4})?)", other)
    dates = find_dates(f"ngày {bare.group(1)}" if bare else other)
    if not dates or len(other.split()) > len(dates[0].text.split()) + 2:
        return None
    mentions = find_dates(before)
    if not mentions:
        return f"{before.rstrip(' ?.!')} {other}?"
    old = mentions[0].text
    if bare and re.search(r"\d{1,2}\s?/\s?\d{1,2}", old):  # «trước ngày 20/4», then «15/6»
        return before.replace(old, re.sub(r"\d[\d/ ]*\d", bare.group(1), old, count=1), 1)
    return before.replace(old, other, 1)


def _joined(text: str, history: Sequence[Answer]) -> str:
    """A bare question («hạn khi nào?», «ai ký?») with what the one before was about."""
    asked = _without_lead(text).rstrip(" ?.!")
    main = intents(asked, fold(asked).lower(), False)[0]
    if main in _OF_DOCUMENTS and (named := _document_named(history)):
        return f"{asked} {named}?"
    topic = _topic(history, timed=_asks_when(fold(asked).lower()))
    return f"{asked} {topic}?" if main is Intent.WHO else f"{topic} {asked}?"


def _asks_when(folded: str) -> bool:
    return intents(folded, folded, False)[0] in (Intent.DEADLINE, Intent.WHEN)


def _topic(history: Sequence[Answer], timed: bool) -> str:
    """What the dialogue is about: of the latest question that is not about a document's head.

    ``timed``: a time is asked for, so of a body's duties all are meant.
    """
    for answer in reversed(history):
        question = asked_in(answer)
        folded = fold(question).lower()
        found = intents(question, folded, is_english(question))
        if found[0] in _OF_DOCUMENTS:
            continue
        if body := actor_asked_about(folded):
            cited = [s for s in answer.statements if s.citations]
            name = question[body[0] : body[1]]
            if len(cited) == 1 and not timed:
                done = re.sub(r"^[-–+•\s]+", "", cited[0].text).partition(":")[2] or cited[0].text
                return f"{name} {' '.join(done.strip(' -–').split()[:_TOPIC_WORDS])}"
            return f"{name} phải làm gì"
        text = re.sub(r"\b(?:hạn|han|thời hạn|thoi han)\b", " ", question)
        return without_frame(text, fold(text)).strip(" ?.!,") or question.strip(" ?.!")
    return asked_in(history[-1]).strip(" ?.!")


def _asks(text: str) -> bool:
    """Whether ``text`` asks something by itself rather than only naming it."""
    folded = fold(text).lower()
    return (
        re.search(
            r"\b(?:khi nao|ngay nao|bao gio|o dau|bao nhieu|may|lam gi|la gi|gi|nao|ai|the nao)\b",
            folded,
        )
        is not None
    )


def _leans(folded: str) -> bool:
    """Whether a question says too little to be understood alone."""
    words = [w for w in re.findall(r"\w+", folded) if w not in _GRAMMAR]
    return len(words) < _OWN_WORDS and len(folded.split()) <= 8


def _without_lead(text: str) -> str:
    match = _LEAD.match(fold(text).lower())
    return text[match.end() :] if match else text


def _is_bare(typed: str) -> bool:
    return len(typed.split()) <= 6


def _in_english(text: str, history: Sequence[Answer]) -> str | None:
    before = asked_in(history[-1])
    text = _LEAD_EN.sub("", text) if not _INSTEAD_EN.match(text) else text
    named = _document_named(history).replace("văn bản ", "document ")
    if _THAT_EN.search(text) and named:
        return _THAT_EN.sub(named, text)
    if match := _INSTEAD_EN.match(text):
        other = match.group("x")
        if (made := _on_another_day(other, before)) is not None:
            return made
        main = intents(before, fold(before).lower(), is_english(before))[0]
        return _ASKED[main][1].format(x=other)
    if len(text.split()) <= 5 and _IT_EN.search(text):
        main = intents(text, text, True)[0]
        if main in _OF_DOCUMENTS and named:
            return _IT_EN.sub(named, text, count=1)
        topic = re.sub(
            r"(?i)^(?:who|when|what|where|how|which)\b\s*(?:is|are|must|should|does|do|has|have|to)?\s*",
            "",
            before,
        ).strip(" ?.!")
        return _IT_EN.sub(topic, text, count=1)
    return None
