"""Records to HTML. Pure. Everything that a person or a document wrote is escaped here.

Strings of the page are written in both languages at once; the style sheet shows the one chosen,
so that the switch is instant and costs no round trip. Buttons carry ``data-action``: ``page.js``
listens for those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from assistant.records import Answer, Citation, RankedPassage
from assistant.ui.conversation import Note, Turn
from assistant.ui.texts import LANGUAGES, text
from ingest.records import SourceDocument

NEAREST_SHOWN = 4
DOCUMENTS_SHOWN = 200
_SNIPPET_WORDS = 26


def both(key: str, **values: object) -> str:
    """The page's string ``key`` in both languages, ``values`` escaped."""
    safe = {name: escape(str(value)) for name, value in values.items()}
    return "".join(
        f'<span class="t" lang="{language}">{text(key, language, **safe)}</span>'
        for language in LANGUAGES
    )


def hidden(key: str, **values: object) -> str:
    """As :func:`both`, for screen readers only: the name of a button that shows an icon."""
    return f'<span class="visually-hidden">{both(key, **values)}</span>'


def conversation_html(
    turns: Sequence[Turn], examples: Sequence[tuple[str, str]], empty: bool
) -> str:
    """The conversation, or its welcome where there is none yet.

    ``examples`` are questions in Vietnamese and English; ``empty`` tells an empty library.
    """
    shown = "".join(_turn(index, turn) for index, turn in enumerate(turns))
    return f'<div role="log" aria-live="polite">{shown or _welcome(examples, empty)}</div>'


def _welcome(examples: Sequence[tuple[str, str]], empty: bool) -> str:
    detail = both("welcome_empty" if empty else "welcome_detail")
    buttons = "".join(
        f'<button type="button" class="example t" lang="{language}" data-action="example"'
        f' data-question="{escape(question)}">{escape(question)}</button>'
        for pair in examples
        for language, question in zip(LANGUAGES, pair, strict=True)
    )
    shown = f'<p class="examples-title">{both("examples")}</p>{buttons}' if buttons else ""
    return (
        f'<div class="welcome"><h2>{both("welcome")}</h2><p>{detail}</p>'
        f'<div class="examples">{shown}</div></div>'
    )


def _turn(index: int, turn: Turn) -> str:
    return (
        f'<article class="turn"><h3 class="question">{hidden("you")}'
        f"<span>{escape(turn.question)}</span></h3>"
        f'<div class="reply">{hidden("assistant")}{_reply(index, turn)}</div></article>'
    )


def _reply(index: int, turn: Turn) -> str:
    if turn.note is not None:
        kind = "pending" if turn.note.pending else "refusal"
        return f'<p class="{kind}">{both(turn.note.key, **dict(turn.note.values))}</p>'
    answer = turn.answer
    if answer is None:
        return f'<p class="pending">{both("searching")}</p>'
    understood = (
        f'<p class="understood">{both("understood", text=answer.understood)}</p>'
        if answer.understood and answer.language == "vi"
        else ""
    )
    body = understood + _statements(index, answer)
    if not turn.complete:
        return body
    return body + _sources(index, answer) + _nearest(index, answer) + _tools(index, turn, answer)


def _statements(index: int, answer: Answer) -> str:
    lines = [
        escape(statement.text) + "".join(_chip(index, i, answer) for i in statement.citations)
        for statement in answer.statements
    ]
    kind = "statements refusal" if answer.abstained else "statements"
    if len(lines) == 1:
        return f'<p class="{kind}">{lines[0]}</p>'
    return f'<ul class="{kind}">' + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"


def _chip(turn: int, citation: int, answer: Answer) -> str:
    cited = answer.citations[citation]
    return (
        f' <button type="button" class="cite" data-action="cite" data-turn="{turn}"'
        f' data-citation="{citation}" title="{escape(where(cited))}">'
        f'<span aria-hidden="true">{citation + 1}</span>'
        f"{hidden('open_citation', number=citation + 1)}</button>"
    )


