"""From duties to rows of the register: one row a duty, with what is doubtful about it. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.deadlines.duty import Duty, Source, Span
from ingest.deadlines.mentions import last_day_of
from ingest.records import Doubt, Obligation
from ingest.vietnamese import fold, syllables

_SAME_SHARE, _SAME_WORDS = 0.85, 5  # for two rows to speak of one duty
_FAR_YEARS = 15  # between the document's own year and a deadline's


def merged(duties: Iterable[Duty]) -> list[Duty]:
    """The duties in order; the same one found twice is kept once."""
    kept: list[Duty] = []
    for duty in sorted(duties, key=lambda d: (d.start, d.end)):
        same = next(
            (
                k
                for k in kept
                if duty.group is not None
                and k.group is not None
                and k.group.start == duty.group.start
                and k.end == duty.end
            ),
            None,
        )
        if same is None and not (duty.group is None and any(_holds(k, duty) for k in kept)):
            kept.append(duty)
    return kept


def _holds(dated: Duty, undated: Duty) -> bool:
    """Whether a duty without a date stands within one that has a date."""
    return dated.group is not None and dated.start < undated.end and undated.start < dated.end


def without_repeats(rows: Sequence[Obligation]) -> list[Obligation]:
    """The rows less those that only name an event again which another row dates alike.

    «b) Thời gian: từ 15/11 đến 15/12» beside «Triển khai Tháng hành động (từ 15/11 đến 15/12)».
    """
    words = {row.id: {fold(s) for s in syllables(row.action)} for row in rows}
    return [
        row
        for row in rows
        if (row.actor and not row.implied)
        or not row.deadline
        or not any(
            other.id != row.id
            and other.actor
            and not other.implied
            and other.deadline == row.deadline
            and words[row.id] <= words[other.id]
            for other in rows
        )
    ]


def obligations_of(source: Source, duties: Sequence[Duty]) -> tuple[Obligation, ...]:
    """The rows of ``duties``, doubts flagged; nothing is repaired."""
    rows = without_repeats([_row(source, duty) for duty in duties])
    contradicted = _contradicted(rows)
    return tuple(
        row
        if row.id not in contradicted
        else replace(row, doubts=(*row.doubts, Doubt.CONTRADICTED))
        for row in rows
    )


def _row(source: Source, duty: Duty) -> Obligation:
    text, document = source.text, source.document
    group = duty.group
    actor = text[duty.actor[0] : duty.actor[1]] if duty.actor else ""
    labels = (s.label for s in document.ancestry(document.section_at(duty.start)))
    return Obligation(
        id=f"{document.id}:{group.start if group else -1}:{duty.end}",
        document_id=document.id,
        actor=tidy(actor),
        actor_start=duty.actor[0] if duty.actor else -1,
        implied=duty.implied,
        action=tidy(" … ".join(_bare(text[a:b]) for a, b in duty.action)),
        deadline_text=text[group.start : group.end] if group else "",
        deadline_start=group.start if group else -1,
        deadline=group.value if group else "",
        report_to=tidy(text[duty.report_to[0] : duty.report_to[1]]) if duty.report_to else "",
        start=duty.start,
        end=duty.end,
        page=document.page_at(duty.start),
        section=tuple(label for label in labels if any(c.isalnum() for c in label)),
        doubts=tuple(_doubts(source, duty)),
    )


def _bare(words: str) -> str:
    """``words`` without the signs at their edges; a bracket stays where its other half is."""
    words = re.sub(r"^[\s,;:.*_\-–/]+|[\s,;:.*_/\-–]+$", "", words)
    if words.count("(") != words.count(")"):
        words = words.strip("() ")
    return words


def tidy(words: str) -> str:
    """Words as they are written, on one line."""
    return " ".join(words.split())


def _doubts(source: Source, duty: Duty) -> Iterable[Doubt]:
    if duty.actor is None or (duty.implied and _is_issuer(source, duty.actor)):
        yield Doubt.NO_ACTOR
    group = duty.group
    if group is None:
        return
    if not group.mentions:
        yield Doubt.UNREAD
        return
    if any(not m.certain_year and m.cue not in ("every", "within") for m in group.mentions):
        yield Doubt.YEAR_SUPPLIED
    last = last_day_of(group.value)
    if source.issued is not None and last is not None:
        if last < source.issued:
            yield Doubt.BEFORE_ISSUE
        elif last.year - source.issued.year > _FAR_YEARS:
            yield Doubt.FAR_YEAR


def _is_issuer(source: Source, actor: Span) -> bool:
    issuer = source.document.header.issuer
    return issuer is not None and issuer.start <= actor[0] < issuer.end


def _contradicted(rows: Sequence[Obligation]) -> set[str]:
    """Ids of rows whose duty stands in another row of the document with another deadline.

    Duties that differ in a number («chuyên đề quý III», «… quý IV») are two, and so are steps that
    follow one another in a section.
    """
    found: set[str] = set()
    words = {row.id: _words(row) for row in rows if row.deadline}
    for one, other in _sharing_a_rare_word([row for row in rows if row.deadline], words):
        if one.deadline == other.deadline:
            continue
        a, b = words[one.id], words[other.id]
        alike = len(a & b) >= _SAME_SHARE * max(len(a), len(b))
        apart = one.section[:1] != other.section[:1] or a == b
        if (
            apart
            and min(len(a), len(b)) >= _SAME_WORDS
            and alike
            and not any(map(_is_number, a ^ b))
        ):
            found |= {one.id, other.id}
    return found


def _sharing_a_rare_word(
    rows: Sequence[Obligation], words: Mapping[str, set[str]]
) -> Iterator[tuple[Obligation, Obligation]]:
    """The pairs of rows that may be alike, each once.

    Two sets that share so large a part share one of the rarest words of each: its first ones, as
    many as may be missing and one more.
    """
    spread = Counter(word for row in rows for word in words[row.id])
    holding: dict[str, list[Obligation]] = defaultdict(list)
    for row in rows:
        own = sorted(words[row.id], key=lambda word: (spread[word], word))
        rarest = own[: len(own) - math.ceil(_SAME_SHARE * len(own)) + 1]
        for other in {o.id: o for word in rarest for o in holding[word]}.values():
            yield other, row
        for word in rarest:
            holding[word].append(row)


def _words(row: Obligation) -> set[str]:
    actor = "" if row.implied else row.actor
    return {fold(s) for s in syllables(f"{actor} {row.action}")}


def _is_number(syllable: str) -> bool:
    return (
        syllable.isdigit()
        or re.fullmatch(r"[ivx]+|nhat|hai|ba|dau|cuoi|giua", syllable) is not None
    )
