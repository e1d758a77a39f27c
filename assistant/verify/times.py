"""Whether a source gives the dates that a sentence gives, in the same sense. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.reading import Reading, Token
from ingest.dates import DateMention

# «trước ngày 20/4» leaves the 20th out, «chậm nhất ngày 20/4» does not: no two of these are one.
_SENSE = {"by": "until", "until": "until", "in": "on", "on": "on"}
_PARTS_OF_DAY = re.compile(r"\b(?:sáng|trưa|chiều|tối|thứ \w+|chủ nhật|đầu|giữa|cuối|hết)\b")
_LIMITS = re.compile(r"\b(?:trước|sau|từ|đến|tới|hết|chậm nhất|muộn nhất|không quá)\b")
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d\d)?")
_BEFORE_EVENT = re.compile(r"\btrước (?:khi|ngày|thời điểm)\s*$")
_TITLE_WORDS = 12  # a longer «heading» is a sentence of its own
_NEAR_PENALTY = 3  # a mark between a word and a date parts them more than a word does


def unsupported_date(stated: Reading, source: Reading, headings: Sequence[Reading]) -> str:
    """A date of ``stated`` that the source doesn't give, as written; "" where it gives all.

    The headings count where the source has no date of its own and they are no duties themselves.
    """
    given = list(source.dates)
    if not any(not d.reference for d in given):
        given += [d for h in headings if _is_title(h) for d in h.dates]
    for mention in stated.dates:
        if not any(_agree(mention, stated.text, g) for g in given):
            return mention.text
    return ""


def _is_title(heading: Reading) -> bool:
    return len(heading.words) <= _TITLE_WORDS or heading.text.rstrip().endswith(":")


def _agree(stated: DateMention, text: str, given: DateMention) -> bool:
    if _sense(stated) != _sense(given):
        return False
    value, other = stated.value, given.value
    if value.startswith("--"):  # it leaves the year out
        other = re.sub(r"^\d{4}-(?=\d\d)", "--", other)
    if not value or value != other:
        return bool(not value and stated.text.lower() == given.text.lower())
    said, has = stated.text.lower(), given.text.lower()
    numbers = _integers(said) - _integers(value)  # of what the value does not tell
    return (
        numbers <= _integers(has)
        and set(_HOUR.findall(said)) == set(_HOUR.findall(has))
        and set(_PARTS_OF_DAY.findall(said)) == set(_PARTS_OF_DAY.findall(has))
    )


def _sense(mention: DateMention) -> str:
    # «trước ngày 25/12 hằng năm», «chậm nhất 15 ngày»: their limits stand in their words.
    limits = " ".join(_LIMITS.findall(mention.text.lower()))
    if mention.value.startswith("RELATIVE"):
        before = _BEFORE_EVENT.search(mention.text.lower())
        return f"{'before-event' if before else 'within'} {limits}"
    if mention.cue == "every":
        return f"every {limits}"
    return _SENSE.get(mention.cue, mention.cue)


def _integers(text: str) -> set[int]:
    return {int(n) for n in re.findall(r"\d+", text)}


def misbound_date(stated: Reading, source: Reading) -> str:
    """A date that ``stated`` gives to what the source gives another date; "" where there is none.

    Of several dates in a source each belongs to the words nearest to it: «tập huấn trong tháng 9,
    báo cáo trước ngày 15/10» does not say «tập huấn trước ngày 15/10».
    """
    own = {t.text for t in source.tokens if t.kind == "date"}
    said = {t.text for t in stated.tokens if t.kind == "date"}
    if len(own) < 2 or not said:
        return ""
    for at, token in enumerate(stated.tokens):
        if token.kind != "date":
            continue
        for word in _nearest_words(stated.tokens, at):
            mine = _distance(source.tokens, word, {token.text} | (said & own))
            others = _distance(source.tokens, word, own - said)
            if others is not None and (mine is None or others < mine):
                return token.text
    return ""


def _nearest_words(tokens: Sequence[Token], at: int, count: int = 3) -> list[str]:
    """The content words next to a date, those before it first."""
    before = [t.text for t in tokens[:at] if t.is_content][-count:]
    return before or [t.text for t in tokens[at + 1 :] if t.is_content][:count]


def _distance(tokens: Sequence[Token], word: str, dates: set[str]) -> int | None:
    """How far the nearest ``word`` is from one of ``dates``; None where either is missing."""
    places = [i for i, t in enumerate(tokens) if t.text == word]
    marks = [i for i, t in enumerate(tokens) if t.kind == "date" and t.text in dates]
    gaps = [_gap(tokens[min(p, m) + 1 : max(p, m)]) for p in places for m in marks]
    return min(gaps, default=None)


def _gap(between: Sequence[Token]) -> int:
    return sum(_NEAR_PENALTY if t.kind == "mark" else t.counts for t in between)
