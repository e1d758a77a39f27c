"""What documents say, read as the kind of question asks: who, when, where, how many, what."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.cards import refers_to
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.library_index import LibraryIndex
from assistant.parts import asks_issue_date
from assistant.read.asked_kinds import asks_members
from assistant.read.cited import read_reference_dates
from assistant.read.cited_kind import asks_whose_document, names_its_day, read_cited_kind
from assistant.read.count import read_count
from assistant.read.duties import read_actor, read_deadline
from assistant.read.members import read_member_count, read_members
from assistant.read.periods import asks_as_of
from assistant.read.persons import read_person
from assistant.read.referents import with_referents
from assistant.read.sentence import read_list, read_sentence, read_where, read_yes_no
from assistant.read.turns import read_turn
from assistant.read.when import read_when
from assistant.read.who import has_other_verb, read_dated, read_who
from assistant.read.whom import asks_whom, read_contact
from assistant.records import Intent, Question
from ingest.header import number_key
from ingest.vietnamese import fold

LISTS = (Intent.LIST, Intent.WHAT, Intent.HOW)

_Reader = Callable[[Question, Evidence], Draft]


def read_by_intent(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    """The lines of ``evidence`` that answer ``question``; none where it doesn't say."""
    match question.intent:
        case Intent.WHO:
            return _who(question, evidence, index)
        case Intent.LIST | Intent.WHAT | Intent.HOW:
            return _list(question, evidence)
        case Intent.DEADLINE | Intent.WHEN:
            return _when(question, evidence, index)
        case Intent.WHERE:
            return _first_that_says((read_contact, read_where), question, evidence)
        case Intent.COUNT if evidence.dated:
            return read_dated(question, evidence)
        case Intent.COUNT:
            return _first_that_says((read_member_count, read_count), question, evidence)
        case Intent.BASIS:
            return _first_that_says((read_cited_kind, read_sentence), question, evidence)
        case Intent.YES_NO:
            return read_yes_no(question, evidence)
        case _:
            return read_sentence(question, evidence)


def _first_that_says(readers: Sequence[_Reader], question: Question, evidence: Evidence) -> Draft:
    drafts = (reader(question, evidence) for reader in readers)
    return next((draft for draft in drafts if not draft.abstains), Draft())


def _who(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    readers: list[_Reader] = [read_members, read_person, read_turn]
    if asks_members(question):
        readers.append(read_list)
    named = _first_that_says(readers, question, evidence)
    if not named.abstains:
        return named
    if evidence.dated:
        dated = read_dated(question, evidence)
        if has_other_verb(question, dated, evidence):
            return read_who(question, evidence)
        return dated
    readers = [read_contact]
    if asks_whose_document(question):
        readers.append(read_cited_kind)
    named = _first_that_says(readers, question, evidence)
    if not named.abstains:
        return named
    actor = Draft() if asks_whom(question) else read_actor(question, evidence, index)
    if actor.abstains or has_other_verb(question, actor, evidence):
        return read_who(question, evidence)
    return actor


def _list(question: Question, evidence: Evidence) -> Draft:
    if names_its_day(question):
        return read_cited_kind(question, evidence)
    members = read_members(question, evidence)
    if not members.abstains:
        return members
    if evidence.dated:
        return read_dated(question, evidence)
    return _first_that_says((read_contact, read_cited_kind, read_list), question, evidence)


def _when(question: Question, evidence: Evidence, index: LibraryIndex) -> Draft:
    when = _cited_dates(question, evidence)
    if when.abstains and not asks_as_of(question):
        when = read_deadline(question, evidence, index)
    if when.abstains:
        when = read_when(question, evidence)
    if question.asks(Intent.WHERE):
        return Draft((*when.lines, *read_where(question, evidence).lines))
    if when.abstains and question.asks(Intent.HOW):
        return read_list(question, evidence)
    return with_referents(when, evidence)


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
