"""Duties that a sentence states: its dates, what is to be done by each, and who does it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.actors import DUTY_ANY_CASE
from ingest.dates import find_dates
from ingest.deadlines.duty import Duty, Group, Source, Span
from ingest.deadlines.mentions import Place, is_deadline
from ingest.deadlines.who import actor_of, report_to
from ingest.markers import marker_of
from ingest.records import Role

_CONNECTOR = re.compile(r"[\s,;:.()*_\-–]*(?:(?:và|đồng thời|sau đó|rồi|tiếp đó)\s+)?", re.I)
_LEADING_WORDS = 4  # before a date that opens its clause: «Định kỳ», «Riêng», «Hạn nộp:»


def clause_duties(source: Source, start: int, end: int, groups: Sequence[Group]) -> Iterator[Duty]:
    """The duties of the sentence or item ``[start, end)`` that holds the dates ``groups``."""
    text = source.text
    begin = _content_start(text, start, end)
    in_aims = source.in_aims(begin)
    preamble = source.role_at(begin) is Role.PREAMBLE
    kept: list[Group] = []
    for index, group in enumerate(groups):
        left = kept[-1].end if kept else begin
        right = groups[index + 1].start if index + 1 < len(groups) else end
        place = Place(
            text[left : group.start],
            text[group.end : right],
            in_aims=in_aims,
            line=text[source.line(begin)[0] : group.start],
            is_official=source.is_official,
        )
        if _binds(source, group, place):
            if kept and _is_period_of(text, kept[-1], group):
                kept.pop()
            kept.append(group)
    announced = _announced(source, start, end) if len(kept) == 1 else []
    for item in announced:
        actor, implied = actor_of(source, *item, item)
        action = action_of(text, item, None, actor)
        yield Duty(begin, item[1], action, actor, implied, kept[0], report_to(text, *item))
    for segment, group in _segments(text, begin, end, [] if announced else kept):
        if preamble and not _is_strong(group):
            continue
        actor, implied = actor_of(source, *segment, (start, end))
        yield Duty(
            start=_quote_start(segment, actor, begin),
            end=segment[1],
            action=action_of(text, segment, group, actor),
            actor=actor,
            implied=implied,
            group=group,
            report_to=report_to(text, *segment),
        )


def _announced(source: Source, start: int, end: int) -> list[Span]:
    """The items of the list that a lead-in dates: «Việc phải xong trước ngày 18/8:» and below."""
    text, document = source.text, source.document
    if not text[start:end].rstrip().endswith(":") or source.line(start)[1] - end > 1:
        return []
    parent = document.section_at(start)
    items = []
    for section in document.sections[parent + 1 :] if parent >= 0 else ():
        if section.start >= document.sections[parent].end:
            break
        if section.parent == parent and section.start >= end:
            first, last = section.start, source.line(section.start)[1]
            items.append((_content_start(text, first, last), _trimmed_end(text, first, last)))
    dated = [span for span in items if find_dates(text[span[0] : span[1]])]
    return [] if dated else items


def _content_start(text: str, start: int, end: int) -> int:
    marker = marker_of(text[start:end])
    return start + marker[2] if marker else start


def _binds(source: Source, group: Group, place: Place) -> bool:
    if not group.mentions:
        return DUTY_ANY_CASE.search(f"{place.before} {place.after}") is not None
    return any(is_deadline(mention, place, source.issued) for mention in group.mentions)


def _is_period_of(text: str, period: Group, limit: Group) -> bool:
    """Whether ``period`` is what is handed in by ``limit``: «nộp kinh phí quý III trước 25/9»."""
    return (
        all(m.cue == "in" for m in period.mentions)
        and bool(period.mentions)
        and re.match(r"(?i:quý|tháng|năm|học kỳ)", text[period.start : period.end]) is not None
        and _is_strong(limit)
        and not re.search(r"[,;:.]", text[period.end : limit.start])
    )


def _is_strong(group: Group) -> bool:
    return any(m.cue in ("before", "by", "until", "within") for m in group.mentions)


def _segments(
    text: str, begin: int, end: int, groups: Sequence[Group]
) -> Iterator[tuple[Span, Group]]:
    """The part of the sentence that belongs to each date.

    A date that opens its part («Trước ngày 10/4, Sở …») has its duty after it, any other before.
    """
    at = begin
    for index, group in enumerate(groups):
        is_last = index + 1 == len(groups)
        left = _after_connector(text, at, group.start)
        opens = len(text[left : group.start].split()) <= _LEADING_WORDS and not (
            DUTY_ANY_CASE.search(text, left, group.start)
        )
        if opens and not is_last:
            right = groups[index + 1].start
            # The next date may close a duty of its own, begun before it.
            tail = _last_duty_start(text, group.end, right)
            right = tail if tail is not None else right
        else:
            right = end if is_last else group.end
        if opens and not DUTY_ANY_CASE.search(text, group.end, right):
            left = begin  # «…trước ngày 15/6 (6 tháng) và trước ngày 15/12 (năm)»: one duty, twice
        yield (left, _trimmed_end(text, left, right)), group
        at = right


def _last_duty_start(text: str, start: int, end: int) -> int | None:
    """Where the last coordinate clause before ``end`` begins, or None where there is one alone."""
    splits = [m.start() for m in re.finditer(r";\s|,\s+(?=đồng thời|và\s)", text[start:end])]
    return start + splits[-1] if splits else None


def _after_connector(text: str, at: int, end: int) -> int:
    match = _CONNECTOR.match(text, at, end)
    return match.end() if match else at


def _trimmed_end(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip(" ;,.\n*_"))


def _quote_start(segment: Span, actor: Span | None, begin: int) -> int:
    """The quote begins with the actor where that stands in the same sentence before the duty."""
    if actor is not None and begin <= actor[0] < segment[0]:
        return actor[0]
    return segment[0]


def action_of(
    text: str, segment: Span, group: Group | None, actor: Span | None
) -> tuple[Span, ...]:
    """The stretches of ``segment`` that are neither actor nor date."""
    cuts = [(group.start, group.end)] if group is not None else []
    if actor is not None and segment[0] <= actor[0] < segment[1]:
        cuts.append(actor)
    spans: list[Span] = []
    at = segment[0]
    for cut in sorted(cuts):
        spans.append((at, max(at, cut[0])))
        at = max(at, cut[1])
    spans.append((at, max(at, segment[1])))
    return tuple(s for s in spans if any(c.isalnum() for c in text[s[0] : s[1]]))
