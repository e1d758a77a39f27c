"""Text → the dates in it. Pure."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.dates import context, following, points, ranges, recurrences, terms
from ingest.dates.forms import TOKEN, Form, Hit
from ingest.dates.records import DateMention, Found
from ingest.dates.stretches import Stretch, stretches
from ingest.dates.unread import unread_spans

#: Most specific first.
_FORMS: tuple[Form, ...] = (
    *terms.FORMS,
    *recurrences.FORMS,
    *ranges.FORMS,
    *points.LISTS,
    *recurrences.BARE,
    *points.SINGLE,
)
_REACH = 80  # characters that a cue, an hour and a weekday may take before the figures


def find_dates(text: str, issued: datetime.date | None = None) -> list[DateMention]:
    """All dates of NFC ``text`` in order, without overlap. ``issued`` completes missing years.

    >>> [m.value for m in find_dates("Báo cáo trước ngày 20/4/2023; rồi tháng 11 hằng năm")]
    ['2023-04-20', 'YEARLY-11']
    """
    mentions: list[DateMention] = []
    for stretch in stretches(text):
        mentions.extend(_read(text, stretch, issued))
    for index, mention in enumerate(mentions):
        if mention.value.endswith("/END"):
            limit = mentions[index + 1].start if index + 1 < len(mentions) else len(text)
            end = context.end_of_event(text, mention.end, limit)
            mentions[index] = replace(mention, end=end, text=text[mention.start : end])
    return mentions


def _read(text: str, stretch: Stretch, issued: datetime.date | None) -> list[DateMention]:
    words, offset = stretch.words, stretch.offset
    taken = bytearray(len(words))
    for start, end, _ in unread_spans(words, stretch.start, stretch.end):
        taken[start:end] = b"\1" * (end - start)
    mentions: list[DateMention] = []
    for form, match in _matches(stretch):
        if taken.find(1, match.start(), match.end()) >= 0:
            continue
        floor = max(stretch.start, match.start() - _REACH)
        floor = max(floor, taken.rfind(1, floor, match.start()) + 1)
        before = form.before
        hit = Hit(match, before.search(words, floor, match.start()) if before else None)
        found = form.read(hit, issued)
        if found is None or not context.stands_alone(words, found.start, found.end):
            continue
        if context.is_of_another_age(words, found) or context.is_torn(words, found):
            continue
        found = following.of_year(words, following.opened(words, found, stretch.end), issued)
        if found is None:
            continue
        start, end = _trim(words, found.start, found.end)
        if start >= end:
            continue
        taken[start:end] = b"\1" * (end - start)
        if not found.value:
            continue
        mention = _mention(text, start + offset, end + offset, found)
        if not context.is_bare_fraction(words, start, end, found, mention.named_day):
            mentions.append(mention)
    return sorted(mentions, key=lambda mention: mention.start)


def _matches(stretch: Stretch) -> Iterator[tuple[Form, re.Match[str]]]:
    """The cores of all forms in the stretch, form by form."""
    words, start, end = stretch.words, stretch.start, stretch.end
    tokens = _NEEDED.intersection(TOKEN.findall(words, start, end))
    for form in _forms_for(tokens):
        for match in form.core.finditer(words, start, end):
            yield form, match


_NEEDED: frozenset[str] = frozenset().union(*(form.needs or () for form in _FORMS))


@functools.lru_cache(maxsize=4096)
def _forms_for(tokens: frozenset[str]) -> tuple[Form, ...]:
    """The forms that can stand among words of which these are all that any form needs."""
    return tuple(form for form in _FORMS if form.needs is None or form.needs & tokens)


def _trim(words: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without the blanks and half-open brackets at the edges."""
    spoken = words[start:end]
    start += len(spoken) - len(spoken.lstrip(" "))
    end -= len(spoken) - len(spoken.rstrip(" .,:("))
    half_open = words.count("(", start, end) > words.count(")", start, end)
    return start, end + (half_open and words[end : end + 1] == ")")


def _mention(text: str, start: int, end: int, found: Found) -> DateMention:
    found = context.of_period(text, start, found)
    return DateMention(
        start,
        end,
        text[start:end],
        found.value,
        found.cue,
        found.certain,
        reference=context.is_reference(text, start, end, found),
        named_day=context.is_named_day(text, start, found),
    )
