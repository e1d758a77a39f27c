"""Reports that a document asks for without saying by when. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.dates import find_dates
from ingest.deadlines.clauses import action_of
from ingest.deadlines.duty import Duty, Source
from ingest.deadlines.fields import fields_below
from ingest.deadlines.who import actor_of, report_to
from ingest.markers import marker_of
from ingest.records import Role

_REPORT = re.compile(
    r"(?<!\w)(?:báo cáo|gửi báo cáo|nộp|gửi)(?!\w)[^.;\n]{0,200}?(?<!\w)(?:về|cho|với|gửi|lên|"
    r"qua)\s|"
    r"(?<!\w)báo cáo (?:kết quả|tình hình|định kỳ|[A-ZĐ])",
    re.I,
)


def undated_reports(source: Source) -> Iterator[Duty]:
    """Duties to report or send something to a body that carry no date at all."""
    text = source.text
    for match in re.finditer(r"(?<!\w)(?:[Bb]áo cáo|[Nn]ộp|[Gg]ửi)(?!\w)", text):
        start, end = source.sentence(match.start())
        if source.role_at(start) is not Role.BODY or not source.may_bind(start):
            continue
        if match.start() != _first(text, start, end) or _is_dated(source, start, end):
            continue
        to = report_to(text, start, end)
        if to is None or not _REPORT.search(text, start, end):
            continue
        actor, implied = actor_of(source, start, end, (start, end))
        marker = marker_of(text[start:end])
        begin = start + (marker[2] if marker else 0)
        stop = begin + len(text[begin:end].rstrip(" ;,.\n*_"))
        yield Duty(
            begin, stop, action_of(text, (begin, stop), None, actor), actor, implied, None, to
        )


def _is_dated(source: Source, start: int, end: int) -> bool:
    """Whether the sentence, its line, its row or the fields below it carry a date."""
    text = source.text
    if found := source.table_row(start):
        _, row = found
        end = max(end, row.end)
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    if find_dates(text[start:line_end]):
        return True
    return any(field.kind == "time" for field in fields_below(text, start))


def _first(text: str, start: int, end: int) -> int:
    match = re.search(r"(?<!\w)(?:[Bb]áo cáo|[Nn]ộp|[Gg]ửi)(?!\w)", text[start:end])
    return start + match.start() if match else -1
