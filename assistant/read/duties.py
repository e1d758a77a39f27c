"""Answers from the register: what is due, by when, and who has to do it. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.actors import actor_asked_about, actor_that_acts
from assistant.draft import Draft, Line, Span
from assistant.duties import Duty, fitting
from assistant.evidence import Evidence
from assistant.library_index import LibraryIndex
from assistant.question_terms import QuestionTerms
from assistant.read.above import time_above
from assistant.read.beside import closest_to_rest
from assistant.read.hours import lacks_hour
from assistant.read.lines import MAX_LINES, SHORT_WORDS, clean, clip, distinct, shortened
from assistant.read.periods import Asked, asked_of
from assistant.read.thresholds import is_known, min_coverage
from assistant.read.when import asks_day_of_event, wants_period
from assistant.records import Intent, Question, RegisterRow, Scope
from assistant.register.names import names_match
from assistant.register.schedule import is_recurring, sort_key
from assistant.retrieve import Hit
from assistant.units import SourceUnit, unit_of
from ingest.dates import find_dates
from ingest.records import Doubt, Obligation, SourceDocument
from ingest.vietnamese import fold, syllables

_EVENT_DAYS = re.compile(r"\W*(?:(?:các )?ngày|sáng|chiều|tối|lúc|\d)", re.I)
_CERTAIN = 0.6  # share of what else is asked that a row of the very dates says
_MAX_DUE = 12  # lines of what is due
_UNDATED_MARGIN = 0.2  # a sentence without a date that fits better by this is the one asked about
_DUE_WORDS = re.compile(
    r"(?<!\w)(?:đã |da )?(?:tính(?=\W*$)|"
    r"quá hạn|qua han|trễ hạn|tre han|đến hạn|den han|hết hạn|het han|"
    r"tính đến|tinh den|công việc|cong viec|việc|viec|phải|phai|cần|can|nộp|nop|làm|lam|"
    r"thời hạn|thoi han|"
    r"ngày|ngay|tháng|thang|tuần|tuan|quý|năm|nam|này|nay|sau|tới|toi|trước|truoc|hạn|han)(?!\w)",
    re.I,
)
_ASKS_A_DATE = re.compile(
    r"\b(?:when|(?:what|which) (?:date|day|month|year|time)|(?:ngay|khi|thang|luc|nam) nao|"
    r"bao gio)\b"
)
_ASKS_WHICH = re.compile(
    r"\b(?:nhung|cac) (?:viec|bao cao|nhiem vu|cong viec|noi dung|hoat dong|van ban) (?:nao|gi)\b"
)
# «Huyện Phú Sơn phải…» names the document rather than a body.
_PLACE = re.compile(r"(?:huyen|xa|tinh|thanh pho|thi xa|quan|phuong|thi tran|tp)\s(?!uy\b|doan\b)")
Pair = tuple[RegisterRow, SourceUnit]

_DUE_INTENTS = (Intent.WHO, Intent.LIST, Intent.WHAT, Intent.COUNT, Intent.HOW)
# Of the best other sentence's score: a row says when, so a sentence must fit clearly better.
_DEADLINE_SHARE, _TIME_SHARE, _ACTOR_SHARE = 0.85, 0.95, 1.0
_TOLD = (Doubt.UNREAD, Doubt.CONTRADICTED, Doubt.BEFORE_ISSUE, Doubt.FAR_YEAR)
_SURE_SPECIFIC, _DATED_SHARE = 0.5, 0.85  # when a duty without a date is the one asked about
_PERIOD_SHARE, _OTHER_MARGIN = 0.75, 0.1  # as _DEADLINE_SHARE and _UNDATED_MARGIN, for «khi nào»
_SAME_LINE_SHARE = 0.8  # of the best row's score, for a row of the same line to be meant too
_WHO_SHARE, _WHAT_SHARE = 0.8, 0.6  # of the best row's coverage, for another row to be meant too


def read_due(
    question: Question,
    hits: Sequence[Hit],
    index: LibraryIndex,
    scope: Scope,
    today: datetime.date,
) -> Draft:
    """What is due at, in or before the dates of the question; no line where none is asked for."""
    if question.intent not in _DUE_INTENTS and not _asks_what_is_due(question):
        return Draft()
    asked = asked_of(question, today)
    if asked is None:
        return Draft()
    inside = index.inside(scope)
    of_actor = _of_actor(question)

    def wanted(document: SourceDocument, duty: Obligation) -> bool:
        return document.id in inside and of_actor(document, duty)

    who = question.intent is Intent.WHO
    rows = index.rows_due(asked.holds, wanted, question)
    if not (rows and (who or asked.is_of_days)):
        rows = index.rows_due(asked.precedes, wanted, question) or rows
    if not rows:
        return Draft()
    chosen = [(row, unit_of(row)) for row in rows]
    documents = list({row.document.id: row.document for row, _ in chosen}.values())
    bare = _without(_without_due_words(question), _asks_of(question))
    evidence = Evidence.gather(bare, hits, documents, index, scope)
    duties = _meant(question, chosen, evidence, asked)
    found = [line for duty in duties if (line := _who(duty.row) if who else _what(duty.row))]
    lines = distinct(found)
    if not lines:
        return Draft()
    certain = not evidence.terms.weights or max(d.coverage for d in duties) >= _CERTAIN
    return Draft(lines[:_MAX_DUE], more=max(0, len(lines) - _MAX_DUE), certain=certain)


def _asks_what_is_due(question: Question) -> bool:
    """«What is due in October?»: a date is given, so what is asked is no date."""
    said = fold(f"{question.typed} {question.text}").lower()
    return bool(
        question.intent is Intent.DEADLINE
        and bool(question.dates)
        and question.asks(Intent.WHO, Intent.LIST, Intent.WHAT)
        and (_ASKS_WHICH.search(said) or not _ASKS_A_DATE.search(said))
    )


def _without_due_words(question: Question) -> Question:
    """The question less the dates and words that any question about what is due has."""
    text, search = question.text, question.search
    for mention in [*question.dates, *find_dates(text)]:
        text, search = text.replace(mention.text, " "), search.replace(mention.text, " ")
    return replace(question, text=_DUE_WORDS.sub(" ", text), search=_DUE_WORDS.sub(" ", search))


def _without(question: Question, name: str) -> Question:
    """The question less a name in it."""
    if not name:
        return question
    return replace(
        question,
        text=question.text.replace(name, " "),
        search=question.search.replace(name, " "),
    )


def _asks_of(question: Question) -> str:
    """The body whose duties are asked about, as it is named; empty where none is."""
    folded = fold(question.text).lower()
    found = actor_asked_about(folded) or actor_that_acts(folded)
    if found is None or _PLACE.match(folded, found[0]):
        return ""
    return re.split(r"\s(?:ở|tại|o|tai)\s", question.text[found[0] : found[1]])[0]


def _of_actor(question: Question) -> Callable[[SourceDocument, Obligation], bool]:
    """Tells the rows of the body whose duties are asked about; all are where none is named."""
    named = _asks_of(question)
    if not named:
        return lambda document, duty: True
    return lambda document, duty: names_match(_within(named, document), duty.actor)


def _meant(
    question: Question, rows: Sequence[Pair], evidence: Evidence, asked: Asked
) -> list[Duty]:
    """Of the rows of these dates, those that what else the question says fits best."""
    duties = fitting(rows, evidence)
    if not duties:
        return []
    best = max(duty.coverage for duty in duties)
    if asked.mentions and evidence.terms.weights and best < min_coverage(question):
        return []
    share = _WHO_SHARE if question.intent is Intent.WHO else _WHAT_SHARE
    kept = [duty for duty in duties if duty.coverage >= share * best]
    day = asked.overdue_at or asked.since or datetime.date.min

    def order(duty: Duty) -> tuple[bool, tuple[int, datetime.date]]:
        """What is due once before what comes again and again."""
        deadline = duty.row.obligation.deadline
        return is_recurring(deadline), sort_key(deadline, day)

    return sorted(kept, key=order)


def read_deadline(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    """By when the duty asked about is due, with the words of the duty; none where none fits."""
    limited = question.intent is Intent.DEADLINE
    duties = _candidates(question, evidence, index)
    if _asks_of(question) and _names_nothing_else(question, index):
        dated = [d for d in duties if d.row.obligation.is_dated]
        in_order = sorted(dated, key=lambda d: (d.row.document.id, d.unit.start))
        return Draft(distinct([_what(duty.row) for duty in in_order])[:MAX_LINES])
    if limited and duties and _is_without_date(duties, evidence):
        row = duties[0].row
        if (above := time_above(row.document, row.obligation.start)) is not None:
            text = above.text[:1].upper() + above.text[1:]
            return Draft((Line(text, (above.span, *_evidence(row))),))
        return Draft((_what(duties[0].row),), note="no_deadline")
    duties = [d for d in duties if (_has_limit(d.row) if limited else d.row.obligation.is_dated)]
    if asks_day_of_event(question):
        duties = [d for d in duties if _is_day(d.row.obligation)]
    share = _DEADLINE_SHARE if limited else _TIME_SHARE
    if not duties or not _stands_out(duties[0], evidence, share):
        return Draft()
    best = duties[0]
    if lacks_hour(question, best.row.obligation.deadline_text):
        return Draft()
    if wants_period(question):
        spans = [d for d in duties if re.fullmatch(r"[^/;]+/[^/;]+", d.row.obligation.deadline)]
        if not spans or spans[0].score < _PERIOD_SHARE * best.score:
            return Draft()
        best = spans[0]
    elif not limited and _rival(evidence, best) > best.unit.specific + _OTHER_MARGIN:
        return Draft()
    if not _asks_of(question) and _undated_rival(evidence) > best.unit.specific + _UNDATED_MARGIN:
        return Draft()
    closest = closest_to_rest(best.unit.source, [d.unit.source for d in duties], evidence)
    if closest is not None:
        return Draft((_when(duties[closest].row),))
    same = [d for d in duties if d.score >= _SAME_LINE_SHARE * best.score and _same_line(d, best)]
    in_order = sorted(same, key=lambda duty: duty.unit.start)
    remarks = dict.fromkeys(x for d in in_order for x in d.row.obligation.doubts if x in _TOLD)
    return Draft(distinct([_when(duty.row) for duty in in_order]), remarks=tuple(remarks))


def _is_day(duty: Obligation) -> bool:
    """Whether the time of a row is a day or days, and no limit: that of an event may be."""
    is_day = re.search(r"-\d\d-\d\d", duty.deadline) is not None
    return (
        is_day
        and not duty.deadline.startswith("/")
        and _EVENT_DAYS.match(duty.deadline_text) is not None
    )


def _is_without_date(duties: Sequence[Duty], evidence: Evidence) -> bool:
    """Whether the duty asked about is the best row, and one that carries no date."""
    best = duties[0]
    if best.row.obligation.is_dated or best.unit.specific < _SURE_SPECIFIC:
        return False
    dated = max((d.score for d in duties if d.row.obligation.is_dated), default=0.0)
    return dated <= _DATED_SHARE * best.score and _stands_out(best, evidence, _TIME_SHARE)


def _same_line(a: Duty, b: Duty) -> bool:
    first, last = sorted((a.row.obligation.deadline_start, b.row.obligation.deadline_start))
    same = a.row.document.id == b.row.document.id
    return same and "\n" not in a.row.document.text[first:last]


def read_actor(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    """Who has to do what is asked about; none where no row fits as well as the best sentence."""
    duties = [d for d in _candidates(question, evidence, index) if _names_its_actor(d.row)]
    if not duties or not _stands_out(duties[0], evidence, _ACTOR_SHARE):
        return Draft()
    line = _who(duties[0].row)
    return Draft((line,)) if line else Draft()


def _has_limit(row: RegisterRow) -> bool:
    """Whether the row has a deadline that is more than the days of an event."""
    duty = row.obligation
    return duty.is_dated and _EVENT_DAYS.match(duty.deadline_text) is None


def _rival(evidence: Evidence, duty: Duty) -> float:
    """How much of what is particular to the question a sentence outside the row says."""
    row = duty.row.obligation
    return max(
        (
            u.specific
            for u in evidence.units
            if u.document.id != row.document_id or u.end <= row.start or row.end <= u.start
        ),
        default=0.0,
    )


def _undated_rival(evidence: Evidence) -> float:
    """How much of what is particular to the question a sentence without a date says."""
    return max((u.specific for u in evidence.units if not u.dates and not u.is_field), default=0.0)


def _names_its_actor(row: RegisterRow) -> bool:
    return row.obligation.is_dated and bool(row.obligation.actor) and not row.obligation.implied


def _names_nothing_else(question: Question, index: LibraryIndex) -> bool:
    """«Công an xã phải làm gì, hạn khi nào?»: nothing but a body is named."""
    rest = _without(_without_due_words(question), _asks_of(question))
    return not QuestionTerms.of(rest, index).weights


def _within(named: str, document: SourceDocument) -> str:
    """``named`` without the document's own place at its end: «Sở Tài chính *Quảng Ngãi*»."""
    place = document.header.place
    own = set(syllables(fold(place.value))) if place else set()
    words = named.split()
    while len(words) > 2 and fold(words[-1]).lower() in own:
        words.pop()
    return " ".join(words)


