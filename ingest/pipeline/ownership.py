"""One owner at a time: a data folder belongs to the process that holds its lock."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
from typing import TYPE_CHECKING

from ingest.errors import LibraryError, cannot_write
from ingest.settings import Settings

if TYPE_CHECKING:
    from filelock import BaseFileLock

_OWNER = ".owner"


def own(settings: Settings, wait: float = 0.0) -> BaseFileLock:
    """Take the data folder, waiting so many seconds for another process to release it; whoever gets
    the lock releases it.

    Raises:
        LibraryError: another process holds it, or it can't be written.
    """
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        # Not bound to this thread: who opens a library need not be who closes it.
        lock = FileLock(settings.home / ".lock", thread_local=False)
        lock.acquire(timeout=wait)
        _note_owner(settings)
    except Timeout as error:
        raise in_use(settings) from error
    except (OSError, NotImplementedError) as error:  # filelock: no locks on this file system
        raise cannot_write(f"the library at {settings.home}", error) from error
    return lock


def in_use(settings: Settings) -> LibraryError:
    """That another process has the data folder, and which, where that is known."""
    english, vietnamese = "", ""
    if owner := _owner(settings):
        pid, host, since = owner
        when = since.astimezone()
        at = f" @ {host}" if host != platform.node() else ""
        english = f" (process {pid}{at}, since {when:%Y-%m-%d %H:%M})"
        vietnamese = f" (tiến trình {pid}{at}, từ {when:%H:%M ngày %d/%m/%Y})"
    return LibraryError(
        f"the library at {settings.home} is in use by another process{english}: close it first, "
        f"or set ASSISTANT_HOME to another folder",
        f"thư viện ở {settings.home} đang được một chương trình khác dùng{vietnamese}: hãy đóng "
        f"chương trình đó, hoặc đặt ASSISTANT_HOME sang thư mục khác",
    )


def _note_owner(settings: Settings) -> None:
    """Leave word of who has the folder. It is for people; what counts is the lock."""
    note = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }
    with contextlib.suppress(OSError):  # a disk that is full must not keep a reader out
        (settings.home / _OWNER).write_text(json.dumps(note), "utf-8")


def _owner(settings: Settings) -> tuple[int, str, datetime.datetime] | None:
    """(process, machine, since when) of the owner; None where the note is of one that is gone."""
    try:
        note = json.loads((settings.home / _OWNER).read_text("utf-8"))
        pid, host = int(note["pid"]), str(note["host"])
        since = datetime.datetime.fromisoformat(note["since"])
        if host == platform.node() and os.name != "nt":
            os.kill(pid, 0)  # asks only; on Windows it would end the process
    except ProcessLookupError:
        return None
    except PermissionError:  # it is there, and another user's
        return pid, host, since
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pid, host, since
