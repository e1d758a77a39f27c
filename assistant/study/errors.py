"""What can go wrong when a pack is asked for."""

from __future__ import annotations

from assistant.errors import AssistantError


class StudyError(AssistantError):
    """A pack that can't be made. ``str(error)`` says what was asked for and what would do."""
