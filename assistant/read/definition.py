"""Answers to «X là gì?»: where a document says what it calls X, or begins with «X là …». Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Line, Span
from assistant.read.lines import clean
from assistant.records import Question
from ingest.header import KINDS
from ingest.records import SourceDocument
from ingest.sentences import sentence_spans
from ingest.vietnamese import fold, has_diacritics

_ASKED = (
    re.compile(
        r"^(?:(?:the nao|hieu the nao) la )?(?P<x>[^,?]+?) "
        r"(?:(?:co )?nghia )?(?:la (?:gi|cai gi|sao|the nao)"
        r"|nghia la gi|(?:la )?(?:viet|goi) tat (?:cua|cho|tu) "
        r"(?:nhung )?(?:tu |cum tu |chu |ten )?(?:gi|nao))\W*$"
    ),
    re.compile(r"^the nao (?:la|duoc goi la) (?P<x>[^,?]+?)\W*$"),
    # «Bộ chỉ số 12 là bộ chỉ số gì, theo quyết định nào?»
    re.compile(
        r"^(?P<x>[^,?]+?)(?: (?:trong|ma|o|tai|theo|duoc nhac)\b[^,?]*?)? la "
        r"(?:(?:nhung|cac|mot) )?"
        r"(?P<sort>\w+(?: \w+){0,2}) (?:gi|nao)\b(?:, [^?]{1,40})?\W*$"
    ),
    re.compile(
        r"^[“\"](?P<x>[^”\"]{2,60})[”\"][^?]*? (?:la|nghia la|chi) [^?]*\b(?:gi|nao|ai)\b[^?]*\W*$"
    ),
)
# Folded: what a thing is of its sort; «thời hạn là ngày nào» asks for no term.
_SORTS = re.compile(
    r"^(?:bo chi so|chi so|cuon|cuon sach|quyen|quyen sach|tac pham|bo tai lieu|tai lieu|van ban|"
    r"de an|du an|chuong trinh|phong trao|mo hinh|he thong|phan mem|nen tang|ung dung|cuoc thi|"
    r"hoi thi|giai thuong|giai|quy|cong trinh|to chuc|co quan|don vi|nghi quyet|ke hoach|"
    r"chien dich|tieu chi|loai)$"
)
# A name and no more; «what is the theme of …» asks for something else.
_ENGLISH_ASKED = re.compile(
    r"^what (?:is|are|does|do) (?:an? |the )?"
    r"(?P<x>(?:(?!\b(?:of|for|in|to|by|on|at)\b)[\w\s\"“”'-]){2,50}?)"
    r"(?: mean(?: here)?| stand for| short for)?\W*$",
    re.I,
)
_CITED_ASKED = re.compile(r"\btheo (" + "|".join(sorted(map(fold, KINDS))) + r") nao\b")
_CALLED = r"(?:(?:sau day |duoc )?(?:goi|viet) (?:tat |chung )?la:? ?|viet tat:? ?)?"
_SHORT_CLAUSE = 10  # characters: less than that means nothing by itself
_LONGEST = 8  # words; what is longer is a question about something, not for the sense of a term
_NO_TERM = re.compile(
    r"(?:muc (?:dich|tieu)|yeu cau|nhiem vu|noi dung|chu de|ly do|nguyen nhan|thoi|han|so|ten|dia|"
    r"hinh thuc|trach nhiem|can cu|chi tieu|doi tuong|viec|nguon)\b"
)


def term_asked(question: Question) -> str:
    """The term whose sense is asked for, folded; "" where none is."""
    if question.language == "en":
        named = _ENGLISH_ASKED.match(question.typed.strip())
        written = re.sub(r"[\"“”'\s]+", " ", named["x"]).strip() if named else ""
        if has_diacritics(written) or written.isupper():  # the document's own words
            return fold(written).lower()
        term = fold(question.search).lower().strip()
        return term if named and term and len(term.split()) <= _LONGEST else ""
    asked = fold(question.text).lower().strip()
    for pattern in _ASKED:
        if (match := pattern.match(asked)) and len(match["x"].split()) <= _LONGEST:
            if "sort" in match.groupdict() and not _SORTS.match(match["sort"]):
                continue
            term = re.sub(r"^(?:cum tu|tu|chu|cai) ", "", match["x"].strip(' "“”'))
            return "" if _NO_TERM.match(term) else term
    return ""


def read_definition(question: Question, documents: Sequence[SourceDocument]) -> Draft:
    """What the first of ``documents`` that says so means by the term; no line where none does."""
    term = term_asked(question)
    if not term:
        return Draft()
    kind = _CITED_ASKED.search(fold(question.text).lower())
    cited = kind.group(1) if kind else ""
    name = re.escape(term).replace(r"\ ", r"\s+")
    quoted = rf"[\"“”'‘’]?{name}[\"“”'‘’]?"
    patterns = (
        re.compile(rf"\(\s*{_CALLED}{quoted}\s*\)"),
        re.compile(rf"(?:(?<=\n)|(?<=^)|(?<=[.;] )|(?<=- )){quoted}\s*(?:la (?!gi\b)|\()", re.M),
    )
    for pattern in patterns:
        for document in documents:
            match = pattern.search(fold(document.text).lower())
            before = term.split()[:2] if pattern is patterns[0] else []
            if match and (line := _line(document, *match.span(), before, cited)):
                return Draft((line,), certain=True)
    return Draft()


def _line(
    document: SourceDocument, start: int, end: int, before: list[str], cited: str
) -> Line | None:
    """The sentence from the term on; or, where the term stands in brackets after what it means, to
    it: from the words that begin as it does (``before``), else from the clause.

    ``cited`` is the folded kind of the document that is asked for too: its citation is quoted.
    """
    for a, b in sentence_spans(
        document.text, max(0, start - 2000), min(len(document.text), end + 2000)
    ):
        if a <= start < b:
            first = a
            if before:
                first = _beginning(document.text, a, start, before)
            if cited:
                numbers = [
                    m.start()
                    for m in re.finditer(rf"\b{cited} so ", fold(document.text[a:first]).lower())
                ]
                first = a + numbers[-1] if numbers else first
            last = end if before else b
            words = clean(document.text[first:last])
            shown = words[:1].upper() + words[1:]
            return Line(shown, (Span(document, first, last),)) if words else None
    return None


def _beginning(text: str, start: int, end: int, words: list[str]) -> int:
    """Where what a term means begins in ``text[start:end]``, before the term in brackets."""
    alike = list(
        re.finditer(r"\b" + r"\s+".join(map(re.escape, words)), fold(text[start:end]).lower())
    )
    if alike:
        return start + alike[-1].start()
    cuts = [m.end() for m in re.finditer(r"[,;:]\s+", text[start:end])]
    return start + cuts[-1] if cuts and end - start - cuts[-1] >= _SHORT_CLAUSE else start
