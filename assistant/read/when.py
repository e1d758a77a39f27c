"""Answers to «khi nào», «hạn nào»: the date of the duty or event asked about. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit, is_precise
from assistant.question_terms import agreement
from assistant.read.above import time_above
from assistant.read.beside import closest_to_rest
from assistant.read.fields import field_of_best
from assistant.read.hours import (
    asks_hour,
    begins_with_hour,
    clock_times,
    folded_in_both,
    gives_hour,
    is_hour_asked,
    says_clock_time,
    says_hour,
)
from assistant.read.lines import clean, clip, distinct, quoted, window
from assistant.read.periods import asks_as_of
from assistant.read.thresholds import SURE_COVERAGE, is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import completed_line, is_time_field
from ingest.actors import DUTY_ANY_CASE, body_at
from ingest.dates import DateMention
from ingest.vietnamese import fold

_PERIOD_SHARE = 0.5  # of the least coverage, for the period that a document gives itself
_ANNOUNCED_COVERAGE = 0.4  # of an item whose lead-in gives its time
_PLAIN_SPECIFIC, _PLAIN_COVERAGE = 0.75, 0.7  # of a sentence that plainly is about what is asked
# An undated sentence that fits better by this much is the one asked about.
_UNDATED_MARGIN = {Intent.DEADLINE: 0.2, Intent.WHEN: 0.4}
_DAY_VALUE = re.compile(r"-\d\d-\d\d")
_HELD = r"\b(?:to chuc|hop|dien ra|khai mac|duoc to chuc|lam viec|tien hanh)(?: (?:vao|luc|tu))?"
_EVENT_ASKED = re.compile(
    r"\b(?P<event>hoi nghi|cuoc hop|phien hop|ky hop|dai hoi|hoi thao|toa dam|hoi thi)\b"
    rf".*{_HELD}\W+(?:vao )?(?:ngay|hom|bua|khi|luc) nao\b"
)
_OF_THIS = re.compile(
    r"\b(?:ket luan|thong bao|nghi quyet|van ban|ke hoach|bao cao|tai lieu) (?:nay|tren|noi tren)\b"
    r"|\bin this (?:conclusion|notice|document|resolution|report|plan)\b"
)
# «35 tuổi tính đến ngày 31/12», «số liệu chốt đến ngày 14/12»: a day that something is told as of.
_AS_OF = re.compile(r"(?<!\w)(?:tính|chốt|lũy kế) $", re.I)
_HANDS_IN = re.compile(r"\b(?:bao cao|gui|nop|trinh)\b")  # folded
_ASKS_SPAN = re.compile(  # «lúc mấy giờ» asks for none
    r"\bbao lau\b|\b(?:may|bao nhieu) (?:phut|ngay|tuan|thang|nam|buoi)\b|\bbao nhieu gio\b"
    r"|\b(?:trong|keo dai|vong|suot) may gio\b"
)
_SPAN_OF_TIME = re.compile(r"\d\s?(?:phút|giờ|ngày|tuần|tháng|năm|buổi)(?! \d)(?!\w)", re.I)
_TIME_WORDS = re.compile(
    r"\b(?:khi|trước khi|sau khi|đầu|cuối|giữa|trong|hằng|hàng|mỗi|ngay|thường xuyên|định kỳ|"
    r"đột xuất|kể từ|giờ|thứ|sáng|chiều|tối)\b",
    re.I,
)


def read_when(question: Question, evidence: Evidence) -> Draft:
    """The date of the duty or event asked about; none where the best account of it has no date."""
    if not is_known(question, evidence):
        return Draft()
    announced = _announced(question, evidence)
    if announced is not None:
        return Draft((announced,))
    fits = _time_fit(question)
    dated = sorted(
        ((u.score + fits(u), u) for u in evidence.units if _times(u, question)),
        key=lambda pair: -pair[0],
    )
    if not dated or dated[0][1].coverage < _floor(question, dated[0][1]):
        return _untimed(question, evidence)
    best = dated[0][1]
    if _OF_THIS.search(folded_in_both(question)):  # of the document's own meeting, none else's
        best = next((u for _, u in dated if _held_at(u, question)), best)
    if asks_hour(question) and _is_given_by_day(best, evidence):
        return Draft()
    others = [u for _, u in dated if _is_as_exact(u, best, question)]
    closest = closest_to_rest(best.source, [u.source for u in others], evidence)
    if closest is not None:
        return Draft((_when_line(others[closest], question),))
    completed = _completed_by(u for _, u in dated)
    undated = [u for u in evidence.units if not u.dates and not u.is_field]
    rival = max(
        (u.specific for u in undated if (u.document.id, u.start) not in completed), default=0.0
    )
    if held := _held_at(best, question):
        return Draft((_when_line(best, question, held),))
    if rival > best.specific + _UNDATED_MARGIN[question.intent]:
        return _untimed(question, evidence)
    lines = [_when_line(best, question)]
    for score, other in dated[1:4]:
        near = other.document.id == best.document.id and abs(other.start - best.start) < 400
        share = 0.8 if _same_line(best, other) else 0.93
        if near and score >= share * dated[0][0]:
            lines.append(_when_line(other, question))
    return Draft(distinct(lines))


def _floor(question: Question, best: Unit) -> float:
    """The least coverage; less for the period that a document gives itself («Thời gian: từ …»)."""
    floor = min_coverage(question)
    own = wants_period(question) and best.is_field and "range" in {d.cue for d in best.dates}
    return _PERIOD_SHARE * floor if own else floor


def _untimed(question: Question, evidence: Evidence) -> Draft:
    """«Khi nào?» answered by an event or a habit («đầu mỗi năm học») rather than by a date.

    «Bao lâu?» is answered by a span of time («08 tuần») that is no term of a duty.
    """
    if _ASKS_SPAN.search(fold(question.text).lower()):
        spans = [u for u in evidence.units if _SPAN_OF_TIME.search(u.text)]
        if spans and spans[0].coverage >= min_coverage(question):
            return Draft((quoted(spans[0]),))
    if asks_hour(question):
        hours = [u for u in evidence.units if gives_hour(u, question)]
        best_hour = max(hours, key=lambda u: u.score, default=None)
        if best_hour is not None and best_hour.coverage >= SURE_COVERAGE:
            return Draft((quoted(best_hour),))  # «từ 6 giờ đến 9 giờ»: on no day
    if question.intent is Intent.DEADLINE:
        return _without_limit(evidence)  # «thường xuyên», «theo kế hoạch» are none
    found = field_of_best(question, evidence, is_time_field)
    if not found.abstains:
        return found
    asked = fold(question.text).lower()
    if not re.search(r"\b(?:khi|luc) nao\b|\bbao gio\b|\bmay gio\b|\bthu may\b", asked):
        return Draft()
    best = max(evidence.units, key=lambda u: u.score, default=None)
    if best is None or best.coverage < SURE_COVERAGE or not _TIME_WORDS.search(best.text):
        return Draft()
    return Draft((quoted(best),))


def _without_limit(evidence: Evidence) -> Draft:
    """The duty asked about, where the sentence that plainly is the one gives no deadline."""
    best = max(evidence.units, key=lambda u: u.score, default=None)
    if best is None or best.dates or best.text.endswith((":", "?")):
        return Draft()
    if time_above(best.document, best.start) is not None:
        return Draft()  # not said to be its time, and yet there may be one
    is_plain = best.specific >= _PLAIN_SPECIFIC and best.coverage >= _PLAIN_COVERAGE
    if not is_plain or not (DUTY_ANY_CASE.search(best.text) or body_at(best.text, 0)):
        return Draft()
    return Draft((quoted(best),), note="no_deadline")


def _is_given_by_day(best: Unit, evidence: Evidence) -> bool:
    """Whether a sentence about what is asked gives its day and no hour: then the hours of ``best``,
    which says nothing of the question that this one does not, are of something else."""
    dayed = (
        u
        for u in evidence.units
        if any(_DAY_VALUE.search(d.value) for d in u.dates) and not says_hour(u.text)
    )
    day = max(dayed, key=lambda u: u.score, default=None)
    if day is None or day.score <= best.score or day.specific <= best.specific:
        return False
    more = evidence.terms.weights
    says_more = any(
        agreement(term, best.source.said) > agreement(term, day.source.said) for term in more
    )
    return not says_more and not _same_line(day, best)


def _is_as_exact(unit: Unit, best: Unit, question: Question) -> bool:
    """Whether ``unit`` gives a day where ``best`` does: a quarter is of something else."""
    days = [any(_DAY_VALUE.search(d.value) for d in _times(u, question)) for u in (unit, best)]
    return days[0] or not days[1]


def _same_line(a: Unit, b: Unit) -> bool:
    first, last = sorted((a.start, b.start))
    return a.document.id == b.document.id and "\n" not in a.document.text[first:last]


def _completed_by(units: Iterable[Unit]) -> set[tuple[str, int]]:
    """(document, start) of every unit in a line that one of the field lines ``units`` completes."""
    found = set()
    for unit in units:
        if unit.is_field and (line := completed_line(unit.document, unit.start)):
            found |= {(unit.document.id, at) for at in range(line[0], line[1])}
    return found


def _times(unit: Unit, question: Question) -> list[DateMention]:
    """The unit's dates precise enough for the question: a bare year answers «năm nào» alone."""
    wants_year = re.search(r"\bnam (?:nao|may)\b|\bgiai doan nao\b", fold(question.text).lower())
    asked = {d.value for d in question.dates}
    if wants_year:
        return [
            d for d in unit.dates if re.search(r"(?:19|20)\d\d", d.value) and d.value not in asked
        ]
    if _is_bare_date(unit) or _is_basis(unit):
        return []  # a web page's own date, or a cited document's: neither is the time of anything
    found = [d for d in unit.dates if is_precise(d.value) and d.value not in asked]
    wanted = asks_as_of(question)
    found = [d for d in found if wanted == _is_as_of(unit, d)]
    if question.intent is Intent.DEADLINE:
        found = [d for d in found if not d.value.startswith(("WEEKLY", "DAILY"))]
    if asks_hour(question):
        of_clock = [d for d in found if says_clock_time(d.text)] or [
            d for d in clock_times(unit) if is_hour_asked(d, question)
        ]
        found = of_clock or [d for d in found if says_hour(d.text)]
    return found


