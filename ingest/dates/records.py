"""What is known of a date that was found. Immutable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cue = Literal["before", "by", "in", "from", "until", "range", "on", "every", "within"]


@dataclass(frozen=True, slots=True)
class Found:
    """A date before it is checked: its offsets, value, cue and whether its year is written.

    An empty value says that the words make one date and that it can't be read.
    """

    start: int
    end: int
    value: str
    cue: Cue
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: ``text == source[start:end]``, cue words included.

    ``reference`` marks the date of a cited document or of the document itself, ``named_day`` a
    holiday («Quốc khánh 02/9»); neither is a deadline.
    """

    start: int
    end: int
    text: str
    value: str
    cue: Cue
    certain_year: bool
    reference: bool = False
    named_day: bool = False
