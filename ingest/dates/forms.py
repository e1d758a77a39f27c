"""What a form of date is: its core, what may stand before it, and how it is read. Pure."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.dates.records import Cue, Found
from ingest.dates.values import Point
from ingest.dates.words import CUE, LEAD, LEAD_PERIOD, NAMED_CUES, compiled


class Hit:
    """A form met in plain words: the match of its core, and of what stands before it."""

    def __init__(self, core: re.Match[str], before: re.Match[str] | None) -> None:
        self.core, self.before, self.string = core, before, core.string
        self.start, self.end = (before or core).start(), core.end()

    @property
    def text(self) -> str:
        return self.string[self.start : self.end]

    def __getitem__(self, name: str) -> str:
        """The words of a named group; empty where it took no part."""
        for match in (self.core, self.before):
            if match is not None and name in match.re.groupindex:
                return match[name] or ""
        return ""

    def core_start(self, name: str) -> int:
        return self.core.start(name)


Reader = Callable[[Hit, datetime.date | None], Found | None]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of date.

    ``core`` holds the figures, ``before`` matches what may stand in front of it (a cue, an hour,
    a weekday) and ends where the core begins. The form is tried only where one of ``needs``, words
    and signs as :data:`TOKEN` parts them, stands; anywhere where it is None.
    """

    core: re.Pattern[str]
    before: re.Pattern[str] | None
    read: Reader
    needs: frozenset[str] | None


TOKEN = re.compile(r"[a-z]+|[-–—→,;:&+/]|\.(?=[0-9])")


def needs(words: str) -> frozenset[str]:
    return frozenset(words.split())


def core(pattern: str) -> re.Pattern[str]:
    """``pattern`` where no longer number or sign is cut: «ngày20/4» has lost a blank only."""
    return compiled(rf"(?<![\w/.](?<!ngay))(?:{pattern})")


BEFORE_DAY = compiled(rf"(?<!\w)(?:(?P<cue>{CUE}))?(?P<lead>{LEAD})$")
BEFORE_PERIOD = compiled(rf"(?<!\w)(?:(?P<cue>{CUE}))?(?P<lead>{LEAD_PERIOD})$")
UNIT_AFTER = compiled(
    r"\s*(?:%|‰|ngay|thang|gio|nguoi|ho|dong|trieu|ty|km|ha|m2|lan|diem|nam\s+qua)\b"
)

_AHEAD = ("before", "by", "until", "in", "from", "range")
_HALF_YEAR = datetime.timedelta(days=183)


def complete(point: Point, issued: datetime.date | None, cue: Cue) -> Point:
    """``point`` with the year of issue, or the next, where it has none (see the module)."""
    if point.year is not None or issued is None:
        return point
    dated = replace(point, year=issued.year)
    end = dated.last_day() if dated.valid else None
    if end is None or (cue in _AHEAD and end < issued - _HALF_YEAR):
        dated = replace(point, year=issued.year + 1)
    return dated if dated.valid else point


_COUNT = compiled(
    r"(?<!\w)(?:0?(?P<n>[2-9]|[12]\d)|(?P<word>hai|ba|bon|nam|bay))\s+(?P<days>ngay)?\s*[,:(]?\s*$"
)
_COUNTS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7}


def counted_days(match: Hit) -> int:
    """How many days the words before the figures promise: «trong 02 ngày | 15 và 16/5»; else 0."""
    figures = match.core.start()
    before = _COUNT.search(match.string, max(0, figures - 24), figures)
    if before is None or not before["days"]:
        return 0
    return int(before["n"]) if before["n"] else _COUNTS[before["word"]]


def after_count(match: Hit, days: int) -> int:
    """Where a form that names so many days begins, a count of them left out."""
    return match.core.start() if days > 1 and counted_days(match) == days else match.start


def unreadable(match: Hit) -> Found:
    """What no other form may read a part of."""
    return Found(match.start, match.end, "", "on")


@functools.lru_cache(maxsize=1024)
def cue_of(words: str | None) -> Cue:
    words = (words or "").strip(" :")
    for name, pattern in NAMED_CUES:
        if pattern.match(f"{words} ngay"):  # some cues ask what follows
            return name  # type: ignore[return-value]
    return "on"
