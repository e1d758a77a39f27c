"""Where a store lies, and how another takes its place so that an interruption loses neither."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from ingest.errors import LibraryError
from ingest.settings import Settings

NEW, _OLD = "chroma.new", "chroma.old"
DAMAGED = "chroma.damaged-*"  # under the home: stores that a rebuild could not open


def take_place(settings: Settings, damaged: bool) -> None:
    """Put the new store where the old one is; :func:`restore_store` mends an interruption."""
    aside = settings.home / _OLD
    try:
        if damaged:
            taken = {p.name for p in settings.home.glob(DAMAGED)}
            aside = next(
                settings.home / name
                for n in itertools.count(1)
                if (name := DAMAGED.replace("*", str(n))) not in taken
            )
        else:
            delete(aside)
        if settings.store_path.exists():
            settings.store_path.rename(aside)
        (settings.home / NEW).rename(settings.store_path)
        if not damaged:
            delete(aside)
    except OSError as error:
        raise LibraryError(
            f"the new store could not take the place of {settings.store_path}: {error}"
        ) from error


def restore_store(settings: Settings) -> None:
    """Undo or finish what a rebuild left when it was cut short between its two renames."""
    aside = settings.home / _OLD
    if aside.exists():
        if settings.store_path.exists():
            delete(aside)
        else:
            aside.rename(settings.store_path)


def delete(path: Path) -> None:
    """Delete a file or folder, where there is one."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
