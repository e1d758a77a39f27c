"""Which of the documents that were found a question is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cards import refers_to
from assistant.library_index import LibraryIndex
from assistant.records import Intent, Question
from assistant.retrieve import Hit, documents_of
from ingest.header import KINDS
from ingest.records import SourceDocument
from ingest.vietnamese import fold


def focus(question: Question, hits: Sequence[Hit], index: LibraryIndex) -> list[SourceDocument]:
    """The documents that the question is about: those it names, else the best one or a few."""
    documents = documents_of(hits)
    if question.references:
        documents = [d for d in documents if any(index.knows(r, d) for r in question.references)]
        if not documents:
            return []  # a number that no document has or cites
    documents = [d for d in documents if index.holds_years(question.years, d)]
    if not documents:
        return []  # a year that no document found speaks of
    named = [d for d in documents if any(refers_to(r, d) for r in question.references)]
    identity = {d.id: index.identity_share(question, d.id) for d in documents}
    if question.across:
        if named:
            return [*named, *(d for d in documents if d not in named and identity[d.id] >= 0.3)]
        return [d for d in documents if _is_of_kind(d, fold(question.text).lower())] or documents
    if named:
        return named[:1]
    if asks_header(question):
        whole = [r for r in question.references if re.search(r"[A-Z]", r.number)]
        if whole and question.intent is not Intent.WHEN:
            return []  # the document asked about is not in the library, only cited by others
    most = max(identity.values())
    kept = [h for h in hits if identity.get(h.document.id, -1.0) >= 0.6 * most]
    close = documents_of([h for h in kept if h.score >= 0.75 * kept[0].score])
    if asks_header(question) and (kind := _kind_named(fold(question.text).lower())):
        # «Kế hoạch … do ai ký?» is not asked of the instruction on that plan.
        close.sort(key=lambda d: d.header.kind is None or fold(d.header.kind.value) != kind)
    return close[:3]


def _kind_named(asked: str) -> str:
    """The kind of document that a question names first, «… nào» aside; empty where none."""
    named = re.search(
        r"\b("
        + "|".join(sorted(map(fold, KINDS), key=len, reverse=True))
        + r")\b(?! (?:nao|gi)\b)",
        asked,
    )
    return named[1] if named else ""


def _is_of_kind(document: SourceDocument, asked: str) -> bool:
    """Whether «những kế hoạch nào» means ``document``; any will do where no kind is asked for."""
    wanted = re.findall(
        r"\b(?:nhung|cac|may|tat ca|hai|ba|bon|nam|\d) ("
        + "|".join(fold(k) for k in KINDS)
        + r")\b"
        r"|\b(" + "|".join(fold(k) for k in KINDS) + r") nao\b",
        asked,
    )
    kind = fold(document.header.kind.value) if document.header.kind else ""
    return not wanted or (kind != "" and any(kind in pair for pair in wanted))


def asks_header(question: Question) -> bool:
    """Whether the header of a document answers this kind of question."""
    return question.intent in (Intent.SIGNER, Intent.RECIPIENT, Intent.NUMBER, Intent.BASIS)
