"""Facts of what a section lists: its items, its steps, and what belongs under it. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.cite import cite
from assistant.records import Citation
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.material import Source, Span
from assistant.study.records import Asked
from assistant.study.sameness import content, coverage, key_of
from assistant.study.wording import (
    clause,
    extract,
    flat,
    quoted,
    sentence_case,
    stands_alone,
    tidy,
    upper_first,
    without_brackets,
)
from ingest.actors import is_body, is_lead_head
from ingest.sentences import sentence_spans

_LISTED = 8  # items on a card
_ITEM_WORDS = 24
_LEAST_ITEM = 6
_GIVEN_AWAY = 0.5  # of the heading's words: an item that has them tells where it belongs
_HEADING_WORDS = 16
STEP = re.compile(r"(?:bước|giai đoạn|đợt|vòng)\s+\w+", re.I)
_EMPTY = re.compile(  # a heading that names nothing by itself
    r"(?:nội dung|hoạt động \d+|một số nội dung|chỉ tiêu \d+|mục tiêu \d+|tổ chức thực hiện|"
    r"phân công thực hiện|đối với(?: \w+){0,3}|quyết định|trong đó|cụ thể|căn cứ|tập thể|cá nhân)"
    r"\s*$",
    re.I,
)
_BROAD = re.compile(  # a heading under which much that stands elsewhere might as well stand
    r"(?:mục đích(?:(?:,| và) yêu cầu)?|yêu cầu|"
    r"(?:các |những |một số )?(?:nhiệm vụ|giải pháp|hoạt động|nội dung)"
    r"(?:,? (?:và )?(?:giải pháp|nhiệm vụ|hoạt động))?"
    r"(?: (?:trọng tâm|chủ yếu|cụ thể|thực hiện|chính|hoạt động))?)\s*$",
    re.I,
)
_ANNOUNCES = re.compile(r",?\s+(?:(?:như )?sau(?: đây)?|(?:bao )?gồm(?: có)?|là)$", re.I)
_OFFICER = re.compile(  # who has the tasks below it
    r"(?:trưởng|phó|chủ tịch|bí thư|giám đốc|hiệu trưởng|chánh|công chức|cán bộ)(?!\w)", re.I
)
_NUMBERED = re.compile(r"(?:mục tiêu|chỉ tiêu|nhiệm vụ|nội dung|hoạt động|giải pháp) \d", re.I)
_ADJUNCT = re.compile(  # says of what something is said, not what
    r"(?:đối với|trong|khi|nếu|căn cứ|trên cơ sở|để|nhằm|theo (?!dõi)|trường hợp|"
    r"trên (?!\d)|tại|qua|bằng)(?!\w)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of a list: its label, what it says in short, and where its words stand."""

    label: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ListedSection:
    """A section whose subsections list something. ``heading`` is fit for a question."""

    source: Source
    index: int
    heading: str
    items: tuple[ListedItem, ...]
    chapter: int  # index of the outermost section around it


def lists_of(source: Source) -> tuple[ListedSection, ...]:
    """The sections in play that list two items or more under a heading of their own."""
    found = []
    headings: dict[str, int] = {}
    for _, section in source.sections():
        headings[key_of(section.heading)] = headings.get(key_of(section.heading), 0) + 1
    for index, section in source.sections():
        heading = _ANNOUNCES.sub("", sentence_case(flat(without_brackets(section.heading))))
        if not heading or len(heading.split()) > _HEADING_WORDS or is_body(section.heading):
            continue
        if (
            is_lead_head(section.heading)
            or _OFFICER.match(heading)
            or headings[key_of(section.heading)] > 1
        ):
            continue
        items = tuple(
            item for child in source.children.get(index, []) if (item := _item(source, child))
        )
        if len(items) < 2 or len(items) < len(source.children[index]):
            continue
        if any(is_body(source.document.sections[c].heading) for c in source.children[index]):
            continue  # offices with their tasks, not a list
        root = source.root(index)
        found.append(ListedSection(source, index, heading, items, root))
    return tuple(found)


def _item(source: Source, index: int) -> ListedItem | None:
    section = source.document.sections[index]
    start, end = source.own_span(index)
    if section.heading and section.body_start >= start:
        heading = flat(section.heading)
        if (
            section.body_start < end
            and ":" not in source.text[section.body_start - 2 : section.body_start]
        ):
            at = source.text.find(section.heading, start, end)
            if at >= 0:
                return ListedItem(section.label, heading, (at, at + len(section.heading)))
    spans = sentence_spans(source.text, start, end)
    if not spans:
        return None
    first = spans[0]
    return ListedItem(section.label, tidy(source.text[first[0] : first[1]]), first)


