"""Files read ahead of what takes their documents: several at once, and only so many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ingest import load
from ingest.errors import UnreadableFile
from ingest.pipeline.outcome import Outcome, Progress, together
from ingest.pipeline.readers import Readers
from ingest.reading import Reader, Reading, identity, storable
from ingest.settings import Settings

_FILES_A_READER = 4  # in work, waiting for a reader, or read and waiting to be taken
_BYTES = 128 * 1024**2  # of these files together, where one alone is not larger
_BYTES_A_READER = 256 * 1024  # of files that keep a reader at work for as long as it takes to start
_UNPACKED = 20  # times its size, about, that the documents in an archive take


@dataclass(slots=True)
class File:
    """A file that was given, and what became of the documents in it, as far as that is known."""

    path: Path
    name: str
    parts: list[Outcome | None] = field(default_factory=lambda: [None])  # one, until it is opened

    @property
    def outcome(self) -> Outcome:
        return together([part for part in self.parts if part is not None])


Place = tuple[int, int]  # of a document: of its file among those given, and among that one's


@dataclass(slots=True)
class _Later:
    """A document that is the same as one being read at the time: what becomes of that will tell."""

    member: load.Member


@dataclass(slots=True)
class Read:
    """A document that was read: its bytes, and all that is found in them."""

    data: bytes
    reading: Reading


_Result = Read | Outcome | load.Members | _Later


@dataclass(slots=True, eq=False)
class Work:
    """A file on its way, or one of the documents in it."""

    file: File
    place: Place
    name: str
    size: int  # bytes
    result: Future[_Result] = field(default_factory=Future)
    document_id: str = ""  # of what is being read, or was; "" as long as that isn't known
    page: int = 0
    pages: int = 0

    def tell_page(self, page: int, pages: int) -> None:
        self.page, self.pages = page, pages

    def became(self, outcome: Outcome) -> None:
        """Note what became of the document."""
        self.file.parts[self.place[1]] = outcome


class ReadingAhead:
    """Reads ``files`` with ``readers``, and gives their documents one by one.

    They come in the order given, but for a file that takes long: it is waited for as long as the
    readers have others to read, and then passed over until it is done. Nothing passes over an
    earlier file that may hold the same document: which of the two is the copy depends on the order
    given alone. ``known`` tells the name of a document that need not be read, by its id; it is
    called from several threads.
    """

    def __init__(
        self,
        readers: Readers,
        jobs: int,
        files: Sequence[File],
        settings: Settings,
        known: Callable[[str], str | None],
        *,
        expand: bool,
    ) -> None:
        self._readers, self._files, self._settings = readers, files, settings
        self._known, self._expand = known, expand
        self._most = _FILES_A_READER * jobs
        self._next = 0  # of ``files``
        self._works: list[Work] = []  # begun and not taken, in the order given
        self._reading: dict[str, Place] = {}  # of documents being read, by id
        self._looking = threading.Lock()  # up in ``_reading``

    @property
    def is_over(self) -> bool:
        """Whether all has been taken."""
        return not self._works and self._next == len(self._files)

    @property
    def progress(self) -> Progress:
        """How far it has come: what is taken is done."""
        total = len(self._files)
        if self._works:
            first = self._works[0]
            done = first.place[0]
            ahead = self._next - done - len({work.place[0] for work in self._works})
            return Progress(done, total, first.name, first.page, first.pages, ahead)
        name = self._files[self._next].name if self._next < total else ""
        return Progress(self._next, total, storable(name))

    def take(self, seconds: float) -> tuple[Work, Read] | None:
        """The next document; None when nothing has come of the work in ``seconds``, or what has is
        no new document: look at ``is_over``, and ask again.

        Raises:
            LibraryError: there is no room for temporary files, or no process can be started.
        """
        self._begin()
        work = self._ready()
        if work is None:
            results = [work.result for work in self._works if not work.result.done()]
            wait(results, seconds, return_when=FIRST_COMPLETED)
            work = self._ready()
        return self._settle(work) if work is not None else None

    def _begin(self) -> None:
        """Begin with further files, as many as there is room for."""
        while self._next < len(self._files):
            file = self._files[self._next]
            size = _size(file.path)
            if self._expand and load.is_container(file.name):
                size = min(_UNPACKED * size, self._settings.max_file_bytes)
            taken = sum(work.size for work in self._works)
            if self._works and (len(self._works) >= self._most or taken + size > _BYTES):
                return
            work = Work(file, (self._next, 0), storable(file.name), size)
            work.result = self._readers.submit(partial(self._open, work))
            self._works.append(work)
            self._next += 1

    def _ready(self) -> Work | None:
        """The next work to be taken, None where it is better to wait."""
        earlier: list[Work] = []  # that are not ready
        for work in self._works:
            if self._is_ready(work, earlier):
                is_better_to_wait = self._are_waiting() or not all(w.document_id for w in earlier)
                return None if earlier and is_better_to_wait else work
            earlier.append(work)
        return None

    def _is_ready(self, work: Work, earlier: Sequence[Work]) -> bool:
        """Whether a work is done, and is no copy of one that was given earlier and isn't."""
        if not work.result.done() or work.result.exception() is not None:
            return work.result.done()
        return not any(work.document_id == other.document_id != "" for other in earlier)

    def _are_waiting(self) -> bool:
        """Whether there are files for which no reader has been free."""
        return any(not (w.result.done() or w.result.running()) for w in self._works)

    def _open(self, work: Work, reader: Reader) -> _Result:
        """Read a file; one that holds several documents is only unpacked."""
        name = work.file.name
        try:
            data = load.read_bytes(work.file.path, self._settings.max_file_bytes)
            if self._expand and load.is_container(name):
                return reader.members(data, name)
        except UnreadableFile as error:
            return Outcome(failed=(error,))
        return self._read(work, load.Member(name, data), reader)

    def _read(self, work: Work, member: load.Member, reader: Reader) -> _Result:
        document_id = work.document_id = identity(member.data)
        if known := self._known(document_id):
            return Outcome(duplicates=((work.name, known),), known=(document_id,))
        with self._looking:
            if self._reading.get(document_id, work.place) < work.place:
                return _Later(member)
            self._reading[document_id] = work.place
        reader.tell_pages(work.tell_page)
        try:
            return Read(member.data, reader.read(member))
        except UnreadableFile as error:
            return Outcome(failed=(error,))
        finally:
            with self._looking:
                if self._reading.get(document_id) == work.place:
                    del self._reading[document_id]

    def _settle(self, work: Work) -> tuple[Work, Read] | None:
        """Take what came of a work: a document, or an outcome, or more work."""
        result = work.result.result()
        at = self._works.index(work)
        match result:
            case load.Members():
                self._works[at : at + 1] = self._parts(work, result)
            case _Later():
                work.result = self._readers.submit(partial(self._read, work, result.member))
            case Outcome():
                del self._works[at]
                work.became(result)
            case Read():
                del self._works[at]
                return work, result
        return None

    def _parts(self, opened: Work, held: load.Members) -> Iterator[Work]:
        """The work on the documents in a file that was unpacked."""
        file = opened.file
        file.parts = [Outcome(failed=tuple(held.failed)), *(None for _ in held.found)]
        for part, member in enumerate(held.found, 1):
            place = (opened.place[0], part)
            work = Work(file, place, storable(member.name), len(member.data))
            work.result = self._readers.submit(partial(self._read, work, member))
            yield work


def readers_for(files: Sequence[File], jobs: int) -> int:
    """How many of ``jobs`` readers it is worth starting for ``files``."""
    size = 0
    for file in files:
        size += _size(file.path)
        if size >= jobs * _BYTES_A_READER:
            return jobs
    return 1 + size // _BYTES_A_READER


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # it will be told when the file is opened
        return 0
