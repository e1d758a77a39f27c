"""The page's strings, in both languages at once, names that others gave, and shared buttons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePath

from assistant.errors import SettingError
from assistant.records import Citation, RankedPassage
from assistant.study.errors import StudyError
from assistant.study.records import Part
from assistant.ui.conversation import Note
from assistant.ui.texts import LANGUAGES, text
from ingest.errors import LibraryError, UnreadableFile
from ingest.load.kinds import PICTURED

# Control characters, and those that turn the direction of writing: a name holding one would be
# shown as another name («báo cáo\u202exslx.exe» as «báo cáoexe.xlsx»).
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def both(key: str, **values: object) -> str:
    """The page's string ``key`` in both languages, ``values`` escaped; an error speaks each."""

    def said(language: str) -> str:
        return text(key, language, **{n: _said(value, language) for n, value in values.items()})

    return in_both(said)


def in_both(said: Callable[[str], str]) -> str:
    """What ``said`` gives for each language, escaped; the style sheet shows one of them."""
    return "".join(
        f'<span class="t" lang="{language}">{escape(said(language))}</span>'
        for language in LANGUAGES
    )


def _said(value: object, language: str) -> str:
    if isinstance(value, LibraryError | SettingError | StudyError | UnreadableFile):
        return value.message(language)
    if isinstance(value, Part):
        return text(f"part_{value}", language)
    return str(value)


def note_html(note: Note) -> str:
    """What a note says, in both languages."""
    return both(note.key, **dict(note.values))


def toast_html(note: Note) -> str:
    """What a note says in both languages at once: Gradio's own messages know no switch."""
    said = (
        text(note.key, language, **{n: _said(value, language) for n, value in note.values})
        for language in LANGUAGES
    )
    return escape(" / ".join(said))


def hidden(key: str, **values: object) -> str:
    """As :func:`both`, for screen readers only: the name of a button that shows an icon."""
    return f'<span class="visually-hidden">{both(key, **values)}</span>'


def in_common(share: float) -> int:
    """A share in percent, of documents that are nearly the same: 100 would say they are one."""
    return min(99, round(100 * share))


def choice_html(name: str, values: Sequence[str], chosen: str) -> str:
    """Buttons of which one is pressed; ``page.js`` tells which was clicked."""
    buttons = "".join(
        f'<button type="button" data-action="ask" data-ask="{name}" data-value="{value}"'
        f' aria-pressed="{str(value == chosen).lower()}">{both(f"{name}_{value}")}</button>'
        for value in values
    )
    return f'<div class="choice {name}" role="group">{hidden(name)}{buttons}</div>'


# After words that are given a few lines only: page.js shows it where they are more than those.
MORE = (
    '<button type="button" class="more" data-action="whole" aria-expanded="false" hidden>'
    f'<span class="when-short">{both("whole_quote")}</span>'
    f'<span class="when-whole">{both("short_quote")}</span></button>'
)


# Where there is nothing to show without documents: the way to where they are added.
TO_LIBRARY = (
    f'<button type="button" class="wide" data-action="add-documents">{both("to_library")}</button>'
)


def name_html(name: str) -> str:
    """A name that others gave: on its own for the direction of writing, whole when pointed at."""
    seen = escape(_UNSEEN.sub("\ufffd", name))
    return f'<bdi class="name" title="{seen}">{seen}</bdi>'


def place_html(place: Citation | RankedPassage) -> str:
    """Where words stand: document, section, page."""
    return " · ".join([name_html(place.number or place.document), *places_html(place)])


def places_html(place: Citation | RankedPassage) -> list[str]:
    """The section and the page of words, as far as they have them.

    Text files and .docx have no pages, all their words stand on page 1: it is named where a file
    has pages by its kind, and further ones wherever there are.
    """
    places = [both("section", section=place.section)] if place.section else []
    if place.page > 1 or PurePath(place.document).suffix.lower() in PICTURED:
        places.append(both("page", page=place.page))
    return places


def where(place: Citation | RankedPassage) -> str:
    """Where words stand, in one line that needs no translation: ``76-KH/ĐU · IV › 1 › 1.2``."""
    return " · ".join(part for part in (place.number or place.document, place.section) if part)
