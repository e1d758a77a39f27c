"""Thumbs up and down, kept as JSON lines that ``eval`` can read."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.records import Answer

FILE_NAME = "feedback.jsonl"
RATINGS = ("up", "down")
MAX_COMMENT = 2000

_writing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judgement of one answer.

    ``id`` names the answer that was judged: a later row with the same id (a comment added, a mind
    changed) replaces the earlier one. ``time`` is ISO 8601 in UTC; ``rating`` is up or down;
    ``citations`` have the stable JSON form of :meth:`assistant.records.Answer.to_json`.
    """

    id: str
    time: str
    question: str
    answer: str
    abstained: bool
    citations: tuple[dict[str, Any], ...]
    rating: str
    comment: str = ""


def judge(answer: Answer, rating: str, comment: str = "", id: str = "") -> Feedback:
    """The row for ``answer`` judged now. Raises ValueError for a rating that is not up or down."""
    if rating not in RATINGS:
        raise ValueError(f"rating is {rating!r}, expected one of {', '.join(RATINGS)}")
    stable = answer.to_json()
    return Feedback(
        id=id,
        time=datetime.now(UTC).isoformat(timespec="seconds"),
        question=answer.question,
        answer=answer.answer,
        abstained=answer.abstained,
        citations=tuple(stable["citations"]),
        rating=rating,
        comment=comment.strip()[:MAX_COMMENT],
    )


def append(path: Path, feedback: Feedback) -> None:
    """Add one row to the file at ``path``, which is made, with its folder, where it is missing."""
    line = json.dumps(asdict(feedback), ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with _writing, path.open("ab+") as file:
        if file.tell() > 0:
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # the last row was cut short: keep this one apart from it
                file.write(b"\n")
        file.write(line.encode())


def read(path: Path) -> list[Feedback]:
    """The rows at ``path`` by first judgement, the last row for each id; [] without a file.

    A line that is not whole JSON was cut short (a machine switched off while writing) and is left
    out; JSON that is not a row raises ValueError with the line's number.
    """
    if not path.exists():
        return []
    latest: dict[str, Feedback] = {}
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        try:
            feedback = Feedback(**{**row, "citations": tuple(row["citations"])})
        except (TypeError, KeyError) as error:
            raise ValueError(f"{path}, line {number}: not a feedback row ({error})") from error
        latest[feedback.id or f"line {number}"] = feedback
    return list(latest.values())
