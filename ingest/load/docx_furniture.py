"""Headers and footers of a Word document (ECMA-376-1, 17.10): what they say, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.load.docx_numbering import Element, W
from ingest.load.docx_text import BodyReader

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT_R = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_PAGE = re.compile(r"(?:trang|page|of|trên|số|[ivxlc]+|[\W\d_])+", re.IGNORECASE)


def page_furniture(
    document: Element,
    part: Callable[[str], Element | None],
    reader: BodyReader,
    body: Sequence[str],
) -> tuple[list[str], list[str]]:
    """The lines of headers and footers to put before the body, and after it.

    A header of several lines on the first page is a letterhead, and read first; a line that runs
    over the pages would stand in the way of the letterhead below it, and is read last. Page numbers
    go, and so does what the body says already. ``part`` gives the part of a relationship's id.
    """
    said = {_key(line) for line in body}
    above: list[str] = []
    below: list[str] = []
    seen: set[str] = set()
    for at, section in enumerate(document.iter(f"{W}sectPr")):
        first = "first" if section.find(f"{W}titlePg") is not None else "default"
        for reference in section:
            if reference.tag not in (f"{W}headerReference", f"{W}footerReference"):
                continue
            identity = reference.get(f"{_R}id") or reference.get(f"{_STRICT_R}id") or ""
            furniture = None if identity in seen else part(identity)
            seen.add(identity)
            if furniture is None:
                continue
            lines = [line for line in reader.flow(furniture) if not _is_page_number(line)]
            new = [line for line in lines if _key(line) not in said]
            said.update(map(_key, new))
            is_header = reference.tag == f"{W}headerReference"
            on_first_page = at == 0 and reference.get(f"{W}type", "default") == first
            (above if is_header and on_first_page and len(new) > 1 else below).extend(new)
    return above, ["", *below] if below else []


def _is_page_number(line: str) -> bool:
    return not line.strip() or _PAGE.fullmatch(line.strip()) is not None


def _key(line: str) -> str:
    return " ".join(line.split()).casefold()
