"""What can go wrong on the question path."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the question path's errors."""


class CitationError(AssistantError):
    """Words that are not in the source at the place named."""


class SettingError(AssistantError):
    """A setting that can't be used. ``str(error)`` names it and says what it takes.

    ``vietnamese`` is the same message for the page's Vietnamese readers.
    """

    def __init__(self, english: str, vietnamese: str = "") -> None:
        self._vietnamese = vietnamese
        super().__init__(english)

    def message(self, language: str) -> str:
        """The error in ``language`` (``vi`` or ``en``); English where it has no Vietnamese."""
        return self._vietnamese if language == "vi" and self._vietnamese else str(self)
