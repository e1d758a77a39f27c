"""Question + passages → the lines of an answer, by extraction; no language model.

What is stated as fact is taken word for word. Where the documents don't say, the draft has no line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.read_body import read_count, read_dated, read_list, read_sentence, read_when, read_who, read_yes_no
from assistant.read_header import read_header
from assistant.records import Intent, Question, Scope
from assistant.retrieve import Hit, LibraryIndex, asks_issue_date, documents_of, refers_to
from ingest.records import SourceDocument
from ingest.vietnamese import fold

_LISTS = (Intent.LIST, Intent.WHAT, Intent.HOW)


def read(question: Question, hits: Sequence[Hit], index: LibraryIndex, scope: Scope = Scope()) -> Draft:
    """The lines that answer ``question`` from ``hits``; none where the documents don't say."""
    if not hits:
        return Draft()
    documents = focus(question, hits, index)
    if not documents:
        return Draft()
    if _asks_header(question, documents):
        draft = read_header(question, documents if question.across else documents[:1])
        if not draft.abstains or question.intent is not Intent.BASIS:
            return draft
    evidence = Evidence.gather(question, hits, documents, index, scope)
    if question.across:
        return _across(question, evidence, documents)
    return _read_body(question, evidence)


def _read_body(question: Question, evidence: Evidence) -> Draft:
    intent = question.intent
    if evidence.dated and intent in (Intent.WHO, *_LISTS, Intent.COUNT):
        return read_dated(question, evidence)
    if intent in (Intent.DEADLINE, Intent.WHEN):
        return read_when(question, evidence)
    if intent is Intent.WHO:
        return read_who(question, evidence)
    if intent is Intent.COUNT:
        return read_count(question, evidence)
    if intent in _LISTS:
        return read_list(question, evidence)
    if intent is Intent.YES_NO:
        return read_yes_no(question, evidence)
    return read_sentence(question, evidence)


def _across(question: Question, evidence: Evidence, documents: Sequence[SourceDocument]) -> Draft:
    """One answer for each document that has one, the surest first."""
    lines = []
    for document in documents:
        own = evidence.of_document(document)
        draft = _read_body(question, own)
        lines.extend(draft.lines[:2])
    return Draft(tuple(lines[:6]))


def focus(
    question: Question, hits: Sequence[Hit], index: LibraryIndex
) -> list[SourceDocument]:
    """The documents that the question is about: those it names, else the best one or a few."""
    documents = documents_of(hits)
    named = [d for d in documents if any(refers_to(r, d) for r in question.references)]
    if question.across:
        asked = fold(question.text).lower()
        of_kind = [d for d in documents if d.header.kind and fold(d.header.kind.value) in asked]
        return named if len(named) > 1 else of_kind or documents
    if named:
        return named[:1]
    identity = {d.id: index.identity_share(question, d.id) for d in documents}
    most = max(identity.values())
    kept = [h for h in hits if identity[h.document.id] >= 0.6 * most]
    close = [h for h in kept if h.score >= 0.75 * kept[0].score]
    return documents_of(close)[:3]


def _asks_header(question: Question, documents: Sequence[SourceDocument]) -> bool:
    if question.intent in (Intent.SIGNER, Intent.RECIPIENT, Intent.NUMBER, Intent.BASIS):
        return True
    if question.intent is not Intent.WHEN:
        return False
    named = [r for r in question.references if re.search(r"[A-Z]", r.number)]
    about_another = named and not any(refers_to(r, d) for r in named for d in documents)
    return not about_another and asks_issue_date(fold(question.text).lower(), question.typed)
