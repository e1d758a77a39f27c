"""What can go wrong when a pack is asked for."""

from __future__ import annotations

from assistant.errors import AssistantError


class StudyError(AssistantError):
    """A pack that can't be made. ``str(error)`` says what was asked for and what would do.

    ``vietnamese`` is the same message for the page's Vietnamese readers, where there is one.
    """

    def __init__(self, english: str, vietnamese: str = "") -> None:
        self._vietnamese = vietnamese
        super().__init__(english)

    def message(self, language: str) -> str:
        """The error in ``language`` (``vi`` or ``en``); English where it has no Vietnamese."""
        return self._vietnamese if language == "vi" and self._vietnamese else str(self)


class OutdatedError(StudyError):
    """A kept pack was changed elsewhere since it was opened."""


NO_PART = (
    "a study pack needs one part at least; none was chosen",
    "Hãy chọn ít nhất một phần của tài liệu.",
)
