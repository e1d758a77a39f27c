"""Several readers at once, each with a process of its own."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from ingest.errors import LibraryError
from ingest.reading import Reader
from ingest.settings import MAX_JOBS, Settings
from ingest.worker import MEMORY_BYTES

_MOST = 16  # more get in each other's way: one thread writes what they have read
_SHARE = 2  # of the machine's memory that readers may take between them, all at their bound: a half

R = TypeVar("R")


def jobs_of(settings: Settings) -> int:
    """How many files to read at once: as many as the settings say, or else as the machine has
    processors and memory for.

    Raises:
        LibraryError: the settings say no such number.
    """
    if settings.jobs is not None:
        if not 1 <= settings.jobs <= MAX_JOBS:
            raise LibraryError(
                f"ASSISTANT_JOBS is no number from 1 to {MAX_JOBS}: set it to how many files are "
                f"to be read at once, or leave it out",
                f"ASSISTANT_JOBS không phải là số từ 1 đến {MAX_JOBS}: hãy đặt số tệp được đọc "
                f"cùng lúc, hoặc bỏ trống",
            )
        return settings.jobs
    in_memory = _memory_bytes() // (_SHARE * MEMORY_BYTES)
    return max(1, min(_processors(), in_memory, _MOST))


def _processors() -> int:
    """The processors that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_bytes() -> int:
    """The machine's memory; 8 GiB where the system doesn't say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # AttributeError: Windows
        return 8 * 1024**3


class Readers(contextlib.AbstractContextManager["Readers"]):
    """Up to ``jobs`` readers, each with a thread to itself, that live until this is closed.

    The threads are daemons, unlike those of a ThreadPoolExecutor: a program that ends does not wait
    for a scan to be read.
    """

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings, self._jobs = settings, jobs
        self._calls: queue.SimpleQueue[Callable[[Reader | None], None] | None] = queue.SimpleQueue()
        self._readers: list[Reader] = []
        self._threads: list[threading.Thread] = []

    def submit(self, function: Callable[[Reader], R]) -> Future[R]:
        """Have ``function`` called with a reader once one is free, in the order of submission."""
        future: Future[R] = Future()

        def call(reader: Reader | None) -> None:
            if reader is None:
                future.cancel()
            elif future.set_running_or_notify_cancel():
                try:
                    future.set_result(function(reader))
                except BaseException as error:  # noqa: BLE001 (handed to the thread that waits)
                    future.set_exception(error)

        self._calls.put(call)
        if len(self._threads) < self._jobs:
            reader = Reader(self._settings)
            thread = threading.Thread(target=self._serve, args=(reader,), name="reader")
            thread.daemon = True
            self._readers.append(reader)
            self._threads.append(thread)
            thread.start()
        return future

    def _serve(self, reader: Reader) -> None:
        while (call := self._calls.get()) is not None:
            call(reader)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, also of files that are being read."""
        with contextlib.suppress(queue.Empty):
            while True:
                if (call := self._calls.get_nowait()) is not None:
                    call(None)
        for reader in self._readers:
            reader.end()
            self._calls.put(None)
        for thread in self._threads:
            thread.join()
        for reader in self._readers:
            reader.close()
