"""What a sentence is held against: words of a source with what they stand under. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """``text``, which begins at ``start`` of whatever it was taken from."""

    text: str
    start: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or item of a cited passage, with what a reader knows when he comes to it.

    ``lead`` is what a field line («Thời hạn: …») completes; ``headings`` are the headings it stands
    under and the head of its own line («Ban Tổ chức: …»), outermost first; ``card`` is what its
    document says of itself: number, kind, title, issuer.
    """

    words: Words
    lead: Words | None = None
    headings: tuple[Words, ...] = ()
    card: str = ""

    @property
    def own(self) -> str:
        """What the piece itself says."""
        return f"{self.lead.text}\n{self.words.text}" if self.lead else self.words.text
