"""One owner at a time: a data folder belongs to the process that holds its lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import LibraryError
from ingest.settings import Settings

if TYPE_CHECKING:
    from filelock import BaseFileLock


def own(settings: Settings) -> BaseFileLock:
    """Take the data folder; whoever gets the lock releases it.

    Raises:
        LibraryError: another process holds it, or it can't be written.
    """
    from filelock import FileLock, Timeout

    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.home / ".lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryError(
            f"the library at {settings.home} is in use by another process: close it first, or set "
            f"ASSISTANT_HOME to another folder",
            f"thư viện ở {settings.home} đang được một chương trình khác dùng: hãy đóng chương "
            f"trình "
            f"đó, hoặc đặt ASSISTANT_HOME sang thư mục khác",
        ) from error
    except (OSError, NotImplementedError) as error:  # filelock: no locks on this file system
        raise LibraryError(
            f"the library at {settings.home} can't be written ({error}): set ASSISTANT_HOME to a "
            f"folder that can",
            f"không ghi được vào thư viện ở {settings.home} ({error}): hãy đặt ASSISTANT_HOME sang "
            f"thư mục ghi được",
        ) from error
    return lock
