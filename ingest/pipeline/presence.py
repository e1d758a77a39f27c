"""Several processes in one data folder, as where the store is at a server.

Each holds a lock of its own in ``.present``. Whoever finds nobody else there may finish what an
interruption left, before others come in.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import cannot_write
from ingest.pipeline.ownership import in_use, own
from ingest.settings import Settings

if TYPE_CHECKING:
    from filelock import BaseFileLock

_FOLDER = ".present"
_WAIT = 30.0  # seconds for another process that is coming in


class Presence:
    """That this process uses a data folder; ``alone`` says that nobody else does as yet."""

    def __init__(
        self, alone: bool, own_locks: Sequence[BaseFileLock], doors: Sequence[BaseFileLock]
    ) -> None:
        self.alone = alone
        self._own, self._doors = own_locks, doors

    def admit(self) -> None:
        """Let others come in."""
        for door in self._doors:
            door.release()

    def release(self) -> None:
        """Leave the folder."""
        self.admit()
        for lock in self._own:
            lock.release()
            with contextlib.suppress(OSError):
                Path(lock.lock_file).unlink(missing_ok=True)


def enter(settings: Settings) -> Presence:
    """Come into a data folder that others may use too, and into a folder of originals that several
    share. Nobody else comes in before :meth:`Presence.admit`.

    Raises:
        LibraryError: a process that needs the folder for itself holds it, or it can't be written.
    """
    from filelock import FileLock, Timeout

    folders = [settings.home] + ([settings.originals] if settings.originals else [])
    alone = True
    own_locks: list[BaseFileLock] = []
    doors = [own(settings, wait=_WAIT)]
    try:
        for folder in folders:
            (folder / _FOLDER).mkdir(parents=True, exist_ok=True)
            if folder != settings.home:
                doors.append(FileLock(folder / ".lock", thread_local=False))
                doors[-1].acquire(timeout=_WAIT)
            alone = alone and not any(_others(folder))
            # See ownership.own for thread_local.
            own_locks.append(FileLock(folder / _FOLDER / secrets.token_hex(8), thread_local=False))
            own_locks[-1].acquire(timeout=0)
    except BaseException as error:
        Presence(False, own_locks, doors).release()
        if isinstance(error, Timeout):
            raise in_use(settings) from error
        if isinstance(error, (OSError, NotImplementedError)):  # a share without locks
            raise cannot_write(folder, error) from error
        raise
    return Presence(alone, own_locks, doors)


def own_alone(settings: Settings) -> BaseFileLock:
    """Take a data folder that nobody else uses; whoever gets the lock releases it.

    Raises:
        LibraryError: others use it, or it can't be written.
    """
    lock = own(settings)
    try:
        if any(_others(settings.home)):
            raise in_use(settings)
    except OSError as error:
        lock.release()
        raise cannot_write(settings.home, error) from error
    except BaseException:
        lock.release()
        raise
    return lock


def _others(folder: Path) -> Iterator[str]:
    """Who has entered the folder; what those that were ended left is cleared."""
    from filelock import FileLock, Timeout

    for path in sorted((folder / _FOLDER).glob("*")):
        lock = FileLock(path)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            yield path.name
        else:
            lock.release()
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
