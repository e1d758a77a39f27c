"""Where terms stand: in one document of a library, and in words that are no plain syllables."""

from __future__ import annotations

from collections.abc import Callable

from assistant.units import folded_term
from ingest.lexical import terms
from ingest.vietnamese import syllables


class SaidIn:
    """The terms of one document: looks them up, holds nothing of its own."""

    def __init__(self, says: Callable[[str], bool]) -> None:
        """``says`` tells whether the document says a term."""
        self._says = says

    def __contains__(self, term: object) -> bool:
        return self._says(str(term))


def underscored(text: str) -> frozenset[str]:
    """The terms and folded keys in which a word has an underscore («mau_01», «____»).

    The key of such a word looks like a pair's, and that of a pair with one has too many parts.
    """
    if "_" not in text:
        return frozenset()
    odd = {word for word in syllables(text) if "_" in word}
    odd |= {term for term in terms(text) if term.count("_") > 1}
    return frozenset(odd | {folded_term(term) for term in odd})
