"""Adding files: found, read one by one, committed in batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from ingest import load
from ingest.errors import UnreadableFile
from ingest.pipeline.outcome import Outcome, Progress, Summary, summary_of
from ingest.pipeline.readers import Readers, jobs_of
from ingest.pipeline.reading_ahead import File, Read, ReadingAhead, Work, readers_for
from ingest.reading import Reading, storable
from ingest.records import Obligation, Passage, SourceDocument
from ingest.settings import Settings

Tell = Callable[[Progress], None]


class Shelf(Protocol):
    """What adding needs of a library. All may be called from several threads."""

    @property
    def settings(self) -> Settings: ...

    def claim(self, document_id: str, name: str) -> str | None:
        """Keep a place for a document; the name that it has there where it is known already."""
        ...

    def known(self, document_id: str) -> str | None:
        """The name of a document that is there, or is being added."""
        ...

    def release(self, document_ids: Iterable[str]) -> None:
        """Give up places that were kept."""
        ...

    def commit(self, batch: Batch, check: Callable[[], None]) -> None:
        """Embed and store documents for good, each wholly; ``check`` is called while they are
        embedded, and what it raises ends that."""
        ...

    def show(self, readings: Sequence[Reading]) -> None:
        """Let readers see documents that are committed."""
        ...


def files_under(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the supported files in the folders named, in order of name.

    Raises:
        UnreadableFile: a folder holds no supported file (reason ``no_documents``).
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = sorted(
            p for p in path.rglob("*") if p.suffix.lower() in load.SUPPORTED and _is_given(p, path)
        )
        if not found:
            raise UnreadableFile(storable(path.name or str(path)), "no_documents")
        yield from found


def _is_given(path: Path, folder: Path) -> bool:
    """Whether a file in a folder is meant: not hidden, nor a lock file of Word («~$…»)."""
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return not hidden and path.is_file()


@dataclass
class Batch:
    """Documents that are committed together: Chroma's price is by the call more than by the row."""

    readings: list[Reading] = field(default_factory=list)
    data: list[bytes | None] = field(default_factory=list)  # None: no original to keep

    def append(self, reading: Reading, data: bytes | None = None) -> None:
        self.readings.append(reading)
        self.data.append(data)

    def clear(self) -> None:
        self.readings, self.data = [], []

    @property
    def documents(self) -> list[SourceDocument]:
        return [reading.document for reading in self.readings]

    @property
    def passages(self) -> list[Passage]:
        return [passage for reading in self.readings for passage in reading.passages]

    @property
    def obligations(self) -> list[Obligation]:
        return [duty for reading in self.readings for duty in reading.obligations]

    @property
    def is_full(self) -> bool:
        size = sum(len(data) for data in self.data if data is not None)
        count = sum(len(reading.passages) for reading in self.readings)
        return count >= _BATCH_PASSAGES or size >= _BATCH_BYTES


_BATCH_PASSAGES = 2000
_BATCH_BYTES = 50_000_000
_BATCH_SECONDS = 5.0  # after which what is read is committed, however little it is
_ASK_SECONDS = 0.2  # how often it is asked whether the adding is cancelled
_PAGE_SECONDS = 1.0  # how often pages are told: a page may take as long or a thousandth of it


class Cancelled(Exception):
    """The person who had files added wants no more of it."""


def add_files(
    shelf: Shelf,
    files: Sequence[tuple[Path, str]],
    failed: Sequence[UnreadableFile] = (),
    progress: Tell | None = None,
    *,
    cancelled: Callable[[], bool] | None = None,
    expand: bool = True,
) -> Summary:
    """Add files under the names they were given, each as the documents that it holds, or as the
    one document that it is. ``failed`` are those that were not even found.

    Several are read at once, while one thread embeds and stores what has been read. Where
    ``cancelled`` says so, the rest is left, and with it what is not committed.
    """
    given = [File(path, name) for path, name in files]
    jobs = readers_for(given, jobs_of(shelf.settings))
    with Readers(shelf.settings, jobs) as readers:
        ahead = ReadingAhead(readers, jobs, given, shelf.settings, shelf.known, expand=expand)
        adding = _Adding(shelf, ahead, progress or _tell_nobody, cancelled or _never)
        try:
            adding.run()
        except Cancelled:
            pass
        finally:
            adding.leave()
    adding.tell_last()
    outcomes = [file.outcome for file in given]
    if adding.is_cancelled:
        outcomes = _up_to(outcomes, {reading.document.id for reading in adding.committed})
    return summary_of([Outcome(failed=tuple(failed)), *outcomes], outcomes)


