"""Packs as files for other programs: Word, PowerPoint, Anki, spreadsheets, Moodle, scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath
from typing import Any, Final

from assistant.study.errors import StudyError
from assistant.study.records import Part, PartOf, StudyPack

__all__ = ["Format", "export", "format_of"]


class Format(StrEnum):
    """What a pack can be written as."""

    DOCX = "docx"
    PPTX = "pptx"
    ANKI = "anki"  # .csv: the cards
    CSV = "csv"  # the quiz
    GIFT = "gift"  # the quiz
    JSON = "json"


# The writers are imported when they are asked for: Word and PowerPoint take their time.
_WRITERS: Final[dict[Format, tuple[str, str]]] = {
    Format.DOCX: ("printout", "to_docx"),
    Format.PPTX: ("slides", "to_pptx"),
    Format.ANKI: ("cards_csv", "to_anki"),
    Format.CSV: ("quiz_csv", "to_csv"),
    Format.GIFT: ("gift", "to_gift"),
    Format.JSON: ("pack_json", "to_json"),
}
_OF_SUFFIX: Final = {f".{form}": form for form in Format if form not in (Format.ANKI, Format.CSV)}
_NEEDED: Final = {Format.ANKI: Part.CARDS, Format.CSV: Part.QUIZ, Format.GIFT: Part.QUIZ}


def format_of(name: str) -> Format:
    """The format that a file's name asks for by its suffix.

    Raises:
        StudyError: the suffix says nothing, or not which of the .csv is meant.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".csv":
        raise StudyError(
            f"{name}: a .csv may hold the cards or the quiz; say which by the format anki or csv"
        )
    if suffix not in _OF_SUFFIX:
        known = ", ".join(_OF_SUFFIX)
        raise StudyError(
            f"{name}: {suffix or 'a name without a suffix'} tells no format; "
            f"the suffix may be {known}, or the format may be named"
        )
    return _OF_SUFFIX[suffix]


def export(pack: StudyPack, form: Format) -> bytes:
    """The pack as a file of that format, with the parts that its request wants.

    Raises:
        StudyError: the format holds one part alone, and the pack has nothing there.
    """
    pack = _wanted(pack)
    if (part := _NEEDED.get(form)) and not pack.part(part).entries:
        reasons = " ".join(pack.part(part).notes)
        raise StudyError(
            f"{form}: the pack has no {'cards' if part is Part.CARDS else 'quiz'} to write"
            + (f" ({reasons})" if reasons else ""),
            f"Tài liệu không có {'thẻ' if part is Part.CARDS else 'câu hỏi kiểm tra'} để xuất. "
            + reasons,
        )
    module, function = _WRITERS[form]
    write: Callable[[StudyPack], bytes] = getattr(import_module(f"{__name__}.{module}"), function)
    return write(pack)


def _wanted(pack: StudyPack) -> StudyPack:
    """The pack without the parts that are not to be written."""
    left_out: dict[str, Any] = {p.value: PartOf() for p in Part if not pack.request.wants(p)}
    return replace(pack, **left_out)
