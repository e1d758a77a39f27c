"""Every string of the page, in Vietnamese and in English, a module for each tab."""

from __future__ import annotations

from assistant.ui.texts.board import BOARD
from assistant.ui.texts.common import COMMON
from assistant.ui.texts.library import LIBRARY
from assistant.ui.texts.study import STUDY

LANGUAGES = ("vi", "en")

TEXTS = {**COMMON, **BOARD, **STUDY, **LIBRARY}


def text(key: str, language: str, **values: object) -> str:
    """The string ``key`` in ``language``, plain (not escaped), with ``values`` filled in.

    Raises KeyError for an unknown key or a missing value. Anything but ``en`` is Vietnamese.
    """
    return TEXTS[key][1 if language == "en" else 0].format(**values)