def _announced(question: Question, evidence: Evidence) -> Line | None:
    """The best sentence, where it has no time and what it stands under gives one."""
    best = max(evidence.units, key=lambda u: u.score, default=None)
    if best is None or best.text.endswith((":", "?")) or asks_hour(question):
        return None
    if best.source.dates or best.coverage < max(min_coverage(question), _ANNOUNCED_COVERAGE):
        return None
    if wants_period(question) or _ASKS_SPAN.search(fold(question.text).lower()):
        return None
    own = next(iter(clock_times(best)), None) if begins_with_hour(best.text) else None
    above = time_above(best.document, best.start)
    if above is None:
        return None
    # A month or quarter above answers where a time is asked, not a limit.
    if not (above.is_limit or above.is_day or own or question.intent is Intent.WHEN):
        return None
    text = f"{above.text}, {own.text}" if own else above.text
    span = window(best, best.start, best.start)
    spans = (span,) if span.start <= above.span.end <= span.end else (above.span, span)
    return Line(text[:1].upper() + text[1:], spans)


def _is_as_of(unit: Unit, date: DateMention) -> bool:
    return _AS_OF.search(unit.text[: date.start - unit.start]) is not None


def _is_basis(unit: Unit) -> bool:
    return any(b.start <= unit.start < b.end for b in unit.document.header.bases)


