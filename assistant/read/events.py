"""Which prize, and which stage of an event, the words found speak of. Pure.

A contest is announced, entered, judged and closed on different days, and pays prizes of several
ranks, not all with their sum: «01 giải Nhất 5.000.000 đồng, 02 giải Nhì».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Intent, Question

_PLAIN_RANKS = r"nhat|nhi|ba|khuyen khich|dac biet"
_RANKS = rf"{_PLAIN_RANKS}|phu|[abc]"
_PRIZE_ASKED = re.compile(rf"\bgiai (?P<rank>{_RANKS})\b")
# A rank in a list may stand without «giải»: «01 Nhất - 400.000 đ; 02 Nhì - 300.000 đ».
_PRIZE = re.compile(
    rf"\bgiai (?P<a>{_RANKS})\b"
    rf"|(?:^|[:;,.|\n(]|\d)\s*(?P<b>{_PLAIN_RANKS})(?=\s*(?:[-–:|\n(]|\d))",
)
_CHAMPION = re.compile(r"\bvo dich\b")
_SUM_ASKED = re.compile(
    r"\bbao nhieu tien\b|\bmay (?:trieu|tram|nghin)\b"
    r"|\b(?:thuong|tri gia|tien thuong|nhan|duoc)(?: \w+){0,2} bao nhieu\b"
    r"(?! (?:giai|nguoi|doi|em))"
    r"|\bhow much\b"
)
_SUM = re.compile(r"\d[\d.,]*\s*(?:d\b|dong|trieu|ty\b|nghin|ngan|vnd)")

# Stages of an event; the words of a row say the same.
_STAGES = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "phat dong|ra quan",
        "dang ky",
        "nhan bai|nop bai|gui bai|nhan san pham|nop san pham|nhan (?:bai )?du thi",
        "boc tham|hop ky thuat",
        "cham (?:bai|thi|diem|so khao|chung khao|giai)|so khao|cham",
        "phuc khao",
        "chung ket|chung khao",
        "cong bo(?: ket qua)?",
        "trao (?:giai|thuong)|phat thuong",
        "tong ket",
        "so ket",
        "khoi cong",
        "khanh thanh",
        "nghiem thu",
    )
)
# Stages with days of their own; others are told in many words: «mở đầu», «gửi về trước ngày …».
_SAID_WHERE_HELD = re.compile(r"\b(?:boc tham|phuc khao|cong bo|trao giai|phat thuong)\b")
_BEGINS = re.compile(r"\bbat dau\b|\bkhai mac\b|\bdien ra luc\b|\bthi luc\b")
_BEFOREHAND = re.compile(
    r"\b(?:boc tham|hop (?:lanh dao|ky thuat|truong) ?(?:doi|doan)?|tong duyet|so duyet|dang ky)\b"
)
# What is counted from is not told itself: «03 ngày kể từ ngày công bố kết quả».
_AFTER_STAGE = re.compile(r"\b(?:ke tu|sau|truoc)(?: khi| ngay| luc)* \w+ \w+(?: ket qua)?")
_PLACED = (Intent.WHEN, Intent.DEADLINE, Intent.WHERE)


def is_of_another_prize(folded: str, own: str, line: str) -> bool:
    """Whether a prize is asked about, and the words speak of others alone.

    ``folded`` is the question, ``own`` the words found and ``line`` those around them on their
    line, all without diacritics.
    """
    asked = {m["rank"] for m in _PRIZE_ASKED.finditer(folded)}
    if len(asked) != 1:
        return False
    rank = asked.pop()
    ranks = _ranks(own) or _ranks(line)
    if ranks:
        return rank not in {found for found, _ in ranks}
    champion = rank == "nhat" and _CHAMPION.search(own) is not None
    return _SUM_ASKED.search(folded) is not None and not champion


def is_unpriced(folded: str, own: str) -> bool:
    """Whether the sum of a prize is asked for, and only others have one: «giải Nhì» above."""
    asked = {m["rank"] for m in _PRIZE_ASKED.finditer(folded)}
    if len(asked) != 1 or not _SUM_ASKED.search(folded):
        return False
    rank = asked.pop()
    ranks = _ranks(own)
    if not ranks or _SUM.search(own[: ranks[0][1]]):
        return False  # sums before their ranks: «500.000 đồng cho giải Nhì»
    ends = [at for _, at in ranks[1:]] + [len(own)]
    parts = [own[at:end] for (found, at), end in zip(ranks, ends, strict=True) if found == rank]
    return bool(parts) and not any(_SUM.search(part) for part in parts)


def _ranks(folded: str) -> list[tuple[str, int]]:
    """The ranks of prizes in words without diacritics, and where each stands."""
    return [(m["a"] or m["b"], m.start()) for m in _PRIZE.finditer(folded)]


def is_of_another_stage(question: Question, folded: str, contexts: Sequence[str]) -> bool:
    """Whether a stage of an event is asked about, and the words give another's time or place.

    ``contexts``, without diacritics: what the line says itself, then its headings.
    """
    if question.intent not in _PLACED:
        return False
    own = _AFTER_STAGE.sub(" ", contexts[0])
    asked = {i for i, stage in enumerate(_STAGES) if stage.search(folded)}
    told = {i for i, stage in enumerate(_STAGES) if stage.search(own)}
    if len(asked) == 1 and not asked & told:
        stage = _STAGES[next(iter(asked))]
        if not told and not _SAID_WHERE_HELD.search(folded):
            return False
        return not any(stage.search(words) for words in (own, *contexts[2:]))
    if not asked and _BEGINS.search(folded):
        head, colon, _ = own.partition(":")
        return colon != "" and _BEFOREHAND.search(head) is not None
    return False
