"""The evidence: a whole document with the quoted words marked."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from assistant.records import Citation, RankedPassage
from assistant.ui.details import typed_date
from assistant.ui.page_view import PageView, has_pages
from assistant.ui.render.words import both, name_html, note_html, places_html, where
from ingest.records import HeaderField, SourceDocument

_CLOSE = (
    '<button type="button" class="tool close" data-action="close-evidence">'
    f"{both('close')}</button>"
)


def evidence_html(
    document: SourceDocument,
    place: Citation | RankedPassage | None,
    view: int,
    more_tools: str = "",
    awaits: str = "",
) -> str:
    """The whole of ``document`` with the words of ``place`` marked; ``view`` numbers the openings.

    ``view`` differs at each opening, so that the page scrolls to the words again even when the
    same ones are opened twice. ``more_tools`` is HTML of what else can be done with the document,
    ``awaits`` what is to lie over its text as soon as that is there.
    """
    start, end = (place.start, place.end) if place else (0, 0)
    tools = "" if place is None else _quote_tools(document, place)
    picture = _button("page-picture", "page_original") if has_pages(document) else ""
    return (
        f'<section class="sheet" data-view="{view}" data-document="{escape(document.id)}"'
        f' data-start="{start}" data-end="{end}" data-awaits="{awaits}"><header class="sheet-head">'
        f'<h2 tabindex="-1">{name_html(document.name)}</h2>{_facts(document, place)}'
        f'<div class="tools">{tools}{picture}<button type="button" class="tool" data-action="pick"'
        f' data-document="{escape(document.id)}">{both("ask_in_document")}</button>{more_tools}'
        f"{_CLOSE}</div></header>"
        f'<div class="paper" tabindex="0">{document_html(document, start, end)}</div></section>'
    )


def _facts(document: SourceDocument, place: Citation | RankedPassage | None) -> str:
    """Which document it is; where in it the words stand, or else its title and date."""
    header = document.header
    facts = []
    if header.number:
        facts.append(both("number", number=header.number.value) + _by_hand(header.number))
    title = ""
    if place is not None:
        facts += places_html(place)
        confidence = document.confidence_at(place.start)
        facts += [] if confidence is None else [both("page_recognised", confidence=confidence)]
    else:
        if header.title:
            said = escape(header.title.value) + _by_hand(header.title)
            title = f'<p class="title">{said}</p>'
        if header.date:
            facts.append(both("dated", date=typed_date(header.date.value)) + _by_hand(header.date))
    return f'{title}<p class="facts">{" · ".join(facts)}</p>'


def _by_hand(field: HeaderField) -> str:
    """Marks a value that a person gave and that the words of the document don't say."""
    return f" {both('by_hand')}" if field.by_hand else ""


def _quote_tools(document: SourceDocument, place: Citation | RankedPassage) -> str:
    quote = f"«{document.text[place.start : place.end]}» ({where(place)}, {document.name})"
    return (
        f'<button type="button" class="tool" data-action="to-quote">{both("back_to_quote")}'
        '</button><button type="button" class="tool copy" data-action="copy"'
        f' data-copy="{escape(quote)}"><span class="icon" aria-hidden="true"></span>'
        f'<span class="when-idle">{both("copy_quote")}</span>'
        f'<span class="when-copied" role="status">{both("copied")}</span></button>'
    )


def _button(action: str, key: str, more: str = "") -> str:
    """A button whose work takes a moment: it says so meanwhile."""
    return (
        f'<button type="button" class="tool" data-action="{action}"{more}>'
        f'<span class="when-ready">{both(key)}</span>'
        f'<span class="when-busy" role="status">{both("page_opening")}</span></button>'
    )


def page_html(view: PageView, asked: int = 0) -> str:
    """A page as a picture over the text of its document, or why there is none.

    ``asked`` tells one request from the next, so that the page shows what is asked for again.
    """
    said = [both("page_of", page=view.page, pages=view.pages)]
    if view.confidence is not None:
        said.append(both("page_recognised", confidence=view.confidence))
    turns = "".join(
        _button("page-picture", key, f' data-page="{page}"')
        for key, page in (("page_before", view.page - 1), ("page_after", view.page + 1))
        if 1 <= page <= view.pages
    )
    if view.note is not None:
        shown = f'<p class="refusal">{note_html(view.note)}</p>'
    else:
        source = b64encode(view.picture).decode("ascii")
        # A reader of screens has the text itself beside it: the name of the picture is enough.
        label = escape(f"{view.document.name}: {view.page}/{view.pages}")
        shown = f'<img src="data:image/png;base64,{source}" alt="{label}">'
    return (
        f'<section class="over page-over" data-document="{escape(view.document.id)}"'
        f' data-asked="{asked}"><header class="sheet-head">'
        f'<h2 tabindex="-1">{name_html(view.document.name)}</h2>'
        f'<p class="facts">{" · ".join(said)}</p><div class="tools">'
        '<button type="button" class="tool" data-action="show-text">'
        f"{both('page_to_text')}</button>{turns}{_CLOSE}</div></header>"
        f'<div class="picture" tabindex="0">{shown}</div></section>'
    )


def evidence_empty_html(key: str = "evidence_empty", detail: str = "evidence_empty_detail") -> str:
    """The evidence panel with nothing open."""
    explanation = f"<p>{both(detail)}</p>" if detail else ""
    return f'<section class="sheet-empty"><h2>{both(key)}</h2>{explanation}</section>'


def document_html(document: SourceDocument, start: int = 0, end: int = 0) -> str:
    """The canonical text with ``[start, end)`` in ``<mark>``, headings bold, pages numbered.

    The text of the result's ``<mark>`` elements, joined, is exactly ``text[start:end]``.
    """
    headings = list(_headings(document))
    pages = document.page_starts[1:]
    edges = {0, len(document.text), start, end, *pages, *(e for span in headings for e in span)}
    bounds = sorted(edge for edge in edges if 0 <= edge <= len(document.text))
    page_numbers = {offset: number for number, offset in enumerate(pages, start=2)}
    pieces: list[str] = []
    heading = 0
    for left, right in pairwise(bounds):
        if left in page_numbers:
            pieces.append(f'<span class="page-mark">{both("page", page=page_numbers[left])}</span>')
        while heading < len(headings) and headings[heading][1] <= left:
            heading += 1
        # A gap after each line is drawn by an empty element: it adds no character to the text.
        piece = escape(document.text[left:right]).replace("\n", '\n<span class="gap"></span>')
        if heading < len(headings) and headings[heading][0] <= left:
            piece = f"<b>{piece}</b>"
        if start <= left < end:
            piece = f"<mark>{piece}</mark>"
        pieces.append(piece)
    return "".join(pieces)


def _headings(document: SourceDocument) -> Iterator[tuple[int, int]]:
    """Spans of the lines that head something: a title, or a section with more below it."""
    title = document.header.title
    first = document.sections[0].start if document.sections else len(document.text)
    if title is not None and title.is_written and title.end <= first:
        yield title.start, title.end
    for section in document.sections:
        if section.heading and document.text[section.body_start : section.end].strip():
            yield section.start, section.body_start
