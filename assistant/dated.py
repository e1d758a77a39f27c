"""The dates that a document gives. Pure."""

from __future__ import annotations

import datetime
import re

from ingest.dates import DateMention, find_dates
from ingest.records import SourceDocument

# A day, a month, a quarter or a rule, unless it only dates a document that is cited.
_CITED_DATE = re.compile(
    r"(?:số|/|-)\s*[\w./-]+,?\s*ngày\s*\d+\s*(?:[/.-]\s*\d+|tháng\s*\d+)", re.IGNORECASE
)
_DATED = re.compile(
    r"\d\s*[/.-]\s*\d|\b(?:ngày|tháng|quý|tuần)\s+(?:\d|[ivx]+\b)|\b(?:hằng|hàng)\s+(?:tháng|quý|năm)"
    r"|\bnăm\s+\d{4}|\b\d+\s+(?:ngày|tháng|giờ)\b",
    re.IGNORECASE,
)


def is_dated(text: str) -> bool:
    """Whether ``text`` seems to give a time; :func:`find_dates` reads it where it matters."""
    return _DATED.search(_CITED_DATE.sub(" ", text)) is not None


def mentions_of(document: SourceDocument) -> list[DateMention]:
    """The dates in ``document``; one without a year is of its year of issue."""
    issued = document.header.date
    day = datetime.date.fromisoformat(issued.value) if issued else None
    return find_dates(document.text, day)
