"""Answers from the body of documents, by what is asked. Pure.

Every reader takes the evidence of one question and gives the lines that answer it, or none. The
thresholds are those at which, on the development questions, answers begin to be wrong more often than
right; ``docs/answers.md`` has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.actors import actor_span, is_body, is_lead_field
from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, QuestionTerms, Unit, agreement, is_precise
from assistant.units import completed_line, fields_after, folded_term, is_time_field, said_by
from assistant.records import Intent, Question
from ingest.dates import DateMention
from ingest.header import KINDS, NUMBER, number_key
from ingest.records import Section, SourceDocument
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold

MIN_COVERAGE = {"vi": 0.32, "en": 0.23}
MIN_KNOWN = {"vi": 0.48, "en": 0.34}
# An undated sentence that fits better by this much is the one asked about.
_UNDATED_MARGIN = {Intent.DEADLINE: 0.2, Intent.WHEN: 0.4}
_NAMED = 0.5  # a heading that names what is asked
_SURE_COVERAGE = 0.6  # where the answer lacks the mark of its kind: a date, a word of place
_DECIDING_COVERAGE = 0.42  # of a sentence that decides yes or no
_SHORT_WORDS = 40
_MAX_LINES = 8
_NUMBER = re.compile(
    r"\b\d{1,3}(?:[.,]\d{3})+(?:\s?(?:đ|đồng|triệu|tỷ))?|\b\d+(?:[.,]\d+)?\s?%|\b\d+(?:[.,]\d+)?\b"
    r"|\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b"
)

_MONEY_ASKED = re.compile(
    r"\b(?:tien|kinh phi|chi phi|ngan sach|muc (?:chi|thuong|ho tro|ung ho|dong)|giai thuong|du toan|chi(?! (?:bo|uy|doan|hoi|dao|thi|nhanh|tiet|cuc|tieu)\b))\b.*\bbao nhieu\b|\bbao nhieu tien\b|\bbao nhieu\b.*\btien\b"
)
_MONEY = re.compile(r"\d[\d.,]*\s*(?:đ\b|đồng|triệu|tỷ|tỉ|nghìn|ngàn|VNĐ|VND)", re.I)
_TIME_WORDS = re.compile(
    r"\b(?:khi|trước khi|sau khi|đầu|cuối|giữa|trong|hằng|hàng|mỗi|ngay|thường xuyên|định kỳ|đột xuất|kể từ|giờ|thứ|sáng|chiều|tối)\b", re.I
)
_OBJECT = re.compile(
    r"\b(?:lien he|gap|hoi|gui|nop|bao cao|trinh|xin y kien|phan anh)(?: (?:cho|ve|den|voi|toi|len))* (?:ai|co quan nao|don vi nao)\b"
)
_TIME_NOUN = re.compile(r"(?:ngay|thang|tuan|nam|gio|phut|buoi|quy)\b")
_LISTED = re.compile(
    r"(?:noi dung|nhiem vu|buoc|hinh thuc|giai phap|muc|diem|phan|giai doan|yeu cau|muc dich|quan diem|tieu chi|viec|cong viec|bien phap)\b"
)
_PLACE = re.compile(
    r"\b(?:tại|ở|địa điểm|trụ sở|hội trường|nhà văn hóa|sân vận động|qua|chọn|về|gửi về|đến)\s+(?:\w+\s+){0,2}?"
    r"(?=[A-ZĐ]|ấp|xã|phường|thôn|xóm|huyện|trường|trung tâm|hội trường|nhà|địa chỉ|sở|ban|phòng|số \d)"
)
_KIND_BEFORE = re.compile(
    r"(?:" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\s+(?:số\s*)?:?\s*$", re.I
)
_REFERENCE_DATE = re.compile(
    r"(?:\s+(?:của|về)\s+[^,;.\n]{3,80}?)?,?\s*(?:ban hành\s+)?ngày\s*(?:\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})"
    r"(?:\s+của\s+[^,;.()\n]{3,60}?(?=\s+(?:về|ban hành|phê duyệt|quy định|khóa)\b|[,;.()\n]))?",
    re.I,
)


def read_dated(question: Question, evidence: Evidence) -> Draft:
    """Who or what a date in the question belongs to: only units that carry that date."""
    if not evidence.dated:
        return Draft()
    best = evidence.dated[0]
    if best.coverage < _floor(MIN_COVERAGE, question):
        return Draft()
    if question.intent is Intent.WHO:
        near = [u for u in evidence.dated if u.coverage >= 0.85 * best.coverage]
        lines = [line for u in near[:_MAX_LINES] if (line := _who_line(u))]
        return Draft(_distinct(lines))
    near = [u for u in evidence.dated if u.score >= 0.9 * best.score]
    return Draft(_distinct([_quoted(u) for u in near[:3]]))


def read_when(question: Question, evidence: Evidence) -> Draft:
    """The date of the duty or event asked about; none where the best account of it has no date."""
    if not _is_known(question, evidence):
        return Draft()
    fits = _time_fit(question)
    dated = sorted(
        ((u.score + fits(u), u) for u in evidence.units if _times(u, question)),
        key=lambda pair: -pair[0],
    )
    if not dated or dated[0][1].coverage < _floor(MIN_COVERAGE, question):
        return _untimed(question, evidence)
    best = dated[0][1]
    completed = _completed_by(u for _, u in dated)
    undated = [u for u in evidence.units if not u.dates and not u.is_field]
    rival = max((u.specific for u in undated if (u.document.id, u.start) not in completed), default=0.0)
    if rival > best.specific + _UNDATED_MARGIN[question.intent]:
        return _untimed(question, evidence)
    lines = [_when_line(best, question)]
    for score, other in dated[1:4]:
        near = other.document.id == best.document.id and abs(other.start - best.start) < 400
        share = 0.8 if _same_line(best, other) else 0.93
        if near and score >= share * dated[0][0]:
            lines.append(_when_line(other, question))
    return Draft(_distinct(lines))


def _untimed(question: Question, evidence: Evidence) -> Draft:
    """«Khi nào?» answered by an event or a habit («đầu mỗi năm học») rather than by a date."""
    if question.intent is Intent.DEADLINE:
        return Draft()  # «thường xuyên», «theo kế hoạch» are no limit
    found = _field_of_best(question, evidence, is_time_field)
    if not found.abstains:
        return found
    asked = fold(question.text).lower()
    if not re.search(r"\b(?:khi|luc) nao\b|\bbao gio\b|\bmay gio\b|\bthu may\b", asked):
        return Draft()
    best = max(evidence.units, key=lambda u: u.score, default=None)
    if best is None or best.coverage < _SURE_COVERAGE or not _TIME_WORDS.search(best.text):
        return Draft()
    return Draft((_quoted(best),))


def _field_of_best(
    question: Question, evidence: Evidence, is_wanted: Callable[[str], bool]
) -> Draft:
    """The field line of the wanted kind that completes the best sentence, both quoted."""
    content = [u for u in evidence.units if not u.is_field]
    if not content or content[0].coverage < _floor(MIN_COVERAGE, question):
        return Draft()
    best = content[0]
    for start, end in fields_after(best.document, best.end):
        line = best.document.text[start:end]
        if is_wanted(line):
            value = _clean(line.partition(":")[2]).rstrip(".")
            clip = _clip(best.document, (best.start, best.end))
            return Draft((Line(value, (Span(best.document, *clip), Span(best.document, start, end))),))
    return Draft()


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
        return [d for d in unit.dates if re.search(r"(?:19|20)\d\d", d.value) and d.value not in asked]
    if _is_bare_date(unit) or _is_basis(unit):
        return []  # a web page's own date, or a cited document's: neither is the time of anything
    found = [d for d in unit.dates if is_precise(d.value) and d.value not in asked]
    if question.intent is Intent.DEADLINE:
        found = [d for d in found if not d.value.startswith(("WEEKLY", "DAILY"))]
    return found


def _is_basis(unit: Unit) -> bool:
    return any(b.start <= unit.start < b.end for b in unit.document.header.bases)


def _is_bare_date(unit: Unit) -> bool:
    text = unit.text
    for date in unit.source.dates:
        text = text.replace(date.text, " ")
    text = re.sub(r"\b(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|gmt|ngay)\b", " ", fold(text).lower())
    return not any(c.isalpha() for c in text)


def _time_fit(question: Question) -> Callable[[Unit], float]:
    """How well a unit's dates are of the kind asked for: a limit, a period, a field «Thời gian»."""
    asked = fold(question.text).lower()
    wants_limit = question.asks(Intent.DEADLINE)
    wants_period = bool(re.search(r"\btu (?:khi|ngay|thang|nam)?\s?nao\b.*\bden\b|\bkhoang thoi gian\b|\bgiai doan\b", asked))

    def fit(unit: Unit) -> float:
        cues = {d.cue for d in _times(unit, question)}
        bonus = 0.2 if unit.is_field else 0.0
        if wants_limit and cues & {"before", "by", "until", "within"}:
            bonus += 0.08
        if wants_period and cues & {"range", "from"}:
            bonus += 0.15
        return bonus

    return fit


