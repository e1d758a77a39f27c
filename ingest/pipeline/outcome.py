"""What adding files tells: while it is at work, and of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.errors import UnreadableFile
from ingest.records import SourceDocument


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` files of ``total``; ``name`` is the file in work ("" when all are done).

    ``page`` of ``pages`` is the page in work of a file that is read page by page, else 0.
    """

    done: int
    total: int
    name: str
    page: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: one document, or several where it is an archive or a message.

    Each was added, was already there (given name, name there), or failed.
    """

    added: tuple[SourceDocument, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    failed: tuple[UnreadableFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary(Outcome):
    """What became of all that was given, together and by ``files``, in the order given."""

    files: tuple[Outcome, ...] = ()


def together(outcomes: Sequence[Outcome]) -> Outcome:
    """What became of several files."""
    return Outcome(
        tuple(document for outcome in outcomes for document in outcome.added),
        tuple(names for outcome in outcomes for names in outcome.duplicates),
        tuple(error for outcome in outcomes for error in outcome.failed),
    )
