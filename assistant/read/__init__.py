"""Question + passages → the lines of an answer, by extraction; no language model.

What is stated as fact is taken word for word. Where the documents don't say, the draft has no line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.cards import refers_to
from assistant.draft import Draft, Line
from assistant.evidence import Evidence
from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.named import documents_named
from assistant.parts import asks_issue_date
from assistant.read.aptness import apt
from assistant.read.asked_kinds import asks_members
from assistant.read.bans import asks_ban, asks_penalty, asks_sequel, read_ban, read_sequel
from assistant.read.bodies import body_asked_about, speaks_of
from assistant.read.cited import (
    read_cited_subject,
    read_followed,
    read_mentions,
    read_reference_dates,
)
from assistant.read.cited_kind import (
    asks_whose_document,
    is_of_another_kind,
    names_its_day,
    read_cited_kind,
    read_cited_of,
    read_number_of_cited,
)
from assistant.read.conditions import asks_conditions, read_conditions
from assistant.read.contact import asks_contact, read_contact_detail
from assistant.read.count import read_count
from assistant.read.definition import read_definition
from assistant.read.duties import read_actor, read_deadline, read_due
from assistant.read.header import asks_issuer, name_of, read_header, read_issuer
from assistant.read.issued import asks_issued, read_issued
from assistant.read.members import lacks_members, read_member_count, read_members
from assistant.read.persons import is_of_another_matter, read_person
from assistant.read.sections import read_tasks
from assistant.read.sectors import field_asked_about, read_field
from assistant.read.sentence import read_list, read_sentence, read_where, read_yes_no
from assistant.read.steps import read_steps
from assistant.read.subject import asks_subject, read_subject
from assistant.read.turns import read_turn
from assistant.read.values import lacks_value
from assistant.read.when import read_when, with_referents
from assistant.read.who import has_other_verb, read_dated, read_who
from assistant.read.whom import asks_whom, read_contact
from assistant.records import EVERYTHING, Intent, Question, Scope
from assistant.retrieve import Hit, documents_of
from assistant.units import folded_term
from ingest.header import KINDS, number_key
from ingest.lexical import terms
from ingest.records import SourceDocument
from ingest.vietnamese import fold, has_diacritics

_LISTS = (Intent.LIST, Intent.WHAT, Intent.HOW)
_MAX_ACROSS = 8  # lines of an answer that goes over several documents


def read(
    question: Question,
    hits: Sequence[Hit],
    index: LibraryIndex,
    scope: Scope = EVERYTHING,
    today: datetime.date | None = None,
) -> Draft:
    """The lines that answer ``question`` from ``hits``; none where the documents don't say.

    ``today`` is what «tháng này» and «quá hạn» are told from; None for the day of the call.
    """
    if not hits:
        return Draft()
    if asks_issued(question):
        inside = index.mask(scope)
        return read_issued(
            question, (d for d, own in zip(index.documents, inside, strict=True) if own)
        )
    ruled = _read_rule(question, hits, index, scope)
    if not ruled.abstains or asks_sequel(question) or asks_penalty(question) or asks_ban(question):
        return ruled  # what is to be done would be a wrong answer to what must not be
    due = read_due(question, hits, index, scope, today or datetime.date.today())
    due = apt(question, due)
    if not (
        due.abstains
        or lacks_value(question, due)
        or _is_of_other_verb(question, due, hits, index, scope)
    ):
        return due
    documents = _side_by_side(question, index, scope)
    beside = bool(documents)
    if beside:
        question = replace(question, across=True)
    else:
        documents = focus(question, hits, index)
    if not documents:
        return Draft()
    if _is_named(documents[0], question, scope) and asks_subject(
        question, index.card_said(documents[0].id)
    ):
        subject = read_subject(documents[0])
        if not subject.abstains:
            return subject
    meant = read_definition(question, documents_of(hits))
    if not meant.abstains:
        return meant
    if not question.across and not _is_in(question, index):
        meant = read_cited_subject(question, documents)
        if not meant.abstains:
            return meant
    cites = question.across and bool(_cited_keys(question, documents))
    if question.intent is Intent.BASIS and not question.across:
        evidence = Evidence.gather(question, hits, documents, index, scope, beside=beside)
        if names_its_day(question):
            return read_cited_kind(question, evidence)
        cited = read_cited_of(question, evidence)
        if not cited.abstains:
            return cited
        followed = read_followed(question, evidence)
        if not followed.abstains:
            cited = read_cited_kind(question, evidence)
            return followed if cited.abstains else cited
    if question.intent is Intent.NUMBER and asks_contact(question):
        return read_contact_detail(
            question, Evidence.gather(question, hits, documents, index, scope, beside=beside)
        )
    if question.intent is Intent.NUMBER and not question.across:
        evidence = Evidence.gather(question, hits, documents, index, scope, beside=beside)
        cited = read_number_of_cited(question, evidence)
        if not cited.abstains or is_of_another_kind(question, documents[0]):
            return cited
    if _asks_header(question, documents) and not (
        cites or (question.across and question.intent is Intent.NUMBER)
    ):
        asked = documents if question.across else documents[:1]
        draft = read_header(question, asked)
        if question.intent is Intent.NUMBER and question.asks(Intent.WHEN) and not question.across:
            issued = read_header(replace(question, intents=(Intent.WHEN,)), asked)
            draft = Draft((*draft.lines, *issued.lines))
        if not draft.abstains or question.intent is not Intent.BASIS:
            return replace(draft, certain=bool(scope.documents))
    body = body_asked_about(question)
    if body:
        documents = [d for d in documents if speaks_of(body, question, d, index)]
        if not documents:
            return Draft()  # someone the documents in focus give nothing to
    evidence = Evidence.gather(question, hits, documents, index, scope, beside=beside)
    contact = read_contact_detail(question, evidence)
    if not contact.abstains:
        return contact
    if asks_issuer(question):
        return read_issuer(documents[:1])
    steps = read_steps(question, evidence)
    if not steps.abstains:
        return steps
    if field := field_asked_about(question):
        tasks = read_field(field, evidence)
        if not tasks.abstains:
            return tasks
    if body and not question.across:
        tasks = read_tasks(_terms_of(body), evidence)
        if not tasks.abstains:
            return tasks
    if question.across:
        return _across(question, evidence, documents, index)
    draft = apt(question, _read_body(question, evidence, index))
    if is_of_another_matter(question, draft, evidence):
        return Draft()
    return Draft() if lacks_value(question, draft) or lacks_members(question, draft) else draft


def _read_rule(question: Question, hits: Sequence[Hit], index: LibraryIndex, scope: Scope) -> Draft:
    """What must not be done, what follows from a fault, what is required; none where not asked.

    These stand before what is due: «nộp sau ngày 31/10 thì sao?» gives a date and asks for none.
    """
    readers = (
        (asks_sequel, read_sequel),
        (asks_penalty, read_sequel),
        (asks_ban, read_ban),
        (asks_conditions, read_conditions),
    )
    reader = next((read_it for asks, read_it in readers if asks(question)), None)
    if reader is None or question.across:
        return Draft()
    documents = focus(question, hits, index)
    if not documents:
        return Draft()
    evidence = Evidence.gather(question, hits, documents, index, scope)
    return apt(question, reader(question, evidence))


def _is_of_other_verb(
    question: Question, due: Draft, hits: Sequence[Hit], index: LibraryIndex, scope: Scope
) -> bool:
    """Whether a sentence says «ai chủ trì» where the register only has who organised."""
    documents = focus(question, hits, index) if question.intent is Intent.WHO else []
    if not documents:
        return False
    evidence = Evidence.gather(question, hits, documents, index, scope)
    return has_other_verb(question, due, evidence)


def _is_in(question: Question, index: LibraryIndex) -> bool:
    """Whether the library has a document that the question names by number."""
    return any(index.referred_to(reference) for reference in question.references)


def _is_named(document: SourceDocument, question: Question, scope: Scope) -> bool:
    """Whether the question is about ``document`` alone, by its number or by the scope."""
    if question.across:
        return False
    named = any(refers_to(reference, document) for reference in question.references)
    return named or (not question.references and scope.documents == (document.id,))


def _side_by_side(question: Question, index: LibraryIndex, scope: Scope) -> list[SourceDocument]:
    """The documents that the question sets side by side; none where it names fewer than two."""
    return [index.documents[i] for i in documents_named(index, question, index.mask(scope))]


def _terms_of(body: str) -> frozenset[str]:
    marked = has_diacritics(body)
    return frozenset(t if marked else folded_term(t) for t in terms(written_out(body)))


def _read_body(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    intent = question.intent
    if intent in _LISTS and names_its_day(question):
        return read_cited_kind(question, evidence)
    if intent in (Intent.WHO, *_LISTS):
        members = read_members(question, evidence)
        if not members.abstains:
            return members
    if intent is Intent.WHO:
        for reader in (read_person, read_turn):
            named = reader(question, evidence)
            if not named.abstains:
                return named
    if intent is Intent.WHO and asks_members(question):
        members = read_list(question, evidence)
        if not members.abstains:
            return members
    if evidence.dated and intent in (Intent.WHO, *_LISTS, Intent.COUNT):
        dated = read_dated(question, evidence)
        if intent is Intent.WHO and has_other_verb(question, dated, evidence):
            return read_who(question, evidence)
        return dated
    if intent in (Intent.WHO, Intent.WHERE, *_LISTS):
        contact = read_contact(question, evidence)
        if not contact.abstains:
            return contact
    if intent in (Intent.DEADLINE, Intent.WHEN):
        when = _cited_dates(question, evidence)
        if when.abstains:
            when = read_deadline(question, evidence, index)
        when = read_when(question, evidence) if when.abstains else when
        if question.asks(Intent.WHERE):
            return Draft((*when.lines, *read_where(question, evidence).lines))
        if when.abstains and question.asks(Intent.HOW):
            return read_list(question, evidence)
        return with_referents(when, evidence)
    if intent is Intent.WHERE:
        return read_where(question, evidence)
    if intent is Intent.WHO and asks_whose_document(question):
        cited = read_cited_kind(question, evidence)
        if not cited.abstains:
            return cited
    if intent is Intent.WHO:
        who = Draft() if asks_whom(question) else read_actor(question, evidence, index)
        if who.abstains or has_other_verb(question, who, evidence):
            return read_who(question, evidence)
        return who
    if intent is Intent.COUNT:
        members = read_member_count(question, evidence)
        return read_count(question, evidence) if members.abstains else members
    if intent in (Intent.BASIS, *_LISTS):
        cited = read_cited_kind(question, evidence)
        if not cited.abstains:
            return cited
    if intent in _LISTS:
        return read_list(question, evidence)
    if intent is Intent.YES_NO:
        return read_yes_no(question, evidence)
    return read_sentence(question, evidence)


def _cited_dates(question: Question, evidence: Evidence) -> Draft:
    """«Nghị quyết … ban hành ngày nào?» of documents that those in focus only cite."""
    keys = [
        number_key(r.number)
        for r in question.references
        if not any(refers_to(r, d) for d in evidence.documents)
    ]
    if not keys or not asks_issue_date(fold(question.text).lower(), question.typed):
        return Draft()
    return read_reference_dates(evidence, keys)


def _cited_keys(question: Question, documents: Sequence[SourceDocument]) -> list[str]:
    """Keys of the whole numbers in the question that are none of ``documents``' own."""
    named = [r for r in question.references if re.search(r"[A-Z]", r.number)]
    return [number_key(r.number) for r in named if not any(refers_to(r, d) for d in documents)]


def _across(
    question: Question,
    evidence: Evidence,
    documents: Sequence[SourceDocument],
    index: LibraryIndex,
) -> Draft:
    """One answer for each document that has one, the surest first."""
    asked = fold(question.text).lower()
    if signed := [
        d for d in documents if d.header.signer and fold(d.header.signer.value).lower() in asked
    ]:
        return read_header(replace(question, intents=(Intent.SIGNER,)), signed)
    keys = frozenset(_cited_keys(question, documents))
    lines: list[Line] = []
    for document in documents:
        if keys and question.intent in (*_LISTS, Intent.BASIS, Intent.YES_NO):
            draft = read_mentions(question, document, keys)
        else:
            draft = _read_body(question, evidence.of_document(document), index)
        lines.extend(Line(f"{name_of(document)}: {x.text}", x.evidence) for x in draft.lines[:2])
    return Draft(tuple(lines[:_MAX_ACROSS]))


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


def _asks_header(question: Question, documents: Sequence[SourceDocument]) -> bool:
    if asks_header(question):
        return True
    if question.intent is not Intent.WHEN:
        return False
    named = question.references
    about_another = named and not any(refers_to(r, d) for r in named for d in documents)
    return not about_another and asks_issue_date(fold(question.text).lower(), question.typed)