def read_who(question: Question, evidence: Evidence) -> Draft:
    """The actor of the sentence that says what is asked about."""
    if not _is_known(question, evidence):
        return Draft()
    if _OBJECT.search(fold(question.text).lower()):
        return read_sentence(question, evidence)  # not who acts, but to whom
    found = _field_of_best(question, evidence, is_lead_field)
    if not found.abstains:
        return found
    floor = _floor(MIN_COVERAGE, question)
    for unit in evidence.units[:6]:
        if evidence.units[0].coverage < floor or unit.score < 0.65 * evidence.units[0].score:
            break
        if line := _who_line(unit):
            return Draft((line,))
    return read_sentence(question, evidence)


def read_count(question: Question, evidence: Evidence) -> Draft:
    """The number as written beside what is asked about, else the number of items listed."""
    if not _is_known(question, evidence):
        return Draft()
    floor = _floor(MIN_COVERAGE, question)
    wanted = _counted_noun(question)
    money = _MONEY_ASKED.search(fold(question.text).lower()) is not None
    numbered = sorted(
        (
            (u.score + (0.3 if _says_number_of(u, wanted) else 0.0), u)
            for u in evidence.units
            if (_MONEY.search(u.text) if money else _has_number(u, wanted))
        ),
        key=lambda pair: -pair[0],
    )
    best = numbered[0][1] if numbered and numbered[0][1].coverage >= floor else None
    if money:
        return Draft((_quoted(best),)) if best else Draft()
    named = [
        x
        for terms in _counts_asked(question, evidence)
        if (x := best_section(terms, evidence)) and _is_list_of(x[0].sections[x[1]], wanted)
    ]
    counted = tuple(
        line
        for x in dict.fromkeys((d.id, i) for d, i in named)
        for line in _counted(*_section_of(named, x))
    )
    if best and (not counted or _says_number_of(best, wanted) and len(counted) < 2):
        return Draft((_quoted(best),))
    return Draft(counted)


