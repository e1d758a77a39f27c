"""Long work on a thread of its own, told as it goes on. No Gradio here."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

FRAME_SECONDS = 0.1  # what goes on is told no more often than this

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Ended(Generic[R]):
    """How the work ended: with a result, or with an error."""

    result: R | None = None
    error: Exception | None = None


def at_work(name: str, work: Callable[[Callable[[T], None]], R]) -> Iterator[T | Ended[R]]:
    """Do ``work`` on a thread called ``name``; gives what it tells, and how it ended last.

    Of what it tells faster than :data:`FRAME_SECONDS` only the latest is given.
    """
    news: queue.SimpleQueue[T | Ended[R]] = queue.SimpleQueue()

    def run() -> None:
        try:
            news.put(Ended(work(news.put)))
        except Exception as error:  # noqa: BLE001 (handed to the thread that waits)
            news.put(Ended(error=error))

    threading.Thread(target=run, name=name, daemon=True).start()
    item = news.get()
    while not isinstance(item, Ended):
        yield item
        item = _latest(news, monotonic() + FRAME_SECONDS)
    yield item


def _latest(news: queue.SimpleQueue[T | Ended[R]], until: float) -> T | Ended[R]:
    """The last thing told up to then, or else the next; the end as soon as it is there."""
    item: T | Ended[R] | None = None
    while not isinstance(item, Ended):
        try:
            item = news.get(timeout=max(0.0, until - monotonic()))
        except queue.Empty:
            break
    return news.get() if item is None else item


class Stops:
    """What runs and can be stopped from the page, by a token that the page is told."""

    def __init__(self) -> None:
        self._running: dict[str, threading.Event] = {}

    def begin(self, token: str) -> threading.Event:
        """The event that is set when what runs under ``token`` is to stop."""
        return self._running.setdefault(token, threading.Event())

    def stop(self, token: object) -> None:
        """Stop what runs under ``token``; nothing where that has ended."""
        if isinstance(token, str) and (event := self._running.get(token)):
            event.set()

    def end(self, token: str) -> None:
        self._running.pop(token, None)
