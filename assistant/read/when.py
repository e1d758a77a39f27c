"""Answers to «khi nào», «hạn nào»: the date of the duty or event asked about. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit, is_precise
from assistant.read.fields import field_of_best
from assistant.read.lines import clean, clip, distinct, quoted, window
from assistant.read.thresholds import SURE_COVERAGE, is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import completed_line, is_time_field
from ingest.actors import DUTY_ANY_CASE, body_at
from ingest.dates import DateMention, find_dates
from ingest.vietnamese import fold

_SAME_DAY = re.compile(
    r"\b(?:cùng ngày|ngày này|hôm đó|ngày đó|ngày nêu trên|cùng thời gian|thời gian trên)\b", re.I
)
_OWN_DAY = re.compile(r"\d{1,2}/\d{1,2}|ngày \d")
_THESE = re.compile(
    r"\b(?:các|những) (?:nội dung|nhiệm vụ|mục|điểm|phần|việc|công việc|khoản)"
    r"(?: (?:[a-zđ]|\d{1,2})(?:(?:,| và) (?:[a-zđ]|\d{1,2}))+\b| [^.;]{0,20}\btrên\b)",
    re.I,
)
_REACH = 800  # characters before, in which what is pointed to stands
# An undated sentence that fits better by this much is the one asked about.
_PERIOD_SHARE = 0.5
_PLAIN_SPECIFIC, _PLAIN_COVERAGE = 0.75, 0.7  # of a sentence that plainly is about what is asked
_UNDATED_MARGIN = {Intent.DEADLINE: 0.2, Intent.WHEN: 0.4}
_ASKS_HOUR = re.compile(r"\bmay gio\b|\bgio nao\b|\bthu may\b")
_HOUR = re.compile(r"\d\s?(?:giờ|h\b|g\b)|\b(?:sáng|chiều|tối|trưa|thứ)\b", re.I)
_HANDS_IN = re.compile(r"\b(?:bao cao|gui|nop|trinh)\b")  # folded
_ASKS_SPAN = re.compile(r"\bbao lau\b|\b(?:may|bao nhieu) (?:phut|gio|ngay|tuan|thang|nam|buoi)\b")
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
    fits = _time_fit(question)
    dated = sorted(
        ((u.score + fits(u), u) for u in evidence.units if _times(u, question)),
        key=lambda pair: -pair[0],
    )
    if not dated or dated[0][1].coverage < _floor(question, dated[0][1]):
        return _untimed(question, evidence)
    best = dated[0][1]
    completed = _completed_by(u for _, u in dated)
    undated = [u for u in evidence.units if not u.dates and not u.is_field]
    rival = max(
        (u.specific for u in undated if (u.document.id, u.start) not in completed), default=0.0
    )
    if rival > best.specific + _UNDATED_MARGIN[question.intent]:
        return _untimed(question, evidence)
    lines = [_when_line(best, question)]
    for score, other in dated[1:4]:
        near = other.document.id == best.document.id and abs(other.start - best.start) < 400
        share = 0.8 if _same_line(best, other) else 0.93
        if near and score >= share * dated[0][0]:
            lines.append(_when_line(other, question))
    return Draft(distinct(lines))


def with_referents(draft: Draft, evidence: Evidence) -> Draft:
    """``draft`` with what its words only point to: the day of «cùng ngày», the item asked about of
    «các nội dung a, b, c»."""
    lines = []
    for line in draft.lines:
        own = line.evidence[-1]
        said = own.document.text[own.start : own.end]
        if _SAME_DAY.search(said) and (day := _day_before(own)):
            line = Line(f"{line.text.rstrip('.')} ({day[0]})", (day[1], *line.evidence))
        elif _THESE.search(said) and (item := _item_meant(own, evidence)):
            line = Line(line.text, (item, *line.evidence))
        lines.append(line)
    return replace(draft, lines=tuple(lines))


def _day_before(span: Span) -> tuple[str, Span] | None:
    """The last day that stands before ``span``, as written, and the line that gives it."""
    text = span.document.text
    begin = max(0, span.start - _REACH)
    days = [
        d
        for d in find_dates(text[begin : span.start])
        if re.search(r"\d-\d\d-\d\d", d.value) and not d.reference
    ]
    if not days or _OWN_DAY.search(text[span.start : span.end]):
        return None
    at = begin + days[-1].start
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[start:stop].strip(" -–+*•")
    start = text.index(line, start)
    day = re.search(r"ngày .*", days[-1].text)  # the hour is of something else
    shown = clean(day.group() if day else days[-1].text)
    return shown, Span(span.document, *clip(span.document, (start, start + len(line))))


def _item_meant(span: Span, evidence: Evidence) -> Span | None:
    """The item before ``span`` that best says what is asked about."""
    before = (
        u
        for u in evidence.units
        if u.document.id == span.document.id and span.start - _REACH < u.start < u.end <= span.start
    )
    best = next(before, None)
    if best is None:
        return None
    line = best.document.text.rfind("\n", 0, best.start) + 1
    label = best.document.text[line : best.start]  # «c)» is what «các nội dung a, b, c» names
    start = line if not label.strip(" ().-/0123456789abcdđefghik") else best.start
    span = window(best, best.start, best.start)
    return Span(best.document, start if span.start == best.start else span.start, span.end)


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
    if _ASKS_HOUR.search(fold(question.text).lower()):
        hours = [u for u in evidence.units if _HOUR.search(u.text)]
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
    is_plain = best.specific >= _PLAIN_SPECIFIC and best.coverage >= _PLAIN_COVERAGE
    if not is_plain or not (DUTY_ANY_CASE.search(best.text) or body_at(best.text, 0)):
        return Draft()
    return Draft((quoted(best),), note="no_deadline")


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
    if question.intent is Intent.DEADLINE:
        found = [d for d in found if not d.value.startswith(("WEEKLY", "DAILY"))]
    if _ASKS_HOUR.search(fold(question.text).lower()):
        found = [d for d in found if _HOUR.search(d.text)]
    return found


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


def _time_fit(question: Question) -> Callable[[Unit], float]:
    """How well a unit's dates are of the kind asked for: a limit, a period, a field «Thời gian»."""
    wants_limit = question.asks(Intent.DEADLINE)
    period = wants_period(question)
    hands_in = wants_limit and _HANDS_IN.search(fold(question.text).lower())

    def fit(unit: Unit) -> float:
        cues = {d.cue for d in _times(unit, question)}
        bonus = 0.2 if unit.is_field or _is_under_time(unit) else 0.0
        limits = bool(cues & {"before", "by", "until", "within"})
        if limits:
            bonus += 0.08 if wants_limit else -0.08
        if hands_in and _HANDS_IN.search(fold(unit.text).lower()):
            bonus += 0.2
        if period:
            bonus += 0.3 if cues & {"range", "from"} else -0.1
        return bonus

    return fit


def _is_under_time(unit: Unit) -> bool:
    """Whether the unit stands right under a heading of time: «3. Thời gian thực hiện»."""
    index = unit.document.section_at(unit.start)
    return index >= 0 and is_time_field(unit.document.sections[index].heading)


def _when_line(unit: Unit, question: Question) -> Line:
    dates = _times(unit, question)
    text = "; ".join(dict.fromkeys(clean(d.text) for d in dates[:4]))
    span = window(unit, dates[0].start, dates[-1].end)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *clip(unit.document, above)), span)
    return Line(text[:1].upper() + text[1:], evidence)
