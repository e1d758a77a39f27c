"""Answers from a document's header: signer, recipients, bases, number, date of issue. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Line, Span
from assistant.language.abbreviations import written_out
from assistant.language.english import to_vietnamese
from assistant.read.cited_kind import kind_in_english
from assistant.records import Intent, Question
from ingest.header import KINDS
from ingest.records import Header, HeaderField, SourceDocument
from ingest.vietnamese import fold, syllables

_FIRST_KIND = re.compile(
    r"\b(" + "|".join(sorted((fold(k) for k in KINDS), key=len, reverse=True)) + r")\b"
)

_ISSUER_ASKED = re.compile(
    r"\b(?:ai|co quan nao|don vi nao|cap nao|to chuc nao|\w+ (?:bo|uy|ban|hoi|doan|so) nao)\b"
    r"[^?]{0,12}\bban hanh (?:ra )?(?:"
    + "|".join(fold(k) for k in KINDS)
    + r"|van ban)\b(?! phoi hop)|"
    r"\bdo (?:ai|co quan nao|don vi nao|cap nao) ban hanh\b|"
    r"\bwho issued\b|\bwhich (?:body|agency|office|authority) issued\b"
)


_DISTRIBUTION_ASKED = re.compile(
    r"\bnoi nhan\b|\bdistribution\b|\bcop(?:y|ies|ied)\b|\brecipients?\b"
)
_RECIPIENT_ASKED = re.compile(
    r"\bgui (?:(?:cho|den|toi|ve) )?(?:nhung |cac )?(?P<noun>[a-z ]{2,30}?) nao"
    r"(?: (?P<of>cua [a-z ]{2,40}))?"
)
_WHOSE_ENGLISH = re.compile(
    r"^which (?:\w+ ){1,3}of (?:the )?(?P<x>[\w' ]{3,50}?) "
    r"(?:receives?|gets?|are sent|is sent)\b",
    re.I,
)
_ONE_ASKED = re.compile(
    r"\b(?:noi nhan|gui|nhan)\b[^?]*?\bco (?:gui |ghi |ca )?(?:cho |den |toi )?(?P<a>[^?]+?) "
    r"(?:khong|chua)\b|\bco gui (?:cho |den |toi )?(?P<b>[^?]+?) (?:khong|chua)\b"
)
_RECIPIENT_FRAME = frozenset("cua nhung cac co quan don vi noi to chuc".split())


def read_header(question: Question, documents: Sequence[SourceDocument]) -> Draft:
    """Answer for each of ``documents`` that has what is asked for; no lines where none has."""
    read = {
        Intent.SIGNER: _signer,
        Intent.RECIPIENT: _recipients,
        Intent.BASIS: _bases,
        Intent.NUMBER: _number,
        Intent.WHEN: _issued,
    }[question.intent]
    lines: list[Line] = []
    for document in documents:
        found = read(question, document)
        if found and len(documents) > 1:
            name = name_of(document)
            found = [Line(f"{name}: {line.text}", line.evidence) for line in found]
        lines.extend(found)
    if not lines and any(_has_no_words(question, document) for document in documents):
        return Draft(note="by_hand")
    return Draft(tuple(lines))


def _has_no_words(question: Question, document: SourceDocument) -> bool:
    """Whether what is asked for is known by hand alone, so that there is nothing to quote."""
    head = document.header
    field = {Intent.NUMBER: head.number, Intent.WHEN: head.date}.get(question.intent)
    return field is not None and not field.is_written


def asks_issuer(question: Question) -> bool:
    """«Cơ quan nào ban hành kế hoạch này?»: who issued the document itself."""
    asked = f"{fold(question.text)} {question.typed}".lower()
    return question.intent is Intent.WHO and _ISSUER_ASKED.search(asked) is not None


def read_issuer(documents: Sequence[SourceDocument]) -> Draft:
    """The bodies that issued ``documents``, of those whose head names one."""
    issuers = [(d, f) for d in documents if (f := d.header.issuer)]
    if issuers and not any(f.is_written for _, f in issuers):
        return Draft(note="by_hand")
    issuers = [(d, f) for d, f in issuers if f.is_written]
    return Draft(tuple(Line(_sentence_case(f.value), (Span.of(d, f),)) for d, f in issuers))


def name_of(document: SourceDocument) -> str:
    """What an answer calls a document: its number, title or file name."""
    head = document.header
    if head.number:
        return head.number.value
    if head.title:
        return head.title.value if len(head.title.value) <= 90 else head.title.value[:88] + "…"
    return document.name


def _signer(question: Question, document: SourceDocument) -> list[Line]:
    head = document.header
    if head.signer is None:
        return []
    if question.across and head.signer_position and not _position_agrees(question, head):
        return []
    text = head.signer.value
    evidence = [head.signer]
    if head.signer_position:
        text += f" – {_sentence_case(head.signer_position.value)}"
        evidence.append(head.signer_position)
    if head.authority:
        text += f" ({head.authority.value})"
        evidence.append(head.authority)
    spans = tuple(Span.of(document, f) for f in sorted(evidence, key=lambda f: f.start))
    return [Line(text, _joined(spans))]


def _position_agrees(question: Question, head: Header) -> bool:
    """A question about «các kế hoạch do Phó Bí thư ký» wants that position alone."""
    assert head.signer_position is not None
    asked = fold(question.text).lower()
    ours = fold(head.signer_position.value).lower()
    named = re.findall(
        r"\b(?:pho )?(?:bi thu|chu tich|giam doc|truong ban|hieu truong|chanh van phong)\b", asked
    )
    return not named or any(ours.startswith(n) for n in named)


def _sentence_case(text: str) -> str:
    return text.capitalize() if text.isupper() else text


_OTHER_COLUMN = re.compile(r"^\s*(?:[-–+•*]\s|nơi nhận\b)|[;,]\s*$", re.I | re.M)
_MOST_BETWEEN = 60  # characters between the parts of one signature


def _is_of_block(between: str) -> bool:
    """Whether what stands between two parts of a signature belongs to it, not to «Nơi nhận»."""
    return len(between) <= _MOST_BETWEEN and _OTHER_COLUMN.search(between) is None


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Neighbouring spans as one where no more than «(đã ký)» or another post is between them."""
    joined: list[Span] = []
    for span in spans:
        if joined and _is_of_block(span.document.text[joined[-1].end : span.start]):
            joined[-1] = Span(span.document, joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)