class _Adding:
    """Takes documents as they are read, has them committed, and tells how far it is."""

    def __init__(
        self, shelf: Shelf, ahead: ReadingAhead, progress: Tell, cancelled: Callable[[], bool]
    ) -> None:
        self._shelf, self._ahead = shelf, ahead
        self._progress, self._cancelled = progress, cancelled
        self._batch = Batch()
        self._since = 0.0  # when the first document of the batch was read
        self._works: dict[str, Work] = {}  # of the documents that are not committed, by id
        self._writer = ThreadPoolExecutor(1, "adding")
        self._writing: tuple[Batch, Future[None]] | None = None
        self._leaving = threading.Event()
        self._told: Progress | None = None
        self._told_at = 0.0
        self._untold: list[SourceDocument] = []  # that are committed
        self.committed: list[Reading] = []
        self.is_cancelled = False

    def run(self) -> None:
        """Add all that is read.

        Raises:
            Cancelled: it was cancelled.
            LibraryError: the library can't be written, or the embedding model fails.
        """
        while not self._ahead.is_over:
            self._ask()
            self._tell()
            if (taken := self._ahead.take(_ASK_SECONDS)) is not None:
                self._put(*taken)
            self._commit_in_time()
        self._finish_writing()
        self._write()
        self._finish_writing()

    def leave(self) -> None:
        """End what is still at work, and let readers see what is committed."""
        self._leaving.set()  # a batch that is being embedded is given up
        self._writer.shutdown()
        if self._writing is not None and self._writing[1].exception() is None:
            self._note_committed()
        self._shelf.release(self._works)
        if self.committed:
            self._shelf.show(self.committed)

    def _ask(self) -> None:
        self.is_cancelled = self.is_cancelled or self._cancelled()
        if self.is_cancelled:
            raise Cancelled

    def _put(self, work: Work, read: Read) -> None:
        """Put a document into the batch, where it isn't in the library yet."""
        document = read.reading.document
        if known := self._shelf.claim(document.id, document.name):  # added meanwhile
            work.became(Outcome(duplicates=((document.name, known),), known=(document.id,)))
            return
        work.became(Outcome(added=(document,)))
        if not self._batch.readings:
            self._since = time.monotonic()
        self._works[document.id] = work
        self._batch.append(read.reading, read.data)

    def _commit_in_time(self) -> None:
        if self._writing is not None and self._writing[1].done():
            self._finish_writing()
        is_due = self._batch.readings and time.monotonic() - self._since >= _BATCH_SECONDS
        if self._batch.is_full:
            self._finish_writing()
            self._write()
        elif is_due and self._writing is None:
            self._write()

    def _write(self) -> None:
        batch, self._batch = self._batch, Batch()
        if batch.readings:
            written = self._writer.submit(self._shelf.commit, batch, self._check)
            self._writing = batch, written

    def _check(self) -> None:
        if self._leaving.is_set():
            raise Cancelled

    def _finish_writing(self) -> None:
        """Wait until the batch that is being committed is."""
        while self._writing is not None:
            if wait([self._writing[1]], _ASK_SECONDS).done:
                self._writing[1].result()
                self._note_committed()
                self._tell()
            else:
                self._ask()

    def _note_committed(self) -> None:
        assert self._writing is not None
        batch, self._writing = self._writing[0], None
        for document in batch.documents:  # as it was committed: it may be called otherwise
            self._works.pop(document.id).became(Outcome(added=(document,)))
        self.committed.extend(batch.readings)
        self._untold.extend(batch.documents)

    def _tell(self) -> None:
        """Tell of another file at once, and of another page of the same about once a second."""
        now = self._ahead.progress
        told, since = self._told, time.monotonic() - self._told_at
        if told is None or now != replace(told, page=now.page, pages=now.pages):
            self._tell_of(replace(now, page=0, pages=0))
        elif self._untold or (now != told and since >= _PAGE_SECONDS):
            self._tell_of(now)

    def _tell_of(self, progress: Progress) -> None:
        self._told, self._told_at = progress, time.monotonic()
        committed, self._untold = tuple(self._untold), []
        self._progress(replace(progress, committed=committed))

    def tell_last(self) -> None:
        """Tell how far it came, now that readers see it."""
        self._tell_of(self._ahead.progress)


def _up_to(outcomes: Sequence[Outcome], committed: Collection[str]) -> list[Outcome]:
    """What became of files when it was cancelled: without documents that were not committed, up to
    the last file of which something is left."""
    kept = [
        replace(outcome, added=tuple(d for d in outcome.added if d.id in committed))
        for outcome in outcomes
    ]
    while kept and kept[-1] == Outcome():
        kept.pop()
    return kept


def _tell_nobody(progress: Progress) -> None:
    pass


def _never() -> bool:
    return False