def where(place: Citation | RankedPassage) -> str:
    """Where words stand, in one line that needs no translation: ``76-KH/ĐU · IV › 1 › 1.2``."""
    return " · ".join(part for part in (place.number or place.document, place.section) if part)


def _place(place: Citation | RankedPassage) -> str:
    section = f" · {both('section', section=place.section)}" if place.section else ""
    return f"<bdi>{escape(place.number or place.document)}</bdi>{section} · " + both(
        "page", page=place.page
    )


def _sources(index: int, answer: Answer) -> str:
    if not answer.citations:
        return ""
    said = {" ".join(s.text.split()).strip(" .,;") for s in answer.statements}
    rows = "".join(
        f'<li><button type="button" class="source" data-action="cite" data-turn="{index}"'
        f' data-citation="{i}"><span class="mark">{i + 1}</span>'
        f"<span>{_place(cited)}{_quote(cited, said)}</span></button></li>"
        for i, cited in enumerate(answer.citations)
    )
    return f'<div class="sources"><p class="label">{both("sources")}</p><ul>{rows}</ul></div>'


def _quote(cited: Citation, said: set[str]) -> str:
    """The quoted words on a line of their own, unless a statement above says just the same."""
    words = " ".join(cited.quote.split())
    return "" if words.strip(" .,;") in said else f'<span class="quote">«{escape(words)}»</span>'


def _nearest(index: int, answer: Answer) -> str:
    if not answer.abstained or not answer.passages:
        return ""
    rows = "".join(
        f'<li><button type="button" class="source" data-action="cite" data-turn="{index}"'
        f' data-passage="{i}"><span class="snippet">{escape(snippet(passage.text))}</span>'
        f'<span class="place">{_place(passage)}</span></button></li>'
        for i, passage in enumerate(answer.passages[:NEAREST_SHOWN])
    )
    return f'<div class="sources near"><p class="label">{both("nearest")}</p><ul>{rows}</ul></div>'


def snippet(passage: str) -> str:
    """The first words of a passage on one line."""
    words = passage.split()
    return " ".join(words[:_SNIPPET_WORDS]) + ("…" if len(words) > _SNIPPET_WORDS else "")


def _tools(index: int, turn: Turn, answer: Answer) -> str:
    thumbs = "".join(
        f'<button type="button" class="tool thumb {rating}" data-action="rate" data-turn="{index}"'
        f' data-rating="{rating}" aria-pressed="{str(turn.rating == rating).lower()}">'
        f'<span class="icon" aria-hidden="true"></span>{hidden(name)}</button>'
        for rating, name in (("up", "good"), ("down", "bad"))
    )
    return (
        f'<div class="tools"><button type="button" class="tool copy" data-action="copy"'
        f' data-copy="{escape(answer_text(answer))}"><span class="icon" aria-hidden="true"></span>'
        f'<span class="when-idle">{both("copy_answer")}</span>'
        f'<span class="when-copied" role="status">{both("copied")}</span></button>'
        f"{thumbs}</div>{_comment(index, turn)}"
    )


def _comment(index: int, turn: Turn) -> str:
    if not turn.rating:
        return ""
    if turn.commented:
        return f'<p class="thanks" role="status">{both("comment_kept")}</p>'
    return (
        f'<form class="comment" data-action="comment" data-turn="{index}">'
        f"<label><span>{both('rated')} {both('comment')}</span>"
        '<input name="comment" maxlength="2000" autocomplete="off"></label>'
        f'<button type="submit" class="tool">{both("send_comment")}</button></form>'
    )


def answer_text(answer: Answer) -> str:
    """What «copy» gives: the statements with their marks, then the sources, as plain text."""
    sources = [
        f"[{i + 1}] {where(cited)}: «{cited.quote}»" for i, cited in enumerate(answer.citations)
    ]
    return answer.answer + ("\n\n" + "\n".join(sources) if sources else "")