def _is_list_of(section: Section, noun: str) -> bool:
    """Whether the items under ``section`` are what is counted."""
    heading = fold(section.heading).lower()
    return not noun or noun.split()[0] in heading or _LISTED.match(noun) is not None


def _section_of(
    named: Sequence[tuple[SourceDocument, int]], key: tuple[str, int]
) -> tuple[SourceDocument, int]:
    return next((d, i) for d, i in named if (d.id, i) == key)


def _counts_asked(question: Question, evidence: Evidence) -> list[QuestionTerms]:
    """The question's terms, or, where it asks for several counts, those of each in turn."""
    parts = re.split(r"\bbao nhiêu\b", question.text, flags=re.I)[1:]
    if len(parts) < 2:
        return [evidence.terms]
    return [evidence.terms.only(said_by(part)) for part in parts]


def _counted_noun(question: Question) -> str:
    """The folded noun that is counted: «bao nhiêu trường hợp» → «truong hop»; "" when not said."""
    match = re.search(r"\b(?:bao nhieu|may)\s+(%|\w+(?:\s\w+)?)", fold(question.text).lower())
    return match.group(1) if match else ""


def _says_number_of(unit: Unit, noun: str) -> bool:
    if not noun:
        return False
    first = noun.split()[0]
    return re.search(rf"\d\s*{re.escape(noun)}|\d\s*{re.escape(first)}\b", fold(unit.text).lower()) is not None


def _has_number(unit: Unit, noun: str) -> bool:
    """A number that is no date (unless days are counted), document number or numbering."""
    text = unit.text
    if not _TIME_NOUN.match(noun):
        for date in unit.source.dates:
            text = text.replace(date.text, " ")
    return _NUMBER.search(NUMBER.sub(" ", text)) is not None


def read_list(question: Question, evidence: Evidence) -> Draft:
    """The items of the section that the question names, or the sentences that say what is asked."""
    if not _is_known(question, evidence):
        return Draft()
    found = best_section(evidence.terms, evidence)
    if found:
        draft = _items(found[0], found[1])
        if not draft.abstains:
            return draft
    return read_sentence(question, evidence)