def _recipients(question: Question, document: SourceDocument) -> list[Line]:
    asked = fold(question.text).lower()
    found = document.header.recipients
    if one := _ONE_ASKED.search(fold(written_out(question.text)).lower()):
        words = set(syllables(one["a"] or one["b"]))
        meant = [f for f in found if words <= set(syllables(fold(written_out(f.value)).lower()))]
        if meant:
            return [Line(f"Có: {f.value}", (Span.of(document, f),)) for f in meant]
    if (
        re.search(r"\bb/?c\b|\bde bao cao\b|\bgui bao cao\b", asked)
        or "for report" in question.typed.lower()
    ):
        marked = [
            f for f in found if re.search(r"\((?:de )?(?:b/?c|bao cao)\)", fold(f.value).lower())
        ]
        found = tuple(marked) or found
    elif (addressee := document.header.addressee) and not _DISTRIBUTION_ASKED.search(
        question.typed.lower() if question.language == "en" else asked
    ):
        # A letter goes to whom it addresses; who gets a copy is told where that is all there is.
        found = (addressee,)
    elif question.language == "en" and (of := _WHOSE_ENGLISH.search(question.typed)):
        words = set(syllables(fold(to_vietnamese(of["x"])).lower()))
        named = [f for f in found if words <= set(syllables(fold(f.value).lower()))]
        found = tuple(named) or found
    elif wanted := _RECIPIENT_ASKED.search(asked):
        words = set(syllables(f"{wanted['noun']} {wanted['of'] or ''}")) - _RECIPIENT_FRAME
        named = [f for f in found if words <= set(syllables(fold(f.value).lower()))]
        found = tuple(named) or found
    return [Line(f.value, (Span.of(document, f),)) for f in found]


def _bases(question: Question, document: SourceDocument) -> list[Line]:
    bases: Sequence[HeaderField] = document.header.bases
    kind = asked_kind(question)
    if kind:
        bases = [b for b in bases if kind in fold(b.value).lower()]
    return [Line(_shortened(b.value), (Span.of(document, b),)) for b in bases]


def asked_kind(question: Question) -> str | None:
    """The folded document kind in «công văn nào», «which decision»; None when any will do."""
    folded = fold(question.text).lower()
    if question.language == "vi":
        match = re.search(_FIRST_KIND.pattern + r"(?:\s+\w+){0,4}?\s+nao\b", folded)
        return match.group(1) if match else None
    return kind_in_english(question.typed) or None


def _number(question: Question, document: SourceDocument) -> list[Line]:
    number = document.header.number
    if number is None or not number.is_written:
        return []
    return [Line(_marked(number, number.value, question), (Span.of(document, number),))]


def _issued(question: Question, document: SourceDocument) -> list[Line]:
    head = document.header
    if head.date is None or not head.date.is_written:
        return []
    year, month, day = head.date.value.split("-")
    start = (
        head.place.start if head.place and head.place.start < head.date.start else head.date.start
    )
    text = _marked(head.date, f"{day}/{month}/{year}", question)
    return [Line(text, (Span(document, start, head.date.end),))]


def _marked(field: HeaderField, text: str, question: Question) -> str:
    """``text``, told from what the words say where a person has corrected it."""
    if not field.by_hand:
        return text
    return f"{text} ({'by hand' if question.language == 'en' else 'sửa tay'})"


def _shortened(text: str, words: int = 30) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words]) + "…"
