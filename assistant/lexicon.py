"""What a library's own words tell about a question: its spellings and its abbreviations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.language import abbreviations
from assistant.language.restore import Counts, Restorer
from assistant.language.syllable import is_unmarked_syllable
from ingest.vietnamese import fold


class Lexicon:
    """The words of a library, for reading questions about it.

    Without a library it knows general Vietnamese and the usual abbreviations only.
    """

    def __init__(self, counts: Counts | None = None, texts: Iterable[str] = ()) -> None:
        """``counts``: of the library's syllables; ``texts``: its documents, which define some."""
        self.own: Mapping[str, tuple[str, ...]] = _defined(texts)
        self._restorer = Restorer(counts)
        own = {key.lower() for key in self.own}
        short = {*own, *map(fold, own), *abbreviations.short_forms()}
        # «tu» in small letters is the word, as it is for abbreviations.find; «hem» is shorthand.
        self._kept = frozenset(
            s for s in short if not is_unmarked_syllable(s) or abbreviations.normalise_chat(s) != s
        )

    def restore(self, text: str) -> str:
        """Vietnamese ``text`` with its marks restored and slips of the keyboard put right."""
        return self._restorer(text, self._kept)


def _defined(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Short form → what the documents say that it stands for, each meaning once."""
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        for short, meaning in abbreviations.defined_in(text).items():
            found.setdefault(short, {})[meaning] = None
    return {short: tuple(meanings) for short, meanings in found.items()}
