"""What a question says in everyday words and documents in official ones: «làm thử», «thí điểm».

``synonyms.tsv`` is the only list: a line holds phrases any of which may stand for the others.
"""

from __future__ import annotations

from functools import cache

from assistant.language.tables import lines_of
from ingest.vietnamese import syllables


def renderings(text: str) -> list[tuple[str, ...]]:
    """For each phrase of Vietnamese ``text`` that has others, itself and those; the longest win.

    >>> renderings("hạn chót ở đâu")[0][0]
    'hạn chót'
    """
    groups, longest = _groups()
    words = syllables(text)
    found: list[tuple[str, ...]] = []
    i = 0
    while i < len(words):
        for size in range(min(longest, len(words) - i), 0, -1):
            others = groups.get(tuple(words[i : i + size]))
            if others:
                found.append((" ".join(words[i : i + size]), *others))
                i += size
                break
        else:
            i += 1
    return found


@cache
def _groups() -> tuple[dict[tuple[str, ...], tuple[str, ...]], int]:
    """Phrase → the others of its groups, and the most syllables that a phrase has."""
    groups: dict[tuple[str, ...], dict[str, None]] = {}
    for line in lines_of("synonyms.tsv"):
        phrases = [phrase.strip() for phrase in line.split("\t") if phrase.strip()]
        for phrase in phrases:
            others = groups.setdefault(tuple(syllables(phrase)), {})
            others.update(dict.fromkeys(p for p in phrases if p != phrase))
    found = {key: tuple(others) for key, others in groups.items()}
    return found, max(map(len, found), default=0)
