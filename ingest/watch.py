"""Keeping a library in step with a folder: what comes, changes and goes there does so here.

The folder is looked at again and again (:class:`Watch`), by names, sizes and times alone: systems
tell of changes on their own disks, but not on a network drive. What the library took from it is
kept in the data folder, so that it goes on where it stopped.

Nothing goes by mistake: documents that came another way are never touched, a folder that is away or
bare changes nothing (a drive that was pulled out looks so), and what goes can be restored
(:meth:`ingest.pipeline.Library.restore`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ingest import corrections, durable, load
from ingest.errors import IngestError, LibraryError, UnreadableFile, cannot_write
from ingest.load.containers import SEPARATOR
from ingest.pipeline import Library, Progress
from ingest.pipeline.places import WATCHED
from ingest.reading import storable
from ingest.records import SourceDocument

log = logging.getLogger(__name__)

SECONDS = 2.0  # between two looks
_SETTLED_SECONDS = 2.0  # for which a file has to stay as it is before it is taken
_SHARE = 10  # looking may take a tenth of the time: on a slow drive it is done more seldom
_RETRY_SECONDS = 30.0  # after the library could not be written
_KEPT_SECONDS = 365 * 86400.0  # for which a table is kept that nobody uses
# Reasons that lie outside a file, so that it may be readable at the next start as it is.
_OUTSIDE = frozenset({"needs_libreoffice", "needs_tesseract", "permission", "missing"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is in the folder: its bytes, and when they were written (ns)."""

    size: int
    written: int


@dataclass(slots=True)
class Entry:
    """A file that was taken: as it was then, the ids of its documents, and why it, or a document in
    it, could not be read (an UnreadableFile's name, reason and detail)."""

    seen: Seen
    documents: list[str] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Taken:
    """What was taken from the folder: files by their path in it; the documents of these that it was
    that brought them, and so may take them away."""

    files: dict[str, Entry] = field(default_factory=dict)
    brought: set[str] = field(default_factory=set)

    def holders(self, document_id: str) -> list[str]:
        """The files that hold a document."""
        return [path for path, entry in self.files.items() if document_id in entry.documents]

    def unheld(self) -> set[str]:
        """The documents that were brought by files of which no other trace is left."""
        return self.brought.difference(*(entry.documents for entry in self.files.values()))


