"""Whether the words found stand beside what the question names in the document. Pure.

A document sets things side by side under labels: contests, rounds, groups, offices. A question that
names one of them in the document's own words asks of that one, however well the words under another
label fit the rest of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.draft import Span
from assistant.language.abbreviations import written_out
from assistant.units import MARKER, unit_words
from ingest.actors import DUTY_WORDS
from ingest.records import SourceDocument
from ingest.vietnamese import fold, has_diacritics, syllables

_LEAST = 3  # syllables: two stand together by chance
_PHRASE, _PHRASE_PLACES = 4, 2  # syllables of a phrase that no label has, and where it may stand
_MOST_PLACES = 3  # what a document says oftener is what it is all about
_WORDS_OF_LINE, _WORDS_OF_HEAD, _FIRST_WORDS = 8, 12, 6
# Characters of the head of a document, where its parts were not recognised, and at most of what
# stands before its first section. What is whole in a label and is named there, all is about.
_TOP, _OPENING = 400, 1_000
_KEPT = 64  # documents
_LONGEST = 200_000  # characters that are read of one, a microsecond each when it is first asked of
# Words at which a name neither begins nor ends.
_STOPS = frozenset(
    "của và các những cho về trong tại ở với là được phải theo từ đến khi này do không có một trên "
    "dưới vào ra như để thì mà hay hoặc cũng nào gì ai đâu bao nhiêu mấy cần sẽ đã đang bị bởi mỗi "
    "ngày tháng năm trước sau lúc giờ tổ chức thực hiện".split()
)
_ACT = re.compile(rf"(?:{fold(DUTY_WORDS)})(?!\w)")  # a name begins with no verb, folded
_QUOTED = re.compile(r"[“\"«]([^”\"»\n]{3,60})[”\"»]")
_PARTS = re.compile(r"[;:,()–]| - ")
# Folded: headings of any plan, and kinds of bodies, which name no one thing.
_FIELDS = frozenset(
    ("muc dich", "yeu cau", "muc tieu", "thoi gian", "thoi han", "dia diem", "dia ban", "noi dung",
     "hinh thuc", "doi tuong", "thanh phan", "kinh phi", "nguon kinh", "giai phap", "nhiem vu",
     "giai thuong", "khen thuong", "phan cong", "tien do", "so luong", "ghi chu", "phu trach",
     "tap the", "ca nhan", "ho so", "bao cao", "che do", "tuyen truyen", "chi tieu", "ket qua",
     "khai mac", "be mac", "phuong phap", "cong tac", "hoat dong", "chu tri", "phoi hop",
     "ha tang", "hoi nghi", "don vi", "co quan", "to chuc", "trach nhiem", "co cau", "quy dinh"),
)  # fmt: skip
_BODIES = frozenset(
    ("can bo", "dang vien", "nhan dan", "nguoi dan", "dia phuong", "chu tich", "bi thu",
     "giam doc", "truong ban", "huyen uy", "tinh uy", "dang uy", "thanh uy", "uy ban", "hoi dong",
     "van phong"),
)  # fmt: skip
# Folded: «Thi kể chuyện» is «Kể chuyện», said shorter.
_EVENT = re.compile(r"^(?:hoi thi|cuoc thi|phan thi|thi|le hoi|le|phan|mon|ve|doi voi|de nghi) ")
_STOPS_FOLDED = frozenset(map(fold, _STOPS - {"có", "từ", "do", "tổ", "chức", "thực", "hiện"}))


@dataclass(frozen=True, slots=True)
class _Labels:
    """The folded words of a document, of its beginning and its labels, a space around each.

    ``full`` are labels as they stand, of three words and more; ``short`` those of two, of which
    most name a contest or a game: «Kéo co».
    """

    whole: str
    opening: str
    lines: str
    full: tuple[str, ...]
    short: frozenset[tuple[str, str]]

    def is_rare(self, name: str) -> bool:
        return self.whole.count(name) <= _MOST_PLACES


def is_under_another_label(text: str, spans: Sequence[Span], contexts: Sequence[str]) -> bool:
    """Whether ``text``, a Vietnamese question, names something labelled that the words are not in.

    ``contexts``: what a line says, the rest of its line, its headings; ``spans`` its evidence.
    """
    document = spans[0].document
    first = document.sections[0].start if document.sections else _OPENING
    labels = _labels_of(document.text[:_LONGEST], min(first, _OPENING))
    said = _key("\n".join((*contexts, *_surroundings(spans), _card(document))))
    asked = _key(text)
    return any(
        label in asked and label not in said and labels.is_rare(label) for label in labels.full
    ) or any(_is_unsaid(name, said) for name in _named(text, labels))


def _is_unsaid(name: Sequence[str], said: str) -> bool:
    """Whether no two neighbours of ``name`` stand together in ``said``; of two, nor both apart."""
    if len(name) == 2 and all(f" {word} " in said for word in name):
        return False
    return not any(f" {a} {b} " in said for a, b in pairwise(name))


def _named(text: str, labels: _Labels) -> Iterator[Sequence[str]]:
    """The runs of words of a question that are in a label, or stand at one place alone."""
    stops = _STOPS if has_diacritics(text) else _STOPS_FOLDED
    for part in re.split(r"[,;:?!()“”\"«»]", written_out(text)):
        marked, words = syllables(part), syllables(fold(part))
        if len(marked) != len(words):
            continue
        for start, end in _runs(marked, words, stops, labels.whole):
            name = f" {' '.join(words[start:end])} "
            if end - start >= _LEAST and labels.is_rare(name) and name in labels.lines:
                yield words[start:end]
        for start, end in _runs(marked, words, stops, labels.whole, acts=True):
            phrase = f" {' '.join(words[start:end])} "
            is_one = end - start >= _PHRASE and labels.whole.count(phrase) <= _PHRASE_PLACES
            if is_one and phrase not in labels.opening:
                yield words[start:end]
        for pair in pairwise(words):
            if pair in labels.short and labels.is_rare(f" {' '.join(pair)} "):
                yield pair


def _runs(
    marked: Sequence[str],
    words: Sequence[str],
    stops: frozenset[str],
    whole: str,
    *,
    acts: bool = False,
) -> Iterator[tuple[int, int]]:
    """The longest runs of ``words`` that stand in ``whole``, from left to right, as (start, end).

    None begins or ends with one of ``stops``, nor, without ``acts``, begins with a verb.
    """
    start = 0
    while start < len(words):
        if not acts and (verb := _ACT.match(" ".join(words[start:]))):
            start += len(verb[0].split())
            continue
        end = start
        while marked[start] not in stops and end < len(words):
            if f" {' '.join(words[start : end + 1])} " not in whole:
                break
            end += 1
        following = max(end, start + 1)
        while end > start and marked[end - 1] in stops:
            end -= 1
        yield start, end
        start = following


@lru_cache(_KEPT)
def _labels_of(text: str, opening_ends: int) -> _Labels:
    written = written_out(text)
    folded = fold(written)
    lines = list(_lines(written, folded))
    quoted = _QUOTED.findall(folded)
    labels = [*map(_label, lines), *quoted]
    parts = (syllables(part) for label in labels for part in _PARTS.split(label))
    short = {(p[0], p[1]) for p in parts if len(p) == 2 and not _is_plain(" ".join(p))}
    opening = _key(text[:opening_ends])
    heads = (_key_of(head) for head in [*_heads(lines), *quoted])
    full = (f" {_EVENT.sub('', head.strip(), count=1)} " for head in heads if not _is_plain(head))
    return _Labels(
        whole=_key_of(folded),
        opening=opening,
        lines="\n".join(map(_key_of, labels)),
        full=tuple(dict.fromkeys(k for k in full if len(k.split()) >= _LEAST and k not in opening)),
        short=frozenset(short),
    )


def _is_plain(words: str) -> bool:
    """Whether a label is a heading of any plan, a body of any kind, or begins with a verb."""
    bare = words.strip()
    first = " ".join(bare.split()[:2])
    return first in _FIELDS or bare in _BODIES or _ACT.match(bare) is not None


def _label(line: str) -> str:
    """A heading, a cell, the head before a colon, or the first words of an item."""
    words = line.split(None, _WORDS_OF_LINE)
    if len(words) <= _WORDS_OF_LINE:
        return line
    head, colon, _ = line.partition(":")
    if colon and len(head.split()) <= _WORDS_OF_HEAD:
        return head
    return " ".join(words[:_FIRST_WORDS])


def _heads(lines: Iterable[str]) -> Iterator[str]:
    """The labels that stand whole: short lines, and what is before a colon."""
    for line in lines:
        head, colon, _ = line.partition(":")
        if len(head.split()) <= (_WORDS_OF_HEAD if colon else _WORDS_OF_LINE):
            yield head


def _lines(text: str, folded: str) -> Iterator[str]:
    """The lines of ``text`` without their markers, as they stand in ``folded``."""
    at = 0
    for line in text.splitlines(keepends=True):
        marker = MARKER.match(line)
        start = at + (marker.end() if marker else 0)
        at += len(line)
        yield folded[start:at].strip(" *_|#-–+\n\r")


def _surroundings(spans: Sequence[Span]) -> Iterator[str]:
    """What the units of ``spans`` have around and before them: leads, columns, what they end.

    The line in capitals above too: the title of an annex is no section.
    """
    for span in spans:
        above = span.document.text[max(0, span.start - _OPENING) : span.start].splitlines()
        yield next((line for line in reversed(above) if line.isupper()), "")
        for unit in unit_words(span.document, span.start, span.end):
            yield from unit.around
            yield from unit.before


def _card(document: SourceDocument) -> str:
    head = document.header
    fields = (head.kind, head.number, head.issuer, head.place, head.title)
    top = re.sub(r"(?i)độc lập.{0,20}hạnh phúc", " ", document.text[:_TOP])
    return "\n".join((top, *(f.value for f in fields if f)))


def _key(text: str) -> str:
    """The folded words of ``text``, a space around each, abbreviations in full."""
    return _key_of(fold(written_out(text)))


def _key_of(folded: str) -> str:
    return f" {' '.join(syllables(folded))} "
