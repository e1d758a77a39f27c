"""Facts of a document's particulars: its number, issuer, date, signer, basis; terms and fields."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from assistant.cite import cite
from assistant.language.abbreviations import defined_in
from assistant.register.schedule import said_day
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import key_of
from assistant.study.wording import (
    extract,
    flat,
    is_whole,
    name_case,
    sentence_case,
    stands_alone,
    tidy,
    upper_first,
)
from ingest.actors import is_body
from ingest.header import NUMBER, number_key
from ingest.records import HeaderField
from ingest.vietnamese import mostly_upper


def particular_facts(source: Source) -> Iterator[Fact]:
    """What the head and the foot of the document say."""
    yield from _head(source)
    yield from _foot(source)
    yield from _basis(source)


def studied(source: Source) -> str:
    """The document as a question about its head calls it: without its number, asked for too."""
    return f"{source.said} đang học"


def issuer_of(source: Source) -> HeaderField | None:
    """The issuing body in its own right: of «cơ quan chủ quản / cơ quan ban hành» the latter."""
    issuer = source.document.header.issuer
    if issuer is None or source.document.notes.corrections.issuer is not None:
        return issuer
    lines = [
        m
        for m in re.finditer(r"[^\n]+", source.text[issuer.start : issuer.end])
        if m.group().strip()
    ]
    if len(lines) < 2:
        return issuer
    last = lines[-1]
    words = last.group().strip(" *_|")
    if _NO_BODY.match(words):
        return issuer
    start = issuer.start + last.start() + last.group().index(words)
    return HeaderField(words, start, start + len(words))


# «BAN THƯỜNG TRỰC» below its committee is no body by itself; nor is the name of a place.
_NO_BODY = re.compile(
    r"(?:BAN (?:THƯỜNG|CHẤP)|VĂN PHÒNG$|TỈNH|HUYỆN|XÃ|THÀNH PHỐ|PHƯỜNG|QUẬN|DÂN|THỊ)"
)


def said_name(text: str) -> str:
    """A body's name that stands in capitals, as it is written in a sentence; "" where it can't.

    >>> said_name("ỦY BAN NHÂN DÂN XÃ BÌNH AN")
    'Ủy ban nhân dân xã Bình An'
    """
    if not mostly_upper(text):
        return text
    if organ := _ORGAN.search(text):
        text = f"{organ.group(1)} {text[: organ.start()]}".strip()
    if text.endswith("VĂN PHÒNG") or "CỘNG HÒA" in text:
        return ""  # whose office, or what else the line holds, its words don't say
    return name_case(text)


# «ỦY BAN MTTQ XÃ … BAN THƯỜNG TRỰC» on two lines: the second is the first's organ.
_ORGAN = re.compile(r"\s+(BAN THƯỜNG (?:TRỰC|VỤ)|BAN CHẤP HÀNH)$")


def _head(source: Source) -> Iterator[Fact]:
    head, document = source.document.header, source.document
    name = studied(source)
    if head.number is not None and not head.number.by_hand and head.kind is not None:
        number = head.number
        yield Fact(
            source=source,
            topic="Thể thức văn bản",
            question=f"{upper_first(name)} có số, ký hiệu là gì?",
            answer=number.value,
            citations=(cite(document, number.start, number.end),),
            key=f"number {document.id}",
            weight=0.5,
            asked=Asked.DOCUMENT,
            choice=number.value,
            value=number_key(number.value),
            subject="",
        )
    issuer = issuer_of(source)
    said = said_name(issuer.value) if issuer is not None else ""
    if issuer is not None and not issuer.by_hand and said and (head.number or head.kind):
        yield Fact(
            source=source,
            topic="Thể thức văn bản",
            question=f"Cơ quan, tổ chức nào ban hành {name}?",
            answer=said,
            citations=(cite(document, issuer.start, issuer.end),),
            key=f"issuer {document.id}",
            weight=0.65,
            asked=Asked.OFFICE,
            choice=said,
            value=key_of(said),
            subject=f"ban hành {source.said}",
            statement=f"Cơ quan ban hành {name} là {SLOT}.",
        )
    if head.date is not None and not head.date.by_hand:
        day = said_day(datetime.date.fromisoformat(head.date.value), "vi")
        yield Fact(
            source=source,
            topic="Thể thức văn bản",
            question=f"{upper_first(name)} được ban hành ngày nào?",
            answer=f"Ngày {day}",
            citations=(cite(document, head.date.start, head.date.end),),
            key=f"date {document.id}",
            weight=0.6,
            asked=Asked.DATE,
            choice=f"Ngày {day}",
            value=head.date.value,
            subject="",
            statement=f"{upper_first(name)} được ban hành {SLOT}.",
        )


def _foot(source: Source) -> Iterator[Fact]:
    head, document = source.document.header, source.document
    if head.signer is None:
        return
    position = head.signer_position
    asks = f"Ai ký {studied(source)}{', với chức vụ gì' if position else ''}?"
    answer = head.signer.value
    cited = [head.signer]
    if position:
        answer += f", {position.value.capitalize() if position.value.isupper() else position.value}"
        cited.append(position)
    yield Fact(
        source=source,
        topic="Thể thức văn bản",
        question=asks,
        answer=answer,
        citations=tuple(
            cite(document, f.start, f.end) for f in sorted(cited, key=lambda f: f.start)
        ),
        key=f"signer {document.id}",
        weight=0.5,
    )


def _basis(source: Source) -> Iterator[Fact]:
    head, document = source.document.header, source.document
    bases = [b for b in head.bases if _is_basis(b.value)]
    if not bases or not (head.kind or head.number):
        return
    shown = bases[:4]
    if len(shown) == 1:
        answer = extract(shown[0].value, 45)
    else:
        answer = "\n".join(f"{n}) {extract(b.value, 32)}" for n, b in enumerate(shown, 1))
        if len(bases) > len(shown):
            answer += f"\n(và {len(bases) - len(shown)} căn cứ khác)"
    yield Fact(
        source=source,
        topic="Căn cứ ban hành",
        question=f"{upper_first(studied(source))} được ban hành trên cơ sở những căn cứ nào?",
        answer=answer,
        citations=tuple(cite(document, b.start, b.end) for b in shown),
        key=f"basis {document.id}",
        weight=0.7,
    )


def _is_basis(text: str) -> bool:
    """Whether ``text`` names what a document rests on, and not what it is about."""
    words = tidy(text)
    named = NUMBER.search(text) or _RESTS.match(words)
    return len(words.split()) >= 4 and named is not None and not _OWN.match(words)


_RESTS = re.compile(r"(?:căn cứ|thực hiện|triển khai|xét|trên cơ sở|để|nhằm|luật)(?!\w)", re.I)
_OWN = re.compile(r"theo [^,]{0,40}, ", re.I)  # «Theo Chỉ thị số 45, Đại hội … là …»: a report

_FIELDS = (
    (re.compile(r"(?:đối tượng|thành phần)[^:]{0,40}$", re.I), "{} gồm những ai?", "Đối tượng"),
    (re.compile(r"địa điểm[^:]{0,30}$", re.I), "{} ở đâu?", "Địa điểm"),
    (re.compile(r"chủ đề[^:]{0,40}$", re.I), "{} là gì?", "Chủ đề"),
    (re.compile(r"hình thức[^:]{0,40}$", re.I), "{} như thế nào?", "Hình thức"),
    (re.compile(r"phạm vi[^:]{0,40}$", re.I), "{} được xác định như thế nào?", "Phạm vi"),
    (re.compile(r"(?:nguồn )?kinh phí[^:]{0,40}$", re.I), "{} được bảo đảm ra sao?", "Kinh phí"),
)  # fmt: skip


def field_facts(source: Source) -> Iterator[Fact]:
    """«Đối tượng: …», «Địa điểm: …»: sections that say one thing under the name of a field."""
    seen: set[str] = set()
    for index, section in source.sections():
        heading = flat(section.heading)
        if source.children.get(index) or not heading:
            continue
        start = max(section.body_start, section.start)
        after = source.text[start : section.end]
        end = start + len(after) - len(after.lstrip()) + len(after.strip().partition("\n")[0])
        words = " ".join(source.text[start:end].split()).strip(" .;:")
        if not 3 <= len(words.split()) <= 70 or not is_whole(words) or "…" in words:
            continue
        for pattern, asks, topic in _FIELDS:
            if not pattern.match(heading) or key_of(heading) in seen:
                continue
            if (
                sum(pattern.match(tidy(s.heading)) is not None for s in source.document.sections)
                > 1
                and len(heading.split()) < 4
            ):
                continue  # «Đối tượng» of what?
            seen.add(key_of(heading))
            said = heading.lower() if mostly_upper(heading) else heading[0].lower() + heading[1:]
            if len(said.split()) < 4 and section.parent >= 0:
                parent = sentence_case(flat(source.document.sections[section.parent].heading))
                if not parent or is_body(parent):
                    continue
                said += f" (mục “{parent}”)"
            yield Fact(
                source=source,
                topic=topic,
                question=f"Theo {source.said}, {asks.format(said)}",
                answer=upper_first(extract(words, 60)),
                citations=(cite(source.document, start, end),),
                key=f"field {source.document.id} {section.start}",
                weight=0.9,
            )
            break


def term_facts(source: Source) -> Iterator[Fact]:
    """Short forms that the document defines itself."""
    for short, meant, span in definitions(source):
        if (
            len(meant.split()) > 40
            or not stands_alone(meant)
            or key_of(short) in key_of("kế hoạch")
        ):
            continue
        yield Fact(
            source=source,
            topic="Thuật ngữ",
            question=f"Trong {source.said}, “{short}” là cách gọi tắt của cụm từ nào?",
            answer=upper_first(meant),
            citations=(cite(source.document, *span),),
            key=f"term {source.document.id} {short}",
            weight=0.6,
        )


def definitions(source: Source) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """(short form, meaning, the sentence that says so) of what ``source`` defines."""
    text = source.text
    for short, meant in defined_in(text).items():
        pattern = re.compile(
            r"[(（]\s*[^()（）]{0,60}?" + re.escape(short) + r"[^()（）]{0,20}[)）]"
        )
        match = pattern.search(text) or re.search(re.escape(short) + r"\s*\(", text)
        if match is None or not source.holds(match.start()):
            continue
        begin = max(text.rfind("\n", 0, match.start()) + 1, text.rfind(meant[:20], 0, match.end()))
        begin = begin if text[begin : match.end()].strip() else match.start()
        yield short, meant, (begin, match.end())
