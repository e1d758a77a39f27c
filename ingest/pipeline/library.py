"""The library: what the rest of the project sees of the document path."""

from __future__ import annotations

import contextlib
import datetime
import functools
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ingest import corrections, deadlines, originals, worker
from ingest.alike import Alike, Likeness
from ingest.errors import LibraryError, UnreadableFile
from ingest.pipeline.adding import Batch, add_files, files_under
from ingest.pipeline.amending import SetAside, Taken, amend, bring_back, noted, take
from ingest.pipeline.contents import Contents
from ingest.pipeline.context import context_of
from ingest.pipeline.encoding import encoded
from ingest.pipeline.judged import Blanked, blank_judgements, quoting, write_back
from ingest.pipeline.outcome import Progress, Summary
from ingest.pipeline.places import delete_damaged, forget_watched, restore_store
from ingest.pipeline.presence import own_alone
from ingest.pipeline.replacing import replace_document
from ingest.pipeline.room import check_room, size_of
from ingest.pipeline.unfinished import finish, open_store
from ingest.reading import Reader, Reading
from ingest.records import Corrections, Notes, Obligation, Passage, SourceDocument
from ingest.segments import Records, Segment
from ingest.settings import Settings
from ingest.shelf import Parts, Shelf

if TYPE_CHECKING:
    from filelock import BaseFileLock

    from ingest.embed import PassageEmbeddings
    from ingest.store import Store

log = logging.getLogger(__name__)