def read_tasks(actor: frozenset[str], evidence: Evidence) -> Draft:
    """«Nhiệm vụ của X»: every item of the section headed by X, in order."""
    best: tuple[float, SourceDocument, int] | None = None
    for document in evidence.documents:
        for index, section in enumerate(document.sections):
            if not section.heading or not is_body(section.heading):
                continue
            said = said_by(section.heading)
            recall = sum(agreement(t, said) for t in actor) / len(actor)
            single = [t for t in said if t[0] == "~" and "_" not in t]
            named = {t if t[0] == "~" else folded_term(t) for t in actor}
            precision = sum(t in named for t in single) / max(1, len(single))
            score = 0.7 * recall + 0.3 * precision
            if recall >= 0.6 and (best is None or score > best[0]):
                best = (score, document, index)
    return _items(best[1], best[2]) if best else Draft()


def read_yes_no(question: Question, evidence: Evidence) -> Draft:
    """The sentence that decides, with «Có» or «Không» only where its words say so."""
    draft = read_sentence(question, evidence)
    if draft.abstains or evidence.units[0].coverage < _DECIDING_COVERAGE:
        return Draft()
    first = draft.lines[0]
    asked, said = fold(question.text).lower(), fold(first.text).lower()
    if "bat buoc" in asked and "khuyen khich" in said:
        verdict = {"vi": "Không bắt buộc", "en": "Not mandatory"}[question.language]
    elif re.search(r"\bkhong\b(?! ngung)", said) and not re.search(r"\bkhong\b.*\bkhong\b", asked):
        verdict = ""
    else:
        verdict = {"vi": "Có", "en": "Yes"}[question.language]
    text = f"{verdict}: {first.text}" if verdict else first.text
    return Draft((Line(text, first.evidence), *draft.lines[1:]))


def read_sentence(question: Question, evidence: Evidence) -> Draft:
    """The best sentence, or the two best of one place."""
    if not _is_known(question, evidence) or not evidence.units:
        return Draft()
    best = evidence.units[0]
    if best.coverage < _floor(MIN_COVERAGE, question):
        return Draft()
    headed = _headed_by(best) if question.intent is not Intent.YES_NO else None
    if headed is not None:
        return _items(best.document, headed)
    return Draft((_quoted(best),))


def _headed_by(unit: Unit) -> int | None:
    """The section of which ``unit`` is the heading alone; None when it says something itself."""
    index = unit.document.section_at(unit.start)
    if index < 0:
        return None
    section = unit.document.sections[index]
    is_heading = bool(section.heading) and unit.start < section.body_start and unit.end >= section.body_start - 1
    has_body = section.end - section.body_start > 20
    return index if is_heading and has_body else None


def read_where(question: Question, evidence: Evidence) -> Draft:
    """The sentence that names the place: a field «Địa điểm», or words of place."""
    if not _is_known(question, evidence):
        return Draft()
    floor = _floor(MIN_COVERAGE, question)
    placed = sorted(
        ((u.score + _place_fit(u), u) for u in evidence.units if u.coverage >= 0.7 * floor),
        key=lambda pair: -pair[0],
    )
    if not placed:
        return Draft()
    best = placed[0][1]
    if best.coverage < (floor if _place_fit(best) else _SURE_COVERAGE):
        return Draft()
    return Draft((_quoted(placed[0][1]),))


def _place_fit(unit: Unit) -> float:
    said = fold(unit.text).lower()
    if re.match(r"(?:dia diem|noi|dia chi)\b[^:]{0,30}:", said):
        return 0.6
    return 0.25 if _PLACE.search(unit.text) else 0.0


def read_mentions(question: Question, document: SourceDocument, keys: frozenset[str]) -> Draft:
    """Where ``document`` names one of the documents in ``keys`` (number keys): the first place."""
    for match in NUMBER.finditer(document.text):
        if number_key(match.group()) in keys:
            start, end = _clause_around(document.text, match.start(), match.end())
            title = document.header.title
            said = title.value if title else document.text[start:end]
            return Draft((Line(_shortened(said, 16), (Span(document, start, end),)),))
    return Draft()


def read_reference_dates(evidence: Evidence, keys: Sequence[str]) -> Draft:
    """Dates of issue of cited documents, as the documents in focus give them.

    ``keys`` are number keys, or the digits of a number alone.
    """
    lines = []
    for document in evidence.documents[:1]:
        for key in keys:
            for match in NUMBER.finditer(document.text):
                own = number_key(match.group())
                same = own == key or key.isdigit() and re.match(rf"{key}(?!\d)", own)
                if same and (dated := _REFERENCE_DATE.match(document.text, match.end())):
                    start = _kind_before(document.text, match.start())
                    text = document.text[start : dated.end()]
                    lines.append(Line(_clean(text), (Span(document, start, dated.end()),)))
                    break
    return Draft(tuple(lines))


