"""The part of a document that a question asks for: a header field, and where it stands. Pure."""

from __future__ import annotations

import re

from assistant.records import Intent, Question
from ingest.records import Role
from ingest.vietnamese import fold


def parts_asked_for(question: Question) -> tuple[tuple[str, ...], dict[Role, float]]:
    """Header fields that would answer the question, and weights of the parts they stand in."""
    folded = fold(question.text).lower()
    if question.asks(Intent.SIGNER):
        return ("signer", "signer_position"), {Role.SIGNATURE: 0.5, Role.RECIPIENTS: 0.3}
    if question.asks(Intent.RECIPIENT):
        return ("recipients", "addressee"), {Role.RECIPIENTS: 0.5}
    if question.intent is Intent.NUMBER:
        return ("number",), {Role.HEAD: 0.4}
    if question.asks(Intent.WHEN, Intent.DEADLINE) and asks_issue_date(folded, question.typed):
        return ("date",), {Role.HEAD: 0.4}
    if question.intent is Intent.BASIS:
        return ("bases",), {Role.PREAMBLE: 0.1}
    return (), {}


def asks_issue_date(folded: str, typed: str) -> bool:
    """«… ban hành ngày nào?» asked of the document itself."""
    return bool(
        re.search(
            r"\b(?:ban hanh|ra doi|co hieu luc|duoc ky|ky)\W+(?:vao |tu )?(?:ngay|khi|nam|luc|"
            r"thang|bao gio)\b",
            folded,
        )
        or re.search(r"\b(?:issued|dated|signed)\b", typed.lower())
    )
