"""Whether words that someone put for a pack's are borne out by what the pack's words cite. Pure.

Three kinds of words are held against a source: a statement, as the sentences of answers are
(:mod:`assistant.verify`); a value (a number and sign, a name, a date), which must stand there as it
is; and a question, whose numbers, dates, documents and bodies must.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Citation
from assistant.study.sameness import is_generic
from assistant.verify import Piece, Words, verify
from assistant.verify.amounts import unsupported_number
from assistant.verify.bodies import broken_name
from assistant.verify.operators import misused_operator, operators
from assistant.verify.orders import is_order
from assistant.verify.reading import Reading, read, runs
from assistant.verify.times import unsupported_date
from ingest import actors
from ingest.sentences import item_spans

_OPENS = frozenset('.?!:…“"«')  # after these a word may have a capital for that alone
_VALUE_WORDS = 14  # what is longer is no value
_OPENING = re.compile(r"\s*(?:[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[a-zđ])[.)])\s+")


def bears_out(citations: Sequence[Citation], text: str) -> bool:
    """Whether the cited words say ``text``, as a statement or as a value; not where there are none.

    Words cited of a place before, in the same document, count as what the later ones stand under:
    an office's name and its task.
    """
    said = text.rstrip("… ")
    pieces = [_pieces(citation, citations) for citation in citations]
    return verify(said, pieces).kept or any(_has_value(c.quote, said) for c in citations)


def answers(citations: Sequence[Citation], text: str) -> bool:
    """Whether every line of an answer is borne out; its lines may be numbered «1) …»."""
    lines = [re.sub(r"^\d{1,2}\)\s+", "", line) for line in text.split("\n") if line.strip()]
    return bool(lines) and all(bears_out(citations, line) for line in lines)


def asks_of(citations: Sequence[Citation], question: str, before: str = "") -> bool:
    """Whether the numbers, dates, documents, names and bodies in ``question`` are known ones.

    Known is what the cited words have, and the question as it was ``before``.
    """
    if not citations or is_order(question):
        return False
    asked = read(_normal(question))
    sources = [read(_normal(words)) for words in (*(c.quote for c in citations), before)]
    together = read("\n".join(source.text for source in sources))
    known = {number for source in sources for number in source.documents}
    known |= {number for c in citations for number in read(f"số {c.number}").documents}
    return (
        all(number in known for number in asked.documents)
        and not unsupported_date(asked, together, ())
        and not unsupported_number(asked, together, ())
        and not broken_name(asked, sources)
        and not _unknown_body(asked, together)
        and not _unknown_name(asked, together)
    )


def _unknown_name(asked: Reading, source: Reading) -> bool:
    """Whether a word has a capital amid a sentence that no source has: «Công an xã»."""
    opens = True
    for token in asked.tokens:
        if token.kind == "word":
            if token.is_capital and not opens and token.text not in source.words:
                return True
            opens = False
        else:
            opens = token.text in _OPENS
    return False


def _unknown_body(asked: Reading, source: Reading) -> bool:
    """Whether a body is named, the one that acts too, that the source does not name so."""
    position = 0
    for match in re.finditer(r"(?<!\w)\w", asked.text):
        end = actors.body_at(asked.text, match.start())
        if match.start() < position or end is None:
            continue
        name = asked.text[match.start() : end]
        if _is_one(name) and not runs(read(name).words, source.words):
            return True
        position = end
    return False


def _is_one(name: str) -> bool:
    """Whether a name is that of one body, not of bodies at large: «chi bộ», «địa phương»."""
    return (len(name.split()) > 2 or not name[1:].islower()) and not is_generic(name)


def same_particulars(a: str, b: str) -> bool:
    """Whether two wordings have the same numbers, dates, documents and turns («không», «trước»)."""
    return _particulars(read(_normal(a))) == _particulars(read(_normal(b)))


def _particulars(reading: Reading) -> tuple[object, ...]:
    figures = sorted(t.text for t in reading.tokens if t.kind == "number")
    return (
        figures,
        sorted(d.value for d in reading.dates),
        sorted(reading.documents),
        sorted(o.kind for o in operators(reading)),
    )


def _pieces(citation: Citation, citations: Sequence[Citation]) -> tuple[Piece, ...]:
    """The sentences and items of one citation, under those cited from before it."""
    above = sorted(
        {
            (c.start, c.quote)
            for c in citations
            if c.document_id == citation.document_id and c.end <= citation.start
        }
    )
    headings = tuple(Words(_normal(quote), start) for start, quote in above)
    quote = citation.quote
    pieces = []
    for start, end in item_spans(quote):
        if is_order(quote[start:end]):
            continue
        marker = _OPENING.match(quote, start, end)
        begin = marker.end() if marker else start
        own = (*headings, *_head_of_line(quote, begin, citation.start))
        pieces.append(Piece(Words(quote[begin:end], citation.start + begin), None, own))
    return tuple(pieces)


def _head_of_line(quote: str, start: int, offset: int) -> tuple[Words, ...]:
    line = quote.rfind("\n", 0, start) + 1
    colon = quote.find(":", line, start)
    return (Words(quote[line : colon + 1], offset + line),) if colon >= 0 else ()


def _has_value(quote: str, text: str) -> bool:
    """Whether ``text`` is a value that stands in ``quote`` as it is: no figure cut, no «không»."""
    value, source = _normal(text).strip(" .,;:–-"), _normal(quote)
    if not value or len(value.split()) > _VALUE_WORDS:
        return False
    whole = re.compile(rf"(?<!\w)(?<!\d[./,-]){re.escape(value)}(?!\w)(?![./,-]\d)", re.IGNORECASE)
    if not whole.search(source):
        return False
    stated, own = read(value), read(source)
    # «được giảng dạy» of «không được giảng dạy» is no value: operators must be the same.
    turned = {o.kind for o in operators(own)} - {"all", "some"}
    return (not turned and not misused_operator(stated, own, ())) or value.lower() == source.lower()


def _normal(text: str) -> str:
    return " ".join(text.split())
