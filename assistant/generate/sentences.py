"""What a language model writes, as sentences with the numbers of the passages they name. Pure.

A model is asked for one sentence a line with its citation at the end («… [2]»). What comes is
taken as it comes: several sentences a line, bullets, bold type, thoughts between ``<think>`` marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.sentences import sentence_spans

_NUMBERS = r"[\[【]\s*(?:đoạn|passage)?\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】]"
_MARKS = re.compile(rf"[ \t]*{_NUMBERS}(?:[ \t]*[,;]?[ \t]*{_NUMBERS})*", re.I)
_BULLET = re.compile(r"^\s*(?:[-*•+–]|\d{1,2}[.)])\s+")
_BOLD = re.compile(r"\*\*|__")
_OPEN, _CLOSE = "<think>", "</think>"
_LONGEST_LINE = 4000  # characters; what goes on without a break longer than this is no sentence


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence without its citation marks, and the numbers they give, as written (from 1)."""

    text: str
    numbers: tuple[int, ...]


def cited_sentences(chunks: Iterable[str]) -> Iterator[CitedSentence]:
    """The sentences of a text that comes in chunks, each as soon as it is whole.

    A sentence is whole when its line ends, or when something follows its citation.
    """
    rest = ""
    for chunk in chunks:
        rest = _without_thoughts(rest + chunk)
        if _OPEN in rest:
            continue  # the thought goes on
        done, rest = _whole(rest)
        yield from _sentences(done)
        if len(rest) > _LONGEST_LINE:
            return
    yield from _sentences(rest.partition(_OPEN)[0])


def _without_thoughts(text: str) -> str:
    """Without what stands before ``</think>``; models leave the opening mark to their template."""
    head, closed, tail = text.rpartition(_CLOSE)
    before, opened, _ = head.partition(_OPEN)
    return (before if opened else "") + tail if closed else text


def _whole(text: str) -> tuple[str, str]:
    """``text`` cut where its last whole sentence ends."""
    end = text.rfind("\n") + 1
    for marks in _MARKS.finditer(text, end):
        # «[1]» may go on as «[1][2]», and its full stop belongs to it.
        after = re.compile(r"[ \t]*[.;,]?[ \t]*(?=[^\s.;,\[【])").match(text, marks.end())
        if after:
            end = after.end()
    return text[:end], text[end:]


def _sentences(text: str) -> Iterator[CitedSentence]:
    for line in text.splitlines():
        line = _BOLD.sub("", _BULLET.sub("", line))
        start = 0
        for marks in _MARKS.finditer(line):
            numbers = tuple(int(n) for n in re.findall(r"\d+", marks.group()))
            yield from _split(line[start : marks.start()], numbers)
            start = marks.end()
        yield from _split(line[start:], ())


def _split(text: str, numbers: tuple[int, ...]) -> Iterator[CitedSentence]:
    """A citation after several sentences is meant for each of them."""
    text = text.strip(" \t\r.;,") and text.lstrip(" \t\r.;,").rstrip()
    for start, end in sentence_spans(text):
        yield CitedSentence(text[start:end], numbers)
