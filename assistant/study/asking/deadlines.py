"""Facts of when: the deadline of a duty, asked outright or as a gap in the document's sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.cite import cite
from assistant.register.schedule import describe
from assistant.study.asking.duties import lower_office
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.asking.gaps import GAP, gapped, sentence_around
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import content
from assistant.study.tasks import is_office
from assistant.study.wording import (
    clause,
    is_task,
    lower_first,
    stands_alone,
    tidy,
    upper_first,
    without_brackets,
    without_end,
)
from ingest.records import Doubt, Obligation

DEADLINE = "Thời hạn"  # the topic of these facts
_ACTION_WORDS = 34
_CLEAR = 7  # words: a duty said so fully needs no name
_UNSURE = frozenset((Doubt.UNREAD, Doubt.CONTRADICTED, Doubt.FAR_YEAR))
_EVER = frozenset(("YEARLY", "QUARTERLY", "MONTHLY", "WEEKLY", "DAILY"))  # no more than how often
_CUE = re.compile(
    r"(?:(?:xong |hoàn thành )?(?:chậm nhất|muộn nhất|trước|sau|trong|vào|từ|đến hết|đến|kể từ|"
    r"hoàn thành|ngày|là|khoảng|ngay)\s+)+",
    re.I,
)
_EMPTY = re.compile(  # says that something is done, not what
    r"(?:hoàn thành|hoàn tất|thực hiện|tổ chức|triển khai)"
    r"(?: (?:hoàn thành|thực hiện|toàn bộ|xong|nghiêm túc|triển khai))*$",
    re.I,
)
_SPAN = re.compile(r"(?:bắt đầu\s+)?(?:kể\s+)?từ(?!\w)", re.I)
_REPLACED = re.compile(r"(?<!\w)thay (?:cho|vì|thế|đổi)(?!\w)", re.I)  # a date that no longer holds
_MUST = re.compile(r"^(?:phải|cần|sẽ|có trách nhiệm)\s+", re.I)
_LIMIT = re.compile(r"trước|chậm nhất|muộn nhất|đến|xong|hoàn thành|không quá|trong vòng|hạn", re.I)


def deadline_facts(source: Source) -> Iterator[Fact]:
    """A fact for each dated duty that can be asked for without ambiguity."""
    for duty in source.duties:
        if not duty.deadline or duty.deadline_start < 0 or _UNSURE & set(duty.doubts):
            continue
        if not describe(duty.deadline, "vi") or _is_said_twice(source, duty):
            continue
        yield from _asked(source, duty)


def _is_said_twice(source: Source, duty: Obligation) -> bool:
    """Whether another duty in the same words has another date, so that the question has two."""
    return any(other.deadline != duty.deadline for other in _like(source, duty, 0.8))


def _like(source: Source, duty: Obligation, share: float) -> Iterator[Obligation]:
    """The other duties that hold that part of the words of who is to do what."""
    said = content(f"{duty.actor} {duty.action}")
    for number, count in source.actions.shared(said).items():
        other = source.duties[number]
        if other.id != duty.id and count >= share * len(said):
            yield other


def when_of(duty: Obligation) -> str:
    """The deadline as an answer: as written, on one line."""
    return " ".join(duty.deadline_text.split()).strip(" ,;.")


def _asked(source: Source, duty: Obligation) -> Iterator[Fact]:
    action = without_end(without_brackets(tidy(duty.action)))
    action = "" if "…" in action else clause(_MUST.sub("", action), _ACTION_WORDS)
    fits = (
        4 <= len(action.split()) <= _ACTION_WORDS
        and stands_alone(action)
        and is_task(action)
        and ":" not in action
    )
    when = when_of(duty)
    citation = cite(source.document, duty.start, duty.end)
    key = f"deadline {source.document.id} {duty.deadline_start}"
    named = not duty.implied and len(duty.actor.split()) <= 16 and is_office(duty.actor)
    clear = len(action.split()) >= _CLEAR and not _is_done_by_others(source, duty)
    if fits and not _EMPTY.match(action) and (named or clear):
        what = lower_first(action)
        who = f"{lower_office(duty.actor)} " if named and not _is_in(duty.actor, action) else ""
        if clear:
            who = ""
        limit = _LIMIT.search(when) and not _SPAN.match(when)
        term = "thời hạn" if limit else "thời gian"
        said = f"{term} {'để ' + who if who else ''}{what}"
        yield Fact(
            source=source,
            topic=DEADLINE,
            question=f"Theo {source.said}, {said} là khi nào?",
            answer=upper_first(when),
            citations=(citation,),
            key=key,
            weight=1.1 if duty.deadline not in _EVER else 0.4,
            asked=Asked.DATE,
            choice=upper_first(when),
            value=duty.deadline,
            subject=f"{duty.actor if who else ''} {action}",
            statement="" if duty.deadline in _EVER else f"Theo {source.said}, {said} là: {SLOT}.",
        )
        return
    yield from _gap(source, duty, when, key)


def _is_done_by_others(source: Source, duty: Obligation) -> bool:
    """Whether others have much the same to do, so that the question must say who is meant."""
    return any(True for _ in _like(source, duty, 0.6))


def _is_in(actor: str, action: str) -> bool:
    return actor.lower() in action.lower()


def _gap(source: Source, duty: Obligation, when: str, key: str) -> Iterator[Fact]:
    """The document's sentence, or as much of it as says the duty, with the date left out."""
    if duty.deadline == "DAILY":
        return  # «công việc hằng ngày»: a word of its sentence, no time to be asked for
    at = duty.deadline_start
    end = at + len(duty.deadline_text)
    whole = sentence_around(source, at, end)
    if whole is None or whole[0] > duty.start:
        return
    span = whole
    said = gapped(source, whole, at, end)
    if not said and duty.end == end:
        span = (duty.start, duty.end)
        said = gapped(source, span, at, end)
        if said[:1].islower():
            return  # the words before say who or what
    same = [d for d in source.dates if span[0] <= d.start < span[1] and d.value == duty.deadline]
    if not said or len(same) > 1 or _REPLACED.search(said):
        return
    yield Fact(
        source=source,
        topic=DEADLINE,
        question=(
            f"Điền thời gian vào chỗ trống (theo {source.said}): “{said.replace(SLOT, GAP)}”."
        ),
        answer=upper_first(when),
        citations=(cite(source.document, *span),),
        key=key,
        weight=0.85,
        asked=Asked.DATE,
        choice=when,
        value=duty.deadline,
        subject=said.replace(SLOT, " "),
        statement=f"{upper_first(source.said)} nêu: “{said}”.",
    )