class Library:
    """The documents of one data folder, or of a server (:mod:`ingest.pipeline.shared_library`).
    Reading needs no embedding model; adding does.

    What readers see (:meth:`documents`, :meth:`passages`) changes in one step, when an
    :meth:`add` or :meth:`remove` is done; ``revision`` counts these steps.
    """

    is_shared = False  # whether other processes change it too

    def __init__(
        self,
        settings: Settings,
        store: Store,
        embeddings: PassageEmbeddings,
        lock: BaseFileLock | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """``shelf`` keeps what is derived from the documents; without one nothing is kept."""
        self.settings = settings
        self.embeddings = embeddings
        self._store = store
        self._lock = lock
        self._writing = threading.RLock()
        self.shelf = shelf or Shelf(None)
        self._contents = self._first_contents()
        # Of documents that are committed, seen by readers or not, and of those being added.
        self._names = {d.id: d.name for d in self.documents()}
        self.revision = 1
        self.trouble: LibraryError | None = None  # why the store can't be asked just now
        self._expected: dict[str, Notes] = {}  # of documents that are still to come
        self._taken: dict[str, Taken] = {}  # what is set aside
        self._blanked: Blanked = {}  # thumbs that quote what is set aside
        self._likeness = Likeness()

    @classmethod
    def open(cls, settings: Settings) -> Library:
        """Open the library at ``settings.home``, made empty where there is none.

        Raises:
            LibraryError: another process holds it, it can't be written, or another model made it.
        """
        from ingest.embed import embeddings_of

        if settings.chroma_url is not None:
            from ingest.pipeline.shared_library import SharedLibrary

            return SharedLibrary.join(settings)
        lock = own_alone(settings)
        store = None
        try:
            worker.sweep(settings.home)
            restore_store(settings)
            forget_watched(settings)
            embeddings = embeddings_of(settings)
            store = open_store(settings, embeddings)
            finish(settings, store)
            library = cls(settings, store, embeddings, lock, Shelf(settings.shelf_path))
            corrections.mirror(settings, library.documents())
            return library
        except BaseException:
            if store is not None:
                store.close()
            lock.release()
            raise

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the folder for other processes, once what is being written is."""
        with self._writing:
            self._store.close()
            if self._lock is not None:
                self._lock.release()

    @property
    def identity(self) -> str:
        """Which library of those that this data folder has been used with: "" is its own."""
        return self._store.identity

    def documents(self) -> tuple[SourceDocument, ...]:
        """Every document, by name."""
        return tuple(self._contents.documents.values())

    def document(self, document_id: str) -> SourceDocument:
        """The document with that id; KeyError when there is none."""
        return self._contents.documents[document_id]

    def passages(self) -> tuple[Passage, ...]:
        """Every passage, by document and in document order."""
        return self._contents.passages

    def added_at(self, document_id: str) -> datetime.datetime | None:
        """When a document came into the library (UTC); None where that is not known."""
        if added := self.document(document_id).notes.added:
            return datetime.datetime.fromisoformat(added)
        return originals.kept_since(self.settings, document_id)

    def original(self, document_id: str) -> tuple[str, bytes] | None:
        """The file of a document as it was given, (name, bytes); None where it is not kept."""
        name = self.document(document_id).given_name
        data = originals.original(self.settings, document_id)
        return None if data is None else (name, data)

    def corrections(self, document_id: str) -> Corrections:
        """What was corrected by hand in a document's header."""
        return self.document(document_id).notes.corrections

    def alike(self) -> tuple[Alike, ...]:
        """Pairs of documents whose texts are nearly the same, best first."""
        return self._likeness.pairs(self.documents())

    def cited_page(self, document_id: str, start: int, end: int) -> bytes | None:
        """The page of a PDF or scan that holds ``text[start:end]``, as a PNG with that marked.

        None for a document of another kind, or whose original is not kept.
        """
        from ingest.page_picture import cited_page

        data = originals.original(self.settings, document_id)
        if data is None:
            return None
        document = self.document(document_id)
        with Reader(self.settings) as drawer:
            try:
                return drawer.call(document.name, cited_page, data, document, start, end)
            except UnreadableFile:
                return None

    def obligations(self) -> tuple[Obligation, ...]:
        """Every row of the register of obligations, by document and place in it."""
        return self._contents.obligations

    def segments(self) -> tuple[int, tuple[Segment, ...]]:
        """The revision, and the segments in which the library's records lie then."""
        with self._writing:
            return self.revision, self._contents.segments

    def keep(self, segment: Segment, kind: str, version: str, parts: Parts) -> Parts | None:
        """Put what was derived from a segment on the shelf, and take it from there: it is mapped.

        None where it is not kept, as where the segment is no longer one of the library's: it may
        hold words that were deleted meanwhile, or that were corrected.
        """
        with self._writing:
            if not any(segment is one for one in self._contents.segments):
                return None
            self.shelf.put(segment.name, kind, version, parts)
            return self.shelf.get(segment.name, kind, version)

    def _first_contents(self) -> Contents:
        """What the store holds when the library is opened."""
        if self.shelf.folder is None:
            documents, passages = self._store.documents(), self._store.passages()
            obligations = self._store.obligations()
            if self._renew_register(documents, obligations, self._store.outdated()):
                obligations = self._store.obligations()
            return Contents.of_records(documents, passages, obligations)
        outdated = functools.cache(self._store.outdated)

        def read(document_ids: Sequence[str]) -> Records:
            records = self._store.records(document_ids)
            if not self._renew_register(records[0], records[2], outdated()):
                return records
            return self._store.records(document_ids)

        contents = Contents.of(self.shelf, self._store.ids(), read)
        if self._store.passage_count() != contents.passage_count:
            self._store.passages()  # sweeps what belongs to no document
        return contents

    def _renew_register(
        self,
        documents: Iterable[SourceDocument],
        obligations: Iterable[Obligation],
        outdated: Collection[str],
    ) -> bool:
        """Find the duties anew of documents that an older version of this program has read, and
        tell whether any are others than ``obligations``, which the store has.

        Only those are written: Chroma takes a hundred times as long for it as it takes to find
        them.
        """
        before: dict[str, set[Obligation]] = {d.id: set() for d in documents if d.id in outdated}
        if not before:
            return False
        for duty in obligations:
            if duty.document_id in before:
                before[duty.document_id].add(duty)
        changed: list[SourceDocument] = []
        found: list[Obligation] = []
        for document in documents:
            if document.id in before:
                duties = deadlines.find_obligations(document)
                if set(duties) != before[document.id]:
                    changed.append(document)
                    found.extend(duties)
        self._store.renew_obligations(changed, found)
        self._store.confirm_obligations(before.keys() - {d.id for d in changed})
        return bool(changed)

    def nearest(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """(passage id, cosine similarity) of the nearest passages, best first."""
        return self._store.nearest(vector, limit, documents)

    def add(
        self,
        paths: Iterable[Path],
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Summary:
        """Add files and folders. One bad file costs no other file anything.

        ``cancelled`` is asked between documents and between pages: True stops, and what was
        committed stays; the summary has that alone. Interrupted otherwise, the same stays, whole.

        Raises:
            LibraryError: the library can't be written, or the embedding model fails.
        """
        files, failed = self._files(paths)
        named = [(path, path.name) for path in files]
        check_room(self.settings, size_of(files))
        summary = add_files(self, named, failed, progress, cancelled=cancelled)
        return self._likeness.told(summary, self.documents())

    def known(self, document_id: str) -> str | None:
        """The name of a document that is there, or is being added."""
        return self._names.get(document_id)

    def claim(self, document_id: str, name: str) -> str | None:
        """Keep a place for a document; the name that it has there where it is known already."""
        with self._writing:
            known = self._names.get(document_id)
            if known is None:
                self._names[document_id] = name
            return known

    def release(self, document_ids: Iterable[str]) -> None:
        """Give up places that were kept."""
        with self._writing:
            for document_id in document_ids:
                if document_id not in self._contents.documents:  # others may have added it
                    self._names.pop(document_id, None)

    @contextlib.contextmanager
    def expecting(self, notes: Mapping[str, Notes]) -> Iterator[None]:
        """Have documents, by id, come with ``notes`` when they are added meanwhile."""
        self._expected |= notes
        try:
            yield
        finally:
            for document_id in notes:
                self._expected.pop(document_id, None)

    def rename(self, document_id: str, name: str) -> SourceDocument:
        """Call a document otherwise; its file's name again where that is ``name``.

        Raises:
            LibraryError: it can't be called so, or the library can't be written.
        """
        document = self.document(document_id)
        new = None if name == document.given_name else corrections.checked_name(name)
        return self.note(document_id, replace(document.notes, name=new))

    def correct(self, document_id: str, corrected: Corrections) -> SourceDocument:
        """Correct facts of a document's header by hand; all that ``corrected`` leaves None is as
        read from the text.

        Raises:
            LibraryError: a value is none such, or the library can't be written.
        """
        notes = self.document(document_id).notes
        return self.note(document_id, replace(notes, corrections=corrections.checked(corrected)))

    def note(self, document_id: str, notes: Notes) -> SourceDocument:
        """Put ``notes`` in the place of those on a document.

        Raises:
            LibraryError: the library can't be written, or the embedding model fails.
        """
        with self._writing:
            (reading,) = self._contents.readings([document_id])
            self.shelf.drop([document_id])  # first: an interruption must leave nothing out of date
            changed = amend(self._store, self.embeddings, self.settings, reading, notes)
            self._names[document_id] = changed.document.name
            self._contents = self._contents.without({document_id}).with_readings([changed])
            self.revision += 1
            return self._contents.documents[document_id]

    def set_aside(self, *document_ids: str) -> None:
        """Delete documents so that :meth:`restore` can undo it; KeyError when one is not there.

        They are gone for every reader at once, and for good when they are removed or the library
        is opened next.

        Raises:
            LibraryError: the library can't be written.
        """
        with self._writing:
            taken = take(self._store, self._contents.readings(document_ids))
            try:
                self._withdraw({one.document.id for one in taken})
            finally:
                there = self._contents.documents
                self._taken |= {t.document.id: t for t in taken if t.document.id not in there}

    def restore(self, *document_ids: str) -> None:
        """Undo :meth:`set_aside`; KeyError where a document is gone for good.

        Raises:
            LibraryError: the library can't be written, or is just adding one of them again.
        """
        with self._writing:
            wanted = [i for i in dict.fromkeys(document_ids) if i not in self._contents.documents]
            found = [self._taken[document_id] for document_id in wanted]
            if name := next((self._names[i] for i in wanted if i in self._names), None):
                raise LibraryError(
                    f"{name} is just being added again: wait until that is done",
                    f"{name} đang được thêm lại: hãy đợi thêm xong",
                )
            for taken in found:
                reading = bring_back(self._store, self.settings, taken)
                del self._taken[reading.document.id]
                self._names[reading.document.id] = reading.document.name
                self._contents = self._contents.with_readings([reading])
                self.revision += 1
            self._judge_again([taken.document for taken in found])

    def _judge_again(self, documents: Sequence[SourceDocument]) -> None:
        """Put thumbs back that quote ``documents``, which are here again, and nothing that is set
        aside. Where that fails they are lost: what matters more is done."""
        back = quoting(self._blanked, documents)
        away = quoting(back, (taken.document for taken in self._taken.values()))
        back = {at: row for at, row in back.items() if at not in away}
        self._forget_judgements(back)
        try:
            write_back(self.settings, back)
        except LibraryError as error:
            log.warning("thumbs were not put back: %s", error)

    def _forget_judgements(self, rows: Blanked) -> None:
        self._blanked = {at: row for at, row in self._blanked.items() if at not in rows}

    def set_aside_documents(self) -> tuple[SetAside, ...]:
        """What :meth:`restore` can bring back, the latest first."""
        return tuple(taken.shown for taken in reversed(list(self._taken.values())))

    def remove(self, *document_ids: str) -> None:
        """Remove documents and their kept originals for good, also what is set aside; KeyError
        when there is no such document.

        Nothing is removed when one of the ids is unknown.

        Raises:
            LibraryError: the library can't be written.
        """
        with self._writing:
            for document_id in document_ids:
                if document_id not in self._taken:
                    self.document(document_id)
            there = {i for i in document_ids if i in self._contents.documents}
            gone = [self._contents.documents[i] for i in sorted(there)]
            gone += [self._taken[i].document for i in document_ids if i in self._taken]
            self._withdraw(there)
            originals.finish_removals(self.settings, document_ids)
            for document_id in document_ids:
                self._taken.pop(document_id, None)
            self._forget_judgements(quoting(self._blanked, gone))

    def _withdraw(self, document_ids: set[str]) -> None:
        """Take documents from all readers, and their files out of a rebuild's reach."""
        if not document_ids:
            return
        gone = set(document_ids)
        self.shelf.drop(gone)
        try:
            # First out of a rebuild's reach: a delete that is cut short must not be undone by one.
            originals.set_aside(self.settings, gone)
            leaving = [self._contents.documents[i] for i in sorted(gone)]
            self._blanked |= blank_judgements(self.settings, leaving)
            delete_damaged(self.settings)
            self._store.remove(sorted(gone))
        finally:
            left = self._store.marked(gone)
            for document_id in left:  # what is still there is to stay when opened next
                with contextlib.suppress(LibraryError):
                    originals.restore(self.settings, document_id)
                    self._judge_again([self._contents.documents[document_id]])
            gone -= left
            self._names = {i: n for i, n in self._names.items() if i not in gone}
            self._contents = self._contents.without(gone)
            self.revision += 1
        corrections.delete(self.settings, gone)

    def replace(
        self,
        document_id: str,
        path: Path,
        progress: Callable[[Progress], None] | None = None,
    ) -> Summary:
        """Put a file in the place of a document, as its new version; KeyError when there is none.

        A name and corrections by hand carry over where the new text doesn't contradict them. The
        old version goes when the new one is stored for good; nothing changes where the file can't
        be read, or is in the library already.

        Raises:
            LibraryError: the library can't be written, or the embedding model fails.
        """
        return replace_document(self, self.document(document_id), path, progress)

    def _files(self, paths: Iterable[Path]) -> tuple[list[Path], list[UnreadableFile]]:
        """The files to read, and the folders without any; what the library keeps is not new."""
        files: list[Path] = []
        failed: list[UnreadableFile] = []
        home = self.settings.home.resolve()
        for path in paths:
            try:
                found = list(files_under([path]))
            except UnreadableFile as error:
                failed.append(error)
                continue
            files.extend(p for p in found if p == path or not p.resolve().is_relative_to(home))
        return files, failed

    def commit(self, batch: Batch, check: Callable[[], None] | None = None) -> None:
        """Embed and store documents for good; what a failure leaves of them is taken back.

        ``check`` is called while they are embedded, and what it raises ends that.
        """
        if not batch.readings:
            return
        batch.readings = [noted(r, self._expected.get(r.document.id)) for r in batch.readings]
        texts = [
            f"{context_of(reading.document, p)}\n{p.text}"
            for reading in batch.readings
            for p in reading.passages
        ]
        vectors = encoded(self.embeddings, texts, check)
        with self._writing:
            for document, data in zip(batch.documents, batch.data, strict=True):
                if data is not None:
                    originals.keep(self.settings, document, data)
            ids = [document.id for document in batch.documents]
            try:
                self._store.add(batch.documents, batch.passages, vectors, batch.obligations)
            except BaseException:
                # Where even this fails, the next opening sweeps what has no commit mark.
                with contextlib.suppress(LibraryError):
                    originals.give_up(self.settings, self._store.take_back(ids))
                raise
            self._forget_set_aside(batch.documents)
            originals.settle(self.settings, ids)
            for document in batch.documents:
                self._names[document.id] = document.name
                self._expected.pop(document.id, None)
                if document.notes.by_hand:
                    corrections.copy(self.settings, document)

    def _forget_set_aside(self, documents: Iterable[SourceDocument]) -> None:
        """What is added again is not to be removed when the library is opened next."""
        again = [document for document in documents if document.id in self._taken]
        if again:
            originals.finish_removals(self.settings, [document.id for document in again])
            for document in again:
                del self._taken[document.id]
            self._judge_again(again)

    def show(self, readings: Sequence[Reading]) -> None:
        """Let readers see documents that are committed: nothing is read again."""
        with self._writing:
            self._contents = self._contents.with_readings(readings)
            self.revision += 1
