"""Question + passages → the lines of an answer, by extraction; no language model.

What is stated as fact is taken word for word. Where the documents don't say, the draft has no line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.cards import refers_to
from assistant.draft import Draft, Line
from assistant.language.abbreviations import written_out
from assistant.library_index import LibraryIndex
from assistant.parts import asks_issue_date
from assistant.read.aptness import apt
from assistant.read.bans import asks_ban, asks_penalty, asks_sequel, read_ban, read_sequel
from assistant.read.bodies import body_asked_about, speaks_of
from assistant.read.by_intent import LISTS, read_by_intent
from assistant.read.cited import read_cited_subject, read_followed, read_mentions
from assistant.read.cited_kind import (
    is_of_another_kind,
    names_its_day,
    read_cited_kind,
    read_cited_of,
    read_number_of_cited,
)
from assistant.read.conditions import asks_conditions, read_conditions
from assistant.read.contact import asks_contact, read_contact_detail
from assistant.read.definition import read_definition
from assistant.read.duties import read_due
from assistant.read.focus import asks_header
from assistant.read.header import asks_issuer, name_of, read_header, read_issuer
from assistant.read.issued import asks_issued, read_issued
from assistant.read.matter import Matter
from assistant.read.members import lacks_members
from assistant.read.persons import is_of_another_matter
from assistant.read.sections import read_tasks
from assistant.read.sectors import field_asked_about, read_field
from assistant.read.steps import read_steps
from assistant.read.subject import asks_subject, read_subject
from assistant.read.values import lacks_value
from assistant.read.who import has_other_verb
from assistant.records import EVERYTHING, Intent, Question, Scope
from assistant.retrieve import Hit, documents_of
from assistant.units import folded_term
from ingest.header import number_key
from ingest.lexical import terms
from ingest.vietnamese import fold, has_diacritics

_MAX_ACROSS = 8  # lines of an answer that goes over several documents

# A reader that a question is not for gives None. An empty draft is its word that the documents
# don't say, and nobody is asked after it.
_Reader = Callable[[Matter], Draft | None]


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
    matter = Matter(question, hits, index, scope, today or datetime.date.today())
    draft = _first(_OF_LIBRARY, matter)
    if draft is None:
        matter = matter.side_by_side()
        if not matter.documents:
            return Draft()
        draft = _first(_OF_DOCUMENTS, matter)
    if draft is None:
        matter = _of_those_that_speak(matter)
        if not matter.documents:
            return Draft()  # about someone the documents in focus give nothing to
        draft = _first(_OF_TEXT, matter)
    return draft or Draft()


def _first(readers: Sequence[_Reader], matter: Matter) -> Draft | None:
    return next((draft for reader in readers if (draft := reader(matter)) is not None), None)


def _if_it_says(draft: Draft) -> Draft | None:
    return None if draft.abstains else draft


# --- what is asked of the library ----------------------------------------------------------------


def _issued(matter: Matter) -> Draft | None:
    if not asks_issued(matter.question):
        return None
    index = matter.index
    inside = index.mask(matter.scope)
    documents = (d for d, own in zip(index.documents, inside, strict=True) if own)
    return read_issued(matter.question, documents)


def _rule(matter: Matter) -> Draft | None:
    """What must not be done, what follows from a fault, what is required.

    It stands before what is due: «nộp sau ngày 31/10 thì sao?» gives a date and asks for none, and
    what is to be done would be a wrong answer to what must not be.
    """
    question = matter.question
    readers = (
        (asks_sequel, read_sequel),
        (asks_penalty, read_sequel),
        (asks_ban, read_ban),
        (asks_conditions, read_conditions),
    )
    asks, reader = next((pair for pair in readers if pair[0](question)), (None, None))
    if asks is None or reader is None:
        return None
    ruled = Draft()
    if not question.across and matter.documents:
        ruled = apt(question, reader(question, matter.evidence))
    return _if_it_says(ruled) if asks is asks_conditions else ruled


def _due(matter: Matter) -> Draft | None:
    question = matter.question
    due = read_due(question, matter.hits, matter.index, matter.scope, matter.today)
    due = apt(question, due)
    if due.abstains or lacks_value(question, due):
        return None
    if question.intent is Intent.WHO and matter.documents:
        # A sentence may say «ai chủ trì» where the register only has who organised.
        return None if has_other_verb(question, due, matter.evidence) else due
    return due


# --- what is asked of documents as wholes --------------------------------------------------------


def _subject(matter: Matter) -> Draft | None:
    first = matter.documents[0]
    if not (matter.is_named and asks_subject(matter.question, matter.index.card_said(first.id))):
        return None
    return _if_it_says(read_subject(first))


def _definition(matter: Matter) -> Draft | None:
    return _if_it_says(read_definition(matter.question, documents_of(matter.hits)))


def _cited_subject(matter: Matter) -> Draft | None:
    question = matter.question
    is_held = any(matter.index.referred_to(reference) for reference in question.references)
    if question.across or is_held:
        return None
    return _if_it_says(read_cited_subject(question, matter.documents))


def _basis(matter: Matter) -> Draft | None:
    question = matter.question
    if question.intent is not Intent.BASIS or question.across:
        return None
    if names_its_day(question):
        return read_cited_kind(question, matter.evidence)
    cited = read_cited_of(question, matter.evidence)
    if not cited.abstains:
        return cited
    followed = read_followed(question, matter.evidence)
    if followed.abstains:
        return None
    cited = read_cited_kind(question, matter.evidence)
    return followed if cited.abstains else cited


def _number(matter: Matter) -> Draft | None:
    question = matter.question
    if question.intent is not Intent.NUMBER:
        return None
    if asks_contact(question):
        contact = read_contact_detail(question, matter.evidence)
        return Draft() if lacks_value(question, contact) else contact
    if question.across:
        return None
    cited = read_number_of_cited(question, matter.evidence)
    return cited if is_of_another_kind(question, matter.documents[0]) else _if_it_says(cited)


def _header(matter: Matter) -> Draft | None:
    question, documents = matter.question, matter.documents
    if not _asks_header(matter):
        return None
    if question.across and (_cited_keys(matter) or question.intent is Intent.NUMBER):
        return None
    asked = documents if question.across else documents[:1]
    draft = read_header(question, asked)
    if question.intent is Intent.NUMBER and question.asks(Intent.WHEN) and not question.across:
        issued = read_header(replace(question, intents=(Intent.WHEN,)), asked)
        draft = Draft((*draft.lines, *issued.lines))
    if draft.abstains and question.intent is Intent.BASIS:
        return None
    return replace(draft, certain=bool(matter.scope.documents))


def _asks_header(matter: Matter) -> bool:
    question = matter.question
    if asks_header(question):
        return True
    if question.intent is not Intent.WHEN:
        return False
    named = question.references
    about_another = named and not any(refers_to(r, d) for r in named for d in matter.documents)
    return not about_another and asks_issue_date(fold(question.text).lower(), question.typed)


# --- what is asked of what documents say ---------------------------------------------------------


def _of_those_that_speak(matter: Matter) -> Matter:
    """The same, of the documents that speak of the body asked about, where one is."""
    body = body_asked_about(matter.question)
    if not body:
        return matter
    question, index = matter.question, matter.index
    return matter.of([d for d in matter.documents if speaks_of(body, question, d, index)])


def _contact(matter: Matter) -> Draft | None:
    """A phone number or address; where none is of the one asked about, another's is no answer."""
    question = matter.question
    contact = read_contact_detail(question, matter.evidence)
    if lacks_value(question, contact):
        contact = Draft()
    is_of_somebody = question.intent is Intent.WHO and asks_contact(question)
    return contact if is_of_somebody else _if_it_says(contact)


