"""Requests to a Chroma server, sent again for some seconds while nobody answers there."""

from __future__ import annotations

import contextvars
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

READING, WRITING = 5.0, 30.0  # seconds; a server takes some to start anew
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0  # seconds between two tries
_RESTARTING = (502, 503, 504)  # of a proxy before a server that is being started
_ANSWER, _ANSWER_FACTOR = 30.0, 10  # seconds that an answer may take, or times the patience
TIMEOUT = httpx.Timeout(_ANSWER, connect=3.0)

_patience: contextvars.ContextVar[float] = contextvars.ContextVar("patience", default=READING)


@contextmanager
def patient(seconds: float) -> Iterator[None]:
    """Requests made in here are tried for so many seconds, once at least."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


class PatientTransport(httpx.BaseTransport):
    """Sends a request again while the server is away.

    For requests that do the same when they are made twice, as all of the store's do. ``away`` tells
    whether the last request found nobody.
    """

    def __init__(self) -> None:
        # The system's certificates and SSL_CERT_FILE: an office may sign its own.
        self._inner = httpx.HTTPTransport(verify=ssl.create_default_context())
        self._closed = threading.Event()
        self.away = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        patience = _patience.get()
        until = time.monotonic() + patience
        timeout = request.extensions.get("timeout", {})
        request.extensions["timeout"] = timeout | {"read": max(_ANSWER, _ANSWER_FACTOR * patience)}
        pause = _FIRST_PAUSE
        while True:
            failure: httpx.TransportError | None = None
            response: httpx.Response | None = None
            try:
                response = self._inner.handle_request(request)
            except httpx.TransportError as error:
                failure = error
            if response is not None and response.status_code not in _RESTARTING:
                self.away = False
                return response
            if time.monotonic() + pause > until or self._closed.wait(pause):
                self.away = True
                if response is not None:
                    return response
                assert failure is not None
                raise failure
            if response is not None:
                response.close()
            pause = min(2 * pause, _LONGEST_PAUSE)

    def close(self) -> None:
        """Give up what is being tried, and release the connections."""
        self._closed.set()
        self._inner.close()
