"""Where a store lies, and how another takes its place so that an interruption loses neither."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from ingest import durable
from ingest.errors import cannot_write
from ingest.originals import kept
from ingest.settings import Settings
from ingest.shelf import Shelf

NEW, _OLD = "chroma.new", "chroma.old"
DAMAGED = "chroma.damaged-*"  # under the home: stores that a rebuild could not open
WATCHED = "watched"  # under the home: what was taken from folders that are followed


def take_place(settings: Settings, damaged: bool) -> None:
    """Put the new store where the old one is; :func:`restore_store` mends an interruption.

    Raises:
        LibraryError: the folder can't be written.
    """
    aside = settings.home / _OLD
    try:
        Shelf(settings.shelf_path).clear()  # it was made from the old one
        if damaged:
            taken = {p.name for p in settings.home.glob(DAMAGED)}
            aside = next(
                settings.home / name
                for n in itertools.count(1)
                if (name := DAMAGED.replace("*", str(n))) not in taken
            )
        else:
            delete(aside)
        durable.sync_tree(settings.home / NEW)  # before the old one goes
        if settings.store_path.exists():
            settings.store_path.rename(aside)
        (settings.home / NEW).rename(settings.store_path)
        durable.sync_folder(settings.home)
        if not damaged:
            delete(aside)
    except OSError as error:
        raise cannot_write(settings.home, error) from error


def restore_store(settings: Settings) -> None:
    """Undo or finish what a rebuild left when it was cut short: before its two renames, between
    them, or after.

    Raises:
        LibraryError: the folder can't be written.
    """
    aside, new = settings.home / _OLD, settings.home / NEW
    try:
        if aside.exists():
            if settings.store_path.exists():
                delete(aside)
            else:
                aside.rename(settings.store_path)
        elif not settings.store_path.exists() and new.exists() and _damaged(settings):
            new.rename(settings.store_path)  # whole: the damaged one was already put away
        delete(new)
    except OSError as error:
        raise cannot_write(settings.home, error) from error


def delete_damaged(settings: Settings) -> None:
    """Delete the stores that a rebuild put away as damaged: they hold what is being removed.

    Raises:
        LibraryError: one can't be deleted.
    """
    try:
        for path in _damaged(settings):
            delete(path)
    except OSError as error:
        raise cannot_write(settings.home, error) from error


def _damaged(settings: Settings) -> list[Path]:
    return sorted(settings.home.glob(DAMAGED))


def forget_watched(settings: Settings) -> None:
    """Where the library is begun anew, without a store and without originals, delete what was noted
    of folders for the one before: what is missing now was not deleted by hand.

    Raises:
        LibraryError: the folder can't be written.
    """
    if not settings.store_path.exists() and not kept(settings):
        try:
            for path in (settings.home / WATCHED).glob("*"):
                if "-" not in path.name:  # those of a library at a server begin with its id
                    path.unlink()
        except OSError as error:
            raise cannot_write(settings.home, error) from error


def delete(path: Path) -> None:
    """Delete a file or folder, where there is one."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