def _issuer(matter: Matter) -> Draft | None:
    return read_issuer(matter.documents[:1]) if asks_issuer(matter.question) else None


def _steps(matter: Matter) -> Draft | None:
    return _if_it_says(read_steps(matter.question, matter.evidence))


def _field(matter: Matter) -> Draft | None:
    field = field_asked_about(matter.question)
    return _if_it_says(read_field(field, matter.evidence)) if field else None


def _tasks(matter: Matter) -> Draft | None:
    body = body_asked_about(matter.question)
    if not body or matter.question.across:
        return None
    marked = has_diacritics(body)
    said = frozenset(t if marked else folded_term(t) for t in terms(written_out(body)))
    return _if_it_says(read_tasks(said, matter.evidence))


def _across(matter: Matter) -> Draft | None:
    """One answer for each document that has one, the surest first."""
    question = matter.question
    if not question.across:
        return None
    asked = fold(question.text).lower()
    if signed := [
        d
        for d in matter.documents
        if d.header.signer and fold(d.header.signer.value).lower() in asked
    ]:
        return read_header(replace(question, intents=(Intent.SIGNER,)), signed)
    keys = frozenset(_cited_keys(matter))
    lines: list[Line] = []
    for document in matter.documents:
        if keys and question.intent in (*LISTS, Intent.BASIS, Intent.YES_NO):
            draft = read_mentions(question, document, keys)
        else:
            own = matter.evidence.of_document(document)
            draft = read_by_intent(question, own, matter.index)
        lines.extend(Line(f"{name_of(document)}: {x.text}", x.evidence) for x in draft.lines[:2])
    return Draft(tuple(lines[:_MAX_ACROSS]))


def _cited_keys(matter: Matter) -> list[str]:
    """Keys of the whole numbers in the question that are none of the documents' own."""
    named = [r for r in matter.question.references if re.search(r"[A-Z]", r.number)]
    return [
        number_key(r.number) for r in named if not any(refers_to(r, d) for d in matter.documents)
    ]


def _text(matter: Matter) -> Draft:
    question, evidence = matter.question, matter.evidence
    draft = apt(question, read_by_intent(question, evidence, matter.index))
    if is_of_another_matter(question, draft, evidence):
        return Draft()
    return Draft() if lacks_value(question, draft) or lacks_members(question, draft) else draft


_OF_LIBRARY: tuple[_Reader, ...] = (_issued, _rule, _due)
_OF_DOCUMENTS: tuple[_Reader, ...] = (
    _subject, _definition, _cited_subject, _basis, _number, _header,
)  # fmt: skip
_OF_TEXT: tuple[_Reader, ...] = (_contact, _issuer, _steps, _field, _tasks, _across, _text)