def _kind_before(text: str, start: int) -> int:
    """Where «Nghị quyết số » before a number begins."""
    match = _KIND_BEFORE.search(text, max(0, start - 40), start)
    return match.start() if match else start


def _clause_around(text: str, start: int, end: int, words: int = 24) -> tuple[int, int]:
    """The clause that holds ``start…end``, at most about ``words`` words after it."""
    begin = _kind_before(text, start)
    before = text[text.rfind("\n", 0, begin) + 1 : begin]
    cut = max((m.end() for m in re.finditer(r"[.;:]\s+|,\s+(?=\w+\s+\w+)", before)), default=0)
    if len(before[cut:].split()) <= words:
        begin -= len(before) - cut
    after = re.match(rf"(?:[^\n;.]|\.(?!\s))*?(?=[;\n]|\.\s|$)", text[end:])
    tail = after.group() if after else ""
    found = list(re.finditer(r"\S+", tail))
    finish = end + (found[words - 1].end() if len(found) > words else len(tail))
    while begin < finish and text[begin] in " -–+*•":
        begin += 1
    return begin, finish


def best_section(terms: QuestionTerms, evidence: Evidence) -> tuple[SourceDocument, int] | None:
    """The section whose heading the question names: (document, index), or None."""
    best: tuple[float, SourceDocument, int] | None = None
    top = evidence.units[0].score if evidence.units else 1.0
    for document in evidence.documents:
        inside = terms.within(evidence.cards[document.id])
        own = [u for u in evidence.units if u.document.id == document.id]
        for index, section in enumerate(document.sections):
            if not section.heading or section.end - section.start < len(section.heading) + 10:
                continue
            # A body named in the head (issuer, addressee) may be the very one asked about.
            named = _names(terms if is_body(section.heading) else inside, section)
            if named < _NAMED:
                continue
            said = max((u.score for u in own if section.start <= u.start < section.end), default=0.0)
            score = named + 0.5 * said / top
            if best is None or score > best[0]:
                best = (score, document, index)
    return (best[1], best[2]) if best else None


def _names(terms: QuestionTerms, section: Section) -> float:
    """How well a heading names what is asked: recall of the question plus precision of the heading."""
    said = said_by(section.heading)
    recall = terms.share_in(said)
    if recall <= 0.12:
        return 0.0
    folded = {folded_term(t) if t[0] != "~" else t for t in terms.weights}
    single = [t for t in said if "_" not in t and t[0] == "~"]
    precision = len([t for t in single if t in folded]) / max(1, len(single))
    return min(1.0, 2.0 * recall) * 0.6 + precision * 0.4


def _items(document: SourceDocument, index: int) -> Draft:
    """The items directly under a section; its own sentences when it has none."""
    section = document.sections[index]
    children = [s for s in document.sections if s.parent == index]
    if len(children) >= 2:
        lines = [_item_line(document, child) for child in children[: 2 * _MAX_LINES]]
        return Draft(tuple(lines))
    spans = sentence_spans(document.text, section.body_start, section.end)
    lines = [
        Line(_shortened(document.text[a:b], _SHORT_WORDS), (Span(document, a, b),)) for a, b in spans[:_MAX_LINES]
    ]
    return Draft(tuple(lines))


def _item_line(document: SourceDocument, child: Section) -> Line:
    end = _first_line_end(document, child)
    text = document.text[child.start : end].strip()
    bare = document.text[child.body_start if not child.heading else child.start : end].strip()
    return Line(_shortened(bare or text, 18), (Span(document, child.start, end),))


def _first_line_end(document: SourceDocument, section: Section) -> int:
    newline = document.text.find("\n", section.start, section.end)
    return section.end if newline < 0 else newline


def _counted(document: SourceDocument, index: int) -> list[Line]:
    """How many items stand directly under a section, with its heading and last item as evidence."""
    children = [s for s in document.sections if s.parent == index]
    if len(children) < 2:
        return []
    section = document.sections[index]
    first, last = children[0], children[-1]
    heading = section.heading or section.label
    spans = (
        Span(document, section.start, _first_line_end(document, section)),
        Span(document, last.start, min(_first_line_end(document, last), last.start + 300)),
    )
    labels = f" ({first.label}–{last.label})" if first.label != last.label else ""
    return [Line(f"{len(children)}{labels}: {heading}", spans)]


