"""What a library's own words tell about a question: its spellings and its abbreviations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.language import abbreviations
from assistant.language.restore import Counts, Restorer
from assistant.language.syllable import is_unmarked_syllable, is_vietnamese_syllable
from ingest.header import KINDS
from ingest.vietnamese import fold, syllables


class Lexicon:
    """The words of a library, for reading questions about it.

    Without a library it knows general Vietnamese and the usual abbreviations only.
    """

    def __init__(
        self,
        counts: Counts | None = None,
        texts: Iterable[str] = (),
        definitions: Iterable[Mapping[str, str]] = (),
    ) -> None:
        """``counts``: of the library's syllables; ``texts``: its documents, which define some, or
        ``definitions``: what :func:`~assistant.language.abbreviations.defined_in` finds in each.
        """
        self.own: Mapping[str, tuple[str, ...]] = _merged(
            [*definitions, *map(abbreviations.defined_in, texts)]
        )
        self._named: dict[tuple[str, ...], list[str]] = {}
        for short, meanings in self.own.items():
            if short.lower() not in KINDS:  # «sau đây gọi tắt là Kế hoạch» names no document
                # «Quỹ» is a name with its capital and marks alone: «quy định» does not name it.
                is_word = is_vietnamese_syllable(short) and not short.isupper()
                key = (short,) if is_word else tuple(syllables(fold(short)))
                self._named.setdefault(key, []).extend(map(_shortened, meanings))
        self._restorer = Restorer(counts)
        own = {key.lower() for key in self.own}
        known = {*own, *map(fold, own), *abbreviations.short_forms()}
        # «tu» in small letters is the word, as it is for abbreviations.find; «hem» is shorthand.
        self._kept = frozenset(
            s for s in known if not is_unmarked_syllable(s) or abbreviations.normalise_chat(s) != s
        )

    def restore(self, text: str) -> str:
        """Vietnamese ``text`` with its marks restored and slips of the keyboard put right."""
        return self._restorer(text, self._kept)

    def meanings(self, text: str) -> list[str]:
        """What the documents' own short forms in ``text`` stand for, each once.

        Names of several words («Tác phẩm») count, and forms typed small or without marks.
        """
        words = syllables(fold(text))
        longest = max(map(len, self._named), default=0)
        runs = (
            tuple(words[start : start + size])
            for start in range(len(words))
            for size in range(1, longest + 1)
        )
        named = (*runs, *((word,) for word in re.findall(r"\w+", text)))
        return list(dict.fromkeys(m for run in named for m in self._named.get(run, ())))


_LONGEST_MEANING = 8  # words; the rest of a title would outweigh the question


def _shortened(meaning: str) -> str:
    return " ".join(meaning.split()[:_LONGEST_MEANING])


def _merged(definitions: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Short form → what the documents say that it stands for, each meaning once."""
    found: dict[str, dict[str, None]] = {}
    for own in definitions:
        for short, meaning in own.items():
            found.setdefault(short, {})[meaning] = None
    return {short: tuple(meanings) for short, meanings in found.items()}
