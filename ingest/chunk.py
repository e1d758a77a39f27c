"""Canonical text → passages that follow the document's structure. Pure.

Passages cover the text from its first to its last character, in order and without overlap: the
text can be rebuilt from them. A passage is a section, or several small sections side by side, or a
part of a long one; it never mixes parts of the document (head, preamble, body, recipients) unless
they are too small to stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.records import Passage, Role, SourceDocument
from ingest.sentences import item_spans, sentence_spans


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch that is kept whole where it fits: a line, with the section it belongs to."""

    start: int
    end: int
    words: int
    role: Role
    section: int  # index in document.sections, or -1


def chunk(document: SourceDocument, max_words: int = 200) -> list[Passage]:
    """Passages of ``document`` of about ``max_words`` words at most.

    A sentence that is longer is cut between its items, and an item that is longer between words.
    """
    blocks = list(_blocks(document, max_words))
    if not blocks:
        return []
    groups: list[list[_Block]] = []
    for block in blocks:
        if groups and _fits(document, groups[-1], block, max_words):
            groups[-1].append(block)
        else:
            groups.append([block])
    groups = _join_small(document, groups, max_words)
    starts = [0, *(g[0].start for g in groups[1:]), len(document.text)]
    return [
        _passage(document, group, starts[i], starts[i + 1], i) for i, group in enumerate(groups)
    ]


def _blocks(document: SourceDocument, max_words: int) -> Iterator[_Block]:
    """Lines of the text; a line longer than ``max_words`` is cut between sentences."""
    text = document.text
    position = 0
    while position < len(text):
        newline = text.find("\n", position)
        end = len(text) if newline < 0 else newline + 1
        line = text[position:end]
        if line.strip():
            role = _role_at(document, position + len(line) - len(line.lstrip()))
            section = document.section_at(position + len(line) - len(line.lstrip()))
            words = len(line.split())
            if words <= max_words:
                yield _Block(position, end, words, role, section)
            else:
                yield from _cut(text, position, end, max_words, role, section)
        position = end


def _cut(
    text: str, start: int, end: int, max_words: int, role: Role, section: int
) -> Iterator[_Block]:
    begin, words = start, 0
    for piece_start, piece_end in _pieces(text, start, end, max_words):
        count = len(text[piece_start:piece_end].split())
        if words and words + count > max_words:
            yield _Block(begin, piece_start, words, role, section)
            begin, words = piece_start, 0
        words += count
    yield _Block(begin, end, words, role, section)


def _pieces(text: str, start: int, end: int, max_words: int) -> Iterator[tuple[int, int]]:
    """Sentences; the items of one that is too long; and stretches of words of a longer item."""
    for sentence in sentence_spans(text, start, end):
        if len(text[slice(*sentence)].split()) <= max_words:
            yield sentence
            continue
        for item in item_spans(text, *sentence):
            words = [m.span() for m in re.finditer(r"\S+", text[slice(*item)])]
            for at in range(0, len(words), max_words):
                first, last = words[at], words[min(at + max_words, len(words)) - 1]
                yield item[0] + first[0], item[0] + last[1]


def _fits(document: SourceDocument, group: list[_Block], block: _Block, max_words: int) -> bool:
    """Whether ``block`` goes on the passage of ``group``."""
    first, last = group[0], group[-1]
    if sum(b.words for b in group) + block.words > max_words:
        return False
    if first.role is not block.role:
        return _is_tail(first.role) and _is_tail(block.role)
    if block.section == last.section or block.role is not Role.BODY:
        return True
    top, other = _root(document, first.section), _root(document, block.section)
    if top != other:
        return False
    # A new sub-section starts a passage of its own unless it can be kept whole with its siblings.
    opens = document.sections[block.section].start >= block.start if block.section >= 0 else False
    if not opens:
        return True
    whole = _words_of(document, block.section)
    return sum(b.words for b in group) + min(whole, max_words) <= max_words


def _join_small(
    document: SourceDocument, groups: list[list[_Block]], max_words: int
) -> list[list[_Block]]:
    """A heading alone, or any scrap of a few words, joins the passage after it where it fits."""
    joined: list[list[_Block]] = []
    for group in groups:
        if joined and _is_scrap(joined[-1]) and joined[-1][0].role is group[0].role:
            total = sum(b.words for b in joined[-1] + group)
            if total <= max_words + 20:
                joined[-1] = joined[-1] + group
                continue
        joined.append(group)
    return joined


def _is_scrap(group: list[_Block]) -> bool:
    return sum(b.words for b in group) < 20


def _words_of(document: SourceDocument, section: int) -> int:
    found = document.sections[section]
    return len(document.text[found.start : found.end].split())


def _root(document: SourceDocument, section: int) -> int:
    while section >= 0 and document.sections[section].parent >= 0:
        section = document.sections[section].parent
    return section


def _is_tail(role: Role) -> bool:
    return role in (Role.RECIPIENTS, Role.SIGNATURE)


def _role_at(document: SourceDocument, offset: int) -> Role:
    current = document.roles[0][1]
    for start, role in document.roles:
        if start > offset:
            break
        current = role
    return current


def _passage(
    document: SourceDocument, group: list[_Block], start: int, end: int, ordinal: int
) -> Passage:
    # The deepest section that holds the whole passage gives its path.
    ancestries = [document.ancestry(b.section) for b in group]
    common = ancestries[0]
    for path in ancestries[1:]:
        kept = 0
        while kept < min(len(common), len(path)) and common[kept] is path[kept]:
            kept += 1
        common = common[:kept]
    return Passage(
        id=f"{document.id}:{ordinal:05d}",
        document_id=document.id,
        start=start,
        end=end,
        page=document.page_at(group[0].start),
        role=group[0].role,
        section=tuple(s.label for s in common),
        headings=tuple(s.heading for s in common),
        text=document.text[start:end],
    )
