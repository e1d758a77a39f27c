"""Text of documents made fit for files of other programs. Pure."""

from __future__ import annotations

import re

# Not allowed in XML 1.0 or in iCalendar (RFC 5545, 3.1): controls, lone surrogates, non-characters.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def plain(text: str) -> str:
    """``text`` with line feeds for line ends, and without characters that no file may hold."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """:func:`plain` text on one line, each run of blanks one space."""
    return " ".join(plain(text).split())
