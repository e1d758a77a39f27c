"""A language model's words as they come, within a time; what goes wrong by its kind."""

from __future__ import annotations

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Iterator

_END = object()


def listen(speak: Callable[[], Iterator[str]], seconds: float) -> Iterator[str]:
    """What ``speak`` yields, until ``seconds`` have passed, whether or not it still answers.

    It speaks on a thread of its own, since a server that stalls can't be waited for. The thread
    ends with the next word that comes, or with the time-out of the client itself.

    Raises:
        TimeoutError: the time is over.
        Exception: whatever ``speak`` raised.
    """
    said: queue.SimpleQueue[object] = queue.SimpleQueue()
    stopped = threading.Event()

    def run() -> None:
        try:
            for words in speak():
                if stopped.is_set():
                    return
                said.put(words)
            said.put(_END)
        except BaseException as error:  # noqa: BLE001  (handed to the listener)
            said.put(error)

    # With the caller's context: LangChain's callbacks and tracing go by it.
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(run,), name="language-model", daemon=True).start()
    until = time.monotonic() + seconds
    try:
        while True:
            try:
                words = said.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"no whole answer within {seconds:g} seconds") from None
            if words is _END:
                return
            if isinstance(words, BaseException):
                raise words
            yield str(words)
    finally:
        stopped.set()


def is_timeout(error: BaseException) -> bool:
    """Whether ``error`` comes of a time-out.

    Each provider's client has errors of its own; they agree in the names alone.
    """
    return any(isinstance(e, TimeoutError) or "Timeout" in type(e).__name__ for e in _causes(error))


def is_unreachable(error: BaseException) -> bool:
    """Whether ``error`` says that no server was there."""
    return any(
        isinstance(e, ConnectionError) or "Connect" in type(e).__name__ for e in _causes(error)
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__
