"""Programs that read what no library of ours does: found, run with bounds, ended with all they
started."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest import worker

_AFTERWARDS = 1.0  # seconds for what the program gave
_GRACE = 2.0  # seconds after which a program is ended here, where the worker's own limit did not


class ProgramFailed(Exception):
    """A program took too long (``time``), or ended with an error."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")


def find(names: Iterable[str], places: Iterable[str] = ()) -> str:
    """The path of a program: one of ``names`` on the PATH, or a file that ``places`` names; «»."""
    for name in names:
        if path := shutil.which(name):
            return path
    return next((place for place in places if Path(place).is_file()), "")


def run(
    command: Sequence[str],
    seconds: float,
    *,
    data: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What ``command`` writes to standard output for ``data`` on its standard input.

    Raises:
        ProgramFailed: it took more than ``seconds``, or ended with an error.
    """
    worker.more_time(seconds)
    # In a worker the program stays in the worker's group, to be ended with it from outside.
    alone = not worker.is_worker()
    try:
        process = subprocess.Popen(  # noqa: S603 (a list of arguments, no shell)
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            start_new_session=alone,
        )
    except OSError as error:
        raise ProgramFailed("start", str(error)) from error
    try:
        output, _ = process.communicate(data, seconds if alone else seconds + _GRACE)
    except subprocess.TimeoutExpired as error:
        raise ProgramFailed("time", f"> {seconds:.0f} s") from error
    finally:
        _end(process, alone)
        worker.more_time(_AFTERWARDS)
    if process.returncode:
        raise ProgramFailed("status", str(process.returncode))
    return output


def _end(process: subprocess.Popen[bytes], whole_group: bool) -> None:
    try:
        if whole_group and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)  # a launcher may have left its program behind
        elif process.poll() is None:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass
    process.communicate()


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of its own for one run, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="read-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
