"""Training files → passages with their headings, in groups of passages on one subject."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.abbreviations import sometimes_abbreviated

MAX_SYLLABLES = 180  # about what a passage of the library holds
MIN_SYLLABLES = 12
MAX_PASSAGES = 40  # of one article: a few annexes run to thousands of table rows

_SENTENCE_END = re.compile(r"(?<=[.;:!?…])\s+|\n+")
_ARTICLE_NUMBER = re.compile(r"^Điều\s+\S+\s*")
_TOPIC_NUMBER = re.compile(r"^Đề mục\s+\S+\s*-\s*")
_WIKI_HEADING = re.compile(r"^=+\s*(.*?)\s*=+$", re.MULTILINE)
_LAW_ARTICLE = re.compile(r"^Điều\s+\d+[a-z]?\s*[.:]?\s*(.*)$", re.MULTILINE)
_WIKI_END = {"tham khảo", "liên kết ngoài", "xem thêm", "chú thích", "ghi chú", "nguồn"}


@dataclass(frozen=True, slots=True)
class TrainingPassage:
    """Sentences that stand together, with the headings above them (possibly empty)."""

    group: str
    title: str
    context: str
    sentences: tuple[str, ...]


def read(folder: Path) -> Iterator[TrainingPassage]:
    """All passages of ``folder``, those of a group next to each other.

    Raises FileNotFoundError when one of the four files is missing.
    """
    for row in _rows(folder / "phapdien.jsonl.xz"):
        title = _ARTICLE_NUMBER.sub("", row["title"])
        topic = _TOPIC_NUMBER.sub("", row["topic"])
        context = f"{topic} {row['chapter']}" if len(row["chapter"]) < 150 else topic
        yield from _cut(topic + row["chapter"], title, context, row["text"])
    for row in _rows(folder / "viwiki.jsonl.xz"):
        yield from _wiki_page(row["title"], row["text"])
    for name in ("laws", "official_plans"):
        for row in _rows(folder / f"{name}.jsonl.xz"):
            yield from _articles(row["id"], row["text"])


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _wiki_page(title: str, text: str) -> Iterator[TrainingPassage]:
    parts = _WIKI_HEADING.split(text)
    # Stubs (asteroids, moths, communes, days of a calendar) are one template a thousand times.
    if len(text) < 1000:
        return
    yield from _cut(title, title, "", parts[0])
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        if heading.lower() not in _WIKI_END:
            yield from _cut(title, heading, title, body)


def _articles(name: str, text: str) -> Iterator[TrainingPassage]:
    parts = _LAW_ARTICLE.split(text)
    yield from _cut(name, "", "", parts[0])
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield from _cut(name, title, "", body)


def _cut(group: str, title: str, context: str, text: str) -> Iterator[TrainingPassage]:
    """Whole sentences up to ``MAX_SYLLABLES`` a passage."""
    sentences: list[str] = []
    size = made = 0
    for sentence in _SENTENCE_END.split(text):
        length = sentence.count(" ") + 1
        if length < 3:
            continue
        if length > MAX_SYLLABLES:
            sentence = " ".join(sentence.split(" ")[:MAX_SYLLABLES])
            length = MAX_SYLLABLES
        if size + length > MAX_SYLLABLES and sentences:
            yield TrainingPassage(group, title, context, tuple(sentences))
            sentences, size, made = [], 0, made + 1
            if made == MAX_PASSAGES:
                return
        sentences.append(sometimes_abbreviated(sentence))
        size += length
    if size >= MIN_SYLLABLES:
        yield TrainingPassage(group, title, context, tuple(sentences))
