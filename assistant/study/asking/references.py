"""Facts of the documents that a document cites: their date and what they are about. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.cite import cite
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.material import Source, Span
from assistant.study.records import Asked
from assistant.study.sameness import key_of
from assistant.study.wording import stands_alone, upper_first
from ingest.dates import find_dates
from ingest.header import KINDS, NUMBER, number_key, tidy_number
from ingest.vietnamese import UPPER

CITED = "Văn bản liên quan"  # the topic of these facts
_NOT_A_SUBJECT = re.compile(r"(?:kết luận|ý kiến|chỉ đạo)\s+(?:chỉ đạo\s+)?của", re.I)
_KIND_NAMES = sorted(
    {*KINDS, "thông báo kết luận", "quy định", "nghị quyết liên tịch", "thông tư liên tịch",
     "chương trình hành động", "chương trình phối hợp", "chương trình công tác", "luật",
     "pháp lệnh"},
    key=len,
    reverse=True,
)  # fmt: skip
_CITED = re.compile(
    rf"(?<!\w)(?P<kind>(?i:{'|'.join(_KIND_NAMES)}))\s+(?:số\s*:?\s*)(?P<number>{NUMBER.pattern})"
)
_DATE = re.compile(
    r",?\s*(?:ban hành\s+|ký\s+)?(?P<date>ngày\s*\d{1,2}\s*(?:[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|"
    r"tháng\s*\d{1,2}\s*năm\s*\d{4}))"
)
_OF = re.compile(
    rf",?\s*của\s+(?P<issuer>[{UPPER}][^,;:.()\n“”\"]{{2,90}}?)(?=\s*(?:[,;:.()\n]|"
    r"về(?: việc)?\s|phê duyệt|ban hành|quy định|hướng dẫn|sửa đổi|gắn với|trong|tại|và\s|khóa\s|"
    r"triển khai|thực hiện|yêu cầu|$))"
)
_TERM = re.compile(r"\s*\(?khóa\s+[IVXL]+(?:,\s*[IVXL]+)*\)?")
_ABOUT = re.compile(
    r",?\s*(?P<lead>về việc|về|quy định về|quy định|phê duyệt|ban hành|hướng dẫn)\s+"
)
_END = re.compile(
    rf"[;()\n]|\.(?=\s|$|/)|,\s+(?=[{UPPER}])|,\s+(?=(?:gắn|trong đó|nhất|để|tiếp tục)(?!\w))|"
    r",\s+(?=[^,;.\n]{0,60}?\s(?:phải|cần|có trách nhiệm|yêu cầu|đề nghị)\s)|"
    r"\s+gắn với|\s+(?=được ban hành|đã được|kèm theo|nhằm\s)|"
    rf"\s+và\s+(?=(?i:{'|'.join(_KIND_NAMES)})(?!\w))|,\s+(?=(?i:{'|'.join(_KIND_NAMES)})\s+số)"
)
_RUN_ON = re.compile(rf"\.[{UPPER}]\w*$")  # «27/CT-TTg.Ủy ban»
_SUBJECT_WORDS = 30


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that another names; what is not said of it is empty. ``span`` are the words."""

    kind: str
    number: str
    date: str
    issuer: str
    lead: str  # «về», «phê duyệt», …
    subject: str
    span: Span

    @property
    def name(self) -> str:
        return f"{upper_first(self.kind)} số {self.number}"


def cited_documents(source: Source) -> tuple[CitedDocument, ...]:
    """The documents that the preamble and body in play name, each once, in order."""
    found: dict[str, CitedDocument] = {}
    for read in cited_mentions(source):
        key = number_key(read.number)
        known = found.get(key)
        if known is None:
            found[key] = read
        elif _contradict(known, read):
            found[key] = replace(known, date="", issuer="")
        elif len(read.subject) > 0 and not known.subject:
            found[key] = replace(
                read, date=read.date or known.date, issuer=read.issuer or known.issuer
            )
    return tuple(found.values())


def cited_mentions(source: Source) -> Iterator[CitedDocument]:
    """Every place in play that names another document by its number, in order."""
    own = source.document.header.number
    for match in _CITED.finditer(source.text):
        inside = any(a <= match.start() < b for a, b in source.bodies)
        if not inside or not source.holds(match.start()):
            continue
        if own is None or number_key(match["number"]) != number_key(own.value):
            yield _read(source.text, match)


def _contradict(a: CitedDocument, b: CitedDocument) -> bool:
    days = {m.value for d in (a.date, b.date) if d for m in find_dates(d)}
    return len(days) > 1


def _read(text: str, match: re.Match[str]) -> CitedDocument:
    at = match.end()
    date = issuer = subject = lead = ""
    if found := _DATE.match(text, at):
        date, at = found["date"], found.end()
    if found := _OF.match(text, at):
        issuer, at = " ".join(found["issuer"].split()), found.end()
    if found := _TERM.match(text, at):
        at = found.end()
    if not date and (found := _DATE.match(text, at)):
        date, at = found["date"], found.end()
    if found := _ABOUT.match(text, at):
        stop = _END.search(text, found.end())
        end = stop.start() if stop else len(text)
        words = " ".join(text[found.end() : end].split()).strip(" ,.*")
        if 3 <= len(words.split()) <= _SUBJECT_WORDS and stands_alone(words):
            subject, lead, at = words, found["lead"], end
    end = match.start() + len(text[match.start() : at].rstrip(" ,*\n"))
    number = _RUN_ON.sub("", tidy_number(match["number"]))
    return CitedDocument(
        match["kind"].lower(), number, date, issuer, lead, subject, (match.start(), end)
    )


def reference_facts(source: Source) -> Iterator[Fact]:
    """Facts of the cited documents: which one is about what, of which date, by whom."""
    for document in cited_documents(source):
        if document.subject and not _NOT_A_SUBJECT.match(document.subject):
            yield from _about(source, document)
        if document.date and (values := [m.value for m in find_dates(document.date)]):
            yield Fact(
                source=source,
                topic=CITED,
                question=(
                    f"Theo phần viện dẫn của {source.said}, {document.name} được ban hành ngày nào?"
                ),
                answer=upper_first(document.date),
                citations=(cite(source.document, *document.span),),
                key=f"cited {number_key(document.number)}",
                weight=0.4,
                asked=Asked.DATE,
                choice=upper_first(document.date),
                value=values[0],
                subject=document.name,
                statement=(
                    f"Theo phần viện dẫn của {source.said}, {document.name} được ban hành {SLOT}."
                ),
            )


def _about(source: Source, document: CitedDocument) -> Iterator[Fact]:
    """Which document is about something, and what a document is about."""
    about = f"{document.lead} {document.subject}"
    named = f"{document.name}{', ' + document.date if document.date else ''}"
    which = Fact(
        source=source,
        topic=CITED,
        question=(
            f"Trong các văn bản được {source.said} viện dẫn, văn bản nào có nội dung “{about}”?"
        ),
        answer=named,
        citations=(cite(source.document, *document.span),),
        key=f"cited {number_key(document.number)}",
        weight=0.62,
        asked=Asked.DOCUMENT,
        choice=document.name,
        value=number_key(document.number),
        subject=document.subject,
        statement=f"{SLOT} là văn bản có nội dung “{about}”.",
    )
    yield which
    yield replace(
        which,
        question=f"{named} (được {source.said} viện dẫn) có nội dung gì?",
        answer=upper_first(about),
        weight=0.6,
        asked=Asked.SUBJECT,
        choice=upper_first(about),
        value=key_of(document.subject),
        subject=document.name,
        statement="",
    )
