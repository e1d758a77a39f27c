"""Adding files: found, read one by one, committed in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from ingest import load
from ingest.errors import UnreadableFile
from ingest.pipeline.outcome import Outcome, Progress, Summary, together
from ingest.reading import Reader, Reading, identity, storable
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

    def commit(self, batch: Batch) -> None:
        """Store documents for good, each wholly."""
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


_BATCH_PASSAGES = 500
_BATCH_BYTES = 50_000_000


def add_files(
    shelf: Shelf,
    files: Sequence[tuple[Path, str]],
    failed: Sequence[UnreadableFile] = (),
    progress: Tell | None = None,
    *,
    expand: bool = True,
) -> Summary:
    """Add files under the names they were given, each as the documents that it holds, or as the
    one document that it is. ``failed`` are those that were not even found."""
    batch = Batch()
    committed: list[Reading] = []
    outcomes: list[Outcome] = []
    settings = shelf.settings
    reader = Reader(settings)

    def commit() -> None:
        shelf.commit(batch)
        committed.extend(batch.readings)
        batch.clear()

    try:
        for done, (path, name) in enumerate(files):
            shown = Progress(done, len(files), storable(name))
            if progress:
                progress(shown)
                reader.tell_pages(_shower_of_pages(progress, shown))
            try:
                data = load.read_bytes(path, settings.max_file_bytes)
                held = reader.members(data, name) if expand else load.alone(data, name)
            except UnreadableFile as error:
                outcomes.append(Outcome(failed=(error,)))
                continue
            outcome = Outcome(failed=tuple(held.failed))
            for member in held.found:
                if progress and len(held.found) > 1:
                    progress(replace(shown, name=storable(member.name)))
                one = _add_one(shelf, reader, member, batch)
                outcome = together([outcome, one])
                if batch.is_full:
                    commit()
            outcomes.append(outcome)
        commit()
    finally:
        reader.close()
        shelf.release(document.id for document in batch.documents)  # not committed
        if committed:
            shelf.show(committed)
    if progress:
        progress(Progress(len(files), len(files), ""))
    whole = together([Outcome(failed=tuple(failed)), *outcomes])
    return Summary(whole.added, whole.duplicates, whole.failed, tuple(outcomes))


def _add_one(shelf: Shelf, reader: Reader, member: load.Member, batch: Batch) -> Outcome:
    """Read one document and put it into ``batch``, where it isn't in the library yet."""
    name = storable(member.name)
    if known := shelf.known(identity(member.data)):
        return Outcome(duplicates=((name, known),))
    try:
        reading = reader.read(member)
    except UnreadableFile as error:
        return Outcome(failed=(error,))
    document = reading.document
    if known := shelf.claim(document.id, document.name):  # added meanwhile
        return Outcome(duplicates=((document.name, known),))
    batch.append(reading, member.data)
    return Outcome(added=(document,))


def _shower_of_pages(
    progress: Callable[[Progress], None], shown: Progress
) -> Callable[[int, int], None]:
    """Tells of a file's pages, about once a second: a page may take as long or a thousandth."""
    last = time.monotonic()

    def show(page: int, pages: int) -> None:
        nonlocal last
        if time.monotonic() - last >= 1:
            last = time.monotonic()
            progress(replace(shown, page=page, pages=pages))

    return show