def list_facts(source: Source) -> Iterator[Fact]:
    """What each list holds: an open question for its whole, closed ones for its items."""
    lists = lists_of(source)
    everywhere = Counter(key_of(clause(i.text, _ITEM_WORDS)) for x in lists for i in x.items)
    for listed in lists:
        document = source.document
        if any(STEP.match(i.label) for i in listed.items):
            yield from _steps(listed)
            continue
        if not _EMPTY.match(listed.heading):
            shown = listed.items[:_LISTED]
            lines = [f"{n}) {_shown(i)}" for n, i in enumerate(shown, 1)]
            if len(listed.items) > len(shown):
                lines.append(f"(và {len(listed.items) - len(shown)} nội dung khác)")
            told = coverage(content(listed.heading), content(" ".join(i.text for i in shown)))
            is_title = told >= 0.6 and all(len(i.text.split()) <= 10 for i in shown)
            if sum(len(i.text.split()) for i in shown) >= 5 * len(shown) and not is_title:
                yield Fact(
                    source=source,
                    topic="Nội dung chính",
                    question=f"Mục “{listed.heading}” của {source.said} nêu những nội dung nào?",
                    answer="\n".join(lines),
                    citations=tuple(cite(document, *i.span) for i in shown),
                    key=f"list {document.id} {listed.index}",
                    weight=0.95 if len(listed.items) > 2 else 0.75,
                )
        if _EMPTY.match(listed.heading) or _BROAD.match(listed.heading):
            continue
        for item in listed.items:
            said = clause(item.text, _ITEM_WORDS)
            if len(said.split()) < _LEAST_ITEM or not stands_alone(said):
                continue
            if _ADJUNCT.match(said) or _NUMBERED.match(said):
                continue
            if everywhere[key_of(said)] > 1:
                continue  # it stands in several lists
            if coverage(content(listed.heading), content(said)) >= _GIVEN_AWAY:
                continue
            yield Fact(
                source=source,
                topic="Nội dung chính",
                question=(
                    f"Theo {source.said}, nội dung nào sau đây thuộc mục “{listed.heading}”?"
                ),
                answer=upper_first(said),
                citations=(cite(document, *item.span),),
                key=f"item {document.id} {item.span[0]}",
                weight=0.7,
                asked=Asked.MEMBER,
                choice=upper_first(said),
                value=str(listed.chapter),
                subject=listed.heading,
            )
            yield Fact(
                source=source,
                topic="Nội dung chính",
                question=f"Theo {source.said}, nội dung sau đây thuộc mục nào: {quoted(said)}?",
                answer=f"Mục “{listed.heading}”",
                citations=(cite(document, *item.span), _heading(listed)),
                key=f"item {document.id} {item.span[0]}",
                weight=0.6,
                asked=Asked.SECTION,
                choice=listed.heading,
                value=key_of(listed.heading),
                subject=said,
                statement=f"Theo {source.said}, nội dung {quoted(said)} thuộc mục “{SLOT}”.",
            )


def _shown(item: ListedItem) -> str:
    """An item in short, without the word that announces its own list."""
    return upper_first(_ANNOUNCES.sub("", extract(item.text, 22)).rstrip(" ,"))


def _heading(listed: ListedSection) -> Citation:
    """The words of the list's heading."""
    section = listed.source.document.sections[listed.index]
    at = listed.source.text.find(section.heading, section.start, section.end)
    return cite(listed.source.document, at, at + len(section.heading))


def _steps(listed: ListedSection) -> Iterator[Fact]:
    source = listed.source
    steps = [i for i in listed.items if STEP.match(i.label)]
    heading = listed.heading[0].lower() + listed.heading[1:]
    lines = [f"{upper_first(i.label)}: {extract(i.text, 30)}" for i in steps]
    yield Fact(
        source=source,
        topic="Các bước thực hiện",
        question=f"Theo {source.said}, {heading} gồm những bước nào?"
        if "bước" not in heading
        else f"Theo {source.said}, {heading} là gì?",
        answer="\n".join(lines),
        citations=tuple(cite(source.document, *i.span) for i in steps),
        key=f"steps {source.document.id} {listed.index}",
        weight=1.2,
    )
