"""The glossary: short forms that a document defines, and abbreviations that it only uses. Pure."""

from __future__ import annotations

import re
from collections import Counter

from assistant.cite import cite
from assistant.language.abbreviations import find
from assistant.study.asking.particulars import definitions
from assistant.study.material import Material
from assistant.study.records import GlossaryTerm, Length, PartOf, StudyRequest
from assistant.study.wording import upper_first
from ingest.vietnamese import LOWER, UPPER

_TERMS = {Length.SHORT: 10, Length.STANDARD: 20, Length.FULL: 40}
_CAPITALS = re.compile(rf"(?<![\w/.-])[{UPPER}][{UPPER}{LOWER}&-]*[{UPPER}](?![\w/]|-\w)")
_CUSTOMARY = (
    "Nghĩa của chữ viết tắt không được văn bản giải thích là theo cách dùng thông thường; "
    "cần đối chiếu khi sử dụng."
)


def glossary_of(material: Material, request: StudyRequest) -> PartOf[GlossaryTerm]:
    """Terms that the documents define, then abbreviations that they use, the commonest first."""
    limit = _TERMS[request.length]
    terms: dict[str, GlossaryTerm] = {}
    for source in material.sources:
        for short, meant, span in definitions(source):
            citation = cite(source.document, *span)
            terms.setdefault(short, GlossaryTerm(short, upper_first(meant), True, (citation,)))
    used: list[tuple[int, GlossaryTerm]] = []
    for source in material.sources:
        counts: Counter[str] = Counter()
        places: dict[str, tuple[int, int]] = {}
        for start, end in source.bodies:
            for match in _CAPITALS.finditer(source.text, start, end):
                if source.holds(match.start()):
                    counts[match.group()] += 1
                    places.setdefault(match.group(), match.span())
        for written, count in counts.items():
            meaning = _customary(written)
            if meaning and written not in terms:
                term = GlossaryTerm(
                    written, meaning, False, (cite(source.document, *places[written]),)
                )
                terms[written] = term
                used.append((count, term))
    defined = [t for t in terms.values() if t.is_defined]
    used.sort(key=lambda pair: -pair[0])
    shown = (*defined, *(t for _, t in used))[:limit]
    notes = []
    if not shown:
        notes.append("Văn bản không dùng chữ viết tắt hay thuật ngữ cần giải thích.")
    elif any(not t.is_defined for t in shown):
        notes.append(_CUSTOMARY)
    return PartOf(shown, tuple(notes))


def _customary(written: str) -> str:
    """What an abbreviation customarily stands for; "" where it is none, or words in capitals."""
    found = [a for a in find(f"{written} và") if a.written == written]
    if not found or not found[0].expansions:
        return ""
    meaning = found[0].expansions[0]
    return upper_first(meaning) if len(meaning.split()) > 1 else ""