def _candidates(question: Question, evidence: Evidence, index: LibraryIndex) -> list[Duty]:
    """The rows of the documents in focus that may be what is asked about, best first."""
    if not is_known(question, evidence):
        return []
    pairs = [pair for d in evidence.documents for pair in index.duties_of(d.id)]
    meant = _of_actor(question)
    pairs = [pair for pair in pairs if meant(pair[0].document, pair[0].obligation)]
    duties = fitting(pairs, evidence)
    return [duty for duty in duties if duty.coverage >= min_coverage(question)]


def _stands_out(duty: Duty, evidence: Evidence, share: float) -> bool:
    """Whether no sentence outside the row fits the question better, by ``share``."""
    row = duty.row.obligation
    rival = max(
        (
            u.score
            for u in evidence.units
            if u.document.id != row.document_id or u.end <= row.start or row.end <= u.start
        ),
        default=0.0,
    )
    return duty.score >= share * rival


def _when(row: RegisterRow) -> Line:
    text = clean(row.obligation.deadline_text)
    return Line(text[:1].upper() + text[1:], _evidence(row))


def _who(row: RegisterRow) -> Line | None:
    if not row.obligation.actor or row.obligation.implied:
        return None
    return Line(clean(row.obligation.actor), _evidence(row))


def _what(row: RegisterRow) -> Line:
    """«Các chi bộ: Báo cáo kết quả đợt sinh hoạt — trước ngày 20/4/2023», in the row's words."""
    duty = row.obligation
    said = shortened(duty.action, SHORT_WORDS)
    if duty.actor and not duty.implied and not said.startswith(clean(duty.actor)):
        said = f"{clean(duty.actor)}: {said}"
    if duty.is_dated:
        said = f"{said} — {clean(duty.deadline_text)}"
    return Line(said[:1].upper() + said[1:], _evidence(row))


def _evidence(row: RegisterRow) -> tuple[Span, ...]:
    """The words of the duty, its deadline, and its actor where that stands elsewhere."""
    duty, document = row.obligation, row.document
    start, end = row.citation.start, row.citation.end
    deadline_end = duty.deadline_start + len(duty.deadline_text)
    spans = [Span(document, start, end)]
    if len(document.text[start:end].split()) > 90:
        spans = [Span(document, *clip(document, (start, end)))]
        if duty.is_dated and deadline_end > spans[0].end:
            line = document.text.rfind("\n", 0, duty.deadline_start) + 1
            spans.append(Span(document, max(line, spans[0].end, start), deadline_end))
        last = document.text.rfind("\n", 0, end) + 1
        if last > max(deadline_end, spans[-1].end):  # an item of a list whose lead-in is dated
            spans.append(Span(document, last, end))
    if duty.actor and not duty.implied and not start <= duty.actor_start < end:
        # On one line in the row, maybe not in the text.
        words = re.compile(r"\s+".join(map(re.escape, duty.actor.split())))
        if match := words.match(document.text, duty.actor_start):
            spans.append(Span(document, *match.span()))
    return tuple(spans)
