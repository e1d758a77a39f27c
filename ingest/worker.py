"""Runs functions in a process of its own, which a hostile file may hang, crash or bloat.

A library that parses for years in C will some day loop or crash on a file; here that costs the file
and nothing else. The process is started at the first call and lives until it is closed or fails.
What passes between the two is pickled: both are this program, run by the same user, and the process
is no prison for a file that takes it over.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import queue
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SECONDS = 8.0  # that a call may take, where it does not ask for more
MEMORY_BYTES = 1024**3  # of address space, where the system can bound it
SCRATCH_PREFIX = ".reading-"

_LENGTH = struct.Struct(">Q")
_MORE, _RESULT, _ERROR = 0, 1, 2
_START_SECONDS = 300.0  # a cold start from a slow and busy disk; no file has a part in it
_out: IO[bytes] | None = None  # the pipe to the program: set in the worker process alone


class WorkerFailed(Exception):
    """A call was given up. ``reason`` is «time», «memory» or «crash»; «start» where there was none,
    since the process did not start: what was to be called has no part in it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}" if detail else reason)


def more_time(seconds: float, page: int = 0, pages: int = 0) -> None:
    """Let the call that is being worked on take ``seconds`` from now on at least, for ``page`` of
    ``pages`` where it goes by pages.

    For work that is known to be long but moves on. Outside a worker nothing is bounded, and this
    does nothing.
    """
    if _out is not None:
        _send(_out, (_MORE, (seconds, page, pages)))


def sweep(scratch: Path) -> None:
    """Delete what workers left in ``scratch`` when the program itself was ended."""
    for folder in scratch.glob(f"{SCRATCH_PREFIX}*"):
        shutil.rmtree(folder, ignore_errors=True)


def is_worker() -> bool:
    """Whether this is a worker's process."""
    return _out is not None


class Worker(contextlib.AbstractContextManager["Worker"]):
    """One process that makes one call at a time. Its temporary files lie in a folder of their own
    in ``scratch`` (the system's place for such by default), which goes when it is closed."""

    def __init__(
        self,
        scratch: Path | None = None,
        seconds: float = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        modules: Sequence[str] = (),
    ) -> None:
        """``modules`` are imported before the first call, which so takes no time for them: on a
        busy disk that may be longer than a call has."""
        self._scratch, self._seconds, self._memory_bytes = scratch, seconds, memory_bytes
        self._modules = tuple(modules)
        self.on_page: Callable[[int, int], None] | None = None  # told the page in work, of how many
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.SimpleQueue[tuple[int, object] | None] = queue.SimpleQueue()
        self._calling = threading.Lock()
        self._changing = threading.Lock()  # of what follows, and of whether there is a process
        self._ended = False

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later call starts a new one."""
        self._stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def end(self) -> None:
        """End the process for good. From any thread: a call that is being made fails, as will any
        later one."""
        with self._changing:
            self._ended = True
            if self._process is not None:
                _kill(self._process)

    def _stop(self) -> None:
        with self._changing:
            if self._process is not None:
                _end(self._process)
                self._process = None

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What ``function`` returns for arguments that can be pickled, worked out in the process.

        Raises:
            WorkerFailed: it took too long or too much memory, or the process crashed.
            Exception: what the function raised.
        """
        with self._calling:
            kind = None
            try:
                kind, value = self._answer(function, args, kwargs)
            finally:
                if kind is None:  # it may still be at work, or about to say something
                    self._stop()
            if kind == _RESULT:
                return value  # type: ignore[return-value]
            if isinstance(value, MemoryError):
                raise WorkerFailed("memory", f"> {self._memory_bytes // 2**20} MiB")
            assert isinstance(value, BaseException)
            raise value

    def _answer(
        self, function: Callable[..., object], args: object, kwargs: object
    ) -> tuple[int, object]:
        """What the process says in the end: that there is a result, or an error, and which."""
        process = self._started()
        assert process.stdin is not None
        try:
            _send(process.stdin, (function, args, kwargs))
        except OSError as error:
            raise WorkerFailed("crash", _ending(process)) from error
        started = time.monotonic()
        until = started + self._seconds
        while True:
            try:
                frame = self._frames.get(timeout=max(until - time.monotonic(), 0))
            except queue.Empty:
                raise WorkerFailed("time", f"> {until - started:.0f} s") from None
            if frame is None:
                raise WorkerFailed("crash", _ending(process))
            kind, value = frame
            if kind != _MORE:
                return frame
            assert isinstance(value, tuple)
            seconds, page, pages = value
            until = max(until, time.monotonic() + seconds)
            if pages > 1 and self.on_page is not None:
                self.on_page(page, pages)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=SCRATCH_PREFIX, dir=self._scratch))
        with self._changing:
            if self._ended:
                raise WorkerFailed("crash", "it was ended")
            self._process = process = _start(self._folder, self._memory_bytes, self._modules)
        self._frames = queue.SimpleQueue()
        assert process.stdout is not None
        threading.Thread(
            target=_receive_all, args=(process.stdout, self._frames), name="worker", daemon=True
        ).start()
        try:
            ready = self._frames.get(timeout=_START_SECONDS)
        except queue.Empty:
            ready = None
        if ready is None:
            if self._ended:
                raise WorkerFailed("crash", "it was ended")
            raise WorkerFailed("start", "the process did not start")
        return process


def _start(folder: Path, memory_bytes: int, modules: Sequence[str]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
    command = f"from ingest.worker import serve; serve({memory_bytes}, {modules!r})"
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return subprocess.Popen(  # noqa: S603 (this program itself)
        [sys.executable, "-P", "-c", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path, **temporary},
        start_new_session=True,  # so that what it starts can be ended with it
    )


def serve(memory_bytes: int, modules: Sequence[str]) -> None:
    """The worker process: answer calls from standard input until it is closed."""
    global _out
    _bound_memory(memory_bytes)
    calls = os.fdopen(os.dup(0), "rb")
    _out = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)  # a library that prints must not speak to the program
    for module in modules:
        importlib.import_module(module)
    _send(_out, (_RESULT, None))
    while (frame := _receive(calls)) is not None:
        answer: tuple[int, object]
        try:
            function, args, kwargs = pickle.loads(frame)  # noqa: S301 (from this program)
            answer = (_RESULT, function(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 (handed to the program, which raises it)
            error.add_note(traceback.format_exc())
            error.__traceback__ = error.__cause__ = error.__context__ = None
            answer = (_ERROR, error)
        del frame
        try:
            _send(_out, answer)
        except MemoryError:
            _send(_out, (_ERROR, MemoryError()))


def _bound_memory(memory_bytes: int) -> None:
    try:
        import resource
    except ImportError:  # Windows: the time is bounded there, the memory by the bounds on sizes
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    except (OSError, ValueError):  # macOS bounds no address space
        return


def _send(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """The next message, None where there is no more."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None


def _receive_all(pipe: IO[bytes], frames: queue.SimpleQueue[tuple[int, object] | None]) -> None:
    try:
        while (data := _receive(pipe)) is not None:
            frames.put(pickle.loads(data))  # noqa: S301 (from this program)
    except (OSError, ValueError, EOFError, pickle.UnpicklingError, AttributeError, TypeError):
        pass  # a process that was ended, or that wrote nonsense: both are a crash
    finally:  # also where what came fills the memory: nobody is to wait for it
        frames.put(None)


def _ending(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return ""
    return signal.Signals(-code).name if code < 0 else f"exit {code}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and leave nothing of it."""
    _kill(process)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Have a process and all that it started end."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass
