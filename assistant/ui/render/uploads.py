"""An upload: its files with a bar each, what became of them, what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.ui.render.words import both, in_both, in_common, name_html
from assistant.ui.upload import Batch, Row, State
from ingest.errors import IngestError
from ingest.load.kinds import SUPPORTED

ROWS_SHOWN = 60  # of files that need no one's eye
_AROUND = 6  # files shown before and after the one in work


def uploads_html(batch: Batch) -> str:
    """The files of an upload under what is to be said of all of them; nothing for no files."""
    if not batch.rows:
        return ""
    rows = _ended_rows(batch.rows) if batch.is_ended else _rows_at_work(batch.rows)
    # While it goes on a screen reader would be told of each page: it hears the outcome alone.
    role = ' role="status"' if batch.is_ended else ""
    return f'<div class="files"{role}>{_head(batch)}<ul>{rows}</ul></div>'


def _head(batch: Batch) -> str:
    if batch.is_ended:
        close = (
            '<button type="button" class="tool close" data-action="upload" data-ask="close">'
            f"{both('close')}</button>"
        )
        return f'<p class="head"><b>{_outcome(batch)}</b>{close}</p>'
    done, total = batch.count(State.READ), len(batch.rows)
    stop = (
        f"<span>{both('upload_stopping')}</span>"
        if batch.stopping
        else '<button type="button" class="tool" data-action="upload" data-ask="stop"'
        f' data-value="{escape(batch.token)}">{both("upload_stop")}</button>'
    )
    return (
        f'<p class="head"><b>{both("upload_progress", done=done, total=total)}</b>{stop}</p>'
        f"{bar_html(done, total)}"
    )


def bar_html(done: int, total: int) -> str:
    """A bar of progress; one that only moves where ``total`` is 0."""
    value = f' value="{done}" max="{total}"' if total else ""
    return f'<progress{value} aria-hidden="true"></progress>'


def _outcome(batch: Batch) -> str:
    if batch.error is not None:
        shown = isinstance(batch.error, IngestError)
        return both("reason", reason=batch.error) if shown else both("upload_error")
    said = []
    if added := batch.count(State.ADDED, State.REPLACED):
        said.append(both("upload_done", count=added))
    elif not batch.count(State.DUPLICATE, State.STOPPED):
        said.append(both("upload_none"))
    for state in (State.DUPLICATE, State.FAILED, State.STOPPED):
        if count := batch.count(state):
            said.append(both(f"upload_{state}", count=count))
    return " · ".join(said)


def _rows_at_work(rows: Sequence[Row]) -> str:
    """The file in work, those around it, and how many more there are on both sides."""
    place = next((i for i, row in enumerate(rows) if row.state is not State.READ), len(rows))
    first, last = max(0, place - _AROUND), place + _AROUND + 1
    before = _more("upload_read_before", first)
    after = _more("upload_waiting_after", len(rows) - last)
    return before + "".join(map(_row, rows[first:last])) + after


def _ended_rows(rows: Sequence[Row]) -> str:
    """All that someone should look at first, and then the others up to a number."""
    if len(rows) <= ROWS_SHOWN:
        return "".join(map(_row, rows))
    telling = [row for row in rows if _is_telling(row)]
    plain = [row for row in rows if not _is_telling(row)]
    shown = [*telling, *plain[:ROWS_SHOWN]]
    return "".join(map(_row, shown)) + _more("upload_more", len(rows) - len(shown))


def _is_telling(row: Row) -> bool:
    return row.state is State.FAILED or bool(row.alike or row.namesakes)


def _more(key: str, count: int) -> str:
    return f'<li class="rest"><span>{both(key, count=count)}</span></li>' if count > 0 else ""


def _row(row: Row) -> str:
    bar = bar_html(row.page, row.pages) if row.state is State.READING else ""
    said = f"{name_html(row.name)}<span>{_said(row)}</span>{bar}{_notes(row)}"
    return f'<li class="{row.state}">{said}</li>'


def _said(row: Row) -> str:
    match row.state:
        case State.READING if row.pages:
            return both("file_reading_page", page=row.page, pages=row.pages)
        case State.READING if row.part:
            return both("file_reading_part", name=row.part)
        case State.READ:
            return ""
        case State.ADDED if row.confidence is not None:
            return both("file_added_scan", confidence=row.confidence)
        case State.DUPLICATE:
            return both("file_duplicate", name=row.known)
        case State.FAILED:
            return _reason(row)
    return both(f"file_{row.state}")


def _reason(row: Row) -> str:
    """Why a file gave no text, in both languages, without its name: the row has it."""
    failure = row.failure
    if failure is None:
        return ""
    return in_both(lambda language: failure.message(language).removeprefix(f"{failure.name}: "))


def _notes(row: Row) -> str:
    """What an added document has in common with others, and what can be done about it."""
    alike = "".join(
        f'<span class="note">{both("file_alike", name=name, percent=in_common(share))}</span>'
        for name, share in row.alike
    )
    if not row.namesakes:
        return alike
    buttons = "".join(
        f'<button type="button" class="link" data-action="upload" data-ask="{ask}"'
        f' data-value="{escape(row.document)}">{both(f"upload_{ask}")}</button>'
        for ask in ("replace", "keep")
    )
    return (
        f'{alike}<span class="note">{both("file_namesake")}</span>'
        f'<span class="choices">{buttons}</span>'
    )


def upload_hint_html() -> str:
    """What can be added and how, and that files are being sent, which ``page.js`` shows; it takes
    the supported suffixes from here."""
    suffixes = " ".join(sorted(SUPPORTED))
    return (
        f'<p class="quiet" data-suffixes="{suffixes}">{both("upload_hint")} '
        f'<button type="button" class="link" data-action="pick-folder">{both("upload_folder")}'
        '</button></p><input type="file" class="folder" webkitdirectory multiple hidden>'
        f'<p class="sending" hidden>{both("upload_sending")}{bar_html(0, 0)}</p>'
    )