@dataclass(frozen=True, slots=True)
class Change:
    """What a look at the folder has changed in the library: names of documents, and files that
    could not be read. ``away`` says that the folder could not be seen, or was bare."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[UnreadableFile, ...] = ()
    away: bool = False


class Watch:
    """Keeps ``library`` in step with ``folder``. For one thread at a time.

    Deleted by hand, a document stays away until its file changes.
    """

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self.folder = Path(os.path.abspath(folder))  # noqa: PTH100 (links in it stay links)
        self._table = _table_of(library, self.folder)
        self._taken = _read_table(self._table)
        _mark_used(self._table)
        _delete_unused(self._table.parent, library)
        for entry in self._taken.files.values():
            if any(reason in _OUTSIDE for _, reason, _ in entry.failed):
                entry.seen = Seen(-1, -1)  # it is looked at anew
        self._before: dict[str, Seen] | None = None  # as the last look found the folder
        self._missed = set(self._taken.files)  # by that; the first look is believed
        self._unheld = self._taken.unheld()  # as the last look left them; likewise
        self.unreadable = 0  # files, or documents in files
        self.scan_seconds = 0.0  # that it took to look through the folder the last time
        self._count_unreadable()

    def look(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Change:
        """Look at the folder once, and have the library follow.

        A file is taken when it has not changed for two seconds, and is taken away when two looks
        have missed it; but the first look believes what it sees.

        Raises:
            LibraryError: the library can't be written, or the embedding model fails.
        """
        began = time.monotonic()
        scanned = self._scan()
        self.scan_seconds = time.monotonic() - began
        if scanned is None or not (scanned[0] or self._taken == Taken()):
            self._before, self._missed, self._unheld = None, set(), set()
            return Change(away=True)
        found, is_whole = scanned
        before, self._before = self._before, found
        fresh = [path for path, seen in found.items() if self._is_to_take(path, seen, before)]
        missing = {path for path in self._taken.files if path not in found}
        gone, self._missed = sorted(missing & self._missed), missing
        if not (fresh or gone or self._taken.unheld()):
            return Change()
        change = self._take(fresh, found, progress, cancelled)
        if cancelled is not None and cancelled():
            return change
        removed = self._drop(gone)
        if is_whole:
            removed += self._drop_unheld(found)
        if fresh or gone or removed:
            self._save()
        return replace(change, removed=removed)

    def _scan(self) -> tuple[dict[str, Seen], bool] | None:
        """The files in the folder by their paths, in order, and whether these are all; None where
        it can't be seen.

        Of a subfolder that can't be, all is as it was.
        """
        found: dict[str, Seen] = {}
        home = self._library.settings.home.resolve()
        unseen: list[str] = []

        def walk(folder: Path, inside: str) -> None:
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    path = f"{inside}{entry.name}"
                    try:
                        if entry.name.startswith((".", "~$")):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            if Path(entry.path).resolve() != home:
                                walk(Path(entry.path), f"{path}/")
                        elif Path(entry.name).suffix.lower() in load.SUPPORTED and entry.is_file():
                            status = entry.stat()
                            found[path] = Seen(status.st_size, status.st_mtime_ns)
                    except OSError as error:
                        log.debug("%s can't be seen: %s", entry.path, error)
                        unseen.append(path)

        try:
            walk(self.folder, "")
        except OSError as error:
            log.debug("%s can't be seen: %s", self.folder, error)
            return None
        for path, entry in self._taken.files.items():
            if any(path == one or path.startswith(f"{one}/") for one in unseen):
                found[path] = entry.seen
        return found, not unseen

    def _is_to_take(self, path: str, seen: Seen, before: dict[str, Seen] | None) -> bool:
        """Whether a file is new or changed, and nothing writes to it any more."""
        entry = self._taken.files.get(path)
        if entry is not None and entry.seen == seen:
            return False
        if before is not None and before.get(path) == seen:
            return True
        return before is None and time.time() - seen.written / 1e9 >= _SETTLED_SECONDS

    def _take(
        self,
        paths: list[str],
        found: dict[str, Seen],
        progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Change:
        """Add new files, and changed ones in the place of what they held before."""
        if not paths:
            return Change()
        brought: set[str] = set()

        def tell(told: Progress) -> None:
            if told.committed:
                brought.update(document.id for document in told.committed)
                self._taken.brought |= brought
                self._save()  # an add that is cut short leaves nothing that this doesn't know
            if progress:
                progress(told)

        summary = self._library.add([self.folder / path for path in paths], tell, cancelled)
        names = tuple(document.name for document in summary.added)
        if len(summary.files) != len(paths) or (cancelled is not None and cancelled()):
            return Change(added=names)  # what is there is found to be, the next time
        failed: list[UnreadableFile] = []
        unheld: dict[str, list[str]] = {}  # documents that a file no longer holds, by its path
        before = dict(self._taken.files)
        for path, outcome in zip(paths, summary.files, strict=True):
            failed.extend(outcome.failed)
            old = self._taken.files.get(path)
            held = [*(document.id for document in outcome.added), *outcome.known]
            errors = [(error.name, error.reason, error.detail) for error in outcome.failed]
            entry = Entry(found[path], held, errors)
            if old is not None and not held:  # the version that could be read stays
                entry.documents = old.documents
            elif old is not None:
                unheld[path] = [i for i in old.documents if i not in held]
            self._taken.files[path] = entry
        try:
            self._carry_over(unheld)
            self._withdraw([i for ids in unheld.values() for i in ids])
        except BaseException:
            self._taken.files = before  # so that the next look goes on with it
            raise
        self._count_unreadable()
        self._save()
        return Change(added=names, failed=tuple(failed))

    def _carry_over(self, unheld: dict[str, list[str]]) -> None:
        """Have the new version of a document keep what was noted by hand on the old one."""
        for path, ids in unheld.items():
            new = self._taken.files[path].documents
            if len(ids) == 1 and len(new) == 1 and (old := self._document(ids[0])) is not None:
                document = self._document(new[0])
                if old.notes.by_hand and document is not None and not document.notes.by_hand:
                    with contextlib.suppress(KeyError):  # it was deleted by hand meanwhile
                        self._library.note(document.id, corrections.carried_over(old, document))

    def _drop(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Forget files that are gone, and take away what only they held; its names."""
        held: dict[str, str] = {}  # by id, under which path
        before = dict(self._taken.files)
        for path in paths:
            held |= dict.fromkeys(self._taken.files.pop(path).documents, path)
        try:
            names = self._withdraw(held)
        except BaseException:
            self._taken.files = before  # so that the next look goes on with it
            raise
        for document_id, path in held.items():
            self._follow_name(document_id, path)
        self._count_unreadable()
        return names

    def _drop_unheld(self, found: dict[str, Seen]) -> tuple[str, ...]:
        """Take away documents of files that were gone before anything else was noted of them, as
        when the program was ended while it added them; their names.

        Their files' paths are not known. So this waits until all that is in the folder was taken,
        and leaves what a file of the same name may hold that can't be read now.
        """
        files = self._taken.files
        if any(path not in files or files[path].seen != seen for path, seen in found.items()):
            return ()
        unread = {_name(path) for path, entry in files.items() if entry.failed}
        now = {
            document_id
            for document_id in self._taken.unheld()
            if (document := self._document(document_id)) is None
            or document.given_name.partition(SEPARATOR)[0] not in unread
        }
        gone, self._unheld = now & self._unheld, now
        return self._withdraw(gone)

    def _withdraw(self, document_ids: Collection[str]) -> tuple[str, ...]:
        """Take away documents that the folder brought and no longer holds; their names."""
        unheld = [
            document_id
            for document_id in dict.fromkeys(document_ids)
            if document_id in self._taken.brought and not self._taken.holders(document_id)
        ]
        gone = [document for i in unheld if (document := self._document(i)) is not None]
        if gone:
            try:
                self._library.set_aside(*(document.id for document in gone))
            except KeyError:  # one was deleted by hand meanwhile
                return self._withdraw(document_ids)
        self._taken.brought.difference_update(unheld)  # also one that was deleted by hand
        return tuple(document.name for document in gone)

    def _follow_name(self, document_id: str, path: str) -> None:
        """Have a document that is still there follow its file's new name; ``path`` is the old."""
        document, holders = self._document(document_id), self._taken.holders(document_id)
        if document is None or document_id not in self._taken.brought or len(holders) != 1:
            return
        name = _name(holders[0])
        if document.name == _name(path) != name:  # and not as it was named by hand
            try:
                self._library.rename(document_id, name)
            except (LibraryError, KeyError) as error:
                log.debug("%s keeps its name: %s", document.name, error)

    def _document(self, document_id: str) -> SourceDocument | None:
        try:
            return self._library.document(document_id)
        except KeyError:
            return None  # it was deleted by hand

    def _count_unreadable(self) -> None:
        self.unreadable = sum(len(entry.failed) for entry in self._taken.files.values())

    def _save(self) -> None:
        try:
            self._table.parent.mkdir(parents=True, exist_ok=True)
            partial = self._table.with_suffix(".part")
            durable.write(partial, json.dumps(_as_json(self.folder, self._taken)).encode())
            partial.replace(self._table)
            durable.sync_folder(self._table.parent)
        except OSError as error:
            raise cannot_write(self._table, error) from error


