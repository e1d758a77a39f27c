"""Whether the words found are about the very thing that is asked. Pure.

A sibling of what is asked says nearly the same words: the next row of a table, the other half of
the year, another office's report. What tells them apart is one word, so it is looked for by its
kind: the label of a numbered thing («quý IV»), the name of a place («xã Tân Lập»), one of a few
words that exclude each other («sơ kết»). Bodies, labels, prizes and stages of events are in modules
of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.cards import numbers_in, refers_to
from assistant.draft import Draft, Line, Span
from assistant.numbered import numbered
from assistant.parts import asks_issue_date
from assistant.read.beyond import is_beyond_plans
from assistant.read.events import is_of_another_prize, is_of_another_stage, is_unpriced
from assistant.read.forms import LEVEL_OF, LEVELS, NAME_OF_PERSON, lacks_form
from assistant.read.labelled import is_under_another_label
from assistant.read.other_body import is_of_another_body
from assistant.read.several import is_unlisted
from assistant.records import Intent, Question
from ingest.dates import find_dates
from ingest.header import number_key
from ingest.records import SourceDocument
from ingest.vietnamese import LOWER, UPPER, fold

# Of these one is not meant where none is named: what is due in «quý IV» may be due «tháng 12».
_ALWAYS_SAID = frozenset(("dot", "vong", "giai doan", "hoc ky", "buoc", "chuyen de", "phu luc"))
# Folded. The words of a row exclude each other.
_EXCLUSIVE = tuple(
    tuple(re.compile(rf"\b(?:{words})\b") for words in row)
    for row in (
        ("dau (?:hoc )?ky", "giua (?:hoc )?ky", "cuoi (?:hoc )?ky"),
        ("so ket", "tong ket"),
        ("toi thieu|it nhat|khong duoi", "toi da|nhieu nhat|khong (?:duoc )?(?:vuot )?qua"),
        ("khai mac", "be mac"),
    )
)
_NOT_PLACE = r"(?!(?i:đoàn|ủy|uỷ|hội|đội|đảng)\b)"
_NAMED_PLACE = re.compile(
    rf"\b(?i:({'|'.join(LEVEL_OF)}))\s+{_NOT_PLACE}((?:[{UPPER}][{LOWER}]*|\d{{1,2}})(?:\s[{UPPER}][{LOWER}]+){{0,3}})(?!\w)"
)
_BEGINS = re.compile(r"\btu (?:ngay|khi|thang|hom|luc) (?:nao|may)\b|\bbat dau\b|\bkhai mac\b")
_TIME = re.compile(
    r"\d\s?[/h:]\s?\d|\d\s?(?:giờ|h\b)|\b(?:ngày|tháng|quý|năm) \d|\b(?:hằng|hàng)\b", re.I
)
_ENDS = frozenset({"before", "by", "until", "within"})
# What is handed in, folded: a day on which something else is done is none of these.
_HANDED_IN = re.compile(
    r"\b(?:bao cao|b/c|gui|nop|nhan|trinh|chuyen|tong hop|so ket|tong ket|dang ky|ho so|"
    r"danh sach)\b"
)
_HANDED_IN_ASKED = re.compile(
    r"\b(?:bao cao|gui|nop|(?<!chuong )(?<!quy )(?<!lich )trinh)\b.*\b(?:nao|may|bao gio|bao lau)\b"
)
# «Hội … tỉnh» against «Hội cấp huyện», folded.
_OF_LEVEL = re.compile(
    r"\b(hoi|doan|lien doan|mat tran|uy ban|dang uy|hoi dong|cong doan)\b[^,;?.]{0,30}?"
    r"\b(?:cap )?(trung uong|tinh|huyen|xa|co so)\b"
)
_OF_CAP = re.compile(
    r"\b(hoi|doan|lien doan|mat tran|uy ban|dang uy|hoi dong|cong doan)\b(?: [a-z]+){0,3}? cap "
    r"(trung uong|tinh|huyen|xa|co so)\b"
)
# «Ngày hội đọc sách của xã» against «… của huyện», folded.
_HELD_BY = re.compile(r"\b([a-z]+ [a-z]+) (?:cua|cap) (trung uong|tinh|huyen|xa)\b")
# A kind of thing of which one is asked for, folded.
_WHICH_THING = re.compile(
    r"\b(mo hinh|cuoc (?:giam sat|kiem tra|thi|hop)|de an|du an|cong trinh|chuyen muc|hoi thi|"
    r"phan mem|ung dung|bai hat|truong (?:tieu hoc|trung hoc|mam non|thcs|thpt|dai hoc)) nao\b"
)


def apt(question: Question, draft: Draft) -> Draft:
    """``draft`` without the lines that speak of a sibling of what is asked."""
    if _is_undated(question, draft) or is_unlisted(question, draft):
        return Draft()
    kept = tuple(line for line in draft.lines if _is_apt(question, line))
    if len(kept) == len(draft.lines):
        return draft
    return replace(draft, lines=kept, differs=draft.differs and len(kept) > 1)


def _is_undated(question: Question, draft: Draft) -> bool:
    """Whether «ngày nào, ở đâu?» is answered by a place alone."""
    both = question.intent in (Intent.WHEN, Intent.DEADLINE) and question.asks(Intent.WHERE)
    return both and not any(_TIME.search(" ".join(_contexts(line))) for line in draft.lines)


def _is_apt(question: Question, line: Line) -> bool:
    contexts = _contexts(line)
    document = line.evidence[0].document
    asked, own = question.text, contexts[0]
    bare = [fold(words).lower() for words in contexts]
    folded, is_vietnamese = fold(asked).lower(), question.language == "vi"
    if not is_vietnamese:
        folded = f"{question.typed.lower()}\n{folded}"
    return not (
        _is_other_number(folded, contexts, document)
        or _is_excluded(folded, contexts)
        or (is_vietnamese and _is_elsewhere(asked, contexts, document))
        or lacks_form(question, folded, line, contexts)
        or _is_another_end(folded, own, question)
        or (
            not asks_issue_date(folded, question.typed)
            and _is_of_another_document(question, contexts, document)
        )
        or (is_vietnamese and _is_of_another_level(folded, own))
        or (question.intent is Intent.DEADLINE and _is_not_handed_in(folded, contexts))
        or is_beyond_plans(folded.partition("\n")[0], bare[0])
        or is_of_another_prize(folded, bare[0], bare[1])
        or is_unpriced(folded, bare[0])
        or (is_vietnamese and is_of_another_stage(question, folded, bare))
        or (is_vietnamese and _is_no_such_thing(folded, bare))
        or (is_vietnamese and _is_of_another_holder(folded, bare[0]))
        or (is_vietnamese and is_of_another_body(question, line, contexts))
        or (
            is_vietnamese
            and not question.across
            and is_under_another_label(asked, line.evidence, contexts)
        )
    )


def _contexts(line: Line) -> tuple[str, ...]:
    """The words of a line, from what it says itself to the headings that it stands under."""
    own = "\n".join([line.text, *(s.document.text[s.start : s.end] for s in line.evidence)])
    return own, *_above(line.evidence[0])


def _above(span: Span) -> Iterator[str]:
    """The rest of the line that ``span`` stands in, then its headings, the nearest first."""
    document = span.document
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    yield document.text[start : end if end >= 0 else len(document.text)]
    for section in reversed(document.ancestry(document.section_at(span.start))):
        stop = document.text.find("\n", section.start, section.end)
        yield document.text[section.start : section.end if stop < 0 else stop]


def _is_other_number(folded: str, contexts: Sequence[str], document: SourceDocument) -> bool:
    """Whether of a thing that comes in numbers another one is spoken of: «quý III» for «quý IV»."""
    head = document.header.title
    title = numbered(fold(head.value).lower()) if head else []
    asked: dict[str, set[int]] = {}
    for noun, label in numbered(folded):
        asked.setdefault(noun, set()).add(label)
    for noun, labels in asked.items():
        if labels & {label for kind, label in title if kind == noun}:
            continue  # of the whole document
        near = [{x for kind, x in numbered(fold(w).lower()) if kind == noun} for w in contexts]
        nearest = next(filter(None, near), None)
        if nearest is None and noun in _ALWAYS_SAID:  # then of the document, where that has one
            nearest = {x for kind, x in numbered(fold(document.text).lower()) if kind == noun}
        if nearest is not None and not labels & nearest:
            return True
    return False


def _is_excluded(folded: str, contexts: Sequence[str]) -> bool:
    """Whether a word that excludes one of the question stands in its place: «giải Nhất»."""
    for row in _EXCLUSIVE:
        asked = [i for i, words in enumerate(row) if words.search(folded)]
        if len(asked) != 1:
            continue
        for words in contexts:
            found = [i for i, each in enumerate(row) if each.search(fold(words).lower())]
            if found:
                if asked[0] not in found:
                    return True
                break
    return False


def _is_elsewhere(asked: str, contexts: Sequence[str], document: SourceDocument) -> bool:
    """Whether a place is asked about that the document has not, or the words name another."""
    for level, name in _places(asked):
        if not _holds(document.text, name) and _names_some(level, document.text):
            return True
        for words in contexts:
            there = {n for kind, n in _places(words) if kind == level}
            if there:
                if name not in there and not _is_of_document(level, name, document):
                    return True
                break
    return False


def _places(text: str) -> list[tuple[str, str]]:
    found = (m for m in _NAMED_PLACE.finditer(text) if not _is_person(m[2]))
    return [(LEVEL_OF[m[1].lower()], m[2].lower()) for m in found]


def _names_some(level: str, text: str) -> bool:
    """Whether ``text`` names a place of that level, in capitals too: «HUYỆN NẬM TRÀ»."""
    named = re.finditer(
        rf"\b(?i:{LEVELS[level]})\s+{_NOT_PLACE}([{UPPER}]\w*(?:\s[{UPPER}]\w*)*)", text
    )
    return any(not _is_person(match[1]) for match in named)


def _is_person(name: str) -> bool:
    """Whether a name after «huyện», «tỉnh» is that of its chairman: «… huyện Lê Văn Tám»."""
    return len(name.split()) > 2 and NAME_OF_PERSON.match(name) is not None


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I) is not None


def _is_of_document(level: str, name: str, document: SourceDocument) -> bool:
    """Whether the place is the document's own: all that it says is of there."""
    head = document.header
    fields = (head.issuer, head.place, head.title)
    return any(f is not None and _holds(f.value, name) for f in fields)


