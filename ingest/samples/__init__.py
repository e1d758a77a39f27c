"""Fictional plans that come with the program, so that a newcomer can ask at once.

They are made by ``docs/samples/make.py``; the places, people and documents are invented.
"""

from __future__ import annotations

from pathlib import Path

_SUFFIXES = frozenset({".docx", ".pdf", ".txt", ".md"})


def sample_paths() -> tuple[Path, ...]:
    """The sample documents' files, by name."""
    folder = Path(__file__).resolve().parent
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES))
