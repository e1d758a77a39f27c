"""Which documents of a library are meant: by file name, id, number or title. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from assistant.cards import refers_to
from assistant.study.errors import StudyError
from assistant.understand import understand
from ingest.header import number_key
from ingest.records import SourceDocument
from ingest.vietnamese import fold

_ID_LEAST, _ID_SHOWN = 6, 12  # characters of an id that name a document, and that are shown
_TITLE_LEAST = 2  # words of a title that name a document
_NEAR, _NEAREST = 0.6, 3  # likeness, and how many are told


def documents_named(
    documents: Sequence[SourceDocument], names: Sequence[str]
) -> tuple[SourceDocument, ...]:
    """The documents that ``names`` name, in their order, each once.

    A name is that of a file, the beginning of an id, a document's number and sign, its kind and
    number as people say it («Kế hoạch 35», «ke hoach so 35»), or words of its title; what fits
    exactly goes before what fits without diacritics, capitals and signs.

    Raises:
        StudyError: a name fits no document (the near ones are told), or several.
    """
    return tuple(dict.fromkeys(_named(documents, name) for name in names))


def _named(documents: Sequence[SourceDocument], name: str) -> SourceDocument:
    for fits in _tests(name):
        found = [document for document in documents if fits(document)]
        if len(found) == 1:
            return found[0]
        if found:
            told = "; ".join(f"{d.name} ({d.id[:_ID_SHOWN]})" for d in found[:5])
            raise StudyError(
                f"{len(found)} documents are called {name!r}; give an id: {told}",
                f"Có {len(found)} văn bản tên là “{name}”; hãy ghi mã của một văn bản: {told}",
            )
    raise StudyError(
        f"no document is called {name!r}{_near(documents, name)}",
        f"Không có văn bản nào tên là “{name}”.",
    )


def _tests(name: str) -> tuple[Callable[[SourceDocument], bool], ...]:
    """The ways in which a document may be called ``name``, the surest first."""
    exact, plain = unicodedata.normalize("NFC", name), _plain(name)
    number, references = number_key(name), understand(exact).references
    return (
        lambda d: unicodedata.normalize("NFC", d.name) == exact,
        lambda d: len(name) >= _ID_LEAST and d.id.startswith(name.lower()),
        lambda d: bool(number) and d.header.number is not None
        and number_key(d.header.number.value) == number,
        lambda d: bool(plain) and plain in (_plain(d.name), _plain(d.name.rpartition(".")[0])),
        lambda d: any(refers_to(reference, d) for reference in references),
        lambda d: len(plain.split()) >= _TITLE_LEAST and f" {plain} " in f" {_plain(_title(d))} ",
    )  # fmt: skip


def _title(document: SourceDocument) -> str:
    return document.header.title.value if document.header.title else ""


def _plain(text: str) -> str:
    """Words without diacritics, capitals and signs."""
    folded = fold(unicodedata.normalize("NFC", text)).lower()
    return " ".join(re.findall(r"[^\W_]+", folded))


def _near(documents: Sequence[SourceDocument], name: str) -> str:
    """What the caller may have meant, or where to look."""
    scored = [(_nearness(document, _plain(name)), document.name) for document in documents]
    near = sorted((s for s in scored if s[0] >= _NEAR), key=lambda s: -s[0])[:_NEAREST]
    if near:
        return f"; near it: {', '.join(said for _, said in near)}"
    return "; `python -m ingest list` shows the names of all"


def _nearness(document: SourceDocument, plain: str) -> float:
    """How like ``plain`` the document is called, or begins to be called: 0 to 1."""
    number = document.header.number.value if document.header.number else ""
    matcher = SequenceMatcher(b=plain)
    best = 0.0
    for called in map(_plain, (document.name, number, _title(document))):
        for said in (called, called[: len(plain)]):
            matcher.set_seq1(said)
            if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
                best = max(best, matcher.ratio())
    return best
