"""Files of a pack, to be downloaded. No Gradio here."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from assistant.study.export import Format, export
from assistant.study.records import StudyPack
from assistant.ui.temporary import new_file

_LONGEST = 60  # characters of a name
_SUFFIXES = {Format.ANKI: "-the.csv", Format.CSV: "-cau-hoi.csv"}


def pack_file(pack: StudyPack, name: str, form: Format) -> Path:
    """A file of the pack in a format, named for the pack. It goes with the process.

    Raises:
        StudyError: the format holds one part alone, and the pack has nothing there.
    """
    data = export(pack, form)
    path = new_file(file_name(name, form))
    path.write_bytes(data)
    return path


def file_name(name: str, form: Format) -> str:
    """A name that every system takes: «Kế hoạch số 35-KH/ĐU» is «ke-hoach-so-35-kh-du.docx»."""
    folded = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    said = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "tap-huan"
    return said + _SUFFIXES.get(form, f".{form}")
