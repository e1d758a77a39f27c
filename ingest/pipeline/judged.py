"""Thumbs from the page quote documents (``assistant.feedback``): what to do when one is removed,
and when that is undone."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from ingest import durable
from ingest.errors import cannot_write
from ingest.records import SourceDocument
from ingest.settings import Settings

FILE_NAME = "feedback.jsonl"


Blanked = dict[int, bytes]  # rows that are blank now, by their place in the file


def blank_judgements(settings: Settings, documents: Iterable[SourceDocument]) -> Blanked:
    """Write spaces over the rows whose answers quote ``documents``, which are being removed.

    A blank line is no row for whoever reads the file. It keeps its length, so that a row that is
    added meanwhile stays where it is. Gives the rows for :func:`write_back`.

    Raises:
        LibraryError: the file can't be written.
    """
    path = settings.home / FILE_NAME
    gone = _said(documents)
    blanked: Blanked = {}
    if not gone or not path.exists():
        return blanked
    try:
        lines = path.read_bytes().split(b"\n")
        with path.open("r+b") as stream:
            at = 0
            for line in lines:
                if line.strip() and _quotes(line, gone):
                    stream.seek(at)
                    stream.write(b" " * len(line))
                    blanked[at] = line
                at += len(line) + 1
            durable.sync(stream)
    except OSError as error:
        raise cannot_write(path, error) from error
    return blanked


def write_back(settings: Settings, rows: Mapping[int, bytes]) -> None:
    """Put rows that :func:`blank_judgements` gave where they were, as far as it is blank there yet.

    Raises:
        LibraryError: the file can't be written.
    """
    path = settings.home / FILE_NAME
    if not rows or not path.exists():
        return
    try:
        with path.open("r+b") as stream:
            for at, line in rows.items():
                stream.seek(at)
                if stream.read(len(line)) == b" " * len(line):
                    stream.seek(at)
                    stream.write(line)
            durable.sync(stream)
    except OSError as error:
        raise cannot_write(path, error) from error


def quoting(rows: Mapping[int, bytes], documents: Iterable[SourceDocument]) -> Blanked:
    """Those of ``rows`` that quote one of ``documents``."""
    said = _said(documents)
    return {at: line for at, line in rows.items() if said and _quotes(line, said)}


def _said(documents: Iterable[SourceDocument]) -> list[tuple[str, str]]:
    return [(document.name, document.text) for document in documents]


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
