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


# «Kế hoạch … đề ngày bao nhiêu?», «… ban hành kế hoạch … ngày nào?»: no duty to issue one.
_DATED_ON = re.compile(
    r"\b(?:de|ghi) ngay (?:nao|may|bao nhieu|thang nao)\b"
    r"|^(?!.*\b(?:phai|can|se|truoc|cham nhat|muon nhat|han|xong)\b).*"
    r"\b(?:ban hanh|ky) (?:ke hoach|cong van|huong dan|chi thi|quyet dinh|ket luan|nghi quyet|"
    r"thong bao|chuong trinh|van ban)\b"
    r"[^?]{0,80}\b(?:ngay|khi|hom|luc|thang) (?:nao|may|bao nhieu)\b"
)


def asks_issue_date(folded: str, typed: str) -> bool:
    """«… ban hành ngày nào?» asked of the document itself."""
    return bool(
        re.search(
            r"\b(?:ban hanh|ra doi|co hieu luc|duoc ky|ky)\W+(?:vao |tu )?(?:ngay|khi|nam|luc|"
            r"thang|bao gio)\b",
            folded,
        )
        or _DATED_ON.search(folded)
        or re.search(r"\b(?:issued|dated|signed)\b", typed.lower())
    )
