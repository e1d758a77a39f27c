"""One file → all that a library keeps of it: load → normalise → structure → chunk → deadlines.

:func:`read_document` does it here and now; a :class:`Reader` does it in a process of its own, with
bounds on time and memory, as befits files that others made.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ingest import chunk, deadlines, header, load, normalise, structure, worker
from ingest.errors import IngestError, LibraryError, UnreadableFile
from ingest.records import Obligation, Passage, SourceDocument
from ingest.settings import Settings
from ingest.worker import Worker, WorkerFailed

log = logging.getLogger(__name__)

_LEAST_SECONDS = 1.5
_KILLED = "SIGKILL"  # no doing of a file: by a system that was short of memory, or by a person
_CHARACTERS_A_SECOND = 100_000  # that are searched for parts, dates and duties on a slow PC

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is found in one document."""

    document: SourceDocument
    passages: Sequence[Passage]
    obligations: Sequence[Obligation]


class Reader(contextlib.AbstractContextManager["Reader"]):
    """Reads files in a process of its own. Not for two threads at once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._worker = Worker(settings.home, modules=[__name__])

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    def end(self) -> None:
        """End the process for good. From any thread: a file that is being read is an error then."""
        self._worker.end()

    def tell_pages(self, tell: Callable[[int, int], None]) -> None:
        """Have ``tell`` called with the page in work, and of how many, of long files."""
        self._worker.on_page = tell

    def members(self, data: bytes, name: str) -> load.Members:
        """The documents in a file, which is itself the only one where it is no container.

        Raises:
            UnreadableFile: it is damaged, or holds too much or nothing of use.
        """
        if not load.is_container(name):
            return load.alone(data, name)
        return self.call(name, load.members, data, name, self._settings.max_file_bytes)

    def read(self, member: load.Member) -> Reading:
        """All that a library keeps of one document.

        Raises:
            UnreadableFile: it gives no text; the error names it and the reason.
        """
        words = self._settings.max_passage_words
        return self.call(member.name, read, member.data, member.name, words)

    def call(self, name: str, function: Callable[..., R], *args: object) -> R:
        """``function`` in the process; what befalls that is an UnreadableFile of ``name``.

        Raises:
            LibraryError: there is no room for temporary files, or the process can't be started.
        """
        try:
            try:
                return self._worker.call(function, *args)
            except WorkerFailed as error:
                if error.detail != _KILLED:
                    raise
                return self._worker.call(function, *args)  # with what the others have left
        except IngestError:
            raise
        except WorkerFailed as error:
            if error.reason == "start":
                raise LibraryError(
                    f"{storable(name)} could not be read: the program's reading process did not "
                    "start. Close other programs, or start this one anew, and add the file again",
                    f"Không đọc được {storable(name)}: tiến trình đọc tệp của chương trình không "
                    "khởi động được. Hãy đóng bớt chương trình khác, hoặc mở lại chương trình này, "
                    "rồi thêm lại tệp",
                ) from error
            reason = "damaged" if error.reason == "crash" else "too_complex"
            raise UnreadableFile(storable(name), reason, str(error)) from error
        except OSError as error:
            raise LibraryError(f"{storable(name)} could not be read: {error}") from error
        except Exception as error:  # a fault of ours on one file must not keep the others out
            log.error("reading %r failed", name, exc_info=error)
            raise UnreadableFile(storable(name), "fault", type(error).__name__) from error


def read_document(path: Path, max_bytes: int = load.MAX_BYTES) -> SourceDocument:
    """Load, normalise and structure one file.

    Raises:
        UnreadableFile: the file gives no text; it names the file and the reason.
    """
    return document_of(load.read_bytes(path, max_bytes), path.name)


def document_of(data: bytes, file_name: str) -> SourceDocument:
    """As :func:`read_document`, for a file called ``file_name`` that holds ``data``."""
    name = storable(file_name)
    loaded = load.load_bytes(data, name)
    worker.more_time(_LEAST_SECONDS + sum(map(len, loaded.pages)) / _CHARACTERS_A_SECOND)
    text, page_starts = normalise.normalise_pages([storable(page) for page in loaded.pages])
    if not any(c.isalnum() for c in text):
        raise UnreadableFile(name, "no_text")
    found, roles = header.find_header(text, structure.first_section(text))
    return SourceDocument(
        id=identity(data),
        name=name,
        text=text,
        page_starts=page_starts,
        header=found,
        sections=structure.find_sections(text, roles),
        roles=tuple(roles),
        warnings=loaded.warnings,
        scanned=loaded.scanned,
    )


def read(data: bytes, name: str, max_passage_words: int) -> Reading:
    """All that a library keeps of a file called ``name`` that holds ``data``.

    Raises:
        UnreadableFile: the file gives no text; it names the file and the reason.
    """
    return found_in(document_of(data, name), max_passage_words)


def found_in(document: SourceDocument, max_passage_words: int) -> Reading:
    """A document with the passages and duties in it."""
    passages = chunk.chunk(document, max_passage_words)
    return Reading(document, passages, deadlines.find_obligations(document))


def storable(text: str) -> str:
    """``text`` without lone surrogates (bytes of a file name or PDF that are no characters)."""
    return text.encode("utf-8", "replace").decode("utf-8")


def identity(data: bytes) -> str:
    """What a document is known by: the SHA-256 of its bytes."""
    return hashlib.sha256(data).hexdigest()
