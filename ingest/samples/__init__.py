"""Fictional plans that come with the program, so that a newcomer can ask at once.

They are made by ``docs/samples/make.py``; the places, people and documents are invented.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import cannot_write
from ingest.settings import Settings

_GIVEN = "samples.given"  # under the home: an empty file
_SUFFIXES = frozenset({".docx", ".pdf", ".txt", ".md"})


def sample_paths() -> tuple[Path, ...]:
    """The sample documents' files, by name."""
    folder = Path(__file__).resolve().parent
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES))


def are_due(settings: Settings) -> bool:
    """Whether the library of a data folder, found empty, has never held a document at a start.

    One that was emptied by hand stays empty.
    """
    return not (settings.home / _GIVEN).exists()


def mark_given(settings: Settings) -> None:
    """Remember that the library has held documents.

    Raises:
        LibraryError: the data folder can't be written.
    """
    mark = settings.home / _GIVEN
    try:
        if not mark.exists():
            mark.touch()
    except OSError as error:
        raise cannot_write(mark, error) from error