def _is_of_another_level(folded: str, own: str) -> bool:
    """Whether a body of one level is asked about, and one of another is named: «Hội cấp xã»."""
    asked = {(m[1], m[2]) for m in _OF_LEVEL.finditer(folded)}
    said = {(m[1], m[2]) for m in _OF_CAP.finditer(fold(own).lower())}
    nouns = {noun for noun, _ in asked} & {noun for noun, _ in said}
    return any(
        {level for kind, level in asked if kind == noun}.isdisjoint(
            level for kind, level in said if kind == noun
        )
        for noun in nouns
    )


def _is_of_another_holder(folded: str, own: str) -> bool:
    """Whether what one level holds is asked about, and that of another is told: «… của xã»."""
    asked = {(m[1], m[2]) for m in _HELD_BY.finditer(folded)}
    said = {(m[1], m[2]) for m in _HELD_BY.finditer(own)}
    things = {thing for thing, _ in asked} & {thing for thing, _ in said}
    return bool(things) and not asked & said


def _is_no_such_thing(folded: str, contexts: Sequence[str]) -> bool:
    """Whether it is asked which of a kind of thing, and none is spoken of: «mô hình nào»."""
    found = _WHICH_THING.search(folded)
    return found is not None and not any(found[1] in words for words in contexts)


