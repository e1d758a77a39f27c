"""A sentence of a document with some of its words left out, to be filled in. Pure."""

from __future__ import annotations

import re

from assistant.study.asking.fact import SLOT
from assistant.study.material import Source, Span
from assistant.study.wording import stands_alone, tidy

GAP = "……"  # how the place is shown
_LEAST, _MOST = 6, 46  # words
# Words that belong to what is left out: a choice in its place would not read on.
_CUE_LEFT = re.compile(r"(?:tuần|ngày|khoảng|tháng|quý|năm|lúc|hồi|dịp)\s*$", re.I)


def sentence_around(source: Source, at: int, end: int) -> Span | None:
    """The item of the document that holds ``text[at:end]``, or None."""
    span = next((s for s in source.items if s[0] <= at < s[1]), None)
    return span if span is not None and end <= span[1] else None


def gapped(source: Source, span: Span, at: int, end: int) -> str:
    """``text[span]`` with ``{}`` for ``text[at:end]``; "" where it can't stand alone so."""
    text = source.text
    head = tidy(text[span[0] : at] + "x")[:-1]
    tail = text[end : span[1]].rstrip(" \n.;,/")
    said = " ".join(f"{head}{SLOT}{tail}".split())
    if _CUE_LEFT.search(head):
        return ""
    if ":" in tail and ";" in text[span[1] - 1 : span[1] + 1]:
        return ""  # a list follows, and this is no more than its first item
    fits = _LEAST <= len(said.split()) <= _MOST and said.count(SLOT) == 1
    return said if fits and "{" not in head + tail and stands_alone(said.replace(SLOT, "x")) else ""