def _is_bare_date(unit: Unit) -> bool:
    text = unit.text
    for date in unit.source.dates:
        text = text.replace(date.text, " ")
    text = re.sub(
        r"\b(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|gmt|ngay)\b", " ", fold(text).lower()
    )
    return not any(c.isalpha() for c in text)


def wants_period(question: Question) -> bool:
    """Whether it is asked from when to when something lasts."""
    return bool(
        re.search(
            r"\btu (?:khi|ngay|thang|nam)?\s?nao\b.*\b(?:den|toi)\b|"
            r"\btrong (?:khoang )?thoi gian nao\b|\bkhoang thoi gian\b|\bgiai doan\b",
            fold(question.text).lower(),
        )
    )


def asks_day_of_event(question: Question) -> bool:
    """«Hội nghị họp ngày nào?»: the day of a meeting or the like is asked, and no other time."""
    return question.intent is Intent.WHEN and _event_asked(question) is not None


def _event_asked(question: Question) -> re.Match[str] | None:
    return _EVENT_ASKED.search(folded_in_both(question))


def _held_at(unit: Unit, question: Question) -> list[DateMention]:
    """The day that ``unit`` gives of the meeting asked about: «Hội nghị … tổ chức ngày …»."""
    asked = _event_asked(question) if question.intent is Intent.WHEN else None
    if asked is None:
        return []
    said = fold(unit.text).lower()
    event = rf"\b{asked['event']}\b"
    return [
        d
        for d in _times(unit, question)
        if _DAY_VALUE.search(d.value)
        and re.search(rf"{event}[^.;:]*{_HELD}\W*$|{event}\W*$", said[: d.start - unit.start])
    ][:1]