def evidence_html(
    document: SourceDocument, place: Citation | RankedPassage | None, view: int
) -> str:
    """The whole of ``document`` with the words of ``place`` marked; ``view`` numbers the openings.

    ``view`` differs at each opening, so that the page scrolls to the words again even when the
    same ones are opened twice.
    """
    start, end = (place.start, place.end) if place else (0, 0)
    number = document.header.number.value if document.header.number else ""
    facts = [both("number", number=number)] if number else []
    tools = ""
    if place is not None:
        facts += [both("section", section=place.section)] if place.section else []
        facts += [both("page", page=place.page)]
        quote = f"«{document.text[start:end]}» ({where(place)}, {document.name})"
        tools = (
            f'<button type="button" class="tool" data-action="to-quote">{both("back_to_quote")}'
            '</button><button type="button" class="tool copy" data-action="copy"'
            f' data-copy="{escape(quote)}"><span class="icon" aria-hidden="true"></span>'
            f'<span class="when-idle">{both("copy_quote")}</span>'
            f'<span class="when-copied" role="status">{both("copied")}</span></button>'
        )
    return (
        f'<section class="sheet" data-view="{view}"><header class="sheet-head">'
        f'<h2 tabindex="-1"><bdi>{escape(document.name)}</bdi></h2>'
        f'<p class="facts">{" · ".join(facts)}</p>'
        f'<div class="tools">{tools}<button type="button" class="tool close"'
        f' data-action="close-evidence">{both("close")}</button></div></header>'
        f'<div class="paper" tabindex="0">{document_html(document, start, end)}</div></section>'
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
    if title is not None and title.end <= first:
        yield title.start, title.end
    for section in document.sections:
        if section.heading and document.text[section.body_start : section.end].strip():
            yield section.start, section.body_start


def documents_html(documents: Sequence[SourceDocument] | None) -> str:
    """The library's documents as a list of buttons, each opening one; None while it is loading."""
    if not documents:
        key = "documents_loading" if documents is None else "documents_none"
        return f'<p class="quiet">{both(key)}</p>'
    rows = "".join(_document_row(document) for document in documents[:DOCUMENTS_SHOWN])
    more = len(documents) - DOCUMENTS_SHOWN
    rest = f'<p class="quiet">{both("documents_more", count=more)}</p>' if more > 0 else ""
    return f'<ul class="documents">{rows}</ul>{rest}'


def _document_row(document: SourceDocument) -> str:
    header = document.header
    number = f"<span>{escape(header.number.value)}</span>" if header.number else ""
    title = f'<span class="place">{escape(header.title.value)}</span>' if header.title else ""
    return (
        f'<li><button type="button" data-action="open" data-document="{escape(document.id)}">'
        f"<bdi>{escape(document.name)}</bdi>{number}{title}</button></li>"
    )


def files_html(heading: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """Progress of an upload: a heading (HTML), and a row per file: (name, state, HTML message)."""
    items = "".join(
        f'<li class="{state}"><bdi>{escape(name)}</bdi><span>{message}</span></li>'
        for name, state, message in rows
    )
    return f'<div class="files" role="status"><p>{heading}</p><ul>{items}</ul></div>'


def status_html(note: Note, state: str) -> str:
    """The status line; ``state`` (busy, ready, failed) colours its dot."""
    message = both(note.key, **dict(note.values))
    return f'<p class="status {re.sub("[^a-z]", "", state)}" role="status">{message}</p>'


def header_html() -> str:
    """The page's name and the language switch."""
    names = (("vi", "Tiếng Việt", "VI"), ("en", "English", "EN"))
    buttons = "".join(
        f'<button type="button" data-action="language" data-language="{code}" lang="{code}">'
        f'<span class="long">{name}</span><span class="short" aria-hidden="true">{short}</span>'
        "</button>"
        for code, name, short in names
    )
    return (
        f'<div class="brand"><h1>{both("title")}</h1><p>{both("tagline")}</p></div>'
        f'<div class="languages" role="group">{hidden("language")}{buttons}</div>'
        '<button type="button" class="side-toggle" data-action="side" aria-controls="side"'
        f' aria-expanded="false">{both("documents")}</button>'
        f'<div class="drop-overlay" aria-hidden="true">{both("drop_here")}</div>'
    )
