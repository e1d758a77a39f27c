"""A pack's questions and extracts in the words of a language model, each held against its source.

Only wording may change. What a model writes is kept where the cited words bear it out, as the
sentences of answers are, and where a question still asks for the same; else the line stays as it
was. A pack is whole without a model, and with one that lies, stalls or is not there.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.generate.listen import is_timeout, is_unreachable, listen
from assistant.records import Citation
from assistant.study import borne
from assistant.study.edits import with_part
from assistant.study.records import Card, DiscussionQuestion, OutlinePoint, Part, StudyPack
from assistant.study.sameness import content, coverage
from assistant.understand import understand
from ingest.vietnamese import fold
from prompts import load

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # lines gone through, of how many

_PARTS = (Part.DISCUSSION, Part.CARDS, Part.OUTLINE)
_AT_ONCE = 8  # lines of one request
_QUOTED_WORDS = 120  # of a citation, told to the model
_LONGER = 1.6  # times the words of a line, and a few more, that its new wording may have
_ASKS_THE_SAME = 0.6  # share of the words of a question that its new wording keeps
_NEW = 0.35  # share of the words of a question that may be new
_SIGNS = re.compile(r"[^\w\s.,;:?!()/%“”\"'‘’«»…–-]|https?:|www\.|\w://", re.I)
_LINE = re.compile(
    r"^\s*(?:[-*•]\s*)?(?:\*\*)?\[(?P<number>\d{1,3})\](?:\*\*)?[.:]?\s*(?P<text>.+?)\s*$"
)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)|\A.*?</think>", re.S)


@dataclass(frozen=True, slots=True)
class _Wording:
    """A line that may be worded otherwise: where it stands, and what bears it out."""

    part: Part
    entry: int
    text: str
    citations: tuple[Citation, ...]
    answer: str = ""  # of a card: what its question must not give away

    @property
    def is_question(self) -> bool:
        return self.part is not Part.OUTLINE


def reworded(
    pack: StudyPack, model: BaseChatModel, seconds: float, progress: Progress | None = None
) -> StudyPack:
    """The pack with what ``model`` words better; it never takes longer than ``seconds``, and never
    fails.

    A note in each part says which of its lines the model worded; where it could not be reached or
    was too slow, what it had not come to stays as it was, and a note says that.
    """
    wordings = tuple(_wordings(pack))
    new: dict[tuple[Part, int], str] = {}
    until = time.monotonic() + seconds
    trouble, done = "", 0
    for batch in _batches(wordings):
        said: list[str] = []
        try:
            for words in _asked(model, batch, until - time.monotonic()):
                said.append(words)
        except Exception as error:  # noqa: BLE001  (whatever a provider raises)
            log.warning("language model: %s: %s", type(error).__name__, error)
            trouble = _trouble(error, begun=bool(said))
            break
        known = {w.text for w in wordings} | set(new.values())
        for number, text in _read("".join(said)).items():
            if not 1 <= number <= len(batch):
                continue
            wording = batch[number - 1]
            if text not in known and holds(wording, text):
                new[wording.part, wording.entry] = text
                known.add(text)
        done += len(batch)
        if progress is not None:
            progress(done, len(wordings))
    for part in _PARTS:
        pack = _with(pack, part, new, trouble)
    return pack


def _trouble(error: BaseException, *, begun: bool) -> str:
    if is_timeout(error):
        return "không trả lời kịp thời gian cho phép"
    return "không kết nối được" if is_unreachable(error) and not begun else "trả lời bị lỗi"


# --- What may be worded otherwise -----------------------------------------------------------------


def _wordings(pack: StudyPack) -> Iterator[_Wording]:
    for part in _PARTS:
        if not pack.request.wants(part):
            continue
        for number, entry in enumerate(pack.part(part).entries):
            wording = _wording(part, number, entry)
            if wording is not None and wording.citations:
                yield wording


def _wording(
    part: Part, number: int, entry: DiscussionQuestion | Card | OutlinePoint
) -> _Wording | None:
    if isinstance(entry, DiscussionQuestion):
        cited = tuple(c for basis in entry.basis for c in basis.citations)
        return _Wording(part, number, entry.text, cited)
    if isinstance(entry, Card):
        return _Wording(part, number, entry.question, entry.citations, entry.answer)
    # A heading is a name: it stays as it is.
    return None if entry.is_heading else _Wording(part, number, entry.text, entry.citations)


def _batches(wordings: Sequence[_Wording]) -> Iterator[Sequence[_Wording]]:
    for start in range(0, len(wordings), _AT_ONCE):
        yield wordings[start : start + _AT_ONCE]


# --- What the model is told and says --------------------------------------------------------------


def _asked(model: BaseChatModel, batch: Sequence[_Wording], seconds: float) -> Iterator[str]:
    """What the model says of these lines, as it comes.

    Raises:
        TimeoutError: it took longer than ``seconds``.
        Exception: whatever its provider raises.
    """
    if seconds <= 0:
        raise TimeoutError("no time is left")
    key = secrets.token_hex(8)
    told = "\n\n".join(_told(number, wording, key) for number, wording in enumerate(batch, 1))
    messages = [("system", load("reword.v1", key=key)), ("user", told)]

    def speak() -> Iterator[str]:
        for message in model.stream(messages):
            yield message.text

    yield from listen(speak, seconds)


def _told(number: int, wording: _Wording, key: str) -> str:
    kind = "câu hỏi" if wording.is_question else "ý chính"
    quotes = "\n".join(
        f"Lời trích: {' '.join(c.quote.split()[:_QUOTED_WORDS])}" for c in wording.citations
    )
    return (
        f"----- {key} dòng [{number}], loại: {kind} -----\n{wording.text}\n{quotes}\n"
        f"----- {key} hết dòng [{number}] -----"
    )


def _read(said: str) -> Mapping[int, str]:
    """The lines of what a model says, by their numbers; of two with one number none counts."""
    found: dict[int, list[str]] = {}
    for line in _THOUGHT.sub("", said).splitlines():
        if match := _LINE.match(line):
            text = unicodedata.normalize("NFC", match["text"].replace("**", ""))
            found.setdefault(int(match["number"]), []).append(" ".join(text.split()))
    return {number: texts[0] for number, texts in found.items() if len(texts) == 1}


# --- What of it is kept ---------------------------------------------------------------------------


def holds(wording: _Wording, text: str) -> bool:
    """Whether ``text`` may stand for a line: clean, no longer, and borne out as the line is."""
    words = len(wording.text.split())
    hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs") for c in text)
    if hidden or _SIGNS.search(text) or not 3 <= len(text.split()) <= _LONGER * words + 4:
        return False
    if not wording.is_question:
        return borne.bears_out(wording.citations, text)
    return (
        borne.asks_of(wording.citations, text, wording.text)
        and borne.same_particulars(wording.text, text)
        and _is_same_question(wording, text)
    )


def _is_same_question(wording: _Wording, text: str) -> bool:
    """Whether ``text`` asks what the line asks, and neither says more nor gives its answer away."""
    before, after = content(wording.text), content(text)
    said = before.union(_ASKING, *(content(c.quote) for c in wording.citations))
    answered = content(wording.answer) - before
    return (
        wording.text.endswith("?") == text.endswith("?")
        and coverage(before - _ASKING, after) >= _ASKS_THE_SAME
        and len(after - said) <= _NEW * len(after)
        and not answered & after
        and (not wording.answer or _asked_for(wording.text) == _asked_for(text))
    )


def _asked_for(question: str) -> str:
    return understand(question).intent.value


_ASKING = frozenset(
    fold(
        "ai gì nào đâu sao bao nhiêu mấy khi lúc thế hãy nêu cho biết theo đồng chí anh chị cơ "
        "quan đơn vị địa phương liên hệ thực tiễn kế hoạch văn bản cần nên phải làm vì"
    ).split()
)


def _with(
    pack: StudyPack, part: Part, new: Mapping[tuple[Part, int], str], trouble: str
) -> StudyPack:
    """The pack with the new wordings of one part, and what is to be said of them."""
    old = pack.part(part)
    mine = {entry: text for (where, entry), text in new.items() if where is part}
    notes = list(old.notes)
    if mine:
        notes.append(
            f"{len(mine)} dòng có câu chữ do mô hình ngôn ngữ viết lại, đã đối chiếu với lời trích."
        )
    if trouble and pack.request.wants(part) and old.entries:
        notes.append(f"Mô hình ngôn ngữ {trouble}; các dòng khác giữ nguyên câu chữ.")
    if notes == list(old.notes):
        return pack
    entries = tuple(
        replace(entry, **{_FIELDS[part]: mine[i]}) if i in mine else entry
        for i, entry in enumerate(old.entries)
    )
    return with_part(pack, part, replace(old, entries=entries, notes=tuple(notes)))


_FIELDS = {Part.DISCUSSION: "text", Part.CARDS: "question", Part.OUTLINE: "text"}