def _is_not_handed_in(folded: str, contexts: Sequence[str]) -> bool:
    """Whether it is asked by when something is handed in, and nothing of the kind is said."""
    if not _HANDED_IN_ASKED.search(folded):
        return False
    return not any(_HANDED_IN.search(fold(words).lower()) for words in contexts)


def _is_another_end(folded: str, own: str, question: Question) -> bool:
    """Whether it is asked when something begins, and only its end is given."""
    if question.intent is not Intent.WHEN or not _BEGINS.search(folded):
        return False
    cues = {mention.cue for mention in find_dates(own)}
    return bool(cues) and cues <= _ENDS


def _is_of_another_document(
    question: Question, contexts: Sequence[str], document: SourceDocument
) -> bool:
    """Whether a document is named that this one only cites, and that the words do not speak of."""
    named = [r for r in question.references if re.search(r"[A-Z]", r.number)]
    if not named or any(refers_to(r, document) for r in named):
        return False
    number = document.header.number
    if number is None:
        return False
    digits = re.match(r"0*(\d+)", number.value)
    if digits and any(re.match(rf"0*{digits[1]}(?!\d)", r.number) for r in named):
        return False  # its sign was misread, or is typed otherwise
    said = numbers_in("\n".join(contexts))
    return not any(number_key(r.number) in said for r in named)