def _when_line(unit: Unit, question: Question) -> Line:
    dates = _times(unit, question)
    text = "; ".join(dict.fromkeys(_clean(d.text) for d in dates[:4]))
    span = _window(unit, dates[0].start, dates[-1].end)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *_clip(unit.document, above)), span)
    return Line(text[:1].upper() + text[1:], evidence)


def _who_line(unit: Unit) -> Line | None:
    found = actor_span(unit.document, unit.start, unit.end)
    if found is None:
        return None
    actor = _clean(unit.document.text[found[0] : found[1]])
    span = _window(unit, unit.start, unit.start)
    if span.start <= found[0] and found[1] <= span.end:
        return Line(actor, (span,))
    return Line(actor, (Span(unit.document, *found), span))


def _quoted(unit: Unit) -> Line:
    span = _window(unit, unit.start, unit.start)
    evidence: tuple[Span, ...] = (span,)
    if unit.is_field and (above := completed_line(unit.document, unit.start)):
        evidence = (Span(unit.document, *_clip(unit.document, above)), span)
    return Line(_shortened(unit.document.text[span.start : span.end], _SHORT_WORDS), evidence)


def _window(unit: Unit, start: int, end: int, words: int = 90) -> Span:
    """The unit, or, where it is long, the clauses of it around ``start…end``."""
    text = unit.document.text
    if len(unit.text.split()) <= words:
        return Span(unit.document, unit.start, unit.end)
    begin, finish = unit.start, unit.end
    clauses = [m.end() for m in re.finditer(r"[,;:]\s+", text[unit.start : unit.end])]
    for cut in clauses:
        if unit.start + cut <= start and len(text[unit.start + cut : max(end, unit.start + cut)].split()) >= words // 2:
            begin = unit.start + cut
    for cut in reversed(clauses):
        if unit.start + cut >= end and len(text[begin : unit.start + cut].split()) > words:
            finish = unit.start + cut
    piece = text[begin:finish].rstrip(" ,;:")
    return Span(unit.document, begin, begin + len(piece))


def _clip(document: SourceDocument, span: tuple[int, int], words: int = 40) -> tuple[int, int]:
    start, end = span
    found = list(re.finditer(r"\S+", document.text[start:end]))
    return (start, end) if len(found) <= words else (start, start + found[words - 1].end())


def _shortened(text: str, words: int) -> str:
    """``text`` cut at a clause, marked with «…», where it is longer than ``words``."""
    flat = _clean(text)
    parts = flat.split()
    if len(parts) <= words:
        return flat
    head = " ".join(parts[:words])
    cut = max(head.rfind(mark) for mark in (",", ";", ":", "."))
    return (head[:cut] if cut > len(head) * 0.4 else head).rstrip(" ,;:.") + "…"


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")


def _distinct(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple({(x.text, x.evidence[-1].start): x for x in lines}.values())


def _is_known(question: Question, evidence: Evidence) -> bool:
    """Whether the documents speak of what is asked at all."""
    return evidence.known >= _floor(MIN_KNOWN, question)


# What an answer must hold when the question asks for a value of a known form.
_VALUES = (
    (r"\be-?mail\b|\bthu dien tu\b", r"[\w.+-]+@[\w-]+\.\w+"),
    (r"\b(?:so )?(?:dien thoai|sdt|hotline)\b|\bphone\b|số máy", r"\d{3,4}[ .\-]?\d{3}[ .\-]?\d{2,4}"),
    (r"\btai khoan\b|\bbank account\b|\baccount number\b", r"\d{6,}"),
    (r"\bwebsite\b|\btrang web\b|\bduong (?:link|dan)\b", r"https?://|www\.|\w+\.(?:vn|com|org|edu|gov)\b"),
)


def lacks_value(question: Question, draft: Draft) -> bool:
    """True when the question asks for an address, phone, account or link that the draft lacks."""
    asked = fold(f"{question.text} {question.typed}").lower() + question.text.lower()
    said = " ".join(s.document.text[s.start : s.end] for line in draft.lines for s in line.evidence)
    return any(re.search(q, asked) and not re.search(v, said) for q, v in _VALUES)


def _with_field(unit: Unit) -> float:
    return unit.coverage if unit.is_field else unit.own


def _floor(table: dict[str, float], question: Question) -> float:
    return table[question.language]
