"""What someone needs to take part: conditions, requirements, what to bring. Pure.

Such things often stand in a few sentences of a paragraph («Người hiến máu đủ 18 đến 60 tuổi, … Khi
đến mang theo …») that never say «điều kiện». They are told by their form, and read together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.draft import Draft, Line, Span
from assistant.evidence import Evidence, Unit
from assistant.read.lines import MAX_LINES, SHORT_WORDS, shortened
from assistant.read.thresholds import is_known, min_coverage
from assistant.records import Intent, Question
from assistant.units import MARKER, said_by
from ingest.records import SourceDocument
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold

# Marked and lower case, as in assistant.read.bans.
_ASKED = re.compile(
    r"\b(?:điều kiện|yêu cầu|tiêu chuẩn|đk|đòi hỏi) "
    r"(?:là )?(?:gì|nào|(?:ra |như )?(?:sao|thế nào))\b"
    r"|\b(?:điều kiện|tiêu chuẩn|yêu cầu) (?:đối với|để|của người|khi|dự|tham gia|với)\b"
    r"|\b(?:điều kiện|tiêu chuẩn)\b[^?]*\b(?:là gì|gồm những gì|thế nào|ra sao)"
    r"|\b(?:cần|phải) (?:có |đáp ứng |đạt |chuẩn bị )?(?:những )?gì (?:để|thì|khi|mới)\b"
)
_BRING_ASKED = re.compile(
    r"\b(?:mang|đem|cầm)(?: theo| đi)?(?: theo)? (?:những |các |cái )?(?:giấy tờ |đồ |vật dụng )?"
    r"(?:gì|nào)\b"
)
_ASKED_ENGLISH = re.compile(
    r"\b(?:conditions?|requirements?|eligib\w+|qualif\w+|criteria)\b"
    r"|\bwhat must .* (?:meet|have|be)\b"
)
_BRING_ASKED_ENGLISH = re.compile(r"\bwhat\b.*\b(?:bring|carry(?! out\b)|take along|take with)\b")
_REQUIRES = re.compile(
    r"\bphải\b|\bcần\b(?! (?:giờ|thơ|thiết của))|\bđủ \d|\btuổi\b|\d ?(?:kg|cm)\b|\btrở lên\b"
    r"|\bmang theo\b|\bkhông (?:được |quá )?"
    r"(?:uống|sử dụng|mắc|có|thuộc|vi phạm|thức|ăn|mang|bị|hút)\b"
    r"|\b(?:yêu cầu|điều kiện|tiêu chuẩn|đáp ứng|ít nhất|tối thiểu|bắt buộc|nghỉ ngơi)\b"
    r"|\bcó (?:sức khỏe|giấy|hộ khẩu|trình độ|đủ|kinh nghiệm|tên)\b"
)
_BRINGS = re.compile(r"\b(?:mang|đem|cầm) (?:theo|đến|đầy đủ)\b|\b(?:mang|đem) [a-zđ]")
_BRINGS_NOT = re.compile(r"\b(?:không|cấm)(?: \w+){0,2} (?:mang|đem)\b")
_HEADED = re.compile(r"\b(?:dieu kien|yeu cau|tieu chuan)\b")
_NEAR = 0.5  # below the best score: a paragraph further off is about something else


def asks_conditions(question: Question) -> bool:
    """«Cần những điều kiện gì?», «Phải mang theo gì?»"""
    return question.asks(Intent.LIST, Intent.WHAT, Intent.HOW) and (
        _asks(question, _ASKED, _ASKED_ENGLISH) or _asks_to_bring(question)
    )


def _asks_to_bring(question: Question) -> bool:
    return _asks(question, _BRING_ASKED, _BRING_ASKED_ENGLISH)


def _asks(question: Question, vietnamese: re.Pattern[str], english: re.Pattern[str]) -> bool:
    if question.language == "en":
        return english.search(question.typed.lower()) is not None
    return vietnamese.search(question.text.lower()) is not None


def read_conditions(question: Question, evidence: Evidence) -> Draft:
    """The sentences of one paragraph that say what is required; none where no form tells them.

    None, too, where a heading or a lead-in says «điều kiện»: what it lists is the answer then.
    """
    if not is_known(question, evidence) or not evidence.units:
        return Draft()
    bring = _asks_to_bring(question)
    best: tuple[float, list[tuple[int, int]], Unit] | None = None
    floor, top = min_coverage(question), evidence.units[0].score
    for unit in evidence.units:
        if unit.score < top - _NEAR or unit.coverage < floor:
            continue
        document = unit.document
        run = list(_required(document, unit, bring))
        terms = evidence.terms.within(evidence.cards[document.id])
        said = said_by(" ".join(document.text[a:b] for a, b in run))
        score = unit.score + terms.share_in(said)
        if run and (best is None or score > best[0]):
            best = score, run, unit
    if best is None:
        return Draft()
    _, run, unit = best
    if not bring and _is_headed(unit.document, unit.start):
        return Draft()
    return Draft(tuple(_line(unit.document, a, b) for a, b in run[:MAX_LINES]))


def _required(document: SourceDocument, unit: Unit, bring: bool) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph of ``unit`` that require something of those who take part."""
    text = document.text
    line, stop = text.rfind("\n", 0, unit.start) + 1, text.find("\n", unit.end)
    for start, end in sentence_spans(text, line, stop if stop >= 0 else len(text)):
        said = text[start:end].lower()
        told = _REQUIRES.search(said) is not None
        if bring:
            told = _BRINGS.search(said) is not None and _BRINGS_NOT.search(said) is None
        if told and not said.endswith(":"):
            marker = MARKER.match(text, start, end)
            yield (marker.end() if marker else start), end


def _is_headed(document: SourceDocument, start: int) -> bool:
    """Whether a heading or lead-in above, or the sentence's own lead-in, says «điều kiện»."""
    text = document.text
    firsts = [text[s.start : s.body_start] for s in document.ancestry(document.section_at(start))]
    line = text[text.rfind("\n", 0, start) + 1 : start + 200].split("\n")[0]
    firsts.append(line.partition(":")[0] if ":" in line else "")
    return any(_HEADED.search(fold(first).lower()) for first in firsts)


def _line(document: SourceDocument, start: int, end: int) -> Line:
    return Line(shortened(document.text[start:end], SHORT_WORDS), (Span(document, start, end),))
