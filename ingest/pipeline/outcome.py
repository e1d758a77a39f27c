"""What adding files tells: while it is at work, and of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.errors import UnreadableFile
from ingest.records import SourceDocument


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` files of ``total``; ``name`` is the file in work ("" when all are done).

    ``page`` of ``pages`` is the page in work of a file that is read page by page, else 0. ``done``
    counts files from the start of the list; where one of them takes long, ``ahead`` files after it
    may be done too. ``committed`` are the documents that have come to be stored for good since the
    last report: they outlast whatever happens to the program from here on, before readers see them.
    """

    done: int
    total: int
    name: str
    page: int = 0
    pages: int = 0
    ahead: int = 0
    committed: tuple[SourceDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: one document, or several where it is an archive or a message.

    Each was added, was already there (given name, name there; ``known`` are the ids of these), or
    failed. ``replaced`` are names of documents whose place those added have taken; ``alike`` tells
    of what was added and is nearly the same as another document (given name, name of that, share of
    the text in common).
    """

    added: tuple[SourceDocument, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[UnreadableFile, ...] = ()
    known: tuple[str, ...] = field(default=(), kw_only=True)
    replaced: tuple[str, ...] = field(default=(), kw_only=True)
    alike: tuple[tuple[str, str, float], ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Summary(Outcome):
    """What became of all that was given, together and by ``files``, in the order given.

    Where the adding was cancelled, ``files`` ends with the last file of which something became.
    """

    files: tuple[Outcome, ...] = ()


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What became of several files."""
    return Outcome(
        tuple(document for outcome in outcomes for document in outcome.added),
        tuple(names for outcome in outcomes for names in outcome.duplicates),
        tuple(error for outcome in outcomes for error in outcome.failed),
        known=tuple(document_id for outcome in outcomes for document_id in outcome.known),
        replaced=tuple(name for outcome in outcomes for name in outcome.replaced),
        alike=tuple(found for outcome in outcomes for found in outcome.alike),
    )


def summary_of(outcomes: Sequence[Outcome], files: Sequence[Outcome]) -> Summary:
    """What became of all that was given; of some of it nothing but the reason why may be known."""
    whole = together(outcomes)
    return Summary(
        whole.added,
        whole.duplicates,
        whole.failed,
        tuple(files),
        known=whole.known,
        replaced=whole.replaced,
        alike=whole.alike,
    )
