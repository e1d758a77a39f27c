"""What a person should look at in a document of the library. Pure.

A remark says what the program found, never what is right: a number that is missing may be missing
on paper too. What was settled by hand is remarked on no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.records import Corrections, Doubt, Obligation, SourceDocument

LOW_CONFIDENCE = 85  # percent; below it a scanned page holds misread words a paragraph
_LONG = 4000  # characters, of a text in which sections are to be expected: two pages
_DOUBTFUL = frozenset({Doubt.CONTRADICTED, Doubt.UNREAD, Doubt.FAR_YEAR})
_NAMES = {"number": "NO_NUMBER", "date": "NO_DATE", "issuer": "NO_ISSUER"}
# Of the loaders' own warnings, those that are told otherwise or in Vietnamese too.
_UNSURE_PAGE = re.compile(r"page \d+ was read from a picture with little confidence")
_PICTURE = re.compile(r"page (\d+) is a picture without text")
_CUT = re.compile(r"the text ends inside a character")
_CONVERTED = re.compile(r"letters were converted from (.+)")


class RemarkKind(StrEnum):
    """What is remarked on, with the names of its values."""

    LOW_CONFIDENCE = "low_confidence"  # page, percent: the worst page; pages: how many are so
    UNREAD_PAGES = "unread_pages"  # page: the first; pages: how many
    CUT_SHORT = "cut_short"
    CONVERTED = "converted"  # encoding
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_ISSUER = "no_issuer"
    NO_SECTIONS = "no_sections"
    DEADLINE_BEFORE_DATE = "deadline_before_date"  # count
    DOUBTFUL_DEADLINES = "doubtful_deadlines"  # count
    WARNING = "warning"  # text: a loader's own words


_WORDS: dict[RemarkKind, tuple[str, str]] = {
    RemarkKind.LOW_CONFIDENCE: (
        "{pages} trang nhận dạng từ ảnh chưa chắc chắn; kém nhất là trang {page} ({percent} %)",
        "{pages} scanned page(s) read with little confidence, least page {page} ({percent} %)",
    ),
    RemarkKind.UNREAD_PAGES: (
        "{pages} trang là ảnh và chưa đọc được chữ (đầu tiên là trang {page}): cần cài Tesseract "
        "có tiếng Việt rồi thêm lại tệp",
        "{pages} page(s) are pictures and were not read, first page {page}: install Tesseract "
        "with Vietnamese and add the file again",
    ),
    RemarkKind.CUT_SHORT: (
        "tệp kết thúc giữa một chữ, có thể đã bị cắt cụt",
        "the file ends inside a character: it may be cut short",
    ),
    RemarkKind.CONVERTED: (
        "chữ được chuyển từ bảng mã cũ {encoding} sang Unicode",
        "its letters were converted from the old encoding {encoding}",
    ),
    RemarkKind.NO_NUMBER: ("không tìm thấy số, ký hiệu", "no number was found"),
    RemarkKind.NO_DATE: ("không tìm thấy ngày ban hành", "no date of issue was found"),
    RemarkKind.NO_ISSUER: ("không tìm thấy cơ quan ban hành", "no issuing body was found"),
    RemarkKind.NO_SECTIONS: (
        "văn bản dài mà không tìm thấy đề mục nào",
        "a long text in which no section was found",
    ),
    RemarkKind.DEADLINE_BEFORE_DATE: (
        "{count} thời hạn sớm hơn ngày ban hành",
        "{count} deadline(s) before the date of issue",
    ),
    RemarkKind.DOUBTFUL_DEADLINES: (
        "{count} thời hạn cần xem lại (không đọc được, mâu thuẫn nhau hoặc năm quá xa)",
        "{count} deadline(s) to look at again (unreadable, contradicted, or of a far year)",
    ),
    RemarkKind.WARNING: ("{text}", "{text}"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at; ``values`` are named as :class:`RemarkKind` says."""

    kind: RemarkKind
    values: tuple[tuple[str, object], ...] = ()

    def message(self, language: str) -> str:
        """The remark in ``language`` (``vi`` or ``en``)."""
        vietnamese, english = _WORDS[self.kind]
        return (vietnamese if language == "vi" else english).format(**dict(self.values))


def remarks_of(
    document: SourceDocument,
    obligations: Iterable[Obligation],
    corrections: Corrections | None = None,
) -> tuple[Remark, ...]:
    """The remarks on a document with its rows of the register, what matters most first.

    ``corrections`` are those by hand, the document's own where none are given.
    """
    settled = document.notes.corrections if corrections is None else corrections
    return (
        *_of_pages(document),
        *_of_header(document, settled),
        *_of_deadlines(document, obligations),
    )


def _of_pages(document: SourceDocument) -> Iterator[Remark]:
    if unsure := [(sure, page) for page, sure in document.scanned if sure < LOW_CONFIDENCE]:
        percent, page = min(unsure)
        yield _remark(RemarkKind.LOW_CONFIDENCE, page=page, percent=percent, pages=len(unsure))
    warnings = [w for w in document.warnings if not _UNSURE_PAGE.match(w)]
    if unread := [int(m[1]) for w in warnings if (m := _PICTURE.match(w))]:
        yield _remark(RemarkKind.UNREAD_PAGES, page=min(unread), pages=len(unread))
    for warning in warnings:
        if _CUT.match(warning):
            yield _remark(RemarkKind.CUT_SHORT)
        elif match := _CONVERTED.match(warning):
            yield _remark(RemarkKind.CONVERTED, encoding=match[1])
        elif not _PICTURE.match(warning):
            yield _remark(RemarkKind.WARNING, text=warning)


def _of_header(document: SourceDocument, settled: Corrections) -> Iterator[Remark]:
    for name, kind in _NAMES.items():
        if getattr(document.header, name) is None and getattr(settled, name) is None:
            yield _remark(RemarkKind[kind])
    if not document.sections and len(document.text) >= _LONG:
        yield _remark(RemarkKind.NO_SECTIONS)


def _of_deadlines(document: SourceDocument, obligations: Iterable[Obligation]) -> Iterator[Remark]:
    rows = [row for row in obligations if row.document_id == document.id]
    if early := sum(Doubt.BEFORE_ISSUE in row.doubts for row in rows):
        yield _remark(RemarkKind.DEADLINE_BEFORE_DATE, count=early)
    if doubtful := sum(not _DOUBTFUL.isdisjoint(row.doubts) for row in rows):
        yield _remark(RemarkKind.DOUBTFUL_DEADLINES, count=doubtful)


def _remark(kind: RemarkKind, **values: object) -> Remark:
    return Remark(kind, tuple(values.items()))
