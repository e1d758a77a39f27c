"""The files of a Chroma server, on the machine where it runs, while it is stopped."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from ingest.errors import LibraryError, ServerAway, cannot_write
from ingest.store.connection import Server
from ingest.store.purge import DATABASE, purge
from ingest.store.wire import patient


def purge_stopped(folder: Path, url: str | None = None) -> None:
    """Take the words of removed documents out of ``folder``, the ``--path`` of a Chroma server.

    A server has no call for that, and its log keeps them until some thousand records later.

    Raises:
        LibraryError: the server at ``url`` still answers, the folder is none of Chroma's, or it
            can't be written.
    """
    if not (folder / DATABASE).is_file():
        raise LibraryError(
            f"{folder} is no folder of a Chroma server: give the one that `chroma run --path` names"
        )
    if url is not None and _answers(url):
        raise LibraryError(
            f"the Chroma server at {url} is running: stop it first, or unset ASSISTANT_CHROMA_URL "
            f"where {folder} belongs to another"
        )
    try:
        purge(folder)
    except (sqlite3.Error, OSError) as error:
        raise cannot_write(folder, error) from error


def _answers(url: str) -> bool:
    try:
        with patient(0):
            Server(url).close()
    except ServerAway:
        return False
    except LibraryError:  # something does
        return True
    return True
