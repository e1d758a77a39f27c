"""The sources of a pack, numbered as they are first named. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.records import Citation
from assistant.register.plain import one_line
from assistant.study.records import StudyPack


class Sources:
    """Numbers for the citations of a pack, counted from 1 in the order in which they are asked for.

    Citations of the same words have one number.
    """

    def __init__(self, pack: StudyPack) -> None:
        self._said = {document.id: document.said for document in pack.documents}
        self._paged = {c.document_id for c in pack.citations() if c.page > 1}
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._cited: list[Citation] = []

    def number(self, citation: Citation) -> int:
        """The number of a citation, a new one where it was not asked for before."""
        key = (citation.document_id, citation.start, citation.end)
        if key not in self._numbers:
            self._cited.append(citation)
            self._numbers[key] = len(self._cited)
        return self._numbers[key]

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of citations, each once, in order of size."""
        return tuple(sorted({self.number(citation) for citation in citations}))

    def cited(self) -> Sequence[Citation]:
        """The citations numbered so far, the first one having number 1."""
        return tuple(self._cited)

    def called(self, document_id: str) -> str:
        """What the pack calls one of its documents."""
        return self._said.get(document_id, "")

    def document(self, citation: Citation) -> str:
        """The document as the pack calls it; one that is not of the pack, by number or file."""
        if said := self._said.get(citation.document_id):
            return said
        return f"Văn bản số {citation.number}" if citation.number else one_line(citation.document)

    def place(self, citation: Citation) -> str:
        """Section and page: «mục IV › 1, trang 3»; "" where neither is known.

        Text files and .docx have no pages, all their words stand on page 1; the page is named for
        documents that have further ones.
        """
        parts = [f"mục {citation.section}"] if citation.section else []
        if citation.document_id in self._paged:
            parts.append(f"trang {citation.page}")
        return ", ".join(parts)

    def said(self, citation: Citation) -> str:
        """Document and place in one line."""
        return ", ".join(x for x in (self.document(citation), self.place(citation)) if x)


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers in order as runs of neighbours, first and last.

    >>> spans([2, 3, 4, 7])
    [(2, 4), (7, 7)]
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def quoted(citation: Citation) -> str:
    """The exact words in quotation marks, on one line."""
    return f"«{one_line(citation.quote)}»"