def _name(path: str) -> str:
    """What a document is called whose file is at ``path`` in the folder."""
    return storable(path.rpartition("/")[2])


def follow(
    watch: Watch,
    stopped: threading.Event,
    tell: Callable[[Change | IngestError], None],
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Look at the folder until ``stopped``; ``tell`` what every look has changed, or that it
    failed."""
    pause = 0.0
    while not stopped.wait(pause):
        try:
            tell(watch.look(progress, stopped.is_set))
            pause = max(SECONDS, _SHARE * watch.scan_seconds)
        except LibraryError as error:
            tell(error)
            pause = _RETRY_SECONDS


# --- the table, as JSON ---------------------------------------------------------------------------


def _table_of(library: Library, folder: Path) -> Path:
    """Where it stands what a library took from a folder."""
    digest = hashlib.sha256(str(folder).encode("utf-8", "surrogatepass")).hexdigest()
    name = f"{library.identity}-{digest[:16]}" if library.identity else digest[:16]
    return library.settings.home / WATCHED / f"{name}.json"


def _mark_used(table: Path) -> None:
    with contextlib.suppress(OSError):
        os.utime(table)


def _delete_unused(folder: Path, library: Library) -> None:
    """Delete the tables of folders that nobody has followed for a year, where the library has none
    of their documents. Until then a folder may be followed again, and what was deleted by hand is
    to stay away."""
    before = time.time() - _KEPT_SECONDS
    present = {document.id for document in library.documents()}
    for path in folder.glob("*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before and _read_table(path).brought.isdisjoint(present):
                path.unlink()


def _as_json(folder: Path, taken: Taken) -> dict[str, object]:
    files = {path: asdict(entry) for path, entry in taken.files.items()}
    return {"folder": str(folder), "files": files, "brought": sorted(taken.brought)}


def _read_table(path: Path) -> Taken:
    """The table at ``path``; an empty one where there is none, or it is damaged: all is then looked
    at anew, and what is there already is found to be."""
    try:
        raw = json.loads(path.read_bytes())
        return Taken(dict(_entries(raw["files"])), set(map(str, raw["brought"])))
    except FileNotFoundError:
        return Taken()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("%s can't be read, the folder is looked at anew: %s", path, error)
        return Taken()


def _entries(raw: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    for path, entry in raw.items():
        seen = Seen(int(entry["seen"]["size"]), int(entry["seen"]["written"]))
        failed = [(str(name), str(reason), str(detail)) for name, reason, detail in entry["failed"]]
        yield path, Entry(seen, list(map(str, entry["documents"])), failed)