def _time_fit(question: Question) -> Callable[[Unit], float]:
    """How well a unit's dates are of the kind asked for: a limit, a period, a field «Thời gian»."""
    wants_limit = question.asks(Intent.DEADLINE)
    period = wants_period(question)
    asks_day = asks_day_of_event(question)
    hands_in = wants_limit and _HANDS_IN.search(fold(question.text).lower())

    def fit(unit: Unit) -> float:
        cues = {d.cue for d in _times(unit, question)}
        bonus = 0.2 if unit.is_field or _is_under_time(unit) else 0.0
        limits = bool(cues & {"before", "by", "until", "within"})
        if limits:
            bonus += 0.08 if wants_limit else -0.08
        if hands_in and _HANDS_IN.search(fold(unit.text).lower()):
            bonus += 0.2
        if asks_day:
            held = _held_at(unit, question)
            is_day = any(_DAY_VALUE.search(d.value) for d in _times(unit, question))
            bonus += 0.4 if held else 0.0 if is_day and not limits else -0.25
        if period:
            bonus += 0.3 if cues & {"range", "from"} else -0.1
        return bonus

    return fit


def _is_under_time(unit: Unit) -> bool:
    """Whether the unit stands right under a heading of time: «3. Thời gian thực hiện»."""
    index = unit.document.section_at(unit.start)
    return index >= 0 and is_time_field(unit.document.sections[index].heading)


def _when_line(unit: Unit, question: Question, dates: Sequence[DateMention] = ()) -> Line:
    """The times of ``unit``, or ``dates`` of them, with its words."""
    dates = dates or _times(unit, question)
    text = "; ".join(dict.fromkeys(clean(d.text) for d in dates[:4]))
    span = window(unit, dates[0].start, dates[-1].end)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *clip(unit.document, above)), span)
    elif not any(d.value for d in dates) and not unit.dates:  # hours, of a day that stands above
        day = time_above(unit.document, unit.start)
        if day is not None and day.is_day:
            text, evidence = f"{text} ({day.text})", (span, day.span)
    return Line(text[:1].upper() + text[1:], evidence)
