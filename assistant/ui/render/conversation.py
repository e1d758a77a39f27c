"""The conversation: questions, answers with their sources, thumbs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.phrases import phrase
from assistant.records import Answer, Made
from assistant.ui.conversation import Note, Turn
from assistant.ui.render.words import (
    MORE,
    TO_LIBRARY,
    both,
    hidden,
    in_both,
    note_html,
    place_html,
    where,
)
from assistant.ui.texts import LANGUAGES

NEAREST_SHOWN = 4
_SNIPPET_WORDS = 26


def conversation_html(
    turns: Sequence[Turn], examples: Sequence[tuple[str, str]], empty: bool
) -> str:
    """The conversation, or its welcome where there is none yet.

    ``examples`` are questions in Vietnamese and English; ``empty`` tells an empty library.
    """
    shown = "".join(_turn(index, turn) for index, turn in enumerate(turns))
    return shown or _welcome(examples, empty)


def said_html(note: Note) -> str:
    """One thing to say in the place of the conversation."""
    return f'<div class="welcome"><p class="refusal said">{note_html(note)}</p></div>'


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
        f'<div class="examples">{TO_LIBRARY if empty else shown}</div></div>'
    )


def _turn(index: int, turn: Turn) -> str:
    return (
        f'<article class="turn" data-state="{_state(turn)}"><h3 class="question">{hidden("you")}'
        f"<span>{escape(turn.question)}</span></h3>"
        f'<div class="reply">{hidden("assistant")}{_reply(index, turn)}</div></article>'
    )


def _state(turn: Turn) -> str:
    """What page.js tells a screen reader by: it speaks when this changes."""
    if turn.note is not None:
        return "waiting" if turn.note.pending else "failed"
    return "done" if turn.complete else "answering"


def _reply(index: int, turn: Turn) -> str:
    if turn.note is not None:
        kind = "pending" if turn.note.pending else "refusal"
        return f'<p class="{kind} said">{note_html(turn.note)}</p>'
    answer = turn.answer
    if answer is None:
        return f'<p class="pending">{both("searching")}</p>'
    body = _understood(turn) + _statements(index, answer) + _made(answer)
    if answer.writing:
        return body + _sources(index, answer)
    if not turn.complete:
        return body
    return body + _sources(index, answer) + _nearest(index, answer) + _tools(index, turn, answer)


def _understood(turn: Turn) -> str:
    """The question as it was read, with a button that puts it into the box to be changed."""
    if not turn.searched:
        return ""
    return (
        f'<p class="understood">{both("understood", text=turn.searched)} '
        f'<button type="button" class="link" data-action="reword"'
        f' data-question="{escape(turn.searched)}">{both("reword")}</button></p>'
    )


def _made(answer: Answer) -> str:
    """A quiet line on the part that a language model had in it; none where it had no part."""
    key = "writing" if answer.writing else answer.setback
    if key is None and answer.made is Made.GENERATED:
        key = "generated"
    return f'<p class="made">{in_both(lambda said: phrase(key, said))}</p>' if key else ""


def _statements(index: int, answer: Answer) -> str:
    lines = [
        escape(statement.text) + "".join(_chip(index, i, answer) for i in statement.citations)
        for statement in answer.statements
    ]
    kind = "statements said refusal" if answer.abstained else "statements said"
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


def _sources(index: int, answer: Answer) -> str:
    if not answer.citations:
        return ""
    rows = "".join(
        f'<li><button type="button" class="source" data-action="cite" data-turn="{index}"'
        f' data-citation="{i}"><span class="mark">{i + 1}</span>'
        f'<span class="what"><span class="place">{place_html(cited)}</span>'
        f"{_quote(i, answer)}</span></button>{MORE}</li>"
        for i, cited in enumerate(answer.citations)
    )
    return f'<div class="sources"><p class="label">{both("sources")}</p><ul>{rows}</ul></div>'


def _quote(index: int, answer: Answer) -> str:
    """The quoted words on a line of their own, unless the line that cites them says just those."""
    words = " ".join(answer.citations[index].quote.split())
    said = [s.text for s in answer.statements if index in s.citations]
    if any(_bare(statement) == _bare(words) for statement in said):
        return ""
    return f'<span class="quote">«{escape(words)}»</span>'


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:")


def _nearest(index: int, answer: Answer) -> str:
    if not answer.abstained or not answer.passages:
        return ""
    rows = "".join(
        f'<li><button type="button" class="source" data-action="cite" data-turn="{index}"'
        f' data-passage="{i}"><span class="snippet">{escape(snippet(passage.text))}</span>'
        f'<span class="place">{place_html(passage)}</span></button></li>'
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
