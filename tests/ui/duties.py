"""Rows of the register, made up, and what the board shows of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.cite import cite
from assistant.records import RegisterRow
from assistant.register import Register
from assistant.ui.deadlines import Found, find
from assistant.ui.form import Form, Look, with_days
from assistant.ui.render.board import board_html
from ingest.records import Header, HeaderField, Obligation, SourceDocument

ON = date(2024, 4, 10)


def field(value: str) -> HeaderField:
    return HeaderField(value, 0, len(value))


def document(id: str = "d1", number: str = "", issued: str = "", name: str = "") -> SourceDocument:
    header = Header(
        number=field(number) if number else None, date=field(issued) if issued else None
    )
    text = "Các chi bộ báo cáo kết quả học tập trước ngày 20/4/2024."
    return SourceDocument(id=id, name=name or f"{id}.txt", text=text, header=header)


def row(
    deadline: str = "2024-04-20", source: SourceDocument | None = None, **fields: object
) -> RegisterRow:
    """A row of the document ``source``; without a ``deadline_text`` the deadline stands for it."""
    source = source or document()
    values = {
        "id": f"{source.id}:{deadline}:{fields.get('action', '')}",
        "document_id": source.id,
        "actor": "Các chi bộ",
        "actor_start": 0,
        "implied": False,
        "action": "báo cáo kết quả học tập",
        "deadline_text": deadline,
        "deadline_start": 30 if deadline else -1,
        "deadline": deadline,
        "report_to": "",
        "start": 0,
        "end": len(source.text),
        "page": 1,
        "section": (),
    }
    duty = Obligation(**{**values, **fields})  # type: ignore[arg-type]
    return RegisterRow(duty, source, cite(source, duty.start, duty.end))


def register(*rows: RegisterRow) -> Register:
    documents = {r.document.id: r.document for r in rows}
    return Register([r.obligation for r in rows], documents)


def found(*rows: RegisterRow, **form: Any) -> Found:
    """What the board finds on the day :data:`ON` by a form filled in with ``form``."""
    return find(register(*rows), with_days(Form(**form), ON), ON)


def shown(*rows: RegisterRow, look: Look | None = None, language: str = "vi", **form: Any) -> str:
    return board_html(found(*rows, **form), look or Look(), (), 0, language)
