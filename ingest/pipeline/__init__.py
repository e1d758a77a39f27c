"""The document path in order: file → load → normalise → structure → chunk → embed → store.

:class:`Library` is what the rest of the project sees of it.
"""

from __future__ import annotations

from ingest.pipeline.adding import files_under
from ingest.pipeline.amending import SetAside
from ingest.pipeline.context import context_of
from ingest.pipeline.library import Library
from ingest.pipeline.outcome import Outcome, Progress, Summary
from ingest.pipeline.places import DAMAGED
from ingest.pipeline.rebuilding import rebuild
from ingest.pipeline.replacing import add_replacing
from ingest.reading import document_of, read_document

__all__ = [
    "DAMAGED",
    "Library",
    "Outcome",
    "Progress",
    "SetAside",
    "Summary",
    "add_replacing",
    "context_of",
    "document_of",
    "files_under",
    "read_document",
    "rebuild",
]
