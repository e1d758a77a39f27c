"""Whether a source names the bodies and people that a sentence names, in the same part. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.verify.reading import Reading, Token, read, runs
from ingest import actors

_MARKER = re.compile(
    r"\s*(?:(?:Điều|Mục|Phần|Bước)\s+\w{1,4}|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,6}|[a-zđ]))?"
    r"\s*[.)\-–:+*•]*\s*"
)
_ASSIGNING = re.compile(
    r"^\s*(?:(?:đề nghị|giao|phân công|yêu cầu)|(?:trách nhiệm|nhiệm vụ) của)\s+(?:cho\s+)?", re.I
)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_MANY = ("các", "những", "mỗi", "từng", "tất", "cả", "toàn", "thể", "mọi", "bộ")


def bare_heading(text: str) -> str:
    """A heading without the number before it."""
    match = _MARKER.match(text)
    return text[match.end() :] if match else text


def wrong_actor(stated: Reading, own: Reading, headings: Sequence[Reading]) -> str:
    """The body that ``stated`` lets act where the source lets another one act, or names none such.

    "" where they agree, or where the sentence has no body as its subject.
    """
    named = own_subject(stated)
    if named is None:
        return ""
    said = _words_of(named)
    acting = _acting(own, headings)
    if acting is None:
        spoken = [own.words, *(h.words for h in headings)]
        return "" if any(runs(said, words) for words in spoken) else named
    return "" if any(_is_part(said, words) for words in acting) else named


def _acting(own: Reading, headings: Sequence[Reading]) -> list[tuple[str, ...]] | None:
    """Who acts: the subject of the words themselves, or of the nearest heading that is a body."""
    if (subject := own_subject(own)) is not None:
        return _names_in(subject)
    for heading in reversed(headings):
        bare = bare_heading(heading.text)
        if actors.is_body(bare):
            return _names_in(re.split(r"[:.]", _IN_BRACKETS.sub(" ", bare))[0])
    return None


def nearest_actor(headings: Sequence[Reading]) -> int:
    """The index of the nearest heading that is a body; 0 where none is."""
    bodies = [i for i, h in enumerate(headings) if actors.is_body(bare_heading(h.text))]
    return bodies[-1] if bodies else 0


def own_subject(own: Reading) -> str | None:
    """The body with which ``own`` begins; None where others act: «Phân công cán bộ phụ trách …»."""
    span = _subject_span(own)
    return own.text[span[0] : span[1]] if span else None


def _subject_span(reading: Reading) -> tuple[int, int] | None:
    span = actors.subject_of(reading.text, 0, len(reading.text))
    if span is None or any(t.is_content and t.end <= span[0] for t in reading.tokens):
        return None
    return span


def other_subject(clause: Reading, own: Reading, first: Reading) -> bool:
    """Whether ``clause``, which goes on after ``first``, has another one act than its source."""
    acting = own_subject(own)
    if acting is None or own_subject(clause) is not None:
        return False
    subject = own_subject(first)
    return subject is None or not any(
        _is_part(_words_of(subject), name) for name in _names_in(acting)
    )


def _names_in(heading: str) -> list[tuple[str, ...]]:
    """All that act together, then each of them: «Sở Y tế, Sở Tài chính»."""
    heading = _ASSIGNING.sub("", heading)
    return [_words_of(heading), *(_words_of(name) for name in re.split(r"[,;]| và ", heading))]


def _words_of(name: str) -> tuple[str, ...]:
    words = read(_IN_BRACKETS.sub(" ", name)).words
    while words and words[0] in _MANY:
        words = words[1:]
    return words


def _is_part(said: tuple[str, ...], acting: tuple[str, ...]) -> bool:
    """Whether the name is the one who acts, or one of several, whole.

    «Sở Y tế» acts where «Sở Y tế, Sở Tài chính» do; «Ban Tổ chức» where «Ban Tổ chức Huyện ủy».
    """
    return acting[: len(said)] == said and len(said) >= min(2, len(acting))


def unknown_body(stated: Reading, own: Reading) -> str:
    """A body after the subject that the source itself does not name so; "" where it names all."""
    span = _subject_span(stated)
    position = span[1] if span else 0
    for match in re.compile(r"(?<!\w)\w").finditer(stated.text, position):
        if match.start() < position:
            continue
        end = actors.body_at(stated.text, match.start())
        if end is None:
            continue
        name = read(stated.text[match.start() : end]).words
        name = name[1:] if name[0] in ("các", "những") and len(name) > 1 else name
        if not runs(name, own.words):
            return stated.text[match.start() : end]
        position = end
    return ""


def broken_name(stated: Reading, sources: Sequence[Reading]) -> str:
    """A run of capitalised words that no source has so, side by side; "" where there is none."""
    spoken = [source.words for source in sources]
    for name in _names(stated.tokens):
        if not any(runs(name, words) for words in spoken):
            return " ".join(name)
    return ""


def _names(tokens: Sequence[Token]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    run: list[str] = []
    for at, token in enumerate(tokens):
        if token.kind == "word" and token.is_capital:
            run.append(token.text)
            continue
        if token.kind == "number" and run and at + 1 < len(tokens):
            run.append(token.text)  # «Tổ dân phố 4», «Quận 5»
        _keep(found, run)
        run = []
    _keep(found, run)
    return found


def _keep(found: list[tuple[str, ...]], run: list[str]) -> None:
    if len(run) > 1:
        found.append(tuple(run))
