"""What can go wrong on the question path."""

from __future__ import annotations


class AssistantError(Exception):
    """Base of the question path's errors."""


class CitationError(AssistantError):
    """Words that are not in the source at the place named."""


class SettingError(AssistantError):
    """A setting that can't be used. ``str(error)`` names it and says what it takes."""
