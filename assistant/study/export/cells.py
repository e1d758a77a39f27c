"""Tables of text as CSV files, harmless where a spreadsheet opens them. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from assistant.register.plain import plain

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection); full-width forms
# of the signs are read as the signs by programs set to some languages.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute the cell rather than show it."""
    return text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)


def harmless(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would compute."""
    text = plain(text)
    return f"'{text}" if is_formula(text) else text


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 has them: every cell in quotation marks, commas between, CRLF."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue()
