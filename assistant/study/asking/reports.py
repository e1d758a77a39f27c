"""Facts of whom a report goes to: the document's sentence with the recipient left out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.cite import cite
from assistant.study.asking.fact import SLOT, Fact
from assistant.study.asking.gaps import GAP, gapped, sentence_around
from assistant.study.material import Source
from assistant.study.records import Asked
from assistant.study.sameness import is_generic, key_of
from assistant.study.wording import stands_alone, upper_first, without_brackets

_WORDS = 14  # of a recipient
_AMONG_OTHERS = re.compile(r"(?:,|\bvà)\s*\{\}|\{\}\s*(?:,\s*[A-ZĐÀ-Ỹ]|và\b)")


def report_facts(source: Source) -> Iterator[Fact]:
    """A fact for each report whose recipient the document names."""
    for duty in source.duties:
        written = duty.report_to
        whom = " ".join(without_brackets(written).split())
        if not 2 <= len(whom.split()) <= _WORDS or is_generic(whom) or not stands_alone(whom):
            continue
        at = source.text.find(written, duty.start, duty.end)
        span = sentence_around(source, at, at + len(written)) if at >= 0 else None
        said = gapped(source, span, at, at + len(written)) if span else ""
        if (
            not said
            or said[0].islower()
            or key_of(whom) in key_of(said)
            or _AMONG_OTHERS.search(said)
        ):
            continue
        assert span is not None
        yield Fact(
            source=source,
            topic="Chế độ báo cáo",
            question=(
                f"Điền tên cơ quan, đơn vị vào chỗ trống (theo {source.said}): "
                f"“{said.replace(SLOT, GAP)}”."
            ),
            answer=upper_first(whom),
            citations=(cite(source.document, *span),),
            key=f"report {source.document.id} {at}",
            weight=0.85,
            asked=Asked.RECIPIENT,
            choice=whom,
            value=key_of(whom),
            subject=said.replace(SLOT, " "),
            statement=f"{upper_first(source.said)} nêu: “{said}”.",
        )
