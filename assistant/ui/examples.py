"""Example questions: for the bundled samples, else from what the library's headers hold. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.records import SourceDocument

Example = tuple[str, str]  # (Vietnamese, English)

SHOWN = 4

# Each asks for something that the bundled sample documents say.
SAMPLE_QUESTIONS: tuple[Example, ...] = (
    ("Ai phải báo cáo trước ngày 20/4?", "Who must report by 20/4?"),
    ("Công an huyện phải làm gì?", "What must the district police do?"),
    ("Ai ký Công văn 412/UBND-NC?", "Who signed 412/UBND-NC?"),
    ("Nơi nhận của Kế hoạch 35-KH/ĐU?", "Who are the recipients of 35-KH/ĐU?"),
)


def examples(documents: Sequence[SourceDocument], samples: bool) -> tuple[Example, ...]:
    """Up to ``SHOWN`` questions that ``documents`` can answer; none for an empty library.

    ``samples`` tells that the bundled documents are among them.
    """
    if samples:
        return SAMPLE_QUESTIONS[:SHOWN]
    found: list[Example] = []
    for document in documents:
        found += _from_header(document, len(found))
        if len(found) >= SHOWN:
            break
    return tuple(found[:SHOWN])


def _from_header(document: SourceDocument, asked: int) -> list[Example]:
    """One question about a document that has a number, of another sort each time."""
    header = document.header
    if header.number is None:
        return []
    number = header.number.value
    sorts: list[tuple[bool, Example]] = [
        (header.signer is not None, (f"Ai ký văn bản {number}?", f"Who signed {number}?")),
        (
            bool(header.recipients),
            (f"Nơi nhận của văn bản {number}?", f"Who are the recipients of {number}?"),
        ),
        (bool(header.bases), (f"{number} căn cứ vào đâu?", f"What is {number} based on?")),
        (
            header.date is not None,
            (f"{number} ban hành ngày nào?", f"When was {number} issued?"),
        ),
    ]
    known = [example for holds, example in sorts if holds]
    return [known[asked % len(known)]] if known else []
