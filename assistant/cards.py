"""What people call a document by: its card, number and names, its year and kind. Pure."""

from __future__ import annotations

import re
from collections import Counter

from assistant.records import Reference, Scope
from assistant.units import folded_term
from ingest.header import NUMBER, number_key
from ingest.lexical import terms
from ingest.records import SourceDocument
from ingest.vietnamese import LOWER, UPPER

_NAME = re.compile(rf"[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")


def card_of(document: SourceDocument) -> str:
    """What people call a document by: file name, kind, number, title, issuer, place, year."""
    head = document.header
    fields = (head.kind, head.number, head.title, head.issuer, head.place, head.addressee)
    name = re.sub(r"[\W_]+", " ", document.name.rsplit(".", 1)[0])
    opening = " ".join(document.text[:400].split()) if head.title is None else ""
    year = year_of(document)
    parts = [name, *(f.value for f in fields if f is not None), opening, str(year or "")]
    return "\n".join(p for p in parts if p)


def year_of(document: SourceDocument) -> int | None:
    """Year of issue, or None."""
    return int(document.header.date.value[:4]) if document.header.date else None


def name_pairs(document: SourceDocument) -> frozenset[str]:
    """Folded keys of the pairs in the names a document says twice or carries in its head."""
    counts = Counter(
        folded_term(t) for m in _NAME.finditer(document.text) for t in terms(m.group()) if "_" in t
    )
    head = document.header
    fields = (head.issuer, head.place, head.signer)
    own = {folded_term(t) for f in fields if f for t in terms(f.value) if "_" in t}
    return frozenset(t for t, n in counts.items() if n >= 2) | frozenset(own)


def number_keys(document: SourceDocument) -> set[str]:
    """What a reference to ``document`` may give of its number: all of it, or its digits."""
    keys = set(_own_keys(document))
    return keys | {digits.group() for key in keys if (digits := re.match(r"\d+", key))}


def _own_keys(document: SourceDocument) -> tuple[str, ...]:
    """Keys of a document's number; of one that was corrected by hand also as it stands there."""
    heads = (document.header, *([document.as_read[1]] if document.as_read else []))
    return tuple(dict.fromkeys(number_key(head.number.value) for head in heads if head.number))


def numbers_in(text: str) -> frozenset[str]:
    """Keys of the document numbers that ``text`` names."""
    return frozenset(number_key(m.group()) for m in NUMBER.finditer(text))


def refers_to(reference: Reference, document: SourceDocument) -> bool:
    """Whether ``reference`` names ``document``: by its whole number, or by digits and kind."""
    ours, theirs = _own_keys(document), number_key(reference.number)
    if re.search(r"[a-z]", theirs):
        return theirs in ours
    kind = document.header.kind
    # «Chương trình 31» is «Chương trình hành động số 31-CTr/TU».
    kind_agrees = reference.kind is None or kind is None or kind.value.startswith(reference.kind)
    digits = (re.match(r"\d+", key) for key in ours)
    return kind_agrees and any(found and found.group() == theirs for found in digits)


def in_scope(document: SourceDocument, scope: Scope) -> bool:
    """Whether ``document`` meets every filled field of ``scope``."""
    head = document.header
    issuer = head.issuer.value if head.issuer else ""
    kind = head.kind.value if head.kind else ""
    return (
        (not scope.documents or document.id in scope.documents)
        and (not scope.issuers or issuer in scope.issuers)
        and (not scope.kinds or kind in scope.kinds)
        and (not scope.years or year_of(document) in scope.years)
    )
