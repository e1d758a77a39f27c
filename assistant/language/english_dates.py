"""Dates as English writes them, in the figures of Vietnamese documents and questions. Pure."""

from __future__ import annotations

import re

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(rf"{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+{_DAY}\b(?:,?\s+(?P<year>\d{{4}}))?", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?P<day>)\b{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE)


def numeric_dates(text: str) -> str:
    """``text`` with «20 April 2023» as 20/4/2023, «April 2023» as 4/2023; figures are kept.

    >>> numeric_dates("between April 20th and May 15, 2024")
    'between 20/4 and 15/5/2024'
    """

    def numeric(match: re.Match[str]) -> str:
        month = next(n for n, name in enumerate(_MONTHS, 1) if match["month"].lower()[:3] == name)
        return "/".join(p for p in (match["day"], str(month), match["year"]) if p)

    for pattern in (_DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        text = pattern.sub(numeric, text)
    return text
