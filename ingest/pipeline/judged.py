"""Thumbs from the page quote documents (``assistant.feedback``): what to do when one is removed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from ingest import durable
from ingest.errors import cannot_write
from ingest.records import SourceDocument
from ingest.settings import Settings

FILE_NAME = "feedback.jsonl"


def blank_judgements(settings: Settings, documents: Iterable[SourceDocument]) -> None:
    """Write spaces over the rows whose answers quote ``documents``, which are being removed.

    A blank line is no row for whoever reads the file. It keeps its length, so that a row that is
    added meanwhile stays where it is.

    Raises:
        LibraryError: the file can't be written.
    """
    path = settings.home / FILE_NAME
    gone = [(document.name, document.text) for document in documents]
    if not gone or not path.exists():
        return
    try:
        lines = path.read_bytes().split(b"\n")
        with path.open("r+b") as stream:
            at = 0
            for line in lines:
                if line.strip() and _quotes(line, gone):
                    stream.seek(at)
                    stream.write(b" " * len(line))
                at += len(line) + 1
            durable.sync(stream)
    except OSError as error:
        raise cannot_write(path, error) from error


def _quotes(line: bytes, gone: Collection[tuple[str, str]]) -> bool:
    """Whether a row cites one of (name, text), or may: it was cut short in the middle."""
    try:
        row = json.loads(line)
        cited = [(str(c["document"]), str(c["quote"])) for c in row["citations"]]
    except (ValueError, KeyError, TypeError):
        return True
    return any(
        cites == name or (quote and quote in text) for cites, quote in cited for name, text in gone
    )
